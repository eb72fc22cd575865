"""`guerdon close`: an accounting month, tried out, closed, shown again."""

from guerdon.faces.cli import terminal
from tests import shop
from tests.faces.cli.command import guerdon


def test_a_month_is_tried_out_closed_and_shown_again(pristine_database):
    cafe = shop.Shop(key="aurora")
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2025-10-05")
    tried = guerdon("close", "2025-10", "--dry-run", "--json")
    assert tried.code == terminal.OK and (tried.json["closed"], tried.json["known"]) == (None, False)
    assert tried.json["units"] == [
        {
            "unit": "points",
            "opening": 0,
            "flows": [{"kind": "earn", "points": 40, "prior": 0}],
            "sold": [{"points": 40, "price": 4000}],
        }
    ]
    asked = guerdon("close", "2025-10")  # nobody is at the terminal
    assert asked.code == terminal.USAGE and "Nothing was closed" in asked.err and "--yes" in asked.err
    assert cafe.count("closings_closing") == 0
    early = guerdon("close", "2020-01", "--yes")
    assert early.code == terminal.UNREADABLE and "The first month that can be closed is 2025-01." in early.err
    closed = guerdon("close", "2025-10", "--yes")  # with the night that nobody has run yet
    assert closed.code == terminal.OK and "2025-10 is closed." in closed.out and "issued" in closed.out
    for words in ((), ("--dry-run",)):
        again = guerdon("close", "2025-10", *words)
        assert again.code == terminal.OK and "is closed already" in again.out and "nothing was closed" not in again.out
        told = guerdon("close", "2025-10", *words, "--json").json
        assert told["known"] and told["closed"]["month"] == "2025-10" and told["units"] == tried.json["units"]
    wrong = guerdon("close", "2025-09")
    assert wrong.code != terminal.OK and "2025-11" in wrong.err
    assert guerdon("close", "october").code != terminal.OK
    assert guerdon("verify").code == terminal.OK
