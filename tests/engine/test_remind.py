"""The night looks ahead: who is reminded, of what, and never twice."""

from typing import Any

import pytest

from guerdon.engine import closing, enrolment, night, remind, sandbox
from guerdon.features.expirations import actions, queries
from guerdon.insight import verify
from guerdon.kit import ids, store
from tests import shop
from tests.shop import FAR, POINTS, Shop

UNIT: dict[str, Any] = POINTS | {"expires": {"rolling": {"days": 90}}, "worth": {"points": 10, "money": "0.50"}}
SIXTY = "2026-02-04T01:00"  # sixty days before the last day of what is bought on 5 January


def told(cafe: Shop, name: str) -> list[tuple[int, int, int | None]]:
    """What a member was told: points, the programme's day, worth."""
    found = queries.reminders(store.current(), cafe.account(name), after=ids.NIL, most=100)
    return [(one.reminder.points, one.reminder.days, one.reminder.worth) for one in found]


def news(cafe: Shop) -> list[str]:
    rows = store.current().fetch(
        store.Statement("SELECT subject_id FROM kit_outgoing WHERE programme_id = :programme AND topic = :topic"),
        programme=cafe.programme_id,
        topic=actions.TOPIC,
    )
    return [subject for (subject,) in rows]


def block(cafe: Shop, name: str) -> None:
    """The member may not do anything from now on."""
    wanted = enrolment.MemberChange(status="blocked")
    now = shop.moment("2026-01-20")
    enrolment.change(programme_id=cafe.programme_id, member_id=cafe.account(name), etag=None, wanted=wanted, now=now)


def ann(*, sandbox: bool = False, **parts: Any) -> Shop:
    """Ann has 40 points that end on 5 April."""
    cafe = Shop({"units": {"points": UNIT}} | parts, sandbox=sandbox)
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2026-01-05")
    return cafe


def test_a_reminder_and_its_news_are_told_once(database):
    cafe = ann()
    assert cafe.night("2026-02-03T01:00").reminders == 0
    assert cafe.night(SIXTY).reminders == 1
    assert cafe.night(SIXTY).reminders == 0
    assert cafe.night("2026-02-04T02:00").reminders == 0
    assert cafe.night("2026-02-01T01:00").reminders == 0  # what a night of the past would say is old
    assert told(cafe, "Ann") == [(40, 60, 200)]
    [one] = queries.reminders(store.current(), cafe.account("Ann"), after=ids.NIL, most=100)
    assert news(cafe) == [one.id]
    assert verify.run(cafe.programme_id, at=FAR).ok


def test_a_night_that_broke_off_tells_the_rest_and_nothing_twice(database, monkeypatch):
    cafe = Shop({"units": {"points": UNIT}})
    names = [f"m{number}" for number in range(5)]
    cafe.enrol(*names)
    for name in names:
        cafe.buy(name, 4_000, "2026-01-05")
    monkeypatch.setattr(remind, "ACCOUNTS_PER_BATCH", 2)
    stops = iter([None, RuntimeError("power cut")])

    def stop(accounts: int) -> None:
        error = next(stops)
        if error is not None:
            raise error

    with pytest.raises(RuntimeError, match="power cut"):
        remind.run(programme_id=cafe.programme_id, as_of=shop.moment(SIXTY), progress=stop)
    assert len(news(cafe)) == 4
    assert queries.months(store.current(), cafe.programme_id) == (None, [])
    assert cafe.night("2026-02-05T01:00").reminders == 1
    assert len(news(cafe)) == 5


def test_a_broken_night_is_made_up_for_by_the_next(database, monkeypatch):
    cafe = ann()
    cafe.night("2026-02-03T01:00")
    with monkeypatch.context() as patch:
        patch.setattr(actions, "look", lambda *args, **more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            cafe.night(SIXTY)
    assert cafe.night("2026-02-05T01:00").reminders == 0 and told(cafe, "Ann") == [(40, 60, 200)]


def test_a_night_that_does_not_look_ahead_is_made_up_for(database):
    cafe = ann()
    cafe.night("2026-02-03T01:00")
    night.run(programme_id=cafe.programme_id, as_of=shop.moment(SIXTY), ahead=False)
    assert told(cafe, "Ann") == []
    assert cafe.night("2026-02-05T01:00").reminders == 1 and told(cafe, "Ann") == [(40, 60, 200)]


def test_what_is_earned_with_few_days_left_is_told_at_the_next_day_only(database):
    cafe = ann(units={"points": UNIT | {"expires": {"rolling": {"days": 20}}}})
    cafe.night("2026-01-05T13:00")
    assert cafe.night("2026-01-06T01:00").reminders == 0  # sixty and thirty had gone by before they were earned
    assert cafe.night("2026-01-18T01:00").reminders == 1 and told(cafe, "Ann") == [(40, 7, 200)]


def test_who_is_not_active_and_what_cannot_be_spent_is_passed_over(database):
    cafe = Shop(
        {
            "units": {"points": UNIT, "status": {"kind": "qualifying", "expires": UNIT["expires"]}},
            "rules": {
                "base": shop.BASE,
                "tier": {"when": "purchase", "then": [{"fixed": {"unit": "status", "give": 1}}]},
            },
        }
    )
    cafe.enrol("Ann", "Ben")
    for name in ("Ann", "Ben"):
        cafe.buy(name, 4_000, "2026-01-05")
    block(cafe, "Ben")
    assert cafe.night(SIXTY).reminders == 1 and told(cafe, "Ben") == []
    _, months = queries.months(store.current(), cafe.programme_id)
    assert [(one.unit, one.month, one.points) for one in months] == [
        ("points", "2026-04", 80), ("status", "2026-04", 2),
    ]  # fmt: skip


def test_a_programme_without_days_reminds_nobody_and_still_counts_the_months(database):
    cafe = ann(remind_days=[])
    assert cafe.night(SIXTY).reminders == 0
    as_of, months = queries.months(store.current(), cafe.programme_id)
    assert as_of == shop.moment(SIXTY) and [(one.month, one.points) for one in months] == [("2026-04", 40)]
    cafe.night("2026-04-07T01:00")
    assert queries.months(store.current(), cafe.programme_id)[1] == []


def test_pending_points_count_and_what_is_spent_does_not(database):
    cafe = ann(units={"points": UNIT | {"vesting": {"days": 40}}})
    assert cafe.night(SIXTY).reminders == 1  # they vest on 14 February
    shop.taken(cafe.burn("Ann", 15, "2026-02-20"))
    cafe.night("2026-03-06T01:00")
    assert told(cafe, "Ann") == [(40, 60, 200), (25, 30, 125)]
    shop.taken(cafe.burn("Ann", 25, "2026-03-10"))
    cafe.night("2026-03-29T01:00")
    assert len(told(cafe, "Ann")) == 2


def test_a_moved_clock_lives_through_the_nights_that_remind_and_the_last_one(database):
    cafe = ann(sandbox=True)
    now = shop.moment("2026-01-05T12:00")
    moved, _ = sandbox.move(programme_id=cafe.programme_id, to=shop.moment("2026-03-28T12:00"), days=0, real=now)
    assert moved.nights == 3 and not moved.expired
    found = queries.reminders(store.current(), cafe.account("Ann"), after=ids.NIL, most=100)
    assert [(one.reminder.days, str(one.told_at.date())) for one in found] == [(60, "2026-02-04"), (30, "2026-03-06")]
    closing.close(programme_id=cafe.programme_id, month="2026-01", now=shop.moment("2026-03-28T12:00"), by="Emil")
    closing.close(programme_id=cafe.programme_id, month="2026-02", now=shop.moment("2026-03-28T12:00"), by="Emil")
