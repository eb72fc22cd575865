"""Any history on any ladder: in order or late, returned, merged and parted, by night and by hand – all of it holds."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from guerdon.core.activities import Member, Reference
from guerdon.core.errors import Refusal
from guerdon.engine import merge
from guerdon.insight import verify
from guerdon.kit import ids
from tests import effort
from tests.shop import FAR, Shop, moment

LEVELS = {
    "silver": {"name": {"en": "Silver"}, "from": 100},
    "gold": {"name": {"en": "Gold"}, "from": 300},
    "top": {"name": {"en": "Top"}, "from": 600},
}
RULES = {
    "base": {"when": "purchase", "then": [
        {"points": {"unit": "points", "give": 1, "per": "1.00"}},
        {"points": {"unit": "stars", "give": 1, "per": "1.00"}},
    ]},
    "double": {"when": "purchase", "if": [{"tier": {"in": ["gold", "top"]}}],
               "then": [{"multiply": {"unit": "points", "by": 2}}]},
    "hooray": {"when": "tier_upgraded", "then": [{"fixed": {"unit": "points", "give": 50}}], "budget": 2_000},
}  # fmt: skip


DEEDS = (*["buy"] * 5, "late", "several", "return", "return", "exchange", "night", "hand", "merge")


def ladder(chance: Random) -> dict[str, Any]:
    basis = chance.choice([{"spend": True}, {"points": "stars"}, {"visits": ["purchase"]}])
    few = {key: level | {"from": level["from"] // 100} for key, level in LEVELS.items()}
    return {
        "name": {"en": "x"}, "basis": basis, "levels": few if "visits" in basis else LEVELS,
        "window": chance.choice(["calendar_year", "membership_year", "rolling", "lifetime"]),
        "grace_days": chance.choice([0, 10, 45]), "downgrade": chance.choice(["soft_landing", "earned"]),
        "after_return": chance.choice(["immediate", "grace", "period_end"]),
        "crossing": chance.choice(["before", "after"]),
    }  # fmt: skip


def live(shop: Shop, chance: Random) -> None:
    """Some years of three members."""
    day, orders, apart = moment("2025-01-10"), list[tuple[str, str]](), True
    for number in range(45):
        day += timedelta(days=chance.choice([0, 1, 5, 20, 60, 200]))
        who = chance.choice(["ann", "ben", "cleo"])
        now = f"{day:%Y-%m-%dT%H:%M}"
        deed = chance.choice(DEEDS)
        amount = chance.choice([500, 4_000, 12_000, 35_000])
        if deed in ("buy", "late", "several"):
            late = day - timedelta(days=chance.choice([1, 40, 400]) if deed == "late" else 0)
            at = f"{max(late, moment('2025-01-01')):%Y-%m-%dT%H:%M}"
            parts = range(3 if deed == "several" else 1)
            told = [shop.purchase(who, amount, at, external_id=f"o-{number}-{part}") for part in parts]
            orders += [(who, one.external_id) for one in told]
            shop.tell(*told, now=now)
        elif deed == "return" and orders:
            buyer, order = chance.choice(orders)
            shop.tell(shop.giving_back(buyer, order, now, amount=chance.choice([None, 300, 2_000])), now=now)
        elif deed == "exchange" and orders:
            buyer, order = chance.choice(orders)
            shop.tell(shop.purchase(buyer, amount, now, replaces=Reference(external_id=order)), now=now)
        elif deed == "night":
            shop.night(now)
        elif deed == "hand":
            shop.adjust(who, chance.choice([150, -20]), now, unit="stars")
        elif deed == "merge":
            facts = {"programme_id": shop.programme_id, "into": shop.ids["ann"], "actor": "Emil", "now": day}
            try:
                if apart:
                    merge.merge(**facts, goes=Member(external_id="ben"))
                else:
                    merge.unmerge(**facts, goes=Member(id=ids.show("member", shop.ids["ben"])))
                apart = not apart
            except Refusal:
                continue
    shop.night(f"{day + timedelta(days=900):%Y-%m-%dT%H:%M}")


@pytest.mark.parametrize("seed", range(effort.times(12, 200)))
def test_whatever_happens_the_histories_hold(database: str, seed: int) -> None:
    chance = Random(seed)
    units = {"points": {"kind": "redeemable"}, "stars": {"kind": "qualifying"}}
    shop = Shop({"units": units, "rules": RULES, "tiers": {"x": ladder(chance)}})
    shop.enrol("ann", "ben", "cleo")
    live(shop, chance)
    report = verify.run(shop.programme_id, deep=True, at=FAR)
    assert report.ok, [(one.name, str(one.first)) for one in report.broken]
