"""The dry run: everything an import would tell, counted without writing anything."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

import msgspec

from guerdon.core.activities import Activity
from guerdon.faces.imports.chunks import Chunk
from guerdon.faces.imports.faults import ErrorFile, Fault
from guerdon.faces.imports.repeats import Repeats

EXAMPLES_MAX: Final = 10


class Report(msgspec.Struct, frozen=True):
    """What a pass over a source found; money is what customers paid, in minor units by currency."""

    rows: int
    activities: int
    lines: int
    members: int
    faulty: int
    reasons: dict[str, int]
    left_out: dict[str, int]
    first: datetime | None
    last: datetime | None
    money: dict[str, int]
    examples: list[Fault]


def take(
    chunks: Iterable[Chunk],
    *,
    home_currency: str,
    error_file: ErrorFile | None = None,
    advance: Callable[[int], None] = lambda rows: None,
) -> Report:
    """Count what the chunks hold, and list their faults in the error file."""
    tally = _Tally(home_currency)
    try:
        for chunk in chunks:
            tally.add(chunk)
            if error_file is not None:
                error_file.write(chunk.faults)
            advance(chunk.rows)
        return tally.report()
    finally:
        tally.members.close()


class _Tally:
    """The sums of a pass."""

    def __init__(self, home_currency: str) -> None:
        self.members = Repeats()
        self._home = home_currency
        self._rows = self._activities = self._lines = self._faulty = 0
        self._reasons: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()
        self._money: Counter[str] = Counter()
        self._first: datetime | None = None
        self._last: datetime | None = None
        self._examples: list[Fault] = []

    def add(self, chunk: Chunk) -> None:
        self._rows += chunk.rows
        self._activities += len(chunk.activities)
        self._faulty += chunk.faulty
        self._reasons.update(fault.reason for fault in chunk.faults)
        self._left_out.update(chunk.left_out)
        self._examples += chunk.faults[: EXAMPLES_MAX - len(self._examples)]
        for activity in chunk.activities:
            self._add_activity(activity)

    def _add_activity(self, activity: Activity) -> None:
        self._lines += len(activity.lines)
        self._money[activity.currency or self._home] += sum(line.net for line in activity.goods)
        self.members.add("\x1f".join(activity.member.identifier()))
        at = activity.occurred_at
        if self._first is None or at < self._first:
            self._first = at
        if self._last is None or at > self._last:
            self._last = at

    def report(self) -> Report:
        return Report(
            rows=self._rows,
            activities=self._activities,
            lines=self._lines,
            members=self.members.distinct(),
            faulty=self._faulty,
            reasons=dict(self._reasons.most_common()),
            left_out=dict(self._left_out.most_common()),
            first=self._first,
            last=self._last,
            money=dict(self._money.most_common()),
            examples=self._examples,
        )
