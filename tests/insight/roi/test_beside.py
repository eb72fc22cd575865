"""Where nobody is held out: stores that have something beside those that have not, and when nothing is concluded."""

from datetime import date

import pytest

from guerdon.core.kpis import Span
from guerdon.insight.kpis.asked import Question
from guerdon.insight.roi import beside
from guerdon.insight.roi.means import Unsaid
from guerdon.insight.roi.told import Beside
from tests.insight.roi import made_up

NORTH = tuple(f"s{number:02}" for number in range(12))
YEAR = Span(date(2026, 1, 1), date(2026, 9, 1))


def found(*, lift: int, drift: int = 0, span: Span = YEAR, stores: tuple[str, ...] = NORTH, **more) -> Beside:
    read = made_up.read(made_up.frames(members=1_200, lift=lift, drift=drift, treated=NORTH))
    return beside.of(read, made_up.MONTHS, "EUR", "2026-05", Question(span, stores, **more))


def test_the_truth_is_found():
    """Twelve of twenty-four stores spend 5.00 more a month from May on; nine tenths were members before."""
    told = found(lift=500, span=Span(date(2026, 2, 1), date(2026, 9, 1)))
    assert (told.treated + told.others, told.by_store, told.trend.clusters) == (1_080, True, (12, 12))
    assert told.effect.low < 500 < told.effect.high
    assert told.trend.parallel and len(told.trend.placebos) == 2
    assert (told.verdict, told.why) == ("more", "")
    assert told.months == made_up.MONTHS[1:]
    course = {one.month: one.treated - one.others for one in told.course}
    since = [course[month] for month in made_up.MONTHS[4:]]
    assert tuple(course) == told.months and min(since) > 100  # 5.00 more each month, less what chance makes
    assert abs(sum(since) / 4 - sum(course[month] for month in made_up.MONTHS[1:4]) / 3 - told.effect.value) < 2


def test_stores_that_grew_already_prove_nothing():
    told = found(lift=0, drift=300, span=Span(date(2026, 2, 1), date(2026, 9, 1)))
    assert told.effect.low > 0
    assert (told.verdict, told.why) == ("can_not_say", "not_parallel")


def test_too_few_stores_and_too_few_months():
    few = found(lift=500, stores=NORTH[:3], span=Span(date(2026, 2, 1), date(2026, 9, 1)))
    assert (few.verdict, few.why) == ("can_not_say", "few")
    late = found(lift=500, span=Span(date(2026, 4, 1), date(2026, 9, 1)))
    assert (late.verdict, late.why, late.trend.parallel) == ("can_not_say", "no_placebos", None)


def test_what_must_be_there():
    with pytest.raises(Unsaid, match="begin within"):
        found(lift=0, span=Span(date(2026, 5, 1), date(2026, 9, 1)))
    with pytest.raises(Unsaid, match="two stores"):
        found(lift=0, stores=NORTH[:1], span=Span(date(2026, 2, 1), date(2026, 9, 1)))
