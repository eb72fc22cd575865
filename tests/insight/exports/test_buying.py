"""What the models are fitted on, read of exported months: worked out by hand."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from guerdon.core.activities import Reference
from guerdon.features.programmes import queries as programmes
from guerdon.insight.clv import buying, histories
from guerdon.insight.exports import files, months
from guerdon.kit import snapshot, store
from tests.shop import Shop, taken


def exported(cafe: Shop, folder: Path) -> buying.Bought:
    book = programmes.latest(store.current(), cafe.programme_id)
    with snapshot.taken() as view:
        months.export(view, cafe.programme_id, book, folder, version="1", advance=lambda rows: None)
    return buying.read(files.months(folder))


def test_days_on_which_something_was_paid(database: str, tmp_path: Path):
    """Ann: 40.00 on the tenth of January of which 15.00 come back in February, and 20.00 on the twentieth of which all
    comes back. Ben: 10.00 and 5.00 on one day, and 8.00 that is amended to 3.00."""
    cafe = Shop()
    cafe.enrol("Ann", "Ben", "Cleo")  # who never buys
    cafe.buy("Ann", 4_000, "2026-01-10", external_id="first")
    cafe.buy("Ann", 2_000, "2026-01-20", external_id="second")
    cafe.buy("Ben", 1_000, "2026-01-05T09:00")
    cafe.buy("Ben", 500, "2026-01-05T15:00")
    cafe.buy("Ben", 800, "2026-01-25", external_id="third")
    cafe.tell(cafe.giving_back("Ann", "second", "2026-01-22"))
    taken(cafe.tell(cafe.purchase("Ben", 300, "2026-01-26", replaces=Reference("third")))[0])
    cafe.night("2026-02-01T08:00")
    cafe.close("2026-01", "2026-02-01T09:00")
    cafe.tell(cafe.giving_back("Ann", "first", "2026-02-04", amount=1_500))
    cafe.night("2026-03-01T08:00")
    cafe.close("2026-02", "2026-03-01T09:00")
    found = exported(cafe, tmp_path)
    ann, ben = cafe.account("Ann"), cafe.account("Ben")
    days = buying.days(found, end=found.until)
    assert (found.since, found.until, found.currency) == (date(2026, 1, 5), date(2026, 3, 1), "EUR")
    assert set(days.rows()) == {
        (ann, date(2026, 1, 10), 2_500), (ben, date(2026, 1, 5), 1_500), (ben, date(2026, 1, 25), 300),
    }  # fmt: skip
    # As it was known before February, nothing of the first had come back; before the 22nd, Ann had come twice.
    before = buying.days(found, end=date(2026, 2, 1)).filter(pl.col("customer") == ann)
    assert before.rows() == [(ann, date(2026, 1, 10), 4_000)]
    assert buying.days(found, end=date(2026, 1, 22)).filter(pl.col("customer") == ann).height == 2
    rows = histories.of(days, end=found.until).filter(pl.col("customer") == ben)
    (row,) = rows.select("repeats", "recency", "mean").rows()
    assert row == pytest.approx((1, 20 / 7, 300.0))
    assert found.people["customer"].to_list() == sorted([ann, ben, cafe.account("Cleo")])
