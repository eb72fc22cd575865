"""Is it worth it? What campaigns bring beside what they cost, by members who are held out of them."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guerdon.core import money
from guerdon.core.cost_book import Told
from guerdon.core.errors import Refusal
from guerdon.core.kpis import Span
from guerdon.faces import verdicts
from guerdon.faces.api import roi as api
from guerdon.faces.api.calls import Spreadsheet
from guerdon.faces.console import frame, insight
from guerdon.faces.design.shapes import Cell, Choice, Column, Fact, Link, Measure, Point, Row, Series, Sign
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.programmes import queries as programmes
from guerdon.insight import costs, schedule
from guerdon.insight.exports.files import Month
from guerdon.insight.kpis import kept
from guerdon.insight.roi import kept as measures
from guerdon.insight.roi import told
from guerdon.insight.roi.kept import Wanted
from guerdon.insight.roi.means import Estimate
from guerdon.insight.roi.told import Amount, Worth

AREA: Final = "console.worth"
ALL: Final = "all"
KINDS: Final[dict[str, Sign]] = {"pays": "good", "more": "good", "costs": "bad", "less": "bad", "refused": "bad"}
_MONEY_CHARS_MAX: Final = 40


class Tile(msgspec.Struct, frozen=True):
    """A number with what stands under it."""

    label: str
    value: str
    note: str


class Table(msgspec.Struct, frozen=True):
    """A table as its component takes it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Drawn(msgspec.Struct, frozen=True):
    """A chart as its component takes it."""

    series: tuple[Series, ...]
    points: tuple[Point, ...]


def read(visit: Visit) -> HttpResponse:
    """The measure of the months that are picked; where nobody has made it yet it is put into the queue."""
    context: dict[str, Any] = {"crumbs": (Link(visit.say("insight.title"), visit.to("console.insight")),)}
    found = insight.months(visit, context)
    if not found:
        return frame.page(visit, "console/worth.html", context, area=AREA)
    days, cost = _days(visit), visit.request.GET.get("cost", "")[:_MONEY_CHARS_MAX].strip()
    wanted = Wanted(_span(found, days))
    choices = [Choice(ALL, visit.say("roi.days_all")), *[Choice(one, visit.say(f"insight.days_{one}"))
                                                         for one in kept.PRESETS]]  # fmt: skip
    context |= {"days": days, "choices": choices, "cost": cost, "here": f"{visit.to(AREA)}?days={days}&cost={cost}"}
    try:
        paid = money.parse(cost, currency=visit.programme.currency) if cost else None
        if paid is not None and paid < 0:
            paid, context["fault"] = None, visit.say("roi.cost_wrong")
    except Refusal:
        paid, context["fault"] = None, visit.say("roi.cost_wrong")
    known = measures.find(insight.folder(visit), wanted)
    if known is None:
        schedule.want_roi(visit.programme_id, wanted)
        context["waiting"] = 1
    elif known.worth is None:
        context["unsaid"] = visit.say(f"roi.{known.why}")
    else:
        worth = told.priced(known.worth, margin=known.worth.margin, cost=paid, told=_booked(visit, known.worth))
        context |= {"csv": f"{visit.to('console.worth_csv')}?days={days}", **_told(visit, worth)}
    return frame.page(visit, "console/worth.html", context, area=AREA)


def _booked(visit: Visit, found: Worth) -> tuple[Told, ...]:
    """What people told in the cost book that campaigns cost, to who may read it."""
    if not visit.may("costs:read"):
        return ()
    book = programmes.latest(visit.store, visit.programme_id)
    return costs.of_campaigns(visit.store, visit.programme_id, book, found.span, found.currency)


def _days(visit: Visit) -> str:
    asked = visit.request.GET.get("days", "")
    return asked if asked in kept.PRESETS else ALL


def _span(found: Sequence[Month], days: str) -> Span | None:
    return None if days == ALL else kept.preset(found[-1].manifest.closing.month, days)


def file(visit: Visit) -> HttpResponse:
    """What members of both groups spent, month by month."""
    found = insight.months(visit, {})
    known = measures.find(insight.folder(visit), Wanted(_span(found, _days(visit)))) if found else None
    if known is None or known.worth is None:
        return visit.on(visit.to(AREA))
    return frame.table(Spreadsheet(api.csv_of(known.worth.course, known.worth.currency), "roi.csv"))


def _told(visit: Visit, found: Worth) -> dict[str, Any]:
    pen = Pen(visit)
    return {
        "verdict": verdicts.of(found, visit.language), "kind": KINDS.get(found.verdict, "warn"),
        "span": visit.say("roi.days", since=pen.day(found.span.since), last=pen.day(found.span.last)),
        "tiles": _tiles(visit, pen, found), "groups_well": not found.balance.alarm,
        "facts": _facts(visit, pen, found), "ways": _ways(visit, pen, found), "notes": _notes(visit, pen, found),
        "costs": _costs(visit, pen, found), "booked": _told_costs(visit, pen, found),
        "course": course(visit, pen, found.course, found.currency, ("with", "held_out")),
    }  # fmt: skip


def ends(visit: Visit, low: str, high: str) -> str:
    """Between which two numbers one lies."""
    return visit.say("roi.ends", low=low, high=high)


def _tiles(visit: Visit, pen: Pen, found: Worth) -> tuple[Tile, ...]:
    def tile(name: str, of: Amount | None, note: str = "") -> list[Tile]:
        if of is None:
            return []
        told = [pen.money(one, found.currency) for one in (of.value, of.low, of.high)]
        between = ends(visit, told[1], told[2])
        return [Tile(visit.say(f"roi.{name}"), told[0], f"{between}, {note}" if note else between)]

    margin = "" if found.margin is None else visit.say("roi.margin", margin=pen.tongue.percent(found.margin))
    tiles = [*tile("spend", found.spend), *tile("total", found.total), *tile("gain", found.gain, margin)]
    if found.cost is not None:
        tiles.append(Tile(visit.say("roi.cost"), pen.money(found.cost, found.currency), ""))
    if found.returns is not None:
        value, low, high = (signed(pen, one) for one in (found.returns.value, found.returns.low, found.returns.high))
        tiles.append(Tile(visit.say("roi.returns"), value, ends(visit, low, high)))
    return tuple(tiles)


def signed(pen: Pen, hundredths: int) -> str:
    """Hundredths of a percent with their sign."""
    return f"−{pen.tongue.percent(-hundredths)}" if hundredths < 0 else pen.tongue.percent(hundredths)


def _facts(visit: Visit, pen: Pen, found: Worth) -> tuple[Fact, ...]:
    sides = found.balance
    rows = [
        ("began", pen.day(found.began)), ("with", pen.number(found.members)), ("held_out", pen.number(found.held_out)),
        ("expected", pen.number(round(sides.expected))), ("chance", likely(visit, pen, sides.p)),
    ]  # fmt: skip
    if found.changed:
        rows.append(("changed", pen.number(found.changed)))
    return tuple([Fact(visit.say(f"roi.{name}"), text) for name, text in rows])


def likely(visit: Visit, pen: Pen, p: float) -> str:
    """How likely chance alone makes as much, from 0 to 1."""
    steps = round(p * verdicts.PERCENT)
    return pen.tongue.number(steps, 4) if steps else visit.say("roi.unlikely")


def _costs(visit: Visit, pen: Pen, found: Worth) -> Table | None:
    """What campaigns gave by kind, and what each costs; nothing where the months do not know."""
    if found.costs is None:
        return None
    rows = []
    for one in found.costs:
        known = one.of in pen.programme.units
        what = pen.tongue.named(pen.programme.units[one.of].name) if one.kind == "points" and known else one.of
        count = pen.number(one.count, one.of if one.kind == "points" and known else None)
        amount = visit.say("roi.cost_unknown") if one.amount is None else pen.money(one.amount, found.currency)
        rows.append(Row(tuple([Cell(text) for text in (visit.say(f"roi.cost_{one.kind}"), what, count, amount)])))
    heads = ("cost_kind", "cost_of", "cost_count", "cost_amount")
    return Table(tuple([Column(visit.say(f"roi.{head}"), at > 1) for at, head in enumerate(heads)]), tuple(rows))


def _told_costs(visit: Visit, pen: Pen, found: Worth) -> Table:
    """What people told in the cost book that campaigns cost, by kind."""
    rows = [Row((Cell(visit.say(f"costs.kind_{one.kind}")), Cell(pen.money(one.amount, found.currency))))
            for one in found.told]  # fmt: skip
    heads = ("cost_kind", "cost_amount")
    return Table(tuple([Column(visit.say(f"roi.{head}"), at > 0) for at, head in enumerate(heads)]), tuple(rows))


def _ways(visit: Visit, pen: Pen, found: Worth) -> Table | None:
    measured = [(name, of) for name in ("plain", "lopsided", "adjusted") if (of := getattr(found, name)) is not None]
    return measures_of(visit, pen, "way", [(visit.say(f"roi.{name}"), of) for name, of in measured], found.currency)


def measures_of(
    visit: Visit, pen: Pen, head: str, measured: Sequence[tuple[str, Estimate]], currency: str
) -> Table | None:
    """Differences with both of their ends, a row each; nothing where nothing was measured."""
    rows = []
    for name, of in measured:
        whole = told.rounded(of)
        money_ = [pen.money(one, currency) for one in (whole.low, whole.value, whole.high)]
        rows.append(Row(tuple([Cell(text) for text in (name, *money_, likely(visit, pen, of.p))])))
    heads = (head, "low", "difference", "high", "likely")
    return (
        Table(tuple([Column(visit.say(f"roi.{one}"), at > 0) for at, one in enumerate(heads)]), tuple(rows))
        if rows
        else None
    )


def _money(pen: Pen, minor: int, currency: str) -> Measure:
    return Measure(minor / 10 ** money.decimals(currency), pen.money(minor, currency))


def _notes(visit: Visit, pen: Pen, found: Worth) -> tuple[str, ...]:
    notes = []
    if found.reduction is not None:
        share = pen.tongue.percent(round(found.reduction * verdicts.PERCENT))
        notes.append(visit.say("roi.reduction", share=share))
    if found.buyers is not None:
        whole = told.rounded(found.buyers.times(verdicts.PERCENT))
        value, low, high = (signed(pen, one) for one in (whole.value, whole.low, whole.high))
        notes.append(visit.say("roi.buyers", value=value, low=low, high=high))
    return tuple(notes)


def course(visit: Visit, pen: Pen, of: Sequence[told.Month], currency: str, sides: tuple[str, str]) -> Drawn | None:
    """What members of both sides spent, month by month."""
    points = []
    for one in of:
        both = tuple([_money(pen, each, currency) for each in (one.treated, one.others)])
        points.append(Point(f"{one.month[5:]}.{one.month[:4]}", both))
    return Drawn(tuple([Series(visit.say(f"roi.{name}")) for name in sides]), tuple(points)) if points else None


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/insight/worth", "figures:read", read, AREA),
    Page("console/<slug:programme>/insight/worth.csv", "figures:read", file, "console.worth_csv"),
)
