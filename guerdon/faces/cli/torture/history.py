"""The history checker: every answer and every refusal is explained by the order of the journal, or it is a finding."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any, Final

from guerdon.faces.cli.torture import deeds
from guerdon.faces.cli.torture.battery import Findings
from guerdon.faces.cli.torture.caller import Call
from guerdon.faces.cli.torture.deeds import UNIT, Deed
from guerdon.insight.oracle.whole import Oracle

_LAST: Final = 2**62


@dataclass(frozen=True, slots=True)
class Done:
    """A deed with its answer."""

    deed: Deed
    call: Call

    @property
    def seq(self) -> int:
        """The number of the journal that the answer named."""
        return int(self.call.answer["seq"])


def check(done: Sequence[Done], book: Oracle, findings: Findings) -> None:
    """Play the history on the book in the order of `seq`; the book ends as the house should have.

    An answer must be what the book says at its number. A refusal has none: it must be what the book says at some
    number between the last that was answered before it was asked for and the first that was asked for after its
    answer.
    """
    written = sorted((one for one in done if one.call.ok), key=lambda one: one.seq)
    clock = _Clock(written)
    refused = [_Window.of(one, clock) for one in done if one.call.known and not one.call.ok]
    _numbered_once(written, findings)
    _in_time(written, findings)
    starting: dict[int, list[_Window]] = {}
    for window in refused:
        starting.setdefault(window.first, []).append(window)
    waiting: list[_Window] = []
    for number in range(len(written) + 1):
        if number:
            _play(written[number - 1], book, findings)
        waiting = [one for one in (*waiting, *starting.get(number, ())) if not one.explained(book)]
        findings.broken += [one.told() for one in waiting if one.last == number]
    findings.count("answers checked", len(written))
    findings.count("refusals explained", sum(window.found for window in refused))


class _Clock:
    """How many of the written deeds an instant is surely after, and surely before how many of them."""

    def __init__(self, written: Sequence[Done]) -> None:
        came = sorted((one.call.came, number) for number, one in enumerate(written, 1))
        left = sorted((one.call.left, number) for number, one in enumerate(written))
        self._came, self._left = [at for at, _ in came], [at for at, _ in left]
        self._latest = [0, *accumulate((number for _, number in came), max)]
        self._first = [len(written), *accumulate((number for _, number in reversed(left)), min)]

    def before(self, at: int) -> int:
        """The last that had been answered by then."""
        return self._latest[bisect_left(self._came, at)]

    def after(self, at: int) -> int:
        """The first that was asked for after it; all where none was."""
        return self._first[len(self._left) - bisect_right(self._left, at)]


@dataclass(slots=True, eq=False)
class _Window:
    """A refusal, and between how many written deeds it must have been said."""

    one: Done
    first: int  # after so many at the earliest
    last: int  # and so many at the latest
    found: bool = False

    @classmethod
    def of(cls, one: Done, clock: "_Clock") -> "_Window":
        return cls(one, clock.before(one.call.left), clock.after(one.call.came))

    def explained(self, book: Oracle) -> bool:
        """Whether the book refuses alike where it stands."""
        self.found = self.found or self.one.deed.refused(book) == self.one.call.code
        return self.found

    def told(self) -> str:
        deed, call = self.one.deed, self.one.call
        return f"{deed.kind} {deed.key} of {deed.who}, {deed.points} points: refused as {call.code} though never right"


def _play(one: Done, book: Oracle, findings: Findings) -> None:
    at = _recorded(one.call.answer)
    if at is not None:
        book.advance(max(at, book.now))
    if not one.deed.founded(book):
        findings.broken.append(f"{one.deed.kind} {one.deed.key} is about what the law refused (seq {one.seq})")
        return
    expected, told = one.deed.play(book), deeds.answer(one.deed, one.call)
    if not deeds.alike(expected, told):
        what = f"{one.deed.kind} {one.deed.key} of {one.deed.who} (seq {one.seq})"
        findings.broken.append(f"{what}: answered {told}, the law says {expected}")


def _numbered_once(written: Sequence[Done], findings: Findings) -> None:
    numbers = [one.seq for one in written]
    twice = len(numbers) - len(set(numbers))
    findings.expect(not twice, f"{twice} numbers of the journal were given to two different deeds")


def _in_time(written: Sequence[Done], findings: Findings) -> None:
    """Of one member, what was answered before something was asked for comes before it."""
    latest: dict[str, tuple[int, Done]] = {}  # the latest departure among the numbers so far
    for one in written:
        found = latest.get(one.deed.who)
        if found is not None and one.call.came < found[0]:
            findings.broken.append(
                f"{one.deed.key} was answered before {found[1].deed.key} was asked for, but has the later number"
            )
        if found is None or one.call.left > found[0]:
            latest[one.deed.who] = (one.call.left, one)


def _recorded(answer: dict[str, Any]) -> datetime | None:
    for part in (answer, *(value for value in answer.values() if isinstance(value, dict))):
        for name in ("recorded_at", "made_at", "created_at"):
            if isinstance(part.get(name), str):
                return datetime.fromisoformat(part[name])
    return None


def compare(
    who: str, lots: Sequence[dict[str, Any]], amounts: dict[str, Any], book: Oracle, findings: Findings
) -> None:
    """Hold what the house says of a member against the book, lot by lot."""
    wanted = [
        (lot.left, lot.held, lot.ends.timestamp() if lot.ends else None, lot.earned.timestamp())
        for lot in book.members[who].order(UNIT)
        if lot.left
    ]
    found = [
        (
            lot["remaining"],
            lot["held"],
            datetime.fromisoformat(lot["expires_at"]).timestamp() if lot["expires_at"] else None,
            datetime.fromisoformat(lot["earned_at"]).timestamp(),
        )
        for lot in lots
        if lot["remaining"]
    ]
    findings.count("lots compared", len(found))
    findings.expect(
        sorted(found) == sorted(wanted), f"{who} has the lots {sorted(found)}, the law says {sorted(wanted)}"
    )
    told = (amounts["available"], amounts["pending"], amounts["held"], amounts["debt"])
    findings.expect(told == book.amounts(who, UNIT), f"{who} has {told}, the law says {book.amounts(who, UNIT)}")
