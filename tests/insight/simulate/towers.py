"""Made-up programmes with ladders, and years of members who climb them and come down; the same for the same seed."""

import random
from datetime import datetime, timedelta
from typing import Any

from tests.insight.simulate import worlds
from tests.shop import Shop, moment

LEVELS = ("basic", "silver", "gold", "platinum")
SPENT = ("0.00", "60.00", "150.00", "400.00")
COUNTED = (0, 60, 150, 400)
VISITS = (0, 3, 7, 12)


def ladder(chance: random.Random, basis: dict[str, Any], least: tuple[Any, ...], *, prefix: str = "") -> dict[str, Any]:
    """A ladder of three or four levels, of any window and way to come down."""
    first = chance.choice((0, 1))  # some have a level that everybody has
    levels: dict[str, Any] = {
        prefix + key: {"name": {"en": key}, "from": at} for key, at in list(zip(LEVELS, least, strict=True))[first:]
    }
    if chance.random() < 0.2:
        levels[f"{prefix}invited"] = {"name": {"en": "Invited"}, "invitation_only": True}
    return {
        "name": {"en": "Ladder"}, "basis": basis, "levels": levels,
        "window": chance.choice(("rolling", "calendar_year", "membership_year", "lifetime")),
        "downgrade": chance.choice(("soft_landing", "earned")),
        "grace_days": chance.choice((0, 9, 45)),
        "after_return": chance.choice(("immediate", "grace", "period_end")),
        "crossing": chance.choice(("before", "after")),
    }  # fmt: skip


def programme(seed: int, *, rises: bool = False) -> dict[str, Any]:
    """A programme with one ladder or two, and rules that ask for their levels; with `rises` one that answers them."""
    chance = random.Random(seed)
    bases: list[tuple[dict[str, Any], tuple[Any, ...]]] = [
        ({"spend": True}, SPENT), ({"points": "status"}, COUNTED), ({"visits": ["visit", "purchase"]}, VISITS),
    ]  # fmt: skip
    basis, least = chance.choice(bases)
    tiers = {"club": ladder(chance, basis, least)}
    if chance.random() < 0.5:
        other, least = chance.choice(bases)
        tiers["circle"] = ladder(chance, other, least, prefix="c_")
    parts = worlds.programme(seed)
    gold = {"tier": {"in": ["gold", "platinum"]}}
    parts["rules"] |= {
        "gold": worlds.rule({"multiply": {"unit": "points", "by": "4/3"}}, **{"if": [gold]}),
        "above": worlds.rule(
            {"fixed": {"unit": "status", "give": 5}},
            **{"if": [{"any": [{"tier": {"not_in": ["silver"]}}, {"basket": {"amount_min": "20.00"}}]}]},
        ),
        "silver": worlds.rule(
            {"fixed": {"unit": "points", "give": 2}},
            **{"if": [{"tier": {"in": ["silver"]}}, {"basket": {"amount_min": "8.00"}}]}, caps={"month": 6},
        ),
    }  # fmt: skip
    if rises:  # a present for every rise, which no return takes back, and which may lift again
        once = chance.choice(({}, {"uses": {"year": 1}}))
        asked = chance.choice(({}, {"if": [{"fact": {"name": "tier", "in": ["gold", "c_gold", "silver"]}}]}))
        given = [{"fixed": {"unit": "points", "give": 20}}, {"fixed": {"unit": "status", "give": 9}}]
        parts["rules"]["risen"] = {"when": "tier_upgraded", "then": given, **once, **asked}
    parts["rules"].setdefault("status", worlds.rule({"points": {"unit": "status", "give": 1, "per": "1.00"}}))
    parts["units"] = parts["units"] | {"status": {"kind": "qualifying", "expires": {"rolling": {"years": 2}}}}
    return parts | {"tiers": tiers}


def live(cafe: Shop, seed: int, *, deeds: int = 110, spending: bool = True, by_hand: bool = True) -> None:
    """Two years of few deeds, some told late, with returns, points by hand, and nights now and then or often.

    Half-way some cafés change their rules and ladders.
    """
    chance = random.Random(seed)
    for number, name in enumerate(worlds.NAMES):
        cafe.enrol(name, now=moment("2025-06-20") + timedelta(days=37 * number))
    now = moment("2025-12-01")
    often = chance.random() < 0.5
    orders: list[tuple[str, str]] = []
    for number in range(deeds):
        if number == deeds // 2 and seed % 3 == 0 and spending and by_hand:
            cafe.publish(since=now, now=now, **programme(seed + 1_000))
        before, now = now, now + timedelta(hours=chance.choice((5, 40, 100, 400, 700)))
        for days in range(0, (now - before).days if often else 0, 9):
            cafe.night((before + timedelta(days=days, minutes=9)).isoformat())
        deed(cafe, number, now, orders, chance, nights=spending or often, spending=spending,
             by_hand=by_hand)  # fmt: skip


def deed(
    cafe: Shop, number: int, now: datetime, orders: list[tuple[str, str]], chance: random.Random, *, nights: bool,
    spending: bool, by_hand: bool,
) -> None:  # fmt: skip
    """One thing that somebody does, or a night."""
    name, drawn = chance.choice(worlds.NAMES), chance.random()
    at = now - timedelta(hours=chance.choice((0, 0, 0, 30, 1_900)))
    if drawn < 0.6:
        order = f"o{number}"
        cafe.tell(worlds.purchase(cafe, name, order, at.isoformat(), chance), now=now.isoformat())
        orders.append((name, order))
    elif drawn < 0.70:
        cafe.tell(
            cafe.purchase(name, None, at.isoformat(), kind="visit", external_id=f"v{number}"), now=now.isoformat()
        )
    elif drawn < 0.85 and orders:
        who, order = chance.choice(orders[-8:])
        part: dict[str, Any] = chance.choice(({}, {}, {"amount": 700}))
        cafe.tell(cafe.giving_back(who, order, now.isoformat(), external_id=f"r{number}", **part))
    elif drawn < 0.92:
        unit = chance.choice(("status", "points")) if by_hand else "points"
        cafe.adjust(name, chance.choice((-10, 25, 90) if spending else (25, 90)), now.isoformat(), unit=unit)
    elif nights:
        cafe.night(now.isoformat())
