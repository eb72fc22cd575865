"""Conversions: so many points become what the rules give for them, once, whatever brought them together."""

import pytest

from guerdon.features.programmes import forms
from guerdon.insight import verify
from tests import shop
from tests.shop import POINTS, Shop

UNITS = {
    "points": POINTS | {"converts_at": 100},
    "credit": {"kind": "money", "scale": 2, "expires": "never"},
}
RULES = {
    "base": shop.BASE,
    "cashback": {
        "when": "converted", "if": [{"fact": {"name": "unit", "in": ["points"]}}],
        "then": [{"fixed": {"unit": "credit", "give": "5.00"}}],
    },
}  # fmt: skip


@pytest.fixture
def cafe(database) -> Shop:
    made = Shop({"units": UNITS, "rules": RULES})
    made.enrol("Ann")
    return made


def has(cafe: Shop, at: str) -> tuple[int, int]:
    return cafe.amounts("Ann", at).available, cafe.amounts("Ann", at, "credit").available


def proved(cafe: Shop) -> None:
    report = verify.run(cafe.programme_id, deep=True, at=shop.FAR)
    assert report.ok, report.broken


def test_whole_parts_are_converted_with_what_brings_them(cafe):
    cafe.buy("Ann", 9_000, "2026-01-05")
    assert has(cafe, "2026-01-05") == (90, 0)
    cafe.buy("Ann", 12_500, "2026-01-06")
    assert has(cafe, "2026-01-06") == (15, 1000)
    cafe.buy("Ann", 8_400, "2026-01-07")
    assert has(cafe, "2026-01-07") == (99, 1000)
    proved(cafe)


def test_a_purchase_told_again_converts_nothing_more(cafe):
    for _ in range(2):
        cafe.buy("Ann", 10_000, "2026-01-05", external_id="order")
    assert has(cafe, "2026-01-05") == (0, 500)
    proved(cafe)


def test_a_return_of_what_was_converted_is_owed(cafe):
    cafe.buy("Ann", 10_000, "2026-01-05", external_id="order")
    cafe.tell(cafe.giving_back("Ann", "order", "2026-01-06"))
    assert cafe.amounts("Ann", "2026-01-06").debt == 100
    cafe.buy("Ann", 15_000, "2026-01-07")
    assert (cafe.amounts("Ann", "2026-01-07").debt, has(cafe, "2026-01-07")) == (0, (50, 500))
    proved(cafe)


def test_what_had_to_wait_is_converted_by_the_night(database):
    cafe = Shop({"units": UNITS | {"points": UNITS["points"] | {"vesting": {"days": 14}}}, "rules": RULES})
    cafe.enrol("Ann")
    cafe.buy("Ann", 21_000, "2026-01-05")
    assert has(cafe, "2026-01-05") == (0, 0)
    assert cafe.night("2026-01-19").conversions == 2
    assert has(cafe, "2026-01-19") == (10, 1000)
    assert cafe.night("2026-01-19").conversions == 0
    proved(cafe)


def test_a_batch_sees_what_it_converts(cafe):
    cafe.tell(*[cafe.purchase("Ann", 6_000, "2026-01-05") for _ in range(5)])
    assert has(cafe, "2026-01-05") == (0, 1500)
    proved(cafe)


def test_what_is_given_never_converts_itself():
    again = {"again": {"when": "converted", "then": [{"fixed": {"unit": "points", "give": 50}}]}}
    reading = forms.read_document(shop.document("x", units=UNITS, rules=RULES | again))
    assert [problem.reason for problem in reading.errors] == ["converts_again"]
