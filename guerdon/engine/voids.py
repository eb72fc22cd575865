"""What a membership gave while a period ran that is given back: taken back, fact by fact, by the rules that gave it."""

from collections.abc import Iterable
from typing import Final

from guerdon.core import activities as law
from guerdon.core import plans
from guerdon.core.activities import Activity, Member, Reference
from guerdon.core.law import Law
from guerdon.core.memberships import Interval, Membership
from guerdon.core.standing import Standing
from guerdon.engine.batch import Unlocked
from guerdon.engine.give_back import Returns
from guerdon.engine.turns import SOURCE, Turns
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.kit import ids

_NOTHING: Final[list[Recorded]] = []


class Voids:
    """The facts that refunded periods have earned for, in the hands of a batch."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._returns = Returns(turns.batch)
        self._earned: dict[str, list[Recorded]] = {}  # by membership

    def read(self, refunded: Iterable[Membership]) -> None:
        """Read what was earned by rules of each membership's plan since its last period began."""
        batch = self._turns.batch
        found: dict[str, Recorded] = {}
        for one in refunded:
            period = next((each for each in reversed(one.intervals) if each.kind == "period"), None)
            if period is None:
                continue
            accounts = batch.gathered.accounts | {one.account_id}
            every = activities.awarded(batch.store, accounts, since=period.start, until=batch.now)
            mine = [each for each in every if self._rules(each, period.plan)]
            self._earned[one.id] = mine
            found |= {each.activity_id: each for each in mine}
        if found:
            unlocked = {each.account_id for each in found.values()} - batch.gathered.accounts
            if unlocked:
                raise Unlocked(unlocked)
            self._returns.read(found)

    def take_back(self, one: Membership, period: Interval, standing: Standing, in_force: Law) -> None:
        """Take back what the plan's rules gave while the period ran: to the holder, or to all who shared it."""
        holders = {one.account_id, standing.who}
        for each in self._earned.get(one.id, _NOTHING):
            who = each.person_id or each.account_id
            if who not in holders and not (one.terms.joint and each.account_id == standing.account_id):
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
            self._returns.void(activity, each, self._rules(each, period.plan), standing)

    def _rules(self, one: Recorded, plan: str) -> tuple[str, ...]:
        """The rules of the plan that gave something for the fact, by the version that decided it."""
        version = self._turns.batch.lawbook.law(one.decision.version)
        owned = plans.owned(version.programme.rules, plan)
        found = {share.rule for award in one.decision.awards for share in award.shares if share.points}
        found |= {issue.rule for issue in one.decision.issued if issue.rule is not None}
        return tuple(sorted(found & owned))
