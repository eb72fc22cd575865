"""Closing months: figures that never change, and late facts in the first open month."""

import pytest

from guerdon.core import closing as law
from guerdon.core.errors import Refusal
from guerdon.engine import closing
from guerdon.features.closings import queries
from guerdon.insight import verify
from guerdon.kit import store
from tests import shop
from tests.shop import Shop


@pytest.fixture
def cafe(database: str) -> Shop:
    cafe = Shop({"units": {"points": shop.POINTS | {"expires": {"rolling": {"months": 2}}}}})
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ann", 10_000, "2025-09-20", external_id="september")
    cafe.buy("Ann", 4_000, "2025-10-05")
    shop.taken(cafe.burn("Ann", 30, "2025-10-06"))
    cafe.buy("Ben", 2_500, "2025-11-02")
    return cafe


def told(cafe: Shop, month: str) -> dict[str, tuple[int, int]]:
    """What a month came to: its columns that are not 0, with what was late."""
    sums = queries.one(store.current(), cafe.programme_id, month).sums
    assert sums is not None
    [one] = sums
    flows = {name: (flow.points, flow.prior) for name, flow in law.columns(one).items() if flow.points}
    return {"opening": (one.opening, 0), **flows, "closing": (one.closing, 0)}


def proved(cafe: Shop) -> None:
    report = verify.run(cafe.programme_id, at=shop.FAR)
    assert report.ok, report.broken


def test_a_month_comes_to_what_counted_in_it(cafe: Shop):
    cafe.night("2025-11-01T03:00")
    cafe.close("2025-10", "2025-11-03")
    assert told(cafe, "2025-10") == {
        "opening": (100, 0), "issued": (40, 0), "burned": (-30, 0), "closing": (110, 0)
    }  # fmt: skip
    proved(cafe)


def test_late_facts_are_in_the_first_open_month_and_the_closed_one_stays(cafe: Shop):
    cafe.night("2025-11-01T03:00")
    before = cafe.close("2025-10", "2025-11-03")
    cafe.tell(cafe.purchase("Ben", 1_500, "2025-10-31"), now="2025-11-04")
    cafe.tell(cafe.giving_back("Ann", "september", "2025-11-05"))
    cafe.night("2025-12-01T03:00")
    after = cafe.close("2025-11", "2025-12-02")
    assert queries.one(store.current(), cafe.programme_id, "2025-10") == before
    assert after.closing.start == before.closing.until
    assert told(cafe, "2025-11")["opening"] == (110, 0)
    assert told(cafe, "2025-11")["issued"] == (25 + 15, 15)
    proved(cafe)


def test_what_expired_in_the_month_must_be_booked_first(cafe: Shop):
    with pytest.raises(Refusal, match="month_unswept"):
        cafe.close("2025-11", "2025-12-02")
    cafe.night("2025-11-25T03:00")
    with pytest.raises(Refusal, match="month_unswept"):
        cafe.close("2025-11", "2025-12-02")
    cafe.night("2025-12-01T03:00")
    cafe.close("2025-11", "2025-12-02")
    assert told(cafe, "2025-11")["expired"] == (-70, 0)  # what Ann had of September, less what she spent of it
    proved(cafe)


def test_closing_again_is_nothing_and_counting_later_comes_to_the_same(cafe: Shop):
    cafe.night("2025-11-01T03:00")
    at = shop.moment("2025-11-03")
    first = closing.close(programme_id=cafe.programme_id, month="2025-10", now=at, by="Emil")
    assert not first.known and first.month.sums is None
    cafe.tell(cafe.purchase("Ben", 1_500, "2025-10-31"), now="2025-11-04")
    again = closing.close(programme_id=cafe.programme_id, month="2025-10", now=shop.moment("2025-11-05"), by="Dora")
    assert again.known and again.month == first.month
    proved(cafe)  # a month that nobody has counted yet breaks nothing
    rehearsed = closing.rehearse(programme_id=cafe.programme_id, month="2025-10", now=at)
    counted = closing.count(programme_id=cafe.programme_id, month="2025-10", now=shop.moment("2025-11-06"))
    assert list(counted.sums or ()) == rehearsed
    assert told(cafe, "2025-10")["issued"] == (40, 0)
    proved(cafe)


def test_a_rehearsal_closes_nothing(cafe: Shop):
    [sums] = closing.rehearse(programme_id=cafe.programme_id, month="2025-10", now=shop.moment("2025-11-03"))
    assert (sums.opening, sums.closing) == (100, 110)
    assert queries.borders(store.current(), cafe.programme_id) == []


def test_a_key_keeps_the_refusal_and_the_answer(cafe: Shop):
    key, early = shop.keyed("k1"), shop.moment("2025-10-20")
    for now in (early, shop.moment("2025-11-03")):
        with pytest.raises(Refusal, match="month_not_over") as refused:
            closing.close(programme_id=cafe.programme_id, month="2025-10", now=now, by="Emil", idempotency=key)
    assert refused.value.replayed


def test_no_month_sees_a_debt_repaid_that_was_made_later(database: str) -> None:
    """News of January repay in February what Ann has owed since February."""
    cafe = Shop()
    cafe.enrol("Ann")
    cafe.buy("Ann", 1000, "2026-02-01", external_id="order-1")
    shop.taken(cafe.burn("Ann", 10, "2026-02-02"))
    shop.taken(cafe.tell(cafe.giving_back("Ann", "order-1", "2026-02-03"))[0])
    cafe.tell(cafe.purchase("Ann", 700, "2026-01-20"), now="2026-02-04")
    counts = [(line.kind, line.points, f"{line.effective_at:%m-%d}") for line in cafe.statement("Ann")]
    assert counts[-2:] == [("earn", 7, "01-20"), ("repay", -7, "02-04")]
    cafe.night("2026-03-01T03:00")
    (points,) = cafe.close("2026-01", "2026-03-01T04:00").sums or ()
    assert [(flow.kind, flow.points) for flow in points.flows] == [("earn", 7)]
