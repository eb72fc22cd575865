"""Households: persons who share one balance, who is invited, and what each brought, earned and burned."""

from typing import Final

import msgspec

from guerdon.core import households as law
from guerdon.core import members as members_law
from guerdon.core.activities import ACTIVITY_INVALID
from guerdon.core.merging import MEMBER_MERGED
from guerdon.engine import desk
from guerdon.engine import households as engine
from guerdon.engine.households import Asked, Done
from guerdon.faces.api import calls, sharing
from guerdon.faces.api.calls import Call, Endpoint, Page, Reply, Trial
from guerdon.faces.api.sharing import (
    ChangedHousehold,
    Departure,
    HandOver,
    HouseholdPerson,
    Households,
    HouseholdView,
    Invitations,
    MovedView,
    NewHousehold,
    NewInvitation,
    NewRole,
    Persons,
    RecordedInvitation,
    StayView,
)
from guerdon.faces.api.views import Repaid
from guerdon.features.households import queries
from guerdon.features.ledger import queries as ledger
from guerdon.features.members import queries as members
from guerdon.kit import ids


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
    return Reply(sharing.view(row, persons))


def list_(call: Call, query: Page) -> Reply:
    """The households that are open, in the order in which they were founded."""
    after = calls.after_id(query.cursor)
    rows = members.page(call.store, call.programme_id, after=after, most=query.limit, kind="household")
    persons = queries.persons(call.store, [row.id for row in rows])
    ends = calls.cursor(rows[-1].id) if len(rows) == query.limit else None
    return Reply(Households(tuple(sharing.view(row, tuple(persons.get(row.id, ()))) for row in rows), ends), next=ends)


def list_persons(call: Call, id: str) -> Reply:
    """Who belongs or belonged to a household, and what was posted in each name."""
    row, _ = engine.of(call.store, call.programme_id, ids.read("member", id))
    stays: dict[str, list[StayView]] = {}
    for one in queries.every(call.store, row.id):
        view = StayView(ids.show("member", one.person_id), one.role, one.since, one.until)
        stays.setdefault(one.person_id, []).append(view)
    totals = sharing.totals(ledger.by_person(call.store, row.id))
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
    return Reply(Invitations(tuple(sharing.invitation(one, call.now) for one in found), ends), next=ends)


def list_own_invitations(call: Call, id: str, query: Page) -> Reply:
    """A member's own invitations, into whichever household."""
    who = members.get(call.store, call.programme_id, ids.read("member", id))
    after = calls.after_id(query.cursor)
    found = queries.invited_to(call.store, who.id, after=after, most=query.limit)
    ends = calls.cursor(found[-1].id) if len(found) == query.limit else None
    return Reply(Invitations(tuple(sharing.invitation(one, call.now) for one in found), ends), next=ends)


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
        household=sharing.view(done.household, done.persons),
        member=ids.show("member", one.person_id),
        moved=tuple(MovedView(each.unit, each.points, each.debt) for each in done.moved),
        repaid=tuple(Repaid(unit, points) for unit, points in sorted(done.repaid.items())),
        seq=done.seq,
        leaving=done.leaving,
        dry_run=query.dry_run,
    )
    return Reply(view, done.known, status=200 if query.dry_run else 0)


def _invited(call: Call, done: Done, query: Trial) -> Reply:
    assert done.invitation is not None
    view = RecordedInvitation(sharing.invitation(done.invitation, call.now), query.dry_run)
    return Reply(view, done.known, status=200 if query.dry_run else 0)


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
        "GET", "/v1/households", "members:list", list_, "List households", Households, query=Page,
        refuses=(calls.CURSOR_INVALID,), tag="Households",
    ),
    Endpoint(
        "GET", "/v1/households/{id}", "profiles:read", read, "Read a household", HouseholdView, refuses=_OF,
        noun="member", tag="Households",
    ),
    Endpoint(
        "GET", "/v1/households/{id}/persons", "profiles:read", list_persons, "List who belongs or belonged to it",
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
        "GET", "/v1/households/{id}/invitations", "profiles:read", list_invitations, "List invitations", Invitations,
        query=Page, refuses=(*_OF, calls.CURSOR_INVALID), noun="member", tag="Households",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/invitations", "profiles:read", list_own_invitations, "List a member's invitations",
        Invitations, query=Page, refuses=(members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED, calls.CURSOR_INVALID),
        noun="member", tag="Households",
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
