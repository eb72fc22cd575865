"""Two who count the same stock at the same moment, each having seen the same supplies."""

import threading
from contextlib import suppress

from guerdon.core.errors import Refusal
from guerdon.engine import supplies
from guerdon.features.rewards import actions, queries
from guerdon.kit.store import Statement
from tests import shop
from tests.engine.catalogue import MUG, cafe, stock
from tests.races import crowd

NOW = shop.moment("2026-02-01")


def counted(monkeypatch):
    """What became of two who saw one supply; they meet after each has looked and before any has written."""
    made, put, barrier = cafe(mug=MUG), actions.supply, threading.Barrier(2)

    def supply(name, seen):
        wanted = supplies.NewSupply("mug", "", 5, "came in", "Emil", "stock", name, seen)
        return supplies.supply(programme_id=made.programme_id, wanted=wanted, now=NOW)

    supply("first", 0)

    def together(*facts):
        with suppress(threading.BrokenBarrierError):
            barrier.wait(crowd.MEETING_SECONDS)
        put(*facts)

    monkeypatch.setattr(actions, "supply", together)
    results = crowd.together([lambda name=name: supply(name, 5) for name in ("emil", "mara")])
    return made, [one.code for one in results if isinstance(one, Refusal)]


def test_of_two_who_saw_the_same_supplies_one_adds_to_them(database, monkeypatch):
    made, refused = counted(monkeypatch)
    assert refused == ["stock_changed"]
    assert stock(made, "mug")[0] == 10


@crowd.control
def test_without_the_lock_the_second_is_told_nothing(database, monkeypatch):
    """The control: both add, and one of them is even forgotten."""
    with monkeypatch.context() as patch:
        crowd.unlock(patch)
        bare = queries._LOCK.text.partition(" FOR NO KEY UPDATE")[0]
        patch.setattr(queries, "_LOCK", Statement(bare, sqlite=queries._LOCK.sqlite))
        _, refused = counted(patch)
    assert refused == []
