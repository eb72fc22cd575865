"""All that ever happened with a member, the latest first: what it moved, and the rule that caused it."""

from typing import Final
from urllib.parse import urlencode

import msgspec
from django.http import HttpResponse

from guerdon.core.activities import BUILT_IN_KINDS, LEDGER_KINDS
from guerdon.faces.api import activities as api
from guerdon.faces.api.balances import PostingView
from guerdon.faces.api.views import RecordedActivity
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, member
from guerdon.faces.design.shapes import Choice, Paging
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit

_ROWS: Final = 20
_ICONS: Final = {
    "purchase": "shopping-basket", "return": "undo-2", "burn": "gift", "redemption": "gift", "adjustment": "coins",
    "merge": "users", "unmerge": "users", "tier_review": "crown", "tier_grant": "crown", "transfer": "send",
    "birthday": "cake", "review": "star", "visit": "map-pin", "hold": "lock", "erasure": "trash-2",
    "signup": "user-plus",
}  # fmt: skip
# What the house enters by itself, beside what is told to it and the kinds of the programme.
_OWN: Final = ("adjustment", "redemption", "burn", "transfer", "tier_grant", "tier_review", "merge")


class Moved(msgspec.Struct, frozen=True):
    """What was moved of a unit, and why."""

    points: str
    plus: bool
    why: tuple[str, ...]


class Event(msgspec.Struct, frozen=True):
    """One thing that happened, in words."""

    id: str
    title: str
    icon: str
    when: str
    about: str
    waits: str
    refused: bool
    moved: tuple[Moved, ...]
    more: tuple[str, ...]


def show(visit: Visit, id: str) -> HttpResponse:
    """A page of what happened, of one kind where one is chosen."""
    found, pen = member.read(visit, id), Pen(visit)
    asked = visit.request.GET
    kind = asked.get("kind", "")
    query = api.Listing(
        member=found.id, order="newest", explain="full", limit=_ROWS, kind=kind or None, cursor=asked.get("cursor"),
        whole=True,
    )  # fmt: skip
    page = ask(visit, api.list_, query=query)
    more = urlencode({name: value for name, value in (("kind", kind), ("cursor", page.next)) if value})
    context = {
        "events": tuple([_event(visit, pen, one) for one in page.activities]), "kind": kind,
        "kinds": _kinds(visit, pen),
        "paging": Paging("", later=f"?{more}") if page.next else None,
    }  # fmt: skip
    return member.page(visit, found, "console.timeline", "console/timeline.html", context)


def _kinds(visit: Visit, pen: Pen) -> tuple[Choice, ...]:
    told = dict.fromkeys((*BUILT_IN_KINDS, *visit.programme.kinds, *_OWN))
    named = sorted([(named_kind(visit, pen, one), one) for one in told])
    return (Choice("", visit.say("member.every_kind")), *[Choice(one, title) for title, one in named])


def named_kind(visit: Visit, pen: Pen, kind: str) -> str:
    """A kind of event as people call it."""
    known = frame.known(visit, f"member.kind_{kind}", "")
    return known or pen.tongue.capital(pen.tongue.kind(kind, visit.programme)["one"])


def _event(visit: Visit, pen: Pen, one: RecordedActivity) -> Event:
    told = one.activity
    parts = [pen.money(told.total.amount, told.total.currency)] if told.total is not None else []
    places = (("store", told.store), ("channel", told.channel), ("partner", told.partner))
    parts += [text for text in (pen.word(what, key) for what, key in places) if text]
    # The house names what it writes itself by ids, which say nothing to people.
    if told.kind not in LEDGER_KINDS and told.external_id != told.member:
        parts.append(f"{told.source} {told.external_id}")
    facts = told.facts
    told_of = ("note",) if one.postings else ("reason", "actor", "note")  # postings say the others by themselves
    by = [pen.by_hand_for(str(facts[key])) if key == "reason" else str(facts[key]) for key in told_of if facts.get(key)]
    moved = tuple([_moved(pen, visit, each) for each in one.postings])
    return Event(
        told.id, named_kind(visit, pen, told.kind), _ICONS.get(told.kind, "zap"), pen.moment(told.occurred_at),
        " · ".join(parts), visit.say("member.waits") if told.status == "parked" else "",
        facts.get("verdict") == "rejected", moved,
        (*_more(visit, pen, one), *([" · ".join(by)] if by else []), *_judged(visit, pen, one)),
    )  # fmt: skip


def _judged(visit: Visit, pen: Pen, one: RecordedActivity) -> list[str]:
    """What a second person said to points by hand: how many were asked for, where none were given, and by whom."""
    facts = one.activity.facts
    if facts.get("verdict") is None:
        return []
    by, note = str(facts["decided_by"]), str(facts.get("verdict_note", ""))
    points = pen.signed_points(int(facts["points"]), str(facts["unit"]))
    told = visit.say(f"member.{facts['verdict']}_by", points=points, name=by)
    return [f"{told} · {note}" if note else told]


def _moved(pen: Pen, visit: Visit, one: PostingView) -> Moved:
    """The rules by their names come first, then the arithmetic and whatever else is to be said."""
    why: tuple[str, ...] = () if one.explanation is None else one.explanation.why
    if one.explanation is not None and one.explanation.version:
        rules = visit.book.law(one.explanation.version).programme.rules
        names = {rule.key: pen.tongue.named(rule.name) for rule in rules}
        told = [names[share.rule] for share in one.explanation.shares if share.rule in names]
        why = (pen.tongue.all_of(told), *why) if told else why
    return Moved(pen.signed_points(one.points, one.unit), one.points > 0, why)


def _more(visit: Visit, pen: Pen, one: RecordedActivity) -> list[str]:
    """What happened beside points: tiers, vouchers, caps."""
    told = []
    names = {level.key: pen.tongue.named(level.name) for each in visit.programme.tiers for level in each.levels}
    for step in one.decision.climbed:
        tier = names.get(step.tier or "", step.tier or "–")
        told.append(visit.say("member.climbed", tier=tier, day=pen.day(step.since)))
    for voucher in one.decision.issued:
        known = visit.programme.vouchers.get(voucher.voucher)
        name = voucher.voucher if known is None else pen.tongue.named(known.name)
        told.append(visit.say("member.issued", voucher=name))
    if one.decision.capped:
        told.append(visit.say("member.capped"))
    return told


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/members/<str:id>/timeline", "profiles:read", show, "console.timeline"),
)
