"""One day at Café Aurora: examples of seals and receipts."""

from typing import Final

from guerdon.faces.api.examples.cast import ANN, DIGEST, LOT, POSTING, PURCHASE, Example, Json

_PROGRAMME: Final = "019b0f3000017d118a4be2f1c0a9d001"
_ISSUANCE: Final = "7c0d1f0c0a4e4b6f8f6a1f4f0b1a2c3d"
_AT: Final = 1_795_156_867_000_000
_SPAN: Final[Json] = {
    "programme": _PROGRAMME, "number": 5, "from_seq": 4001, "until_seq": 5024, "entries": 1, "root": DIGEST,
    "sealed_at": _AT,
}  # fmt: skip
_SEAL: Final[Json] = {
    "number": 5, "from_seq": 4001, "until_seq": 5024, "entries": 1, "root": DIGEST, "previous": DIGEST, "head": DIGEST,
    "sealed_at": "2026-11-20T07:00:00Z",
}  # fmt: skip
_ENTRY: Final[Json] = {
    "programme": _PROGRAMME, "account": ANN[4:], "activity": PURCHASE[4:], "seq": 4711, "kind": "purchase",
    "source": "till-1", "external_id": "2026-11-20/0117", "occurred_at": _AT, "recorded_at": _AT, "version": 3,
    "facts": "{…}", "decision": "{…}",
    "postings": [
        {
            "part": 0, "id": POSTING[4:], "unit": "points", "kind": "earn", "source": _ISSUANCE,
            "destination": ANN[4:], "amount": 40, "balance_after": 1290, "person": None, "effective_at": _AT,
            "posted_at": _AT,
        }
    ],
    "lots": [
        {
            "id": LOT[4:], "unit": "points", "origin": PURCHASE[4:], "funder": None, "amount": 40, "earned_at": _AT,
            "available_at": _AT,
        }
    ],
    "allocations": [], "passages": [], "format": 1,
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "seals.read_receipt": Example(
        {
            "entry": _ENTRY, "position": 0, "path": [],
            "seal": {"span": _SPAN, "previous": DIGEST, "head": DIGEST}, "later": [], "format": 1,
        },
        path={"id": PURCHASE},
    ),
    "seals.list": Example({"seals": [_SEAL], "next": None}, query={"limit": 50}),
    "seals.read_head": Example(_SEAL),
}  # fmt: skip
