"""Exchange rates: told day by day beside the programme file, and listed."""

from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import limits
from guerdon.core import rates as law
from guerdon.core.rates import ToldRate
from guerdon.engine import desk, exchange
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Call, Endpoint, Page, Reply
from guerdon.features.programmes.queries import PROGRAMME_UNPUBLISHED
from guerdon.features.rates import queries as rates
from guerdon.features.rates.queries import RateRow
from guerdon.kit import ids


class NewRate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From the local day on, `units` minor units of the currency are `home` minor units of the programme's."""

    currency: Annotated[str, Meta(min_length=3, max_length=3)]
    day: Annotated[str, Meta(min_length=10, max_length=10)]
    home: Annotated[int, Meta(ge=1, le=limits.MONEY_MAX)]
    units: Annotated[int, Meta(ge=1, le=limits.MONEY_MAX)]


class NewRates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rates of some days, each day of a currency once; of a day told before, this telling counts from now on."""

    rates: Annotated[tuple[NewRate, ...], Meta(min_length=1, max_length=limits.TOLD_RATES_MAX)]


class RatesTold(msgspec.Struct, frozen=True):
    """How many of the rates said something new."""

    told: int


class RateView(msgspec.Struct, frozen=True):
    """One telling of a rate; of a day with several the one counts that nothing has replaced."""

    currency: str
    day: str
    home: int
    units: int
    told_at: datetime
    told_by: str
    replaced_at: datetime | None


class Rates(msgspec.Struct, frozen=True):
    """A page of rates, by currency and day."""

    rates: tuple[RateView, ...]
    next: str | None


def tell(call: Call, body: NewRates) -> Reply:
    """Tell rates; what waited for them is decided by the worker."""
    assert call.key is not None
    told = [ToldRate(one.currency, one.day, one.home, one.units) for one in body.rates]
    new, replayed = exchange.tell(
        programme_id=call.programme_id,
        rates=told,
        now=call.now,
        by=call.key.name,
        idempotency=call.idempotency(body),
    )
    return Reply(RatesTold(new), replayed)


def list_(call: Call, query: Page) -> Reply:
    """The rates told beside the programme file; those in the file are in the programme's document."""
    after = ("", "", ids.NIL)
    if query.cursor is not None:
        currency, day, id = calls.after(query.cursor, tuple[str, str, str])
        after = (currency, day, calls.after_id(calls.cursor(id)))
    found = rates.told(call.store, call.programme_id, after=after, most=query.limit)
    ends = None
    if len(found) == query.limit:
        last = found[-1]
        ends = calls.cursor(last.rate.currency, last.rate.day, last.id)
    return Reply(Rates(tuple(_view(one) for one in found), ends), next=ends)


def _view(one: RateRow) -> RateView:
    rate = one.rate
    return RateView(rate.currency, rate.day, rate.home, rate.units, one.told_at, one.told_by, one.replaced_at)


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/rates", "rates:write", tell, "Tell exchange rates", RatesTold, takes=NewRates, status=201,
        refuses=(law.RATE_INVALID, PROGRAMME_UNPUBLISHED, desk.IDEMPOTENCY_CONFLICT), idempotent=True, tag="Rates",
        about="A rate is valid from its local day until the next one begins; of one day a rate told here goes before "
        "that of the programme file. What was decided keeps the rate it was decided by; what waited for one is "
        "decided by the worker, as of when they happened. A wrong rate is corrected by telling its day again.",
    ),
    Endpoint(
        "GET", "/v1/rates", "programme:read", list_, "List the exchange rates told", Rates, query=Page,
        refuses=(calls.CURSOR_INVALID,), tag="Rates",
    ),
)  # fmt: skip
