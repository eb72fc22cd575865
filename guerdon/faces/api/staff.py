"""Staff: who works with the programme in which role, invited, changed, let go."""

from datetime import datetime
from typing import Annotated, Final

import msgspec
from django.conf import settings
from msgspec import Meta

from guerdon.core import limits, rights
from guerdon.core import members as members_law
from guerdon.core.rights import Role
from guerdon.engine import staff as engine
from guerdon.faces.api.calls import Call, Endpoint, Language, Reply
from guerdon.features.users import actions, queries
from guerdon.features.users.queries import InvitationRow, StaffRow
from guerdon.kit import clock, ids

Reason = Annotated[str, Meta(max_length=limits.TEXT_CHARS_MAX)]


class NewStaffInvitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody to invite."""

    email: Annotated[str, Meta(min_length=1, max_length=limits.IDENTIFIER_CHARS_MAX)]
    name: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]
    role: Role
    language: Language | None = None


class RoleChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The role that one of the staff is to have, and why; `seen` is the one that was looked at."""

    role: Role
    reason: Reason = ""
    seen: Role | None = None


class Farewell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why somebody is let go; `seen` is the role that was looked at."""

    reason: Reason = ""
    seen: Role | None = None


class StaffView(msgspec.Struct, frozen=True):
    """One of the staff."""

    id: str
    name: str
    email: str
    role: Role
    since: datetime
    ended_at: datetime | None


class StaffList(msgspec.Struct, frozen=True):
    """The staff; those who were it before come last."""

    staff: tuple[StaffView, ...]


class StaffInvitationView(msgspec.Struct, frozen=True):
    """An invitation that nobody has answered yet."""

    id: str
    email: str
    name: str
    role: Role
    made_at: datetime
    expires_at: datetime


class StaffInvitations(msgspec.Struct, frozen=True):
    """The invitations that wait for an answer."""

    invitations: tuple[StaffInvitationView, ...]


class MadeInvitation(msgspec.Struct, frozen=True):
    """An invitation that was made: sent by a letter, or with the path of its link, which is shown this once."""

    id: str
    expires_at: datetime
    sent: bool
    link: str | None
    replaced: bool


def list_(call: Call) -> Reply:
    """Who works with the programme."""
    return Reply(StaffList(tuple([_view(one) for one in queries.of_programme(call.store, call.programme_id)])))


def change(call: Call, id: str, body: RoleChange) -> Reply:
    """Give one of the staff another role, neither from nor to one that may do more than the caller."""
    user_id = ids.read("user", id)
    _check(call, queries.one(call.store, call.programme_id, user_id).role, body.role)
    engine.change(
        programme_id=call.programme_id, user_id=user_id, role=body.role, by=call.actor, reason=body.reason,
        now=clock.now(), seen=body.seen,
    )  # fmt: skip
    return Reply(_view(queries.one(call.store, call.programme_id, user_id)))


def end(call: Call, id: str, body: Farewell) -> Reply:
    """Let one of the staff go."""
    user_id = ids.read("user", id)
    _check(call, queries.one(call.store, call.programme_id, user_id).role)
    engine.end(
        programme_id=call.programme_id, user_id=user_id, by=call.actor, reason=body.reason, now=clock.now(),
        seen=body.seen,
    )  # fmt: skip
    return Reply(_view(queries.one(call.store, call.programme_id, user_id)))


def invitations(call: Call) -> Reply:
    """The invitations that wait."""
    found = queries.invitations(call.store, call.programme_id)
    return Reply(StaffInvitations(tuple([_invited(one) for one in found])))


def invite(call: Call, body: NewStaffInvitation) -> Reply:
    """Invite somebody: by a letter where letters are on, else by a link that the caller hands over."""
    assert call.key is not None
    _check(call, body.role)
    made = engine.invite(
        programme_id=call.programme_id, email=body.email, name=body.name, role=body.role, by=call.actor,
        now=clock.now(), letter=_address, by_name=call.key.name, language=body.language or call.language,
    )  # fmt: skip
    sent = made.letter is not None
    link = None if sent else _address(made.secret)
    return Reply(MadeInvitation(ids.show("staff_invitation", made.id), made.until, sent, link, made.replaced))


def withdraw(call: Call, id: str) -> Reply:
    """Take an invitation back."""
    invitation_id = ids.read("staff_invitation", id)
    engine.withdraw(programme_id=call.programme_id, invitation_id=invitation_id, by=call.actor, now=clock.now())
    return invitations(call)


def _address(secret: str) -> str:
    """Where an invitation is answered; without GUERDON_URL the path alone."""
    return f"{settings.PUBLIC_URL}/invited/{secret}"


def _check(call: Call, *roles: Role) -> None:
    assert call.key is not None
    for one in roles:
        rights.check_within(rights.of(rights.role(one)), call.key.scopes)


def _view(row: StaffRow) -> StaffView:
    return StaffView(ids.show("user", row.user_id), row.name, row.email, row.role, row.since, row.ended_at)


def _invited(row: InvitationRow) -> StaffInvitationView:
    id = ids.show("staff_invitation", row.id)
    return StaffInvitationView(id, row.email, row.name, row.role, row.made_at, row.expires_at)


_GIVEN: Final = (rights.RIGHTS_BEYOND, rights.ROLE_UNKNOWN)
_CHANGED: Final = (*_GIVEN, queries.STAFF_UNKNOWN, queries.STAFF_CHANGED, actions.STAFF_LAST_OWNER, ids.ID_MALFORMED)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint("GET", "/v1/staff", "staff:write", list_, "List staff", StaffList, tag="House"),
    Endpoint(
        "POST", "/v1/staff/{id}/role", "staff:write", change, "Change somebody's role", StaffView, takes=RoleChange,
        refuses=_CHANGED, noun="user", tag="House",
        about="Nobody gives or takes a role that may do more than they may do themselves; the last owner stays owner.",
    ),
    Endpoint(
        "POST", "/v1/staff/{id}/end", "staff:write", end, "Let somebody go", StaffView, takes=Farewell,
        refuses=_CHANGED, noun="user", tag="House",
        about="From the next request on nothing opens to them any more; what they did stays in the book.",
    ),
    Endpoint(
        "GET", "/v1/staff/invitations", "staff:write", invitations, "List invitations of staff", StaffInvitations,
        tag="House",
    ),
    Endpoint(
        "POST", "/v1/staff/invitations", "staff:write", invite, "Invite somebody to the staff", MadeInvitation,
        takes=NewStaffInvitation, status=201,
        refuses=(*_GIVEN, members_law.IDENTIFIER_INVALID, actions.STAFF_NAME_INVALID), tag="House",
        about="By a letter where letters are on; else the answer has the link, this once.",
    ),
    Endpoint(
        "POST", "/v1/staff/invitations/{id}/withdraw", "staff:write", withdraw, "Withdraw an invitation of staff",
        StaffInvitations, refuses=(queries.INVITATION_UNKNOWN, queries.INVITATION_OVER, ids.ID_MALFORMED),
        noun="staff_invitation", tag="House",
    ),
)  # fmt: skip
