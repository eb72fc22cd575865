"""One day at Café Aurora: examples of letters."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import ANN, Example

_CHOSEN: Final[dict[str, Any]] = {
    "member": ANN,
    "wanted": ["expiring", "tier"],
    "stopped": [{"kind": "statement", "since": "2026-11-20T11:00:00Z"}],
}

EXAMPLES: Final[dict[str, Example]] = {
    "letters.read": Example(_CHOSEN, path={"id": ANN}),
    "letters.choose": Example(_CHOSEN, body={"wanted": ["expiring", "tier"]}, path={"id": ANN}),
}
