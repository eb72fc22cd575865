"""Numbers of a page of figures in words: the number, how it changed and whether that is good, its course."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

import msgspec

from guerdon.faces.api import figures as api
from guerdon.faces.api.figures import FigureView
from guerdon.faces.asking import ask
from guerdon.faces.design.shapes import Measure, Point, Series
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit

UNKNOWN: Final = "–"
_LESS_IS_BETTER: Final = frozenset({"points_expired", "expiring_soon", "open_redemptions"})
_NEITHER: Final = frozenset({"points_outstanding"})  # a debt to some, a love to others


class Tile(msgspec.Struct, frozen=True):
    """One number as it is shown, with the way to the list behind it."""

    name: str
    about: str
    value: str
    change: str
    good: str
    before: str
    others: str
    worth: str
    course: tuple[int, ...]
    address: str


def text(pen: Pen, one: FigureView, value: int | None) -> str:
    """A number of the kind as people write it."""
    if value is None:
        return UNKNOWN
    if one.kind == "money":
        return pen.money(value, one.currency)
    if one.kind == "points":
        return pen.number(value, one.of)
    if one.kind == "percent":
        return pen.tongue.percent(value)
    return pen.number(value) if one.kind == "count" else pen.tongue.ratio(Fraction(value, 100))


def tile(visit: Visit, ones: Sequence[FigureView], *, address: str, worth: str = "") -> Tile:
    """A number of the first unit or currency with all that is said of it; of the others what is more than nothing."""
    pen, one = Pen(visit), ones[0]
    others = [_named(pen, other) for other in ones[1:] if other.value]
    rises = one.change is not None and one.change > 0
    good = "neither" if one.kpi in _NEITHER else "no" if rises == (one.kpi in _LESS_IS_BETTER) else "yes"
    before = "" if one.before is None else visit.say("console_home.before", value=text(pen, one, one.before))
    course = tuple([point.value for point in one.series if point.value is not None])
    return Tile(
        one.name, one.definition, text(pen, one, one.value),
        change(pen, one.change), good, before, " · ".join(others), worth,
        course if len(course) > 1 and any(course) else (), address,
    )  # fmt: skip


def change(pen: Pen, hundredths: int | None) -> str:
    """By how much it changed, with its sign; nothing where it did not, or can't be said."""
    if not hundredths:
        return ""
    return ("+" if hundredths > 0 else "−") + pen.tongue.percent(_short(abs(hundredths)))


def _short(hundredths: int) -> int:
    """Tenths of a percent are enough, and none of more than ten."""
    step = 100 if hundredths >= 10_00 else 10
    return (hundredths + step // 2) // step * step


def _named(pen: Pen, one: FigureView) -> str:
    """A number with its unit."""
    if one.kind == "points" and one.value is not None:
        return pen.points(one.value, one.of)
    told = text(pen, one, one.value)
    return f"{told} ({pen.tongue.named(pen.programme.unit(one.of).name)})" if one.of in pen.programme.units else told


def by_name(figures: Iterable[FigureView]) -> dict[tuple[str, str], FigureView]:
    """The numbers by their key and what they are of."""
    return {(one.kpi, one.of): one for one in figures}


def members_of(visit: Visit, kpi: str) -> dict[str, int]:
    """By tier or plan, how many members had it when the last night looked; nothing for who sees no figures."""
    if not visit.may("figures:read"):
        return {}
    found = ask(visit, api.read, query=api.Days()).figures
    return {one.of: one.value for one in found if one.kpi == kpi and one.value is not None}


def chart(
    pen: Pen, lines: Sequence[FigureView], compared: Sequence[FigureView | None], *, before: str, by: str
) -> tuple[tuple[Series, ...], tuple[Point, ...]]:
    """The course of numbers of one kind, each followed by that of the days it is compared with, part by part."""
    drawn: list[tuple[Series, FigureView]] = []
    for line, other in zip(lines, compared, strict=True):
        drawn.append((Series(line.name), line))
        if other is not None:
            drawn.append((Series(before, compared=True), other))
    points = tuple([
        Point(_day(pen, point.starts, by), tuple([_measure(pen, one, at) for _, one in drawn]))
        for at, point in enumerate(lines[0].series)
    ])  # fmt: skip
    return tuple([series for series, _ in drawn]), points


def _measure(pen: Pen, one: FigureView, at: int) -> Measure:
    value = one.series[at].value if at < len(one.series) else None
    return Measure(None if value is None else value / 10**one.scale, text(pen, one, value))


def _day(pen: Pen, day: date, by: str) -> str:
    """A day as there is room for below a chart: its month where that is all there is to it."""
    return f"{day:%m.%Y}" if by == "month" else pen.tongue.yearless(day.month, day.day)
