"""October at Café Aurora in numbers: examples of figures."""

from typing import Final

from guerdon.faces.api.examples.cast import ANN, PURCHASE, Example

_REVENUE: Final = {
    "kpi": "revenue", "of": "EUR", "name": "Revenue of members",
    "definition": "All lines of purchases net of their discounts, less the money of returns that happened in the "
    "period.",
    "kind": "money", "scale": 2, "currency": "EUR", "value": 1_284_350, "before": 1_190_000, "change": 793,
    "series": [{"starts": "2026-10-01", "value": 640_100}, {"starts": "2026-10-02", "value": 644_250}],
}  # fmt: skip


def _flow(points: int, prior: int = 0) -> dict[str, int]:
    return {"points": points, "prior_period": prior}


# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "figures.read": Example(
        {
            "from": "2026-10-01", "until": "2026-10-03", "compared_from": "2026-09-29", "compared_until": "2026-10-01",
            "counted_seq": 4700, "counted_until": "2026-11-03", "stores": ["plovdiv", "sofia"],
            "figures": [_REVENUE],
        },
        query={"from": "2026-10-01", "until": "2026-10-03", "compare": "previous_period"},
    ),
    "figures.list": Example(
        {
            "kpi": "revenue", "from": "2026-10-01", "until": "2026-10-03",
            "rows": [
                {
                    "member": ANN, "day": "2026-10-02", "activity": PURCHASE, "what": "purchase", "of": "EUR",
                    "amount": 1250, "times": None,
                },
            ],
            "next": None,
        },
        path={"kpi": "revenue"},
        query={"from": "2026-10-01", "until": "2026-10-03"},
    ),
    "figures.owed": Example(
        {
            "currency": "EUR", "counted_seq": 4700,
            "months": [
                {
                    "month": "2026-10", "closed": True, "scale": 0,
                    "points": {
                        "unit": "points", "opening": 118_400, "issued": _flow(41_250, 40), "burned": _flow(-30_100),
                        "expired": _flow(-2_300), "clawed_back": _flow(-410), "adjusted": _flow(50), "lent": _flow(0),
                        "transferred": _flow(0), "given_up": _flow(0), "closing": 126_890,
                    },
                    "worth_opening": 118_400, "worth_closing": 126_890,
                },
            ],
        },
        query={"from": "2026-10", "until": "2026-10"},
    ),
    "reports.read": Example({}, path={"month": "2026-10"}, query={"form": "pdf", "language": "bg"}),
}  # fmt: skip
