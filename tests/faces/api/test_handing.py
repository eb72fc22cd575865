"""What rewards hand over, over the API: codes of vouchers and gift cards, and why they can't be taken back."""

import pytest

from guerdon.kit import clock
from tests import gifts, vouchers
from tests import shop as shops
from tests.faces.api.test_rewards import ann, redeem
from tests.shop import Shop

PRICE = {"prices": [{"points": {"points": 100}}]}
REWARDS = {
    "five": {**PRICE, "kind": "money_off", "amount": "5.00"},
    "film": {**PRICE, "kind": "partner", "voucher": "film"},
    "present": {**PRICE, "kind": "gift_card", "amount": "25.00"},
}


@pytest.fixture
def shop(database):
    offers = vouchers.offers(film={"gift": {"en": "A film"}, "codes": "pool"})
    found = Shop(gifts.PARTS | offers | {"rewards": {key: shops.named(key, one) for key, one in REWARDS.items()}})
    found.enrol("ann")
    found.adjust("ann", 1000, clock.now().isoformat())
    return found


def test_a_voucher_is_answered_shown_and_used(api, shop):
    made = redeem(api, "five").json["redemption"]
    assert (made["state"], "gift_card" in made) == ("fulfilled", False)
    assert api.get(f"/v1/redemptions/{made['id']}").json["redemption"]["voucher"] == made["voucher"]
    [mine] = api.get(f"/v1/members/{ann(shop)}/vouchers").json["vouchers"]
    assert (mine["code"], mine["offer"]["name"], mine["offer"]["kind"]) == (made["voucher"], "five", "amount")
    body = {"amount": 1200, "external_id": "sale-1", "member": {"external_id": "ann"}}
    used = api.post(f"/v1/vouchers/{made['voucher']}/redeem", body)
    assert used.status == 201, used.json
    assert api.post(f"/v1/redemptions/{made['id']}/cancel", {}).code == "redemption_used"
    by_hand = {"member": {"external_id": "ann"}, "voucher": "reward:five", "external_id": "gift-1"}
    assert api.post("/v1/vouchers", by_hand).code == "voucher_undefined", "only who redeems the reward is given it"


def test_a_trial_tells_no_code(api):
    tried = api.post(
        "/v1/redemptions?dry_run=true", {"member": {"external_id": "ann"}, "reward": "five", "external_id": "t"}
    )
    assert tried.json["redemption"]["state"] == "fulfilled" and "voucher" not in tried.json["redemption"]


def test_an_empty_pool_is_told_before_and_after(api, shop):
    def offer():
        found = api.get(f"/v1/members/{ann(shop)}/rewards").json["offers"]
        return next(one for one in found if one["reward"]["key"] == "film")

    assert (offer()["obstacle"]["code"], offer()["reward"]["left"]) == ("out_of_stock", 0)
    assert redeem(api, "film").code == "voucher_pool_empty"
    vouchers.bring(shop, "film", "seat-1")
    assert (offer()["obstacle"], offer()["reward"]["left"], offer()["reward"]["gives"]) == (None, 1, "voucher")
    assert redeem(api, "film", number="r-2").json["redemption"]["voucher"] == "SEAT-1"


@pytest.mark.parametrize("scope", [None, "cards:spend", "redemptions:write", "vouchers:read"])
def test_a_gift_card_is_told_to_who_may_spend_or_give_it(api, shop, scope):
    """A card is money to whoever knows its code; a voucher is of use to its member alone, as in the member's list."""
    card, voucher = (redeem(api, reward, number=reward).json["redemption"] for reward in ("present", "five"))
    key = {"key": api.new_key(["members:read", *([scope] if scope else [])])}
    whole = scope in ("cards:spend", "redemptions:write")
    expected = card["gift_card"] if whole else card["gift_card"][-4:]
    listed = api.get(f"/v1/members/{ann(shop)}/redemptions", **key).json["redemptions"]
    found = [
        api.get(f"/v1/redemptions/{card['id']}", **key).json["redemption"],
        api.post("/v1/redemptions/find", {"code": card["code"]}, **key).json["redemption"],
        next(one for one in listed if one["id"] == card["id"]),
    ]
    assert [one["gift_card"] for one in found] == [expected] * 3
    assert next(one for one in listed if one["id"] == voucher["id"])["voucher"] == voucher["voucher"]
    assert api.get(f"/v1/members/{ann(shop)}/vouchers", **key).json["vouchers"][0]["code"] == voucher["voucher"]


def test_a_gift_card_is_answered_and_taken_back(api, shop):
    made = redeem(api, "present").json["redemption"]
    card = api.get(f"/v1/gift-cards/{made['gift_card']}").json["card"]
    assert card["balance"] == {"amount": 2500, "currency": "EUR"}
    assert api.post(f"/v1/redemptions/{made['id']}/cancel", {}).json["redemption"]["state"] == "cancelled"
    assert api.get(f"/v1/gift-cards/{made['gift_card']}").json["card"]["balance"]["amount"] == 0
    other = redeem(api, "present", number="r-2").json["redemption"]["gift_card"]
    assert api.post(f"/v1/gift-cards/{other}/spend", {"amount": 1, "external_id": "s-1"}).status == 201
