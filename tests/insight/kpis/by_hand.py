"""A small history written by hand, as exported months have it: whoever reads it can work every number out."""

import atexit
import functools
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from ibis import Table

from guerdon.core.kpis import Span
from guerdon.insight.exports.files import Month
from guerdon.insight.exports.shapes import TABLES
from guerdon.insight.kpis import answers, definitions
from guerdon.insight.kpis.asked import Answer, Question
from guerdon.insight.kpis.engines import Engine
from tests.insight.kpis import exported

MONTHS = [f"2026-{month:02}" for month in range(1, 10)]
# Who joined when. Eve was merged into Ann, Fay has closed her account, Gus never came.
JOINED = {
    "ann": "2026-01-05", "ben": "2026-01-20", "cleo": "2026-02-10", "dan": "2026-03-03", "eve": "2026-01-06",
    "fay": "2026-01-01", "gus": "2026-02-01",
}  # fmt: skip
# Kind, who, day, store, currency, spent, returned, pieces; a purchase that amends is marked.
FACTS = [
    ("purchase", "ann", "01-10", "north", "EUR", 1_000, 0, 2),
    ("purchase", "eve", "01-12", "north", "EUR", 500, 0, 1),
    ("purchase", "ben", "01-25", "south", "EUR", 2_000, 0, 0),  # told in one sum
    ("purchase", "ann", "02-05", "north", "EUR", 3_000, 0, 3),
    ("purchase", "cleo", "02-15", "south", "EUR", 4_000, 0, 5),
    ("burn", "ann", "02-20", "north", None, 0, 0, 0),
    ("transfer", "ann", "03-02", None, None, 0, 0, 0),
    ("purchase", "dan", "03-05", "north", "USD", 1_500, 0, 1),
    ("purchase", "ann", "03-10", "south", "EUR", 1_000, 0, 1),
    ("purchase", "cleo", "03-15", "north", "EUR", 6_000, 0, 4),
    ("return", "cleo", "03-18", "north", "EUR", 0, 1_000, 0),
    ("purchase", "ann", "03-20", "north", "EUR", 2_000, 0, 2),
    ("return", "ann", "03-21", "north", "EUR", 0, 2_000, 0),
    ("amends", "ann", "03-21", "north", "EUR", 2_500, 0, 2),  # the same order, amended
    ("burn", "cleo", "03-25", "north", None, 0, 0, 0),
    ("burn", "ben", "03-28", "south", None, 0, 0, 0),
    ("visit", "ann", "09-15", "north", None, 0, 0, 0),
]
# Posting: kind, whose, day, points, of the fact of which day; then which lots it made or took from.
POSTINGS = [
    ("earn", "ann", "01-10", 10, "A"), ("earn", "eve", "01-12", 5, "E"), ("earn", "ben", "01-25", 20, "B"),
    ("earn", "ann", "02-05", 30, "C"), ("earn", "cleo", "02-15", 40, "D"),
    ("burn", "ann", "02-20", -12, ("A", -10), ("C", -2)),
    ("transfer_out", "ann", "03-02", -3, ("C", -3)), ("transfer_in", "ben", "03-02", 3, "T"),
    ("earn", "ann", "03-10", 10, "F"), ("earn", "cleo", "03-15", 60, "G"), ("earn", "ann", "03-20", 20, "H"),
    ("claw_back", "cleo", "03-18", -10, ("G", -10)),
    ("burn", "cleo", "03-25", -40, ("D", -40)), ("reinstate", "cleo", "03-26", 15, ("D", 15)),
    ("burn", "ben", "03-28", -3, ("T", -3)),
    ("cancel", "ann", "03-30", -5, ("H", -5)), ("expire", "ben", "03-31", -20, ("B", -20)),
]  # fmt: skip
EARNED = {"T": "02-05"}  # what was passed on keeps its day
TIERS = {"2026-02": {"ann": "silver", "cleo": "silver"}, "2026-03": {"ann": "gold", "cleo": "silver"}}
PLACES = {"silver": 0, "gold": 1}


def day(text: str) -> date:
    return date.fromisoformat(text if len(text) == 10 else f"2026-{text}")


def micros(text: str) -> int:
    return (day(text) - date(1970, 1, 1)).days * 86_400_000_000


def frames() -> dict[str, pl.DataFrame]:
    """The tables, with every column that they have in an export, and the month."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for seq, (kind, who, on, store, currency, spent, returned, pieces) in enumerate(FACTS, 1):
        rows["activities"].append({
            "activity": f"{who}{on}", "seq": seq, "account": who, "person": who, "day": day(on), "at": micros(on),
            "kind": "purchase" if kind == "amends" else kind, "store": store, "currency": currency, "spent": spent,
            "returned": returned, "pieces": pieces, "amends": kind == "amends", "active": True,
        })  # fmt: skip
    owners = {lots[0]: who for _, who, _, _, *lots in POSTINGS if isinstance(lots[0], str)}
    for seq, (kind, who, on, points, *lots) in enumerate(POSTINGS, 1):
        same = {"posting": str(seq), "seq": seq, "account": who, "unit": "points", "kind": kind, "day": day(on)}
        rows["postings"].append(same | {"activity": f"{who}{on}", "person": who, "points": points})
        for lot in lots:
            if isinstance(lot, str):
                earned = day(EARNED.get(lot, on))
                rows["lots"].append(same | {"lot": lot, "points": points, "earned_day": earned})
            else:
                assert owners[lot[0]] == who
                rows["takings"].append(same | {"lot": lot[0], "taking": f"{seq}{lot[0]}", "points": lot[1]})
    # Status credits, which nobody can spend: no KPI of points adds them up.
    credits = {"posting": "0", "seq": 0, "activity": "ann03-10", "account": "ann", "person": "ann", "unit": "credits"}
    rows["postings"].append(credits | {"kind": "earn", "day": day("03-10"), "points": 7})
    for month in MONTHS:
        for who, joined in JOINED.items():
            if joined[:7] <= month:
                status = {"eve": "merged", "fay": "closed"}.get(who, "active")
                rows["members"].append({
                    "member": who, "stands_for": "ann" if who == "eve" else who, "account": who, "status": status,
                    "enrolled_day": day(joined), "segments": ["vip"] if who == "cleo" else [], "month": month,
                })  # fmt: skip
        for who, level in TIERS.get(month, {}).items():
            tier = {"member": who, "ladder": "status", "level": level, "place": PLACES[level]}
            rows["tiers"].append(tier | {"month": month})
        unit = {"version": 1, "unit": "points", "kind": "redeemable", "scale": 0, "spendable": True, "month": month}
        rows["units"] += [unit, unit | {"unit": "credits", "kind": "qualifying", "spendable": False}]
    return {
        name: pl.DataFrame(
            [{column: row.get(column) for column in (*shape.columns, "month")} for row in rows[name]],
            schema={**shape.columns, "month": pl.String()},
        )
        for name, shape in TABLES.items()
    }


@functools.cache
def written() -> tuple[Month, ...]:
    """The history as exported months."""
    return write(MONTHS, frames())


def write(months: Sequence[str], frames: Mapping[str, pl.DataFrame]) -> tuple[Month, ...]:
    """Tables as exported months: what a row's day says, it is in, or that of its fact; gone when the tests end."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    rows = {
        name: frame.with_columns(month=pl.col("day").dt.strftime("%Y-%m")) if "day" in frame.columns else frame
        for name, frame in frames.items()
    }
    for name, of, key in (("lots", "postings", "posting"), ("lines", "activities", "activity")):
        days = rows[of].select(key, own="month").unique(key)
        rows[name] = rows[name].join(days, key).with_columns(month="own").drop("own")
    return exported.write(folder, list(months), rows)


_asked_of: list[tuple[Engine, Mapping[str, Table]]] = []


@contextmanager
def asking(engine: Engine) -> Iterator[None]:
    """Ask this engine of the history."""
    _asked_of.append((engine, engine.read(written())))
    yield
    _asked_of.pop()


def ask(key: str, since: str, until: str, **more: Sequence[str]) -> list[Answer]:
    """A KPI of the history."""
    asked = Question(Span(day(since), day(until)), **{name: tuple(of) for name, of in more.items()})
    return answers.of(*_asked_of[-1], "EUR", MONTHS, definitions.kpi(key), asked)


def told(key: str, since: str, until: str, **more: Sequence[str]) -> list[tuple[Any, ...]]:
    """The same in short: what it is of, how much of how much, and the rounded number."""
    return [(*one.of, one.numerator, one.denominator, one.value) for one in ask(key, since, until, **more)]
