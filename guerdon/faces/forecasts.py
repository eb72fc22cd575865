"""A forecast of what members will be worth as a table for a spreadsheet: a row for each, by their ids."""

from typing import Final

import polars as pl

from guerdon.core import money
from guerdon.faces import tables
from guerdon.kit import ids

HEADER: Final = (
    "member", "repeat_purchases", "last_purchase", "alive_percent", "expected_purchases", "expected_spend", "value",
    "currency",
)  # fmt: skip


def csv(members: pl.DataFrame, currency: str) -> str:
    """The rows of `insight.clv.forecast`, as decimal numbers."""
    exponent = money.decimals(currency)
    rows = (
        (
            ids.show("member", customer), repeats, last.isoformat(), tables.decimal(alive, 2),
            tables.decimal(purchases, 2), tables.decimal(spend, exponent), tables.decimal(value, exponent), currency,
        )
        for customer, repeats, last, alive, purchases, spend, value in members.iter_rows()
    )  # fmt: skip
    return tables.write(HEADER, rows)
