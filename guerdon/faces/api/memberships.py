"""Paid memberships: the plans there are, who joined, what is paid, and what members do with theirs."""

from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from guerdon.core import activities as activities_law
from guerdon.core import limits
from guerdon.core import members as members_law
from guerdon.core import memberships as law
from guerdon.core import plans as plans_law
from guerdon.core.activities import Member
from guerdon.core.memberships import Ending, IntervalKind, Membership, Method, Payment, Turn
from guerdon.core.money import Money
from guerdon.core.plans import Plan, Term
from guerdon.core.programme import Programme
from guerdon.engine import desk, turns
from guerdon.engine import memberships as engine
from guerdon.engine.batch import Outcome
from guerdon.engine.memberships import Asked, Joining
from guerdon.engine.turns import Deed
from guerdon.faces.api import paying
from guerdon.faces.api.calls import Call, Endpoint, ExternalId, Reply, Source, Trial
from guerdon.faces.api.paying import Paper, PaymentView, payment_view
from guerdon.faces.api.programme import InLanguage, named
from guerdon.faces.api.tiers import BenefitView, benefits_of
from guerdon.features.members import queries as members
from guerdon.features.memberships import queries
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids
from guerdon.kit.payments import port, providers

# What joining may say otherwise when it is told again, by its place in the journal.
_DIFFERING: Final = {
    "/member": "/member", "/facts/plan": "/plan", "/facts/currency": "/currency", "/facts/method": "/method",
    "/facts/reference": "/reference",
}  # fmt: skip
Number = Annotated[int, Meta(ge=1, le=limits.INT64_MAX)]
State = Literal["awaiting", "trial", "active", "grace", "paused", "cancelled", "ended"]


class PlanView(msgspec.Struct, frozen=True):
    """A plan; of `months` and `days` one says how long a period lasts, neither is for ever."""

    key: str
    name: str
    prices: tuple[Money, ...]
    months: int
    days: int
    renews: bool
    trial_days: int
    grace_days: int
    refund_days: int
    pause_days_max: int
    rank: int
    joint: bool
    benefits: tuple[BenefitView, ...]


class Plans(msgspec.Struct, frozen=True):
    """The plans of the programme in force."""

    plans: tuple[PlanView, ...]


class PeriodView(msgspec.Struct, frozen=True):
    """From `start` until `until` the membership is had; a trial has the number 0."""

    kind: IntervalKind
    number: int
    plan: str
    start: datetime
    until: datetime | None
    value: Money


class MembershipView(msgspec.Struct, frozen=True):
    """A membership as of now, whether or not the nightly run has been."""

    id: str
    member: str
    plan: str
    name: str
    state: State
    in_force: bool
    price: Money
    method: Method
    joint: bool
    asked_at: datetime
    covered_until: datetime | None
    paused_until: datetime | None
    cancelled_at: datetime | None
    ends_at: datetime | None
    next_plan: str | None
    periods: tuple[PeriodView, ...]
    payments: tuple[PaymentView, ...]


class Memberships(msgspec.Struct, frozen=True):
    """What a member holds and held, and what others share with it; the oldest first."""

    member: str
    memberships: tuple[MembershipView, ...]


class NewMembership(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A membership to join; (source, external_id) names it for ever. With a `reference` it is paid already."""

    member: Member
    plan: str
    external_id: ExternalId
    currency: str | None = None
    method: Method = "invoice"
    reference: Paper | None = None
    source: Source = "api"


class NewPlan(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Another plan for a membership; a change to a higher one is at once, to a lower one at the end of the period."""

    plan: str
    when: Ending | None = None
    reference: Paper | None = None


class Cancellation(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """When a membership is to end."""

    when: Ending = "period_end"


class PeriodBack(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The paid period that is given back; the last one where it is not said."""

    number: Number | None = None


class Renewal(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How a period was paid: under which reference, and which one; the next one where no `number` is said."""

    reference: Paper = ""
    number: Number | None = None


class RecordedMembership(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was done, and the membership as it is by now; null where it was only tried to join."""

    membership: MembershipView | None
    state: State
    amount: Money | None
    seq: int
    dry_run: bool = False
    differs: tuple[str, ...] = ()


def list_plans(call: Call, query: InLanguage) -> Reply:
    """The plans, what each costs and gives."""
    programme = programmes.latest(call.store, call.programme_id).current(call.now).programme
    language = query.language or call.language
    return Reply(Plans(tuple([_plan(one, programme, language) for one in programme.plans.values()])))


def join(call: Call, query: Trial, body: NewMembership) -> Reply:
    """Join: with the trial or the period that is paid at once, or asking for the first payment."""
    if body.method != "invoice":
        providers.of(body.method)  # refused before anything is written
    home = programmes.latest(call.store, call.programme_id).current(call.now).programme.currency
    wanted = Joining(
        member=body.member, plan=body.plan, currency=body.currency or home, source=body.source,
        external_id=body.external_id, method=body.method, reference=body.reference, idempotency=call.idempotency(body),
    )  # fmt: skip
    (result,) = engine.join_many(programme_id=call.programme_id, wanted=[wanted], now=call.now, dry_run=query.dry_run)
    outcome = engine.refused(result)
    turn = _turn(outcome)
    fresh = query.dry_run and not outcome.replayed
    view = None if fresh else view_of(call, turn.id)
    differs = tuple(_DIFFERING[pointer] for pointer in outcome.differs if pointer in _DIFFERING)
    answer = msgspec.structs.replace(_recorded(turn, view, outcome, query), differs=differs)
    if query.dry_run:
        at_once = fresh and turn.state == "awaiting" and body.reference is not None
        answer = msgspec.structs.replace(answer, state="active") if at_once else answer
        return Reply(answer, outcome.replayed, status=200)
    return Reply(answer, outcome.replayed, location=f"/v1/memberships/{ids.show('membership', turn.id)}")


def read(call: Call, id: str) -> Reply:
    """One membership."""
    return Reply(view_of(call, ids.read("membership", id)))


def list_(call: Call, id: str) -> Reply:
    """What a member holds and held, and what others share with it."""
    member = members.get(call.store, call.programme_id, ids.read("member", id))
    found = queries.of_member(call.store, member.account_id, member.id)
    return Reply(Memberships(ids.show("member", member.id), tuple(views_of(call, found))))


def renew(call: Call, id: str, body: Renewal) -> Reply:
    """A period has been paid by hand, asked for or not: it begins where the last one ends."""
    bare = ids.read("membership", id)
    result = engine.renew(
        programme_id=call.programme_id, membership_id=bare, now=call.now, number=body.number, reference=body.reference,
        idempotency=call.idempotency(body),
    )  # fmt: skip
    outcome = engine.refused(result)
    return Reply(_recorded(_turn(outcome), view_of(call, bare), outcome, Trial()), outcome.replayed)


def pause(call: Call, id: str, query: Trial) -> Reply:
    """Stop here; as many days as are left are there when it goes on."""
    return _act(call, id, query, "pause", None)


def resume(call: Call, id: str, query: Trial) -> Reply:
    """Go on after a pause, or take back a cancellation that has not taken effect."""
    return _act(call, id, query, "resume", None)


def change(call: Call, id: str, query: Trial, body: NewPlan) -> Reply:
    """To another plan; what is not used of the old period counts towards the new one."""
    return _act(call, id, query, "change", body, plan=body.plan, when=body.when, reference=body.reference)


def cancel(call: Call, id: str, query: Trial, body: Cancellation) -> Reply:
    """End it now, or with what is paid."""
    return _act(call, id, query, "cancel", body, when=body.when)


def refund(call: Call, id: str, query: Trial, body: PeriodBack) -> Reply:
    """Give a period back: the money, and with it what the plan's rules gave while it ran."""
    return _act(call, id, query, "refund", body, number=body.number)


def _act(call: Call, id: str, query: Trial, deed: Deed, body: msgspec.Struct | None, **facts: object) -> Reply:
    asked = Asked(deed, ids.read("membership", id), idempotency=call.idempotency(body))
    asked = msgspec.structs.replace(asked, **facts)
    result = engine.act(programme_id=call.programme_id, asked=asked, now=call.now, dry_run=query.dry_run)
    outcome = engine.refused(result)
    view = view_of(call, asked.membership_id)
    return Reply(_recorded(_turn(outcome), view, outcome, query), outcome.replayed)


def _turn(outcome: Outcome) -> Turn:
    assert outcome.decision.membership is not None
    return outcome.decision.membership


def _recorded(turn: Turn, view: MembershipView | None, outcome: Outcome, query: Trial) -> RecordedMembership:
    amount = Money(turn.amount, turn.currency) if turn.currency else None
    state = turn.state if query.dry_run or view is None else view.state
    return RecordedMembership(view, state, amount, outcome.seq, query.dry_run)


def view_of(call: Call, membership_id: str) -> MembershipView:
    """A membership of the programme as of now. Raises `membership_unknown`."""
    return views_of(call, [queries.one(call.store, call.programme_id, membership_id)])[0]


def views_of(call: Call, found: list[Membership]) -> list[MembershipView]:
    """Memberships as of now."""
    asked = queries.payments(call.store, found)
    in_force = programmes.latest(call.store, call.programme_id).current(call.now)
    return [_view(one, asked.get(one.id, []), in_force.programme, call) for one in found]


def _view(one: Membership, asked: list[Payment], programme: Programme, call: Call) -> MembershipView:
    state = law.state(one, call.now, programme.zone)
    plan = programme.plans.get(one.terms.plan)
    currency = one.terms.currency
    return MembershipView(
        id=ids.show("membership", one.id),
        member=ids.show("member", one.account_id),
        plan=one.terms.plan,
        name=one.terms.plan if plan is None else named(plan.name, programme, call.language),
        state=state,
        in_force=state in law.IN_FORCE,
        price=Money(one.terms.price, currency),
        method=one.method,
        joint=one.terms.joint,
        asked_at=one.asked_at,
        covered_until=one.covered,
        paused_until=law.paused_until(one) if state == "paused" else None,
        cancelled_at=one.cancelled_at,
        ends_at=law.end_of(one, programme.zone),
        next_plan=None if one.next is None else one.next.plan,
        periods=tuple([
            PeriodView(each.kind, each.number, each.plan, each.start, each.ends, Money(each.value, currency))
            for each in one.intervals
            if each.ends != each.start
        ]),
        payments=tuple([payment_view(each) for each in asked]),
    )  # fmt: skip


def _plan(one: Plan, programme: Programme, language: str) -> PlanView:
    prices = tuple([Money(amount, currency) for currency, amount in one.prices.items()])
    term: Term = one.period
    return PlanView(
        one.key, named(one.name, programme, language), prices, term.months, term.days, one.recurs, one.trial_days,
        one.grace_days, one.refund_days, one.pause_days_max, one.rank, one.joint,
        benefits_of(one.benefits, programme, language),
    )  # fmt: skip


_ACTING: Final = (
    queries.MEMBERSHIP_UNKNOWN, ids.ID_MALFORMED, desk.IDEMPOTENCY_CONFLICT, law.MEMBERSHIP_STATE,
)  # fmt: skip
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/plans", "programme:read", list_plans, "List plans", Plans, query=InLanguage,
        refuses=(programmes.PROGRAMME_UNPUBLISHED,), tag="Memberships",
    ),
    Endpoint(
        "POST", "/v1/memberships", "memberships:write", join, "Join a membership", RecordedMembership,
        takes=NewMembership, query=Trial, status=201,
        refuses=(
            members_law.MEMBER_UNKNOWN, members_law.MEMBER_NOT_ACTIVE, members_law.IDENTIFIER_INVALID,
            ids.ID_MALFORMED, activities_law.ACTIVITY_INVALID, desk.IDEMPOTENCY_CONFLICT, plans_law.PLAN_UNKNOWN,
            plans_law.PLAN_NOT_SOLD_IN, law.MEMBERSHIP_EXISTS, law.MEMBERSHIP_SHARED, port.PROVIDER_OFF,
            programmes.PROGRAMME_UNPUBLISHED,
        ),
        idempotent=True, tag="Memberships",
        about="Benefits count from the first second of a trial or of a paid period. Without a trial and without a "
        "`reference` nothing begins before the first payment: the answer names it. Told again, it answers what was "
        "joined first, and `differs` points to what it says otherwise.",
    ),
    Endpoint(
        "GET", "/v1/memberships/{id}", "profiles:read", read, "Read a membership", MembershipView,
        refuses=(queries.MEMBERSHIP_UNKNOWN, ids.ID_MALFORMED), noun="membership", tag="Memberships",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/memberships", "profiles:read", list_, "List a member's memberships", Memberships,
        refuses=(members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED), noun="member", tag="Memberships",
    ),
    Endpoint(
        "POST", "/v1/memberships/{id}/renew", "memberships:write", renew, "Renew a membership", RecordedMembership,
        takes=Renewal, refuses=(*_ACTING, law.PAYMENT_SETTLED, law.PAYMENT_LATE), idempotent=True, noun="membership",
        tag="Memberships",
        about="A period was paid by hand. With its `number` it is renewed once, however often that is told; under "
        "another `reference` it is other money, and refused (`payment_settled`).",
    ),
    Endpoint(
        "POST", "/v1/memberships/{id}/pause", "memberships:write", pause, "Pause a membership", RecordedMembership,
        query=Trial, refuses=(*_ACTING, law.MEMBERSHIP_ENDLESS, law.MEMBERSHIP_PAUSELESS), idempotent=True,
        noun="membership", tag="Memberships",
        about="It goes on when it is resumed, or by itself at `paused_until`.",
    ),
    Endpoint(
        "POST", "/v1/memberships/{id}/resume", "memberships:write", resume, "Resume a membership", RecordedMembership,
        query=Trial, refuses=_ACTING, idempotent=True, noun="membership", tag="Memberships",
    ),
    Endpoint(
        "POST", "/v1/memberships/{id}/change", "memberships:write", change, "Change the plan", RecordedMembership,
        takes=NewPlan, query=Trial,
        refuses=(
            *_ACTING, plans_law.PLAN_UNKNOWN, plans_law.PLAN_NOT_SOLD_IN, law.SAME_PLAN, law.MEMBERSHIP_ENDLESS,
            turns.REFUND_PENDING,
        ),
        idempotent=True, noun="membership", tag="Memberships",
        about="`dry_run=true` tells what it would cost. What is not used of the running period, counted in local days, "
        "is taken off the new price; where more is left over than that, it is given back.",
    ),
    Endpoint(
        "POST", "/v1/memberships/{id}/cancel", "memberships:write", cancel, "Cancel a membership", RecordedMembership,
        takes=Cancellation, query=Trial, refuses=(*_ACTING, law.MEMBERSHIP_ENDLESS),
        idempotent=True, noun="membership", tag="Memberships",
    ),
    Endpoint(
        "POST", "/v1/memberships/{id}/refund", "memberships:write", refund, "Give a period back", RecordedMembership,
        takes=PeriodBack, query=Trial,
        refuses=(*_ACTING, law.NOTHING_TO_REFUND, law.REFUND_TOO_LATE, turns.REFUND_PENDING),
        idempotent=True, noun="membership", tag="Memberships",
        about="The membership ends, the money goes back, and so do the points that nobody would have got without it: "
        "the answer to `membership_renew`, and what rules for its plan gave since the period began; a later return of "
        "such an order takes only what is left of it.",
    ),
    *paying.ROUTES,
)  # fmt: skip
