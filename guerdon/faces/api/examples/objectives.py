"""Emil wants the average order 5 % above last year's by June: examples of objectives."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import Example

_ID: Final = "obj_019b0f40c1237d6f9e03a1b2c3d4e9ac"
_BODY: Final[dict[str, Any]] = {
    "name": "AOV +5% by June",
    "kpi": "average_order_value",
    "target": 500,
    "last": "2099-06",
    "first": "2099-01",
}
_SET: Final[dict[str, Any]] = {
    "id": _ID, "name": "AOV +5% by June", "kpi": "average_order_value", "of": ["EUR"], "store": "", "tier": "",
    "segment": "", "measure": "relative", "target": 500, "direction": "at_least", "first": "2099-01", "last": "2099-06",
    "baseline": "previous_year", "base_first": None, "base_last": None, "made_at": "2098-12-20T08:41:07Z",
    "made_by": "Emil", "ended_at": None, "ended_by": None, "why": None,
    "wish": "Average order value: +5% or more by June 2099 against the same months last year", "scale": 2,
    "currency": "EUR",
}  # fmt: skip
_BASES: Final = {"01": 2_000, "02": 2_100, "03": 2_400, "04": 2_000, "05": 2_200, "06": 3_000}


def _month(at: int, month: str, base: int, value: int | None) -> dict[str, Any]:
    asked, target = -(-base * (120 + at) // 120), -(-base * 105 // 100)
    return {"month": f"2099-{month}", "value": value, "baseline": base, "asked": asked, "target": target}


def _months(*values: int) -> list[dict[str, Any]]:
    told = [*values, *[None] * (len(_BASES) - len(values))]
    return [_month(at, *both, told[at - 1]) for at, both in enumerate(_BASES.items(), 1)]


_WAITS: Final = _SET | {
    "verdict": "not_known", "reason": "no_month",
    "text": "Not yet known: none of its months is closed and exported.", "month": None, "change": None, "pace": None,
    "next": None, "months": _months(),
}  # fmt: skip
_GOES: Final = _SET | {
    "verdict": "behind", "reason": "", "month": "2099-01", "change": 80, "pace": 84, "next": 2_135,
    "text": "Behind: January 2099 came to 20.16 EUR; 20.17 EUR was due by then. It takes +0.84 percentage points every"
    " month from then on. February 2099 has to come to 21.35 EUR at least.",
    "months": _months(2_016),
}  # fmt: skip
_ENDED: Final = _GOES | {
    "ended_at": "2099-02-03T09:12:40Z", "ended_by": "Emil", "why": "prices went up, so it says nothing any more",
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "objectives.begin": Example(_WAITS, body=_BODY),
    "objectives.list": Example({"objectives": [_GOES], "next": None}),
    "objectives.read": Example(_GOES, path={"id": _ID}),
    "objectives.end": Example(_ENDED, body={"why": _ENDED["why"]}, path={"id": _ID}),
}
