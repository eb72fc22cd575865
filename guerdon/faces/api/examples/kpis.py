"""Who came back in October: examples of KPIs of closed months."""

from typing import Final

from guerdon.faces.api.examples.cast import Example

_CHURN: Final = {
    "kpi": "churn", "name": "Churn",
    "definition": "How many of those who bought in the days just before did not buy in these.",
    "formula": "buyers of the window before without a purchase in the window × 100 ÷ buyers of the window before",
    "window": "the days asked about and as many just before", "kind": "percent", "of": [], "of_stores": True,
}  # fmt: skip

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "kpis.list": Example({"months": ["2026-09", "2026-10"], "kpis": [_CHURN]}),
    "kpis.answer": Example(
        {
            "kpi": _CHURN, "from": "2026-10-01", "until": "2026-11-01", "compared_from": None, "compared_until": None,
            "rows": [
                {
                    "of": [], "numerator": 41, "denominator": 164, "value": 2500, "before": None, "scale": 2,
                    "currency": None,
                },
            ],
        },
        path={"kpi": "churn"},
        query={"from": "2026-10-01", "until": "2026-11-01"},
    ),
}  # fmt: skip
