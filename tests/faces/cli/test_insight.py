"""`guerdon insight`: closed months into files, and what is said of files that are not right."""

import sys
from pathlib import Path

import pytest

from guerdon.faces.cli import terminal
from tests import shop
from tests.faces.cli.command import guerdon, run


def test_closed_months_are_exported_once_and_checked(pristine_database: str, tmp_path: Path):
    cafe = shop.Shop(key="aurora")
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2025-10-05")
    folder = str(tmp_path / "exports")
    none = guerdon("insight", "export", folder)
    assert none.code == terminal.OK and "No month is closed yet" in none.out
    cafe.night("2025-11-01T08:00")
    shop.closing.close(programme_id=cafe.programme_id, month="2025-10", now=shop.moment("2025-11-02"), by="Emil")
    written = guerdon("insight", "export", folder)  # whose figures nobody has counted yet
    assert written.code == terminal.OK and "2025-10: " in written.out and "month=2025-10" in written.out
    again = guerdon("insight", "export", folder, "--json")
    assert again.json["months"][0]["month"] == "2025-10" and not again.json["months"][0]["written"]
    assert "as it was written" in guerdon("insight", "export", folder).out
    (tmp_path / "exports" / "aurora" / "month=2025-10" / "lots" / "00000.parquet").write_bytes(b"")
    wrong = guerdon("insight", "export", folder)
    assert (
        wrong.code == terminal.FINDING and "lots/00000.parquet is missing" in wrong.err and "Traceback" not in wrong.err
    )


def test_a_folder_that_is_none_is_told(pristine_database: str, tmp_path: Path):
    shop.Shop(key="aurora")
    (tmp_path / "file").write_text("")
    told = guerdon("insight", "export", str(tmp_path / "file"))
    assert told.code == terminal.UNREADABLE and "can't be written" in told.err


WITHOUT_EXTRA = [
    sys.executable,
    "-c",
    "import sys; sys.modules['ibis'] = None; from guerdon.faces.cli.main import main; main()",
]


def test_kpis_are_told_as_a_table_as_json_and_as_csv(pristine_database: str, tmp_path: Path):
    """Ann bought for 40.00 and 20.00 in October, Ben for 10.00 in November; no database is asked."""
    cafe = shop.Shop(key="aurora")
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ann", 4_000, "2025-10-05", store="north")
    cafe.buy("Ann", 2_000, "2025-10-06", store="south")
    cafe.buy("Ben", 1_000, "2025-11-06", store="south")
    for month, later in (("2025-10", "2025-11-02"), ("2025-11", "2025-12-02")):
        cafe.night(later)
        cafe.close(month, later)
    folder = str(tmp_path / "exports")
    assert "no export" in guerdon("insight", "kpi", "churn", folder).err
    assert guerdon("insight", "export", folder).code == terminal.OK
    (tmp_path / "exports" / "beans").mkdir()
    several = guerdon("insight", "kpi", "churn", folder)
    assert several.code == terminal.USAGE and "aurora, beans" in several.err
    words = ("--programme", "aurora")
    churn = guerdon("insight", "kpi", "churn", folder, *words, "--json").json  # of November, the last month
    assert (churn["from"], churn["until"]) == ("2025-11-01", "2025-12-01")
    assert churn["rows"] == [{"of": [], "numerator": 1, "denominator": 1, "value": 10_000, "before": None}]
    october = ("--from", "2025-10-01", "--until", "2025-11-01", *words)
    order = guerdon("insight", "kpi", "average_order_value", folder, *october, "--csv")
    assert order.out.split() == ["currency,numerator,denominator,value,before", "EUR,6000,2,3000,"]
    table = guerdon("insight", "kpi", "average_order_value", folder, *october, "--store", "north")
    assert "40.00 EUR" in table.out
    before = guerdon("insight", "kpi", "purchase_frequency", folder, *words, "--compare", "period")
    assert "1.00" in before.out and "2.00" in before.out  # the thirty days before: all of October but its first
    assert "retention" in guerdon("insight", "kpi", "all").out


def test_what_can_not_be_asked_is_told(pristine_database: str, tmp_path: Path):
    cafe = shop.Shop(key="aurora")
    cafe.night("2025-11-02")
    cafe.close("2025-10", "2025-11-02")
    folder = str(tmp_path / "exports")
    guerdon("insight", "export", folder)
    for words, code, text in (
        (("happiness",), terminal.UNREADABLE, "retention"),
        (("enrolments", "--store", "north"), terminal.UNREADABLE, "belongs to no store"),
        (
            ("churn", "--until", "2025-12-02", "--from", "2025-11-01"),
            terminal.UNREADABLE,
            "2025-12 is no exported month",
        ),
        (("churn", "--from", "tomorrow"), terminal.USAGE, "is no day"),
        (("churn", "--compare", "life"), terminal.USAGE, "no comparison"),
        (("churn", "--spark", "sc://127.0.0.1:9"), terminal.UNREADABLE, "does not answer"),
    ):
        told = guerdon("insight", "kpi", words[0], folder, *words[1:])
        assert told.code == code and text in told.err, told.err
    quiet = guerdon("insight", "kpi", "retention", folder)
    assert quiet.code == terminal.OK and "Nothing happened" in quiet.out
    missing = run("insight", "kpi", "churn", folder, start=WITHOUT_EXTRA)
    assert missing.code == terminal.USAGE and "guerdon[insight]" in missing.err
    (tmp_path / "exports" / "aurora" / "month=2025-10" / "manifest.json").write_text("{}")
    broken = guerdon("insight", "kpi", "churn", folder)
    assert broken.code == terminal.FINDING and "can't be read" in broken.err


def test_what_members_will_be_worth_is_told_with_its_doubts(pristine_database: str, tmp_path: Path):
    """Two customers are too few for anything: that is said, and the hold-out is not hidden; a file has no rows."""
    cafe = shop.Shop(key="aurora")
    cafe.enrol("Ann", "Ben")
    for day in ("2025-10-05", "2025-10-12", "2025-10-26"):
        cafe.buy("Ann", 4_000, day)
    cafe.buy("Ben", 1_000, "2025-10-06")
    cafe.night("2025-11-02")
    cafe.close("2025-10", "2025-11-02")
    folder = str(tmp_path / "exports")
    assert guerdon("insight", "export", folder).code == terminal.OK
    told = guerdon("insight", "clv", folder)
    assert told.code == terminal.OK and "2 customers" in told.out and "Nothing can be said" in told.out
    assert "Only 2 customers" in told.err + told.out and "Held out from" in told.out
    found = guerdon("insight", "clv", folder, "--json", "--months", "3").json["clv"]
    assert (found["customers"], found["came_again"], found["months"]) == (2, 1, 3)
    assert {one["doubt"] for one in found["warned"]} >= {"few_customers", "few_repeats", "short_watch"}
    assert guerdon("insight", "clv", folder, "--csv").out.split() == [
        "member,repeat_purchases,last_purchase,alive_percent,expected_purchases,expected_spend,value,currency"
    ]
    for words, text in ((("--months", "0"), "1 to 60"), (("--model", "magic"), "bg-nbd")):
        wrong = guerdon("insight", "clv", folder, *words)
        assert wrong.code == terminal.USAGE and text in wrong.err


def test_the_folder_of_the_installation_is_the_usual_one(
    pristine_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    cafe = shop.Shop(key="aurora")
    cafe.night("2025-11-02")
    cafe.close("2025-10", "2025-11-02")
    monkeypatch.setenv("GUERDON_EXPORTS", str(tmp_path / "kept"))
    assert guerdon("insight", "export").code == terminal.OK
    assert (tmp_path / "kept" / "aurora" / "month=2025-10" / "manifest.json").exists()
    assert guerdon("insight", "kpi", "enrolments", "--json").json["rows"][0]["value"] == 0


def test_what_is_not_working_is_said_with_its_figures(pristine_database, tmp_path):
    """The rule asks for 900.00, and nobody ever spends so much; in another language it is the same."""
    owl = {
        "name": {"en": "Night owl"}, "when": "purchase", "if": [{"basket": {"amount_min": "900.00"}}],
        "then": [{"fixed": {"unit": "points", "give": 5}}],
    }  # fmt: skip
    cafe = shop.Shop({"rules": {"base": shop.BASE, "owl": owl}}, key="aurora")
    cafe.enrol("Ann")
    for day in ("2025-01-05", "2025-02-06"):
        cafe.buy("Ann", 4_000, day)
    for month, later in (("2025-01", "2025-02-02"), ("2025-02", "2025-03-02")):
        cafe.night(later)
        cafe.close(month, later)
    folder = str(tmp_path / "exports")
    assert guerdon("insight", "export", folder).code == terminal.OK
    told = guerdon("insight", "working", folder)
    assert told.code == terminal.FINDING and "A rule that gives nothing: Night owl" in told.out
    assert "could have triggered it in these days: 2." in told.out and "Since 1 January 2025." in told.out
    assert "→ Try it on a sample" in told.out
    report = guerdon("insight", "working", folder, "--from", "2025-02-01", "--json").json["report"]
    (one,) = report["findings"]
    assert (one["kind"], one["of"], [each["value"] for each in one["figures"]]) == ("rule_silent", "owl", [0, 1])
    assert "Правило, което не дава нищо: Night owl" in guerdon("insight", "working", folder, "--language", "bg").out
    assert guerdon("insight", "working", folder, "--language", "xx").code == terminal.USAGE
    before = guerdon("insight", "working", folder, "--from", "2024-12-01")
    assert before.code not in {terminal.OK, terminal.FINDING} and "2024-12 is not exported" in before.err
