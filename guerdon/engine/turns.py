"""What memberships of a batch become: rows, intervals and payments after each fact, and the entries of periods."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

import msgspec

from guerdon.core import activities as law
from guerdon.core import errors
from guerdon.core import memberships as core
from guerdon.core.activities import Activity, Member
from guerdon.core.decisions import Decision
from guerdon.core.law import Law
from guerdon.core.memberships import Interval, Membership, Payment, Purpose, Turn
from guerdon.core.plans import Terms
from guerdon.core.standing import Standing
from guerdon.engine import earn, entries
from guerdon.engine.batch import Batch, Outcome
from guerdon.features.ledger.actions import Cause
from guerdon.features.memberships import actions, queries
from guerdon.kit import ids

Deed = Literal["pause", "resume", "change", "cancel", "refund"]  # what is done about a membership
Cuts = tuple[tuple[int, datetime], ...]  # places of intervals, and when each ended before its time

REFUND_PENDING = errors.declare("busy", "refund_pending")
SOURCE: Final = "memberships"  # of the entries that follow from what was told
JOIN: Final = "membership_join"
KINDS: Final[dict[Deed, str]] = {
    "pause": "membership_pause", "resume": "membership_resume", "change": "membership_change",
    "cancel": "membership_cancel", "refund": law.MEMBERSHIP_REFUND,
}  # fmt: skip
END: Final = "membership_end"
OPEN: Final = ("asked", "failed")  # payments that can still be paid


class Turns:
    """The memberships in the hands of one batch."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._known: dict[str, Membership] = {}
        self._payments: dict[str, list[Payment]] = {}
        self._fresh: dict[tuple[str, int], Cause] = {}  # intervals of this batch, by membership and place

    def read(self) -> None:
        """Read what the members of the batch hold, where nothing has asked for it yet, and the payments for it."""
        batch = self.batch
        if batch.gathered.held is None:
            batch.gathered.held = queries.held(batch.store, batch.gathered.accounts)
        self._known = {one.membership.id: one.membership for one in batch.gathered.held}
        self._payments = queries.payments(batch.store, list(self._known.values()))

    def one(self, shown: str) -> Membership:
        """A membership of a member of the batch. Raises `membership_unknown`."""
        found = self._known.get(ids.read("membership", shown))
        if found is None:
            raise queries.MEMBERSHIP_UNKNOWN(id=shown)
        return found

    def of_account(self, account_id: str) -> list[Membership]:
        """The memberships in an own account."""
        return [one for one in self._known.values() if one.account_id == account_id]

    def payments(self, one: Membership) -> list[Payment]:
        return self._payments.get(one.id, [])

    def payment(self, one: Membership, payment_id: str) -> Payment:
        """A payment of the membership. Raises `payment_unknown`."""
        found = next((each for each in self.payments(one) if each.id == payment_id), None)
        if found is None:
            raise queries.PAYMENT_UNKNOWN(id=ids.show("payment", payment_id))
        return found

    # --- what is written ---

    def keep(self, one: Membership, in_force: Law, holder: Standing | None = None) -> Membership:
        """The membership as it is by now, for the rest of the batch and for the database; `holder` has just got it."""
        batch = self.batch
        due = core.due_at(one, in_force.zone)
        batch.keep(actions.MEMBERSHIPS, actions.row(batch.programme_id, one, due_at=due))
        if holder is not None:
            batch.keep(actions.REFERENCES, actions.names(batch.programme_id, one))
        self._known[one.id] = one
        for standing in batch.standings():
            others = [each for each in standing.held if each.id != one.id]
            home = standing.account_id if standing.person_id is not None else None
            gets = holder is not None and (
                standing.who == holder.who or (one.terms.joint and home == holder.account_id)
            )
            if gets or len(others) < len(standing.held):
                standing.held = [*others, one]
        return one

    def ask(
        self, one: Membership, terms: Terms, amount: int, purpose: Purpose, cause: Cause, *, number: int
    ) -> Payment:
        """Ask for a payment; whatever was asked before and is not paid yet is withdrawn."""
        self.withdraw(one)
        batch = self.batch
        made = Payment(
            ids.new(), one.account_id, one.id, number, purpose, terms, amount, one.method, "asked", batch.now, cause.seq
        )
        self.settle(made)
        batch.keep(actions.REFERENCES, actions.names(batch.programme_id, one, made))
        batch.tell("payment.asked", account_id=one.account_id, subject_id=made.id, seq=cause.seq)
        return made

    def next_payment(
        self, one: Membership, cause: Cause, in_force: Law, *, taken: bool = False
    ) -> tuple[Membership, Payment]:
        """The payment of the next period: the one that is asked already, or else one asked now.

        Raises `membership_state`, and `payment_settled` where that period is paid ahead, is free, or will never be; a
        provider that has `taken` money pays ahead as far as it goes.
        """
        now = self.batch.now
        core.check(one, now, in_force.zone, "awaiting", "trial", "active", "grace")
        found = next((each for each in self.payments(one) if each.state in OPEN and each.purpose != "change"), None)
        if found is not None:
            return one, found
        ahead = len(core.left_over(one, now)) > 1 and not taken
        if ahead or not core.goes_on(one) or not one.coming.price:
            raise core.PAYMENT_SETTLED(state="paid")
        number = one.number + 1
        purpose: Purpose = "renewal" if one.number else "first"
        made = self.ask(one, one.coming, one.coming.price, purpose, cause, number=number)
        return self.keep(msgspec.structs.replace(one, asked=number), in_force), made

    def settle(self, payment: Payment, **facts: object) -> Payment:
        """A payment as it is by now."""
        made = msgspec.structs.replace(payment, **facts)
        others = [each for each in self._payments.get(payment.membership_id, []) if each.id != payment.id]
        self._payments[payment.membership_id] = [*others, made]
        self.batch.keep(actions.PAYMENTS, actions.payment_row(self.batch.programme_id, made))
        return made

    def withdraw(self, one: Membership) -> None:
        """Ask no more for what nobody has paid."""
        for each in self.payments(one):
            if each.state in OPEN:
                self.settle(each, state="withdrawn", settled_at=self.batch.now)

    def cut(self, one: Membership, at: datetime) -> tuple[Membership, Cuts]:
        """End the running interval, and what was paid ahead; answers which, and when each of them ended."""
        told: list[tuple[int, datetime]] = []
        found: list[Interval] = []
        for each in one.intervals:
            if each.ends is None or each.ends > max(at, each.start):
                each = msgspec.structs.replace(each, cut=max(each.start, at))  # noqa: PLW2901 - the same, ended
                told.append((each.place, max(each.start, at)))
                fresh = self._fresh.get((one.id, each.place))
                if fresh is not None:
                    self.add(one, each, fresh)
                else:
                    self.batch.keep(actions.CUTS, actions.cut_row(one, each))
            found.append(each)
        return msgspec.structs.replace(one, intervals=tuple(found)), tuple(told)

    def add(self, one: Membership, each: Interval, cause: Cause) -> Membership:
        """A new interval, by the entry."""
        self._fresh[one.id, each.place] = cause
        self.batch.keep(actions.PERIODS, actions.period_row(self.batch.programme_id, one, each, seq=cause.seq))
        return msgspec.structs.replace(one, intervals=(*one.intervals, each))

    def check_settled(self, one: Membership, amount: int) -> None:
        """Refuse to give more back while earlier money is on its way: what is left is known once it has arrived.

        Raises `refund_pending`.
        """
        if amount and any(each.state == "refunding" for each in self.payments(one)):
            raise REFUND_PENDING()

    def give_back(self, one: Membership, amount: int) -> int:
        """Give so much money back, out of the last payments first; answers how much of it there was to give."""
        given = 0
        for each in reversed(self.payments(one)):
            part = min(amount - given, each.left) if each.state == "paid" else 0
            if part:
                given += part
                whole = "refunded" if each.refunded + part == each.amount else "paid"
                state = "refunding" if each.paid_by == "stripe" else whole
                self.settle(each, state=state, refunded=each.refunded + part)
        return given

    # --- what is entered ---

    def turn(self, one: Membership, in_force: Law, **facts: object) -> Turn:
        """What a fact has done, told with the state after it."""
        found = core.state(one, self.batch.now, in_force.zone)
        told = Turn(
            one.id, one.account_id, one.terms.plan, found, ends_at=one.ends_at, terms=one.terms, next=one.next
        )  # fmt: skip
        return msgspec.structs.replace(told, **facts)

    def enter(self, activity: Activity, cause: Cause, in_force: Law, turn: Turn) -> Outcome:
        """Enter a fact about a membership."""
        self.batch.tell("membership.changed", account_id=cause.account_id, subject_id=cause.activity_id, seq=cause.seq)
        return entries.enter(self.batch, activity, cause, Decision(version=in_force.version, membership=turn))

    def begin(
        self,
        one: Membership,
        terms: Terms,
        standing: Standing,
        in_force: Law,
        *,
        payment: Payment | None,
        anew: bool = False,
        told: Activity | None = None,
    ) -> Outcome:
        """Begin the next paid period by an entry of its own, which rules may answer, one a number (LAW 10.22)."""
        batch, zone = self.batch, in_force.zone
        number = one.number + 1
        activity = told or period_fact(one, number, standing, batch.now)
        cause = batch.cause(standing)
        cuts: Cuts = ()
        value = terms.price
        if anew:
            one, cuts = self.cut(one, batch.now)
        paid = None if payment is None else payment.id
        opened, anchor, base = core.next_period(one, terms, batch.now, zone, anew=anew, value=value, payment=paid)
        one = self.add(one, opened, cause)
        repeats = one.subscription if terms == one.terms else None  # whoever agreed to another price agrees anew
        one = msgspec.structs.replace(
            one, terms=terms, anchor=anchor, base=base, next=None, asked=number, steps=one.steps + 1,
            subscription=repeats,
        )  # fmt: skip
        one = self.keep(one, in_force)
        facts: dict[str, law.FactValue] = {"plan": terms.plan, "number": number, "amount": value}
        activity = msgspec.structs.replace(activity, facts=activity.facts | facts | {"currency": terms.currency})
        room = batch.room(in_force, activity.kind)
        ruling = in_force.decide(activity, standing, posted_at=batch.now, budgets=room)
        earn.check(ruling)
        turn = self.turn(
            one, in_force, opened=opened, cuts=cuts, payment=paid, amount=0 if payment is None else payment.amount,
            currency=terms.currency,
        )  # fmt: skip
        ruling = msgspec.structs.replace(ruling, decision=msgspec.structs.replace(ruling.decision, membership=turn))
        decision = earn.carry_out(batch, activity, cause, standing, in_force, ruling)
        batch.tell("membership.changed", account_id=cause.account_id, subject_id=cause.activity_id, seq=cause.seq)
        return entries.enter(batch, activity, cause, decision)

    def ask_if_due(self, one: Membership, in_force: Law, cause: Cause) -> Membership:
        """Ask for the next payment where it is time to; a period that costs nothing is left to the night."""
        from_when = core.ask_from(one, in_force.zone)
        terms = one.coming
        if from_when is None or from_when > self.batch.now or terms.price == 0:
            return one
        number = one.number + 1
        self.ask(one, terms, terms.price, "renewal" if one.number else "first", cause, number=number)
        return self.keep(msgspec.structs.replace(one, asked=number), in_force)


def period_fact(one: Membership, number: int, standing: Standing, at: datetime) -> Activity:
    """The fact that a period begins; its natural key is for ever, so no number is renewed twice (LAW 2.1)."""
    return Activity(
        kind=law.MEMBERSHIP_RENEW,
        source=SOURCE,
        external_id=f"{one.id}:{number}",
        occurred_at=at,
        member=Member(id=ids.show("member", standing.who)),
        facts={"membership": ids.show("membership", one.id)},
    )


def shown(payments: Sequence[Payment]) -> str:
    """The ids of payments, as the journal tells them."""
    return " ".join(ids.show("payment", one.id) for one in payments)


def money(asked: Payment | None) -> dict[str, object]:
    """What of a payment an entry tells."""
    if asked is None:
        return {}
    return {"payment": asked.id, "amount": asked.amount, "currency": asked.currency}
