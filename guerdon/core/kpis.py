"""What managers look at, each a formula over the figures of a stretch of days: whole numbers, never a float."""

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, Literal, NamedTuple

import msgspec

from guerdon.core import closing, errors, expiring, figures, limits, period
from guerdon.core.closing import COLUMNS
from guerdon.core.programme import Programme, Unit

KPI_UNKNOWN = errors.declare("unknown", "kpi_unknown", "kpi", "known")
KPI_OF_NO_STORE = errors.declare("invalid", "kpi_of_no_store", "kpi")
KPI_NOT_EXPORTED = errors.declare("clash", "kpi_not_exported", "kpi")
MONTH_NOT_EXPORTED = errors.declare("clash", "month_not_exported", "month", "known")
LADDER_UNCLEAR = errors.declare("invalid", "ladder_unclear", "ladder", "known")
INSIGHT_MISSING = errors.declare("clash", "insight_missing", "extra")
EXPORT_DAMAGED = errors.declare("clash", "export_damaged", "reason")
FIGURES_PERIOD_INVALID = errors.declare("invalid", "figures_period_invalid", "since", "until", "most")

Kind = Literal["count", "money", "points", "percent", "ratio"]
Granularity = Literal["day", "week", "month"]
Compare = Literal["previous_period", "previous_year"]
HUNDREDTHS: Final = 2  # decimals of percentages and ratios
WINDOW: Final = 30  # days in which different members are counted
WINDOWED: Final = frozenset({"active_members", "purchase_frequency"})  # what is of so many days, however many are asked


class Span(msgspec.Struct, frozen=True):
    """The local days from `since` up to, not including, `until`."""

    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days

    @property
    def last(self) -> date:
        return self.until - timedelta(days=1)


class Sheet(msgspec.Struct):
    """What is known of a stretch of days: what they come to, what stood at the end of them, and what members had."""

    flows: dict[tuple[str, str], int] = {}  # by measure, and unit or currency
    levels: dict[tuple[str, str], int] = {}  # as of its last day
    outstanding: dict[str, int] = {}  # by unit, at its end
    expiring: dict[str, int] = {}  # by unit; only known as of now
    known: bool = True  # whether its last day has been counted to the end


class Value(msgspec.Struct, frozen=True):
    """One number: of which KPI, of which currency, unit, tier or plan; None where nothing can be said.

    `exact` is the number before it was rounded: changes are computed from it.
    """

    kpi: str
    of: str
    value: int | None
    exact: Fraction | None = None


def check(span: Span) -> None:
    """Refuse a stretch of days that is none, or too long. Raises `figures_period_invalid`."""
    if not 0 < span.days <= limits.FIGURES_DAYS_MAX:
        since, until = span.since.isoformat(), span.until.isoformat()
        raise FIGURES_PERIOD_INVALID(since=since, until=until, most=limits.FIGURES_DAYS_MAX)


def compared(span: Span, compare: Compare) -> Span:
    """The stretch to compare with: as many days just before, or the same days of the year before."""
    if compare == "previous_period":
        return Span(span.since - timedelta(days=span.days), span.since)
    return Span(period.add_months(span.since, -12), period.add_months(span.until, -12))


def buckets(span: Span, granularity: Granularity) -> Iterator[Span]:
    """The stretch in days, weeks from Monday, or months; the first and the last may be cut short."""
    start = span.since
    while start < span.until:
        if granularity == "day":
            end = start + timedelta(days=1)
        elif granularity == "week":
            end = start + timedelta(days=7 - start.weekday())
        else:
            end = closing.first_day(closing.following(closing.named(start)))
        end = min(end, span.until)
        yield Span(start, end)
        start = end


Numbers = Mapping[str, int | Fraction | None]  # by what they are of: a currency, a unit, a tier, a plan, or nothing


class Kpi(NamedTuple):
    """A number with its formula. `whole`: no store has it; `different`: it counts members who may be in two stores."""

    kind: Kind
    numbers: Callable[[Sheet, Programme], Numbers]
    whole: bool = False
    different: bool = False


def _active(sheet: Sheet, programme: Programme) -> Numbers:
    return {"": _level(sheet, f"active_{WINDOW}")}


def _active_on_last_day(sheet: Sheet, programme: Programme) -> Numbers:
    return {"": sheet.levels.get(("active_1", ""), 0)}


def _new(sheet: Sheet, programme: Programme) -> Numbers:
    return {"": sheet.flows.get(("enrolled", ""), 0)}


def _purchases(sheet: Sheet, programme: Programme) -> Numbers:
    return {"": sum(_by_currency(sheet, figures.PURCHASES).values())}


def _revenue(sheet: Sheet, programme: Programme) -> dict[str, int]:
    """By currency, what was spent less what was returned; the programme's own is always there."""
    found = {programme.currency: 0} | _by_currency(sheet, figures.SPEND)
    for of, amount in _by_currency(sheet, figures.RETURNED).items():
        found[of] = found.get(of, 0) - amount
    return found


def _average_order(sheet: Sheet, programme: Programme) -> Numbers:
    bought = _by_currency(sheet, figures.PURCHASES)
    return {of: _share(money, bought.get(of, 0)) for of, money in _revenue(sheet, programme).items()}


def _frequency(sheet: Sheet, programme: Programme) -> Numbers:
    times, buyers = _level(sheet, f"purchases_{WINDOW}"), sheet.levels.get((f"buyers_{WINDOW}", ""), 0)
    return {"": None if times is None else _share(times * 10**HUNDREDTHS, buyers)}


def _points(column_: str) -> Callable[[Sheet, Programme], Numbers]:
    return lambda sheet, programme: {unit.code: column(sheet, column_, unit.code) for unit in _units(programme)}


def _redemption_rate(sheet: Sheet, programme: Programme) -> Numbers:
    return {
        unit.code: _share(column(sheet, "burned", unit.code) * 100 * 10**HUNDREDTHS, column(sheet, "issued", unit.code))
        for unit in _units(programme)
    }


def _outstanding(sheet: Sheet, programme: Programme) -> Numbers:
    return {unit.code: sheet.outstanding.get(unit.code, 0) for unit in _units(programme)}


def _worth(sheet: Sheet, programme: Programme) -> Numbers:
    had = sheet.outstanding
    return {unit.code: expiring.worth(had.get(unit.code, 0), unit) for unit in _units(programme) if unit.worth}


def _expiring(sheet: Sheet, programme: Programme) -> Numbers:
    return {unit.code: sheet.expiring.get(unit.code) for unit in _units(programme)}


def _open(sheet: Sheet, programme: Programme) -> Numbers:
    return {"": sheet.levels.get(("open_redemptions", ""))}


def _tiers(sheet: Sheet, programme: Programme) -> Numbers:
    names = [f"{ladder.key}/{level.key}" for ladder in programme.tiers for level in ladder.levels]
    seen = ("members", "") in sheet.levels
    return {name: sheet.levels.get(("tier", name), 0) if seen else None for name in names}


def _plans(sheet: Sheet, programme: Programme) -> Numbers:
    seen = ("members", "") in sheet.levels
    return {key: sheet.levels.get(("plan", key), 0) if seen else None for key in programme.plans}


# In the order in which they are shown. What each means stands, in words, in `faces.words.figures`.
KPIS: Final[dict[str, Kpi]] = {
    "active_members": Kpi("count", _active, different=True),
    "active_on_last_day": Kpi("count", _active_on_last_day, different=True),
    "new_members": Kpi("count", _new, whole=True),
    "purchases": Kpi("count", _purchases),
    "revenue": Kpi("money", _revenue),
    "average_order_value": Kpi("money", _average_order),
    "purchase_frequency": Kpi("ratio", _frequency, different=True),
    "points_issued": Kpi("points", _points("issued")),
    "points_redeemed": Kpi("points", _points("burned")),
    "points_expired": Kpi("points", _points("expired")),
    "redemption_rate": Kpi("percent", _redemption_rate),
    "points_outstanding": Kpi("points", _outstanding, whole=True),
    "outstanding_worth": Kpi("money", _worth, whole=True),
    "expiring_soon": Kpi("points", _expiring, whole=True),
    "open_redemptions": Kpi("count", _open, whole=True),
    "tier_members": Kpi("count", _tiers, whole=True),
    "plan_members": Kpi("count", _plans, whole=True),
}


def kpi(key: str) -> Kpi:
    """A KPI by its key. Raises `kpi_unknown`."""
    if key not in KPIS:
        raise KPI_UNKNOWN(kpi=key[:40], known=", ".join(KPIS))
    return KPIS[key]


def evaluate(sheet: Sheet, programme: Programme, *, stores: int) -> list[Value]:
    """Every KPI of the stretch, in the order in which they are shown; `stores` is how many it was asked for, if any.

    No store has what the whole programme has, and different members of several stores together are nobody's count.
    """
    return [
        Value(key, of, _rounded(number), None if number is None else Fraction(number))
        for key, one in KPIS.items()
        if not (stores and one.whole) and not (stores > 1 and one.different)
        for of, number in one.numbers(sheet, programme).items()
    ]


_KINDS: Final = {column: [kind for kind, of in COLUMNS.items() if of == column] for column in COLUMNS.values()}


def column(sheet: Sheet, name: str, unit: str) -> int:
    """The points of a column of an accountant (`closing.COLUMNS`), counted up: what was spent is more than nothing."""
    points = sum(sheet.flows.get((kind, unit), 0) for kind in _KINDS[name])
    return points if name == "issued" else -points


def _level(sheet: Sheet, measure: str) -> int | None:
    return sheet.levels.get((measure, ""), 0) if sheet.known else None


def _by_currency(sheet: Sheet, measure: str) -> dict[str, int]:
    return {of: amount for (name, of), amount in sheet.flows.items() if name == measure}


def _units(programme: Programme) -> list[Unit]:
    """What members can spend; the others are counted for tiers, or given away as thanks."""
    return [unit for unit in programme.units.values() if unit.spendable]


def _share(whole: int, parts: int) -> Fraction | None:
    """A part of the whole; None where there are no parts."""
    return None if parts <= 0 else Fraction(whole, parts)


def _rounded(number: int | Fraction | None) -> int | None:
    """A number rounded half up, as it is shown."""
    return None if number is None else math.floor(number + Fraction(1, 2))


def change(value: Value, before: Value | None) -> int | None:
    """By how many hundredths of a percent a number is another one than before; None where it can't be said.

    What is divided is what was counted, never what was rounded to be shown.
    """
    now, then = value.exact, None if before is None else before.exact
    if now is None or then is None or then <= 0:
        return None
    return _rounded((now - then) * 100 * 10**HUNDREDTHS / then)
