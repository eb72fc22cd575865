"""`guerdon figures`: counted, shown, compared, and what is owed; as a table, as CSV, as JSON."""

import csv
import io

from guerdon.faces.cli import terminal
from tests import shop
from tests.faces.cli.command import guerdon

DAYS = ("--from", "2026-01-01", "--until", "2026-02-01")


def test_days_are_counted_and_shown(pristine_database):
    cafe = shop.Shop(key="aurora")
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2026-01-05")
    cafe.buy("Ann", 1_000, "2025-12-05")
    shown = guerdon("figures", *DAYS, "--compare", "period")
    assert shown.code == terminal.OK
    assert "1 January 2026 – 31 January 2026, against 1 December 2025 – 31 December 2025" in shown.out
    assert "40.00 EUR" in shown.out and "+300.0%" in shown.out
    told = guerdon("figures", *DAYS, "--json").json["figures"]
    assert [one["value"] for one in told if one["kpi"] in ("purchases", "points_outstanding")] == [1, 50]
    lines = list(csv.DictReader(io.StringIO(guerdon("figures", *DAYS, "--csv").out)))
    assert [line["value"] for line in lines if line["kpi"] == "revenue"] == ["40.00", "40.00"]


def test_what_is_owed_is_told_month_by_month(pristine_database):
    cafe = shop.Shop(key="aurora")
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2026-01-05")
    shop.taken(cafe.burn("Ann", 15, "2026-01-06"))
    shown = guerdon("figures", *DAYS, "--liability")
    assert shown.code == terminal.OK and "2026-01 (open)" in shown.out and "2026-02" not in shown.out
    [month] = guerdon("figures", *DAYS, "--liability", "--json").json["months"]
    assert month["sums"]["opening"] == 0 and sum(one["points"] for one in month["sums"]["flows"]) == 25
    [line] = csv.DictReader(io.StringIO(guerdon("figures", *DAYS, "--liability", "--csv").out))
    assert (line["issued"], line["burned"], line["closing"]) == ("40", "-15", "25")


def test_wrong_words_are_told(pristine_database):
    shop.Shop(key="aurora")
    assert guerdon("figures", "--from", "yesterday").code == terminal.USAGE
    assert guerdon("figures", "--compare", "decade").code == terminal.USAGE
    refused = guerdon("figures", "--from", "2026-01-01", "--until", "2026-01-01")
    assert refused.code != terminal.OK and "one before the end" in refused.err
