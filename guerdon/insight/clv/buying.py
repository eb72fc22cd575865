"""Who bought on which day for how much, of exported months: what the models of customer value are fitted on."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec
import polars as pl

from guerdon.core import closing
from guerdon.insight.exports.files import Month
from guerdon.insight.exports.shapes import TABLES

MEMBERS: Final = ("active", "blocked")


class Bought(msgspec.Struct, frozen=True):
    """`purchases` with `customer`, `day` and `amount` (minor units); `people` who are members, with their tiers and
    segments; the first day of all and the one after the last; how many purchases were left out for their currency."""

    purchases: pl.DataFrame
    people: pl.DataFrame
    since: date
    until: date
    currency: str
    foreign: int


def read(months: Sequence[Month]) -> Bought:
    """The purchases of exported months, of at least one, in the programme's currency.

    Who was merged is the member who stands for both. What came back is taken off the purchase that it was of, what an
    order was amended to is put there; where that purchase is not exported, the last one of the same person before it.
    A day of which everything came back is none.
    """
    last = months[-1].manifest
    until = closing.first_day(closing.following(last.closing.month))
    facts = scan(months, "activities").filter(pl.col("currency").is_not_null() & (pl.col("day") < until))
    people = scan(months[-1:], "members").select("member", "stands_for", "status", "segments").collect()
    home = facts.filter(pl.col("currency") == last.currency)
    foreign = facts.filter(pl.col("currency") != last.currency, _is_order()).select(pl.len()).collect().item()
    orders = home.filter(_is_order()).select("activity", "seq", "person", "day", amount="spent", known="day").collect()
    return Bought(
        _merged(pl.concat([orders, _corrections(home, months, orders)]), people),
        _standing(people, scan(months[-1:], "tiers").collect()),
        orders["day"].min() or until, until, last.currency, foreign,  # type: ignore[arg-type] # of days it is a day
    )  # fmt: skip


def scan(months: Sequence[Month], name: str) -> pl.LazyFrame:
    """A table of the months: the files that their manifests name, and no others."""
    paths = [month.folder / name / part.name for month in months for part in month.manifest.tables[name].parts]
    return pl.scan_parquet(paths, schema=pl.Schema(TABLES[name].columns), hive_partitioning=False)


def days(bought: Bought, *, end: date) -> pl.DataFrame:
    """`customer`, `day` and `amount` of the days before `end`, as they were known then."""
    known = bought.purchases.filter(pl.col("known") < end)
    found = known.group_by("customer", "day").agg(pl.col("amount").sum())
    return found.filter(pl.col("amount") > 0).sort("customer", "day")


def _is_order() -> pl.Expr:
    return (pl.col("kind") == "purchase") & ~pl.col("amends")


def _corrections(home: pl.LazyFrame, months: Sequence[Month], orders: pl.DataFrame) -> pl.DataFrame:
    """What came back, and what orders were amended to, each on the day of its purchase."""
    changed = pl.when(pl.col("amends")).then("spent").otherwise(0) - pl.col("returned")
    told = home.filter(~_is_order()).select("activity", "seq", "person", "day", amount=changed)
    of = scan(months, "returns").select("activity", "purchase").unique()
    rows = told.filter(pl.col("amount") != 0).join(of, "activity", how="left").collect().unique("activity")
    bought = orders.select(purchase="activity", bought="day")
    rows = rows.join(bought, on="purchase", how="left").sort("day", "seq")
    before = orders.select("person", "day", latest="day").sort("day")
    rows = rows.join_asof(before, on="day", by="person", check_sortedness=False)
    rows = rows.with_columns(known="day", day=pl.coalesce("bought", "latest"))
    return rows.filter(pl.col("day").is_not_null()).select("activity", "seq", "person", "day", "amount", "known")


def _merged(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    names = people.select(person="member", customer="stands_for")
    found = rows.join(names, on="person", how="left").with_columns(customer=pl.coalesce("customer", "person"))
    return found.select("customer", "day", "amount", "known")


def _standing(people: pl.DataFrame, tiers: pl.DataFrame) -> pl.DataFrame:
    """Members by now: `customer`, the `segments` told of them, and their `tiers` as ladder/level."""
    level = tiers.select("member", tier=pl.format("{}/{}", "ladder", "level"))
    levels = level.group_by("member").agg(pl.col("tier").sort().alias("tiers"))
    found = people.filter(pl.col("status").is_in(MEMBERS)).select("member", "segments")
    return found.join(levels, on="member", how="left").rename({"member": "customer"}).sort("customer")
