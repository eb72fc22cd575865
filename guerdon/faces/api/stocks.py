"""Stocks of rewards: what is left of each variant and how it came, and what became of what was redeemed."""

from datetime import date, timedelta
from typing import Final

import msgspec

from guerdon.core import kpis, limits, period
from guerdon.core import rewards as law
from guerdon.core.kpis import Span
from guerdon.core.redemptions import Stock
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Call, Endpoint, Page, Reply
from guerdon.faces.api.rewards import SupplyView
from guerdon.features.programmes import queries as programmes
from guerdon.features.redemptions import queries as redemptions
from guerdon.features.rewards import queries
from guerdon.insight import catalogue
from guerdon.insight.catalogue import Pieces

DAYS: Final = 30  # that a funnel has where nobody says from when on


class StockView(msgspec.Struct, frozen=True):
    """The pieces of one combination of options: what there was, came in, is promised, went out, and is left."""

    variant: str
    initial: int
    supplied: int
    claimed: int
    given: int
    left: int | None


class Stocks(msgspec.Struct, frozen=True):
    """All stocks of a reward, those of variants too that it no longer has."""

    reward: str
    left: int | None
    stocks: tuple[StockView, ...]


class AllStocks(msgspec.Struct, frozen=True):
    """The stocks of all rewards of the programme in force."""

    rewards: tuple[Stocks, ...]


class Supplies(msgspec.Struct, frozen=True):
    """A page of supplies, the latest first."""

    supplies: tuple[SupplyView, ...]
    next: str | None


class FunnelDays(msgspec.Struct, frozen=True, rename={"since": "from"}, forbid_unknown_fields=True):
    """Which days."""

    since: date | None = None
    until: date | None = None


class Funnel(msgspec.Struct, frozen=True, rename={"since": "from"}):
    """What became of what was redeemed in some days; without `whole` only of the latest of them."""

    since: date
    until: date
    redeemed: int
    reserved: int
    confirmed: int
    fulfilled: int
    cancelled: int
    expired: int
    whole: bool


def list_(call: Call) -> Reply:
    """What is left of every reward."""
    return Reply(AllStocks(tuple([_shown(*one) for one in _pieces(call).items()])))


def read(call: Call, key: str) -> Reply:
    """What is left of a reward, by variant."""
    found = _pieces(call)
    if key not in found:
        raise law.REWARD_UNKNOWN(reward=key[: limits.KEY_CHARS_MAX])
    return Reply(_shown(key, found[key]))


def _pieces(call: Call) -> dict[str, tuple[Pieces, list[Stock]]]:
    in_force = programmes.latest(call.store, call.programme_id).current(call.now)
    return catalogue.pieces(call.store, call.programme_id, in_force, call.now)


def _shown(reward: str, found: tuple[Pieces, list[Stock]]) -> Stocks:
    left, every = found
    views = [
        StockView(one.variant, one.initial, one.supplied, one.claimed, one.given, left.of.get(one.variant))
        for one in every
    ]
    return Stocks(reward, left.left, tuple(views))


def list_supplies(call: Call, key: str, query: Page) -> Reply:
    """What came in and was lost, the latest first."""
    reward = programmes.latest(call.store, call.programme_id).current(call.now).programme.reward(key)
    before = queries.NEWEST if query.cursor is None else calls.after(query.cursor, tuple[int, str, str])
    found = queries.supplies(call.store, call.programme_id, reward.key, before=before, most=query.limit)
    ends = calls.cursor(*queries.place(found[-1])) if len(found) == query.limit else None
    views = [
        SupplyView(
            one.reward, one.variant, one.pieces, one.remains, one.reason, one.actor, one.source, one.external_id, one.at
        )
        for one in found
    ]
    return Reply(Supplies(tuple(views), ends), next=ends)


def funnel(call: Call, key: str, query: FunnelDays) -> Reply:
    """What became of what was redeemed in some days, today included where no other end is said."""
    in_force = programmes.latest(call.store, call.programme_id).current(call.now)
    reward, zone = in_force.programme.reward(key), in_force.zone
    until = query.until or period.local_day(call.now, zone) + timedelta(days=1)
    span = Span(query.since or until - timedelta(days=DAYS), until)
    kpis.check(span)
    begins, ends = period.midnight(span.since, zone), period.midnight(span.until, zone)
    most = limits.FUNNEL_ROWS_MAX
    found = redemptions.states(call.store, call.programme_id, reward.key, since=begins, until=ends, most=most)
    total = sum(found.values())
    view = Funnel(
        span.since, span.until, total, found.get("reserved", 0), found.get("confirmed", 0), found.get("fulfilled", 0),
        found.get("cancelled", 0), found.get("expired", 0), total < most,
    )  # fmt: skip
    return Reply(view)


_OF_REWARD: Final = (law.REWARD_UNKNOWN, programmes.PROGRAMME_UNPUBLISHED)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/stocks", "figures:read", list_, "List the stocks of all rewards", AllStocks,
        refuses=(programmes.PROGRAMME_UNPUBLISHED,), tag="Rewards",
    ),
    Endpoint(
        "GET", "/v1/rewards/{key}/stock", "figures:read", read, "Read the stock of a reward", Stocks,
        refuses=_OF_REWARD, tag="Rewards",
        about="What is left is what there was and came in, less what is promised and what went out.",
    ),
    Endpoint(
        "GET", "/v1/rewards/{key}/supplies", "figures:read", list_supplies, "List what came into a stock", Supplies,
        query=Page, refuses=(*_OF_REWARD, calls.CURSOR_INVALID), tag="Rewards",
    ),
    Endpoint(
        "GET", "/v1/rewards/{key}/funnel", "figures:read", funnel, "Read what became of redemptions", Funnel,
        query=FunnelDays, refuses=(*_OF_REWARD, kpis.FIGURES_PERIOD_INVALID), tag="Rewards",
        about=f"Without days it is the last {DAYS}, today included. Of more than {limits.FUNNEL_ROWS_MAX:,} "
        "redemptions the latest are counted, and `whole` is false.",
    ),
)  # fmt: skip
