"""The stage for scenarios: a history that is read once, passes the gate, and is replayed as often as asked."""

from collections.abc import Iterator, Sequence

from guerdon.core.programme import Programme
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.queries import Lawbook
from guerdon.insight.simulate import gate, prepared, questions, scope
from guerdon.insight.simulate.answers import Gate
from guerdon.insight.simulate.history import History
from guerdon.insight.simulate.measures import Side
from guerdon.insight.simulate.prepared import Prepared, Regime
from guerdon.insight.simulate.replay import replay
from guerdon.insight.simulate.runs import Run


class Stage:
    """A history that passed the gate, and the programmes that may be played on it."""

    def __init__(self, history: History, book: Lawbook, drafts: Sequence[Programme] = ()) -> None:
        """Prepare it. Raises `what_if_unknown`, `what_if_too_large`, `what_if_differs` and `programme_key_changed`."""
        for draft in drafts:
            programmes.check_key(book.programme, draft)
        self.history = history
        published = questions.regimes(book)
        current = book.current(history.until).programme
        self._known = tuple([*(one.programme for one in published), *drafts])
        scope.check(history, self._known)
        self._prepared = Prepared(history, self._known)
        booked = replay(self._prepared, published).run
        self.gate: Gate = gate.check(history, booked)
        self.today = Side(booked if len(published) == 1 else next(self.replay([current])), current)

    def replay(self, drafts: Sequence[Programme]) -> Iterator[Run]:
        """What the whole history comes to under each; what does not differ between them is found once.

        Raises `what_if_unknown` and `what_if_too_large`.
        """
        scope.check(self.history, drafts)
        if any(where not in self._prepared.filters for one in drafts for where in prepared.filters_of(one)):
            self._known = (*self._known, *drafts)
            self._prepared = Prepared(self.history, self._known)
        for one in drafts:
            yield replay(self._prepared, (Regime(0, one),)).run
