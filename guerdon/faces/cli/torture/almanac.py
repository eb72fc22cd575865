"""The almanac of a torture of clocks: edges of the calendar, and what its rules give, reckoned by hand.

It shares nothing with the house: days are found on the wall of the town, minute by minute, as the oracle finds them.
"""

import calendar
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from guerdon.faces.cli.torture import deeds
from guerdon.insight.oracle import days

ZONE: Final = deeds.TERMS.zone
NIGHT: Final = time(3)
OWLS: Final = (time(22), time(4))  # on the wall, from the one until the other
VISITS_OF_SILVER: Final = 2
LATE_SECONDS_MAX: Final = 60  # after the instant it is told for, a probe is answered


def edges(today: date) -> dict[str, date]:
    """Local days of a leap year to come at whose beginning, or in whose night, something is out of the ordinary."""
    year = today.year + 1
    while not calendar.isleap(year):
        year += 1
    changes = [
        date(year, month, day)
        for month in (3, 10)
        for day in range(1, 32)
        if _begins(date(year, month, day) + timedelta(days=1)) - _begins(date(year, month, day)) != timedelta(days=1)
    ]
    found = {"leap day": date(year, 2, 29), "new year": date(year + 1, 1, 1)}
    found |= {"an hour that is missing": changes[0], "an hour that comes twice": changes[1]}
    return dict(sorted(found.items(), key=lambda one: one[1]))


def wall(day: date, at: time = time()) -> datetime:
    """The first instant at which the wall shows a time on a day; where it never does, the first one after the gap."""
    return days.first_from(datetime.combine(day, at), ZONE)


def night_of(at: datetime) -> date:
    """The latest local day whose night has come."""
    day = days.local_day(at, ZONE)
    return day if wall(day, NIGHT) <= at else day - timedelta(days=1)


def programme(found: dict[str, date]) -> str:
    """The programme of the oracle, and rules about times, each of which counts in a unit of its own."""
    whole: dict[str, Any] = json.loads(deeds.programme())
    leap, new_year = found["leap day"], found["new year"]
    counted: dict[str, dict[str, Any]] = {
        "owls": {"if": [{"hour": {"from": f"{OWLS[0]:%H:%M}", "until": f"{OWLS[1]:%H:%M}"}}]},
        "leaps": {"if": [{"dates": {"from": f"{leap}", "until": f"{leap + timedelta(days=1)}"}}]},
        "firsts": {"caps": {"day": 1}},
        "news": {"from": f"{new_year}"},
        "olds": {"until": f"{new_year}"},
        "briefs": {"expires": {"rolling": {"days": 1}}},
        "lates": {"vesting": {"days": 1}},
    }
    for unit, more in counted.items():
        whole["units"][unit] = {"kind": "redeemable", "name": {"en": unit}, "expires": "never"}
        then = [{"fixed": {"unit": unit, "give": 1}}]
        whole["rules"][unit] = {"name": {"en": unit}, "when": "visit", "then": then, **more}
    whole["tiers"] = {
        "ladder": {
            "name": {"en": "Ladder"}, "basis": {"visits": ["visit"]}, "window": "calendar_year",
            "levels": {"silver": {"name": {"en": "Silver"}, "from": VISITS_OF_SILVER}},
        }
    }  # fmt: skip
    return json.dumps(whole)


def _begins(day: date) -> datetime:
    return days.first_instant(day, ZONE)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that was told: when it happened, and when the house wrote it down."""

    at: datetime
    recorded: datetime


class Reckoning:
    """What one member's visits come to, in the order in which they were told."""

    def __init__(self, found: dict[str, date]) -> None:
        self.found = found
        self.visits: list[Visit] = []

    def gives(self, at: datetime) -> dict[str, int]:
        """What the next visit gives, unit by unit."""
        on_wall, day = at.astimezone(ZoneInfo(ZONE)).time(), days.local_day(at, ZONE)
        given = {
            "owls": on_wall >= OWLS[0] or on_wall < OWLS[1],
            "leaps": day == self.found["leap day"],
            "firsts": day not in {days.local_day(visit.at, ZONE) for visit in self.visits},
            "news": day >= self.found["new year"],
            "olds": day < self.found["new year"],
            "briefs": True,
            "lates": True,
        }
        return {unit: 1 for unit, is_given in given.items() if is_given}

    def briefs(self, now: datetime) -> int:
        """How many points are alive that live until the end of the day after that on which they were written down."""
        return sum(now < _begins(days.local_day(visit.recorded, ZONE) + timedelta(days=2)) for visit in self.visits)

    def lates(self, now: datetime) -> tuple[int, int]:
        """How many of those that wait for the next day are there, and how many still wait."""
        come = sum(_begins(days.local_day(visit.at, ZONE) + timedelta(days=1)) <= now for visit in self.visits)
        return come, len(self.visits) - come


def probes(day: date) -> Sequence[datetime]:
    """Instants around the beginning of a day, in its night, and around its end."""
    begins, ends, second = _begins(day), _begins(day + timedelta(days=1)), timedelta(seconds=1)
    hours = [begins + timedelta(minutes=minutes) for minutes in (150, 179, 180, 210, 240, 270)]
    owl = wall(day, OWLS[1])
    return sorted({begins - second, begins, *hours, owl - second, owl, ends - second, ends})
