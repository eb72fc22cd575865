"""Every KPI against numbers worked out by hand from the history of `by_hand`; the arithmetic stands beside each."""

from fractions import Fraction

import pytest

from guerdon.core.errors import Refusal
from guerdon.insight.kpis import definitions, ladder
from guerdon.insight.kpis.asked import NotExported
from tests.insight.kpis import test_golden_more
from tests.insight.kpis.by_hand import told

pytestmark = pytest.mark.usefixtures("each_engine")
MARCH = ("03-01", "04-01")
QUARTER = ("01-01", "04-01")


def test_enrolments():
    """Ann, Ben, Cleo, Dan, Fay, Gus: Eve was merged, so six; in March Dan alone."""
    assert told("enrolments", *QUARTER) == [(6, None, 6)]
    assert told("enrolments", *MARCH) == [(1, None, 1)]


def test_active_rate():
    """Members at the end are Ann, Ben, Cleo, Dan, Gus. In March all but Gus did something: 4 ÷ 5."""
    assert told("active_rate", *MARCH) == [(4, 5, 8_000)]
    assert told("active_rate", *MARCH, stores=["south"]) == [(2, 5, 4_000)]  # Ann and Ben
    assert told("active_rate", *MARCH, tiers=["gold"]) == [(1, 1, 10_000)]
    assert told("active_rate", *MARCH, segments=["vip"], stores=["south"]) == [(0, 1, 0)]


def test_repeat_purchase_rate():
    """Ann bought twice in March (an amended order is one), Cleo and Dan once: 1 ÷ 3 = 33.33 %. In all of it Ann with
    Eve's five times, Cleo twice, Ben and Dan once: 2 ÷ 4."""
    assert told("repeat_purchase_rate", *MARCH) == [(1, 3, 3_333)]
    assert told("repeat_purchase_rate", *QUARTER) == [(2, 4, 5_000)]
    assert told("repeat_purchase_rate", "04-01", "05-01") == [(0, 0, None)]


def test_average_order_value():
    """March: 10 + 60 + 20 + 25 (amended) − 10 − 20 = 85.00 EUR by three orders = 28.33; one of 15.00 USD.
    In the north: 60 + 20 + 25 − 30 = 75.00 by two."""
    assert told("average_order_value", *MARCH) == [("EUR", 8_500, 3, 2_833), ("USD", 1_500, 1, 1_500)]
    assert told("average_order_value", *MARCH, stores=["north"]) == [("EUR", 7_500, 2, 3_750), ("USD", 1_500, 1, 1_500)]


def test_purchase_frequency():
    """Four orders of three buyers in March: 1.33; two of the only one who is gold. The day after the last one does not
    count, the first one does: three of three up to the twentieth, Ann's one from then on."""
    assert told("purchase_frequency", "03-01", "03-20") == [(3, 3, 100)]
    assert told("purchase_frequency", "03-20", "04-01") == [(1, 1, 100)]
    assert told("purchase_frequency", *MARCH) == [(4, 3, 133)]
    assert told("purchase_frequency", *MARCH, tiers=["gold"]) == [(2, 1, 200)]


def test_units_per_basket():
    """January: 2 + 1 pieces in two baskets; Ben's was told in one sum. March: 1 + 1 + 4 + 2 in four."""
    assert told("units_per_basket", "01-01", "02-01") == [(3, 2, 150)]
    assert told("units_per_basket", *MARCH) == [(8, 4, 200)]


def test_earn_rate():
    """March: 10 + 60 + 20 earned − 5 cancelled − 10 clawed back = 75 points for 85.00 EUR: 0.88 for one."""
    assert told("earn_rate", *MARCH) == [("points", 7_500, 8_500, 88)]


def test_redemption_rate_by_points():
    """March: 40 + 3 burned − 15 reinstated = 28; 90 earned − 5 cancelled = 85; 28 ÷ 85 = 32.94 %.
    In the north 40 were burned of which 15 came back by no store, and 60 + 20 earned."""
    assert told("redemption_rate_points", *MARCH) == [("points", 28, 85, 3_294)]
    assert told("redemption_rate_points", *MARCH, stores=["north"]) == [("points", 40, 80, 5_000)]


def test_redemption_rate_by_members():
    """In March Ann, Ben, Cleo and Dan were active; Ben and Cleo spent points: 2 ÷ 4."""
    assert told("redemption_rate_members", *MARCH) == [(2, 4, 5_000)]


def test_first_redemption_rate():
    """Of the six who joined, Ann, Ben and Cleo have spent points by April; by March Ann alone of five."""
    assert told("first_redemption_rate", *QUARTER) == [(3, 6, 5_000)]
    assert told("first_redemption_rate", "01-01", "03-01") == [(1, 5, 2_000)]


def test_breakage():
    """Earned 35 + 70 + 90 − 10 clawed back − 5 cancelled = 180, of which Ben's 20 expired: 11.11 %.
    Of January's 35 nothing had expired when January was over. What Ann sent Ben was not earned again."""
    assert told("breakage", *QUARTER) == [("points", 20, 180, 1_111)]
    assert told("breakage", "01-01", "02-01") == [("points", 0, 35, 0)]


def test_dormant_points():
    """At the end of September Ann has 10 + 30 + 10 + 20 − 12 − 3 − 5 = 50, Eve's account 5, Cleo's 65, Ben's none.
    Ann came on the fifteenth; 180 days before the end is the fourth of April: 70 ÷ 120 = 58.33 %.
    At the end of March nobody slept, and Ben's 20 had just expired."""
    assert told("dormant_points", "09-01", "10-01") == [("points", 70, 120, 5_833)]
    assert told("dormant_points", *MARCH) == [("points", 0, 120, 0)]


def test_retention():
    """January's two are Ann (with Eve) and Ben, and Ann came back in both months; February's is Cleo, March's Dan."""
    assert told("retention", *QUARTER) == [
        ("2026-01", 0, 2, 2, 10_000), ("2026-01", 1, 1, 2, 5_000), ("2026-01", 2, 1, 2, 5_000),
        ("2026-02", 0, 1, 1, 10_000), ("2026-02", 1, 1, 1, 10_000),
        ("2026-03", 0, 1, 1, 10_000),
    ]  # fmt: skip
    # Of the cohort of the south: Ben in January, Cleo in February, Ann in March.
    assert told("retention", "01-01", "02-01", stores=["south"]) == [("2026-01", 0, 1, 1, 10_000)]
    assert told("retention", *QUARTER, stores=["south"])[1:3] == [
        ("2026-01", 1, 0, 1, 0), ("2026-01", 2, 0, 1, 0),
    ]  # fmt: skip


def test_churn():
    """February has 28 days, and the 28 before it begin on the fourth of January: Ann and Ben bought then, and Ben not
    in February. In the 31 days before March Ann and Cleo did, and both came back."""
    assert told("churn", "02-01", "03-01") == [(1, 2, 5_000)]
    assert told("churn", *MARCH) == [(0, 2, 0)]


def test_tier_mix():
    """Of five members at the end of March Cleo is silver, Ann gold, the others nothing yet."""
    assert told("tier_mix", *MARCH) == [
        ("status", "", 3, 5, 6_000), ("status", "silver", 1, 5, 2_000), ("status", "gold", 1, 5, 2_000),
    ]  # fmt: skip


def test_tier_migration():
    """Ben and Gus stayed below, of the two silver ones Ann went up; Dan was not there in February."""
    assert told("tier_migration", *MARCH) == [
        ("status", "", "", 2, 2, 10_000), ("status", "silver", "silver", 1, 2, 5_000),
        ("status", "silver", "gold", 1, 2, 5_000),
    ]  # fmt: skip
    # In January nobody had a tier yet, and of those who were there then Ann rose by the end of February.
    assert told("tier_migration", "02-01", "03-01") == [
        ("status", "", "", 1, 2, 5_000), ("status", "", "silver", 1, 2, 5_000),
    ]  # fmt: skip
    with pytest.raises(NotExported, match="2025-12"):
        told("tier_migration", *QUARTER)


def test_rfm():
    """March, 1 + ⌊5 × below ÷ 3⌋. Lately: Dan 1, Cleo 2, Ann 4. Often: Cleo and Dan 1, Ann (twice) 4. For how much in
    EUR: Dan 0 → 1, Ann 35.00 → 2, Cleo 50.00 → 4. The mean of both, rounded half up: Ann 3, Cleo 3, Dan 1.
    So Ann (4, 3) may become loyal, Cleo (2, 3) is at risk, Dan (1, 1) is lost."""
    assert told("rfm", *MARCH) == [
        ("at_risk", 1, 3, 3_333), ("lost", 1, 3, 3_333), ("potential_loyal", 1, 3, 3_333),
    ]  # fmt: skip


def test_ultimate_redemption_rate():
    """Redeemed of January's 35: 0, 10, 10 in all by its age; of February's 70: 2, then 2 + 40 − 15 + Ben's 3 = 30; of
    March's 75: 0. Factors: (10 + 30) ÷ (0 + 2) = 20, then 10 ÷ 10 = 1. In the end 10, 30 and 0: 40 ÷ 180 in all."""
    assert told("ultimate_redemption_rate", *MARCH) == [
        ("points", "2026-01", 10, 35, 2_857), ("points", "2026-02", 30, 70, 4_286), ("points", "2026-03", 0, 75, 0),
        ("points", "all", 40, 180, 2_222),
    ]  # fmt: skip


def test_the_chain_ladder():
    """In all by age: 10, 30, 40 | 20, 50 | 15. Factors 80 ÷ 30 = 8/3 and 40 ÷ 30 = 4/3: 40, 50 × 4/3, 15 × 8/3 × 4/3.
    A month of which more would come back than was earned ends at what was earned; one without a past has factor 1."""
    found = ladder.project([100, 100, 100], [[10, 20, 10], [20, 30], [15]])
    assert [one.ultimate for one in found] == [40, Fraction(200, 3), Fraction(160, 3)]
    assert [one.ultimate for one in ladder.project([100, 50], [[1, 99], [2]])] == [100, 50]
    assert [one.ultimate for one in ladder.project([100, 50], [[0, 9], [2]])] == [9, 2]


def test_each_kpi_has_its_test():
    """A KPI that nobody worked out by hand is not there."""
    names = {
        "redemption_rate_points": "redemption_rate_by_points",
        "redemption_rate_members": "redemption_rate_by_members",
    }
    known = {*globals(), *vars(test_golden_more)}
    assert not [key for key in definitions.KPIS if f"test_{names.get(key, key)}" not in known]


def test_what_can_not_be_asked_is_refused():
    with pytest.raises(NotExported, match="2026-10"):
        told("enrolments", "10-01", "11-01")
    with pytest.raises(Refusal, match="kpi_unknown"):
        told("happiness", *MARCH)
    with pytest.raises(Refusal, match="figures_period_invalid"):
        told("enrolments", "04-01", "04-01")
