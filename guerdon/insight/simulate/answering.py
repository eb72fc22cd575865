"""A what-if that somebody has asked for, answered in a process of its own: read, checked, replayed, weighed."""

from typing import Final

import msgspec

from guerdon.core import limits
from guerdon.core.simulations import Question, Stage
from guerdon.core.sweeping import count
from guerdon.features.programmes import documents as texts
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.insight.simulate import questions, responses, sweeping
from guerdon.insight.simulate.questions import Question as Asked
from guerdon.kit import clock, snapshot, store
from guerdon.kit.child import Tell
from guerdon.kit.snapshot import Snapshot, both
from guerdon.kit.store import Statement, allow_fanout

Spans = dict[Stage, tuple[int, int]]
# What each stage takes of the whole, in thousandths: where it begins, and where it ends.
_SPANS: Final[Spans] = {
    "reading": (0, 500), "checking": (500, 700), "replaying": (700, 850), "weighing": (850, 1_000),
}  # fmt: skip
_OF_SWEEP: Final[Spans] = {
    "reading": (0, 250), "checking": (250, 350), "replaying": (350, 900), "weighing": (900, 1_000),
}  # fmt: skip
_STAGES: Final[dict[str, Stage]] = {
    "read": "reading", "prepare": "checking", "gate": "checking", "draft": "replaying", "weigh": "weighing",
}  # fmt: skip
_STEPS: Final = 100  # in which the progress of a stage is told: not with every entry
_WHY: Final = "how much there is to be replayed, of everybody, so that it can be said how far it is"
_ENTRIES: Final = allow_fanout(
    _WHY, both("SELECT count(*) FROM activities_activity a WHERE a.programme_id = :programme")
)
_MEMBERS: Final = both("SELECT count(*) FROM members_member m WHERE m.programme_id = :programme AND m.kind = 'person'")


class Told:
    """How far the answer is, told a hundred times a stage at most."""

    def __init__(self, tell: Tell, rows: dict[Stage, int], spans: Spans = _SPANS) -> None:
        self._tell = tell
        self._spans = spans
        self._rows = rows
        self._stage: Stage = "reading"
        self._done = 0
        self._step = -1

    def advance(self, stage: str, some: int) -> None:
        """So much more of a stage is done."""
        known = _STAGES[stage]
        if known != self._stage:
            self._stage, self._done, self._step = known, 0, -1
        self._done += some
        step = min(_STEPS, self._done * _STEPS // max(1, self._rows.get(known, 0)))
        if step != self._step:
            self._step = step
            first, last = self._spans[known]
            self._tell(known, first + (last - first) * step // _STEPS)


def answer(question: Question, tell: Tell) -> str:
    """The answer as JSON.

    Raises the refusals of `questions.read`, `questions.ask` and `sweeping.ask`: what a replay does not know, books that
    it is not, a sweep without any programme.
    """
    at_hand = store.current()
    row = programmes.by_id(at_hand, question.programme_id)
    book = programmes.latest(at_hand, question.programme_id)
    now = row.clock or clock.now()
    with snapshot.taken() as view:
        told = _told(view, question, tell)
        history = questions.read(view, question.programme_id, book.current(now), now=now, progress=told.advance)
    how = question.how
    if how.sweep is not None:
        document = texts.read(question.source).document
        assert isinstance(document, dict), "what is asked about is a programme"
        swept = sweeping.ask(
            history, book, document, how.sweep, until=question.until, as_it_happened=how.as_it_happened,
            progress=told.advance,
        )  # fmt: skip
        return msgspec.json.encode(swept).decode()
    asked = Asked(
        draft=forms.load(question.source), name=question.name, since=question.since, until=question.until,
        as_it_happened=how.as_it_happened, weighed=True, assumed=responses.assumed(how.responses),
    )  # fmt: skip
    return msgspec.json.encode(questions.ask(history, book, asked, progress=told.advance)).decode()


def _told(view: Snapshot, question: Question, tell: Tell) -> Told:
    """How far it is, of as much as there is to do."""
    members, sweep = _count(view, _MEMBERS, question), question.how.sweep
    rows: dict[Stage, int] = {"reading": _count(view, _ENTRIES, question), "checking": members, "replaying": members}
    if sweep is None:
        return Told(tell, rows)
    rows |= {"replaying": sweeping.replays(sweep, count(sweep.vary)), "weighing": limits.SWEEP_BANDS_MAX}
    return Told(tell, rows, _OF_SWEEP)


def _count(view: Snapshot, statement: Statement, question: Question) -> int:
    return int(next(view.stream(statement, programme=question.programme_id))[0])
