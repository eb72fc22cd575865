"""The cost book over the API: entries told, taken back, months beside what is known of them, and who may see it."""

from datetime import UTC, datetime

import pytest

from guerdon.insight import schedule
from tests.faces.api import door
from tests.faces.console import insights
from tests.faces.console.counted import WORTH, Cafe
from tests.insight.exports.test_export import LADDER

NOW = datetime(2025, 4, 2, 8, tzinfo=UTC)
AGENCY = {"kind": "agency", "amount": 80_000, "month": "2025-03", "note": "invoice 118"}


@pytest.fixture
def bare(database, tmp_path, monkeypatch):
    """A café of which nothing is exported."""
    insights.placed(monkeypatch, tmp_path)
    found = door.opened(Cafe(WORTH | {"tiers": LADDER}), now=lambda: NOW)
    yield found
    found.close()


def test_an_entry_is_told_and_taken_back(bare):
    api = bare
    told = api.post("/v1/costs", AGENCY)
    here = told.headers["location"]
    assert told.status == 201 and here == f"/v1/costs/{told.json['id']}"
    one = api.get(here).json
    assert (one["from"], one["until"], one["currency"], one["side"]) == ("2025-03-01", "2025-04-01", "EUR", "cost")
    assert one["reversed"] is None and one["told_by"]
    back = api.post(f"{here}/reverse", {"why": "twice"}, headers={"idempotency-key": "b"})
    assert (back.status, back.json["reversed"]["why"]) == (200, "twice") and back.json["reversed"]["id"] != one["id"]
    again = api.post(f"{here}/reverse", {"why": "twice"}, headers={"idempotency-key": "b"})
    assert again.replayed and again.json == back.json == api.get(here).json
    assert api.post(f"{here}/reverse", {"why": "thrice"}).code == "cost_reversed"
    days = {"from": "2025-01-15", "until": "2025-02-15", "month": None, "kind": "funding", "currency": "USD"}
    other = api.post("/v1/costs", AGENCY | days).json
    assert (other["from"], other["until"], other["side"], other["currency"]) == (
        "2025-01-15", "2025-02-15", "income", "USD",
    )  # fmt: skip
    assert [each["id"] for each in api.get("/v1/costs").json["costs"]] == [other["id"], one["id"]]
    page = api.get("/v1/costs?limit=1").json
    assert [each["id"] for each in api.get(f"/v1/costs?cursor={page['next']}").json["costs"]] == [one["id"]]


def test_the_same_key_tells_it_once(bare):
    first, again = (bare.post("/v1/costs", AGENCY, headers={"idempotency-key": "a"}) for _ in range(2))
    assert again.replayed and again.headers["location"] == first.headers["location"]
    other = bare.post("/v1/costs", AGENCY | {"amount": 1}, headers={"idempotency-key": "a"})
    assert other.code == "idempotency_conflict" and len(bare.get("/v1/costs").json["costs"]) == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"month": None}, "cost_days_invalid"),
        ({"from": "2025-03-01"}, "cost_days_invalid"),
        ({"month": None, "from": "2025-03-01"}, "cost_days_invalid"),
        ({"month": None, "from": "2025-03-01", "until": "2025-03-01"}, "cost_days_invalid"),
        ({"month": None, "from": "2020-01-01", "until": "2025-03-01"}, "cost_days_invalid"),
        ({"month": "2025-13"}, "month_invalid"),
        ({"rule": "never"}, "cost_rule_unknown"),
        ({"currency": "XYZ"}, "currency_unknown"),
        ({"kind": "bribes"}, "value_refused"),
        ({"amount": 0}, "value_refused"),
        ({"amount": 1.5}, "value_refused"),
        ({"note": ""}, "value_refused"),
    ],
)
def test_what_is_no_entry(bare, changed, code):
    body = {name: value for name, value in (AGENCY | changed).items() if value is not None}
    assert bare.post("/v1/costs", body).code == code
    assert bare.get("/v1/costs").json["costs"] == []


def test_months_stand_beside_what_is_known(pristine_database, tmp_path, monkeypatch):
    """Ann paid with 30 points in March, a hundred of which are worth 1.00."""
    insights.placed(monkeypatch, tmp_path)
    cafe = insights.opened()
    schedule.write_months.func(cafe.programme_id)
    api = door.opened(cafe, now=lambda: NOW)
    api.post("/v1/costs", AGENCY)
    api.post("/v1/costs", AGENCY | {"kind": "income", "amount": 500})
    path = "/v1/figures/costs?from=2025-03&until=2025-04"
    assert [one["known"] for one in api.get(path).json["months"]] == ["waiting", "open"]
    insights.worked()
    found = api.get(path).json
    march, april = found["months"]
    assert found["currency"] == "EUR" and (march["known"], april["known"], april["lines"]) == ("known", "open", [])
    assert [(one["source"], one["side"], one["kind"], one["of"], one["count"], one["amount"])
            for one in march["lines"]] == [
        ("told", "cost", "agency", "", 1, 80_000), ("told", "income", "income", "", 1, 500),
        ("known", "cost", "points", "points", 30, 30),
    ]  # fmt: skip
    assert march["totals"] == [{"currency": "EUR", "cost": 80_030, "income": 500, "net": 79_530, "whole": True}]
    assert len(api.get("/v1/figures/costs").json["months"]) == 12
    assert api.get("/v1/figures/costs?from=2025-04&until=2025-03").code == "months_invalid"
    api.checked = False  # a table is no JSON
    sheet = api.get(path, headers={"accept": "text/csv"}).body.decode().splitlines()
    assert sheet == [
        "month,source,side,kind,of,count,currency,amount", "2025-03,told,cost,agency,,1,EUR,800.00",
        "2025-03,told,income,income,,1,EUR,5.00", "2025-03,known,cost,points,points,30,EUR,0.30",
        "2025-03,total,cost,,,,EUR,800.30", "2025-03,total,income,,,,EUR,5.00",
        "2025-03,total,net,,,,EUR,795.30",
    ]  # fmt: skip
    api.close()


def test_who_may_see_figures_does_not_see_costs(bare):
    api = bare
    here = api.post("/v1/costs", AGENCY).headers["location"]
    looker, reader = api.new_key(["figures:read"], name="looker"), api.new_key(["costs:read"], name="reader")
    for path in ("/v1/costs", here, "/v1/figures/costs"):
        assert api.get(path, key=looker).status == 403
        assert api.get(path, key=reader).status == 200
    assert api.post("/v1/costs", AGENCY, key=reader).status == 403
    assert api.post(f"{here}/reverse", {"why": "x"}, key=reader).status == 403
