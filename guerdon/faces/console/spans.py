"""Which days a page of figures looks at: a preset or days of one's own, of which store, compared with what."""

from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

import msgspec

from guerdon.core import kpis, limits, period
from guerdon.core.errors import Refusal
from guerdon.core.kpis import Compare, Granularity, Span
from guerdon.faces import posted
from guerdon.faces.api.figures import Days, DaysBehind
from guerdon.faces.design.shapes import Choice
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit

PRESETS: Final = ("7", "30", "90", "month", "year", "own")
COMPARED: Final[dict[str, Compare | None]] = {
    "previous_period": "previous_period", "previous_year": "previous_year", "none": None,
}  # fmt: skip
_DEFAULT: Final = "30"
# Up to so many days there is a figure for each of them, or for each of their weeks.
_BY_DAY: Final = 45
_BY_WEEK: Final = 190


class Filter(msgspec.Struct, frozen=True):
    """What was asked for: `last` is the last day of one's own, with the days before it back to `since`."""

    days: str
    since: str
    last: str
    compare: str
    store: str

    @property
    def query(self) -> str:
        """The same, as an address carries it on."""
        own = {"from": self.since, "until": self.last} if self.days == "own" else {}
        told = {"days": self.days, **own, "compare": self.compare, "store": self.store}
        return urlencode({name: value for name, value in told.items() if value})


def told(visit: Visit) -> Filter:
    """What the address says; where it says nothing that is known it is the last thirty days, and those before."""
    get = visit.request.GET
    days, compare = get.get("days", ""), get.get("compare", "")
    usual = Span(_today(visit) - timedelta(days=int(_DEFAULT)), _today(visit))
    since, last = (get.get(name, "")[:40] or told for name, told in (("from", usual.since), ("until", usual.last)))
    return Filter(
        days if days in PRESETS else _DEFAULT, str(since), str(last),
        compare if compare in COMPARED else "previous_period", get.get("store", "")[: limits.KEY_CHARS_MAX],
    )  # fmt: skip


def span(visit: Visit, asked: Filter) -> Span:
    """The days that are meant; presets end with the last day that is over. Raises `figures_period_invalid`."""
    today = _today(visit)
    if asked.days == "own":
        found = _own(asked)
    elif asked.days in ("month", "year"):
        since = today.replace(day=1) if asked.days == "month" else today.replace(month=1, day=1)
        found = Span(since, max(today, since + timedelta(days=1)))
    else:
        found = Span(today - timedelta(days=int(asked.days)), today)
    kpis.check(found)
    return found


def _today(visit: Visit) -> date:
    return period.local_day(visit.now, visit.zone)


def _own(asked: Filter) -> Span:
    try:
        return Span(date.fromisoformat(asked.since), date.fromisoformat(asked.last) + timedelta(days=1))
    except (ValueError, OverflowError) as error:
        most = limits.FIGURES_DAYS_MAX
        raise kpis.FIGURES_PERIOD_INVALID(since=asked.since, until=asked.last, most=most) from error


def fault(visit: Visit, refusal: Refusal) -> str:
    """What is wrong with the days, as people count them: with the last one in."""
    if refusal.code == kpis.FIGURES_PERIOD_INVALID.code:
        return visit.say("console_home.fault_days", most=limits.FIGURES_DAYS_MAX)
    return posted.fault(refusal)


def days(asked: Filter, found: Span) -> Days:
    """The question that the API answers."""
    return Days(found.since, found.until, asked.store, COMPARED[asked.compare], granularity(found))


def behind(asked: Filter, found: Span, *, cursor: str | None, most: int) -> DaysBehind:
    """The question for the list behind a number."""
    return DaysBehind(limit=most, cursor=cursor, since=found.since, until=found.until, store=asked.store)


def granularity(found: Span) -> Granularity:
    """In what parts so many days can be read on a chart."""
    if found.days <= _BY_DAY:
        return "day"
    return "week" if found.days <= _BY_WEEK else "month"


def choices(visit: Visit, asked: Filter, stores: tuple[str, ...]) -> dict[str, tuple[Choice, ...]]:
    """What can be picked: days, what to compare with, stores; one that was asked for is always there."""
    known = stores if not asked.store or asked.store in stores else (*stores, asked.store)
    everywhere = Choice("", visit.say("console_home.stores_all"))
    # On its first day a month or a year has nothing but that day; on all others it goes to the last day that is over.
    today = _today(visit)
    whole = {"month": today.day == 1, "year": (today.month, today.day) == (1, 1)}
    words = {one: one if whole.get(one, True) else f"{one}_so_far" for one in PRESETS}
    return {
        "presets": tuple([Choice(one, visit.say(f"console_home.days_{words[one]}")) for one in PRESETS]),
        "compares": tuple([Choice(one, visit.say(f"console_home.compare_{one}")) for one in COMPARED]),
        "stores": (everywhere, *[Choice(one, Pen(visit).word("store", one)) for one in known]),
    }
