"""A mug that nobody wanted: an example of what does not work."""

from typing import Final

from guerdon.faces.api.examples.cast import Example

# By operation: what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "working.read": Example(
        {
            "from": "2026-08-01", "until": "2026-11-01", "compared_from": "2026-05-01", "compared_until": "2026-08-01",
            "currency": "EUR", "looked_at": 14,
            "findings": [
                {
                    "kind": "reward_untaken", "of": "mug", "name": "A mug", "since": "2026-03-05", "unit": "",
                    "figures": [{"name": "of", "value": 31, "kind": "count"}],
                    "title": "A reward that nobody takes: A mug",
                    "text": "None was taken in these days; pieces of all rewards together: 31.",
                    "advice": "Lower its price, show it earlier, or put something else in its place.",
                },
            ],
        },
    ),
}  # fmt: skip
