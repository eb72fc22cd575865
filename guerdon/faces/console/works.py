"""Work in the console: the night, news, jobs, letters and seals, what failed, and trying it anew."""

from typing import Final

from django.http import HttpResponse

from guerdon.core.errors import Refusal
from guerdon.faces import posted
from guerdon.faces.api import jobs as api
from guerdon.faces.asking import ask
from guerdon.faces.console import frame
from guerdon.faces.visits import Page, Visit


def show(visit: Visit) -> HttpResponse:
    """How the work stands."""
    return _show(visit)


def retry_job(visit: Visit, id: str) -> HttpResponse:
    """Try a job anew."""
    return _again(visit, api.retry, id)


def retry_letter(visit: Visit, id: str) -> HttpResponse:
    """Try a letter anew."""
    return _again(visit, api.retry_letter, id)


def _again(visit: Visit, run: object, id: str) -> HttpResponse:
    try:
        ask(visit, run, id)  # type: ignore[arg-type] # one of the two
    except Refusal as refusal:
        return _show(visit, posted.fault(refusal), status=422)
    return visit.done(visit.say("console_works.retried"), "console.works")


def _show(visit: Visit, fault: str = "", status: int = 200) -> HttpResponse:
    lists = [
        (state, [(one, frame.known(visit, f"console_works.job_{one.name}", one.name)) for one in _jobs(visit, state)])
        for state in ("failed", "waiting")
    ]
    posts = [(state, [_letter(visit, one) for one in _letters(visit, state)]) for state in ("failed", "waiting")]
    context = {
        "works": ask(visit, api.overview), "jobs": dict(lists), "letters": dict(posts), "fault": fault,
        "may": visit.may("jobs:write"),
    }  # fmt: skip
    return frame.page(visit, "console/works.html", context, area="console.works", status=status)


def _jobs(visit: Visit, state: str) -> tuple[api.JobView, ...]:
    found: api.JobList = ask(visit, api.list_, query=api.JobQuery(state=state))  # type: ignore[arg-type]
    return found.jobs


def _letters(visit: Visit, state: str) -> tuple[api.LetterView, ...]:
    found: api.LetterQueue = ask(visit, api.list_letters, query=api.LetterQuery(state=state))  # type: ignore[arg-type]
    return found.letters


def _letter(visit: Visit, one: api.LetterView) -> tuple[api.LetterView, str, str]:
    kind = visit.say(f"console_works.letter_{one.kind}")
    return one, kind, visit.say(f"console_works.fault_{one.fault}") if one.fault else ""


_AT: Final = "console/<slug:programme>/works/"
PAGES: Final[tuple[Page, ...]] = (
    Page(_AT, "jobs:read", show, "console.works"),
    Page(f"{_AT}jobs/<str:id>/retry", "jobs:write", retry_job, "console.job_again", ("POST",)),
    Page(f"{_AT}letters/<str:id>/retry", "jobs:write", retry_letter, "console.letter_again", ("POST",)),
)
