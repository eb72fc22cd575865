"""An independent reading of the law: earning, lots, debts and expiry by the book, sharing nothing with the house.

Time is simulated event by event: what vests repays debt at that very instant, whoever looks or does not.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

FOR_EVER = datetime.max.replace(tzinfo=UTC)
Answer = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What differs between the programmes the model tries."""

    zone: str = "Europe/Sofia"
    days: int = 0
    months: int = 0
    month_end: bool = False
    vesting_days: int = 0
    debt_max: int | None = None
    returns: str = "debt"
    stamps_days: int = 30

    def document(self) -> dict[str, object]:
        """The same as the parts of a programme file."""
        rolling = {"days": self.days, "months": self.months} | ({"round_up": "month"} if self.month_end else {})
        points: dict[str, object] = {"expires": {"rolling": rolling} if self.days or self.months else "never"}
        points |= {"vesting": {"days": self.vesting_days}} if self.vesting_days else {}
        points |= {} if self.debt_max is None else {"debt_max": self.debt_max}
        coffee = [{"category": {"in": ["coffee"]}}]
        return {
            "zone": self.zone,
            "returns": self.returns,
            "units": {"points": points, "stamps": {"expires": {"sliding": {"days": self.stamps_days}}}},
            "rules": {
                "base": _rule({"points": {"unit": "points", "give": 3, "per": "2.00"}}, caps={"day": BASE_PER_DAY}),
                "coffee": _rule(
                    {"multiply": {"unit": "points", "by": "3/2"}}, lines=coffee, expires={"rolling": {"days": 20}}
                ),
                "first": _rule(
                    {"fixed": {"unit": "points", "give": 25}}, expires={"rolling": {"days": 10}}, funder="roastery",
                    **{"if": [{"first": True}]},
                ),
                "steps": _rule(
                    {"table": {"unit": "points", "steps": [{"amount_min": "30.00", "give": 4},
                                                           {"amount_min": "60.00", "give": 10}]}},
                    uses={"month": 2},
                ),
                "campaign": _rule(
                    {"fixed": {"unit": "points", "give": 20}}, when="review", budget=BUDGET, vesting={"days": 12}
                ),
                "stamp": _rule({"per_piece": {"unit": "stamps", "give": 1}}, lines=coffee),
            },
        }  # fmt: skip


BASE_PER_DAY = 90
BUDGET = 70


def _rule(effect: dict[str, object], *, when: str = "purchase", **more: object) -> dict[str, object]:
    return {"when": when, "then": [effect], **more}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a basket, in cents."""

    amount: int
    discount: int = 0
    pieces: int = 1
    coffee: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A purchase, a review or a return as it is told."""

    kind: str
    key: str
    who: str
    at: datetime
    lines: tuple[Line, ...] = ()
    paid_in_points: int = 0
    order: str = ""  # of a return


@dataclass(slots=True)
class Lot:
    """The points of one award."""

    number: int
    unit: str
    origin: str
    left: int
    earned: datetime
    starts: datetime
    ends: datetime | None
    lapsed: int = 0  # what the night booked away

    def dead(self, at: datetime) -> bool:
        return self.ends is not None and self.ends <= at

    def alive(self, at: datetime) -> bool:
        return self.left > 0 and self.starts <= at and not self.dead(at)

    def waits(self, at: datetime) -> bool:
        return self.left > 0 and at < self.starts and not self.dead(at)


@dataclass(slots=True)
class Member:
    """A member's points and memory."""

    lots: list[Lot] = field(default_factory=list)
    debt: dict[str, int] = field(default_factory=lambda: {"points": 0, "stamps": 0})
    purchases: int = 0
    base_on_day: dict[date, int] = field(default_factory=dict)
    steps_in_month: dict[tuple[int, int], int] = field(default_factory=dict)
    statement: list[tuple[str, str, int]] = field(default_factory=list)

    def order(self, unit: str) -> list[Lot]:
        """First expiring, first earned, first made."""
        mine = [lot for lot in self.lots if lot.unit == unit]
        return sorted(mine, key=lambda lot: (lot.ends or FOR_EVER, lot.earned, lot.number))

    def draw(self, lots: Iterable[Lot], points: int) -> int:
        """Take up to so many points; answers how many it was."""
        drawn = 0
        for lot in lots:
            part = min(lot.left, points - drawn)
            lot.left -= part
            drawn += part
        return drawn


@dataclass(slots=True)
class Oracle:
    """The whole programme by the book. `now` never goes back."""

    terms: Terms
    now: datetime
    members: dict[str, Member] = field(default_factory=dict)
    told: dict[tuple[str, str], tuple[Fact, Answer]] = field(default_factory=dict)
    parked: list[Fact] = field(default_factory=list)
    returned: set[str] = field(default_factory=set)
    spent: int = 0
    made: int = 0

    # --- the calendar ---

    def day(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.terms.zone)).date()

    def last_day(self, unit: str, anchor: date) -> date | None:
        """The last day on which points of the unit can be spent."""
        if unit == "stamps":
            return anchor + timedelta(days=self.terms.stamps_days)
        if not self.terms.days and not self.terms.months:
            return None
        day = _months_later(anchor, self.terms.months) + timedelta(days=self.terms.days)
        if self.terms.month_end:
            day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        return day

    def end(self, unit: str, at: datetime, *, days: int | None = None) -> datetime | None:
        """The end of life of points earned at an instant and written down now; late ones get their grace."""

        def last(anchor: date) -> date | None:
            return anchor + timedelta(days=days) if days is not None else self.last_day(unit, anchor)

        own, today = last(self.day(at)), self.day(self.now)
        if own is None:
            return None
        written = last(today)
        assert written is not None
        if today > self.day(at):
            own = max(own, min(today + timedelta(days=30), written))
        return first_instant(own + timedelta(days=1), self.terms.zone)

    # --- time ---

    def advance(self, now: datetime) -> None:
        """Let time pass: whatever becomes available repays debt at that instant."""
        assert now >= self.now
        for member in self.members.values():
            instants = sorted({lot.starts for lot in member.lots if self.now < lot.starts <= now})
            for instant in instants:
                for unit in ("points", "stamps"):
                    self._repay(member, unit, instant)
        self.now = now

    def _repay(self, member: Member, unit: str, at: datetime) -> int:
        paid = member.draw([lot for lot in member.order(unit) if lot.alive(at)], member.debt[unit])
        member.debt[unit] -= paid
        if paid:
            member.statement.append((unit, "repay", -paid))
        return paid

    def night(self) -> dict[str, int]:
        """Book away what has expired."""
        booked: dict[str, int] = {}
        for member in self.members.values():
            for unit in ("points", "stamps"):
                points = self._bury(member, unit)
                if points:
                    booked[unit] = booked.get(unit, 0) + points
        return booked

    def _bury(self, member: Member, unit: str) -> int:
        dead = [lot for lot in member.order(unit) if lot.left and lot.dead(self.now)]
        for end in sorted({lot.ends for lot in dead if lot.ends}):
            member.statement.append((unit, "expire", -sum(lot.left for lot in dead if lot.ends == end)))
        total = sum(lot.left for lot in dead)
        for lot in dead:
            lot.lapsed, lot.left = lot.lapsed + lot.left, 0
        return total

    # --- facts ---

    def tell(self, fact: Fact) -> Answer:
        """What the law answers to a fact."""
        known = self.told.get((fact.kind, fact.key))
        if known is not None:
            return ("known", *known[1])
        if fact.who not in self.members:
            return ("refused", "member_unknown")
        if fact.kind != "return":
            answer = self._earn(fact, self.members[fact.who])
        elif ("purchase", fact.order) not in self.told:
            self.parked.append(fact)
            answer = ("parked", "purchase_missing")
        else:
            if self.told["purchase", fact.order][0].who != fact.who:
                return ("refused", "return_of_another")
            if fact.order in self.returned:
                return ("refused", "already_returned")
            answer = self._give_back(fact)
        self.told[fact.kind, fact.key] = (fact, answer)
        return answer

    def _earn(self, fact: Fact, member: Member) -> Answer:
        groups = self._review(fact) if fact.kind == "review" else self._purchase(fact, member)
        awarded: dict[str, int] = {}
        for unit, points, starts, end in groups:
            awarded[unit] = awarded.get(unit, 0) + points
            self._credit(member, unit, "earn", points, fact.kind + fact.key, fact.at, starts, end)
            if unit == "stamps":
                self._slide(member, self.end("stamps", fact.at))
        repaid = {unit: paid for unit in ("points", "stamps") if (paid := self._repay(member, unit, self.now))}
        answer: Answer = ("earned", _sorted(awarded), _sorted(repaid))
        self.told[fact.kind, fact.key] = (fact, answer)
        if fact.kind == "purchase":
            for waiting in [one for one in self.parked if one.order == fact.key and one.who == fact.who]:
                if fact.key not in self.returned:
                    self.parked.remove(waiting)
                    self.told["return", waiting.key] = (waiting, self._give_back(waiting))
        return answer

    def _credit(
        self, member: Member, unit: str, kind: str, points: int, origin: str, earned: datetime, starts: datetime,
        end: datetime | None,
    ) -> None:  # fmt: skip
        self.made += 1
        member.lots.append(Lot(self.made, unit, origin, points, earned, starts, end))
        member.statement.append((unit, kind, points))

    def _slide(self, member: Member, end: datetime | None) -> None:
        for lot in member.lots:
            if lot.unit == "stamps" and lot.left and end and lot.ends and self.now < lot.ends < end:
                lot.ends = end

    def _starts(self, at: datetime, days: int) -> datetime:
        return first_instant(self.day(at) + timedelta(days=days), self.terms.zone) if days else at

    def _review(self, fact: Fact) -> list[tuple[str, int, datetime, datetime | None]]:
        points = min(20, BUDGET - self.spent)
        self.spent += points
        return [("points", points, self._starts(fact.at, 12), self.end("points", fact.at))] if points else []

    def _purchase(self, fact: Fact, member: Member) -> list[tuple[str, int, datetime, datetime | None]]:
        net = sum(line.amount - line.discount for line in fact.lines)
        counts = Fraction(net - fact.paid_in_points, net) if net else Fraction(0)
        coffee = sum(line.amount - line.discount for line in fact.lines if line.coffee) * counts
        day = self.day(fact.at)
        exact = [net * counts * Fraction(3, 200), coffee * Fraction(3, 400), Fraction(0), Fraction(0)]
        exact[0] = min(exact[0], Fraction(BASE_PER_DAY - member.base_on_day.get(day, 0)))
        exact[2] = Fraction(25 if member.purchases == 0 else 0)
        if member.steps_in_month.get((day.year, day.month), 0) < 2:
            exact[3] = Fraction(10 if net * counts >= 6000 else 4 if net * counts >= 3000 else 0)
        parts = _largest_remainders(exact)
        member.purchases += 1
        member.base_on_day[day] = member.base_on_day.get(day, 0) + parts[0]
        if exact[3]:
            member.steps_in_month[day.year, day.month] = member.steps_in_month.get((day.year, day.month), 0) + 1
        starts = self._starts(fact.at, self.terms.vesting_days)
        lives: dict[int | None, int] = {}  # what dies together is one lot, in the order in which it was first given
        for share, part, days in zip(exact, parts, (None, 20, 10, None), strict=True):
            if share:
                lives[days] = lives.get(days, 0) + part
        # A line given away does not count, nor do its pieces.
        pieces = sum(line.pieces for line in fact.lines if line.coffee and line.amount > line.discount)
        stamps = ("stamps", pieces, fact.at, self.end("stamps", fact.at))
        given = [("points", points, starts, self.end("points", fact.at, days=days)) for days, points in lives.items()]
        return [life for life in (*given, stamps) if life[1]]

    # --- returns ---

    def _give_back(self, fact: Fact) -> Answer:
        self.returned.add(fact.order)
        purchase = self.told["purchase", fact.order]
        asked = dict(purchase[1][1])  # type: ignore[call-overload]
        taken = [self._claw_back(self.members[fact.who], unit, points, "purchase" + fact.order) for unit, points
                 in asked.items()]  # fmt: skip
        return ("taken", *sorted(taken))

    def _claw_back(self, member: Member, unit: str, asked: int, origin: str) -> Answer:
        own = [lot for lot in member.order(unit) if lot.origin == origin]
        gone = sum(lot.lapsed + (lot.left if lot.dead(self.now) else 0) for lot in own)
        from_own = member.draw([lot for lot in own if lot.waits(self.now)], asked)
        others = debt = 0
        if self.terms.returns != "only_pending":
            from_own += member.draw([lot for lot in own if lot.alive(self.now)], asked - from_own)
        lapsed = min(asked - from_own, gone)
        if self.terms.returns != "only_pending":
            rest = [lot for lot in member.order(unit) if lot.origin != origin and lot.alive(self.now)]
            others = member.draw(rest, asked - lapsed - from_own)
        missing = asked - lapsed - from_own - others
        if self.terms.returns == "debt":
            most = self.terms.debt_max if unit == "points" else None
            debt = missing if most is None else min(missing, most - member.debt[unit])
        if debt:
            self._bury(member, unit)
            member.debt[unit] += debt
            member.statement.append((unit, "lend", debt))
        if from_own + others + debt:
            member.statement.append((unit, "claw_back", -(from_own + others + debt)))
        return (unit, asked, from_own, others, lapsed, debt, missing - debt)

    # --- burns and adjustments ---

    def burn(self, who: str, unit: str, points: int, *, kind: str = "burn") -> Answer:
        member = self.members[who]
        alive = [lot for lot in member.order(unit) if lot.alive(self.now)]
        if sum(lot.left for lot in alive) < points:
            return ("refused", "insufficient_points")
        member.draw(alive, points)
        member.statement.append((unit, kind, -points))
        if kind == "burn" and unit == "stamps":
            self._slide(member, self.end("stamps", self.now))
        return ("spent", points)

    def adjust(self, who: str, unit: str, points: int) -> Answer:
        if points < 0:
            return self.burn(who, unit, -points, kind="adjust_down")
        member = self.members[who]
        self._credit(member, unit, "adjust_up", points, "hand", self.now, self.now, self.end(unit, self.now))
        repaid = {unit: paid for unit in ("points", "stamps") if (paid := self._repay(member, unit, self.now))}
        return ("earned", ((unit, points),), _sorted(repaid))

    # --- questions ---

    def amounts(self, who: str, unit: str) -> tuple[int, int, int, int]:
        """Available, pending, debt, expired but not booked."""
        member = self.members[who]
        lots = [lot for lot in member.lots if lot.unit == unit]
        return (
            sum(lot.left for lot in lots if lot.alive(self.now)),
            sum(lot.left for lot in lots if lot.waits(self.now)),
            member.debt[unit],
            sum(lot.left for lot in lots if lot.dead(self.now)),
        )

    def instants(self) -> list[datetime]:
        """When time will change something next, for each lot."""
        ends = [lot.ends for member in self.members.values() for lot in member.lots if lot.left and lot.ends]
        starts = [lot.starts for member in self.members.values() for lot in member.lots if lot.left]
        return sorted(instant for instant in (*starts, *ends) if instant > self.now)


def _sorted(points: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(points.items()))


def _largest_remainders(exact: list[Fraction]) -> list[int]:
    """Whole parts of the floored sum: each its floor, what is left over to the largest remainders, first come first."""
    parts = [int(one) for one in exact]
    left = int(sum(exact)) - sum(parts)
    for place in sorted(range(len(exact)), key=lambda place: (parts[place] - exact[place], place))[:left]:
        parts[place] += 1
    return parts


def _months_later(day: date, months: int) -> date:
    """Month by month on a paper calendar; a missing day becomes the last one."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@cache
def first_instant(day: date, zone_key: str) -> datetime:
    """The first instant of a local day, found by trying minute after minute until one exists."""
    zone = ZoneInfo(zone_key)
    local = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a wall clock
    while True:
        instant = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if instant.astimezone(zone).replace(tzinfo=None) == local:
            return instant
        local += timedelta(minutes=1)
