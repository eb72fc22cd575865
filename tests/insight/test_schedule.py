"""What insight does by itself: a closed month is written once it is counted, and once; answers are kept with it."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from guerdon.core.kpis import Span
from guerdon.insight import kept as answers
from guerdon.insight import schedule
from guerdon.insight.clv import kept as forecasts
from guerdon.insight.exports import files
from guerdon.insight.kpis import kept
from guerdon.insight.kpis.asked import Answer, Question
from guerdon.insight.kpis.kept import Wanted
from tests import shop
from tests.faces.console import insights


@pytest.fixture
def cafe(sampled):
    return sampled(insights.opened)


@pytest.fixture
def counted(sampled):
    return sampled(insights.counted)


def waiting(name: str) -> int:
    return DBTaskResult.objects.filter(task_path=f"guerdon.insight.schedule.{name}", status="READY").count()


def test_a_month_is_written_when_it_is_closed_and_counted(cafe, tmp_path):
    own = tmp_path / cafe.key
    for _ in range(3):
        schedule.plan(insights.NOW)
    assert waiting("write_months") == 1
    insights.worked()
    assert [one.manifest.closing.month for one in files.months(own)] == ["2025-01", "2025-02", "2025-03"]
    schedule.plan(insights.NOW + timedelta(hours=1))
    assert waiting("write_months") == 0
    cafe.night("2025-05-01T03:00")
    shop.closing.close(programme_id=cafe.programme_id, month="2025-04", now=shop.moment("2025-05-01T09:00"), by="Emil")
    schedule.plan(insights.NOW)
    assert waiting("write_months") == 0  # nobody has counted it yet
    shop.closing.count(programme_id=cafe.programme_id, month="2025-04", now=shop.moment("2025-05-01T10:00"))
    schedule.plan(insights.NOW)
    assert waiting("write_months") == 1
    insights.worked()
    assert files.has(own, "2025-04") and not files.has(own, "2025-05")


def test_what_is_shown_first_is_computed_after_it(counted, tmp_path):
    own = tmp_path / counted.key
    state = files.months(own)[-1].sha256
    usual = Question(kept.preset("2025-03", kept.USUAL))
    found = kept.find(own, state, Wanted("enrolments", usual, "previous_period"))
    assert found is not None and found.rows == (Answer((), 3, None, 3),)  # nothing before: 2024 is not exported
    assert forecasts.find(own, months=forecasts.USUAL) is not None


def test_an_answer_is_kept_until_a_month_is_added(counted, tmp_path, monkeypatch):
    own = tmp_path / counted.key
    state = files.months(own)[-1].sha256
    wanted = Wanted("churn", Question(Span(*map(shop_day, ("2025-03-01", "2025-04-01")))))
    first = kept.answer(own, state, wanted)
    assert first.rows == (Answer((), 0, 2, 0),)  # Ann and Cleo came in the 31 days before, and again
    with monkeypatch.context() as patch:
        patch.setattr(kept, "_computed", lambda *_: pytest.fail("it was computed anew"))
        assert kept.answer(own, state, wanted) == first
    assert kept.find(own, "0" * 64, wanted) is None  # of other months
    answers.keep(own, "1" * 64, wanted, first)
    assert kept.find(own, state, wanted) is None and kept.find(own, "1" * 64, wanted) == first


def shop_day(text: str):
    return shop.moment(text).date()
