"""Rivals: threads and processes that do things at the same moment, and the switches that turn the house's locks off.

A race that is won by luck proves nothing. So `meeting` brings the rivals together at the worst moment, after each has
decided and before any has written; with the locks on nobody meets, with the locks off everybody does.
"""

import itertools
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
import pytest
from django.db import connection, connections

from guerdon.core.activities import Activity
from guerdon.engine.batch import Batch
from guerdon.features.activities.actions import Journal
from guerdon.features.members import queries as members
from guerdon.features.rulebook import queries as rulebook
from guerdon.kit import store
from guerdon.kit.store import Statement, Store
from tests.house import source

T = TypeVar("T")
MEETING_SECONDS = 0.15  # with the locks on nobody comes, so nobody waits long
PATIENCE_SECONDS = 30


def together(deeds: Sequence[Callable[[], T]]) -> list[T | BaseException]:
    """Do all of it at the same moment, each in its own thread with its own connection; errors are results."""
    start = threading.Barrier(len(deeds))

    def one(deed: Callable[[], T]) -> T | BaseException:
        try:
            start.wait(PATIENCE_SECONDS)
            return deed()
        except BaseException as error:  # the test looks at it
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


@contextmanager
def meeting(monkeypatch: pytest.MonkeyPatch, rivals: int) -> Iterator[None]:
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
        yield


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
    for module in (members, rulebook):
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


def forget_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the natural keys, by which the database itself refuses a second telling."""
    monkeypatch.setattr(Journal, "claim", lambda *_, **__: None)


def forget_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the stored answers under an Idempotency-Key."""
    monkeypatch.setattr(Journal, "answer", lambda *_, **__: None)


# --- processes ---


@dataclass(slots=True)
class Rival:
    """A process that records what it is told, a batch at a time; see `tests/races/rival.py`."""

    process: subprocess.Popen[str]

    def tell(self, programme_id: str, batch: Sequence[Activity], now: str) -> None:
        """Hand it a batch; it answers with a line once the batch is durable."""
        assert self.process.stdin is not None
        told = [msgspec.to_builtins(one) for one in batch]
        self.process.stdin.write(json.dumps({"programme": programme_id, "told": told, "now": now}) + "\n")
        self.process.stdin.flush()

    def answers(self) -> list[Any]:
        """The next answer: for each fact its code, or what it earned."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the rival died"
        found: list[Any] = json.loads(line)
        return found

    def kill(self) -> None:
        """End it without a word."""
        self.process.kill()
        self.process.wait()


@contextmanager
def rivals(count: int) -> Iterator[list[Rival]]:
    """Processes on the database of the run, ready to be told things."""
    found = [start_rival() for _ in range(count)]
    try:
        for rival in found:
            assert rival.answers() == ["ready"]
        yield found
    finally:
        for rival in found:
            rival.kill()


def start_rival(*words: str) -> Rival:
    """One process; its first answer is that it is ready."""
    command = [sys.executable, "-m", "tests.races.rival", *words]
    process = subprocess.Popen(
        command, cwd=source.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    return Rival(process)
