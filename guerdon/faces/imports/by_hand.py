"""Adjustments out of a file: tried on the very path that books them, told with a fingerprint, then booked.

The fingerprint is of the file, the version in force and every row's outcome. Booking begins only where a new rehearsal
ends in the same one, so nobody books anything but what somebody has looked at. What was booked before
answers what it answered then, so a run that was stopped has the same fingerprint still.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from guerdon.core import errors, limits, money
from guerdon.core.activities import IdentifierKind, Member
from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.engine import adjust, group_commit
from guerdon.engine.adjust import Actor
from guerdon.engine.batch import Outcome, Told
from guerdon.engine.desk import Result
from guerdon.faces.imports.rows import Row
from guerdon.faces.imports.tables import Layout, Table, open_table
from guerdon.kit import ids

COLUMNS: Final = ("member", "unit", "points", "reason", "external_id")
NOTE: Final = "note"
SOURCE: Final = "csv"
TOLD_OTHERWISE: Final = "told_otherwise"
FILE_TOO_LONG = errors.declare("invalid", "adjustments_too_many", "file", "most")

Advance = Callable[[int], None]


class Line(msgspec.Struct, frozen=True):
    """One row: what it asks for, or why it can't be read."""

    number: int
    asked: adjust.Adjustment | None = None
    reason: str = ""


class Refused(msgspec.Struct, frozen=True):
    """A row that stays out, and why."""

    line: int
    reason: str
    refusal: Refusal | None = None


class Part(msgspec.Struct):
    """Rows of which the same came; points by unit, in its smallest step."""

    rows: int = 0
    given: dict[str, int] = {}
    taken: dict[str, int] = {}

    def add(self, unit: str, points: int) -> None:
        """Count one more row."""
        self.rows += 1
        sums = self.given if points > 0 else self.taken
        sums[unit] = sums.get(unit, 0) + abs(points)


class Summary(msgspec.Struct, frozen=True):
    """What came, or would come, of a file; every row is in one of the parts, or refused."""

    rows: int
    booked: Part
    waiting: Part  # for a second person; nothing of it has moved
    known: Part  # booked or asked for by an earlier run, which counted it
    refused: tuple[Refused, ...]
    fingerprint: str


def read(path: Path, *, programme: Programme, actor: Actor) -> list[Line]:
    """The rows of the file. Raises `import_file_unreadable`, and `adjustments_too_many`."""
    table, columns = _opened(path)
    lines: list[Line] = []
    for row in table.rows():
        if len(lines) == limits.ADJUSTMENTS_OF_FILE_MAX:
            raise FILE_TOO_LONG(file=path.name, most=limits.ADJUSTMENTS_OF_FILE_MAX)
        lines.append(_line(row, table.places, columns, programme, actor))
    return lines


def digest(path: Path) -> str:
    """The SHA-256 of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def rehearse(programme_id: str, lines: Sequence[Line], *, file: str, version: int, now: datetime) -> Summary:
    """Try all rows in one transaction that is rolled back; `file` is the digest of the file they were read from."""
    told = _told(lines, now)
    results = adjust.take_in(programme_id=programme_id, told=told, now=now, dry_run=True) if told else []
    return _summary(lines, results, file, version)


def book(
    programme_id: str, lines: Sequence[Line], *, file: str, version: int, now: datetime, advance: Advance
) -> Summary:
    """Book the rows in steps, a transaction each; those of an earlier run are known and not booked again."""
    told = _told(lines, now)
    results: list[Result | Exception] = []
    for start in range(0, len(told), limits.BATCH_STEP):
        part = told[start : start + limits.BATCH_STEP]
        results += group_commit.record_each(programme_id=programme_id, told=part, now=now, record=adjust.take_in)
        advance(len(part))
    for one in results:
        if isinstance(one, Exception) and not isinstance(one, Refusal):
            raise one
    return _summary(lines, [one for one in results if isinstance(one, Outcome | Refusal)], file, version)


def _opened(path: Path) -> tuple[Table, tuple[str, ...]]:
    """The table with the note where there is a column of it."""
    try:
        return open_table(path, Layout(), (*COLUMNS, NOTE)), (*COLUMNS, NOTE)
    except Refusal as refusal:
        if refusal.facts.get("reason") != "header_missing" or f"“{NOTE}”" not in str(refusal.facts.get("detail")):
            raise
    return open_table(path, Layout(), COLUMNS), COLUMNS


def _line(row: Row, places: dict[str, int], columns: tuple[str, ...], programme: Programme, actor: Actor) -> Line:
    number, cells, flaw = row
    if flaw is not None:
        return Line(number, reason=flaw[0])
    found = {name: str(cells[places[name]] if cells[places[name]] is not None else "").strip() for name in columns}
    long = {"reason": limits.NAME_CHARS_MAX, NOTE: limits.TEXT_CHARS_MAX}
    if any(len(found.get(name, "")) > most for name, most in long.items()):
        return Line(number, reason="cell_too_long")
    unit = programme.units.get(found["unit"])
    try:
        points = money.scaled(found["points"], unit.scale if unit is not None else 0)
    except Refusal as refusal:
        return Line(number, reason=str(refusal.facts["reason"]))
    asked = adjust.Adjustment(
        member=_member(found["member"]),
        unit=found["unit"],
        points=points,
        reason=found["reason"],
        actor=actor,
        source=SOURCE,
        external_id=found["external_id"],
        note=found.get(NOTE, ""),
    )
    return Line(number, asked)


def _member(text: str) -> Member:
    """Who is meant: an external id, or card:…, email:…, phone:…, mem_…"""
    kind, colon, value = text.partition(":")
    if text.startswith(ids.PREFIXES["member"]):
        return Member(id=text)
    named: dict[str, IdentifierKind] = {"card": "card", "email": "email", "phone": "phone"}
    return Member(**{named[kind]: value}) if colon and kind in named else Member(external_id=text)


def _told(lines: Sequence[Line], now: datetime) -> list[Told]:
    return [adjust.told(line.asked, now) for line in lines if line.asked is not None]


def _summary(lines: Sequence[Line], results: Sequence[Result], file: str, version: int) -> Summary:
    booked, waiting, known = Part(), Part(), Part()
    refused: list[Refused] = []
    seen = hashlib.sha256(f"{file}\n{version}\n".encode())
    answers = iter(results)
    for line in lines:
        result = next(answers) if line.asked is not None else None
        outcome = line.reason
        if isinstance(result, Refusal):
            outcome = result.code
            refused.append(Refused(line.number, outcome, result))
        elif result is None or line.asked is None:
            refused.append(Refused(line.number, outcome))
        elif _told_otherwise(result):
            outcome = TOLD_OTHERWISE
            refused.append(Refused(line.number, outcome))
        else:
            # The fingerprint must not tell whether an earlier run did it, nor whether it has been decided since.
            later = result.decision.parked is not None or "verdict" in result.activity.facts
            outcome = "waiting" if later else "booked"
            part = known if result.replayed else waiting if later else booked
            part.add(line.asked.unit, line.asked.points)
        seen.update(f"{line.number} {outcome}\n".encode())
    return Summary(len(lines), booked, waiting, known, tuple(refused), seen.hexdigest()[:16])


def _told_otherwise(result: Outcome) -> bool:
    """Whether the row's name belongs to another adjustment; who made it and when always differs."""
    own = ("/member", "/facts/unit", "/facts/points", "/facts/reason", "/facts/note")
    return any(pointer in own for pointer in result.differs)
