"""A what-if asked: the history read, the gate passed, a draft replayed beside today's programme, and the answer."""

import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Literal

import msgspec
import numpy as np

from guerdon.core import closing, errors, period
from guerdon.core.law import Law
from guerdon.core.programme import Programme
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.queries import Lawbook
from guerdon.insight.simulate import columns, comparing, gate, scope, telling, weighing
from guerdon.insight.simulate.answers import Answer
from guerdon.insight.simulate.comparing import Side, Span
from guerdon.insight.simulate.history import History
from guerdon.insight.simulate.prepared import Prepared, Regime, Regimes
from guerdon.insight.simulate.replay import replay
from guerdon.insight.simulate.responses import USUAL, Assumed
from guerdon.kit import clock
from guerdon.kit.snapshot import Snapshot

WHAT_IF_PERIOD = errors.declare("invalid", "what_if_period", "since", "until")
NOTHING_TO_REPLAY = errors.declare("clash", "nothing_to_replay", "programme")

Stage = Literal["read", "prepare", "gate", "draft", "weigh"]
Progress = Callable[[Stage, int], None]  # how much more of a stage is done: entries, then members, then units twice


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked: a draft by its name, in force from the local day `since` on, told up to the day `until`.

    `weighed` tells how sure the differences are, too, and what would be if members answered.
    """

    draft: Programme
    name: str
    since: date | None = None
    until: date | None = None
    as_it_happened: bool = False  # as if everything had been told when it happened, once the gate is passed
    weighed: bool = False
    assumed: Assumed = USUAL  # how members respond, where it is weighed


def regimes(
    history: History, book: Lawbook, *, draft: Programme | None = None, since: datetime | None = None
) -> Regimes:  # fmt: skip
    """The versions by which the facts were decided; with a draft, it instead of them from the instant on, or always.

    A version that was published later than it is in force from has decided nothing that had been told by then. The last
    one is that of today, by whose ladders everybody stands somewhere at the end.
    """
    begins = None if since is None else clock.micros(since)
    events = history.events
    before = np.ones(events.rows, dtype=np.bool_) if begins is None or draft is None else events.at < begins
    decided = np.concatenate((events.version[before], events.climbs_by[before]))
    today = book.current(history.until).version
    every = [] if draft is not None and since is None else [*(set(np.unique(decided).tolist()) - {today}), today]
    found = [Regime(book.law(number).programme, number) for number in every if number]
    return tuple(found if draft is None else [*found, Regime(draft, 0, begins or 0)])


def read(view: Snapshot, programme_id: str, in_force: Law, *, now: datetime, progress: Progress) -> History:
    """The whole history up to the moment. Raises `nothing_to_replay`."""
    history = telling.read(view, programme_id, in_force, until=now, advance=lambda some: progress("read", some))
    if not history.events.rows:
        raise NOTHING_TO_REPLAY(programme=in_force.programme.key)
    return history


def ask(history: History, book: Lawbook, question: Question, *, progress: Progress) -> Answer:
    """Replay today's programme and the draft, and compare them.

    Raises `what_if_unknown` for what a replay does not know, `what_if_differs` where today's is not what the books say,
    `what_if_period` where no day lies between the two, and `programme_key_changed` for a draft of another programme.
    """
    began = time.perf_counter()
    programmes.check_key(book.programme, question.draft)
    in_force = book.current(history.until)
    since, until = _period(history, question, in_force)
    today = regimes(history, book)
    other = regimes(history, book, draft=question.draft, since=since)
    every = list({id(one.programme): one.programme for one in (*today, *other)}.values())
    scope.check(history, every)
    progress("prepare", 0)
    prepared = Prepared(history, every)
    now = replay(prepared, today, advance=lambda some: progress("gate", some))
    passed = gate.check(history, now)
    if question.as_it_happened:
        prepared = Prepared(columns.as_it_happened(history), every)
        now = replay(prepared, today)
    then = replay(prepared, other, advance=lambda some: progress("draft", some))
    sides = (Side(now, in_force.programme), Side(then, question.draft))
    span = comparing.span_of(history, _micros(since), _micros(until))
    found = Answer(
        programme=history.programme, version=in_force.version, draft=question.name,
        since=(question.since or history.first_day).isoformat(),
        until=_day_after(history, span).isoformat(),
        activities=history.facts_told, lines=history.lines,
        milliseconds=round((time.perf_counter() - began) * 1000), gate=passed,
        mechanical=comparing.units(history, *sides, span), moves=comparing.moves(*sides, span),
    )  # fmt: skip
    if not question.weighed:
        return found
    return weighing.weighed(found, *sides, span, assumed=question.assumed, advance=lambda some: progress("weigh", some))


def _period(history: History, question: Question, law: Law) -> tuple[datetime | None, datetime | None]:
    """The instants of the days that were asked for. Raises `what_if_period`."""
    since, until = (None if day is None else period.midnight(day, law.zone) for day in (question.since, question.until))
    last = until or history.until
    if since is not None and since >= last:
        raise WHAT_IF_PERIOD(since=str(question.since), until=period.local_day(last, law.zone).isoformat())
    return since, until


def _day_after(history: History, span: Span) -> date:
    """The day after the last month that is told: months are told whole, the last one as far as it has come."""
    return closing.first_day(closing.following(history.months[span.until - 1]))


def _micros(at: datetime | None) -> int | None:
    return None if at is None else clock.micros(at)
