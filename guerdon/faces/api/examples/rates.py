"""What a dollar is at Café Aurora: examples of exchange rates."""

from typing import Final

from guerdon.faces.api.examples.cast import Example

_RATE: Final = {"currency": "USD", "day": "2026-11-20", "home": 8_640, "units": 10_000}

_RIGHT: Final = {**_RATE, "told_at": "2026-11-20T15:00:00Z", "told_by": "office", "replaced_at": None}
_WRONG: Final = {**_RIGHT, "home": 8_460, "told_at": "2026-11-20T14:58:00Z", "replaced_at": "2026-11-20T15:00:00Z"}

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "rates.tell": Example({"told": 1}, body={"rates": [_RATE]}),
    "rates.list": Example({"rates": [_WRONG, _RIGHT], "next": None}),
}
