"""Rewards: what the member can have now and what comes nearer, each with its price, and with what is in the way."""

from collections.abc import Iterable
from typing import Annotated, Any, Final

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import limits
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.rewards import REWARD_UNKNOWN, Address
from guerdon.faces import posted, typed, wares
from guerdon.faces.api import draws, redemptions
from guerdon.faces.api import rewards as api
from guerdon.faces.api.calls import Trial
from guerdon.faces.api.reward_prices import PriceView
from guerdon.faces.api.rewards import Offers, OfferView
from guerdon.faces.asking import ask
from guerdon.faces.design.shapes import Choice, Link
from guerdon.faces.portal import frame, own
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.visits import Page, Visit

CHANNEL: Final = "portal"
_PARTS: Final = ("name", "street", "postal_code", "city", "country", "region", "phone")


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the form of a reward says; without `sure` it is only asked what it would come to."""

    price: int = 1
    points: Annotated[str, Meta(max_length=limits.KEY_CHARS_MAX)] | None = None
    choices: dict[str, str] = {}
    address: Address | None = None


class Tile(msgspec.Struct, frozen=True):
    """A reward as it stands in the list, in words."""

    key: str
    name: str
    price: str
    picture: str
    icon: str
    terms: str
    short: str
    gone: str
    own: str  # what this member pays where money makes up for points


class Odds(msgspec.Struct, frozen=True):
    """What chance gives, exactly."""

    name: str
    exactly: str


def list_(visit: Visit) -> HttpResponse:
    """What can be had now first, then what is nearest."""
    category = visit.request.GET.get("category") or None
    query = api.OwnShelf(limit=limits.PAGE_ROWS_MAX, category=category[: limits.KEY_CHARS_MAX] if category else None)
    found: Offers = ask(visit, api.list_of_member, own.shown(visit), query=query)
    pen = Pen(visit)
    everything = Choice("", visit.say("portal_rewards.everything"))
    context = {
        "tiles": tuple([_tile(visit, pen, one) for one in found.offers]),
        "categories": (everything, *[Choice(one.key, one.name) for one in found.categories]),
        "category": category or "",
        "tabs": tabs(visit, "portal.rewards"),
    }
    return frame.page(visit, "portal/rewards.html", context, part="portal.rewards")


def tabs(visit: Visit, here: str) -> tuple[Link, ...]:
    """The lists beside each other: all rewards, what was redeemed, vouchers."""
    pages = {"portal.rewards": "all", "portal.mine": "mine", "portal.vouchers": "vouchers"}
    return tuple(
        Link(visit.say(f"portal_rewards.{word}"), visit.to(page), current=page == here) for page, word in pages.items()
    )


def one(visit: Visit, key: str) -> HttpResponse:
    """One reward, with everything about it, and the form to have it."""
    offer = _offer(visit, key)
    paid = next((one.number for one in wares.left(offer.reward.prices) if not one.missing), 1)
    return _detail(visit, offer, {"price": str(paid)}, {})


def redeem(visit: Visit, key: str) -> HttpResponse:
    """Ask whether it is really meant, then redeem: once, however often the form is sent."""
    offer = _offer(visit, key)
    token = posted.token(visit.request)
    said = visit.request.POST.dict()
    try:
        wanted = posted.read(visit.request, Wanted)
        body = redemptions.NewRedemption(
            member=Member(id=own.shown(visit)), reward=key, external_id=token, price=wanted.price,
            points=_points(visit, offer, wanted), choices=wanted.choices, address=wanted.address, source=CHANNEL,
            channel=CHANNEL,
        )  # fmt: skip
        later = _collected_later(visit, key)
        if not visit.is_sure or not later:  # a yes may come without its question: it takes no money along either
            tried = ask(visit, redemptions.make, query=Trial(dry_run=True), body=body).redemption
            if tried.money is not None and not later:
                return _detail(visit, offer, said, {"": visit.say("portal_rewards.money_at_till")}, status=422)
            if not visit.is_sure:
                return _confirm(visit, offer, tried)
        made = ask(visit, redemptions.make, body=body, token=token).redemption
    except Refusal as refusal:
        return _detail(visit, offer, said, posted.faults(refusal), status=422)
    return visit.done(visit.say("portal_rewards.done", name=offer.reward.name), "portal.redemption", made.id)


def switch(visit: Visit) -> HttpResponse:
    """Chance on or off, for whoever does not want to be tempted."""
    on = visit.request.POST.get("on") == "true"
    ask(visit, draws.switch, own.shown(visit), body=draws.Switched(on))
    return visit.done(visit.say(f"portal_rewards.chance_{'on' if on else 'off'}_done"), "portal.rewards")


def _offer(visit: Visit, key: str) -> OfferView:
    found: Offers = ask(visit, api.list_of_member, own.shown(visit), query=api.OwnShelf(limit=limits.PAGE_ROWS_MAX))
    offer = next((one for one in found.offers if one.reward.key == key), None)
    if offer is None:
        raise REWARD_UNKNOWN(reward=key[:40])
    if _collected_later(visit, key):
        return offer
    left = tuple([one for one in offer.reward.prices if one.money is None])
    affordable = any(not one.missing for one in left)
    reward = msgspec.structs.replace(offer.reward, prices=left)
    return msgspec.structs.replace(offer, reward=reward, affordable=affordable) if left else offer


def _collected_later(visit: Visit, key: str) -> bool:
    """Whether money may be part of the price: what is fulfilled here at once has nobody who would take it in."""
    return visit.programme.reward(key).collected_later


def _points(visit: Visit, offer: OfferView, wanted: Wanted) -> int | None:
    """How many points somebody wants to spend where money makes up for the rest."""
    if wanted.points is None:
        return None
    price = next((one for one in offer.reward.prices if one.number == wanted.price), None)
    unit = price.points[0].unit if price is not None and price.points else None
    return typed.points(visit, wanted.points, unit, least=0)


def _tile(visit: Visit, pen: Pen, offer: OfferView) -> Tile:
    reward = offer.reward
    gone = "" if offer.obstacle is None else offer.obstacle.title
    short = "" if offer.affordable else _missing(visit, pen, reward.prices)
    price = pen.tongue.capital(pen.tongue.any_of([wares.told(visit, pen, one) for one in wares.left(reward.prices)]))
    own = next((one.own for one in reward.prices if one.top_up and one.own and one.own.money != one.money), None)
    return Tile(
        reward.key, reward.name, price, wares.picture(reward.image), wares.ICONS[reward.kind], reward.terms or "",
        short, gone, "" if own is None else visit.say("portal_rewards.own", price=wares.priced(visit, pen, own)),
    )  # fmt: skip


def _missing(visit: Visit, pen: Pen, prices: Iterable[PriceView]) -> str:
    """What is missing for the way to pay that is nearest."""
    nearest = wares.nearest(visit, prices)
    if nearest is None:
        return ""
    return visit.say(
        "portal.missing", points=pen.tongue.all_of([pen.points(one.points, one.unit) for one in nearest.missing])
    )


def _detail(
    visit: Visit, offer: OfferView, said: dict[str, Any], faults: dict[str, str], status: int = 200
) -> HttpResponse:
    pen, reward = Pen(visit), offer.reward
    prices = tuple(
        [
            Choice(
                str(one.number),
                pen.tongue.capital(wares.told(visit, pen, one)),
                _missing(visit, pen, [one]) or _top_up(visit, pen, one),
            )
            for one in wares.left(reward.prices)
        ]
    )
    chance = reward.chance
    switched = ask(visit, draws.read_switch, own.shown(visit)) if chance is not None else None
    context = {
        "offer": offer, "reward": reward, "tile": _tile(visit, pen, offer), "prices": prices, "said": said,
        "faults": faults | {"general": faults.get("", "")},
        "top_up": next((_top_up(visit, pen, one) for one in reward.prices if one.top_up), ""),
        "choices": tuple(
            [(one, tuple([Choice(each.key, each.name) for each in one.options])) for one in reward.choices]
        ),
        "address": _PARTS if reward.address else (), "switched": switched,
        "odds": () if chance is None else tuple([_odds(visit, one) for one in chance.odds]),
        "guarantee": _guarantee(visit, chance), "seed_hash": chance.seed_hash if chance is not None else None,
        "at_till": all(one.money is not None for one in reward.prices) and not _collected_later(visit, reward.key),
        "faulty": sorted(text for name, text in faults.items() if name not in _FIELDS),
    }  # fmt: skip
    return frame.page(visit, "portal/reward.html", context, part="portal.rewards", status=status)


_FIELDS: Final = frozenset({"price", "points"})


def _top_up(visit: Visit, pen: Pen, price: PriceView) -> str:
    if price.top_up is None:
        return ""
    unit, up = price.points[0].unit, price.top_up
    return visit.say("portal_rewards.top_up", points=pen.points(up.points, unit),
        money=pen.money(up.money.amount, up.money.currency), least=pen.points(up.least, unit),
    )  # fmt: skip


def _odds(visit: Visit, one: draws.OddsView) -> Odds:
    return Odds(one.name, visit.say("portal_rewards.odds", weight=one.weight, total=one.total))


def _guarantee(visit: Visit, chance: draws.ChanceView | None) -> str:
    if chance is None or chance.guarantee is None:
        return ""
    name = Pen(visit).tongue.named(visit.programme.reward(chance.guarantee.prize).name)
    return visit.say("portal_rewards.guarantee", prize=name, within=chance.guarantee.within)


def _confirm(visit: Visit, offer: OfferView, tried: redemptions.RedemptionView) -> HttpResponse:
    pen = Pen(visit)
    costs = [pen.points(one.points, one.unit) for one in tried.points]
    if tried.money is not None:
        costs.append(pen.money(tried.money.amount, tried.money.currency))
    about = visit.say("portal_rewards.sure_free")
    if costs:
        about = visit.say("portal_rewards.sure_about", costs=pen.tongue.all_of(costs))
    asked = Question(
        visit.say("portal_rewards.sure", name=offer.reward.name), visit.say("portal_rewards.yes"),
        visit.to("portal.reward", offer.reward.key),
        about, area="portal.rewards",
    )  # fmt: skip
    return visit.sure(asked)


PAGES: Final[tuple[Page, ...]] = (
    Page("my/<slug:programme>/rewards", "self", list_, "portal.rewards"),
    Page("my/<slug:programme>/rewards/<str:key>", "self", one, "portal.reward"),
    Page("my/<slug:programme>/rewards/<str:key>", "self", redeem, "portal.redeem", methods=("POST",)),
    Page("my/<slug:programme>/chance", "self", switch, "portal.chance", methods=("POST",)),
)
