"""What expires, previewed over the API."""

from datetime import UTC, datetime

import pytest

from tests.faces.api import door
from tests.shop import POINTS, Shop

NOW = datetime(2026, 1, 20, 8, tzinfo=UTC)


@pytest.fixture
def api(database):
    worth = {"points": 10, "money": "0.50"}
    unit = POINTS | {"expires": {"rolling": {"days": 30}}, "worth": worth}
    cafe = Shop({"units": {"points": unit}})
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2026-01-05")
    cafe.buy("Ann", 1_500, "2026-01-07")
    opened = door.opened(cafe, now=lambda: NOW)
    yield opened
    opened.close()


def test_it_says_how_many_when_and_worth_what(api):
    [member] = api.get("/v1/members?external_id=Ann").json["members"]
    path = f"/v1/members/{member['id']}/expirations"
    first, second = api.get(path).json["expirations"]
    assert (first["points"], first["last_day"], first["days_left"]) == (40, "2026-02-04", 15)
    assert first["worth"] == {"amount": 200, "currency": "EUR"} and first["ends_at"] == "2026-02-04T22:00:00Z"
    assert (second["points"], second["last_day"]) == (15, "2026-02-06")
    assert api.get(path + "?until=2026-02-05").json["expirations"] == [first]
    assert api.get(path + "?until=soon").status == 422
    assert api.get("/v1/members/mem_" + "0" * 32 + "/expirations").status == 404


def test_the_preview_goes_up_to_the_last_day_there_is(api):
    member = api.post("/v1/members", {"external_ids": ["ann"]}).json["id"]
    assert api.get(f"/v1/members/{member}/expirations?until=9999-12-31").status == 200


def test_what_was_told_and_what_ends_in_which_month(api):
    [member] = api.get("/v1/members?external_id=Ann").json["members"]
    path = f"/v1/members/{member['id']}/reminders"
    assert api.get(path).json["reminders"] == []
    assert api.get("/v1/programme/expirations").json == {"as_of": None, "months": []}
    for day in (28, 30):
        api.shop.night(f"2026-01-{day}T01:00")
    first, second = api.get(path).json["reminders"]
    assert (first["points"], first["days"], first["days_left"], first["last_day"]) == (40, 7, 7, "2026-02-04")
    assert (second["points"], second["slides"], second["told_at"]) == (15, False, "2026-01-30T01:00:00Z")
    assert first["worth"] == {"amount": 200, "currency": "EUR"}
    page = api.get(path + "?limit=1").json
    assert page["reminders"] == [first]
    assert api.get(f"{path}?limit=1&cursor={page['next']}").json["reminders"] == [second]
    total = api.get("/v1/programme/expirations").json
    assert total["as_of"] == "2026-01-30T01:00:00Z"
    assert [(one["unit"], one["month"], one["points"]) for one in total["months"]] == [("points", "2026-02", 55)]
    assert total["months"][0]["worth"] == {"amount": 275, "currency": "EUR"}
    assert api.get("/v1/members/mem_" + "0" * 32 + "/reminders").status == 404
