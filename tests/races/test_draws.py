"""Draws at the same moment: no budget, no prize and no promise goes twice, no seed is shown early; with controls."""

import threading
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connections

from guerdon.engine import draws
from guerdon.engine.batch import Batch, Outcome
from guerdon.features.draws import queries as seeds
from guerdon.features.rewards import queries as stocks
from guerdon.kit import store
from tests import effort, shop
from tests.engine import catalogue
from tests.engine.catalogue import COFFEE, MUG
from tests.races import crowd, test_redemptions
from tests.races.test_redemptions import done, lost, names, unlock
from tests.races.test_threads import harmed, no_errors, race
from tests.shop import Shop

RIVALS = effort.times(8, 64)
CAKE: dict[str, Any] = {
    "kind": "free_product", "product": "cake", "prices": [{"points": {"points": 90}}], "cost": "2.00",
    "fulfilment": "at_once",
}  # fmt: skip
BOX: dict[str, Any] = {
    "kind": "mystery", "prices": [{"free": True}], "prizes": {"cake": 1, "mug": 1}, "fallback": "coffee",
    "budget": "900.00", "limits": {"day": 99},
}  # fmt: skip


def cafe(members: int, mugs: int, **box: Any) -> Shop:
    at = test_redemptions.cafe(members, coffee=COFFEE, cake=CAKE, mug=MUG, box={**BOX, **box})
    catalogue.supply(at, "mug", mugs)
    return at


def rivals_draw(monkeypatch: pytest.MonkeyPatch, at: Shop, rivals: int) -> list[Any]:
    deeds = [lambda n=n: catalogue.redeem(at, "box", n, external_id=f"race-{n}") for n in names(rivals)]
    return race(monkeypatch, deeds)


def prizes(results: Sequence[Any]) -> list[str]:
    return [one.decision.drawn.prize for one in results if isinstance(one, Outcome)]


def spent(at: Shop) -> int:
    return stocks.stocks(store.current(), at.programme_id, shop.FAR)["box", ""].spent


# --- the budget ---


def test_a_budget_of_chance_is_never_overshot(database, monkeypatch):
    at = cafe(RIVALS, 99, budget="10.00")
    results = no_errors(rivals_draw(monkeypatch, at, RIVALS))
    assert done(results) + lost(results, "reward_budget_spent") == RIVALS and done(results) >= 2
    costs = {"cake": 200, "mug": 400}
    assert sum(costs[one] for one in prizes(results)) == spent(at) <= 1_000
    assert spent(at) > 600, "as long as the dearest prize could be paid, draws were made"
    catalogue.holds(at)


def test_without_locks_the_budget_is_overshot(database, monkeypatch):
    unlock(monkeypatch)
    at = cafe(3, 99, budget="4.00")
    results = rivals_draw(monkeypatch, at, 3)
    assert (
        done(results) > 2 or sum({"cake": 200, "mug": 400}[one] for one in prizes(results)) > 400 or harmed(at, results)
    )


# --- the last prizes ---


def test_the_last_prizes_are_won_once(database, monkeypatch):
    at = cafe(RIVALS, RIVALS // 4, prizes={"mug": 1})
    found = prizes(no_errors(rivals_draw(monkeypatch, at, RIVALS)))
    assert sorted(set(found)) == ["coffee", "mug"] and found.count("mug") == RIVALS // 4 and len(found) == RIVALS
    catalogue.holds(at)


def test_without_locks_a_prize_is_won_twice(database, monkeypatch):
    unlock(monkeypatch)
    at = cafe(3, 1, prizes={"mug": 1})
    results = rivals_draw(monkeypatch, at, 3)
    assert prizes(results).count("mug") > 1 or harmed(at, results)


# --- one draw, one member ---


def test_a_draw_told_many_times_at_once_is_one_draw(database, monkeypatch):
    at = cafe(1, 9)
    results = no_errors(race(monkeypatch, [lambda: catalogue.redeem(at, "box", "m0", external_id="one")] * RIVALS))
    assert len({one.activity_id for one in results}) == 1 and len(set(prizes(results))) == 1
    assert len({one.decision.drawn.redemption for one in results}) == 1
    catalogue.holds(at)


def test_a_promise_is_kept_once(database, monkeypatch):
    at = cafe(1, 99, prizes={"cake": 1_000_000, "mug": 1}, guarantee={"prize": "mug", "within": 4})
    deeds = [lambda n=n: catalogue.redeem(at, "box", "m0", external_id=f"race-{n}") for n in range(RIVALS)]
    found = prizes(no_errors(race(monkeypatch, deeds)))
    assert found.count("mug") == RIVALS // 4
    catalogue.holds(at)


# --- the seed ---


@pytest.mark.parametrize("_", range(effort.times(2, 8)))
def test_no_draw_is_made_with_a_seed_that_was_shown(database, monkeypatch, _):
    at = cafe(RIVALS, 99)
    deeds = [lambda n=n: catalogue.redeem(at, "box", n, external_id=f"race-{n}") for n in names(RIVALS)]
    shown = [lambda: draws.rotate(programme_id=at.programme_id, now=shop.moment(test_redemptions.AT))] * 2
    results = no_errors(race(monkeypatch, [*deeds[::2], *shown, *deeds[1::2]]))
    ends = {one.number: one.retired_at for one in seeds.shown(store.current(), at.programme_id)}
    assert done(results) == RIVALS and sum(end is not None for end in ends.values()) == 2
    catalogue.holds(at)


def shown_meanwhile(monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the seed of a draw can be shown before the draw is written."""
    at, commit, shown, found = cafe(1, 9), Batch.commit, threading.Event(), list[bool]()

    def show() -> None:
        draws.rotate(programme_id=at.programme_id, now=shop.moment(test_redemptions.AT))
        shown.set()
        connections.close_all()

    impatient = threading.Thread(target=show)

    def wait_and_commit(batch: Batch) -> None:
        if not found:
            impatient.start()
            found.append(shown.wait(4 * crowd.MEETING_SECONDS))
        commit(batch)

    with monkeypatch.context() as patch:
        patch.setattr(Batch, "commit", wait_and_commit)
        catalogue.redeem(at, "box", "m0")
    impatient.join()
    assert shown.is_set()
    return found[0]


def test_a_seed_waits_for_the_draws_that_are_made_with_it(database, monkeypatch):
    assert not shown_meanwhile(monkeypatch)


def test_without_locks_it_is_shown_before_they_are_written(database, monkeypatch):
    unlock(monkeypatch)
    bare = seeds._IN_USE.text.partition(" FOR SHARE")[0]
    monkeypatch.setattr(seeds, "_IN_USE", type(seeds._IN_USE)(bare, sqlite=seeds._IN_USE.sqlite))
    assert shown_meanwhile(monkeypatch)
