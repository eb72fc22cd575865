"""Why a fault is found by no test: by function, and what stands there → what would stand there instead."""

from typing import Final

REFUSED: Final = (
    "equivalent: the problem has been told, and a document with a problem is refused whatever the check answers"
)
REPEATED: Final = "no law: how much of a wrong word a refusal repeats, or how many right ones it lists"
ALONE: Final = "equivalent: there is exactly one, the first and the last"
IMPORTED: Final = "no fault: it is called while its module is imported, and never again"
SLOWER: Final = "equivalent, only slower"
LOOKS: Final = "no law: how many looks a search has that is too long to be exact"
FALLING: Final = "equivalent: what is below nothing is taken for nothing"

WHY: Final[dict[tuple[str, str], str]] = {
    ("core.activities.Member.identifier", "0 → -1"): ALONE,
    (
        "core.attribution.spread",
        "not activity.lines or not decision.awards → not activity.lines and (not decision.awards)",
    ): f"{SLOWER}: without lines or awards the long way ends with the awards as they are",
    ("core.climbing.at_most", "0 → -1"): FALLING,
    ("core.documents.shortened", "1 → 2"): "equivalent: the letter more is cut off again",
    ("core.documents.edits", "100 → 99"): "no law: from how many letters on a word is not compared",
    ("core.earning.fraction", "0 → -1"): (
        "equivalent: tenders that earn nothing never sum to more than the goods, which the shape of a purchase refuses"
    ),
    ("core.figures.Calendar.day", "at // _QUARTER → at * _QUARTER"): (
        f"{SLOWER}: each instant is remembered for itself"
    ),
    ("core.finding.asked", "0 → -1"): "equivalent: both are fewer letters than anybody is found by",
    ("core.grammar.agreement._rewards_given", "0 → 1"): "equivalent: a gift card says its amount, as its kind needs it",
    (
        "core.grammar.conditions._is",
        "return Alternative(what, shape, about, lambda value: isinstance(value, Is) and value.what… → return None",
    ): IMPORTED,
    (
        "core.grammar.lines._line_is",
        "return Alternative(what, line_words(what), about, lambda value: isinstance(value, LineIs)… → return None",
    ): IMPORTED,
    (
        "core.grammar.mysteries.mystery_fits",
        "0 → -1",
    ): "equivalent: to Python no is nothing, and it is listed beside it",
    ("core.grammar.mysteries.prizes_fit", "False → True"): REFUSED,
    (
        "core.grammar.rewards.PointsOfUnits.read",
        "not isinstance(code, Wrong) and (not isinstance(points, Wrong)) → not isinstance(code, Wrong) or not"
        " isinstance(points, Wrong)",
    ): REFUSED,
    ("core.grammar.segments._counted", "30 → 31"): REPEATED,
    (
        "core.grammar.shapes.digits",
        "abs(found) < _HUGE → abs(found) <= _HUGE",
    ): "equivalent: a number of so many digits is none either way",
    ("core.grammar.tiers._level_fits", "False → True"): REFUSED,
    ("core.grammar.words.KindCode.read", "20 → 19"): REPEATED,
    ("core.grammar.words._Labelled.read", "20 → 19"): REPEATED,
    ("core.images._sides", "2 → 3"): "equivalent: the third byte is cut off again",
    ("core.images._webp", "8 → 7"): "equivalent: the fourth byte of a size is 0 in every file that is small enough",
    ("core.law.Law.expires_at", "self._ends.clear() → nothing"): "equivalent, only larger: more is remembered",
    ("core.law.Law.life_of", "0 → -1"): "equivalent: all shares of an award have one life",
    ("core.ledger._draw", "break → nothing"): f"{SLOWER}: of the rest nothing is drawn",
    ("core.matching.Filters._learn", "self._memo[product] = (mask, open_filters) → nothing"): (
        f"{SLOWER}: what is not remembered is worked out again"
    ),
    ("core.paying.payable", "1 → 0"): "equivalent: the least that points pay is never nothing",
    ("core.reach._common", "1 → 0"): "equivalent: what is common with itself is itself",
    ("core.reach._weekday_comes", "7 → 8"): f"{SLOWER}: in seven days each weekday comes, and is found",
    ("core.redemptions._begins", "12 → 13"): "equivalent: no month is the thirteenth",
    (
        "core.returns.current",
        "1 → 0",
    ): "equivalent: the first slice never opens an order again, for nothing was returned before it",
    ("core.returns.tenders_back", "0 → -1"): "equivalent: the order is the same",
    ("core.revenue.Pool.at_face", "1 → 2"): "equivalent: any number that is left",
    ("core.samples._held", "0 → 1"): "equivalent: nobody asks which entry a sample's membership came with",
    ("core.samples._held", "at - _AROUND → at + _AROUND"): (
        "equivalent: when a sample asked for its membership is never looked at, only its interval is"
    ),
    ("core.sentences.bulgarian.Bulgarian.ordinal", "0 → -1"): (
        "equivalent: what has no ending of its own has that of all others"
    ),
    ("core.sentences.clauses.Speaker.sole_kind", "0 → -1"): ALONE,
    ("core.sentences.clauses.joined", "0 → -1"): ALONE,
    ("core.silence._failure", "0 → -1"): ALONE,
    ("core.tiers.Rank._keeping", "0 → -1"): FALLING,
    ("core.tiers.Rank._review", "0 → -1"): "equivalent: below the lowest level everything is what is earned",
    ("core.wallet._Search.dearest_first", "break → nothing"): (
        f"{SLOWER}: what does not go with the others, or finds nothing, is refused as often as it is tried"
    ),
    ("core.wallet._Search.walk", "-len(laid) → len(laid)"): f"{SLOWER}: what can't be better is looked at, too",
    ("core.wallet._Search.walk", "self.looks <= 0 → self.looks < 0"): LOOKS,
    ("core.wallet._Search.walk", "0 → 1"): LOOKS,
    ("core.worth._part", "0 → -1"): "equivalent: what takes percents off says how many",
    (
        "ledger.actions.Books._post",
        "change > 0 → change >= 0",
    ): "equivalent: nobody posts nothing, which the guard stops",
    ("ledger.lots.Lots._slide", "self.now < end < until → self.now < end <= until"): (
        "equivalent: an end that is moved to itself stays"
    ),
}
