"""Closing months over the API: in their order, once, with figures that never change."""

from datetime import UTC, datetime

import pytest

from guerdon.engine import closing
from tests import shop
from tests.faces.api import door
from tests.shop import Shop

NOW = datetime(2025, 11, 3, 8, tzinfo=UTC)


@pytest.fixture
def cafe(database):
    cafe = Shop()
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2025-10-05")
    shop.taken(cafe.burn("Ann", 15, "2025-10-06"))
    return cafe


@pytest.fixture
def api(cafe):
    with_clock = door.opened(cafe, now=lambda: NOW)
    yield with_clock
    with_clock.close()


def count(cafe, month="2025-10"):
    """What the worker does."""
    closing.count(programme_id=cafe.programme_id, month=month, now=NOW)


def test_a_month_is_closed_and_then_counted(api, cafe):
    cafe.night("2025-11-01T03:00")
    closed = api.post("/v1/closings", {"month": "2025-10"})
    assert closed.status == 201 and closed.headers["location"] == "/v1/closings/2025-10"
    border = closed.json
    assert (border["starts_at"], border["ends_at"]) == ("2025-09-30T21:00:00Z", "2025-10-31T22:00:00Z")
    assert (border["closed_by"], border["units"], border["counted_at"]) == ("till", None, None)
    assert api.get("/v1/closings/2025-10").json["units"] is None
    count(cafe)
    [unit] = api.get("/v1/closings/2025-10").json["units"]
    assert (unit["opening"], unit["closing"]) == (0, 25)
    assert unit["issued"] == {"points": 40, "prior_period": 0}
    assert unit["burned"] == {"points": -15, "prior_period": 0}
    listed = api.get("/v1/closings").json
    assert ([one["month"] for one in listed["closings"]], listed["next"]) == (["2025-10"], "2025-11")


def test_closing_again_answers_the_same(api, cafe):
    cafe.night("2025-11-01T03:00")
    first = api.post("/v1/closings", {"month": "2025-10"}, headers={"idempotency-key": "close-10"})
    count(cafe)
    for again in (
        api.post("/v1/closings", {"month": "2025-10"}, headers={"idempotency-key": "close-10"}),
        api.post("/v1/closings", {"month": "2025-10"}),
    ):
        assert (again.status, again.body, again.replayed) == (201, first.body, True)
    other = api.post("/v1/closings", {"month": "2025-11"}, headers={"idempotency-key": "close-10"})
    assert (other.status, other.code) == (409, "idempotency_conflict")


def test_what_may_not_be_closed_is_refused(api, cafe):
    for month, code in (("2025-10", "month_unswept"), ("2025-11", "month_not_over"), ("2025-1x", "month_invalid")):
        assert api.post("/v1/closings", {"month": month}).code == code
    cafe.night("2025-11-01T03:00")
    early = api.post("/v1/closings", {"month": "2020-01"})
    assert (early.status, early.code, early.json["facts"]["first"]) == (409, "month_before_programme", "2025-01")
    assert api.post("/v1/closings", {"month": "2025-10"}).status == 201
    assert api.post("/v1/closings", {"month": "2025-09"}).code == "month_out_of_order"
    assert (api.get("/v1/closings/2025-09").status, api.get("/v1/closings/2025-09").code) == (404, "month_unknown")
    assert api.get("/v1/closings/october").code == "month_invalid"
    assert api.get("/v1/closings", key=api.new_key(["activities:read"])).status == 403


def test_late_facts_say_where_they_are_accounted_for(api, cafe):
    cafe.night("2025-11-01T03:00")
    api.post("/v1/closings", {"month": "2025-10"})
    late = {
        "kind": "purchase", "source": "till", "external_id": "late", "occurred_at": "2025-10-31T12:00:00+02:00",
        "member": {"external_id": "Ann"}, "amount": 900,
    }  # fmt: skip
    told = api.post("/v1/activities", late)
    assert (told.json["activity"]["accounting_month"], told.json["activity"]["prior_period"]) == ("2025-11", True)
    assert api.get(told.headers["location"]).body == told.body
    timely = {**late, "external_id": "timely", "occurred_at": "2025-11-02T12:00:00+02:00"}
    both = api.post("/v1/activities/batch", {"activities": [{**late, "external_id": "late-2"}, timely]}).json["results"]
    assert [one["result"]["activity"].get("accounting_month") for one in both] == ["2025-11", None]
    member = told.json["activity"]["member"]
    lines = api.get(f"/v1/members/{member}/statement").json["postings"]
    assert [(one["points"], one["accounting_month"], one["prior_period"]) for one in lines] == [
        (40, "2025-10", False), (-15, "2025-10", False), (9, "2025-11", True), (9, "2025-11", True),
        (9, "2025-11", False),
    ]  # fmt: skip
    assert api.get("/v1/closings/2025-10").json["closed_seq"] < told.json["seq"]
