"""`guerdon verify`: figures for people, the whole report for programs, and an end that says how it went."""

import json
import re
from pathlib import Path

import pytest

from guerdon.faces.cli import terminal
from guerdon.insight.verify import proof
from tests import shop
from tests.faces.cli.command import guerdon, run
from tests.insight import thief


@pytest.fixture
def cafe(pristine_database):
    found = shop.Shop({"units": {"points": shop.POINTS}}, key="cafe")
    found.enrol("Ann")
    found.buy("Ann", 4_000, "2026-02-01")
    found.burn("Ann", 15, "2026-02-02")
    return found


def test_a_proof_is_shown_with_its_figures(cafe):
    ended = guerdon("verify")
    assert ended.code == terminal.OK
    assert "10.8" in ended.out and "Lots were taken in order" in ended.out and "1 debits" in ended.out
    assert "cafe: 1 member, 2 facts, 2 postings" in ended.out
    assert "✓ All 28 invariants hold" in ended.out
    assert "10.18" not in ended.out and "18, 20" in ended.err and "docs/reference/law.md" in ended.err


def test_the_law_says_which_it_proves_today():
    page = (Path(__file__).parents[3] / "docs" / "reference" / "law.md").read_text("utf-8")
    told = re.search(r"^first counter-example of each\. (.+) come with the features", page, re.MULTILINE)[1]
    waiting = set()
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", told):
        waiting |= set(range(int(first), int(last or first) + 1))
    assert {f"10.{number}" for number in waiting} == proof.NOT_YET.keys()


def test_deep_decides_again(cafe):
    ended = guerdon("verify", "--deep")
    assert ended.code == terminal.OK
    assert "1 decided" in ended.out and "✓ All 29 invariants hold, every activity decided again" in ended.out


def test_a_broken_invariant_ends_with_1_and_names_the_row(cafe, pristine_database):
    thief.steal(pristine_database, "UPDATE ledger_posting SET balance_after = 26 WHERE kind = 'burn'")
    ended = guerdon("verify")
    assert ended.code == terminal.FINDING
    assert "✗ 10.3" in ended.out and "expected 25, found 26" in ended.out and f"mem_{cafe.ids['Ann']}" in ended.out
    assert "✗ 1 of 28 invariants are broken" in ended.out


def test_programs_get_the_whole_report(cafe, pristine_database):
    told = guerdon("verify", "--json", "--programme", "cafe")
    assert told.code == terminal.OK and told.json["ok"] is True
    [totals] = told.json["programmes"]
    assert totals["units"][0]["issued"] == 40 and totals["units"][0]["outstanding"] == 25
    thief.steal(pristine_database, "UPDATE ledger_posting SET balance_after = 26 WHERE kind = 'burn'")
    told = guerdon("verify", "--json")
    assert told.code == terminal.FINDING
    [broken] = [verdict for verdict in told.json["verdicts"] if verdict["holds"] is False]
    assert broken["first"]["expected"] == "25" and json.dumps(broken)


def test_an_unknown_programme_ends_with_3(cafe):
    ended = guerdon("verify", "--programme", "nowhere")
    assert ended.code == terminal.UNREADABLE and "nowhere" in ended.err


def test_it_teaches(cafe):
    ended = run("verify", "--help")
    assert ended.code == terminal.OK
    assert "guerdon verify --deep" in ended.out and "first counter-example" in " ".join(ended.out.split())
    assert "docs/reference/law.md" in ended.out
    assert run("verify", "--unknown").code == terminal.USAGE
