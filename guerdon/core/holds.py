"""The law of holds: points reserved for a while, then captured, released, or free by themselves (LAW 5.4)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import errors, limits, period
from guerdon.core.ledger import Take

HOLD_UNKNOWN = errors.declare("unknown", "hold_unknown", "id")
HOLD_ENDED = errors.declare("spent", "hold_ended", "state")
HOLD_TIME_INVALID = errors.declare("invalid", "hold_time_invalid", "reason", "least", "most")
CAPTURE_TOO_LARGE = errors.declare("spent", "capture_too_large", "asked", "open")

State = Literal["open", "captured", "released", "expired"]
SHORTEST: Final = timedelta(seconds=limits.HOLD_SECONDS_MIN)


class TimeToLive(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How long a hold lives, in exactly one measure."""

    minutes: int | None = None
    hours: int | None = None
    days: int | None = None


class Hold(msgspec.Struct, frozen=True):
    """A hold as it stands; `parts` are the points still reserved, in the order in which they will be captured."""

    id: str
    account_id: str
    unit: str
    amount: int
    created_at: datetime
    ends_at: datetime
    parts: tuple[Take, ...]
    captured: int = 0
    released: int = 0
    expired: int = 0
    state: State = "open"
    person_id: str | None = None  # who reserved them, where the account is a household's

    @property
    def open(self) -> int:
        return self.amount - self.captured - self.released - self.expired


def ends_at(life: TimeToLive, *, created_at: datetime, zone: ZoneInfo) -> datetime:
    """When the time to live ends: an hour is 60 minutes, a day is a calendar day in the zone (LAW 5.4).

    The clock then shows what it showed at the beginning; a time that does not exist on that day becomes the first
    instant after the gap, one that occurs twice the first of them. Raises `hold_time_invalid`.
    """
    given = [(name, value) for name in life.__struct_fields__ if (value := getattr(life, name)) is not None]
    if len(given) != 1:
        raise _wrong("one_measure")
    measure, number = given[0]
    if not 0 < number <= limits.HOLD_DAYS_MAX * 24 * 60:
        raise _wrong("out_of_range")
    if measure == "days":
        if number > limits.HOLD_DAYS_MAX:
            raise _wrong("out_of_range")
        return period.days_later(created_at, number, zone)
    return created_at + timedelta(minutes=number if measure == "minutes" else 60 * number)


def check_life(created_at: datetime, ends_at: datetime, zone: ZoneInfo) -> None:
    """Refuse an end that comes too soon or too late. Raises `hold_time_invalid`."""
    if ends_at < created_at + SHORTEST or ends_at > period.days_later(created_at, limits.HOLD_DAYS_MAX, zone):
        raise _wrong("out_of_range")


def _wrong(reason: str) -> errors.Refusal:
    return HOLD_TIME_INVALID(reason=reason, least=limits.HOLD_SECONDS_MIN, most=limits.HOLD_DAYS_MAX)


def check_open(hold: Hold) -> None:
    """Refuse to end a hold twice (LAW 10.10: one terminal state). Raises `hold_ended`."""
    if hold.state != "open":
        raise HOLD_ENDED(state=hold.state)


def split(parts: Sequence[Take], points: int) -> tuple[tuple[Take, ...], tuple[Take, ...]]:
    """The first so many points, and the rest."""
    first: list[Take] = []
    rest: list[Take] = []
    for part in parts:
        taken = min(points, part.points)
        points -= taken
        if taken:
            first.append(Take(part.lot, taken))
        if part.points > taken:
            rest.append(Take(part.lot, part.points - taken))
    return tuple(first), tuple(rest)


def capture(hold: Hold, points: int | None, *, final: bool) -> tuple[Hold, tuple[Take, ...], tuple[Take, ...]]:
    """Capture the first points in order, all where none are named; answers the hold after it, what is taken, what is
    released.

    Raises `hold_ended` and `capture_too_large`.
    """
    check_open(hold)
    asked = hold.open if points is None else points
    if asked > hold.open:
        raise CAPTURE_TOO_LARGE(asked=asked, open=hold.open)
    taken, rest = split(hold.parts, asked)
    ends = final or not rest
    after = msgspec.structs.replace(
        hold,
        captured=hold.captured + asked,
        released=hold.released + (hold.open - asked if ends else 0),
        state="captured" if ends else "open",
        parts=() if ends else rest,
    )
    return after, taken, rest if ends else ()


def release(hold: Hold) -> Hold:
    """The hold after its points were given back. Raises `hold_ended`."""
    check_open(hold)
    return msgspec.structs.replace(hold, released=hold.released + hold.open, state="released", parts=())


def expire(hold: Hold) -> Hold:
    """The hold after its time to live."""
    check_open(hold)
    return msgspec.structs.replace(hold, expired=hold.expired + hold.open, state="expired", parts=())
