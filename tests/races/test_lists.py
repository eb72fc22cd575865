"""Whatever a programme has a list of is changed by one at a time: two take the same cost back, or tell the last one."""

import threading
from contextlib import suppress
from datetime import date

import pytest

from guerdon.core import limits
from guerdon.core.cost_book import Entry
from guerdon.core.errors import Refusal
from guerdon.engine import costs
from guerdon.engine.adjust import Actor
from guerdon.features.costs import actions, queries
from guerdon.features.programmes import queries as programmes
from guerdon.kit import store
from guerdon.kit.store import Statement
from tests.races import crowd
from tests.shop import Shop, moment

NOW = moment("2026-11-02")
MAY = Entry("media", 88_000, "EUR", date(2026, 5, 1), date(2026, 6, 1), "Posters")
BY = (Actor("Dora", "d" * 32), Actor("Emil", "e" * 32))


def met(monkeypatch: pytest.MonkeyPatch, name: str) -> threading.Barrier:
    """Whoever has decided waits for the other before they write."""
    write, barrier = getattr(actions, name), threading.Barrier(2)

    def together(*facts: object, **more: object) -> None:
        with suppress(threading.BrokenBarrierError):
            barrier.wait(crowd.MEETING_SECONDS)
        write(*facts, **more)

    monkeypatch.setattr(actions, name, together)
    return barrier


def told_last(monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], int]:
    """Two tell the last entry for which there is room: what they were refused, and how many entries there are."""
    cafe = Shop()
    with monkeypatch.context() as patch:
        patch.setattr(limits, "COSTS_MAX", 1)
        place = met(patch, "put")
        deeds = [
            lambda actor=actor: costs.tell(MAY, programme_id=cafe.programme_id, actor=actor, now=NOW) for actor in BY
        ]
        results = crowd.together(deeds, place)
    refused = [one.code for one in results if isinstance(one, Refusal)]
    return refused, queries.count(store.current(), cafe.programme_id)


def unlocked(patch: pytest.MonkeyPatch) -> None:
    crowd.unlock(patch)
    patch.setattr(programmes, "_LOCK_LISTS", Statement("SELECT 1 FROM programmes_programme WHERE id = :programme"))


def test_the_last_entry_is_told_once(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told_last(monkeypatch) == (["costs_too_many"], 1)


@crowd.control
def test_without_the_lock_there_is_one_too_many(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    with monkeypatch.context() as patch:
        unlocked(patch)
        refused, count = told_last(patch)
    assert refused == [] and count == 2


def test_of_two_who_take_the_same_back_one_is_told_that_it_was(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And not that something went wrong: the database would refuse a second one, too."""
    cafe = Shop()
    one, _ = costs.tell(MAY, programme_id=cafe.programme_id, actor=BY[0], now=NOW)
    with monkeypatch.context() as patch:
        place = met(patch, "reverse")
        deeds = [
            lambda actor=actor: costs.reverse(
                programme_id=cafe.programme_id, id=one.id, why="twice", actor=actor, now=NOW
            )
            for actor in BY
        ]
        results = crowd.together(deeds, place)
    assert [found.code for found in results if isinstance(found, Refusal)] == ["cost_reversed"], results
    assert queries.get(store.current(), cafe.programme_id, one.id).reversal is not None
