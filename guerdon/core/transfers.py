"""The law of passing points on: who may send how many to whom, for what fee, and how long an offer stands (LAW 6.1)."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import errors, period
from guerdon.core.decisions import Count
from guerdon.core.rules import NO_CAPS, Caps

TRANSFERS_OFF = errors.declare("invalid", "transfers_off", "unit")
TRANSFER_TO_SELF = errors.declare("invalid", "transfer_to_self")
TRANSFER_TOO_SMALL = errors.declare("invalid", "transfer_too_small", "unit", "points", "minimum")
TRANSFER_LIMIT = errors.declare("spent", "transfer_limit", "unit", "asked", "left", "most", "window")
TRANSFER_PAIR_LIMIT = errors.declare("spent", "transfer_pair_limit", "unit", "asked", "left", "most", "window")
TRANSFER_SETTLED = errors.declare("clash", "transfer_settled", "state")
OFFER_LAPSED = errors.declare("spent", "offer_lapsed", "until")
CAUSE_UNKNOWN = errors.declare("invalid", "cause_unknown", "cause", "known")

Acceptance = Literal["none", "needed"]
FeeRounding = Literal["up", "down"]
# What became of a transfer. An offer that is still open when its time has come has lapsed; nobody has to write that.
State = Literal["done", "offered", "accepted", "declined", "withdrawn", "lapsed"]
PERCENT: Final = 100  # a fee's percentage is counted in hundredths of a percent
WHOLE: Final = 100 * PERCENT


class Fee(msgspec.Struct, frozen=True):
    """What sending costs on top of what is sent: so many points, so many hundredths of a percent, or both."""

    points: int = 0
    percent: int = 0
    rounding: FeeRounding = "up"

    def of(self, points: int) -> int:
        """The fee of sending so many points, in whole steps."""
        parts = points * self.percent
        return self.points + (-(-parts // WHOLE) if self.rounding == "up" else parts // WHOLE)


class Transfers(msgspec.Struct, frozen=True):
    """How members may pass a unit's points on to each other; a unit without it stays where it was earned."""

    minimum: int = 1  # the least that can be sent at once
    caps: Caps = NO_CAPS  # the most a member can send to all others together; `order` has no meaning here
    per_pair: Caps = NO_CAPS  # the most a member can send to one and the same other member
    fee: Fee | None = None
    acceptance: Acceptance = "none"
    offer_days: int = 14  # for so many days after the day of the offer it can be accepted


class Cause(msgspec.Struct, frozen=True):
    """What members can give points to."""

    key: str
    name: dict[str, str]


Name = tuple[str, str]  # a counter and its window


def counters(policy: Transfers, *, unit: str, to: str, day: date) -> list[tuple[Name, period.WindowKind, int, bool]]:
    """The sender's counters that bound a transfer on the local day: name, window, the most, whether it is the pair's.

    They stand in windows of their own, so that no purchase ever reads them.
    """
    all_together = [(f"sent:{unit}", policy.caps, False), (_pair(unit, to), policy.per_pair, True)]
    return [
        ((key, "t" + period.window(day, span)), span, most, pair)
        for key, caps, pair in all_together
        for span, most in caps.windows()
    ]


def _pair(unit: str, to: str) -> str:
    return f"sent:{unit}:{to}"


def check(policy: Transfers | None, *, unit: str, points: int) -> Transfers:
    """The policy under which so many points may be sent at all. Raises `transfers_off` or `transfer_too_small`."""
    if policy is None:
        raise TRANSFERS_OFF(unit=unit)
    if points < policy.minimum:
        raise TRANSFER_TOO_SMALL(unit=unit, points=points, minimum=policy.minimum)
    return policy


def within(
    policy: Transfers,
    *,
    unit: str,
    to: str,
    points: int,
    day: date,
    so_far: Callable[[str, str], int],
    kin: Iterable[str] = (),
) -> tuple[Count, ...]:
    """The counters that a transfer moves. Raises `transfer_limit` or `transfer_pair_limit` where one has no room left.

    A limit refuses and never clamps: whoever sends 50 points wants 50 to arrive. `kin` are the members who were merged
    into the receiver: what was sent to them was sent to the same person (LAW 6.3).
    """
    counts: list[Count] = []
    for (key, window), span, most, pair in counters(policy, unit=unit, to=to, day=day):
        keys = (key, *[_pair(unit, one) for one in kin]) if pair else (key,)
        left = max(0, most - sum(so_far(one, window) for one in keys))
        if points > left:
            limit = TRANSFER_PAIR_LIMIT if pair else TRANSFER_LIMIT
            raise limit(unit=unit, asked=points, left=left, most=most, window=span)
        counts.append(Count(key, window, points))
    return tuple(counts)


def open_until(policy: Transfers, offered_at: datetime, zone: ZoneInfo) -> datetime:
    """When an offer lapses, exclusive: the local midnight after its last day; the day it is made counts as day 0."""
    return period.midnight(period.local_day(offered_at, zone) + timedelta(days=policy.offer_days + 1), zone)


def state(stored: State, until: datetime | None, at: datetime) -> State:
    """The state as of the instant, whether or not anybody has looked since (LAW 5.2)."""
    return "lapsed" if stored == "offered" and until is not None and until <= at else stored
