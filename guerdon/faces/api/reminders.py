"""Reminders: what a member was told of points that end, and when."""

from datetime import date, datetime
from typing import Final

import msgspec

from guerdon.core import expiring, expiry
from guerdon.core import members as members_law
from guerdon.core.money import Money
from guerdon.core.period import local_day
from guerdon.core.programme import Programme
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Call, Endpoint, Page, Reply
from guerdon.features.expirations import queries as expirations
from guerdon.features.expirations.queries import Told
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids


class ReminderView(msgspec.Struct, frozen=True):
    """Points of a unit, in its smallest steps, of whose end the member was told; amounts are those of then."""

    id: str
    unit: str
    scale: int
    points: int
    worth: Money | None
    last_day: date
    days: int
    days_left: int
    slides: bool
    ends_at: datetime
    told_at: datetime


class Reminders(msgspec.Struct, frozen=True):
    """A page of reminders, oldest first."""

    member: str
    reminders: tuple[ReminderView, ...]
    next: str | None


def list_(call: Call, id: str, query: Page) -> Reply:
    """What a member was reminded of."""
    member = members.get(call.store, call.programme_id, ids.read("member", id))
    programme = programmes.latest(call.store, call.programme_id).current(call.now).programme
    found = expirations.reminders(call.store, member.account_id, after=calls.after_id(query.cursor), most=query.limit)
    ends = calls.cursor(found[-1].id) if len(found) == query.limit else None
    return Reply(Reminders(id, tuple(_view(one, programme) for one in found), ends), next=ends)


def _view(one: Told, programme: Programme) -> ReminderView:
    told = one.reminder
    unit = programme.units[told.unit]
    last = expiring.last_day(told.ends_at, programme.zone)
    return ReminderView(
        id=ids.show("reminder", one.id),
        unit=told.unit,
        scale=unit.scale,
        points=told.points,
        worth=None if told.worth is None else Money(told.worth, programme.currency),
        last_day=last,
        days=told.days,
        days_left=(last - local_day(one.told_at, programme.zone)).days,
        slides=isinstance(unit.expires, expiry.Sliding),
        ends_at=told.ends_at,
        told_at=one.told_at,
    )


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/members/{id}/reminders", "profiles:read", list_, "List a member's reminders", Reminders,
        query=Page, refuses=(members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED, calls.CURSOR_INVALID),
        noun="member", tag="Balances",
        about="What the member was told of points that end, at the programme's days before their last day. Each is a "
        "`points.expiring` among the outgoing events, whose subject is the reminder's id.",
    ),
)  # fmt: skip
