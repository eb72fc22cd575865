"""Which tests reach which line, and what each costs: one run under coverage, kept by the file of tests.

Started as a program of its own, `python -m tests.mutation.reach`, so that coverage is there before the code is.
"""

import contextlib
import functools
import gc
import json
import os
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import coverage
import pytest

from tests.mutation import pace
from tests.mutation.ground import Ground, digest

Lines = dict[str, dict[int, set[str]]]
# How many times as long a test seems to take where it is not of the noun that has the fault, and not of its storey.
FARTHER = 4.0


class Watch:
    """Runs every test in a context of its own; a test that fails by itself finds nothing and is left out."""

    def __init__(self, cover: coverage.Coverage) -> None:
        self.cover = cover
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    def pytest_collection_finish(self) -> None:
        self.remembering = find_remembering()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        for remembering in self.remembering:
            remembering.cache_clear()
        self.cover.switch_context(item.nodeid)
        began = time.process_time()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.process_time() - began
            self.cover.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed or report.skipped:
            self.failed.add(report.nodeid)


def find_remembering() -> list[Any]:
    """Functions that remember: what one knows was perhaps worked out for another test, and never again."""
    found = [one for one in gc.get_objects() if type(one) is functools._lru_cache_wrapper]
    return [one for one in found if (one.__module__ or "").startswith("guerdon.")]


def watch(ground: Ground, files: Sequence[Path]) -> None:
    """Run these files of tests and keep what they reach."""
    cover = coverage.Coverage(
        data_file=None, config_file=False, source=[str(ground.root / place) for place in ground.code]
    )
    watching = Watch(cover)
    with cover.collect():
        pace.collect(ground, [str(file) for file in files], watching)
    reached: dict[str, dict[str, dict[str, list[int]]]] = defaultdict(lambda: defaultdict(dict))
    names = {str(file): name for name, file in ground.modules()}
    data = cover.get_data()
    for measured in data.measured_files():
        by_test: dict[str, list[int]] = defaultdict(list)
        for line, tests in data.contexts_by_lineno(measured).items():
            for test in tests:
                by_test[test].append(line)
        for test, lines in by_test.items():
            if test not in watching.failed and measured in names:
                reached[test.partition("::")[0]][test][names[measured]] = lines
    imported = reached.pop("", {}).get("", {})
    stamps = ground.stamps()
    for file in files:
        name = str(file.relative_to(ground.root))
        seconds = {test: taken for test, taken in watching.seconds.items() if test.partition("::")[0] == name}
        met = {module: stamps[module] for lines in reached[name].values() for module in lines}
        kept = {"lines": reached[name], "seconds": seconds, "imported": imported, "stamp": digest(file), "met": met}
        place = _place(ground, file)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(kept))
    for test in sorted(watching.failed):
        print(f"left out, it fails or is skipped by itself: {test}", file=sys.stderr)


class Reach:
    """What is kept of all files of tests, put together."""

    def __init__(self, ground: Ground) -> None:
        self.seconds: dict[str, float] = {}
        self._lines: Lines = defaultdict(lambda: defaultdict(set))
        self._imported: dict[str, set[int]] = defaultdict(set)
        for file in ground.test_files():
            kept = json.loads(_place(ground, file).read_text())
            self.seconds |= kept["seconds"]
            for module, lines in kept["imported"].items():
                self._imported[module].update(lines)
            for test, modules in kept["lines"].items():
                for module, lines in modules.items():
                    for line in lines:
                        self._lines[module][line].add(test)

    def tests(self, module: str, lines: range, finders: Mapping[str, int] | None = None) -> list[str]:
        """Those that reach one of the lines, the likeliest to find something there for what it costs first.

        The tests of a noun know most of its modules; `finders` are those that have found faults of it before.
        """
        known = finders or {}
        costs: dict[str, float] = {}
        before: Counter[str] = Counter()  # by function: what one of its cases does not see, the next hardly will
        for test in sorted(self._of(module, lines), key=lambda test: (self.seconds[test], test)):
            function = test.partition("[")[0]
            before[function] += 1
            far = FARTHER ** distance(test, module)
            costs[test] = self.seconds[test] * far * before[function] / (1 + known.get(test, 0))
        return sorted(costs, key=lambda test: (costs[test], test))

    def only_imports(self, module: str, lines: range) -> bool:
        """Whether the lines run while something is imported, and never again."""
        return not self._of(module, lines) and bool(self._imported[module].intersection(lines))

    def _of(self, module: str, lines: range) -> set[str]:
        return set().union(*(self._lines[module].get(line, set()) for line in lines))


@functools.cache
def distance(test: str, module: str) -> int:
    """How far a test is from a module: 0 of the same noun, 1 of the same storey, 2 of another one."""
    file = Path(test.partition("::")[0])
    if _nouns(module) & _nouns(file.stem):
        return 0
    return 1 if module.partition(".")[0] in file.parts else 2


@functools.cache
def _nouns(name: str) -> frozenset[str]:
    """The words of a name, in the singular: `core.grammar.rewards` and `test_reward_sentences` share one."""
    return frozenset(word.removesuffix("s") for word in re.split(r"[._]", name)) - {"core", "test", "of"}


def stale(ground: Ground) -> list[Path]:
    """The files of tests about which nothing is kept, that were changed, or that reach a module that was."""
    stamps, old = ground.stamps(), []
    for file in ground.test_files():
        with contextlib.suppress(FileNotFoundError):
            kept = json.loads(_place(ground, file).read_text())
            if kept["stamp"] == digest(file) and kept["met"].items() <= stamps.items():
                continue
        old.append(file)
    return old


def _place(ground: Ground, file: Path) -> Path:
    return ground.kept / "reach" / f"{file.relative_to(ground.root)}.json"


if __name__ == "__main__":
    words = json.loads(sys.argv[1])
    here = Ground(Path(words["root"]), tuple(words["code"]), tuple(words["tests"]))
    watch(here, [Path(file) for file in words["files"]])
    sys.stdout.flush()
    os._exit(0)  # what tests leave running is not waited for
