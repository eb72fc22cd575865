"""The first page of the console: what needs somebody, the numbers of some days, and how they went."""

from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guerdon.core import kpis
from guerdon.core.errors import Refusal
from guerdon.core.kpis import Span
from guerdon.faces.api import figures as api
from guerdon.faces.api.figures import Days, FiguresView, FigureView
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, numbers, spans, tasks
from guerdon.faces.console.numbers import Tile
from guerdon.faces.console.spans import Filter
from guerdon.faces.design.shapes import Point, Series
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit

# The tiles in their order; what they are worth stands with the points outstanding, members of tiers in a list.
_TILES: Final = (
    "active_members", "new_members", "purchases", "revenue", "average_order_value", "purchase_frequency",
    "points_issued", "points_redeemed", "points_expired", "redemption_rate", "points_outstanding", "expiring_soon",
    "open_redemptions",
)  # fmt: skip


class Chart(msgspec.Struct, frozen=True):
    """A chart as its component takes it."""

    title: str
    drawing: str
    series: tuple[Series, ...]
    points: tuple[Point, ...]


def home(visit: Visit) -> HttpResponse:
    """What needs somebody, and the numbers of the days that are asked for."""
    asked = spans.told(visit)
    context: dict[str, Any] = {"asked": asked, "tasks": tasks.of(visit), "works": tasks.may(visit)}
    try:
        span = spans.span(visit, asked)
        found = ask(visit, api.read, query=spans.days(asked, span))
    except Refusal as refusal:
        fault = spans.fault(visit, refusal)
        context |= {"fault": fault, **spans.choices(visit, asked, ())}
        return frame.page(visit, "console/home.html", context, area="console.home", status=422)
    context |= {
        **spans.choices(visit, asked, found.stores),
        "about": _about(visit, found),
        "counted": found.counted_until is not None or found.counted_seq > 0,
        "tiles": _tiles(visit, asked, found),
        "tiers": _tiers(visit, asked, found),
        "charts": _charts(visit, asked, span, found),
        "csv": f"{visit.to('console.figures_csv')}?{asked.query}",
    }
    return frame.page(visit, "console/home.html", context, area="console.home")


def _about(visit: Visit, found: FiguresView) -> str:
    """From when to when, and up to when they are counted."""
    pen, span = Pen(visit), Span(found.since, found.until)
    told = visit.say("console_home.days", since=pen.day(span.since), last=pen.day(span.last))
    if found.compared_since is not None and found.compared_until is not None:
        other = Span(found.compared_since, found.compared_until)
        facts = {"since": pen.day(other.since), "last": pen.day(other.last)}
        told += " · " + visit.say("console_home.against", **facts)
    return told


def _tiles(visit: Visit, asked: Filter, found: FiguresView) -> tuple[Tile, ...]:
    pen, named = Pen(visit), numbers.by_name(found.figures)
    tiles = []
    for key in _TILES:
        ones = [one for one in found.figures if one.kpi == key]
        if not ones:  # no store has it
            continue
        worth, told = named.get(("outstanding_worth", ones[0].of)), ""
        if worth is not None and key == "points_outstanding":
            told = visit.say("console_home.worth", money=numbers.text(pen, worth, worth.value))
        if key in kpis.WINDOWED and Span(found.since, found.until).days > kpis.WINDOW:
            told = visit.say("console_home.of_window", days=kpis.WINDOW)
        if key == "expiring_soon" and found.until <= pen.today:
            told = visit.say("console_home.of_now")
        tiles.append(numbers.tile(visit, ones, address=_list(visit, asked, key), worth=told))
    return tuple(tiles)


def _list(visit: Visit, asked: Filter, kpi: str) -> str:
    return f"{visit.to('console.figure', kpi)}?{asked.query}"


class Rank(msgspec.Struct, frozen=True):
    """How many members have a tier, of all that have one in hundredths."""

    name: str
    members: str
    share: int


def _tiers(visit: Visit, asked: Filter, found: FiguresView) -> dict[str, Any]:
    pen = Pen(visit)
    ones = [one for one in found.figures if one.kpi == "tier_members" and one.value is not None]
    most = max([one.value or 0 for one in ones], default=0) or 1
    ranks = [Rank(tier(pen, one.of), pen.number(one.value or 0), 100 * (one.value or 0) // most) for one in ones]
    about = ones[0].definition if ones else ""
    return {"ranks": ranks, "about": about, "address": _list(visit, asked, "tier_members")}


def tier(pen: Pen, of: str) -> str:
    """A tier by its ladder and its key, as people call it."""
    ladder, _, key = of.partition("/")
    for one in pen.programme.tiers:
        for level in one.levels:
            if (one.key, level.key) == (ladder, key):
                return pen.tongue.named(level.name)
    return of


def _charts(visit: Visit, asked: Filter, span: Span, found: FiguresView) -> tuple[Chart, ...]:
    """Points that came and went, purchases, and active members; the latter two with the days compared."""
    pen, by = Pen(visit), spans.granularity(span)
    now, other = numbers.by_name(found.figures), {}
    if found.compared_since is not None:
        query = Days(found.compared_since, found.compared_until, asked.store, None, by)
        other = numbers.by_name(ask(visit, api.read, query=query).figures)
    before = visit.say(f"console_home.compare_{asked.compare}")
    charts = []
    for unit in [of for kpi, of in now if kpi == "points_issued"][:1]:
        lines = [now["points_issued", unit], now["points_redeemed", unit]]
        drawn = numbers.chart(pen, lines, [None, None], before=before, by=by)
        charts.append(Chart(visit.say("console_home.chart_points"), "line", *drawn))
    for kpi, drawing in (("purchases", "bars"), ("active_members", "line")):
        line: FigureView | None = now.get((kpi, ""))
        if line is not None:
            drawn = numbers.chart(pen, [line], [other.get((kpi, ""))], before=before, by=by)
            charts.append(Chart(line.name, drawing, *drawn))
    return tuple(charts)


PAGES: Final[tuple[Page, ...]] = (Page("console/<slug:programme>/", "figures:read", home, "console.home"),)
