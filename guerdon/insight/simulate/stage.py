"""The stage for scenarios: a history that is read once, passes the gate, and is replayed as often as asked."""

from collections.abc import Iterator, Sequence

from guerdon.core.programme import Programme
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.queries import Lawbook
from guerdon.insight.simulate import columns, gate, questions, scope
from guerdon.insight.simulate.answers import Gate
from guerdon.insight.simulate.bootstrap import Advance
from guerdon.insight.simulate.history import History
from guerdon.insight.simulate.measures import Side
from guerdon.insight.simulate.prepared import Prepared, Regime
from guerdon.insight.simulate.replay import replay
from guerdon.insight.simulate.runs import Run


class Stage:
    """A history that passed the gate, and the programmes that may be played on it."""

    def __init__(
        self, history: History, book: Lawbook, drafts: Sequence[Programme] = (), *, as_it_happened: bool = False,
        advance: Advance = lambda _: None,
    ) -> None:  # fmt: skip
        """Prepare it; `as_it_happened` counts what was told late from when it happened, once the gate is passed.

        Raises `what_if_unknown`, `what_if_too_large`, `what_if_differs` and `programme_key_changed`.
        """
        for draft in drafts:
            programmes.check_key(book.programme, draft)
        current = book.current(history.until).programme
        published = questions.regimes(history, book)
        self._known = tuple([*(one.programme for one in published), current, *drafts])
        scope.check(history, self._known)
        self._prepared = Prepared(history, self._known)
        self.gate: Gate = gate.check(history, replay(self._prepared, published, advance=advance))
        self.history = history
        if as_it_happened:
            self.history = columns.as_it_happened(history)
            self._prepared = Prepared(self.history, self._known)
        self.today = Side(next(self.replay([current])), current)

    def replay(self, drafts: Sequence[Programme]) -> Iterator[Run]:
        """What the whole history comes to under each; what does not differ between them is found once.

        Raises `what_if_unknown` and `what_if_too_large`.
        """
        scope.check(self.history, drafts)
        if not all(self._prepared.knows(one) for one in drafts):
            self._known = (*self._known, *drafts)
            self._prepared = Prepared(self.history, self._known)
        for one in drafts:
            yield replay(self._prepared, (Regime(one),)).run
