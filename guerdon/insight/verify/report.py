"""What a proof answers: a verdict per invariant with its figures and first counter-example, and the totals."""

from datetime import datetime

import msgspec


class Counterexample(msgspec.Struct, frozen=True):
    """The first thing found that the law forbids: where it is, what it is, what it should have been."""

    what: str
    expected: str
    found: str
    at: dict[str, str]  # ids with their prefixes, unit, seq: enough to find the very row

    def __str__(self) -> str:
        where = ", ".join(f"{name} {value}" for name, value in self.at.items())
        return f"{self.what}: expected {self.expected}, found {self.found} ({where})"


class Verdict(msgspec.Struct, frozen=True, omit_defaults=True):
    """How one invariant stands; `holds` is None where there is nothing yet that could break it."""

    clause: str  # of the law: `10.3`
    part: str
    sentence: str
    holds: bool | None
    figures: dict[str, int] = {}
    broken: int = 0
    first: Counterexample | None = None
    note: str = ""
    seconds: float = 0.0

    @property
    def name(self) -> str:
        """`10.16 limits`, as commands and tests call it."""
        return f"{self.clause} {self.part}".strip()


class UnitTotals(msgspec.Struct, frozen=True):
    """What became of all points of a unit, in its smallest step; adjusted is up less down."""

    unit: str
    scale: int
    issued: int
    adjusted: int
    burned: int
    expired: int
    clawed_back: int
    fees: int
    donated: int
    outstanding: int
    debt: int


class ProgrammeTotals(msgspec.Struct, frozen=True):
    """What was looked at in one programme."""

    key: str
    members: int
    activities: int
    postings: int
    units: tuple[UnitTotals, ...]


class Report(msgspec.Struct, frozen=True):
    """The whole proof, of one snapshot."""

    ok: bool
    at: datetime
    deep: bool
    seconds: float
    verdicts: tuple[Verdict, ...]
    programmes: tuple[ProgrammeTotals, ...]

    @property
    def broken(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.holds is False]
