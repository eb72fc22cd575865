"""Payments for memberships: what is asked, where it is taken, what came; and whether a plan is worth its price."""

from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from guerdon.core import ladders as ladders_law
from guerdon.core import limits
from guerdon.core import members as members_law
from guerdon.core import memberships as law
from guerdon.core import plans as plans_law
from guerdon.core.errors import declare
from guerdon.core.ladders import BenefitKind
from guerdon.core.memberships import Method, Payment, PaymentState, Purpose
from guerdon.core.money import Money
from guerdon.core.worth import Worth
from guerdon.engine import desk, dues
from guerdon.engine import memberships as engine
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.faces.api.programme import InLanguage, named
from guerdon.features.members import queries as members
from guerdon.features.memberships import queries
from guerdon.features.programmes import queries as programmes
from guerdon.insight import worth as insight
from guerdon.kit import ids
from guerdon.kit.payments.events import Event

Paper = Annotated[str, Meta(max_length=limits.NAME_CHARS_MAX)]  # the number of an invoice, of a receipt
WORTH_OF_WHAT = declare("invalid", "worth_of_what")


class PaymentView(msgspec.Struct, frozen=True):
    """Money asked for a period of a membership, and what became of it."""

    id: str
    membership: str
    number: int
    purpose: Purpose
    plan: str
    amount: Money
    refunded: Money
    method: Method
    paid_by: Method | None
    state: PaymentState
    asked_at: datetime
    settled_at: datetime | None
    reference: str
    attempts: int


class OpenPayment(msgspec.Struct, frozen=True):
    """A payment, and where the provider takes it; null by hand, and until the provider has been asked."""

    payment: PaymentView
    url: str | None


class GoingBack(msgspec.Struct, frozen=True):
    """Money that a provider is to give back and has not yet."""

    payment: str
    member: str
    amount: Money
    reference: str
    since: datetime | None


class ProviderNews(msgspec.Struct, frozen=True):
    """News of a provider that nothing has come of."""

    id: str
    type: str
    state: Literal["waiting", "refused"]
    about: str
    amount: Money | None
    received_at: datetime


class Unresolved(msgspec.Struct, frozen=True):
    """What nobody need look at while it is young, and somebody must when it is old."""

    going_back: tuple[GoingBack, ...]
    news: tuple[ProviderNews, ...]


class PaymentCame(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How a payment came: the number of an invoice, of a receipt, of a transfer."""

    reference: Paper = ""


class OfWhat(InLanguage, frozen=True, forbid_unknown_fields=True):
    """A plan, or a tier."""

    plan: str | None = None
    tier: str | None = None


class WorthOfPoints(msgspec.Struct, frozen=True):
    """The difference in a unit's points."""

    unit: str
    points: int
    worth: Money | None


class WorthOfBenefit(msgspec.Struct, frozen=True):
    """What a benefit would have given; null where nobody can count it."""

    key: str
    kind: BenefitKind
    name: str
    amount: Money | None
    on: Money


class WorthView(msgspec.Struct, frozen=True):
    """What it would have given in the last twelve months, against what it costs; `by` is below zero where it does not
    pay."""

    member: str
    plan: str | None
    tier: str | None
    purchases: int
    spent: Money
    points: tuple[WorthOfPoints, ...]
    benefits: tuple[WorthOfBenefit, ...]
    total: Money
    cost: Money | None
    by: Money | None
    worth_it: bool | None
    uncounted: tuple[str, ...]
    undecided: int


def read(call: Call, id: str) -> Reply:
    """One payment."""
    return _shown(call, ids.read("payment", id))


def list_unresolved(call: Call) -> Reply:
    """Money on its way back, and news of the provider that nothing has come of."""
    most = limits.PAGE_ROWS_MAX
    back = tuple([
        GoingBack(ids.show("payment", one.id), ids.show("member", one.account_id), Money(one.refunded, one.currency),
                  one.reference, one.settled_at)
        for one in queries.going_back(call.store, call.programme_id, most=most)
    ])  # fmt: skip
    news = tuple([
        ProviderNews(one.id, one.event.type, one.state, one.event.object_id, _told(one.event), one.received_at)
        for one in queries.unresolved(call.store, call.programme_id, most=most)
    ])  # fmt: skip
    return Reply(Unresolved(back, news))


def paid(call: Call, id: str, body: PaymentCame) -> Reply:
    """A payment has come: its period begins, or the change it was asked for."""
    bare = ids.read("payment", id)
    result = engine.pay(
        programme_id=call.programme_id, payment_id=bare, now=call.now, reference=body.reference,
        idempotency=call.idempotency(body),
    )  # fmt: skip
    outcome = engine.refused(result)
    return _shown(call, bare, replayed=outcome.replayed)


def failed(call: Call, id: str) -> Reply:
    """A payment was tried in vain; it can still be paid until the grace is over."""
    bare = ids.read("payment", id)
    dues.failed(programme_id=call.programme_id, payment_id=bare, now=call.now)
    return _shown(call, bare)


def weigh(call: Call, id: str, query: OfWhat) -> Reply:
    """Is it worth it? From what the member really bought and kept in the last twelve months."""
    in_force = programmes.latest(call.store, call.programme_id).current(call.now)
    member = members.get(call.store, call.programme_id, ids.read("member", id))
    language = query.language or call.language
    if (query.plan is None) is (query.tier is None):
        raise WORTH_OF_WHAT()
    if query.plan is not None:
        found = insight.of_plan(call.store, in_force, member, query.plan, call.now)
    else:
        found = insight.of_tier(call.store, in_force, member, str(query.tier), call.now)
    home, programme = in_force.programme.currency, in_force.programme
    benefits = tuple([
        WorthOfBenefit(one.key, one.kind, named(one.name, programme, language), _money(one.amount, home),
                       Money(one.on, home))
        for one in found.benefits
    ])  # fmt: skip
    points = tuple([WorthOfPoints(one.unit, one.points, _money(one.amount, home)) for one in found.points])
    view = WorthView(
        ids.show("member", member.id), query.plan, query.tier, found.purchases, Money(found.spent, home), points,
        benefits, Money(found.total, home), _money(found.cost, home), _money(found.by, home), found.worth_it,
        uncounted(found), found.undecided,
    )  # fmt: skip
    return Reply(view)


def uncounted(found: Worth) -> tuple[str, ...]:
    """The keys of benefits, and the units, that no amount was found for."""
    units = [one.unit for one in found.points if one.amount is None]
    return (*[one.key for one in found.benefits if one.amount is None], *units)


def _told(event: Event) -> Money | None:
    return None if event.amount is None or event.currency is None else Money(event.amount, event.currency)


def _money(amount: int | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)


def _shown(call: Call, payment_id: str, *, replayed: bool = False) -> Reply:
    payment, url = queries.payment(call.store, call.programme_id, payment_id)
    return Reply(OpenPayment(payment_view(payment), url or None), replayed)


def payment_view(one: Payment) -> PaymentView:
    """A payment as the API tells it."""
    return PaymentView(
        ids.show("payment", one.id), ids.show("membership", one.membership_id), one.number, one.purpose,
        one.terms.plan, Money(one.amount, one.currency), Money(one.refunded, one.currency), one.method,
        one.paid_by, one.state, one.asked_at, one.settled_at, one.reference, one.attempts,
    )  # fmt: skip


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/payments/{id}", "profiles:read", read, "Read a payment", OpenPayment,
        refuses=(queries.PAYMENT_UNKNOWN, ids.ID_MALFORMED), noun="payment", tag="Memberships",
    ),
    Endpoint(
        "GET", "/v1/payments/unresolved", "profiles:read", list_unresolved, "List money that is not settled",
        Unresolved, tag="Memberships",
        about="Money that a provider is to give back and has not yet, and its news that nothing has come of.",
    ),
    Endpoint(
        "POST", "/v1/payments/{id}/paid", "memberships:write", paid, "Say that a payment came", OpenPayment,
        takes=PaymentCame,
        refuses=(
            queries.PAYMENT_UNKNOWN, ids.ID_MALFORMED, desk.IDEMPOTENCY_CONFLICT, law.PAYMENT_SETTLED,
            law.PAYMENT_LATE,
        ),
        idempotent=True, noun="payment", tag="Memberships",
        about="For payments by invoice; a provider that takes money by itself tells it by a webhook. Told again it "
        "answers the same; under another `reference` it is other money, and refused (`payment_settled`).",
    ),
    Endpoint(
        "POST", "/v1/payments/{id}/failed", "memberships:write", failed, "Say that a payment failed", OpenPayment,
        refuses=(queries.PAYMENT_UNKNOWN, ids.ID_MALFORMED, law.PAYMENT_SETTLED), noun="payment", tag="Memberships",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/worth", "profiles:read", weigh, "Is a plan worth it?", WorthView, query=OfWhat,
        refuses=(
            members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED, programmes.PROGRAMME_UNPUBLISHED, plans_law.PLAN_UNKNOWN,
            plans_law.PLAN_NOT_SOLD_IN, ladders_law.TIER_UNKNOWN, WORTH_OF_WHAT,
        ),
        noun="member", tag="Memberships",
        about="What the plan, or the tier, would have given for the member's own purchases of the last twelve months, "
        "as far as they were kept, decided by today's rules with and without it; held against the price of twelve "
        "months. What nobody can count is named and counts nothing.",
    ),
)  # fmt: skip
