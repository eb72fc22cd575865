"""Why a fault is found by no test: by function, and what stands there → what would stand there instead."""

from typing import Final

REFUSED: Final = (
    "equivalent: the problem has been told, and a document with a problem is refused whatever the check answers"
)
REPEATED: Final = "no law: how much of a wrong word a refusal repeats"
ALONE: Final = "equivalent: there is exactly one, the first and the last"

WHY: Final[dict[tuple[str, str], str]] = {
    ("core.activities.Member.identifier", "0 → -1"): ALONE,
    ("core.alerts.new_account", "-1 → 1"): "equivalent: all gifts are to the same member",
    (
        "core.attribution.spread",
        "not activity.lines or not decision.awards → not activity.lines and (not decision.awards)",
    ): "equivalent, only slower: without lines or awards the long way ends with the awards as they are",
    ("core.codes.made", "0 → -1"): "equivalent: an invariant; numbers drawn by chance are never below zero",
    ("core.earning.fraction", "0 → -1"): (
        "equivalent: tenders that earn nothing never sum to more than the goods, which the shape of a purchase refuses"
    ),
    ("core.figures.Calendar.__init__", "0 → -1"): "equivalent: without closings the day is never asked",
    ("core.finding.asked", "0 → -1"): "equivalent: both are fewer letters than anybody is found by",
    ("core.grammar.agreement._conditions_fit", "False → True"): REFUSED,
    ("core.grammar.conditions._hour", "False → True"): REFUSED,
    ("core.grammar.mysteries._free_way_fits", "False → True"): REFUSED,
    ("core.grammar.mysteries._budget_fits", "False → True"): REFUSED,
    ("core.grammar.rewards._given_fits", "False → True"): REFUSED,
    ("core.grammar.rewards._asks_fit", "False → True"): REFUSED,
    ("core.grammar.vouchers._fits", "False → True"): REFUSED,
    ("core.images._webp", "8 → 7"): "equivalent: the fourth byte of a size is 0 in every file that is small enough",
    ("core.matching.Filters._learn", "self._memo[product] = (mask, open_filters) → nothing"): (
        "equivalent, only slower: what is not remembered is worked out again"
    ),
    ("core.merkle.path", "assert 0 <= position < len(leaves), 'there is no such leaf' → nothing"): (
        "equivalent: an invariant; nobody asks for a leaf that is not there"
    ),
    ("core.money.scaled", "40 → 41"): REPEATED,
    ("core.programme.Programme.cause", "40 → 41"): REPEATED,
    (
        "core.returns.current",
        "1 → 0",
    ): "equivalent: the first slice never opens an order again, for nothing was returned before it",
    ("core.samples._held", "at - _AROUND → at + _AROUND"): (
        "equivalent: when a sample asked for its membership is never looked at, only its interval is"
    ),
    ("core.sentences.clauses.Speaker.sole_kind", "0 → -1"): ALONE,
}
