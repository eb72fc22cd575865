"""Two members who become one, and two again, in the pure world."""

import copy
from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import ledger, merging, period
from guerdon.core.errors import Refusal
from guerdon.core.ledger import Take
from guerdon.core.standing import Standing
from tests.stories.pure.agreeing import Agreeing
from tests.stories.pure.climbing import Climbing
from tests.stories.pure.ground import Account, Merged
from tests.stories.worlds import Answer


class Merging(Climbing, Agreeing):
    """Two members who become one, and two again, in the pure world."""

    __slots__ = ()

    def merge(self, stays: str, goes: str, *, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        known = world.merges.get(goes)
        if known is not None and known.stays == stays:
            return Answer(known=True, passed=known.passed, repaid=known.repaid)
        try:
            return world._join(stays, goes, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)

    def _join(self, stays: str, goes: str, now: datetime) -> Answer:
        if stays == goes:
            raise merging.MERGE_OF_ONE(member=stays)
        for one in (stays, goes):
            if one in self.merges:
                raise merging.MEMBER_MERGED(member=one, into=self.led(one))
        waiting = sum(self.told[law.key(one)][0] == goes for one in (*self.parked, *self.rateless))
        waiting += sum(who == goes for who, *_ in self.waiting.values())
        if waiting:
            raise merging.MERGE_WAITING(waiting=waiting, fact="the first")
        self._check_plans(stays, goes, now)
        taker, giver = self.accounts[stays], self.accounts[goes]
        units = self.in_force(now).programme.units
        owed = {unit: debt for unit, debt in giver.debt.items() if debt}
        made = Merged(stays, {}, {}, debt=owed, before=copy.deepcopy(taker.standing))
        self._settle(taker, now)
        self._settle(giver, now)
        _check_held(giver)
        for unit in sorted({*giver.lots, *owed}):
            self._expire(giver, unit, now)
            points = self._hand_over(giver, taker, unit, [lot.id for lot in giver.of(unit)], made.lots)
            _add(made.repaid, self._repay(taker, now))
            debt, most = giver.debt.get(unit, 0), units[unit].debt_max
            if most is not None and debt and taker.debt.get(unit, 0) + debt > most:
                raise merging.MERGE_DEBT(unit=unit, owed=taker.debt.get(unit, 0) + debt, most=most)
            self._take_over(giver, taker, unit, debt)
            made.passed[unit] = (points, debt)
        _add(made.repaid, self._repay(taker, now))
        _join_standings(taker, giver)
        self._higher(taker.standing, giver.standing, now)
        today = str(period.local_day(now, self.in_force(now).zone))
        for (actor, who, unit, day), done in list(self.alone.items()):
            if (who, day) == (goes, today):
                made.alone[actor, stays, unit, day] = list(done)
                self.alone.setdefault((actor, stays, unit, day), []).extend(done)
        made.agreed = self.agree_as_one(stays, goes)
        self.merges[goes] = made
        return Answer(passed=made.passed, repaid=made.repaid)

    def unmerge(self, stays: str, goes: str, *, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        made = world.merges.get(goes)
        if made is not None and made.stays in world.merges:
            return Answer(refusal=merging.MEMBER_MERGED(member=made.stays, into=world.led(goes)))
        if made is None or made.stays != stays:
            return Answer(refusal=merging.NOT_MERGED(member=goes, into=stays))
        try:
            return world._part(made, goes, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)

    def _part(self, made: Merged, goes: str, now: datetime) -> Answer:
        giver, taker = self.accounts[made.stays], self.accounts[goes]
        self._settle(giver, now)
        taker.seen = now
        names = {unit: self._brought(giver, unit, made.lots.get(unit, [])) for unit in giver.lots}
        _check_held(giver, {name for found in names.values() for name in found})
        del self.merges[goes]
        passed: dict[str, tuple[int, int]] = {}
        for unit in sorted(giver.lots):
            self._expire(giver, unit, now)
            points = self._hand_over(giver, taker, unit, names[unit], {})
            debt = min(made.debt.get(unit, 0), giver.debt.get(unit, 0))
            self._take_over(giver, taker, unit, debt)
            passed[unit] = (points, debt)
        whole = giver.standing
        _part_standings(giver, taker, made.before)
        self._apart(giver.standing, whole, taker.standing, now)
        self.agree_apart(made.stays, made.agreed)
        for name, done in made.alone.items():
            for points in done:
                self.alone[name].remove(points)
        return Answer(passed=passed, repaid=self._repay(taker, now))

    def _brought(self, account: Account, unit: str, names: list[str]) -> list[str]:
        """The lots that these are by now, however they travelled."""
        found: list[str] = []
        for lot in account.of(unit):
            before: str | None = lot.id
            while before is not None and before not in names:
                before = self.came_from.get(before)
            found += [lot.id] if before is not None else []
        return found

    def _hand_over(
        self,
        giver: Account,
        taker: Account,
        unit: str,
        names: list[str],
        made: dict[str, list[str]],
        way: str = "merge",
    ) -> int:
        """Move what is left of the lots, each as it is, under a new name."""
        moving = ledger.in_order(lot for lot in giver.of(unit) if lot.id in names and lot.remaining)
        giver.take(f"{way}_out", unit, [Take(lot.id, lot.remaining) for lot in moving])
        for lot in moving:
            self.lots_made += 1
            name = f"{self.lots_made:06}"
            taker.put(unit, msgspec.structs.replace(lot, id=name))
            self.award_of[name] = self.award_of.get(lot.id, 0)  # only what waits is asked for it
            taker.post(f"{way}_in", unit, lot.remaining)
            self.came_from[name] = lot.id
            self.merged_lots.add(name)
            made.setdefault(unit, []).append(name)
        return sum(lot.remaining for lot in moving)

    def follow(self, account: Account) -> Account:
        """What has come to a member who was merged follows the rest; answers who has it now."""
        stays = self.accounts[self.led(account.who)]
        way = "pool" if account.who in self.at_home or account.who in self.homes else "merge"
        for unit in sorted(account.lots) if stays is not account else ():
            self._hand_over(account, stays, unit, [lot.id for lot in account.of(unit)], {}, way)
        return stays

    def _take_over(self, debtor: Account, taker: Account, unit: str, debt: int, way: str = "merge") -> None:
        """The debt is owed by another from now on; the loan that does it is in nobody's lots for long."""
        if debt:
            self._expire(taker, unit, debtor.seen)  # a debt never meets points that died before it
            taker.debt[unit] = taker.debt.get(unit, 0) + debt
            taker.post("lend", unit, debt)
            taker.post(f"{way}_out", unit, -debt)
            debtor.debt[unit] -= debt
            debtor.post(f"{way}_in", unit, debt)
            debtor.post("repay", unit, -debt)


def _check_held(account: Account, names: set[str] | None = None) -> None:
    """Nobody's held points, or those of these lots, go to another member."""
    for unit in sorted(account.lots):
        held = sum(lot.held for lot in account.of(unit) if names is None or lot.id in names)
        if held:
            raise merging.MERGE_HELD(unit=unit, held=held)


def _join_standings(taker: Account, giver: Account) -> None:
    """One person: counters add up, its own attributes win, segments are united."""
    one, other = taker.standing, giver.standing
    counters = dict(one.counters)
    for name, (amount, last) in other.counters.items():
        before, at = counters.get(name, (0, None))
        counters[name] = (before + amount, max(filter(None, (at, last)), default=None))
    taker.standing = Standing.of_member(
        account_id=one.account_id,
        enrolled_at=min(one.enrolled_at, other.enrolled_at),
        attributes={**other.attributes, **one.attributes},
        segments=one.segments | other.segments,
        birthday_month=one.birthday_month or other.birthday_month,
        counters=counters,
    )
    taker.standing.steps, taker.standing.basis, taker.standing.grants = one.steps, one.basis, one.grants


def _part_standings(giver: Account, taker: Account, before: Standing | None) -> None:
    """As it was before, with what has been counted since."""
    assert before is not None
    counters = dict(giver.standing.counters)
    for name, (amount, _) in taker.standing.counters.items():
        now, last = counters[name]
        counters[name] = (now - amount, last)
    before.counters = {name: found for name, found in counters.items() if found[0]}
    giver.standing = before


def _add(sums: dict[str, int], more: dict[str, int]) -> None:
    for unit, points in more.items():
        sums[unit] = sums.get(unit, 0) + points
