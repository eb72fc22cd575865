"""Faults on trial: each is planted in a fork of a process that has imported everything, and its tests run there.

What a function does is changed where it lives, in the function itself, so everybody who holds it has the fault.
"""

import contextlib
import dataclasses
import gc
import importlib
import math
import os
import resource
import select
import shutil
import signal
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import CodeType, FunctionType
from urllib.parse import unquote, urlsplit

import pytest

from tests import databases
from tests.mutation import faults, reach
from tests.mutation.faults import Fault
from tests.mutation.ground import Ground

FOUND, SURVIVED, ENDLESS, UNREACHED, SAME = "found", "survived", "endless", "unreached", "same"
WAIT_TIMES = 4.0  # a child may compute so many times as long as its tests do, and a while
IDLE_TIMES = 8.0  # and take so many times as long altogether: it may wait for somebody, or for a turn on a busy machine
MEMORY_BYTES = 4 << 30  # an endless loop that collects something is ended by this
FAILED_CODE, SAME_CODE, BROKEN_CODE = 1, 3, 4


@dataclasses.dataclass(frozen=True, slots=True)
class Trial:
    """What came of one fault: by which test it was found, or how many looked at it and saw nothing."""

    name: str
    outcome: str
    test: str = ""
    looked: int = 0
    seconds: float = 0.0


@dataclasses.dataclass(frozen=True, slots=True)
class Pace:
    """Seconds of computing that a fault is given."""

    patience: float  # of its tests; what they do not find until then counts as survived
    wait: float  # beyond that, before it is called endless


class Court:
    """Tries faults, one after another, in the place where pytest would run its tests."""

    def __init__(
        self,
        ground: Ground,
        charged: Sequence[Fault],
        reached: reach.Reach,
        tell: Callable[[Trial], None],
        pace: Pace,
        finders: Mapping[str, Mapping[str, int]] | None = None,
    ) -> None:
        self.ground, self.charged, self.reached, self.tell = ground, charged, reached, tell
        self.pace = pace
        # By module, how many of its faults each test has found.
        self.finders: dict[str, Counter[str]] = defaultdict(Counter)
        for module, known in (finders or {}).items():
            self.finders[module].update(known)
        self.files = dict(ground.modules())
        self.sound: dict[str, tuple[str, CodeType]] = {}  # what a module says, and what it means
        self.failed = False
        self.store = Store()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self.live = _find_functions(self.ground)
        self.remembering = reach.find_remembering()
        self.store.fill(session)
        gc.freeze()  # children share what is there already
        self._prove_innocence()
        for fault in self.charged:
            trial = self._try(fault)
            self.finders[fault.module][trial.test] += trial.outcome == FOUND
            self.tell(trial)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed |= report.failed

    def _prove_innocence(self) -> None:
        """With nothing planted nothing may be found, or a test that fails by itself would find everything."""
        reached = [tests for tests in map(self._choose, self.charged) if tests]
        for tests in reached[:: max(1, len(reached) // 2)]:
            trial = self._judge("nothing", None, tests)
            if trial.outcome != SURVIVED:
                raise SystemExit(f"with nothing planted: {trial.outcome} {trial.test}")

    def _try(self, fault: Fault) -> Trial:
        tests = self._choose(fault)
        return self._judge(fault.name, fault, tests) if tests else Trial(fault.name, UNREACHED)

    def _choose(self, fault: Fault) -> list[str]:
        """The tests that reach it, the closest and fastest first, until patience ends; one at least."""
        chosen: list[str] = []
        left = self.pace.patience
        for test in self.reached.tests(fault.module, fault.lines, self.finders[fault.module]):
            left -= self.reached.seconds[test]
            if test in self.items and (left > 0 or not chosen):
                chosen.append(test)
        return chosen

    def _judge(self, name: str, fault: Fault | None, tests: Sequence[str]) -> Trial:
        """Run the tests in a child and wait for it, not for ever."""
        limit = math.ceil(self.pace.wait + WAIT_TIMES * sum(self.reached.seconds[test] for test in tests))
        self.store.restore()
        if fault is not None:
            self._read(fault.module)
        began, (reading, writing) = time.monotonic(), os.pipe()
        child = os.fork()
        if not child:
            self._run_inside(fault, tests, limit, writing)
        os.close(writing)
        watched = os.pidfd_open(child)
        ended, _, _ = select.select([watched], [], [], limit * IDLE_TIMES)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # the child's own group, and what its tests left running
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        with os.fdopen(reading) as told:
            test = told.read()
        os.close(watched)
        if code == BROKEN_CODE:
            raise SystemExit(f"{name}: {test}")
        known = {0: SURVIVED, SAME_CODE: SAME, -signal.SIGXCPU: ENDLESS, -signal.SIGKILL: ENDLESS}
        outcome = known.get(code, FOUND) if ended else ENDLESS
        return Trial(name, outcome, test, len(tests), round(time.monotonic() - began, 2))

    def _run_inside(self, fault: Fault | None, tests: Sequence[str], limit: int, writing: int) -> None:
        """The whole life of a child; it never returns."""
        code = BROKEN_CODE
        try:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            if fault is not None and not self._plant(fault):
                os._exit(SAME_CODE)
            code = FAILED_CODE  # whatever happens from here on, happens because of the fault
            found = self._find_failure([self.items[test] for test in tests])
            os.write(writing, found.encode())
            code = FAILED_CODE if found else 0
        except BaseException as problem:
            os.write(writing, repr(problem).encode())
        finally:
            os._exit(code)

    def _plant(self, fault: Fault) -> bool:
        """Put the changed code into every function that has it; whether there was any, and it was another one."""
        file = self.files[fault.module]
        source, before = self._read(fault.module)
        planted = False
        for old, new in faults.pair(before, faults.plant(fault, source, str(file))):
            # Code that names `super()` no longer cannot take the place of one that does.
            fits = old != new and old.co_freevars == new.co_freevars
            for function in self.live[str(file), old] if fits else ():
                function.__code__ = new
                planted = True
        for remembering in self.remembering:
            remembering.cache_clear()
        return planted

    def _read(self, module: str) -> tuple[str, CodeType]:
        """The module without faults, read once for all that are tried in it."""
        if module not in self.sound:
            source = self.files[module].read_text()
            self.sound[module] = source, compile(source, str(self.files[module]), "exec", dont_inherit=True)
        return self.sound[module]

    def _find_failure(self, items: Sequence[pytest.Item]) -> str:
        """The first test that fails; empty where all are content."""
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return item.nodeid
        return ""


class Store:
    """The database of the tests, if any asks for one: filled once, and put back before every child."""

    def __init__(self) -> None:
        self.file: Path | None = None
        self.beside: set[Path] = set()

    def fill(self, session: pytest.Session) -> None:
        """Run a test that asks for the database, so that children find it there, and whatever is loaded with it."""
        asking = next((item for item in session.items if "scratch_database" in getattr(item, "fixturenames", ())), None)
        if asking is None:
            return
        # What both stand in stays set up; any other test may follow only where that is nothing but the whole.
        around = set(asking.listchain())
        stranger = min(session.items, key=lambda item: len(around.intersection(item.listchain())))
        session.config.hook.pytest_runtest_protocol(item=asking, nextitem=stranger)
        if threading.active_count() > 1:
            raise SystemExit(f"threads would be missing in children: {threading.enumerate()}")
        databases.disconnect()
        self.file = Path(unquote(urlsplit(os.environ[databases.VARIABLE]).path[1:]))
        shutil.copy(self.file, self._kept)
        self.beside = set(self.file.parent.iterdir())

    def restore(self) -> None:
        """Make everything as it was; what a child left is taken away."""
        if self.file is None:
            return
        for left in set(self.file.parent.iterdir()) - self.beside:
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        shutil.copy(self._kept, self.file)

    @property
    def _kept(self) -> Path:
        assert self.file is not None
        return self.file.with_suffix(".kept")


def _find_functions(ground: Ground) -> dict[tuple[str, CodeType], list[FunctionType]]:
    """Every function of the ground that there is, by its file and its code; whatever holds it holds what is found."""
    for _, file in ground.modules():
        importlib.import_module(".".join(file.relative_to(ground.root).with_suffix("").parts).removesuffix(".__init__"))
    places = tuple(f"{ground.root / place}{os.sep}" for place in ground.code)
    live: dict[tuple[str, CodeType], list[FunctionType]] = defaultdict(list)
    for function in _functions():
        if function.__code__.co_filename.startswith(places):
            live[function.__code__.co_filename, function.__code__].append(function)
    return live


def _functions() -> Iterator[FunctionType]:
    return (one for one in gc.get_objects() if type(one) is FunctionType)
