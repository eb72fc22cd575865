"""Every read of letters: what waits or failed, one letter, and which kinds members do without."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from guerdon.core import letters as law
from guerdon.core.letters import Content, Kind, Recipient, State, Stoppable
from guerdon.kit import clock, ids, secrets
from guerdon.kit.store import Statement, Store

COLUMNS: Final = (
    "id, programme_id, member_id, kind, state, fault, code, attempts, made_at, due_at, until, settled_at, wrapped_key,"
    " sealed"
)
_ONE = Statement(f"SELECT {COLUMNS} FROM letters_letter WHERE id = :id")  # noqa: S608 - our own
_LIST = Statement(
    f"SELECT {COLUMNS} FROM letters_letter WHERE state = :state AND id > :after ORDER BY id LIMIT :most"  # noqa: S608
)
_OF_PROGRAMME = Statement(
    f"SELECT {COLUMNS} FROM letters_letter"  # noqa: S608 - our own
    " WHERE programme_id = :programme AND state = :state AND id > :after ORDER BY id LIMIT :most"
)
_COUNTS_OF = Statement("SELECT state, count(*) FROM letters_letter WHERE programme_id = :programme GROUP BY state")
_COUNTS = Statement("SELECT state, count(*) FROM letters_letter GROUP BY state")
_IS_DUE = Statement("SELECT 1 FROM letters_letter WHERE state = 'waiting' AND due_at <= :now LIMIT 1")
_IS_OLD = Statement("SELECT 1 FROM letters_letter WHERE state <> 'waiting' AND settled_at <= :until LIMIT 1")
_STOPS = Statement(
    "SELECT account_id, kind, since, actor FROM letters_stop WHERE account_id = ANY(:accounts::uuid[])"
    " ORDER BY account_id, kind",
    sqlite="SELECT account_id, kind, since, actor FROM letters_stop"
    " WHERE account_id IN (SELECT value FROM json_each(:accounts)) ORDER BY account_id, kind",
)

_SEEN = Statement(
    "SELECT name FROM letters_seen WHERE account_id = ANY(:accounts::uuid[])",
    sqlite="SELECT name FROM letters_seen WHERE account_id IN (SELECT value FROM json_each(:accounts))",
)


class Sealed(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is personal in a letter; without `to` it goes to the address that the member has by then."""

    content: Content
    to: Recipient | None = None


class Letter(msgspec.Struct, frozen=True):
    """A letter as it stands in the queue; nothing personal can be read off it until it is opened."""

    id: str
    programme_id: str
    member_id: str | None
    kind: Kind
    state: State
    fault: str | None
    code: int | None
    attempts: int
    made_at: datetime
    due_at: datetime
    until: datetime | None
    settled_at: datetime | None
    wrapped_key: str | None
    sealed: str | None

    def opened(self) -> Sealed:
        """What it tells, and to whom. Only of what waits or failed."""
        assert self.wrapped_key is not None and self.sealed is not None
        return _open(secrets.unseal(self.wrapped_key, self.sealed))


class Stopped(msgspec.Struct, frozen=True):
    """A member does without letters of the kind."""

    member_id: str
    kind: Stoppable
    since: datetime
    actor: str


_open = msgspec.json.Decoder(Sealed).decode


def one(store: Store, id: str) -> Letter:
    """A letter. Raises `letter_unknown`."""
    rows = store.fetch(_ONE, id=id)
    if not rows:
        raise law.LETTER_UNKNOWN(id=ids.show("letter", id))
    return letter(rows[0])


def listed(store: Store, state: State, *, after: str, most: int) -> list[Letter]:
    """The letters in a state, in the order they were made, a page at a time."""
    return [letter(row) for row in store.fetch(_LIST, state=state, after=after, most=most)]


def of_programme(store: Store, programme_id: str, state: State, *, after: str, most: int) -> list[Letter]:
    """The same of one programme."""
    return [
        letter(row) for row in store.fetch(_OF_PROGRAMME, programme=programme_id, state=state, after=after, most=most)
    ]


def counts_of(store: Store, programme_id: str) -> dict[str, int]:
    """How many letters of a programme are in which state."""
    return {state: int(count) for state, count in store.fetch(_COUNTS_OF, programme=programme_id)}


def counts(store: Store) -> dict[str, int]:
    """How many letters are in which state."""
    return {state: int(count) for state, count in store.fetch(_COUNTS)}


def is_due(store: Store, now: datetime) -> bool:
    """Whether any letter is to be sent."""
    return bool(store.fetch(_IS_DUE, now=clock.micros(now)))


def is_old(store: Store, until: datetime) -> bool:
    """Whether any letter was settled by then."""
    return bool(store.fetch(_IS_OLD, until=clock.micros(until)))


def stops(store: Store, member_ids: Sequence[str]) -> list[Stopped]:
    """What the very members of the ids do without, also those who were merged."""
    rows = store.fetch(_STOPS, accounts=sorted(set(member_ids)))
    return [Stopped(member, kind, clock.instant(since), actor) for member, kind, since, actor in rows]


def letter(row: Sequence[Any]) -> Letter:
    """A row of the queue."""
    id, programme, member, kind, state, fault, code, attempts, made, due, until, settled, wrapped, sealed = row
    times = (clock.instant(made), clock.instant(due), clock.instant(until), clock.instant(settled))
    return Letter(id, programme, member, kind, state, fault, code, attempts, *times, wrapped, sealed)


def seen(store: Store, member_ids: Sequence[str]) -> frozenset[str]:
    """The names of the news that a member has seen; the ids are its own and those of whoever was merged into it."""
    return frozenset(name for (name,) in store.fetch(_SEEN, accounts=list(member_ids)))
