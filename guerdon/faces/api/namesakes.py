"""Who has nothing to show at the till: the few of a name, with as much as tells one from another."""

from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import finding, limits
from guerdon.core import members as members_law
from guerdon.core.members import Person
from guerdon.engine import showing
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.features.members import names
from guerdon.features.members import queries as members
from guerdon.kit import ids

_ENDING_CHARS: Final = 4


class NameTyped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The name of somebody who has nothing to show, or the beginning of it."""

    name: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]


class NamesakeView(msgspec.Struct, frozen=True):
    """Somebody of a name, with as much as tells two of them apart."""

    member: str
    name: str | None
    ending: str | None


class Namesakes(msgspec.Struct, frozen=True):
    """The members of a name: a few, of whom there may be more."""

    members: tuple[NamesakeView, ...]


def find(call: Call, body: NameTyped) -> Reply:
    """The members of a name, as few as are looked through with a queue behind: nobody reads the list of members so."""
    rows = names.search(call.store, call.programme_id, body.name, after=ids.NIL, most=limits.TILL_FOUND_MAX)
    wanted = [row.id for row in rows]
    persons = showing.persons(call.store, call.programme_id, wanted, call.looker, now=call.now)
    known = members.identifiers_of(call.store, wanted)
    return Reply(Namesakes(tuple([_namesake(one, persons.get(one), known.get(one, {})) for one in wanted])))


def _namesake(id: str, person: Person | None, known: dict[str, list[str]]) -> NamesakeView:
    """The end of the card or of the phone number: enough to ask for, too little to be of use to who looks over."""
    phone = "" if person is None or person.phone is None else person.phone
    ending = (known.get("card") or [phone])[0][-_ENDING_CHARS:]
    name = None if person is None or not person.name else greeting(person.name)
    return NamesakeView(ids.show("member", id), name, ending or None)


def greeting(name: str) -> str:
    """The first name, and the first letter of the last one."""
    first, _, rest = name.strip().partition(" ")
    last = rest.strip().rpartition(" ")[2]
    return f"{first} {last[:1]}." if last else first


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST",
        "/v1/tills/find",
        "members:read",
        find,
        "Find who has nothing to show",
        Namesakes,
        takes=NameTyped,
        refuses=(finding.SEARCH_TOO_SHORT, members_law.IDENTIFIER_INVALID),
        tag="Till",
        about=f"By the words of the name, the last one may be a beginning: at most {limits.TILL_FOUND_MAX}, with the "
        "end of the card or of the phone number to ask for.",
    ),
)
