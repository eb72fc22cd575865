"""The battery: which tortures there are, what each is given, and what it came to."""

import importlib
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from guerdon.faces.cli.torture import scratch

BROKEN_SHOWN_MAX: Final = 20

Say = Callable[[str], None]


class Skipped(Exception):
    """A torture can't be done here; the message says why. It is told loudly: nothing was proved."""


class Torture(NamedTuple):
    """One way to torture an installation, and the faults that it must find when they are planted."""

    name: str
    room: str  # the module whose `run` it is
    what: str
    faults: tuple[str, ...]


TORTURES: Final = (
    Torture(
        "crowd", "crowd", "Many tills at few hot members; every answer is explained in the order of the journal.",
        ("loses",),
    ),
    Torture(
        "repeats", "repeats", "The same request forty times at once: it counts once, and all hear the same.",
        ("forgets_keys",),
    ),
    Torture(
        "cuts", "cuts", "The power is cut; from whatever the disk may hold by then it starts, and nothing is lost.",
        ("syncs_late", "never_syncs"),
    ),
    Torture(
        "disks", "disks", "The disk is full, read-only or broken; no lie is told, and it goes on by itself.",
        ("swallows",),
    ),
    Torture(
        "kills", "kills", "Server, worker and database are killed under load; what was answered is there, once.",
        ("commits_late", "forgets_news", "drops_letters"),
    ),
    Torture(
        "network", "network", "A bad network loses, cuts, delays and doubles; who asks again is counted once.",
        ("forgets_keys",),
    ),
    Torture(
        "greedy", "greedy", "Slow and greedy callers are cut off in time, and everybody else is served.",
        ("sweepless",),
    ),
    Torture(
        "overrun", "overrun", "Forty want at once what there is less of: exactly as much is had as there is.",
        ("no_limits",),
    ),
    Torture(
        "disorder", "disorder", "Facts told five times, shuffled and weeks late end as the law says of that order.",
        ("parks_for_ever",),
    ),
    Torture(
        "backups", "backups", "Backups under load hold one moment, and restored elsewhere they are proved.",
        ("backs_up_piecemeal",),
    ),
    Torture(
        "traces", "traces", "Somebody known by words found nowhere else is erased; no file says any more who it was.",
        ("remembers", "logs_what_is_asked"),
    ),
    Torture(
        "clocks", "clocks", "The clock jumps back and forth over changes of the hour, leap day, new year; all fits.",
        ("host_days", "nights_by_hosts"),
    ),
    Torture(
        "soak", "soak", "A month of a shop in minutes: nothing grows, nothing is left over, nothing is lost.",
        ("hoards", "forgets_news"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trial:
    """What a torture is given: where to be, chance that can be repeated, how hard to try, and a planted fault."""

    place: scratch.Place
    seed: int
    thorough: bool  # for hours
    fault: str | None = None
    say: Say = lambda text: None
    within_seconds: float = 5  # in the full form whoever was killed must serve again

    @property
    def full(self) -> bool:
        """Whether it is the full form: a planted fault is found in the quick one, and what takes long finds no more."""
        return self.thorough and self.fault is None

    def chance(self, name: str = "") -> random.Random:
        """Chance of its own for each who asks by another name, the same in every run with this seed."""
        return random.Random(f"{self.seed} {name}")

    def times(self, quick: int, full: int) -> int:
        """How often something is done."""
        return full if self.full else quick


@dataclass(slots=True)
class Findings:
    """What a torture saw: figures, and whatever should not have been."""

    figures: dict[str, int | float] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    one_is_enough: bool = False  # a fault is planted, and whoever has found it need not look any further

    @property
    def enough(self) -> bool:
        """Whether there is nothing more to be found out."""
        return self.one_is_enough and bool(self.broken)

    def count(self, name: str, more: int = 1) -> None:
        """Add to a figure."""
        self.figures[name] = self.figures.get(name, 0) + more

    def expect(self, holds: bool, otherwise: str) -> None:
        """Note what is broken where it does not hold."""
        if not holds:
            self.broken.append(otherwise)


class Outcome(msgspec.Struct, frozen=True):
    """What one torture came to; `fault` was planted, or None."""

    name: str
    engine: str
    seed: int
    full: bool
    fault: str | None
    seconds: float
    figures: dict[str, int | float]
    broken: list[str]  # the first of them
    broken_count: int
    skipped: str = ""  # why it could not be done here

    @property
    def ok(self) -> bool:
        """Nothing broken; or where a fault was planted, it was found. What was skipped proves nothing, and is told."""
        return bool(self.skipped) or (self.broken_count > 0) == (self.fault is not None)


def named(names: Sequence[str]) -> list[Torture]:
    """The tortures of these names in the order of the battery, all of them by default. Raises KeyError."""
    known = {one.name: one for one in TORTURES}
    wanted = {name: known[name] for name in names} if names else known
    return [one for one in TORTURES if one.name in wanted]


def run(torture: Torture, trial: Trial) -> Outcome:
    """Run one torture; what it raises is its own fault, not a finding."""
    began = time.perf_counter()
    findings = Findings(one_is_enough=trial.fault is not None)
    room = importlib.import_module(f"guerdon.faces.cli.torture.{torture.room}")
    skipped = ""
    try:
        room.run(trial, findings)
    except Skipped as reason:
        skipped = str(reason)
    return Outcome(
        name=torture.name,
        engine=trial.place.engine,
        seed=trial.seed,
        full=trial.full,
        fault=trial.fault,
        seconds=round(time.perf_counter() - began, 1),
        figures=findings.figures,
        broken=findings.broken[:BROKEN_SHOWN_MAX],
        broken_count=len(findings.broken),
        skipped=skipped,
    )


def folder_of(trial: Trial, name: str) -> Path:
    """A folder of its own for a part of a trial."""
    path = trial.place.folder / name
    path.mkdir(exist_ok=True)
    return path
