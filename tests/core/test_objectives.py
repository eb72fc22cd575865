"""Verdicts on objectives, each worked out by hand: the way, the last month that decides, and the pace that is left."""

from fractions import Fraction

import msgspec
import pytest

from guerdon.core import objectives
from guerdon.core.errors import Refusal
from guerdon.core.objectives import Goal, Progress, check, judge

# The average order shall be 5 % above that of the same month last year: on the way from January, decided in June.
AOV = Goal(
    name="AOV +5% by June", kpi="average_order_value", of=("EUR",), store="", tier="", segment="",
    baseline="previous_year", base_first=None, base_last=None, measure="relative", target=500, direction="at_least",
    first="2026-01", last="2026-06",
)  # fmt: skip
LAST_YEAR = {"2026-01": 2_000, "2026-02": 2_100, "2026-03": 2_400, "2026-04": 2_000, "2026-05": 2_200, "2026-06": 3_000}
BASES = {month: Fraction(value) for month, value in LAST_YEAR.items()}
# Dormant points shall come down from 40 % in autumn to 30 % at most, in four months.
DORMANT = msgspec.structs.replace(
    AOV, kpi="dormant_points", of=("points",), baseline="months", base_first="2025-09", base_last="2025-11",
    measure="absolute", target=3_000, direction="at_most", last="2026-04",
)  # fmt: skip
AUTUMN = dict.fromkeys(DORMANT.months, Fraction(4_000))


def told(goal: Goal, bases: dict[str, Fraction], *values: float | Fraction | None) -> Progress:
    """How it goes when these were the first months."""
    found = {
        month: None if value is None else Fraction(value) for month, value in zip(goal.months, values, strict=False)
    }
    return judge(goal, found, bases)


def test_the_way_goes_up_by_as_much_every_month():
    """5 % in six months: 5/6 % of 20.00 in January, 10/6 % of 21.00 in February … and 5 % of 30.00 in June."""
    found = told(AOV, BASES)
    assert [one.month for one in found.steps] == [f"2026-0{month}" for month in range(1, 7)]
    assert found.steps[0].asked == 2_000 + Fraction(100, 6)
    assert found.steps[1].asked == 2_100 + Fraction(105 * 2, 6)
    assert found.steps[5].asked == found.steps[5].target == 3_150
    assert (found.verdict, found.why, found.last, found.pace) == ("not_known", "no_month", None, None)


def test_a_month_on_its_way_is_on_track_and_one_below_it_behind():
    """In January 20.16 is 0.8 % more, short of 5/6 %; 20.17 is 0.85 %, beyond."""
    short, there = told(AOV, BASES, 2_016), told(AOV, BASES, 2_017)
    assert (short.verdict, short.change) == ("behind", 80)
    assert (there.verdict, there.change) == ("on_track", 85)
    # From 0.8 % to 5 % in five months: 0.84 percentage points each; February then is 1.64 % above 21.00: 21.3444.
    assert (short.pace, short.next) == (84, 2_135)
    # From 0.85 % it is 0.83; February is 1.68 % above 21.00: 21.3528.
    assert (there.pace, there.next) == (83, 2_136)


def test_exactly_on_its_way_is_on_track():
    exact = Fraction(2_000) + Fraction(100, 6)
    assert told(AOV, BASES, exact).verdict == "on_track"
    assert told(AOV, BASES, exact - Fraction(1, 10**9)).verdict == "behind"


def test_the_last_month_decides():
    before = (2_300, 2_300, 2_600, 2_200, 2_400)
    assert told(AOV, BASES, *before).verdict == "on_track"  # beyond all of it, but June is not there yet
    assert told(AOV, BASES, *before).pace is None
    assert told(AOV, BASES, *before, 3_150).verdict == "met"
    missed = told(AOV, BASES, *before, 3_149)
    assert (missed.verdict, missed.change, missed.pace, missed.next) == ("missed", 497, None, None)  # 149 ÷ 30: 4.97 %


def test_only_the_last_month_that_is_known_is_looked_at():
    assert told(AOV, BASES, 1_000, 2_200).verdict == "on_track"
    assert told(AOV, BASES, 2_200, 1_000).verdict == "behind"


def test_less_can_be_the_aim():
    """From 40 % to 30 % in four months: 37.5, 35, 32.5, 30."""
    assert [one.asked for one in told(DORMANT, AUTUMN).steps] == [3_750, 3_500, 3_250, 3_000]
    behind = told(DORMANT, AUTUMN, 3_760)
    # From 37.60 to 30 in three months: 2.5333 less each, rounded so that it is enough: 2.54; then 35.06.
    assert (behind.verdict, behind.pace, behind.next, behind.change) == ("behind", -254, 3_506, -600)
    assert told(DORMANT, AUTUMN, 3_760, 3_500).verdict == "on_track"
    assert told(DORMANT, AUTUMN, 3_760, 3_500, 3_400, 3_001).verdict == "missed"
    assert told(DORMANT, AUTUMN, 3_760, 3_500, 3_400, 3_000).verdict == "met"


def test_a_relative_target_may_go_down():
    """10 % fewer than 1,000 in two months: 950, then 900."""
    fewer = msgspec.structs.replace(AOV, target=-1_000, direction="at_most", last="2026-02")
    bases = dict.fromkeys(fewer.months, Fraction(1_000))
    assert [one.asked for one in told(fewer, bases).steps] == [950, 900]
    assert (told(fewer, bases, 951).verdict, told(fewer, bases, 950).verdict) == ("behind", "on_track")
    assert (told(fewer, bases, 951).pace, told(fewer, bases, 951).next) == (-510, 900)


def test_of_a_month_without_a_number_nothing_is_said():
    found = told(AOV, BASES, 2_100, None)
    assert (found.verdict, found.why, found.last) == ("not_known", "no_value", "2026-02")


@pytest.mark.parametrize("base", [None, Fraction(0), Fraction(-3)])
def test_without_a_baseline_a_relative_target_is_nowhere(base):
    found = told(AOV, dict.fromkeys(AOV.months, base), 2_100)
    assert (found.verdict, found.why, found.change) == ("not_known", "no_baseline", None)


def test_without_a_baseline_an_absolute_target_is_still_met_or_missed():
    """No way is known, but where it shall be is: from 37.60 to 30 it takes 2.54 a month."""
    found = told(DORMANT, {}, 3_760)
    assert (found.verdict, found.why, found.pace) == ("not_known", "no_baseline", -254)
    assert told(DORMANT, {}, 2_900).verdict == "on_track"
    assert told(DORMANT, {}, 3_760, 3_700, 3_600, 3_000).verdict == "met"
    assert told(DORMANT, {}, 3_760, 3_700, 3_600, 3_100).verdict == "missed"


def test_a_month_whose_year_before_is_not_known_has_no_number_to_reach():
    bases = {month: base for month, base in BASES.items() if month != "2026-02"}
    found = told(AOV, bases, 2_016)
    assert (found.verdict, found.pace, found.next) == ("behind", 84, None)


def test_what_a_month_is_held_against():
    assert AOV.base("2026-02") == ["2025-02"]
    assert DORMANT.base("2026-02") == ["2025-09", "2025-10", "2025-11"]


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("objective_months_invalid", {"first": "2026-07"}),  # after its last
        ("objective_months_invalid", {"first": "2025-09", "last": "2025-12"}),  # over
        ("objective_months_invalid", {"first": "2026-01", "last": "2028-01"}),  # 25 of them
        ("month_invalid", {"last": "2026-13"}),
        ("objective_baseline_invalid", {"base_first": "2025-01", "base_last": "2025-03"}),  # of the year before
        ("objective_baseline_invalid", {"baseline": "months"}),
        ("objective_baseline_invalid", {"baseline": "months", "base_first": "2025-01"}),
        ("objective_baseline_invalid", {"baseline": "months", "base_first": "2025-03", "base_last": "2025-01"}),
        ("objective_baseline_invalid", {"baseline": "months", "base_first": "2025-12", "base_last": "2026-01"}),
        ("objective_baseline_invalid", {"baseline": "months", "base_first": "2023-01", "base_last": "2025-01"}),
        ("objective_target_invalid", {"target": 0}),
        ("objective_target_invalid", {"target": -10_001}),
    ],
)
def test_what_is_no_objective(code, changed):
    with pytest.raises(Refusal, match=code):
        check(msgspec.structs.replace(AOV, **changed), this_month="2026-01")


@pytest.mark.parametrize(
    "changed",
    [
        {}, {"last": "2026-01"}, {"first": "2025-01", "last": "2026-12"}, {"target": -10_000},
        {"measure": "absolute", "target": 0},
        {"baseline": "months", "base_first": "2023-12", "base_last": "2025-11"},
    ],
)  # fmt: skip
def test_what_is_one(changed):
    check(msgspec.structs.replace(AOV, **changed), this_month="2026-01")


def test_reached_is_at_or_beyond():
    assert objectives.reached(AOV, Fraction(5), Fraction(5)) and not objectives.reached(AOV, Fraction(4), Fraction(5))
    assert objectives.reached(DORMANT, Fraction(4), Fraction(5))
    assert not objectives.reached(DORMANT, Fraction(6), Fraction(5))
