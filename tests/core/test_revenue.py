"""The law of deferred revenue: the worked examples of IFRS 15 and of its handbooks; nothing is lost or doubled."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import revenue
from guerdon.core.closing import Flow, Past, Sold, Sums
from guerdon.core.ledger import COUNTERPART, CREDITS
from guerdon.core.programme import Unit, Worth
from guerdon.core.revenue import Period, Pool, Terms


def terms(percent, worth=1):
    return {"points": Terms(Fraction(worth), percent * 100)}


def months(*told, past=None):
    """Months one after the other, each of its share in percent, its flows and what was sold; the rest follows."""
    found, had = [], 0 if past is None else sum(flow.points for flow in past.flows)
    for number, (percent, flows, sold) in enumerate(told, start=1):
        sums = Sums("points", had, tuple(Flow(*flow) for flow in flows), tuple(sold), past if number == 1 else None)
        found.append(Period(f"2026-{number:02}", sums, {} if percent is None else terms(percent)))
        had = sums.closing
    return found


def told(*periods):
    return revenue.statement("points", months(*periods))


# IFRS 15, Illustrative Example 52: 10,000 points for sales of 100,000, worth 1 each; 9,500 are expected to be redeemed.
FIRST = (95, [("earn", 10_000), ("burn", -4_500)], [Sold(10_000, 100_000)])
SECOND = (97, [("burn", -4_000)], [])


def test_illustrative_example_52():
    assert revenue.allot(100_000, [Fraction(9_500)]) == (91_324, 8_676)
    first, second = told(FIRST, SECOND)
    assert (first.opening, first.allocated, first.recognised, first.closing) == (0, 8_676, 4_110, 4_566)
    assert (second.opening, second.allocated, second.recognised, second.closing) == (4_566, 0, 3_493, 1_073)
    assert (first.price, first.expected, second.expected, second.redeemed) == (100_000, 9_500, 9_700, 8_500)
    assert first.begins and not second.begins


def test_examples_10a_and_10b_of_the_handbook():
    """9,000 are allocated; 4,500 of 9,700 expected points are redeemed, then 8,500 of more or fewer than expected."""
    first = revenue.recognised(9_000, 4_500, Fraction(9_700), left=5_500)
    up, down = (revenue.recognised(9_000, 8_500, Fraction(of), left=1_500) for of in (9_900, 9_200))
    assert (first, up - first, down - first) == (4_175, 3_552, 4_140)


def test_breakage_is_what_expecting_fewer_adds():
    [first] = told(FIRST)
    assert first.breakage == 4_110 - 3_904  # 8,676 × 4,500 ÷ 10,000 = 3,904.2
    [whole] = told((100, *FIRST[1:]))
    assert whole.breakage == 0


def test_when_nothing_is_left_all_is_revenue_however_few_were_redeemed():
    lines = told(FIRST, (95, [("burn", -2_000), ("expire", -3_500)], []))
    assert lines[-1].closing == 0 and sum(one.recognised for one in lines) == 8_676


def test_a_return_gives_back_the_part_of_its_points_and_opening_the_order_again_undoes_it():
    earned = (95, [("earn", 10_000)], [Sold(10_000, 100_000)])
    back, again = (95, [("claw_back", -2_500)], []), (95, [("restore", 2_500)], [])
    lines = told(earned, back, again)
    assert [one.allocated for one in lines] == [8_676, -2_169, 2_169]
    assert [one.recognised for one in lines] == [0, 0, 0]


def test_points_without_a_sale_are_allotted_nothing_and_share_in_the_rest():
    lines = told((95, [("earn", 12_000), ("burn", -4_500)], [Sold(10_000, 100_000), Sold(2_000)]))
    assert (lines[0].allocated, lines[0].expected) == (8_676, 11_400)
    assert lines[0].recognised == 3_425  # 8,676 × 4,500 ÷ 11,400


def test_a_price_is_split_between_all_units_that_it_earned():
    both = {"points": Terms(Fraction(1), 9_500), "stamps": Terms(Fraction(10), 8_000)}
    sold = Sold(10_000, 100_000, (("stamps", 100),))
    of_points = Period("2026-01", Sums("points", 0, (Flow("earn", 10_000),), (sold,)), both)
    mirrored = Sold(100, 100_000, (("points", 10_000),))
    of_stamps = Period("2026-01", Sums("stamps", 0, (Flow("earn", 100),), (mirrored,)), both)
    [points], [stamps] = revenue.statement("points", [of_points]), revenue.statement("stamps", [of_stamps])
    goods, *rest = revenue.allot(100_000, [Fraction(9_500), Fraction(800)])
    assert [points.allocated, stamps.allocated] == rest and goods + sum(rest) == 100_000
    assert points.allocated < 8_676  # what it would be without the stamps


def test_what_was_before_is_brought_forward_at_the_first_terms():
    past = Past((Flow("earn", 10_000), Flow("burn", -4_500)), (Sold(10_000, 100_000),))
    [line] = revenue.statement("points", months((95, [("burn", -100)], []), past=past))
    assert (line.opening, line.begins) == (4_566, True)
    silent, said = (None, *FIRST[1:]), (95, [("burn", -100)], [])
    assert [(one.month, one.opening) for one in told(silent, said)] == [("2026-02", 4_566)]


def test_a_unit_that_says_no_share_has_no_terms():
    unit = Unit("points", "redeemable", {"en": "points"}, worth=Worth(100, 50))
    assert revenue.valued([unit]) == {}
    said = Unit("points", "redeemable", {"en": "points"}, worth=Worth(100, 50, 9_500))
    assert revenue.terms(revenue.valued([said]))["points"].price(1_000) == Fraction(475)
    assert told((None, *FIRST[1:])) == []


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        (lambda sums: Sums(sums.unit, sums.opening + 1, sums.flows, sums.sold), "it opens with 5501 points"),
        (lambda sums: Sums(sums.unit, sums.opening, sums.flows, (Sold(1, 10),)), "its sales have earned 1 points"),
    ],
)
def test_a_month_that_does_not_tie_with_its_points_is_named(fault, named):
    first, second = months(FIRST, SECOND)
    planted = Period(second.month, fault(second.sums), second.terms)
    with pytest.raises(AssertionError, match=f"2026-02, points: {named}"):
        revenue.statement("points", [first, planted])


def test_every_kind_of_posting_has_its_role():
    assert revenue.ROLES.keys() == COUNTERPART.keys()


def every_kind():
    """A month in which every kind of posting moves points, each another number; what passes comes to nothing."""
    passed = {kind: 10 if kind.endswith("_in") else -10 for kind, role in revenue.ROLES.items() if role == "passed"}
    kinds = [kind for kind in revenue.ROLES if kind not in (*passed, "earn")]
    moved = {kind: (1 if kind in CREDITS else -1) * (number + 1) for number, kind in enumerate(kinds)}
    return (95, [("earn", 10_000), *passed.items(), *moved.items()], [Sold(10_000, 100_000)]), moved


def test_every_kind_of_posting_ties_and_one_that_is_left_out_is_found(monkeypatch):
    month, moved = every_kind()
    [line] = told(month)
    assert line.points == 10_000 + sum(moved.values())
    assert line.redeemed == -(moved["burn"] + moved["reinstate"] + moved["donate"])
    monkeypatch.setitem(revenue.ROLES, "repay", "forgotten")
    with pytest.raises(AssertionError, match=f"members have {line.points - moved['repay']} points, but it is"):
        told(month)


def test_no_more_are_expected_than_members_still_have():
    [line] = told((95, [("earn", 10_000), ("burn", -4_500), ("expire", -5_000)], [Sold(10_000, 100_000)]))
    assert (line.expected, line.recognised, line.closing) == (5_000, 7_808, 868)  # 8,676 × 4,500 ÷ 5,000 = 7,808.4


@given(st.integers(1, 10**13), st.lists(st.fractions(0, 10**12), min_size=1, max_size=4))
def test_a_split_loses_nothing_and_is_off_by_less_than_one(price, prices):
    parts = revenue.allot(price, prices)
    assert sum(parts) == price and min(parts) >= 0
    whole = price + sum(prices)
    assert all(abs(part - price * weight / whole) < 1 for part, weight in zip(parts, [price, *prices], strict=True))


@st.composite
def lives(draw):
    """Some months as they can be: earned on sales and without, spent, ended, taken back and given again."""
    found, has, earned, taken = [], 0, 0, 0
    for _ in range(draw(st.integers(1, 6))):
        points, free = draw(st.integers(0, 5_000)), draw(st.integers(0, 500))
        has, earned = has + points + free, earned + points
        flows = [("earn", points + free)]
        for kind in ("burn", "expire"):
            gone = draw(st.integers(0, has))
            has -= gone
            flows.append((kind, -gone))
        back = draw(st.integers(-min(taken, 50), min(has, earned - taken)))
        has, taken = has - back, taken + back
        flows.append(("claw_back" if back > 0 else "restore", -back))
        sold = [Sold(points, draw(st.integers(1, 10**7)))] if points else []
        found.append((draw(st.integers(1, 100)), flows, [*sold, *([Sold(free)] if free else [])]))
    return found, has


@given(lives())
def test_no_liability_is_negative_and_the_months_add_up(life):
    found, has = life
    lines = told(*found)
    assert all(one.closing >= 0 for one in lines)
    assert [one.opening for one in lines[1:]] == [one.closing for one in lines[:-1]]
    assert lines[0].opening == 0
    whole = sum(one.allocated for one in lines)
    assert 0 <= sum(one.recognised for one in lines) == whole - lines[-1].closing <= whole
    *_, last = told(*found, (95, [("expire", -has)], []))
    assert last.closing == 0  # once nothing is left, all that was allocated has been recognised, once


@given(lives())
def test_months_told_together_come_to_the_same_as_one_by_one(life):
    found, _ = life
    percent = found[-1][0]
    alike = [(percent, flows, sold) for _, flows, sold in found]
    joined = (percent, [flow for _, flows, _ in alike for flow in flows], [one for *_, sold in alike for one in sold])
    [whole], lines = told(joined), told(*alike)
    assert (whole.closing, whole.recognised) == (lines[-1].closing, sum(one.recognised for one in lines))


@given(st.integers(0, 10**9), st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 100))
def test_never_more_is_revenue_than_was_allocated(allocated, redeemed, more, percent):
    pool = Pool(allotted=allocated, sold=redeemed + more, issued=redeemed + more, redeemed=redeemed)
    assert 0 <= pool.at_face <= pool.recognised(percent * 100) <= pool.allocated == allocated


POOL = Pool(allotted=1000, sold=100, issued=100, taken=10, redeemed=20, lapsed=5, lent=4, passed=3)


def test_what_a_portfolio_comes_to():
    """By hand: of 100 issued 10 were taken back, 20 redeemed and 5 ended, 4 came by debts and 3 by passing on."""
    assert (POOL.outstanding, POOL.allocated, POOL.expected(9_000)) == (72, 900, 81)
    assert POOL.recognised(9_000) == revenue.recognised(900, 20, Fraction(81), left=72) == 222
    assert POOL.at_face == revenue.recognised(900, 20, Fraction(90), left=1) == 200
    assert POOL.expected(1_000) == 20, "never fewer than are redeemed"
    assert POOL.expected(10_000) == 90 and Pool(issued=5, redeemed=9).expected(10_000) == 5
    assert (Pool().outstanding, Pool().allocated, Pool().expected(5_000), Pool().recognised(5_000)) == (0, 0, 0, 0)
    gone = Pool(allotted=1000, sold=100, issued=100, redeemed=-5)
    assert (gone.expected(0), gone.at_face, gone.recognised(5_000)) == (0, 0, 0)
    assert Pool(allotted=1000, sold=100, taken=-5).allocated == 1000
    assert Pool(allotted=1000, sold=100, taken=150).allocated == 0


@pytest.mark.parametrize(("left", "revenue_by_now"), [(1, 50), (0, 100), (-1, 100)])
def test_revenue_is_all_of_it_once_nothing_is_left(left, revenue_by_now):
    assert revenue.recognised(100, 5, Fraction(10), left=left) == revenue_by_now
    assert revenue.recognised(100, 15, Fraction(10), left=1) == 100
    assert revenue.recognised(100, 0, Fraction(0), left=1) == 0


def test_months_without_terms_wait_for_the_next_that_has_some():
    quiet = (None, [("earn", 50), ("burn", -10)], [Sold(50, 500)])
    first, second = told(quiet, (100, [("burn", -10)], []), (100, [("burn", -10)], []))
    assert (first.month, first.begins, second.begins) == ("2026-02", True, False)
    assert (first.redeemed, second.redeemed) == (20, 30)
    assert first.closing == second.opening == first.opening + first.allocated - first.recognised
    before, after = told((100, [("earn", 50)], [Sold(50, 500)]), quiet, (100, [("burn", -10)], []))
    assert [before.begins, after.begins] == [True, True] and after.month == "2026-03"


@pytest.mark.parametrize("prices", [[], [Fraction(5)], [Fraction(5), Fraction(7)]])
def test_nothing_is_allotted_of_nothing(prices):
    assert revenue.allot(0, prices) == (0,) * (1 + len(prices))
    assert sum(revenue.allot(100, prices)) == 100 and len(revenue.allot(100, prices)) == 1 + len(prices)
