"""Members: enrolled, found by any identifier, listed, and changed by whoever saw the latest state."""

from datetime import date, datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import errors, finding, limits
from guerdon.core import members as members_law
from guerdon.core.activities import IdentifierKind
from guerdon.core.conditions import Scalar
from guerdon.core.members import Person
from guerdon.engine import desk, enrolment, showing
from guerdon.engine.enrolment import MemberChange
from guerdon.faces.api import activities, calls
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.features.members import names
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow
from guerdon.features.members.records import Enrolment
from guerdon.kit import ids

ETAG_MISSING = errors.declare("clash", "etag_missing")
ETAG_INVALID = errors.declare("invalid", "etag_invalid")

_SEARCHED: Final[tuple[IdentifierKind, ...]] = ("external_id", "card", "email", "phone")


class NewMember(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A member to enrol; every part may be left out."""

    external_ids: enrolment.Names = ()
    cards: enrolment.Names = ()
    person: Person | None = None
    attributes: dict[str, Scalar] = {}
    segments: tuple[str, ...] = ()


class PersonView(msgspec.Struct, frozen=True):
    """What identifies a person; it stands in the vault, apart from everything else."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    birthday: date | None = None
    language: str | None = None


class MemberView(msgspec.Struct, frozen=True):
    """A member with identifiers and personal data; `person` is null where nothing is known."""

    id: str
    status: str
    enrolled_at: datetime
    external_ids: list[str]
    cards: list[str]
    person: PersonView | None
    attributes: dict[str, Scalar]
    segments: list[str]
    merged: list[str]
    household: str | None
    role: str | None


class Search(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which members: all or those whom a text finds, a page at a time, or the one behind an identifier."""

    q: Annotated[str, Meta(min_length=1, max_length=limits.IDENTIFIER_CHARS_MAX)] | None = None
    external_id: str | None = None
    card: str | None = None
    email: str | None = None
    phone: str | None = None
    limit: calls.Limit = limits.PAGE_ROWS_DEFAULT
    cursor: str | None = None


class Members(msgspec.Struct, frozen=True):
    """A page of members."""

    members: tuple[MemberView, ...]
    next: str | None


def enrol(call: Call, body: NewMember) -> Reply:
    """Enrol a member. The same Idempotency-Key again answers with the same member, as it is by now."""
    wanted = Enrolment(body.external_ids, body.cards, body.person, body.attributes, body.segments)
    member_id, replayed = enrolment.enrol(
        programme_id=call.programme_id, enrolment=wanted, now=call.now, idempotency=call.idempotency(body),
        window=None if call.face == "api" else call.face,  # whoever speaks to the API tells of sign-ups itself
    )  # fmt: skip
    row = members.get(call.store, call.programme_id, member_id)
    reply = _reply(call, row, replayed)
    reply.location = f"/v1/members/{ids.show('member', member_id)}"
    return reply


def read(call: Call, id: str) -> Reply:
    """One member."""
    return _reply(call, members.get(call.store, call.programme_id, ids.read("member", id)))


def list_(call: Call, query: Search) -> Reply:
    """All members in the order of their ids, those whom a text finds, or the one behind an identifier."""
    given = [(kind, value) for kind in _SEARCHED if (value := getattr(query, kind)) is not None]
    if len(given) > 1 or (given and (query.q is not None or query.cursor is not None)):
        raise activities.FILTER_INVALID(known=", ".join(("q", *_SEARCHED)))
    if given:
        (kind, value) = given[0]
        found = members.find(call.store, call.programme_id, kind, members.stored(kind, value))
        rows = [members.get(call.store, call.programme_id, found)] if found else []
        return Reply(Members(views(call, rows), None))
    after = calls.after_id(query.cursor)
    if query.q is None:
        rows = members.page(call.store, call.programme_id, after=after, most=query.limit)
    else:
        rows = names.search(call.store, call.programme_id, query.q, after=after, most=query.limit)
    ends = calls.cursor(rows[-1].id) if len(rows) == query.limit else None
    return Reply(Members(views(call, rows), ends), next=ends)


def change(call: Call, id: str, body: MemberChange) -> Reply:
    """Change a member; what is left out of the body stays, `null` forgets (RFC 7396)."""
    row = enrolment.change(
        programme_id=call.programme_id,
        member_id=ids.read("member", id),
        etag=seen(call),
        wanted=body,
        now=call.now,
        by=call.actor,
    )
    return _reply(call, row)


def seen(call: Call) -> int | None:
    """The state the caller saw; None for `*`, which is any. Raises `etag_missing` and `etag_invalid`."""
    given = call.headers.get(b"if-match")
    if given is None:
        raise ETAG_MISSING()
    text = given.decode("latin-1").strip()
    if text == "*":
        return None
    bare = text.removeprefix('"').removesuffix('"')
    if len(text) != len(bare) + 2 or not (bare.isascii() and bare.isdigit() and len(bare) < 10):
        raise ETAG_INVALID()
    return int(bare)


def _reply(call: Call, row: MemberRow, replayed: bool = False) -> Reply:
    return Reply(views(call, [row])[0], replayed, etag=row.etag)


def views(call: Call, rows: list[MemberRow]) -> tuple[MemberView, ...]:
    """Members with their identifiers and personal data, in a fixed number of statements; the look is noted."""
    wanted = [row.id for row in rows]
    followers = members.followers_of(call.store, wanted)
    names = members.identifiers_of(call.store, wanted)
    persons = showing.persons(call.store, call.programme_id, wanted, call.looker, now=call.now)
    return tuple(
        MemberView(
            id=ids.show("member", row.id),
            status=row.status,
            enrolled_at=row.enrolled_at,
            external_ids=names.get(row.id, {}).get("external_id", []),
            cards=names.get(row.id, {}).get("card", []),
            person=_person(persons.get(row.id)),
            attributes=row.attributes,
            segments=row.segments,
            merged=[ids.show("member", one) for one in followers.get(row.id, [])],
            household=None if row.household_id is None else ids.show("member", row.household_id),
            role=row.role,
        )
        for row in rows
    )


def _person(person: Person | None) -> PersonView | None:
    if person is None:
        return None
    return PersonView(person.name, person.email, person.phone, person.birthday, person.language)


_NAMED: Final = (
    members_law.IDENTIFIER_TAKEN, members_law.IDENTIFIER_INVALID, members_law.MEMBER_INVALID,
)  # fmt: skip
_OF_MEMBER: Final = (members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/members", "members:enrol", enrol, "Enrol a member",
        MemberView, takes=NewMember, status=201, refuses=(*_NAMED, desk.IDEMPOTENCY_CONFLICT),
        idempotent=True, etag=True, tag="Members",
    ),
    Endpoint(
        "GET", "/v1/members", "members:list", list_, "List members, or find some",
        Members, query=Search,
        refuses=(
            activities.FILTER_INVALID, calls.CURSOR_INVALID, members_law.IDENTIFIER_INVALID, finding.SEARCH_TOO_SHORT,
        ),
        tag="Members",
        about="`q` finds by anything: a whole external id, card, e-mail or phone, or the words of the name without "
        "case and accents. All of them must be there, the last one may be a beginning of two letters or more. "
        "Names are found without being read: see the guide to segments and search.",
    ),
    Endpoint(
        "GET", "/v1/members/{id}", "profiles:read", read, "Read a member",
        MemberView, refuses=_OF_MEMBER, noun="member", etag=True, tag="Members",
    ),
    Endpoint(
        "PATCH", "/v1/members/{id}", "members:write", change, "Change a member",
        MemberView, takes=enrolment.MemberChange,
        refuses=(
            *_OF_MEMBER, *_NAMED, members_law.MEMBER_NOT_ACTIVE, enrolment.ETAG_OUTDATED, ETAG_MISSING, ETAG_INVALID,
        ),
        noun="member", etag=True, tag="Members",
        about="The header If-Match must hold the ETag of the state that was read, or `*`. What the body leaves out "
        "stays; null forgets a field (RFC 7396); lists are replaced.",
    ),
)  # fmt: skip
