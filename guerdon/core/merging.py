"""The law of merging two members: what of the one moves to the other, who wins, and how it is undone (LAW 6.3)."""

from datetime import datetime

import msgspec

from guerdon.core import errors, limits
from guerdon.core.conditions import Scalar
from guerdon.core.members import Person

MEMBER_MERGED = errors.declare("clash", "member_merged", "member", "into")
MERGE_OF_ONE = errors.declare("clash", "merge_of_one", "member")
MERGE_MEMBERSHIPS = errors.declare("clash", "merge_memberships", "membership", "other")
MERGE_HELD = errors.declare("clash", "merge_held", "unit", "held")
MERGE_WAITING = errors.declare("clash", "merge_waiting", "waiting", "fact")
MERGE_DEBT = errors.declare("clash", "merge_debt", "unit", "owed", "most")
MERGE_TOO_MUCH = errors.declare("clash", "merge_too_much", "what", "most")
NOT_MERGED = errors.declare("clash", "not_merged", "member", "into")


class Profile(msgspec.Struct, frozen=True):
    """What is known of a member besides points: rules look at it, a person reads it."""

    enrolled_at: datetime
    birthday_month: int | None = None
    attributes: dict[str, Scalar] = {}
    segments: tuple[str, ...] = ()
    person: Person = Person()


class Conflict(msgspec.Struct, frozen=True):
    """An attribute that both had, with different values; the member who stays keeps its own."""

    name: str
    kept: Scalar
    given_up: Scalar


class Filled(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a member got of another's profile because there was nothing; remembered, so that it can be taken out again.

    Personal data are remembered by the names of their fields alone: the values stand only in the vault (LAW 10.30).
    """

    attributes: dict[str, Scalar] = {}
    conflicts: tuple[Conflict, ...] = ()
    segments: tuple[str, ...] = ()
    birthday_month: int | None = None
    person: tuple[str, ...] = ()
    enrolled_before: datetime | None = None  # the member's own day, where the other had joined earlier
    enrolled_since: datetime | None = None  # the other's


class Passed(msgspec.Struct, frozen=True):
    """What passed to the other member in a unit: `points` in so many `lots`, and `debt` that is owed there now.

    `lapsed` had expired before and stays behind as expired, `cancelled` had waited in vain.
    """

    unit: str
    points: int
    lots: int
    debt: int
    lapsed: int
    cancelled: int = 0


class Merged(msgspec.Struct, frozen=True):
    """A merge, or its undoing, as it is answered: whose account, where to, and all that moved."""

    id: str
    account: str  # the member who was merged
    into: str  # the member who stays
    at: datetime
    seq: int
    undone: bool
    passed: tuple[Passed, ...]
    repaid: dict[str, int]  # by unit: what went into the debts of whom the points came to, at once
    counters: int
    identifiers: dict[str, int]  # how many by kind; e-mails and phones are nobody's business here
    filled: Filled


def without_profile(answer: str) -> str:
    """An answer (JSON) without what it says of somebody's profile, for whoever is erased (LAW 10.30)."""
    told = msgspec.json.decode(answer, type=Merged)
    return msgspec.json.encode(msgspec.structs.replace(told, filled=Filled())).decode()


def fill(stays: Profile, goes: Profile) -> tuple[Profile, Filled]:
    """The profile of the member who stays: its own wins, the other's fills the gaps; segments are united.

    A member has been one since the earlier of the two days. Raises `merge_too_much`.
    """
    gaps = {name: value for name, value in goes.attributes.items() if name not in stays.attributes}
    conflicts = tuple(
        Conflict(name, stays.attributes[name], value)
        for name, value in sorted(goes.attributes.items())
        if name in stays.attributes and stays.attributes[name] != value
    )
    segments = tuple(sorted(set(goes.segments) - set(stays.segments)))
    person = tuple(
        name
        for name in Person.__struct_fields__
        if getattr(stays.person, name) is None and getattr(goes.person, name) is not None
    )
    month = goes.birthday_month if stays.birthday_month is None else None
    earlier = goes.enrolled_at < stays.enrolled_at
    _check(len(stays.attributes) + len(gaps), "attributes", limits.ATTRIBUTES_MAX)
    _check(len(stays.segments) + len(segments), "segments", limits.SEGMENTS_MAX)
    whole = Profile(
        enrolled_at=min(stays.enrolled_at, goes.enrolled_at),
        birthday_month=stays.birthday_month if month is None else month,
        attributes={**stays.attributes, **gaps},
        segments=tuple(sorted({*stays.segments, *segments})),
        person=msgspec.structs.replace(stays.person, **{name: getattr(goes.person, name) for name in person}),
    )
    filled = Filled(
        attributes=gaps,
        conflicts=conflicts,
        segments=segments,
        birthday_month=month,
        person=person,
        enrolled_before=stays.enrolled_at if earlier else None,
        enrolled_since=goes.enrolled_at if earlier else None,
    )
    return whole, filled


def _check(number: int, what: str, most: int) -> None:
    if number > most:
        raise MERGE_TOO_MUCH(what=what, most=most)


def take_out(now: Profile, filled: Filled, goes: Person) -> Profile:
    """The profile without what another member's had filled in; what was changed since stays as it is now.

    `goes` is the person as the vault of the other member has kept it.
    """
    attributes = {
        name: value
        for name, value in now.attributes.items()
        if name not in filled.attributes or filled.attributes[name] != value
    }
    gone = [name for name in filled.person if getattr(now.person, name) == getattr(goes, name)]
    taken_over = filled.birthday_month is not None and now.birthday_month == filled.birthday_month
    month = None if taken_over else now.birthday_month
    if taken_over and "birthday" in filled.person and "birthday" not in gone:
        month = now.birthday_month  # it is another birthday's by now
    own_day = filled.enrolled_before if now.enrolled_at == filled.enrolled_since else None
    return Profile(
        enrolled_at=own_day or now.enrolled_at,
        birthday_month=month,
        attributes=attributes,
        segments=tuple(name for name in now.segments if name not in filled.segments),
        person=msgspec.structs.replace(now.person, **dict.fromkeys(gone)),
    )


def debt_room(owed: int, more: int, most: int | None, unit: str) -> None:
    """Refuse a merge whose debts together are above the unit's limit (LAW 10.4). Raises `merge_debt`."""
    if most is not None and owed + more > most:
        raise MERGE_DEBT(unit=unit, owed=owed + more, most=most)


def unpaid(owed_then: int, owed_now: int, most: int | None) -> int:
    """What goes back of a debt that was taken over: what is not repaid, and repayments went to other debts first.

    Nobody is kept from parting by a limit that was lowered since: what is above it stays where it is.
    """
    return min(owed_then, owed_now, owed_now if most is None else most)
