"""Segments at the terminal: listed, counted, explained, written to a file that no spreadsheet runs."""

import csv

import pytest

from guerdon.core.members import Person
from guerdon.engine import segments
from guerdon.faces import tables
from guerdon.faces.cli import terminal
from guerdon.kit import ids
from tests import shop
from tests.faces.cli.command import guerdon

IF = [{"last": {"days_min": 90}}, {"balance": {"unit": "points", "min": 10}}]


@pytest.fixture
def cafe(pristine_database):
    cafe = shop.Shop(key="cafe")
    cafe.enrol("ann", cards=("4711",), person=Person(name="=HYPERLINK(1)", phone="+35988123456", language="bg"))
    cafe.enrol("ben")
    cafe.buy("ann", 4_020, "2026-01-05")
    says = segments.Says({"en": "Sleepers"}, IF, "emil", "spring")
    segments.add(programme_id=cafe.programme_id, key="sleepers", says=says, now=shop.moment("2026-06-01"))
    return cafe


def test_segments_are_listed_shown_and_counted(cafe):
    assert "never counted" in guerdon("segment", "list").out
    assert guerdon("segment", "count", "sleepers").out.strip() == "sleepers: 1 member"
    assert "(version 1, 1 members at" in guerdon("segment", "list").out
    (told,) = guerdon("segment", "list", "--json").json
    assert (told["key"], told["members"]) == ("sleepers", 1)
    shown = guerdon("segment", "show", "sleepers")
    assert "the member's last purchase was at least 90 days ago" in shown.out and "spring" in shown.out
    assert guerdon("segment", "show", "sleepers", "--json").json["if"] == IF
    assert guerdon("segment", "count", "none").code == terminal.UNREADABLE


def test_why_is_told_clause_by_clause(cafe):
    told = guerdon("segment", "why", "sleepers", "ben").out
    assert "ben is not in sleepers." in told and "has: never" in told and "has: 0 points" in told
    found = guerdon("segment", "why", "sleepers", "ann", "--json").json
    assert found["in"] and [part["has"] for part in found["because"]["parts"]] == ["5 January 2026", "40 points"]


def test_members_are_written_without_formulas_and_without_persons_unless_asked(cafe, tmp_path):
    plain, full = tmp_path / "plain.csv", tmp_path / "full.csv"
    assert guerdon("segment", "export", "sleepers", "--to", str(plain)).code == terminal.OK
    assert "HYPERLINK" not in plain.read_text()
    assert guerdon("segment", "export", "sleepers", "--persons", "--to", str(full)).code == terminal.OK
    with full.open(newline="") as read:
        (row,) = csv.DictReader(read)
    assert row["member"] == ids.show("member", cafe.account("ann")) and row["cards"] == "4711"
    assert (row["name"], row["phone"]) == ("'=HYPERLINK(1)", "'+35988123456")
    assert guerdon("segment", "export", "sleepers").out.replace("\r\n", "\n") == plain.read_text().replace("\r\n", "\n")
    assert guerdon("segment", "export", "sleepers", "--to", str(full)).code == terminal.UNREADABLE  # it is there


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        "+1",
        "-a",
        "-1-1",
        "@a",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "﹦1",
        "﹢1",
        "﹣1",
        "﹫a",
        "\u2212a",
        "｜x",
        "％x",
        "\ufeff=1",
        "\u00a0-1",
        "\u200b=1",
        "\u202e=1",
        "\u3000=1",
        "\x00=1",
        "\x1f\u00ad@a",
        "|x",
        "%x",
    ],
)
def test_what_begins_a_formula_is_guarded(text):
    assert tables.guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "ann", "1", "-1", "-12.50", "a=1", "é", "'=1", "ann@aurora.example"])
def test_all_else_stays_as_it_is(text):
    assert tables.guarded(text) == text


def test_names_are_read_anew(cafe):
    assert guerdon("member", "reindex").out.strip() == "cafe: 2 members can be found by name."
    assert guerdon("member", "reindex", "--json").json == {"programme": "cafe", "members": 2}
