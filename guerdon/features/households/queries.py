"""Every read of households: who belongs and who belonged, and who is invited."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from guerdon.core import households as law
from guerdon.core.households import Person, Role, State
from guerdon.kit import clock, ids
from guerdon.kit.store import Statement, Store, allow_fanout

How = Literal["stay", "take", "all", "role"]

_BELONGING = (
    "SELECT account_id, id, programme_id, person_id, role, since, joined_seq, joined_entry, actor, memory, until, how,"
    " left_seq, left_entry FROM households_belonging WHERE account_id"
)
_OPEN = Statement(f"{_BELONGING} = :account AND until IS NULL ORDER BY joined_seq, id")
_EVERY = Statement(f"{_BELONGING} = :account ORDER BY since, joined_seq, id")
_ONE = Statement(f"{_BELONGING} = :account AND id = :id")
_TAKEN = Statement(
    f"{_BELONGING} = ANY(:accounts::uuid[]) AND how = 'take'",
    sqlite=f"{_BELONGING} IN (SELECT value FROM json_each(:accounts)) AND how = 'take'",  # noqa: S608 - our own
)
_PERSONS_OF = Statement(
    f"{_BELONGING} = ANY(:accounts::uuid[]) AND until IS NULL ORDER BY joined_seq, id",
    sqlite=f"{_BELONGING} IN (SELECT value FROM json_each(:accounts)) AND until IS NULL"  # noqa: S608 - our own
    " ORDER BY joined_seq, id",
)
_INVITATION = (
    "SELECT account_id, id, programme_id, person_id, role, invited_by, state, made_at, until, settled_at"
    " FROM households_invitation WHERE account_id = :account"
)
_INVITED = Statement(f"{_INVITATION} AND person_id = :person AND state = 'open'")
_ONE_INVITATION = Statement(f"{_INVITATION} AND id = :id")
_INVITATIONS = Statement(f"{_INVITATION} AND id > :after ORDER BY id LIMIT :most")
_INVITED_TO = allow_fanout(
    "who is invited into which households is asked of the person",
    Statement(
        _INVITATION.replace("account_id = :account", "person_id = :person") + " AND id > :after ORDER BY id LIMIT :most"
    ),
)
_WAITING = allow_fanout(
    "who is invited into which households is asked of the person",
    Statement(
        _INVITATION.replace("account_id = :account", "person_id = ANY(:persons::uuid[])")
        + " AND state = 'open' AND until > :now ORDER BY id DESC LIMIT :most",
        sqlite=_INVITATION.replace(  # noqa: S608 - our own
            "WHERE account_id = :account",
            "INDEXED BY households_invitation_waiting WHERE person_id IN (SELECT value FROM json_each(:persons))",
        )
        + " AND state = 'open' AND until > :now ORDER BY id DESC LIMIT :most",
    ),
)
_NAMED = allow_fanout(
    "news of invitations are told to the persons",
    Statement(
        _INVITATION.replace("account_id = :account", "person_id = ANY(:persons::uuid[]) AND id = ANY(:ids::uuid[])"),
        sqlite=_INVITATION.replace(
            "account_id = :account",
            "person_id IN (SELECT value FROM json_each(:persons)) AND id IN (SELECT value FROM json_each(:ids))",
        ),
    ),
)
_HOMES = allow_fanout(
    "where persons belong and belonged is asked of the persons",
    Statement(
        "SELECT DISTINCT person_id, account_id FROM households_belonging WHERE person_id = ANY(:persons::uuid[])",
        sqlite="SELECT DISTINCT person_id, account_id FROM households_belonging"
        " WHERE person_id IN (SELECT value FROM json_each(:persons))",
    ),
)


class Belonging(msgspec.Struct, frozen=True):
    """A person belongs to a household as something, from `since` until `until`."""

    household_id: str
    id: str
    programme_id: str
    person_id: str
    role: Role
    since: datetime
    joined_seq: int
    joined_entry: str
    actor: str
    memory: str
    until: datetime | None = None
    how: How | None = None
    left_seq: int = 0
    left_entry: str | None = None


class Invitation(msgspec.Struct, frozen=True):
    """A person is invited into a household as something."""

    household_id: str
    id: str
    programme_id: str
    person_id: str
    role: Role
    invited_by: str
    state: State
    made_at: datetime
    until: datetime
    settled_at: datetime | None = None

    def as_of(self, at: datetime) -> State:
        """What has become of it by the instant."""
        return law.state(self.state, self.until, at)


def open_of(store: Store, household_id: str) -> dict[str, Belonging]:
    """Who belongs to a household now, by person, in the order in which they joined."""
    return {one.person_id: one for one in map(_belonging, store.fetch(_OPEN, account=household_id))}


def persons(store: Store, household_ids: Sequence[str]) -> dict[str, list[Person]]:
    """The persons of households, by household, in the order in which they joined, in one statement."""
    found: dict[str, list[Person]] = {}
    for one in map(_belonging, store.fetch(_PERSONS_OF, accounts=list(household_ids))):
        found.setdefault(one.household_id, []).append(Person(one.person_id, one.role, one.since, one.joined_seq))
    return found


def homes(store: Store, persons: Sequence[str]) -> set[str]:
    """The households to which any of the persons belongs or ever belonged."""
    return {account for _, account in store.fetch(_HOMES, persons=list(persons))} if persons else set()


def every(store: Store, household_id: str) -> list[Belonging]:
    """All who belong or ever belonged to a household, interval by interval."""
    return [_belonging(row) for row in store.fetch(_EVERY, account=household_id)]


def one(store: Store, household_id: str, id: str) -> Belonging:
    """One interval that is known to be there."""
    return _belonging(store.fetch(_ONE, account=household_id, id=id)[0])


def taken(store: Store, household_ids: Sequence[str]) -> list[Belonging]:
    """Those who left these households and took along what was theirs."""
    return [_belonging(row) for row in store.fetch(_TAKEN, accounts=list(household_ids))]


def invited(store: Store, household_id: str, person_id: str) -> Invitation | None:
    """The invitation of a person into a household that is not settled; it may have lapsed."""
    rows = store.fetch(_INVITED, account=household_id, person=person_id)
    return _invitation(rows[0]) if rows else None


def invitation(store: Store, household_id: str, id: str) -> Invitation:
    """One invitation. Raises `invitation_unknown`."""
    rows = store.fetch(_ONE_INVITATION, account=household_id, id=id)
    if not rows:
        raise law.INVITATION_UNKNOWN(id=ids.show("invitation", id))
    return _invitation(rows[0])


def invitations(store: Store, household_id: str, *, after: str, most: int) -> list[Invitation]:
    """The invitations of a household in the order in which they were made, a page at a time."""
    return [_invitation(row) for row in store.fetch(_INVITATIONS, account=household_id, after=after, most=most)]


def invited_to(store: Store, person_id: str, *, after: str, most: int) -> list[Invitation]:
    """A person's own invitations, into whichever household, in the order in which they were made, a page at a time."""
    return [_invitation(row) for row in store.fetch(_INVITED_TO, person=person_id, after=after, most=most)]


def waiting(store: Store, persons: Sequence[str], *, now: datetime, most: int) -> list[Invitation]:
    """The open invitations of persons, the latest first."""
    rows = store.fetch(_WAITING, persons=list(persons), now=clock.micros(now), most=most)
    return [_invitation(row) for row in rows]


def invitations_named(store: Store, names: Sequence[tuple[str, str]]) -> list[Invitation]:
    """The invitations of the given (person, id) pairs."""
    persons, wanted = sorted({person for person, _ in names}), [id for _, id in names]
    return [_invitation(row) for row in store.fetch(_NAMED, persons=persons, ids=wanted)] if names else []


def _belonging(row: tuple[Any, ...]) -> Belonging:
    household, id, programme, person, role, since, joined_seq, entry, actor, memory, until, how, left_seq, left = row
    begun, ended = clock.instant(since), clock.instant(until)
    stay = (begun, joined_seq, entry, actor, memory, ended, how, left_seq or 0, left)
    return Belonging(household, id, programme, person, role, *stay)


def _invitation(row: tuple[Any, ...]) -> Invitation:
    household, id, programme, person, role, by, state, *times = row
    made_at, until, settled_at = map(clock.instant, times)
    return Invitation(household, id, programme, person, role, by, state, made_at, until, settled_at)
