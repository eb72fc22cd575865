"""Of any life on any ladder: nobody falls before the date, and whoever looks in between changes nothing (LAW 7)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import period
from tests.core.climber import SOFIA, WINDOWS, give_back, ladder, noon, rank, spend

facts = st.lists(
    st.tuples(st.dates(date(2024, 3, 10), date(2029, 12, 31)), st.integers(1, 400), st.booleans()), max_size=25
)
ladders = st.builds(
    ladder, window=st.sampled_from(WINDOWS), downgrade=st.sampled_from(("soft_landing", "earned")),
    grace_days=st.integers(0, 60), after_return=st.sampled_from(("immediate", "grace", "period_end")),
)  # fmt: skip


def lived(of, told):
    """A life in order, every third fact given back three days later."""
    one = rank(of)
    for day, amount, back in sorted(told):
        spend(one, day, amount)
        if back:
            give_back(one, str(day + timedelta(days=3)), amount, of=str(day))
    one.advance(noon(date(2032, 1, 1)))
    return one


@given(ladders, facts)
def test_nobody_falls_before_the_date_and_no_step_overlaps(of, told):
    one = lived(of, told)
    for number, step in enumerate(one.steps, 1):
        assert step.number == number
    for before, step in zip(one.steps, one.steps[1:], strict=False):
        assert before.since <= step.since
        if of.place(step.level) < of.place(before.level):
            due = [at for at in (before.review_at, before.grace_until) if at is not None]
            assert step.since in due or (step.cause == "return" and of.after_return == "immediate")
        if step.cause == "review" and of.downgrade == "soft_landing":
            landed = [place for place in range(of.place(before.level)) if not of.levels[place].invitation_only]
            assert of.place(step.level) >= max(landed, default=-1)


@given(ladders, facts, st.integers(1, 6))
def test_whoever_looks_in_between_changes_nothing(of, told, months):
    one, other = rank(of), rank(of)
    for day, amount, _ in sorted(told):
        spend(one, day, amount)
        other.advance(noon(day - timedelta(days=1)))
        spend(other, day, amount)
        other.advance(noon(day) + timedelta(hours=1))
    for month in range(months):
        other.advance(noon(period.add_months(date(2030, 1, 1), month)))
    assert one.advance(noon(date(2032, 1, 1))) or True
    other.advance(noon(date(2032, 1, 1)))
    assert one.steps == other.steps


@given(ladders, facts, st.integers(0, 400))
def test_what_is_told_to_keep_a_tier_keeps_it_and_less_does_not(of, told, days_later):
    def life(more):
        """The same life, with so much bought on the last day that counts."""
        one = rank(of)
        for number, (day, amount) in enumerate(days):
            spend(one, day, amount)
            if number == len(days) - 1 and of.window != "lifetime":
                give_back(one, str(day + timedelta(days=1)), amount, of=str(day))
        today = max(day for day, _ in days) + timedelta(days=1 + days_later)
        one.advance(noon(today))
        said = one.progress(noon(today))
        if said.keep_by is not None:
            if more(said.keep):
                spend(one, said.keep_by, more(said.keep))
            due = min(at for at in (one.steps[-1].review_at, one.steps[-1].grace_until) if at is not None)
            one.advance(noon(said.keep_by + timedelta(days=1)))
            return of.place(said.level), one.place, said, period.local_day(due, SOFIA)
        return None

    days = [(day, amount) for day, amount, _ in sorted(told)]
    if days and (enough := life(lambda keep: keep)) is not None:
        before, after, said, _ = enough
        assert after >= before
        short = life(lambda keep: keep - 1) if said.keep else None
        if short is not None and short[3] == said.keep_by + timedelta(days=1):
            assert short[1] < before


@given(ladders, facts)
def test_at_least_what_was_earned_is_held(of, told):
    one = rank(of)
    for day, amount, _ in sorted(told):
        spend(one, day, amount)
        assert one.place >= of.earned(one.counted(day))


@pytest.mark.parametrize("policy", ["immediate", "grace", "period_end"])
@given(parts=st.lists(st.integers(1, 100), min_size=1, max_size=5))
def test_how_a_return_is_cut_makes_no_difference(policy, parts):
    whole, cut = rank(after_return=policy), rank(after_return=policy)
    for one in (whole, cut):
        spend(one, "2025-02-01", 120)
        spend(one, "2025-03-01", 600)
    give_back(whole, "2025-03-05", sum(parts), of="2025-03-01")
    for part in parts:
        give_back(cut, "2025-03-05", part, of="2025-03-01")
    for one in (whole, cut):
        one.advance(noon(date(2027, 6, 1)))
    assert whole.place == cut.place
    assert [whole.place_at(noon(date(2025, 3, 1) + timedelta(days=n))) for n in range(900)] == [
        cut.place_at(noon(date(2025, 3, 1) + timedelta(days=n))) for n in range(900)
    ]
