"""What has been said so far of a programme that is to be founded: kept in the sealed session until it is."""

import unicodedata
from collections.abc import Iterator
from typing import Final

import msgspec
from django.http import HttpRequest

from guerdon.core import limits
from guerdon.core.law import Law
from guerdon.core.programme import Programme
from guerdon.core.templates import LIFE
from guerdon.engine import drafts
from guerdon.engine.founding import Owner
from guerdon.features.programmes import forms, templates

_KEPT: Final = "start.plan"
_LETTERS: Final = str.maketrans("абвгдезийклмнопрстуфхъьıøł", "abvgdeziyklmnoprstufhayiol")
_SOUNDS: Final = str.maketrans(
    {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ю": "yu", "я": "ya", "ß": "ss"}
)  # fmt: skip


class Plan(msgspec.Struct, frozen=True):
    """A template, the answers to what it asks, the languages, and who will own it."""

    template: str = ""
    answers: dict[str, str] = {}
    languages: tuple[str, ...] = ()
    owner: Owner | None = None

    @property
    def source(self) -> str:
        """The file that the answers make, right or not. Raises `template_unknown`."""
        return templates.filled(self.template, self.answers, self.languages)

    @property
    def programme(self) -> Programme:
        """The programme. Raises `programme_invalid` with every fault and its place."""
        return drafts.valid(self.source)

    @property
    def law(self) -> Law:
        """What would be decided by. Raises `programme_invalid`."""
        return Law(self.programme, 1)


def kept(request: HttpRequest) -> Plan:
    """What was said so far in this session."""
    return msgspec.convert(request.session.get(_KEPT, {}), Plan)


def keep(request: HttpRequest, plan: Plan) -> None:
    """Remember what was said."""
    request.session[_KEPT] = msgspec.to_builtins(plan)


def drop(request: HttpRequest) -> None:
    """Forget it: the programme is founded."""
    request.session.pop(_KEPT, None)


def faults(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """What is wrong in the file: the question whose answer stands there, or "" where no question asks, the reason, and
    what the file is told."""
    asked = templates.get(plan.template).questions
    fields = {pointer: one.key for one in asked for pointer in one.into}
    life = plan.answers.get(LIFE, "")
    if life and not (life.isascii() and life.isdecimal() and 0 < int(life[:30]) <= limits.VALIDITY_MONTHS_MAX):
        yield LIFE, "out_of_range", life  # the file takes 0, where only the end of a month or a year counts
    for problem in forms.read(plan.source).errors:
        above = (name for pointer, name in fields.items() if pointer.startswith(f"{problem.path}/"))
        yield fields.get(problem.path) or next(above, ""), problem.reason, str(problem)


def key_of(name: str) -> str:
    """A key that is like the name: Café Аврора becomes cafe-avrora."""
    latin = name.lower().translate(_LETTERS).translate(_SOUNDS)
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    words = "".join(one if one.isalnum() else " " for one in plain).split()
    return "-".join(words)[: limits.KEY_CHARS_MAX].strip("-")
