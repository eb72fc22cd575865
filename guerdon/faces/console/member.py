"""One member from all sides: the head of all of these pages, and what there is at a glance."""

from datetime import datetime
from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guerdon.core import limits, sentences
from guerdon.core.redemptions import LIVE
from guerdon.core.rights import Right
from guerdon.engine import address_waits
from guerdon.faces import climbs, leaving, worths
from guerdon.faces.api import balances, expirations, redemptions, views, vouchers
from guerdon.faces.api import members as api
from guerdon.faces.api.balances import BalanceView
from guerdon.faces.api.calls import Page as Part
from guerdon.faces.api.members import MemberView
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, members
from guerdon.faces.design.shapes import Fact, Link
from guerdon.faces.show import Pen
from guerdon.faces.visits import VIEWS, Page, Visit
from guerdon.features.activities import queries as activities
from guerdon.features.adjustments import queries as adjustments
from guerdon.kit import ids

_ENDINGS: Final = 5
_OPEN_MAX: Final = 5


class Tab(msgspec.Struct, frozen=True):
    """A page about a member, and the right that it needs."""

    page: str
    word: str
    needs: Right = "profiles:read"


class Waits(msgspec.Struct, frozen=True):
    """Points that somebody must agree to, a reward to hand over or a voucher to use, with the word for that."""

    icon: str
    name: str
    about: str


class Purse(msgspec.Struct, frozen=True):
    """What there is of a unit, in words."""

    name: str
    available: str
    worth: str
    facts: tuple[Fact, ...]


TABS: Final = (
    Tab("console.member", "overview"),
    Tab("console.timeline", "timeline"),
    Tab("console.lots", "lots"),
    Tab("console.vouchers_of", "vouchers"),
    Tab("console.redemptions_of", "redemptions"),
    Tab("console.segments_of", "segments", "segments:read"),
    Tab("console.notes", "notes", "privacy:read"),
    Tab("console.privacy", "privacy", "privacy:read"),
)
# What can be done with a member: its page, its word, its icon, the right it needs, and in which states.
_ACTS: Final[tuple[tuple[str, str, str, Right, tuple[str, ...]], ...]] = (
    ("console.adjust", "adjust", "coins", "adjustments:write", ("active", "blocked", "closed")),
    ("console.merge", "merge", "users", "adjustments:write", ("active",)),
    ("console.block", "block", "lock", "members:write", ("active",)),
    ("console.unblock", "unblock", "play", "members:write", ("blocked",)),
    ("console.revoke", "revoke", "smartphone", "members:write", ("active", "blocked")),
    ("console.lift", "lift", "hourglass", "members:vouch", ("active", "blocked")),
    ("console.view", "view", "eye", VIEWS, ("active",)),
)


def page(
    visit: Visit, member: MemberView, tab: str, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page about a member; `tab` is the page it belongs to."""
    pen = Pen(visit)
    tabs = tuple(
        [
            Link(visit.say(f"member.{one.word}"), visit.to(one.page, member.id), current=one.page == tab)
            for one in TABS
            if visit.may(one.needs)
        ]
    )
    acts = tuple(
        [
            Link(visit.say(f"member.{word}"), visit.to(at, member.id), icon)
            for at, word, icon, right, states in _ACTS
            if visit.may(right) and member.status in states and (word != "lift" or _waits_until(visit, member))
        ]
    )
    told = {
        "member": member, "name": members.name(member), "tabs": tabs, "acts": acts, "crumbs": members.crumbs(visit),
        "status": visit.say(f"members.status_{member.status}"), "sign": members.SIGNS[member.status],
        "leaving": leaving.of(visit, ids.read("member", member.id)),
        "since": visit.say("member.since", day=pen.day(member.enrolled_at)),
    }  # fmt: skip
    return frame.page(visit, template, {**told, **context}, area="console.members", status=status)


def read(visit: Visit, id: str) -> MemberView:
    """The member of an address. Raises `member_unknown`; the look is noted."""
    found: MemberView = ask(visit, api.read, id)
    return found


def crumbs(visit: Visit, member: MemberView) -> tuple[Link, ...]:
    """The way to what is done with a member."""
    return (*members.crumbs(visit), Link(members.name(member), visit.to("console.member", member.id)))


def overview(visit: Visit, id: str) -> HttpResponse:
    """What the member has, where it leads, what ends next, and what is open."""
    member, pen = read(visit, id), Pen(visit)
    has = ask(visit, balances.read, member.id).balances
    ends = ask(visit, expirations.read, member.id).expirations
    mine = ask(visit, redemptions.list_of_member, member.id, query=Part(limit=limits.PAGE_ROWS_DEFAULT)).redemptions
    given = ask(visit, vouchers.list_, member.id, query=Part(limit=limits.PAGE_ROWS_DEFAULT)).vouchers
    endings = [Fact(pen.day(one.last_day), pen.points(one.points, one.unit)) for one in ends[:_ENDINGS]]
    purses = [_purse(visit, pen, one, _ending(visit, ends, one.unit)) for one in has if counts(visit, one)]
    context = {
        "purses": tuple(purses),
        "climbs": climbs.of_member(visit, member.id, voice="member"),
        "endings": tuple(endings),
        "waiting": (
            *_address_waits(visit, pen, member),
            *_asked_for(visit, pen, member),
            *[_waits(visit, "gift", one.name, one.state, one.code) for one in mine if one.state in LIVE][:_OPEN_MAX],
            *[_waits(visit, "ticket", one.offer.name, one.state, one.code) for one in given if one.state == "active"][
                :_OPEN_MAX
            ],
        ),
        "facts": _facts(visit, pen, member),
    }  # fmt: skip
    return page(visit, member, "console.member", "console/member.html", context)


def _asked_for(visit: Visit, pen: Pen, member: MemberView) -> list[Waits]:
    """Points by hand that wait for a second person, in a household's account only those of the member."""
    accounts = [ids.read("member", one) for one in (member.id, member.household) if one]
    asked = [one for each in accounts for one in adjustments.waiting(visit.store, each, most=_OPEN_MAX)]
    told = activities.recorded(visit.store, [(one.account_id, one.id) for one in asked])
    facts = [one.activity.facts for one in told.values() if views.whose(one) == member.id]
    about = visit.say("member.waits_for_second")
    return [Waits("coins", pen.signed_points(int(one["points"]), str(one["unit"])), about) for one in facts]


def _waits_until(visit: Visit, member: MemberView) -> datetime | None:
    return address_waits.until(visit.store, visit.programme, ids.read("member", member.id), now=visit.now)


def _address_waits(visit: Visit, pen: Pen, member: MemberView) -> list[Waits]:
    """That the member has a new address, and can give nothing away for a while."""
    until = _waits_until(visit, member)
    told = "" if until is None else visit.say("member.waits_until", when=pen.moment(until))
    return [Waits("hourglass", told, visit.say("member.waits_address"))] if told else []


def _waits(visit: Visit, icon: str, name: str, state: str, code: str) -> Waits:
    return Waits(icon, name, f"{visit.say(f'states.{state}')} · {code}")


def counts(visit: Visit, one: BalanceView) -> bool:
    """Whether there is something of a unit; of the main one nothing is told, too."""
    return one.unit == members.main_unit(visit) or any((one.available, one.pending, one.held, one.debt))


def _ending(visit: Visit, ends: Any, unit: str) -> int:
    """How many points of a unit end within the days in which members are reminded."""
    soon = max(visit.programme.remind_days, default=0)
    return sum(one.points for one in ends if one.unit == unit and one.days_left <= soon)


def _purse(visit: Visit, pen: Pen, one: BalanceView, ending: int) -> Purse:
    amounts = (("pending", one.pending), ("held", one.held), ("debt", one.debt), ("ending", ending))
    facts = tuple([Fact(visit.say(f"member.{key}"), pen.number(steps, one.unit)) for key, steps in amounts if steps])
    worth = worths.told(visit, one.unit, one.available, one.worth)
    name = pen.tongue.capital(pen.tongue.named(visit.programme.unit(one.unit).name))
    return Purse(name, pen.number(one.available, one.unit), worth, facts)


def called(pen: Pen, attribute: str) -> str:
    """How people call an attribute of members, as a line begins."""
    return pen.tongue.capital(sentences.attribute(attribute, pen.programme, pen.tongue.code))


def _facts(visit: Visit, pen: Pen, member: MemberView) -> tuple[Fact, ...]:
    """What is known of the person, and by what the member is found."""
    person = member.person
    told: list[tuple[str, str]] = []
    if person is not None:
        birthday = "" if person.birthday is None else pen.day(person.birthday)
        told += [("email", person.email or ""), ("phone", person.phone or ""), ("birthday", birthday)]
    told += [("card", ", ".join(member.cards)), ("external_id", ", ".join(member.external_ids))]
    facts = [Fact(visit.say(f"members.{key}"), text) for key, text in told if text]
    if member.household is not None:
        role = visit.say(f"portal_club.role_{member.role}")
        facts.append(Fact(visit.say("member.household"), role))
    if member.segments:
        names = [sentences.word("segment", one, visit.programme, visit.language) for one in member.segments]
        facts.append(Fact(visit.say("member.labels"), ", ".join(names)))
    facts += [
        Fact(called(pen, key), sentences.value(key, value, visit.programme, visit.language))
        for key, value in sorted(member.attributes.items())
    ]
    return (*facts, Fact(visit.say("member.id"), member.id))


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/members/<str:id>", "profiles:read", overview, "console.member"),
)
