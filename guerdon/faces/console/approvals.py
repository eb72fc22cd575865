"""Approvals: what waits for a second person, with all it takes to decide; one's own is shown and can't be decided."""

from typing import Final

import msgspec
from django.http import HttpResponse

from guerdon.core import claims as law_of_claims
from guerdon.core.errors import Refusal
from guerdon.faces import posted
from guerdon.faces.api import adjustments, drafts
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, glances, people
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.claims import queries as claims

_DRAFTS: Final = 10  # each is read whole
_DIFFERENCES: Final = 12
_VERDICTS: Final = {"approve": (adjustments.approve, "approved"), "refuse": (adjustments.reject, "refused")}


class Waiting(msgspec.Struct, frozen=True):
    """An adjustment that waits, in words."""

    id: str
    points: str
    member: str
    name: str
    reason: str
    note: str
    asked: str
    claim: glances.Glance | None
    mine: bool


class Review(msgspec.Struct, frozen=True):
    """A draft that waits, in words: what it changes, and how much more than is shown."""

    id: str
    title: str
    revision: int
    why: str
    asked: str
    differences: tuple[str, ...]
    more: int
    mine: bool


def show(visit: Visit) -> HttpResponse:
    """All that waits."""
    return _show(visit)


def decide(visit: Visit, id: str, verdict: str) -> HttpResponse:
    """Approve or refuse an adjustment, once, with words."""
    run, told = _VERDICTS[verdict]
    try:
        ask(visit, run, id, body=posted.read(visit.request, adjustments.Judgement), token=posted.token(visit.request))
    except Refusal as refusal:
        return _show(visit, "; ".join(posted.faults(refusal).values()), status=422)
    return visit.done(visit.say(f"console_house.{told}"), "console.approvals")


def _show(visit: Visit, fault: str = "", status: int = 200) -> HttpResponse:
    queue = adjustments.Queue(state="waiting", cursor=visit.request.GET.get("cursor"))
    found = ask(visit, adjustments.list_, query=queue) if visit.may("profiles:read") else None
    asked_for = [one.adjustment for one in found.adjustments] if found else []
    names = people.names(visit, [one.member for one in asked_for], "console.approvals")
    about = _claims(visit, asked_for)
    waiting = [_waiting(visit, one, names[one.member], about.get(one.id)) for one in asked_for]
    asked = drafts.DraftQueue(limit=_DRAFTS, cursor=visit.request.GET.get("drafts"), state="in_review")
    reviews = ask(visit, drafts.list_, query=asked)
    context = {
        "waiting": waiting, "drafts": [_review(visit, one) for one in reviews.drafts], "more": reviews.next,
        "next": found.next if found else None, "fault": fault, "may": visit.may("adjustments:approve"),
        "reviews": visit.may("programme:approve"),
    }  # fmt: skip
    return frame.page(visit, "console/approvals.html", context, area="console.approvals", status=status)


def _claims(visit: Visit, asked_for: list[adjustments.Adjustment]) -> dict[str, glances.Glance]:
    """The claim for which an adjustment gives points, by the adjustment's id; nothing for who may not see claims."""
    if not visit.may("claims:read"):
        return {}
    wanted = {
        one.id: law_of_claims.goodwill_for(one.external_id) for one in asked_for if one.source == law_of_claims.SOURCE
    }
    found = claims.several(visit.store, visit.programme_id, list(wanted.values()))
    seen = glances.shown(visit, list(found.values()), "console.approvals")
    by_id = dict(zip(found, seen, strict=True))
    return {id: by_id[claim] for id, claim in wanted.items() if claim in by_id}


def _review(visit: Visit, one: drafts.DraftView) -> Review:
    whole: drafts.DraftWhole = ask(visit, drafts.read, one.id)
    sent = next(step for step in reversed(whole.steps) if step.verb == "submit")
    asked = visit.say("console_house.by", name=sent.actor, when=Pen(visit).moment(sent.at))
    told = whole.differences
    return Review(
        one.id, one.title, one.revision, sent.why, asked, told[:_DIFFERENCES], len(told[_DIFFERENCES:]),
        one.mine,
    )  # fmt: skip


def _waiting(visit: Visit, one: adjustments.Adjustment, name: str, claim: glances.Glance | None) -> Waiting:
    pen = Pen(visit)
    return Waiting(
        one.id, pen.points(one.points, one.unit), one.member, name,
        pen.by_hand_for(one.reason), one.note,
        visit.say("console_house.by", name=one.actor, when=pen.moment(one.recorded_at)),
        claim, one.mine,
    )  # fmt: skip


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/approvals/", "rules:read", show, "console.approvals"),
    Page(
        "console/<slug:programme>/approvals/<str:id>/approve", "adjustments:approve",
        lambda visit, id: decide(visit, id, "approve"), "console.approve", ("POST",), fresh=True,
    ),
    Page(
        "console/<slug:programme>/approvals/<str:id>/refuse", "adjustments:approve",
        lambda visit, id: decide(visit, id, "refuse"), "console.refuse", ("POST",), fresh=True,
    ),
)  # fmt: skip
