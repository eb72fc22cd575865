"""Exchange rates over the API: told, listed, and kept with what was decided by them."""

from guerdon.engine import exchange
from tests import shop

DAY = {"currency": "USD", "day": "2025-10-05", "home": 8_640, "units": 10_000}


def purchase(**more):
    return {
        "kind": "purchase", "source": "till", "external_id": "usd-1", "occurred_at": "2025-10-06T12:00:00+03:00",
        "member": {"external_id": "ann"}, "amount": 10_000, "currency": "USD", **more,
    }  # fmt: skip


def test_rates_are_told_and_stay_with_what_they_decided(api):
    api.post("/v1/members", {"external_ids": ["ann"]})
    assert api.post("/v1/activities", purchase()).code == "currency_unknown"
    told = api.post("/v1/rates", {"rates": [DAY]})
    assert (told.status, told.json) == (201, {"told": 1})
    assert api.post("/v1/rates", {"rates": [DAY]}).json == {"told": 0}
    first = api.post("/v1/activities", purchase())
    assert first.json["decision"]["rate"] == {"currency": "USD", "start": "2025-10-05", "home": 8_640, "units": 10_000}
    assert api.post("/v1/rates", {"rates": [{**DAY, "home": 9_000}]}).json == {"told": 1}
    assert api.get(first.headers["location"]).body == first.body
    assert api.get(first.headers["location"] + "?explain=full").status == 200
    page = api.get("/v1/rates?limit=1").json
    rest = api.get(f"/v1/rates?limit=1&cursor={page['next']}").json
    wrong, right = (*page["rates"], *rest["rates"])
    assert [one["home"] for one in (wrong, right)] == [8_640, 9_000]
    assert (wrong["replaced_at"], right["replaced_at"]) == (right["told_at"], None)


def test_what_waits_is_listed_and_released(api):
    api.post("/v1/members", {"external_ids": ["ann"]})
    api.post("/v1/rates", {"rates": [{**DAY, "day": "2025-10-20"}]})
    parked = api.post("/v1/activities", purchase())
    assert (parked.status, parked.json["decision"]["parked"]) == (201, "rate_missing")
    [waiting] = api.get("/v1/activities?status=parked").json["activities"]
    assert waiting["activity"]["id"] == parked.json["activity"]["id"]
    api.post("/v1/rates", {"rates": [DAY]})
    exchange.release(programme_id=api.shop.programme_id, now=shop.moment("2025-10-21"))
    found = api.get("/v1/activities/" + parked.json["activity"]["id"]).json
    assert found["activity"]["status"] == "recorded" and found["decision"]["rate"]["home"] == 8_640
    assert api.get("/v1/activities?status=parked").json["activities"] == []


def test_what_is_no_rate_is_refused(api):
    assert api.post("/v1/rates", {"rates": [{**DAY, "currency": "EUR"}]}).code == "rate_invalid"
    assert api.post("/v1/rates", {"rates": []}).status == 422
    twice = api.post("/v1/rates", {"rates": [DAY, {**DAY, "home": 9_000}]})
    assert (twice.status, twice.code, twice.json["errors"][0]["pointer"]) == (422, "rate_invalid", "/rates/1")
    for day in ("0001-01-01", "9999-12-31"):
        [error] = api.post("/v1/rates", {"rates": [{**DAY, "day": day}]}).json["errors"]
        assert error["pointer"] == "/rates/0/day"
    assert api.get("/v1/rates").json["rates"] == []
    assert api.post("/v1/rates", {"rates": [DAY]}, key=api.new_key(["activities:write"])).status == 403
