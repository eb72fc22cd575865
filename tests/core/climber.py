"""A member on a ladder of tiers, told day by day as the engine tells it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from guerdon.core import period
from guerdon.core.ladders import Basis, Ladder, Level
from guerdon.core.tiers import ERA, Rank

SOFIA = ZoneInfo("Europe/Sofia")
JOINED = date(2024, 3, 10)
NAME = {"en": "x"}
LEVELS = (
    Level("silver", NAME, 100),
    Level("gold", NAME, 300),
    Level("black", NAME, None, True),
    Level("top", NAME, 900),
)
WINDOWS = ("calendar_year", "membership_year", "rolling", "lifetime")


def ladder(**facts):
    return Ladder("status", NAME, Basis(spend=True), LEVELS, **{"window": "calendar_year", **facts})


def rank(of=None, **facts):
    return Rank(of or ladder(**facts), zone=SOFIA, joined=JOINED, steps=(), days={})


def noon(day):
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=9)


def spend(one, text, amount):
    """A fact of the day, as the engine tells it: what was due first, then the basis, then the rise."""
    day = date.fromisoformat(text) if isinstance(text, str) else text
    one.advance(noon(day))
    key = ERA if one.ladder.window == "lifetime" else day
    one.days[key] = one.days.get(key, 0) + amount
    return one.climb(noon(day))


def give_back(one, text, amount, of):
    """A return on one day of what was bought on another."""
    day, bought = date.fromisoformat(text), date.fromisoformat(of)
    one.advance(noon(day))
    before = one.upheld(noon(day))
    key = ERA if one.ladder.window == "lifetime" else bought
    one.days[key] -= amount
    return one.fall(noon(day), before=before)


def levels(one):
    return [(step.level, str(period.local_day(step.since, SOFIA)), step.cause) for step in one.steps]
