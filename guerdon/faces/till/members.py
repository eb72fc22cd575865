"""Who stands there: a member as far as a till needs to know, what is usable now, and what a purchase would give."""

from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from django.http import HttpResponse

from guerdon.core import limits, till_names
from guerdon.core.activities import PURCHASE, Member
from guerdon.core.errors import Refusal
from guerdon.core.redemptions import LIVE
from guerdon.core.rights import Right
from guerdon.faces import came_back, posted, redeemed, wares, worths
from guerdon.faces.api import activities, redemptions, rewards, tills, voucher_uses
from guerdon.faces.api.calls import Page as Rows
from guerdon.faces.api.redemptions import RedemptionView
from guerdon.faces.api.reward_prices import OwnPriceView, PriceView
from guerdon.faces.api.tills import Identified, NewQuote, Quote, QuotedVoucher
from guerdon.faces.api.views import ActivityView
from guerdon.faces.api.voucher_uses import VerdictView
from guerdon.faces.asking import ask
from guerdon.faces.show import Pen
from guerdon.faces.till import device, frame, goods, taps, ways
from guerdon.faces.visits import Page, Visit

TAKES_VOUCHERS: Final[Right] = "vouchers:redeem"
TYPED: Final = "typed"  # in the address of a receipt: the amount that was typed after its sale was recorded
_REWARDS_MAX: Final = 6  # what can be had, as much as there is room for
_HAD_MAX: Final = 20  # of what was redeemed last, to find what waits


class Purse(msgspec.Struct, frozen=True):
    """What can be spent of a unit, in words."""

    points: str
    worth: str


class Had(msgspec.Struct, frozen=True):
    """A reward of the member's: one that can be had, or one that waits to be handed over; or a purchase.

    `back` says that it came back, and when.
    """

    id: str
    name: str
    about: str
    back: str = ""
    stands: bool = True


def member(visit: Visit, id: str) -> HttpResponse:
    """The member, and the field for the amount."""
    return _begun(visit) if device.sale(visit) is None else shown(visit, id)


def _begun(visit: Visit) -> HttpResponse:
    """The same page once more with a name for its sale: who comes back to it comes back to the same sale."""
    told = visit.request.GET.copy()
    told[device.SALE] = device.fresh(visit)
    return visit.on(f"{visit.request.path}?{told.urlencode()}")


def shown(visit: Visit, id: str, fault: str = "", *, sale: str | None = None, minus: bool = False) -> HttpResponse:
    """The page of a member, with what went wrong there: at the field for the amount where its form was read."""
    at_field = bool(fault) and visit.request.method == "GET"
    rows, had = goods.rows(visit, judged=at_field), _had(visit, id)
    just = [one for one in had if one.state not in LIVE and may_undo(visit, one)]
    states, code = redeemed.states(visit, just), visit.request.GET.get("voucher", "")
    brought = taps.brought(visit, id, code) if code and visit.may(TAKES_VOUCHERS) else None
    of_line = any(row.quantity_fault or row.amount_fault for row in rows)  # it stands there
    who: Identified = ask(visit, tills.identify, body=tills.Scanned(id))
    context: dict[str, Any] = {
        "who": who, "name": named(visit, who), "purses": purses(visit, who),
        "tiers": tiers(who), "active": who.status == "active",
        "amount": visit.request.GET.get("amount", ""), "fault": "" if at_field else fault,
        "amount_fault": fault if at_field and not of_line else "", "last": last(visit, id) if minus else (),
        "sale": sale or device.sale(visit) or device.fresh(visit), "rows": rows,
        "lines": goods.any_in(visit), "rewards": (),
        "waiting": tuple([Had(one.id, one.name, one.code) for one in had if one.state in LIVE]),
        "just": tuple([Had(one.id, one.name, visit.say(f"states.{states[one.id]}")) for one in just]),
        "currency": visit.programme.currency, "brought": brought,
        "voucher": "" if brought is not None and brought.over else code,
    }  # fmt: skip
    context["answer"] = "good" if context["active"] else "bad"
    if context["active"]:
        context["rewards"] = _rewards(visit, id)
    if visit.may(TAKES_VOUCHERS):
        context["taps"] = taps.loose(visit, id, lambda: [one.external_id for one in _bought(visit, id)])
    return frame.page(visit, "till/member.html", context, status=422 if fault else 200)


def preview(visit: Visit, id: str) -> HttpResponse:
    """What the purchase would give and why, what can be used for it, and the one button that records it.

    A sale that was recorded already is shown its receipt: who came back to it does not sell again.
    """
    sale = device.sale(visit)
    if sale is None:
        return _begun(visit)
    for one in _bought(visit, id):
        if one.external_id == sale:
            return already(visit, one, _total(visit))
    try:
        basket = goods.read(visit)
        if taps.is_changed(visit, id, sale, basket):
            return shown(visit, id, visit.say("till_rewards.changed"))
        body = NewQuote(member=Member(id=id), amount=basket.amount, lines=basket.lines, store=device.here(visit).store)
        told: Quote = ask(visit, tills.quote, body=body)
        can_pay = ways.of(visit, id, basket, told.payable, sale=sale)
        voucher = _brought(visit, basket, id)
    except Refusal as refusal:
        minus = refusal.facts.get("reason") == goods.MINUS
        return shown(visit, id, " ".join(posted.faults(refusal).values()), minus=minus)
    who: Identified = ask(visit, tills.identify, body=tills.Scanned(id))
    pen = Pen(visit)
    context = {
        "who": who, "name": named(visit, who), "tiers": tiers(who), "id": id,
        "amount": goods.plain(visit, basket.total),
        "total": pen.money(basket.total), "basket": basket.kept, "query": goods.query(visit, basket, sale=sale),
        "ways": can_pay, "voucher": voucher,
        "vouchers": _usable(told, voucher) if visit.may(TAKES_VOUCHERS) else (),
        "takes_vouchers": visit.may(TAKES_VOUCHERS), "taps": taps.of_sale(visit, id, sale),
        "token": sale,
        "answer": "bad" if voucher is not None and not voucher.valid else "",
    }  # fmt: skip
    return frame.page(visit, "till/preview.html", context)


def already(visit: Visit, one: ActivityView, typed: int | None) -> HttpResponse:
    """On to the receipt of a sale that was recorded before; where another amount was typed now it says so, and stays.

    What the sale came to before its vouchers were taken off is no other amount.
    """
    recorded = None if one.total is None else one.total.amount
    if None in (recorded, typed) or typed in {recorded, *taps.sums(visit, one.member, one.external_id)}:
        return visit.done(visit.say("till.already"), "till.receipt", one.id)
    assert typed is not None
    return visit.on(f"{visit.to('till.receipt', one.id)}?{urlencode({TYPED: goods.plain(visit, typed)})}")


def _total(visit: Visit) -> int | None:
    """What was typed comes to; None where that is no sale."""
    try:
        return goods.read(visit).total
    except Refusal:
        return None


def _bought(visit: Visit, id: str) -> tuple[ActivityView, ...]:
    """The last purchases of a member."""
    query = activities.Listing(member=id, order="newest", kind=PURCHASE, limit=limits.TILL_BOUGHT_MAX, whole=True)
    return tuple([one.activity for one in ask(visit, activities.list_, query=query).activities])


def last(visit: Visit, id: str) -> tuple[Had, ...]:
    """The last purchases of a member in words: what comes back is one of them."""
    pen, found = Pen(visit), _bought(visit, id)
    back = came_back.of(visit, [one.id for one in found])
    return tuple(
        [
            Had(
                one.id,
                "–" if one.total is None else pen.money(one.total.amount, one.total.currency),
                pen.moment(one.occurred_at),
                back[one.id].told(visit) if one.id in back else "",
                one.status == "recorded" and not (one.id in back and back[one.id].whole),
            )
            for one in found
        ]
    )


def _brought(visit: Visit, basket: goods.Basket, id: str) -> VerdictView | None:
    """What the voucher that was scanned comes to beside the basket; None where none was."""
    code = visit.request.GET.get("voucher", "").strip()
    if not code or not visit.may(TAKES_VOUCHERS):
        return None
    beside = voucher_uses.Basket(
        member=Member(id=id), amount=basket.amount, lines=basket.lines, store=device.here(visit).store,
        channel=frame.CHANNEL,
    )  # fmt: skip
    looked: voucher_uses.Looked = ask(visit, voucher_uses.validate, code, body=beside)
    return looked.vouchers[0]


def _usable(told: Quote, brought: VerdictView | None) -> tuple[QuotedVoucher, ...]:
    """What can be taken off, first what was brought."""
    if brought is None or brought.offer is None or brought.off is None:
        return told.vouchers
    others = [one for one in told.vouchers if one.code != brought.code]
    return (QuotedVoucher(brought.code, brought.offer.voucher, brought.offer.name, brought.off), *others)


def named(visit: Visit, who: Identified) -> str:
    """How to greet the member."""
    return who.name or visit.say("till.unnamed")


def tiers(who: Identified) -> str:
    """The member's tiers, one of each ladder."""
    return ", ".join(one.name for one in who.tiers)


def purses(visit: Visit, who: Identified) -> tuple[Purse, ...]:
    """What the member can spend, in points and in money."""
    pen = Pen(visit)
    return tuple(
        [
            Purse(pen.points(one.available, one.unit), worths.told(visit, one.unit, one.available, one.worth))
            for one in who.balances
        ]
    )


def _had(visit: Visit, id: str) -> tuple[RedemptionView, ...]:
    """What the member has redeemed last."""
    found: redemptions.Redemptions = ask(visit, redemptions.list_of_member, id, query=Rows(limit=_HAD_MAX))
    return found.redemptions


def is_recent(visit: Visit, at: datetime) -> bool:
    """Whether it was done a moment ago, as long as acts at a till can be undone."""
    return visit.now <= at + timedelta(minutes=limits.TILL_UNDO_MINUTES_MAX)


def may_undo(visit: Visit, one: RedemptionView) -> bool:
    """Whether the till can take a redemption back: while it waits, or what went out by a code a moment ago, here.

    Whether the code was used is seen when it is tried.
    """
    mine = till_names.whose(one.external_id) == till_names.mark(visit.user_id or "")
    by_code = one.state == "fulfilled" and bool(one.voucher or one.gift_card)
    return one.state in LIVE or (by_code and mine and is_recent(visit, one.made_at))


def _rewards(visit: Visit, id: str) -> tuple[Had, ...]:
    """What the points are enough for now, at what this member pays: first what is paid with points alone."""
    query = rewards.OwnShelf(limit=_REWARDS_MAX, affordable=True, available=True)
    found = ask(visit, rewards.list_of_member, id, query=query).offers
    return tuple(
        [
            Had(one.reward.key, one.reward.name, _asked_for(visit, price, price.own))
            for one in found
            for price in one.reward.prices[own_price(one) - 1 : own_price(one)]
            if price.own is not None
        ]
    )


def own_price(offer: rewards.OfferView) -> int:
    """The number of the price that the member can pay: the first with points alone, else the first; 1 where none."""
    paid = [price for price in offer.reward.prices if price.own is not None]
    alone = [price for price in paid if price.own is not None and price.own.money is None]
    return next((price.number for price in (*alone, *paid)), 1)


def _asked_for(visit: Visit, price: PriceView, own: OwnPriceView) -> str:
    """What the member pays, how much of it in money, and beside it the price where that is another; or free."""
    pen = Pen(visit)
    told, normal = (wares.priced(visit, pen, one) for one in (own, price))
    word = "till.rewards_about" if own.money is None else "till.rewards_money"
    parts = [visit.say(word, price=told) if own.points or own.money is not None else told]
    if told != normal:
        parts.append(visit.say("till.rewards_normal", price=normal))
    return " · ".join(parts)


PAGES: Final[tuple[Page, ...]] = (
    frame.at_till("till/<slug:programme>/members/<str:id>", "members:read", member, "till.member"),
    frame.at_till("till/<slug:programme>/members/<str:id>/purchase", "activities:read", preview, "till.preview"),
)
