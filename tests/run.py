"""The whole proof: the walls, then every test on SQLite, then every test on PostgreSQL, then a plain summary.

`make test`, or `python -m tests.run [--only walls|sqlite|postgresql] [words for pytest]`.
"""

import argparse
import contextlib
import dataclasses
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from tests import packages, postgres, walls
from tests.browser import chromium

PARTS = ("walls", "sqlite", "postgresql")
PROCESSES_MAX = 4
NOTHING_RAN = 5  # pytest's exit code when no test was found
# What asks no database.
ONCE = (
    "tests/core", "tests/faces/api/test_openapi.py", "tests/faces/cli/test_docs.py", "tests/faces/design",
    "tests/faces/imports/test_completejourney.py", "tests/faces/imports/test_hostile.py",
    "tests/faces/imports/test_mapping.py", "tests/faces/imports/test_parquet.py",
    "tests/faces/imports/test_reading.py", "tests/faces/imports/test_survey.py", "tests/faces/imports/test_tables.py",
    "tests/faces/imports/test_wheels.py", "tests/faces/letters/test_letters.py", "tests/faces/test_pages.py",
    "tests/faces/test_posted.py", "tests/faces/test_protocol.py", "tests/faces/test_refusals.py",
    "tests/faces/test_show.py", "tests/faces/test_web.py", "tests/faces/test_words.py",
    "tests/features/test_passing.py", "tests/features/test_programme_forms.py", "tests/features/test_rewriting.py",
    "tests/house/test_architecture.py", "tests/house/test_climbing.py", "tests/house/test_clock.py",
    "tests/house/test_core.py", "tests/house/test_hidden_effects.py", "tests/house/test_law.py",
    "tests/house/test_leaks.py", "tests/house/test_limits.py", "tests/house/test_looks.py",
    "tests/house/test_names.py", "tests/house/test_programme_page.py", "tests/house/test_refusals.py",
    "tests/house/test_requirements.py", "tests/house/test_rights.py", "tests/house/test_size.py",
    "tests/house/test_writes.py", "tests/insight/clv", "tests/kit/test_gate.py", "tests/kit/test_payments.py",
    "tests/security/test_outward.py", "tests/stories/test_every_sentence.py", "tests/stories/test_reader.py",
    "tests/stories/test_stories.py::test_in_the_pure_core",
)  # fmt: skip
# What a browser shows of pages that are asked for on both, what is refused before anything but a key or a role is asked
# for, what is counted from files that tests/insight/exports has written from both, and loops that know no database.
ALIKE = (
    "tests/browser", "tests/faces/api/test_fuzz.py::test_raw_bytes", "tests/faces/api/test_kpis.py",
    "tests/faces/api/test_roi.py", "tests/faces/console/test_insight.py", "tests/faces/console/test_worth.py",
    "tests/insight/kpis", "tests/insight/roi", "tests/insight/roll_forward", "tests/insight/test_frames.py",
    "tests/insight/simulate/test_ladders.py::test_a_draft_of_ladders_is_what_the_engine_would_have_done",
    "tests/insight/simulate/test_ladders.py::test_what_rules_give_for_a_rise_is_in_the_books",
    "tests/insight/simulate/test_replays.py::test_compiled_loops_are_the_same",
    "tests/faces/cli/test_demo.py::test_it_asks_what_other_rules_would_have_meant_and_a_worker_says_who_wins_and_who_loses",
    "tests/stories/test_stories.py::test_over_http",
    "tests/security/test_matrix_pages.py::test_each_page_opens_to_whom_the_table_says_and_to_nobody_else",
)  # fmt: skip
MEMORY = Path("/dev/shm")  # noqa: S108 - mkdtemp makes an unguessable folder inside
ROOM_BYTES = 4 << 30  # what the databases of one part take, and as much again


@dataclasses.dataclass(slots=True)
class Tally:
    """What one part of the run came to; `failed` and `skipped` are sentences for the summary."""

    part: str
    passed: int = 0
    failed: list[str] = dataclasses.field(default_factory=list)
    skipped: list[str] = dataclasses.field(default_factory=list)
    seconds: float = 0.0


def check_walls() -> Tally:
    """Count each wall as one test."""
    tally = Tally("walls")
    for verdict in walls.prove_all():
        if verdict.stands:
            tally.passed += 1
        else:
            tally.failed.append(verdict.wall.name)
    return tally


def test_sqlite(words: Sequence[str]) -> Tally:
    """Run the suite on a file in a folder of its own."""
    with _folder() as folder:
        return _run_pytest("sqlite", f"sqlite:///{folder}/tests.sqlite3", folder, words)


def test_postgresql(words: Sequence[str]) -> Tally:
    """Run the suite on a private server; without any, everything is skipped and said so."""
    try:
        with _folder() as folder, postgres.running(inside=_memory()) as url:
            return _run_pytest("postgresql", url, folder, ["--one-language", *words, *_seen_once(words)])
    except packages.Unavailable as reason:
        return Tally("postgresql", skipped=[f"THE WHOLE SUITE ON POSTGRESQL: {reason}"])
    except RuntimeError as problem:
        return Tally("postgresql", failed=[f"PostgreSQL did not run: {problem}"])


def _seen_once(words: Sequence[str]) -> list[str]:
    """Leave out what is the same on every database, and has been proved on SQLite, unless somebody asks for it."""
    once = [one for one in (*ONCE, *ALIKE) if not any(one in word for word in words)]
    return [f"--{'deselect' if '::' in one else 'ignore'}={one}" for one in once]


_SUITES = {"sqlite": test_sqlite, "postgresql": test_postgresql}


def print_summary(tallies: Sequence[Tally]) -> None:
    """Say loudly what was skipped and what failed, and end with one plain line."""
    print(f"\n{'═' * 30} SUMMARY {'═' * 30}")
    for tally in tallies:
        print(
            f"{tally.part:<11} {tally.passed:6} passed {len(tally.failed):6} failed "
            f"{len(tally.skipped):6} skipped {tally.seconds:8.1f} s"
        )
    for title, field in (("SKIPPED", "skipped"), ("FAILED", "failed")):
        rows = [(tally.part, row) for tally in tallies for row in getattr(tally, field)]
        if rows:
            print(f"\n{title}")
        for part, row in rows:
            print(f"  {part:<11} {row}")
    passed = sum(tally.passed for tally in tallies)
    failed = sum(len(tally.failed) for tally in tallies)
    skipped = sum(len(tally.skipped) for tally in tallies)
    print(f"\n{passed} passed, {failed} failed, {skipped} skipped", flush=True)


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for, everything by default; 0 when nothing failed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.run", description=main.__doc__, epilog="Other words go to pytest as they are."
    )
    parser.add_argument("--only", action="append", choices=PARTS, help="run this part alone; may be repeated")
    options, words = parser.parse_known_args(arguments)
    try:
        with postgres.signals_become_exits():
            if not options.only or set(options.only) - {"walls"}:
                _look_for_a_browser()
            tallies = run(options.only or PARTS, words)
    except KeyboardInterrupt:
        print("\nstopped by hand: nothing is proved", flush=True)
        return 130
    print_summary(tallies)
    return 1 if any(tally.failed for tally in tallies) else 0


def _look_for_a_browser() -> None:
    """Install one where that may be done, before several processes look for it; without, the tests of pages skip."""
    with contextlib.suppress(packages.Unavailable):
        chromium.find_or_install()


def run(parts: Sequence[str], words: Sequence[str]) -> list[Tally]:
    """Run the named parts in their fixed order."""
    tallies = []
    for part in PARTS:
        if part not in parts:
            continue
        print(f"\n{'━' * 3} {part} {'━' * (65 - len(part))}", flush=True)
        began = time.monotonic()
        tally = check_walls() if part == "walls" else _SUITES[part](words)
        tally.seconds = time.monotonic() - began
        tallies.append(tally)
    return tallies


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder that others may go through, as servers of PostgreSQL that a torture starts are nobody in particular."""
    with tempfile.TemporaryDirectory(prefix="guerdon-run-", dir=_memory()) as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def _memory() -> Path | None:
    """A place in memory, where there is one with room: whether a disk keeps what it synced is no question of ours.

    The suite commits some hundred thousand times, and a disk takes milliseconds for each.
    """
    try:
        return MEMORY if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM_BYTES else None
    except OSError:
        return None


def _run_pytest(part: str, url: str, folder: Path, words: Sequence[str]) -> Tally:
    """Run pytest in its own process; what it leaves in the temporary folder goes with `folder`."""
    report = folder / "report.xml"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--tb=short",
        # With databases of their own. One more than cores, as some wait for browsers and for servers that a torture
        # kills; many would want more connections than the server gives.
        f"--numprocesses={min((os.cpu_count() or 1) + 1, PROCESSES_MAX)}",
        "--dist=worksteal",
        f"--junitxml={report}",
        "-o",
        "junit_family=xunit1",
        *words,
    ]
    environment = {**os.environ, "GUERDON_DATABASE_URL": url, "TMPDIR": str(folder)}
    # Hundreds of programs are started, and none of them should have to translate all of Guerdon anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    child = subprocess.Popen(command, cwd=walls.ROOT, env=environment)
    try:
        code = child.wait()
    except BaseException:
        # Ctrl-C reaches pytest by itself; a SIGTERM meant for us does not.
        child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(10)
        child.kill()
        raise
    return _count(part, report, code)


def _count(part: str, report: Path, code: int) -> Tally:
    tally = Tally(part)
    if report.exists():
        # Our own pytest wrote the file a moment ago.
        for case in ElementTree.parse(report).iter("testcase"):
            name = f"{case.get('file')}::{case.get('name')}"
            skipped = case.find("skipped")
            if case.find("failure") is not None or case.find("error") is not None:
                tally.failed.append(name)
            elif skipped is not None:
                tally.skipped.append(f"{name} – {skipped.get('message') or 'no reason given'}")
            else:
                tally.passed += 1
    if code == NOTHING_RAN:
        tally.failed.append("no test was found")
    elif code and not tally.failed:
        tally.failed.append(f"pytest ended with exit code {code}")
    return tally


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
