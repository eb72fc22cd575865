"""The law of daily figures: on which local day an entry of the journal counts, and what it adds to that day."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import closing, period
from guerdon.core.activities import CONVERSION, HOUSE_SOURCES, LEDGER_KINDS, PURCHASE, RETURN
from guerdon.core.closing import Closing
from guerdon.core.ledger import CREDITS

ALL_STORES: Final = ""  # the name under which all stores are counted together, and what was told without one
NOTHING: Final = ""  # of what a measure counts, where it counts no money and no points
PURCHASES: Final = "purchases"  # by currency
SPEND: Final = "spend"  # by currency
RETURNS: Final = "returns"  # by currency
RETURNED: Final = "returned"  # by currency
REDEEMED: Final = "redeemed"
FULFILLED: Final = "fulfilled"
GIVEN_UP: Final = "redemptions_cancelled"  # by somebody, or by themselves when their time was over
VOUCHERS: Final = "vouchers"
ROLLED_BACK: Final = "vouchers_rolled_back"
# What a member does by itself, of what the house writes; all that is told from outside is one's own doing, too.
_OWN: Final = frozenset({"burn", "donation", "redemption", "transfer", "voucher_redeem"})
_LEDGER: Final = frozenset(LEDGER_KINDS)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_QUARTER: Final = 15 * 60 * 1_000_000  # clocks of all zones agree on a quarter of an hour, so it has one local day


class Moved(msgspec.Struct, frozen=True, gc=False):
    """A posting as figures see it; instants in microseconds since 1970."""

    unit: str
    kind: str
    amount: int
    effective_at: int
    posted_at: int


class Fact(msgspec.Struct, frozen=True, gc=False):
    """An entry of the journal as figures see it: whose it is, who it was, where, and what it came to."""

    account_id: str
    person_id: str
    seq: int
    kind: str
    source: str
    occurred_at: int  # microseconds since 1970
    store: str = ALL_STORES
    currency: str = ""
    spent: int = 0  # of a purchase: all lines net of their discounts, in minor units
    returned: int = 0  # of a return, in minor units of its purchase's currency
    amends: bool = False  # a purchase that replaces another one
    state: str = ""  # of a redemption, after the entry
    uses: int = 0  # of vouchers, made or rolled back
    moved: tuple[Moved, ...] = ()


Day = int  # the ordinal of a local day
Cell = tuple[Day, str, str, str]  # day, store, measure, and of what: a currency or a unit
Seen = tuple[str, str, Day, str]  # account, person, day, store


class Tally:
    """What entries add: to the cells of days, each with what of it came late; and whose entries and points they were.

    Of each member and day it is counted how often it was active, bought, and spent points.
    """

    def __init__(self) -> None:
        self.cells: dict[Cell, list[int]] = {}
        self.seen: dict[Seen, list[int]] = {}

    def add(self, day: Day, store: str, measure: str, what: str, amount: int, late: int = 0) -> None:
        """Add to a day, of all stores together and of the store."""
        for place in (ALL_STORES, store) if store else (ALL_STORES,):
            cell = self.cells.setdefault((day, place, measure, what), [0, 0])
            cell[0] += amount
            cell[1] += late

    def see(self, fact: Fact, day: Day, *, active: int = 0, bought: int = 0, spent: int = 0) -> None:
        """Note that something of a member fell on a day."""
        for place in (ALL_STORES, fact.store) if fact.store else (ALL_STORES,):
            seen = self.seen.setdefault((fact.account_id, fact.person_id, day, place), [0, 0, 0])
            seen[0] += active
            seen[1] += bought
            seen[2] += spent


class Calendar:
    """On which day things count, in the zone of the figures and with the months that are closed."""

    def __init__(self, zone: ZoneInfo, closings: Sequence[Closing]) -> None:
        self.zone = zone
        self.closings = closings
        self._days: dict[int, Day] = {}
        self._open = _first_open(closings[-1]) if closings else None

    def day(self, at: int) -> Day:
        """The local day of an instant."""
        quarter = at // _QUARTER
        found = self._days.get(quarter)
        if found is None:
            found = self._days[quarter] = period.local_day(_instant(at), self.zone).toordinal()
        return found

    def counts(self, moved: Moved, seq: int) -> tuple[Day, bool]:
        """The day of a posting, and whether it came too late for the month in which it counts (LAW 2.4).

        It is the local day in which the posting counts. What is late belongs to the first open month, as in the
        accounts: to the day on which it was posted, or the last one of that month where it was posted after it.
        """
        if self._open is None:
            return self.day(moved.effective_at), False
        begins, first = self._open
        if moved.effective_at >= begins:
            return max(self.day(moved.effective_at), first), False
        at = _instant(moved.effective_at)
        place = closing.place(seq=seq, effective_at=at, closings=self.closings, zone=self.zone)
        day = self.day(moved.posted_at if place.late else moved.effective_at)
        return min(max(day, first_of(place.month)), first_of(closing.following(place.month)) - 1), place.late


def first_of(month: str) -> Day:
    """The first day of a month."""
    return closing.first_day(month).toordinal()


def count(tally: Tally, facts: Iterable[Fact], calendar: Calendar) -> None:
    """Add what the entries did to the days on which they count."""
    for fact in facts:
        day = calendar.day(fact.occurred_at)
        burned = 0
        for moved in fact.moved:
            on, late = calendar.counts(moved, fact.seq)
            points = moved.amount if moved.kind in CREDITS else -moved.amount
            tally.add(on, fact.store, moved.kind, moved.unit, points, points if late else 0)
            tally.see(fact, on)
            burned |= moved.kind == "burn"
        bought = _count_trade(tally, fact, day)
        _count_rewards(tally, fact, day)
        spent = int(burned or fact.kind == "redemption")
        tally.see(fact, day, active=int(is_active(fact)), bought=bought, spent=spent)


def is_active(fact: Fact) -> bool:
    """Whether the member did something: something was told of it, or it spent, gave away or redeemed something."""
    if fact.kind in _LEDGER:
        return fact.kind in _OWN and fact.source != CONVERSION
    return fact.source not in HOUSE_SOURCES


def _count_trade(tally: Tally, fact: Fact, day: Day) -> int:
    """Purchases and returns; an order that is amended stays one, and only its money moves."""
    if fact.kind == PURCHASE:
        tally.add(day, fact.store, SPEND, fact.currency, fact.spent)
        if fact.amends:
            return 0
        tally.add(day, fact.store, PURCHASES, fact.currency, 1)
        return 1
    if fact.returned or fact.kind == RETURN:
        if fact.kind == RETURN and fact.source not in HOUSE_SOURCES:
            tally.add(day, fact.store, RETURNS, fact.currency, 1)
        tally.add(day, fact.store, RETURNED, fact.currency, fact.returned)
    return 0


def _count_rewards(tally: Tally, fact: Fact, day: Day) -> None:
    """Redemptions on their way, and vouchers used."""
    if fact.kind == "redemption":
        tally.add(day, fact.store, REDEEMED, NOTHING, 1)
    if fact.kind in ("redemption_cancel", "redemption_expire"):
        tally.add(day, fact.store, GIVEN_UP, NOTHING, 1)
    elif fact.state == "fulfilled":
        tally.add(day, fact.store, FULFILLED, NOTHING, 1)
    if fact.uses and fact.kind in ("voucher_redeem", "voucher_rollback"):
        used = fact.kind == "voucher_redeem"
        tally.add(day, fact.store, VOUCHERS if used else ROLLED_BACK, NOTHING, fact.uses)


def _instant(at: int) -> datetime:
    return _EPOCH + timedelta(microseconds=at)


def _first_open(last: Closing) -> tuple[int, Day]:
    """When what is told counts in an open month again, after the last one that is closed, and the first day of that."""
    begins = (last.until - _EPOCH) // timedelta(microseconds=1)
    return begins, closing.first_day(closing.following(last.month)).toordinal()
