"""A year in a minute: examples of the test clock."""

from typing import Final

from guerdon.faces.api.examples.cast import Example

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "clock.read": Example(
        {"now": "2026-11-20T10:00:00Z", "test": False, "nights": 0, "expired": [], "repaid": []}
    ),
    "clock.move": Example(
        {
            "now": "2027-11-20T10:00:00Z", "test": True, "nights": 3,
            "expired": [{"unit": "points", "points": 1250}], "repaid": [],
        },
        body={"now": "2027-11-20T10:00:00Z"},
    ),
}  # fmt: skip
