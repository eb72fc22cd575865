"""Returns: what a purchase earned is taken back by the rule versions that gave it (LAW 2.3, 4)."""

from collections.abc import Sequence

from guerdon.core import activities as law
from guerdon.core import errors, ledger
from guerdon.core.activities import Activity, Key
from guerdon.core.decisions import Count, Decision, Taken
from guerdon.core.law import Law
from guerdon.core.standing import EVER, Standing
from guerdon.engine import entries
from guerdon.engine.batch import Batch, Outcome
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.ledger import lapsed
from guerdon.features.ledger.actions import Cause
from guerdon.kit import ids

RETURN_OF_ANOTHER = errors.declare("clash", "return_of_another", "purchase")


class Returns:
    """The returns of one batch, and the parked ones whose purchase comes with it."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._purchases: dict[str, Recorded] = {}
        self._given_back: set[str] = set()
        self._lapsed: dict[tuple[str, str], int] = {}
        self._waiting: dict[Key, list[Recorded]] = {}

    def prepare(self, returned: Sequence[Key], arriving: Sequence[Key]) -> None:
        """Read the purchases that are given back, their lots, and the parked returns that wait for an arrival."""
        batch = self.batch
        owners = [batch.gathered.owners[key] for key in returned if key in batch.gathered.owners]
        if owners:
            self._purchases = activities.recorded(batch.store, owners)
            self._given_back = {id for id, found in self._purchases.items() if found.returned_by is not None}
            made = [(found.account_id, found.seq, found.activity_id) for found in self._purchases.values()]
            self._lapsed = lapsed.of_awards(batch.store, made)
        waiting = activities.waiting_for(batch.store, batch.programme_id, arriving) if arriving else []
        for parked in waiting:
            self._waiting.setdefault(law.returned_key(parked.activity), []).append(parked)
        touched = {account for account, _ in owners}
        if any(key not in batch.gathered.owners for key in returned):  # its purchase may come with this very batch
            touched |= {row.id for row in batch.gathered.members.values()}
        touched |= {parked.account_id for parked in waiting}
        if touched:
            batch.take_lots(touched)

    def decide(self, activity: Activity, standing: Standing, in_force: Law) -> Outcome:
        """A return told now: applied when its purchase is known, parked when it is not."""
        batch = self.batch
        key = law.returned_key(activity)
        purchase = self._purchase(key)
        if purchase is None:
            cause = Cause(standing.account_id, ids.new(), batch.next_seq(), activity.occurred_at)
            parked = entries.park(
                batch, activity, cause, version=in_force.version, reason="purchase_missing", waits=key
            )
            self._waiting.setdefault(key, []).append(_recorded(parked))  # its purchase may come with this very batch
            return parked
        if purchase.account_id != standing.account_id:
            raise RETURN_OF_ANOTHER(purchase=key[2])
        if not self._is_whole(activity, purchase):
            raise law.RETURN_NOT_WHOLE(purchase=purchase.activity.external_id)
        if purchase.activity_id in self._given_back:
            raise law.ALREADY_RETURNED(purchase=key[2])
        batch.take_lots({purchase.account_id})
        activity_id = ids.new()
        batch.journal.claim(law.key(activity), account_id=standing.account_id, activity_id=activity_id)
        return self._apply(activity, activity_id, purchase, standing)

    def release(self, arrived: Outcome) -> None:
        """Apply the parked returns of a purchase recorded just now; those that do not fit stay parked for a person."""
        batch = self.batch
        key = law.key(arrived.activity)
        batch.outcomes[key] = arrived
        for parked in self._waiting.pop(key, []):
            purchase = self._purchase(key)
            standing = batch.standing_of(parked.account_id)
            if purchase is None or standing is None or purchase.account_id != parked.account_id:
                continue
            if purchase.activity_id in self._given_back or not self._is_whole(parked.activity, purchase):
                continue
            batch.journal.release(account_id=parked.account_id, activity_id=parked.activity_id)
            outcome = self._apply(parked.activity, parked.activity_id, purchase, standing)
            batch.outcomes[law.key(parked.activity)] = outcome

    def _purchase(self, key: Key) -> Recorded | None:
        """The purchase of a return, from this batch or the journal; None while it is missing or itself parked."""
        new = self.batch.outcomes.get(key)
        if new is not None and new.decision.parked is None:
            return _recorded(new)
        owner = self.batch.gathered.owners.get(key)
        found = self._purchases.get(owner[1]) if owner else None
        return found if found is not None and found.decision.parked is None else None

    def _is_whole(self, back: Activity, purchase: Recorded) -> bool:
        home = self.batch.lawbook.law(purchase.decision.version).programme.currency
        return law.is_whole(back, purchase.activity, home=home)

    def _apply(self, activity: Activity, activity_id: str, purchase: Recorded, standing: Standing) -> Outcome:
        """Take back every award of the purchase and enter the return."""
        batch = self.batch
        seq = batch.next_seq()
        cause = Cause(standing.account_id, activity_id, seq, max(activity.occurred_at, purchase.activity.occurred_at))
        in_force = batch.lawbook.law(purchase.decision.version)
        taken = tuple(
            self._take_back(cause, unit, points, purchase.activity_id, in_force)
            for unit, points in purchase.decision.awarded().items()
        )
        decision = Decision(version=purchase.decision.version, taken=taken)
        # Rules cannot ask for returns in a window, so the lifetime counter is all there is.
        batch.count(standing, (Count("count:" + law.RETURN, EVER, 1),), activity.occurred_at)
        batch.journal.record(activity, decision, account_id=standing.account_id, activity_id=activity_id, seq=seq)
        batch.journal.give_back(account_id=standing.account_id, purchase_id=purchase.activity_id, return_id=activity_id)
        batch.tell("activity.recorded", account_id=standing.account_id, subject_id=activity_id, seq=seq)
        self._given_back.add(purchase.activity_id)
        return Outcome(activity, activity_id, standing.account_id, seq, batch.now, decision)

    def _take_back(self, cause: Cause, unit: str, points: int, origin: str, in_force: Law) -> Taken:
        batch = self.batch
        purse = batch.books.purse(cause.account_id, unit)
        lots = batch.books.lots(cause.account_id, unit)
        unswept = sum(lot.free for lot in lots if lot.origin == origin and lot.lapsed(batch.now))
        most = in_force.programme.units[unit].debt_max
        found = ledger.claw_back(
            points,
            origin=origin,
            lapsed=self._lapsed.get((origin, unit), 0)
            + batch.books.expired.get((cause.account_id, origin, unit), 0)
            + unswept,
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
            unit=unit, asked=points, origin=found.origin, other=found.other, lapsed=found.lapsed, debt=found.debt,
            shortfall=found.shortfall,
        )  # fmt: skip


def _recorded(outcome: Outcome) -> Recorded:
    """A fact of this batch as the journal will hold it."""
    told = (outcome.account_id, outcome.activity_id, outcome.seq, outcome.recorded_at)
    return Recorded(*told, outcome.activity, outcome.decision)
