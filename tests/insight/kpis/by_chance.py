"""Histories drawn by chance, with all that tells engines apart: nothing at all, equals, large sums, other alphabets."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl

from guerdon.core import closing, period
from guerdon.insight.exports.shapes import TABLES

FIRST, DAYS = date(2025, 5, 3), 353  # so long that somebody is dormant in it
MONTHS = [closing.named(period.add_months(FIRST, number)) for number in range(12)]
LARGE = 2**53 + 1  # which is no float
STORES = ("north", "Южен пазар", "ığdır", "", "o'clock", None)
SEGMENTS = ("vip", "Vip", "гости", "x,y")
LEVELS = ("silver", "Gold", "ötesi")
Rows = dict[str, list[dict[str, Any]]]


def frames(seed: int) -> Mapping[str, pl.DataFrame]:
    """The tables of a history with the month of each row."""
    chance, rows = Random(seed), {name: [] for name in TABLES}
    people = [f"m{number:02}" for number in range(40)]
    accounts = {who: chance.choice([who, who, people[0]]) for who in people}
    merged = {who: chance.choice(people[:5]) for who in chance.sample(people[5:], 6)}
    _people(rows, chance, people, accounts, merged)
    for seq in range(1, 400):
        _fact(rows, chance, seq, chance.choice(people), accounts)
    return {
        name: pl.DataFrame(
            [{column: row.get(column) for column in (*shape.columns, "month")} for row in rows[name]],
            schema={**shape.columns, "month": pl.String()},
        )
        for name, shape in TABLES.items()
    }


def _people(
    rows: Rows, chance: Random, people: list[str], accounts: Mapping[str, str], merged: Mapping[str, str]
) -> None:
    joined = {who: FIRST + timedelta(days=chance.randrange(DAYS)) for who in people}
    for month in MONTHS:
        for who in people:
            if closing.named(joined[who]) <= month:
                status = (
                    "merged" if who in merged else chance.choice(["active", "active", "blocked", "closed", "erased"])
                )
                rows["members"].append({
                    "member": who, "stands_for": merged.get(who, who), "account": accounts[who], "status": status,
                    "enrolled_day": joined[who], "month": month,
                    "segments": chance.sample(SEGMENTS, chance.randrange(3)),
                    "saved": chance.sample(SEGMENTS, chance.randrange(2)),
                })  # fmt: skip
                for ladder in ("status", "Степен"):
                    place = chance.randrange(-1, 3)
                    if place >= 0:
                        tier = {"member": who, "ladder": ladder, "level": LEVELS[place], "place": place}
                        rows["tiers"].append(tier | {"month": month})
        for version in (1, 2):
            for unit, scale in (("points", 0), ("Stars", 2), ("credits", 0)):
                spendable = unit != "credits" and not (version == 1 and unit == "Stars")
                rows["units"].append({"version": version, "unit": unit, "scale": scale, "spendable": spendable,
                                      "kind": "redeemable", "currency": "EUR", "month": month,
                                      "worth_points": 300 if unit == "points" else None,
                                      "worth_amount": 7 if unit == "points" else None})  # fmt: skip


def _day(chance: Random, who: str) -> int:
    """Some come late, some stay away in the middle for longer than it takes to be dormant."""
    if who < "m12":
        return chance.randrange(200, DAYS)
    if who > "m29":
        return chance.choice([chance.randrange(40), chance.randrange(300, DAYS)])
    return chance.randrange(DAYS)


def _fact(rows: Rows, chance: Random, seq: int, who: str, accounts: Mapping[str, str]) -> None:
    day = FIRST + timedelta(days=_day(chance, who))
    large = seq % 80 == 0
    kind = (
        "purchase"
        if large
        else chance.choice(["purchase", "purchase", "purchase", "return", "burn", "visit", "survey", "adjustment"])
    )
    money = kind in ("purchase", "return")
    amount = LARGE if large else chance.choice([0, 1, 995, 1_000, 1_000, 7_777])
    rows["activities"].append({
        "activity": f"a{seq}", "seq": seq, "account": accounts[who], "person": who, "kind": kind, "day": day,
        "store": chance.choice(STORES), "currency": chance.choice(["EUR", "EUR", "USD", "eur"]) if money else None,
        "spent": amount if kind == "purchase" else 0, "returned": amount // 3 if kind == "return" else 0,
        "pieces": chance.randrange(4), "amends": kind == "purchase" and chance.random() < 0.1,
        "active": kind != "adjustment", "month": closing.named(day),
        "score": chance.choice([None, -1, 0, 6, 7, 9, 10, 11]) if kind == "survey" else None,
    })  # fmt: skip
    if money and chance.random() < 0.8:
        for line, (kind_of_line, part) in enumerate((("goods", amount), ("shipping", 300), ("goods", 1))):
            rows["lines"].append({
                "activity": f"a{seq}", "seq": seq, "line": line, "kind": kind_of_line, "amount": part,
                "discount": part // 7, "month": closing.named(day),
            })  # fmt: skip
    if kind == "burn":
        rows["redemptions"].append({
            "redemption": f"r{seq}", "seq": seq, "account": accounts[who], "person": who, "day": day,
            "reward": chance.choice(["Чаша", "mug"]), "pieces": chance.randrange(1, 4),
            "cost": chance.choice([0, 333, LARGE]), "month": closing.named(day),
        })  # fmt: skip
    unit = chance.choice(["points", "points", "Stars", "credits"])
    posting = {"posting": f"p{seq}", "activity": f"a{seq}", "seq": seq, "account": accounts[who], "person": who,
               "unit": unit, "day": day, "month": closing.named(day)}  # fmt: skip
    if kind == "purchase":
        points = LARGE if large else chance.choice([1, 10, 10, 250])
        rows["postings"].append(posting | {"kind": "earn", "points": points})
        ends = chance.choice([None, day + timedelta(days=chance.randrange(1, 400))])
        rows["lots"].append(
            posting | {"lot": f"l{seq}", "kind": "earn", "points": points, "earned_day": day, "expires_day": ends}
        )
        return
    kinds = {"burn": ("burn", "expire"), "return": ("claw_back", "cancel"), "adjustment": ("reinstate",)}
    olds = [lot for lot in rows["lots"] if lot["earned_day"] <= day and lot["unit"] == unit]
    if kind not in kinds or not olds:
        return
    lot, name = chance.choice(olds), chance.choice(kinds[kind])
    points = max(lot["points"] // 7, 1) * (1 if name == "reinstate" else -1)
    own = posting | {"account": lot["account"], "kind": name, "points": points}
    rows["postings"].append(own)
    rows["takings"].append(own | {"taking": f"t{seq}", "lot": lot["lot"]})
