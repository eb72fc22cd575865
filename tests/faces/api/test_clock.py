"""The test clock over the API: a year in a minute, in sandboxes only, and never back."""

from datetime import UTC, datetime, timedelta

import pytest

from guerdon.engine import schedule
from guerdon.insight import verify
from guerdon.kit import clock, outbox, store
from tests.faces.api import door
from tests.shop import Shop

UNITS = {"points": {"kind": "redeemable", "expires": {"rolling": {"months": 6}}, "vesting": {"days": 14}}}


@pytest.fixture
def sandbox(database, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    opened = door.opened(Shop({"units": UNITS, "enrol_unknown": True}, sandbox=True))
    yield opened
    opened.close()


def buy(api, number, at):
    body = {
        "kind": "purchase", "source": "till", "external_id": f"o-{number}", "occurred_at": at,
        "member": {"external_id": "ann"}, "amount": 4000,
    }  # fmt: skip
    return api.post("/v1/activities", body)


def balance(api):
    (ann,) = api.get("/v1/members?external_id=ann").json["members"]
    told = api.get(f"/v1/members/{ann['id']}/balances").json
    return told["balances"][0]["available"], told["balances"][0]["pending"], told["as_of"]


def test_a_year_in_a_minute(sandbox):
    assert sandbox.get("/v1/clock").json["test"] is False
    start = clock.now() + timedelta(days=1)
    first = sandbox.post("/v1/clock", {"now": start.isoformat()})
    assert (first.status, first.json["test"], first.json["nights"]) == (200, True, 1)
    assert sandbox.get("/v1/clock").json["now"] == first.json["now"]
    told = buy(sandbox, 1, start.isoformat()).json
    assert told["activity"]["recorded_at"] == first.json["now"], "it is recorded when it is there"
    assert balance(sandbox) == (0, 40, first.json["now"])
    sandbox.post("/v1/clock", {"advance": {"days": 20}})
    assert balance(sandbox)[:2] == (40, 0), "it has vested"
    tomorrow = start + timedelta(days=21)
    assert buy(sandbox, 2, tomorrow.isoformat()).code == "activity_in_future"

    began = clock.now()
    moved = sandbox.post("/v1/clock", {"advance": {"days": 345}}).json
    assert (clock.now() - began).total_seconds() < 60
    assert moved["expired"] == [{"unit": "points", "points": 40}]
    assert moved["nights"] == 5, "three reminded, one booked what expired, and the last one"
    assert balance(sandbox)[:2] == (0, 0)
    lines = sandbox.get(f"/v1/members/{told['activity']['member']}/statement").json["postings"]
    expired = [one for one in lines if one["kind"] == "expire"]
    assert len(expired) == 1 and expired[0]["booked"]
    posted = datetime.fromisoformat(expired[0]["posted_at"])
    ended = datetime.fromisoformat(expired[0]["effective_at"])
    assert timedelta(0) <= posted - ended < timedelta(days=1), "the very night booked it"
    report = verify.run(sandbox.shop.programme_id, deep=True)
    assert report.ok, report.broken


def test_news_do_not_wait_for_the_test_clock(sandbox):
    ahead = clock.now() + timedelta(days=100)
    sandbox.post("/v1/clock", {"now": ahead.isoformat()})
    buy(sandbox, 1, ahead.isoformat())
    heard = []
    while outbox.drain(store.current(), heard.extend, most=100, now=clock.now()):
        pass
    mine = [news for news in heard if news.programme_id == sandbox.shop.programme_id]
    assert {news.topic for news in mine} == {"activity.recorded", "member.enrolled"}
    assert {news.at for news in mine} == {ahead}


def test_what_a_clock_does_not_do(sandbox):
    now = clock.now()
    ahead = (now + timedelta(days=10)).isoformat()
    assert sandbox.post("/v1/clock", {"now": ahead}).status == 200
    assert sandbox.post("/v1/clock", {"now": ahead}).json["nights"] == 0, "the same again is nothing"
    back = sandbox.post("/v1/clock", {"now": now.isoformat()})
    assert (back.status, back.code) == (409, "clock_backwards")
    assert sandbox.post("/v1/clock", {"now": (now + timedelta(days=411)).isoformat()}).code == "clock_step_too_large"
    for body in ({}, {"now": ahead, "advance": {"days": 1}}, {"now": "2090-01-01T00:00:00"}):
        assert sandbox.post("/v1/clock", body).code in ("clock_unclear", "value_refused")
    assert sandbox.post("/v1/clock", {"advance": {"days": 0}}).code == "value_refused"


def test_a_move_told_again_is_one(sandbox):
    once = sandbox.post("/v1/clock", {"advance": {"days": 30}}, headers={"idempotency-key": "a"})
    again = sandbox.post("/v1/clock", {"advance": {"days": 30}}, headers={"idempotency-key": "a"})
    assert (again.status, again.replayed, again.json["now"]) == (200, True, once.json["now"])
    other = sandbox.post("/v1/clock", {"advance": {"days": 31}}, headers={"idempotency-key": "a"})
    assert other.code == "idempotency_conflict"
    assert verify.run(sandbox.shop.programme_id).ok


def test_a_live_programme_has_the_real_clock(api):
    answer = api.post("/v1/clock", {"advance": {"days": 1}})
    assert (answer.status, answer.code) == (403, "clock_is_real")
    assert api.get("/v1/clock").json["test"] is False


def test_the_calendar_leaves_a_test_clock_alone(sandbox, monkeypatch):
    planned = []

    class Night:
        def once(self, name):
            planned.append(name)
            return self

        def enqueue(self, *_):
            pass

    monkeypatch.setattr(schedule, "run_night", Night())
    name = sandbox.shop.programme_id
    schedule.plan(datetime.now(UTC))
    assert [one for one in planned if name in one]
    planned.clear()
    sandbox.post("/v1/clock", {"advance": {"days": 1}})
    schedule.plan(datetime.now(UTC))
    assert not [one for one in planned if name in one]


def test_another_process_follows(sandbox, monkeypatch):
    """What this process knows is forgotten, as if another one had moved the clock; the key brings it along."""
    ahead = clock.now() + timedelta(days=50)
    sandbox.post("/v1/clock", {"now": ahead.isoformat()})
    monkeypatch.setattr("guerdon.features.programmes.clocks._known", {})
    sandbox.lane.keyring.forget()  # what time does in a second
    assert buy(sandbox, 1, ahead.isoformat()).json["activity"]["recorded_at"] == ahead.isoformat().replace(
        "+00:00", "Z"
    )
