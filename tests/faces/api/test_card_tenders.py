"""Purchases paid by gift cards over the API: who may, how often a wrong code is told, and that no code is kept."""

import pytest

from guerdon.core import limits
from guerdon.kit import clock
from tests import gifts
from tests import shop as shops
from tests.faces.api import door


@pytest.fixture
def cafe(api):
    """Ann, where gift cards are sold."""
    api.shop.publish(since=shops.OPENING, now=shops.moment("2025-01-02"), enrol_unknown=True, **gifts.PARTS)
    return api.post("/v1/members", {"external_ids": ["ann"]}).json["id"]


@pytest.fixture
def till(api):
    """A key that records, and may spend from cards, but sells none."""
    opened = door.opened(api.shop, key=api.new_key(["activities:write", "activities:read", "cards:spend"]))
    yield opened
    opened.close()


def sold(api, amount=2_500, name="s-1"):
    return api.post("/v1/gift-cards", {"amount": amount, "external_id": name}).json["card"]["code"]


def left(api, code):
    return api.get(f"/v1/gift-cards/{code}").json["card"]["balance"]["amount"]


def order(number, *tenders, **more):
    """A purchase with tenders: amounts by card, or in cash."""
    told = [
        {"kind": "gift_card", "amount": amount, "card": card} if card else {"kind": "cash", "amount": amount}
        for amount, card in tenders
    ]
    return {
        "kind": "purchase", "source": "till-1", "external_id": f"o-{number}", "occurred_at": clock.now().isoformat(),
        "member": {"external_id": "ann"}, "amount": sum(amount for amount, _ in tenders), "tenders": told, **more,
    }  # fmt: skip


def test_the_answer_names_the_burn_and_keeps_no_code(api, cafe, till):
    code = sold(api)
    told = order(1, (1_500, code.lower()), (500, None))
    made = till.post("/v1/activities", told, headers={"Idempotency-Key": "k-1"})
    assert made.status == 201
    by_card, by_cash = made.json["activity"]["tenders"]
    assert by_card["burn"].startswith("brn_") and by_card["card"] == code.replace("-", "")[-4:]
    assert by_cash == {"kind": "cash", "amount": 500}
    assert made.json["decision"]["awards"][0]["points"] == 5
    assert left(api, code) == 1_000
    again = till.post("/v1/activities", told, headers={"Idempotency-Key": "k-1"})
    assert (again.replayed, again.body) == (True, made.body)
    read = till.get(made.headers["location"])
    for answer in (made, read):
        assert code.encode() not in answer.body and code.replace("-", "").encode() not in answer.body
    assert read.json["activity"]["tenders"] == made.json["activity"]["tenders"]
    undone = till.post("/v1/tills/undo", {"id": made.json["activity"]["id"]})
    assert undone.json["decision"]["refund"]["tenders"][0] == {
        "kind": "gift_card", "amount": 1_500, "points": 1_500, "unit": "credit",
    }  # fmt: skip
    assert left(api, code) == 2_500


def test_what_the_card_paid_comes_back_with_the_order_alone(api, cafe, till):
    code = sold(api)
    burn = till.post("/v1/activities", order(1, (1_500, code))).json["activity"]["tenders"][0]["burn"]
    back = {"spend": burn, "external_id": "v-1"}
    assert till.post(f"/v1/gift-cards/{code}/rollback", back).code == "burn_bound"
    assert api.post(f"/v1/burns/{burn}/cancel", {"external_id": "v-1"}).code == "burn_bound"
    assert left(api, code) == 1_000


def test_a_card_that_is_short_is_told_where_it_was_shown(api, cafe, till):
    code = sold(api, 500)
    short = till.post("/v1/activities", order(1, (100, None), (501, code)))
    assert (short.status, short.code) == (409, "gift_card_short")
    assert short.json["facts"] == {"pointer": "/tenders/1/card", "asked": 501, "left": 500}
    tried = till.post("/v1/activities?dry_run=true", order(1, (500, code)))
    assert (tried.status, left(api, code)) == (200, 500)


def test_only_who_may_spend_from_cards_pays_by_them(api, cafe):
    code = sold(api)
    teller = door.opened(api.shop, key=api.new_key(["activities:write", "activities:read"]))
    missing = teller.post("/v1/activities", order(1, (500, code)))
    assert (missing.status, missing.code, missing.json["facts"]) == (403, "scope_missing", {"scope": "cards:spend"})
    both = teller.post("/v1/activities/batch", {"activities": [order(1, (500, code)), order(2, (500, None))]})
    assert [one["status"] for one in both.json["results"]] == [403, 201]
    quote = {"member": {"external_id": "ann"}, "amount": 500, "gift_card": code}
    assert teller.post("/v1/quotes", quote).code == "scope_missing"
    teller.close()
    assert left(api, code) == 2_500


def test_whoever_guesses_at_the_till_must_wait(api, cafe, till):
    code = sold(api)
    for number in range(limits.GUESSES_MAX):
        wrong = till.post("/v1/activities?client=c1", order(number, (1, f"GUESS-{number}")))
        assert wrong.code == "gift_card_unknown" and "facts" not in wrong.json
    stopped = till.post("/v1/activities?client=c1", order("x", (1, code)))
    assert (stopped.status, stopped.code) == (429, "guesses_too_many")
    quote = {"member": {"external_id": "ann"}, "amount": 500, "gift_card": code, "client": "c1"}
    assert till.post("/v1/quotes", quote).code == "guesses_too_many"
    assert till.post("/v1/activities?client=c1", order("cash", (1, None))).status == 201
    assert till.post("/v1/activities?client=c2", order("x", (1, code))).status == 201


def test_among_many_codes_of_a_batch_a_right_one_does_not_stand_out(api, cafe, till):
    code = sold(api)
    guesses = [order(number, (1, f"GUESS-{number}")) for number in range(limits.GUESSES_MAX + 1)]
    told = {"activities": [*guesses, order("right", (1, code)), order("cash", (1, None))]}
    for _ in range(2):
        results = till.post("/v1/activities/batch", told).json["results"]
        assert {one["problem"]["code"] for one in results[:-1]} == {"guesses_too_many"}
        assert results[-1]["status"] == 201
    assert left(api, code) == 2_500
    staff = api.post("/v1/activities/batch", told).json["results"]
    assert [one["status"] for one in staff[-2:]] == [201, 201], "who sells cards need not guess"
    assert {one["problem"]["code"] for one in staff[:-2]} == {"gift_card_unknown"}


def test_a_quote_tells_how_much_the_card_can_take(api, cafe, till):
    code = sold(api)
    basket = {"member": {"external_id": "ann"}, "gift_card": code}

    def told(amount):
        found = till.post("/v1/quotes", {**basket, "amount": amount}).json["gift_card"]
        return found["ending"], found["balance"]["amount"], found["pays"]["amount"], found["left"]["amount"]

    ending = code.replace("-", "")[-4:]
    assert told(1_400) == (ending, 2_500, 1_400, 1_100)
    assert told(3_000) == (ending, 2_500, 2_500, 0)
    assert till.post("/v1/quotes", {**basket, "amount": 1_400, "gift_card": "NONE"}).code == "gift_card_unknown"
    assert till.post("/v1/quotes", {"member": {"external_id": "ann"}, "amount": 5}).json["gift_card"] is None
    lines = [{"amount": 1_000}, {"amount": 400, "kind": "shipping"}]
    assert till.post("/v1/quotes", {**basket, "lines": lines}).json["gift_card"]["pays"]["amount"] == 1_400
