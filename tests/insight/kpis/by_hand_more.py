"""A second history written by hand, of rewards, lines, scores and lots that end: each number can be worked out."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import polars as pl
from ibis import Table

from guerdon.core.kpis import Span
from guerdon.insight.exports.files import Month
from guerdon.insight.exports.shapes import TABLES
from guerdon.insight.kpis import answers, definitions
from guerdon.insight.kpis.asked import Question
from guerdon.insight.kpis.engines import Engine
from tests.insight.kpis import by_hand

MONTHS = [f"2026-{month:02}" for month in range(1, 10)]
PEOPLE = ("ann", "ben", "cleo", "dan")
# Kind, who, day, spent, score.
FACTS = [
    ("purchase", "ann", "01-10", 1_000, None), ("purchase", "ben", "01-11", 2_000, None),
    ("visit", "dan", "01-12", 0, None),
    ("purchase", "ann", "08-02", 3_000, None), ("visit", "ann", "08-02", 0, None), ("visit", "ann", "08-09", 0, None),
    ("purchase", "cleo", "08-03", 500, None), ("burn", "ann", "08-04", 0, None),
    ("survey", "ann", "08-05", 0, 3), ("survey", "ann", "08-06", 0, 10), ("survey", "cleo", "08-06", 0, 6),
    ("survey", "ben", "08-07", 0, 9), ("survey", "dan", "08-08", 0, 11), ("review", "dan", "08-08", 0, 8),
]  # fmt: skip
# Of the purchase of whom on which day: price, discount, kind.
LINES = [
    ("ann08-02", 2_500, 500, "goods"), ("ann08-02", 1_000, 0, "goods"), ("cleo08-03", 500, 0, "goods"),
    ("cleo08-03", 300, 300, "shipping"), ("ann01-10", 1_000, 900, "goods"),
]  # fmt: skip
# Lot, whose, points, earned on, over on; then who took how many from it on which day, and how.
LOTS = [
    ("A", "ann", 100, "01-10", "10-15"), ("B", "ann", 60, "08-02", "12-01"), ("C", "ben", 40, "01-11", "08-20"),
    ("D", "cleo", 30, "08-03", None),
]  # fmt: skip
TAKEN = [("A", "ann", 70, "08-04", "burn"), ("C", "ben", 40, "08-20", "expire")]
REWARDS = [("mug", "ann", "08-04", 2, 900), ("mug", "ben", "08-05", 1, 540), ("tea", "ann", "08-06", 1, 0)]


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def frames() -> dict[str, pl.DataFrame]:
    """The tables, with every column that they have in an export, and the month."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for seq, (kind, who, on, spent, score) in enumerate(FACTS, 1):
        rows["activities"].append({
            "activity": f"{who}{on}", "seq": seq, "account": who, "person": who, "day": day(on), "kind": kind,
            "currency": "EUR" if kind == "purchase" else None, "spent": spent, "returned": 0, "pieces": 1,
            "amends": False, "active": True, "score": score, "store": "north" if who == "ann" else "south",
        })  # fmt: skip
    for activity, amount, discount, kind in LINES:
        rows["lines"].append({"activity": activity, "kind": kind, "amount": amount, "discount": discount})
    for lot, who, points, on, over in LOTS:
        same = {"posting": f"+{lot}", "account": who, "unit": "points", "kind": "earn", "points": points}
        rows["postings"].append(same | {"activity": f"{who}{on}", "person": who, "day": day(on)})
        ends = None if over is None else day(over)
        rows["lots"].append(same | {"lot": lot, "earned_day": day(on), "expires_day": ends})
    for lot, who, points, on, kind in TAKEN:
        same = {"posting": f"-{lot}", "account": who, "unit": "points", "kind": kind, "points": -points, "day": day(on)}
        rows["postings"].append(same | {"activity": f"{who}{on}", "person": who})
        rows["takings"].append(same | {"lot": lot, "taking": lot})
    for reward, who, on, pieces, cost in REWARDS:
        rows["redemptions"].append({
            "reward": reward, "account": who, "person": who, "day": day(on), "pieces": pieces, "cost": cost,
        })  # fmt: skip
    for month in MONTHS:
        for who in PEOPLE:
            rows["members"].append({
                "member": who, "stands_for": who, "account": who, "status": "active", "enrolled_day": day("01-01"),
                "segments": ["vip"] if who == "ann" else [], "saved": ["near"] if who in ("ben", "cleo") else [],
                "month": month,
            })  # fmt: skip
        unit = {"version": 1, "unit": "points", "kind": "redeemable", "scale": 0, "spendable": True, "month": month}
        rows["units"].append(unit | {"worth_points": 100, "worth_amount": 150})
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
    return by_hand.write(MONTHS, frames())


_asked_of: list[tuple[Engine, Mapping[str, Table]]] = []


@contextmanager
def asking(engine: Engine) -> Iterator[None]:
    """Ask this engine of the history."""
    _asked_of.append((engine, engine.read(written())))
    yield
    _asked_of.pop()


def told(key: str, since: str, until: str, **more: Sequence[str]) -> list[tuple[Any, ...]]:
    """A KPI in short: what it is of, how much of how much, and the rounded number."""
    asked = Question(Span(day(since), day(until)), **{name: tuple(of) for name, of in more.items()})
    found = answers.of(*_asked_of[-1], "EUR", MONTHS, definitions.kpi(key), asked)
    return [(*one.of, one.numerator, one.denominator, one.value) for one in found]
