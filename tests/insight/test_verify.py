"""`verify` holds on a healthy history, and each of its invariants falls when exactly that is broken."""

import itertools
from typing import Any

import psycopg
import pytest

from guerdon.core.members import Person
from guerdon.engine import enrolment, night, settling
from guerdon.engine.enrolment import MemberChange
from guerdon.features.ledger import queries as ledger
from guerdon.insight import verify
from guerdon.insight.verify import Report
from guerdon.kit import clock, ddl, durability, ids, outbox, store
from tests import databases, shop
from tests.insight import thief
from tests.insight.lived import Lived
from tests.insight.theft import Theft
from tests.insight.thefts import THEFTS
from tests.insight.ways import Eyes


def fallen(report: Report) -> dict[str, str]:
    """The broken invariants, each with its first counter-example."""
    return {verdict.name: str(verdict.first) for verdict in report.broken}


def steal(copy: Lived, name: str) -> None:
    """Commit the theft of that name."""
    thief.steal(copy.url, *next(theft for theft in THEFTS if theft.name == name).steal(Eyes(copy)))


def test_a_rich_history_holds(copy: Lived):
    shop.count(copy.cafe, copy.grocer, copy.club)
    seen: list[int] = []
    report = verify.run(progress=seen.append, deep=True)
    assert report.ok, report.broken
    assert sum(seen) == 33  # twenty-one, two cards at the café; four, two cards at the grocer; four in the club
    looked_at = {verdict.name: verdict.figures for verdict in report.verdicts if verdict.holds}
    assert all(any(figures.values()) for name, figures in looked_at.items()), looked_at


@pytest.mark.parametrize("theft", THEFTS, ids=lambda theft: theft.name.replace(" ", "-"))
def test_a_theft_is_found(copy: Lived, theft: Theft):
    if theft.meant == "10.26":
        shop.seal(copy.cafe, copy.grocer)
    if theft.meant == "2.4 daily figures":
        shop.count(copy.cafe, copy.grocer, copy.club)
    thief.steal(copy.url, *theft.steal(Eyes(copy)))
    found = fallen(verify.run(deep=theft.deep))
    assert set(found) == {theft.meant, *theft.too}, found
    assert theft.says in found[theft.meant]


def test_every_invariant_has_its_theft(copy: Lived):
    looked_at = {verdict.name for verdict in verify.run(deep=True).verdicts if verdict.holds}
    assert looked_at - {theft.meant for theft in THEFTS} == {"10.25"}  # its thefts are of another kind, below


def test_a_counter_example_names_the_very_row(copy: Lived):
    eyes = Eyes(copy)
    thief.steal(copy.url, *next(theft for theft in THEFTS if theft.name == "a balance in the past").steal(eyes))
    [verdict] = verify.run().broken
    first = verdict.first
    assert first is not None and verdict.broken == 1
    assert (first.expected, first.found) == ("287", "288")
    assert first.at == {
        "member": "mem_" + eyes.account("Ann"),
        "unit": "points",
        "seq": "13",
        "part": "0",
        "kind": "burn",
        "posting": "pst_" + eyes.posting("Ann", "burn")[0],
    }


# --- 10.25: the triggers themselves ---


def test_a_missing_trigger_is_found(copy: Lived):
    embedded = "DROP TRIGGER ledger_posting_no_update"
    server = "DROP TRIGGER ledger_posting_append_only ON ledger_posting"
    _change_schema(copy, embedded if databases.is_sqlite(copy.url) else server)
    found = fallen(verify.run())
    assert set(found) == {"10.25"} and "missing" in found["10.25"] and "ledger_posting" in found["10.25"]


def test_a_trigger_that_does_nothing_is_found(copy: Lived):
    if databases.is_sqlite(copy.url):
        _change_schema(
            copy,
            "DROP TRIGGER ledger_posting_no_delete",
            "CREATE TRIGGER ledger_posting_no_delete BEFORE DELETE ON ledger_posting BEGIN SELECT 1; END",
        )
    else:
        _change_schema(copy, "ALTER TABLE ledger_posting DISABLE TRIGGER ledger_posting_append_only")
    found = fallen(verify.run())
    assert set(found) == {"10.25"} and "missing or was changed" in found["10.25"]


@pytest.mark.parametrize("guard", durability.guards(), ids=lambda one: one.trigger)
def test_a_trigger_of_another_kind_is_missed(copy: Lived, guard: ddl.Agreement | ddl.Once):
    on = "" if databases.is_sqlite(copy.url) else f" ON {guard.table}"
    _change_schema(copy, f"DROP TRIGGER {guard.trigger}{on}")
    found = fallen(verify.run())
    assert set(found) == {"10.25"} and guard.trigger in found["10.25"]


def test_a_trigger_without_teeth_is_found(copy: Lived):
    """On PostgreSQL the trigger can stay as it is while its function does nothing; only a real attempt finds it."""
    if databases.is_sqlite(copy.url):
        pytest.skip("on SQLite a trigger is its text, which is compared")
    body = "BEGIN RETURN NULL; END"
    _change_schema(
        copy,
        "CREATE OR REPLACE FUNCTION guerdon_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ " + body + " $$",
    )
    found = fallen(verify.run())
    assert set(found) == {"10.25"} and "not refused" in found["10.25"]


def test_a_replacement_that_is_not_refused_is_found(copy: Lived, monkeypatch: pytest.MonkeyPatch):
    """On SQLite INSERT OR REPLACE deletes behind the trigger's back unless the connection asks for it."""
    if not databases.is_sqlite(copy.url):
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")
    from django.db import connection

    options = connection.settings_dict["OPTIONS"]
    asked = options["init_command"].replace("recursive_triggers=ON", "recursive_triggers=OFF")
    monkeypatch.setitem(options, "init_command", asked)
    found = fallen(verify.run())
    assert set(found) == {"10.25"} and "INSERT OR REPLACE" in found["10.25"]


def _change_schema(copy: Lived, *statements: str) -> None:
    with thief.at_work(copy.url, keep_triggers=False) as hands:
        for statement in statements:
            hands.execute(statement)


# --- what must not be taken for a theft ---


def test_one_programme_is_looked_at_alone(copy: Lived):
    thief.steal(copy.url, *next(theft for theft in THEFTS if theft.name == "a balance in the past").steal(Eyes(copy)))
    assert verify.run(copy.grocer.programme_id, deep=True).ok
    report = verify.run(copy.cafe.programme_id)
    assert set(fallen(report)) == {"10.3"}
    assert [totals.key for totals in report.programmes] == ["aurora"]


def test_writers_go_on_and_are_not_seen(copy: Lived):
    def busy(_: int) -> None:
        copy.grocer.buy("Ann", 2000, "2026-05-05")

    before = verify.run().programmes
    assert verify.run(progress=busy).programmes == before
    assert verify.run().programmes != before


def test_news_that_went_out_are_not_missed(copy: Lived):
    took: list[outbox.News] = []
    at_hand = store.current()
    while outbox.drain(at_hand, took.extend, most=10, now=clock.now()):
        assert verify.run().ok
    assert len(took) > 40
    copy.cafe.buy("Ann", 1000, "2026-05-05")
    assert verify.run().ok


def test_news_in_the_hands_of_a_worker_are_not_missed(copy: Lived):
    """Of two workers the second may be ahead; what the first holds is there until it is counted as gone."""
    if databases.is_sqlite(copy.url):
        pytest.skip("SQLite has one writer, so one worker at a time")
    with psycopg.connect(copy.url) as worker:
        worker.execute("SELECT id FROM kit_outgoing ORDER BY id LIMIT 10 FOR UPDATE SKIP LOCKED")
        assert outbox.drain(store.current(), lambda _: None, most=10, now=clock.now()) == 10
        assert verify.run().ok
        steal(copy, "a change without news")
        assert set(fallen(verify.run())) == {"10.29"}


def test_a_change_without_news_is_found_when_all_news_have_gone_out(copy: Lived):
    """A working worker leaves an empty outbox; the news it counted are one fewer than there are changes."""
    steal(copy, "a change without news")
    while outbox.drain(store.current(), lambda _: None, most=100, now=clock.now()):
        pass
    assert outbox.waiting(store.current()) == 0
    found = fallen(verify.run())
    assert set(found) == {"10.29"} and "changes without news" in found["10.29"]
    assert verify.run(copy.grocer.programme_id).ok


def test_a_member_nobody_heard_of_is_found(copy: Lived):
    gus = copy.account("Gus")
    thief.steal(copy.url, f"DELETE FROM kit_outgoing WHERE subject_id = '{gus}' AND topic = 'member.enrolled'")
    found = fallen(verify.run())
    assert set(found) == {"10.29"} and "without news" in found["10.29"] and gus in found["10.29"]


def test_news_that_went_out_of_nothing_are_found(copy: Lived):
    outbox.drain(store.current(), lambda _: None, most=20, now=clock.now())
    thief.steal(copy.url, "UPDATE kit_sent SET news = news + 1 WHERE topic = 'activity.recorded'")
    found = fallen(verify.run())
    assert set(found) == {"10.29"} and "more news went out" in found["10.29"]


def test_news_that_a_receiver_did_not_take_are_not_counted(copy: Lived):
    def refuse(_: object) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        outbox.drain(store.current(), refuse, most=10, now=clock.now())
    assert verify.run().ok


def test_a_member_who_changed_is_not_decided_again(copy: Lived):
    wanted = MemberChange(segments=())
    enrolment.change(
        programme_id=copy.cafe.programme_id, member_id=copy.account("Ann"), etag=None, wanted=wanted, now=clock.now()
    )
    report = verify.run(deep=True)
    assert report.ok
    [anew] = [verdict for verdict in report.verdicts if verdict.name == "3.8 anew"]
    assert anew.figures["not decidable any more"] > 5 and anew.figures["decided"] > 5


def test_a_night_that_was_cut_off_is_no_theft(copy: Lived, monkeypatch: pytest.MonkeyPatch):
    """It has been at the first accounts; what the later ones hold is still due, and no promise is broken."""

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(night, "ACCOUNTS_PER_BATCH", 1)
    with pytest.raises(KeyboardInterrupt):
        night.run(programme_id=copy.cafe.programme_id, as_of=shop.moment("2027-06-01"), progress=stop)
    assert verify.run(at=shop.FAR).ok
    assert copy.cafe.night("2027-06-01").accounts > 0
    assert verify.run(at=shop.FAR).ok
    assert set(fallen(verify.run(at=shop.moment("2027-05-31")))) == {"2.4"}


@pytest.mark.parametrize("most", [0, 1], ids=["nothing", "the first account only"])
def test_a_night_that_says_it_is_done_and_is_not_is_found(copy: Lived, monkeypatch: pytest.MonkeyPatch, most: int):
    due = ledger.due

    def stingy(*where: Any, after: str, **more: Any) -> list[str]:
        return due(*where, after=after, **more)[:most] if after == ids.NIL else []

    monkeypatch.setattr(ledger, "due", stingy)
    copy.cafe.night("2027-06-01")
    found = fallen(verify.run(at=shop.FAR))
    assert set(found) == {"10.11"} and "a night left points" in found["10.11"]
    monkeypatch.undo()
    copy.cafe.night("2027-06-02")
    assert verify.run(at=shop.FAR).ok


def test_a_night_that_could_not_tell_what_was_there_proves_nothing(copy: Lived, monkeypatch: pytest.MonkeyPatch):
    """Somebody was writing all the while it began: whatever it left may have come after it. The next one tells."""

    def busy(**_: Any) -> int:
        raise store.DATABASE_BUSY(retry_after_seconds=1)

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "due", lambda *_, **__: [])
        patch.setattr(settling, "settled", busy)
        assert copy.cafe.night("2027-06-01").held_up
    assert verify.run(at=shop.FAR).ok
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "due", lambda *_, **__: [])
        copy.cafe.night("2027-06-02")
    assert set(fallen(verify.run(at=shop.FAR))) == {"10.11"}


def test_points_that_came_after_a_night_were_not_left_by_it_whatever_the_clock_said(
    copy: Lived, monkeypatch: pytest.MonkeyPatch
):
    """A purchase is told late by a host whose clock is behind: its ids are smaller than any that the night saw."""
    copy.cafe.night("2027-06-01")
    behind = (f"{number:032x}" for number in itertools.count(1))
    monkeypatch.setattr(ids, "new", lambda: next(behind))
    copy.cafe.buy("Ann", at="2026-05-02", external_id="told-late")
    monkeypatch.undo()
    ends = [line.expires_at for line in copy.cafe.lots("Ann")]
    assert any(end is not None and end < shop.moment("2027-06-01") for end in ends)
    assert verify.run(at=shop.FAR).ok
    copy.cafe.night("2027-06-02")
    assert verify.run(at=shop.FAR).ok


def test_an_empty_installation_holds(pristine_database: str):
    report = verify.run(deep=True)
    assert report.ok and report.programmes == ()


def test_a_person_in_the_vault_is_no_leak(copy: Lived):
    copy.cafe.enrol("Hana", person=Person(name="Hana", email="hana@example.com", phone="+359888123456"))
    assert verify.run().ok
