"""One day at Café Aurora: examples of tiers."""

from typing import Final

from guerdon.faces.api.examples.cast import ANN, BEN, GRANT, Example

_OFF: Final = {"key": "cakes", "kind": "percent_off", "name": "Off all cakes", "percent": "10.00"}
_GRANT: Final = {
    "id": GRANT, "member": BEN, "ladder": "status", "tier": "gold", "kind": "status_match",
    "since": "2026-11-20T12:00:00Z", "last_day": "2027-05-31", "reason": "gold at the airline", "actor": "console",
    "seq": 4812,
}  # fmt: skip
_RECORDED: Final = {"grant": _GRANT, "seq": 4812}

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "tiers.list": Example(
        {
            "ladders": [
                {
                    "key": "status", "name": "Aurora Circle", "points": "status", "spend": False, "visits": [],
                    "window": "rolling",
                    "tiers": [
                        {
                            "key": "silver", "name": "Silver", "threshold": 40, "invitation_only": False,
                            "benefits": [{"key": "delivery", "kind": "free_shipping", "name": "Free delivery"}],
                        },
                        {
                            "key": "gold", "name": "Gold", "threshold": 100, "invitation_only": False,
                            "benefits": [_OFF],
                        },
                        {
                            "key": "platinum", "name": "Platinum", "threshold": None, "invitation_only": True,
                            "benefits": [],
                        },
                    ],
                }
            ]
        }
    ),
    "tiers.read": Example(
        {
            "member": ANN, "at": "2026-11-20T12:00:00Z",
            "ladders": [
                {
                    "ladder": "status", "tier": "silver", "name": "Silver", "earned": "silver", "counted": 64,
                    "next": {"tier": "gold", "threshold": 100, "missing": 36, "last_day": None},
                    "keep": {"missing": 0, "last_day": "2027-08-12"},
                    "review_at": "2027-08-12T21:00:00Z", "at_risk_until": None,
                    "benefits": [{"key": "delivery", "kind": "free_shipping", "name": "Free delivery"}],
                    "history": [
                        {"tier": None, "since": "2026-01-10T09:00:00Z", "until": "2026-07-14T08:05:00Z", "cause": None},
                        {"tier": "silver", "since": "2026-07-14T08:05:00Z", "until": None, "cause": "upgrade"},
                    ],
                }
            ],
            "grants": [],
        },
        path={"id": ANN},
        query={"at": "2026-11-20T12:00:00Z"},
    ),
    "tiers.grant": Example(
        _RECORDED,
        body={
            "member": {"id": BEN}, "tier": "gold", "kind": "status_match", "last_day": "2027-05-31",
            "reason": "gold at the airline", "external_id": "match-118",
        },
    ),
    "tiers.read_grant": Example(_RECORDED, path={"id": GRANT}),
    "tiers.preview": Example(
        {
            "members": 1204,
            "moves": [
                {
                    "ladder": "status", "when": "at_once", "before": "silver", "after": "gold", "count": 31,
                    "members": [{"id": ANN, "name": "Ann Ivanova"}],
                },
                {
                    "ladder": "status", "when": "review", "before": "silver", "after": None, "count": 12,
                    "members": [{"id": BEN, "name": None}],
                },
            ],
            "uncounted": [],
        },
        body={"file": "programme: aurora\nname: {en: Café Aurora}\nzone: Europe/Sofia\n…"},
    ),
}  # fmt: skip
