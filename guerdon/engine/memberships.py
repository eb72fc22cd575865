"""Paid memberships: joined, renewed, paused, changed, cancelled and given back, each told once (LAW 10.22)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

import msgspec

from guerdon.core import activities as law
from guerdon.core import memberships as core
from guerdon.core import pausing, period
from guerdon.core.activities import Activity, FactValue, Member
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.memberships import Ending, Interval, Membership, Method, Payment
from guerdon.core.plans import Plan, Terms
from guerdon.core.standing import Standing
from guerdon.engine import desk, earn
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.desk import Result
from guerdon.engine.turns import OPEN, SOURCE, Turns, money
from guerdon.engine.voids import Voids
from guerdon.features.activities.actions import Idempotency
from guerdon.features.ledger.actions import Cause
from guerdon.features.memberships import queries
from guerdon.kit import ids, store

JOIN: Final = "membership_join"
Deed = Literal["pause", "resume", "change", "cancel", "refund"]
KINDS: Final[dict[Deed, str]] = {
    "pause": "membership_pause", "resume": "membership_resume", "change": "membership_change",
    "cancel": "membership_cancel", "refund": "membership_refund",
}  # fmt: skip
END: Final = "membership_end"
TRIES_MAX: Final = 5


class Joining(msgspec.Struct, frozen=True):
    """A member who wants a membership, paid already where there is a `reference`; (source, external_id) names it."""

    member: Member
    plan: str
    currency: str
    source: str
    external_id: str
    method: Method = "invoice"
    reference: str | None = None
    idempotency: Idempotency | None = None


class Asked(msgspec.Struct, frozen=True):
    """What is to become of a membership; what a deed has no use for is left out."""

    deed: Deed
    membership_id: str
    plan: str | None = None  # of a change
    when: Ending | None = None  # of a change and a cancellation
    number: int | None = None  # of the period that is given back
    reference: str | None = None  # under which a change was paid
    idempotency: Idempotency | None = None


def join_many(*, programme_id: str, wanted: Sequence[Joining], now: datetime, dry_run: bool = False) -> list[Result]:
    """Let members join: with the trial or the first period at once, or asking for the first payment.

    Refuses `plan_unknown`, `plan_not_sold_in`, `membership_exists`, `membership_shared`.
    """
    told = [Told(_joining(one, now), one.idempotency) for one in wanted]
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=_Turning(), dry_run=dry_run)


def act(*, programme_id: str, asked: Asked, now: datetime, dry_run: bool = False) -> Result:
    """Do something about a membership. Raises `membership_unknown`; refuses what its state does not allow.

    Each fact is named by how many there were before it, so that two who do the same at once do it once.
    """
    for _ in range(TRIES_MAX):
        found = queries.one(store.current(), programme_id, asked.membership_id)
        told = Told(_fact(asked, found, now), asked.idempotency)
        try:
            return desk.run(programme_id=programme_id, told=[told], now=now, clerk=_Turning(), dry_run=dry_run)[0]
        except Moved:
            continue
    raise store.DATABASE_BUSY(retry_after_seconds=1)


def pay(
    *,
    programme_id: str,
    payment_id: str,
    now: datetime,
    reference: str = "",
    idempotency: Idempotency | None = None,
    dry_run: bool = False,
) -> Result:
    """A payment has come: its period begins, or the change it was asked for. Paid again it answers the same.

    Raises `payment_unknown`; refuses `payment_settled` for one that was withdrawn or given back, and `payment_late`.
    """
    payment, _ = queries.payment(store.current(), programme_id, payment_id)
    if payment.state not in (*OPEN, "paid"):
        return core.PAYMENT_SETTLED(state=payment.state)
    facts: dict[str, FactValue] = {"payment": ids.show("payment", payment.id), "reference": reference}
    told = Told(_renewal(payment.account_id, payment.membership_id, payment.number, facts, now), idempotency)
    return desk.run(programme_id=programme_id, told=[told], now=now, clerk=_Turning(), dry_run=dry_run)[0]


def renew(
    *,
    programme_id: str,
    membership_id: str,
    now: datetime,
    number: int | None = None,
    reference: str = "",
    idempotency: Idempotency | None = None,
) -> Result:
    """A period has been paid by hand, the next one where no `number` is said; asked for or not.

    Raises `membership_unknown`; refuses what `pay` refuses, and `payment_settled` where the next one is paid ahead
    already. A period that was renewed is not renewed again: it answers the same.
    """
    one = queries.one(store.current(), programme_id, membership_id)
    number = number or one.number + 1
    told = Told(_renewal(one.account_id, one.id, number, {"reference": reference}, now), idempotency)
    return desk.run(programme_id=programme_id, told=[told], now=now, clerk=_Turning())[0]


class Moved(Exception):
    """Something else was told of the membership after it was read, and before it was locked."""


def _joining(one: Joining, now: datetime) -> Activity:
    facts: dict[str, FactValue] = {"plan": one.plan, "currency": one.currency, "method": one.method}
    if one.reference is not None:
        facts["reference"] = one.reference
    return Activity(JOIN, one.source, one.external_id, now, one.member, facts=facts)


def _renewal(account_id: str, membership_id: str, number: int, facts: dict[str, FactValue], now: datetime) -> Activity:
    facts = facts | {"membership": ids.show("membership", membership_id)}
    member = Member(id=ids.show("member", account_id))
    return Activity(law.MEMBERSHIP_RENEW, SOURCE, f"{membership_id}:{number}", now, member, facts=facts)


def _fact(asked: Asked, found: Membership, now: datetime) -> Activity:
    facts: dict[str, FactValue] = {"membership": ids.show("membership", found.id)}
    more = {"plan": asked.plan, "when": asked.when, "number": asked.number, "reference": asked.reference}
    facts |= {name: value for name, value in more.items() if value is not None}
    name = f"{found.id}:{found.steps + 1}"
    member = Member(id=ids.show("member", found.account_id))
    return Activity(KINDS[asked.deed], SOURCE, name, now, member, facts=facts)


class _Turning(desk.Clerk):
    """The clerk for memberships; what is asked stands in the facts, as the journal will keep it."""

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        if activity.kind == JOIN:
            in_force.programme.plan(str(activity.facts["plan"])).terms(str(activity.facts["currency"]))
        elif "plan" in activity.facts:
            in_force.programme.plan(str(activity.facts["plan"]))

    def needs_active(self, activity: Activity) -> bool:
        return activity.kind == JOIN  # who is blocked can still pay, cancel and be given money back

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        super().prepare(batch, told)
        self._turns = Turns(batch)
        self._turns.read()
        self._voids = Voids(self._turns)
        refunded = [one.activity for one in told if one.activity.kind == KINDS["refund"]]
        self._voids.read([self._turns.one(str(one.facts["membership"])) for one in refunded])
        earn.lock_rises(batch)

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        facts, kind = one.activity.facts, one.activity.kind
        if kind == JOIN:
            return self._join(one.activity, standing, in_force)
        membership = self._turns.one(str(facts["membership"]))
        if kind == law.MEMBERSHIP_RENEW:
            return self._pay(one.activity, membership, standing, in_force)
        if one.activity.external_id != f"{membership.id}:{membership.steps + 1}":
            raise Moved
        deeds = {
            KINDS["pause"]: self._pause, KINDS["resume"]: self._resume, KINDS["change"]: self._change,
            KINDS["cancel"]: self._cancel, KINDS["refund"]: self._refund,
        }  # fmt: skip
        return deeds[kind](one.activity, membership, standing, in_force)

    # --- joining and paying ---

    def _join(self, told: Activity, standing: Standing, in_force: Law) -> Outcome:
        """Begin with the trial, or with the period that is paid or free; or ask for the first payment."""
        turns, batch, zone = self._turns, self._turns.batch, in_force.zone
        plan = in_force.programme.plan(str(told.facts["plan"]))
        terms = plan.terms(str(told.facts["currency"]))
        self._check_free(standing, plan, in_force)
        cause = batch.cause(standing)
        method: Method = "stripe" if told.facts["method"] == "stripe" else "invoice"
        one = Membership(cause.activity_id, standing.who, terms, method, batch.now, cause.seq, steps=1)
        may_try = core.may_try(plan, terms, standing.held) and "reference" not in told.facts
        one = turns.keep(one, in_force, standing)
        opened = asked = None
        if may_try:
            opened = core.trial(terms, batch.now, plan.trial_days, zone)
            one = turns.keep(turns.add(one, opened, cause), in_force)
        if opened is None and terms.price:
            one = turns.keep(msgspec.structs.replace(one, asked=1), in_force)
            asked = turns.ask(one, terms, terms.price, "first", cause, number=1)
        else:
            one = turns.ask_if_due(one, in_force, cause)
        turn = turns.turn(one, in_force, opened=opened, **money(asked))
        outcome = turns.enter(told, cause, in_force, turn)
        if asked is not None and "reference" in told.facts:
            self._settle(one, asked, str(told.facts["reference"]), standing, in_force)
        elif opened is None and asked is None:
            turns.begin(one, terms, standing, in_force, payment=None)
        return outcome

    def _check_free(self, standing: Standing, plan: Plan, in_force: Law) -> None:
        """Refuse who has one, or shares this very plan with a household. Raises `membership_exists`, `…_shared`."""
        mine = [one for one in standing.held if one.account_id == standing.who or not one.terms.joint]
        now = self._turns.batch.now
        core.check_free(mine, now, in_force.zone, shown=ids.PREFIXES["membership"])
        for one in standing.held:
            if one not in mine and core.plan_at(one, now, in_force.zone) == plan.key:
                raise core.MEMBERSHIP_SHARED(plan=plan.key, member=ids.show("member", one.account_id))

    def _pay(self, told: Activity, one: Membership, standing: Standing, in_force: Law) -> Outcome:
        if "payment" in told.facts:
            payment = self._turns.payment(one, ids.read("payment", str(told.facts["payment"])))
        else:
            if told.external_id != f"{one.id}:{one.number + 1}":  # before anything is asked or withdrawn
                raise core.PAYMENT_LATE(state=core.state(one, self._turns.batch.now, in_force.zone))
            one, payment = self._turns.next_payment(one, self._turns.batch.cause(standing), in_force)
        if payment.state not in OPEN:
            raise core.PAYMENT_SETTLED(state=payment.state)
        return self._settle(one, payment, str(told.facts["reference"]), standing, in_force, told)

    def _settle(
        self,
        one: Membership,
        payment: Payment,
        reference: str,
        standing: Standing,
        in_force: Law,
        told: Activity | None = None,
    ) -> Outcome:
        """Take a payment in and begin what it pays. Raises `payment_late` where there is nothing left to be paid."""
        state = core.state(one, self._turns.batch.now, in_force.zone)
        if state in ("ended", "paused", "cancelled") or payment.number != one.number + 1:
            raise core.PAYMENT_LATE(state=state)
        payment = self._turns.settle(payment, state="paid", settled_at=self._turns.batch.now, reference=reference)
        anew = payment.purpose == "change"
        return self._turns.begin(one, payment.terms, standing, in_force, payment=payment, anew=anew, told=told)

    # --- what members do ---

    def _pause(self, told: Activity, one: Membership, standing: Standing, in_force: Law) -> Outcome:
        """Stop here; as many days as are left are there when it goes on."""
        turns, now = self._turns, self._turns.batch.now
        core.check(one, now, in_force.zone, "active")
        pausing.check(one, now)
        turns.withdraw(one)
        one, cuts = turns.cut(one, now)
        one = turns.keep(_step(one, paused_at=now, asked=one.number), in_force)
        return turns.enter(told, turns.batch.cause(standing), in_force, turns.turn(one, in_force, cuts=cuts))

    def _resume(self, told: Activity, one: Membership, standing: Standing, in_force: Law) -> Outcome:
        """Go on with what was left, or take a cancellation back that has not taken effect yet."""
        turns, now, zone = self._turns, self._turns.batch.now, in_force.zone
        state = core.check(one, now, zone, "paused", "cancelled")
        cause = turns.batch.cause(standing)
        opened: tuple[Interval, ...] = ()
        if state == "paused":
            opened = pausing.rest(one, now, zone)
            for each in opened:
                one = turns.add(one, each, cause)
            assert one.covered is not None
            anchor = period.local_day(one.covered, zone)
            one = _step(one, paused_at=None, anchor=anchor, base=one.number)
        else:
            one = _step(one, cancelled_at=None, ends_at=None)
        one = turns.ask_if_due(turns.keep(one, in_force), in_force, cause)
        first = opened[0] if opened else None
        return turns.enter(told, cause, in_force, turns.turn(one, in_force, opened=first, more=opened[1:]))

    def _change(self, told: Activity, one: Membership, standing: Standing, in_force: Law) -> Outcome:
        """To another plan: up at once for what it costs more, down when the period ends."""
        turns, now, zone = self._turns, self._turns.batch.now, in_force.zone
        state = core.check(one, now, zone, "trial", "active", "grace")
        terms = in_force.programme.plan(str(told.facts["plan"])).terms(one.terms.currency)
        if terms == one.coming:
            raise core.SAME_PLAN(plan=terms.plan)
        when = told.facts.get("when") or ("now" if terms.rank > one.terms.rank else "period_end")
        cause = turns.batch.cause(standing)
        if state == "trial" and when == "now" and not one.number:
            return self._change_trial(told, one, terms, cause, in_force)
        if state in ("trial", "active") and when == "now":  # a trial that is paid ahead is over with it
            return self._change_now(told, one, terms, standing, in_force)
        turns.withdraw(one)
        one = turns.keep(_step(one, next=terms, asked=one.number, subscription=None), in_force)
        one = turns.ask_if_due(one, in_force, cause)
        return turns.enter(told, cause, in_force, turns.turn(one, in_force))

    def _change_trial(self, told: Activity, one: Membership, terms: Terms, cause: Cause, in_force: Law) -> Outcome:
        """Try another plan for what is left of the trial; nothing has been paid yet."""
        turns, now = self._turns, self._turns.batch.now
        last = one.last
        assert last is not None
        turns.withdraw(one)
        one, cuts = turns.cut(one, now)
        opened = msgspec.structs.replace(last, place=last.place + 1, plan=terms.plan, start=now)
        one = turns.keep(_step(turns.add(one, opened, cause), terms=terms, next=None, asked=0), in_force)
        one = turns.ask_if_due(one, in_force, cause)
        return turns.enter(told, cause, in_force, turns.turn(one, in_force, opened=opened, cuts=cuts))

    def _change_now(self, told: Activity, one: Membership, terms: Terms, standing: Standing, in_force: Law) -> Outcome:
        """Change at once: what is not used of the old period counts towards the new one (`core.prorate`)."""
        turns, now = self._turns, self._turns.batch.now
        cost = core.prorate(one, terms, now, in_force.zone)
        cause = turns.batch.cause(standing)
        asked = None
        number = one.number + 1
        if cost.due:
            asked = turns.ask(one, terms, cost.due, "change", cause, number=number)
            one = turns.keep(_step(one), in_force)  # unpaid when the period ends, it gives way to the renewal
            outcome = turns.enter(told, cause, in_force, turns.turn(one, in_force, **money(asked)))
            if "reference" in told.facts:
                self._settle(one, asked, str(told.facts["reference"]), standing, in_force)
            return outcome
        turns.check_settled(one, cost.back)
        turns.withdraw(one)
        turns.give_back(one, cost.back)
        one = turns.keep(_step(one), in_force)
        turn = turns.turn(one, in_force, amount=-cost.back, currency=terms.currency)
        outcome = turns.enter(told, cause, in_force, turn)
        turns.begin(one, terms, standing, in_force, payment=None, anew=True)
        return outcome

    def _cancel(self, told: Activity, one: Membership, standing: Standing, in_force: Law) -> Outcome:
        """End it now, or when what is paid is over."""
        turns, now, zone = self._turns, self._turns.batch.now, in_force.zone
        state = core.state(one, now, zone)
        if state == "ended" or (state == "cancelled" and told.facts.get("when") != "now"):
            raise core.MEMBERSHIP_STATE(state=state, may="awaiting, trial, active, grace, paused")
        if one.last is not None and one.last.ends is None and told.facts.get("when") != "now":
            raise core.MEMBERSHIP_ENDLESS(plan=one.terms.plan)  # what was paid for ever has no end to wait for
        turns.withdraw(one)
        cuts: tuple[tuple[int, datetime], ...] = ()
        at_once = told.facts.get("when") == "now" or state in ("awaiting", "grace", "paused") or one.covered is None
        if at_once:
            one, cuts = turns.cut(one, now)
        ends_at = now if at_once else one.covered
        one = turns.keep(
            _step(one, cancelled_at=now, ends_at=ends_at, next=None, asked=one.number, ended=at_once), in_force
        )
        cause = turns.batch.cause(standing)
        return turns.enter(told, cause, in_force, turns.turn(one, in_force, cuts=cuts))

    def _refund(self, told: Activity, one: Membership, standing: Standing, in_force: Law) -> Outcome:
        """Give a period back: the money for it, and with it what its plan's rules gave while it ran."""
        turns, now, zone = self._turns, self._turns.batch.now, in_force.zone
        if core.state(one, now, zone) == "paused":
            raise core.MEMBERSHIP_STATE(state="paused", may="active, grace, cancelled, ended")
        number = told.facts.get("number")
        given = core.refundable(one, None if number is None else int(number), now, zone)
        turns.check_settled(one, given.value)
        back = turns.give_back(one, given.value)
        if not back:
            raise core.NOTHING_TO_REFUND(number=given.number)
        turns.withdraw(one)
        cause = turns.batch.cause(standing)
        start = core.begun(one, given)
        ahead = start > now
        one, cuts = turns.cut(one, max(now, start))
        ends_at = start if ahead else min(now, one.ends_at or now)
        one = turns.keep(
            _step(one, cancelled_at=one.cancelled_at or now, ends_at=ends_at, ended=not ahead, refunded_at=now,
                  asked=one.number), in_force,
        )  # fmt: skip
        turn = turns.turn(one, in_force, cuts=cuts, amount=-back, currency=one.terms.currency)
        outcome = turns.enter(told, cause, in_force, turn)
        self._voids.take_back(one, given, standing, in_force)
        return outcome


def _step(one: Membership, **facts: object) -> Membership:
    """The membership after one fact more."""
    return msgspec.structs.replace(one, steps=one.steps + 1, **facts)


def refused(result: Result) -> Outcome:
    """The outcome. Raises the refusal where there was one."""
    if isinstance(result, Refusal):
        raise result
    return result
