"""One day at Café Aurora: examples of privacy."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import ANN, Example

_BREVO: Final = {"name": "Brevo", "link": "https://www.brevo.com/legal/privacypolicy/"}
_NEWS: Final[dict[str, Any]] = {
    "consent": "news", "name": "News and offers by e-mail", "text": "Café Aurora may write to me about offers.",
    "version": 2, "required": False, "recipients": [_BREVO], "keep_days": 730, "given": True, "said_version": 2,
    "said_at": "2026-11-20T11:00:00Z", "how": "portal", "actor": "app",
}  # fmt: skip
_CONSENTS: Final[dict[str, Any]] = {
    "member": ANN,
    "rules": {"version": 1, "at": "2026-01-05T11:00:00Z", "how": "portal"},
    "consents": [_NEWS],
    "history": [
        {
            "consent": "news", "given": True, "version": 2, "at": "2026-11-20T11:00:00Z", "how": "portal",
            "actor": "app",
        }
    ],
    "kept": [
        {"what": "News and offers by e-mail", "how_long": "for 730 days", "recipients": [_BREVO], "consent": "news"}
    ],
}  # fmt: skip
_ERASURE: Final[dict[str, Any]] = {
    "member": ANN, "state": "waiting", "asked_at": "2026-11-20T11:00:00Z", "due_at": "2026-12-04T22:00:00Z",
    "done_at": None, "points": [{"unit": "points", "points": 1250, "worth": 1250}], "currency": "EUR", "vouchers": 2,
    "gift_cards": 0, "memberships": ["plus"], "redemptions": ["mug"], "holds": 0, "transfers": 1, "tiers": ["gold"],
    "household": False,
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "privacy.read_consents": Example(_CONSENTS, path={"id": ANN}),
    "privacy.say": Example(
        _CONSENTS, body={"consents": {"news": {"given": True, "version": 2}}, "how": "portal"}, path={"id": ANN}
    ),
    "privacy.list_lookups": Example(
        {
            "member": ANN,
            "lookups": [
                {
                    "who": "till-1", "kind": "key", "purpose": "tills.identify", "looks": 3,
                    "first_at": "2026-11-20T11:02:00Z", "last_at": "2026-11-20T11:40:00Z",
                }
            ],
            "next": None,
        },
        path={"id": ANN},
    ),
    "privacy.read_download": Example(
        {
            "member": ANN, "made_at": "2026-11-20T11:00:00Z",
            "tables": [
                {
                    "name": "person", "columns": ["name", "email", "phone", "birthday", "language"],
                    "rows": [["Ann Ivanova", "ann@aurora.example", None, None, "bg"]],
                }
            ],
        },
        path={"id": ANN},
    ),
    "privacy.read_files": Example({}, path={"id": ANN}),
    "privacy.preview": Example({**_ERASURE, "state": "none", "asked_at": None, "due_at": None}, path={"id": ANN}),
    "privacy.ask": Example(_ERASURE, path={"id": ANN}),
    "privacy.cancel": Example({**_ERASURE, "state": "none", "asked_at": None, "due_at": None}, path={"id": ANN}),
}  # fmt: skip
