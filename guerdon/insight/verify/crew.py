"""Looking at every account: in this process alone, or shared among several that see the very same moment."""

import gc
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from multiprocessing import connection, get_context
from typing import Final

import django
from django.db import connection as django_connection

from guerdon.insight.verify import walk
from guerdon.insight.verify.invariant import Invariant
from guerdon.insight.verify.scope import Book, Scope, books
from guerdon.kit import snapshot
from guerdon.kit.snapshot import Snapshot, Watch

PROCESSES_MAX: Final = 8
POSTINGS_MIN: Final = 50_000  # for each process: with fewer, starting it takes longer than it saves
TRIES_MAX: Final = 500  # to catch one moment in all processes while others commit
PROGRESS_SECONDS: Final = 0.1

Progress = Callable[[int], None]
Tally = dict[str, list[int]]  # by programme: members, activities, postings

_COUNT: Final = "SELECT count(*) FROM ledger_posting p WHERE [mine p]"
_BORDER: Final = "SELECT [id p.account_id] FROM ledger_posting p WHERE [mine p] ORDER BY p.account_id LIMIT 1 OFFSET "


@dataclass(frozen=True, slots=True)
class Task:
    """Some accounts, and what is to be held against each of them."""

    scope: Scope
    facts: bool
    invariants: list[Invariant]


def look(view: Snapshot, law: dict[str, Book], task: Task, progress: Progress) -> Tally:
    """Let every invariant look at every account of the task; answers how much there was."""
    looking = [one for one in task.invariants if one.looks]
    tally: Tally = {}
    seen, now = 0, time.perf_counter
    told = now()
    for account in walk.accounts(view, task.scope, law, facts=task.facts):
        for one in looking:
            began = now()
            one.look(account)
            one.seconds += now() - began
        if account.member is not None:
            sums = tally.setdefault(account.member.programme_id, [0, 0, 0])
            sums[0] += 1
            sums[1] += len(account.entries)
            sums[2] += len(account.postings)
        seen += 1
        if now() - told > PROGRESS_SECONDS:
            progress(seen)
            seen, told = 0, now()
    progress(seen)
    return tally


class Crew:
    """The processes beside this one; none where the work is small."""

    def __init__(self, hands: "list[_Hand]", scopes: list[Scope]) -> None:
        self._hands = hands
        self._scopes = scopes

    def begin(self, task: Task) -> None:
        """Give each process its share; the invariants know what was asked before, and have seen nothing yet."""
        for hand, scope in zip(self._hands, self._scopes, strict=False):
            mine = [one.share() for one in task.invariants if one.looks]
            hand.pipe.send(replace(task, scope=scope, invariants=mine))

    def look(self, view: Snapshot, law: dict[str, Book], task: Task, progress: Progress) -> Tally:
        """Look at all accounts: wait for the processes and put together what they saw, or look oneself."""
        if not self._hands:
            return look(view, law, task, progress)
        working = {hand.pipe: hand for hand in self._hands}
        while working:
            for pipe in connection.wait(list(working)):
                hand = working[pipe]  # type: ignore[index]
                hand.hear(progress)
                if hand.tally is not None:
                    del working[hand.pipe]
        looking = [one for one in task.invariants if one.looks]
        tally: Tally = {}
        for hand in self._hands:  # in the order of accounts, so that the first counter-example is the first
            for one, share in zip(looking, hand.invariants, strict=True):
                one.join(share)
            tally |= {of: [a + b for a, b in zip(tally.get(of, [0, 0, 0]), sums, strict=True)]
                      for of, sums in (hand.tally or {}).items()}  # fmt: skip
        return tally


@contextmanager
def gathered(view: Snapshot, scope: Scope, processes: int | None = None) -> Iterator[Crew]:
    """The processes that the work is worth, all of which see what `view` sees; it may see a later moment afterwards."""
    scopes = _cut(view, scope, processes)
    hands = [_Hand() for _ in scopes] if len(scopes) > 1 else []
    try:
        yield Crew(hands if _at_one_moment(view, hands) else [], scopes)
    finally:
        for hand in hands:
            hand.close()


def _cut(view: Snapshot, scope: Scope, processes: int | None) -> list[Scope]:
    """The scope in parts with as many postings each."""
    postings = int(next(view.stream(scope.ask(_COUNT), **scope.params))[0])
    most = processes or min(os.cpu_count() or 1, PROCESSES_MAX, postings // POSTINGS_MIN)
    offsets = [postings * place // most for place in range(1, most)] if postings else []
    borders = {str(next(view.stream(scope.ask(f"{_BORDER}{offset}"), **scope.params))[0]) for offset in offsets}
    edges = [None, *sorted(borders), None]
    return [replace(scope, first=first, until=until) for first, until in pairwise(edges)]


def _at_one_moment(view: Snapshot, hands: "list[_Hand]") -> bool:
    """Let all see one moment. On SQLite, where none can be named, it is caught between two commits, nobody waiting."""
    if view.postgresql:
        moment = view.moment() if hands else ""
        _begin(hands, moment)
        return True
    if not hands:
        return True
    watch = Watch()
    try:
        for _ in range(TRIES_MAX):
            view.end()
            watch.is_still()
            view.begin()
            _begin(hands, "")
            if watch.is_still():
                return True
        return False
    finally:
        watch.close()


def _begin(hands: "list[_Hand]", moment: str) -> None:
    for hand in hands:
        hand.pipe.send(moment)
    for hand in hands:
        hand.hear(lambda _: None)


class _Hand:
    """Another process, and what it has found."""

    def __init__(self) -> None:
        spawn = get_context("spawn")  # a fork would inherit connections, and threads that hold locks
        self.pipe, theirs = spawn.Pipe()
        self.invariants: list[Invariant] = []
        self.tally: Tally | None = None
        name = str(django_connection.settings_dict["NAME"])
        self._process = spawn.Process(target=_help, args=(theirs, name), daemon=True)
        self._process.start()
        theirs.close()

    def hear(self, progress: Progress) -> None:
        """Take the next thing it says: that its moment has begun, how many accounts it has seen, or all it found."""
        try:
            told = self.pipe.recv()
        except EOFError as error:
            raise RuntimeError(f"a process of the proof has ended ({self._process.exitcode})") from error
        if isinstance(told, str):
            raise RuntimeError(f"a process of the proof has failed:\n{told}")
        if isinstance(told, int):
            progress(told)
        else:
            self.invariants, self.tally = told

    def close(self) -> None:
        self._process.terminate()
        self._process.join()
        self.pipe.close()


def _help(pipe: "connection.Connection[object, object]", name: str) -> None:
    """What a hand does: begins as often as it is told to, does its task, and says what it found."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this process ends it
    try:
        django.setup()
        assert str(django_connection.settings_dict["NAME"]) == name, "another database than the proof's"
        gc.freeze()
        gc.disable()  # an account has no circles, and goes as the next one comes
        with snapshot.opened() as view:
            while isinstance(told := pipe.recv(), str):
                view.end()
                view.begin(told or None)
                pipe.send(0)
            assert isinstance(told, Task)
            tally = look(view, books(view, told.scope), told, pipe.send)
            pipe.send((told.invariants, tally))
    except (EOFError, BrokenPipeError):
        return  # nobody waits for the answer any more
    except Exception:
        pipe.send(traceback.format_exc())  # the one who waits raises it
