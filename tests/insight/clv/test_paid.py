"""Who stays in paid plans, counted by hand from intervals, and what sBG makes of the paper's own."""

from datetime import UTC, datetime

import polars as pl
import pytest

from guerdon.insight.clv import paid, sbg
from guerdon.insight.exports.shapes import TABLES
from guerdon.kit import clock
from tests.insight.clv.test_papers import HIGH_END

END = datetime(2026, 7, 1, tzinfo=UTC)


def month(number: int) -> int:
    return clock.micros(datetime(2026, number, 1, tzinfo=UTC))


def intervals(*told: tuple[str, str, int, int | None]) -> pl.DataFrame:
    """Memberships by name, each with its plan, the month in which it began, and how many months it paid."""
    rows = []
    for name, plan, first, last in told:
        rows.append((name, name, plan, 1, "trial", 0, month(first - 1), month(first), None, None))
        for number, start in enumerate(range(first, last + 1), 1):
            rows.append((name, name, plan, number + 1, "period", number, month(start), month(start + 1), None, None))
    return pl.DataFrame(rows, schema=TABLES["intervals"].columns, orient="row")


def test_counted_by_hand():
    """Of four who paid January, one left after it and one after February; two are in July. Another began in June."""
    rows = intervals(
        ("ann", "plus", 2, 7), ("ben", "plus", 2, 2), ("cleo", "plus", 2, 3), ("dan", "plus", 2, 7),
        ("eve", "plus", 6, 7),
    )  # fmt: skip
    (found,) = paid._plans(rows, END)
    # After the first period five could leave and one did; after the second Cleo left of the three who had been there.
    assert (found.plan, found.began, found.seen[:2]) == ("plus", 5, (8_000, round(8_000 * 2 / 3)))
    assert found.alpha is None and found.expected == ()  # five are too few


def test_periods_that_were_not_over_leave_nobody_out():
    """Everybody is in the first period: nobody could leave yet."""
    (found,) = paid._plans(intervals(*[(f"m{at}", "plus", 6, 7) for at in range(3)]), END)
    assert found.seen == (10_000,)


def test_who_changed_to_another_plan_has_left_the_first():
    rows = pl.concat([intervals(("ann", "plus", 2, 3)), intervals(("ann", "gold", 4, 7)).with_columns(
        pl.col("place") + 10, pl.col("number") + pl.when(pl.col("kind") == "period").then(2).otherwise(0),
    )])  # fmt: skip
    gold, plus = paid._plans(rows, END)
    assert (plus.plan, plus.seen) == ("plus", (10_000, 0)) and (gold.plan, gold.began) == ("gold", 1)
    assert gold.seen[-1] == 10_000


def test_those_who_began_at_different_times_are_fitted_together():
    """The paper's customers, half of whom are watched for three years only: the parameters stay near the paper's."""
    left = [-difference for difference in pl.Series([1_000, *HIGH_END]).diff().drop_nulls().to_list()]
    whole = sbg.fit(left, HIGH_END[-1])
    both = [gone * 2 if at < 3 else gone for at, gone in enumerate(left)]
    stayed = [0, 0, HIGH_END[2], 0, 0, 0, HIGH_END[-1]]
    mixed = sbg.fit(both, stayed)
    assert whole.parameters["alpha"] == pytest.approx(0.668, abs=0.005)
    assert list(sbg.survival(mixed, 7)) == pytest.approx(list(sbg.survival(whole, 7)), abs=0.02)
    with pytest.raises(ValueError, match="two periods"):
        sbg.fit([1], [0])
