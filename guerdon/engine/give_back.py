"""Returns: what a purchase earned is taken back by the rule versions that gave it (LAW 2.3, 4)."""

from collections.abc import Sequence
from typing import Final

import msgspec

from guerdon.core import activities as law
from guerdon.core import climbing, errors, ledger, period, returns, voiding
from guerdon.core.activities import Activity, Key, Member, Reference
from guerdon.core.decisions import Count, Decision, Refund, Restored, Taken, TenderBack
from guerdon.core.due import Kind
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.ledger import Take
from guerdon.core.returns import Kept, Slice
from guerdon.core.standing import EVER, Standing
from guerdon.core.tiers import Move
from guerdon.engine import climb, entries
from guerdon.engine.batch import Batch, Outcome
from guerdon.engine.given import Given
from guerdon.engine.keeping import Keepers
from guerdon.engine.made import Awarded
from guerdon.engine.paid import Paid
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.ledger import lapsed
from guerdon.features.ledger.actions import Cause
from guerdon.kit import ids, store

RETURN_OF_ANOTHER = errors.declare("clash", "return_of_another", "purchase")
KINDS: Final = (law.RETURN, law.REOPEN)


class Returns:
    """The returns of one batch, and the parked ones whose purchase comes with it."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._purchases: dict[str, Recorded] = {}
        self._slices: dict[str, list[Slice]] = {}  # by purchase, what came back of it, in order
        self._payers: dict[str, list[str]] = {}  # the account of each of them
        self._lapsed: dict[tuple[str, str], int] = {}
        self._given = Given(batch)
        self._awarded = Awarded(batch)
        self._waiting: dict[Key, list[Recorded]] = {}
        self._keepers = Keepers(batch)
        self.paid = Paid(batch)

    def prepare(self, returned: Sequence[Key], arriving: Sequence[Key]) -> None:
        """Read the purchases that are given back, their lots, and the parked returns that wait for an arrival."""
        batch = self.batch
        owners = {batch.gathered.owners[key] for key in returned if key in batch.gathered.owners}
        if owners:
            self.read(activities.recorded(batch.store, owners))
        waiting = activities.waiting_for(batch.store, batch.programme_id, arriving) if arriving else []
        for parked in waiting:
            self._waiting.setdefault(law.returned_key(parked.activity), []).append(parked)
        touched = {self._keepers.of(found) for found in self._purchases.values()}
        if any(key not in batch.gathered.owners for key in returned):  # its purchase may come with this very batch
            touched |= {row.id for row in batch.gathered.members.values()}
        touched |= {parked.account_id for parked in waiting}
        if touched:
            batch.take_lots(touched)

    def read(self, purchases: dict[str, Recorded]) -> None:
        """Read what has come back of these, and what of their lots is left."""
        batch, self._purchases = self.batch, purchases
        self._keepers.read(purchases.values())
        back = activities.returns(batch.store, [(one.account_id, one.activity_id) for one in purchases.values()])
        self._slices = {id: [one.slice for one in found] for id, found in back.items()}
        self._payers = {id: [one.account_id for one in found] for id, found in back.items()}
        made = [(found.account_id, found.seq, found.activity_id) for found in purchases.values()]
        # A return that was undone made lots of the same origin; what came from others came to who has them now.
        made += [(one.account_id, one.seq, ids.NIL) for found in back.values() for one in found if one.slice.restores]
        kept = [(self._keepers.of(one), one) for one in purchases.values()]
        made += [(keeper, 0, one.activity_id) for keeper, one in kept if keeper != one.account_id]
        self._lapsed = lapsed.of_awards(batch.store, made)
        self._awarded.read(purchases.values(), back)
        self.paid.read(found.activity for found in purchases.values())
        self._given.read(purchases.values())

    def void(self, activity: Activity, purchase: Recorded, rules: tuple[str, ...], standing: Standing) -> Outcome:
        """Take back what rules gave for a fact, and let them give nothing of it again, whatever comes back of it."""
        standing = self._keepers.standing(purchase, standing, RETURN_OF_ANOTHER)
        account_id, activity_id = standing.account_id, ids.new()
        self.batch.take_lots({account_id})
        self.batch.journal.claim(law.key(activity), account_id=account_id, activity_id=activity_id)
        rest = returns.kept(purchase.activity, self._current(purchase))
        return self._apply(activity, activity_id, purchase, standing, Slice(voids=rules), rest)

    def decide(self, activity: Activity, standing: Standing, in_force: Law) -> Outcome:
        """A return told now: applied when its purchase is known, parked when it is not."""
        batch = self.batch
        key = law.returned_key(activity)
        purchase = self._purchase(key)
        if purchase is None:
            cause = batch.cause(standing, activity.occurred_at)
            parked = entries.park(
                batch, activity, cause, version=in_force.version, reason="purchase_missing", waits=key
            )
            self._waiting.setdefault(key, []).append(_recorded(parked))  # its purchase may come with this very batch
            return parked
        return self._record(activity, purchase, standing)

    def replace(self, activity: Activity, activity_id: str, standing: Standing) -> str:
        """Give back what is left of the purchase that the activity replaces; answers the return's id.

        Raises `purchase_unknown`, `return_of_another`, `already_returned`; whatever else may refuse the activity must
        have been asked before.
        """
        key = law.replaced_key(activity)
        purchase = self._purchase(key)
        if purchase is None:
            raise returns.PURCHASE_UNKNOWN(purchase=key[2])
        back = Activity(
            kind=law.RETURN,
            source="exchange",
            external_id=activity_id,
            occurred_at=activity.occurred_at,
            member=activity.member,
            returns=Reference(external_id=key[2], source=key[0]),
        )
        outcome = self._record(back, purchase, standing)
        self.batch.outcomes[law.key(back)] = outcome
        return outcome.activity_id

    def release(self, arrived: Outcome) -> Outcome:
        """Apply the parked returns of a purchase recorded just now, and answer it with them.

        Those that do not fit stay parked for a person.
        """
        batch, returned = self.batch, list[str]()
        key = law.key(arrived.activity)
        batch.outcomes[key] = arrived
        for parked in self._waiting.pop(key, []):
            purchase = self._purchase(key)
            if purchase is None or purchase.account_id != parked.account_id:
                continue
            standing = batch.standing_of(parked.account_id, parked.person_id)
            try:
                part, rest = self._cut(parked.activity, purchase)
            except Refusal:
                continue
            batch.journal.release(account_id=parked.account_id, activity_id=parked.activity_id)
            outcome = self._apply(parked.activity, parked.activity_id, purchase, standing, part, rest)
            batch.outcomes[law.key(parked.activity)] = outcome
            returned.append(parked.activity_id)
        if returned:
            batch.outcomes[key] = msgspec.structs.replace(arrived, returned=tuple(returned))
        return batch.outcomes[key]

    def _purchase(self, key: Key) -> Recorded | None:
        """The purchase of a return, from this batch or the journal; None while it is missing or itself parked."""
        new = self.batch.outcomes.get(key)
        if new is not None and new.decision.parked is None:
            return _recorded(new)
        owner = self.batch.gathered.owners.get(key)
        found = self._purchases.get(owner[1]) if owner else None
        return found if found is not None and found.decision.parked is None else None

    def _record(self, activity: Activity, purchase: Recorded, standing: Standing) -> Outcome:
        """Apply a new return, or refuse it."""
        batch = self.batch
        told_for, standing = standing, self._keepers.standing(purchase, standing, RETURN_OF_ANOTHER)
        standing = self._payer(purchase, standing, reopens=activity.kind == law.REOPEN)
        if standing is not told_for:  # the account that keeps it may be another person's by now
            activity = msgspec.structs.replace(activity, member=Member(id=ids.show("member", standing.who)))
        part, rest = self._cut(activity, purchase)
        batch.take_lots({standing.account_id})
        activity_id = ids.new()
        batch.journal.claim(law.key(activity), account_id=standing.account_id, activity_id=activity_id)
        return self._apply(activity, activity_id, purchase, standing, part, rest)

    def _payer(self, purchase: Recorded, standing: Standing, *, reopens: bool) -> Standing:
        """Who is given again what returns had taken: whoever it was taken from, where that is one account (LAW 6.3).

        A return told while its member was merged stays with who stayed, and so does its undoing – and what is taken
        once more of an order that was opened again.
        """
        payers = returns.payers(
            self._slices.get(purchase.activity_id, ()), self._payers.get(purchase.activity_id, ()), reopens=reopens
        )
        if len(payers) != 1:
            return standing
        (payer,) = payers
        if payer == standing.account_id:
            return standing
        found = self.batch.gathered.members
        # Whoever stayed, should the payer have been merged since; or who is of this batch by another name.
        row = found.get(("id", payer)) or next((row for row in found.values() if row.id == payer), None)
        if row is None:
            raise store.overtaken("a return came while the accounts were locked")
        if row.id == standing.account_id:
            return standing
        return self.batch.standing_of(row.id, standing.who if row.kind == "household" else row.person_id)

    def _current(self, purchase: Recorded) -> tuple[Slice, ...]:
        return tuple(returns.current(self._slices.get(purchase.activity_id, ())))

    def _cut(self, activity: Activity, purchase: Recorded) -> tuple[Slice, Kept]:
        """What the return gives back, and what is left of the purchase after it. Refuses what is not there any more."""
        bought = purchase.activity
        slices = self._current(purchase)
        if activity.kind == law.REOPEN:
            if not slices:
                raise returns.NOTHING_RETURNED(purchase=bought.external_id)
            return Slice(reopens=True, restores=True), returns.kept(bought, ())
        before = returns.kept(bought, slices)
        if slices and not before.left:
            raise returns.ALREADY_RETURNED(purchase=bought.external_id)
        home = self.batch.lawbook.law(purchase.decision.version).programme.currency
        part = returns.slice_of(activity, bought, before, home=home)
        return part, returns.after(bought, slices, part, before)

    def _apply(
        self, activity: Activity, activity_id: str, purchase: Recorded, standing: Standing, part: Slice, rest: Kept
    ) -> Outcome:
        """Leave the member what the kept part of the purchase earns, and enter the return."""
        batch, seq = self.batch, self.batch.next_seq()
        at = max(activity.occurred_at, purchase.activity.occurred_at)
        cause = Cause(standing.account_id, activity_id, seq, at, standing.person_id)
        in_force = batch.lawbook.law(purchase.decision.version)
        before, every = self._current(purchase), self._slices.get(purchase.activity_id, [])
        void = returns.voided((*every, part))
        back = returns.tenders_back(purchase.activity, rest.returned, in_force.programme.refunds)
        was = (purchase.activity, purchase.decision)
        keeps = returns.earned(in_force, *was, rest, back, void)
        if part.reopens and not void:
            keeps = purchase.decision.awarded()
        given = voiding.given(in_force, purchase.activity, purchase.decision, every)
        decision = Decision(
            version=purchase.decision.version,
            refund=self._refund(purchase, before, rest, back, home=in_force.programme.currency),
        )
        for unit in purchase.decision.awarded():
            asked = given.get(unit, 0) - keeps.get(unit, 0) - sum(one.taken.get(unit, 0) for one in before)
            decision = self._settle(decision, cause, unit, asked, keeps.get(unit, 0), purchase, before)
        repaid = batch.settle_debts(cause) if decision.restored else {}
        codes = self._given.withdraw(purchase, cause, returns.keeps_vouchers(in_force, *was, rest, back, void))
        decision = msgspec.structs.replace(decision, repaid=repaid, withdrawn=codes)
        part = _with(part, decision)
        moves = self._moves(decision, purchase, in_force, before, rest, back)
        moves = climbing.at_most(moves, standing.basis)
        today = batch.lawbook.at(cause.effective_at)  # its ladders say what becomes of the tier
        steps = climbing.returned(today.programme.tiers, today.zone, standing, moves, cause.effective_at)
        decision = msgspec.structs.replace(decision, moves=moves, tiers=steps)
        if activity.kind in KINDS:
            # Rules cannot ask for returns in a window, so the lifetime counter is all there is.
            batch.count(standing, (Count("count:" + activity.kind, EVER, 1),), activity.occurred_at)
        climb.carry_out(batch, standing, cause, decision, today)
        batch.journal.record(activity, decision, account_id=standing.account_id, activity_id=activity_id, seq=seq)
        batch.journal.give_back(
            part,
            account_id=purchase.account_id,
            purchase_id=purchase.activity_id,
            return_account=standing.account_id,
            return_id=activity_id,
            seq=seq,
        )
        batch.tell("activity.recorded", account_id=standing.account_id, subject_id=activity_id, seq=seq)
        self._slices.setdefault(purchase.activity_id, []).append(part)
        self._payers.setdefault(purchase.activity_id, []).append(standing.account_id)
        assert decision.refund is not None
        self.paid.give_back(purchase, activity_id, decision.refund.tenders, standing)
        return Outcome(activity, activity_id, standing.account_id, seq, batch.now, decision)

    def _moves(
        self,
        decision: Decision,
        purchase: Recorded,
        in_force: Law,
        before: Sequence[Slice],
        rest: Kept,
        back: Sequence[int],
    ) -> tuple[Move, ...]:
        """What the return takes out of the basis of the purchase's day, or gives again."""
        if not in_force.measures:
            return ()
        bought, was = purchase.activity, returns.kept(purchase.activity, before)
        was_back = returns.tenders_back(bought, was.returned, in_force.programme.refunds)
        spend = returns.spent(in_force, bought, purchase.decision, rest, back) - returns.spent(
            in_force, bought, purchase.decision, was, was_back
        )
        points = {one.unit: -one.asked for one in decision.taken}
        points |= {one.unit: one.asked for one in decision.restored}
        day = period.local_day(bought.occurred_at, in_force.zone)
        return climbing.given_back(in_force.measures, day, spend, points)

    def _refund(
        self, purchase: Recorded, before: Sequence[Slice], rest: Kept, back: Sequence[int], *, home: str
    ) -> Refund:
        """The money of one return, and the points among it: what all of them came to, less what those before it did."""
        bought = purchase.activity
        given = [sum(part.tenders[place] for part in before) for place in range(len(back))]
        tenders = [
            TenderBack(tender.kind, now - earlier)
            for tender, now, earlier in zip(bought.tenders, back, given, strict=True)
        ]
        amount = rest.returned - returns.kept(bought, before).returned
        told = self.paid.coming_back(purchase, before, back, tenders)
        return Refund(amount, rest.left, bought.currency or home, told)

    def _settle(
        self,
        decision: Decision,
        cause: Cause,
        unit: str,
        points: int,
        keeps: int,
        purchase: Recorded,
        before: Sequence[Slice],
    ) -> Decision:
        """Take so much of the unit back, or give it again: the member keeps `keeps` over all returns (LAW 4.2)."""
        if points < 0:
            restored, gone = self._restore(cause, unit, -points, keeps, purchase, before)
            expired = decision.expired | ({unit: gone["expire"]} if "expire" in gone else {})
            cancelled = decision.cancelled | ({unit: gone["cancel"]} if "cancel" in gone else {})
            again = (*decision.restored, restored)
            return msgspec.structs.replace(decision, restored=again, expired=expired, cancelled=cancelled)
        taken = self._take_back(cause, unit, points, keeps, purchase, before)
        return msgspec.structs.replace(decision, taken=(*decision.taken, taken))

    def _take_back(
        self, cause: Cause, unit: str, points: int, keeps: int, purchase: Recorded, before: Sequence[Slice]
    ) -> Taken:
        batch, origin = self.batch, purchase.activity_id
        in_force = batch.lawbook.law(purchase.decision.version)
        purse = batch.books.purse(cause.account_id, unit)
        lots = batch.books.lots(cause.account_id, unit)
        expired = self._lapsed.get((origin, unit), 0)
        expired += batch.books.expired.get((cause.account_id, origin, unit), 0)
        unswept = sum(lot.free for lot in lots if lot.origin == origin and lot.lapsed(batch.now))
        most = in_force.programme.units[unit].debt_max
        found = ledger.claw_back(
            points,
            origin=origin,
            lapsed=expired + unswept - sum(part.lapsed.get(unit, 0) for part in before),
            lots=lots,
            at=batch.now,
            policy=in_force.programme.returns,
            debt_room=ledger.NO_LIMIT if most is None else max(0, most - purse.debt),
        )
        takes = list(found.takes)
        if found.debt:
            takes.append(batch.books.lend(cause, unit=unit, points=found.debt))
            batch.owes(cause.account_id)
        if takes:
            batch.books.debit("claw_back", cause, unit=unit, takes=takes, at=batch.now)
        return Taken(
            unit=unit, asked=points, kept=keeps, origin=found.origin, other=found.other, lapsed=found.lapsed,
            debt=found.debt, shortfall=found.shortfall,
        )  # fmt: skip

    def _restore(
        self, cause: Cause, unit: str, points: int, keeps: int, purchase: Recorded, before: Sequence[Slice]
    ) -> tuple[Restored, dict[Kind, int]]:
        """Give again what returns had taken, with the award's own dates; what had expired or was given up is not.

        What has not lived to see it dies at once, so that no month loses points before it got them; how many, by kind.
        """
        moved = min(points, sum(part.moved.get(unit, 0) for part in before))
        left, made = moved, list[Take]()
        for place, award in enumerate(award for award in purchase.decision.awards if award.unit == unit):
            part = min(left, award.points)
            if part:
                left -= part
                life = self._awarded.life(cause.account_id, purchase.activity_id, award, place)
                lot = self.batch.books.credit(
                    "restore", cause, unit=unit, points=part, available_at=life.available_at,
                    expires_at=life.expires_at, funder=award.funder, origin=purchase.activity_id,
                    earned_at=purchase.activity.occurred_at,
                )  # fmt: skip
                made.append(Take(lot, part))
        return Restored(unit, points, moved, keeps), self.batch.books.expire_at_once(cause, unit=unit, takes=made)


def _with(part: Slice, decision: Decision) -> Slice:
    """The slice with what it came to."""
    taken = {one.unit: one.asked for one in decision.taken if one.asked}
    moved = {one.unit: one.origin + one.other + one.debt for one in decision.taken}
    for one in decision.restored:
        taken[one.unit], moved[one.unit] = -one.asked, -one.points
    assert decision.refund is not None
    points = tuple(one.points for one in decision.refund.tenders)
    return msgspec.structs.replace(
        part,
        taken=taken,
        moved={unit: points for unit, points in moved.items() if points},
        lapsed={one.unit: one.lapsed for one in decision.taken if one.lapsed},
        tenders=tuple(one.amount for one in decision.refund.tenders),
        points=points if any(points) else (),
        restores=bool(decision.restored),
    )


def _recorded(outcome: Outcome) -> Recorded:
    """A fact of this batch as the journal will hold it."""
    told = (outcome.account_id, outcome.activity_id, outcome.seq, outcome.recorded_at)
    return Recorded(*told, outcome.activity, outcome.decision)
