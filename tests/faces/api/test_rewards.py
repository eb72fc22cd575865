"""Rewards and redemptions over the API: what is offered, what is in the way, and the way from reserved to an end."""

import pytest

from guerdon.core import till_names
from guerdon.features.keys import queries as keys
from guerdon.kit import clock, ids, store
from tests import shop as shops
from tests.engine import family
from tests.engine.catalogue import COFFEE, MUG, SHIRT
from tests.faces.api import door
from tests.shop import Shop

ADDRESS = {"name": "Ann Ivanova", "street": "Shipka 1", "city": "Sofia", "country": "BG"}
REWARDS = {
    "coffee": shops.named("coffee", {**COFFEE, "category": "drinks", "terms": {"en": "At any counter."}}),
    "mug": shops.named("mug", {**MUG, "category": "goods"}),
    "shirt": shops.named("shirt", {**SHIRT, "category": "goods"}),
    "vip": shops.named("vip", {**COFFEE, "if": [{"segment": {"in": ["vip"]}}], "until": "2030-01-01"}),
}


CATEGORIES = {"goods": {"en": "For home"}, "drinks": {"en": "Drinks"}, "events": {"en": "Evenings"}}


@pytest.fixture
def shop(database):
    found = Shop({"enrol_unknown": True, "reward_categories": CATEGORIES, "rewards": REWARDS})
    found.enrol("ann", "ben", now=shops.OPENING)
    for name, points in (("ann", 350), ("ben", 1000)):
        found.adjust(name, points, clock.now().isoformat())
    return found


def redeem(api, reward, name="ann", number="r-1", **more):
    body = {"member": {"external_id": name}, "reward": reward, "external_id": number, **more}
    return api.post("/v1/redemptions", body)


def supply(api, reward, pieces, number="s-1", **more):
    body = {"pieces": pieces, "reason": "came in", "external_id": number, **more}
    return api.post(f"/v1/rewards/{reward}/supplies", body)


def ann(shop):
    return "mem_" + shop.account("ann")


def test_the_catalogue_is_told(api):
    [coffee, mug, shirt, vip] = api.get("/v1/rewards").json["rewards"]
    assert (coffee["terms"], coffee["left"], mug["left"], vip["ends"]) == (
        "At any counter.", None, 0, "2029-12-31T22:00:00Z",
    )  # fmt: skip
    assert [one["points"] for one in mug["prices"]] == [
        [{"unit": "points", "points": 300}], [{"unit": "points", "points": 100}],
    ]  # fmt: skip
    assert mug["prices"][1]["money"] == {"amount": 600, "currency": "EUR"}
    assert shirt["prices"][0]["top_up"] == {"points": 10, "money": {"amount": 7, "currency": "EUR"}, "least": 200}
    assert [one["key"] for one in shirt["choices"][0]["options"]] == ["s", "m"] and shirt["choices"][1]["options"] == []
    assert api.get("/v1/rewards/mug").json == mug
    assert coffee["rules"] == [] and len(mug["rules"]) == 1 and "month" in mug["rules"][0]
    assert ["segment vip" in rule for rule in vip["rules"]] == [True, False], "for whom, and until when"
    assert "сегмент vip" in api.get("/v1/rewards/vip?language=bg").json["rules"][0]
    assert (api.get("/v1/rewards/tea").status, api.get("/v1/rewards/tea").code) == (404, "reward_unknown")
    assert (mug["category"], vip["category"]) == ({"key": "goods", "name": "For home"}, None)
    first = api.get("/v1/rewards?category=goods&sort=name&limit=1").json
    assert [one["key"] for one in first["rewards"]] == ["mug"]
    assert [(one["key"], one["name"]) for one in first["categories"]] == [
        ("goods", "For home"), ("drinks", "Drinks"), ("events", "Evenings"),
    ]  # fmt: skip
    second = api.get(f"/v1/rewards?category=goods&sort=name&limit=1&cursor={first['next']}").json
    assert [one["key"] for one in second["rewards"]] == ["shirt"] and second["next"] is None
    assert [one["key"] for one in api.get("/v1/rewards?sort=price").json["rewards"]][-1] == "shirt"


def test_a_member_sees_what_can_be_had_and_how_far_the_rest_is(api, shop):
    offers = api.get(f"/v1/members/{ann(shop)}/rewards").json["offers"]
    found = {one["reward"]["key"]: one for one in offers}
    assert [one["reward"]["key"] for one in offers] == ["coffee", "vip", "mug", "shirt"]
    assert found["coffee"]["available"] and found["coffee"]["obstacle"] is None
    assert found["mug"]["obstacle"]["code"] == "out_of_stock" and found["mug"]["affordable"]
    assert found["vip"]["obstacle"]["code"] == "not_eligible"
    supply(api, "shirt", 1, variant="m")
    [shirt] = api.get(f"/v1/members/{ann(shop)}/rewards?category=goods&available=true").json["offers"]
    assert shirt["available"], "200 points are enough where money makes up for the rest"
    redeem(api, "coffee")
    redeem(api, "coffee", number="r-2")
    [mug, shirt] = api.get(f"/v1/members/{ann(shop)}/rewards?category=goods&sort=name").json["offers"]
    assert mug["reward"]["prices"][0]["missing"] == [{"unit": "points", "points": 110}]
    assert mug["reward"]["prices"][1]["missing"] == [] and mug["affordable"]
    assert shirt["reward"]["prices"][0]["missing"] == [{"unit": "points", "points": 10}]
    assert not shirt["affordable"]


def test_what_money_makes_up_for_is_redeemed_as_the_catalogue_says(api, shop):
    supply(api, "shirt", 1, variant="m")
    [shirt] = api.get(f"/v1/members/{ann(shop)}/rewards?available=true&sort=price").json["offers"][1:]
    assert (shirt["reward"]["key"], shirt["available"], shirt["reward"]["prices"][0]["missing"]) == ("shirt", True, [])
    quoted = api.post("/v1/quotes", {"member": {"external_id": "ann"}, "amount": 100}).json["rewards"]
    [offered] = [one for one in quoted if one["reward"] == "shirt"]
    made = redeem(api, "shirt", choices={"size": "m", "text": "Ann"}, address=ADDRESS).json["redemption"]
    assert (made["points"], made["money"]) == ([{"unit": "points", "points": 350}], {"amount": 105, "currency": "EUR"})
    assert (offered["points"], offered["money"]) == (made["points"], made["money"])
    assert api.get(f"/v1/members/{ann(shop)}/rewards?available=true").json["offers"] == []
    affordable = api.get(f"/v1/members/{ann(shop)}/rewards?affordable=true").json["offers"]
    assert affordable == [], "nothing is left to pay with"


def test_units_that_cannot_be_compared_are_not(database):
    stars = shops.POINTS | {"worth": {"points": 10, "money": "1.00"}}
    prices = {
        "latte": [{"points": {"points": 150}}, {"points": {"stamps": 10}}],
        "cheap": [{"points": {"stars": 5}}],
        "mug": [{"points": {"points": 90}, "money": "9.00"}, {"points": {"points": 190}}],
        "shirt": [{"points": {"points": 100}}],
        "dear": [{"points": {"stars": 50}, "money": "1.00"}],
        "stamped": [{"points": {"stamps": 2}}],
    }
    made = Shop(
        {
            "units": {"points": shops.POINTS, "stars": stars, "stamps": shops.POINTS},
            "rewards": {
                key: shops.named(key, {"kind": "experience", "prices": costs}) for key, costs in prices.items()
            },
        }
    )
    made.enrol("ben", now=shops.OPENING)
    made.adjust("ben", 100, clock.now().isoformat())
    api = door.opened(made)
    keys = [one["key"] for one in api.get("/v1/rewards?sort=price").json["rewards"]]
    assert keys == ["cheap", "dear", "shirt", "latte", "mug", "stamped"]
    path = f"/v1/members/mem_{made.account('ben')}/rewards"
    offers = api.get(path).json["offers"]
    assert [one["reward"]["key"] for one in offers] == ["shirt", "mug", "latte", "cheap", "dear", "stamped"]
    assert [one["reward"]["key"] for one in api.get(f"{path}?sort=programme").json["offers"]] == list(prices)
    assert [one["reward"]["key"] for one in api.get(f"{path}?sort=price").json["offers"]] == keys
    assert api.get(f"{path}?available=true").json["offers"] == offers[:2], "the mug's 90 points are there, too"
    api.close()


def test_from_a_wish_to_the_counter(api, shop):
    made = redeem(api, "coffee")
    assert made.status == 201
    told = made.json["redemption"]
    assert (told["state"], told["member"], told["points"]) == (
        "confirmed", ann(shop), [{"unit": "points", "points": 80}],
    )  # fmt: skip
    assert made.headers["location"] == f"/v1/redemptions/{told['id']}"
    assert redeem(api, "coffee").json == made.json
    [waiting] = api.get("/v1/redemptions?reward=coffee").json["redemptions"]
    assert waiting == told
    found = api.post("/v1/redemptions/find", {"code": told["code"].lower().replace("-", " ")})
    assert found.json["redemption"] == told
    assert api.post("/v1/redemptions/find", {"code": "AAAA-AAAA-AAAAA"}).code == "redemption_unknown"
    place = f"/v1/redemptions/{told['id']}/fulfil"
    assert api.post(f"{place}?source=till:sofia-1:1", None).code == "activity_invalid"  # how it names it is not said
    done = api.post(f"{place}?source=till:sofia-1:1&external_id=20260101-x", None)
    assert (done.status, done.json["redemption"]["state"]) == (200, "fulfilled")
    assert api.get("/v1/redemptions").json["redemptions"] == []
    assert api.get(f"/v1/redemptions/{told['id']}").json["redemption"]["state"] == "fulfilled"
    again = api.post(f"/v1/redemptions/{told['id']}/fulfil", None)
    assert again.headers["idempotency-replayed"] == "true"
    assert api.post(f"/v1/redemptions/{told['id']}/cancel", None).code == "redemption_ended"
    [one] = api.get(f"/v1/members/{ann(shop)}/redemptions").json["redemptions"]
    assert one["id"] == told["id"]


def test_the_last_piece_is_kept_for_who_reserved_it(api, shop):
    assert supply(api, "mug", 1).json["left"] == 1
    told = redeem(api, "mug", reserve=True).json["redemption"]
    assert told["state"] == "reserved" and told["until"] is not None
    lost = redeem(api, "mug", "ben", "r-2")
    assert (lost.status, lost.code) == (409, "out_of_stock")
    assert "“mug”" in lost.json["detail"]
    [hold] = api.get(f"/v1/members/{ann(shop)}/holds").json["holds"]
    assert api.post(f"/v1/holds/{hold['id']}/capture", {}).code == "of_redemption"
    assert api.post(f"/v1/holds/{hold['id']}/release", {}).code == "of_redemption"
    early = api.post(f"/v1/redemptions/{told['id']}/fulfil", None)
    assert (early.status, early.code) == (409, "redemption_unconfirmed")
    assert early.json["detail"].endswith("held, but not taken. Confirm it first, then hand it over."), early.json
    assert api.post(f"/v1/redemptions/{told['id']}/confirm", None).json["redemption"]["state"] == "confirmed"
    dry = api.post(f"/v1/redemptions/{told['id']}/cancel?dry_run=true", None).json
    assert (dry["redemption"]["state"], dry["dry_run"]) == ("cancelled", True)
    assert shop.noted("redemption.cancel") == []
    gone = api.post(f"/v1/redemptions/{told['id']}/cancel", None)
    assert gone.json["redemption"]["state"] == "cancelled"
    [(by, about, _)] = shop.noted("redemption.cancel")
    assert (by.kind, about) == ("key", told["id"])
    assert redeem(api, "mug", "ben", "r-3").status == 201


def test_an_address_and_a_text_are_kept_apart(api, shop):
    supply(api, "shirt", 1, variant="m")
    asked = {"choices": {"size": "m", "text": "Ann"}, "points": 300}
    refused = redeem(api, "shirt", **asked)
    assert (refused.status, refused.code, refused.json["errors"][0]["pointer"]) == (422, "choice_invalid", "/address")
    told = redeem(api, "shirt", number="r-2", address=ADDRESS, **asked).json["redemption"]
    assert (told["choices"], told["texts"], told["address"]) == ({"size": "m"}, {"text": "Ann"}, ADDRESS)
    assert told["money"] == {"amount": 140, "currency": "EUR"}
    [fact] = [
        one for one in api.get(f"/v1/activities?member={ann(shop)}").json["activities"]
        if one["activity"]["kind"] == "redemption"
    ]  # fmt: skip
    assert fact["activity"]["facts"] == {
        "reward": "shirt", "price": 1, "reserve": False, "points": 300, "choice:size": "m",
    }  # fmt: skip
    assert fact["decision"]["redeemed"]["state"] == "confirmed"
    [one] = api.get(f"/v1/members/{ann(shop)}/redemptions").json["redemptions"]
    assert "address" not in one and "texts" not in one


@pytest.mark.parametrize("more", [[], ["profiles:read"]])
def test_where_somebody_lives_is_told_to_who_may_know_all_of_them(api, more):
    """A till hands over by the code of a redemption: whoever serves at one learns no addresses by it."""
    asked = {"choices": {"size": "m", "text": "Ann"}, "address": ADDRESS}
    supply(api, "shirt", 1, variant="m")
    till = {"key": api.new_key(["members:read", "redemptions:write", *more])}
    body = {"member": {"external_id": "ben"}, "reward": "shirt", "external_id": "r-1", **asked}
    made = api.post("/v1/redemptions", body, **till).json["redemption"]
    told = [
        made,
        api.post("/v1/redemptions", body, **till).json["redemption"],
        api.get(f"/v1/redemptions/{made['id']}", **till).json["redemption"],
        api.post("/v1/redemptions/find", {"code": made["code"]}, **till).json["redemption"],
        api.post(f"/v1/redemptions/{made['id']}/fulfil", None, **till).json["redemption"],
    ]
    expected = ({"text": "Ann"}, ADDRESS) if more else (None, None)
    assert [(one.get("texts"), one.get("address")) for one in told] == [expected] * 5
    assert told[-1]["state"] == "fulfilled"


def test_a_handover_is_booked_at_a_till_and_under_no_other_cashiers_mark(api, shop):
    made = redeem(api, "coffee").json["redemption"]
    place, day = f"/v1/redemptions/{made['id']}/fulfil", f"20260105-{ids.new()}"
    query = f"{place}?dry_run=true&source={{}}&external_id={{}}"
    for source in ("pos", "till:sofia", "till:sofia:1:2", "till:so|fia:1"):
        answer = api.post(query.format(source, day), None)
        assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "?source"), source
    answer = api.post(query.format("till:sofia:1", f"{day}-{'0' * 12}"), None)
    assert answer.code == "activity_invalid" and "another cashier" in answer.json["detail"]
    (key,) = [one for one in keys.every(store.current(), shop.programme_id) if one.revoked_at is None]
    for name in ("20260105-17", f"{day}-{till_names.mark(key.person)}"):
        assert api.post(query.format("till:sofia:1", name), None).status == 200, name


def test_one_key_does_not_hand_over_at_two_tills(api, shop):
    made, key = redeem(api, "coffee").json["redemption"], {"headers": {"idempotency-key": "k"}}
    place = f"/v1/redemptions/{made['id']}/fulfil?external_id=20260105-17&source=till:sofia"
    assert api.post(f"{place}:1", None, **key).status == 200
    assert api.post(f"{place}:1", None, **key).replayed
    assert api.post(f"{place}:2", None, **key).code == "idempotency_conflict"


def test_what_is_only_tried_is_not_kept(api, shop):
    tried = api.post("/v1/redemptions?dry_run=true", {
        "member": {"external_id": "ann"}, "reward": "coffee", "external_id": "r-1",
    })  # fmt: skip
    assert (tried.status, tried.json["dry_run"], tried.json["redemption"]["state"]) == (200, True, "confirmed")
    assert api.get("/v1/redemptions").json["redemptions"] == []
    assert supply(api, "mug", 3, **{}).status == 201
    dry = api.post("/v1/rewards/mug/supplies?dry_run=true", {"pieces": 2, "reason": "?", "external_id": "s-9"})
    assert (dry.status, dry.json["left"], dry.json["dry_run"]) == (200, 5, True)
    assert api.get("/v1/rewards/mug").json["left"] == 3


def test_a_supply_told_again_does_nothing_more(api):
    first = supply(api, "mug", 3)
    again = supply(api, "mug", 4)
    assert again.json == {**first.json, "differs": ["/pieces"]}
    assert supply(api, "mug", -4, "s-2").code == "stock_too_low"
    for refused, pointer in (
        (supply(api, "shirt", 1, "s-3"), "/variant"),
        (supply(api, "shirt", 1, "s-3", variant="xl"), "/variant"),
        (supply(api, "mug", 0, "s-4"), "/pieces"),
    ):
        assert (refused.code, refused.json["errors"][0]["pointer"]) == ("supply_invalid", pointer)
    assert supply(api, "coffee", 1, "s-5").code == "reward_uncounted"
    assert supply(api, "x" * 65, 3).code == "reward_unknown", "no reward is called so, whatever was told before"
    assert api.get("/v1/rewards/coffee").json["left"] is None
    assert api.get("/v1/rewards/mug").json["left"] == 3


NOT_FOR_ANN = {
    "en": "The reward “vip” asks for something that does not hold: the member is in the segment vip.",
    "bg": "Наградата „vip“ има условие, което не е изпълнено: членът е в сегмент vip.",
    "tr": "“vip” ödülünün sağlanmayan bir koşulu var: üye vip segmentinde ise.",
}


@pytest.mark.parametrize("language", NOT_FOR_ANN)
def test_what_a_reward_asks_for_is_told_as_a_sentence_in_the_readers_language(api, shop, language):
    body = {"member": {"external_id": "ann"}, "reward": "vip", "external_id": "r-1"}
    reader = {"accept-language": language}
    refused = api.post("/v1/redemptions", body, headers=reader)
    assert (refused.status, refused.code) == (403, "not_eligible")
    assert refused.json["detail"].startswith(NOT_FOR_ANN[language])
    assert refused.json["facts"] == {
        "reward": "vip", "condition": "segment", "pointer": "/rewards/vip/if/0/segment",
    }  # fmt: skip
    address = f"/v1/members/{ann(shop)}/rewards"
    for told in (api.get(address, headers=reader), api.get(f"{address}?language={language}")):
        [obstacle] = [one["obstacle"] for one in told.json["offers"] if one["reward"]["key"] == "vip"]
        assert obstacle["detail"].startswith(NOT_FOR_ANN[language])


def test_an_answer_that_is_repeated_tells_the_condition_too(api, shop):
    body = {"member": {"external_id": "ann"}, "reward": "vip", "external_id": "r-1"}
    first = api.post("/v1/redemptions", body, headers={"idempotency-key": "k-1"})
    again = api.post("/v1/redemptions", body, headers={"idempotency-key": "k-1"})
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json["detail"] == first.json["detail"]
    gone = {**REWARDS, "vip": {**REWARDS["vip"], "if": [{"tier": {"in": ["gold"]}}]}}
    shop.publish(since=clock.now(), now=clock.now(), **{**shop.parts, "rewards": gone})
    later = api.post("/v1/redemptions", body, headers={"idempotency-key": "k-1"})
    assert later.code == "not_eligible" and "does not hold: segment." in later.json["detail"]


def test_told_again_with_other_options_it_says_which(api, shop):
    for variant in ("s", "m"):
        supply(api, "shirt", 5, f"s-{variant}", variant=variant)
    asked = {"choices": {"size": "s", "text": "Hi"}, "address": ADDRESS, "name": "ben"}
    first = redeem(api, "shirt", **asked)
    assert first.status == 201 and "differs" not in first.json, first.json
    again = redeem(api, "shirt", **asked)
    assert (again.headers["idempotency-replayed"], again.json.get("differs", [])) == ("true", []), (
        "texts are not kept in the journal"
    )
    other = redeem(api, "shirt", store="sofia", **{**asked, "choices": {"size": "m", "text": "Ho"}})
    assert other.json["differs"] == ["/choices/size", "/store"] or other.json["differs"] == ["/store", "/choices/size"]


def test_who_joined_a_household_still_sees_what_was_had_alone(database):
    found = Shop({"reward_categories": CATEGORIES, "rewards": REWARDS, "households": {}})
    found.enrol("Ann", "Ben")
    for name in ("Ann", "Ben"):
        found.adjust(name, 1000, "2026-01-05")
    api = door.opened(found)
    made = redeem(api, "coffee", "Ben").json["redemption"]["id"]
    home = family.found(found, "Ann", clock.now().isoformat()).household.id
    family.joined(found, home, "Ben", clock.now().isoformat(), role="child")
    ben = f"mem_{found.ids['Ben']}"
    assert [one["id"] for one in api.get(f"/v1/members/{ben}/redemptions").json["redemptions"]] == [made]
    offers = api.get(f"/v1/members/{ben}/rewards").json["offers"]
    assert {one["obstacle"]["code"] for one in offers} == {"role_may_not_spend"}, offers[0]
    api.close()


def test_redemptions_are_listed_by_state_and_store(api, shop):
    supply(api, "mug", 5)
    people = ("ben", "cleo", "dora", "emil")
    shop.enrol(*people[1:], now=shops.OPENING)
    for name in people[1:]:
        shop.adjust(name, 1000, clock.now().isoformat())
    stores = zip(people, ("centre", "centre", "harbour"), strict=False)
    made = [redeem(api, "mug", name, f"r-{name}", store=store).json["redemption"]["id"] for name, store in stores]
    kept = redeem(api, "mug", "emil", "r-kept", reserve=True).json["redemption"]["id"]

    def listed(query=""):
        return [one["id"] for one in api.get(f"/v1/redemptions{query}").json["redemptions"]]

    assert listed() == made
    assert listed("?state=reserved") == [kept]
    assert listed("?store=centre") == made[:2] and listed("?store=nowhere") == []
    first = api.get("/v1/redemptions?limit=2")
    assert listed(f"?limit=2&cursor={first.json['next']}") == made[2:]
    for id in made[:2]:
        api.post(f"/v1/redemptions/{id}/fulfil", None)
    api.post(f"/v1/redemptions/{made[2]}/cancel", None)
    assert listed() == []
    assert listed("?state=fulfilled") == made[1::-1]  # the latest first
    last = api.get("/v1/redemptions?state=fulfilled&limit=1")
    assert listed(f"?state=fulfilled&limit=1&cursor={last.json['next']}") == made[:1]
    assert listed("?state=cancelled&store=harbour") == [made[2]]
    assert api.get(f"/v1/redemptions/{made[0]}").json["redemption"]["store"] == "centre"
    counted = api.get("/v1/rewards/mug/funnel").json
    assert [counted[name] for name in ("redeemed", "reserved", "confirmed", "fulfilled", "cancelled", "expired")] == [
        4, 1, 0, 2, 1, 0,
    ]  # fmt: skip
    assert counted["whole"] is True
    assert api.get("/v1/rewards/mug/funnel?from=2026-01-02&until=2026-01-02").code == "figures_period_invalid"


def test_a_stock_and_how_it_came_are_told(api, shop):
    supply(api, "mug", 5)
    supply(api, "mug", -1, "s-2", reason="broken")
    redeem(api, "mug", "ben")
    [stock] = api.get("/v1/rewards/mug/stock").json["stocks"]
    assert (stock["supplied"], stock["claimed"], stock["given"], stock["left"]) == (4, 1, 0, 3)
    first = api.get("/v1/rewards/mug/supplies?limit=1").json
    [told] = first["supplies"]
    assert (told["pieces"], told["reason"], told["left"]) == (-1, "broken", 4)
    [before] = api.get(f"/v1/rewards/mug/supplies?limit=1&cursor={first['next']}").json["supplies"]
    assert before["pieces"] == 5
    assert api.get("/v1/rewards/nothing/stock").code == "reward_unknown"
