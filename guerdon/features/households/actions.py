"""Every write to households: who belongs from now on or no more, and what became of invitations."""

from datetime import datetime

from guerdon.core.households import State
from guerdon.features.households.queries import Belonging, How, Invitation
from guerdon.kit import clock, outbox
from guerdon.kit.store import Statement, Store, Table

BELONGINGS = Table(
    "households_belonging",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "person_id": "uuid", "role": "text",
        "since": "bigint", "joined_seq": "bigint", "joined_entry": "uuid", "actor": "text", "memory": "text",
    },
)  # fmt: skip
INVITATIONS = Table(
    "households_invitation",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "person_id": "uuid", "role": "text",
        "invited_by": "uuid", "state": "text", "made_at": "bigint", "until": "bigint",
    },
)  # fmt: skip
_END = Statement(
    "UPDATE households_belonging SET until = :now, how = :how, left_seq = :seq::bigint, left_entry = :entry::uuid,"
    " ended_by = :actor, parting = :parting::text WHERE account_id = :account AND id = :id AND until IS NULL",
    sqlite="UPDATE households_belonging SET until = :now, how = :how, left_seq = :seq, left_entry = :entry,"
    " ended_by = :actor, parting = :parting WHERE account_id = :account AND id = :id AND until IS NULL",
)
_SETTLE = Statement(
    "UPDATE households_invitation SET state = :state, settled_at = :now"
    " WHERE account_id = :account AND id = :id AND state = 'open'"
)
_WITHDRAW_ALL = Statement(
    "UPDATE households_invitation SET state = CASE WHEN until <= :now THEN 'lapsed' ELSE 'withdrawn' END,"
    " settled_at = :now WHERE account_id = :account AND state = 'open'"
)


def begin(store: Store, one: Belonging) -> None:
    """Somebody belongs to a household, as something, from now on."""
    row = (
        one.household_id, one.id, one.programme_id, one.person_id, one.role, clock.micros(one.since), one.joined_seq,
        one.joined_entry, one.actor, one.memory,
    )  # fmt: skip
    store.write([(BELONGINGS, [row])])


def end(
    store: Store,
    one: Belonging,
    how: How,
    *,
    actor: str,
    now: datetime,
    seq: int | None = None,
    entry: str | None = None,
    parting: str | None = None,
) -> None:
    """Somebody no longer belongs to a household, or not as that."""
    left = {"seq": seq, "entry": entry, "parting": parting, "how": how, "actor": actor, "now": clock.micros(now)}
    store.fetch(_END, account=one.household_id, id=one.id, **left)


def invite(store: Store, one: Invitation) -> None:
    """Somebody is invited; the news are the person's."""
    made_at = clock.micros(one.made_at)
    row = (
        one.household_id, one.id, one.programme_id, one.person_id, one.role, one.invited_by, one.state, made_at,
        clock.micros(one.until),
    )  # fmt: skip
    news = outbox.row(
        programme_id=one.programme_id, topic="household.invited", account_id=one.person_id, subject_id=one.id, seq=0,
        at=made_at,
    )  # fmt: skip
    store.write([(INVITATIONS, [row]), (outbox.OUTGOING, [news])])


def settle(store: Store, one: Invitation, state: State, *, now: datetime) -> None:
    """Something became of an invitation."""
    store.fetch(_SETTLE, account=one.household_id, id=one.id, state=state, now=clock.micros(now))


def withdraw_all(store: Store, household_id: str, *, now: datetime) -> None:
    """Nobody is invited any more."""
    store.fetch(_WITHDRAW_ALL, account=household_id, now=clock.micros(now))
