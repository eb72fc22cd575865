"""Balances, lots and the statement: what a member has, to the instant and to the posting."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.faces.api import door
from tests.shop import Shop

UNITS = {
    "points": {"expires": {"rolling": {"months": 1}}, "worth": {"points": 100, "money": "1.00"}},
    "stamps": {"scale": 1},
}
RULES = {
    "base": {"when": "purchase", "then": [{"points": {"unit": "points", "give": 1, "per": "1.00"}}]},
    "stamp": {"when": "purchase", "then": [{"fixed": {"unit": "stamps", "give": "2.5"}}]},
}


class Clock:
    """An hour hand that tests turn."""

    def __init__(self):
        self.at = datetime(2026, 1, 5, 12, tzinfo=UTC)

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def api(database, clock):
    opened = door.opened(Shop({"units": UNITS, "rules": RULES, "enrol_unknown": True}), now=clock)
    yield opened
    opened.close()


def buy(api, number, amount):
    body = {
        "kind": "purchase", "source": "till", "external_id": f"o-{number}", "occurred_at": api.lane._now().isoformat(),
        "member": {"external_id": "ann"}, "amount": amount,
    }  # fmt: skip
    told = api.post("/v1/activities", body)
    assert told.status == 201, told.body
    return told.json


def test_every_unit_has_a_balance(api):
    told = buy(api, 1, 1234)
    found = api.get(f"/v1/members/{told['activity']['member']}/balances").json
    points, stamps = found["balances"]
    assert points == {
        "unit": "points", "scale": 0, "available": 12, "pending": 0, "held": 0, "debt": 0,
        "worth": {"amount": 12, "currency": "EUR"},
    }  # fmt: skip
    assert (stamps["scale"], stamps["available"], stamps["worth"]) == (1, 25, None)


def test_balances_are_of_the_instant(api, clock):
    told = buy(api, 1, 1000)
    path = f"/v1/members/{told['activity']['member']}/balances"
    assert api.get(path).json["balances"][0]["available"] == 10
    clock.at += timedelta(days=40)
    assert api.get(path).json["balances"][0]["available"] == 0


def test_a_new_version_shows_at_once(api, shop):
    told = buy(api, 1, 1000)
    path = f"/v1/members/{told['activity']['member']}/balances"
    assert len(api.get(path).json["balances"]) == 2
    api.shop.publish(units=UNITS | {"stars": {}}, rules=RULES, enrol_unknown=True)
    assert [one["unit"] for one in api.get(path).json["balances"]] == ["points", "stamps", "stars"]


def test_a_scheduled_version_changes_nothing_before_its_day(api, clock):
    path = f"/v1/members/{buy(api, 1, 1000)['activity']['member']}/balances"
    today = api.get(path).json["balances"]
    assert today[0]["worth"] == {"amount": 10, "currency": "EUR"}
    dearer = UNITS["points"] | {"worth": {"points": 100, "money": "2.00"}}
    later = clock.at + timedelta(days=7)
    units = UNITS | {"points": dearer, "stars": {}}
    api.shop.publish(since=later, now=clock.at, units=units, rules=RULES, enrol_unknown=True)
    assert api.get(path).json["balances"] == today
    clock.at = later
    points, _, stars = api.get(path).json["balances"]
    assert (points["worth"], stars["unit"]) == ({"amount": 20, "currency": "EUR"}, "stars")


def test_before_any_law_the_first_one_shows(database, clock):
    shop = Shop({"units": {"points": {}, "stars": {}}, "rules": {}})
    opened = door.opened(shop, now=clock)
    member = opened.post("/v1/members", {}).json["id"]
    clock.at = datetime(2024, 1, 1, tzinfo=UTC)
    shop.publish(since=datetime(2026, 1, 1, tzinfo=UTC), units={"points": {}, "stars": {}, "hearts": {}}, rules={})
    found = opened.get(f"/v1/members/{member}/balances").json["balances"]
    assert [one["unit"] for one in found] == ["points", "stars"]
    assert opened.get("/v1/programme").json["version"]["number"] == 1
    shop.publish(since=datetime(2024, 6, 1, tzinfo=UTC), units={"points": {}, "stars": {}, "hearts": {}}, rules={})
    assert opened.get("/v1/programme").json["version"]["number"] == 3, "it will be in force before the others"
    opened.close()


def test_lots_have_their_own_lives(api, clock):
    first = buy(api, 1, 1000)
    member = first["activity"]["member"]
    clock.at += timedelta(days=1)
    buy(api, 2, 2000)
    lots = api.get(f"/v1/members/{member}/lots").json["lots"]
    assert [(lot["unit"], lot["amount"], lot["remaining"]) for lot in lots] == [
        ("points", 10, 10), ("stamps", 25, 25), ("points", 20, 20), ("stamps", 25, 25),
    ]  # fmt: skip
    assert lots[0]["origin"] == first["activity"]["id"]
    body = {"member": {"id": member}, "unit": "points", "points": -15, "reason": "x", "external_id": "a"}
    api.post("/v1/adjustments", body)
    left = api.get(f"/v1/members/{member}/lots").json["lots"]
    assert [lot["remaining"] for lot in left] == [25, 15, 25]
    everything = api.get(f"/v1/members/{member}/lots?spent=true&limit=1").json
    assert (everything["lots"][0]["remaining"], everything["lots"][0]["amount"]) == (0, 10)
    assert everything["next"]


def test_the_statement_adds_up_and_goes_on_from_any_number(api, clock):
    member = buy(api, 1, 1000)["activity"]["member"]
    buy(api, 2, 2000)
    seq = buy(api, 3, 3000)["seq"]
    path = f"/v1/members/{member}/statement"
    whole = api.get(path).json["postings"]
    assert [(one["unit"], one["points"], one["balance"]) for one in whole] == [
        ("points", 10, 10), ("stamps", 25, 25), ("points", 20, 30), ("stamps", 25, 50), ("points", 30, 60),
        ("stamps", 25, 75),
    ]  # fmt: skip
    paged, following = [], path + "?limit=1"
    while following:
        page = api.get(following)
        paged += page.json["postings"]
        link = page.headers.get("link", "")
        following = link[1 : link.index(">")] if link else ""
    assert paged == whole
    assert [one["seq"] for one in api.get(f"{path}?after_seq={seq - 1}").json["postings"]] == [seq, seq]
    assert api.get(f"{path}?after_seq={seq}").json == {"postings": [], "next": None}
    assert api.get(f"{path}?after_seq=-1").code == "value_refused"
    assert api.get(f"{path}?after_seq={10**30}").code == "value_refused"
    assert api.get(f"{path}?cursor=WzFd").code == "cursor_invalid"


def test_lots_and_statement_do_not_wait_for_the_night(api, clock):
    member = buy(api, 1, 1000)["activity"]["member"]
    clock.at += timedelta(days=40)
    assert [lot["unit"] for lot in api.get(f"/v1/members/{member}/lots").json["lots"]] == ["stamps"]
    everything = api.get(f"/v1/members/{member}/lots?spent=true").json["lots"]
    assert [(lot["amount"], lot["remaining"]) for lot in everything] == [(10, 0), (25, 25)]
    *booked, due = api.get(f"/v1/members/{member}/statement").json["postings"]
    assert all(one["booked"] and one["id"] and one["seq"] for one in booked)
    ended = due.pop("effective_at")
    assert due == {
        "id": None, "seq": None, "unit": "points", "kind": "expire", "points": -10, "balance": 0, "activity": None,
        "posted_at": None, "booked": False,
        "accounting_month": None, "prior_period": False,
    }  # fmt: skip
    assert ended == everything[0]["expires_at"]
    full = api.get(f"/v1/members/{member}/statement?limit=2").json
    assert [one["booked"] for one in full["postings"]] == [True, True]
    rest = api.get(f"/v1/members/{member}/statement?limit=2&cursor={full['next']}").json
    assert ([one["booked"] for one in rest["postings"]], rest["next"]) == ([False], None)


def test_the_statement_newest_first_is_the_same_the_other_way_round(api, clock):
    """In pages of one, so that entries of two postings are cut, with what is due before all others, and why."""
    member = api.post("/v1/members", {}).json["id"]
    for number in range(3):
        told = {"kind": "purchase", "source": "till", "external_id": f"o{number}", "amount": 1_000 + number}
        api.post("/v1/activities", {**told, "occurred_at": f"{clock.at:%Y-%m-%dT%H:%M:%SZ}", "member": {"id": member}})
    clock.at += timedelta(days=60)
    path = f"/v1/members/{member}/statement?explain=full"
    forth = api.get(path).json["postings"]
    assert [one["booked"] for one in forth] == [True] * 6 + [False]
    back, place = [], f"{path}&order=newest&limit=1"
    answer = api.get(place).json
    while True:
        back += answer["postings"]
        if answer["next"] is None:
            break
        answer = api.get(f"{place}&cursor={answer['next']}").json
    assert back == forth[::-1]
