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
