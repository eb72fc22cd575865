"""Members by name in lists of the console: whoever looks is noted, as everywhere."""

from collections.abc import Iterable

from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.engine import showing
from guerdon.faces.visits import Visit
from guerdon.features.looks.queries import Looker
from guerdon.features.members import queries as members
from guerdon.kit import ids


def names(visit: Visit, whose: Iterable[str], purpose: str) -> dict[str, str]:
    """How the members (`mem_…`) are called, by id; whoever has no name, or was erased, by the end of the id."""
    shown = sorted({one for one in whose if one})
    found: dict[str, str] = {one: f"…{one[-6:]}" for one in shown}
    if not visit.may("profiles:read"):
        return found
    bare = {ids.read("member", one): one for one in shown}
    who = Looker("person", visit.user_id or ids.NIL, visit.name, purpose)
    for id, person in showing.persons(visit.store, visit.programme_id, list(bare), who, now=visit.now).items():
        found[bare[id]] = person.name or found[bare[id]]
    return found


def known(visit: Visit, typed: str) -> Member:
    """What somebody has typed for a member, as the API takes it: an id, an e-mail, a card, or a name of a shop's."""
    typed = typed.strip()
    if "@" in typed:
        return Member(email=typed)
    if typed.startswith("mem_"):
        return Member(id=typed)
    return Member(card=typed) if _is_card(visit, typed) else Member(external_id=typed)


def _is_card(visit: Visit, typed: str) -> bool:
    try:
        return members.find(visit.store, visit.programme_id, "card", members.stored("card", typed)) is not None
    except Refusal:
        return False
