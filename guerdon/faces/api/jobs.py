"""Work of the house: jobs, news and letters that wait or failed, the last night and the last seal."""

from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from guerdon.core import letters as letters_law
from guerdon.core import limits
from guerdon.engine import retries
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Call, Endpoint, Page, Reply
from guerdon.features.letters import queries as letters
from guerdon.features.letters.queries import Letter
from guerdon.features.programmes import queries as programmes
from guerdon.features.seals import queries as seals
from guerdon.kit import clock, ids, job_list, mail, outbox
from guerdon.kit.job_list import Listed, State


class JobQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which jobs."""

    state: State = "failed"
    limit: Annotated[int, Meta(ge=1, le=limits.PAGE_ROWS_MAX)] = limits.PAGE_ROWS_DEFAULT


class JobView(msgspec.Struct, frozen=True):
    """A job of the programme, or one that works for the whole house."""

    id: str
    name: str
    state: State
    shared: bool
    put_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    attempts: int
    failure: str


class JobList(msgspec.Struct, frozen=True):
    """Jobs in a state: those that failed the latest first, others in the order in which they run."""

    jobs: tuple[JobView, ...]


class LetterQuery(Page, frozen=True, forbid_unknown_fields=True):
    """Which letters."""

    state: Literal["waiting", "failed"] = "failed"


class LetterView(msgspec.Struct, frozen=True):
    """A letter in the queue; to whom it goes and what it says stays sealed."""

    id: str
    kind: letters_law.Kind
    state: letters_law.State
    fault: str | None
    code: int | None
    attempts: int
    made_at: datetime
    due_at: datetime


class LetterQueue(msgspec.Struct, frozen=True):
    """A page of letters, in the order they were made."""

    letters: tuple[LetterView, ...]
    next: str | None


class WorkCounts(msgspec.Struct, frozen=True):
    """How many wait, run and failed."""

    waiting: int
    running: int
    failed: int


class WorkView(msgspec.Struct, frozen=True):
    """How the work of the house stands."""

    last_night: datetime | None
    jobs: WorkCounts
    news_waiting: int
    news_oldest_at: datetime | None
    letters_on: bool
    letters: WorkCounts
    sealed_at: datetime | None
    seal: int | None
    head: str | None


def overview(call: Call) -> Reply:
    """How the work of the house stands."""
    news = outbox.backlog(call.store, call.programme_id)
    sent = letters.counts_of(call.store, call.programme_id)
    seal = seals.last(call.store, call.programme_id)
    return Reply(
        WorkView(
            programmes.last_night(call.store, call.programme_id),
            WorkCounts(**job_list.counts(call.programme_id)),
            news.news, news.oldest_at,
            mail.outlet() is not None, WorkCounts(sent.get("waiting", 0), 0, sent.get("failed", 0)),
            clock.instant(seal.span.sealed_at) if seal else None, seal.span.number if seal else None,
            seal.head if seal else None,
        )
    )  # fmt: skip


def list_(call: Call, query: JobQuery) -> Reply:
    """The jobs in a state."""
    return Reply(
        JobList(tuple([_view(one) for one in job_list.listed(call.programme_id, query.state, most=query.limit)]))
    )


def retry(call: Call, id: str) -> Reply:
    """Try a job anew that failed."""
    found = retries.job(
        programme_id=call.programme_id, job_id=ids.read("job", id), by=call.actor, now=clock.now()
    )  # fmt: skip
    return Reply(_view(found))


def list_letters(call: Call, query: LetterQuery) -> Reply:
    """The letters that wait or failed."""
    found = letters.of_programme(
        call.store, call.programme_id, query.state, after=calls.after_id(query.cursor), most=query.limit
    )
    ends = calls.cursor(found[-1].id) if len(found) == query.limit else None
    return Reply(LetterQueue(tuple([_letter(one) for one in found]), ends), next=ends)


def retry_letter(call: Call, id: str) -> Reply:
    """Try a letter anew that failed."""
    found = retries.letter(
        programme_id=call.programme_id, letter_id=ids.read("letter", id), by=call.actor, now=clock.now()
    )  # fmt: skip
    return Reply(_letter(found))


def _view(one: Listed) -> JobView:
    return JobView(
        ids.show("job", one.id), one.name, one.state, one.shared, one.put_at, one.due_at, one.ended_at, one.attempts,
        one.failure,
    )  # fmt: skip


def _letter(one: Letter) -> LetterView:
    return LetterView(
        ids.show("letter", one.id), one.kind, one.state, one.fault, one.code, one.attempts, one.made_at, one.due_at
    )


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint("GET", "/v1/jobs", "jobs:read", list_, "List jobs", JobList, query=JobQuery, tag="House"),
    Endpoint("GET", "/v1/jobs/overview", "jobs:read", overview, "Read how the work stands", WorkView, tag="House"),
    Endpoint(
        "POST", "/v1/jobs/{id}/retry", "jobs:write", retry, "Try a job anew", JobView,
        refuses=(job_list.JOB_UNKNOWN, job_list.JOB_NOT_FAILED, ids.ID_MALFORMED), noun="job", tag="House",
        about="Its tries are counted from the first again. Jobs do nothing twice, however often they run.",
    ),
    Endpoint(
        "GET", "/v1/letters", "jobs:read", list_letters, "List letters that wait or failed", LetterQueue,
        query=LetterQuery, refuses=(calls.CURSOR_INVALID,), tag="House",
    ),
    Endpoint(
        "POST", "/v1/letters/{id}/retry", "jobs:write", retry_letter, "Try a letter anew", LetterView,
        refuses=(letters_law.LETTER_UNKNOWN, letters_law.LETTER_NOT_FAILED, ids.ID_MALFORMED), noun="letter",
        tag="House",
    ),
)  # fmt: skip
