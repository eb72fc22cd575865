"""Members as rows: the account, its names, the vault, and the words by which a member is found."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from guerdon.core.activities import IdentifierKind
from guerdon.core.conditions import Scalar
from guerdon.core.members import Person
from guerdon.features.members import names
from guerdon.kit import clock, secrets
from guerdon.kit.store import Row


class Enrolment(msgspec.Struct, frozen=True):
    """What a new member starts with; identifiers by kind, in any spelling."""

    external_ids: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    person: Person | None = None
    attributes: dict[str, Scalar] = {}
    segments: tuple[str, ...] = ()


EMPTY = Enrolment()


def member_row(
    *, member_id: str, programme_id: str, now: datetime, enrolment: Enrolment = EMPTY, kind: str = "person"
) -> Row:
    """The row of a new member, or of a household."""
    month = enrolment.person.birthday.month if enrolment.person and enrolment.person.birthday else None
    attributes = msgspec.json.encode(enrolment.attributes).decode()
    segments = msgspec.json.encode(sorted(set(enrolment.segments))).decode()
    return (member_id, programme_id, clock.micros(now), "active", month, attributes, segments, 1, kind)


def identifier_row(*, programme_id: str, kind: IdentifierKind, value: str, member_id: str, now: datetime) -> Row:
    """The directory row of an identifier already in its stored form (`queries.stored`)."""
    return (programme_id, kind, value, member_id, clock.micros(now))


def vault_row(*, member_id: str, person: Person, now: datetime) -> Row:
    """The row of the vault that holds a person, sealed with a fresh key."""
    wrapped, sealed = secrets.seal(msgspec.json.encode(person).decode())
    return (member_id, wrapped, sealed, clock.micros(now))


def word_rows(*, programme_id: str, member_id: str, persons: Iterable[Person | None]) -> list[Row]:
    """The rows by which a member is found who is, or stands for, these persons."""
    return [(programme_id, token, member_id) for token in names.tokens(programme_id, persons)]
