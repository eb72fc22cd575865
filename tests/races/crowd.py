"""Rivals: threads that do things at the same moment, and the switches that turn the house's locks off.

A race that is won by luck proves nothing. So `meeting` brings the rivals together at the worst moment, after each has
decided and before any has written; with the locks on nobody meets, with the locks off everybody does.
"""

import functools
import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import pytest
from django.db import connection, connections

from guerdon.engine.batch import Batch
from guerdon.features.activities.actions import Journal
from guerdon.features.alerts import queries as alerts
from guerdon.features.claims import queries as claims
from guerdon.features.members import queries as members
from guerdon.features.rulebook import queries as rulebook
from guerdon.kit import store
from guerdon.kit.store import Statement, Store

T = TypeVar("T")
MEETING_SECONDS = 0.15  # with the locks on nobody comes, so nobody waits long
PATIENCE_SECONDS = 30


def together(deeds: Sequence[Callable[[], T]], place: threading.Barrier | None = None) -> list[T | BaseException]:
    """Do all of it at the same moment, each in its own thread with its own connection; errors are results.

    Where two are to meet at a place, the one who has ended without coming there is not waited for.
    """
    start = threading.Barrier(len(deeds))

    def one(deed: Callable[[], T]) -> T | BaseException:
        try:
            start.wait(PATIENCE_SECONDS)
            return deed()
        except BaseException as error:  # the test looks at it
            return error
        finally:
            if place is not None:
                place.abort()
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


@contextmanager
def meeting(monkeypatch: pytest.MonkeyPatch, rivals: int) -> Iterator[threading.Barrier]:
    """Rivals that have decided wait for each other before they write; who is locked out is not waited for long."""
    commit, met = Batch.commit, threading.Event()
    place = threading.Barrier(rivals, met.set)

    def wait_and_commit(batch: Batch) -> None:
        with suppress(threading.BrokenBarrierError):  # somebody is locked out
            if not met.is_set():
                place.wait(MEETING_SECONDS)
        commit(batch)

    with monkeypatch.context() as patch:
        patch.setattr(Batch, "commit", wait_and_commit)
        yield place


def control(test: Callable[..., None]) -> Callable[..., None]:
    """A test that harm is done without the locks: of ten times that rivals meet, once is enough.

    What they do without locks are single statements, which now and then happen to pass each other.
    """

    @functools.wraps(test)
    def one_of_ten(*fixtures: Any, **named: Any) -> None:
        for _ in range(9):
            with suppress(AssertionError, pytest.fail.Exception):
                return test(*fixtures, **named)
        return test(*fixtures, **named)

    return one_of_ten


def stumbles(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """What the database refused from now on and the house tried again, as it happens."""
    found: list[Exception] = []
    passing = store.passing

    def noted(error: Exception) -> bool:
        found.append(error)
        return passing(error)

    monkeypatch.setattr(store, "passing", noted)
    return found


# --- switching the locks off, for the controls ---


def unlock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the members' and the budgets' locks away: on SQLite everybody writes at once, statement by statement."""
    monkeypatch.setattr("tests.races.crowd.MEETING_SECONDS", PATIENCE_SECONDS)  # now everybody comes
    for module in (members, rulebook, claims, alerts):
        for name, found in list(vars(module).items()):
            if isinstance(found, Statement) and "FOR NO KEY UPDATE" in found.text:
                bare = found.text.partition(" FOR NO KEY UPDATE")[0]
                monkeypatch.setattr(module, name, Statement(bare, sqlite=found.sqlite))
    if connection.vendor == "sqlite":
        monkeypatch.setattr(Store, "transaction", _no_transaction)
        monkeypatch.setattr(Batch, "next_seq", lambda _: next(_NUMBERS))  # else the numbers alone would clash


_NUMBERS = itertools.count(10**6)


@contextmanager
def _no_transaction(at_hand: Store) -> Iterator[None]:
    yield


def disorder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two rivals lock the members they name one by one, each in the other one's order, and wait for each other."""
    in_order, rival, place = members.lock, itertools.count(), threading.Barrier(2)

    def lock(at_hand: Store, programme_id: str, names: Any) -> Any:
        found = {}
        for name in sorted(names, reverse=next(rival) % 2 == 0):
            found |= in_order(at_hand, programme_id, [name])
            with suppress(threading.BrokenBarrierError):
                place.wait(2)
        return found

    monkeypatch.setattr(members, "lock", lock)


def forget_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the natural keys, by which the database itself refuses a second telling."""
    monkeypatch.setattr(Journal, "claim", lambda *_, **__: None)


def forget_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the stored answers under an Idempotency-Key."""
    monkeypatch.setattr(Journal, "answer", lambda *_, **__: None)
