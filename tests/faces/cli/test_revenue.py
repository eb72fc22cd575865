"""`guerdon revenue`: the statement as a table, as CSV, as JSON, why there is none, and the journal of a month."""

import csv
import io

from guerdon.faces.cli import terminal
from tests.faces.cli.command import guerdon
from tests.insight.test_revenue import OCTOBER, close, says
from tests.shop import Shop


def test_a_closed_month_is_told_and_written_as_a_journal(pristine_database):
    cafe = Shop(says(), key="aurora")
    cafe.enrol("Ann")
    cafe.buy("Ann", 10_000_000, "2025-10-05")
    empty = guerdon("revenue")
    assert empty.code == terminal.OK and "No month is closed" in empty.out and "no month has been closed" in empty.out
    close(cafe, OCTOBER)
    shown = guerdon("revenue", "--from", "2025-10", "--until", "2025-10")
    assert shown.code == terminal.OK and "8,675.80 EUR" in shown.out and "95.00%" in shown.out
    [month] = guerdon("revenue", "--from", "2025-10", "--json").json["months"]
    assert (month["allocated"], month["closing"]) == (867_580, 867_580)
    [line] = csv.DictReader(io.StringIO(guerdon("revenue", "--from", "2025-10", "--csv").out))
    assert line["closing"] == "8675.80"
    written = guerdon("revenue", "--journal", "2025-10", "--format", "beancount")
    assert written.out.splitlines()[1:] == [
        "  Income:Sales  8675.80 EUR", "  Liabilities:Deferred-Revenue:Points  -8675.80 EUR",
    ]  # fmt: skip
    lines = list(csv.DictReader(io.StringIO(guerdon("revenue", "--journal", "2025-10").out)))
    assert [(one["debit"], one["credit"]) for one in lines] == [("8675.80", ""), ("", "8675.80")]
    [entry] = guerdon("revenue", "--journal", "2025-10", "--json").json["entries"]
    assert sum(side["amount"] for side in entry["sides"]) == 0


def test_wrong_words_are_told_and_so_is_why_there_is_none(pristine_database):
    Shop(says(None), key="aurora")
    assert "worth.redeemed" in guerdon("revenue").out
    assert guerdon("revenue", "--format", "xml").code == terminal.USAGE
    assert guerdon("revenue", "--journal", "2025-10").code == terminal.UNREADABLE
    assert guerdon("revenue", "--from", "october").code != terminal.OK
