"""Points spent at the moment when the address becomes another: once it has, nothing is spent that must wait."""

import threading
from typing import Any

import pytest

from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.engine import enrolment, redeem
from guerdon.engine.batch import Batch
from guerdon.engine.enrolment import MemberChange, PersonChange
from guerdon.insight import verify
from tests import shop
from tests.races import crowd
from tests.races.test_threads import harmed, no_errors
from tests.shop import POINTS, Shop, moment

AT = moment("2026-03-01")


def spent_while_the_address_changes(monkeypatch: pytest.MonkeyPatch) -> tuple[Shop, list[str], list[Any]]:
    """A burn has decided, and before it writes the address becomes another, where no lock keeps that from happening.

    Answers the café, what was done in which order, and the answers.
    """
    cafe = Shop({"units": {"points": POINTS}, "address_wait_hours": 24, "address_wait_free": {"points": 200}})
    cafe.enrol("ann", person=Person(name="Ann", email="ann@x.example"))
    cafe.tell(cafe.purchase("ann", 500_000, "2026-02-01"))
    decided, changed, done = threading.Event(), threading.Event(), list[str]()
    commit, seconds = Batch.commit, crowd.MEETING_SECONDS

    def wait_and_commit(batch: Batch) -> None:
        decided.set()
        changed.wait(seconds)
        commit(batch)

    def spend() -> Any:
        burn = redeem.Burn(Member(external_id="ann"), "points", 1_000, "app", "b1")
        answer = redeem.burn_many(programme_id=cafe.programme_id, burns=[burn], now=AT)[0]
        done.append("spent")
        return answer

    def change() -> Any:
        assert decided.wait(crowd.PATIENCE_SECONDS)
        wanted = MemberChange(person=PersonChange(email="thief@x.example"))
        about = {"programme_id": cafe.programme_id, "member_id": cafe.account("ann"), "etag": None}
        found = enrolment.change(wanted=wanted, now=AT, **about)
        done.append("changed")
        changed.set()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Batch, "commit", wait_and_commit)
        results = crowd.together([spend, change])
    return cafe, done, results


def test_nothing_is_spent_after_the_address_became_another(database, monkeypatch):
    cafe, done, results = spent_while_the_address_changes(monkeypatch)
    spent, _ = no_errors(results)
    assert not isinstance(spent, Refusal) and done == ["spent", "changed"]
    again = redeem.Burn(Member(external_id="ann"), "points", 1_000, "app", "b2")
    later = redeem.burn_many(programme_id=cafe.programme_id, burns=[again], now=AT)[0]
    assert isinstance(later, Refusal) and later.code == "address_new"
    report = verify.run(cafe.programme_id, at=shop.FAR)
    assert report.ok, report.broken


@crowd.control
def test_without_the_lock_it_is_spent_after_the_address_became_another(database, monkeypatch):
    crowd.unlock(monkeypatch)
    cafe, done, results = spent_while_the_address_changes(monkeypatch)
    assert (done == ["changed", "spent"] and not isinstance(results[0], Refusal)) or harmed(cafe, results)
