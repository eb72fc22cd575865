"""What campaigns gave, counted by hand: only of rules that were campaigns then, only in the days."""

from datetime import date
from typing import Any

import polars as pl

from guerdon.core.costs import Cost
from guerdon.core.kpis import Span
from guerdon.insight.exports.shapes import TABLES
from guerdon.insight.kpis.asked import Question
from guerdon.insight.kpis.tables import Scope
from guerdon.insight.roi import answers
from tests.insight.roi import made_up

APRIL, MAY = "2026-04", "2026-05"
ROWS: dict[str, list[dict[str, Any]]] = {
    "members": [{"member": "ann", "stands_for": "ann", "status": "active", "month": MAY}],
    "offers": [
        {"kind": "rule", "key": "base", "campaign": False, "month": MAY},
        {"kind": "rule", "key": "twice", "campaign": False, "month": APRIL},
        {"kind": "rule", "key": "twice", "campaign": True, "month": MAY},
        {"kind": "reward", "key": "base", "campaign": False, "month": MAY},
    ],
    "fired": [
        {"rule": "twice", "unit": "points", "points": 99, "day": date(2026, 4, 30), "month": APRIL},
        {"rule": "twice", "unit": "points", "points": 99, "day": date(2026, 5, 1), "month": APRIL},
        {"rule": "base", "unit": "points", "points": 99, "day": date(2026, 5, 3), "month": MAY},
        {"rule": "twice", "unit": "points", "points": 250, "day": date(2026, 5, 3), "month": MAY},
        {"rule": "twice", "unit": "points", "points": 101, "day": date(2026, 5, 4), "month": MAY},
        {"rule": "twice", "unit": "stars", "points": 7, "day": date(2026, 5, 4), "month": MAY},
        {"rule": "twice", "unit": "beans", "points": 5, "day": date(2026, 5, 4), "month": MAY},
        {"rule": "twice", "voucher": "autumn", "points": 0, "day": date(2026, 5, 4), "month": MAY},
    ],
    "units": [
        {"version": 1, "unit": "points", "spendable": True, "worth_points": 50, "worth_amount": 9, "month": MAY},
        {"version": 2, "unit": "points", "spendable": True, "worth_points": 100, "worth_amount": 99, "month": MAY},
        {"version": 2, "unit": "beans", "spendable": True, "month": MAY},
        {"version": 2, "unit": "stars", "spendable": False, "month": MAY},
    ],
    "vouchers": [
        {"voucher_id": "v1", "voucher": "autumn", "rule": "twice", "day": date(2026, 5, 4), "month": MAY},
        {"voucher_id": "v2", "voucher": "autumn", "rule": "base", "day": date(2026, 5, 4), "month": MAY},
        {"voucher_id": "v3", "voucher": "autumn", "rule": "twice", "day": date(2026, 5, 5), "month": MAY},
    ],
    "uses": [
        {"voucher_id": "v1", "voucher": "autumn", "uses": 1, "off": 300, "day": date(2026, 5, 9), "month": MAY},
        {"voucher_id": "v2", "voucher": "autumn", "uses": 1, "off": 500, "day": date(2026, 5, 9), "month": MAY},
        {"voucher_id": "v3", "voucher": "autumn", "uses": 1, "off": 200, "day": date(2026, 5, 9), "month": MAY},
        {"voucher_id": "v3", "voucher": "autumn", "uses": -1, "off": -200, "day": date(2026, 5, 10), "month": MAY},
    ],
}


def test_points_and_vouchers_of_campaigns():
    """In April “twice” was no campaign yet. A used voucher that was rolled back came off nobody's bill."""
    frames = {
        name: pl.DataFrame(
            [{column: row.get(column) for column in (*shape.columns, "month")} for row in ROWS.get(name, ())],
            schema={**shape.columns, "month": pl.String()},
        )
        for name, shape in TABLES.items()
    }
    scope = Scope(made_up.read(frames), (APRIL, MAY), "EUR", Question(Span(date(2026, 5, 1), date(2026, 6, 1))))
    assert answers.given(scope) == (
        Cost("points", "beans", 5, None), Cost("points", "points", 351, 347), Cost("vouchers", "autumn", 1, 300),
    )  # fmt: skip
