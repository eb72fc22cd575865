"""Alerts over the API: told, read, as a table, and settled once by somebody they are not about."""

import csv
import io

import pytest

from guerdon.core import rights
from guerdon.engine import alerts
from guerdon.kit import clock
from tests import shop as shops

OUTCOME = {"outcome": "cleared", "reason": "she buys for her office"}


@pytest.fixture
def alerted(shop):
    """Six purchases of Ann at one cashier, whose name begins a formula, found by the night."""
    shop.enrol("Ann")
    for _ in range(6):
        shop.buy("Ann", 1000, "2026-01-05", facts={"cashier": "=1+1"}, store="Vitosha")
    shop.night("2026-01-06T01:00")
    return shop


def of(api, kind="repeated_card", **more):
    [one] = [one for one in api.get("/v1/alerts", **more).json["alerts"] if one["kind"] == kind]
    return one


def test_an_alert_tells_who_what_when_and_by_which_entries(api, alerted):
    one = of(api)
    assert {key: one[key] for key in ("state", "who", "times", "points", "mine", "reason")} == {
        "state": "open", "who": "=1+1 · Vitosha", "times": 6, "points": {"points": 60}, "mine": False, "reason": None,
    }  # fmt: skip
    assert one["members"] == [f"mem_{alerted.account('Ann')}"]
    assert one["first_at"] == one["last_at"] == "2026-01-05T12:00:00Z"
    assert [api.get(f"/v1/activities/{id}").json["activity"]["kind"] for id in one["activities"]] == ["purchase"] * 6
    assert api.get(f"/v1/alerts/{one['id']}").json == one


def test_a_page_ends_where_the_next_begins(api, alerted):
    first = api.get("/v1/alerts?limit=1").json
    second = api.get(f"/v1/alerts?limit=1&cursor={first['next']}").json
    assert [one["kind"] for one in first["alerts"] + second["alerts"]] == ["favoured_card", "repeated_card"]


def test_the_table_has_no_formula(api, alerted):
    api.checked = False  # tables are no JSON
    answer = api.get("/v1/alerts", headers={"accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(answer.body.decode())))
    assert {row["kind"]: (row["who"], row["times"], row["points"]) for row in rows} == {
        kind: ("'=1+1 · Vitosha", "6", "points 60") for kind in ("favoured_card", "repeated_card")
    }


def test_an_alert_is_settled_once(api, alerted):
    one = of(api)
    place, key = f"/v1/alerts/{one['id']}/settle", {"idempotency-key": "k-1"}
    done = api.post(place, OUTCOME, headers=key)
    assert (done.status, done.json["state"], done.json["reason"]) == (200, "cleared", OUTCOME["reason"])
    assert api.post(place, OUTCOME, headers=key).replayed
    again = api.post(place, OUTCOME)
    assert (again.status, again.code) == (409, "alert_settled")
    assert [each["id"] for each in api.get("/v1/alerts?state=cleared").json["alerts"]] == [one["id"]]
    assert one["id"] not in [each["id"] for each in api.get("/v1/alerts").json["alerts"]]
    [line] = api.get(f"/v1/audit?about={one['id']}").json["lines"]
    assert (line["action"], line["reason"]) == ("alert.cleared", OUTCOME["reason"])


@pytest.mark.parametrize("body", [{}, {"outcome": "cleared"}, OUTCOME | {"reason": ""}, OUTCOME | {"outcome": "open"}])
def test_a_verdict_says_what_and_why(api, alerted, body):
    assert api.post(f"/v1/alerts/{of(api)['id']}/settle", body).status == 422


def test_no_cashier_sees_alerts_and_no_other_programme(api, alerted):
    one = of(api)
    for role in ("cashier", "support", "analyst", "marketer", "partner"):
        key = api.new_key(rights.of(role))
        assert api.get("/v1/alerts", key=key).code == "scope_missing"
        assert api.post(f"/v1/alerts/{one['id']}/settle", OUTCOME, key=key).code == "scope_missing"
    for role in ("owner", "manager", "finance"):
        assert api.get("/v1/alerts", key=api.new_key(rights.of(role))).status == 200
    other = api.new_key(shop=shops.Shop())
    assert api.get("/v1/alerts", key=other).json["alerts"] == []
    assert api.get(f"/v1/alerts/{one['id']}", key=other).code == "alert_unknown"
    assert api.post(f"/v1/alerts/{one['id']}/settle", OUTCOME, key=other).code == "alert_unknown"
    assert api.get("/v1/alerts/alr_x").code == "id_malformed"


def test_who_gave_by_hand_sees_that_it_is_about_them(api, shop):
    shop.enrol("Ann")
    for n in range(3):
        told = {"member": {"external_id": "Ann"}, "unit": "points", "points": 5, "reason": "x", "external_id": f"a-{n}"}
        assert api.post("/v1/adjustments", told).status == 201
    alerts.run(programme_id=shop.programme_id, now=clock.now())
    one = of(api, "repeated_adjustments")
    assert (one["who"], one["mine"], one["times"]) == ("till", True, 3)
    assert api.post(f"/v1/alerts/{one['id']}/settle", OUTCOME).code == "own_alert"
    other = api.new_key(name="office")
    assert of(api, "repeated_adjustments", key=other)["mine"] is False
    assert api.post(f"/v1/alerts/{one['id']}/settle", OUTCOME, key=other).json["settled_by"] == "office"
