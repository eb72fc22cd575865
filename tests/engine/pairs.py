"""Two members who become one, and two again: what the tests of merges share."""

from typing import Any

import pytest

from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.merging import Merged
from guerdon.engine import merge
from guerdon.insight import verify
from guerdon.kit import ids
from tests import shop
from tests.shop import Shop

UNITS: dict[str, Any] = {
    "points": {"expires": {"rolling": {"months": 12}}, "vesting": {"days": 5}, "debt_max": 100},
    "stamps": {"expires": {"sliding": {"months": 6}}},
}
RULES: dict[str, Any] = {
    "base": {"when": "purchase", "then": [{"points": {"unit": "points", "give": 1, "per": "1.00"}}]},
    "card": {"when": "visit", "then": [{"fixed": {"unit": "stamps", "give": 1}}], "uses": {"month": 3}},
    "bakery": {
        "when": "purchase",
        "if": [{"partner": {"in": ["bakery"]}}],
        "then": [{"fixed": {"unit": "points", "give": 7}}],
        "funder": "bakery",
    },
}


def merged(cafe: Shop, into: str, goes: str, at: str, **more: Any) -> Merged:
    return merge.merge(
        programme_id=cafe.programme_id, into=cafe.account(into), goes=Member(id=ids.show("member", cafe.account(goes))),
        actor="Emil", now=shop.moment(at), **more,
    )[0]  # fmt: skip


def unmerged(cafe: Shop, into: str, goes: str, at: str, **more: Any) -> Merged:
    return merge.unmerge(
        programme_id=cafe.programme_id, into=cafe.account(into), goes=Member(id=ids.show("member", cafe.account(goes))),
        actor="Emil", now=shop.moment(at), **more,
    )[0]  # fmt: skip


def refused(deed: Any) -> Refusal:
    with pytest.raises(Refusal) as found:
        deed()
    return found.value


def holds(cafe: Shop, at: str = "2027-01-01") -> None:
    assert cafe.audit() == []
    report = verify.run(cafe.programme_id, deep=True, at=shop.moment(at))
    assert report.ok, [(one.name, str(one.first)) for one in report.broken]


def cafe_of_two() -> Shop:
    cafe = Shop({"units": UNITS, "rules": RULES})
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ann", 3000, "2026-01-05")
    cafe.buy("Ben", 2000, "2026-01-03", partner="bakery", external_id="ben-1")
    cafe.buy("Ben", 1000, "2026-01-18")
    cafe.tell(cafe.purchase("Ben", None, "2026-01-19", kind="visit"))
    return cafe


def lives(cafe: Shop, name: str) -> list[Any]:
    """The living lots without their ids, as they can be compared across a merge."""
    return sorted(
        (one.unit, one.origin, one.funder or "", one.remaining, one.earned_at, one.available_at, str(one.expires_at))
        for one in cafe.lots(name)
    )
