"""Expirations: which of a member's points end when, all members' by month, and what they are worth."""

from datetime import date, datetime
from typing import Final

import msgspec

from guerdon.core import expiring, limits
from guerdon.core import members as members_law
from guerdon.core.expiring import Expiring
from guerdon.core.money import Money
from guerdon.core.period import local_day
from guerdon.core.programme import Programme, Unit
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.features.expirations import queries as outlook
from guerdon.features.ledger import queries as ledger
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids


class Looking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far to look: up to and with this local day; without one to the last end there is."""

    until: date | None = None


class ExpirationView(msgspec.Struct, frozen=True):
    """Points of a unit that end together, in its smallest steps, if nothing is earned or spent until then."""

    unit: str
    scale: int
    points: int
    worth: Money | None
    last_day: date
    days_left: int
    ends_at: datetime


class Expirations(msgspec.Struct, frozen=True):
    """What ends when, the first end first, as of this instant, whether or not the nightly run has been."""

    member: str
    as_of: datetime
    expirations: tuple[ExpirationView, ...]


class EndingMonth(msgspec.Struct, frozen=True):
    """Points of a unit, in its smallest steps, that have their last day in the month, over all members."""

    unit: str
    scale: int
    month: str
    points: int
    worth: Money | None


class EndingMonths(msgspec.Struct, frozen=True):
    """What ends in which month, as the last nightly run saw it; `as_of` is null before the first."""

    as_of: datetime | None
    months: tuple[EndingMonth, ...]


def read(call: Call, id: str, query: Looking) -> Reply:
    """Which of a member's points end when."""
    member = members.get(call.store, call.programme_id, ids.read("member", id))
    programme = programmes.latest(call.store, call.programme_id).current(call.now).programme
    lots = ledger.account_lots(
        call.store, member.account_id, call.now, after=ids.NIL, most=limits.INT64_MAX, spent_too=False
    )
    living = [(one.unit, one.as_lot()) for one in lots]
    found = expiring.preview(living, at=call.now, zone=programme.zone, until=query.until)
    rows = tuple(_view(one, programme, call.now) for one in found)
    return Reply(Expirations(id, call.now, rows))


def _view(one: Expiring, programme: Programme, now: datetime) -> ExpirationView:
    unit = programme.units[one.unit]
    worth = money_worth(one.points, unit, programme)
    days = (one.last_day - local_day(now, programme.zone)).days
    return ExpirationView(one.unit, unit.scale, one.points, worth, one.last_day, days, one.ends_at)


def total(call: Call) -> Reply:
    """What ends in which month, over all members."""
    programme = programmes.latest(call.store, call.programme_id).current(call.now).programme
    as_of, found = outlook.months(call.store, call.programme_id)
    return Reply(EndingMonths(as_of, tuple(_month(one, programme) for one in found)))


def _month(one: outlook.Month, programme: Programme) -> EndingMonth:
    unit = programme.units[one.unit]
    return EndingMonth(one.unit, unit.scale, one.month, one.points, money_worth(one.points, unit, programme))


def money_worth(points: int, unit: Unit, programme: Programme) -> Money | None:
    """What points buy, as money; None where the programme does not say."""
    amount = expiring.worth(points, unit)
    return None if amount is None else Money(amount, programme.currency)


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/members/{id}/expirations", "members:read", read, "Preview what expires", Expirations,
        query=Looking, refuses=(members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED), noun="member", tag="Balances",
        about="The points that end, by their ends, if nothing is earned or spent until then. Held points are not among "
        "them; pending ones are.",
    ),
    Endpoint(
        "GET", "/v1/programme/expirations", "figures:read", total, "Read what expires in which month", EndingMonths,
        refuses=(programmes.PROGRAMME_UNPUBLISHED,), tag="Programme",
        about="By unit and the month of the last day, over all members, if nothing is earned or spent until then. The "
        "nightly run counts it; what was earned or spent since is not in it.",
    ),
)  # fmt: skip
