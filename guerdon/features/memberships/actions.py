"""Every write to memberships: the rows as they stand after a fact, their intervals, payments, names, and news told."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, Literal

import msgspec

from guerdon.core.memberships import Interval, Membership, Payment
from guerdon.kit import clock
from guerdon.kit.store import Row, Statement, Store, Table

MEMBERSHIPS: Final = Table(
    "memberships_membership",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "plan": "text", "terms": "text", "method": "text",
        "asked_at": "bigint", "seq": "bigint", "anchor": "bigint", "base": "bigint", "paused_at": "bigint",
        "cancelled_at": "bigint", "ends_at": "bigint", "ended": "bigint", "next": "text", "asked": "bigint",
        "steps": "bigint", "refunded_at": "bigint", "subscription": "text", "due_at": "bigint",
    },
    key=("account_id", "id"),
    fixed=("programme_id", "method", "asked_at", "seq"),
    mode="upsert",
)  # fmt: skip
PERIODS: Final = Table(
    "memberships_period",
    {
        "account_id": "uuid", "membership_id": "uuid", "place": "bigint", "programme_id": "uuid", "kind": "text",
        "number": "bigint", "plan": "text", "start": "bigint", "until": "bigint", "value": "bigint",
        "payment_id": "uuid", "cut": "bigint", "seq": "bigint",
    },
    key=("account_id", "membership_id", "place"),
)  # fmt: skip
CUTS: Final = Table(
    "memberships_period",
    {"account_id": "uuid", "membership_id": "uuid", "place": "bigint", "cut": "bigint"},
    key=("account_id", "membership_id", "place"),
    mode="update",
)
PAYMENTS: Final = Table(
    "memberships_payment",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "membership_id": "uuid", "number": "bigint",
        "purpose": "text", "terms": "text", "amount": "bigint", "method": "text", "state": "text",
        "asked_at": "bigint", "seq": "bigint", "settled_at": "bigint", "reference": "text", "refunded": "bigint",
        "attempts": "bigint", "paid_by": "text", "plans": "bigint", "plan_at": "bigint",
    },
    key=("account_id", "id"),
    fixed=("programme_id", "membership_id", "number", "purpose", "terms", "amount", "method", "asked_at", "seq"),
    mode="upsert",
)  # fmt: skip
PLANNED: Final = Table(
    "memberships_payment",
    {"account_id": "uuid", "id": "uuid", "plans": "bigint", "plan_at": "bigint"},
    key=("account_id", "id"),
    mode="update",
)
REFERENCES: Final = Table(
    "memberships_reference",
    {
        "programme_id": "uuid", "provider": "text", "kind": "text", "value": "text", "account_id": "uuid",
        "membership_id": "uuid", "payment_id": "uuid",
    },
    key=("programme_id", "provider", "kind", "value"),
)  # fmt: skip

Noticed = Literal["applied", "waiting", "ignored", "refused", "done"]
_OPENED = Statement(
    "UPDATE memberships_payment SET url = :url, plans = 0, plan_at = 0 WHERE account_id = :account AND id = :id"
)
_CLOSED = Statement("UPDATE memberships_payment SET url = NULL WHERE account_id = :account AND id = :id AND url = :url")
# What is asked of the provider is written before it is asked, so that whoever asks again asks for the very same.
_GIVES_BACK = Statement(
    "UPDATE memberships_payment SET sending = CASE WHEN sending = 0 THEN refunded - returned ELSE sending END"
    " WHERE account_id = :account AND id = :id AND state = 'refunding' RETURNING refunded, sending"
)
# It only grows, whatever order news come in, and never beyond what is owed.
_GROWN = "CASE WHEN :returned < returned THEN returned WHEN :returned > refunded THEN refunded ELSE :returned END"
_GIVEN_BACK = Statement(
    f"UPDATE memberships_payment SET returned = {_GROWN},"  # noqa: S608 - our own
    " sending = CASE WHEN refunded > :returned THEN sending ELSE 0 END,"
    " state = CASE WHEN refunded > :returned THEN state WHEN refunded = amount THEN 'refunded' ELSE 'paid' END"
    " WHERE account_id = :account AND id = :id AND state = 'refunding'"
)
_NOT_GIVEN_BACK = Statement(
    "UPDATE memberships_payment SET sending = 0 WHERE account_id = :account AND id = :id AND refunded = :refunded"
)
_SUBSCRIBED = Statement(
    "INSERT INTO memberships_subscription (programme_id, provider, id, account_id, membership_id, told)"
    " VALUES (:programme, :provider, :id, :account, :membership, 'active')"
    " ON CONFLICT (programme_id, provider, id) DO NOTHING"
)
_FOLLOWED = Statement(
    "UPDATE memberships_subscription SET told = :told"
    " WHERE programme_id = :programme AND provider = :provider AND id = :id"
)
_NAME = Statement(
    "INSERT INTO memberships_reference (programme_id, provider, kind, value, account_id, membership_id, payment_id)"
    " VALUES (:programme, :provider, :kind, :value, :account, :membership, :payment)"
    " ON CONFLICT (programme_id, provider, kind, value) DO NOTHING"
)
_HEAR = Statement(
    "INSERT INTO memberships_event (programme_id, provider, id, kind, about, told, created_at, received_at, state)"
    " VALUES (:programme, :provider, :id, :kind, :about, :told, :created, :received, :state)"
    " ON CONFLICT (programme_id, provider, id) DO NOTHING RETURNING id"
)
_NOTE = Statement(
    "UPDATE memberships_event SET state = :state WHERE programme_id = :programme AND provider = :provider AND id = :id"
)
_PUT_AWAY = Statement(
    "UPDATE memberships_event SET state = 'done', done_by = :actor, done_at = :at WHERE programme_id = :programme"
    " AND provider = :provider AND id = :id AND state IN ('waiting', 'refused') RETURNING id"
)
_encode: Final = msgspec.json.Encoder().encode


def row(programme_id: str, one: Membership, *, due_at: datetime | None) -> Row:
    """A membership as it stands after a fact, and when the night looks at it next."""
    return (
        one.account_id, one.id, programme_id, one.terms.plan, _encode(one.terms).decode(), one.method,
        clock.micros(one.asked_at), one.seq, _ordinal(one.anchor), one.base, _micros(one.paused_at),
        _micros(one.cancelled_at), _micros(one.ends_at), int(one.ended),
        None if one.next is None else _encode(one.next).decode(), one.asked, one.steps, _micros(one.refunded_at),
        one.subscription, _micros(due_at),
    )  # fmt: skip


def period_row(programme_id: str, one: Membership, each: Interval, *, seq: int) -> Row:
    """An interval of a membership; `seq` is that of the entry that began it, and is written once."""
    return (
        one.account_id, one.id, each.place, programme_id, each.kind, each.number, each.plan, clock.micros(each.start),
        _micros(each.until), each.value, each.payment, _micros(each.cut), seq,
    )  # fmt: skip


def cut_row(one: Membership, each: Interval) -> Row:
    """The end of an interval before its time."""
    return (one.account_id, one.id, each.place, _micros(each.cut))


def payment_row(programme_id: str, one: Payment) -> Row:
    """A payment as it stands, to be planned at once; where it is taken is written by `opened` alone."""
    return (
        one.account_id, one.id, programme_id, one.membership_id, one.number, one.purpose,
        _encode(one.terms).decode(), one.amount, one.method, one.state, clock.micros(one.asked_at), one.seq,
        _micros(one.settled_at), one.reference, one.refunded, one.attempts, one.paid_by, 0, 0,
    )  # fmt: skip


def names(programme_id: str, one: Membership, payment: Payment | None = None) -> Row:
    """Our own name of a membership or of one of its payments, by which it is found without its account."""
    kind, value = ("membership", one.id) if payment is None else ("payment", payment.id)
    return (programme_id, "guerdon", kind, value, one.account_id, one.id, None if payment is None else payment.id)


def opened(store: Store, payment: Payment, url: str | None) -> None:
    """Say where a payment is taken; None where it is not any more."""
    store.fetch(_OPENED, account=payment.account_id, id=payment.id, url=url)


def closed(store: Store, payment: Payment, url: str) -> None:
    """A payment is not taken any more where it was; where another one was opened meanwhile, that one stays known."""
    store.fetch(_CLOSED, account=payment.account_id, id=payment.id, url=url)


def planned(store: Store, rows: Iterable[Row]) -> None:
    """The queue was told of payments: account, id, how often since they last changed, and when it is told again."""
    store.write([(PLANNED, list(rows))])


def gives_back(store: Store, payment: Payment) -> tuple[int, int] | None:
    """What the provider is asked for from now on, until it has answered: up to how much in all, and how much now.

    None where nothing is to be given back any more.
    """
    rows = store.fetch(_GIVES_BACK, account=payment.account_id, id=payment.id)
    return (int(rows[0][0]), int(rows[0][1])) if rows else None


def given_back(store: Store, payment: Payment, *, returned: int) -> None:
    """The provider has given so much of a payment back in all."""
    store.fetch(_GIVEN_BACK, account=payment.account_id, id=payment.id, returned=returned)


def not_given_back(store: Store, payment: Payment, *, refunded: int) -> None:
    """The provider has refused to give back up to so much: what it is asked for next is reckoned anew."""
    store.fetch(_NOT_GIVEN_BACK, account=payment.account_id, id=payment.id, refunded=refunded)


def subscribed(store: Store, programme_id: str, provider: str, id: str, payment: Payment) -> None:
    """Something repeats at a provider from now on."""
    store.fetch(
        _SUBSCRIBED, programme=programme_id, provider=provider, id=id, account=payment.account_id,
        membership=payment.membership_id,
    )  # fmt: skip


def followed(store: Store, programme_id: str, provider: str, id: str, told: str) -> None:
    """A provider was told what to do with what repeats."""
    store.fetch(_FOLLOWED, programme=programme_id, provider=provider, id=id, told=told)


def name(store: Store, programme_id: str, provider: str, told: Iterable[tuple[str, str]], payment: Payment) -> None:
    """Remember a provider's own names (kind, value) of a payment and of its membership; known ones stay as they are."""
    for kind, value in told:
        store.fetch(
            _NAME, programme=programme_id, provider=provider, kind=kind, value=value, account=payment.account_id,
            membership=payment.membership_id, payment=payment.id,
        )  # fmt: skip


def hear(
    store: Store, programme_id: str, provider: str, id: str, *, kind: str, about: str, told: str, created: datetime,
    received: datetime,
) -> bool:  # fmt: skip
    """Take in news of a provider; whether they are new. They wait, unless they are of a kind that nothing comes of."""
    rows = store.fetch(
        _HEAR, programme=programme_id, provider=provider, id=id, kind=kind, about=about, told=told,
        state="ignored" if kind == "ignored" else "waiting",
        created=clock.micros(created), received=clock.micros(received),
    )  # fmt: skip
    return bool(rows)


def note(store: Store, programme_id: str, provider: str, id: str, state: Noticed) -> None:
    """What became of news."""
    store.fetch(_NOTE, programme=programme_id, provider=provider, id=id, state=state)


def put_away(store: Store, programme_id: str, provider: str, id: str, *, actor: str, now: datetime) -> bool:
    """A person has looked at news that nothing has come of; whether there were any."""
    told = {"programme": programme_id, "provider": provider, "id": id, "actor": actor, "at": clock.micros(now)}
    return bool(store.fetch(_PUT_AWAY, **told))


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _micros(at: datetime | None) -> int | None:
    return None if at is None else clock.micros(at)
