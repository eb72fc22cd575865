"""What Ann redeems at the grocer's: one in every state, pieces that came in or were lost, codes kept and given up."""

from typing import Any

from guerdon.engine import draws, wishes
from tests import gifts, shop
from tests.engine import catalogue
from tests.engine.catalogue import COFFEE, MUG, SHIRT
from tests.shop import Shop

REWARDS: dict[str, Any] = {
    "coffee": shop.named("coffee", {**COFFEE, "fulfil_days": 3, "limits": {"month": 5}, "total": 9}),
    "mug": shop.named("mug", {**MUG, "limits": {"month": 9}, "total": 3, "budget": "12.00", "reserve_minutes": 40_000}),
    "shirt": shop.named("shirt", SHIRT),
    "off": shop.named("off", {"kind": "money_off", "amount": "5.00", "prices": [{"points": {"points": 50}}]}),
    "present": shop.named("present", {"kind": "gift_card", "amount": "20.00", "prices": [{"points": {"points": 50}}]}),
}
# Two in three draws give a cake, and of three in a row one gives a tea.
REWARDS |= {
    "tea": shop.named("tea", {
        "kind": "donation", "fulfilment": "at_once", "prices": [{"points": {"points": 90}}], "cost": "0.50"}),
    "cake": shop.named("cake", {
        "kind": "free_product", "product": "cake", "prices": [{"points": {"points": 90}}], "cost": "1.20"}),
    "box": shop.named("box", {
        "kind": "mystery", "prices": [{"points": {"points": 10}}, {"free": True}], "free_limits": {"month": 1},
        "prizes": {"cake": 2, "tea": 1}, "fallback": "tea", "guarantee": {"prize": "tea", "within": 3},
        "budget": "90.00", "limits": {"day": 9}}),
}  # fmt: skip
UNITS: dict[str, Any] = {"points": shop.POINTS, "cash": gifts.CREDIT}
PARTS: dict[str, Any] = {"units": UNITS, "gift_cards": {"unit": "cash"}, "rewards": REWARDS}


def redeem(grocer: Shop) -> None:
    """Reserve, confirm, fulfil, cancel, and let two end by themselves."""
    shop.taken(grocer.adjust("Ann", 4000, "2026-03-10"))
    catalogue.supply(grocer, "mug", 5, at="2026-03-10")
    catalogue.supply(grocer, "mug", -1, at="2026-03-11")
    catalogue.supply(grocer, "shirt", 2, "m", at="2026-03-10")
    catalogue.show(grocer, "mug")
    day = {"name": "Ann", "at": "2026-03-12"}
    catalogue.settle(grocer, catalogue.redeem(grocer, "mug", **day), "fulfil", "2026-03-13")
    kept = catalogue.redeem(grocer, "mug", reserve=True, **day)
    catalogue.settle(grocer, kept, "confirm", "2026-03-12T12:05")
    catalogue.settle(grocer, catalogue.redeem(grocer, "mug", **day), "cancel", "2026-03-13")
    lapsed = catalogue.redeem(grocer, "coffee", reserve=True, **day)
    forgotten = catalogue.redeem(grocer, "coffee", **day)
    grocer.night("2026-03-20")
    assert [catalogue.has(grocer, one).state for one in (lapsed, forgotten)] == ["expired", "expired"]
    asked = {"choices": {"size": "m", "text": "Ann"}, "address": catalogue.ANN, "points": 300}
    shop.taken(catalogue.redeem(grocer, "shirt", name="Ann", at="2026-03-21", **asked))
    for reward in ("off", "present"):
        shop.taken(catalogue.redeem(grocer, reward, name="Ann", at="2026-03-22"))
        given_up = catalogue.redeem(grocer, reward, name="Ann", at="2026-03-22")
        shop.taken(catalogue.settle(grocer, given_up, "cancel", "2026-03-23"))
    shop.taken(catalogue.redeem(grocer, "mug", name="Ann", at="2026-04-20", reserve=True, number=2))
    draw(grocer)


def draw(grocer: Shop) -> None:
    """Ann draws until everything came, once for nothing, before and after a seed was shown; then she has had enough."""
    for number in range(6):
        shop.taken(catalogue.redeem(grocer, "box", name="Ann", at="2026-04-21", number=2 if number == 0 else 1))
    draws.rotate(programme_id=grocer.programme_id, now=shop.moment("2026-04-21T13:00"))
    shop.taken(catalogue.redeem(grocer, "box", name="Ann", at="2026-04-22"))
    ann = grocer.account("Ann")
    draws.switch(programme_id=grocer.programme_id, member_id=ann, on=False, now=shop.moment("2026-04-23"))
    catalogue.refused(catalogue.redeem(grocer, "box", name="Ann", at="2026-04-24"), "chance_off")
    wishes.choose(
        programme_id=grocer.programme_id, member_id=ann, kinds=["tier"], actor="app", now=shop.moment("2026-04-24")
    )  # fmt: skip
