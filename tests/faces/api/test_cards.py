"""Gift cards over the API: sold, read, loaded, spent from, given back, and loaded onto a member."""

import pytest

from guerdon.core import limits
from tests import gifts
from tests import shop as shops
from tests.faces.api import door


@pytest.fixture
def cafe(api):
    """Ann, where gift cards are sold."""
    policy = {"gift_cards": {"unit": "credit", "amount_min": "5.00", "balance_max": "100.00"}}
    api.shop.publish(since=shops.OPENING, now=shops.moment("2025-01-02"), enrol_unknown=True, **gifts.PARTS | policy)
    return api.post("/v1/members", {"external_ids": ["ann"]}).json["id"]


@pytest.fixture
def till(api):
    """A key that may spend and no more."""
    opened = door.opened(api.shop, key=api.new_key(["cards:spend"]))
    yield opened
    opened.close()


def sold(api, amount=2_500, name="s-1"):
    return api.post("/v1/gift-cards", {"amount": amount, "external_id": name})


def test_a_card_is_sold_spent_from_and_given_back(api, cafe, till):
    made = sold(api)
    assert made.status == 201
    card = made.json["card"]
    assert (card["balance"], card["unit"]) == ({"amount": 2_500, "currency": "EUR"}, "credit")
    assert (sold(api).body, sold(api).replayed) == (made.body, True)
    code = card["code"]
    assert till.get(made.headers["location"]).json["card"] == card
    assert till.get(f"/v1/gift-cards/{code.lower()}").json["card"] == card
    body = {"amount": 1_250, "external_id": "o-1"}
    spent = till.post(f"/v1/gift-cards/{code}/spend", body)
    assert (spent.status, spent.json["card"]["balance"]["amount"]) == (201, 1_250)
    assert till.post(f"/v1/gift-cards/{code}/spend", body).replayed
    short = till.post(f"/v1/gift-cards/{code}/spend", {"amount": 1_251, "external_id": "o-2"})
    assert (short.status, short.code) == (409, "insufficient_points")
    tried = till.post(f"/v1/gift-cards/{code}/spend?dry_run=true", {"amount": 50, "external_id": "o-3"})
    assert (tried.status, tried.json["dry_run"]) == (200, True)
    back = {"spend": spent.json["spend"], "external_id": "v-1", "amount": 250}
    assert till.post(f"/v1/gift-cards/{code}/rollback", back).json["card"]["balance"]["amount"] == 1_500
    rest = till.post(f"/v1/gift-cards/{code}/rollback", {**back, "external_id": "v-2", "amount": 1_001})
    assert rest.code == "cancelled_too_much"
    other = sold(api, 500, "s-2").json["card"]["code"]
    assert till.post(f"/v1/gift-cards/{other}/rollback", back).code == "burn_unknown"
    taken = till.post(f"/v1/gift-cards/{other}/spend", body)
    assert (taken.status, taken.code, taken.json["facts"]) == (409, "gift_card_differs", {"name": "o-1"})
    assert code not in taken.body.decode(), "nothing is said of the card whose name it is"
    assert till.post("/v1/gift-cards", {"amount": 500, "external_id": "x"}).code == "scope_missing"


def test_a_card_is_loaded_within_limits(api, cafe):
    code = sold(api).json["card"]["code"]
    more = api.post(f"/v1/gift-cards/{code}/top-up", {"amount": 1_000, "external_id": "t-1"})
    assert (more.status, more.json["card"]["balance"]["amount"]) == (200, 3_500)
    full = api.post(f"/v1/gift-cards/{code}/top-up", {"amount": 7_000, "external_id": "t-2"})
    assert (full.status, full.code, full.json["facts"]) == (409, "gift_card_full", {"asked": 7_000, "left": 6_500})
    assert sold(api, 499, "s-3").code == "gift_card_amount"


def test_a_card_is_loaded_onto_a_member(api, cafe):
    code = sold(api).json["card"]["code"]
    body = {"to": {"external_id": "ann"}, "external_id": "g-1", "amount": 500}
    given = api.post(f"/v1/gift-cards/{code}/transfer", body)
    assert (given.status, given.json["amount"]["amount"], given.json["card"]["balance"]["amount"]) == (201, 500, 2_000)
    all_of_it = {"to": {"external_id": "ann"}, "external_id": "g-2"}
    assert api.post(f"/v1/gift-cards/{code}/transfer", all_of_it).json["card"]["balance"]["amount"] == 0
    balances = api.get(f"/v1/members/{cafe}/balances").json["balances"]
    assert [one["available"] for one in balances if one["unit"] == "credit"] == [2_500]
    assert (
        api.post(f"/v1/gift-cards/{code}/transfer", {**all_of_it, "external_id": "g-3"}).code == "insufficient_points"
    )
    moved = api.get(f"/v1/members/{cafe}/transfers").json["transfers"]
    assert [one["points"] for one in moved] == [500, 2_000]


def test_what_is_told_again_says_what_differs(api, cafe, till):
    first, other = sold(api).json, sold(api, 3_000)
    assert (other.replayed, other.json) == (True, first | {"differs": ["/amount"]})
    where = f"/v1/gift-cards/{first['card']['code']}"
    for deed, by in (("top-up", api), ("spend", till)):
        body = {"amount": 1_000, "external_id": f"{deed}-1"}
        told = by.post(f"{where}/{deed}", body)
        assert by.post(f"{where}/{deed}", body).json == told.json
        again = by.post(f"{where}/{deed}", body | {"amount": 1_250})
        assert (again.status, again.json) == (told.status, told.json | {"differs": ["/amount"]})
    two = [till.post(f"{where}/spend", {"amount": 10, "external_id": f"o-{place}"}).json["spend"] for place in (1, 2)]
    back = {"spend": two[0], "external_id": "v-1"}
    told = till.post(f"{where}/rollback", back)
    assert till.post(f"{where}/rollback", back).json == told.json
    assert till.post(f"{where}/rollback", back | {"spend": two[1]}).json == told.json | {"differs": ["/spend"]}
    gift = {"to": {"external_id": "ann"}, "external_id": "g-1"}
    told = till.post(f"{where}/transfer", gift)
    assert till.post(f"{where}/transfer", gift).json == told.json
    ben = till.post(f"{where}/transfer", gift | {"to": {"external_id": "ben"}, "amount": 7})
    assert ben.json == told.json | {"differs": ["/amount", "/to"]}


def test_whoever_guesses_codes_must_wait(api, cafe, till):
    code = sold(api).json["card"]["code"]
    for number in range(limits.GUESSES_MAX):
        wrong = till.post(f"/v1/gift-cards/GUESS-{number}/spend", {"amount": 1, "external_id": "x", "client": "c1"})
        assert wrong.code == "gift_card_unknown"
    stopped = till.post(f"/v1/gift-cards/{code}/spend", {"amount": 1, "external_id": "x", "client": "c1"})
    assert (stopped.status, stopped.code) == (429, "guesses_too_many")
    assert till.post(f"/v1/gift-cards/{code}/spend", {"amount": 1, "external_id": "x"}).status == 201


def test_whoever_looks_for_codes_makes_only_that_client_wait(api, cafe, till):
    code = sold(api).json["card"]["code"]
    for number in range(limits.GUESSES_MAX):
        assert till.get(f"/v1/gift-cards/GUESS-{number}?client=c1").code == "gift_card_unknown"
    assert till.get(f"/v1/gift-cards/{code}?client=c1").code == "guesses_too_many"
    assert till.get(f"/v1/gift-cards/{code}?client=c2").status == 200
    assert till.get(f"/v1/gift-cards/{code}").status == 200


def test_a_parameter_that_nobody_reads_is_refused(api, cafe):
    code = sold(api).json["card"]["code"]
    for refused in (
        api.get(f"/v1/gift-cards/{code}?foo=bar"),
        api.post(f"/v1/gift-cards/{code}/top-up?dry_run=true", {"amount": 100, "external_id": "t"}),
    ):
        assert refused.status == 422 and refused.json["errors"][0]["pointer"] in ("?foo", "?dry_run"), refused.json
    assert api.get(f"/v1/gift-cards/{code}").json["card"]["balance"]["amount"] == 2_500


def test_no_cards_where_the_programme_sells_none(api):
    assert sold(api).code == "gift_cards_off"
    assert api.get("/v1/gift-cards/NONE").code == "gift_card_unknown"
