"""A café whose engine holds half of its guests out of a campaign; all others buy for twice as much."""

from guerdon.core import hold_out
from guerdon.core.hold_out import HoldOut
from guerdon.insight import schedule
from tests import shop
from tests.faces.console import insights
from tests.faces.console.counted import Cafe
from tests.shop import Shop

TWICE = {"when": "purchase", "then": [{"multiply": {"unit": "points", "by": 2}}], "campaign": True}
NAMES = [f"Guest {number}" for number in range(24)]
HELD = {"hold_out": {"share": 50}, "margin": 40, "rules": {"base": shop.BASE, "twice": TWICE}}


WORTH = {"points": shop.POINTS | {"worth": {"points": 100, "money": "1.00"}}}


def run(one: Shop, **more: object) -> Shop:
    """October as it was; November and December with the campaign. Guests come to four stores in turn."""
    one.enrol(*NAMES)
    one.publish(since=shop.moment("2025-10-31T22:00"), now=shop.moment("2025-10-20"), **(HELD | more))
    for number, name in enumerate(NAMES):
        store = f"s{number % 4}"
        one.buy(name, 1_000 + number, "2025-10-05", store=store)
        for day in ("2025-11-05", "2025-12-05"):
            one.buy(name, 1_000 + number if held(one, name) else 2_000 + number, day, store=store)
    for month, later in (("2025-10", "2025-11-02"), ("2025-11", "2025-12-02"), ("2025-12", "2026-01-02")):
        one.night(later)
        one.close(month, later)
    return one


def alone() -> Shop:
    """It for those who need nothing but the command line."""
    return run(Shop(key="aurora"))


def exported() -> Cafe:
    """It with people of each role, and its months written."""
    return _exported()


def worth() -> Cafe:
    """The same with points that are worth something."""
    return _exported(units=WORTH)


def counted() -> Cafe:
    """The first with its months computed, too."""
    cafe = Cafe(key="aurora")
    run(cafe)
    insights.written(cafe)
    return cafe


def _exported(**more: object) -> Cafe:
    cafe = Cafe(key="aurora")
    run(cafe, **more)
    schedule.write_months.func(cafe.programme_id)
    return cafe


def held(cafe: Shop, name: str) -> bool:
    return hold_out.is_held_out(HoldOut(5_000), "aurora", cafe.account(name))
