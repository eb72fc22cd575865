"""What members will be worth: the forecast, how wrong it was in the hold-out, and who stays in paid plans."""

from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guerdon.faces import forecasts
from guerdon.faces.api.calls import Spreadsheet
from guerdon.faces.console import frame, insight, kpi_values
from guerdon.faces.design.shapes import Cell, Choice, Column, Fact, Link, Measure, Point, Row, Series
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.insight import schedule
from guerdon.insight.clv import kept
from guerdon.insight.clv.answers import Answer, HoldOut, Part, Stay
from guerdon.insight.clv.models import MODELS

AREA: Final = "console.clv"


class Table(msgspec.Struct, frozen=True):
    """A table as its component takes it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Plan(msgspec.Struct, frozen=True):
    """Who stays in a paid plan: what is said of it, and a chart of what was seen and what is expected."""

    title: str
    about: str
    series: tuple[Series, ...]
    points: tuple[Point, ...]


def read(visit: Visit) -> HttpResponse:
    """The forecast of so many months; where nobody has made it yet it is put into the queue."""
    context: dict[str, Any] = {"crumbs": (Link(visit.say("insight.title"), visit.to("console.insight")),)}
    found = insight.months(visit, context, extra=False)
    if not found:
        return frame.page(visit, "console/clv.html", context, area=AREA)
    ahead = _ahead(visit)
    choices = [Choice(str(one), visit.say("insight.ahead_months", count=one)) for one in kept.CHOICES]
    context |= {"ahead": str(ahead), "choices": choices, "here": f"{visit.to('console.clv')}?months={ahead}"}
    answer = kept.find(insight.folder(visit), months=ahead)
    if answer is None:
        schedule.want_forecast(visit.programme_id, ahead)
        return frame.page(visit, "console/clv.html", context | {"waiting": 1}, area=AREA)
    context |= {"answer": answer, "doubts": _doubts(visit, answer), **_told(visit, answer)}
    if visit.may("members:list") and answer.whole is not None:
        context["csv"] = f"{visit.to('console.clv_csv')}?months={ahead}"
    return frame.page(visit, "console/clv.html", context, area=AREA)


def file(visit: Visit) -> HttpResponse:
    """A row for each member who has bought."""
    context: dict[str, Any] = {}
    found, ahead = insight.months(visit, context, extra=False), _ahead(visit)
    rows = kept.members(insight.folder(visit), months=ahead) if found else None
    if rows is None:
        return visit.on(f"{visit.to('console.clv')}?months={ahead}")
    return frame.table(Spreadsheet(forecasts.csv(rows, found[-1].manifest.currency), f"clv-{ahead}.csv"))


def _ahead(visit: Visit) -> int:
    told = visit.request.GET.get("months", "")
    return int(told) if told in [str(one) for one in kept.CHOICES] else kept.USUAL


def _doubts(visit: Visit, answer: Answer) -> tuple[str, ...]:
    pen = Pen(visit)
    return tuple([visit.say(f"insight.doubt_{one.doubt}", number=pen.number(abs(one.number))) for one in answer.warned])


def _told(visit: Visit, answer: Answer) -> dict[str, Any]:
    pen, held = Pen(visit), answer.hold_out
    told: dict[str, Any] = {
        "model": visit.say(f"insight.model_{answer.model}") if answer.model else "",
        "stays": tuple([_stay(visit, pen, one) for one in answer.stays]),
    }
    if held is not None:
        last = Pen(visit).day(held.until.fromordinal(held.until.toordinal() - 1))
        told |= {
            "held_about": visit.say("insight.held_about", since=pen.day(held.since), last=last),
            "error": "" if held.error is None else _signed(pen, held.error), "held": _held(visit, pen, answer, held),
            "tried": _tried(visit, pen, held),
        }  # fmt: skip
    if answer.whole is not None:
        told |= {
            "tiles": _tiles(visit, pen, answer, answer.whole), "parts": _parts(visit, pen, answer),
            "bands": _bands(visit, pen, answer), "parameters": _parameters(pen, answer),
        }  # fmt: skip
    return told


def _signed(pen: Pen, hundredths: int) -> str:
    return ("+" if hundredths > 0 else "−" if hundredths < 0 else "") + pen.tongue.percent(abs(hundredths))


def _tiles(visit: Visit, pen: Pen, answer: Answer, whole: Part) -> tuple[tuple[str, str, str], ...]:
    of = visit.say("insight.of_members", count=pen.number(whole.members))
    ahead = visit.say("insight.ahead_months", count=answer.months)
    return (
        (visit.say("insight.worth"), _money(pen, whole.value, answer), ahead),
        (visit.say("insight.worth_each"), _money(pen, whole.mean, answer), of),
        (visit.say("insight.still_there"), pen.number(whole.alive), of),
        (visit.say("insight.purchases"), pen.number(whole.purchases), ahead),
    )  # fmt: skip


def _money(pen: Pen, amount: int | None, answer: Answer) -> str:
    return kpi_values.UNKNOWN if amount is None else pen.money(amount, answer.currency)


def _columns(visit: Visit, *heads: str) -> tuple[Column, ...]:
    return tuple([Column(visit.say(f"insight.{head}"), at > 0) for at, head in enumerate(heads)])


def _row(*cells: str) -> Row:
    return Row(tuple([Cell(text) for text in cells]))


def _held(visit: Visit, pen: Pen, answer: Answer, held: HoldOut) -> Table:
    rows = [
        _row(visit.say(f"insight.model_{one.model}"), pen.number(round(one.purchases / 100)),
             _hundredths(pen, one.off), _money(pen, one.money, answer))
        for one in held.checked
    ]  # fmt: skip
    told = {one.model for one in held.checked}
    rows += [
        _row(visit.say(f"insight.model_{model}"), visit.say("insight.model_unfit"), "", "")
        for model in MODELS
        if model not in told
    ]
    rows.append(_row(visit.say("insight.model_came"), pen.number(held.purchases), "", _money(pen, held.money, answer)))
    return Table(_columns(visit, "model", "purchases", "miss", "money"), tuple(rows))


def _hundredths(pen: Pen, number: int) -> str:
    return pen.tongue.number(number, 2)


def _range(least: int, most: int | None) -> str:
    return f"{least}+" if most is None else str(least) if most == least else f"{least}–{most}"


def _tried(visit: Visit, pen: Pen, held: HoldOut) -> tuple[tuple[Series, ...], tuple[Point, ...]]:
    """How often those of each group were said to come, each on average, and how often they did."""
    series = (Series(visit.say("insight.came")), Series(visit.say("insight.predicted"), compared=True))
    points = [
        Point(
            _range(one.least, one.most),
            tuple([Measure(total / 100 / one.customers, _hundredths(pen, round(total / one.customers)))
                   for total in (one.purchases, one.predicted)]),
        )
        for one in held.groups
    ]  # fmt: skip
    return series, tuple(points)


def _parts(visit: Visit, pen: Pen, answer: Answer) -> Table | None:
    if not answer.parts:
        return None
    rows = [
        _row(
            _name(visit, pen, one), pen.number(one.members), pen.number(one.alive), pen.number(one.purchases),
            _money(pen, one.value, answer), _money(pen, one.mean, answer),
        )
        for one in answer.parts
    ]  # fmt: skip
    heads = ("part", "customers", "still_there", "purchases", "worth", "worth_each")
    return Table(_columns(visit, *heads), tuple(rows))


def _name(visit: Visit, pen: Pen, one: Part) -> str:
    if one.of == "segment":
        return one.key
    return kpi_values.dimension(visit, pen, "tier", one.key.partition("/")[2])


def _bands(visit: Visit, pen: Pen, answer: Answer) -> tuple[tuple[Series, ...], tuple[Point, ...]]:
    points = [
        Point(str(at), (Measure(one.value / 10**pen.decimals, pen.money(one.value, answer.currency)),))
        for at, one in enumerate(answer.bands, 1)
    ]  # fmt: skip
    return (Series(visit.say("insight.worth")),), tuple(points)


def _parameters(pen: Pen, answer: Answer) -> tuple[Fact, ...]:
    told = {**answer.parameters, **{f"Gamma-Gamma {name}": value for name, value in answer.spending.items()}}
    return tuple([Fact(name, pen.tongue.number(round(value * 1_000), 3)) for name, value in told.items()])


def _stay(visit: Visit, pen: Pen, one: Stay) -> Plan:
    plan = pen.programme.plans.get(one.plan)
    name, began = one.plan if plan is None else pen.tongue.named(plan.name), pen.number(one.began)
    about = visit.say("insight.stays_few", count=began)
    if one.remaining is not None:
        about = visit.say("insight.stays_about", count=began, periods=_hundredths(pen, one.remaining))
    series = (Series(visit.say("insight.stayed")), Series(visit.say("insight.expected"), compared=True))
    columns = (one.seen, one.expected)

    def share(column: tuple[int, ...], at: int) -> Measure:
        if at >= len(column):
            return Measure(None, kpi_values.UNKNOWN)
        return Measure(column[at] / 100, pen.tongue.percent(column[at]))

    points = [
        Point(str(at + 1), tuple([share(column, at) for column in columns])) for at in range(max(map(len, columns)))
    ]  # fmt: skip
    return Plan(visit.say("insight.stays", plan=name), about, series, tuple(points))


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/insight/clv", "figures:read", read, "console.clv"),
    Page("console/<slug:programme>/insight/clv.csv", "figures:read", file, "console.clv_csv", also=("members:list",)),
)
