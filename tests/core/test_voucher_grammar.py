"""The grammar of vouchers and gift cards: every mistake is told at its place."""

import pytest

from guerdon.features.programmes import forms
from tests import gifts, shop


def reasons(**parts):
    reading = forms.read_document(shop.document("cafe", **parts))
    return {(problem.path, problem.reason) for problem in reading.problems if problem.severity == "error"}


def voucher(**more):
    return reasons(vouchers={"v": {"name": {"en": "V"}, **more}})


@pytest.mark.parametrize(
    ("more", "at", "reason"),
    [
        ({}, "", "needs_one"), ({"amount": 5, "percent": 10}, "", "one_key"),
        ({"percent": 101}, "/percent", "too_large"),
        ({"amount": 5, "amount_max": 1}, "/amount_max", "percent_missing"),
        ({"free_shipping": False}, "/free_shipping", "wrong_type"),
        ({"free_shipping": True, "lines": [{"category": {"in": ["a"]}}]}, "/lines", "not_of_goods"),
        ({"amount": 5, "from": "2026-02-01", "until": "2026-02-01"}, "/until", "window_empty"),
        ({"amount": 5, "alarm_below": 3}, "/alarm_below", "not_a_pool"),
        ({"amount": 5, "bearer": True, "codes": "pool"}, "/bearer", "either_or"),
        ({"amount": 5, "uses": 0}, "/uses", "too_small"), ({"gift": {"bg": "x"}}, "/gift", "language_missing"),
        ({"amount": "5.001"}, "/amount", "too_many_decimals"),
    ],
)  # fmt: skip
def test_what_a_voucher_cannot_say(more, at, reason):
    assert ("/vouchers/v" + at, reason) in voucher(**more)


def test_what_rules_and_vouchers_ask_for_must_be_there():
    level = {"gold": {"name": {"en": "Gold"}, "from": 5}}
    tiers = {"circle": {"name": {"en": "C"}, "basis": {"spend": True}, "levels": level}}
    asked = {"name": {"en": "V"}, "amount": 5, "if": [{"tier": {"in": ["silver"]}}]}
    assert ("/vouchers/v/if/0/tier/in/0", "tier_unknown") in reasons(vouchers={"v": asked}, tiers=tiers)


@pytest.mark.parametrize(
    ("more", "at", "reason"),
    [
        ({"unit": "points"}, "/unit", "unit_not_money"), ({"unit": "none"}, "/unit", "unit_unknown"),
        ({"amount_min": 5, "amount_max": 4}, "/amount_max", "never_holds"),
        ({"amount_min": 5, "balance_max": 4}, "/balance_max", "never_holds"),
    ],
)  # fmt: skip
def test_what_gift_cards_cannot_say(more, at, reason):
    parts = gifts.PARTS | {"gift_cards": {"unit": "credit", **more}}
    assert ("/gift_cards" + at, reason) in reasons(**parts)


def test_both_can_be_said():
    assert reasons(**gifts.PARTS) == set() == voucher(percent="12.5", amount_max=3, codes="pool", alarm_below=10)
