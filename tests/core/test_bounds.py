"""Trees of conditions are bounded in every direction, and what is allowed costs steps that can be counted."""

import sys
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from guerdon.core import limits
from guerdon.core.activities import Activity, Line, Member
from guerdon.core.grammar import programmes as grammar
from guerdon.core.grammar import segments
from guerdon.core.law import Law
from guerdon.core.standing import Standing

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
ASK = {"store": {"in": ["a"]}}
LINE = {"category": {"in": ["a"]}}
REWARD = {"name": {"en": "r"}, "kind": "experience", "prices": [{"points": {"p": 1}}]}
VOUCHER = {"name": {"en": "v"}, "percent": 5}
TIER = {"tier": {"in": ["gold"]}}
LADDER = {"x": {"name": {"en": "x"}, "basis": {"spend": True}, "levels": {"gold": {"name": {"en": "g"}, "from": 1}}}}


def programme(**parts):
    """A programme of one rule, which may ask something."""
    rule = {"name": {"en": "a"}, "when": "purchase", "then": [{"fixed": {"unit": "p", "give": 1}}]}
    rules = parts.pop("rules", {"r": rule | parts.pop("rule", {})})
    return {
        "programme": "p", "name": {"en": "P"}, "zone": "UTC", "currency": "EUR", "languages": ["en"],
        "units": {"p": {"kind": "redeemable", "name": {"en": "p"}, "expires": "never"}}, "rules": rules,
        "tiers": LADDER,
    } | parts  # fmt: skip


def reasons(**parts):
    return {(one.path, one.reason) for one in grammar.read(programme(**parts)).errors}


def asks(count, ask=ASK):
    """So many conditions, all of them to hold, in lists that are no longer than one may be."""
    inner = [{"any": [ask] * (count - 1)}] if count > 1 else [ask]
    return inner if count <= limits.CONDITIONS_PER_RULE_MAX else [{"any": [ask] * 60}, {"any": [ask] * (count - 63)}]


def deep(levels, ask=ASK):
    for _ in range(levels - 1):
        ask = {"not": ask}
    return [ask]


def ladder(start):
    return {"x": LADDER["x"] | {"levels": {"gold": {"name": {"en": "g"}, "from": start}}}}


def words(count):
    return {"store": {"in": [f"s{place}" for place in range(count)]}}


MOST, DEEP = limits.CONDITIONS_PER_RULE_MAX, limits.CONDITION_DEPTH_MAX
BOUNDS = {
    # what is bounded: at the limit, one beyond, and where that is told
    "conditions of a rule": ({"rule": {"if": asks(MOST)}}, {"rule": {"if": asks(MOST + 1)}}, "/rules/r/if", "too_many"),
    "one list of them": (
        {"rule": {"if": [ASK] * (MOST - 1)}}, {"rule": {"if": [ASK] * (MOST + 1)}}, "/rules/r/if", "too_many",
    ),
    "filters on lines count, too": (
        {"rule": {"if": asks(MOST - 1), "lines": [LINE]}}, {"rule": {"if": asks(MOST), "lines": [LINE]}},
        "/rules/r/if", "too_many",
    ),
    "a filter that denies is one of them, too": (
        {"rule": {"if": asks(MOST - 2), "lines": [{"not": LINE}]}},
        {"rule": {"if": asks(MOST - 1), "lines": [{"not": LINE}]}}, "/rules/r/if", "too_many",
    ),
    "a tier from nothing on": (
        {"tiers": ladder(0)}, {"tiers": ladder("-0.01")}, "/tiers/x/levels/gold/from", "too_small",
    ),
    "conditions inside each other": (
        {"rule": {"if": deep(DEEP)}}, {"rule": {"if": deep(DEEP + 1)}}, "/rules/r/if/0" + "/not" * DEEP, "too_deep",
    ),
    "filters inside each other": (
        {"rule": {"lines": deep(DEEP, LINE)}}, {"rule": {"lines": deep(DEEP + 1, LINE)}},
        "/rules/r/lines/0" + "/not" * DEEP, "too_deep",
    ),
    "words of a list": (
        {"rule": {"if": [words(limits.CHOICES_MAX)]}}, {"rule": {"if": [words(limits.CHOICES_MAX + 1)]}},
        "/rules/r/if/0/store/in", "too_many",
    ),
    "a long word": (
        {"rule": {"if": [{"store": {"in": ["x" * limits.IDENTIFIER_CHARS_MAX]}}]}},
        {"rule": {"if": [{"store": {"in": ["x" * (limits.IDENTIFIER_CHARS_MAX + 1)]}}]}},
        "/rules/r/if/0/store/in/0", "too_long",
    ),
    "a large number": (
        {"rule": {"if": [{"basket": {"quantity_min": limits.QUANTITY_MAX}}]}},
        {"rule": {"if": [{"basket": {"quantity_min": 10**30}}]}}, "/rules/r/if/0/basket/quantity_min", "too_large",
    ),
    "effects of a rule": (
        {"rule": {"then": [{"fixed": {"unit": "p", "give": 1}}] * limits.EFFECTS_PER_RULE_MAX}},
        {"rule": {"then": [{"fixed": {"unit": "p", "give": 1}}] * (limits.EFFECTS_PER_RULE_MAX + 1)}},
        "/rules/r/then", "too_many",
    ),
    "conditions of a reward": (
        {"rewards": {"r": REWARD | {"if": asks(MOST, TIER)}}},
        {"rewards": {"r": REWARD | {"if": asks(MOST + 1, TIER)}}},
        "/rewards/r/if", "too_many",
    ),
    "conditions of a voucher": (
        {"vouchers": {"v": VOUCHER | {"if": asks(MOST)}}}, {"vouchers": {"v": VOUCHER | {"if": asks(MOST + 1)}}},
        "/vouchers/v/if", "too_many",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOUNDS)
def test_every_bound_holds_and_no_sooner(name):
    at_most, beyond, path, reason = BOUNDS[name]
    assert reasons(**at_most) == set()
    assert reasons(**beyond) == {(path, reason)}


def test_rules_together_are_bounded(monkeypatch):
    rule = programme(rule={"if": asks(10), "lines": [LINE] * 9})["rules"]["r"]  # twenty: the list is one, too
    for count, fits in ((limits.CONDITIONS_MAX // 20, True), (limits.CONDITIONS_MAX // 20 + 1, False)):
        found = reasons(rules={f"r{place}": rule for place in range(count)})
        assert found == (set() if fits else {("/rules", "too_many")})
    monkeypatch.setattr(limits, "CONDITIONS_MAX", 22)
    whole = {"rules": {"r": rule}, "vouchers": {"v": VOUCHER | {"if": [ASK]}}}
    assert reasons(**whole, rewards={"r": REWARD | {"if": [TIER]}}) == set()
    assert reasons(**whole, rewards={"r": REWARD | {"if": asks(2, TIER)}}) == {("/rules", "too_many")}


def test_a_segment_is_bounded_like_a_rule():
    known = grammar.read(programme()).programme
    at_most, wide = segments.read_condition(asks(MOST, TIER), known), [{"any": [TIER] * 60}, {"all": [TIER] * 60}]
    assert at_most.value is not None and not at_most.problems
    for beyond, reason in ((wide, "too_many"), (deep(DEEP + 1, TIER), "too_deep"), ([TIER] * (MOST + 1), "too_many")):
        found = segments.read_condition(beyond, known)
        assert found.value is None and [one.reason for one in found.problems] == [reason]
    named = {"key": "s", "name": {"en": "s"}, "if": wide}
    assert [one.path for one in segments.read(named, known).problems] == ["/if"]


# --- steps ---


@contextmanager
def counted():
    """How many calls of the core's own functions are made."""
    calls = [0]

    def look(frame, event, _):
        calls[0] += event == "call" and "guerdon/core" in frame.f_code.co_filename

    sys.setprofile(look)
    try:
        yield calls
    finally:
        sys.setprofile(None)


def bought(lines, words=5):
    told = tuple(Line(amount=100, category=f"c{place % words}", product=f"p{place}") for place in range(lines))
    return Activity("purchase", "till", "1", NOON, Member(id="mem_1"), lines=told, store="z")


def steps(document, lines):
    """The steps of the first and of the second decision about a basket of so many lines."""
    law = Law(grammar.read(document).programme, 1)
    standing, found = Standing(account_id="mem_1", enrolled_at=NOON), []
    for _ in range(2):
        with counted() as calls:
            law.decide(bought(lines), standing, posted_at=NOON)
        found.append(calls[0])
    return found


def test_a_decision_takes_no_more_steps_than_conditions_times_lines():
    """The widest rule there may be, over the longest basket: each condition looks at each line once at most."""
    filters = [{"any": [{"category": {"in": [f"w{place}"]}} for place in range(MOST - 2)]}]
    document = programme(rule={"lines": filters})
    few, many = steps(document, 100)[0], steps(document, limits.LINES_MAX)[0]
    assert many <= 3 * MOST * limits.LINES_MAX
    assert many <= 11 * few, "ten times the lines are ten times the steps"
    assert steps(document, limits.LINES_MAX)[1] <= 20 * limits.LINES_MAX, "a product that is known is not asked again"


@pytest.mark.parametrize("shape", ["all", "any", "not", "mixed"])
def test_steps_grow_with_the_conditions_however_they_are_nested(shape):
    def tree(levels, width):
        if levels == 1:
            return ASK
        if shape == "not":
            return {"not": tree(levels - 1, width)}
        word = shape if shape != "mixed" else ("all", "any")[levels % 2]
        return {word: [tree(levels - 1, 1) for _ in range(width)]}

    one = {"name": {"en": "a"}, "when": "purchase", "then": [{"fixed": {"unit": "p", "give": 1}}]}
    base = steps(programme(rules={"r0": one}), 1)[0]
    asked = one | {"if": [tree(DEEP, 1 if shape == "not" else 16)]}
    assert not grammar.read(programme(rules={"r0": asked})).errors
    for rules in (1, 10, 50):
        found = steps(programme(rules={f"r{place}": asked for place in range(rules)}), 1)[0]
        assert found <= base + rules * 3 * MOST
