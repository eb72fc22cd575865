"""Forms of the console: their fields with what was typed and what is wrong with it, each where it stands."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from guerdon.core.errors import Refusal
from guerdon.faces import posted
from guerdon.faces.design.shapes import Choice
from guerdon.faces.visits import Visit

Kind = Literal["text", "email", "tel", "date", "number", "area", "select", "choices"]


class Field(msgspec.Struct, frozen=True):
    """One thing to fill in."""

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    value: str = ""
    fault: str = ""
    choices: tuple[Choice, ...] = ()


class Form(msgspec.Struct, frozen=True):
    """Fields, and what is wrong with none of them."""

    fields: tuple[Field, ...]
    fault: str = ""


def empty(*fields: Field) -> Form:
    """A form that nobody has sent yet."""
    return Form(fields)


def filled(visit: Visit, *fields: Field, refusal: Refusal | None = None) -> Form:
    """The form as it was sent: what was typed stays, and what was refused is told where it stands."""
    said = {name: str(values[-1]) for name, values in visit.request.POST.lists() if values}
    faults = {} if refusal is None else posted.faults(refusal, visit.language)
    told = tuple(
        [
            msgspec.structs.replace(one, value=said.get(one.name, one.value), fault=_fault(faults, one.name))
            for one in fields
        ]
    )
    shown = {one.fault for one in told}
    return Form(told, next((text for text in faults.values() if text not in shown), ""))


def _fault(faults: Mapping[str, str], name: str) -> str:
    """What is wrong with the field; with a list, with any part of it."""
    bare = name.removesuffix("[]")
    return next((text for at, text in faults.items() if at == bare or at.startswith(f"{bare}.")), "")


def choices(visit: Visit, table: str, *names: str) -> tuple[Choice, ...]:
    """Choices whose words stand in a table under their names."""
    return tuple([Choice(one, visit.say(f"{table}_{one}")) for one in names])
