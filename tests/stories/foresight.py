"""The pure world looks ahead: what ends when, who is reminded day by day, and how many end in which month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from guerdon.core.ledger import Lot
from guerdon.core.programme import Programme


def endings(lots: Iterable[Lot], zone: ZoneInfo, now: datetime) -> list[tuple[int, date]]:
    """The free points that end after now, by their last local day."""
    sums: dict[date, int] = {}
    for lot in lots:
        if lot.expires_at is not None and lot.free and not lot.lapsed(now):
            last = (lot.expires_at - timedelta(seconds=1)).astimezone(zone).date()
            sums[last] = sums.get(last, 0) + lot.free
    return [(points, day) for day, points in sorted(sums.items())]


@dataclass(slots=True)
class Foresight:
    """What nights saw coming."""

    looked: date | None = None
    told: list[tuple[datetime, str, int, str, date, int]] = field(default_factory=list)
    months: dict[str, dict[str, int]] = field(default_factory=dict)

    def look(self, programme: Programme, held: Mapping[str, Mapping[str, Mapping[str, Lot]]], now: datetime) -> None:
        """A night looks at what each member has in each unit: every day since the last look is gone through."""
        today = now.astimezone(programme.zone).date()
        days = [today]
        while self.looked is not None and days[0] > self.looked:
            days.insert(0, days[0] - timedelta(days=1))
        passed = {day for day in days if self.looked is None or day > self.looked}
        self.months = {}
        for who, unit in ((who, unit) for who, units in held.items() for unit in units):
            for points, last in endings(held[who][unit].values(), programme.zone, now):
                sums = self.months.setdefault(unit, {})
                sums[f"{last:%Y-%m}"] = sums.get(f"{last:%Y-%m}", 0) + points
                due = [one for one in programme.remind_days if last - timedelta(days=one) in passed]
                if due and programme.units[unit].kind != "qualifying":
                    self.told.append((now, who, points, unit, last, min(due)))
        self.looked = today

    def reminders(self, who: str, now: datetime) -> list[tuple[int, str, date, int]]:
        """What a member was told at the instant: points, unit, last day, the programme's day."""
        return sorted((one[2:] for one in self.told if one[:2] == (now, who)), key=lambda one: (one[2], one[1]))

    def ending(self, unit: str) -> list[tuple[int, str]]:
        """What ends in which month, as of the last look."""
        return [(points, month) for month, points in sorted(self.months.get(unit, {}).items())]
