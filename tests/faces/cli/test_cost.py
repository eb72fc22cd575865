"""The cost book at the terminal: told, listed, taken back, month by month."""

import pytest

from guerdon.faces.cli import terminal
from guerdon.insight import schedule
from tests.faces.cli.command import guerdon
from tests.faces.console import insights

ADD = ("cost", "add", "agency", "800.00", "--note", "invoice 118")


@pytest.fixture
def cafe(pristine_database, tmp_path, monkeypatch):
    monkeypatch.setenv("GUERDON_HOME", str(tmp_path))
    insights.placed(monkeypatch, tmp_path / "exports")
    return insights.opened()


def test_one_is_told_listed_and_taken_back(cafe):
    assert "nothing is told" in guerdon("cost", "list").out
    told = guerdon(*ADD, "--month", "2025-03", "--rule", "base")
    assert told.code == terminal.OK and "800.00 EUR" in told.out and "base" in told.out
    guerdon("cost", "add", "media", "10", "--note", "x", "--from", "2025-01-01", "--until", "2025-02-15", "--currency",
            "usd")  # fmt: skip
    media, agency = guerdon("cost", "list", "--json").json
    assert (media["amount"], media["currency"], media["until"]) == (1_000, "USD", "2025-02-15")
    assert (agency["kind"], agency["from"], agency["until"]) == ("agency", "2025-03-01", "2025-04-01")
    back = guerdon("cost", "reverse", agency["id"], "--why", "twice")
    assert back.code == terminal.OK and "twice" in back.out
    again = guerdon("cost", "reverse", agency["id"], "--why", "thrice")
    assert again.code != terminal.OK and "taken back" in again.out + again.err


def test_months_are_counted_now_and_told(cafe):
    schedule.write_months.func(cafe.programme_id)
    guerdon(*ADD, "--month", "2025-03")
    found = guerdon("cost", "months", "--from", "2025-02", "--until", "2025-03").out
    assert "800.00 EUR" in found and "0.30 EUR" in found and "800.30 EUR" in found
    february, march = guerdon("cost", "months", "--from", "2025-02", "--until", "2025-03", "--json").json["months"]
    assert february["known"] == march["known"] == "known" and march["totals"][0]["net"] == 80_030
    sheet = guerdon("cost", "months", "--from", "2025-03", "--until", "2025-03", "--csv").out.splitlines()
    assert "2025-03,told,cost,agency,,1,EUR,800.00" in sheet and "2025-03,total,net,,,,EUR,800.30" in sheet


@pytest.mark.parametrize(
    "typed",
    [
        ("agency", "800", "--note", "x"), ("agency", "800", "--note", " ", "--month", "2025-03"),
        ("bribes", "800", "--note", "x", "--month", "2025-03"), ("agency", "0", "--note", "x", "--month", "2025-03"),
        ("agency", "800", "--note", "x", "--month", "2025-03", "--from", "2025-03-01"),
        ("agency", "800", "--note", "x", "--from", "2025-03-01"),
    ],
)  # fmt: skip
def test_what_is_no_entry_is_told(cafe, typed):
    assert guerdon("cost", "add", *typed).code == terminal.USAGE
    assert guerdon("cost", "list", "--json").json == []


def test_what_is_refused_is_told(cafe):
    refused = [
        guerdon(*ADD, "--month", "2025-03", "--rule", "never"),
        guerdon(*ADD, "--month", "2025-03", "--currency", "XYZ"),
        guerdon("cost", "add", "agency", "8.001", "--note", "x", "--month", "2025-03"),
    ]  # fmt: skip
    assert all(one.code != terminal.OK for one in refused)
    assert "no version of the programme has a rule" in (refused[0].out + refused[0].err).lower()
