"""Two members merged at the same moment: one merge wins, no point is lost – and without the lock it is."""

import threading
import time
from typing import Any

import psycopg
from django.db import connection

from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.merging import Merged
from guerdon.engine import merge
from guerdon.engine.batch import Batch
from guerdon.features.members import queries as members
from guerdon.insight import verify
from guerdon.kit import ids
from tests import shop
from tests.engine.pairs import merged, unmerged
from tests.races import crowd
from tests.shop import Shop


def merging(cafe: Shop, into: str, goes: str) -> Any:
    """The deed of merging; accounts are looked up before the race."""
    other = Member(id=ids.show("member", cafe.account(goes)))
    own: dict[str, Any] = {"programme_id": cafe.programme_id, "into": cafe.account(into), "actor": "Emil"}
    return lambda: merge.merge(**own, goes=other, now=shop.moment("2026-01-10"))[0]


def cafe_of(*names: str) -> Shop:
    cafe = Shop()
    cafe.enrol(*names)
    for name in names:
        cafe.buy(name, 1000)
    return cafe


def race(monkeypatch: Any, deeds: list[Any]) -> list[Any]:
    with crowd.meeting(monkeypatch, 2) as place:
        return crowd.together(deeds, place)


def refused_by_the_database(stumbles: list[Exception]) -> list[Exception]:
    """What only a deadlock or a constraint stopped; who waited for the lock and looks again is none of them."""
    return [one for one in stumbles if not isinstance(one, psycopg.errors.SerializationFailure)]


def holds(cafe: Shop) -> None:
    assert cafe.audit() == []
    report = verify.run(cafe.programme_id, at=shop.moment("2026-02-01"))
    assert report.ok, [(one.name, str(one.first)) for one in report.broken]


def harmed(cafe: Shop, results: list[Any], stumbles: list[Exception]) -> bool:
    """Whether somebody fell over the other, or the books are wrong."""
    broken = [one for one in results if isinstance(one, BaseException) and not isinstance(one, Refusal)]
    wrong = cafe.audit() or not verify.run(cafe.programme_id, at=shop.moment("2026-02-01")).ok
    return bool(broken or refused_by_the_database(stumbles) or wrong)


def test_each_into_the_other_one_wins(database, monkeypatch):
    stumbles = crowd.stumbles(monkeypatch)
    cafe = cafe_of("Ann", "Ben")
    results = race(monkeypatch, [merging(cafe, "Ann", "Ben"), merging(cafe, "Ben", "Ann")])
    assert sorted(getattr(one, "code", "merged") for one in results) == ["member_merged", "merged"], results
    assert sum(purse[1] for who in ("Ann", "Ben") for purse in cafe.purses(who)) == 20
    assert not refused_by_the_database(stumbles), "both lock in the order of the ids, so they wait and do not deadlock"
    holds(cafe)


def test_one_into_two_others_one_wins(database, monkeypatch):
    stumbles = crowd.stumbles(monkeypatch)
    cafe = cafe_of("Ann", "Ben", "Cleo")
    results = race(monkeypatch, [merging(cafe, "Ann", "Ben"), merging(cafe, "Cleo", "Ben")])
    assert not refused_by_the_database(stumbles)
    assert sorted(getattr(one, "code", "merged") for one in results) == ["member_merged", "merged"], results
    holds(cafe)


def test_the_same_merge_at_once_is_one(database, monkeypatch):
    cafe = cafe_of("Ann", "Ben")
    results = race(monkeypatch, [merging(cafe, "Ann", "Ben")] * 4)
    assert all(isinstance(one, Merged) for one in results), results
    assert len({one.id for one in results}) == 1
    holds(cafe)


def test_a_chain_made_at_once_is_flat(database, monkeypatch):
    cafe = cafe_of("Ann", "Ben", "Cleo")
    results = race(monkeypatch, [merging(cafe, "Ann", "Ben"), merging(cafe, "Ben", "Cleo")])
    refused = [one.code for one in results if isinstance(one, Refusal)]
    assert refused in ([], ["member_merged"]), results
    holds(cafe)


def buying(cafe: Shop, name: str) -> Any:
    by_id = cafe.purchase(name, 700, member=Member(id=ids.show("member", cafe.account(name))))
    by_name = cafe.purchase(name, 500)
    return lambda: [shop.taken(cafe.tell(one, now="2026-01-10")[0]) for one in (by_id, by_name)]


def test_a_purchase_meanwhile_is_the_one_persons(database, monkeypatch):
    cafe = cafe_of("Ann", "Ben")
    results = race(monkeypatch, [merging(cafe, "Ann", "Ben"), buying(cafe, "Ben"), buying(cafe, "Ben")])
    assert not [one for one in results if isinstance(one, BaseException)], results
    assert cafe.amounts("Ann", "2026-01-11").available == 20 + 24
    holds(cafe)


@crowd.control
def test_without_locks_a_purchase_is_left_behind(database, monkeypatch):
    crowd.unlock(monkeypatch)
    stumbles = crowd.stumbles(monkeypatch)
    cafe = cafe_of("Ann", "Ben")
    results = race(monkeypatch, [merging(cafe, "Ann", "Ben"), buying(cafe, "Ben")])
    assert harmed(cafe, results, stumbles)


def test_a_second_person_meanwhile_books_before_the_merge_or_it_waits(database, monkeypatch):
    cafe = Shop({"adjustments": {"approve_above": {"points": 100}}})
    cafe.enrol("Ann", "Ben")
    asked = shop.taken(cafe.adjust("Ben", 500, "2026-01-05")).activity_id
    approving = lambda: cafe.judge(asked, "approval", "2026-01-10")  # noqa: E731
    merge_of_both, approval = race(monkeypatch, [merging(cafe, "Ann", "Ben"), approving])
    assert not isinstance(approval, BaseException), approval
    waited = isinstance(merge_of_both, Refusal)
    assert not waited or merge_of_both.code == "merge_waiting"
    assert cafe.amounts("Ben" if waited else "Ann", "2026-01-11").available == 500
    holds(cafe)


@crowd.control
def test_without_locks_what_waits_is_merged_away(database, monkeypatch):
    crowd.unlock(monkeypatch)
    stumbles = crowd.stumbles(monkeypatch)
    cafe = Shop({"adjustments": {"approve_above": {"points": 100}}})
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ben", 1000)
    asking = lambda: shop.taken(cafe.adjust("Ben", 500, "2026-01-10"))  # noqa: E731
    results = race(monkeypatch, [merging(cafe, "Ann", "Ben"), asking])
    assert harmed(cafe, results, stumbles) or cafe.count("activities_parked") == 1


def cancelled_while_they_part(monkeypatch: Any) -> Shop:
    """Ben, who was merged into Ann, comes out again; while that is being written, his burn is cancelled."""
    cafe = cafe_of("Ann", "Ben")
    shop.taken(cafe.burn("Ben", 8, "2026-01-07", external_id="cup"))
    merged(cafe, "Ann", "Ben", "2026-01-08")
    decided, commit = threading.Event(), Batch.commit

    def slowly(batch: Batch) -> None:
        if not decided.is_set():
            decided.set()
            time.sleep(crowd.MEETING_SECONDS)
        commit(batch)

    def cancelling() -> Any:
        assert decided.wait(crowd.PATIENCE_SECONDS)
        return shop.taken(cafe.cancel("cup", "2026-01-10"))

    monkeypatch.setattr(Batch, "commit", slowly)
    results = crowd.together([lambda: unmerged(cafe, "Ann", "Ben", "2026-01-09"), cancelling])
    assert not [one for one in results if isinstance(one, BaseException)], results
    return cafe


def test_a_burn_that_is_cancelled_while_they_part_comes_back_to_its_member(database, monkeypatch):
    cafe = cancelled_while_they_part(monkeypatch)
    assert [cafe.amounts(name, "2026-01-11").available for name in ("Ann", "Ben")] == [10, 10]
    holds(cafe)


def test_without_a_second_look_it_comes_to_who_was_left(database, monkeypatch):
    """SQLite has one writer, who looks when the others are done."""
    monkeypatch.setattr(members, "_settled", lambda _, programme, found, stands: found)
    cafe = cancelled_while_they_part(monkeypatch)
    left = [10, 10] if connection.vendor == "sqlite" else [20, 0]  # with all the rest
    assert [cafe.amounts(name, "2026-01-11").available for name in ("Ann", "Ben")] == left


@crowd.control
def test_without_locks_both_merge_and_only_the_database_stops_the_second(database, monkeypatch):
    crowd.unlock(monkeypatch)
    monkeypatch.setattr(crowd, "MEETING_SECONDS", 3)  # a statement of the first may hold the second up all the same
    stumbles = crowd.stumbles(monkeypatch)
    cafe = cafe_of("Ann", "Ben", "Cleo")
    results = race(monkeypatch, [merging(cafe, "Ann", "Ben"), merging(cafe, "Cleo", "Ben")])
    assert harmed(cafe, results, stumbles)
