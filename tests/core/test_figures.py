"""Daily figures: each kind of entry adds to its own measures, on its own local day, for its store and for all."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from guerdon.core import figures
from guerdon.core.closing import Closing
from guerdon.core.figures import Calendar, Fact, Moved, Tally

SOFIA = ZoneInfo("Europe/Sofia")
TODAY = date(2026, 1, 5).toordinal()


def at(day, hour=12):
    return int(datetime(2026, 1, day, hour, tzinfo=UTC).timestamp()) * 1_000_000


def fact(kind="purchase", source="till", store="", **more):
    return Fact("a", "p", 1, kind, source, at(5), store, **more)


def counted(*facts, closings=()):
    tally = Tally()
    figures.count(tally, facts, Calendar(SOFIA, closings))
    return tally


def cells(*facts):
    return {(measure, what): tuple(cell) for (_, _, measure, what), cell in counted(*facts).cells.items()}


@pytest.mark.parametrize(
    ("one", "adds"),
    [
        (fact(currency="EUR", spent=900), {("spend", "EUR"): (900, 0), ("purchases", "EUR"): (1, 0)}),
        (fact(currency="EUR", spent=900, amends=True), {("spend", "EUR"): (900, 0)}),
        (fact("return", currency="EUR", returned=40), {("returned", "EUR"): (40, 0), ("returns", "EUR"): (1, 0)}),
        (fact("return", "return", currency="EUR", returned=40), {("returned", "EUR"): (40, 0)}),
        (fact("return", currency="EUR"), {("returned", "EUR"): (0, 0), ("returns", "EUR"): (1, 0)}),
        (fact("visit", currency="EUR", returned=5), {("returned", "EUR"): (5, 0)}),
        (fact("visit"), {}),
        (fact("redemption", state="reserved"), {("redeemed", ""): (1, 0)}),
        (fact("redemption", state="fulfilled"), {("redeemed", ""): (1, 0), ("fulfilled", ""): (1, 0)}),
        (fact("redemption_fulfil", state="fulfilled"), {("fulfilled", ""): (1, 0)}),
        (fact("redemption_cancel", state="cancelled"), {("redemptions_cancelled", ""): (1, 0)}),
        (fact("redemption_cancel", state="fulfilled"), {("redemptions_cancelled", ""): (1, 0)}),
        (fact("redemption_expire", state="expired"), {("redemptions_cancelled", ""): (1, 0)}),
        (fact("voucher_redeem", uses=2), {("vouchers", ""): (2, 0)}),
        (fact("voucher_rollback", uses=1), {("vouchers_rolled_back", ""): (1, 0)}),
        (fact("voucher_redeem"), {}),
        (fact("visit", uses=1), {}),
    ],
)
def test_what_an_entry_adds(one, adds):
    assert cells(one) == adds


def moved(kind, amount=30, day=5, posted=5):
    return Moved("points", kind, amount, at(day), at(posted))


def test_points_are_added_as_they_came_or_went():
    assert cells(fact("visit", moved=(moved("earn"),))) == {("earn", "points"): (30, 0)}
    assert cells(fact("burn", moved=(moved("burn"),))) == {("burn", "points"): (-30, 0)}


def seen(*facts):
    return {(day, place): tuple(counts) for (_, _, day, place), counts in counted(*facts).seen.items()}


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (fact(), (1, 1, 0)),
        (fact(amends=True), (1, 0, 0)),
        (fact("visit"), (1, 0, 0)),
        (fact("return", "return"), (0, 0, 0)),
        (fact("redemption", "app"), (1, 0, 1)),
        (fact("burn", "app", moved=(moved("burn"),)), (1, 0, 1)),
        (fact("burn", "conversion", moved=(moved("burn"),)), (0, 0, 1)),
        (fact("visit", moved=(moved("earn"),)), (1, 0, 0)),
        (fact("visit", moved=(moved("burn"), moved("earn"))), (1, 0, 1)),
        (fact("expiry", "night"), (0, 0, 0)),
        (fact("transfer", "app"), (1, 0, 0)),
    ],
)
def test_who_was_active_bought_or_spent(one, counts):
    assert seen(one) == {(TODAY, ""): counts}


def test_a_store_is_counted_by_itself_and_with_all():
    tally = counted(fact(store="Vitosha", currency="EUR", spent=5), fact(currency="EUR", spent=7))
    spent = {place: cell for (_, place, measure, _), cell in tally.cells.items() if measure == "spend"}
    assert spent == {"": [12, 0], "Vitosha": [5, 0]}
    assert {place: count for (*_, place), count in tally.seen.items()} == {"": [2, 2, 0], "Vitosha": [1, 1, 0]}


def test_a_day_is_a_local_one():
    calendar = Calendar(SOFIA, ())
    assert calendar.day(at(5, 21)) == TODAY and calendar.day(at(5, 22)) == TODAY + 1
    assert calendar.day(at(5, 22)) == TODAY + 1 and calendar.day(at(5, 22) - 1) == TODAY


def test_what_is_late_counts_in_the_first_open_month():
    """December was closed after the tenth entry; January is open."""
    begins = datetime(2025, 11, 30, 22, tzinfo=UTC)
    until = datetime(2025, 12, 31, 22, tzinfo=UTC)
    calendar = Calendar(SOFIA, (Closing("2025-12", begins, until, 10),))
    december = int(datetime(2025, 12, 20, 12, tzinfo=UTC).timestamp()) * 1_000_000
    told = Moved("points", "earn", 30, december, at(5))
    assert calendar.counts(told, 10) == (date(2025, 12, 20).toordinal(), False)
    assert calendar.counts(told, 11) == (TODAY, True)
    later = Moved("points", "earn", 30, december, at(5) + 60 * 86_400_000_000)
    assert calendar.counts(later, 11) == (date(2026, 1, 31).toordinal(), True)
    assert calendar.counts(moved("earn"), 11) == (TODAY, False)
    assert Calendar(SOFIA, ()).counts(told, 11) == (date(2025, 12, 20).toordinal(), False)
    tally = Tally()
    figures.count(tally, [Fact("a", "p", 11, "visit", "till", at(5), moved=(told,))], calendar)
    assert [(day, cell) for (day, *_), cell in tally.cells.items()] == [(TODAY, [30, 30])]
