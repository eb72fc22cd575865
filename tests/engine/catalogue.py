"""Rewards on the engine: what the tests of redemptions share."""

import itertools
from typing import Any

from guerdon.core import images
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.redemptions import Deed, Redemption
from guerdon.core.rewards import Address
from guerdon.engine import pictures, redemptions, supplies
from guerdon.engine.desk import Result
from guerdon.features.redemptions import queries
from guerdon.features.rewards import queries as stocks
from guerdon.insight import verify
from guerdon.kit import store
from tests import shop
from tests.core.test_images import png
from tests.shop import Shop

COFFEE = {
    "kind": "free_product", "product": "coffee", "prices": [{"points": {"points": 80}}], "cost": "0.60",
    "fulfilment": "by_hand",
}  # fmt: skip
MUG = {
    "kind": "merchandise", "prices": [{"points": {"points": 300}}, {"points": {"points": 100}, "money": "6.00"}],
    "stocked": "whole", "limits": {"month": 1}, "cost": "4.00",
}  # fmt: skip
BOX = {
    "kind": "mystery", "prices": [{"free": True}], "prizes": {"mug": 1, "coffee": 9}, "fallback": "coffee",
    "budget": "50.00", "limits": {"day": 3},
}  # fmt: skip
SHIRT = {
    "kind": "merchandise",
    "prices": [{"points": {"points": 500}, "top_up": {"points": 10, "amount": "0.07", "least": 200}}],
    "choices": {
        "size": {"name": {"en": "Size"}, "options": {"s": {"en": "S"}, "m": {"en": "M"}}},
        "text": {"name": {"en": "Text on it"}},
    },
    "stocked": "per_choice", "address": True,
}  # fmt: skip


ANN = Address(name="Ann Ivanova", street="Shipka 1", city="Sofia", country="BG")
_NUMBERS = itertools.count()


def cafe(**rewards: Any) -> Shop:
    """Café Aurora with the rewards; Ann has 1,000 points."""
    made = Shop({"rewards": {key: shop.named(key, reward) for key, reward in rewards.items()}})
    made.enrol("ann", "ben")
    made.tell(made.purchase("ann", 100_000), made.purchase("ben", 50_000))
    return made


def show(made: Shop, reward: str, at: str = "2026-02-01", colour: int = 0, seen: str | None = None) -> images.Image:
    """Put a picture of a reward."""
    image, now = images.read(png(3, 2, colour)), shop.moment(at)
    pictures.put(programme_id=made.programme_id, reward=reward, image=image, actor="Emil", now=now, seen=seen)
    return image


def redeem(made: Shop, reward: str, name: str = "ann", at: str = "2026-02-01", **more: Any) -> Result:
    """Redeem a reward."""
    more.setdefault("external_id", f"r-{next(_NUMBERS)}")
    wanted = redemptions.NewRedemption(member=Member(external_id=name), reward=reward, source="app", **more)
    (result,) = redemptions.redeem_many(programme_id=made.programme_id, wanted=[wanted], now=shop.moment(at))
    return result


def has(made: Shop, result: Result) -> Redemption:
    """A redemption that must have been made, as it is stored."""
    return queries.one(store.current(), made.programme_id, shop.taken(result).activity_id)


def settle(made: Shop, result: Result, deed: Deed, at: str = "2026-02-02") -> Result:
    """Confirm, fulfil, cancel or expire."""
    found = [has(made, result)]
    (done,) = redemptions.settle_many(
        programme_id=made.programme_id, found=found, deed=deed, now=shop.moment(at), by=shop.DORA
    )
    return done


def supply(made: Shop, reward: str, pieces: int, variant: str = "", at: str = "2026-01-06") -> supplies.Supplied:
    """Pieces come in."""
    wanted = supplies.NewSupply(reward, variant, pieces, "came in", "Emil", "stock", f"s-{next(_NUMBERS)}")
    return supplies.supply(programme_id=made.programme_id, wanted=wanted, now=shop.moment(at))


def stock(made: Shop, reward: str, variant: str = "", at: str = "2026-02-01") -> tuple[int | None, int, int]:
    """How many are left, claimed and given."""
    one = stocks.stocks(store.current(), made.programme_id, shop.moment(at))[reward, variant]
    return one.left, one.claimed, one.given


def refused(result: Result, code: str) -> Refusal:
    """The refusal, which must be this one."""
    assert isinstance(result, Refusal) and result.code == code, result
    return result


def holds(made: Shop) -> None:
    """Every invariant must hold."""
    report = verify.run(made.programme_id, deep=True, at=shop.FAR)
    assert report.ok, [(one.name, str(one.first)) for one in report.broken]
