"""Tiers in the pure world: who rises, who is reviewed, what is granted, who stands where."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import climbing, period, returns, tiers
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.decisions import Decision
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.period import add_months
from guerdon.core.returns import Kept, Slice
from guerdon.core.standing import Standing
from guerdon.core.tiers import GrantKind, Rank
from guerdon.engine.grants import check
from tests.stories.pure.ground import Account, Ground
from tests.stories.worlds import Answer, Stand


class Climbing(Ground, ABC):
    """Tiers in the pure world."""

    __slots__ = ()

    def _rises(self, account: Account, decision: Decision, at: datetime) -> list[Activity]:
        """Count what was decided; answers the rises that are rewarded, as facts."""
        standing = account.standing
        standing.climb(decision.moves, decision.tiers)
        rewarded = []
        for step in decision.tiers:
            when = tiers.bonus_period(standing.steps[step.ladder], step) if step.cause == "upgrade" else None
            if when is not None:
                name = f"{account.who}:{step.ladder}:{step.level}:{when}"
                facts: dict[str, law.FactValue] = {"ladder": step.ladder, "tier": str(step.level)}
                member = Member(external_id=account.who)
                rewarded.append(Activity(law.TIER_UPGRADED, "tiers", name, at, member, facts=facts))
        return rewarded

    def _fall(
        self, account: Account, purchase: Activity, first: Decision, back: Decision, before: Sequence[Slice],
        rest: Kept, at: datetime,
    ) -> Decision:  # fmt: skip
        """What a return takes out of the basis, and what becomes of the tier."""
        decided = self._decided(first)
        how = decided.programme.refunds
        was = returns.kept(purchase, before)
        spend = [
            returns.spent(decided, purchase, first, left, returns.tenders_back(purchase, left.returned, how))
            for left in (was, rest)
        ]
        points = {one.unit: -one.asked for one in back.taken} | {one.unit: one.asked for one in back.restored}
        day = period.local_day(purchase.occurred_at, decided.zone)
        moves = climbing.given_back(decided.measures, day, spend[1] - spend[0], points)
        moves = climbing.at_most(moves, account.standing.basis)
        today = self.in_force(at)
        steps = climbing.returned(today.programme.tiers, today.zone, account.standing, moves, at)
        return msgspec.structs.replace(back, moves=moves, tiers=steps)

    def _by_hand(self, account: Account, unit: str, points: int, now: datetime) -> None:
        """What points by hand do to tiers."""
        in_force = self.in_force(now)
        day = period.local_day(now, in_force.zone)
        moves = climbing.given_back(in_force.measures, day, 0, {unit: points})
        if moves:
            steps = climbing.returned(in_force.programme.tiers, in_force.zone, account.standing, moves, now)
            done = Decision(in_force.version, moves=moves, tiers=steps)
            for rise in self._rises(account, done, now):
                self._earn(rise, account, in_force, now)

    @abstractmethod
    def _earn(self, activity: Activity, account: Account, in_force: Law, now: datetime) -> Decision:
        """Decide an activity and book it: the world knows how."""

    def _apart(self, standing: Standing, whole: Standing, other: Standing, now: datetime) -> None:
        """Two are apart again: `standing` is as it was before, `whole` what it became, `other` what is taken out."""
        stood = {rank.ladder.key: rank.place for rank in self._ranks(standing, now)}
        standing.steps, standing.basis = whole.steps, whole.basis
        for rank in self._ranks(standing, now):
            standing.climb((), rank.advance(now))
        for measure, days in other.basis.items():
            for day, amount in days.items():
                standing.climb((tiers.Move(measure, day, -amount),), ())
        for rank in self._ranks(standing, now):
            today = period.local_day(now, rank.zone)
            place = max(stood[rank.ladder.key], rank.best(add_months(today, -tiers.YEAR), today))
            if place < rank.place:
                standing.climb((), (rank.move(place, now, "unmerge"),))

    def _review(self, now: datetime) -> None:
        """What is due on ladders; the first night under new ones also lifts whoever has enough by then."""
        in_force = self.in_force(now)
        since = max(since for since, law in self.laws if law is in_force)
        changed = self.last_night is None or since > self.last_night
        for who, account in self.accounts.items():
            if who in self.merges:
                continue
            for rank in self._ranks(account.standing, now):
                account.standing.climb((), rank.advance(now))
            lifted = [rank.lift(now) for rank in self._ranks(account.standing, now)] if changed else []
            steps = tuple(step for step in lifted if step is not None)
            for rise in self._rises(account, Decision(in_force.version, tiers=steps), now):
                self._earn(rise, account, in_force, now)

    def _ranks(self, standing: Standing, now: datetime) -> list[Rank]:
        in_force = self.in_force(now)
        return climbing.ranks(in_force.programme.tiers, in_force.zone, standing)

    def _higher(self, standing: Standing, other: Standing, now: datetime) -> None:
        """Two are one by now: the higher tier, or what both together qualify for."""
        theirs = {}
        for rank in self._ranks(other, now):
            rank.advance(now)
            theirs[rank.ladder.key] = rank.place
        for rank in self._ranks(standing, now):
            standing.climb((), rank.advance(now))
        for measure, days in other.basis.items():
            for day, amount in days.items():
                standing.climb((tiers.Move(measure, day, amount),), ())
        standing.grants += [grant for grant in other.grants if grant.alive(now)]
        for rank in self._ranks(standing, now):
            today = period.local_day(now, rank.zone)
            place = max(theirs[rank.ladder.key], rank.best(add_months(today, -tiers.YEAR), today))
            if place > rank.place:
                standing.climb((), (rank.move(place, now, "merge"),))

    def grant(
        self, who: str, tier: str, *, kind: GrantKind, last_day: date, key: str, reason: str, actor: str, now: datetime
    ) -> Answer:
        in_force = self.in_force(now)
        facts: dict[str, law.FactValue] = {
            "tier": tier, "kind": kind, "last_day": last_day.isoformat(), "reason": reason, "actor": actor,
        }  # fmt: skip
        told = Activity(law.TIER_GRANT, "desk", key, now, Member(external_id=who), facts=facts)
        name: Key = law.key(told)
        if name in self.told:
            return Answer(self.told[name][2], known=True)
        try:
            check(told, in_force, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        self.accounts[self.led(who)].standing.grants.append(climbing.granted(in_force.programme, told))
        self.told[name] = (who, told, Decision(in_force.version))
        return Answer(Decision(in_force.version))

    def climbed(self, who: str, at: datetime, now: datetime) -> dict[str, Stand]:
        standing = self.accounts[self.led(who)].standing
        found = {}
        for rank in self._ranks(standing, now):
            while rank.steps and rank.steps[-1].since > at:
                rank.steps.pop()
            rank.advance(at)
            told = rank.progress(at)
            tier = rank.ladder.key_at(climbing.place(rank, standing, at))
            found[rank.ladder.key] = Stand(tier, told.next, told.missing, told.keep, told.keep_by)
        return found
