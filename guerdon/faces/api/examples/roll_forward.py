"""What October owed in the north and the south: an example of a roll-forward."""

from typing import Final

from guerdon.faces.api.examples.cast import Example

_NONE: Final = {
    "opening": 0, "moved": 0, "issued": 0, "burned": 0, "expired": 0, "clawed_back": 0, "adjusted": 0, "lent": 0,
    "transferred": 0, "given_up": 0, "closing": 0,
}  # fmt: skip


def _line(of: str | None, opening: int, issued: int, burned: int) -> dict[str, object]:
    """A point is worth a cent."""
    told = _NONE | {"opening": opening, "issued": issued, "burned": burned, "closing": opening + issued + burned}
    return {"unit": "points", "scale": 0, "of": of, "points": told, "prior_period": 0, "worth": told}


# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "roll_forward.read": Example(
        {
            "month": "2026-10", "by": "store", "ladder": None, "currency": "EUR",
            "lines": [_line("north", 300, 400, -250), _line("south", 120, 200, 0)],
            "totals": [_line(None, 420, 600, -250)],
        },
        query={"by": "store", "month": "2026-10"},
    ),
}  # fmt: skip
