"""A whole return names no parts, the whole sum, or the purchase's own lines."""

import pytest

from guerdon.core import activities
from guerdon.core.activities import Activity, Line, Member, Reference
from tests.core.small import NOON

LATTE = Line(amount=380, product="latte", category="coffee")
BAKLAVA = Line(amount=450, discount=50, product="baklava")
BOUGHT = Activity("purchase", "till", "one", NOON, Member(id="m"), lines=(LATTE, LATTE, BAKLAVA))
IN_ONE_SUM = Activity("purchase", "till", "two", NOON, Member(id="m"), amount=1160)


def back(**parts):
    return Activity("return", "till", "back", NOON, Member(id="m"), returns=Reference("one"), **parts)


@pytest.mark.parametrize(
    "parts", [{}, {"amount": 1160}, {"lines": (LATTE, LATTE, BAKLAVA)}, {"lines": (LATTE, BAKLAVA, LATTE)}]
)
def test_the_whole_is_nothing_said_the_sum_or_the_same_lines(parts):
    assert activities.is_whole(back(**parts), BOUGHT, home="EUR")


@pytest.mark.parametrize(
    "parts",
    [
        {"amount": 1159},
        {"amount": 0},
        {"lines": (LATTE, BAKLAVA)},
        {"lines": (LATTE, BAKLAVA, BAKLAVA)},
        {"lines": (Line(amount=1160),)},
        {"lines": (Line(amount=760, product="latte", category="coffee", quantity=2), BAKLAVA)},
    ],
)
def test_another_sum_or_other_lines_of_the_same_sum_are_not(parts):
    assert not activities.is_whole(back(**parts), BOUGHT, home="EUR")


def test_a_purchase_told_in_one_sum_has_no_named_lines():
    assert activities.is_whole(back(amount=1160), IN_ONE_SUM, home="EUR")
    assert activities.is_whole(back(lines=(Line(amount=1160),)), IN_ONE_SUM, home="EUR")
    assert not activities.is_whole(back(lines=BOUGHT.lines), IN_ONE_SUM, home="EUR")


@pytest.mark.parametrize(("told", "back_in", "whole"), [
    (None, None, True), (None, "EUR", True), ("EUR", None, True), ("JPY", None, True), ("JPY", "JPY", True),
    (None, "JPY", False), ("JPY", "EUR", False),
])  # fmt: skip
def test_the_same_number_in_another_currency_is_another_sum(told, back_in, whole):
    bought = Activity("purchase", "till", "one", NOON, Member(id="m"), currency=told, amount=1000)
    assert activities.is_whole(back(amount=1000, currency=back_in), bought, home="EUR") is whole
