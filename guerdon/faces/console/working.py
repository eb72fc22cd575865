"""What is not working: rules, rewards, vouchers, tiers … of closed months that do not pay, and what to do."""

from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guerdon.core.working import Kind
from guerdon.faces import findings
from guerdon.faces.console import frame, insight
from guerdon.faces.design.shapes import Choice, Link
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.insight import schedule
from guerdon.insight.kpis import kept
from guerdon.insight.working import kept as reports
from guerdon.insight.working.told import Report

AREA: Final = "console.working"
# Where something can be done about it: the first page of an area.
_PLACES: Final[dict[Kind, str]] = {
    "campaigns_cost": "console.rules", "campaigns_unseen": "console.rules", "campaigns_unmeasured": "console.settings",
    "points_expire": "console.simulations", "voucher_unused": "console.vouchers", "voucher_idle": "console.vouchers",
    "reward_untaken": "console.rewards", "rule_silent": "console.rules", "rule_rare": "console.rules",
    "tier_empty": "console.tiers", "segment_shrinks": "console.segments",
}  # fmt: skip
_AREAS: Final = {area.page: area for areas in frame.AREAS.values() for area in areas}


class Card(msgspec.Struct, frozen=True):
    """A finding as it is shown, with the way to where something can be done."""

    title: str
    text: str
    since: str
    advice: str
    link: Link | None = None


def read(visit: Visit) -> HttpResponse:
    """What does not work in the months that are picked; where nobody has looked yet it is put into the queue."""
    context: dict[str, Any] = {"crumbs": (Link(visit.say("insight.title"), visit.to("console.insight")),)}
    if not insight.months(visit, context):
        return frame.page(visit, "console/working.html", context, area=AREA)
    asked = visit.request.GET.get("days", "")
    days = asked if asked in kept.PRESETS else kept.USUAL
    wanted = reports.preset(insight.folder(visit), days)
    assert wanted is not None, "there are months"
    choices = [Choice(name, visit.say(f"insight.days_{name}")) for name in kept.PRESETS]
    context |= {"days": days, "choices": choices, "here": f"{visit.to('console.working')}?days={days}"}
    known = reports.find(insight.folder(visit), wanted)
    if known is None:
        schedule.want_working(visit.programme_id, wanted)
        context["waiting"] = 1
    elif known.report is None:
        context["unsaid"] = known.why
    else:
        context |= _told(visit, known.report)
    return frame.page(visit, "console/working.html", context, area=AREA)


def _told(visit: Visit, report: Report) -> dict[str, Any]:
    pen, against = Pen(visit), visit.say("working.against_none")
    if report.against is not None:
        since, last = pen.day(report.against.since), pen.day(report.against.last)
        against = visit.say("working.against", since=since, last=last)

    def points(steps: int, unit: str) -> str:
        known = unit in pen.programme.units
        return pen.points(steps, unit) if known else pen.tongue.number(steps, report.scales.get(unit, 0))

    cards = []
    for one in report.findings:
        said = findings.tell(one, visit.language, currency=report.currency, points=points)
        cards.append(Card(said.title, said.text, said.since, said.advice, _link(visit, one.kind)))
    return {
        "said": True, "cards": tuple(cards), "looked_at": pen.number(report.looked_at), "against": against,
        "found": pen.number(len(cards)),
        "span": visit.say("working.days", since=pen.day(report.span.since), last=pen.day(report.span.last)),
    }  # fmt: skip


def _link(visit: Visit, kind: Kind) -> Link | None:
    """The way to where something can be done, for who may go there."""
    area = _AREAS.get(_PLACES.get(kind, ""))
    if area is None or not visit.may(area.needs):
        return None
    return Link(visit.say(area.word), visit.to(area.page))


PAGES: Final[tuple[Page, ...]] = (Page("console/<slug:programme>/insight/working", "figures:read", read, AREA),)
