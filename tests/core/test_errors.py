"""Refusals: what they know of themselves."""

from guerdon.core import errors
from guerdon.core.documents import REASONS

TEST = errors.Kind("invalid", "a_refusal_of_the_tests", frozenset({"one", "other"}))  # declared nowhere


def test_a_refusal_says_its_code_and_its_facts():
    refusal = TEST(one=1, other="x")
    assert (refusal.code, refusal.family, refusal.facts) == (
        "a_refusal_of_the_tests",
        "invalid",
        {"one": 1, "other": "x"},
    )
    assert str(refusal) == "a_refusal_of_the_tests (one=1, other=x)"
    assert refusal.replayed is False and refusal.faults == () and REASONS
