"""How many have which plan, as a night counted it, and who they are."""

from datetime import date

import pytest

from guerdon.core.kpis import Span
from guerdon.engine import figures
from guerdon.features.programmes import queries as programmes
from guerdon.insight import behind
from guerdon.insight import figures as numbers
from guerdon.insight.behind import Asked
from guerdon.insight.figures import Question
from guerdon.kit import store
from tests.engine.plans import cafe, join
from tests.shop import Shop, moment

pytestmark = pytest.mark.usefixtures("database")
SPAN = Span(date(2026, 5, 1), date(2026, 5, 10))


def counted(shop: Shop) -> dict[str, int | None]:
    law = programmes.latest(store.current(), shop.programme_id).current(moment("2026-05-10"))
    found = numbers.read(store.current(), shop.programme_id, law.programme, Question(SPAN), now=moment("2026-05-10"))
    return {one.value.of: one.value.value for one in found.figures if one.value.kpi == "plan_members"}


def listed(shop: Shop, *, most: int = 50) -> list[tuple[str, str]]:
    """All pages of the list, each of so many rows."""
    law = programmes.latest(store.current(), shop.programme_id).current(moment("2026-05-10"))
    rows: list[tuple[str, str]] = []
    after: behind.Cursor | None = None
    while True:
        page = behind.page(
            store.current(), shop.programme_id, law.programme, Asked("plan_members", SPAN, after=after, most=most),
            now=moment("2026-05-10"),
        )  # fmt: skip
        rows += [(row.member, row.what) for row in page.rows]
        if page.next is None:
            return rows
        after = page.next


def test_members_of_plans_are_counted_at_night_and_listed():
    shop = cafe()
    shop.enrol("cleo", "dora")
    join(shop, "ann", "free", "2026-05-02")
    join(shop, "ben", "tried", "2026-05-02")
    join(shop, "cleo", "tried", "2026-04-01")  # the trial is over, and nobody paid
    join(shop, "dora", "gold", "2026-05-03")  # asked for, not paid
    figures.run(programme_id=shop.programme_id, now=moment("2026-05-10"))
    figures.finish(programme_id=shop.programme_id, now=moment("2026-05-10"))
    assert {plan: members for plan, members in counted(shop).items() if members} == {"free": 1, "tried": 1}
    assert set(listed(shop)) == {(shop.account("ann"), "free"), (shop.account("ben"), "tried")}
    assert sorted(listed(shop, most=1)) == sorted(listed(shop))
