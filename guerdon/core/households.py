"""The law of households: who belongs to one, who may spend its points, and what who leaves takes along (LAW 6.2)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import errors, period

HOUSEHOLDS_OFF = errors.declare("invalid", "households_off")
HOUSEHOLD_UNKNOWN = errors.declare("unknown", "household_unknown", "id")
HOUSEHOLD_CLOSED = errors.declare("spent", "household_closed", "household")
HOUSEHOLD_FULL = errors.declare("spent", "household_full", "most")
HOUSEHOLD_UNNAMED = errors.declare("invalid", "household_unnamed", "household")
IN_HOUSEHOLD = errors.declare("clash", "in_household", "member", "household")
NOT_IN_HOUSEHOLD = errors.declare("clash", "not_in_household", "member", "household")
NO_PERSON = errors.declare("invalid", "no_person", "member")
OWNER_ONLY = errors.declare("forbidden", "owner_only", "member", "role")
OWNER_STAYS = errors.declare("clash", "owner_stays", "others")
OWNER_ROLE = errors.declare("clash", "owner_role")
ROLE_MAY_NOT_SPEND = errors.declare("forbidden", "role_may_not_spend", "role", "may")
HOUSEHOLD_HELD = errors.declare("clash", "household_held", "unit", "held")
HOUSEHOLD_WAITING = errors.declare("clash", "household_waiting", "waiting", "fact")
HOUSEHOLD_DEBT = errors.declare("clash", "household_debt", "unit", "owed", "most")
JOINED_SINCE = errors.declare("clash", "joined_since", "member", "household")
INVITATION_UNKNOWN = errors.declare("unknown", "invitation_unknown", "id")
INVITED_ALREADY = errors.declare("clash", "invited_already", "invitation")
INVITATION_SETTLED = errors.declare("clash", "invitation_settled", "state")
INVITATION_LAPSED = errors.declare("spent", "invitation_lapsed", "until")

Role = Literal["owner", "adult", "child"]
ROLES: Final[tuple[Role, ...]] = ("owner", "adult", "child")
Leaving = Literal["stay", "take"]
# How somebody left: everything stayed, the own part went along, or all of it, as nobody else was left.
Left = Literal["stay", "take", "all"]
# What became of an invitation; one that is open when its time has come has lapsed, and nobody has to write that.
State = Literal["open", "accepted", "declined", "withdrawn", "lapsed"]


class Households(msgspec.Struct, frozen=True):
    """How members may share one balance; a programme without it has no households."""

    leaving: Leaving = "stay"
    may_spend: tuple[Role, ...] = ("owner", "adult")
    persons_max: int = 6
    invitation_days: int = 14  # for so many days after the day of the invitation it can be accepted


DEFAULT: Final = Households()  # what goes on to hold where a later version of the programme founds no more


class Person(msgspec.Struct, frozen=True):
    """Who belongs to a household, as what, and since when."""

    id: str
    role: Role
    since: datetime
    joined_seq: int  # the number of the household's entry by which the person came in


def check_spending(policy: Households, role: Role | None) -> None:
    """Refuse who may earn only. Raises `role_may_not_spend`; a member without a household has no role and may."""
    if role is not None and role not in policy.may_spend:
        raise ROLE_MAY_NOT_SPEND(role=role, may=", ".join(policy.may_spend))


def check_room(policy: Households, persons: int) -> None:
    """Refuse one person more than the programme allows. Raises `household_full`."""
    if persons >= policy.persons_max:
        raise HOUSEHOLD_FULL(most=policy.persons_max)


def check_owner(persons: Mapping[str, Person], by: str, *, household: str, shown: str) -> None:
    """Refuse what only the owner may do. Raises `not_in_household` or `owner_only`."""
    one = persons.get(by)
    if one is None:
        raise NOT_IN_HOUSEHOLD(member=shown, household=household)
    if one.role != "owner":
        raise OWNER_ONLY(member=shown, role=one.role)


def check_debt(owed: int, more: int, most: int | None, unit: str) -> None:
    """Refuse who brings more debt than the unit allows together (LAW 10.4). Raises `household_debt`."""
    if more and most is not None and owed + more > most:
        raise HOUSEHOLD_DEBT(unit=unit, owed=owed + more, most=most)


def leaves(policy: Households, persons: Mapping[str, Person], person: str) -> Left:
    """What becomes of the points when the person leaves: the last one takes all that is left.

    Raises `owner_stays`: an owner hands over first, while others belong to the household.
    """
    others = len(persons) - 1
    if not others:
        return "all"
    if persons[person].role == "owner":
        raise OWNER_STAYS(others=others)
    return policy.leaving


def open_until(policy: Households, made_at: datetime, zone: ZoneInfo) -> datetime:
    """When an invitation lapses, exclusive: the local midnight after its last day; the day it is made is day 0."""
    return period.midnight(period.local_day(made_at, zone) + timedelta(days=policy.invitation_days + 1), zone)


def state(stored: State, until: datetime, at: datetime) -> State:
    """The state as of the instant, whether or not anybody has looked since (LAW 5.2)."""
    return "lapsed" if stored == "open" and until <= at else stored
