"""What happened in the account, the latest first, each with why; and the receipt of it, to be printed and kept."""

from itertools import groupby
from typing import Final

import msgspec
from django.http import HttpResponse

from guerdon.core.errors import Refusal
from guerdon.faces.api import balances, seals
from guerdon.faces.api.balances import PostingView
from guerdon.faces.asking import ask
from guerdon.faces.portal import frame, own
from guerdon.faces.portal.redemptions import paging
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.programmes.queries import Lawbook
from guerdon.features.seals import queries

_ROWS: Final = 25


class Line(msgspec.Struct, frozen=True):
    """One posting in words; `activity` leads to its receipt where it is booked."""

    activity: str
    day: str
    points: str
    plus: bool
    balance: str
    why: str
    more: tuple[str, ...]


class Month(msgspec.Struct, frozen=True):
    """The postings of a month."""

    name: str
    lines: tuple[Line, ...]


def list_(visit: Visit) -> HttpResponse:
    """A page of the statement, grouped by months."""
    query = balances.StatementPage(
        limit=_ROWS, cursor=visit.request.GET.get("cursor"), explain="full", order="newest"
    )  # fmt: skip
    found = ask(visit, balances.read_statement, own.shown(visit), query=query)
    pen = Pen(visit)

    def month(one: PostingView) -> str:
        at = one.effective_at.astimezone(visit.zone)
        return f"{pen.tongue.months[at.month - 1].capitalize()} {at.year}"

    months = tuple(
        [
            Month(name, tuple([_line(pen, visit.book, one) for one in lines]))
            for name, lines in groupby(found.postings, key=month)
        ]
    )
    context = {"months": months, "paging": paging(found.next)}
    return frame.page(visit, "portal/activity.html", context, part="portal.activity")


def receipt(visit: Visit, id: str) -> HttpResponse:
    """All that one activity moved in the account, and whether it is sealed."""
    entry = own.activity(visit, id)
    query = balances.StatementPage(after_seq=entry.seq - 1, explain="full")
    found = ask(visit, balances.read_statement, own.shown(visit), query=query)
    pen = Pen(visit)
    mine = tuple([_line(pen, visit.book, one) for one in found.postings if one.activity == id])
    context = {"id": id, "entry": entry, "lines": mine, "seal": _sealed(visit, id)}
    return frame.page(visit, "portal/receipt.html", context, part="portal.activity")


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


def _line(pen: Pen, book: Lawbook, one: PostingView) -> Line:
    why: tuple[str, ...] = one.explanation.why if one.explanation is not None else ()
    sign = "+" if one.points > 0 else "−"
    if one.explanation is not None and one.explanation.shares and one.explanation.version:
        law = book.law(one.explanation.version).programme
        names = {rule.key: pen.tongue.named(rule.name) for rule in law.rules}
        told = [names[share.rule] for share in one.explanation.shares if share.rule in names]
        why = (pen.tongue.all_of(told), *why) if told else why
    return Line(
        one.activity or "", pen.day(one.effective_at), f"{sign}{pen.points(abs(one.points), one.unit)}", one.points > 0,
        pen.points(one.balance, one.unit), why[0] if why else "", tuple(why[1:]),
    )  # fmt: skip


PAGES: Final[tuple[Page, ...]] = (
    Page("my/<slug:programme>/activity", "self", list_, "portal.activity"),
    Page("my/<slug:programme>/activity/<str:id>", "self", receipt, "portal.receipt"),
    Page("my/<slug:programme>/activity/<str:id>/receipt.json", "self", download, "portal.download"),
)
