"""KPIs of closed months: which there are, with their formulas, and what each says of exported days."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Final, TypeVar

import msgspec
from django.conf import settings
from msgspec import Meta

from guerdon.core import kpis as law
from guerdon.core import limits, money
from guerdon.core.kpis import Compare, Span
from guerdon.core.programme import Programme
from guerdon.faces import tables, words
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Call, Endpoint, Reply, Spreadsheet
from guerdon.features.programmes import queries as programmes
from guerdon.insight import schedule
from guerdon.insight.exports import files
from guerdon.insight.exports.files import Damaged, Month
from guerdon.insight.kpis import definitions, kept
from guerdon.insight.kpis.asked import Answer, Question
from guerdon.insight.kpis.definitions import KPIS, Kind, Kpi
from guerdon.insight.kpis.kept import Kept, Wanted

T = TypeVar("T")
EXTRA: Final = "guerdon[insight]"
_LIST_CHARS_MAX: Final = limits.FIGURES_STORES_MAX * (limits.KEY_CHARS_MAX + 1)
Keys = Annotated[str, Meta(max_length=_LIST_CHARS_MAX)]


class KpiLanguage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In which language."""

    language: calls.Language | None = None


class KpiDays(msgspec.Struct, frozen=True, rename={"since": "from"}, forbid_unknown_fields=True):
    """Which days, of which stores, tiers and segments, compared with what."""

    since: date | None = None
    until: date | None = None
    stores: Keys = ""
    tiers: Keys = ""
    segments: Keys = ""
    compare: Compare | None = None
    language: calls.Language | None = None


class KpiView(msgspec.Struct, frozen=True):
    """What a KPI is."""

    kpi: str
    name: str
    definition: str
    formula: str
    window: str
    kind: Kind
    of: tuple[str, ...]
    of_stores: bool


class KpisView(msgspec.Struct, frozen=True):
    """The KPIs that there are, and the months of which they can be asked."""

    months: tuple[str, ...]
    kpis: tuple[KpiView, ...]


class KpiRow(msgspec.Struct, frozen=True):
    """One number: what was counted, of how much, and what that comes to."""

    of: tuple[str, ...]
    numerator: int
    denominator: int | None
    value: int | None
    before: int | None
    scale: int
    currency: str | None


class KpiAnswer(msgspec.Struct, frozen=True, rename={"since": "from", "compared_since": "compared_from"}):
    """What a KPI says of some days."""

    kpi: KpiView
    since: date
    until: date
    compared_since: date | None
    compared_until: date | None
    rows: tuple[KpiRow, ...]


def list_(call: Call, query: KpiLanguage) -> Reply:
    """Every KPI, in the order in which they are shown."""
    language = query.language or call.language
    read = exported(own(call))
    months = tuple([one.manifest.closing.month for one in read])
    return Reply(KpisView(months, tuple([view(key, one, language) for key, one in KPIS.items()])))


def answer(call: Call, kpi: str, query: KpiDays) -> Reply:
    """What one says of some days: kept where it was asked before, else computed now."""
    one = definitions.kpi(kpi)
    folder = own(call)
    read = exported(folder)
    if not read:
        raise law.KPI_NOT_EXPORTED(kpi=kpi)
    default = kept.preset(read[-1].manifest.closing.month, "month")
    span = Span(query.since or default.since, query.until or default.until)
    law.check(span)
    asked = Question(span, split(query.stores), split(query.tiers), split(query.segments))
    found = answered(folder, read, Wanted(kpi, asked, query.compare))
    if found.why == "whole":
        raise law.KPI_OF_NO_STORE(kpi=kpi)
    if found.why:
        raise law.KPI_NOT_EXPORTED(kpi=kpi)
    programme = programmes.latest(call.store, call.programme_id).current(call.now).programme
    rows = tuple([row(one, each, programme) for each in found.rows])
    if call.wants_csv:
        return Reply(Spreadsheet(csv_of(one, rows), f"{kpi}-{span.since}-{span.until}.csv"))
    other = law.compared(span, query.compare) if query.compare else None
    shown = view(kpi, one, query.language or call.language)
    return Reply(
        KpiAnswer(
            shown, span.since, span.until, other.since if other else None, other.until if other else None, rows
        )
    )  # fmt: skip


def own(call: Call) -> Path:
    """The folder of the caller's programme."""
    folder: Path = settings.EXPORTS
    return folder / programmes.by_id(call.store, call.programme_id).key


def exported(folder: Path) -> list[Month]:
    """The months that are there. Raises `export_damaged`."""
    try:
        return files.months(folder)
    except Damaged as error:
        raise law.EXPORT_DAMAGED(reason=str(error)) from error


def answered(folder: Path, read: list[Month], wanted: Wanted) -> Kept:
    """What is kept, or computed now. Raises as `recalled` does."""
    state = read[-1].sha256
    return recalled(lambda: kept.find(folder, state, wanted), lambda: kept.answer(folder, state, wanted))


def recalled(find: Callable[[], T | None], answer: Callable[[], T]) -> T:
    """What is found, or computed now. Raises `insight_missing` and `export_damaged`."""
    try:
        known = find()
        if known is None and not schedule.installed():
            raise law.INSIGHT_MISSING(extra=EXTRA)
        return answer() if known is None else known
    except Damaged as error:
        raise law.EXPORT_DAMAGED(reason=str(error)) from error


def split(told: str) -> tuple[str, ...]:
    """Keys between commas."""
    return tuple(filter(None, told.split(",")))


def view(key: str, one: Kpi, language: str) -> KpiView:
    """A KPI in words."""
    name, about, formula, window = (
        words.say(f"kpis.{key}{part}", language) for part in ("", "_about", "_formula", "_window")
    )
    return KpiView(key, name, about, formula, window, one.kind, one.of, not one.whole)


def row(kpi: Kpi, one: Answer, programme: Programme) -> KpiRow:
    """A number with what it takes to write it."""
    of = dict(zip(kpi.of, map(str, one.of), strict=True))
    currency = of.get("currency") if kpi.kind == "money" else None
    scale = 0 if kpi.kind == "count" else law.HUNDREDTHS
    if currency is not None:
        scale = money.decimals(currency)
    elif kpi.kind == "points":
        unit = programme.units.get(of["unit"])
        scale = unit.scale if unit else 0
    return KpiRow(tuple(of.values()), one.numerator, one.denominator, one.value, one.before, scale, currency)


def csv_of(kpi: Kpi, rows: tuple[KpiRow, ...]) -> str:
    """A row for each number, as decimal numbers."""
    header = (*kpi.of, "numerator", "denominator", "value", "before")
    lines = [
        [*one.of, one.numerator, one.denominator, tables.decimal(one.value, one.scale),
         tables.decimal(one.before, one.scale)]
        for one in rows
    ]  # fmt: skip
    return tables.write(header, lines)


_REFUSES: Final = (law.EXPORT_DAMAGED, programmes.PROGRAMME_UNPUBLISHED)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/kpis", "figures:read", list_, "List KPIs of closed months", KpisView, query=KpiLanguage,
        refuses=_REFUSES, tag="KPIs",
        about="What each means, how it is counted, and the exported months of which it can be asked. A worker writes "
        "every closed month; what the last days came to say the figures.",
    ),
    Endpoint(
        "GET", "/v1/kpis/{kpi}", "figures:read", answer, "Read a KPI of closed months", KpiAnswer, query=KpiDays,
        refuses=(
            *_REFUSES, law.KPI_UNKNOWN, law.KPI_NOT_EXPORTED, law.KPI_OF_NO_STORE, law.INSIGHT_MISSING,
            law.FIGURES_PERIOD_INVALID,
        ),
        csv=True, tag="KPIs",
        about="Without days it is the last exported month. A tier and a segment are those at the end of the days. What "
        "was computed is kept until another month is exported.",
    ),
)  # fmt: skip
