"""One day at Café Aurora: examples of donations."""

from typing import Final

from guerdon.faces.api.examples.cast import ANN, DONATION, Example

_GIVEN: Final = {
    "donation": {
        "id": DONATION, "member": ANN, "cause": "trees", "unit": "points", "points": 30, "source": "api",
        "external_id": "app-7790", "seq": 4740, "recorded_at": "2026-11-20T12:00:00Z",
    },
    "seq": 4740,
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "donations.give": Example(
        _GIVEN,
        body={
            "member": {"external_id": "ann"},
            "cause": "trees",
            "unit": "points",
            "points": 30,
            "external_id": "app-7790",
        },
    ),
    "donations.read": Example(_GIVEN, path={"id": DONATION}),
    "donations.list_causes": Example(
        {
            "causes": [
                {
                    "key": "trees",
                    "name": "new trees",
                    "open": True,
                    "given": [{"unit": "points", "points": 12430, "donations": 211}],
                }
            ]
        }
    ),
}
