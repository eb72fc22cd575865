"""Burns, holds, what comes back of them, gifts to a cause and points by hand, by the book."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from guerdon.insight.oracle import days
from guerdon.insight.oracle.book import LATER, Answer, Hold, Lot, No, Parts
from guerdon.insight.oracle.returning import Returning


@dataclass(slots=True)
class Burn:
    """Points that were spent: out of which lots, in order, and how many have come back."""

    who: str
    unit: str
    parts: Parts
    back: int = 0

    def returned(self, points: int | None) -> Parts:
        """What goes back: the last taken first, all that is left where nothing is said."""
        coins = [lot for lot, part in self.parts for _ in range(part)]  # one by one
        coins = coins[: len(coins) - self.back]
        if not coins:
            raise No("burn_cancelled")
        asked = len(coins) if points is None else points
        if asked > len(coins):
            raise No("cancelled_too_much")
        found: Parts = []
        for lot in reversed(coins[len(coins) - asked :]):
            if found and found[-1][0] is lot:
                found[-1] = (lot, found[-1][1] + 1)
            else:
                found.append((lot, 1))
        return found


@dataclass(slots=True)
class Spending(Returning):
    """What members spend, reserve and give, and what people do by hand."""

    burns: dict[str, Burn] = field(default_factory=dict)
    judged: dict[str, str] = field(default_factory=dict)  # adjustments: the verdict, or `booked`
    alone: dict[tuple[str, str, str], int] = field(default_factory=dict)  # who, actor, day → points by hand
    given: int = 0  # points to the cause

    def burn(self, who: str, unit: str, points: int, key: str) -> Answer:
        who = self.led(who)
        parts = self.spend("burn", who, unit, points)
        self.burns[key] = Burn(who, unit, parts)
        if unit == "stamps":
            self.slide(who, self.end("stamps", self.now))
        return ("spent", points)

    def cancel(self, burn: str, points: int | None) -> Answer:
        """Back into the very lots; what finds its lot ended ends at once, or lives again for the grace."""
        found = self.burns[burn]
        backs = found.returned(points)
        stays, grace = self.led(found.who), self.terms.grace_days
        total = sum(part for _, part in backs)
        found.back += total
        member, expired = self.members[found.who], 0
        same = [(lot, part) for lot, part in backs if grace is None or not lot.dead(self.now)]
        self.post(member, found.unit, "reinstate", sum(part for _, part in same))
        for lot, part in same:
            lot.left += part
            if lot.dead(self.now):
                self.lapse(lot, part, self.now)
                expired += part
        for lot, part in backs if grace is not None else ():
            if lot.dead(self.now):
                until = days.first_instant(self.day(self.now) + timedelta(days=grace + 1), self.terms.zone)  # type: ignore[operator]
                again = Lot(0, found.who, found.unit, lot.origin, part, lot.earned, self.now, until, lot.funder)
                self.credit("reinstate", again, self.now)
        if stays != found.who:  # who was merged meanwhile: the points follow the others
            self.move(found.who, stays, found.unit, member.order(found.unit), merge=LATER)
        repaid = self.repay_all(stays)
        return ("reinstated", total, expired, repaid if stays == found.who else ())

    def donate(self, who: str, points: int) -> Answer:
        self.spend("donate", self.led(who), "points", points)
        self.given += points
        return ("spent", points)

    # --- holds ---

    def hold(self, who: str, unit: str, points: int, life: tuple[str, int], key: str) -> Answer:
        who = self.led(who)
        alive = [lot for lot in self.members[who].order(unit) if lot.alive(self.now)]
        if sum(lot.free for lot in alive) < points:
            raise No("insufficient_points")
        parts = self.draw(alive, points)
        for lot, part in parts:
            lot.left += part
            lot.held += part
        self.holds[key] = Hold(who, unit, self.now, self._until(life), parts)
        return ("held", points)

    def _until(self, life: tuple[str, int]) -> datetime:
        measure, number = life
        if measure == "days":
            return days.days_after(self.now, number, self.terms.zone)
        return self.now + timedelta(minutes=number if measure == "minutes" else 60 * number)

    def capture(self, hold: str, points: int | None, *, final: bool, key: str) -> Answer:
        """The first points in order are spent as of when they were reserved; the rest is free, or reserved on."""
        found = self.holds[hold]
        if found.state != "open":
            raise No("hold_ended")
        asked = found.points if points is None else points
        if asked > found.points:
            raise No("capture_too_large")
        taken, rest = _split(found.parts, asked)
        for lot, part in taken:
            lot.held -= part
            lot.left -= part
        self.post(self.members[found.who], found.unit, "burn", -asked, found.since)
        self.burns[key] = Burn(found.who, found.unit, taken)
        if found.unit == "stamps":
            self.slide(found.who, self.end("stamps", found.since))
        found.parts = rest
        repaid: Answer = ()
        if final or not rest:
            found.state = "captured"
            repaid = self._over(found)
        return ("spent", asked, repaid)

    def release(self, hold: str) -> Answer:
        found = self.holds[hold]
        if found.state != "open":
            raise No("hold_ended")
        found.state = "released"
        return ("released", self._over(found))

    def _over(self, hold: Hold) -> Answer:
        self.free(hold.parts)
        hold.parts = []
        return self.repay_all(hold.who)

    # --- by hand ---

    def adjust(self, who: str, unit: str, points: int, actor: str, key: str) -> Answer:
        """Points given or taken by hand, or what waits for a second person."""
        who = self.led(who)
        if points < 0 and self._available(who, unit) < -points:
            raise No("insufficient_points")
        day = (who, actor, str(self.day(self.now)))
        before = self.alone.get(day, 0)
        most = self.terms.approve_above if unit == "points" else None
        if most is not None and abs(points) + before > most:
            self.waiting[key] = (who, unit, points, actor)
            return ("parked", "approval_missing")
        if most is not None:
            self.alone[day] = before + abs(points)
        self.judged[key] = "booked"
        return self._by_hand(who, unit, points)

    def judge(self, verdict: str, key: str, actor: str) -> Answer:
        """A second person's word."""
        if self.judged.get(key) == verdict:
            return ("known",)
        if key in self.judged:
            raise No("adjustment_decided")
        who, unit, points, asker = self.waiting[key]
        if actor == asker:
            raise No("own_adjustment")
        if verdict == "approval":
            if points < 0 and self._available(who, unit) < -points:
                raise No("insufficient_points")
            answer = self._by_hand(who, unit, points)
        else:
            answer = ("earned", (), ())
        del self.waiting[key]
        self.judged[key] = verdict
        return answer

    def _available(self, who: str, unit: str) -> int:
        return sum(lot.free for lot in self.members[who].order(unit) if lot.alive(self.now))

    def _by_hand(self, who: str, unit: str, points: int) -> Answer:
        if points < 0:
            self.spend("adjust_down", who, unit, -points)
            return ("spent", -points)
        lot = Lot(0, who, unit, "by hand", points, self.now, self.now, self.end(unit, self.now), awarded=True)
        self.credit("adjust_up", lot, self.now)
        return ("earned", ((unit, points),), self.repay_all(who))


def _split(parts: Parts, points: int) -> tuple[Parts, Parts]:
    """The first so many points, and the rest."""
    first: Parts = []
    rest: Parts = []
    for lot, part in parts:
        taken = min(points, part)
        points -= taken
        first += [(lot, taken)] if taken else []
        rest += [(lot, part - taken)] if part > taken else []
    return first, rest
