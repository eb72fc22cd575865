"""Two who look at the same alert at the same moment: one settles it, and the other one is told so."""

import threading
from contextlib import suppress

import pytest

from guerdon.core.alerts import Outcome
from guerdon.core.errors import Refusal
from guerdon.engine import alerts
from guerdon.engine.adjust import Actor
from guerdon.features.alerts import actions
from guerdon.kit import store
from guerdon.kit.store import Statement
from tests import effort, shop
from tests.engine.alerted import at_till, cafe, raised
from tests.races import crowd
from tests.shop import Shop


def opened() -> Shop:
    at = cafe(share_percent=100)
    at_till(at, "Ann", "2026-01-05", 6)
    at.night("2026-01-06T01:00")
    return at


def settle(at: Shop) -> list[str | BaseException]:
    """Maya says that all is right, and Emil that it is fraud."""
    [one] = raised(at)

    def by(name: str, outcome: Outcome) -> str:
        return alerts.settle(
            programme_id=at.programme_id, alert_id=one.id, outcome=outcome, reason=f"{name} has asked", now=shop.FAR,
            actor=Actor(name, name * 8, "user"),
        )[0]  # fmt: skip

    return crowd.together([lambda: by("Maya", "cleared"), lambda: by("Emil", "confirmed")])


def verdicts(at: Shop) -> int:
    """How many verdicts the outbox tells of."""
    rows = store.current().fetch(
        Statement("SELECT count(*) FROM kit_outgoing WHERE programme_id = :programme AND topic = 'alert.settled'"),
        programme=at.programme_id,
    )
    return int(rows[0][0])


@pytest.mark.parametrize("_", range(effort.times(3, 20)))
def test_an_alert_is_settled_once(database, _):
    at = opened()
    results = settle(at)
    [lost] = [one for one in results if isinstance(one, Refusal)]
    assert lost.code == "alert_settled" and lost.facts["state"] in ("cleared", "confirmed")
    assert (len(raised(at, "cleared")) + len(raised(at, "confirmed")), verdicts(at)) == (1, 1)


@crowd.control
def test_without_locks_both_settle(database, monkeypatch):
    """The control: both have seen an open alert, and nothing asks again when it is written."""
    crowd.unlock(monkeypatch)
    bare = actions._SETTLE.text.replace(" AND state = 'open'", "")
    monkeypatch.setattr(actions, "_SETTLE", Statement(bare))
    place, write = threading.Barrier(2), actions.settle

    def together(*given, **named):
        with suppress(threading.BrokenBarrierError):
            place.wait(2)
        write(*given, **named)

    monkeypatch.setattr(actions, "settle", together)
    at = opened()
    results = settle(at)
    assert not [one for one in results if isinstance(one, Refusal)] and verdicts(at) == 2
