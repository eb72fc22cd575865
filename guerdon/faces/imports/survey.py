"""The dry run: everything an import would tell, tried at the engine without keeping anything (LAW 3.9)."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo

import msgspec

from guerdon.core.activities import Activity
from guerdon.core.errors import Refusal
from guerdon.faces.imports import differing, refused, running
from guerdon.faces.imports.chunks import Chunk
from guerdon.faces.imports.faults import ErrorFile, Fault
from guerdon.faces.imports.repeats import Repeats
from guerdon.faces.imports.running import EXAMPLES_MAX, Answer, Record


class Refused(msgspec.Struct):
    """Activities that the programme refuses for one reason: how many, when the first of them was, what to do."""

    count: int
    first: datetime
    cause: str  # of all of them, or of the first one
    cure: str  # so that all of them go in


class Report(msgspec.Struct, frozen=True):
    """What a pass over a source found; money is what customers paid, in minor units by currency.

    Where it was `tried` at the engine, activities, lines and money are those that go in.
    """

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
    tried: bool = False
    known: int = 0  # of the activities: told before, answered from memory
    differing: int = 0  # of the known: told otherwise than the first time, which stands
    differences: list[Fault] = []  # examples of them
    parked: int = 0  # of the activities: wait for something
    refusals: dict[str, Refused] = {}

    @property
    def refused(self) -> int:
        return sum(one.count for one in self.refusals.values())


def take(
    chunks: Iterator[Chunk],
    *,
    home_currency: str,
    rehearse: Record | None = None,
    done: int = 0,
    zone: tzinfo = UTC,
    error_file: ErrorFile | None = None,
    list_refused: bool = True,
    advance: Callable[[int], None] = lambda rows: None,
) -> Report:
    """Count what the chunks hold, and list in the error file what is faulty and, where wanted, what will be refused.

    `rehearse` takes the path of the import and rolls back. It is told one chunk at a time, so what would only be
    refused because of an earlier chunk, as a second return of one purchase, is not found. What lies in the first
    `done` rows was imported before and is not tried again.
    """
    tally = _Tally(home_currency, zone, tried=rehearse is not None)
    try:
        with running.few_collections():
            for chunk in chunks if rehearse is None else running.ahead(chunks):
                tried = rehearse is not None and chunk.position > done
                faults = tally.add(chunk, running.answered(chunk, rehearse) if rehearse is not None and tried else ())
                if error_file is not None:
                    error_file.write(faults if list_refused else chunk.faults)
                advance(chunk.rows)
        return tally.report()
    finally:
        tally.members.close()


class _Tally:
    """The sums of a pass."""

    def __init__(self, home_currency: str, zone: tzinfo, *, tried: bool) -> None:
        self.members = Repeats()
        self._home = home_currency
        self._zone = zone
        self._tried = tried
        self._known = self._parked = 0
        self._refusals: dict[str, Refused] = {}
        self._rows = self._activities = self._lines = self._faulty = 0
        self._reasons: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()
        self._money: Counter[str] = Counter()
        self._first: datetime | None = None
        self._last: datetime | None = None
        self._examples: list[Fault] = []
        self._differing = 0
        self._differences: list[Fault] = []

    def add(self, chunk: Chunk, answers: Sequence[Answer]) -> list[Fault]:
        """Count a chunk and what the engine answered, nothing where it was not asked; answers what to list."""
        self._rows += chunk.rows
        self._faulty += chunk.faulty
        self._reasons.update(fault.reason for fault in chunk.faults)
        self._left_out.update(chunk.left_out)
        faults, notices = chunk.faults, list[Fault]()
        if not answers:
            for activity in chunk.activities:
                self._meet(activity)
                self._take(activity)
        else:
            refusals, notices = self._listen(chunk, answers)
            faults = faults + refusals
        self._examples += faults[: EXAMPLES_MAX - len(self._examples)]
        self._differing += len(notices)
        self._differences += notices[: EXAMPLES_MAX - len(self._differences)]
        return faults + notices

    def _listen(self, chunk: Chunk, answers: Sequence[Answer]) -> tuple[list[Fault], list[Fault]]:
        """Count what the engine takes; answers what it refuses, and what it knows otherwise."""
        faults: list[Fault] = []
        notices: list[Fault] = []
        for activity, line, answer in zip(chunk.activities, chunk.lines, answers, strict=True):
            self._meet(activity)
            if isinstance(answer, Exception):
                faults.append(refused.fault(activity, line, answer, self._zone, rehearsed=True))
                self._refuse(activity, answer)
                continue
            self._take(activity)
            self._known += answer.replayed
            if answer.differs:
                notices.append(differing.notice(activity, line, answer, rehearsed=True))
            self._parked += answer.decision.parked is not None
        return faults, notices

    def _refuse(self, activity: Activity, why: Refusal | Exception) -> None:
        code = refused.code(why)
        found = self._refusals.get(code)
        if found is None:
            found = self._refusals[code] = Refused(0, activity.occurred_at, refused.common(why, self._zone), "")
        found.count += 1
        if not found.cure or activity.occurred_at < found.first:
            found.first = min(found.first, activity.occurred_at)
            found.cure = refused.cure(why, found.first, self._zone)

    def _take(self, activity: Activity) -> None:
        """Count an activity that goes in, as far as is known."""
        self._activities += 1
        self._lines += len(activity.lines)
        self._money[activity.currency or self._home] += sum(line.net for line in activity.goods)

    def _meet(self, activity: Activity) -> None:
        """Note whose and when an activity is, whether or not it goes in."""
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
            tried=self._tried,
            known=self._known,
            differing=self._differing,
            differences=self._differences,
            parked=self._parked,
            refusals=dict(sorted(self._refusals.items(), key=lambda item: -item[1].count)),
        )
