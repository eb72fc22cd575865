"""KPIs of points owed, rewards, deeds and opinions against numbers worked out by hand from `by_hand_more`."""

import pytest

from tests.insight.kpis.by_hand_more import told

pytestmark = pytest.mark.usefixtures("each_engine_more")
AUGUST = ("08-01", "09-01")


def test_outstanding_points():
    """Ann 100 − 70 + 60 = 90, Ben 40 − 40, Cleo 30; before August Ann had 100 and Ben 40."""
    assert told("outstanding_points", *AUGUST) == [("points", 120, None, 120)]
    assert told("outstanding_points", "01-01", "08-01") == [("points", 140, None, 140)]
    assert told("outstanding_points", *AUGUST, segments=["vip"]) == [("points", 90, None, 90)]


def test_cash_liability():
    """100 points for 1.50: 120 for 1.80, and Cleo's 30 with Ben's none for 0.45."""
    assert told("cash_liability", *AUGUST) == [("EUR", "points", 180, 1, 180)]
    assert told("cash_liability", *AUGUST, segments=["near"]) == [("EUR", "points", 45, 1, 45)]


def test_expiring_soon():
    """60 days after August end with October 30: of lot A 30 are left; B ends later, D never: 30 ÷ 120.
    From the end of July to September 28 only Ben's 40 of 140 end."""
    assert told("expiring_soon", *AUGUST) == [("points", 30, 120, 2_500)]
    assert told("expiring_soon", "01-01", "08-01") == [("points", 40, 140, 2_857)]


def test_participation():
    """In August Ann earned and burned, Cleo earned; that Ben's points expired is none of his doing: 2 ÷ 4."""
    assert told("participation", *AUGUST) == [(2, 4, 5_000)]
    assert told("participation", *AUGUST, segments=["near"]) == [(1, 2, 5_000)]


def test_engagement():
    """All four were active in August; each did something else than buy, if only answered a survey; in January only
    Dan of three."""
    assert told("engagement", *AUGUST) == [(4, 4, 10_000)]
    assert told("engagement", "01-01", "02-01") == [(1, 3, 3_333)]


def test_active_days():
    """Ann on the second, ninth, fourth, fifth and sixth; Cleo on two, Ben and Dan on one: 9 ÷ 4."""
    assert told("active_days", *AUGUST) == [(9, 4, 225)]


def test_reactivation():
    """On August 1 the 180 days go back to February 2: Ann, Ben and Dan had been active before only, and all came back.
    Of the north it is Ann. In July nobody did."""
    assert told("reactivation", *AUGUST) == [(3, 3, 10_000)]
    assert told("reactivation", *AUGUST, stores=["north"]) == [(1, 1, 10_000)]
    assert told("reactivation", "07-12", "08-01") == [(0, 3, 0)]
    assert told("reactivation", "07-01", "08-01") == [(0, 0, None)]  # 180 days before, it was January 2


def test_cost_per_reward():
    """Three mugs for 14.40; nobody knows what a tea costs."""
    assert told("cost_per_reward", *AUGUST) == [("EUR", "mug", 1_440, 3, 480)]
    assert told("cost_per_reward", *AUGUST, segments=["vip"]) == [("EUR", "mug", 900, 2, 450)]


def test_discount_depth():
    """5.00 off 25.00 + 10.00 + 5.00; shipping is no goods."""
    assert told("discount_depth", *AUGUST) == [("EUR", 500, 4_000, 1_250)]
    assert told("discount_depth", *AUGUST, stores=["south"]) == [("EUR", 0, 500, 0)]


def test_net_promoter_score():
    """Ann said 10 in the end and Ben 9, Cleo 6; eleven is no score. A review of 8 is neither."""
    assert told("net_promoter_score", *AUGUST) == [("review", 0, 1, 0), ("survey", 1, 3, 3_333)]
    assert told("net_promoter_score", "08-05", "08-06") == [("survey", -1, 1, -10_000)]


def test_spend_by_redeeming():
    """Ann, who redeemed, spent 30.00, Cleo 5.00."""
    assert told("spend_by_redeeming", *AUGUST) == [("EUR", "no", 500, 1, 500), ("EUR", "yes", 3_000, 1, 3_000)]
    assert told("spend_by_redeeming", "01-01", "02-01") == [("EUR", "no", 3_000, 2, 1_500)]


def test_saved_segments_are_asked_as_those_that_were_told():
    assert told("active_days", *AUGUST, segments=["near"]) == [(3, 2, 150)]
    assert told("active_days", *AUGUST, segments=["near", "vip"]) == [(8, 3, 267)]
