"""The till over the API: who is it, what does it bring, and take the last thing back."""

from datetime import timedelta

import pytest

from guerdon.core import limits, rotating
from guerdon.core.members import Person
from guerdon.insight import verify
from guerdon.kit import clock, digests
from tests import shop as shops
from tests.engine.catalogue import COFFEE, MUG
from tests.engine.pairs import merged
from tests.faces.api import door
from tests.shop import POINTS, Shop

PAYS = {"points": 100, "money": "1.00", "minimum": 50, "share_max": 50}
LEVELS = {"silver": {"name": {"en": "Silver"}, "from": "10.00"}}
PARTS = {
    "enrol_unknown": True,
    "units": {"points": POINTS | {"pays": PAYS, "worth": {"points": 100, "money": "1.00"}}},
    "rewards": {key: shops.named(key, one) for key, one in (("coffee", COFFEE), ("mug", MUG))},
    "vouchers": {
        "five": shops.named("five", {"amount": "5.00"}),
        "tenth": shops.named("tenth", {"percent": 10, "group": "one"}),
        "cup": shops.named("cup", {"gift": {"en": "A cup"}}),
        "rich": shops.named("rich", {"amount": "50.00", "if": [{"basket": {"amount_min": "99.00"}}]}),
    },
    "tiers": {"circle": {"name": {"en": "Circle"}, "basis": {"spend": True}, "levels": LEVELS}},
}


@pytest.fixture
def shop(database):
    found = Shop(PARTS)
    found.enrol("ann", cards=("4711",), person=Person(name="Ann Maria Ivanova", email="ann@example.com",
                                                      phone="+359881234567"))  # fmt: skip
    found.adjust("ann", 500, clock.now().isoformat())
    return found


def ann(shop):
    return "mem_" + shop.account("ann")


def identify(api, shown):
    return api.post("/v1/tills/identify", {"shown": shown})


def sell(api, number=1, amount=2000, **more):
    body = {
        "kind": "purchase", "source": "till-1", "external_id": f"o-{number}", "occurred_at": clock.now().isoformat(),
        "member": {"external_id": "ann"}, "amount": amount, **more,
    }  # fmt: skip
    return api.post("/v1/activities", body)


@pytest.mark.parametrize(
    ("shown", "by"),
    [(" 4711 ", "card"), ("ann", "external_id"), ("Ann@Example.com", "email"), ("+359 88 123 4567", "phone")],
)
def test_one_field_takes_whatever_is_shown(api, shop, shown, by):
    told = identify(api, shown).json
    assert (told["member"], told["by"], told["name"], told["status"]) == (ann(shop), by, "Ann I.", "active")
    [points] = told["balances"]
    assert (points["available"], points["worth"]) == (500, {"amount": 500, "currency": "EUR"})
    assert "@" not in str(told) and told["tiers"] == []


def test_a_rotating_code_is_good_for_a_minute(api, shop):
    told = api.get(f"/v1/members/{ann(shop)}/rotating-code").json
    found = identify(api, told["shown"].lower())
    assert (found.json["member"], found.json["by"]) == (ann(shop), "rotating_code")
    secret = bytes.fromhex(told["secret"])
    assert secret == bytes.fromhex(digests.digest("rotating", shop.account("ann")))
    stale = rotating.shown(shop.account("ann"), secret, clock.now() - timedelta(minutes=5))
    assert identify(api, stale).code == "code_stale"
    forged = told["shown"][:-8] + f"{(int(told['shown'][-8:]) + 1) % 10**8:08}"
    assert identify(api, forged).code == "code_stale"
    assert identify(api, ann(shop)).json["by"] == "id"


def revoke(api, member, key=None):
    headers = {} if key is None else {"idempotency-key": key}
    return api.post(f"/v1/members/{member}/rotating-code/revoke", None, headers=headers)


def test_the_codes_of_a_lost_phone_stop_at_once(api, shop):
    shop.enrol("ben")
    ben = "mem_" + shop.account("ben")
    lost, bens = (api.get(f"/v1/members/{one}/rotating-code").json for one in (ann(shop), ben))
    told = revoke(api, ann(shop), "lost-1")
    assert (told.status, told.json["member"], told.json["times"]) == (200, ann(shop), 1)
    assert identify(api, lost["shown"]).code == "code_stale"
    found = api.get(f"/v1/members/{ann(shop)}/rotating-code").json
    assert found["secret"] != lost["secret"]
    assert identify(api, found["shown"]).json["member"] == ann(shop)
    assert identify(api, bens["shown"]).json["member"] == ben, "everybody else's go on"
    again = revoke(api, ann(shop), "lost-1")
    assert again.json == told.json and again.headers["idempotency-replayed"] == "true"
    assert identify(api, found["shown"]).status == 200
    assert revoke(api, ben, "lost-1").code == "idempotency_conflict"
    assert revoke(api, ann(shop)).json["times"] == 2
    assert identify(api, found["shown"]).code == "code_stale"
    assert verify.run(shop.programme_id).ok


def test_who_was_merged_is_not_found_by_an_old_phone_either(api, shop):
    shop.enrol("ben", now=shops.OPENING)
    old = api.get(f"/v1/members/mem_{shop.account('ben')}/rotating-code").json
    merged(shop, "ann", "ben", clock.now().isoformat())
    shown = rotating.shown(shop.account("ben"), bytes.fromhex(old["secret"]), clock.now())
    assert identify(api, shown).json["member"] == ann(shop)
    revoke(api, ann(shop))
    assert identify(api, shown).code == "code_stale"
    assert verify.run(shop.programme_id).ok


def test_nobody_is_found_by_what_nobody_has(api, shop):
    for shown in ("4712", "ben@example.com", "+359881234568", "0881234567"):
        nobody = identify(api, shown)
        assert (nobody.status, nobody.code) == (404, "nobody_shown")
        assert "+359" in nobody.json["detail"], "how a phone number is written"
    other = door.opened(Shop(PARTS))
    assert identify(other, api.get(f"/v1/members/{ann(shop)}/rotating-code").json["shown"]).code == "member_unknown"
    other.close()


def test_a_quote_is_what_the_purchase_then_brings(api, shop):
    asked = {"member": {"external_id": "ann"}, "amount": 2000}
    quoted = api.post("/v1/quotes", asked).json
    assert [(one["unit"], one["points"]) for one in quoted["awards"]] == [("points", 20)]
    assert [one["tier"] for one in quoted["climbed"]] == ["silver"]
    [payable] = quoted["payable"]
    assert (payable["points_min"], payable["points_max"]) == (50, 500)
    assert payable["money_max"] == {"amount": 500, "currency": "EUR"}
    assert [(one["reward"], one["price"]) for one in quoted["rewards"]] == [("coffee", 1)]
    assert api.get(f"/v1/activities?member={ann(shop)}").json["activities"][1:] == [], "nothing is kept"
    sold = sell(api).json
    assert [one["points"] for one in sold["decision"]["awards"]] == [20]
    assert [one["tier"] for one in sold["decision"]["climbed"]] == ["silver"]
    assert [one["tier"] for one in identify(api, "ann").json["tiers"]] == ["silver"]
    nobody = api.post("/v1/quotes", {"member": {"card": "9999"}, "amount": 2000}).json
    assert (nobody["payable"], nobody["rewards"], len(nobody["awards"])) == ([], [], 1)
    assert api.post("/v1/quotes", {"member": {"external_id": "ann"}}).code == "activity_invalid"


def test_a_quote_says_which_vouchers_are_of_use_and_which_are_best(api, shop):
    body = {"member": {"external_id": "ann"}}
    for number, voucher in enumerate(("five", "tenth", "tenth", "rich")):
        assert api.post("/v1/vouchers", {**body, "voucher": voucher, "external_id": f"v-{number}"}).status == 201
    quoted = api.post("/v1/quotes", {**body, "amount": 2000}).json
    assert [(one["voucher"], one["off"]["amount"]) for one in quoted["vouchers"]] == [
        ("five", 500), ("tenth", 200), ("tenth", 200),
    ]  # fmt: skip
    assert quoted["best"]["off"]["amount"] == 700, "one tenth goes with the five, and it goes first"
    assert [(one["voucher"], one["off"]["amount"]) for one in quoted["best"]["vouchers"]] == [
        ("tenth", 200),
        ("five", 500),
    ]
    first, *others = [one["code"] for one in quoted["best"]["vouchers"]]
    used = api.post(
        f"/v1/vouchers/{first}/redeem", {**body, "together_with": others, "amount": 2000, "external_id": "sale"}
    )
    assert used.json["use"]["off"]["amount"] == 700, used.json
    [left] = api.post("/v1/quotes", {**body, "amount": 2000}).json["vouchers"]
    assert left["voucher"] == "tenth"


def test_what_takes_nothing_off_is_not_spent_for_nothing(api, shop):
    body = {"member": {"external_id": "ann"}}
    for number, voucher in enumerate(("cup", "five")):
        assert api.post("/v1/vouchers", {**body, "voucher": voucher, "external_id": f"v-{number}"}).status == 201
    quoted = api.post("/v1/quotes", {**body, "amount": 2000}).json
    assert {one["voucher"]: one["off"]["amount"] for one in quoted["vouchers"]} == {"cup": 0, "five": 500}
    assert [one["voucher"] for one in quoted["best"]["vouchers"]] == ["five"]


def test_what_was_quoted_can_be_paid_and_undone(api, shop):
    tenders = [{"kind": "points", "amount": 500, "unit": "points"}, {"kind": "card", "amount": 1500}]
    sold = sell(api, tenders=tenders)
    assert sold.status == 201
    assert sold.json["activity"]["tenders"][0]["burn"].startswith("brn_")
    assert sell(api, tenders=tenders).status in (200, 201), "told again it is known"
    [points] = identify(api, "ann").json["balances"]
    assert points["available"] == 15
    again = [api.post("/v1/tills/undo", {"id": sold.json["activity"]["id"]}) for _ in range(2)]
    assert [one.status for one in again] == [200, 200]
    assert again[0].json["decision"]["refund"]["tenders"][0]["points"] == 500
    assert again[1].headers["idempotency-replayed"] == "true"
    [points] = identify(api, "ann").json["balances"]
    assert points["available"] == 500


def test_undoing_asks_for_the_right_to_what_is_undone(api, shop):
    made = api.post("/v1/redemptions", {"member": {"external_id": "ann"}, "reward": "coffee", "external_id": "r-1"})
    body = {"member": {"external_id": "ann"}, "unit": "points", "points": 30, "external_id": "b-1"}
    burn = api.post("/v1/burns", body).json["burn"]["id"]
    key = api.new_key(["activities:write"])
    for id, right in ((made.json["redemption"]["id"], "redemptions:write"), (burn, "burns:write")):
        refused = api.post("/v1/tills/undo", {"id": id}, key=key)
        assert refused.code == "scope_missing" and right in refused.json["detail"]
        assert api.post("/v1/tills/undo", {"id": id}, key=api.new_key(["activities:write", right])).status == 200
        assert api.post("/v1/tills/undo", {"id": "act_" + id[4:]}, key=key).code == "scope_missing", "by any name"
    bought = sell(api).json["activity"]["id"]
    assert api.post("/v1/tills/undo", {"id": bought}, key=key).status == 200


def test_redemptions_and_burns_are_undone_too(api, shop):
    made = api.post("/v1/redemptions", {"member": {"external_id": "ann"}, "reward": "coffee", "external_id": "r-1"})
    undone = api.post("/v1/tills/undo", {"id": made.json["redemption"]["id"]}).json
    assert undone["decision"]["redeemed"]["state"] == "cancelled"
    body = {"member": {"external_id": "ann"}, "unit": "points", "points": 30, "external_id": "b-1"}
    burn = api.post("/v1/burns", body).json["burn"]["id"]
    dry = api.post("/v1/tills/undo?dry_run=true", {"id": burn}).json
    assert dry["decision"]["reinstated"] == [{"unit": "points", "points": 30}] and dry["dry_run"]
    for _ in range(2):
        told = api.post("/v1/tills/undo", {"id": burn}).json
        assert told["decision"]["reinstated"] == [{"unit": "points", "points": 30}]
    [points] = identify(api, "ann").json["balances"]
    assert points["available"] == 500


def test_what_is_old_or_of_another_kind_is_not_undone(api, shop):
    adjusted = api.get(f"/v1/activities?member={ann(shop)}").json["activities"][0]["activity"]["id"]
    assert api.post("/v1/tills/undo", {"id": adjusted}).code == "not_undone"
    assert api.post("/v1/tills/undo", {"id": "act_" + "0" * 32}).code == "activity_unknown"
    assert api.post("/v1/tills/undo", {"id": "tea"}).code == "id_malformed"
    sold = sell(api).json["activity"]["id"]
    later = door.opened(shop, now=lambda: clock.now() + timedelta(minutes=limits.UNDO_MINUTES_MAX + 1))
    assert later.post("/v1/tills/undo", {"id": sold}).code == "undo_too_late"
    later.close()


def test_what_a_member_would_pay_for_a_reward_is_told_beside_its_price(api, shop):
    shop.publish(rewards={
        "cake": shops.named("cake", COFFEE | {"prices": [
            {"points": {"points": 600}, "top_up": {"points": 100, "amount": "1.00", "least": 200}},
            {"points": {"points": 900}},
        ]}),
    }, since=clock.now() - timedelta(minutes=1), now=clock.now())  # fmt: skip
    (offer,) = api.get(f"/v1/members/{ann(shop)}/rewards").json["offers"]
    part, whole = offer["reward"]["prices"]
    money = {"amount": 100, "currency": "EUR"}
    assert part["own"] == {"points": [{"unit": "points", "points": 500}], "money": money}
    assert part["points"] == [{"unit": "points", "points": 600}] and whole["own"] is None
    assert all(one["own"] is None for one in api.get("/v1/rewards").json["rewards"][0]["prices"])


def test_a_reward_by_a_code_is_undone_until_somebody_uses_it(api, shop):
    off = {"name": {"en": "Off"}, "kind": "money_off", "amount": "5.00", "prices": [{"points": {"points": 100}}]}
    shop.publish(rewards={"off": off}, since=clock.now() - timedelta(minutes=1), now=clock.now())

    def redeemed(name):
        body = {"member": {"external_id": "ann"}, "reward": "off", "external_id": name}
        return api.post("/v1/redemptions", body).json["redemption"]

    first, second = redeemed("r-1"), redeemed("r-2")
    undone = api.post("/v1/tills/undo", {"id": first["id"]}).json
    assert undone["decision"]["redeemed"]["state"] == "cancelled"
    use = {"member": {"external_id": "ann"}, "amount": 2000, "source": "till-1", "external_id": "u-1"}
    assert api.post(f"/v1/vouchers/{second['voucher']}/redeem", use).status in (200, 201)
    assert api.post("/v1/tills/undo", {"id": second["id"]}).code == "redemption_used"
