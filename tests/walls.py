"""The walls: every check that needs no database, run side by side; all of them run even when one falls.

To add a wall, add a row to WALLS. From a shell: `make check`, or `python -m tests.walls style types`.
"""

import concurrent.futures
import dataclasses
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Beside the interpreter, links not followed: the programs of this environment, not of the Python behind it.
PROGRAMS = Path(sys.executable).parent


@dataclasses.dataclass(frozen=True, slots=True)
class Wall:
    """One check: what it proves, the command that proves it, and what to do when it falls."""

    name: str
    command: Sequence[str]
    mend: str


WALLS = (
    Wall("style", (str(PROGRAMS / "ruff"), "check"), "ruff check --fix mends most of it"),
    Wall("layout", (str(PROGRAMS / "ruff"), "format", "--check"), "ruff format"),
    Wall("types", (str(PROGRAMS / "mypy"),), "the message names the line"),
    Wall(
        "storeys",
        (str(PROGRAMS / "lint-imports"),),
        "imports only go down; the contracts are in pyproject.toml",
    ),
    Wall(
        "migrations",
        (sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"),
        "a model changed without its migration: python -m django makemigrations",
    ),
    Wall(
        "api",
        (str(PROGRAMS / "guerdon"), "openapi", "--check"),
        "the committed description of the API is old: guerdon openapi --write",
    ),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """How a wall stood."""

    wall: Wall
    stands: bool
    output: str
    seconds: float


def prove(wall: Wall) -> Verdict:
    """Run one wall, with a home of its own so that it reads and writes nobody's settings."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="guerdon-wall-") as home:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "guerdon.site.settings",
            "GUERDON_HOME": home,
            "GUERDON_DATABASE_URL": f"sqlite:///{home}/wall.sqlite3",
            "PYTHONPATH": str(ROOT),
        }
        try:
            done = subprocess.run(
                wall.command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
        except OSError as problem:
            return Verdict(wall, stands=False, output=str(problem), seconds=time.monotonic() - began)
    return Verdict(wall, done.returncode == 0, done.stdout, time.monotonic() - began)


def prove_all(walls: Sequence[Wall] = WALLS) -> list[Verdict]:
    """Run the walls, as many at once as there are processors, and print each verdict as it comes."""
    verdicts = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for future in concurrent.futures.as_completed([pool.submit(prove, wall) for wall in walls]):
            verdict = future.result()
            verdicts.append(verdict)
            word = "stands" if verdict.stands else "FALLS"
            print(f"  {verdict.wall.name:<11} {word:<6} {verdict.seconds:6.1f} s", flush=True)
    for verdict in verdicts:
        if not verdict.stands:
            print(
                f"\n── {verdict.wall.name} falls ──\n{verdict.output.rstrip()}\n→ {verdict.wall.mend}",
                flush=True,
            )
    return verdicts


def main(names: Sequence[str]) -> int:
    """Run the named walls, or all of them."""
    unknown = set(names) - {wall.name for wall in WALLS}
    if unknown:
        print(f"no such wall: {', '.join(sorted(unknown))}; there are {', '.join(wall.name for wall in WALLS)}")
        return 2
    verdicts = prove_all([wall for wall in WALLS if not names or wall.name in names])
    return 0 if all(verdict.stands for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
