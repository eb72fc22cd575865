"""What campaigns are worth, of exported months: members held out beside all others, or some beside all others."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import closing, kpis, limits, money, period
from guerdon.core import hold_out as law
from guerdon.core.cost_book import Kind, Told
from guerdon.core.costs import CostKind
from guerdon.core.kpis import Span
from guerdon.faces import tables, verdicts
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Call, Endpoint, Reply, Spreadsheet
from guerdon.faces.api.kpis import Keys, exported, own, recalled, split
from guerdon.features.programmes import queries as programmes
from guerdon.insight import costs
from guerdon.insight.exports.files import Month
from guerdon.insight.kpis import kept
from guerdon.insight.kpis.asked import Question
from guerdon.insight.roi import kept as measures
from guerdon.insight.roi import told
from guerdon.insight.roi.kept import Wanted, WantedBeside
from guerdon.insight.roi.means import Estimate
from guerdon.insight.roi.told import Amount, Beside, Change, Doubt, Verdict, Worth


class RoiDays(msgspec.Struct, frozen=True, rename={"since": "from"}, forbid_unknown_fields=True):
    """Which days, and what campaigns cost in them."""

    since: date | None = None
    until: date | None = None
    margin: Annotated[int, Meta(ge=1, le=law.WHOLE)] | None = None
    cost: Annotated[int, Meta(ge=0, le=limits.MONEY_MAX)] | None = None
    language: calls.Language | None = None


class RoiAmount(msgspec.Struct, frozen=True):
    """A number and between which two it lies 95 times out of 100."""

    value: int
    low: int
    high: int


class RoiEstimate(msgspec.Struct, frozen=True):
    """The same of a difference, and how likely chance alone makes one as large."""

    value: int
    low: int
    high: int
    p_millionths: int


class RoiBalance(msgspec.Struct, frozen=True):
    """Whether both groups are as large as they were drawn."""

    as_drawn: bool
    held_out: int
    expected: int
    p_millionths: int


class RoiMonth(msgspec.Struct, frozen=True):
    """What a member of either side spent in a month on average."""

    month: str
    treated: int
    others: int


class RoiCost(msgspec.Struct, frozen=True):
    """What campaigns gave of one thing, and what that costs."""

    kind: CostKind
    of: str
    count: int
    amount: int | None


class RoiTold(msgspec.Struct, frozen=True):
    """What people told in the cost book that campaigns cost."""

    kind: Kind
    amount: int


class RoiView(msgspec.Struct, frozen=True, rename={"since": "from"}):
    """What campaigns were worth."""

    since: date
    until: date
    began: date
    currency: str
    verdict: Verdict
    text: str
    members: int
    changed: int
    balance: RoiBalance
    few: bool
    buyers: RoiEstimate | None
    plain: RoiEstimate | None
    lopsided: RoiEstimate | None
    adjusted: RoiEstimate | None
    reduction: int | None
    spend: RoiAmount | None
    total: RoiAmount | None
    margin: int | None
    gain: RoiAmount | None
    cost: int | None
    costs: tuple[RoiCost, ...] | None
    told: tuple[RoiTold, ...] | None
    returns: RoiAmount | None
    course: tuple[RoiMonth, ...]


class BesideAsked(msgspec.Struct, frozen=True, rename={"since": "from"}, forbid_unknown_fields=True):
    """For which stores, tiers and segments something began, and which days to look at."""

    stores: Keys = ""
    tiers: Keys = ""
    segments: Keys = ""
    since: date | None = None
    until: date | None = None
    language: calls.Language | None = None


class BesidePlacebo(msgspec.Struct, frozen=True):
    """What would have been found had it begun with a month in which it had not."""

    month: str
    found: RoiEstimate


class BesideView(msgspec.Struct, frozen=True):
    """How much more some changed than all others."""

    begins: str
    months: tuple[str, ...]
    currency: str
    verdict: Change
    why: Doubt
    text: str
    treated: int
    others: int
    by_store: bool
    bunches_treated: int
    bunches_others: int
    effect: RoiEstimate
    parallel: bool | None
    placebos: tuple[BesidePlacebo, ...]
    course: tuple[RoiMonth, ...]


def read(call: Call, query: RoiDays) -> Reply:
    """What campaigns were worth: kept where it was asked before, else measured now."""
    read = _months(call)
    span = _span(read, query)
    found = answered(call, Wanted(span))
    assert call.key is not None
    book = booked(call, found) if "costs:read" in call.key.scopes else None
    found = told.priced(
        found, margin=found.margin if query.margin is None else query.margin, cost=query.cost, told=book or ()
    )
    if call.wants_csv:
        return Reply(Spreadsheet(csv_of(found.course, found.currency), "roi.csv"))
    return Reply(_view(found, query.language or call.language, told_known=book is not None))


def booked(call: Call, found: Worth) -> tuple[Told, ...]:
    """What people told in the cost book that campaigns cost in the days that were measured."""
    book = programmes.latest(call.store, call.programme_id)
    return costs.of_campaigns(call.store, call.programme_id, book, found.span, found.currency)


def _months(call: Call) -> list[Month]:
    read = exported(own(call))
    if not read:
        raise law.ROI_NOT_EXPORTED()
    return read


def _span(read: Sequence[Month], query: RoiDays | BesideAsked) -> Span | None:
    """The days that are told; one that is not is the first or last of all that is exported."""
    if query.since is None and query.until is None:
        return None
    every = whole(read)
    span = Span(query.since or every.since, query.until or every.until)
    kpis.check(span)
    return span


def whole(read: Sequence[Month]) -> Span:
    """The last exported months, as many as a chart has room for."""
    first, last = (month.manifest.closing.month for month in (read[0], read[-1]))
    until = closing.first_day(closing.following(last))
    return Span(max(closing.first_day(first), period.add_months(until, -kept.MONTHS_MAX)), until)


def answered(call: Call, wanted: Wanted) -> Worth:
    """What is kept, or measured now. Raises `insight_missing`, `export_damaged`, and why nothing can be measured."""
    folder = own(call)
    known = recalled(lambda: measures.find(folder, wanted), lambda: measures.answer(folder, wanted))
    if known is None or known.worth is None:
        raise verdicts.REFUSED[known.why if known is not None else "not_exported"]()
    return known.worth


def _view(found: Worth, language: str, *, told_known: bool) -> RoiView:
    sides = found.balance
    return RoiView(
        found.span.since, found.span.until, found.began, found.currency, found.verdict, verdicts.of(found, language),
        found.members, found.changed,
        RoiBalance(not sides.alarm, found.held_out, round(sides.expected), round(sides.p * verdicts.MILLION)),
        found.few, estimate(found.buyers, verdicts.PERCENT), estimate(found.plain), estimate(found.lopsided),
        estimate(found.adjusted), None if found.reduction is None else round(found.reduction * verdicts.PERCENT),
        _amount(found.spend), _amount(found.total), found.margin, _amount(found.gain), found.cost,
        _costs(found), tuple([RoiTold(one.kind, one.amount) for one in found.told]) if told_known else None,
        _amount(found.returns), _course(found.course),
    )  # fmt: skip


def estimate(of: Estimate | None, factor: int = 1) -> RoiEstimate | None:
    """An estimate in whole units, so many of which are one."""
    if of is None:
        return None
    ends = told.rounded(of.times(factor))
    return RoiEstimate(ends.value, ends.low, ends.high, round(of.p * verdicts.MILLION))


def _amount(of: Amount | None) -> RoiAmount | None:
    return None if of is None else RoiAmount(of.value, of.low, of.high)


def _costs(found: Worth) -> tuple[RoiCost, ...] | None:
    if found.costs is None:
        return None
    return tuple([RoiCost(one.kind, one.of, one.count, one.amount) for one in found.costs])


def _course(of: Sequence[told.Month]) -> tuple[RoiMonth, ...]:
    return tuple([RoiMonth(one.month, one.treated, one.others) for one in of])


def csv_of(course: Sequence[told.Month], currency: str) -> str:
    """A row for each month, as decimal numbers."""
    scale = money.decimals(currency)
    lines = [[one.month, *[tables.decimal(of, scale) for of in (one.treated, one.others)]] for one in course]
    return tables.write(("month", "treated", "others"), lines)


def beside(call: Call, month: str, query: BesideAsked) -> Reply:
    """How much more some changed since a month: kept where it was asked before, else measured now."""
    read = _months(call)
    if month not in [one.manifest.closing.month for one in read]:
        raise law.BESIDE_OUTSIDE(month=month[:40])
    stores, tiers, segments = map(split, (query.stores, query.tiers, query.segments))
    if not (stores or tiers or segments):
        raise law.BESIDE_NOBODY()
    asked = Question(_span(read, query) or whole(read), stores, tiers, segments)
    found = answered_beside(call, WantedBeside(month, asked))
    if call.wants_csv:
        return Reply(Spreadsheet(csv_of(found.course, found.currency), f"beside-{month}.csv"))
    return Reply(_beside(found, query.language or call.language))


def answered_beside(call: Call, wanted: WantedBeside) -> Beside:
    """The same of some beside all others; raises `beside_outside`, too."""
    folder = own(call)
    known = recalled(lambda: measures.find_beside(folder, wanted), lambda: measures.answer_beside(folder, wanted))
    if known is None or known.beside is None:
        if known is not None and known.why == "outside":
            raise law.BESIDE_OUTSIDE(month=wanted.begins)
        raise verdicts.REFUSED[known.why if known is not None else "not_exported"]()
    return known.beside


def _beside(found: Beside, language: str) -> BesideView:
    trend = found.trend
    effect = estimate(trend.estimate)
    assert effect is not None, "an effect was measured"
    placebos = [(found.months[one.after], estimate(one.estimate)) for one in trend.placebos]
    return BesideView(
        found.begins, found.months, found.currency, found.verdict, found.why, verdicts.of_beside(found, language),
        found.treated, found.others, found.by_store, *trend.clusters, effect, trend.parallel,
        tuple([BesidePlacebo(month, of) for month, of in placebos if of is not None]), _course(found.course),
    )  # fmt: skip


_REFUSES: Final = (
    kpis.EXPORT_DAMAGED, kpis.INSIGHT_MISSING, kpis.FIGURES_PERIOD_INVALID, law.ROI_NOT_EXPORTED, law.ROI_TOO_FEW,
)  # fmt: skip
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/roi", "figures:read", read, "Read what campaigns are worth", RoiView, query=RoiDays,
        refuses=(*_REFUSES, law.NOBODY_HELD_OUT, law.ROI_TOO_EARLY), csv=True, tag="KPIs",
        about="Members who have campaigns beside those who are held out, with intervals and a verdict; without days of "
        "all whole months in which members were held out. Nothing is concluded where the groups are not as large as "
        "they were drawn. What was measured is kept until another month is exported. A key that may read the cost book "
        "(`costs:read`) has what is told there in the cost; for any other `told` is null.",
    ),
    Endpoint(
        "GET", "/v1/roi/beside/{month}", "figures:read", beside, "Read what changed for some", BesideView,
        query=BesideAsked, refuses=(*_REFUSES, law.BESIDE_OUTSIDE, law.BESIDE_NOBODY), csv=True, tag="KPIs",
        about="How much more the members of stores, tiers or segments changed since a month than all others "
        "(difference-in-differences), with a placebo for every month before. It is weaker than a hold-out.",
    ),
)  # fmt: skip
