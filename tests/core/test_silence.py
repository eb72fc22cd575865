"""A rule that did not fire says what held it back, and where that stands in the file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import guerdon
from guerdon.core import conditions, effects, sentences, silence
from guerdon.core.activities import Activity, Line, Member
from guerdon.core.decisions import Silent
from guerdon.core.grammar import programmes as grammar
from guerdon.core.law import Law
from guerdon.core.standing import EVER, Standing
from guerdon.features.programmes import forms
from tests import strategies

AURORA = forms.load((Path(guerdon.__file__).parent / "demo" / "aurora.yaml").read_bytes())
MONDAY = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 6, 6, 10, 0, tzinfo=UTC)


def bought(at=SATURDAY, *, store="plovdiv", amount=3000, category="coffee", **facts):
    line = Line(amount=amount, category=category)
    return Activity("purchase", "till", "1", at, Member(id="mem_1"), lines=(line,), store=store, **facts)


def standing(**facts):
    return Standing(account_id="mem_1", enrolled_at=MONDAY, **facts)


def told(activity, rule, of=AURORA, **facts):
    """What is said of one rule."""
    found = silence.explain(Law(of, 1), activity, standing(**facts), budgets=untouched(of))
    return {one.rule: (one.reason, one.pointer) for one in found}.get(rule)


def untouched(programme):
    """The budgets of which nothing is spent yet."""
    return {rule.key: rule.budget for rule in programme.rules if rule.budget is not None}


def with_rule(key, **facts):
    return msgspec.structs.replace(
        AURORA,
        rules=tuple(msgspec.structs.replace(rule, **facts) if rule.key == key else rule for rule in AURORA.rules),
    )


def test_a_rule_that_fired_is_not_silent():
    assert told(bought(), "base") is None
    assert told(bought(), "weekend") is None


@pytest.mark.parametrize(
    ("activity", "rule", "reason", "pointer"),
    [
        (bought(store="varna"), "weekend", "store", "/rules/weekend/if/0/store"),
        (bought(MONDAY), "weekend", "weekday", "/rules/weekend/if/1/weekday"),
        (bought(amount=1999), "weekend", "basket", "/rules/weekend/if/2/basket"),
        (bought(category="tea"), "weekend", "lines", "/rules/weekend/lines"),
        (bought(), "welcome", "trigger", "/rules/welcome/when"),
        (bought(), "night_of_coffee", "not_yet", "/rules/night_of_coffee/from"),
        (bought(datetime(2026, 12, 1, tzinfo=UTC)), "vegan", "no_longer", "/rules/vegan/until"),
        (bought(), "gold", "any", "/rules/gold/if/0/any"),
        (bought(SATURDAY.replace(hour=5)), "early_bird", "not", "/rules/early_bird/if/1/not"),
        (bought(), "birthday", "birthday_month", "/rules/birthday/if/0/birthday_month"),
        (bought(amount=0), "base", "nothing", None),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_the_first_thing_that_held_it_back(activity, rule, reason, pointer):
    assert told(activity, rule) == (reason, pointer)


def test_limits_that_are_reached():
    used = {("uses:big_basket", "w202623"): (1, MONDAY)}
    large = bought(amount=6000, channel="web")
    assert told(large, "big_basket") is None
    assert told(large, "big_basket", counters=used) == ("uses", "/rules/big_basket/uses/week")
    capped = {("rule:weekend", "d20260606"): (100, MONDAY)}
    assert told(bought(), "weekend", counters=capped) == ("caps", "/rules/weekend/caps")
    full = {("unit:points", "d20260606"): (5000, MONDAY)}
    assert told(bought(), "base", with_units_only_points(), counters=full) == ("caps", None)


def rivals(*rules):
    """Two or three rules in the place of Aurora's: key, group, what it gives, condition."""
    (base,) = [rule for rule in AURORA.rules if rule.key == "base"]
    return msgspec.structs.replace(
        AURORA,
        rules=tuple(
            msgspec.structs.replace(base, key=key, group=group, then=(effect,), condition=condition)
            for key, group, effect, condition in rules
        ),
    )


def test_a_better_rule_of_the_group_is_named_only_where_there_is_one():
    """Not a rule of another group, nor one that did not hold, nor the rule itself."""
    ten, rate = effects.Fixed("points", 10), effects.PerAmount("points", 1, 100)
    sofia = conditions.Is("store", frozenset({"sofia"}))
    both = rivals(("ten", "g", ten, None), ("rate", "g", rate, None))
    assert told(bought(amount=500), "rate", both) == ("group", "/rules/rate/group")
    alone = rivals(("ten", "g", ten, sofia), ("rate", "g", rate, None), ("other", None, ten, None))
    assert told(bought(amount=0), "rate", alone) == ("nothing", None)


def with_units_only_points():
    return with_rule("base", then=AURORA.rules[0].then[:1])


def test_the_better_rule_of_a_group():
    (early,) = [rule for rule in AURORA.rules if rule.key == "early_bird"]
    both = with_rule("early_bird", condition=None)
    assert told(bought(), "early_bird", both) == ("group", "/rules/early_bird/group")
    assert early.group == "happy"


def test_a_budget_that_is_spent():
    party = bought(datetime(2026, 10, 1, 18, tzinfo=UTC))
    law = Law(AURORA, 1)
    silent = {one.rule: one for one in silence.explain(law, party, standing(), budgets={"night_of_coffee": 0})}
    assert silent["night_of_coffee"].reason == "budget"
    assert told(party, "night_of_coffee") is None


def test_nothing_is_told_where_nothing_was_decided():
    back = Activity("return", "till", "2", SATURDAY, Member(id="mem_1"))
    assert silence.explain(Law(AURORA, 1), back, standing(), budgets={}) == ()
    old = bought(datetime(2020, 1, 1, tzinfo=UTC), currency="USD")
    assert silence.explain(Law(AURORA, 1), old, standing(), budgets={}) == ()


@given(strategies.programmes(), st.sampled_from((MONDAY, SATURDAY)), st.integers(0, 10**6))
def test_every_rule_either_gives_or_says_why_not(programme, at, amount):
    law = Law(programme, 1)
    activity = bought(at, amount=amount)
    member = standing(counters={("count:purchase", EVER): (3, at - timedelta(days=9))})
    budgets = untouched(programme)
    decision = law.decide(activity, member, posted_at=at, budgets=budgets).decision
    gave = {share.rule for award in decision.awards for share in award.shares} | {one.rule for one in decision.issued}
    silent = silence.explain(law, activity, member, budgets=budgets)
    assert gave | {one.rule for one in silent} == {rule.key for rule in programme.rules}
    assert not gave & {one.rule for one in silent}
    document = grammar.write(programme)
    for one in silent:
        assert one.reason in silence.REASONS
        assert one.pointer is None or exists(document, one.pointer)
        for language in sentences.LANGUAGES:
            assert sentences.reason(one, programme, language).endswith(".")


def exists(document, pointer):
    """Whether a JSON pointer leads to a part of the document."""
    here = document
    for raw in pointer.split("/")[1:]:
        step = raw.replace("~1", "/").replace("~0", "~")
        here = here[int(step)] if isinstance(here, list) else here[step]
    return here is not None


@given(strategies.programmes())
def test_a_pointer_leads_back_to_the_condition(programme):
    law = Law(programme, 1)
    activity = bought()
    case = law.case(activity, standing())
    for rule in programme.rules:
        if rule.condition is None:
            continue
        failure = silence.first_failure(rule.condition, case, law.filters, pointer=f"/rules/{rule.key}/if")
        compiled = [one for found in law.by_kind.values() for one in found if one.rule == rule]
        spared = compiled[0].spared is not None and compiled[0].spared(case)
        assert (failure is None and not spared) == compiled[0].test(case)
        if failure is not None:
            assert silence.condition_at(rule, failure.pointer) == failure.condition
            assert Silent(rule.key, failure.word).reason in silence.REASONS


_STEPS = st.lists(st.sampled_from(("0", "1", "2", "all", "any", "not", "tier", "x", "")), max_size=6)


@given(strategies.conditions(), _STEPS)
def test_a_pointer_into_a_condition_leads_to_a_part_of_it_or_nowhere(condition, steps):
    """The same for the condition of a reward, whatever version the pointer is of."""
    under = "/rewards/mug/if"
    law = Law(with_rule("base", condition=condition), 1)
    failure = silence.first_failure(condition, law.case(bought(), standing()), law.filters, pointer=under)
    if failure is not None:
        assert silence.part_at(condition, failure.pointer, under=under) == failure.condition
        assert silence.part_at(condition, failure.pointer, under="/rewards/cup/if") is None
    found = silence.part_at(condition, "/".join((under, *steps)), under=under)
    assert found is None or found in list(conditions.walk(condition))
    assert silence.part_at(None, under + "/0/tier", under=under) is None


def parts(condition, pointer, *, alone=True):
    """Every condition of a tree with the pointer that means it; a list that has one is that one."""
    if alone:
        several = isinstance(condition, conditions.All) and len(condition.of) > 1
        for place, part in enumerate(condition.of if several else (condition,)):
            yield from parts(part, f"{pointer}/{place}", alone=False)
        return
    here = f"{pointer}/{silence.grammar_conditions.word(condition)}"
    yield here, condition
    if isinstance(condition, conditions.All | conditions.Any):
        for place, part in enumerate(condition.of):
            yield from parts(part, f"{here}/{place}", alone=False)
    if isinstance(condition, conditions.Not):
        yield from parts(condition.of, here, alone=False)


C = conditions
DEEP = C.All((
    C.Weekday(frozenset({1})),
    C.Any((C.Not(C.Any((C.First(), C.Nth(2)))), C.All((C.BirthdayMonth(), C.Not(C.Not(C.First("visit"))))))),
    C.All((C.Nth(3),)),
))  # fmt: skip


@pytest.mark.parametrize("condition", [DEEP, DEEP.of[1], C.All((DEEP,)), C.First(), C.All((C.First(),))])
def test_every_part_of_a_condition_is_found_by_its_pointer(condition):
    (rule,) = [one for one in AURORA.rules if one.key == "weekend"]
    rule = msgspec.structs.replace(rule, condition=condition)
    document = grammar.write(msgspec.structs.replace(AURORA, rules=(rule,)))
    for pointer, part in parts(condition, "/rules/weekend/if"):
        assert silence.condition_at(rule, pointer) is part, pointer
        assert exists(document, pointer)
        # What leads nowhere means nothing: one step more, another word, a place that is not there, another rule.
        word = pointer.rpartition("/")[2]
        for wrong in (f"{pointer}/99", f"{pointer}/x", f"{pointer}x", pointer.replace("weekend", "base"),
                      pointer.removesuffix(word) + "moon", f"{pointer}/0/moon", f"{pointer}/9/first"):  # fmt: skip
            assert silence.condition_at(rule, wrong) is None, wrong


@pytest.mark.parametrize("pointer", ["", "/rules/weekend/if", "/rules/weekend/if/", "/rules/weekend/lines"])
def test_a_pointer_to_something_else_means_no_condition(pointer):
    (rule,) = [one for one in AURORA.rules if one.key == "weekend"]
    assert silence.condition_at(rule, pointer) is None
    assert silence.condition_at(msgspec.structs.replace(rule, condition=None), "/rules/weekend/if/0/store") is None
