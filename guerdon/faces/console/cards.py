"""Gift cards in the console: looked up, with their statements; sold and loaded by whoever has the right."""

from typing import Annotated, Any, Final

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.faces import posted, typed
from guerdon.faces.api import cards as api
from guerdon.faces.asking import ask
from guerdon.faces.console import frame
from guerdon.faces.design.shapes import Cell, Column, Paging, Row
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit

AREA: Final = "console.cards"
_ROWS: Final = 25


class Loading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An amount as people write it."""

    amount: Annotated[str, Meta(min_length=1, max_length=limits.KEY_CHARS_MAX)]


def show(visit: Visit) -> HttpResponse:
    """The form to look one up, and for who may the one to sell one."""
    return _show(visit)


def _show(
    visit: Visit, *, said: dict[str, Any] | None = None, faults: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "said": said or {}, "faults": faults or {}, "writes": visit.may("cards:write"),
        "on": visit.programme.gift_cards is not None, "currency": visit.programme.currency,
    }  # fmt: skip
    return frame.page(visit, "console/cards.html", context, area=AREA, status=status)


def find(visit: Visit) -> HttpResponse:
    """On to the card of a code; wrong ones are counted."""
    typed = (visit.request.GET.get("code") or "").strip()[: limits.TEXT_CHARS_MAX]
    try:
        found = ask(visit, api.read, typed or "?")
    except Refusal as refusal:
        return _show(visit, said={"code": typed}, faults=posted.faults(refusal), status=404)
    return visit.on(visit.to("console.card", found.card.code))


def one(visit: Visit, code: str) -> HttpResponse:
    """What is on a card, until when, and how it came."""
    return _one(visit, code)


def _one(
    visit: Visit, code: str, *, said: dict[str, Any] | None = None, faults: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    pen, found = Pen(visit), ask(visit, api.read, code).card
    query = api.CardPage(limit=_ROWS, cursor=visit.request.GET.get("cursor"))
    told = ask(visit, api.read_statement, code, query=query)
    rows = [
        Row((Cell(pen.moment(each.at)), Cell(visit.say(_way(each))),
             Cell(pen.money(each.amount.amount, each.amount.currency)),
             Cell(pen.money(each.balance.amount, each.balance.currency))))
        for each in told.lines
    ]  # fmt: skip
    lots = [
        Row((Cell(pen.money(each.amount.amount, each.amount.currency)),
             Cell(pen.until(each.expires_at) if each.expires_at else visit.say("console_cards.never"))))
        for each in found.lots
    ]  # fmt: skip
    heads = {"lots": ("amount", "ends"), "lines": ("when", "what", "amount", "balance")}
    context = {
        "one": found, "balance": pen.money(found.balance.amount, found.balance.currency), "rows": tuple(rows),
        "lots": tuple(lots), "paging": Paging("", later=f"?cursor={told.next}") if told.next else None,
        "columns": {
            name: tuple([Column(visit.say(f"console_cards.{each}"), end=each in ("amount", "balance"))
                         for each in every])
            for name, every in heads.items()
        },
        "said": said or {}, "faults": faults or {}, "writes": visit.may("cards:write"),
        "currency": visit.programme.currency,
    }  # fmt: skip
    return frame.page(visit, "console/card.html", context, area=AREA, status=status)


def _way(one: api.CardLine) -> str:
    """The word for whether money came or went."""
    return "console_cards.out" if one.amount.amount < 0 else "console_cards.in"


def _amount(visit: Visit) -> int:
    return typed.amount(visit, posted.read(visit.request, Loading).amount)


def sell(visit: Visit) -> HttpResponse:
    """Sell a card, once however often the form is sent."""
    token, said = posted.token(visit.request), visit.request.POST.dict()
    try:
        body = api.NewGiftCard(_amount(visit), token, source="console")
        made = ask(visit, api.issue, body=body, token=token)
    except Refusal as refusal:
        return _show(visit, said=said, faults={"amount": posted.fault(refusal)}, status=422)
    return visit.done(visit.say("console_cards.sold"), "console.card", made.card.code)


def load(visit: Visit, code: str) -> HttpResponse:
    """Load more money onto a card."""
    token, said = posted.token(visit.request), visit.request.POST.dict()
    try:
        body = api.NewGiftCard(_amount(visit), token, source="console")
        ask(visit, api.top_up, code, body=body, token=token)
    except Refusal as refusal:
        return _one(visit, code, said=said, faults={"amount": posted.fault(refusal)}, status=422)
    return visit.done(visit.say("console_cards.loaded"), "console.card", code)


_AT: Final = "console/<slug:programme>/cards"
PAGES: Final[tuple[Page, ...]] = (
    Page(_AT, "cards:spend", show, "console.cards"),
    Page(_AT, "cards:write", sell, "console.card_sell", methods=("POST",)),
    Page(f"{_AT}/find", "cards:spend", find, "console.card_find"),
    Page(f"{_AT}/<str:code>", "cards:spend", one, "console.card"),
    Page(f"{_AT}/<str:code>", "cards:write", load, "console.card_load", methods=("POST",)),
)
