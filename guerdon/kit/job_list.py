"""The queue as people look at it: what waits, runs or failed of a programme and of the house, and trying it anew."""

from datetime import datetime, timedelta
from typing import Any, Final, Literal

import msgspec
from django.db.models import Case, Count, F, Min, Q, When
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from guerdon.core import errors, limits
from guerdon.kit import ids, store
from guerdon.kit.store import Statement

JOB_UNKNOWN = errors.declare("unknown", "job_unknown", "id")
JOB_NOT_FAILED = errors.declare("clash", "job_not_failed", "id")

State = Literal["waiting", "running", "failed"]
_STATUS: Final[dict[State, TaskResultStatus]] = {
    "waiting": TaskResultStatus.READY, "running": TaskResultStatus.RUNNING, "failed": TaskResultStatus.FAILED,
}  # fmt: skip
_STATES: Final = {str(status): state for state, status in _STATUS.items()}
_AGAIN: Final = Statement(
    "INSERT INTO kit_job (id, key, slot, lasting, lease_until) VALUES (:id, NULL, NULL, 0, 0)"
    " ON CONFLICT (id) DO NOTHING"
)

_RUNNING: Final = Statement(
    "SELECT count(*) FROM (SELECT 1 FROM kit_job WHERE lease_until > 0 LIMIT CAST(:most AS integer)) AS j"
)


class Listed(msgspec.Struct, frozen=True):
    """A job; `failure` is the name of what its last try raised."""

    id: str
    name: str
    state: State
    shared: bool  # whether it works for the whole house
    put_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    attempts: int
    failure: str


def listed(programme_id: str, state: State, *, most: int) -> list[Listed]:
    """The jobs of a programme and of the house in a state: those that failed the latest first, others as they come."""
    found = _of(programme_id).filter(status=_STATUS[state])
    if state == "failed":
        found = found.order_by("-finished_at")
    return [_listed(row) for row in found[:most]]


def counts(programme_id: str) -> dict[State, int]:
    """How many there are in each state."""
    rows = _of(programme_id).filter(status__in=_STATUS.values()).values_list("status").order_by()
    told = {_STATES[str(status)]: int(count) for status, count in rows.annotate(count=Count("pk"))}
    return {state: told.get(state, 0) for state in _STATUS}


def again(programme_id: str, id: str, *, now: datetime) -> Listed:
    """Put a job that failed into the queue anew, in the transaction at hand: its tries are counted from the first.

    Raises `job_unknown` and `job_not_failed`.
    """
    row = _of(programme_id).filter(pk=id).first()
    if row is None:
        raise JOB_UNKNOWN(id=ids.show("job", id))
    won = DBTaskResult.objects.filter(pk=id, status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY, run_after=now, finished_at=None, worker_ids=[]
    )
    if not won:
        raise JOB_NOT_FAILED(id=ids.show("job", id))
    store.current().fetch(_AGAIN, id=id)  # one that is put in once has stayed there, under its key
    row.refresh_from_db()
    return _listed(row)


class Standing(msgspec.Struct, frozen=True):
    """The queue of the house: how many wait and since when one has been due, how many run, how many failed in a day.

    No figure counts beyond `WATCHED_ROWS_MAX`.
    """

    waiting: int
    due_since: datetime | None
    running: int
    failed: int


def standing(now: datetime) -> Standing:
    """How the queue stands, by its indexes alone."""
    most = limits.WATCHED_ROWS_MAX
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    due = ready.filter(Q(run_after=get_date_max()) | Q(run_after__lte=now))
    since = Case(When(run_after=get_date_max(), then=F("enqueued_at")), default=F("run_after"))
    oldest = due.annotate(since=since).order_by().values("since")[:most].aggregate(oldest=Min("since"))["oldest"]
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gt=now - timedelta(days=1))
    return Standing(
        waiting=ready.order_by()[:most].count(), due_since=oldest, failed=failed.order_by()[:most].count(),
        running=int(store.current().fetch(_RUNNING, most=most)[0][0]),
    )  # fmt: skip


def _of(programme_id: str) -> Any:
    """Those that are told the programme first, and those that are told nothing."""
    return DBTaskResult.objects.filter(Q(args_kwargs__args__0=programme_id) | Q(args_kwargs__args=[]))


def _listed(row: DBTaskResult[Any, Any]) -> Listed:
    path = str(row.task_path)
    return Listed(
        row.pk.hex, path.rpartition(".")[2], _STATES[str(row.status)], not row.args_kwargs["args"], row.enqueued_at,
        None if row.run_after == get_date_max() else row.run_after, row.finished_at, len(row.worker_ids),
        str(row.exception_class_path or "").rpartition(".")[2],
    )  # fmt: skip
