"""The import run: chunk after chunk is told to the engine, and how far it came is remembered after each."""

import gc
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from typing import Final, Protocol

import msgspec
import psycopg

from guerdon.core.activities import Activity
from guerdon.core.decisions import Decision
from guerdon.core.errors import Refusal
from guerdon.engine import runs
from guerdon.faces.imports import differing, refused
from guerdon.faces.imports.chunks import Chunk, Origin
from guerdon.faces.imports.faults import ErrorFile, Fault
from guerdon.features.imports import queries
from guerdon.features.imports.queries import Counts, ImportRun
from guerdon.kit import clock, store


class Recorded(Protocol):
    """What the engine answers for an activity it took."""

    @property
    def activity(self) -> Activity: ...
    @property
    def differs(self) -> tuple[str, ...]: ...
    @property
    def replayed(self) -> bool: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def decision(self) -> Decision: ...


EXAMPLES_MAX: Final = 10

Answer = Recorded | Refusal | Exception
# Records activities durably; one answer each, in order. An exception is one that the database would not take, or what
# stopped them all.
Record = Callable[[Sequence[Activity], datetime], Sequence[Answer]]


class Result(msgspec.Struct, frozen=True):
    """What a session of a run did: `counts` since the run began, `session` in this session.

    `examples` are of activities that were known and told otherwise now.
    """

    run_id: str
    state: queries.State
    resumed_from: int  # rows that earlier sessions of the run had done
    position: int
    counts: Counts
    session: Counts
    seconds: float
    examples: list[Fault] = []


def unfinished(programme_id: str, origin: Origin) -> ImportRun | None:
    """The run of this source that was interrupted and will go on; None where a new one begins."""
    run = queries.latest(store.current(), programme_id, file_digest=origin.digest, mapping_digest=origin.mapping_digest)
    return run if run is not None and run.state != "finished" else None


def run(
    *,
    origin: Origin,
    programme_id: str,
    record: Record,
    limit: int | None = None,
    error_file: ErrorFile | None = None,
    zone: tzinfo = UTC,
    advance: Callable[[int, int], None] = lambda rows, activities: None,
) -> Result:
    """Import a source, going on where an interrupted run of it stopped; with `limit` at most so many activities.

    A chunk and its place in the file are two commits: a crash between them makes the next session tell the chunk
    again, which the engine answers from memory. Whatever raises leaves the run resumable. Days in advice are of `zone`.
    """
    began = time.perf_counter()
    current = unfinished(programme_id, origin) or _begin(programme_id, origin)
    counts, session, position = current.counts, Counts(), current.position
    examples: list[Fault] = []
    try:
        with few_collections(), store.current().bulk():
            for chunk in ahead(origin.chunks(skip=position, limit=limit)):
                answers = answered(chunk, record)
                more, faults, notices = _tally(chunk, answers, current.started_at, zone)
                examples += notices[: EXAMPLES_MAX - len(examples)]
                if error_file is not None:
                    error_file.write(faults + notices)
                counts, session, position = counts.plus(more), session.plus(more), chunk.position
                runs.advance(run_id=current.id, position=position, counts=counts)
                advance(chunk.rows, len(chunk.activities))
    except BaseException:
        _stop(current.id)
        raise
    # A file that ends exactly with the limit is told nothing more the next time.
    done = limit is None or session.recorded + session.replayed + session.refused + session.faulty < limit
    runs.end(run_id=current.id, done=done, now=clock.now())
    return Result(
        run_id=current.id,
        state="finished" if done else "stopped",
        resumed_from=current.position,
        position=position,
        counts=counts,
        session=session,
        seconds=time.perf_counter() - began,
        examples=examples,
    )


def answered(chunk: Chunk, record: Record) -> Sequence[Answer]:
    """What the engine says to each activity of a chunk, told at the present instant.

    Raises what says nothing of the activity it answers: the database is busy or gone, and all is to be told again.
    """
    answers = record(chunk.activities, clock.now()) if chunk.activities else ()
    for answer in answers:
        if isinstance(answer, Refusal):
            if answer.family == "busy":
                raise answer
        elif isinstance(answer, Exception) and store.unavailable(answer):
            raise answer
    return answers


@contextmanager
def few_collections() -> Iterator[None]:
    """Chunks are short-lived values without circles; looking for circles less often saves a tenth of the time."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def ahead(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """The chunks, the next one read while the database is busy with this one."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader") as reader:
        coming = reader.submit(next, chunks, None)
        while (chunk := coming.result()) is not None:
            coming = reader.submit(next, chunks, None)
            yield chunk


def _tally(
    chunk: Chunk, answers: Sequence[Answer], started_at: datetime, zone: tzinfo
) -> tuple[Counts, list[Fault], list[Fault]]:
    """What a chunk came to, its refusals as faults of their lines, and notices of what is told otherwise now."""
    faults: list[Fault] = []
    notices: list[Fault] = []
    points: Counter[str] = Counter()
    rules: dict[str, Counter[str]] = {}
    recorded = replayed = parked = lines = 0
    for activity, line, answer in zip(chunk.activities, chunk.lines, answers, strict=True):
        if isinstance(answer, Exception):
            faults.append(refused.fault(activity, line, answer, zone))
        elif answer.replayed and answer.recorded_at < started_at:
            replayed += 1
            if answer.differs:
                notices.append(differing.notice(activity, line, answer))
        else:  # also what this very run recorded just before it was killed
            recorded += 1
            lines += len(activity.lines)
            parked += answer.decision.parked is not None
            for award in answer.decision.awards:
                points[award.unit] += award.points
                by_rule = rules.setdefault(award.unit, Counter())
                for share in award.shares:
                    by_rule[share.rule] += share.points
    reasons = Counter(fault.reason for fault in chunk.faults + faults)
    more = Counts(
        rows=chunk.rows,
        recorded=recorded,
        parked=parked,
        replayed=replayed,
        differing=len(notices),
        faulty=chunk.faulty,
        refused=len(faults),
        lines=lines,
        points=dict(points),
        rules={unit: dict(by_rule) for unit, by_rule in rules.items()},
        reasons=dict(reasons),
        left_out=chunk.left_out,
    )
    return more, faults, notices


def _begin(programme_id: str, origin: Origin) -> ImportRun:
    return runs.begin(
        programme_id=programme_id,
        file_digest=origin.digest,
        mapping_digest=origin.mapping_digest,
        file_name=origin.name,
        now=clock.now(),
    )


def _stop(run_id: str) -> None:
    try:
        runs.end(run_id=run_id, done=False, now=clock.now())
    except (psycopg.Error, sqlite3.Error, Refusal):
        # The database is what failed; a run left in the state `running` is resumed just the same.
        return
