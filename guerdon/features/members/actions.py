"""Every write to members: enrolment, changes, identifiers, the vault."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import UNSET, UnsetType

from guerdon.core import members
from guerdon.core.activities import IdentifierKind
from guerdon.core.conditions import Scalar
from guerdon.core.members import Person
from guerdon.features.members import queries
from guerdon.kit import clock, ids, outbox, secrets
from guerdon.kit.store import Row, Statement, Store, Table

MEMBERS = Table(
    "members_member",
    {
        "id": "uuid", "programme_id": "uuid", "enrolled_at": "bigint", "status": "text", "birthday_month": "bigint",
        "attributes": "jsonb", "segments": "jsonb", "etag": "bigint",
    },
)  # fmt: skip
IDENTIFIERS = Table(
    "members_identifier",
    {"programme_id": "uuid", "kind": "text", "value": "text", "member_id": "uuid", "created_at": "bigint"},
)
# For those who come in with a person; who is known gets theirs by `_SEAL`.
VAULTS = Table("members_vault", {"account_id": "uuid", "wrapped_key": "text", "sealed": "text", "updated_at": "bigint"})
_CHANGE = Statement(
    "UPDATE members_member SET attributes = :attributes::jsonb, segments = :segments::jsonb, status = :status,"
    " birthday_month = :birthday_month::smallint, etag = etag + 1 WHERE id = :id AND programme_id = :programme",
    sqlite="UPDATE members_member SET attributes = :attributes, segments = :segments, status = :status,"
    " birthday_month = :birthday_month, etag = etag + 1 WHERE id = :id AND programme_id = :programme",
)
_DROP_IDENTIFIERS = Statement(
    "DELETE FROM members_identifier WHERE programme_id = :programme AND member_id = :id AND kind = :kind"
)
_FORGET = Statement("DELETE FROM members_vault WHERE account_id = :id")
_SEAL = Statement(
    "INSERT INTO members_vault (account_id, wrapped_key, sealed, updated_at)"
    " VALUES (:id, :wrapped, :sealed, :now)"
    " ON CONFLICT (account_id) DO UPDATE SET wrapped_key = excluded.wrapped_key, sealed = excluded.sealed,"
    " updated_at = excluded.updated_at"
)


class Enrolment(msgspec.Struct, frozen=True):
    """What a new member starts with; identifiers by kind, in any spelling."""

    external_ids: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    person: Person | None = None
    attributes: dict[str, Scalar] = {}
    segments: tuple[str, ...] = ()


EMPTY = Enrolment()


def member_row(*, member_id: str, programme_id: str, now: datetime, enrolment: Enrolment = EMPTY) -> Row:
    """The row of a new member."""
    month = enrolment.person.birthday.month if enrolment.person and enrolment.person.birthday else None
    attributes = msgspec.json.encode(enrolment.attributes).decode()
    segments = msgspec.json.encode(sorted(set(enrolment.segments))).decode()
    return (member_id, programme_id, clock.micros(now), "active", month, attributes, segments, 1)


def identifier_row(*, programme_id: str, kind: IdentifierKind, value: str, member_id: str, now: datetime) -> Row:
    """The directory row of an identifier already in its stored form (`queries.stored`)."""
    return (programme_id, kind, value, member_id, clock.micros(now))


def vault_row(*, member_id: str, person: Person, now: datetime) -> Row:
    """The row of the vault that holds a person, sealed with a fresh key."""
    wrapped, sealed = secrets.seal(msgspec.json.encode(person).decode())
    return (member_id, wrapped, sealed, clock.micros(now))


def enrol(store: Store, programme_id: str, enrolment: Enrolment, *, now: datetime) -> str:
    """Enrol a member in the transaction at hand. Raises `identifier_taken`, `identifier_invalid`, `member_invalid`."""
    members.check_attributes(enrolment.attributes, list(enrolment.segments))
    member_id = ids.new()
    found = list(_identifiers(enrolment))
    for kind, value in found:
        if queries.find(store, programme_id, kind, value) is not None:
            raise members.IDENTIFIER_TAKEN(kind=kind)
    rows = [
        identifier_row(programme_id=programme_id, kind=kind, value=value, member_id=member_id, now=now)
        for kind, value in dict.fromkeys(found)
    ]
    row = member_row(member_id=member_id, programme_id=programme_id, now=now, enrolment=enrolment)
    news = _news(programme_id, "member.enrolled", member_id, now)
    person = enrolment.person
    vaults = [] if person is None else [vault_row(member_id=member_id, person=person, now=now)]
    store.write([(MEMBERS, [row]), (IDENTIFIERS, rows), (VAULTS, vaults), (outbox.OUTGOING, [news])])
    return member_id


def _identifiers(enrolment: Enrolment) -> Iterable[tuple[IdentifierKind, str]]:
    for text in enrolment.external_ids:
        yield "external_id", queries.stored("external_id", text)
    for text in enrolment.cards:
        yield "card", queries.stored("card", text)
    if enrolment.person is not None:
        enrolment.person.check()
        if enrolment.person.email is not None:
            yield "email", queries.stored("email", enrolment.person.email)
        if enrolment.person.phone is not None:
            yield "phone", queries.stored("phone", enrolment.person.phone)


def change(
    store: Store,
    member: queries.MemberRow,
    *,
    person: Person | UnsetType | None,
    attributes: dict[str, Scalar],
    segments: list[str],
    status: str,
    identifiers: dict[IdentifierKind, tuple[str, ...]],
    now: datetime,
) -> None:
    """Write a member as it shall be from now on, in the transaction at hand, which has read it under its lock.

    A person not said stays as it is, and so do identifiers of the kinds left out.
    """
    members.check_attributes(attributes, segments)
    month = member.birthday_month
    if person is not UNSET:
        month = person.birthday.month if person and person.birthday else None
    store.fetch(
        _CHANGE,
        id=member.id,
        programme=member.programme_id,
        attributes=msgspec.json.encode(attributes).decode(),
        segments=msgspec.json.encode(sorted(set(segments))).decode(),
        status=status,
        birthday_month=month,
    )
    for kind, values in identifiers.items():
        _replace(store, member, kind, values, now)
    if person is None:
        store.fetch(_FORGET, id=member.id)
    elif person is not UNSET:
        person.check()
        _keep(store, member.id, person, now)
    store.write([(outbox.OUTGOING, [_news(member.programme_id, "member.changed", member.id, now)])])


def _replace(
    store: Store, member: queries.MemberRow, kind: IdentifierKind, values: tuple[str, ...], now: datetime
) -> None:
    kept = list(dict.fromkeys(queries.stored(kind, value) for value in values))
    for value in kept:
        owner = queries.find(store, member.programme_id, kind, value)
        if owner is not None and owner != member.id:
            raise members.IDENTIFIER_TAKEN(kind=kind)
    store.fetch(_DROP_IDENTIFIERS, programme=member.programme_id, id=member.id, kind=kind)
    rows = [
        identifier_row(programme_id=member.programme_id, kind=kind, value=value, member_id=member.id, now=now)
        for value in kept
    ]
    store.write([(IDENTIFIERS, rows)])


def _keep(store: Store, member_id: str, person: Person, now: datetime) -> None:
    _, wrapped, sealed, at = vault_row(member_id=member_id, person=person, now=now)
    store.fetch(_SEAL, id=member_id, wrapped=wrapped, sealed=sealed, now=at)


def _news(programme_id: str, topic: str, member_id: str, now: datetime) -> Row:
    return outbox.row(
        programme_id=programme_id, topic=topic, account_id=member_id, subject_id=member_id, seq=0,
        at=clock.micros(now),
    )  # fmt: skip
