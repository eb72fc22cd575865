"""A history made up so that the truth is known: members, months, and what a campaign brings those who have it."""

from collections.abc import Collection
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from ibis import Table

from guerdon.core import hold_out
from guerdon.core.hold_out import HoldOut
from guerdon.insight.exports.shapes import TABLES
from guerdon.insight.kpis import engines

MONTHS = tuple(f"2026-{month:02}" for month in range(1, 9))
BEGAN = date(2026, 5, 1)
KEY = "aurora"


def frames(
    *, members: int, lift: int, share: int = 1_000, later: int | None = None, lost: int = 0, seed: int = 7,
    treated: Collection[str] = (), drift: int = 0,
) -> dict[str, pl.DataFrame]:  # fmt: skip
    """Each member buys once a month for what it usually spends; from May on who is not held out spends `lift` more.

    Of the last tenth half joined in March, half in July. `later` is the share from July on; so many held-out members
    are `lost`: no month knows them. Where stores are `treated`, it is their members who spend more from May on, and
    those spend `drift` more with every month.
    """
    chance = np.random.default_rng(seed)
    usual = chance.lognormal(8, 0.7, members)
    versions = [(1, date(2026, 1, 1), None), (2, BEGAN, share)]
    versions += [(3, date(2026, 7, 1), later)] if later is not None else []
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for number in range(members):
        who = f"m{number:06}"
        held = hold_out.is_held_out(HoldOut(share), KEY, who)
        if held and lost:
            lost -= 1
            continue
        fresh = number >= members * 0.9
        joined = date(2026, 1, 1) if not fresh else date(2026, 3, 1) if number % 2 else date(2026, 7, 2)
        for place, month in enumerate(MONTHS):
            if joined.isoformat()[:7] > month:
                continue
            first = date.fromisoformat(f"{month}-01")
            now = max((one for one in versions if one[1] <= first), key=lambda one: one[0])[2]
            rows["members"].append({
                "member": who, "stands_for": who, "account": who, "status": "active", "enrolled_day": joined,
                "segments": [], "month": month,
                "held_out": now is not None and hold_out.is_held_out(HoldOut(now), KEY, who),
            })  # fmt: skip
            store = f"s{number % 24:02}"
            gets = store in treated if treated else not held
            spent = int(usual[number] * chance.lognormal(0, 0.4)) + (lift if place >= 4 and gets else 0)
            spent += drift * place if store in treated else 0
            rows["activities"].append({
                "activity": f"{who}{month}", "seq": len(rows["activities"]), "account": who, "person": who,
                "kind": "purchase", "day": date.fromisoformat(f"{month}-15"), "currency": "EUR", "spent": spent,
                "returned": 0, "pieces": 0, "amends": False, "active": True, "month": month,
                "store": store,
            })  # fmt: skip
    for month in MONTHS:
        for number, day, said in versions:
            if day.isoformat()[:7] <= month:
                one = {"version": number, "effective_day": day, "hold_out": said, "margin": 4_000, "month": month}
                rows["versions"].append(one)
    return {
        name: pl.DataFrame(
            [{column: row.get(column) for column in (*shape.columns, "month")} for row in rows[name]],
            schema={**shape.columns, "month": pl.String()},
        )
        for name, shape in TABLES.items()
    }


def read(found: dict[str, pl.DataFrame]) -> dict[str, Table]:
    engine = engines.DuckDB().ibis
    return {name: engine.create_table(name, frame.to_arrow()) for name, frame in found.items()}
