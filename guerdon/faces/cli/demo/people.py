"""Who works in the demo, and the links by which the manager, a member and the cashier come in with one click."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from guerdon.core.rights import Role
from guerdon.kit import store

STAFF: Final[dict[str, tuple[str, Role]]] = {
    "Emil": ("emil@aurora.example", "owner"),
    "Dora": ("dora@aurora.example", "cashier"),
}
# The shopping is of this year, so that is what the console is to look at.
_SHOPPED: Final = "/console/grocer/?days=own&from=2017-01-01&until=2017-12-31&compare=none"
# What the screen calls each link, whose it is, and where it leads.
LINKS: Final = {
    "The console": ("emil@aurora.example", "/console/aurora/"),
    "A year of it": ("emil@aurora.example", _SHOPPED),
    "What it says": ("emil@aurora.example", "/console/grocer/insight/"),
    "What if?": ("emil@aurora.example", "/console/grocer/what-if/"),
    "Ann's portal": ("ann@aurora.example", "/my/aurora/"),
    "Her groceries": ("ann@aurora.example", "/my/grocer/"),
    "Dora's till": ("dora@aurora.example", "/till/aurora/"),
}  # fmt: skip


# Whose year of real shopping at the grocer each of the café's people has: those who came most often in its first weeks.
HOUSEHOLDS: Final = {"Ann": "2337", "Ben": "232", "Cleo": "1510"}


def move_in(grocer: str, *, now: datetime) -> None:
    """Let Ann, Ben and Cleo be the households at the grocer, as far as those are there and nobody lives in them yet."""
    from guerdon.engine import enrolment
    from guerdon.faces.cli.demo.cast import PEOPLE
    from guerdon.features.members import queries as members

    at_hand = store.current()
    for name, household in HOUSEHOLDS.items():
        found = members.find(at_hand, grocer, "external_id", household)
        person = PEOPLE[name.lower()].person
        assert person is not None and person.email is not None, "the cast has names and addresses"
        lives = members.find(at_hand, grocer, "email", members.stored("email", person.email))
        if found is not None and lives is None:
            told = enrolment.PersonChange(name=name, email=person.email, language=person.language)
            wanted = enrolment.MemberChange(person=told)
            enrolment.change(programme_id=grocer, member_id=found, etag=None, wanted=wanted, now=now)


def appoint(programmes: Mapping[str, str], *, now: datetime) -> None:
    """Make Emil the owner and Dora the cashier of every programme, where they are not yet."""
    from guerdon.engine import staff
    from guerdon.features.users import queries
    from guerdon.kit.audit import Actor

    for programme_id in programmes.values():
        known = {one.email for one in queries.of_programme(store.current(), programme_id)}
        for name, (email, role) in STAFF.items():
            if email not in known:
                by = Actor("operator", "demo")
                staff.appoint(programme_id=programme_id, email=email, name=name, role=role, by=by, now=now)


def links() -> dict[str, str]:
    """The links by what the screen calls them; each lets in whoever has it, for a day."""
    from guerdon.faces.signin import entry

    return {who: entry.link(email=email, to=to) for who, (email, to) in LINKS.items()}
