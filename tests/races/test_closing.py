"""A month closes while facts are on their way: whoever has a number is waited for, so the figures miss nothing."""

import threading
from typing import Any

import pytest
from django.db import connection

from guerdon.core.errors import Refusal
from guerdon.engine import closing, settling
from guerdon.engine.batch import Batch
from guerdon.features.activities import queries as activities
from guerdon.insight import verify
from guerdon.kit import store
from tests import shop
from tests.races import crowd
from tests.shop import FAR, Shop

WAIT_SECONDS = 0.4


def close_beside_a_purchase(monkeypatch: pytest.MonkeyPatch) -> tuple[Shop, list[Any]]:
    """October is closed and counted while a purchase of October has its number and is not committed yet."""
    cafe = Shop()
    cafe.enrol("Ann")
    cafe.night("2025-11-01T03:00")
    order = cafe.purchase("Ann", 4_000, "2025-10-05")
    numbered, commit = threading.Event(), Batch.commit

    def slowly(batch: Batch) -> None:
        numbered.set()
        threading.Event().wait(WAIT_SECONDS)
        commit(batch)

    def close() -> object:
        numbered.wait(crowd.PATIENCE_SECONDS)
        return cafe.close("2025-10", "2025-11-03")

    with monkeypatch.context() as patch:
        patch.setattr(Batch, "commit", slowly)
        return cafe, crowd.together([lambda: shop.taken(cafe.tell(order, now="2025-11-02")[0]), close])


def test_a_closing_waits_for_whoever_has_a_number(database: str, monkeypatch: pytest.MonkeyPatch):
    cafe, results = close_beside_a_purchase(monkeypatch)
    purchase, closed = results
    assert not [one for one in results if isinstance(one, BaseException)], results
    assert purchase.seq <= closed.closing.seq
    assert [(flow.kind, flow.points, flow.prior) for flow in closed.sums[0].flows] == [("earn", 40, 0)]
    assert verify.run(cafe.programme_id, at=FAR).ok


def test_without_the_waiting_the_figures_miss_it(database: str, monkeypatch: pytest.MonkeyPatch):
    """The control; SQLite never comes to it, for its one writer waits for its turn."""
    monkeypatch.setattr(settling, "_wait", lambda at_hand, patience_seconds: None)
    cafe, results = close_beside_a_purchase(monkeypatch)
    assert not [one for one in results if isinstance(one, BaseException)], results
    broken = [verdict.name for verdict in verify.run(cafe.programme_id, at=FAR).broken]
    assert broken == (["2.4 closed months"] if connection.vendor == "postgresql" else [])


def test_two_who_close_draw_one_border(database: str):
    cafe = Shop()
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2025-10-05")
    cafe.night("2025-11-01T03:00")
    at = shop.moment("2025-11-03")

    def close() -> Any:
        return closing.close(programme_id=cafe.programme_id, month="2025-10", now=at, by="Emil")

    results = crowd.together([close] * 4)
    assert not [one for one in results if isinstance(one, BaseException)], results
    assert [one.known for one in results].count(False) == 1
    assert len({one.month.closing.seq for one in results}) == 1
    rows = store.current().fetch(
        store.Statement("SELECT month FROM closings_closing WHERE programme_id = :programme"),
        programme=cafe.programme_id,
    )
    assert rows == [("2025-10",)]


def test_patience_ends(database: str, monkeypatch: pytest.MonkeyPatch):
    """Somebody who never ends is not waited for for ever; on SQLite the lock has its own patience."""
    monkeypatch.setattr(activities, "numbering", lambda at_hand: {"7/1"})
    if connection.vendor == "postgresql":
        with pytest.raises(Refusal, match="database_busy"):
            settling.settled(patience_seconds=0.05)
    else:
        assert settling.settled(patience_seconds=0.05) >= 0
