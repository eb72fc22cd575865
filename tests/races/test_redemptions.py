"""Rewards at the same moment: the last piece, the last turn, the last of a budget go to one; each with its control."""

from collections.abc import Sequence
from typing import Any

import pytest

from guerdon.core.errors import Refusal
from guerdon.core.redemptions import Deed
from guerdon.engine.batch import Outcome
from guerdon.features.rewards import queries as stocks
from tests import effort, shop
from tests.engine import catalogue
from tests.engine.catalogue import COFFEE, MUG
from tests.races import crowd
from tests.races.test_threads import harmed, no_errors, race
from tests.shop import Shop

RIVALS = effort.times(8, 64)
AT = "2026-02-01"


def cafe(members: int, **rewards: Any) -> Shop:
    """So many members with 1,000 points each."""
    found = Shop({"rewards": {key: shop.named(key, one) for key, one in rewards.items()}})
    found.enrol(*names(members))
    found.tell(*[found.purchase(name, 100_000) for name in names(members)])
    return found


def names(members: int) -> list[str]:
    return [f"m{n}" for n in range(members)]


def unlock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the locks of members and of stocks away, and the wall that the database itself is."""
    crowd.unlock(monkeypatch)
    bare = stocks._LOCK.text.partition(" FOR NO KEY UPDATE")[0]
    monkeypatch.setattr(stocks, "_LOCK", type(stocks._LOCK)(bare, sqlite=stocks._LOCK.sqlite))


def done(results: Sequence[Any]) -> int:
    return sum(isinstance(result, Outcome) for result in results)


def lost(results: Sequence[Any], code: str) -> int:
    return sum(isinstance(result, Refusal) and result.code == code for result in results)


def kept(at: Shop, members: int) -> int:
    """What all of them have together."""
    return sum(at.amounts(name, AT).available for name in names(members))


# --- the last pieces ---


def last_pieces(monkeypatch: pytest.MonkeyPatch, rivals: int, pieces: int) -> tuple[Shop, list[Any]]:
    at = cafe(rivals, mug={**MUG, "limits": {}})
    catalogue.supply(at, "mug", pieces)
    deeds = [lambda n=n: catalogue.redeem(at, "mug", n, external_id=f"race-{n}") for n in names(rivals)]
    return at, race(monkeypatch, deeds)


def test_the_last_pieces_are_had_once(database, monkeypatch):
    pieces = RIVALS // 3
    at, results = last_pieces(monkeypatch, RIVALS, pieces)
    assert (done(no_errors(results)), lost(results, "out_of_stock")) == (pieces, RIVALS - pieces)
    assert kept(at, RIVALS) == RIVALS * 1000 - pieces * 300, "who comes too late keeps every point"
    assert catalogue.stock(at, "mug") == (0, pieces, 0)
    catalogue.holds(at)


@crowd.control
def test_without_locks_more_go_out_than_there_are(database, monkeypatch):
    unlock(monkeypatch)
    at, results = last_pieces(monkeypatch, 3, 1)
    assert done(results) > 1 or harmed(at, results)


# --- one member, many tills ---


def one_member(monkeypatch: pytest.MonkeyPatch, rivals: int, reward: dict[str, Any]) -> tuple[Shop, list[Any]]:
    at = cafe(1, coffee=reward)
    deeds = [lambda n=n: catalogue.redeem(at, "coffee", "m0", external_id=f"race-{n}") for n in range(rivals)]
    return at, race(monkeypatch, deeds)


def test_a_member_has_as_many_as_allowed(database, monkeypatch):
    at, results = one_member(monkeypatch, RIVALS, {**COFFEE, "limits": {"day": 2}})
    assert (done(no_errors(results)), lost(results, "reward_limit")) == (2, RIVALS - 2)
    assert kept(at, 1) == 840
    catalogue.holds(at)


def test_points_are_spent_once(database, monkeypatch):
    at, results = one_member(monkeypatch, RIVALS, {**COFFEE, "prices": [{"points": {"points": 400}}]})
    assert (done(no_errors(results)), lost(results, "insufficient_points")) == (2, RIVALS - 2)
    assert kept(at, 1) == 200
    catalogue.holds(at)


@crowd.control
def test_without_locks_a_member_has_too_many(database, monkeypatch):
    unlock(monkeypatch)
    at, results = one_member(monkeypatch, 3, {**COFFEE, "limits": {"day": 1}})
    assert done(results) > 1 or harmed(at, results)


# --- what is for all together ---


def for_all(monkeypatch: pytest.MonkeyPatch, rivals: int, limited: dict[str, Any]) -> tuple[Shop, list[Any]]:
    at = cafe(rivals, coffee={**COFFEE, **limited})
    deeds = [lambda n=n: catalogue.redeem(at, "coffee", n, external_id=f"race-{n}") for n in names(rivals)]
    return at, race(monkeypatch, deeds)


@pytest.mark.parametrize(
    ("limited", "code"), [({"total": 3}, "reward_gone"), ({"budget": "1.80"}, "reward_budget_spent")]
)
def test_a_total_and_a_budget_are_never_overshot(database, monkeypatch, limited, code):
    at, results = for_all(monkeypatch, RIVALS, limited)
    assert (done(no_errors(results)), lost(results, code)) == (3, RIVALS - 3)
    assert kept(at, RIVALS) == RIVALS * 1000 - 3 * 80
    catalogue.holds(at)


@crowd.control
def test_without_locks_a_budget_is_overshot(database, monkeypatch):
    unlock(monkeypatch)
    at, results = for_all(monkeypatch, 3, {"total": 1})
    assert done(results) > 1 or harmed(at, results)


# --- what becomes of one ---


def ended(monkeypatch: pytest.MonkeyPatch, deeds: Sequence[Deed]) -> tuple[Shop, list[Any]]:
    at = cafe(1, mug=MUG)
    catalogue.supply(at, "mug", 1)
    made = catalogue.redeem(at, "mug", "m0")
    return at, race(monkeypatch, [lambda deed=deed: catalogue.settle(at, made, deed, "2026-02-02") for deed in deeds])


@pytest.mark.parametrize("_", range(effort.times(3, 12)))
def test_of_fulfilling_and_cancelling_one_wins(database, monkeypatch, _):
    at, results = ended(monkeypatch, ["fulfil", "cancel"] * 4)
    won = {result.activity.kind for result in no_errors(results) if isinstance(result, Outcome)}
    assert len(won) == 1, "doing it again is known; the other deed is refused"
    assert lost(results, "redemption_ended") == 4
    assert kept(at, 1) == (700 if won == {"redemption_fulfil"} else 1000)
    catalogue.holds(at)


@crowd.control
def test_without_locks_both_happen(database, monkeypatch):
    unlock(monkeypatch)
    at, results = ended(monkeypatch, ["fulfil", "cancel"])
    assert done(results) == 2 or harmed(at, results)


# --- a reservation that ends while others wait ---


def test_a_piece_whose_reservation_ended_is_had_once(database, monkeypatch):
    at = cafe(RIVALS, mug=MUG)
    catalogue.supply(at, "mug", 1)
    shop.taken(catalogue.redeem(at, "mug", "m0", "2026-01-31", reserve=True))
    deeds = [lambda n=n: catalogue.redeem(at, "mug", n, external_id=f"race-{n}") for n in names(RIVALS)[1:]]
    results = race(monkeypatch, [*deeds, lambda: at.night(AT)])
    assert lost(no_errors(results), "out_of_stock") == RIVALS - 2
    assert catalogue.stock(at, "mug") == (0, 1, 0)
    assert at.amounts("m0", AT).available == 1000
    catalogue.holds(at)
