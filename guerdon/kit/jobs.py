"""Jobs: work for later, kept in the database, run at least once, tried again with back-off, told apart by keys."""

import dataclasses
import sqlite3
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, ParamSpec, Self, TypeVar

import psycopg
from django.db.models import Q
from django_tasks_db.backend import DatabaseBackend, TaskResult
from django_tasks_db.compat import Task, TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from guerdon.core import limits
from guerdon.kit import clock, store, watch
from guerdon.kit.store import Statement, Store

P = ParamSpec("P")
T = TypeVar("T")
Lane = Literal["default", "long"]
DEFAULT: Final = "default"
LONG: Final = "long"

_BY_SLOT = Statement("SELECT id FROM kit_job WHERE slot = :slot")
_ENTER = Statement(
    "INSERT INTO kit_job (id, key, slot, lasting, lease_until) VALUES (:id, :key, :key, :lasting, 0)"
    " ON CONFLICT (slot) DO NOTHING RETURNING id"
)
_FORGET = Statement("DELETE FROM django_tasks_database_dbtaskresult WHERE id = :id")
_LEASE = Statement("UPDATE kit_job SET lease_until = :until, slot = CASE WHEN lasting = 1 THEN slot END WHERE id = :id")
_RENEW = Statement("UPDATE kit_job SET lease_until = :until WHERE id = :id AND lease_until = :lease RETURNING id")
_LAPSED = Statement("SELECT id, lease_until FROM kit_job WHERE lease_until > 0 AND lease_until <= :now ORDER BY id")
_WAIT_AGAIN = Statement(
    "UPDATE kit_job SET slot = key WHERE id = :id"
    " AND (lasting = 1 OR key IS NULL OR NOT EXISTS (SELECT 1 FROM kit_job AS o WHERE o.slot = kit_job.key))"
    " RETURNING id"
)
_DONE = Statement("DELETE FROM kit_job WHERE id = :id AND lasting = 0")
_PRUNE = (
    Statement(
        "DELETE FROM kit_job WHERE id = ANY(:ids::uuid[])",
        sqlite="DELETE FROM kit_job WHERE id IN (SELECT value FROM json_each(:ids))",
    ),
    Statement(
        "DELETE FROM django_tasks_database_dbtaskresult WHERE id = ANY(:ids::uuid[])",
        sqlite="DELETE FROM django_tasks_database_dbtaskresult WHERE id IN (SELECT value FROM json_each(:ids))",
    ),
)


class Lost(Exception):
    """The worker was too slow to renew its lease: another one has the job now, and this run must not go on."""


class Stopped(Exception):
    """The worker is stopping; the job goes back into the queue as it was."""


class Superseded(Exception):
    """A job with the same key was put in while this one ran; that one does the work, so nothing has failed."""


class Vanished(Exception):
    """The worker that ran the job was never heard of again."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a job is tried, how long after a failure (doubled each time), and how long a silent worker has it."""

    attempts_max: int = limits.JOB_ATTEMPTS_MAX
    back_off_seconds: int = limits.JOB_BACK_OFF_SECONDS
    lease_seconds: int = limits.JOB_LEASE_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task[P, T]):
    """A task with what our queue adds: its patience, and the key that makes it unique.

    `job.keyed(k).enqueue(…)` does nothing while one with the key waits; `job.once(k).enqueue(…)` does nothing when
    there was one, for as long as jobs that ended are remembered. The function must be safe to run twice: a worker may
    die between its work and its noting it.
    """

    patience: Patience = Patience()
    key: str | None = None
    lasting: bool = False

    def keyed(self, key: str) -> Self:
        """The same job, not put in while another one with this key waits."""
        return dataclasses.replace(self, key=key, lasting=False)

    def once(self, key: str) -> Self:
        """The same job, put in once under this key and not again while it is remembered (`ENDED_JOB_DAYS`)."""
        return dataclasses.replace(self, key=key, lasting=True)


def job(patience: Patience = Patience(), *, lane: Lane = DEFAULT) -> Callable[[Callable[P, T]], Job[P, T]]:
    """Make a module's function a job; its arguments and its answer must be plain JSON values.

    What may take minutes stands in the lane of long ones, so that nothing short waits behind it.
    """

    def made(function: Callable[P, T]) -> Job[P, T]:
        return Job(func=function, patience=patience, queue_name=lane)

    return made


class Queue(DatabaseBackend):
    """The database queue of django-tasks-db with keys; `enqueue` joins the transaction at hand."""

    task_class = Job

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[P, T]:
        key = task.key if isinstance(task, Job) else None
        lasting = isinstance(task, Job) and task.lasting
        with _joined() as at_hand:
            known = at_hand.fetch(_BY_SLOT, slot=key) if key else []
            if known:
                return self.get_result(str(known[0][0]))
            result: TaskResult[P, T] = super().enqueue(task, args, kwargs)
            id = result.id.replace("-", "")
            if at_hand.fetch(_ENTER, id=id, key=key, lasting=int(lasting)):
                return result
            # A rival took the key between the look and the entry; the rows of both are seen from here on.
            at_hand.fetch(_FORGET, id=id)
            return self.get_result(str(at_hand.fetch(_BY_SLOT, slot=key)[0][0]))


@contextmanager
def _joined() -> Iterator[Store]:
    """The transaction at hand, or one of its own where there is none."""
    at_hand = store.current()
    raw = at_hand.raw
    idle = psycopg.pq.TransactionStatus.IDLE
    if raw.in_transaction if isinstance(raw, sqlite3.Connection) else raw.info.transaction_status != idle:
        yield at_hand
        return
    with at_hand.transaction():
        yield at_hand


@dataclass(slots=True)
class Claimed:
    """A job that this worker runs; the end of its lease is the proof that it is still ours."""

    id: str
    row: DBTaskResult[Any, Any]
    lease: int

    @property
    def name(self) -> str:
        return str(self.row.task_path).rpartition(".")[2]

    @property
    def attempts(self) -> int:
        return len(self.row.worker_ids)


def is_known(key: str) -> bool:
    """Whether a job with this key waits, or was put in once and is remembered."""
    return bool(store.current().fetch(_BY_SLOT, slot=key))


def claim(*, worker: str, now: datetime, lane: Lane | None = None) -> Claimed | None:
    """Take the next job that is due, of one lane or of all, so that no other worker does; None where nothing is."""

    def write(at_hand: Store) -> Claimed | None:
        due = Q(run_after=get_date_max()) | Q(run_after__lte=now)
        ready = DBTaskResult.objects.filter(due, status=TaskResultStatus.READY)
        if lane is not None:
            ready = ready.filter(queue_name=lane)
        row = ready.first()
        if row is None:
            return None
        row.worker_ids = [*row.worker_ids, worker]
        won = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.READY).update(
            status=TaskResultStatus.RUNNING, started_at=now, finished_at=None, worker_ids=row.worker_ids
        )
        if not won:
            return None
        id = row.pk.hex
        lease = clock.micros(now + timedelta(seconds=_patience(row).lease_seconds))
        at_hand.fetch(_LEASE, id=id, until=lease)
        return Claimed(id, row, lease)

    return store.committed(write)


def run(claimed: Claimed, *, now: Callable[[], datetime], stop: threading.Event) -> BaseException | None:
    """Run a claimed job and note how it ended; answers what it raised, None where all went well."""
    _here.claimed, _here.now, _here.stop = claimed, now, stop
    try:
        result = claimed.row.task_result
        task = claimed.row.task
        given: tuple[Any, ...] = (TaskContext(task_result=result),) if task.takes_context else ()
        value = task.call(*given, *result.args, **result.kwargs)
        _finish(claimed, value, now())
    except Lost as error:
        return error
    except Stopped as error:
        _release(claimed, now())
        return error
    except Exception as error:
        try_again(claimed, error, now())
        return error
    finally:
        _here.__dict__.clear()
    return None


def checkpoint() -> None:
    """Between two units of work: keep the lease, or leave because the worker stops. Outside a worker it does nothing.

    Raises `Stopped` or `Lost`, which a job must let through.
    """
    claimed: Claimed | None = getattr(_here, "claimed", None)
    if claimed is None:
        return
    if _here.stop.is_set():
        raise Stopped
    now: datetime = _here.now()
    if claimed.row.queue_name == DEFAULT:  # a long one says nothing of the thread that everybody waits for
        watch.watcher.turned(now)
    lease_seconds = _patience(claimed.row).lease_seconds
    if clock.micros(now + timedelta(seconds=lease_seconds / 2)) > claimed.lease:
        until = clock.micros(now + timedelta(seconds=lease_seconds))
        with store.current().transaction():
            _hold(claimed, until)


def reclaim(*, now: datetime) -> int:
    """Put jobs of vanished workers back into the queue; answers how many."""
    lapsed = store.current().fetch(_LAPSED, now=clock.micros(now))
    for id, lease in lapsed:
        row = DBTaskResult.objects.filter(pk=id, status=TaskResultStatus.RUNNING).first()
        if row is not None:
            try_again(Claimed(id, row, lease), Vanished(row.worker_ids[-1]), now)
    return len(lapsed)


def prune(*, now: datetime, most: int) -> int:
    """Forget jobs that ended long ago, with their keys, the oldest first; answers how many, `most` at a time."""
    ended = DBTaskResult.objects.filter(
        status__in=(TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED),
        finished_at__lte=now - timedelta(days=limits.ENDED_JOB_DAYS),
    )
    found = [id.hex for id in ended.order_by("finished_at").values_list("pk", flat=True)[:most]]

    def forget(at_hand: Store) -> None:
        for statement in _PRUNE:
            at_hand.fetch(statement, ids=found)

    if found:
        store.committed(forget)
    return len(found)


def try_again(claimed: Claimed, error: Exception, now: datetime) -> None:
    """Note a failure: back into the queue after a pause that doubles, or given up after the last attempt."""
    patience = _patience(claimed.row)
    told = "".join(traceback.format_exception(error))[-limits.JOB_TRACEBACK_CHARS_MAX :]
    path = f"{type(error).__module__}.{type(error).__qualname__}"
    pause = min(limits.JOB_BACK_OFF_SECONDS_MAX, patience.back_off_seconds * 2 ** (claimed.attempts - 1))

    def write(at_hand: Store) -> None:
        try:
            _hold(claimed, 0)
        except Lost:
            return  # another worker has it; what became of it is for that one to tell
        row = DBTaskResult.objects.filter(pk=claimed.row.pk)
        if claimed.attempts >= patience.attempts_max:
            row.update(status=TaskResultStatus.FAILED, finished_at=now, exception_class_path=path, traceback=told)
            at_hand.fetch(_DONE, id=claimed.id)
        elif not at_hand.fetch(_WAIT_AGAIN, id=claimed.id):
            path_of_rival = f"{__name__}.{Superseded.__qualname__}"
            row.update(
                status=TaskResultStatus.SUCCESSFUL, finished_at=now, exception_class_path=path_of_rival, traceback=told
            )
            at_hand.fetch(_DONE, id=claimed.id)
        else:
            row.update(
                status=TaskResultStatus.READY,
                run_after=now + timedelta(seconds=pause),
                exception_class_path=path,
                traceback=told,
            )

    store.committed(write)


def _finish(claimed: Claimed, value: object, now: datetime) -> None:
    def write(at_hand: Store) -> None:
        _hold(claimed, 0)
        DBTaskResult.objects.filter(pk=claimed.row.pk).update(
            status=TaskResultStatus.SUCCESSFUL,
            finished_at=now,
            return_value=value,
            exception_class_path="",
            traceback="",
        )
        at_hand.fetch(_DONE, id=claimed.id)

    store.committed(write)


def _release(claimed: Claimed, now: datetime) -> None:
    """Back into the queue as if it had never been taken; a stop is no failed attempt."""

    def write(at_hand: Store) -> None:
        _hold(claimed, 0)
        rival = not at_hand.fetch(_WAIT_AGAIN, id=claimed.id)
        DBTaskResult.objects.filter(pk=claimed.row.pk).update(
            status=TaskResultStatus.SUCCESSFUL if rival else TaskResultStatus.READY,
            finished_at=now if rival else None,
            worker_ids=claimed.row.worker_ids[:-1],
        )

    store.committed(write)


def _hold(claimed: Claimed, until: int) -> None:
    """Move the end of the lease; raises `Lost` where the job is no longer ours."""
    if not store.current().fetch(_RENEW, id=claimed.id, lease=claimed.lease, until=until):
        raise Lost
    if until:
        claimed.lease = until


def _patience(row: DBTaskResult[Any, Any]) -> Patience:
    """How the job of a row is to be tried; the defaults where a newer version no longer has its function."""
    try:
        found = row.task
    except ImportError:
        return Patience()
    return found.patience if isinstance(found, Job) else Patience()


_here = threading.local()
