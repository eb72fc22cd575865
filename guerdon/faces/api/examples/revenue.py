"""Deferred revenue of sales for 100,000.00: examples with the figures of IFRS 15, Illustrative Example 52."""

from typing import Final

from guerdon.faces.api.examples.cast import Example

_MONTH: Final = {
    "month": "2026-10", "unit": "points", "scale": 0, "expected_share": 9_500, "price": 10_000_000, "points": 5_500,
    "redeemed": 4_500, "expected": 9_500, "opening": 0, "allocated": 867_580, "recognised": 410_959,
    "breakage": 20_548, "closing": 456_621, "brought_forward": False,
}  # fmt: skip
_OWED: Final = "Liabilities:Deferred-Revenue:Points"
_TOLD: Final = "Part of the price of sales that is for points, less returns"
_BEANCOUNT: Final = f"""\
2026-10-31 * "aurora" "{_TOLD}" ^guerdon-aurora-2026-10-points
  Income:Sales  8675.80 EUR
  {_OWED}  -8675.80 EUR
"""

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "revenue.read": Example(
        {
            "currency": "EUR", "closed_until": "2026-10", "months": [_MONTH],
            "silent": [{"unit": "stars", "reason": "no_share"}],
        },
        query={"from": "2026-10", "until": "2026-10"},
    ),
    "revenue.journal": Example(
        {
            "month": "2026-10", "currency": "EUR",
            "entries": [
                {
                    "entry": "allocated", "unit": "points", "date": "2026-10-31", "text": _TOLD,
                    "sides": [
                        {"account": "Income:Sales", "amount": 867_580}, {"account": _OWED, "amount": -867_580},
                    ],
                },
            ],
            "beancount": _BEANCOUNT,
        },
        path={"month": "2026-10"},
    ),
}  # fmt: skip
