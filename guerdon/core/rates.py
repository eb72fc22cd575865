"""The law of exchange rates that are told beside the programme file: what may be said of a day."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import msgspec

from guerdon.core import errors, limits, money
from guerdon.core.decisions import Exchange
from guerdon.core.programme import Rate

RATE_INVALID = errors.declare("invalid", "rate_invalid", "pointer", "reason")


Rates = Mapping[str, Sequence[Rate]]  # told beside the programme file, by currency
NO_RATES: Final[Rates] = {}


class ToldRate(msgspec.Struct, frozen=True, gc=False):
    """From the local day on, `units` minor units of the currency are `home` minor units of the programme's."""

    currency: str
    day: str  # 2026-10-01
    home: int
    units: int


def latest(day: str, of_file: Sequence[Rate], told: Sequence[Rate]) -> Rate:
    """The rate of a local day: the latest that had begun by then; of one first day the told one, not the file's.

    Raises LookupError where none had.
    """
    valid = [rate for rate in (*told, *of_file) if rate.start <= day]
    if not valid:
        raise LookupError(day)
    return max(valid, key=lambda rate: rate.start)  # the first of several


def stored(exchange: Exchange | None) -> Rates:
    """The rate that stands in a decision, as rates that were told: what is decided by it is decided as it was then."""
    return {} if exchange is None else {exchange.currency: (Rate(exchange.start, exchange.home, exchange.units),)}


def check(rates: Iterable[ToldRate], *, home: str, today: date) -> None:
    """Refuse rates that can't be: of no currency or of the programme's own, of no day or a senseless one, of nothing.

    One day of a currency is told once at a time: nobody could say which of two was meant.
    """
    seen: set[tuple[str, str]] = set()
    for place, one in enumerate(rates):
        reason = _wrong(one, home, today)
        if reason is not None:
            raise RATE_INVALID(pointer=f"/rates/{place}/{reason[0]}", reason=reason[1])
        if (one.currency, one.day) in seen:
            raise RATE_INVALID(pointer=f"/rates/{place}", reason="rate_twice")
        seen.add((one.currency, one.day))


def _wrong(one: ToldRate, home: str, today: date) -> tuple[str, str] | None:
    if not money.known(one.currency) or one.currency == home:
        return "currency", "not_foreign"
    try:
        day = date.fromisoformat(one.day)
    except ValueError:
        return "day", "not_a_day"
    if day.isoformat() != one.day:
        return "day", "not_a_day"
    if day.year < limits.RATE_YEAR_MIN or (day - today).days > limits.RATE_AHEAD_DAYS_MAX:
        return "day", "day_far_off"
    for field, amount in (("home", one.home), ("units", one.units)):
        if not 1 <= amount <= limits.MONEY_MAX:
            return field, "out_of_range"
    return None


def quoted(*, home: str, currency: str, day: str, units_of_one: str) -> ToldRate:
    """The rate that a bank quotes as so much of the currency for one of the home currency: `1.0834`.

    Raises `money_invalid` for a text that is no positive number of at most six decimals.
    """
    millionths = money.scaled(units_of_one, 6)
    if millionths < 1:
        raise money.MONEY_INVALID(text=units_of_one[:40], reason="not_a_number")
    one, units = 10 ** money.decimals(home) * 10**6, 10 ** money.decimals(currency) * millionths
    common = math.gcd(one, units)
    return ToldRate(currency, day, one // common, units // common)
