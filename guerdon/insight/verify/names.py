"""The words by which members are found, against the vault: everybody by their names, nobody by any other."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import msgspec

from guerdon.core.members import Person
from guerdon.features.members import names
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.kit import secrets


class Named(Invariant):
    """Every member's words, and those of whoever was merged into one, made anew."""

    clause = "10.30"
    part = "names"
    sentence = "Members are found by the names in the vault, and by nothing else."

    SEALED: Final = (
        "SELECT [id m.programme_id], [id s.id], v.wrapped_key, v.sealed FROM members_vault v"
        " JOIN members_member m ON m.id = v.account_id JOIN members_member s ON s.id = coalesce(m.merged_into, m.id)"
        " WHERE [mine m] ORDER BY s.id"
    )
    WORDS: Final = "SELECT [id w.member_id], w.token FROM members_word w WHERE [mine w] ORDER BY w.member_id, w.token"

    def ask(self, found: Found) -> None:
        stored = _Words(found.rows(self.WORDS))
        for member, rows in groupby(found.rows(self.SEALED), key=itemgetter(1)):
            sealed = list(rows)
            persons = [msgspec.json.decode(secrets.unseal(*cells), type=Person) for _, _, *cells in sealed]
            for stray in stored.before(member):
                self._stray(stray)
            expected, have = names.tokens(sealed[0][0], persons), stored.of(member)
            self.count("words", len(have))
            if have != expected:
                what = "a member is not found by the name in the vault"
                self.breaks(what, expected=f"{len(expected)} words", found=_told(expected, have), member=member)
        for stray in stored.before(None):
            self._stray(stray)

    def _stray(self, member: str) -> None:
        what = "a member without a name is found by one"
        self.breaks(what, expected="no words", found="some", member=member)


class _Words:
    """The stored words in the order of members, read once."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._next = next(self._groups, None)

    def before(self, member: str | None) -> Iterator[str]:
        """The members before this one, or all that are left, that have words; they are passed over."""
        while self._next is not None and (member is None or self._next[0] < member):
            yield self._next[0]
            self._next = next(self._groups, None)

    def of(self, member: str) -> list[int]:
        """The words of this member, who is not behind."""
        if self._next is None or self._next[0] != member:
            return []
        tokens = [token for _, token in self._next[1]]
        self._next = next(self._groups, None)
        return tokens


def _told(expected: list[int], have: list[int]) -> str:
    missing, more = len(set(expected) - set(have)), len(set(have) - set(expected))
    return f"{len(have)} words: {missing} are missing, {more} are too many"
