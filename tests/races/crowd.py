"""Rivals: threads and processes that do things at the same moment, and the switches that turn the house's locks off.

A race that is won by luck proves nothing. So `meeting` brings the rivals together at the worst moment, after each has
read and before any has written; with the locks on nobody meets, with the locks off everybody does.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
import pytest
from django.db import connection, connections

from guerdon.core.activities import Activity
from guerdon.engine import desk
from guerdon.features.activities.actions import Journal
from guerdon.features.members import queries as members
from guerdon.features.rulebook import queries as rulebook
from guerdon.kit import store
from guerdon.kit.store import Statement, Store
from tests.house import source

T = TypeVar("T")
MEETING_SECONDS = 0.15
PATIENCE_SECONDS = 120


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
    """Rivals that have gathered wait for each other before they decide; who is locked out is not waited for long."""
    place = threading.Barrier(rivals)
    gather = desk.gather

    def gather_and_wait(*args: Any, **more: Any) -> Any:
        gathered = gather(*args, **more)
        try:
            place.wait(MEETING_SECONDS)
        except threading.BrokenBarrierError:
            pass  # somebody is locked out, or has been here before
        return gathered

    with monkeypatch.context() as patch:
        patch.setattr(desk, "gather", gather_and_wait)
        yield


# --- switching the locks off, for the controls ---


def unlock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the members' and the budgets' locks away: on SQLite everybody writes at once, statement by statement."""
    for module in (members, rulebook):
        for name, found in list(vars(module).items()):
            if isinstance(found, Statement) and "FOR NO KEY UPDATE" in found.text:
                bare = found.text.partition(" FOR NO KEY UPDATE")[0]
                monkeypatch.setattr(module, name, Statement(bare, sqlite=found.sqlite))
    if connection.vendor == "sqlite":
        monkeypatch.setattr(Store, "transaction", _no_transaction)


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


def start_rival() -> Rival:
    """One process; its first answer is that it is ready."""
    command = [sys.executable, "-m", "tests.races.rival"]
    process = subprocess.Popen(
        command, cwd=source.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    return Rival(process)


def deadlocks() -> int:
    """How many deadlocks the database has seen; on SQLite, with its one writer, there can be none."""
    if connection.vendor != "postgresql":
        return 0
    statement = Statement("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    return int(store.current().fetch(statement)[0][0])
