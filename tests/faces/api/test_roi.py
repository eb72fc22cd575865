"""What campaigns are worth over the API: the measure, its verdict in words, and why there is none."""

import re
from datetime import UTC, datetime

import pytest

from guerdon.insight import schedule
from tests.faces.api import door
from tests.faces.console import insights
from tests.insight.roi import campaign
from tests.insight.roi.campaign import NAMES, held

NOW = datetime(2026, 1, 3, 8, tzinfo=UTC)


@pytest.fixture
def cafe(sampled):
    return sampled(campaign.exported)


@pytest.fixture
def api(cafe):
    found = door.opened(cafe, now=lambda: NOW)
    yield found
    found.close()


def test_what_campaigns_are_worth(api, cafe):
    """Who has the campaign spends 10.00 more in each of two months; 40 % of it is left, and 100.00 it costs."""
    out = [name for name in NAMES if held(cafe, name)]
    told = api.get("/v1/roi?cost=10000").json
    assert (told["from"], told["until"], told["began"]) == ("2025-11-01", "2026-01-01", "2025-11-01")
    assert (told["balance"]["held_out"], told["members"]) == (len(out), len(NAMES) - len(out))
    assert told["balance"]["as_drawn"] and 0 < told["balance"]["p_millionths"] <= 1_000_000
    plain = told["plain"]
    assert plain["low"] < plain["value"] < plain["high"]
    assert abs(plain["value"] - 2_000) < 50  # what guests spend by themselves differs by cents
    assert (told["margin"], told["cost"], told["few"], told["verdict"]) == (4_000, 10_000, True, "can_not_say")
    (given,) = told["costs"]  # the programme file says nothing of what points are worth
    assert (given["count"], given["amount"]) == (40 * told["members"], None)
    assert abs(told["gain"]["value"] - told["total"]["value"] * 4 // 10) <= 1
    assert told["returns"]["value"] == pytest.approx((told["gain"]["value"] - 10_000), abs=1)
    assert [one["month"] for one in told["course"]] == ["2025-10", "2025-11", "2025-12"]
    gaps = [one["treated"] - one["others"] for one in told["course"]]
    assert abs(gaps[0]) < 25 and all(abs(gap - 1_000) < 25 for gap in gaps[1:])
    assert "can't be said" in told["text"] and "less than a hundred" in told["text"]
    doubled = api.get("/v1/roi?margin=8000&language=bg").json
    assert doubled["gain"]["value"] == pytest.approx(2 * told["gain"]["value"], abs=2)
    assert doubled["cost"] is None and "не може да се каже" in doubled["text"].lower()
    api.checked = False  # a table is no JSON
    sheet = api.get("/v1/roi", headers={"accept": "text/csv"}).body.decode().splitlines()
    assert sheet[0] == "month,treated,others" and len(sheet) == 4
    assert all(re.fullmatch(r"2025-1[0-2],\d+\.\d\d,\d+\.\d\d", line) for line in sheet[1:])


def test_what_campaigns_gave_is_what_they_cost(sampled):
    """Twenty points more for each of two purchases of 20.xx, a hundred of them worth 1.00; base points cost nothing
    here. Nobody is told another cost."""
    api = door.opened(sampled(campaign.worth), now=lambda: NOW)
    told = api.get("/v1/roi").json
    points = 40 * told["members"]
    assert told["costs"] == [{"kind": "points", "of": "points", "count": points, "amount": points}]
    assert told["cost"] == points and told["returns"] is not None
    assert api.get("/v1/roi?cost=10000").json["cost"] == 10_000
    api.close()


def test_what_was_told_in_the_cost_book_is_part_of_the_cost(sampled):
    """Of October to December two months are measured; of 92 days they have 61."""
    api = door.opened(sampled(campaign.worth), now=lambda: NOW)
    gave = api.get("/v1/roi").json["cost"]
    cost = {"kind": "agency", "note": "x", "amount": 9_200, "from": "2025-10-01", "until": "2026-01-01"}
    for more in ({}, {"kind": "media", "amount": 500, "rule": "twice"}, {"rule": "base"}, {"kind": "funding"},
                 {"currency": "USD"}):  # fmt: skip
        assert api.post("/v1/costs", cost | more).status == 201
    told = api.get("/v1/roi").json
    # 500 × 31 ÷ 92 = 168.4 before the days, so 332 in them
    assert told["told"] == [{"kind": "media", "amount": 332}, {"kind": "agency", "amount": 6_100}]
    assert told["cost"] == gave + 6_432 and told["costs"][0]["amount"] == gave
    asked = api.get("/v1/roi?cost=10000").json
    assert asked["cost"] == 10_000 and asked["told"] == told["told"]
    looker = api.get("/v1/roi", key=api.new_key(["figures:read"], name="looker")).json
    assert looker["cost"] == gave and looker["told"] is None
    api.close()


def test_some_beside_all_others(api):
    told = api.get("/v1/roi/beside/2025-12?stores=s0,s1").json
    assert told["months"] == ["2025-10", "2025-11", "2025-12"]
    assert (told["bunches_treated"], told["bunches_others"], told["by_store"]) == (2, 2, True)
    assert (told["treated"], told["others"], told["verdict"]) == (12, 12, "can_not_say")
    assert [one["month"] for one in told["placebos"]] == ["2025-11"]
    assert told["text"].startswith("Nothing can be said")


def test_why_nothing_is_told(api, monkeypatch):
    assert api.get("/v1/roi?from=2025-10-01").code == "roi_too_early"
    assert api.get("/v1/roi?from=2025-12-01&until=2026-02-01").code == "roi_not_exported"
    assert api.get("/v1/roi?from=2025-12-01&until=2025-11-01").code == "figures_period_invalid"
    assert api.get("/v1/roi/beside/2025-12").code == "beside_nobody"
    assert api.get("/v1/roi/beside/2025-10?stores=s0,s1").code == "beside_outside"
    assert api.get("/v1/roi/beside/2025-12?stores=s0").code == "roi_too_few"
    assert api.get("/v1/roi/beside/2025-13?stores=s0").code == "beside_outside"
    with monkeypatch.context() as patch:
        patch.setattr(schedule, "installed", lambda: False)
        assert api.get("/v1/roi?from=2025-12-01").code == "insight_missing"
        assert api.get("/v1/roi/beside/2025-11?stores=s0,s1").code == "insight_missing"


def test_where_nobody_is_held_out(sampled):
    cafe = sampled(insights.opened)
    api = door.opened(cafe, now=lambda: datetime(2025, 4, 2, 8, tzinfo=UTC))
    assert api.get("/v1/roi").code == "roi_not_exported"
    schedule.write_months.func(cafe.programme_id)
    assert api.get("/v1/roi").code == "nobody_held_out"
    api.close()
