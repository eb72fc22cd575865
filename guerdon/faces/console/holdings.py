"""What a member holds: points lot by lot, vouchers, and what was redeemed, each a table of its own."""

from typing import Final, NamedTuple

from django.http import HttpResponse

from guerdon.faces.api import balances, redemptions, vouchers
from guerdon.faces.api.calls import Page as Part
from guerdon.faces.api.members import MemberView
from guerdon.faces.asking import ask
from guerdon.faces.console import member
from guerdon.faces.design.shapes import Cell, Column, Paging, Row, Sign
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit

_ROWS: Final = 25
_SIGNS: Final[dict[str, Sign]] = {
    "reserved": "warn", "confirmed": "warn", "fulfilled": "good", "cancelled": "", "expired": "",
    "active": "good", "used": "", "withdrawn": "bad",
}  # fmt: skip


class Sheet(NamedTuple):
    """A table: the tab where it stands, its word, the words of its columns."""

    tab: str
    word: str
    heads: tuple[str, ...]


_NUMBERS: Final = frozenset(("amount", "remaining", "held", "uses"))
_LOTS: Final = Sheet(
    "console.lots", "lots", ("earned", "amount", "remaining", "held", "available_from", "ends_at", "funder")
)
_VOUCHERS: Final = Sheet("console.vouchers_of", "vouchers", ("voucher", "state", "code", "uses", "given", "ends_at"))
_REDEMPTIONS: Final = Sheet("console.redemptions_of", "redemptions", ("reward", "state", "costs", "code", "made"))


def lots(visit: Visit, id: str) -> HttpResponse:
    """The points of each award with their own life, those with something left first."""
    found, pen = member.read(visit, id), Pen(visit)
    spent = visit.request.GET.get("spent") == "yes"
    query = balances.LotPage(limit=_ROWS, cursor=visit.request.GET.get("cursor"), spent=spent)
    page = ask(visit, balances.list_lots, found.id, query=query)
    rows = [
        Row(
            (
                Cell(pen.day(one.earned_at)),
                Cell(pen.points(one.amount, one.unit)),
                Cell(pen.number(one.remaining, one.unit)),
                Cell(pen.number(one.held, one.unit)),
                Cell(_from(visit, pen, one)),
                Cell(visit.say("member.no_end") if one.expires_at is None else pen.until(one.expires_at)),
                Cell(one.funder or ""),
            )
        )
        for one in page.lots
    ]
    return _table(visit, found, _LOTS, rows, page.next, spent=spent)


def _from(visit: Visit, pen: Pen, one: balances.LotView) -> str:
    """From when on it can be spent: a day, or what it waits for."""
    if one.awaits is not None:
        return visit.say("member.awaits", what=pen.tongue.kind(one.awaits, visit.programme)["one"])
    return "" if one.available_at is None else pen.day(one.available_at)


def list_vouchers(visit: Visit, id: str) -> HttpResponse:
    """The vouchers that the member was given."""
    found, pen = member.read(visit, id), Pen(visit)
    page = ask(visit, vouchers.list_, found.id, query=_part(visit))
    rows = [
        Row(
            (
                Cell(one.offer.name),
                Cell(visit.say(f"states.{one.state}"), sign=_SIGNS[one.state]),
                Cell(one.code),
                Cell(f"{one.used}/{one.uses}"),
                Cell(pen.day(one.issued_at)),
                Cell(visit.say("member.no_end") if one.expires_at is None else pen.until(one.expires_at)),
            )
        )
        for one in page.vouchers
    ]
    return _table(visit, found, _VOUCHERS, rows, page.next)


def list_redemptions(visit: Visit, id: str) -> HttpResponse:
    """What the member has redeemed, the latest first."""
    found, pen = member.read(visit, id), Pen(visit)
    page = ask(visit, redemptions.list_of_member, found.id, query=_part(visit))
    rows = [
        Row(
            (
                Cell(one.name),
                Cell(visit.say(f"states.{one.state}"), sign=_SIGNS[one.state]),
                Cell(_costs(pen, one)),
                Cell(one.code),
                Cell(pen.moment(one.made_at)),
            )
        )
        for one in page.redemptions
    ]
    return _table(visit, found, _REDEMPTIONS, rows, page.next)


def _costs(pen: Pen, one: redemptions.RedemptionView) -> str:
    told = [pen.points(each.points, each.unit) for each in one.points]
    if one.money is not None and one.money.amount:
        told.append(pen.money(one.money.amount, one.money.currency))
    return pen.tongue.all_of(told) if told else "–"


def _part(visit: Visit) -> Part:
    return Part(limit=_ROWS, cursor=visit.request.GET.get("cursor"))


def _table(
    visit: Visit, found: MemberView, sheet: Sheet, rows: list[Row], cursor: str | None, *, spent: bool = False
) -> HttpResponse:
    """One table on its page about the member."""
    more = "&spent=yes" if spent else ""
    columns = [Column(visit.say(f"member.{one}"), end=one in _NUMBERS) for one in sheet.heads]
    context = {
        "columns": tuple(columns), "rows": rows, "spent": spent, "toggle": sheet.word == "lots",
        "paging": Paging("", later=f"?cursor={cursor}{more}") if cursor else None,
        "caption": visit.say(f"member.{sheet.word}"), "none": visit.say(f"member.none_{sheet.word}"),
    }  # fmt: skip
    return member.page(visit, found, sheet.tab, "console/holdings.html", context)


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/members/<str:id>/lots", "profiles:read", lots, "console.lots"),
    Page("console/<slug:programme>/members/<str:id>/vouchers", "profiles:read", list_vouchers, "console.vouchers_of"),
    Page(
        "console/<slug:programme>/members/<str:id>/redemptions", "profiles:read", list_redemptions,
        "console.redemptions_of",
    ),
)  # fmt: skip
