"""Two who found an installation at the same moment: one becomes its owner."""

import threading
from contextlib import contextmanager, suppress

from django.db import connection

from guerdon.core.errors import Refusal
from guerdon.engine import founding
from guerdon.engine.founding import Owner
from guerdon.features.programmes import actions, forms, templates
from guerdon.features.programmes import queries as programmes
from guerdon.features.users import actions as users
from guerdon.kit import store
from guerdon.kit.store import Statement, Store
from tests import shop
from tests.races import crowd

NOW = shop.moment("2026-01-05")
RIVALS = 2


def deeds():
    def found(number):
        source = templates.fill("cafe", {"key": f"cafe-{number}"})
        who = Owner(f"Emil {number}", f"emil-{number}@aurora.example", "hash")
        founding.found(programme=forms.load(source), source=source, owner=who, first=True, now=NOW)

    return [lambda number=number: found(number) for number in range(RIVALS)]


def meeting(monkeypatch):
    """Let the rivals meet after each has seen that nothing is there, and before any has written."""
    make, barrier = users.make, threading.Barrier(RIVALS)

    def together(*facts, **more):
        with suppress(threading.BrokenBarrierError):
            barrier.wait(crowd.MEETING_SECONDS)
        return make(*facts, **more)

    monkeypatch.setattr(users, "make", together)


def test_one_founds_and_the_other_gets_a_clash(pristine_database, monkeypatch):
    meeting(monkeypatch)
    results = crowd.together(deeds())
    assert sorted(one.code for one in results if isinstance(one, Refusal)) == ["installation_founded"]
    assert len(programmes.every(store.current())) == 1


@contextmanager
def no_transaction(at_hand):
    yield


def test_without_the_lock_there_are_two_owners(pristine_database, monkeypatch):
    """The control: both find nothing, so both found."""
    monkeypatch.setattr("tests.races.crowd.MEETING_SECONDS", crowd.PATIENCE_SECONDS)
    monkeypatch.setattr(actions, "_LOCK_ALL", Statement("SELECT 1"))
    if connection.vendor == "sqlite":
        monkeypatch.setattr(Store, "transaction", no_transaction)
    meeting(monkeypatch)
    crowd.together(deeds())
    assert len(programmes.every(store.current())) == RIVALS
