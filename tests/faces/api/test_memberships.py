"""Memberships over the API: joined, paid, changed, paused, cancelled, given back; and whether they are worth it."""

from datetime import timedelta

import pytest

from guerdon.engine import collecting
from guerdon.kit import clock
from guerdon.kit.payments import events
from tests.engine import stand_in
from tests.shop import Shop

PLUS = {"name": {"en": "Plus"}, "prices": {"EUR": "12.00", "JPY": 2000}, "period": {"months": 1}}
PLANS = {
    "plus": PLUS | {"rank": 1, "refund_days": 14, "benefits": {
        "off": {"kind": "percent_off", "name": {"en": "Off everything"}, "percent": "10"},
        "post": {"kind": "free_shipping", "name": {"en": "Free post"}},
        "talk": {"kind": "other", "name": {"en": "A talk"}},
    }},
    "gold": {"name": {"en": "Gold"}, "prices": {"EUR": "31.00"}, "period": {"months": 1}, "rank": 2},
    "tried": {"name": {"en": "Tried"}, "prices": {"EUR": "5.00"}, "period": {"months": 1}, "trial_days": 7},
    "ever": {"name": {"en": "Ever"}, "prices": {"EUR": "99.00"}, "period": {"lifetime": True}},
}  # fmt: skip
RULES = {
    "base": {"when": "purchase", "then": [{"points": {"unit": "points", "give": 1, "per": "1.00"}}]},
    "double": {
        "when": "purchase", "if": [{"membership": {"in": ["plus"]}}],
        "then": [{"multiply": {"unit": "points", "by": 2}}],
    },
}  # fmt: skip
POINTS = {
    "kind": "redeemable", "name": {"en": "points"}, "expires": {"rolling": {"months": 12}},
    "worth": {"points": 100, "money": "1.00"},
}  # fmt: skip
SILVER = {
    "circle": {
        "name": {"en": "Circle"}, "basis": {"spend": True}, "window": "calendar_year",
        "levels": {"silver": {"name": {"en": "Silver"}, "from": "100.00", "benefits": {
            "off": {"kind": "percent_off", "name": {"en": "Off"}, "percent": "5"}}}},
    }
}  # fmt: skip


@pytest.fixture
def shop(database):
    found = Shop({"plans": PLANS, "rules": RULES, "units": {"points": POINTS}, "tiers": SILVER}, sandbox=True)
    found.enrol("ann", "ben")
    return found


def join(api, plan="plus", number=1, member="ann", **more):
    body = {"member": {"external_id": member}, "plan": plan, "external_id": f"join-{number}"}
    return api.post("/v1/memberships", body | more)


def path(told):
    return f"/v1/memberships/{told.json['membership']['id']}"


def test_the_plans_are_listed(api):
    told = api.get("/v1/plans?language=en").json["plans"]
    plus = next(one for one in told if one["key"] == "plus")
    assert plus["prices"] == [{"amount": 1200, "currency": "EUR"}, {"amount": 2000, "currency": "JPY"}]
    assert (plus["months"], plus["days"], plus["renews"], plus["rank"], plus["refund_days"]) == (1, 0, True, 1, 14)
    assert [one["key"] for one in plus["benefits"]] == ["off", "post", "talk"]
    ever = next(one for one in told if one["key"] == "ever")
    assert (ever["months"], ever["days"], ever["renews"]) == (0, 0, False)


def test_a_till_sells_one_and_it_counts_from_the_first_second(api):
    told = join(api, reference="till 1, receipt 7")
    assert told.status == 201 and told.json["state"] == "active" and told.json["membership"]["in_force"]
    assert api.get(told.headers["location"]).json == told.json["membership"]
    [period] = told.json["membership"]["periods"]
    assert (period["kind"], period["number"], period["value"]["amount"]) == ("period", 1, 1200)
    [payment] = told.json["membership"]["payments"]
    assert (payment["state"], payment["purpose"], payment["reference"]) == ("paid", "first", "till 1, receipt 7")
    bought = api.post("/v1/activities", {
        "kind": "purchase", "source": "till", "external_id": "o-1", "member": {"external_id": "ann"}, "amount": 1000,
        "occurred_at": period["start"],
    }).json  # fmt: skip
    assert [one["points"] for one in bought["decision"]["awards"]] == [20]


def test_joining_is_told_once_and_one_at_a_time(api):
    first = join(api)
    again = join(api)
    assert again.replayed and path(again) == path(first)
    assert "differs" not in again.json
    assert join(api, "gold", reference="17").json["differs"] == ["/plan", "/reference"]
    assert join(api, member="ben").json["differs"] == ["/member"]
    assert first.json["state"] == "awaiting" and first.json["amount"] == {"amount": 1200, "currency": "EUR"}
    assert join(api, "gold", 2).code == "membership_exists"
    assert join(api, "tin", 3).code == "plan_unknown"
    assert join(api, "gold", 3, currency="JPY", member="ben").code == "plan_not_sold_in"
    assert join(api, "plus", 4, method="stripe", member="ben").code == "provider_off"
    assert join(api, "plus", 5, member="nobody").code == "member_unknown"


def test_trying_it_out_writes_nothing(api):
    body = {"member": {"external_id": "ann"}, "plan": "tried", "external_id": "j"}
    tried = api.post("/v1/memberships?dry_run=true", body)
    assert (tried.status, tried.json["state"], tried.json["membership"]) == (200, "trial", None)
    paid = api.post("/v1/memberships?dry_run=true", body | {"plan": "plus", "reference": "1"})
    assert (paid.json["state"], paid.json["amount"]["amount"]) == ("active", 1200)
    ann = api.post("/v1/memberships", body).json["membership"]["member"]
    assert [one["state"] for one in api.get(f"/v1/members/{ann}/memberships").json["memberships"]] == ["trial"]


def test_a_payment_by_invoice_is_told_once(api):
    joined = join(api)
    [payment] = joined.json["membership"]["payments"]
    where = f"/v1/payments/{payment['id']}"
    assert api.get(where).json == {"payment": payment, "url": None}
    assert api.post(f"{where}/failed", None).json["payment"]["attempts"] == 1
    came = api.post(f"{where}/paid", {"reference": "bank 17"})
    assert (came.json["payment"]["state"], came.json["payment"]["reference"]) == ("paid", "bank 17")
    assert api.post(f"{where}/paid", {"reference": "bank 17"}).json == came.json
    assert api.post(f"{where}/paid", {}).json == came.json
    other = api.post(f"{where}/paid", {"reference": "bank 18"})
    assert (other.status, other.code) == (409, "payment_settled"), "whoever holds this money gives it back"
    renewal = {"number": 1, "reference": "bank 18"}
    assert api.post(f"{path(joined)}/renew", renewal).code == "payment_settled"
    assert api.post(f"{path(joined)}/renew", renewal | {"reference": "bank 17"}).replayed
    assert api.post(f"{where}/failed", None).code == "payment_settled"
    assert api.get(path(joined)).json["state"] == "active"
    assert api.get("/v1/payments/pay_" + "0" * 32).code == "payment_unknown"


def test_a_period_is_renewed_once_however_often_it_is_told(api):
    where = path(join(api, reference="1"))
    key = {"idempotency-key": "renewal-2"}
    first = api.post(f"{where}/renew", {"reference": "invoice 2"}, headers=key)
    assert [one["number"] for one in first.json["membership"]["periods"]] == [1, 2]
    again = api.post(f"{where}/renew", {"reference": "invoice 2"}, headers=key)
    assert again.replayed and again.json == first.json
    assert api.post(f"{where}/renew", {"number": 2}).replayed
    assert api.post(f"{where}/renew", {}).code == "payment_settled"  # that would be a second one ahead
    assert api.post(f"{where}/renew", {"number": 9}).code == "payment_late"
    assert [one["number"] for one in api.get(where).json["periods"]] == [1, 2]


def test_paused_and_taken_up_again(api):
    where = path(join(api, reference="1"))
    tried = api.post(f"{where}/pause?dry_run=true", None)
    assert tried.json["dry_run"] and api.get(where).json["state"] == "active"
    assert api.post(f"{where}/pause", None).json["membership"]["in_force"] is False
    assert api.post(f"{where}/pause", None).code == "membership_state"
    assert api.post(f"{where}/resume", None).json["state"] == "active"
    endless = path(join(api, "ever", 2, "ben", reference="2"))
    assert api.post(f"{endless}/pause", None).code == "membership_endless"


def test_changed_up_at_once_for_the_difference(api):
    where = path(join(api, reference="1"))
    assert api.post(f"{where}/change", {"plan": "plus"}).code == "same_plan"
    asked = api.post(f"{where}/change?dry_run=true", {"plan": "gold"})
    assert asked.json["amount"] == {"amount": 1900, "currency": "EUR"}
    done = api.post(f"{where}/change", {"plan": "gold", "reference": "till 3"})
    assert (done.json["membership"]["plan"], done.json["membership"]["name"]) == ("gold", "Gold")
    down = api.post(f"{where}/change", {"plan": "plus"})
    assert (down.json["membership"]["plan"], down.json["membership"]["next_plan"]) == ("gold", "plus")


def test_cancelled_with_the_period_or_now(api):
    where = path(join(api, reference="1"))
    told = api.post(f"{where}/cancel", {}).json["membership"]
    assert (told["state"], told["in_force"], told["ends_at"]) == ("cancelled", True, told["covered_until"])
    assert api.post(f"{where}/resume", None).json["state"] == "active"
    assert api.post(f"{where}/cancel", {"when": "now"}).json["membership"]["state"] == "ended"
    assert api.post(f"{where}/cancel", {}).code == "membership_state"
    assert join(api, "gold", 2, reference="2").status == 201  # free to join again


def test_given_back_with_what_it_gave(api):
    joined = join(api, reference="1")
    bought = api.post("/v1/activities", {
        "kind": "purchase", "source": "till", "external_id": "o-1", "member": {"external_id": "ann"}, "amount": 1000,
        "occurred_at": joined.json["membership"]["asked_at"],
    }).json  # fmt: skip
    back = api.post(f"{path(joined)}/refund", {})
    assert back.json["amount"] == {"amount": -1200, "currency": "EUR"}
    assert back.json["membership"]["payments"][0]["refunded"]["amount"] == 1200
    ann = bought["activity"]["member"]
    assert api.get(f"/v1/members/{ann}/balances").json["balances"][0]["available"] == 10  # what everybody gets stays
    assert api.post(f"{path(joined)}/refund", {}).code == "nothing_to_refund"


def test_who_may_only_read_sells_nothing(api):
    key = api.new_key(["profiles:read", "programme:read"])
    body = {"member": {"external_id": "ann"}, "plan": "plus", "external_id": "j"}
    assert api.post("/v1/memberships", body, key=key).code == "scope_missing"
    assert api.get("/v1/plans", key=key).status == 200
    other = Shop({"plans": PLANS})
    where = path(join(api))
    assert api.get(where, key=api.new_key(shop=other)).code == "membership_unknown"


def test_money_that_is_not_settled_is_listed_for_its_programme_alone(api):
    assert api.get("/v1/payments/unresolved").json == {"going_back": [], "news": []}
    named = {"guerdon_membership": join(api).json["membership"]["id"].removeprefix("mbr_")}
    news = [("evt_1", stand_in.new_invoice("in_1", "sub_1", 1100, metadata=named)),
            ("evt_2", stand_in.new_invoice("in_2", "sub_x", 1200))]  # fmt: skip
    for id, thing in news:
        event = events.read(stand_in.event(id, "invoice.paid", thing, clock.now()))
        collecting.hear(api.shop.programme_id, event, now=clock.now())
        collecting.apply(api.shop.programme_id, id, now=clock.now())
    told = api.get("/v1/payments/unresolved", key=api.new_key(["profiles:read"])).json
    [back], [waits] = told["going_back"], told["news"]
    assert (back["reference"], back["amount"]) == ("in_1", {"amount": 1100, "currency": "EUR"})
    assert (waits["id"], waits["state"], waits["amount"]["amount"]) == ("evt_2", "waiting", 1200)
    payment = api.get(f"/v1/payments/{back['payment']}").json["payment"]
    assert (payment["purpose"], payment["state"]) == ("stray", "refunding")
    assert api.get("/v1/payments/unresolved", key=api.new_key(["programme:read"])).code == "scope_missing"
    assert api.get("/v1/payments/unresolved", key=api.new_key(shop=Shop({"plans": PLANS}))).json["news"] == []


# --- is it worth it? ---


def bought(api, number, lines, days_ago=30):
    happened = (clock.now() - timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = api.post("/v1/activities", {
        "kind": "purchase", "source": "till", "external_id": f"w-{number}", "member": {"external_id": "ann"},
        "occurred_at": happened, "lines": lines,
    })  # fmt: skip
    assert told.status == 201, told.body
    return told.json["activity"]["member"]


def test_it_says_benefit_by_benefit_what_it_would_have_given(api):
    lines = [{"amount": 100_000}, {"amount": 500, "kind": "shipping"}]
    ann = bought(api, 1, lines)
    bought(api, 2, [{"amount": 900_000}], days_ago=400)  # longer ago than a year
    told = api.get(f"/v1/members/{ann}/worth?plan=plus").json
    assert (told["purchases"], told["spent"]["amount"]) == (1, 100_000)
    assert told["points"] == [{"unit": "points", "points": 1000, "worth": {"amount": 1000, "currency": "EUR"}}]
    assert [(one["key"], one["amount"] and one["amount"]["amount"]) for one in told["benefits"]] == [
        ("off", 10_000), ("post", 500), ("talk", None)
    ]  # fmt: skip
    assert told["uncounted"] == ["talk"]
    assert (told["total"]["amount"], told["cost"]["amount"], told["by"]["amount"]) == (11_500, 14_400, -2_900)
    assert told["worth_it"] is False
    bought(api, 3, [{"amount": 100_000}])
    told = api.get(f"/v1/members/{ann}/worth?plan=plus").json
    assert (told["worth_it"], told["by"]["amount"]) == (True, 8_100)


def test_what_was_brought_back_is_not_counted_and_a_tier_costs_nothing(api):
    ann = bought(api, 1, [{"amount": 20_000}])
    body = {"kind": "return", "source": "till", "external_id": "r-1", "member": {"id": ann}, "returns": {
        "external_id": "w-1"}, "occurred_at": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")}  # fmt: skip
    told = api.get(f"/v1/members/{ann}/worth?tier=silver").json
    assert (told["benefits"][0]["amount"]["amount"], told["cost"], told["worth_it"]) == (1000, None, None)
    assert api.post("/v1/activities", body).status == 201
    assert api.get(f"/v1/members/{ann}/worth?tier=silver").json["purchases"] == 0
    for query, code in (
        ("", "worth_of_what"), ("?plan=plus&tier=silver", "worth_of_what"), ("?plan=tin", "plan_unknown"),
        ("?tier=tin", "tier_unknown"),
    ):  # fmt: skip
        assert api.get(f"/v1/members/{ann}/worth{query}").code == code
