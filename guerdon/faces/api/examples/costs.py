"""Emil pays an agency for an autumn of double points: examples of the cost book."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import Example

_ID: Final = "cst_019b0f40c1237d6f9e03a1b2c3d4ea01"
_BODY: Final[dict[str, Any]] = {
    "kind": "agency", "amount": 80000, "month": "2026-10", "note": "Autumn campaign, invoice 2026/118",
}  # fmt: skip
_TOLD: Final[dict[str, Any]] = {
    "id": _ID, "kind": "agency", "side": "cost", "amount": 80000, "currency": "EUR", "from": "2026-10-01",
    "until": "2026-11-01", "rule": "", "store": "", "note": "Autumn campaign, invoice 2026/118",
    "told_at": "2026-11-20T06:41:07Z", "told_by": "Emil", "reversed": None,
}  # fmt: skip
_WHY: Final = "it was for November"
_BACK: Final = _TOLD | {
    "reversed": {"id": "cst_019b0f40c1237d6f9e03a1b2c3d4ea02", "why": _WHY, "told_at": "2026-11-20T06:55:12Z",
                 "told_by": "Emil"},
}  # fmt: skip


def _line(
    source: str, side: str, kind: str, of: str, count: int, amount: int | None
) -> dict[str, Any]:  # fmt: skip
    return {"source": source, "side": side, "kind": kind, "of": of, "currency": "EUR", "count": count, "amount": amount}


_MONTH: Final = {
    "month": "2026-10", "known": "known",
    "lines": [
        _line("told", "cost", "agency", "", 1, 80000), _line("told", "income", "funding", "", 1, 20000),
        _line("known", "cost", "rewards", "merchandise", 31, 12400),
        _line("known", "cost", "vouchers", "autumn", 212, 42400),
        _line("known", "income", "memberships", "plus", 12, 5988),
        _line("known", "aside", "campaign_points", "points", 418000, 4180),
    ],
    "totals": [{"currency": "EUR", "cost": 134800, "income": 25988, "net": 108812, "whole": True}],
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "costs.tell": Example(_TOLD, body=_BODY),
    "costs.list": Example({"costs": [_TOLD], "next": None}),
    "costs.read": Example(_TOLD, path={"id": _ID}),
    "costs.reverse": Example(_BACK, body={"why": _WHY}, path={"id": _ID}),
    "costs.months": Example(
        {"currency": "EUR", "months": [_MONTH]}, query={"from": "2026-10", "until": "2026-10"},
    ),
}  # fmt: skip
