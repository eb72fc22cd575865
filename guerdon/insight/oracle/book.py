"""The book: what each member has, lot by lot, and what time does to it, instant by instant.

It shares nothing with the house, and nothing in it is clever. What vests repays debt at that very instant, what ends
is gone at that very instant, whoever looks or does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from guerdon.insight.oracle import days
from guerdon.insight.oracle.terms import Fact, Terms

FOR_EVER = datetime.max.replace(tzinfo=UTC)
UNITS = ("points", "stamps")
LATER = 0  # the number of no merge: what moves so is not brought by one
Answer = tuple[object, ...]
Window = tuple[str, str]  # a counter and the name of its window


class No(Exception):
    """The law refuses; its argument is the code."""


@dataclass(slots=True, eq=False)
class Lot:
    """The points of one award, or a part of them that went on to somebody else."""

    number: int
    who: str
    unit: str
    origin: str  # the key of what earned it
    left: int
    earned: datetime
    starts: datetime
    ends: datetime | None
    funder: str | None = None
    held: int = 0
    lapsed: int = 0  # what ended unspent
    awarded: bool = False  # by what earned it, not passed on by somebody
    source: "Lot | None" = None  # the lot of another account that it came from
    merge: int | None = None  # which merge brought it

    @property
    def free(self) -> int:
        return self.left - self.held

    def dead(self, at: datetime) -> bool:
        return self.ends is not None and self.ends <= at

    def alive(self, at: datetime) -> bool:
        return self.free > 0 and self.starts <= at and not self.dead(at)

    def waits(self, at: datetime) -> bool:
        return self.free > 0 and at < self.starts and not self.dead(at)

    def brought_by(self, merge: int) -> bool:
        """Whether this merge brought it, however it travelled since."""
        lot: Lot | None = self
        while lot is not None:
            if lot.merge == merge:
                return True
            lot = lot.source
        return False


Parts = list[tuple[Lot, int]]  # so many points out of each lot


@dataclass(slots=True)
class Hold:
    """Points that are reserved."""

    who: str
    unit: str
    since: datetime
    until: datetime
    parts: Parts
    state: str = "open"

    @property
    def points(self) -> int:
        return sum(points for _, points in self.parts)


@dataclass(frozen=True, slots=True)
class Posting:
    """A line of the statement: `at` is when it counts, `closed` how many months were closed when it was written."""

    unit: str
    kind: str
    points: int
    at: datetime
    closed: int


@dataclass(slots=True)
class Member:
    """A member's account and memory."""

    who: str
    lots: list[Lot] = field(default_factory=list)
    debt: dict[str, int] = field(default_factory=lambda: dict.fromkeys(UNITS, 0))
    counters: dict[Window, int] = field(default_factory=dict)
    statement: list[Posting] = field(default_factory=list)

    def order(self, unit: str) -> list[Lot]:
        """What is left, first expiring, first earned, first made."""
        mine = [lot for lot in self.lots if lot.left and lot.unit == unit]
        return sorted(mine, key=lambda lot: (lot.ends or FOR_EVER, lot.earned, lot.number))


@dataclass(slots=True)
class Book:
    """The whole programme by the book. `now` never goes back."""

    terms: Terms
    now: datetime
    members: dict[str, Member]
    told: dict[tuple[str, str], tuple[str, Answer]] = field(default_factory=dict)  # kind, key → whose, answer
    parked: list[tuple[str, Fact]] = field(default_factory=list)  # in whose account, what waits
    holds: dict[str, Hold] = field(default_factory=dict)
    into: dict[str, str] = field(default_factory=dict)  # who was merged → into whom
    waiting: dict[str, tuple[str, str, int, str]] = field(default_factory=dict)  # adjustments for a second person
    closed: list[str] = field(default_factory=list)  # months
    made: int = 0

    def led(self, who: str) -> str:
        """The member to whom a name leads."""
        while who in self.into:
            who = self.into[who]
        return who

    def day(self, at: datetime) -> date:
        return days.local_day(at, self.terms.zone)

    def last_day(self, unit: str, anchor: date) -> date | None:
        """The last day on which points of the unit can be spent."""
        if unit == "stamps":
            return anchor + timedelta(days=self.terms.stamps_days)
        if not self.terms.days and not self.terms.months:
            return None
        day = days.months_later(anchor, self.terms.months) + timedelta(days=self.terms.days)
        return days.month_end(day) if self.terms.month_end else day

    def end(self, unit: str, at: datetime, *, rolling: int | None = None) -> datetime | None:
        """The end of life of points earned at an instant and written down now; late ones get their grace."""

        def last(anchor: date) -> date | None:
            return anchor + timedelta(days=rolling) if rolling is not None else self.last_day(unit, anchor)

        own, today = last(self.day(at)), self.day(self.now)
        if own is None:
            return None
        written = last(today)
        assert written is not None
        if today > self.day(at):
            own = max(own, min(today + timedelta(days=30), written))
        return days.first_instant(own + timedelta(days=1), self.terms.zone)

    # --- what moves ---

    def post(self, member: Member, unit: str, kind: str, points: int, at: datetime | None = None) -> None:
        """Write a line down; without an instant it counts now."""
        if points:
            member.statement.append(Posting(unit, kind, points, at or self.now, len(self.closed)))

    def credit(self, kind: str, lot: Lot, at: datetime) -> Lot:
        """Give a lot to the member it is for; `at` is when it counts. What arrives dead ends at once."""
        self.made += 1
        lot.number = self.made
        member = self.members[lot.who]
        member.lots.append(lot)
        self.post(member, lot.unit, kind, lot.left, at)
        if lot.dead(self.now):
            self.lapse(lot, lot.free, self.now)
        return lot

    def draw(self, lots: Iterable[Lot], points: int) -> Parts:
        """Take up to so many points out of the lots in their order."""
        parts: Parts = []
        for lot in lots:
            part = min(lot.free, points)
            if part > 0:
                lot.left -= part
                points -= part
                parts.append((lot, part))
        return parts

    def spend(self, kind: str, who: str, unit: str, points: int) -> Parts:
        """Take so many points, first expiring first, or refuse."""
        member = self.members[who]
        alive = [lot for lot in member.order(unit) if lot.alive(self.now)]
        if sum(lot.free for lot in alive) < points:
            raise No("insufficient_points")
        self.post(member, unit, kind, -points)
        return self.draw(alive, points)

    def pass_on(self, way: str, parts: Parts, to: str, *, merge: int | None = None) -> None:
        """Points that have left their lots reach another member, each as it is."""
        for lot, points in parts:
            moved = Lot(
                0, to, lot.unit, lot.origin, points, lot.earned, lot.starts, lot.ends, lot.funder, source=lot,
                merge=merge,
            )  # fmt: skip
            self.credit(way, moved, self.now)

    def move(self, giver: str, taker: str, unit: str, lots: list[Lot], *, merge: int) -> int:
        """Lots pass because two members become one, or two again; what is reserved never does."""
        parts = self.draw(lots, sum(lot.free for lot in lots))
        points = sum(part for _, part in parts)
        self.post(self.members[giver], unit, "merge_out", -points)
        self.pass_on("merge_in", parts, taker, merge=merge)
        return points

    def lapse(self, lot: Lot, points: int, at: datetime) -> None:
        """Points end unspent."""
        if points:
            lot.left -= points
            lot.lapsed += points
            self.post(self.members[lot.who], lot.unit, "expire", -points, at)

    def repay(self, who: str, unit: str, at: datetime | None = None) -> int:
        """Whatever is available repays debt."""
        member, at = self.members[who], at or self.now
        if not member.debt[unit]:
            return 0
        parts = self.draw([lot for lot in member.order(unit) if lot.alive(at)], member.debt[unit])
        paid = sum(points for _, points in parts)
        member.debt[unit] -= paid
        self.post(member, unit, "repay", -paid, at)
        return paid

    def repay_all(self, who: str) -> tuple[tuple[str, int], ...]:
        return tuple((unit, paid) for unit in UNITS if (paid := self.repay(who, unit)))

    def slide(self, who: str, end: datetime | None) -> None:
        """Stamps that are alive, reserved or not, live until then."""
        for lot in self.members[who].lots:
            if lot.unit == "stamps" and lot.left and end and lot.ends and self.now < lot.ends < end:
                lot.ends = end

    def count(self, who: str, key: str, window: str, add: int) -> None:
        counters = self.members[who].counters
        counters[key, window] = counters.get((key, window), 0) + add

    def counted(self, who: str, key: str, window: str) -> int:
        return self.members[who].counters.get((key, window), 0)

    # --- time ---

    def instants(self) -> list[datetime]:
        """When time will change something next, in order."""
        return sorted(set(self._instants()))

    def _instants(self) -> list[datetime]:
        lots = [lot for member in self.members.values() for lot in member.lots if lot.left]
        ends = [lot.ends for lot in lots if lot.ends] + [hold.until for hold in self.holds.values() if hold.parts]
        return [instant for instant in (*[lot.starts for lot in lots], *ends) if instant > self.now]

    def advance(self, now: datetime) -> None:
        """Let time pass: holds end, whatever becomes available repays debt, and what has lived its life ends."""
        assert now >= self.now
        while (instants := self._instants()) and min(instants) <= now:
            self.now = min(instants)
            self._happen(self.now)
        self.now = now

    def _happen(self, at: datetime) -> None:
        for hold in self.holds.values():
            if hold.state == "open" and hold.until == at:
                hold.state = "expired"
                self.free(hold.parts)
                hold.parts = []
        for who, member in self.members.items():
            for unit in UNITS:
                self.repay(who, unit, at)
            for lot in member.lots:
                if lot.ends == at:
                    self.lapse(lot, lot.free, at)

    def free(self, parts: Parts) -> None:
        """Points are reserved no longer; those whose lot has ended meanwhile end at once."""
        for lot, points in parts:
            lot.held -= points
            if lot.dead(self.now):
                self.lapse(lot, points, self.now)
