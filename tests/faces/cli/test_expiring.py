"""`guerdon expiring`, and what `guerdon night` says of reminders."""

from datetime import timedelta

from guerdon.faces.cli import terminal
from guerdon.kit import clock
from tests import shop
from tests.faces.cli.command import guerdon

UNIT = shop.POINTS | {"expires": {"rolling": {"days": 60}}, "worth": {"points": 10, "money": "0.50"}}


def test_the_night_reminds_and_the_months_are_shown(pristine_database):
    cafe = shop.Shop({"units": {"points": UNIT}}, key="aurora")
    cafe.enrol("Ann")
    assert "no night has looked ahead yet" in guerdon("expiring").out
    now = clock.now()
    cafe.tell(cafe.purchase("Ann", 4_000, f"{now - timedelta(days=30):%Y-%m-%d}"), now=f"{now:%Y-%m-%dT%H:%M:%S}")
    assert "reminder" not in guerdon("night", "--as-of", f"{now - timedelta(days=1):%Y-%m-%d}").out
    night = guerdon("night")
    assert night.code == terminal.OK and "1 reminder of points that end" in night.out
    shown = guerdon("expiring", "--json")
    assert shown.code == terminal.OK
    [month] = shown.json["months"]
    assert (month["unit"], month["points"], month["worth"]) == ("points", 40, 200)
    table = guerdon("expiring")
    assert table.code == terminal.OK and month["month"] in table.out and "40" in table.out
    assert guerdon("verify").code == terminal.OK
