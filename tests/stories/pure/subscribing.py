"""Paid memberships in the pure world: what becomes of them deed by deed, and night by night."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from guerdon.core import activities as law
from guerdon.core import memberships, pauses, period
from guerdon.core.activities import Activity, Member
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.memberships import Interval, Membership, Payment
from guerdon.core.plans import Plan, Terms
from tests.stories.pure.refunding import Refunding
from tests.stories.worlds import Answer, Belonging, Turn, belonging

OPEN = ("asked", "failed")


class Subscribing(Refunding):
    """Paid memberships in the pure world; each is kept under who joined."""

    __slots__ = ()

    def join_plan(
        self, who: str, plan: str, *, currency: str | None, paid: bool, key: str, now: datetime, dry_run: bool
    ) -> Answer:
        world = self.rehearsal() if dry_run else self
        if key in world.joined:
            return Answer(known=True)
        in_force, person = self.in_force(now), self.stands(who)
        try:
            found = in_force.programme.plan(plan)
            terms = found.terms(currency or in_force.programme.currency)
            world._check_no_other(person, found, in_force, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        world.joined[key] = person
        number = sum(len(held) for held in world.held.values())
        made = Membership(f"membership-{number}", person, terms, "invoice", now, number, steps=1)
        tries = not paid and memberships.may_try(found, terms, world._own(person))
        world.held.setdefault(person, []).append(made)
        if tries:
            world._keep(made, intervals=(memberships.trial(terms, now, found.trial_days, in_force.zone),))
            world._ask_if_due(person, now)
        elif terms.price:
            payment = world._ask(made, terms, terms.price, "first", 1, now)
            if paid:
                world._settle_payment(payment, now)
        else:
            world._begin_period(made, terms, None, now)
        return Answer()

    def _check_no_other(self, person: str, plan: Plan, in_force: Law, now: datetime) -> None:
        """Nobody has two, and nobody pays for what the household shares already."""
        memberships.check_free(self._own(person), now, in_force.zone, shown="")
        for other in self.held_by(person):
            shared = self.stands(other.account_id) != person
            if shared and memberships.plan_at(other, now, in_force.zone) == plan.key:
                raise memberships.MEMBERSHIP_SHARED(plan=plan.key, member=other.account_id)

    def _last(self, who: str) -> Membership:
        return self._own(self.stands(who))[-1]

    def _keep(self, one: Membership, **facts: Any) -> Membership:
        made: Membership = msgspec.structs.replace(one, **facts)
        held = self.held[one.account_id]
        held[[each.id for each in held].index(one.id)] = made
        return made

    def _step(self, one: Membership, **facts: Any) -> Membership:
        return self._keep(one, steps=one.steps + 1, **facts)

    # --- paying ---

    def _ask(self, one: Membership, terms: Terms, amount: int, purpose: Any, number: int, now: datetime) -> Payment:
        """Ask for one payment; what was asked for before is not asked for any more."""
        self._withdraw(one)
        mine = self.payments.setdefault(one.id, [])
        made = Payment(
            f"{one.id}-{len(mine)}", one.account_id, one.id, number, purpose, terms, amount, "invoice", "asked", now, 0
        )
        mine.append(made)
        if purpose != "change":
            self._keep(one, asked=number)
        return made

    def _withdraw(self, one: Membership) -> None:
        for each in list(self.payments.get(one.id, [])):
            if each.state in OPEN:
                self._mark(each, state="withdrawn")

    def _mark(self, payment: Payment, **facts: Any) -> None:
        mine = self.payments[payment.membership_id]
        mine[mine.index(payment)] = msgspec.structs.replace(payment, **facts)

    def _ask_if_due(self, person: str, now: datetime) -> None:
        one, zone = self._last(person), self.in_force(now).zone
        since = memberships.ask_from(one, zone)
        if since is not None and since <= now and one.coming.price:
            purpose = "renewal" if one.number else "first"
            self._ask(one, one.coming, one.coming.price, purpose, one.number + 1, now)

    def pay_asked(self, who: str, *, again: bool, now: datetime) -> Answer:
        every = self.payments[self._last(who).id]
        wanted = [each for each in every if (each.state in OPEN) is not again] or every
        if wanted[-1].state == "paid":
            return Answer(known=True)
        try:
            if wanted[-1].state not in OPEN:
                raise memberships.PAYMENT_SETTLED(state=wanted[-1].state)
            self._settle_payment(wanted[-1], now)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return Answer()

    def fail_payment(self, who: str, *, now: datetime) -> Answer:
        payment = self.payments[self._last(who).id][-1]
        if payment.state not in OPEN:
            return Answer(refusal=memberships.PAYMENT_SETTLED(state=payment.state))
        self._mark(payment, state="failed", attempts=payment.attempts + 1)
        return Answer()

    def renew_plan(self, who: str, number: int | None, *, now: datetime) -> Answer:
        one, zone = self._last(who), self.in_force(now).zone
        wanted = number or one.number + 1
        if wanted <= one.number:
            return Answer(known=True)
        try:
            state = memberships.state(one, now, zone)
            if wanted != one.number + 1:
                raise memberships.PAYMENT_LATE(state=state)
            memberships.check(one, now, zone, "awaiting", "trial", "active", "grace")
            asked = [each for each in self.payments.get(one.id, []) if each.state in OPEN and each.purpose != "change"]
            if not asked:
                ahead = len(memberships.left_over(one, now)) > 1
                if ahead or not memberships.goes_on(one) or not one.coming.price:
                    raise memberships.PAYMENT_SETTLED(state="paid")
                purpose = "renewal" if one.number else "first"
                asked = [self._ask(one, one.coming, one.coming.price, purpose, wanted, now)]
            self._settle_payment(asked[0], now)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return Answer()

    def _settle_payment(self, payment: Payment, now: datetime) -> None:
        """It is paid, and what it pays begins; too late, it is not taken."""
        one = next(each for each in self.held[payment.account_id] if each.id == payment.membership_id)
        state = memberships.state(one, now, self.in_force(now).zone)
        if state in ("ended", "paused", "cancelled") or payment.number != one.number + 1:
            raise memberships.PAYMENT_LATE(state=state)
        self._mark(payment, state="paid", settled_at=now)
        self._begin_period(one, payment.terms, payment, now, anew=payment.purpose == "change")

    def _begin_period(
        self, one: Membership, terms: Terms, payment: Payment | None, now: datetime, *, anew: bool = False
    ) -> None:
        """The next period begins, and rules may answer that."""
        in_force, number = self.in_force(now), one.number + 1
        if anew:
            one = self._cut_short(one, now)
        paid = None if payment is None else payment.id
        opened, anchor, base = memberships.next_period(
            one, terms, now, in_force.zone, anew=anew, value=terms.price, payment=paid
        )
        self._step(
            one, intervals=(*one.intervals, opened), terms=terms, anchor=anchor, base=base, next=None, asked=number
        )
        fact = Activity(
            law.MEMBERSHIP_RENEW, "memberships", f"{one.id}:{number}", now, Member(external_id=one.account_id),
            facts={"plan": terms.plan, "number": number, "amount": terms.price, "currency": terms.currency},
        )  # fmt: skip

        def answer() -> Answer:
            account = self.accounts[self.led(one.account_id)]
            self._settle(account, now)
            self._earn(fact, account, in_force, now)
            return Answer()

        self._in_name_of(one.account_id, answer)

    def _cut_short(self, one: Membership, at: datetime) -> Membership:
        """What runs ends here, and what was to come never begins."""
        found = [
            msgspec.structs.replace(each, cut=max(each.start, at))
            if each.ends is None or each.ends > max(each.start, at) else each
            for each in one.intervals
        ]  # fmt: skip
        return self._keep(one, intervals=tuple(found))

    # --- what members do ---

    def turn_plan(self, who: str, turn: Turn, *, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        deeds = {
            "pause": world._pause, "resume": world._resume, "change": world._change_plan, "cancel": world._cancel_plan,
            "refund": world._refund,
        }  # fmt: skip
        try:
            return deeds[turn.deed](world._last(who), turn, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)

    def _pause(self, one: Membership, turn: Turn, now: datetime) -> Answer:
        zone = self.in_force(now).zone
        memberships.check(one, now, zone, "active")
        pauses.check(one, now)
        self._withdraw(one)
        one = msgspec.structs.replace(self._cut_short(one, now), paused_at=now, asked=one.number)
        return self._go_on(one, memberships.days_after(now, one.terms.pause_days_max, zone), now)

    def _resume(self, one: Membership, turn: Turn, now: datetime) -> Answer:
        zone = self.in_force(now).zone
        if memberships.check(one, now, zone, "paused", "cancelled") == "paused":
            return self._go_on(one, now, now)
        self._step(one, cancelled_at=None, ends_at=None)
        self._ask_if_due(one.account_id, now)
        return Answer()

    def _go_on(self, one: Membership, at: datetime, now: datetime) -> Answer:
        """What was left when it was paused goes on at the instant; who comes earlier has it from then on."""
        zone = self.in_force(now).zone
        rest = pauses.rest(one, at, zone)
        anchor = period.local_day(_end_of(rest), zone)
        intervals = (*self._cut_short(one, now).intervals, *rest)
        paused_at = one.paused_at if at > now else None
        self._step(one, intervals=intervals, paused_at=paused_at, anchor=anchor, base=one.number)
        self._ask_if_due(one.account_id, now)
        return Answer()

    def _change_plan(self, one: Membership, turn: Turn, now: datetime) -> Answer:
        in_force = self.in_force(now)
        terms = in_force.programme.plan(str(turn.plan)).terms(one.terms.currency)
        state = memberships.check(one, now, in_force.zone, "trial", "active", "grace")
        if terms == one.coming:
            raise memberships.SAME_PLAN(plan=terms.plan)
        when = turn.when or ("now" if terms.rank > one.terms.rank else "period_end")
        if when == "now" and state == "trial" and not one.number:
            return self._change_trial(one, terms, now)
        if when == "now" and state in ("trial", "active"):
            return self._change_now(one, terms, turn, now)
        self._withdraw(one)
        self._step(one, next=terms, asked=one.number)
        self._ask_if_due(one.account_id, now)
        return Answer()

    def _change_trial(self, one: Membership, terms: Terms, now: datetime) -> Answer:
        """The rest of the trial is one of the other plan."""
        last = one.intervals[-1]
        self._withdraw(one)
        one = self._cut_short(one, now)
        rest = msgspec.structs.replace(last, place=last.place + 1, plan=terms.plan, start=now)
        self._step(one, intervals=(*one.intervals, rest), terms=terms, next=None, asked=0)
        self._ask_if_due(one.account_id, now)
        return Answer()

    def _change_now(self, one: Membership, terms: Terms, turn: Turn, now: datetime) -> Answer:
        cost = memberships.prorate(one, terms, now, self.in_force(now).zone)
        if cost.due:
            payment = self._ask(one, terms, cost.due, "change", one.number + 1, now)
            self._step(self._last(one.account_id))
            if turn.paid:
                self._settle_payment(payment, now)
            return Answer()
        self._withdraw(one)
        self._give_money_back(one, cost.back)
        self._begin_period(self._step(one), terms, None, now, anew=True)
        return Answer(back=cost.back)

    def _cancel_plan(self, one: Membership, turn: Turn, now: datetime) -> Answer:
        state = memberships.state(one, now, self.in_force(now).zone)
        if state == "ended" or (state == "cancelled" and turn.when != "now"):
            raise memberships.MEMBERSHIP_STATE(state=state, may="awaiting, trial, active, grace, paused")
        if one.last is not None and one.last.ends is None and turn.when != "now":
            raise memberships.MEMBERSHIP_ENDLESS(plan=one.terms.plan)
        self._withdraw(one)
        at_once = turn.when == "now" or state in ("awaiting", "grace", "paused")
        if at_once:
            one = self._cut_short(one, now)
        ends = now if at_once else one.covered
        self._step(one, cancelled_at=now, ends_at=ends, next=None, asked=one.number, ended=at_once)
        return Answer()

    # --- by itself, and looking ---

    def _turn_all(self, now: datetime) -> None:
        """The night begins what costs nothing, asks for what is to be paid, and books what is over."""
        zone = self.in_force(now).zone
        for one in [each for held in self.held.values() for each in held]:
            due = memberships.due_at(one, zone)
            if due is None or due > now:
                continue
            one = self._begin_free(one, now)  # noqa: PLW2901 - the same, some periods later
            if memberships.state(one, now, zone) == "ended":
                self._withdraw(one)
                self._step(one, ended=True, ends_at=memberships.end_of(one, zone))
            else:
                self._ask_if_due(one.account_id, now)

    def _begin_free(self, one: Membership, now: datetime) -> Membership:
        zone = self.in_force(now).zone
        while one.coming.price == 0 and one.covered is not None and one.covered <= now:
            if memberships.state(one, now, zone) != "active":
                break
            self._begin_period(one, one.coming, None, now)
            one = next(each for each in self.held[one.account_id] if each.id == one.id)
        return one

    def belongs(self, who: str, now: datetime) -> Belonging | None:
        held = self._own(self.stands(who))
        if not held:
            return None
        return belonging(held[-1], self.payments.get(held[-1].id, []), now, self.in_force(now).zone)

    def plans(self, who: str, now: datetime) -> frozenset[str]:
        return memberships.in_force(self._held(who), now, self.in_force(now).zone)

    def _held(self, who: str) -> Sequence[Membership]:
        return self.held_by(self.stands(who))


def _end_of(rest: Sequence[Interval]) -> datetime:
    assert rest[-1].until is not None, "what is left has an end"
    return rest[-1].until
