"""`make torture`: the whole battery on SQLite and on a private PostgreSQL, and its figures as a page of the docs.

python -m tests.torture [NAME…] [--quick] [--seed N] [--write]
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

What the battery came to when it was last run: `make torture ARGS=--write` writes this page. Every torture makes scratch
installations, mistreats them, and proves them with `guerdon verify`; then it is run again with each fault planted that
it must find, and has to find it. Run it on your own machine: `guerdon torture --controls --full`, see
[the command line](cli.md#guerdon-torture).

"""


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for; 0 when everything held and every planted fault was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("names", nargs="*", help="which tortures; all of them by default")
    parser.add_argument("--quick", action="store_true", help="minutes instead of hours")
    parser.add_argument("--seed", type=int, help="repeat the chance of an earlier run")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args(arguments)
    seed = secrets.randbelow(SEED_MAX) if options.seed is None else options.seed
    print(f"seed {seed}", flush=True)
    rows = [_row(one) for one in _outcomes(options.names, seed, full=not options.quick)]
    if options.write:
        PAGE.write_text(HEAD + _about(seed, quick=options.quick) + _table(row for row, _ in rows), "utf-8")
    return 0 if all(fine for _, fine in rows) else 1


def _outcomes(names: Sequence[str], seed: int, *, full: bool) -> "Iterator[object]":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guerdon.site.settings")
    from guerdon.faces.cli.torture import battery, scratch

    if postgres.find_binaries() is None:
        postgres.install()
    with postgres.signals_become_exits():
        for server in (None, scratch.OWN):
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


def _row(outcome: object) -> tuple[tuple[str, ...], bool]:
    from guerdon.faces.cli.torture.battery import Outcome

    assert isinstance(outcome, Outcome)
    held = (
        f"SKIPPED: {outcome.skipped}" if outcome.skipped else "held" if outcome.ok else f"{outcome.broken_count} broken"
    )
    told = (
        held
        if outcome.fault is None or outcome.skipped
        else f"{outcome.fault}: {'found' if outcome.ok else 'NOT FOUND'}"
    )
    figures = ", ".join(f"{amount:,} {name}" for name, amount in outcome.figures.items())
    return (outcome.name, outcome.engine, told, f"{outcome.seconds:,.0f} s", figures), outcome.ok


def _about(seed: int, *, quick: bool) -> str:
    cores, memory = os.cpu_count(), os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    form = "quick" if quick else "full"
    machine = f"{platform.system()}, {cores} cores, {memory} GB, Python {platform.python_version()}"
    return f"Run on {datetime.now(UTC):%Y-%m-%d}, {form} form, seed {seed}, on {machine}.\n\n"


def _table(rows: Iterator[tuple[str, ...]]) -> str:
    head = ("torture", "database", "outcome", "took", "what was seen")
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
