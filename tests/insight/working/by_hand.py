"""Half a year written by hand in which a good deal does not work: every number of it can be worked out."""

from datetime import date
from typing import Any

import polars as pl

from guerdon.insight.exports.shapes import TABLES

MONTHS = [f"2026-{month:02}" for month in range(1, 7)]
PEOPLE = [f"m{number:02}" for number in range(60)]
JANUARY = date(2026, 1, 1)
# Kind, key, ladder, since, first day and end of its own, what triggers it, whether it is a campaign.
OFFERS: list[tuple[str, str, str | None, str, str | None, str | None, list[str], bool]] = [
    ("rule", "base", None, "01-01", None, None, ["purchase"], False),
    ("rule", "owl", None, "02-01", None, None, ["purchase"], False),  # last in March
    ("rule", "moon", None, "01-01", None, None, ["purchase"], True),  # two of 425
    ("rule", "snow", None, "01-01", None, None, ["snowfall"], False),  # it never snowed
    ("rule", "fresh", None, "05-01", None, None, ["purchase"], False),  # too new to be blamed
    ("rule", "easter", None, "01-01", "04-01", "04-15", ["purchase"], False),  # was never meant to last
    ("reward", "mug", None, "01-01", None, None, [], False),
    ("reward", "pen", None, "01-01", None, None, [], False),  # the last in March
    ("voucher", "ten", None, "01-01", None, None, [], False),
    ("voucher", "lost", None, "01-01", None, None, [], False),
    ("voucher", "shown", None, "01-01", None, None, [], False),  # whoever knows its code uses it
    ("tier", "silver", "status", "01-01", None, None, [], False),
    ("tier", "gold", "status", "01-01", None, None, [], False),
]  # fmt: skip


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def frames() -> dict[str, pl.DataFrame]:
    """The tables, with every column that they have in an export, and the month."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    _shopping(rows)
    _points(rows)
    _vouchers(rows)
    for month in MONTHS:
        _standing(rows, month)
    return {
        name: pl.DataFrame(
            [{column: row.get(column) for column in (*shape.columns, "month")} for row in rows[name]],
            schema={**shape.columns, "month": pl.String()},
        )
        for name, shape in TABLES.items()
    }


def _shopping(rows: dict[str, list[dict[str, Any]]]) -> None:
    """In winter 60 buy in the north and 55 in the south; in spring 25 in the north, and 50 eight times in the south."""
    bought = [(who, "north", day("02-10")) for who in PEOPLE] + [(who, "south", day("03-10")) for who in PEOPLE[:55]]
    bought += [(who, "north", day("04-10")) for who in PEOPLE[:25]]
    bought += [(who, "south", date(2026, 5, on)) for who in PEOPLE[:50] for on in range(1, 9)]
    for seq, (who, store, on) in enumerate(bought, 1):
        activity = f"a{seq}"
        rows["activities"].append({
            "activity": activity, "seq": seq, "account": who, "person": who, "kind": "purchase", "day": on,
            "store": store, "currency": "EUR", "spent": 1_000, "returned": 0, "pieces": 1, "amends": False,
            "active": True, "month": on.isoformat()[:7],
        })  # fmt: skip
        gave = {"activity": activity, "seq": seq, "day": on, "unit": "points", "points": 10, "month": str(on)[:7]}
        rows["fired"].append(gave | {"rule": "base"})
        if store == "north" and who == "m00":
            rows["fired"].append(gave | {"rule": "moon"})
            rows["fired"].append(gave | {"rule": "moon", "unit": "stars"})  # the same purchase, counted once
        if store == "south" and (who, on) == ("m01", day("05-08")):
            rows["fired"].append(gave | {"rule": "moon", "unit": None, "points": 0, "voucher": "ten"})
        if (who, on) == ("m07", day("03-10")):
            rows["fired"].append(gave | {"rule": "owl"})
    for reward, on, pieces in (("mug", "04-03", 2), ("mug", "05-03", 1), ("pen", "03-05", 4)):
        rows["redemptions"].append({
            "redemption": f"{reward}{on}", "reward": reward, "account": "m00", "person": "m00", "day": day(on),
            "pieces": pieces, "cost": 0, "month": f"2026-{on[:2]}",
        })  # fmt: skip


def _points(rows: dict[str, list[dict[str, Any]]]) -> None:
    """Twelve lose ten points each; the first of them had burned a hundred and got twenty back."""
    moved = [(who, "expire", -10, "06-30") for who in PEOPLE[:12]]
    moved += [("m00", "burn", -100, "05-02"), ("m00", "reinstate", 20, "05-03"), ("m40", "burn", -900, "03-02")]
    for seq, (who, kind, points, on) in enumerate(moved):
        rows["postings"].append({
            "posting": f"p{seq}", "activity": f"x{seq}", "seq": seq, "account": who, "person": who, "unit": "points",
            "kind": kind, "points": points, "day": day(on), "month": f"2026-{on[:2]}",
        })  # fmt: skip


def _vouchers(rows: dict[str, list[dict[str, Any]]]) -> None:
    """Thirty in April and two at the end of June, of which one is over by then; one was used, one use taken back."""
    given = [(f"v{number}", "04-05", None) for number in range(30)] + [
        ("v30", "06-20", "06-28"),
        ("v31", "06-20", None),
    ]
    for seq, (id, on, over) in enumerate(given):
        rows["vouchers"].append({
            "voucher_id": id, "seq": seq, "account": "m00", "voucher": "ten", "day": day(on),
            "expires_day": None if over is None else day(over), "month": f"2026-{on[:2]}",
        })  # fmt: skip
    uses = [("v0", 1, "ten"), ("v1", 1, "ten"), ("v1", -1, "ten"), (None, 1, "shown")]
    for seq, (id, times, key) in enumerate(uses):
        rows["uses"].append({
            "use": f"u{seq}", "seq": seq, "account": "m00", "voucher": key, "voucher_id": id, "uses": times,
            "off": 100 * times, "day": day("05-05"), "month": "2026-05",
        })  # fmt: skip


def _standing(rows: dict[str, list[dict[str, Any]]], month: str) -> None:
    """Of sixty members all are told to be `vip` until March and twenty from then on; five have silver, nobody gold."""
    for number, who in enumerate(PEOPLE):
        rows["members"].append({
            "member": who, "stands_for": who, "account": who, "status": "active", "enrolled_day": JANUARY,
            "segments": ["vip"] if month <= "2026-03" or number < 20 else [], "saved": ["near"], "month": month,
        })  # fmt: skip
    rows["members"].append({
        "member": "gone", "stands_for": "gone", "account": "gone", "status": "closed", "enrolled_day": JANUARY,
        "segments": [], "saved": [], "month": month,
    })  # fmt: skip
    for who, level in (*[(who, "silver") for who in PEOPLE[:5]], ("gone", "gold")):
        rows["tiers"].append({"member": who, "ladder": "status", "level": level, "place": 1, "month": month})
    rows["units"].append({
        "version": 1, "unit": "points", "kind": "redeemable", "scale": 0, "spendable": True, "month": month,
        "worth_points": 100, "worth_amount": 150, "currency": "EUR",
    })  # fmt: skip
    rows["versions"].append({"version": 1, "effective_day": JANUARY, "month": month})
    for kind, key, of, since, start, until, kinds, campaign in OFFERS:
        rows["offers"].append({
            "kind": kind, "key": key, "of": of, "name": key.capitalize(), "since_day": day(since),
            "start_day": start and day(start), "until_day": until and day(until), "kinds": kinds, "campaign": campaign,
            "month": month,
        })  # fmt: skip
