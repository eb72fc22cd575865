"""The summary of a programme against what its history is known to hold."""

from guerdon.insight import summary
from guerdon.insight.summary import RulePoints
from tests.insight.lived import Lived


def test_a_summary_adds_up(copy: Lived):
    found = summary.of(copy.grocer.programme_id)
    assert (found.key, found.members, found.facts, found.purchases) == ("grocer", 1, 1, 1)
    assert found.issued == {"points": 30}
    assert found.rules == (RulePoints("base", "points", 30, 1),)


def test_the_rules_that_gave_most_come_first(copy: Lived):
    found = summary.of(copy.cafe.programme_id, rules_max=3)
    assert [one.rule for one in found.rules] == ["base", "base", "welcome"]
    assert found.rules[0].points > found.rules[1].points and found.issued["stamps"] == 4
    assert found.facts > found.purchases > 10
