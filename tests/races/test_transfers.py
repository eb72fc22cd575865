"""Transfers at the same moment: no point is sent twice, no limit overshot, nobody deadlocks – each with its control."""

from collections.abc import Sequence
from typing import Any

import psycopg
import pytest
from django.db import connection

from guerdon.core.activities import Member
from guerdon.engine import donate, transfers
from guerdon.engine.batch import Outcome
from guerdon.engine.transfers import NewTransfer
from guerdon.features.transfers import queries
from guerdon.insight import verify
from guerdon.kit import store
from guerdon.kit.store import Statement
from tests import effort, shop
from tests.races import crowd
from tests.races.test_threads import harmed, no_errors, race
from tests.shop import POINTS, Shop

RIVALS = effort.times(6, 24)


def cafe(**policy: Any) -> Shop:
    """Ann and Ben have 40 points each."""
    found = Shop({"units": {"points": POINTS | {"transfers": policy}}, "causes": {"trees": {"name": {"en": "Trees"}}}})
    found.enrol("Ann", "Ben", "Cleo")
    found.buy("Ann", 4000)
    found.buy("Ben", 4000)
    return found


def send(at: Shop, who: str, to: str, points: int, key: str) -> Any:
    wanted = NewTransfer(
        member=Member(external_id=who), to=Member(external_id=to), unit="points", points=points, source="app",
        external_id=key,
    )  # fmt: skip
    return transfers.send_many(programme_id=at.programme_id, wanted=[wanted], now=shop.moment("2026-01-06"))[0]


def have(at: Shop, *names: str) -> list[int]:
    return [at.amounts(name, "2026-01-07").available for name in names]


def moved(results: Sequence[Any]) -> list[Outcome]:
    return [result for result in results if isinstance(result, Outcome)]


def proved(at: Shop) -> None:
    assert at.audit() == []
    report = verify.run(at.programme_id, at=shop.FAR)
    assert report.ok, report.broken


# --- the same points to two friends ---


def two_friends(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    at = cafe()
    friends = ["Ben", "Cleo"]
    deeds = [lambda n=n: send(at, "Ann", friends[n % 2], 30, f"gift-{n}") for n in range(rivals)]
    return at, race(monkeypatch, deeds)


def test_the_same_points_go_to_one_friend(database, monkeypatch):
    at, results = two_friends(monkeypatch, RIVALS)
    assert len(moved(no_errors(results))) == 1
    assert sum(have(at, "Ann", "Ben", "Cleo")) == 80
    proved(at)


@crowd.control
def test_without_locks_they_go_to_both(database, monkeypatch):
    crowd.unlock(monkeypatch)
    at, results = two_friends(monkeypatch, 3)
    assert len(moved(results)) > 1 or harmed(at, results)
    assert at.audit() != []


# --- to and fro ---


@pytest.mark.parametrize("_", range(effort.times(2, 20)))
def test_to_and_fro_at_once_nobody_deadlocks(database, monkeypatch, _):
    stumbles = crowd.stumbles(monkeypatch)
    at = cafe()
    ways = [("Ann", "Ben"), ("Ben", "Ann")]
    deeds = [lambda n=n: send(at, *ways[n % 2], 7, f"gift-{n}") for n in range(RIVALS)]
    results = no_errors(race(monkeypatch, deeds))
    assert len(moved(results)) == RIVALS
    assert have(at, "Ann", "Ben") == [40, 40]
    assert not stumbles, "both members are locked in one order, whoever sends"
    proved(at)


def test_locked_as_they_are_named_they_embrace(database, monkeypatch):
    """The control: the sender first and then the receiver, and the other the other way round. SQLite has one writer."""
    stumbles = crowd.stumbles(monkeypatch)
    at = cafe()
    crowd.disorder(monkeypatch)
    no_errors(crowd.together([lambda: send(at, "Ann", "Ben", 7, "to"), lambda: send(at, "Ben", "Ann", 7, "fro")]))
    deadlocks = [error for error in stumbles if isinstance(error, psycopg.errors.DeadlockDetected)]
    assert bool(deadlocks) is (connection.vendor == "postgresql")
    assert have(at, "Ann", "Ben") == [40, 40], "and even then the loser is tried again"


# --- limits ---


def limited(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    at = cafe(caps={"day": 25}, per_pair={"month": 15})
    friends = ["Ben", "Cleo"]
    deeds = [lambda n=n: send(at, "Ann", friends[n % 2], 5, f"gift-{n}") for n in range(rivals)]
    return at, race(monkeypatch, deeds)


def test_no_limit_is_overshot(database, monkeypatch):
    at, results = limited(monkeypatch, max(RIVALS, 8))
    assert len(moved(no_errors(results))) == 5
    assert have(at, "Ann") == [15]
    proved(at)


@crowd.control
def test_without_locks_a_limit_is_overshot(database, monkeypatch):
    """Ann sends little enough to three friends that what she has would do; only the counter can refuse."""
    crowd.unlock(monkeypatch)
    at = cafe(caps={"day": 5})
    deeds = [lambda n=n: send(at, "Ann", "Cleo", 5, f"gift-{n}") for n in range(3)]
    results = race(monkeypatch, deeds)
    assert len(moved(results)) > 1 or harmed(at, results)


# --- one offer, taken and taken back ---


def offered(monkeypatch: pytest.MonkeyPatch) -> tuple[Shop, str, list[Any]]:
    at = cafe(acceptance="needed")
    offer = shop.taken(send(at, "Ann", "Ben", 30, "gift"))
    named = {"programme_id": at.programme_id, "transfer_id": offer.activity_id, "now": shop.moment("2026-01-06")}
    deals: list[transfers.Deed] = ["accept", "withdraw", "decline"]
    deeds = [lambda deal=deal: transfers.settle(deed=deal, **named) for deal in deals]
    return at, offer.activity_id, race(monkeypatch, deeds)


@pytest.mark.parametrize("_", range(effort.times(2, 20)))
def test_an_offer_is_settled_once(database, monkeypatch, _):
    at, offer, results = offered(monkeypatch)
    (first,) = moved(no_errors(results))
    state = queries.one(store.current(), at.programme_id, offer).state
    assert state == transfers.STATES[first.activity.kind]
    assert have(at, "Ann", "Ben") == ([10, 70] if state == "accepted" else [40, 40])
    proved(at)


@crowd.control
def test_without_locks_it_is_settled_twice(database, monkeypatch):
    crowd.unlock(monkeypatch)
    at, _, results = offered(monkeypatch)
    assert len(moved(results)) > 1 or harmed(at, results)


# --- everybody gives to the trees ---


def given(monkeypatch: pytest.MonkeyPatch, rivals: int) -> tuple[Shop, list[Any]]:
    at = cafe()
    names = ["Ann", "Ben"]

    def give(n: int) -> Any:
        gift = donate.Donation(
            member=Member(external_id=names[n % 2]), cause="trees", unit="points", points=3, source="app",
            external_id=f"gift-{n}",
        )  # fmt: skip
        return donate.donate_many(programme_id=at.programme_id, donations=[gift], now=shop.moment("2026-01-06"))[0]

    return at, race(monkeypatch, [lambda n=n: give(n) for n in range(rivals)])


def test_no_gift_is_lost_from_the_total(database, monkeypatch):
    at, results = given(monkeypatch, RIVALS)
    assert len(moved(no_errors(results))) == RIVALS
    (total,) = queries.causes(store.current(), at.programme_id)
    assert (total.points, total.donations) == (3 * RIVALS, RIVALS)
    proved(at)


@crowd.control
def test_without_locks_a_gift_is_lost(database, monkeypatch):
    crowd.unlock(monkeypatch)
    bare = queries._LOCK_CAUSES.text.partition(" FOR NO KEY UPDATE")[0]
    monkeypatch.setattr(queries, "_LOCK_CAUSES", Statement(bare, sqlite=queries._LOCK_CAUSES.sqlite))
    at, results = given(monkeypatch, 2)
    (total,) = queries.causes(store.current(), at.programme_id)
    assert total.points < 3 * len(moved(results)) or harmed(at, results)
