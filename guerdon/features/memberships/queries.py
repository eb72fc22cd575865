"""Every read of memberships: what decisions look at, what is due, payments, and who is meant by a provider's name."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final, Literal

import msgspec

from guerdon.core import errors
from guerdon.core.memberships import Interval, Membership, Payment
from guerdon.core.plans import Terms
from guerdon.kit import clock, ids
from guerdon.kit.payments.events import Event
from guerdon.kit.payments.port import Follow
from guerdon.kit.store import Statement, Store, allow_fanout

MEMBERSHIP_UNKNOWN = errors.declare("unknown", "membership_unknown", "id")
PAYMENT_UNKNOWN = errors.declare("unknown", "payment_unknown", "id")

_ONE = (
    "t.account_id, t.id, t.terms, t.method, t.asked_at, t.seq, t.anchor, t.base, t.paused_at, t.cancelled_at,"
    " t.ends_at, t.ended, t.next, t.asked, t.steps, t.refunded_at, t.subscription"
)
_PERIOD = (
    "p.account_id, p.membership_id, p.place, p.kind, p.number, p.plan, p.start, p.until, p.value, p.payment_id, p.cut"
)
_PAYMENT = (
    "y.account_id, y.id, y.membership_id, y.number, y.purpose, y.terms, y.amount, y.method, y.state, y.asked_at,"
    " y.seq, y.settled_at, y.reference, y.refunded, y.attempts, y.paid_by"
)
# Whoever was merged into a member, and all persons of a household, are guarded by the lock of the account they lead to.
_WHO = (
    "WITH s AS (SELECT id, household_id FROM members_member WHERE id {accounts} OR household_id {accounts}),"
    " o AS (SELECT id, id AS who, household_id FROM s UNION ALL SELECT n.id, s.id, s.household_id"
    " FROM s JOIN members_member n ON n.merged_into = s.id)"
)
_PG = _WHO.replace("{accounts}", "= ANY(:accounts::uuid[])")
_LITE = _WHO.replace("{accounts}", "IN (SELECT value FROM json_each(:accounts))")
_HELD = allow_fanout(
    "who was merged, and who shares a household's account, hold memberships in accounts of their own",
    Statement(
        f"{_PG} SELECT (SELECT json_agg(json_build_array(o.who, o.household_id, {_ONE}) ORDER BY t.seq)"  # noqa: S608
        " FROM o JOIN memberships_membership t ON t.account_id = o.id)::text,"
        f" (SELECT json_agg(json_build_array({_PERIOD}) ORDER BY p.account_id, p.membership_id, p.place)"
        " FROM o JOIN memberships_period p ON p.account_id = o.id)::text",
        sqlite=f"{_LITE} SELECT (SELECT json_group_array(json_array(o.who, o.household_id, {_ONE}))"  # noqa: S608
        " FROM o JOIN memberships_membership t ON t.account_id = o.id),"
        f" (SELECT json_group_array(json_array({_PERIOD})) FROM o JOIN memberships_period p ON p.account_id = o.id)",
    ),
)
_OPEN_PAYMENTS = Statement(
    f"SELECT {_PAYMENT} FROM unnest(:accounts::uuid[], :ids::uuid[]) AS u(account_id, id)"  # noqa: S608 - our own
    " JOIN memberships_payment y ON y.account_id = u.account_id AND y.membership_id = u.id ORDER BY y.seq, y.id",
    sqlite=f"SELECT {_PAYMENT} FROM json_each(:pairs) AS u CROSS JOIN memberships_payment y"  # noqa: S608 - our own
    " ON y.account_id = u.value->>0 AND y.membership_id = u.value->>1 ORDER BY y.seq, y.id",
)
_PAYMENT_BY_ID = Statement(
    f"SELECT {_PAYMENT}, y.url FROM memberships_payment y WHERE y.account_id = :account AND y.id = :id"  # noqa: S608
)
_FOUND = Statement(
    "SELECT account_id, membership_id, payment_id FROM memberships_reference WHERE programme_id = :programme"
    " AND provider = :provider AND kind = :kind AND value = :value"
)
_NAMES = Statement(
    "SELECT value FROM memberships_reference WHERE programme_id = :programme AND provider = :provider"
    " AND kind = :kind AND account_id = :account AND membership_id = :membership AND payment_id = :payment"
    " ORDER BY value"
)
_DUE = allow_fanout(
    "the night looks for memberships of every member that something is due of",
    Statement(
        "SELECT DISTINCT t.account_id FROM memberships_membership t WHERE t.programme_id = :programme"
        " AND t.due_at <= :at AND t.account_id > :after ORDER BY t.account_id LIMIT :most"
    ),
)
_NEXT = allow_fanout(
    "whoever answers for plans sees what is due next, whoever's it is",
    Statement(
        "SELECT t.account_id, t.id, t.due_at FROM memberships_membership t WHERE t.programme_id = :programme"
        " AND t.due_at IS NOT NULL AND (:plan = '' OR t.plan = :plan)"
        " AND (t.due_at, t.account_id, t.id) > (:at, :account, :id) ORDER BY t.due_at, t.account_id, t.id LIMIT :most"
    ),
)
# A period runs from its start until its end, or until it was cut; one for life has no end.
_RUNS = "p.start <= :at AND (p.until IS NULL OR p.until > :at) AND (p.cut IS NULL OR p.cut > :at)"
_PLANS = allow_fanout(
    "how many members each plan has is counted of all of them, at night",
    Statement(
        "SELECT plan, count(*) FROM (SELECT DISTINCT p.plan, p.account_id, p.membership_id FROM memberships_period p"  # noqa: S608
        f" WHERE p.programme_id = :programme AND {_RUNS}) AS one GROUP BY plan ORDER BY plan"
    ),
)
_PLANS_PAGE = allow_fanout(
    "who looks behind the number of a plan's members sees them whoever they are",
    Statement(
        "SELECT DISTINCT p.account_id, p.membership_id, p.plan FROM memberships_period p"  # noqa: S608 - our own
        f" WHERE p.programme_id = :programme AND {_RUNS}"
        " AND (p.account_id > :after OR (p.account_id = :after AND p.membership_id > :membership))"
        " ORDER BY p.account_id, p.membership_id LIMIT :most"
    ),
)
_WAITING = Statement(
    "SELECT id, kind, told FROM memberships_event WHERE programme_id = :programme AND provider = :provider"
    " AND about = :about AND state = 'waiting' ORDER BY created_at, id"
)

_UNTOLD = allow_fanout(
    "what a provider is still to be told of payments, whoever's they are",
    Statement(
        "SELECT y.programme_id, y.account_id, y.id, y.state, y.attempts, y.refunded, y.url IS NOT NULL, y.plans"
        " FROM memberships_payment y WHERE y.plan_at <= :now AND y.method = 'stripe'"
        " AND (y.state = 'refunding' OR (y.state IN ('asked', 'failed') AND y.url IS NULL)"
        " OR (y.state NOT IN ('asked', 'failed') AND y.url IS NOT NULL)) ORDER BY y.plan_at, y.id LIMIT :most"
    ),
)
_WANTED = (
    "CASE WHEN t.subscription IS NULL OR t.subscription <> s.id OR t.ended = 1 THEN 'cancelled'"
    " WHEN t.ends_at IS NOT NULL THEN 'ending' WHEN t.paused_at IS NOT NULL THEN 'paused' ELSE 'active' END"
)
_STRAYING = allow_fanout(
    "what repeats at a provider otherwise than its membership wants, whoever's it is",
    Statement(
        f"SELECT s.programme_id, s.id, {_WANTED} FROM memberships_subscription s"  # noqa: S608 - our own
        " JOIN memberships_membership t ON t.account_id = s.account_id AND t.id = s.membership_id"
        f" WHERE s.told <> 'cancelled' AND s.told <> {_WANTED} ORDER BY s.id LIMIT :most"
    ),
)
_SUBSCRIPTION = Statement(
    "SELECT account_id, membership_id FROM memberships_subscription"
    " WHERE programme_id = :programme AND provider = :provider AND id = :id"
)
_EVENT = Statement(
    "SELECT kind, told, state FROM memberships_event"
    " WHERE programme_id = :programme AND provider = :provider AND id = :id"
)

_GOING_BACK = allow_fanout(
    "what is on its way back to members of a programme, whoever they are",
    Statement(
        f"SELECT {_PAYMENT} FROM memberships_payment y WHERE y.programme_id = :programme"  # noqa: S608 - our own
        " AND y.method = 'stripe' AND y.state = 'refunding' ORDER BY y.id LIMIT :most"
    ),
)
_UNRESOLVED = Statement(
    "SELECT id, state, received_at, told FROM memberships_event WHERE programme_id = :programme"
    " AND state IN ('waiting', 'refused') ORDER BY received_at, id LIMIT :most"
)

_terms = msgspec.json.Decoder(Terms).decode
_rows = msgspec.json.Decoder(list[list[Any]]).decode
_event = msgspec.json.Decoder(Event).decode


class Held(msgspec.Struct, frozen=True):
    """A membership, who holds it after all merges, and the household that one belongs to."""

    who: str
    household_id: str | None
    membership: Membership


class Found(msgspec.Struct, frozen=True):
    """What a name leads to."""

    account_id: str
    membership_id: str
    payment_id: str | None


class Waiting(msgspec.Struct, frozen=True):
    """News of a provider that came before what they belong to."""

    id: str
    kind: str
    told: str


def held(store: Store, accounts: Iterable[str]) -> list[Held]:
    """All memberships of whoever leads to these accounts: of members, of those merged into them, of their persons."""
    (row,) = store.fetch(_HELD, accounts=sorted(accounts))
    intervals: dict[tuple[str, str], list[Interval]] = {}
    for cells in _rows(row[1] or "[]"):
        account, id, *rest = cells
        intervals.setdefault((_hex(account), _hex(id)), []).append(interval(rest))
    found: list[Held] = []
    for who, household, *cells in _rows(row[0] or "[]"):
        one = membership(cells)
        own = sorted(intervals.get((one.account_id, one.id), ()), key=lambda each: each.place)
        one = msgspec.structs.replace(one, intervals=tuple(own))
        found.append(Held(_hex(who), None if household is None else _hex(household), one))
    return sorted(found, key=lambda each: (each.membership.seq, each.membership.id))


def of_member(store: Store, account_id: str, who: str) -> list[Membership]:
    """What a member holds, and what others of the household share with it, the oldest first."""
    return mine(held(store, [account_id, who]), account_id, who)


def mine(found: Iterable[Held], account_id: str, who: str) -> list[Membership]:
    """The own ones, and the joint ones of the others in the household whose account it is."""
    return [
        one.membership
        for one in found
        if one.who == who or (one.household_id == account_id and one.membership.terms.joint)
    ]


def find(store: Store, programme_id: str, kind: str, value: str, *, provider: str = "guerdon") -> Found | None:
    """What a name of ours, or of a provider, leads to; None where nobody knows it."""
    rows = store.fetch(_FOUND, programme=programme_id, provider=provider, kind=kind, value=value)
    return Found(*rows[0]) if rows else None


def one(store: Store, programme_id: str, membership_id: str) -> Membership:
    """One membership. Raises `membership_unknown`."""
    found = find(store, programme_id, "membership", membership_id)
    if found is None:
        raise MEMBERSHIP_UNKNOWN(id=ids.show("membership", membership_id))
    every = held(store, [found.account_id])
    return next(each.membership for each in every if each.membership.id == membership_id)


def payment(store: Store, programme_id: str, payment_id: str) -> tuple[Payment, str | None]:
    """One payment, and where the provider takes it. Raises `payment_unknown`."""
    found = find(store, programme_id, "payment", payment_id)
    rows = [] if found is None else store.fetch(_PAYMENT_BY_ID, account=found.account_id, id=payment_id)
    if not rows:
        raise PAYMENT_UNKNOWN(id=ids.show("payment", payment_id))
    *cells, url = rows[0]
    return _payment(cells), url


def payments(store: Store, memberships: Sequence[Membership]) -> dict[str, list[Payment]]:
    """All payments of these memberships in the order in which they were asked for, by membership."""
    if not memberships:
        return {}
    accounts, wanted = [one.account_id for one in memberships], [one.id for one in memberships]
    pairs = [[one.account_id, one.id] for one in memberships]
    found: dict[str, list[Payment]] = {}
    for cells in store.fetch(_OPEN_PAYMENTS, accounts=accounts, ids=wanted, pairs=pairs):
        each = _payment(cells)
        found.setdefault(each.membership_id, []).append(each)
    return found


def names(store: Store, programme_id: str, provider: str, kind: str, one: Payment) -> list[str]:
    """A provider's own names of a kind for a payment: of every session in which it could be paid, of what paid it."""
    rows = store.fetch(
        _NAMES, programme=programme_id, provider=provider, kind=kind, account=one.account_id,
        membership=one.membership_id, payment=one.id,
    )  # fmt: skip
    return [value for (value,) in rows]


def due(store: Store, programme_id: str, at: datetime, *, after: str, most: int) -> list[str]:
    """The next so many accounts after `after` whose memberships the night has to look at."""
    rows = store.fetch(_DUE, programme=programme_id, at=clock.micros(at), after=after, most=most)
    return [account for (account,) in rows]


Place = tuple[int, str, str]  # where a page ended: when it is due, its account and its id
FIRST: Final[Place] = (-(2**62), ids.NIL, ids.NIL)


def coming(store: Store, programme_id: str, *, plan: str, after: Place, most: int) -> list[Place]:
    """The memberships that something is due of next, the soonest first, a page at a time; of one plan if it is named.

    It may be a renewal, the end of a trial or of a pause, or the last day to pay.
    """
    at, account, id = after
    facts = {"programme": programme_id, "plan": plan, "at": at, "account": account, "id": id}
    return [(int(due), account, id) for account, id, due in store.fetch(_NEXT, **facts, most=most)]


def count_plans(store: Store, programme_id: str, at: datetime) -> list[tuple[str, int]]:
    """How many memberships of each plan run at the instant: of everybody, so it is for the night."""
    rows = store.fetch(_PLANS, programme=programme_id, at=clock.micros(at))
    return [(plan, int(members)) for plan, members in rows]


def running(
    store: Store, programme_id: str, at: datetime, *, after: tuple[str, str], most: int
) -> list[tuple[str, str, str]]:
    """The memberships that run at the instant, as (account, membership, plan), in this order, a page at a time."""
    found = store.fetch(
        _PLANS_PAGE, programme=programme_id, at=clock.micros(at), after=after[0], membership=after[1], most=most
    )
    return [(_hex(account), _hex(membership), plan) for account, membership, plan in found]


class Untold(msgspec.Struct, frozen=True):
    """A payment that its provider is still to be told of."""

    programme_id: str
    account_id: str
    id: str
    state: str
    attempts: int
    refunded: int
    taken: bool  # whether it is still taken somewhere
    plans: int  # how often the queue was told of it since it last changed


def untold(store: Store, *, now: datetime, most: int) -> list[Untold]:
    """Payments that are to be opened, closed or given back by a provider that takes money by itself.

    What has not been planned yet comes first, then what was to be planned again longest ago.
    """
    return [Untold(*row) for row in store.fetch(_UNTOLD, now=clock.micros(now), most=most)]


def straying(store: Store, *, most: int) -> list[tuple[str, str, Follow]]:
    """What repeats at a provider and should do something else: programme, its name there, what it should do."""
    return [(programme, id, wanted) for programme, id, wanted in store.fetch(_STRAYING, most=most)]


class News(msgspec.Struct, frozen=True):
    """News of a provider that nothing has come of: of nobody yet, or of money that did not come."""

    id: str
    state: Literal["waiting", "refused"]
    received_at: datetime
    event: Event


def going_back(store: Store, programme_id: str, *, most: int) -> list[Payment]:
    """Payments that a provider is to give back and has not yet, those asked for first first."""
    return [_payment(cells) for cells in store.fetch(_GOING_BACK, programme=programme_id, most=most)]


def unresolved(store: Store, programme_id: str, *, most: int) -> list[News]:
    """News that wait, or that a person has to look at, the oldest first."""
    rows = store.fetch(_UNRESOLVED, programme=programme_id, most=most)
    return [News(id, state, clock.instant(int(at)), _event(told)) for id, state, at, told in rows]


def subscription(store: Store, programme_id: str, provider: str, id: str) -> tuple[str, str] | None:
    """The account and the membership for which something repeats at a provider."""
    rows = store.fetch(_SUBSCRIPTION, programme=programme_id, provider=provider, id=id)
    return (rows[0][0], rows[0][1]) if rows else None


def event(store: Store, programme_id: str, provider: str, id: str) -> tuple[str, str] | None:
    """What was told of in news, and what became of them; None where there are none of the id."""
    rows = store.fetch(_EVENT, programme=programme_id, provider=provider, id=id)
    return (rows[0][1], rows[0][2]) if rows else None


def waiting(store: Store, programme_id: str, provider: str, about: str) -> list[Waiting]:
    """News about a thing of the provider that wait, the oldest first."""
    return [Waiting(*row) for row in store.fetch(_WAITING, programme=programme_id, provider=provider, about=about)]


def membership(cells: Sequence[Any]) -> Membership:
    """A membership of its cells, which intervals are still to be added to."""
    account, id, terms, method, asked_at, seq, anchor, base, *rest = cells
    paused, cancelled, ends, ended, after, asked, steps, refunded, subscription = rest
    account, id = _hex(account), _hex(id)
    return Membership(
        id=id,
        account_id=account,
        terms=_terms(terms),
        method=method,
        asked_at=clock.instant(int(asked_at)),
        seq=seq,
        anchor=None if anchor is None else date.fromordinal(anchor),
        base=base,
        paused_at=clock.instant(paused),
        cancelled_at=clock.instant(cancelled),
        ends_at=clock.instant(ends),
        ended=bool(ended),
        next=None if after is None else _terms(after),
        asked=asked,
        steps=steps,
        refunded_at=clock.instant(refunded),
        subscription=subscription,
    )


def interval(cells: Sequence[Any]) -> Interval:
    """An interval of its cells."""
    place, kind, number, plan, start, until, value, payment, cut = cells
    paid = None if payment is None else _hex(payment)
    begun = clock.instant(int(start))
    return Interval(place, kind, number, plan, begun, clock.instant(until), value, paid, clock.instant(cut))


def _payment(cells: Sequence[Any]) -> Payment:
    account, id, membership, number, purpose, terms, amount, method, state, asked_at, seq, *rest = cells
    settled, reference, refunded, attempts, paid_by = rest
    asked = clock.instant(int(asked_at))
    return Payment(
        id, account, membership, number, purpose, _terms(terms), amount, method, state, asked, seq,
        clock.instant(settled), reference, refunded, attempts, paid_by,
    )  # fmt: skip


def _hex(id: str) -> str:
    return id.replace("-", "")
