"""What closed months say and what the daily figures say of the same days is the same, counted twice."""

from datetime import date
from pathlib import Path

from guerdon.core import closing as law
from guerdon.core.kpis import Span
from guerdon.features.closings import queries as closings
from guerdon.features.programmes import queries as programmes
from guerdon.insight import figures
from guerdon.insight.exports import months
from guerdon.insight.kpis import answers
from guerdon.insight.kpis.asked import Question
from guerdon.kit import snapshot, store
from tests import shop
from tests.insight import closed as history
from tests.insight.lived import Lived


def test_each_month_of_a_rich_history(copy: Lived, tmp_path: Path):
    one, at_hand = copy.cafe, store.current()
    history.close_all(one)
    book = programmes.latest(at_hand, one.programme_id)
    with snapshot.taken() as view:
        months.export(view, one.programme_id, book, tmp_path, version="1", advance=lambda rows: None)
    shop.count(one, at="2027-02-01")
    programme, told = book.newest().programme, 0
    for each in closings.borders(at_hand, one.programme_id):
        span = Span(law.first_day(each.month), law.first_day(law.following(each.month)))
        asked = figures.Question(span)
        shown = figures.read(at_hand, one.programme_id, programme, asked, now=shop.moment("2027-02-01")).figures
        kept = {(figure.value.kpi, figure.value.of): figure.value.value for figure in shown}
        for key, other in (
            ("average_order_value", "average_order_value"),
            ("redemption_rate_points", "redemption_rate"),
        ):
            for answer in answers.ask(tmp_path, key, Question(span)):
                assert kept[other, str(answer.of[0])] == answer.value, (each.month, answer)
                told += answer.value is not None
        (joined,) = answers.ask(tmp_path, "enrolments", Question(span))
        assert kept["new_members", ""] >= joined.value  # who was merged since then joined, too
    assert told > 5 and span.until > date(2026, 12, 1)
