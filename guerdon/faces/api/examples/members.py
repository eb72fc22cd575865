"""One day at Café Aurora: examples of members."""

from typing import Final

from guerdon.faces.api.examples.cast import ANN, Example

_ANN: Final = {
    "id": ANN,
    "status": "active",
    "enrolled_at": "2026-01-05T09:12:00Z",
    "external_ids": ["ann"],
    "cards": ["AURORA1001"],
    "person": {
        "name": "Ann Angelova", "email": "ann@example.com", "phone": "+35988123456", "birthday": "1990-04-12",
        "language": "bg",
    },
    "attributes": {"tier": "gold", "diet": "vegetarian"},
    "segments": ["regulars"],
    "merged": [],
    "household": None,
    "role": None,
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "address_waits.lift": Example(
        {"member": ANN, "lifted_at": "2026-11-20T12:00:00Z"}, path={"id": ANN},
        body={"reason": "She came by with her passport"},
    ),
    "members.enrol": Example(
        _ANN,
        body={
            "external_ids": ["ann"],
            "cards": ["AURORA 1001"],
            "person": _ANN["person"],
            "attributes": {"tier": "gold", "diet": "vegetarian"},
            "segments": ["regulars"],
        },
    ),
    "members.list": Example({"members": [_ANN], "next": None}, query={"email": "ann@example.com"}),
    "members.read": Example(_ANN, path={"id": ANN}),
    "members.change": Example(
        _ANN | {"segments": ["regulars", "tasters"]},
        path={"id": ANN},
        body={"segments": ["regulars", "tasters"], "attributes": {"children": None}, "person": {"language": "bg"}},
    ),
}  # fmt: skip
