"""Two who give one of the staff another role at the same moment, each having seen the one before."""

import threading
from contextlib import suppress

from guerdon.core.errors import Refusal
from guerdon.engine import staff
from guerdon.features.users import actions, queries
from guerdon.kit import ids, store
from guerdon.kit.audit import Actor
from tests import shop
from tests.races import crowd
from tests.shop import Shop

NOW = shop.moment("2026-01-05")
BY = Actor("operator", "test")
ROLES = ("support", "finance")


def changed(monkeypatch):
    """What became of two who saw a cashier; they meet after each has looked and before any has written."""
    cafe, appoint, barrier = Shop(), actions.appoint, threading.Barrier(2)
    dora = staff.appoint(
        programme_id=cafe.programme_id, email=f"{ids.new()}@x.example", name="Dora", role="cashier", by=BY, now=NOW
    )

    def together(*facts, **more):
        with suppress(threading.BrokenBarrierError):
            barrier.wait(crowd.MEETING_SECONDS)
        appoint(*facts, **more)

    monkeypatch.setattr(actions, "appoint", together)
    deeds = [
        lambda role=role: staff.change(
            programme_id=cafe.programme_id, user_id=dora, role=role, by=BY, reason="", now=NOW, seen="cashier"
        )
        for role in ROLES
    ]
    results = crowd.together(deeds)
    return [one.code for one in results if isinstance(one, Refusal)], queries.one(
        store.current(), cafe.programme_id, dora
    )


def test_of_two_who_saw_the_same_role_one_changes_it(database, monkeypatch):
    refused, dora = changed(monkeypatch)
    assert refused == ["staff_changed"] and dora.role in ROLES


@crowd.control
def test_without_the_lock_the_second_is_told_nothing(database, monkeypatch):
    """The control."""
    with monkeypatch.context() as patch:
        crowd.unlock(patch)
        patch.setattr(queries, "_LOCK", queries._ONE)
        refused, _ = changed(patch)
    assert refused == []
