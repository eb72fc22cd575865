"""`make torture`: the whole battery on SQLite and on a private PostgreSQL, and its figures as a page of the docs.

python -m tests.torture [NAME…] [--only sqlite|postgresql] [--quick] [--seed N] [--write]
"""

import argparse
import os
import platform
import secrets
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from tests import postgres, walls

PAGE = walls.ROOT / "docs" / "reference" / "proof.md"
SEED_MAX = 2**31
HEAD = """# The proof

What each torture of the battery came to when it was last run: `make torture ARGS=--write` writes this page, and
`make torture ARGS="crowd kills --write"` the lines of some. Every torture makes scratch installations, mistreats them,
and proves them with `guerdon verify`; then it is run again with each fault planted that it must find, and has to find
it. Run it on your own machine: `guerdon torture --controls --full`, see [the command line](cli.md#guerdon-torture).

"""


COLUMNS = (
    "torture", "database", "planted", "outcome", "form", "took", "seed", "date", "machine", "what was seen",
)  # fmt: skip
NOTHING = "–"
Name = tuple[str, str, str]  # the torture, the database, and the planted fault or nothing


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for; 0 when everything held and every planted fault was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("names", nargs="*", help="which tortures; all of them by default")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="on one database alone")
    parser.add_argument("--quick", action="store_true", help="minutes instead of hours")
    parser.add_argument("--seed", type=int, help="repeat the chance of an earlier run")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args(arguments)
    seed = secrets.randbelow(SEED_MAX) if options.seed is None else options.seed
    print(f"seed {seed}", flush=True)
    told = _told() if options.write else {}
    fine = True
    for outcome in _outcomes(options.names, seed, full=not options.quick, only=options.only):
        name, cells, held = _row(outcome)
        fine &= held
        told[name] = cells
        if options.write:  # after each: what was seen stays, whatever ends the run
            PAGE.write_text(HEAD + _table(told), "utf-8")
    return 0 if fine else 1


def _outcomes(names: Sequence[str], seed: int, *, full: bool, only: str | None) -> "Iterator[object]":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guerdon.site.settings")
    from guerdon.faces.cli.torture import battery, scratch

    if postgres.find_binaries() is None:
        postgres.install()
    with postgres.signals_become_exits():
        for server in {"sqlite": (None,), "postgresql": (scratch.OWN,)}.get(only or "", (None, scratch.OWN)):
            for torture in battery.named(names):
                for fault in (None, *torture.faults):
                    with scratch.place(server) as place:
                        trial = battery.Trial(place, seed, full, fault)
                        outcome = battery.run(torture, trial)
                    mark = f"SKIPPED ({outcome.skipped})" if outcome.skipped else "✓" if outcome.ok else "✗"
                    print(f"{mark} {outcome.name} {outcome.engine} {fault or ''} {outcome.seconds} s", flush=True)
                    for broken in () if fault else outcome.broken:
                        print(f"    {broken}", flush=True)
                    yield outcome


def _row(outcome: object) -> tuple[Name, tuple[str, ...], bool]:
    """What an outcome is a line of, its cells, and whether it is as it should be."""
    from guerdon.faces.cli.torture.battery import Outcome

    assert isinstance(outcome, Outcome)
    held = "held" if outcome.ok else f"{outcome.broken_count} BROKEN"
    told = held if outcome.fault is None else "found" if outcome.ok else "NOT FOUND"
    figures = ", ".join(f"{amount:,} {name}" for name, amount in outcome.figures.items())
    cells = (
        f"SKIPPED: {outcome.skipped}" if outcome.skipped else told, "full" if outcome.full else "quick",
        f"{outcome.seconds:,.0f} s", str(outcome.seed), f"{datetime.now(UTC):%Y-%m-%d}", _machine(), figures,
    )  # fmt: skip
    return (outcome.name, outcome.engine, outcome.fault or NOTHING), cells, outcome.ok


def _machine() -> str:
    cores, memory = os.cpu_count(), os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    return f"{platform.system()}, {cores} cores, {memory} GB, Python {platform.python_version()}"


def _told() -> dict[Name, tuple[str, ...]]:
    """The lines of the page as it is."""
    text = PAGE.read_text("utf-8") if PAGE.exists() else ""
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")][2:]
    return {(name, engine, fault): tuple(cells) for name, engine, fault, *cells in lines}


def _table(told: dict[Name, tuple[str, ...]]) -> str:
    """All lines in the order of the battery, what is planted below what is not."""
    from guerdon.faces.cli.torture.battery import TORTURES

    order = [one.name for one in TORTURES]
    rows = sorted(told.items(), key=lambda row: (order.index(row[0][0]), row[0][1] != "sqlite", row[0][2] != NOTHING))
    lines = [COLUMNS, ("---",) * len(COLUMNS), *[(*name, *cells) for name, cells in rows]]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
