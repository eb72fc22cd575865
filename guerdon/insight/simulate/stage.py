"""The stage for scenarios: a history that is read once, passes the gate, and is replayed as often as asked."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from guerdon.core.programme import Programme
from guerdon.features.programmes.queries import Lawbook
from guerdon.insight.simulate import gate, prepared, scope, telling
from guerdon.insight.simulate.answers import Gate
from guerdon.insight.simulate.bootstrap import Advance
from guerdon.insight.simulate.history import History
from guerdon.insight.simulate.measures import Side
from guerdon.insight.simulate.prepared import Prepared, Regime
from guerdon.insight.simulate.replay import replay
from guerdon.insight.simulate.runs import Run
from guerdon.kit import clock
from guerdon.kit.snapshot import Snapshot


class Stage:
    """A history that passed the gate, and the programmes that may be played on it."""

    def __init__(self, history: History, published: Sequence[Regime], programmes: Sequence[Programme]) -> None:
        """Prepare it. Raises `what_if_unknown`, `what_if_too_large` and `what_if_differs`."""
        self.history = history
        own = [one.programme for one in published]
        scope.check(history, [*own, *programmes])
        self._known = tuple([*own, *programmes])
        self._prepared = Prepared(history, self._known)
        booked = replay(self._prepared, tuple(published)).run
        self.gate: Gate = gate.check(history, booked)
        one_law = len(published) == 1
        self.today = Side(booked if one_law else next(self.replay(own[-1:])), own[-1])

    def replay(self, programmes: Sequence[Programme]) -> Iterator[Run]:
        """What the whole history comes to under each; what does not differ between them is found once.

        Raises `what_if_unknown` and `what_if_too_large`.
        """
        scope.check(self.history, programmes)
        if any(where not in self._prepared.filters for one in programmes for where in prepared.filters_of(one)):
            self._known = (*self._known, *programmes)
            self._prepared = Prepared(self.history, self._known)
        for one in programmes:
            yield replay(self._prepared, (Regime(0, one),)).run


def opened(
    view: Snapshot, programme_id: str, book: Lawbook, programmes: Sequence[Programme], *, now: datetime,
    advance: Advance = lambda _: None,
) -> Stage:  # fmt: skip
    """Read everything that happened up to now, and prepare it; `advance` is told how many entries are read."""
    history = telling.read(view, programme_id, book.current(now), until=now, advance=advance)
    return Stage(history, regimes(book, now), programmes)


def regimes(book: Lawbook, now: datetime) -> list[Regime]:
    """The versions that were in force so far, each from its first instant on; the first one from the beginning."""
    found: list[Regime] = []
    for start in sorted({version.effective_at for version in book.versions if version.effective_at <= now}):
        programme = book.at(start).programme
        if not found or found[-1].programme is not programme:
            found.append(Regime(clock.micros(start) if found else 0, programme))
    return found
