"""The household: who shares the balance, who is invited, joining, leaving, and what everybody may do there."""

from collections.abc import Callable
from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guerdon.core.activities import IdentifierKind, Member
from guerdon.core.errors import Refusal
from guerdon.core.households import INVITATION_UNKNOWN
from guerdon.engine import showing
from guerdon.faces import posted
from guerdon.faces.api import households as api
from guerdon.faces.api import members as members_api
from guerdon.faces.api import sharing, tiers
from guerdon.faces.api.calls import Trial
from guerdon.faces.api.sharing import InvitedRole
from guerdon.faces.asking import ask
from guerdon.faces.design.shapes import Choice
from guerdon.faces.portal import frame, gifts, own
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.visits import Page, Visit
from guerdon.features.members import queries as members
from guerdon.kit import ids


class Inviting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is invited, by e-mail or the number of a card, as what."""

    to: str
    role: InvitedRole = "adult"


class Fellow(msgspec.Struct, frozen=True):
    """A person of the household in words."""

    id: str
    name: str
    role: str
    is_self: bool
    is_child: bool
    since: str


class Open(msgspec.Struct, frozen=True):
    """An invitation that is open."""

    id: str
    household: str
    about: str
    who: str  # who invited, or who is invited; nothing where there is no name


def show(visit: Visit) -> HttpResponse:
    """The household of the member, or how to found one."""
    return _show(visit, {})


def _show(visit: Visit, faults: dict[str, str], status: int = 200) -> HttpResponse:
    me, pen = own.shown(visit), Pen(visit)
    member = ask(visit, members_api.read, me)
    context: dict[str, Any] = {
        "invitations": _invitations(visit, pen), "in_it": member.household is not None, "owner": member.role == "owner",
        "faults": faults | {"general": " ".join(text for name, text in faults.items() if name != "to")},
        "said": visit.request.POST, "persons": (), "asked": (), "founding": visit.programme.households is not None,
        "roles": tuple([Choice(one, visit.say(f"portal_club.role_{one}")) for one in ("adult", "child")]),
    }  # fmt: skip
    if member.household is not None:
        found = ask(visit, api.read, member.household)
        who = [ids.read("member", one.member) for one in found.persons]
        names = {
            id: one.name
            for id, one in showing.persons(visit.store, visit.programme_id, who, None, now=visit.now).items()
        }
        context["persons"] = tuple(
            Fellow(
                one.member, names.get(id) or visit.say("portal_club.unnamed"),
                visit.say(f"portal_club.role_{one.role}"), one.member == me, one.role == "child",
                pen.day(one.since),
            )
            for id, one in zip(who, found.persons, strict=True)
        )  # fmt: skip
        if member.role == "owner":
            every = ask(visit, api.list_invitations, member.household).invitations
            waits = [one for one in every if one.state == "open"]
            invited = own.names(visit, [one.member for one in waits])
            context["asked"] = tuple([_open(visit, pen, one, invited.get(one.member, "")) for one in waits])
    return frame.page(visit, "portal/household.html", context, part="portal.club", status=status)


def _invitations(visit: Visit, pen: Pen) -> tuple[Open, ...]:
    found = ask(visit, api.list_own_invitations, own.shown(visit)).invitations
    names = own.names(visit, [one.invited_by for one in found])
    told = {id: visit.say("portal_club.invited_by", name=name) for id, name in names.items()}
    return tuple([_open(visit, pen, one, told.get(one.invited_by, "")) for one in found if one.state == "open"])


def _open(visit: Visit, pen: Pen, one: sharing.InvitationView, who: str) -> Open:
    role = visit.say(f"portal_club.role_{one.role}")
    return Open(one.id, one.household, visit.say("portal_club.invited_as", role=role, until=pen.until(one.until)), who)


def found(visit: Visit) -> HttpResponse:
    """Found a household: all there is in the own account passes to it."""
    body = sharing.NewHousehold(Member(id=own.shown(visit)))
    return _do(visit, "found", lambda query, token: ask(visit, api.found, query=query, body=body, token=token))


def invite(visit: Visit) -> HttpResponse:
    """Invite another member; nothing moves before the invitation is accepted."""
    try:
        wanted = posted.read(visit.request, Inviting)
        to = gifts.receiver(visit, wanted.to)
        if members.find(visit.store, visit.programme_id, *_stored(to)) == visit.member_id:
            return _show(visit, {"to": visit.say("portal_club.self")}, status=422)
        body = sharing.NewInvitation(to, Member(id=own.shown(visit)), wanted.role)
        ask(visit, api.invite, _household(visit), body=body, token=posted.token(visit.request))
    except Refusal as refusal:
        return _show(visit, posted.faults(refusal), status=422)
    return visit.done(visit.say("portal_club.invite_done"), "portal.household")


def _stored(to: Member) -> tuple[IdentifierKind, str]:
    """By what somebody was named, as the directory keeps it."""
    kind, value = to.identifier()
    return kind, members.stored(kind, value)


def answer(visit: Visit, id: str, deed: str) -> HttpResponse:
    """Take an invitation, or refuse it; the owner takes back one that was made."""
    runs: dict[str, Callable[..., Any]] = {"accept": api.accept, "decline": api.decline, "withdraw": api.withdraw}
    if deed == "withdraw":
        household = _household(visit)
        every = ask(visit, api.list_invitations, household).invitations if _is_owner(visit) else ()
    else:
        every = ask(visit, api.list_own_invitations, own.shown(visit)).invitations
    one = next((one for one in every if one.id == id), None)
    if one is None:
        raise INVITATION_UNKNOWN(id=id)
    run = runs[deed]
    return _do(
        visit, deed, lambda query, token: ask(visit, run, one.household, id, query=query, token=token), one.household
    )


def leave(visit: Visit) -> HttpResponse:
    """Leave the household; the programme says what goes along."""
    body = sharing.Departure(Member(id=own.shown(visit)))
    home = _household(visit)
    return _do(visit, "leave", lambda query, token: ask(visit, api.leave, home, query=query, body=body, token=token))


def person(visit: Visit, id: str, deed: str) -> HttpResponse:
    """What the owner does: remove somebody, make a child an adult or the reverse, hand the household over."""
    me, other = Member(id=own.shown(visit)), Member(id=id)
    deeds: dict[str, tuple[Callable[..., Any], msgspec.Struct]] = {
        "remove": (api.leave, sharing.Departure(other, by=me)),
        "adult": (api.change_role, sharing.NewRole(other, "adult", me)),
        "child": (api.change_role, sharing.NewRole(other, "child", me)),
        "owner": (api.hand_over, sharing.HandOver(other, me)),
    }
    run, body = deeds[deed]
    home = _household(visit)
    return _do(visit, deed, lambda query, token: ask(visit, run, home, query=query, body=body, token=token))


def _household(visit: Visit) -> str:
    """The household the member belongs to by now; the own account where there is none, which the law refuses."""
    return ask(visit, members_api.read, own.shown(visit)).household or own.shown(visit)


def _is_owner(visit: Visit) -> bool:
    return bool(ask(visit, members_api.read, own.shown(visit)).role == "owner")


def _do(visit: Visit, deed: str, run: Callable[[Trial, str | None], Any], home: str = "") -> HttpResponse:
    """Try it and ask whether it is meant, with what it comes to, then do it; what is in the way is said first."""
    try:
        if not visit.is_sure:
            tried = run(Trial(dry_run=True), None)
            told = _comes_to(visit, deed, tried, home)
            asked = Question(
                visit.say(f"portal_club.{deed}_sure"), visit.say("page.yes"), visit.to("portal.household"),
                visit.say(f"portal_club.{deed}_about"), area="portal.club", warnings=told,
            )  # fmt: skip
            return visit.sure(asked)
        run(Trial(), posted.token(visit.request))
    except Refusal as refusal:
        return _show(visit, posted.faults(refusal), status=422)
    return visit.done(visit.say("portal_club.done"), "portal.household")


def _comes_to(visit: Visit, deed: str, tried: Any, home: str) -> tuple[str, ...]:
    """What becomes of the points and of the tier, in words."""
    pen = Pen(visit)
    if deed in ("leave", "remove"):
        points = [pen.points(one.points, one.unit) for one in tried.moved if one.points]
        debts = [pen.points(one.debt, one.unit) for one in tried.moved if one.debt]
        goes = visit.say("portal_club.goes", points=pen.tongue.all_of(points)) if points else ""
        owed = visit.say("portal_club.goes_owed", points=pen.tongue.all_of(debts)) if debts else ""
        told = [goes or visit.say("portal_club.goes_nothing"), owed]
        told += [visit.say("portal_club.closes")] if tried.leaving == "all" else []
        return tuple([one for one in (*told, visit.say("portal_club.tier_parts") if _climbs(visit) else "") if one])
    if deed not in ("found", "accept") or not _climbs(visit):
        return ()
    mine, theirs = _tiers(visit, pen, own.shown(visit)), _tiers(visit, pen, home) if home else ""
    rests = (visit.say("portal_club.tier_rests", tier=mine),) if mine else ()
    return (*rests, visit.say("portal_club.tier_home", tier=theirs) if theirs else visit.say("portal_club.tier_none"))


def _climbs(visit: Visit) -> bool:
    return bool(visit.programme.tiers)


def _tiers(visit: Visit, pen: Pen, account: str) -> str:
    """The tiers that an account is on, by their names."""
    names = [one.name for one in ask(visit, tiers.read, account, query=tiers.AsOf()).ladders if one.name is not None]
    return pen.tongue.all_of(names) if names else ""


PAGES: Final[tuple[Page, ...]] = (
    Page("my/<slug:programme>/household", "self", show, "portal.household"),
    Page("my/<slug:programme>/household/found", "self", found, "portal.found", methods=("POST",)),
    Page("my/<slug:programme>/household/invite", "self", invite, "portal.invite", methods=("POST",)),
    Page("my/<slug:programme>/household/leave", "self", leave, "portal.leave", methods=("POST",)),
    *[
        Page(
            f"my/<slug:programme>/household/invitations/<str:id>/{deed}", "self",
            lambda visit, id, deed=deed: answer(visit, id, deed), f"portal.invitation_{deed}", methods=("POST",),
        )
        for deed in ("accept", "decline", "withdraw")
    ],
    *[
        Page(
            f"my/<slug:programme>/household/persons/<str:id>/{deed}", "self",
            lambda visit, id, deed=deed: person(visit, id, deed), f"portal.person_{deed}", methods=("POST",),
        )
        for deed in ("remove", "adult", "child", "owner")
    ],
)  # fmt: skip
