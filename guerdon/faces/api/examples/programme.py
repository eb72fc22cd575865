"""One day at Café Aurora: examples of the programme."""

from typing import Final

from guerdon.faces.api.examples.cast import DIGEST, Example

_VERSION: Final = {
    "number": 3,
    "digest": DIGEST,
    "effective_at": "2026-09-30T21:00:00Z",
    "published_at": "2026-09-25T13:30:00Z",
    "published_by": "Emil",
    "in_force": True,
}
_PROGRAMME: Final = {
    "key": "aurora",
    "name": "Café Aurora",
    "currency": "EUR",
    "zone": "Europe/Sofia",
    "version": _VERSION,
    "units": [
        {
            "code": "points", "name": "points", "kind": "redeemable", "scale": 0,
            "sentence": "“points”: earned and spent, expiring 12 months after they are earned.",
        }
    ],
    "rules": [
        {
            "key": "base", "name": "A point for every euro", "when": ["purchase"],
            "sentence": "Every purchase gives 1 point for every 1.00 EUR.",
        }
    ],
    "document": {"programme": "aurora", "zone": "Europe/Sofia", "currency": "EUR"},
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "programme.read": Example(_PROGRAMME, query={"language": "en"}),
    "programme.list_versions": Example({"versions": [_VERSION]}),
    "programme.read_version": Example(_PROGRAMME, path={"number": 3}),
}  # fmt: skip
