"""Confirmations: the activity that a purchase's points wait for has come, and they have their life (LAW 5.3)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from guerdon.core import activities as law
from guerdon.core import errors, period, vesting
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.decisions import Award, Released
from guerdon.core.expiry import Sliding
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.engine import entries
from guerdon.engine.batch import Batch, Outcome
from guerdon.engine.keeping import Keepers
from guerdon.engine.made import Awarded
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.ledger.made import MadeLot
from guerdon.features.rulebook import queries as rulebook
from guerdon.kit import clock, ids

PURCHASE_OF_ANOTHER = errors.declare("clash", "purchase_of_another", "purchase")

Release = Callable[[], tuple[Released, ...]]


class Earn(Protocol):
    """How a confirming activity is recorded: it earns by the rules of its own kind, too."""

    def __call__(
        self, activity: Activity, standing: Standing, in_force: Law, release: Release, parked: Recorded | None
    ) -> Outcome:
        """Enter it; `parked` is the fact as it waited, where it did."""


class Confirmations:
    """The confirming activities of one batch, and the parked ones whose purchase comes with it."""

    def __init__(self, batch: Batch, earn: Earn) -> None:
        self.batch = batch
        self.earn = earn
        self._purchases: dict[str, Recorded] = {}
        self._awarded = Awarded(batch)
        self._keepers = Keepers(batch)
        self._waiting: dict[Key, list[Recorded]] = {}

    def prepare(self, told: Sequence[Activity]) -> list[Activity]:
        """Read the purchases that are confirmed, their lots, and what waits for an arrival; answers the latter."""
        batch = self.batch
        confirmed = [law.confirmed_key(one) for one in told if one.confirms is not None]
        owners = {batch.gathered.owners[key] for key in confirmed if key in batch.gathered.owners}
        if owners:
            self._purchases = activities.recorded(batch.store, sorted(owners))
            self._keepers.read(self._purchases.values())
            self._awarded.read(self._purchases.values(), activities.returns(batch.store, owners))
        arriving = [law.key(one) for one in told if one.kind == law.PURCHASE] if batch.gathered.waiting else []
        parked = activities.confirming(batch.store, batch.programme_id, arriving) if arriving else []
        for one in parked:
            self._waiting.setdefault(law.confirmed_key(one.activity), []).append(one)
        self._count(parked)
        touched = {self._place(one) for one in self._purchases.values()}
        touched |= {one.account_id for one in parked}
        if any(key not in batch.gathered.owners for key in confirmed):  # the purchase may come with this very batch
            touched |= {row.id for row in batch.gathered.members.values()}
        if touched:
            batch.take_lots(touched)
        return [one.activity for one in parked]

    def _place(self, purchase: Recorded, kind: str | None = None) -> str:
        """The account in which the points wait: the buyer's, or wherever a merge or a household has taken them."""
        return self._awarded.where(purchase, kind) or self._keepers.of(purchase)

    def _count(self, parked: Sequence[Recorded]) -> None:
        """Read the counters that the parked ones will move: nobody could foresee in which windows they happened."""
        batch = self.batch
        windows: set[str] = set()
        for one in parked:
            in_force = batch.lawbook.at(one.activity.occurred_at)
            windows |= in_force.windows(period.local_day(one.activity.occurred_at, in_force.zone))
        if windows:
            accounts = sorted({one.account_id for one in parked})
            for account, key, window, amount, last_at in rulebook.counters_in(batch.store, accounts, sorted(windows)):
                mine = batch.gathered.counters.setdefault(account, {})
                mine.setdefault((key, window), (amount, clock.instant(last_at)))

    def decide(self, activity: Activity, standing: Standing, in_force: Law) -> Outcome:
        """A confirmation told now: it takes effect when its purchase is known, and is parked when it is not.

        Where nothing waits (any more) it is recorded and changes nothing.
        """
        batch = self.batch
        laws = (batch.lawbook.law(version.number) for version in reversed(batch.lawbook.versions))
        if activity.kind not in in_force.awaited and not any(activity.kind in one.awaited for one in laws):
            raise law.ACTIVITY_INVALID(pointer="/confirms", reason="not_awaited")
        key = law.confirmed_key(activity)
        purchase = self._purchase(key)
        if purchase is None:
            cause = batch.cause(standing, activity.occurred_at)
            version, reason = in_force.version, "purchase_missing"
            parked = entries.park(batch, activity, cause, version=version, reason=reason, waits=key)
            self._waiting.setdefault(key, []).append(_recorded(parked))
            return parked
        self._keepers.check(purchase, standing, PURCHASE_OF_ANOTHER)
        told_for, standing = standing, self._keepers.at(self._place(purchase, activity.kind), purchase, standing)
        if standing is not told_for:  # who left a household has left these points there
            activity = msgspec.structs.replace(activity, member=Member(id=ids.show("member", standing.who)))
        return self.earn(activity, standing, in_force, lambda: self._release(activity, purchase), None)

    def release(self, arrived: Outcome) -> None:
        """Apply the parked confirmations of a purchase recorded just now; those of other members stay parked."""
        batch = self.batch
        key = law.key(arrived.activity)
        batch.outcomes[key] = arrived
        for parked in self._waiting.pop(key, []) if arrived.decision.parked is None else []:
            self._apply(parked, _recorded(arrived))

    def _apply(self, parked: Recorded, purchase: Recorded) -> None:
        batch, activity = self.batch, parked.activity
        if purchase.account_id != parked.account_id:
            return
        standing = batch.standing_of(parked.account_id, parked.person_id)
        in_force = batch.lawbook.at(activity.occurred_at)
        outcome = self.earn(activity, standing, in_force, lambda: self._release(activity, purchase), parked)
        batch.outcomes[law.key(activity)] = outcome

    def _purchase(self, key: Key) -> Recorded | None:
        """The purchase, from this batch or the journal; None while it is missing or itself parked."""
        new = self.batch.outcomes.get(key)
        if new is not None:
            return _recorded(new) if new.decision.parked is None else None
        owner = self.batch.gathered.owners.get(key)
        found = self._purchases.get(owner[1]) if owner else None
        return found if found is not None and found.decision.parked is None else None

    def _release(self, activity: Activity, purchase: Recorded) -> tuple[Released, ...]:
        """Give every lot that waits for this very kind its life, whatever is left of it."""
        released: list[Released] = []
        places: dict[str, int] = {}  # the n-th award of a unit is its n-th lot
        for award in purchase.decision.awards:
            place = places[award.unit] = places.get(award.unit, -1) + 1
            if award.awaits == activity.kind:
                released += self._begin(activity, purchase, award, place)
        return tuple(released)

    def _begin(self, confirmed: Activity, purchase: Recorded, award: Award, place: int) -> list[Released]:
        """Begin the award's lots, those of which nothing is left too: what is given again later shall not wait."""
        batch, unit = self.batch, award.unit
        account = self._place(purchase, confirmed.kind)
        lots = self._awarded.lots(account, purchase.activity_id, unit, place)
        waiting = [lot for lot in lots if lot.available_at == vesting.WAITING and not _over(lot, batch.now)]
        if not waiting:
            return []
        in_force = batch.lawbook.law(purchase.decision.version)
        vests, policy = in_force.life_of(award)
        life = vesting.released(
            vests,
            policy,
            earned_at=purchase.activity.occurred_at,
            confirmed_at=confirmed.occurred_at,
            posted_at=batch.now,
            zone=in_force.zone,
        )
        released = [
            Released(unit, batch.books.begin(unit, lot, life), life.available_at, life.expires_at, lot.id)
            for lot in waiting
        ]
        if isinstance(policy, Sliding) and life.expires_at is not None:
            batch.books.slide(account, unit, life.expires_at)
        return released


def _over(lot: MadeLot, at: datetime) -> bool:
    return lot.expires_at is not None and lot.expires_at <= at


def _recorded(outcome: Outcome) -> Recorded:
    """A fact of this batch as the journal will hold it."""
    told = (outcome.account_id, outcome.activity_id, outcome.seq, outcome.recorded_at)
    return Recorded(*told, outcome.activity, outcome.decision)
