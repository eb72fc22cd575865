"""What every line got: the whole award and nothing else, as the naive reading says, whatever the order of the lines."""

import hypothesis
import msgspec
from hypothesis import strategies as st

from guerdon.core import attribution
from guerdon.core.activities import Activity, Line, Member
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.features.programmes import forms
from tests import effort, shop
from tests.core import naive_lines
from tests.core.naive import Asked
from tests.core.small import NOON, Small

dice = st.randoms(use_true_random=False).map(Small)
many = hypothesis.settings(max_examples=effort.times(150, 3_000))


def _by_unit(law, activity, decision):
    """By unit, what each line got by which rule."""
    found = {award.unit: [{} for _ in activity.lines] for award in decision.awards}
    for award in attribution.spread(law=law, activity=activity, decision=decision):
        for line in award.lines:
            assert line.points == sum(line.rules.values()) > 0
            into = found[award.unit][line.line - 1]
            for rule, points in line.rules.items():
                into[rule] = into.get(rule, 0) + points
    return found


def _decided(small):
    programme, standing, left = small.programme(), small.standing(), small.budgets()
    law, activity = Law(programme, 1), small.activity()
    decision = law.decide(activity, standing, posted_at=activity.occurred_at, budgets=left).decision
    return law, activity, decision, Asked(programme, activity, standing, left)


@many
@hypothesis.given(dice)
def test_the_lines_of_an_award_are_the_award(small):
    law, activity, decision, _ = _decided(small)
    switches = law.programme.earning
    earning = [line for line in activity.lines if line.kind == "goods" or getattr(switches, line.kind)]
    for award, told in zip(
        decision.awards, attribution.spread(law=law, activity=activity, decision=decision), strict=True
    ):
        assert msgspec.structs.replace(told, lines=()) == award
        assert sum(line.points for line in told.lines) == (award.points if earning else 0)
        assert all(activity.lines[line.line - 1] in earning for line in told.lines)
        for share in {share.rule for share in award.shares} if earning else ():
            of_rule = sum(one.points for one in award.shares if one.rule == share)
            assert sum(line.rules.get(share, 0) for line in told.lines) == of_rule


@many
@hypothesis.given(dice)
def test_the_stored_shares_say_what_the_naive_law_says(small):
    law, activity, decision, asked = _decided(small)
    naive, _ = naive_lines.by_line(asked)
    for unit, lines in _by_unit(law, activity, decision).items():
        assert lines == naive[unit]


@many
@hypothesis.given(dice)
def test_lines_in_another_order_get_the_same(small):
    law, activity, decision, asked = _decided(small)
    hypothesis.assume(len(activity.lines) > 1 and not naive_lines.by_line(asked)[1])
    order = small.dice.sample(range(len(activity.lines)), len(activity.lines))
    other = msgspec.structs.replace(activity, lines=tuple(activity.lines[place] for place in order))
    expected = _by_unit(law, activity, decision)
    for unit, lines in _by_unit(law, other, decision).items():
        assert lines == [expected[unit][place] for place in order]


def _thanked(*lines):
    """What each line gets of a bonus of five points."""
    rules = {"thanks": {"when": "purchase", "then": [{"fixed": {"unit": "points", "give": 5}}]}}
    programme = forms.read_document(shop.document("cafe", rules=rules)).programme
    activity = Activity("purchase", "till", "one", NOON, Member(id="m"), lines=lines)
    law = Law(programme, 1)
    decision = law.decide(activity, Standing(account_id="m", enrolled_at=NOON), posted_at=NOON).decision
    (award,) = attribution.spread(law=law, activity=activity, decision=decision)
    assert award.points == 5
    return {line.line: line.points for line in award.lines}


def test_a_bonus_goes_where_the_money_is_and_evenly_where_all_is_free():
    free, paid, tax = Line(amount=300, discount=300), Line(amount=300), Line(amount=300, kind="tax")
    assert _thanked(free, paid, tax) == {2: 5}
    assert _thanked(free, tax, free) == {1: 3, 3: 2}
    assert _thanked(tax, tax) == {}
