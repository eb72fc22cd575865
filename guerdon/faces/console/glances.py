"""Claims at a glance: who, of which tier, what it is about, what is asked, since when and by when."""

from collections.abc import Sequence
from typing import Final

import msgspec

from guerdon.core import claims as law
from guerdon.core import documents, limits
from guerdon.core.claims import Claim, Kind, Told
from guerdon.faces.console import members as list_of_members
from guerdon.faces.console import people
from guerdon.faces.design.shapes import Sign
from guerdon.faces.portal.claims import ICONS, SIGNS
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.features.claims import queries
from guerdon.features.members import queries as members
from guerdon.insight import roll
from guerdon.kit import ids

KINDS: Final[tuple[Kind, ...]] = ("missing_points", "question", "complaint")
_CHARS: Final = 140  # of what is asked; the page of the claim has all of it


class Glance(msgspec.Struct, frozen=True):
    """A claim in words, as a list shows it."""

    id: str
    icon: str
    who: str
    member: str
    tier: str
    about: str
    text: str
    when: str
    priority: str
    state: str
    sign: Sign
    overdue: bool


def shown(visit: Visit, claims: Sequence[Claim], purpose: str) -> tuple[Glance, ...]:
    """The claims in words, in six statements however many; that their members were looked at is noted."""
    if not claims:
        return ()
    leads = members.leads(visit.store, sorted({one.account_id for one in claims}))
    whose = [leads[one.account_id] for one in claims]
    who = [roll.Who(one.id, one.account_id, {}) for one in {one.id: one for one in whose}.values()]
    known = roll.glances(visit.store, visit.book.current(visit.now), visit.programme_id, who, visit.now)
    names = people.names(visit, [ids.show("member", one.id) for one in whose], purpose)
    told = queries.told_first(visit.store, claims)
    pen = Pen(visit)
    return tuple([
        _glance(
            visit, pen, one, told.get(one.id, Told()), names[ids.show("member", lead.id)],
            list_of_members.tiers(visit, pen, known[lead.id].tiers), ids.show("member", lead.id),
        )
        for one, lead in zip(claims, whose, strict=True)
    ])  # fmt: skip


def _glance(visit: Visit, pen: Pen, one: Claim, told: Told, who: str, tier: str, member: str) -> Glance:
    return Glance(
        ids.show("claim", one.id), ICONS[one.kind], who, member, tier, about(visit, pen, one, told),
        documents.shortened(" ".join(told.text.split()), _CHARS), when(visit, pen, one), priority(visit, one),
        visit.say(f"claims.{one.state}"), SIGNS[one.state], one.overdue(visit.now),
    )  # fmt: skip


def about(visit: Visit, pen: Pen, one: Claim, told: Told) -> str:
    """The kind of a claim, and what was told of the purchase: store, day, amount, receipt."""
    parts = [
        visit.say(f"claims.kind_{one.kind}"), pen.word("store", told.store),
        "" if told.day is None else pen.day(told.day), "" if told.amount is None else pen.money(told.amount),
        visit.say("claims.called_receipt", receipt=told.receipt) if told.receipt else "",
    ]  # fmt: skip
    return " · ".join(filter(None, parts))


def when(visit: Visit, pen: Pen, one: Claim) -> str:
    """Since when it waits, by when a word of ours is promised, and who works on it; or when it was settled."""
    if one.settled_at is not None:
        parts = [visit.say("claims.settled_on", day=pen.day(one.settled_at)), one.assigned_to]
        return " · ".join(filter(None, parts))
    ours = one.state in law.OURS
    since = visit.say("console_claims.waits_since", since=pen.moment(one.ours_since)) if ours else (
        visit.say("console_claims.opened", since=pen.moment(one.opened_at))
    )  # fmt: skip
    due = "" if one.state == "waiting_for_member" else visit.say("console_claims.due", until=pen.until(one.due_at))
    parts = [since, due, one.assigned_to or visit.say("console_claims.nobody")]
    return " · ".join(filter(None, parts))


def priority(visit: Visit, one: Claim) -> str:
    """That it comes before others; nothing of one that does not."""
    if one.priority == limits.CLAIM_PRIORITY_LAST:
        return ""
    return visit.say("console_claims.priority", number=one.priority)
