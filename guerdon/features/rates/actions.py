"""Every write to exchange rates: telling them, in the transaction at hand."""

from collections.abc import Sequence
from datetime import datetime

from guerdon.core.rates import ToldRate
from guerdon.features.rates import queries
from guerdon.kit import clock, ids
from guerdon.kit.store import Store, Table

RATES = Table(
    "rates_rate",
    {
        "programme_id": "uuid", "currency": "text", "day": "text", "id": "uuid", "home": "bigint", "units": "bigint",
        "told_at": "bigint", "told_by": "text",
    },
)  # fmt: skip


def tell(store: Store, programme_id: str, rates: Sequence[ToldRate], *, now: datetime, by: str) -> int:
    """Note the rates; one that stands already is not noted again. Answers how many are new."""
    standing = queries.of_days(store, programme_id, sorted({(one.currency, one.day) for one in rates}))
    new: list[ToldRate] = []
    for one in rates:
        if standing.get((one.currency, one.day)) != one:
            standing[one.currency, one.day] = one
            new.append(one)
    at = clock.micros(now)
    store.write(
        [(RATES, [(programme_id, one.currency, one.day, ids.new(), one.home, one.units, at, by) for one in new])]
    )
    return len(new)
