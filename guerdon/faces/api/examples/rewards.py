"""One day at Café Aurora: examples of rewards."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import ANN, Example

_OWN: Final = {"points": [{"unit": "points", "points": 900}], "money": {"amount": 900, "currency": "EUR"}}
_MUG: Final[dict[str, Any]] = {
    "key": "mug", "name": "The blue mug", "terms": None, "rules": [], "kind": "merchandise",
    "category": {"key": "goods", "name": "For home"},
    "image": "https://aurora.example/mug.jpg",
    "prices": [
        {
            "number": 1, "points": [{"unit": "points", "points": 1900}], "money": None, "top_up": None,
            "missing": [], "own": None,
        },
        {
            "number": 2, "points": [{"unit": "points", "points": 900}], "money": {"amount": 900, "currency": "EUR"},
            "top_up": None, "missing": [], "own": None,
        },
    ],
    "amount": None, "percent": None, "product": None, "gives": None, "voucher": None, "choices": [],
    "address": False, "left": 12, "variants": [], "begins": None, "ends": None,
    "reserve_minutes": 30, "fulfil_days": None, "chance": None,
}  # fmt: skip
_CATEGORIES: Final = [{"key": "coffee", "name": "Coffee"}, {"key": "goods", "name": "For home"}]
_BYTES: Final = (  # one black pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
_PICTURE: Final = "/v1/pictures/5ade914009e1deb03d7a6c753c1aa1248456d40b7f2c0ae54e03517a71ab9bce"
_FOR_ANN: Final = {
    **_MUG,
    "prices": [
        {**_MUG["prices"][0], "missing": [{"unit": "points", "points": 650}]},
        {**_MUG["prices"][1], "own": _OWN},
    ],
}
_STOCKS: Final = {
    "reward": "mug", "left": 32,
    "stocks": [{"variant": "", "initial": 40, "supplied": 20, "claimed": 3, "given": 25, "left": 32}],
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "rewards.list": Example({"rewards": [_MUG], "categories": _CATEGORIES, "next": None}, query={"category": "goods"}),
    "rewards.read": Example(_MUG, path={"key": "mug"}),
    "rewards.list_of_member": Example(
        {
            "offers": [{"reward": _FOR_ANN, "available": True, "affordable": True, "obstacle": None}],
            "categories": _CATEGORIES,
            "next": None,
        },
        path={"id": ANN},
        query={"affordable": True},
    ),
    "pictures.put": Example(
        {"reward": "mug", "image": _PICTURE},
        body={"picture": _BYTES, "seen": "https://aurora.example/mug.jpg"},
        path={"key": "mug"},
    ),
    "pictures.take": Example({"reward": "mug", "image": "https://aurora.example/mug.jpg"}, path={"key": "mug"}),
    "pictures.show": Example({}, path={"hash": _PICTURE.rpartition("/")[2]}),
    "rewards.supply": Example(
        {
            "reward": "mug", "variant": "", "pieces": 20, "left": 32, "reason": "delivery of November",
            "actor": "console", "source": "api", "external_id": "delivery-2026-11", "at": "2026-11-20T12:00:00Z",
        },
        body={
            "pieces": 20, "reason": "delivery of November", "external_id": "delivery-2026-11",
            "seen": 40,
        },
        path={"key": "mug"},
    ),
    "stocks.list": Example({"rewards": [_STOCKS]}),
    "stocks.read": Example(_STOCKS, path={"key": "mug"}),
    "stocks.list_supplies": Example(
        {
            "supplies": [
                {
                    "reward": "mug", "variant": "", "pieces": 20, "left": 32, "reason": "delivery of November",
                    "actor": "console", "source": "api", "external_id": "delivery-2026-11",
                    "at": "2026-11-20T12:00:00Z",
                },
            ],
            "next": None,
        },
        path={"key": "mug"},
    ),
    "stocks.funnel": Example(
        {
            "from": "2026-10-22", "until": "2026-11-21", "redeemed": 31, "reserved": 2, "confirmed": 3,
            "fulfilled": 24, "cancelled": 1, "expired": 1, "whole": True,
        },
        path={"key": "mug"},
    ),
}  # fmt: skip
