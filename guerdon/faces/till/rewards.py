"""Rewards at the counter: redeemed with a tap and a yes, handed over by their code; vouchers taken off a purchase."""

from typing import Annotated, Final
from urllib.parse import urlencode

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import limits, till_names
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.redemptions import LIVE
from guerdon.faces import posted, redeemed
from guerdon.faces.api import redemptions as api
from guerdon.faces.api import rewards as catalogue
from guerdon.faces.api import tills, voucher_uses
from guerdon.faces.api.calls import HandedOver, Trial
from guerdon.faces.api.redemptions import RedemptionView
from guerdon.faces.asking import ask
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.till import device, frame, goods, members, taps
from guerdon.faces.visits import Page, Visit

_SIGNS: Final = {"reserved": "warn", "confirmed": "brand", "fulfilled": "good", "cancelled": "", "expired": ""}


class Beside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A voucher that is shown beside a purchase."""

    code: Annotated[str, Meta(min_length=1, max_length=limits.TEXT_CHARS_MAX)]
    amount: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]
    basket: Annotated[str, Meta(max_length=limits.TEXT_CHARS_MAX)] | None = None


def redeem(visit: Visit, id: str, key: str) -> HttpResponse:
    """Ask what it comes to, then redeem: once in a sale, however often the form is sent or gone back to."""
    here, sale = device.here(visit), device.token(visit)
    try:
        body = api.NewRedemption(
            member=Member(id=id), reward=key, external_id=device.part(sale, f"{id} {key}"),
            price=_price(visit, id, key), source=here.source, store=here.store, channel=frame.CHANNEL,
        )  # fmt: skip
        if not visit.is_sure:
            tried = ask(visit, api.make, query=Trial(dry_run=True), body=body).redemption
            return _asked(visit, tried, id, sale=sale)
        made = ask(visit, api.make, query=Trial(dry_run=here.training), body=body).redemption
    except Refusal as refusal:
        return members.shown(visit, id, " ".join(posted.faults(refusal).values()), sale=sale)
    if here.training:
        return visit.done(visit.say("till.trained"), "till.member", id)
    return visit.done(visit.say("till.redeemed"), "till.redemption", made.id)


def _price(visit: Visit, id: str, key: str) -> int:
    """The way to pay that the member is shown."""
    query = catalogue.OwnShelf(limit=limits.PAGE_ROWS_MAX)
    for one in ask(visit, catalogue.list_of_member, id, query=query).offers:
        if one.reward.key == key:
            return members.own_price(one)
    return 1


def _asked(visit: Visit, tried: RedemptionView, id: str, *, sale: str) -> HttpResponse:
    back = f"{visit.to('till.member', id)}?{urlencode({device.SALE: sale})}"
    about = visit.say("portal_rewards.sure_about", costs=_costs(visit, tried))
    asked = Question(visit.say("portal_rewards.sure", name=tried.name), visit.say("till.redeem"), back, about)
    return visit.sure(asked, token=sale)


def _costs(visit: Visit, one: RedemptionView) -> str:
    pen = Pen(visit)
    parts = [pen.points(each.points, each.unit) for each in one.points]
    if one.money is not None:
        parts.append(pen.money(one.money.amount, one.money.currency))
    return pen.tongue.all_of(parts) if parts else visit.say("portal_rewards.free")


def redemption(visit: Visit, id: str) -> HttpResponse:
    """One redemption: what it is of, and whether it can be handed over."""
    return _shown(visit, ask(visit, api.read, id).redemption)


def _shown(visit: Visit, one: RedemptionView, fault: str = "", status: int = 200) -> HttpResponse:
    who = ask(visit, tills.identify, body=tills.Scanned(one.member))
    state = redeemed.states(visit, [one])[one.id]
    open_code = state == "given"
    context = {
        "one": one, "state": visit.say(f"states.{state}"), "sign": "warn" if open_code else _SIGNS[one.state],
        "costs": _costs(visit, one), "who": who, "name": members.named(visit, who), "live": one.state in LIVE,
        "undoes": members.may_undo(visit, one), "ended": _ended(visit, one), "unused": open_code,
        "collects": _collects(visit, one, unused=open_code), "takes_off": visit.may(members.TAKES_VOUCHERS),
        "code": one.voucher or one.gift_card or one.code, "token": device.fresh(visit), "fault": fault,
        "answer": "good" if one.state in LIVE else "bad",
    }  # fmt: skip
    return frame.page(visit, "till/redemption.html", context, status=status)


def _collects(visit: Visit, one: RedemptionView, *, unused: bool) -> str:
    """What is to be collected for it: by the till that redeemed it at once, else when it is handed over or taken off.

    What was done stays on the page for as long as it can be undone.
    """
    if one.money is None or one.state not in (*LIVE, "fulfilled"):
        return ""
    money = Pen(visit).money(one.money.amount, one.money.currency)
    if till_names.is_till(one.source):
        due = members.is_recent(visit, one.made_at)
    elif one.state in LIVE:
        due = True
    elif one.voucher is None:
        due = members.is_recent(visit, one.settled_at or one.made_at)
    else:
        return visit.say("till_rewards.collect_then", money=money) if unused else ""
    return visit.say("till.collect", money=money) if due else ""


def _ended(visit: Visit, one: RedemptionView) -> str:
    """When it was handed over or given back."""
    return "" if one.settled_at is None else Pen(visit).moment(one.settled_at)


def hand_over(visit: Visit, id: str) -> HttpResponse:
    """Note that it was given: what was only reserved is bought first."""
    here, token = device.here(visit), device.token(visit)
    found: RedemptionView = ask(visit, api.read, id).redemption
    trial = Trial(dry_run=here.training)
    try:
        if found.state == "reserved":
            found = ask(visit, api.confirm, id, query=trial, token=token).redemption
        if found.state != "fulfilled" and not here.training:
            told = HandedOver(source=here.source, external_id=token)
            ask(visit, api.fulfil, id, query=told, token=token)
    except Refusal as refusal:
        return _shown(visit, found, posted.faults(refusal)[""], status=422)
    word = "till.trained" if here.training else "till.handed"
    return visit.done(visit.say(word), "till.redemption", id)


def give_up(visit: Visit, id: str) -> HttpResponse:
    """Undo it, after a yes: points and piece come back, where it waits or its code was given here a moment ago."""
    here = device.here(visit)
    found: RedemptionView = ask(visit, api.read, id).redemption
    if found.state in ("cancelled", "expired"):
        return visit.on(visit.to("till.redemption", id))  # there is nothing left to undo
    if found.state == "fulfilled" and not members.may_undo(visit, found):
        return _shown(visit, found, _undo_not(visit, found), status=422)
    try:
        if not visit.is_sure:
            ask(visit, api.cancel, id, query=Trial(dry_run=True))
            return visit.sure(_undo_asked(visit, found), token=device.token(visit))
        ask(visit, api.cancel, id, query=Trial(dry_run=here.training), token=device.token(visit))
    except Refusal as refusal:
        return _shown(visit, found, posted.faults(refusal)[""], status=422)
    if here.training:
        return visit.done(visit.say("till.trained"), "till.redemption", id)
    return visit.done(" ".join((visit.say("till.undone_reward"), *_gives_back(visit, found))), "till.redemption", id)


def _gives_back(visit: Visit, found: RedemptionView) -> tuple[str, ...]:
    """What was collected for it at a till and is given back by hand; nothing where it was still to be collected."""
    if found.money is None or not till_names.is_till(found.source):
        return ()
    return (visit.say("till.undo_reward_money", money=Pen(visit).money(found.money.amount)),)


def _undo_not(visit: Visit, found: RedemptionView) -> str:
    if found.voucher or found.gift_card:
        return visit.say("till.undo_reward_not", minutes=limits.TILL_UNDO_MINUTES_MAX)
    return visit.say("till.undo_reward_gone")


def _undo_asked(visit: Visit, found: RedemptionView) -> Question:
    """What comes back: points, the piece, and money that is to be given back by hand."""
    about = (visit.say("till.undo_reward_about"), *_gives_back(visit, found))
    return Question(
        visit.say("till.undo_reward_sure", name=found.name), visit.say("till.undo"),
        visit.to("till.redemption", found.id), " ".join(about),
    )  # fmt: skip


def use(visit: Visit, id: str) -> HttpResponse:
    """Take a voucher off a purchase, once; then it goes on with what is left to pay."""
    here, sale = device.here(visit), device.token(visit)
    try:
        told = posted.read(visit.request, Beside)
        basket = goods.carried(visit, told.amount, told.basket)
        if taps.is_changed(visit, id, sale, basket, code=told.code):
            return members.shown(visit, id, visit.say("till_rewards.changed"), sale=sale)
        body = voucher_uses.NewUse(
            member=Member(id=id), amount=basket.amount, lines=basket.lines, store=here.store, channel=frame.CHANNEL,
            source=here.source, external_id=taps.name(visit, id, sale, told.code),
        )  # fmt: skip
        used = ask(visit, voucher_uses.redeem, told.code, query=Trial(dry_run=here.training), body=body).use
    except Refusal as refusal:
        return members.shown(visit, id, " ".join(posted.faults(refusal).values()), sale=sale)
    off, left = Pen(visit).money(used.off.amount, used.off.currency), _left(basket, used)
    if not left.total:
        said = visit.say("till.voucher_all", off=off)
        return visit.done(said, "till.home") if here.training else visit.done(said, "till.member", id)
    query = f"?{goods.query(visit, left, sale=sale)}"
    return visit.done(visit.say("till.voucher_used", off=off), "till.preview", id, query=query)


def untap(visit: Visit, id: str) -> HttpResponse:
    """Give back what was taken off: one use, or all of a sale, which goes on as it was, is changed, or is given up."""
    sale = device.token(visit)
    try:
        told = posted.read(visit.request, taps.Back)
        if told.use is not None:
            taps.give_one_back(visit, id, told.use)
            return visit.done(visit.say("till_rewards.off_again"), "till.member", id)
        before = taps.give_back(visit, id, sale)
    except Refusal as refusal:
        return members.shown(visit, id, " ".join(posted.faults(refusal).values()), sale=sale)
    if before is None or told.then == "home":
        return visit.on(visit.to("till.home")) if before is None else _off_again(visit, "till.home")
    page = "till.member" if told.then == "amount" else "till.preview"
    return _off_again(visit, page, id, query=f"?{goods.query(visit, before, sale=sale)}")


def _off_again(visit: Visit, page: str, *ids: str, query: str = "") -> HttpResponse:
    return visit.done(visit.say("till_rewards.off_again"), page, *ids, query=query)


def _left(basket: goods.Basket, used: voucher_uses.UseView) -> goods.Basket:
    """What is left to pay of each line."""
    off: dict[int, int] = {}
    for one in [each for voucher in used.vouchers for each in voucher.lines]:
        off[one.line] = off.get(one.line, 0) + one.off
    lines = [msgspec.structs.replace(line, discount=off.get(number, 0)) for number, line in enumerate(basket.lines, 1)]
    return goods.Basket(basket.total - used.off.amount, tuple(lines))


PAGES: Final[tuple[Page, ...]] = (
    frame.at_till(
        "till/<slug:programme>/members/<str:id>/rewards/<str:key>", "redemptions:write", redeem, "till.redeem",
        methods=("POST",),
    ),
    frame.at_till(
        "till/<slug:programme>/members/<str:id>/voucher", members.TAKES_VOUCHERS, use, "till.voucher",
        methods=("POST",),
    ),
    frame.at_till(
        "till/<slug:programme>/members/<str:id>/vouchers-back", members.TAKES_VOUCHERS, untap, "till.untap",
        methods=("POST",),
    ),
    frame.at_till("till/<slug:programme>/redemptions/<str:id>", "members:read", redemption, "till.redemption"),
    frame.at_till(
        "till/<slug:programme>/redemptions/<str:id>/hand-over", "redemptions:write", hand_over, "till.hand_over",
        methods=("POST",),
    ),
    frame.at_till(
        "till/<slug:programme>/redemptions/<str:id>/cancel", "redemptions:write", give_up, "till.give_up",
        methods=("POST",),
    ),
)  # fmt: skip
