"""Parked activities: what was recorded but can't be decided yet, why, and what makes it go on."""

from typing import Final

from django.http import HttpResponse

from guerdon.faces.api import activities as api
from guerdon.faces.api.views import RecordedActivity
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, people, timeline
from guerdon.faces.design.shapes import Cell, Column, Row
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit

FOR_APPROVAL: Final = "approval_missing"  # which stands under Approvals, not here
_REASONS: Final = frozenset({"rate_missing", "purchase_missing"})


def show(visit: Visit) -> HttpResponse:
    """What waits, in the order it came."""
    found = ask(visit, api.list_, query=api.Listing(status="parked", cursor=visit.request.GET.get("cursor")))
    columns = tuple(Column(visit.say(f"console_house.{key}")) for key in _COLUMNS)
    lacking = [one for one in found.activities if one.decision.parked != FOR_APPROVAL]
    names = people.names(visit, [one.activity.member for one in lacking], "console.parked")
    rows = tuple(_row(visit, Pen(visit), one, names[one.activity.member]) for one in lacking)
    context = {"columns": columns, "rows": rows, "next": found.next}
    return frame.page(visit, "console/parked.html", context, area="console.parked")


_COLUMNS: Final = ("what", "member", "why_waits", "what_to_do", "when")


def _row(visit: Visit, pen: Pen, one: RecordedActivity, name: str) -> Row:
    told, reason = one.activity, one.decision.parked or ""
    known = reason if reason in _REASONS else "other"
    why = visit.say(f"console_house.why_{known}", reason=reason)
    what = visit.say(f"console_house.do_{known}", currency=told.currency or "")
    to = visit.to("console.rates") if known == "rate_missing" and visit.may("figures:read") else ""
    return Row(
        (
            Cell(f"{timeline.named_kind(visit, pen, told.kind)} {told.external_id}"), Cell(name),
            Cell(why, sign="warn"), Cell(what, to), Cell(pen.moment(told.recorded_at)),
        )
    )  # fmt: skip


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/parked/", "profiles:read", show, "console.parked"),
)  # fmt: skip
