"""Members come in and change: enrolled once per Idempotency-Key, changed only by whoever saw the latest state."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from guerdon.core import errors, limits
from guerdon.core import members as members_law
from guerdon.core.activities import IdentifierKind
from guerdon.core.conditions import Scalar
from guerdon.core.letters import Changed, Recipient
from guerdon.core.members import Person
from guerdon.engine import consents, joining
from guerdon.engine import letters as telling
from guerdon.engine.consents import Agreed
from guerdon.engine.once import once
from guerdon.features.activities.actions import Idempotency
from guerdon.features.letters import actions as letters
from guerdon.features.members import actions as members
from guerdon.features.members import queries
from guerdon.features.members.queries import MemberRow
from guerdon.features.members.records import Enrolment
from guerdon.features.programmes import queries as programmes
from guerdon.kit import audit, ids, store
from guerdon.kit.audit import Actor
from guerdon.kit.store import Store

ETAG_OUTDATED = errors.declare("clash", "etag_outdated", "expected", "got")

Names = Annotated[tuple[str, ...], Meta(max_length=limits.IDENTIFIERS_MAX)]


class PersonChange(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What shall change of the personal data: null forgets a field, a field left out stays."""

    name: str | UnsetType | None = UNSET
    email: str | UnsetType | None = UNSET
    phone: str | UnsetType | None = UNSET
    birthday: date | UnsetType | None = UNSET
    language: str | UnsetType | None = UNSET


class MemberChange(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What shall change of a member; what is left out stays. An attribute set to null goes."""

    status: Literal["active", "blocked", "closed"] | UnsetType = UNSET
    external_ids: Names | UnsetType = UNSET
    cards: Names | UnsetType = UNSET
    person: PersonChange | UnsetType | None = UNSET
    attributes: dict[str, Scalar | None] | UnsetType = UNSET
    segments: tuple[str, ...] | UnsetType = UNSET


def enrol(
    *,
    programme_id: str,
    enrolment: Enrolment,
    now: datetime,
    idempotency: Idempotency | None = None,
    window: str | None = None,
    agreed: Agreed | None = None,
) -> tuple[str, bool]:
    """Enrol a member; answers the id and whether the key had been used for it before.

    Somebody who joins in a `window` of ours – the portal, a till, the console – signs up by it: the rules of sign-ups
    give what they give. What was `agreed` is kept with it; all in one transaction.
    Raises the refusals of `members.enrol`, `idempotency_conflict`, and what `consents.agree` and `joining.tell` refuse.
    """

    def write(at_hand: Store) -> str:
        member_id = members.enrol(at_hand, programme_id, enrolment, now=now)
        if agreed is not None:
            consents.agree(at_hand, programme_id, member_id, agreed, now=now)
        if window is not None:
            joining.tell(at_hand, programme_id, member_id, source=window, now=now)
        return member_id

    return once(programme_id=programme_id, idempotency=idempotency, now=now, write=write)


def introduce(*, programme_id: str, enrolments: Mapping[str, Enrolment], now: datetime) -> int:
    """Enrol, as of an instant, those whose external id nobody knows yet; answers how many they were.

    Members who are there stay as they are. Raises the refusals of `members.enrol`.
    """

    def write(at_hand: Store) -> int:
        known = (queries.find(at_hand, programme_id, "external_id", name) for name in enrolments)
        fresh = [enrolment for enrolment, id in zip(enrolments.values(), known, strict=True) if id is None]
        for enrolment in fresh:
            members.enrol(at_hand, programme_id, enrolment, now=now)
        return len(fresh)

    return store.committed(write)


def change(
    *,
    programme_id: str,
    member_id: str,
    etag: int | None,
    wanted: MemberChange,
    now: datetime,
    by: Actor | None = None,
) -> MemberRow:
    """Change a member whose `etag` is the one the caller saw (None: whatever it is); answers the member after it.

    The book tells who changed what, never from what to what; without `by` it stays silent.
    Whoever had another e-mail or phone is told so by the old e-mail: a new one is how an account is taken over.
    Raises `member_unknown`, `etag_outdated` and the refusals of `members.change`.
    """

    def write(at_hand: Store) -> MemberRow:
        member = queries.lock_self(at_hand, programme_id, member_id)
        if member.status == "erased":
            raise members_law.MEMBER_NOT_ACTIVE(status=member.status)
        if etag is not None and etag != member.etag:
            raise ETAG_OUTDATED(expected=etag, got=member.etag)
        before = None if wanted.person is UNSET else queries.person(at_hand, member.id)
        person = _person(before or Person(), wanted.person)
        if isinstance(wanted.person, PersonChange) and isinstance(wanted.person.birthday, date):
            members_law.check_birthday(wanted.person.birthday, now=now)
        members.change(
            at_hand,
            member,
            person=person,
            attributes=_attributes(member.attributes, wanted.attributes),
            segments=member.segments if wanted.segments is UNSET else list(wanted.segments),
            status=member.status if wanted.status is UNSET else wanted.status,
            identifiers=_identifiers(wanted),
            now=now,
        )
        if wanted.person is None:  # nothing of the person is left, so nothing is left to write to
            everybody = queries.followers_of(at_hand, [member.id]).get(member.id, [])
            letters.forget(at_hand, [member.id, *everybody], now=now)
        elif before is not None and isinstance(person, Person):
            _tell(at_hand, member, before, person, now)
        if by is not None:
            audit.note(
                at_hand, programme_id=programme_id, actor=by, action="member.changed",
                about=f"member {ids.show('member', member.id)}", after={"changed": _named(wanted)}, now=now,
            )  # fmt: skip
        return queries.get(at_hand, programme_id, member_id)

    return store.committed(write)


def restate(
    *, programme_id: str, member_id: str, status: Literal["active", "blocked"], by: Actor, reason: str, now: datetime
) -> None:
    """Block a member, or let it in again; who did it and why stands in the book. The same again changes nothing.

    Raises `member_unknown`, and `member_not_active` for who is neither active nor blocked.
    """

    def write(at_hand: Store) -> None:
        member = queries.lock_self(at_hand, programme_id, member_id)
        if member.status not in ("active", "blocked"):
            raise members_law.MEMBER_NOT_ACTIVE(status=member.status)
        if member.status == status:
            return
        members.change(
            at_hand, member, person=UNSET, attributes=member.attributes, segments=member.segments, status=status,
            identifiers={}, now=now,
        )  # fmt: skip
        audit.note(
            at_hand, programme_id=programme_id, actor=by, action=f"member.{status}",
            about=f"member {ids.show('member', member.id)}", before={"status": member.status},
            after={"status": status}, reason=reason, now=now,
        )  # fmt: skip

    store.committed(write)


def _tell(at_hand: Store, member: MemberRow, before: Person, person: Person, now: datetime) -> None:
    """Tell the old address of a member that there is another one, or none."""
    moved: list[Changed] = []
    if before.email is None or programmes.by_id(at_hand, member.programme_id).sandbox:
        return
    if person.email is None or queries.stored("email", person.email) != queries.stored("email", before.email):
        moved.append("email")
    if before.phone is not None and person.phone != before.phone:
        moved.append("phone")
    if moved:
        to = Recipient(before.email, before.name, before.language)
        changed: Changed = moved[0] if len(moved) == 1 else "both"
        telling.notice(at_hand, member.programme_id, to, changed, now=now, member_id=member.id)


def _named(wanted: MemberChange) -> list[str]:
    """What a change names, like `cards` and `person.email`."""
    named = [one for one in wanted.__struct_fields__ if one != "person" and getattr(wanted, one) is not UNSET]
    if wanted.person is None:
        return [*named, "person"]
    if wanted.person is not UNSET:
        fields = wanted.person.__struct_fields__
        named += [f"person.{one}" for one in fields if getattr(wanted.person, one) is not UNSET]
    return named


def _person(before: Person, wanted: PersonChange | UnsetType | None) -> Person | UnsetType | None:
    if wanted is None or wanted is UNSET:
        return wanted
    told = {name: value for name in wanted.__struct_fields__ if (value := getattr(wanted, name)) is not UNSET}
    merged = msgspec.structs.replace(before, **told)
    return merged if merged != Person() else None


def _identifiers(wanted: MemberChange) -> dict[IdentifierKind, tuple[str, ...]]:
    """The kinds of identifiers that the change names, with what shall be left of each."""
    person = PersonChange(email=None, phone=None) if wanted.person is None else wanted.person
    named: dict[IdentifierKind, tuple[str, ...]] = {}
    if wanted.external_ids is not UNSET:
        named["external_id"] = wanted.external_ids
    if wanted.cards is not UNSET:
        named["card"] = wanted.cards
    if person is not UNSET and person.email is not UNSET:
        named["email"] = (person.email,) if person.email else ()
    if person is not UNSET and person.phone is not UNSET:
        named["phone"] = (person.phone,) if person.phone else ()
    return named


def _attributes(before: dict[str, Scalar], wanted: dict[str, Scalar | None] | UnsetType) -> dict[str, Scalar]:
    if wanted is UNSET:
        return before
    if len(wanted) > limits.ATTRIBUTES_MAX:  # also where most of them are forgotten
        raise members_law.MEMBER_INVALID(pointer="/attributes", reason="too_many")
    merged: dict[str, Scalar | None] = {**before, **wanted}
    return {name: value for name, value in merged.items() if value is not None}
