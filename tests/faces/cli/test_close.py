"""`guerdon close`: an accounting month, tried out, closed, shown again."""

from guerdon.faces.cli import terminal
from tests import shop
from tests.faces.cli.command import run


def test_a_month_is_tried_out_closed_and_shown_again(pristine_database):
    cafe = shop.Shop(key="aurora")
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2025-10-05")
    tried = run("close", "2025-10", "--dry-run", "--json")
    assert tried.code == terminal.OK and tried.json["closed"] is None
    assert tried.json["units"] == [
        {"unit": "points", "opening": 0, "flows": [{"kind": "earn", "points": 40, "prior": 0}]}
    ]
    closed = run("close", "2025-10")  # with the night that nobody has run yet
    assert closed.code == terminal.OK and "2025-10 is closed." in closed.out and "issued" in closed.out
    again = run("close", "2025-10")
    assert again.code == terminal.OK and "is closed already" in again.out
    wrong = run("close", "2025-09")
    assert wrong.code != terminal.OK and "2025-11" in wrong.err
    assert run("close", "october").code != terminal.OK
    assert run("verify").code == terminal.OK
