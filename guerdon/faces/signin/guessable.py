"""Passwords that can be guessed: what many people use counts little in one, and the words of the house nothing."""

import re
from functools import cache
from typing import Final

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from guerdon.core import limits
from guerdon.core.rights import ROLES
from guerdon.features.programmes import queries as programmes
from guerdon.kit import store

# Words that anybody would try here first; the keys and names of the programmes come to them.
HOUSE: Final = frozenset(
    {"guerdon", "loyalty", "rewards", "points", "password", "welcome", "console", "portal", *ROLES}
)
_SHORTEST: Final = limits.PASSWORD_COMMON_WORTH + 1  # what is shorter is worth its characters
_WORD: Final = re.compile(r"\w{4,}")


class Guessable:
    """Django's validator. Parts that are among the 20,000 passwords most often found in leaks count four characters
    each, once; words of the house count none; all else counts as it is. Together it has to come to twelve.

    So no password of two common ones passes, or of one with a year behind it; four words that nobody puts together do.
    """

    def validate(self, password: str, user: object = None) -> None:
        """Raises what a form shows of a password that can be guessed; what is too short is told by another rule."""
        long = len(password) >= limits.PASSWORD_CHARS_MIN
        if long and worth(password.casefold(), _house()) < limits.PASSWORD_CHARS_MIN:
            raise ValidationError("password guessed", code="password_guessed")

    def get_help_text(self) -> str:
        """What a form says beforehand: our pages say it themselves."""
        return ""


def worth(password: str, house: frozenset[str]) -> int:
    """How many characters a password counts, cut into known parts so that it counts least; casefolded already."""
    least: list[tuple[int, frozenset[str]]] = [(0, frozenset())]  # up to each place, with the parts it has
    longest = max(map(len, (*_common(), *house)))
    for end in range(1, len(password) + 1):
        count, parts = least[end - 1]
        ways = [(count + 1, parts)]
        for begin in range(max(0, end - longest), end - 3):
            part = password[begin:end]
            count, parts = least[begin]
            if part in house or part in parts:
                ways.append((count, parts))
            elif part in _common():
                ways.append((count + limits.PASSWORD_COMMON_WORTH, parts | {part}))
        least.append(min(ways, key=lambda way: way[0]))
    return least[-1][0]


@cache
def _common() -> frozenset[str]:
    return frozenset(one for one in CommonPasswordValidator().passwords if len(one) >= _SHORTEST)


def _house() -> frozenset[str]:
    at_hand = store.current()
    told: list[str] = []
    for row in programmes.every(at_hand):
        told.append(row.key)
        if programmes.all_versions(at_hand, row.id):
            told.extend(programmes.lawbook(at_hand, row.id).newest().programme.name.values())
    return HOUSE | {word for one in told for word in _WORD.findall(one.casefold())}
