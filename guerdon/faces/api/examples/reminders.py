"""What Ann was told a month before her points end: examples of reminders."""

from typing import Final

from guerdon.faces.api.examples.cast import ANN, Example

EXAMPLES: Final[dict[str, Example]] = {
    "reminders.list": Example(
        {
            "member": ANN,
            "reminders": [
                {
                    "id": "rem_019b0f40c1237d6f9e03a1b2c3d4e902", "unit": "points", "scale": 0, "points": 150,
                    "worth": {"amount": 150, "currency": "EUR"}, "last_day": "2026-11-30", "days": 30, "days_left": 30,
                    "slides": False, "ends_at": "2026-11-30T22:00:00Z", "told_at": "2026-10-31T01:00:00Z",
                },
            ],
            "next": None,
        },
        path={"id": ANN},
    ),
}  # fmt: skip
