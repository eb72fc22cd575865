"""What points were spent on is told by name: the reward that was redeemed, the order that was paid with them."""

import pytest

from guerdon.core.errors import Refusal
from guerdon.engine import night, redemptions
from guerdon.features.redemptions import queries
from guerdon.kit import clock, store
from tests import shop as shops
from tests.engine.catalogue import COFFEE, MUG
from tests.shop import POINTS, Shop

ALWAYS = {key: value for key, value in MUG.items() if key != "stocked"}
NAMED = {
    "coffee": {**COFFEE, "name": {"en": "A coffee", "bg": "Едно кафе", "tr": "Bir kahve"}, "fulfil_days": 1},
    "mug": {**ALWAYS, "name": {"en": "The “blue” mug", "bg": "Синята чаша", "tr": "Mavi kupa"}},
    "pair": {
        **COFFEE, "name": {"en": "A pair", "bg": "Двойка", "tr": "Bir çift"},
        "prices": [{"points": {"points": 20, "stars": 3}}],
    },
}  # fmt: skip
LANGUAGES = ("en", "bg", "tr")


def names(code):
    return {"en": code, "bg": code, "tr": code}


@pytest.fixture
def shop(database):
    pays = {"points": 100, "money": "1.00"}
    rule = {**shops.BASE, "name": names("base"), "then": [
        {"points": {"unit": unit, "give": 1, "per": "1.00"}} for unit in ("points", "stars")
    ]}  # fmt: skip
    found = Shop({
        "enrol_unknown": True, "languages": [*LANGUAGES], "name": names("Café Aurora"), "rewards": NAMED,
        "units": {"points": {**POINTS, "name": names("points"), "pays": pays},
                  "stars": {**POINTS, "name": names("stars")}},
        "rules": {"base": rule},
    })  # fmt: skip
    found.enrol("ann")
    for unit in ("points", "stars"):
        found.adjust("ann", 1000, clock.now().isoformat(), unit=unit)
    return found


def ann(shop):
    return "mem_" + shop.account("ann")


def redeem(api, reward, number="r-1", **more):
    body = {"member": {"external_id": "ann"}, "reward": reward, "external_id": number, **more}
    made = api.post("/v1/redemptions", body)
    assert made.status == 201, made.json
    return made.json["redemption"]["id"]


def why(api, shop, language="en", kind=None):
    """The reasons of Ann's postings, the latest last."""
    lines = api.get(f"/v1/members/{ann(shop)}/statement?explain=full&language={language}").json["postings"]
    return [line["explanation"]["why"][0] for line in lines if kind in (None, line["kind"])]


def pay(api, number, points):
    told = api.post("/v1/activities", {
        "kind": "purchase", "source": "till", "external_id": number, "occurred_at": clock.now().isoformat(),
        "member": {"external_id": "ann"}, "amount": 2000,
        "tenders": [{"kind": "points", "amount": points, "unit": "points"}, {"kind": "card", "amount": 2000 - points}],
    })  # fmt: skip
    assert told.status == 201, told.json
    return told.json


REDEEMED = ("Redeemed for “A coffee”.", "Заменени за „Едно кафе“.", "“Bir kahve” ödülü için kullanıldı.")
GIVEN_BACK = (
    "Given back into the lots they were spent from, because the redemption of “A coffee” was cancelled.",
    "Върнати в партидите, от които бяха похарчени, защото замяната за „Едно кафе“ беше отменена.",
    "“Bir kahve” ödülünün kullanımı iptal edildiği için harcandıkları partilere geri verildi.",
)


def test_a_redemption_and_its_cancelling(api, shop):
    made = redeem(api, "coffee")
    assert api.post(f"/v1/redemptions/{made}/cancel", None).status == 200
    for place, language in enumerate(LANGUAGES):
        assert why(api, shop, language, "burn") == [REDEEMED[place]]
        assert why(api, shop, language, "reinstate") == [GIVEN_BACK[place]]


def test_several_units_are_told_alike(api, shop):
    redeem(api, "pair")
    assert why(api, shop, kind="burn") == ["Redeemed for “A pair”."] * 2


def test_what_was_reserved_first(api, shop):
    made = redeem(api, "mug", reserve=True)
    [hold] = api.get(f"/v1/members/{ann(shop)}/holds").json["holds"]
    assert hold["why"] == "Reserved for “The ‘blue’ mug”."
    one = api.get(f"/v1/holds/{hold['id']}", headers={"accept-language": "tr"}).json["hold"]
    assert one["why"] == "“Mavi kupa” ödülü için ayrıldı."
    assert why(api, shop, kind="burn") == []
    assert api.post(f"/v1/redemptions/{made}/confirm", None).status == 200
    assert why(api, shop, "bg", "burn") == ["Заменени за „Синята чаша“."]


@pytest.mark.parametrize("source", ["redemption", "tender", "return", "conversion"])
def test_nobody_takes_the_names_of_the_house(api, shop, source):
    body = {"member": {"external_id": "ann"}, "unit": "points", "points": 5, "external_id": "x", "source": source}
    for route, more in (("/v1/burns", {}), ("/v1/holds", {"ttl": {"days": 1}})):
        refused = api.post(route, {**body, **more})
        assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/source"), refused.json
    bought = {"kind": "purchase", "source": source, "external_id": "o", "occurred_at": "2026-03-01T10:00:00Z",
              "member": {"external_id": "ann"}, "amount": 100}  # fmt: skip
    refused = api.post("/v1/activities", bought)
    assert refused.json["code"] == "activity_invalid" and "/source" in refused.json["detail"], refused.json
    (result,) = api.post("/v1/activities/batch", {"activities": [bought]}).json["results"]
    assert result["problem"]["code"] == "activity_invalid", result


def test_one_that_nobody_fetched(api, shop):
    made = redeem(api, "coffee")
    at = shops.moment("2100-01-01")
    found = [queries.one(store.current(), shop.programme_id, made.removeprefix("rdm_"))]
    (ended,) = redemptions.settle_many(programme_id=shop.programme_id, found=found, deed="expire", now=at, by=None)
    assert not isinstance(ended, Refusal)
    told = {language: why(api, shop, language, "reinstate") for language in LANGUAGES}
    assert told == {
        "en": ["Given back into the lots they were spent from, because the redemption of “A coffee” has expired."],
        "bg": ["Върнати в партидите, от които бяха похарчени, защото замяната за „Едно кафе“ изтече."],
        "tr": ["“Bir kahve” ödülünün kullanım süresi dolduğu için harcandıkları partilere geri verildi."],
    }


def test_the_name_is_that_of_the_version_under_which_it_was_redeemed(api, shop):
    redeem(api, "coffee")
    later = {**NAMED, "coffee": {**NAMED["coffee"], "name": names("A tea")}}
    shop.publish(since=clock.now(), now=clock.now(), **{**shop.parts, "rewards": later})
    redeem(api, "coffee", "r-2")
    assert why(api, shop, kind="burn") == ["Redeemed for “A coffee”.", "Redeemed for “A tea”."]


PAID = ("Paid for the order o-1.", "Похарчени за плащане на поръчка o-1.", "o-1 siparişini ödemek için harcandı.")
RETURNED = (
    "Given back into the lots they were spent from, because the order o-1 was returned (back-1).",
    "Върнати в партидите, от които бяха похарчени, защото поръчка o-1 беше върната (back-1).",
    "o-1 siparişi iade edildiği için harcandıkları partilere geri verildi (back-1).",
)


def test_an_order_that_was_paid_and_returned(api, shop):
    pay(api, "o-1", 100)
    pay(api, "o-2", 300)
    back = api.post("/v1/activities", {
        "kind": "return", "source": "till", "external_id": "back-1", "occurred_at": clock.now().isoformat(),
        "member": {"external_id": "ann"}, "returns": {"external_id": "o-1"},
    })  # fmt: skip
    assert back.status == 201, back.json
    for place, language in enumerate(LANGUAGES):
        paid = why(api, shop, language, "burn")
        assert paid[0] == PAID[place] and "o-2" in paid[1]
        assert why(api, shop, language, "reinstate") == [RETURNED[place]]


def test_a_payment_is_not_cancelled_by_itself(api, shop):
    paid = pay(api, "o-1", 100)
    burn = api.get(f"/v1/activities/{paid['activity']['id']}").json["activity"]["tenders"][0]["burn"]
    refused = api.post(f"/v1/burns/{burn}/cancel", {"external_id": "c-1"})
    assert (refused.status, refused.json["code"]) == (403, "burn_bound")
    assert why(api, shop, kind="reinstate") == []


def test_one_activity_explains_its_postings_too(api, shop):
    pay(api, "o-1", 100)
    [burn] = [
        one for one in api.get(f"/v1/activities?member={ann(shop)}").json["activities"]
        if one["activity"]["kind"] == "burn"
    ]  # fmt: skip
    told = api.get(f"/v1/activities/{burn['activity']['id']}?explain=full&language=bg").json
    assert told["postings"][0]["explanation"]["why"] == [PAID[1]]


def test_a_page_takes_the_same_statements_however_long_it_is(api, shop, monkeypatch):
    """Whatever was bought and paid, and how often."""
    counted = []
    fetch = store.Store.fetch

    def counting(self, statement, **params):
        counted.append(statement)
        return fetch(self, statement, **params)

    def statements():
        counted.clear()
        why(api, shop)
        return len(counted)

    monkeypatch.setattr(store.Store, "fetch", counting)
    plain = statements()
    redeem(api, "coffee")
    pay(api, "o-0", 100)
    few = statements()
    for number in range(1, 6):
        redeem(api, "coffee", f"r-{number}x")
        pay(api, f"o-{number}", 100)
    assert statements() == few <= plain + 5


def test_what_became_something_else(api, shop):
    units = {**shop.parts["units"], "stars": {**shop.parts["units"]["stars"], "converts_at": 1005}}
    money = {"name": names("money"), "when": "converted", "then": [{"fixed": {"unit": "points", "give": 7}}]}
    rules = {**shop.parts["rules"], "money": money}
    shop.publish(since=clock.now(), now=clock.now(), **{**shop.parts, "units": units, "rules": rules})
    pay(api, "o-1", 100)
    night.run(programme_id=shop.programme_id, as_of=clock.now())
    assert why(api, shop, kind="burn")[-1] == "Converted, because enough of them were there."
    earned = {language: why(api, shop, language, "earn")[-1] for language in LANGUAGES}
    assert earned == {
        "en": "Given for points that were converted.",
        "bg": "Дадени за точки, които бяха превърнати.",
        "tr": "Dönüştürülen puanlar için verildi.",
    }
    assert "Given for points that were converted." not in why(api, shop, kind="earn")[:-1]
