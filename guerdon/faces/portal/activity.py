"""What happened in the account, the latest first, each with why; and the receipt of it, to be printed and kept."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

import msgspec
from django.http import HttpResponse

from guerdon.core import limits, till_names
from guerdon.core.activities import PURCHASE, Activity
from guerdon.core.errors import Refusal
from guerdon.faces.api import balances, seals
from guerdon.faces.api.balances import LotView, PostingView
from guerdon.faces.asking import ask
from guerdon.faces.portal import frame, home, own, reasons
from guerdon.faces.portal.reasons import Reasons
from guerdon.faces.portal.redemptions import from_first, paging
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.activities import taken as taken_back
from guerdon.features.activities.queries import Recorded
from guerdon.features.seals import queries
from guerdon.kit import ids

_ROWS: Final = 25


class Line(msgspec.Struct, frozen=True):
    """One posting in words: what happened, why it moved points, and when; `activity` leads to its receipt where it is
    booked, `state` is what became of points that were earned: taken back, or not to be spent yet."""

    activity: str
    title: str
    about: str
    points: str
    plus: bool
    balance: str
    why: str
    more: tuple[str, ...]
    state: str = ""


class Month(msgspec.Struct, frozen=True):
    """The postings of a month."""

    name: str
    lines: tuple[Line, ...]


def list_(visit: Visit) -> HttpResponse:
    """A page of the statement, grouped by months; of who shares a household the own one from before goes on it."""
    query = balances.StatementPage(
        limit=_ROWS, cursor=visit.request.GET.get("cursor"), explain="full", order="newest", whole=True
    )  # fmt: skip
    found = ask(visit, balances.read_statement, own.shown(visit), query=query)
    pen = Pen(visit)

    context = {
        "months": _months(visit, pen, _lines(visit, pen, found.postings)),
        "paging": paging(found.next),
        "aside": _aside(visit, pen),
    }
    return frame.page(visit, "portal/activity.html", context, part="portal.activity")


def _months(visit: Visit, pen: Pen, lines: Sequence[tuple[PostingView, Line]]) -> tuple[Month, ...]:
    """Lines by months, the latest first; what came late stands among what it came with, as sums do, and says so."""
    found: list[tuple[str, Line]] = []
    latest = None
    for one, line in reversed(lines):
        at = one.effective_at.astimezone(visit.zone)
        late = latest is not None and at.date() < latest.date()
        latest = at if latest is None else max(at, latest)
        about = line.about
        if late and one.posted_at is not None:
            about = f"{about} · {visit.say('portal_activity.late', day=pen.day(one.posted_at))}"
        month = f"{pen.tongue.months[latest.month - 1].capitalize()} {latest.year}"
        found.append((month, msgspec.structs.replace(line, about=about)))
    months = groupby(reversed(found), key=lambda each: each[0])
    return tuple([Month(name, tuple([line for _, line in each])) for name, each in months])


def _aside(visit: Visit, pen: Pen) -> str:
    """What of the sums behind the lines can't be spent now: pending or held."""
    told: list[str] = []
    for one in ask(visit, balances.read, own.shown(visit)).balances:
        aside = (("pending", one.pending), ("held", one.held))
        told += [visit.say(f"portal.{word}", points=pen.points(steps, one.unit)) for word, steps in aside if steps]
    return visit.say("portal_activity.aside", points=pen.tongue.all_of(told)) if told else ""


def receipt(visit: Visit, id: str) -> HttpResponse:
    """All that one activity moved in the account, and whether it is sealed."""
    entry = own.activity(visit, id)
    # Of the very account in which it stands: the own one, the household's, or one that was merged into it.
    query = balances.StatementPage(after_seq=entry.seq - 1, explain="full", own=True, limit=limits.PAGE_ROWS_MAX)
    found = ask(visit, balances.read_statement, ids.show("member", entry.account_id), query=query)
    pen = Pen(visit)
    moved = [one for one in found.postings if one.activity == id]
    mine = tuple([each for _, each in _lines(visit, pen, moved)])
    name = entry.activity.external_id if entry.activity.kind == PURCHASE else ""  # all else is named for programs
    context = {
        "id": id, "entry": entry, "lines": mine, "seal": _sealed(visit, id), "told_as": till_names.number(name),
        "bought": _bought(visit, pen, entry.activity),
    }  # fmt: skip
    return frame.page(visit, "portal/receipt.html", context, part="portal.activity")


def _bought(visit: Visit, pen: Pen, told: Activity) -> tuple[tuple[str, str], ...]:
    """What was told of a purchase: where, how much it came to, and what of that points paid; nothing of all else."""
    if told.kind != PURCHASE:
        return ()
    points = sum([one.amount for one in told.tenders if one.kind == "points"])
    rows = (
        ("store", pen.word("store", told.store)),
        ("total", pen.money(reasons.paid(told), told.currency) if told.goods else None),
        ("with_points", pen.money(points, told.currency) if points else None),
    )
    return tuple([(visit.say(f"portal_activity.{word}"), value) for word, value in rows if value])


def download(visit: Visit, id: str) -> HttpResponse:
    """The sealed receipt as a file, which anybody can check without us."""
    own.activity(visit, id)
    told = msgspec.json.encode(ask(visit, seals.read_receipt, id))
    headers = {"Content-Disposition": f'attachment; filename="{id}.json"', "Cache-Control": "no-store, private"}
    return HttpResponse(told, content_type="application/json", headers=headers)


def _sealed(visit: Visit, id: str) -> int | None:
    """The number of the seal, None as long as there is none."""
    try:
        number: int = ask(visit, seals.read_receipt, id).seal.span.number
    except Refusal as refusal:
        if refusal.kind is not queries.NOT_SEALED_YET:
            raise
        return None
    return number


def _lines(visit: Visit, pen: Pen, postings: Iterable[PostingView]) -> list[tuple[PostingView, Line]]:
    """Postings in words, each with what became of what it gave."""
    shown = _folded(postings)
    why = Reasons(visit, pen, shown)
    gone, left = _gone(visit, why.entries), _pending(visit, shown)
    return [(one, _line(visit, pen, one, why, gone, left)) for one in shown]


def _folded(postings: Iterable[PostingView]) -> list[PostingView]:
    """Postings with what passed between accounts told once, not lot by lot."""
    found: list[PostingView] = []
    for one in postings:
        last = found[-1] if found else None
        same = last is not None and (last.activity, last.kind, last.unit) == (one.activity, one.kind, one.unit)
        if last is not None and same and one.kind in reasons.WHOLE:
            found[-1] = msgspec.structs.replace(last, points=last.points + one.points, explanation=None)
        else:
            found.append(one)
    return found


def _gone(visit: Visit, entries: dict[str, Recorded]) -> dict[tuple[str | None, str], bool]:
    """Of which activities points of which units were taken back by returns, and whether all of them were."""
    taken = taken_back.back(visit.store, [(one.account_id, one.activity_id) for one in entries.values()])
    found: dict[tuple[str | None, str], bool] = {}
    for id, units in taken.items():
        for unit, steps in units.items():
            given = sum([award.points for award in entries[id].decision.awards if award.unit == unit])
            if steps > 0:
                found[ids.show("activity", id), unit] = steps >= given
    return found


def _pending(visit: Visit, postings: Iterable[PostingView]) -> dict[str, LotView]:
    """The lots of which something can't be spent yet; asked for only where a posting made one."""
    made = [lot for one in postings if one.explanation is not None for lot in one.explanation.lots]
    if not any(lot.direction == "made" and lot.available_at > visit.now for lot in made):
        return {}
    lots = ask(visit, balances.list_lots, own.shown(visit), query=balances.LotPage(limit=limits.PAGE_ROWS_MAX)).lots
    return {one.id: one for one in lots if one.awaits or (one.available_at and one.available_at > visit.now)}


def _state(
    visit: Visit, pen: Pen, one: PostingView, gone: dict[tuple[str | None, str], bool], left: dict[str, LotView]
) -> str:
    whole = gone.get((one.activity, one.unit)) if one.kind == "earn" else None
    if whole:
        return visit.say("portal_activity.taken_back")
    lots = [] if one.explanation is None else [left[lot.lot] for lot in one.explanation.lots if lot.lot in left]
    mine = [lot for lot in lots if one.points > 0]
    told = [visit.say("portal_activity.taken_back_part")] if whole is False else []
    told += [home.pending(visit, pen, mine[0].available_at, mine[0].awaits)] if mine else []
    return " · ".join(told)


def _line(
    visit: Visit, pen: Pen, one: PostingView, reasons_of: Reasons, gone: dict[tuple[str | None, str], bool],
    left: dict[str, LotView],
) -> Line:  # fmt: skip
    sign = "+" if one.points > 0 else "−"
    more = () if one.explanation is None or one.kind in reasons.WHOLE else one.explanation.why[1:]
    what, why = reasons_of.what(one), reasons_of.of(one)
    state, day = _state(visit, pen, one, gone, left), pen.day(one.effective_at)
    about = " · ".join(filter(None, (why if what else "", day, state)))
    return Line(
        one.activity or "", what or why, about, f"{sign}{pen.points(abs(one.points), one.unit)}",
        one.points > 0 and not gone.get((one.activity, one.unit)), pen.points(one.balance, one.unit),
        why, more, state,
    )  # fmt: skip


PAGES: Final[tuple[Page, ...]] = (
    Page("my/<slug:programme>/activity", "self", from_first(list_), "portal.activity"),
    Page("my/<slug:programme>/activity/<str:id>", "self", receipt, "portal.receipt"),
    Page("my/<slug:programme>/activity/<str:id>/receipt.json", "self", download, "portal.download"),
)
