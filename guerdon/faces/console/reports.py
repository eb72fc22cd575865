"""The report of a month, to be taken along as PDF or as a page."""

from typing import Final

from django.http import HttpResponse

from guerdon.core import closing as law
from guerdon.core import period
from guerdon.faces.api import reports as api
from guerdon.faces.api.calls import Paper
from guerdon.faces.asking import ask
from guerdon.faces.visits import Page, Visit
from guerdon.insight import liability


def pdf(visit: Visit, month: str) -> HttpResponse:
    """As paper."""
    return _file(ask(visit, api.read, month, query=api.InForm("pdf")))


def html(visit: Visit, month: str) -> HttpResponse:
    """As a page that needs nothing else: it is saved, for here it could not show its own colours."""
    return _file(ask(visit, api.read, month, query=api.InForm("html")))


def _file(paper: Paper) -> HttpResponse:
    named = {"Content-Disposition": f'attachment; filename="{paper.name}"', "Cache-Control": "no-store, private"}
    return HttpResponse(paper.content, content_type=paper.media_type, headers=named)


def last(visit: Visit) -> str | None:
    """The last month that is over, where the programme was there; None before one is."""
    month = liability.months_before(law.named(period.local_day(visit.now, visit.zone)), 1)
    return month if month >= law.named(period.local_day(visit.book.begins(), visit.zone)) else None


_MONTH: Final = "console/<slug:programme>/finance/reports/<str:month>"
PAGES: Final[tuple[Page, ...]] = (
    Page(f"{_MONTH}.pdf", "figures:read", pdf, "console.report_pdf"),
    Page(f"{_MONTH}.html", "figures:read", html, "console.report_html"),
)
