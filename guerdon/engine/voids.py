"""What a membership gave while a period ran that is given back: taken back, fact by fact, by the rules that gave it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from guerdon.core import activities as law
from guerdon.core import voiding
from guerdon.core.activities import Activity, Member, Reference
from guerdon.core.law import Law
from guerdon.core.memberships import Interval, Membership
from guerdon.core.standing import Standing
from guerdon.engine.batch import Unlocked
from guerdon.engine.give_back import Returns
from guerdon.engine.turns import SOURCE, Turns
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.memberships import queries
from guerdon.kit import ids

_NOTHING: Final[list[Recorded]] = []


class Voids:
    """The facts that refunded periods have earned for, in the hands of a batch."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._returns = Returns(turns.batch)
        self._earned: dict[str, list[Recorded]] = {}  # by membership

    def read(self, refunded: Iterable[Membership]) -> None:
        """Read what was earned since the periods began that nothing is paid for once the last one is given back."""
        batch = self._turns.batch
        found: dict[str, Recorded] = {}
        for one in refunded:
            period = next((each for each in reversed(one.intervals) if each.kind == "period"), None)
            if period is None:
                continue
            accounts = batch.gathered.accounts | {one.account_id}
            periods = voiding.unpaid(one, period, batch.lawbook.at(batch.now).zone)
            every = activities.awarded(batch.store, accounts, since=self._since(one, periods), until=batch.now)
            mine = [each for each in every if self._rules(each, one, periods, ())]
            self._earned[one.id] = mine
            found |= {each.activity_id: each for each in mine}
        if found:
            unlocked = {each.account_id for each in found.values()} - batch.gathered.accounts
            if unlocked:
                raise Unlocked(unlocked)
            self._returns.read(found)

    def take_back(self, one: Membership, period: Interval, standing: Standing, in_force: Law) -> None:
        """Take back what nothing but the membership gave: to the holder, or to all who shared it."""
        holders = {one.account_id, standing.who}
        periods = voiding.unpaid(one, period, in_force.zone)
        for each in self._earned.get(one.id, _NOTHING):
            who = each.person_id or each.account_id
            if who not in holders and not (one.terms.joint and each.account_id == standing.account_id):
                continue
            by_now = standing.who if who in holders else who
            held = queries.mine(self._turns.batch.gathered.held or (), each.account_id, by_now)
            rules = self._rules(each, one, periods, held)
            if not rules:
                continue
            activity = Activity(
                kind=law.MEMBERSHIP_VOID,
                source=SOURCE,
                external_id=f"{one.id}:{period.number}:{each.activity_id}",
                occurred_at=self._turns.batch.now,
                member=Member(id=ids.show("member", who)),
                returns=Reference(external_id=each.activity.external_id, source=each.activity.source),
                facts={"membership": ids.show("membership", one.id), "kind": each.activity.kind},
            )
            self._returns.void(activity, each, rules, standing)

    def _since(self, one: Membership, periods: Sequence[Interval]) -> datetime:
        """Since when something may have been given: a period that is paid ahead is answered before it begins."""
        numbers = [each.number for each in periods]
        paid = [each.settled_at for each in self._turns.payments(one) if each.number in numbers]
        return min([*(each.start for each in periods), *(at for at in paid if at is not None)])

    def _rules(
        self, each: Recorded, one: Membership, periods: Sequence[Interval], held: Sequence[Membership]
    ) -> tuple[str, ...]:
        decided = self._turns.batch.lawbook.law(each.decision.version)
        return voiding.rules(decided, each.activity, each.decision, (one, periods), held)
