"""Draws over the API: odds before, a prize with its codes, and all it takes to make the draw again (LAW 9)."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest

from guerdon.engine import draws
from guerdon.kit import clock
from tests import gifts
from tests import shop as shops
from tests.faces.api.test_rewards import ann, redeem
from tests.shop import Shop

PRICE = {"prices": [{"points": {"points": 100}}]}
REWARDS = {
    "coffee": {**PRICE, "kind": "free_product", "product": "coffee", "fulfilment": "by_hand", "cost": "0.60"},
    "present": {**PRICE, "kind": "gift_card", "amount": "5.00", "cost": "5.00"},
    "mug": {**PRICE, "kind": "merchandise", "stocked": "whole", "cost": "4.00"},
    "box": {
        "kind": "mystery", "prices": [{"points": {"points": 10}}, {"free": True}], "free_limits": {"day": 1},
        "prizes": {"present": 3, "mug": 1}, "fallback": "coffee", "guarantee": {"prize": "present", "within": 4},
        "budget": "100.00", "limits": {"day": 5},
    },
}  # fmt: skip


@pytest.fixture
def shop(database):
    found = Shop(gifts.PARTS | {"rewards": {key: shops.named(key, one) for key, one in REWARDS.items()}})
    found.enrol("ann")
    found.adjust("ann", 1000, clock.now().isoformat())
    return found


def test_odds_are_told_before_with_what_is_there(api, shop):
    told = api.get("/v1/rewards/box").json["chance"]
    assert [(one["reward"], one["weight"], one["total"]) for one in told["odds"]] == [
        ("present", 3, 4),
        ("coffee", 1, 4),
    ]
    assert told["guarantee"] == {"prize": "present", "within": 4} and told["fallback"] == "coffee"
    api.post("/v1/rewards/mug/supplies", {"pieces": 1, "reason": "came", "external_id": "s-1"})
    listed = next(one for one in api.get("/v1/rewards").json["rewards"] if one["key"] == "box")["chance"]
    assert [(one["reward"], one["weight"], one["total"]) for one in listed["odds"]] == [
        ("mug", 1, 4),
        ("present", 3, 4),
    ]
    seeds = api.get("/v1/draw-seeds").json["seeds"]
    assert seeds[1]["number"] == told["seed"] and seeds[1]["hash"] == told["seed_hash"] and seeds[1]["seed"] is None


def test_a_draw_can_be_made_again_with_what_the_api_tells(api, shop):
    made = redeem(api, "box", number="draw-1").json["redemption"]
    assert made["state"] == "fulfilled" and made["prize"]["reward"] in ("present", "coffee")
    prize = api.get(f"/v1/redemptions/{made['prize']['redemption']}").json["redemption"]
    assert (prize["price"], prize["points"], prize["code"]) == (0, [], made["prize"]["code"])
    assert prize.get("gift_card") == made["prize"].get("gift_card")
    told = api.get(f"/v1/redemptions/{made['id']}/draw").json
    assert told["seed"] is None and told["gone"] == ["mug"]
    draws.rotate(programme_id=shop.programme_id, now=clock.now())
    told = api.get(f"/v1/redemptions/{made['id']}/draw").json
    seed = bytes.fromhex(told["seed"])
    assert hashlib.sha256(seed).hexdigest() == told["seed_hash"]
    name = [told["reward"], told["version"], told["source"], told["external_id"], 0]
    text = json.dumps(name, ensure_ascii=False, separators=(",", ":")).encode()
    assert int(hmac.new(seed, text, hashlib.sha256).hexdigest(), 16) % 4 == told["ticket"]
    meant = "mug" if told["ticket"] < 1 else "present"
    assert told["prize"] == ("coffee" if meant == "mug" else "present") == made["prize"]["reward"]
    assert api.get(f"/v1/redemptions/{prize['id']}/draw").code == "draw_unknown"
    assert api.post(f"/v1/redemptions/{made['id']}/cancel", {}).code == "redemption_ended"


def test_an_answer_tells_the_prize_and_nothing_that_was_near(api, shop):
    made = redeem(api, "box", number="draw-1").json["redemption"]
    assert set(made["prize"]) - {"voucher", "gift_card"} == {"reward", "name", "redemption", "code", "state", "seed"}


def test_a_trial_tells_no_prize(api):
    body = {"member": {"external_id": "ann"}, "reward": "box", "external_id": "t"}
    tried = api.post("/v1/redemptions?dry_run=true", body).json["redemption"]
    assert tried["state"] == "fulfilled" and "prize" not in tried


def test_who_wants_no_chance_is_told_so_and_shown_it(api, shop):
    member = ann(shop)
    assert api.get(f"/v1/members/{member}/chance").json["on"]
    off = api.send("PUT", f"/v1/members/{member}/chance", body={"on": False}).json
    assert not off["on"] and off["on_again_from"] > off["off_at"]
    assert redeem(api, "box", number="no").code == "chance_off"
    offers = api.get(f"/v1/members/{member}/rewards").json["offers"]
    box = next(one for one in offers if one["reward"]["key"] == "box")
    assert not box["available"] and box["obstacle"]["code"] == "chance_off"
    assert api.send("PUT", f"/v1/members/{member}/chance", body={"on": True}).code == "chance_cooling"
    since = draws.switch(
        programme_id=shop.programme_id, member_id=shop.account("ann"), on=True, now=clock.now() + timedelta(days=8)
    )
    assert since[1] is None and redeem(api, "box", number="yes").status == 201


def test_the_free_way_is_no_longer_available_once_it_was_used(api, shop):
    shop.adjust("ann", -995, clock.now().isoformat())

    def box():
        offers = api.get(f"/v1/members/{ann(shop)}/rewards").json["offers"]
        return next(one for one in offers if one["reward"]["key"] == "box")

    assert box()["available"]
    assert redeem(api, "box", number="free-1", price=2).status == 201
    assert not box()["available"] and not box()["affordable"]
    assert redeem(api, "box", number="free-2", price=2).code == "free_limit"
