"""The clerk for memberships: what joining, paying, pausing, changing, cancelling and giving back come to."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import memberships as core
from guerdon.core import pauses, period
from guerdon.core.activities import Activity, FactValue
from guerdon.core.law import Law
from guerdon.core.memberships import Interval, Membership, Method, Payment
from guerdon.core.plans import Plan, Terms
from guerdon.core.standing import Standing
from guerdon.engine import desk, earn
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.turns import JOIN, KINDS, OPEN, Cuts, Turns, money
from guerdon.engine.voids import Voids
from guerdon.features.ledger.actions import Cause
from guerdon.kit import ids


class Moved(Exception):
    """Something else was told of the membership after it was read, and before it was locked."""


class MembershipClerk(desk.Clerk):
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
        if any(_overtaken(batch, one) for one in told):
            raise Moved
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
            self._settle(one, asked, told.facts, standing, in_force)
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
        return self._settle(one, payment, told.facts, standing, in_force, told)

    def _settle(
        self,
        one: Membership,
        payment: Payment,
        facts: Mapping[str, FactValue],
        standing: Standing,
        in_force: Law,
        told: Activity | None = None,
    ) -> Outcome:
        """Take a payment in and begin what it pays. Raises `payment_late` where there is nothing left to be paid."""
        state = core.state(one, self._turns.batch.now, in_force.zone)
        if state in ("ended", "paused", "cancelled") or payment.number != one.number + 1:
            raise core.PAYMENT_LATE(state=state)
        by: Method = "stripe" if facts.get("paid_by") == "stripe" else "invoice"
        paid = {"state": "paid", "settled_at": self._turns.batch.now, "paid_by": by}
        payment = self._turns.settle(payment, reference=str(facts["reference"]), **paid)
        anew = payment.purpose == "change"
        return self._turns.begin(one, payment.terms, standing, in_force, payment=payment, anew=anew, told=told)

    # --- what members do ---

    def _pause(self, told: Activity, one: Membership, standing: Standing, in_force: Law) -> Outcome:
        """Stop here; as many days as are left are there when it goes on, at the latest after the days of the plan."""
        turns, now, zone = self._turns, self._turns.batch.now, in_force.zone
        core.check(one, now, zone, "active")
        pauses.check(one, now)
        turns.withdraw(one)
        cause = turns.batch.cause(standing)
        one, cuts = turns.cut(one, now)
        one = msgspec.structs.replace(one, paused_at=now, asked=one.number)
        until = core.days_after(now, one.terms.pause_days_max, zone)
        return self._go_on(told, one, pauses.rest(one, until, zone), cuts, cause, in_force)

    def _resume(self, told: Activity, one: Membership, standing: Standing, in_force: Law) -> Outcome:
        """Go on with what was left, or take a cancellation back that has not taken effect yet."""
        turns, now, zone = self._turns, self._turns.batch.now, in_force.zone
        state = core.check(one, now, zone, "paused", "cancelled")
        cause = turns.batch.cause(standing)
        if state == "paused":
            opened = pauses.rest(one, now, zone)
            one, cuts = turns.cut(one, now)  # it would have gone on later
            return self._go_on(told, msgspec.structs.replace(one, paused_at=None), opened, cuts, cause, in_force)
        one = turns.keep(_step(one, cancelled_at=None, ends_at=None), in_force)
        one = turns.ask_if_due(one, in_force, cause)
        return turns.enter(told, cause, in_force, turns.turn(one, in_force))

    def _go_on(
        self, told: Activity, one: Membership, opened: tuple[Interval, ...], cuts: Cuts, cause: Cause, in_force: Law
    ) -> Outcome:
        """Let what was left follow, now or when the pause is over; the months are counted from where it ends."""
        turns = self._turns
        for each in opened:
            one = turns.add(one, each, cause)
        assert one.covered is not None, "what is left has an end"
        one = _step(one, anchor=period.local_day(one.covered, in_force.zone), base=one.number)
        one = turns.ask_if_due(turns.keep(one, in_force), in_force, cause)
        turn = turns.turn(one, in_force, opened=opened[0], more=opened[1:], cuts=cuts)
        return turns.enter(told, cause, in_force, turn)

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
                self._settle(one, asked, told.facts, standing, in_force)
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
        cuts: Cuts = ()
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


def _overtaken(batch: Batch, one: Told) -> bool:
    """Whether somebody did the same at once, where money may go with it: two who are answered both pay it out."""
    kind, facts = one.activity.kind, one.activity.facts
    at_once = kind == KINDS["change"] and ("reference" in facts or facts.get("when") == "now")
    again = one.idempotency is not None and desk.scope(one.idempotency) in batch.gathered.answers
    return (kind == KINDS["refund"] or at_once) and not again and law.key(one.activity) in batch.gathered.owners


def _step(one: Membership, **facts: object) -> Membership:
    """The membership after one fact more."""
    return msgspec.structs.replace(one, steps=one.steps + 1, **facts)
