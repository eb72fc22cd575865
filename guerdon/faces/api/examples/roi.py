"""An autumn of double points that paid, and two stores beside all others: examples of what campaigns are worth."""

from typing import Final

from guerdon.faces.api.examples.cast import Example

_COURSE: Final = [
    {"month": "2026-08", "treated": 4120, "others": 4155},
    {"month": "2026-09", "treated": 4410, "others": 4115},
    {"month": "2026-10", "treated": 4502, "others": 4190},
]
# By operation: what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "roi.read": Example(
        {
            "from": "2026-09-01", "until": "2026-11-01", "began": "2026-09-01", "currency": "EUR", "verdict": "pays",
            "text": "Campaigns bring more than they cost.", "members": 19012, "changed": 14,
            "balance": {"as_drawn": True, "held_out": 987, "expected": 1000, "p_millionths": 672000}, "few": False,
            "buyers": {"value": 112, "low": -40, "high": 260, "p_millionths": 148000},
            "plain": {"value": 601, "low": 190, "high": 1012, "p_millionths": 4200},
            "lopsided": {"value": 601, "low": 205, "high": 1030, "p_millionths": 4000},
            "adjusted": {"value": 612, "low": 388, "high": 841, "p_millionths": 500}, "reduction": 5720,
            "spend": {"value": 612, "low": 388, "high": 841},
            "total": {"value": 11635344, "low": 7376656, "high": 15989092}, "margin": 3500,
            "gain": {"value": 4072370, "low": 2581830, "high": 5596182}, "cost": 1540000,
            "costs": [
                {"kind": "points", "of": "points", "count": 98000000, "amount": 980000},
                {"kind": "vouchers", "of": "autumn", "count": 812, "amount": 220000},
            ],
            "told": [{"kind": "media", "amount": 260000}, {"kind": "agency", "amount": 80000}],
            "returns": {"value": 16444, "low": 6765, "high": 26339}, "course": _COURSE,
        },
        query={"margin": "3500"},
    ),
    "roi.beside": Example(
        {
            "begins": "2026-10", "months": ["2026-08", "2026-09", "2026-10"], "currency": "EUR",
            "verdict": "can_not_say", "why": "few",
            "text": "Nothing can be said: there are too few stores or members on one side.", "treated": 812,
            "others": 2410, "by_store": True, "bunches_treated": 2, "bunches_others": 5,
            "effect": {"value": 185, "low": -20, "high": 390, "p_millionths": 77000}, "parallel": True,
            "placebos": [
                {"month": "2026-09", "found": {"value": 31, "low": -150, "high": 212, "p_millionths": 735000}},
            ],
            "course": _COURSE,
        },
        path={"month": "2026-10"}, query={"stores": "sofia,plovdiv"},
    ),
}  # fmt: skip
