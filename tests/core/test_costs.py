"""What campaigns cost, by hand."""

from guerdon.core import costs
from guerdon.core.costs import Cost


def test_points_cost_what_their_unit_says_rounded_down():
    assert costs.of_points("points", 250, worth=(100, 99)) == Cost("points", "points", 250, 247)
    assert costs.of_points("points", 250, worth=None).amount is None


def test_a_total_is_known_only_where_all_of_it_is():
    two = (Cost("points", "points", 250, 247), Cost("vouchers", "autumn", 3, 900))
    assert costs.total(two) == 1_147
    assert costs.total((*two, Cost("points", "beans", 5, None))) is None
    assert (costs.total(()), costs.total(None)) == (0, None)
