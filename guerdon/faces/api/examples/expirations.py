"""What Ann should spend by the end of November: examples of expirations."""

from typing import Final

from guerdon.faces.api.examples.cast import ANN, Example

EXAMPLES: Final[dict[str, Example]] = {
    "expirations.read": Example(
        {
            "member": ANN, "as_of": "2026-11-20T06:41:08Z",
            "expirations": [
                {
                    "unit": "points", "scale": 0, "points": 150, "worth": {"amount": 150, "currency": "EUR"},
                    "last_day": "2026-11-30", "days_left": 10, "ends_at": "2026-11-30T22:00:00Z",
                },
            ],
        },
        path={"id": ANN},
        query={"until": "2026-12-31"},
    ),
    "expirations.total": Example(
        {
            "as_of": "2026-11-20T01:00:00Z",
            "months": [
                {
                    "unit": "points", "scale": 0, "month": "2026-11", "points": 4200,
                    "worth": {"amount": 4200, "currency": "EUR"},
                },
            ],
        },
    ),
}  # fmt: skip
