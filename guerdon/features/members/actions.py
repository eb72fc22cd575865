"""Every write to members: enrolment, changes, identifiers, the vault, revoked codes, merges and their undoing."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import UNSET, UnsetType

from guerdon.core import members, merging
from guerdon.core.activities import IdentifierKind
from guerdon.core.conditions import Scalar
from guerdon.core.households import Role
from guerdon.core.members import Person
from guerdon.core.merging import Profile
from guerdon.features.members import names, queries, records, revocations
from guerdon.kit import clock, ids, outbox, resealing
from guerdon.kit.store import Row, Statement, Store, Table

SEALED = resealing.Column("members_vault", ("account_id",))
MEMBERS = Table(
    "members_member",
    {
        "id": "uuid", "programme_id": "uuid", "enrolled_at": "bigint", "status": "text", "birthday_month": "bigint",
        "attributes": "jsonb", "segments": "jsonb", "etag": "bigint", "kind": "text",
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
    " AND NOT value = ANY(:kept::text[]) AND (came_from IS NULL OR :merged = 1)",
    sqlite="DELETE FROM members_identifier WHERE programme_id = :programme AND member_id = :id AND kind = :kind"
    " AND value NOT IN (SELECT value FROM json_each(:kept)) AND (came_from IS NULL OR :merged = 1)",
)
WORDS = Table("members_word", {"programme_id": "uuid", "token": "bigint", "member_id": "uuid"})
_DROP_WORDS = Statement(
    "DELETE FROM members_word WHERE member_id = ANY(:ids::uuid[]) AND programme_id = :programme",
    sqlite="DELETE FROM members_word WHERE member_id IN (SELECT value FROM json_each(:ids))"
    " AND programme_id = :programme",
)
_FORGET = Statement("DELETE FROM members_vault WHERE account_id = :id")
_CLOSE = Statement(
    "UPDATE members_member SET status = 'closed', etag = etag + 1 WHERE id = :id AND programme_id = :programme"
)
_ERASE = Statement(
    "UPDATE members_member SET attributes = '{}', segments = '[]', birthday_month = NULL, etag = etag + 1,"
    " status = CASE WHEN id = :id THEN 'erased' ELSE status END"
    " WHERE id = ANY(:every::uuid[]) AND programme_id = :programme",
    sqlite="UPDATE members_member SET attributes = '{}', segments = '[]', birthday_month = NULL, etag = etag + 1,"
    " status = CASE WHEN id = :id THEN 'erased' ELSE status END"
    " WHERE id IN (SELECT value FROM json_each(:every)) AND programme_id = :programme",
)
_ERASE_IDENTIFIERS = Statement(
    "DELETE FROM members_identifier WHERE programme_id = :programme AND member_id = ANY(:every::uuid[])",
    sqlite="DELETE FROM members_identifier WHERE programme_id = :programme"
    " AND member_id IN (SELECT value FROM json_each(:every))",
)
_ERASE_VAULTS = Statement(
    "DELETE FROM members_vault WHERE account_id = ANY(:every::uuid[])",
    sqlite="DELETE FROM members_vault WHERE account_id IN (SELECT value FROM json_each(:every))",
)
# What a merge had filled in of a profile: attributes and segments.
_ERASE_MERGES = Statement(
    "UPDATE members_merge SET memory = '{}', answer = :answer, undoing = CASE WHEN undoing IS NULL THEN NULL"
    " ELSE :undoing END WHERE account_id = :account AND id = :id"
)
_SEAL = Statement(
    "INSERT INTO members_vault (account_id, wrapped_key, sealed, updated_at)"
    " VALUES (:id, :wrapped, :sealed, :now)"
    " ON CONFLICT (account_id) DO UPDATE SET wrapped_key = excluded.wrapped_key, sealed = excluded.sealed,"
    " updated_at = excluded.updated_at"
)

REVOCATIONS = Table(
    "members_revocation",
    {"account_id": "uuid", "id": "uuid", "programme_id": "uuid", "number": "bigint", "at": "bigint", "actor": "text"},
)
LIFTS = Table("members_lift", {"account_id": "uuid", "id": "uuid", "programme_id": "uuid", "at": "bigint"})
MERGES = Table(
    "members_merge",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "into_account": "uuid", "activity_id": "uuid",
        "seq": "bigint", "merged_at": "bigint", "actor": "text", "memory": "text", "answer": "text",
    },
)  # fmt: skip
_PROFILE = Statement(
    "UPDATE members_member SET attributes = :attributes::jsonb, segments = :segments::jsonb,"
    " birthday_month = :birthday_month::smallint, enrolled_at = :enrolled_at, etag = etag + 1"
    " WHERE id = :id AND programme_id = :programme",
    sqlite="UPDATE members_member SET attributes = :attributes, segments = :segments,"
    " birthday_month = :birthday_month, enrolled_at = :enrolled_at, etag = etag + 1"
    " WHERE id = :id AND programme_id = :programme",
)
_LEAD = Statement(
    "UPDATE members_member SET merged_into = :into::uuid, etag = etag + 1, status = :status"
    " WHERE id = :id AND programme_id = :programme",
    sqlite="UPDATE members_member SET merged_into = :into, etag = etag + 1, status = :status"
    " WHERE id = :id AND programme_id = :programme",
)
_LEAD_ON = Statement(
    "UPDATE members_member SET merged_into = :into WHERE id = ANY(:ids::uuid[]) AND programme_id = :programme",
    sqlite="UPDATE members_member SET merged_into = :into WHERE id IN (SELECT value FROM json_each(:ids))"
    " AND programme_id = :programme",
)
_OPEN_CARD = Statement(
    "INSERT INTO members_member (id, programme_id, enrolled_at, status, attributes, segments, etag, kind)"
    " VALUES (:id, :programme, :now, 'active', '{}', '[]', 1, 'card') ON CONFLICT (id) DO NOTHING"
)
_BELONG = Statement(
    "UPDATE members_member SET household_id = :household::uuid, role = :role, etag = etag + 1"
    " WHERE id = :id AND programme_id = :programme",
    sqlite="UPDATE members_member SET household_id = :household, role = :role, etag = etag + 1"
    " WHERE id = :id AND programme_id = :programme",
)
_BRING_IDENTIFIERS = Statement(
    "UPDATE members_identifier SET member_id = :into, came_from = coalesce(came_from, :id)"
    " WHERE programme_id = :programme AND member_id = :id RETURNING kind",
)
_RETURN_IDENTIFIERS = Statement(
    "UPDATE members_identifier SET member_id = :id, came_from = nullif(came_from, :id)"
    " WHERE programme_id = :programme AND member_id = :into AND came_from = ANY(:ids::uuid[]) RETURNING kind",
    sqlite="UPDATE members_identifier SET member_id = :id, came_from = nullif(came_from, :id)"
    " WHERE programme_id = :programme AND member_id = :into AND came_from IN (SELECT value FROM json_each(:ids))"
    " RETURNING kind",
)
_UNDO = Statement(
    "UPDATE members_merge SET undone_at = :now, undone_by = :actor, undoing = :answer"
    " WHERE account_id = :account AND id = :id AND undone_at IS NULL"
)


def name_anew(store: Store, programme_id: str, member_ids: list[str]) -> None:
    """Let members be found by the names they have by now, and by those of whom they stand for; others by none."""
    store.fetch(_DROP_WORDS, ids=member_ids, programme=programme_id)
    known = names.persons(store, member_ids)
    rows = [
        row
        for id, persons in known.items()
        for row in records.word_rows(programme_id=programme_id, member_id=id, persons=persons)
    ]
    store.write([(WORDS, sorted(rows))])


def enrol(store: Store, programme_id: str, enrolment: records.Enrolment, *, now: datetime) -> str:
    """Enrol a member in the transaction at hand. Raises `identifier_taken`, `identifier_invalid`, `member_invalid`."""
    members.check_attributes(enrolment.attributes, list(enrolment.segments))
    member_id = ids.new()
    if enrolment.person is not None:
        members.check_birthday(enrolment.person.birthday, now=now)
    found = list(_identifiers(enrolment))
    for kind, value in found:
        if queries.find(store, programme_id, kind, value) is not None:
            raise members.IDENTIFIER_TAKEN(kind=kind)
    rows = [
        records.identifier_row(programme_id=programme_id, kind=kind, value=value, member_id=member_id, now=now)
        for kind, value in dict.fromkeys(found)
    ]
    row = records.member_row(member_id=member_id, programme_id=programme_id, now=now, enrolment=enrolment)
    news = _news(programme_id, "member.enrolled", member_id, now)
    person = enrolment.person
    vaults = [] if person is None else [records.vault_row(member_id=member_id, person=person, now=now)]
    words = records.word_rows(programme_id=programme_id, member_id=member_id, persons=[person])
    store.write([(MEMBERS, [row]), (IDENTIFIERS, rows), (VAULTS, vaults), (WORDS, words), (outbox.OUTGOING, [news])])
    return member_id


def _identifiers(enrolment: records.Enrolment) -> Iterable[tuple[IdentifierKind, str]]:
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
    if person is not UNSET:
        name_anew(store, member.programme_id, [member.id])
    store.write([(outbox.OUTGOING, [_news(member.programme_id, "member.changed", member.id, now)])])


def _replace(
    store: Store, member: queries.MemberRow, kind: IdentifierKind, values: tuple[str, ...], now: datetime
) -> None:
    wanted = list(dict.fromkeys(queries.stored(kind, value) for value in values))
    kept = []
    for value in wanted:
        owner = queries.find(store, member.programme_id, kind, value)
        if owner is not None and owner != member.id:
            raise members.IDENTIFIER_TAKEN(kind=kind)
        if owner is None:
            kept.append(value)
    # What is there stays as it is, with whom it came from. A new e-mail replaces the member's own, not that by which
    # a merge made the member found, too; whoever has none any more is not found by any.
    merged = kind not in members.PRIVATE_KINDS or not wanted
    gone = {"programme": member.programme_id, "id": member.id, "kind": kind, "kept": wanted, "merged": int(merged)}
    store.fetch(_DROP_IDENTIFIERS, **gone)
    rows = [
        records.identifier_row(programme_id=member.programme_id, kind=kind, value=value, member_id=member.id, now=now)
        for value in kept
    ]
    store.write([(IDENTIFIERS, rows)])


def revoke_codes(store: Store, member: queries.MemberRow, *, actor: str, now: datetime) -> str:
    """End the rotating codes of a member and of those merged into it, which identify it, too; answers its revocation.

    In the transaction at hand, which has locked the member.
    """
    every = [member.id, *queries.followers_of(store, [member.id]).get(member.id, ())]
    before = revocations.times(store, every)
    at = clock.micros(now)
    rows = [(one, ids.new(), member.programme_id, before.get(one, 0) + 1, at, actor) for one in every]
    news = [
        outbox.row(
            programme_id=member.programme_id, topic="rotating_code.revoked", account_id=one, subject_id=id, seq=0, at=at
        )
        for one, id, *_ in rows
    ]
    store.write([(REVOCATIONS, rows), (outbox.OUTGOING, news)])
    return rows[0][1]


def lift_wait(store: Store, member: queries.MemberRow, *, now: datetime) -> str:
    """Let none of the addresses that a member has by now make it wait; answers the lift. The member is locked."""
    row = (member.id, ids.new(), member.programme_id, clock.micros(now))
    news = _news(member.programme_id, "member.changed", member.id, now)
    store.write([(LIFTS, [row]), (outbox.OUTGOING, [news])])
    return row[1]


def write_profile(store: Store, member: queries.MemberRow, before: Profile, profile: Profile, *, now: datetime) -> None:
    """Write a member's profile as a merge, or its undoing, makes it; the vault only where the person changes."""
    store.fetch(
        _PROFILE,
        id=member.id,
        programme=member.programme_id,
        attributes=msgspec.json.encode(profile.attributes).decode(),
        segments=msgspec.json.encode(sorted(profile.segments)).decode(),
        birthday_month=profile.birthday_month,
        enrolled_at=clock.micros(profile.enrolled_at),
    )
    if profile.person != before.person:
        if profile.person == Person():
            store.fetch(_FORGET, id=member.id)
        else:
            _keep(store, member.id, profile.person, now)
    store.write([(outbox.OUTGOING, [_news(member.programme_id, "member.changed", member.id, now)])])


def lead(store: Store, member: queries.MemberRow, followers: list[str], *, into: str, now: datetime) -> dict[str, int]:
    """Let a member, those who were merged into it before, and all its identifiers lead to another one.

    Answers how many identifiers of each kind.
    """
    store.fetch(_LEAD, id=member.id, programme=member.programme_id, into=into, status="merged")
    if followers:
        store.fetch(_LEAD_ON, ids=followers, programme=member.programme_id, into=into)
    store.fetch(_DROP_WORDS, ids=[member.id], programme=member.programme_id)
    name_anew(store, member.programme_id, [into])
    rows = store.fetch(_BRING_IDENTIFIERS, id=member.id, programme=member.programme_id, into=into)
    store.write([(outbox.OUTGOING, [_news(member.programme_id, "member.changed", member.id, now)])])
    return dict(sorted(Counter(kind for (kind,) in rows).items()))


def lead_back(
    store: Store, member: queries.MemberRow, followers: list[str], *, into: str, status: str, now: datetime
) -> dict[str, int]:
    """Undo `lead`: the member stands for itself, with the status it had and the identifiers that are still there."""
    store.fetch(_LEAD, id=member.id, programme=member.programme_id, into=None, status=status)
    if followers:
        store.fetch(_LEAD_ON, ids=followers, programme=member.programme_id, into=member.id)
    name_anew(store, member.programme_id, sorted([member.id, into]))
    ids_of = [member.id, *followers]
    rows = store.fetch(_RETURN_IDENTIFIERS, id=member.id, programme=member.programme_id, into=into, ids=ids_of)
    store.write([(outbox.OUTGOING, [_news(member.programme_id, "member.changed", member.id, now)])])
    return dict(sorted(Counter(kind for (kind,) in rows).items()))


def close(store: Store, member: queries.MemberRow, *, now: datetime) -> None:
    """Let a member neither earn nor spend from now on; in the transaction at hand, which has locked it."""
    store.fetch(_CLOSE, id=member.id, programme=member.programme_id)
    store.write([(outbox.OUTGOING, [_news(member.programme_id, "member.changed", member.id, now)])])


def erase(store: Store, member: queries.MemberRow, followers: list[str]) -> None:
    """Forget who a member and those merged into it were; in the transaction at hand, which has locked all of them."""
    every = [member.id, *followers]
    store.fetch(_ERASE, id=member.id, every=every, programme=member.programme_id)
    store.fetch(_ERASE_IDENTIFIERS, every=every, programme=member.programme_id)
    store.fetch(_ERASE_VAULTS, every=every)
    name_anew(store, member.programme_id, every)
    for merge in queries.merges_of(store, every):
        store.fetch(
            _ERASE_MERGES, account=merge.account_id, id=merge.id, answer=merging.without_profile(merge.answer),
            undoing=None if merge.undoing is None else merging.without_profile(merge.undoing),
        )  # fmt: skip


def found_household(store: Store, programme_id: str, *, now: datetime) -> str:
    """Make a household's account, with nothing in it; answers its id."""
    id = ids.new()
    row = records.member_row(member_id=id, programme_id=programme_id, now=now, kind="household")
    store.write([(MEMBERS, [row]), (outbox.OUTGOING, [_news(programme_id, "member.enrolled", id, now)])])
    return id


def open_card(store: Store, programme_id: str, account_id: str, *, now: datetime) -> None:
    """Make the account of a gift card, with nothing in it; again it changes nothing. In the transaction at hand."""
    store.fetch(_OPEN_CARD, id=account_id, programme=programme_id, now=clock.micros(now))


def belong(store: Store, person: queries.MemberRow, household_id: str | None, role: Role | None, now: datetime) -> None:
    """Let a person belong to a household as something from now on, or to none."""
    store.fetch(_BELONG, id=person.id, programme=person.programme_id, household=household_id, role=role)
    store.write([(outbox.OUTGOING, [_news(person.programme_id, "member.changed", person.id, now)])])


def note_merge(store: Store, merge: queries.MergeRow, *, actor: str) -> None:
    """Keep a merge with all that its undoing needs."""
    row = (
        merge.account_id, merge.id, merge.programme_id, merge.into_account, merge.activity_id, merge.seq,
        clock.micros(merge.merged_at), actor, merge.memory, merge.answer,
    )  # fmt: skip
    store.write([(MERGES, [row])])


def note_undoing(store: Store, merge: queries.MergeRow, *, answer: str, actor: str, now: datetime) -> None:
    """Keep that a merge has been undone, and what was answered."""
    undone = {"account": merge.account_id, "id": merge.id, "now": clock.micros(now), "actor": actor, "answer": answer}
    store.fetch(_UNDO, **undone)


def _keep(store: Store, member_id: str, person: Person, now: datetime) -> None:
    _, wrapped, sealed, at = records.vault_row(member_id=member_id, person=person, now=now)
    store.fetch(_SEAL, id=member_id, wrapped=wrapped, sealed=sealed, now=at)


def _news(programme_id: str, topic: str, member_id: str, now: datetime) -> Row:
    return outbox.row(
        programme_id=programme_id, topic=topic, account_id=member_id, subject_id=member_id, seq=0,
        at=clock.micros(now),
    )  # fmt: skip
