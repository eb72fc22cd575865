"""Every read of exchange rates: those of some days, those valid on some days, and the list of them."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.core.programme import Rate
from guerdon.core.rates import ToldRate
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store

_LATEST = (
    "SELECT id FROM rates_rate WHERE programme_id = :programme AND currency = u.currency AND day {} u.day"
    " ORDER BY day DESC, id DESC LIMIT 1"
)
_ASKED = "unnest(:currencies::text[], :days::text[]) AS u(currency, day)"
_ASKED_SQLITE = "(SELECT value->>0 AS currency, value->>1 AS day FROM json_each(:pairs)) AS u"
_FOUND = (
    "SELECT u.currency, r.day, r.home, r.units FROM {} JOIN rates_rate r ON r.programme_id = :programme"
    " AND r.currency = u.currency AND r.id = ({})"
)
_OF_DAYS = Statement(
    _FOUND.format(_ASKED, _LATEST.format("=")), sqlite=_FOUND.format(_ASKED_SQLITE, _LATEST.format("="))
)
# The rates that are valid on the days, and once more each currency of which there are any.
_KNOWN = (
    " UNION ALL SELECT u.currency, NULL, NULL, NULL FROM {} WHERE EXISTS"
    " (SELECT 1 FROM rates_rate WHERE programme_id = :programme AND currency = u.currency)"
)
_VALID = Statement(
    _FOUND.format(_ASKED, _LATEST.format("<=")) + _KNOWN.format(_ASKED),
    sqlite=_FOUND.format(_ASKED_SQLITE, _LATEST.format("<=")) + _KNOWN.format(_ASKED_SQLITE),
)
# Each telling with the one that followed it for the same day, if any: that replaced it.
_LIST = Statement(
    "SELECT r.currency, r.day, r.id, r.home, r.units, r.told_at, r.told_by,"
    " (SELECT n.told_at FROM rates_rate n WHERE n.programme_id = :programme AND n.currency = r.currency"
    "   AND n.day = r.day AND n.id > r.id ORDER BY n.id LIMIT 1)"
    " FROM rates_rate r WHERE r.programme_id = :programme AND (r.currency, r.day, r.id) > (:currency, :day, :id)"
    " ORDER BY r.currency, r.day, r.id LIMIT :most"
)
_LAST = Statement("SELECT id FROM rates_rate WHERE programme_id = :programme ORDER BY id DESC LIMIT 1")


class RateRow(msgspec.Struct, frozen=True):
    """One telling of a rate; of those of a day the one that nothing has replaced counts."""

    rate: ToldRate
    id: str
    told_at: datetime
    told_by: str
    replaced_at: datetime | None


def of_days(store: Store, programme_id: str, asked: Sequence[tuple[str, str]]) -> dict[tuple[str, str], ToldRate]:
    """What stands for these very currencies and days."""
    rows = _ask(store, _OF_DAYS, programme_id, asked)
    return {(currency, day): ToldRate(currency, day, home, units) for currency, day, home, units in rows}


def valid(store: Store, programme_id: str, asked: Sequence[tuple[str, str]]) -> dict[str, tuple[Rate, ...]]:
    """By currency the rates that are valid on the days asked; a currency without any rate at all is left out."""
    found: dict[str, set[Rate]] = {}
    for currency, day, home, units in _ask(store, _VALID, programme_id, asked):
        of_currency = found.setdefault(currency, set())
        if day is not None:
            of_currency.add(Rate(day, home, units))
    return {currency: tuple(sorted(rates, key=lambda rate: rate.start)) for currency, rates in found.items()}


def _ask(
    store: Store, statement: Statement, programme_id: str, asked: Sequence[tuple[str, str]]
) -> list[tuple[str, str, int, int]]:
    if not asked:
        return []
    currencies, days = [currency for currency, _ in asked], [day for _, day in asked]
    found = store.fetch(statement, programme=programme_id, currencies=currencies, days=days, pairs=list(asked))
    return [(currency, day, home, units) for currency, day, home, units in found]


def told(store: Store, programme_id: str, *, after: tuple[str, str, str], most: int) -> list[RateRow]:
    """All tellings after (currency, day, id), by currency and day, a page at a time."""
    currency, day, id = after
    rows = store.fetch(_LIST, programme=programme_id, currency=currency, day=day, id=id, most=most)
    return [
        RateRow(ToldRate(currency, day, home, units), id, clock.instant(told_at), by, clock.instant(replaced_at))
        for currency, day, id, home, units, told_at, by, replaced_at in rows
    ]


def last(store: Store, programme_id: str) -> str:
    """The id of what was told last; empty where nothing was."""
    rows = store.fetch(_LAST, programme=programme_id)
    return str(rows[0][0]) if rows else ""
