"""The law of closed months: a posting's number, its instant and the closings tell to which month it belongs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import errors, period
from guerdon.core.ledger import PostingKind

MONTH_INVALID = errors.declare("invalid", "month_invalid", "month")
MONTH_NOT_OVER = errors.declare("clash", "month_not_over", "month", "ends")
MONTH_OUT_OF_ORDER = errors.declare("clash", "month_out_of_order", "month", "next")
MONTH_BEFORE_PROGRAMME = errors.declare("clash", "month_before_programme", "month", "first")
MONTH_UNSWEPT = errors.declare("clash", "month_unswept", "month", "ends")

_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z", re.ASCII)
_YEARS: Final = range(1970, 9999)


class Closing(msgspec.Struct, frozen=True, gc=False):
    """A month that is closed: what was numbered up to `seq` and counts before `until` will never be added to.

    It goes from `start` to `until`, local midnights of the programme's zone of that time, so that a new zone moves
    nothing over a border that has been drawn. Closing a month closes all that were before it.
    """

    month: str  # 2026-10
    start: datetime
    until: datetime
    seq: int


class Place(msgspec.Struct, frozen=True, gc=False):
    """The accounting month of a posting, and whether it came too late for the one in which it counts (LAW 2.4)."""

    month: str
    late: bool


class Flow(msgspec.Struct, frozen=True, gc=False):
    """The points of one kind of posting in a month, signed as they changed balances; `prior` is what came late."""

    kind: str
    points: int
    prior: int = 0


class Sold(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The points of a unit that were earned together with the same other units, and what was paid where they were.

    The price is in minor units of the programme's currency: all that was sold, without tax, gift cards, and what was
    paid with points. It is 0 of points that were earned without a sale. `beside` are the points of the other units.
    """

    points: int
    price: int = 0
    beside: tuple[tuple[str, int], ...] = ()


class Valued(msgspec.Struct, frozen=True, gc=False):
    """What the programme said when a month was closed: so many smallest steps of a unit are worth so many minor units,
    and which share of them, in hundredths of a percent, is expected to be redeemed."""

    points: int
    amount: int
    redeemed: int


class Past(msgspec.Struct, frozen=True):
    """All that was before the first month that was closed."""

    flows: tuple[Flow, ...]
    sold: tuple[Sold, ...]


class Sums(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a month did to a unit: `opening` + all flows = `closing`, the points that members had at its end.

    What was earned in it is in `sold`, by what it was earned with; None where that was not counted. The first closed
    month has all that was before it, too. `valued` is what its points are priced by from then on, where that was said.
    """

    unit: str
    opening: int
    flows: tuple[Flow, ...]
    sold: tuple[Sold, ...] | None = None
    past: Past | None = None
    valued: Valued | None = None

    @property
    def closing(self) -> int:
        return self.opening + sum(flow.points for flow in self.flows)


# Where an accountant looks for a kind of posting.
COLUMNS: Final[dict[PostingKind, str]] = {
    "earn": "issued",
    "cancel": "issued",
    "burn": "burned",
    "reinstate": "burned",
    "expire": "expired",
    "claw_back": "clawed_back",
    "restore": "clawed_back",
    "adjust_up": "adjusted",
    "adjust_down": "adjusted",
    "lend": "lent",
    "repay": "lent",
    "transfer_out": "transferred",
    "transfer_in": "transferred",
    "pool_out": "transferred",
    "pool_in": "transferred",
    "merge_out": "transferred",
    "merge_in": "transferred",
    "fee": "given_up",
    "donate": "given_up",
}


def first_day(month: str) -> date:
    """The first day of a month written as 2026-10. Raises `month_invalid`."""
    match = _MONTH.match(month)
    if match is None or int(match[1]) not in _YEARS:
        raise MONTH_INVALID(month=month[:40])
    return date(int(match[1]), int(match[2]), 1)


def named(day: date) -> str:
    """The month that holds the day, as it is written."""
    return f"{day.year:04}-{day.month:02}"


def following(month: str) -> str:
    """The month after this one."""
    return named(period.add_months(first_day(month), 1))


def starts(month: str, zone: ZoneInfo) -> datetime:
    """The instant at which the month begins."""
    return period.midnight(first_day(month), zone)


def ends(month: str, zone: ZoneInfo) -> datetime:
    """The instant at which the month is over: its own no more."""
    return starts(following(month), zone)


def place(*, seq: int, effective_at: datetime, closings: Sequence[Closing], zone: ZoneInfo) -> Place:
    """To which month a posting belongs: the one in which it counts, or the first open one where that was closed.

    Closings stand in the order of their months. The answer depends on nothing that can change afterwards: neither on
    when it is asked nor on later closings.
    """
    own = named(period.local_day(effective_at, zone))
    border = bisect_right(closings, effective_at, key=lambda one: one.until)
    if border == len(closings):  # in a month that is open still; where the zone has changed, not in the last closed one
        return Place(max(own, following(closings[-1].month)) if closings else own, late=False)
    holds = closings[border]
    if seq > holds.seq:
        last = closings[bisect_left(closings, seq, key=lambda one: one.seq) - 1]
        return Place(following(last.month), late=True)
    if effective_at >= holds.start:
        return Place(holds.month, late=False)
    # It was there before the first closing, which closed all that was before its month.
    return Place(min(own, named(period.add_months(first_day(holds.month), -1))), late=False)


def may_close(month: str, *, closings: Sequence[Closing], zone: ZoneInfo, begins: datetime, now: datetime) -> None:
    """Refuse a month that is not over yet, or that is not the next one to close.

    The first one may be any from that on in which the programme `begins`: before it nothing can happen, and a closed
    month closes all before it for ever.
    """
    first = named(period.local_day(begins, zone))
    if not closings and month < first:
        raise MONTH_BEFORE_PROGRAMME(month=month, first=first)
    over = ends(month, zone)
    if now < over:
        raise MONTH_NOT_OVER(month=month, ends=over.astimezone(zone).isoformat())
    if closings and month != following(closings[-1].month):
        raise MONTH_OUT_OF_ORDER(month=month, next=following(closings[-1].month))


def border(month: str, *, closings: Sequence[Closing], zone: ZoneInfo, seq: int) -> Closing:
    """The closing of a month that may be closed, as of a number of the journal."""
    return Closing(month, closings[-1].until if closings else starts(month, zone), ends(month, zone), seq)


def columns(sums: Sums) -> dict[str, Flow]:
    """The flows of a month as an accountant reads them, every column there."""
    found = {name: Flow(name, 0) for name in COLUMNS.values()}
    for flow in sums.flows:
        name = COLUMNS[flow.kind]  # type: ignore[index] # kinds come from the ledger, which knows no other
        before = found[name]
        found[name] = Flow(name, before.points + flow.points, before.prior + flow.prior)
    return found
