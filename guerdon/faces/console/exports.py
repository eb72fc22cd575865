"""Everything of money and points that can be taken along as a file."""

from typing import Final

from django.http import HttpResponse

from guerdon.core.rights import Right
from guerdon.faces.console import frame, reports
from guerdon.faces.design.shapes import Link
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit

_FILES: Final[tuple[tuple[str, str, str, Right], ...]] = (
    ("figures_month", "console.figures_csv", "?days=30&compare=previous_period", "figures:read"),
    ("figures_year", "console.figures_csv", "?days=year&compare=previous_year", "figures:read"),
    ("liability", "console.liability_csv", "", "figures:read"),
    ("revenue", "console.revenue_csv", "", "figures:read"),
    ("roll_forward", "console.roll_forward_csv", "?by=store", "figures:read"),
    ("closings", "console.closings_csv", "", "closings:read"),
)


def list_(visit: Visit) -> HttpResponse:
    """The files that the visitor may have."""
    files = tuple([
        (Link(visit.say(f"console_finance.file_{word}"), visit.to(page) + query, "file-text"),
         visit.say(f"console_finance.file_{word}_about"))
        for word, page, query, right in _FILES
        if visit.may(right)
    ])  # fmt: skip
    month = reports.last(visit)
    if month is not None:
        named = visit.say("console_finance.file_report", month=Pen(visit).month(month))
        report = Link(named, visit.to("console.report_pdf", month), "file-text")
        files = ((report, visit.say("console_finance.file_report_about")), *files)
    return frame.page(visit, "console/exports.html", {"files": files}, area="console.exports")


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/finance/exports", "figures:read", list_, "console.exports"),
)
