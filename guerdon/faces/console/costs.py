"""The cost book in the console: months beside what is known of them, entries, a form for a new one, and one entry."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Final

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import limits, money
from guerdon.core.cost_book import KINDS, Kind
from guerdon.core.errors import Refusal
from guerdon.faces import posted, typed
from guerdon.faces.api import calls
from guerdon.faces.api import costs as api
from guerdon.faces.api.costs import CostLine, CostMonth, CostMonths, CostReversal, CostView, NewCost
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, revenue, units
from guerdon.faces.design.shapes import Cell, Choice, Column, Fact, Link, Measure, Paging, Point, Row, Series, Sign
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.insight import schedule
from guerdon.insight.cost_reading import UNKNOWN

AREA: Final = "console.costs"
_ALL: Final = "console/<slug:programme>/finance/costs"
_SIGNS: Final[dict[str, Sign]] = {"known": "good", "waiting": "warn", "open": "", "too_old": ""}
_SERIES_MAX: Final = 6  # that can be told apart; what is told beside them is one more
Typed = Annotated[str, Meta(max_length=limits.NAME_CHARS_MAX)]


class CostForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry as people type it; its days have names of their own, for months are picked on the same page."""

    kind: Kind
    amount: Typed
    note: Typed
    currency: Typed = ""
    month: Typed | None = None
    first: date | None = None
    end: date | None = None
    rule: Typed = ""
    store: Typed = ""


def list_(visit: Visit) -> HttpResponse:
    """The months of the book, what was told, and the form for one more."""
    return _list(visit, {})


def _list(visit: Visit, faults: dict[str, str], status: int = 200) -> HttpResponse:
    pen, asked = Pen(visit), revenue.months(visit)
    try:
        book, wrong = ask(visit, api.months, query=asked), ""
    except Refusal as refusal:
        book, wrong = None, posted.fault(refusal)
    cursor = visit.request.GET.get("cursor")
    found = ask(visit, api.list_, query=calls.Page(cursor=cursor))
    heads = ("kind", "amount", "days", "about_what", "note", "told", "entry_state")
    context: dict[str, Any] = {
        "columns": tuple([Column(visit.say(f"costs.{one}"), one == "amount") for one in heads]),
        "entries": tuple([_entry(visit, pen, one) for one in found.costs]),
        "paging": Paging("", later=f"?cursor={found.next}") if found.next else None, "faults": faults, "wrong": wrong,
        "here": revenue.address(visit, AREA, asked),
        "since": asked.since or "", "until": asked.until or "", "csv": revenue.address(visit, _CSV, asked),
        "may_tell": visit.may("costs:write"), **_form(visit),
    }  # fmt: skip
    if book is not None:
        context |= {"waiting": _waiting(visit, book), **_months(visit, pen, book)}
    return frame.page(visit, "console/costs.html", context, area=AREA, status=422 if wrong else status)


def _waiting(visit: Visit, book: CostMonths) -> int:
    """How many months a worker counts; what is to be counted is put into the queue."""
    waiting = sum(one.known == "waiting" for one in book.months)
    if waiting:
        schedule.want_costs(visit.programme_id)
    return waiting


def _months(visit: Visit, pen: Pen, book: CostMonths) -> dict[str, Any]:
    """What each month comes to, what each kind comes to, and the chart of both."""
    heads = ("month", "cost", "income", "net", "state")
    rows = []
    for month in book.months:
        state = Cell(visit.say(f"costs.state_{month.known}"), sign=_SIGNS[month.known])
        name = pen.tongue.capital(pen.month(month.month))
        for one in month.totals:
            told = [pen.money(amount, one.currency) for amount in (one.cost, one.income, one.net)]
            if not one.whole:
                told[0] = visit.say("costs.not_whole", amount=told[0])
            rows.append(Row((Cell(name), *[Cell(text) for text in told], state)))
        if not month.totals:
            rows.append(Row((Cell(name), Cell("–"), Cell("–"), Cell("–"), state)))
    numbers = ("cost", "income", "net")
    lines = [line for month in book.months for line in month.lines]
    return {
        "month_columns": tuple([Column(visit.say(f"costs.{one}"), one in numbers) for one in heads]),
        "month_rows": tuple(reversed(rows)), "course": _course(visit, pen, book),
        "kind_columns": tuple([Column(visit.say(f"costs.{one}"), one in ("count", "amount"))
                               for one in ("kind", "source", "count", "amount")]),
        "cost_rows": _kinds(visit, pen, [one for one in lines if one.side == "cost"]),
        "income_rows": _kinds(visit, pen, [one for one in lines if one.side == "income"]),
        "aside_rows": _kinds(visit, pen, [one for one in lines if one.side == "aside"]),
    }  # fmt: skip


def _kinds(visit: Visit, pen: Pen, lines: Iterable[CostLine]) -> tuple[Row, ...]:
    """All months together, a row for each kind; of an entry of several months each month counts its part."""
    sums: dict[tuple[str, str, str, str], list[int | None]] = {}
    for one in lines:
        both = sums.setdefault((one.source, one.kind, one.of, one.currency), [0, 0])
        both[0] = (both[0] or 0) + one.count
        both[1] = None if both[1] is None or one.amount is None else both[1] + one.amount
    rows = []
    for (source, kind, of, currency), (count, amount) in sums.items():
        unit = of if kind in ("points", "campaign_points") and of in pen.programme.units else None
        told = "" if source == "told" else pen.number(count or 0, unit)
        worth = visit.say("costs.not_known") if amount is None else pen.money(amount, currency)
        cells = (_name(visit, pen, source, kind, of), visit.say(f"costs.source_{source}"), told, worth)
        rows.append(Row(tuple([Cell(text) for text in cells])))
    return tuple(rows)


def _name(visit: Visit, pen: Pen, source: str, kind: str, of: str) -> str:
    """A kind as people call it."""
    if source == "told":
        return visit.say(f"costs.kind_{kind}")
    shown = of
    if kind in ("points", "campaign_points"):
        shown = units.name(pen, of)
    elif kind == "rewards":
        shown = visit.say("costs.unknown_reward" if of == UNKNOWN else f"console_rewards.kind_{of}")
    elif kind in ("vouchers", "memberships"):
        known = pen.programme.offer(of) if kind == "vouchers" else pen.programme.plans.get(of)
        shown = of if known is None else pen.tongue.named(known.name)
    return visit.say(f"costs.known_{kind}", of=shown)


def _course(visit: Visit, pen: Pen, book: CostMonths) -> dict[str, Any] | None:
    """What months cost in the programme's own currency, by kind: what is known as one, then what people told."""
    home = book.currency
    names = ["", *_largest(book)]
    points = [
        Point(f"{month.month[5:]}.{month.month[:4]}", tuple([_drawn(pen, _of(month, one, home, names), home)
                                                            for one in names]))
        for month in book.months
    ]  # fmt: skip
    if not any(measure.number for point in points for measure in point.measures):
        return None
    series = [Series(visit.say(f"costs.kind_{one}" if one else "costs.all_known")) for one in names]
    return {"series": tuple(series), "points": tuple(points)}


def _largest(book: CostMonths) -> list[str]:
    """The kinds that were told, as many as can be told apart; `other` has all the rest."""
    sums: dict[str, int] = {}
    for month in book.months:
        for one in month.lines:
            if one.source == "told" and one.side == "cost" and one.currency == book.currency:
                sums[one.kind] = sums.get(one.kind, 0) + (one.amount or 0)
    kinds = sorted(sums, key=lambda kind: (-sums[kind], kind))
    if len(kinds) <= _SERIES_MAX:
        return [kind for kind in KINDS if kind in kinds]
    shown = [kind for kind in kinds if kind != "other"][: _SERIES_MAX - 1]
    return [*[kind for kind in KINDS if kind in shown], "other"]


def _of(month: CostMonth, kind: str, home: str, names: list[str]) -> int:
    """What a kind, or without one what is known, comes to in a month."""
    found = 0
    for one in month.lines:
        if one.side == "cost" and one.currency == home:
            own = "" if one.source == "known" else one.kind if one.kind in names else "other"
            found += (one.amount or 0) if own == kind else 0
    return found


def _drawn(pen: Pen, minor: int, currency: str) -> Measure:
    return Measure(minor / 10 ** money.decimals(currency), pen.money(minor, currency))


# --- entries ---


def _entry(visit: Visit, pen: Pen, one: CostView) -> Row:
    state = Cell(visit.say("costs.counts" if one.reversed is None else "costs.reversed"),
                 sign="good" if one.reversed is None else "")  # fmt: skip
    told = visit.say("costs.told_by", at=pen.day(one.told_at), by=one.told_by)
    texts = (visit.say(f"costs.kind_{one.kind}"), pen.money(one.amount, one.currency), _days(visit, pen, one),
             _about(visit, pen, one), one.note, told)  # fmt: skip
    return Row((*[Cell(text) for text in texts], state), visit.to("console.cost", one.id))


def _days(visit: Visit, pen: Pen, one: CostView) -> str:
    """The month, where it is one whole month, else the first and the last day."""
    after = (one.since.replace(day=1) + timedelta(days=32)).replace(day=1)
    if one.since.day == 1 and one.until == after:
        return pen.tongue.capital(pen.month(one.since.isoformat()[:7]))
    last = one.until - timedelta(days=1)
    return visit.say("costs.days_between", first=pen.day(one.since), last=pen.day(last))


def _about(visit: Visit, pen: Pen, one: CostView) -> str:
    named = next((pen.tongue.named(rule.name) for rule in pen.programme.rules if rule.key == one.rule), one.rule)
    return ", ".join(filter(None, (named, pen.word("store", one.store)))) or visit.say("costs.whole")


def _form(visit: Visit) -> dict[str, Any]:
    """What the form can pick, and what was typed."""
    form: Mapping[str, str] = visit.request.POST.dict()
    tongue = Pen(visit).tongue
    rules = sorted([(tongue.named(one.name), one.key) for one in visit.programme.rules])
    return {
        "form": form,
        "kinds": tuple([Choice(one, visit.say(f"costs.kind_{one}")) for one in KINDS]),
        "rules": (Choice("", visit.say("costs.whole")), *[Choice(key, name) for name, key in rules]),
    }  # fmt: skip


def tell(visit: Visit) -> HttpResponse:
    """Write an entry into the book."""
    try:
        form = posted.read(visit.request, CostForm)
        ask(visit, api.tell, body=_told(visit, form), token=posted.token(visit.request))
    except Refusal as refusal:
        return _list(visit, posted.faults(refusal), 422)
    return visit.done(visit.say("costs.saved"), AREA)


def _told(visit: Visit, form: CostForm) -> NewCost:
    """What was typed, the amount in minor units. Raises `value_refused`."""
    currency = form.currency.upper() or visit.programme.currency
    minor = typed.number(form.amount, scale=money.decimals(currency), at="/amount", currency=currency)
    days = {"month": form.month, "from": form.first, "until": form.end}
    return posted.shaped(
        {"kind": form.kind, "amount": minor, "note": form.note, "currency": currency, "rule": form.rule,
         "store": form.store, **{name: one for name, one in days.items() if one}},
        NewCost,
    )  # fmt: skip


def read(visit: Visit, id: str) -> HttpResponse:
    """One entry, what took it back, and the form for that."""
    return _read(visit, id, {})


def _read(visit: Visit, id: str, faults: dict[str, str], status: int = 200) -> HttpResponse:
    one: CostView = ask(visit, api.read, id)
    pen = Pen(visit)
    rows = [
        ("amount", pen.money(one.amount, one.currency)), ("days", _days(visit, pen, one)),
        ("about_what", _about(visit, pen, one)), ("note", one.note),
        ("told", visit.say("costs.told_by", at=pen.moment(one.told_at), by=one.told_by)),
    ]  # fmt: skip
    if one.reversed is not None:
        told = {"at": pen.moment(one.reversed.told_at), "by": one.reversed.told_by, "why": one.reversed.why}
        rows.append(("reversed", visit.say("costs.reversed_by", **told)))
    context: dict[str, Any] = {
        "one": one, "kind": visit.say(f"costs.kind_{one.kind}"), "amount": pen.money(one.amount, one.currency),
        "crumbs": (Link(visit.say("costs.title"), visit.to(AREA)),), "here": visit.to("console.cost", id),
        "facts": tuple([Fact(visit.say(f"costs.{name}"), text) for name, text in rows]), "faults": faults,
        "form": visit.request.POST, "may_reverse": visit.may("costs:write") and one.reversed is None,
    }  # fmt: skip
    return frame.page(visit, "console/cost.html", context, area=AREA, status=status)


def reverse(visit: Visit, id: str) -> HttpResponse:
    """Take an entry back."""
    try:
        told = posted.read(visit.request, CostReversal)
        ask(visit, api.reverse, id, body=told, token=posted.token(visit.request))
    except Refusal as refusal:
        return _read(visit, id, posted.faults(refusal), 422)
    return visit.done(visit.say("costs.back_done"), "console.cost", id)


def file(visit: Visit) -> HttpResponse:
    """The months as a file."""
    return frame.table(ask(visit, api.months, query=revenue.months(visit), csv=True))


_CSV: Final = "console.costs_csv"
PAGES: Final[tuple[Page, ...]] = (
    Page(_ALL, "costs:read", list_, AREA),
    Page(_ALL, "costs:write", tell, "console.cost_tell", ("POST",)),
    Page("console/<slug:programme>/finance/costs.csv", "costs:read", file, _CSV),
    Page(f"{_ALL}/<str:id>", "costs:read", read, "console.cost"),
    Page(f"{_ALL}/<str:id>", "costs:write", reverse, "console.cost_reverse", ("POST",)),
)
