"""Households: persons who share one balance, who is invited, and what each brought, earned and burned."""

from datetime import datetime
from typing import Final, Literal

import msgspec

from guerdon.core import households as law
from guerdon.core import members as members_law
from guerdon.core.activities import ACTIVITY_INVALID, Member
from guerdon.core.ledger import CREDITS
from guerdon.core.merging import MEMBER_MERGED
from guerdon.engine import desk
from guerdon.engine import households as engine
from guerdon.engine.households import Asked, Done
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Call, Endpoint, Page, Reply, Trial
from guerdon.faces.api.views import Repaid
from guerdon.features.households import queries
from guerdon.features.households.queries import Invitation
from guerdon.features.ledger import queries as ledger
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow
from guerdon.kit import ids

InvitedRole = Literal["adult", "child"]
SHARES: Final = {
    "brought": {"pool_in", "pool_out"},
    "earned": {"earn", "claw_back", "restore", "adjust_up", "adjust_down", "transfer_in"},
    "burned": {"burn", "reinstate", "donate", "fee", "transfer_out"},
}


class NewHousehold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who founds a household, and is its owner."""

    owner: Member


class NewInvitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is invited as what, and who invites."""

    member: Member
    by: Member
    role: InvitedRole = "adult"


class Departure(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Who leaves; where another person says so, it is the owner."""

    member: Member
    by: Member | None = None


class NewRole(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to be what from now on, and the owner who says so."""

    member: Member
    role: InvitedRole
    by: Member


class HandOver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to be the owner, and who is by now."""

    to: Member
    by: Member


class BelongingView(msgspec.Struct, frozen=True):
    """A person of a household, as what and since when."""

    member: str
    role: str
    since: datetime


class HouseholdView(msgspec.Struct, frozen=True):
    """A household and its persons; a closed one has none, and leads to whoever was the last."""

    id: str
    state: Literal["open", "closed"]
    founded_at: datetime
    persons: tuple[BelongingView, ...]
    leads_to: str | None


class MovedView(msgspec.Struct, frozen=True):
    """What passed in a unit, in its smallest steps: points that can be spent or wait, and a debt."""

    unit: str
    points: int
    debt: int


class ChangedHousehold(msgspec.Struct, frozen=True, omit_defaults=True):
    """A household after somebody joined, left or became something else; what moved, and the number the journal reached.

    `leaving` says by which rule somebody left: the points stay, the own ones were taken along, or all of them.
    """

    household: HouseholdView
    member: str
    moved: tuple[MovedView, ...]
    repaid: tuple[Repaid, ...]
    seq: int
    leaving: Literal["stay", "take", "all"] | None = None
    dry_run: bool = False


class InvitationView(msgspec.Struct, frozen=True):
    """An invitation as of now; one that nobody took in time has lapsed."""

    id: str
    household: str
    member: str
    role: str
    invited_by: str
    state: Literal["open", "accepted", "declined", "withdrawn", "lapsed"]
    made_at: datetime
    until: datetime
    settled_at: datetime | None


class RecordedInvitation(msgspec.Struct, frozen=True, omit_defaults=True):
    """An invitation."""

    invitation: InvitationView
    dry_run: bool = False


class Invitations(msgspec.Struct, frozen=True):
    """A page of invitations."""

    invitations: tuple[InvitationView, ...]
    next: str | None


class Households(msgspec.Struct, frozen=True):
    """A page of households that are open."""

    households: tuple[HouseholdView, ...]
    next: str | None


class ShareView(msgspec.Struct, frozen=True):
    """What one person has done in a unit, in its smallest steps; `brought` is net of debt and of what went along again.

    `earned` is net of returns and counts points by hand and gifts received, `burned` is net of what came back and
    counts gifts sent.
    """

    unit: str
    brought: int
    earned: int
    burned: int


class StayView(msgspec.Struct, frozen=True):
    """Somebody who belonged to the household as something, from `since` until `until`, null while it lasts."""

    member: str
    role: str
    since: datetime
    until: datetime | None


class HouseholdPerson(msgspec.Struct, frozen=True):
    """A person who belongs or belonged to the household: when, as what, and what was posted in the person's name."""

    member: str
    stays: tuple[StayView, ...]
    totals: tuple[ShareView, ...]


class Persons(msgspec.Struct, frozen=True):
    """All who belong or ever belonged to a household."""

    household: str
    persons: tuple[HouseholdPerson, ...]


def found(call: Call, query: Trial, body: NewHousehold) -> Reply:
    """Found a household; all that is in the owner's account passes to it."""
    done = engine.found(_asked(call, query, body), owner=body.owner)
    reply = _changed(done, query)
    if not query.dry_run:
        reply.location = f"/v1/households/{ids.show('member', done.household.id)}"
    return reply


def read(call: Call, id: str) -> Reply:
    """One household."""
    row, persons = engine.of(call.store, call.programme_id, ids.read("member", id))
    return Reply(_view(row, persons))


def list_(call: Call, query: Page) -> Reply:
    """The households that are open, in the order in which they were founded."""
    after = calls.after_id(query.cursor)
    rows = members.page(call.store, call.programme_id, after=after, most=query.limit, kind="household")
    persons = queries.persons(call.store, [row.id for row in rows])
    ends = calls.cursor(rows[-1].id) if len(rows) == query.limit else None
    return Reply(Households(tuple(_view(row, tuple(persons.get(row.id, ()))) for row in rows), ends), next=ends)


def list_persons(call: Call, id: str) -> Reply:
    """Who belongs or belonged to a household, and what was posted in each name."""
    row, _ = engine.of(call.store, call.programme_id, ids.read("member", id))
    stays: dict[str, list[StayView]] = {}
    for one in queries.every(call.store, row.id):
        view = StayView(ids.show("member", one.person_id), one.role, one.since, one.until)
        stays.setdefault(one.person_id, []).append(view)
    totals = _totals(ledger.by_person(call.store, row.id))
    persons = tuple(
        HouseholdPerson(ids.show("member", who), tuple(mine), totals.get(who, ())) for who, mine in stays.items()
    )
    return Reply(Persons(id, persons))


def invite(call: Call, id: str, query: Trial, body: NewInvitation) -> Reply:
    """Invite a member into a household; nothing moves before it is accepted."""
    done = engine.invite(
        _asked(call, query, body), household_id=ids.read("member", id), by=body.by, member=body.member, role=body.role
    )
    return _invited(call, done, query)


def list_invitations(call: Call, id: str, query: Page) -> Reply:
    """The invitations of a household, in the order in which they were made."""
    row, _ = engine.of(call.store, call.programme_id, ids.read("member", id))
    after = calls.after_id(query.cursor)
    found = queries.invitations(call.store, row.id, after=after, most=query.limit)
    ends = calls.cursor(found[-1].id) if len(found) == query.limit else None
    return Reply(Invitations(tuple(_invitation(one, call.now) for one in found), ends), next=ends)


def accept(call: Call, id: str, invitation: str, query: Trial) -> Reply:
    """The invited member joins; all that is in the own account passes to the household."""
    return _changed(_answer(call, id, invitation, "accept", query), query)


def decline(call: Call, id: str, invitation: str, query: Trial) -> Reply:
    """The invited member does not want to join."""
    return _invited(call, _answer(call, id, invitation, "decline", query), query)


def withdraw(call: Call, id: str, invitation: str, query: Trial) -> Reply:
    """The invitation is taken back."""
    return _invited(call, _answer(call, id, invitation, "withdraw", query), query)


def leave(call: Call, id: str, query: Trial, body: Departure) -> Reply:
    """A person leaves, or is removed by the owner; the programme says what becomes of the points."""
    done = engine.leave(_asked(call, query, body), household_id=ids.read("member", id), member=body.member, by=body.by)
    return _changed(done, query)


def change_role(call: Call, id: str, query: Trial, body: NewRole) -> Reply:
    """A person is an adult or a child from now on."""
    done = engine.change_role(
        _asked(call, query, body), household_id=ids.read("member", id), member=body.member, role=body.role, by=body.by
    )
    return _changed(done, query)


def hand_over(call: Call, id: str, query: Trial, body: HandOver) -> Reply:
    """Another person is the owner from now on; who was becomes an adult."""
    done = engine.hand_over(_asked(call, query, body), household_id=ids.read("member", id), to=body.to, by=body.by)
    return _changed(done, query)


def _asked(call: Call, query: Trial, body: msgspec.Struct | None = None) -> Asked:
    assert call.key is not None
    idempotency = None if query.dry_run else call.idempotency(body)  # a preview uses no key up
    return Asked(call.programme_id, call.key.name, call.now, idempotency, query.dry_run)


def _answer(call: Call, id: str, invitation: str, deed: engine.Answer, query: Trial) -> Done:
    return engine.answer(
        _asked(call, query),
        household_id=ids.read("member", id),
        invitation_id=ids.read("invitation", invitation),
        deed=deed,
    )


def _changed(done: Done, query: Trial) -> Reply:
    one = done.belonging
    assert one is not None
    view = ChangedHousehold(
        household=_view(done.household, done.persons),
        member=ids.show("member", one.person_id),
        moved=tuple(MovedView(each.unit, each.points, each.debt) for each in done.moved),
        repaid=tuple(Repaid(unit, points) for unit, points in sorted(done.repaid.items())),
        seq=done.seq,
        leaving=None if one.how in (None, "role") else one.how,  # type: ignore[arg-type]
        dry_run=query.dry_run,
    )
    return Reply(view, done.known, status=200 if query.dry_run else 0)


def _invited(call: Call, done: Done, query: Trial) -> Reply:
    assert done.invitation is not None
    view = RecordedInvitation(_invitation(done.invitation, call.now), query.dry_run)
    return Reply(view, done.known, status=200 if query.dry_run else 0)


def _view(row: MemberRow, persons: tuple[law.Person, ...]) -> HouseholdView:
    return HouseholdView(
        id=ids.show("member", row.id),
        state="open" if row.merged_into is None else "closed",
        founded_at=row.enrolled_at,
        persons=tuple(BelongingView(ids.show("member", one.id), one.role, one.since) for one in persons),
        leads_to=None if row.merged_into is None else ids.show("member", row.merged_into),
    )


def _invitation(one: Invitation, at: datetime) -> InvitationView:
    return InvitationView(
        ids.show("invitation", one.id), ids.show("member", one.household_id), ids.show("member", one.person_id),
        one.role, ids.show("member", one.invited_by), one.as_of(at), one.made_at, one.until, one.settled_at,
    )  # fmt: skip


def _totals(posted: list[tuple[str, str, str, int]]) -> dict[str, tuple[ShareView, ...]]:
    """What was posted in each name, by person, unit by unit; what a person burned is told as a positive number."""
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for person, unit, kind, points in posted:
        named = sums.setdefault((person, unit), {})
        signed = points if kind in CREDITS else -points
        for name, kinds in SHARES.items():
            if kind in kinds:
                named[name] = named.get(name, 0) + signed
    found: dict[str, list[ShareView]] = {}
    for (person, unit), named in sums.items():
        share = ShareView(unit, named.get("brought", 0), named.get("earned", 0), -named.get("burned", 0))
        found.setdefault(person, []).append(share)
    return {person: tuple(shares) for person, shares in found.items()}


_NAMED: Final = (
    members_law.MEMBER_UNKNOWN, members_law.IDENTIFIER_INVALID, ids.ID_MALFORMED, ACTIVITY_INVALID,
    desk.IDEMPOTENCY_CONFLICT, MEMBER_MERGED,
)  # fmt: skip
_OF: Final = (law.HOUSEHOLD_UNKNOWN, ids.ID_MALFORMED)
_JOINING: Final = (
    members_law.MEMBER_NOT_ACTIVE, law.NO_PERSON, law.IN_HOUSEHOLD, law.HOUSEHOLD_HELD, law.HOUSEHOLD_WAITING,
    law.HOUSEHOLD_DEBT,
)  # fmt: skip
_OWNED: Final = (*_OF, *_NAMED, law.HOUSEHOLD_CLOSED, law.OWNER_ONLY, law.NOT_IN_HOUSEHOLD)
_ANSWERED: Final = (
    *_OF, law.HOUSEHOLD_CLOSED, law.INVITATION_UNKNOWN, law.INVITATION_SETTLED, law.INVITATION_LAPSED,
    desk.IDEMPOTENCY_CONFLICT,
)  # fmt: skip
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/households", "members:write", found, "Found a household", ChangedHousehold, takes=NewHousehold,
        query=Trial, status=201, refuses=(*_NAMED, *_JOINING, law.HOUSEHOLDS_OFF), idempotent=True, tag="Households",
        about="The household is a member of its own, with a balance that its persons share. All that the owner has "
        "passes to it: lots with their dates, origin and funder, those that wait too, and debt.",
    ),
    Endpoint(
        "GET", "/v1/households", "members:read", list_, "List households", Households, query=Page,
        refuses=(calls.CURSOR_INVALID,), tag="Households",
    ),
    Endpoint(
        "GET", "/v1/households/{id}", "members:read", read, "Read a household", HouseholdView, refuses=_OF,
        noun="member", tag="Households",
    ),
    Endpoint(
        "GET", "/v1/households/{id}/persons", "members:read", list_persons, "List who belongs or belonged to it",
        Persons, refuses=_OF, noun="member", tag="Households",
        about="With what each brought, earned, burned and took along. Line by line it stands in the household's "
        "statement: `/v1/members/{id}/statement?person=…`.",
    ),
    Endpoint(
        "POST", "/v1/households/{id}/invitations", "members:write", invite, "Invite a member", RecordedInvitation,
        takes=NewInvitation, query=Trial, status=201,
        refuses=(
            *_OWNED, members_law.MEMBER_NOT_ACTIVE, law.HOUSEHOLDS_OFF, law.HOUSEHOLD_FULL, law.NO_PERSON,
            law.IN_HOUSEHOLD, law.INVITED_ALREADY,
        ),
        idempotent=True, noun="member", tag="Households",
    ),
    Endpoint(
        "GET", "/v1/households/{id}/invitations", "members:read", list_invitations, "List invitations", Invitations,
        query=Page, refuses=(*_OF, calls.CURSOR_INVALID), noun="member", tag="Households",
    ),
    Endpoint(
        "POST", "/v1/households/{id}/invitations/{invitation}/accept", "members:write", accept,
        "Accept an invitation", ChangedHousehold, query=Trial,
        refuses=(*_ANSWERED, *_JOINING, MEMBER_MERGED, law.HOUSEHOLD_FULL), idempotent=True, noun="member",
        tag="Households",
        about="All that the member has passes to the household. From now on whatever is told of the member is booked "
        "there, in the member's name; limits, caps and counters are the household's.",
    ),
    Endpoint(
        "POST", "/v1/households/{id}/invitations/{invitation}/decline", "members:write", decline,
        "Decline an invitation", RecordedInvitation, query=Trial, refuses=_ANSWERED, idempotent=True, noun="member",
        tag="Households",
    ),
    Endpoint(
        "POST", "/v1/households/{id}/invitations/{invitation}/withdraw", "members:write", withdraw,
        "Withdraw an invitation", RecordedInvitation, query=Trial, refuses=_ANSWERED, idempotent=True, noun="member",
        tag="Households",
    ),
    Endpoint(
        "POST", "/v1/households/{id}/leave", "members:write", leave, "Leave a household, or remove a person",
        ChangedHousehold, takes=Departure, query=Trial,
        refuses=(*_OWNED, law.OWNER_STAYS, law.HOUSEHOLD_HELD, law.HOUSEHOLD_WAITING, law.HOUSEHOLD_DEBT),
        idempotent=True, noun="member", tag="Households",
        about="By the programme's rule the points stay, or what is left of what the person brought and earned goes "
        "along. The last one takes all that is left, and the household is closed.",
    ),
    Endpoint(
        "POST", "/v1/households/{id}/role", "members:write", change_role, "Change a person's role", ChangedHousehold,
        takes=NewRole, query=Trial, refuses=(*_OWNED, law.OWNER_ROLE), idempotent=True, noun="member",
        tag="Households",
    ),
    Endpoint(
        "POST", "/v1/households/{id}/hand-over", "members:write", hand_over, "Hand a household over",
        ChangedHousehold, takes=HandOver, query=Trial, refuses=(*_OWNED, law.OWNER_ROLE), idempotent=True,
        noun="member", tag="Households",
    ),
)  # fmt: skip
