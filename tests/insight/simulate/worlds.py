"""Made-up programmes and histories with all that a replay knows, told to the engine; the same for the same seed."""

import random
from datetime import timedelta
from typing import Any

from guerdon.features.programmes import queries as programmes
from guerdon.insight.simulate import telling
from guerdon.insight.simulate.history import History
from guerdon.kit import snapshot, store
from tests.shop import Shop, moment

NAMES = ("Ann", "Ben", "Cleo", "Dora", "Emil")
CATEGORIES = ("coffee", "cakes", "beans", "cups")
STEPS = [{"amount_min": "20.00", "give": 5}, {"amount_min": "40.00", "give": 25}]
UNITS: dict[str, Any] = {
    "points": {"expires": {"rolling": {"months": 3, "round_up": "month"}}, "worth": {"points": 100, "money": "1.00"}},
    "stamps": {"expires": {"sliding": {"months": 1}}},
    "status": {"kind": "qualifying", "expires": {"calendar": {"month": 12, "day": 31}}},
}


def programme(seed: int) -> dict[str, Any]:
    """The parts of a programme file: of every kind of rule some, with limits drawn by chance."""
    chance = random.Random(seed)

    def some(*choices: Any) -> Any:
        return chance.choice(choices)

    points = dict(UNITS["points"])
    points |= some({}, {"vesting": {"days": 5}}, {"caps": {"order": 90, "month": 150}}, {"debt_max": 30})
    points |= some({}, {"caps": {"day": 60}})
    rules: dict[str, Any] = {
        "base": rule(
            {"points": {"unit": "points", "give": some(1, 3), "per": some("1.00", "2.00")}},
            **some({}, {"caps": {"month": 80}}, {"lines": [{"category": {"not_in": ["cups"]}}]}),
        ),
        "status": rule({"points": {"unit": "status", "give": 1, "per": "1.00"}}),
        "beans": rule(
            {"per_piece": {"unit": "points", "give": 10, "per": 3}}, lines=[{"category": {"in": ["beans"]}}],
            **some({}, {"caps": {"order": 15}}, {"expires": {"rolling": {"days": 40}}}, {"vesting": {"days": 9}}),
        ),
        "stamp": rule({"per_piece": {"unit": "stamps", "give": 1}}, lines=[{"category": {"in": ["coffee"]}}]),
        "double": rule(
            {"multiply": {"unit": "points", "by": some("3/2", 2, "4/3")}},
            **{"if": [{"weekday": {"in": ["mon", "tue"]}}]},
            group="happy",
        ),
        "treble": rule(
            {"multiply": {"unit": "points", "by": some(3, "5/4")}}, lines=[{"category": {"in": ["cakes"]}}],
            group="happy",
            **some({}, {"caps": {"week": 40}}),
        ),
        "more": rule(
            {"multiply": {"unit": "points", "by": "6/5"}}, priority=5, **{"if": [{"store": {"in": ["north"]}}]},
        ),
        "steps": rule(
            {"table": {"unit": "points", "steps": STEPS}},
            uses={some("week", "month"): 1},
        ),
        "first": rule({"fixed": {"unit": "points", "give": 50}}, **{"if": [{"first": True}]}),
        "third": rule(
            {"fixed": {"unit": "points", "give": 7}},
            **{"if": [{"nth": {"n": 3, "every": True}}, {"basket": {"amount_min": "5.00"}}]},
        ),
        "back": rule({"fixed": {"unit": "points", "give": 9}}, **{"if": [{"days_since": {"days_min": 10}}]}),
        "busy": rule(
            {"fixed": {"unit": "points", "give": 11}},
            **{"if": [{"any": [
                {"counter": {"what": "spend", "period": "month", "min": "30.00"}},
                {"counter": {"what": "count:visit", "period": "week", "min": 1}},
            ]}]},
        ),
        "hour": rule(
            {"fixed": {"unit": "points", "give": 3}},
            **{"if": [{"hour": {"from": "20:00", "until": "09:00"}}, {"not": {"channel": {"in": ["web"]}}}]},
        ),
        "large": rule(
            {"fixed": {"unit": "points", "give": 4}},
            **{"if": [{"lines": {"where": [{"line": {"amount_min": "6.00"}}], "lines_min": 2}}]}, caps={"lifetime": 12},
        ),
        "visit": {"when": "visit", "then": [{"fixed": {"unit": "stamps", "give": 2}}], "uses": {"day": 1}},
        "scarce": rule({"fixed": {"unit": "points", "give": 6}}, budget=some(40, 100_000)),
    }  # fmt: skip
    for key in chance.sample(sorted(rules), chance.randrange(5)):
        if key != "base":
            del rules[key]
    earning = {
        "per": some("order", "order", "line"),
        "rounding": some("floor", "half_up"),
        "stacking": some("multiply", "add"),
    }
    return {
        "units": UNITS | {"points": points}, "rules": rules, "earning": earning,
        "returns": some("debt", "within_balance", "only_pending"),
    }  # fmt: skip


def rule(*then: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A rule on purchases."""
    return {"when": "purchase", "then": list(then), **more}


def live(cafe: Shop, seed: int, *, deeds: int = 90, spending: bool = True) -> None:
    """Let things happen in a café: purchases told late and in time, visits, returns, burns, points by hand, nights.

    Half-way every third café changes its rules. Without `spending` nobody burns points, and none are taken by hand.
    """
    chance = random.Random(seed)
    cafe.enrol(*NAMES)
    now = moment("2026-01-05")
    orders: list[tuple[str, str]] = []
    for number in range(deeds):
        if number == deeds // 2 and seed % 3 == 0 and spending:
            cafe.publish(since=now, now=now, **programme(seed + 1_000))
        now += timedelta(hours=chance.randrange(1, 40))
        name, deed = chance.choice(NAMES), chance.random()
        at = now - timedelta(hours=chance.choice((0, 0, 0, 30, 900)))
        if deed < 0.62:
            order = f"o{number}"
            cafe.tell(purchase(cafe, name, order, at.isoformat(), chance), now=now.isoformat())
            orders.append((name, order))
        elif deed < 0.70:
            visit = cafe.purchase(name, None, at.isoformat(), kind="visit", external_id=f"v{number}")
            cafe.tell(visit, now=now.isoformat())
        elif deed < 0.80 and orders:
            who, order = chance.choice(orders)
            part: dict[str, Any] = chance.choice(({}, {"amount": 300}, {"amount": 700}))
            cafe.tell(cafe.giving_back(who, order, now.isoformat(), external_id=f"r{number}", **part))
        elif deed < 0.92 and spending:
            cafe.burn(name, chance.choice((5, 20, 60)), now.isoformat(), unit=chance.choice(("points", "stamps")))
        elif deed < 0.96:
            cafe.adjust(name, chance.choice((-10, 15, 40) if spending else (15, 40)), now.isoformat())
        elif spending:
            cafe.night(now.isoformat())


def purchase(cafe: Shop, name: str, order: str, at: str, chance: random.Random) -> Any:
    """A basket of a few lines."""
    lines = [
        {
            "amount": chance.randrange(100, 1500), "category": chance.choice(CATEGORIES),
            "quantity": chance.randrange(1, 4), "discount": chance.choice((0, 0, 50)),
        }
        for _ in range(chance.randrange(1, 6))
    ]  # fmt: skip
    paid: dict[str, Any] = {}
    return cafe.purchase(
        name, None, at, external_id=order, lines=lines, store=chance.choice(("north", "south", None)),
        channel=chance.choice(("web", None)), **paid,
    )  # fmt: skip


def history(cafe: Shop, until: str) -> History:
    """All of it as columns."""
    book = programmes.latest(store.current(), cafe.programme_id)
    with snapshot.taken() as view:
        at = moment(until)
        return telling.read(view, cafe.programme_id, book.current(at), until=at, advance=lambda entries: None)
