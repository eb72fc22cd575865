"""How rules meet: what is called impossible never happens, what is called certain always does."""

import random
from datetime import UTC, date, datetime
from pathlib import Path

import hypothesis
import msgspec
import pytest
from hypothesis import strategies as st

import guerdon
from guerdon.core import conditions as c
from guerdon.core import conflicts, effects, matching, reach, sentences
from guerdon.core.law import Law
from guerdon.core.matching import Filters
from guerdon.core.period import Period
from guerdon.core.rules import Caps, Rule
from guerdon.core.sentences import of_conflicts
from guerdon.features.programmes import forms
from tests import effort
from tests.core.small import NOON, Small

AURORA = forms.load((Path(guerdon.__file__).parent / "demo" / "aurora.yaml").read_bytes())
AT = datetime(2026, 1, 1, tzinfo=UTC)
dice = st.randoms(use_true_random=False).map(Small)


@hypothesis.settings(max_examples=effort.times(300, 6_000), deadline=None)
@hypothesis.given(dice)
def test_no_verdict_is_ever_wrong(small):
    programme = small.programme()
    law, report = Law(programme, 1), conflicts.report(programme, AT)
    silent = {one.rule: one for one in report.rules if one.silent}
    by_key = {rule.key: rule for rule in programme.rules}
    for _ in range(6):
        activity, standing, left = small.activity(), small.standing(), small.budgets()
        case = law.case(activity, standing)
        fired = {one.key for one in law._fired(case, [])}
        fed = {key for key in fired if has_lines(law, by_key[key], case)}
        decision = law.decide(activity, standing, posted_at=activity.occurred_at, budgets=left).decision
        counted = {share.rule for award in decision.awards for share in award.shares}
        for key, one in silent.items():
            assert key not in counted, one
            assert key not in fired or one.kind in ("lines", "shadowed"), one
        for pair in report.pairs:
            both = {pair.first, pair.second}
            if pair.kind in ("window", "condition"):
                assert not both <= fired, pair
            if pair.kind == "group":
                assert not both <= counted, pair
            if pair.kind == "always":
                assert pair.first not in fed or pair.second in fed, pair
            if pair.kind == "lines":
                filters = Filters()
                bits = filters.bit(by_key[pair.first].where) | filters.bit(by_key[pair.second].where)
                assert not [line for line in activity.goods if filters.mask(line) & bits == bits], pair


@hypothesis.settings(max_examples=effort.times(300, 6_000), deadline=None)
@hypothesis.given(dice)
def test_no_shadowed_rule_ever_counts(small):
    """Rivals of one group that often shadow each other, among whatever else the programme has."""
    one = small.effect("p")
    asked = small.maybe(small.condition)
    rivals = [
        rule(key, group="g", then=(more,), condition=asked if small.chance(2) else None)
        for key, more in (("ra", one), ("rz", small.of([one, small.effect("p")])))
    ]
    whole = small.programme()
    whole = msgspec.structs.replace(whole, rules=(*whole.rules, *rivals))
    shadowed = {one.rule for one in conflicts.report(whole, AT).rules if one.kind == "shadowed"}
    hypothesis.assume(shadowed)
    law = Law(whole, 1)
    for _ in range(4):
        activity = small.activity()
        ruling = law.decide(activity, small.standing(), posted_at=activity.occurred_at, budgets=small.budgets())
        assert not shadowed & {share.rule for award in ruling.decision.awards for share in award.shares}


@hypothesis.settings(max_examples=effort.times(300, 6_000), deadline=None)
@hypothesis.given(dice)
def test_no_rules_that_are_called_apart_ever_meet(small):
    """Rules that ask several simple things each, which often contradict each other."""
    asking = [c.All(tuple(small.of_words() if small.chance(2) else small.condition(depth=1) for _ in range(3)))
              for _ in range(2)]  # fmt: skip
    whole = msgspec.structs.replace(small.programme(), rules=(rule("a", condition=asking[0]), rule("b", condition=asking[1])))  # noqa: E501 # fmt: skip
    report = conflicts.report(whole, AT)
    silent = {one.rule for one in report.rules if one.silent}
    apart = [one for one in report.pairs if one.kind == "condition"]
    hypothesis.assume(silent or apart)
    law = Law(whole, 1)
    for _ in range(8):
        fired = {one.key for one in law._fired(law.case(small.activity(), small.standing()), [])}
        assert not fired & silent
        assert not apart or fired != {"a", "b"}


@hypothesis.settings(max_examples=effort.times(300, 6_000), deadline=None)
@hypothesis.given(dice)
def test_no_condition_that_holds_is_called_impossible(small):
    """The reasoning below the verdicts, on deeper trees: whatever holds, or does not, is in reach."""
    programme = small.programme()
    node = c.All((small.condition(depth=3), small.condition(depth=3)))
    law = Law(msgspec.structs.replace(programme, rules=()), 1)
    activity = small.activity()
    case = law.case(activity, small.standing())
    bound = Law(msgspec.structs.replace(programme, rules=(rule("x", condition=node),)), 1)
    case = bound.case(activity, case.standing)
    holds = matching.test(node, bound.filters)(case)
    kind = reach.Fact("among", "kind", frozenset({activity.kind}))
    day = reach.Fact("range", "day", low=case.calendar.day.toordinal(), high=case.calendar.day.toordinal() + 1)
    found = reach.of_condition(node, holds=holds)
    assert reach.can(tuple((kind, day, *facts) for facts in found))


def has_lines(law, rule, case):
    """Whether a rule that fires has a line to count, or needs none."""
    asks = rule.where is not None and not conflicts._for_nothing(rule)
    return not asks or any(bucket.mask & law.filters.bit(rule.where) for bucket in case.buckets)


def rule(key="a", **facts):
    then = facts.pop("then", (effects.Fixed("p", 10),))
    return Rule(key, {"en": key}, facts.pop("when", ("purchase",)), then, **facts)


def programme(*rules, **facts):
    small = Small(random.Random(1))
    return msgspec.structs.replace(small.programme(per="order"), rules=rules, **facts)


def store(*words):
    return c.Is("store", any_of=frozenset(words))


def tier(*words):
    return c.Is("tier", any_of=frozenset(words))


A, B = (c.LineIs("brand", frozenset(word)) for word in "ab")
LADDER = AURORA.tiers[0]
FIRST, SECOND = (level.key for level in LADDER.levels[:2])


@pytest.mark.parametrize(
    "condition",
    [
        c.All((store("a"), store("b"))),
        c.All((c.Is("kind", any_of=frozenset({"visit"})),)),
        c.All((store("a"), c.Not(store("a", "b")))),
        c.All((c.Basket(amount_min=100), c.Not(c.Basket(amount_min=50)))),
        c.All((c.Lines(c.LineIs("brand", frozenset("a")), amount_min=100), c.Not(c.Basket(amount_min=50)))),
        c.All((c.Hour(600, 660), c.Hour(700, 800))),
        c.All((c.Weekday(frozenset({6, 7})), c.Weekday(frozenset({1})))),
        c.All((c.Dates(date(2026, 3, 2), date(2026, 3, 4)), c.Weekday(frozenset({5})))),
        c.All((c.Dates(until=date(2026, 3, 2)), c.Dates(start=date(2026, 3, 2)))),
        c.All((c.First(), c.Nth(3))),
        c.All((c.First("purchase"), c.Nth(3))),
        c.All((c.BirthdayMonth(), c.Not(c.BirthdayMonth()))),
        c.All((c.Attribute("x", any_of=frozenset({1, 2})), c.Attribute("x", min=3))),
        c.All((c.Attribute("x", exists=False), c.Attribute("x", max=3))),
        c.All((c.Attribute("x", any_of=frozenset({True})), c.Attribute("x", any_of=frozenset({1})))),
        c.All((c.Counter("spend", "year", min=10), c.Counter("spend", "year", max=9))),
        c.All((c.Is("segment", any_of=frozenset("a")), c.Is("segment", none_of=frozenset("a")))),
        c.Any((c.All((store("a"), store("b"))), c.All((c.First(), c.Nth(2))))),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_seen(condition):
    report = conflicts.report(programme(rule(condition=condition)), AT)
    assert [(one.kind, one.verdict) for one in report.rules] == [("condition", "certain")]


def table(*amounts):
    return effects.Table("p", tuple(effects.Step(amount, 1) for amount in amounts))


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (rule(), rule("b"), "always"),
        (rule(condition=store("a")), rule("b", condition=store("a", "b")), "always"),
        (rule(condition=store("a")), rule("b", condition=store("b", "c")), "condition"),
        (rule(condition=tier(FIRST)), rule("b", condition=tier(SECOND)), "condition"),
        (rule(condition=store("a")), rule("b", condition=c.Basket(amount_min=5)), "together"),
        (rule(uses=Caps(day=1)), rule("b", uses=Caps(day=1)), "together"),
        (rule(group="g"), rule("b", group="g", then=(effects.Table("p", (effects.Step(0, 1),)),)), "group"),
        (rule(during=Period(until=NOON)), rule("b", during=Period(NOON)), "window"),
        (rule(where=c.LineIs("brand", frozenset("a"))), rule("b", where=c.LineIs("brand", frozenset("b"))), "lines"),
        (rule(where=c.LineIs("tag", frozenset("a"))), rule("b", where=c.LineIs("tag", frozenset("b"))), "together"),
        (rule(condition=store("a")), rule("b", where=A), "together"),  # a basket of the store may have no such line
        (rule(where=A), rule("b", condition=store("a")), "together"),
        (rule(where=A), rule("b"), "always"),
        (rule(where=A), rule("b", where=A), "always"),
        (rule(where=A), rule("b", where=c.LineAny((A, B))), "always"),
        (rule(condition=store("a"), where=c.LineAny((A, B))), rule("b", where=A), "together"),
        (rule(when=("visit",)), rule("b"), None),
    ],
)  # fmt: skip
def test_how_two_rules_meet(first, second, kind):
    report = conflicts.report(programme(first, second, tiers=(LADDER,)), AT)
    assert [one.kind for one in report.pairs] == [kind] * (kind is not None)


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ([rule(during=Period(until=AT))], [("a", "over")]),
        ([rule(during=Period(NOON, NOON))], [("a", "window")]),
        ([rule(where=c.LineAll((A, B)))], [("a", "lines")]),
        ([rule(where=c.LineAll((A, B)), then=(table(0, 10),))], []),  # its first step asks for no line
        ([rule(where=c.LineAll((A, B)), then=(table(0, 10), effects.Fixed("p", 1)))], []),
        ([rule(where=c.LineAll((A, B)), then=(table(1, 10),))], [("a", "lines")]),
        ([rule(group="g"), rule("b", group="g", then=(effects.Fixed("p", 9),))], [("b", "shadowed")]),
        ([rule(group="g", condition=c.First()), rule("b", group="g", then=(effects.Fixed("p", 9),))], []),
        ([rule(group="g"), rule("b", group="g", then=(effects.Fixed("p", 11),))], [("a", "shadowed")]),
        ([rule(caps=Caps(order=9))], [("a", "cap")]),
        ([rule(budget=9)], [("a", "budget")]),
        ([rule(caps=Caps(day=90, month=80))], [("a", "idle_cap")]),
        ([rule(caps=Caps(week=90, month=80))], []),
        ([rule(uses=Caps(week=3, lifetime=3))], [("a", "idle_uses")]),
    ],
)  # fmt: skip
def test_what_is_to_be_said_of_one_rule(rules, found):
    units = {code: msgspec.structs.replace(unit, caps=Caps()) for code, unit in programme().units.items()}
    report = conflicts.report(programme(*rules, units=units), AT)
    assert [(one.rule, one.kind) for one in report.rules] == found


def test_a_tree_with_too_many_alternatives_is_called_possible():
    wide = c.All(tuple(c.Any((store(f"a{n}"), store(f"b{n}"))) for n in range(12)))
    assert reach.of_condition(wide) == reach.ALWAYS
    assert conflicts.report(programme(rule(condition=wide)), AT).rules == ()


def test_everything_is_a_sentence_in_every_language():
    assert len({frozenset(texts) for texts in of_conflicts.TEXTS.values()}) == 1
    report = conflicts.report(AURORA, AT)
    assert report.pairs and {one.kind for one in report.pairs} >= {"window", "together", "condition"}
    for language in sentences.LANGUAGES:
        tongue = sentences.tongue(language)
        for one in report.rules:
            assert of_conflicts.alone(one, AURORA, tongue).endswith(".")
        for pair in report.pairs:
            assert of_conflicts.pair(pair, AURORA, tongue).endswith(".")


def test_the_report_is_bounded(monkeypatch):
    monkeypatch.setattr("guerdon.core.limits.CONFLICT_PAIRS_MAX", 2)
    report = conflicts.report(programme(*[rule(f"r{n}") for n in range(4)]), AT)
    assert (len(report.pairs), report.left_off) == (2, 4)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (rule(), rule("b"), "Whenever “a” fires, “b” fires, too. Their points add up."),
        (rule(), rule("b", then=(effects.Multiply("p", 2),)),
         "Whenever “a” fires, “b” fires, too. One of them multiplies points."),
        (rule(), rule("b", then=(effects.Fixed("q", 1),)), "Whenever “a” fires, “b” fires, too."),
        (rule(group="g"), rule("b", group="g"), "Of “a” and “b” only the better one counts: they share a group."),
        (rule(where=A), rule("b", where=B),
         "“a” and “b” may meet in a basket, but never on the same line. Their points add up."),
    ],
)  # fmt: skip
def test_how_two_rules_meet_is_told(first, second, told):
    whole = programme(first, second)
    (pair,) = conflicts.report(whole, AT).pairs
    assert of_conflicts.pair(pair, whole, sentences.tongue("en")) == told
    nameless = msgspec.structs.replace(whole, rules=tuple(msgspec.structs.replace(one, name={}) for one in whole.rules))
    assert of_conflicts.pair(pair, nameless, sentences.tongue("en")) == told, "a rule without a name is told by its key"


PER_EURO, PER_TWO = effects.PerAmount("p", 1, 100), effects.PerAmount("p", 2, 200)


@pytest.mark.parametrize(
    ("mine", "theirs", "per", "shadowed"),
    [
        (PER_EURO, PER_TWO, "order", "b"), (PER_EURO, effects.PerAmount("p", 1, 200), "order", "b"),
        (PER_EURO, effects.PerAmount("p", 3, 200), "order", None), (PER_EURO, PER_TWO, "line", None),
        (effects.PerPiece("p", 1, 2), effects.PerPiece("p", 2, 4), "order", "b"),
        (effects.PerPiece("p", 1, 2), effects.PerPiece("p", 2, 3), "order", None),
        (effects.Fixed("p", 5), effects.Fixed("p", 5), "line", "b"),
        (effects.Fixed("p", 5), effects.Fixed("q", 5), "order", None),
        (PER_EURO, effects.Fixed("p", 1), "order", None), (PER_EURO, effects.PerPiece("p", 1), "order", None),
    ],
)  # fmt: skip
def test_who_gives_as_much_and_comes_first_shadows(mine, theirs, per, shadowed):
    whole = programme(rule(group="g", then=(mine,)), rule("b", group="g", then=(theirs,)))
    whole = msgspec.structs.replace(whole, earning=msgspec.structs.replace(whole.earning, per=per))
    found = [(one.rule, one.by) for one in conflicts.report(whole, AT).rules if one.kind == "shadowed"]
    assert found == ([] if shadowed is None else [(shadowed, "a")])


@pytest.mark.parametrize(
    "facts",
    [{"caps": Caps(day=5)}, {"uses": Caps(day=5)}, {"budget": 5}, {"condition": store("a")}, {"during": Period(NOON)},
     {"where": A}, {"when": ("visit",)}, {"group": None}],
)  # fmt: skip
def test_who_is_not_always_there_shadows_nobody(facts):
    """A rule that has bounds, or asks for more, gives nothing where it is at its end or does not hold."""
    whole = programme(rule(**({"group": "g"} | facts)), rule("b", group="g"))
    assert [one for one in conflicts.report(whole, AT).rules if one.kind == "shadowed"] == []
    units = {code: msgspec.structs.replace(unit, caps=Caps()) for code, unit in whole.units.items()}
    plain = msgspec.structs.replace(whole, rules=(rule(group="g"), rule("b", group="g")), units=units)
    assert [one.rule for one in conflicts.report(plain, AT).rules if one.kind == "shadowed"] == ["b"]


@pytest.mark.parametrize(
    ("mine", "theirs", "within"),
    [
        (Period(NOON), Period(NOON), True), (Period(NOON), Period(), True), (Period(), Period(NOON), False),
        (Period(until=NOON), Period(until=NOON), True), (Period(until=NOON), Period(), True),
        (Period(), Period(until=NOON), False),
        (Period(AT, NOON), Period(AT, NOON), True),
    ],
)  # fmt: skip
def test_whenever_one_is_in_force_the_other_is(mine, theirs, within):
    whole = programme(rule(during=mine, condition=store("a")), rule("b", during=theirs))
    assert [(one.kind, one.first) for one in conflicts.report(whole, AT).pairs] == [
        ("always", "a") if within else ("together", "a")
    ]
