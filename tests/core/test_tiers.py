"""The law of tiers: rises at once, comes down at its date, told by one row of steps (LAW 7)."""

from datetime import date

import msgspec
import pytest

from guerdon.core import period
from guerdon.core.ladders import Level
from guerdon.core.tiers import Grant
from tests.core.climber import LEVELS, NAME, SOFIA, WINDOWS, give_back, ladder, levels, noon, rank, spend


def test_a_calendar_year_is_kept_until_the_end_of_the_next_one_and_falls_by_one():
    one = rank(grace_days=30)
    spend(one, "2025-02-01", 100)
    spend(one, "2025-11-01", 250)
    assert not one.advance(noon(date(2026, 1, 30)))
    one.advance(noon(date(2028, 2, 1)))
    assert levels(one) == [
        ("silver", "2025-02-01", "upgrade"), ("gold", "2025-11-01", "upgrade"), ("gold", "2026-01-31", "kept"),
        ("silver", "2027-01-31", "review"), (None, "2028-01-31", "review"),
    ]  # fmt: skip


def test_what_is_done_in_the_days_of_grace_still_keeps_the_tier():
    one = rank(grace_days=30)
    spend(one, "2025-02-01", 300)
    one.advance(noon(date(2026, 2, 1)))
    spend(one, "2027-01-20", 300)
    one.advance(noon(date(2027, 2, 1)))
    assert levels(one)[-1] == ("gold", "2027-01-31", "kept")


def test_earned_falls_to_what_is_earned():
    one = rank(downgrade="earned")
    spend(one, "2025-02-01", 950)
    one.advance(noon(date(2026, 1, 2)))
    assert levels(one)[-1] == ("top", "2026-01-01", "kept")
    one.advance(noon(date(2027, 1, 2)))
    assert levels(one)[-1] == (None, "2027-01-01", "review")


def test_nobody_lands_on_a_tier_that_is_by_invitation_only():
    one = rank()
    spend(one, "2025-02-01", 950)
    one.advance(noon(date(2027, 1, 2)))
    assert levels(one)[-1] == ("gold", "2027-01-01", "review")


def test_a_membership_year_ends_on_the_anniversary():
    one = rank(window="membership_year")
    spend(one, "2025-03-09", 60)
    spend(one, "2025-03-10", 60)
    assert not one.steps
    spend(one, "2026-03-09", 40)
    assert one.steps[-1].review_at == period.midnight(date(2026, 3, 10), SOFIA)


def test_twelve_months_after_a_tier_was_reached_it_is_looked_at_and_months_are_never_chained():
    one = rank(window="rolling")
    spend(one, "2024-02-29", 100)
    for text in ("2024-12-01", "2025-12-01", "2026-12-01", "2027-12-01"):
        spend(one, text, 100)
    one.advance(noon(date(2028, 3, 1)))
    days = [str(period.local_day(step.since, SOFIA)) for step in one.steps if step.cause == "kept"]
    assert days == ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


def test_a_rolling_window_is_the_twelve_months_up_to_today():
    one = rank(window="rolling")
    spend(one, "2025-03-10", 60)
    assert spend(one, "2026-03-10", 40) is None
    assert spend(one, "2026-03-09", 20) is None  # a late one: 60 of a year and a day ago are gone
    assert one.counted(date(2026, 3, 9)) == 80
    assert spend(one, "2026-03-10", 40).level == "silver"


def test_a_lifetime_is_never_reviewed():
    one = rank(window="lifetime")
    spend(one, "2025-02-01", 60)
    assert spend(one, "2031-02-01", 60).review_at is None
    assert not one.advance(noon(date(2090, 1, 1)))


def test_a_late_fact_lifts_from_where_the_history_is():
    one = rank()
    spend(one, "2025-06-01", 290)
    one.advance(noon(date(2027, 1, 1)))
    assert levels(one)[-1] == (None, "2027-01-01", "review")
    step = spend(one, "2026-12-30", 300)
    assert (step.level, step.since) == ("gold", period.midnight(date(2027, 1, 1), SOFIA))
    assert spend(one, "2025-12-30", 900) is None  # that year lifts nobody any more


def test_a_return_takes_a_rise_back_at_once_after_grace_or_at_the_review():
    for policy, expected in (
        ("immediate", [("gold", "2025-03-01", "upgrade"), ("silver", "2025-03-05", "return")]),
        ("grace", [("gold", "2025-03-05", "at_risk"), ("silver", "2025-03-16", "return")]),
        ("period_end", [("gold", "2025-03-01", "upgrade"), ("silver", "2026-01-11", "review")]),
    ):  # fmt: skip
        one = rank(after_return=policy, grace_days=10)
        spend(one, "2025-02-01", 150)
        spend(one, "2025-03-01", 200)
        give_back(one, "2025-03-05", 200, of="2025-03-01")
        one.advance(noon(date(2025, 6, 1) if policy != "period_end" else date(2026, 2, 1)))
        assert levels(one)[-len(expected) :] == expected


def test_a_return_can_be_made_up_in_the_days_of_grace():
    one = rank(grace_days=10)
    spend(one, "2025-03-01", 320)
    give_back(one, "2025-03-05", 200, of="2025-03-01")
    spend(one, "2025-03-12", 200)
    one.advance(noon(date(2025, 4, 1)))
    assert levels(one)[-1] == ("gold", "2025-03-16", "made_up")
    assert one.steps[-1].review_at == one.steps[0].review_at


def test_a_review_that_was_passed_stays_passed():
    one = rank(after_return="immediate")
    spend(one, "2025-12-20", 300)
    one.advance(noon(date(2026, 1, 2)))
    assert give_back(one, "2026-01-05", 300, of="2025-12-20") is None
    assert one.place == 1


def test_a_member_is_told_what_lifts_what_keeps_and_by_when():
    one = rank(grace_days=30)
    spend(one, "2025-02-01", 120)
    told = one.progress(noon(date(2025, 5, 1)))
    assert (told.level, told.counted, told.next, told.missing, told.next_by) == (
        "silver",
        120,
        "gold",
        180,
        date(2025, 12, 31),
    )
    assert (told.keep, told.keep_by) == (0, date(2026, 1, 30))
    one.advance(noon(date(2026, 2, 1)))
    told = one.progress(noon(date(2026, 3, 1)))
    assert (told.counted, told.missing, told.keep, told.keep_by) == (0, 300, 100, date(2027, 1, 30))
    assert msgspec.to_builtins(told)["level"] == "silver"


def test_a_late_fact_lifts_by_the_day_on_which_there_was_enough():
    """Whether a shop tells its purchases at once or days later, its members stand where they would (LAW 7.2)."""
    late, on_time = rank(window="rolling"), rank(window="rolling")
    told = [("2025-03-10", 60), ("2026-03-09", 40), ("2026-03-20", 5)]
    for text, amount in told:
        spend(on_time, text, amount)
    for text, amount in (told[0], told[2], told[1]):
        spend(late, text, amount)
    assert [one.ladder.key_at(one.place) for one in (late, on_time)] == ["silver", "silver"]


def test_on_the_highest_level_that_can_be_earned_nothing_is_missing():
    one = rank()
    spend(one, "2025-02-01", 950)
    told = one.progress(noon(date(2025, 5, 1)))
    assert (told.level, told.next, told.missing, told.next_by) == ("top", None, 0, None)


def test_nothing_is_missing_for_a_level_whose_threshold_was_lowered():
    """The night lifts who has enough for it; until then nobody is told to buy more, nor less than nothing."""
    one = rank()
    one.days[date(2026, 2, 1)] = 150
    told = one.progress(noon(date(2026, 2, 2)))
    assert (told.level, told.next, told.missing) == (None, "silver", 0)
    assert one.lift(noon(date(2026, 2, 2))).level == "silver"


def test_a_return_undoes_a_rise_that_came_after_a_review_and_no_more():
    one = rank(after_return="immediate")
    spend(one, "2025-02-01", 100)
    spend(one, "2026-05-01", 300)
    give_back(one, "2026-05-05", 300, of="2026-05-01")
    assert levels(one) == [
        ("silver", "2025-02-01", "upgrade"), ("silver", "2026-01-01", "kept"), ("gold", "2026-05-01", "upgrade"),
        ("silver", "2026-05-05", "return"),
    ]  # fmt: skip


def kept(one, at):
    told = one.progress(noon(date.fromisoformat(at)))
    return told.keep, str(told.keep_by)


def test_a_grace_that_ends_before_the_review_is_what_a_member_is_told_of():
    one = rank(grace_days=10)
    spend(one, "2025-03-01", 320)
    give_back(one, "2025-03-05", 200, of="2025-03-01")
    assert kept(one, "2025-03-06") == (180, "2025-03-15")
    spend(one, "2025-03-12", 180)
    assert kept(one, "2025-03-12") == (0, "2026-01-10")  # made up for: the review is what comes next


def test_in_a_grace_over_new_year_the_old_year_is_made_up_for_until_its_end():
    one = rank(grace_days=30)
    spend(one, "2025-12-10", 320)
    give_back(one, "2025-12-20", 200, of="2025-12-10")
    assert kept(one, "2025-12-21") == (180, "2025-12-31")
    assert kept(one, "2026-01-02") == (300, "2026-01-19")


def test_a_grace_that_would_outlive_the_review_ends_with_it():
    one = rank(grace_days=10)
    spend(one, "2025-12-10", 320)
    give_back(one, "2026-01-05", 200, of="2025-12-10")
    assert one.steps[-1].cause == "at_risk"
    assert kept(one, "2026-01-06") == (180, "2026-01-10")


def test_a_grace_that_ends_at_the_review_is_the_review():
    """Given back on the last day of the year: both end at one instant, and January still counts for the review."""
    one = rank(grace_days=10)
    spend(one, "2025-12-10", 320)
    give_back(one, "2025-12-31", 200, of="2025-12-10")
    assert one.steps[-1].grace_until == one.steps[-1].review_at
    assert kept(one, "2025-12-31") == (180, "2026-01-10")
    spend(one, "2026-01-10", 180)
    one.advance(noon(date(2026, 1, 12)))
    assert levels(one)[-1] == ("gold", "2026-01-11", "kept")


def test_a_grace_ends_where_nothing_is_ever_reviewed():
    one = rank(window="lifetime", grace_days=10)
    spend(one, "2025-03-01", 320)
    give_back(one, "2025-03-05", 200, of="2025-03-01")
    assert kept(one, "2025-03-06") == (180, "2025-03-15")
    spend(one, "2025-03-06", 180)
    assert kept(one, "2025-03-06") == (None, "None")


@pytest.mark.parametrize("window", WINDOWS[:3])
def test_who_falls_is_looked_at_again_a_period_later(window):
    """Of a rolling window the next period begins with the fall, of years with the year in which it is."""
    one = rank(window=window)
    spend(one, "2025-02-01", 300)
    one.advance(noon(date(2027, 4, 1)))
    last = next(step for step in one.steps if step.level == "silver")
    assert last.cause == "review" and last.counts_from is not None
    fell = period.local_day(last.since, SOFIA)
    assert {
        "rolling": (fell, period.add_months(fell, 12)), "calendar_year": (date(2027, 1, 1), date(2028, 1, 1)),
        "membership_year": (date(2026, 3, 10), date(2027, 3, 10)),
    }[window] == (last.counts_from, last.counts_until)  # fmt: skip
    assert last.review_at == period.midnight(last.counts_until, SOFIA)


def test_who_has_fallen_to_what_everybody_has_is_looked_at_no_more():
    one = rank()
    spend(one, "2025-02-01", 100)
    one.advance(noon(date(2029, 1, 1)))
    assert [(step.level, step.review_at is None) for step in one.steps] == [
        ("silver", False), ("silver", False), (None, True),
    ]  # fmt: skip


def test_a_level_by_invitation_is_none_to_fall_to():
    one = rank()
    spend(one, "2025-02-01", 900)
    one.advance(noon(date(2027, 1, 5)))
    assert [one[0] for one in levels(one)] == ["top", "top", "gold"] and levels(one)[-1][1:] == ("2027-01-01", "review")
    earned = rank(downgrade="earned")
    spend(earned, "2025-02-01", 900)
    spend(earned, "2026-02-01", 150)
    earned.advance(noon(date(2027, 1, 5)))
    assert levels(earned)[-1] == ("silver", "2027-01-01", "review")


@pytest.mark.parametrize(
    ("since", "until", "ended", "alive"),
    [
        (0, 2, None, True), (1, 2, None, True), (2, 3, None, False), (0, 1, None, False), (0, 3, 2, True),
        (0, 3, 1, False), (0, 3, 0, False),
    ],
)  # fmt: skip
def test_a_grant_is_alive_from_its_first_instant_to_before_its_last(since, until, ended, alive):
    at = [noon(date(2026, 1, day)) for day in (1, 2, 3, 4)]
    one = Grant("status", "gold", "manual", at[since], at[until], "", "", None if ended is None else at[ended])
    assert one.alive(at[1]) is alive


def test_new_thresholds_lift_from_where_the_history_is():
    one = rank(window="rolling")
    spend(one, "2026-02-01", 100)
    one.days[date(2026, 2, 1)] = 300
    step = one.lift(noon(date(2026, 1, 1)))
    assert (step.level, step.since) == ("gold", noon(date(2026, 2, 1)))
    assert one.lift(noon(date(2026, 3, 1))) is None
    fresh = rank()
    fresh.days[date(2026, 2, 1)] = 100
    assert fresh.lift(noon(date(2026, 2, 1))).since == noon(date(2026, 2, 1))
    assert rank().lift(noon(date(2026, 2, 1))) is None


def test_what_a_review_took_of_a_rolling_year_no_night_gives_back():
    """There was enough in May because of what had come before the rise; the review asks for what came since."""
    one = rank(window="rolling")
    spend(one, "2025-04-01", 60)
    spend(one, "2025-05-01", 60)
    spend(one, "2025-05-20", 5)
    one.advance(noon(date(2026, 5, 1)))
    assert levels(one)[1:] == [(None, "2026-05-01", "review")]
    for day in (date(2026, 5, 1), date(2026, 5, 2), date(2027, 5, 30)):
        assert one.lift(noon(day)) is None
    one.days[date(2026, 6, 1)] = 100
    assert one.lift(noon(date(2026, 6, 1))).level == "silver", "what came since does"


def test_a_sum_that_a_review_judged_is_judged_anew_until_its_period_stands_no_more():
    """Who had gold at 300 and 110 of them taken by hand has 250, and no night looks at the day on which it was 360."""
    one = rank(downgrade="earned")
    spend(one, "2025-03-01", 360)
    one.days[date(2025, 9, 1)] = -110
    one.advance(noon(date(2026, 1, 1)))
    assert levels(one)[1:] == [("silver", "2026-01-01", "review")]
    assert one.lift(noon(date(2026, 1, 1))) is None

    def asked(least, day):
        found = rank(msgspec.structs.replace(ladder(), levels=(LEVELS[0], Level("gold", NAME, least), *LEVELS[2:])))
        found.steps, found.days = list(one.steps), one.days
        return found.lift(noon(day))

    assert asked(251, date(2026, 3, 1)) is None
    assert asked(250, date(2026, 3, 1)).level == "gold"
    assert asked(250, date(2026, 12, 31)).level == "gold"
    late = rank(downgrade="earned", grace_days=10)
    late.steps, late.days = list(one.steps), one.days
    late.steps[-1] = msgspec.structs.replace(late.steps[-1], since=noon(date(2026, 1, 11)))
    late.ladder = msgspec.structs.replace(late.ladder, levels=(LEVELS[0], Level("gold", NAME, 250)))
    assert late.lift(noon(date(2027, 1, 5))) is None, "that period stands no more"
