"""What campaigns are worth, measured by those who are held out, where the truth is known because it was made up."""

from datetime import date

import numpy as np
import pytest

from guerdon.core.kpis import Span
from guerdon.insight.kpis.asked import NotExported
from guerdon.insight.roi import answers
from guerdon.insight.roi.answers import NotMeasured, People, Rule
from guerdon.insight.roi.told import Worth
from tests.insight.roi import made_up
from tests.insight.roi.made_up import BEGAN, MONTHS

SUMMER = Span(BEGAN, date(2026, 9, 1))


def measured(span: Span | None = None, *, cost: int | None = None, margin: int | None = None, **world) -> Worth:
    read = made_up.read(made_up.frames(**{"members": 2_000, "lift": 500, **world}))
    return answers.of(read, MONTHS, "EUR", span, margin=margin, cost=cost)


@pytest.fixture(scope="module")
def found() -> Worth:
    return measured(cost=1_000_000)


def test_the_truth_is_found(found):
    """Each spends 5.00 more in each of four months: 20.00 a member. Before, nobody was treated otherwise."""
    assert (found.span, found.began) == (SUMMER, BEGAN)
    assert found.spend.low < 2_000 < found.spend.high
    assert found.total.low < 2_000 * found.members < found.total.high
    assert (found.margin, found.verdict, found.few) == (4_000, "pays", False)


def test_who_joined_in_the_days_is_in_neither_group(found):
    """A hundred of two thousand joined in July; about a tenth of all others is held out."""
    assert found.members + found.held_out == 1_900
    assert found.changed == 0 and not found.balance.alarm
    assert found.balance.expected == pytest.approx(190)


def test_what_was_before_leaves_less_to_chance(found):
    assert found.reduction > 0.5
    width = found.adjusted.high - found.adjusted.low
    assert width < 0.7 * (found.plain.high - found.plain.low)


def test_money_follows(found):
    """40 % of the total is left; (gain - 10,000.00) ÷ 10,000.00."""
    assert found.gain.value == pytest.approx(0.4 * found.total.value, abs=1)
    assert found.returns.value == pytest.approx((found.gain.value - 1_000_000) / 100, abs=1)
    assert found.returns.low < found.returns.value < found.returns.high


def test_the_course_is_told_month_by_month(found):
    """As many whole months before as are measured; the months since together are the plain difference."""
    assert [one.month for one in found.course] == list(MONTHS)
    since = sum(one.treated - one.others for one in found.course[4:])
    assert since == pytest.approx(found.plain.value, abs=4)  # each of the eight means was rounded
    assert abs(sum(one.treated - one.others for one in found.course[:4])) < since / 2


def test_a_cost_that_nobody_earns_back():
    found = measured(cost=10_000_000)
    assert found.verdict == "costs" and found.returns.high < 0


def test_nothing_where_there_is_nothing():
    found = measured(lift=0)
    assert found.verdict == "can_not_say"
    assert found.spend.low < 0 < found.spend.high


def test_few_are_not_enough():
    found = measured(members=300)
    assert found.few and found.verdict == "can_not_say"


def test_without_all_of_the_group_nothing_is_said():
    """A third of those who are held out is gone, whoever took them out: the others are no measure."""
    found = measured(lost=70)
    assert found.balance.alarm and found.balance.p < 0.001
    assert (found.verdict, found.spend, found.gain, found.plain) == ("refused", None, None, None)
    assert found.course == ()


def test_who_changed_groups_is_in_neither():
    """From July on 20 % are held out: those who had campaigns in May and have none in July say nothing."""
    found = measured(later=2_000)
    assert found.changed == pytest.approx(190, abs=40)
    assert found.members + found.held_out + found.changed == 1_900
    assert found.balance.expected == pytest.approx((1_900 - found.changed) * 10 / 90, abs=1)
    assert not found.balance.alarm
    assert found.spend.low < 2_000 < found.spend.high


def test_the_margin_may_be_told():
    assert measured(margin=1_000).gain.value == pytest.approx(measured(margin=2_000).gain.value / 2, abs=1)


def test_days_before_anybody_was_held_out():
    with pytest.raises(NotMeasured, match="since 2026-05-01"):
        measured(Span(date(2026, 4, 1), date(2026, 9, 1)))
    with pytest.raises(NotExported, match="2026-09"):
        measured(Span(BEGAN, date(2026, 10, 1)))


def test_a_hold_out_that_was_given_up_and_begun_again():
    told = [(date(2026, 1, 1), 1, 500), (date(2026, 3, 1), 2, None), (date(2026, 6, 1), 3, 500)]
    assert answers._began(answers._timeline(told)) == date(2026, 6, 1)
    # A version with an earlier beginning that was published later counts from its beginning on.
    assert answers._began(answers._timeline([*told, (date(2026, 2, 1), 4, 300)])) == date(2026, 1, 1)
    assert answers._began(answers._timeline([*told, (date(2026, 7, 1), 4, None)])) is None


def test_who_joined_later_is_like_the_mean_of_the_others():
    """Half of them had no before: taken as nothing spent, it would hide what the before of the others explains."""
    chance = np.random.default_rng(3)
    usual, known = chance.lognormal(8, 0.7, 4_000), np.arange(4_000) % 2 == 0
    people = People(
        np.arange(4_000) % 20 < 2, usual * chance.lognormal(0, 0.2, 4_000), np.where(known, usual, 0.0), known, 0
    )
    rule = Rule(BEGAN, 1_000, 1_000, None)
    told = answers.worth(people, rule, SUMMER, "EUR", margin=None, cost=None)
    blind = answers.worth(people._replace(known=np.ones(4_000, bool)), rule, SUMMER, "EUR", margin=None, cost=None)
    assert told.reduction > 0.4 > blind.reduction
    assert (told.gain, told.returns) == (None, None)
