"""What has been said so far of a programme that is to be founded: kept in the sealed session until it is."""

import unicodedata
from typing import Final

import msgspec
from django.http import HttpRequest

from guerdon.core import limits
from guerdon.core.law import Law
from guerdon.core.programme import Programme
from guerdon.core.templates import Template
from guerdon.engine import drafts
from guerdon.engine.founding import Owner
from guerdon.features.programmes import templates

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


def by_field(template: Template, faults: dict[str, str]) -> dict[str, str]:
    """What is wrong in the file, by the question whose answer stands there; under "" what no question asks."""
    fields = {pointer.strip("/").replace("/", "."): one.key for one in template.questions for pointer in one.into}
    found: dict[str, str] = {}
    for where, text in faults.items():
        found.setdefault(fields.get(where, ""), text)
    return found


def key_of(name: str) -> str:
    """A key that is like the name: Café Аврора becomes cafe-avrora."""
    latin = name.lower().translate(_LETTERS).translate(_SOUNDS)
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    words = "".join(one if one.isalnum() else " " for one in plain).split()
    return "-".join(words)[: limits.KEY_CHARS_MAX].strip("-")
