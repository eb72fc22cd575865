"""`guerdon verify`: figures for people, the whole report for programs, and an end that says how it went."""

import json
import re
from pathlib import Path

import msgspec
import pytest

from guerdon.engine import seal
from guerdon.faces.cli import terminal
from guerdon.insight.verify import proof
from guerdon.kit import store
from tests import shop
from tests.faces.cli.command import guerdon, run
from tests.insight import thief

ALL = len(proof.ALWAYS)


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
    assert f"✓ All {ALL} invariants hold" in ended.out
    assert "10.18" not in ended.out and "18, 23" in ended.err and "docs/reference/law.md" in ended.err


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
    assert "1 decided" in ended.out
    assert f"✓ All {ALL + len(proof.DEEP)} invariants hold, every activity decided again" in ended.out


def test_a_broken_invariant_ends_with_1_and_names_the_row(cafe, pristine_database):
    thief.steal(pristine_database, "UPDATE ledger_posting SET balance_after = 26 WHERE kind = 'burn'")
    ended = guerdon("verify")
    assert ended.code == terminal.FINDING
    assert "✗ 10.3" in ended.out and "expected 25, found 26" in ended.out and f"mem_{cafe.ids['Ann']}" in ended.out
    assert f"✗ 1 of {ALL} invariants are broken" in ended.out


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


# --- seals and receipts ---


def test_a_receipt_is_verified_without_a_database(cafe, pristine_database, tmp_path):
    heads, receipt = tmp_path / "heads.txt", tmp_path / "receipt.json"
    sealed = guerdon("seal", "--publish", str(heads), "--json")
    assert sealed.code == terminal.OK and sealed.json[0]["published"] == 1
    assert guerdon("seal", "--publish", str(heads), "--json").json[0]["published"] == 0
    id = store.current().fetch(store.Statement("SELECT id FROM activities_activity WHERE kind = 'purchase'"))[0][0]
    found = seal.receipt(store.current(), cafe.programme_id, id)
    receipt.write_bytes(msgspec.json.encode(found))
    nowhere = {"GUERDON_DATABASE_URL": "sqlite:////nowhere/guerdon.db"}
    told = guerdon("verify", "--receipt", str(receipt), "--head", str(heads), **nowhere)
    assert told.code == terminal.OK and "proved by a published head" in told.out and "+40 points (earn)" in told.out
    assert guerdon("verify", "--receipt", str(receipt)).code == terminal.OK
    receipt.write_bytes(msgspec.json.encode(found).replace(b'"amount":40', b'"amount":41'))
    told = guerdon("verify", "--receipt", str(receipt), "--head", str(heads))
    assert told.code == terminal.FINDING and "not what was sealed" in told.out
    receipt.write_bytes(b"{}")
    assert guerdon("verify", "--receipt", str(receipt), "--head", str(heads)).code == terminal.UNREADABLE


def test_seals_cut_off_are_found_by_a_head_kept_outside(cafe, pristine_database, tmp_path):
    heads = tmp_path / "heads.txt"
    guerdon("seal", "--publish", str(heads))
    assert guerdon("verify", "--head", str(heads)).code == terminal.OK
    thief.steal(pristine_database, "DELETE FROM seals_leaf", "DELETE FROM seals_seal")
    assert guerdon("verify").code == terminal.OK, "nothing inside can tell that there was a seal"
    told = guerdon("verify", "--head", str(heads))
    assert told.code == terminal.FINDING and "seals that were published are missing" in told.out
    guerdon("seal")
    told = guerdon("verify", "--head", str(heads))
    assert told.code == terminal.FINDING and "another head than the one that was published" in told.out
