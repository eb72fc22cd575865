"""`guerdon simulate`: a draft beside today, as a table, as JSON and as CSV, and what can't be asked."""

from pathlib import Path

import pytest
import yaml

from guerdon.faces.cli import terminal
from tests import shop
from tests.faces.cli.command import guerdon


@pytest.fixture
def cafe(pristine_database: str, monkeypatch: pytest.MonkeyPatch) -> shop.Shop:
    """Ann bought for 40.00 in October and 20.00 in November, and burned 50 points."""
    monkeypatch.setenv("GUERDON_PLAIN_LOOPS", "1")
    one = shop.Shop(key="aurora")
    one.enrol("Ann", "Ben")
    one.buy("Ann", 4_000, "2025-10-05")
    one.buy("Ann", 2_000, "2025-11-06")
    one.burn("Ann", 50, "2025-11-08")
    return one


def draft(folder: Path, give: int, **parts: object) -> str:
    """A file that gives so many points for a euro."""
    rule = {"when": "purchase", "then": [{"points": {"unit": "points", "give": give, "per": "1.00"}}]}
    text = yaml.safe_dump(shop.document("aurora", rules={"base": rule}, **parts), sort_keys=False)
    (folder / "draft.yaml").write_text(text)
    return str(folder / "draft.yaml")


def test_a_draft_is_told_beside_today(cafe: shop.Shop, tmp_path: Path):
    file, csv = draft(tmp_path, 2), tmp_path / "months.csv"
    told = guerdon("simulate", file, "--until", "2025-12-01", "--csv", str(csv))
    assert told.code == terminal.OK, told.err
    assert "equals the ledger to the point: 2 members, 3 postings" in " ".join(told.out.split())
    assert "1 member would have got more, 0 less." in told.out and "2025-10" in told.out
    rows = [line.split(",") for line in csv.read_text().splitlines()]
    whole = dict(zip(rows[0], rows[1], strict=True))
    # By hand: 60 points become 120, of which 50 were burned under both.
    assert (whole["issued_today"], whole["issued_draft"]) == ("60", "120")
    assert (whole["outstanding_today"], whole["outstanding_draft"], whole["redeemed_draft"]) == ("10", "70", "50")
    assert [row[2] for row in rows[2:]] == ["2025-10", "2025-11"]
    answer = guerdon("simulate", file, "--from", "2025-11-01", "--until", "2025-12-01", "--json").json
    (points,) = answer["mechanical"]
    assert (answer["since"], answer["until"], answer["lines"]) == ("2025-11-01", "2025-12-01", 2)
    assert (points["whole"]["today"]["issued"], points["whole"]["draft"]["issued"]) == (20, 40)


def test_tiers_are_told_beside_today(pristine_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """By hand: with silver from 40 instead of 30 euros Ben falls, with gold from 50 instead of 60 Dora rises."""
    monkeypatch.setenv("GUERDON_PLAIN_LOOPS", "1")
    cafe = shop.Shop({"tiers": ladder("30.00", "60.00")}, key="aurora")
    for name, amount in (("Ann", 6_000), ("Ben", 3_500), ("Cleo", 1_000), ("Dora", 5_000)):
        cafe.enrol(name)
        cafe.buy(name, amount, "2025-10-05")
    file, csv = draft(tmp_path, 2, tiers=ladder("40.00", "50.00")), tmp_path / "tiers.csv"
    told = guerdon("simulate", file, "--csv", str(csv))
    assert told.code == terminal.OK, told.err
    words = " ".join(told.out.replace("─", " ").split())
    assert "equals the ledger to the point: 4 members, 4 postings, 3 steps of tiers." in words
    assert (
        "Tiers at the end ladder tier today draft difference club – 1 2 +1 club silver 2 0 -2 club gold 1 2 +1" in words
    )
    moves = "club – – 1 club silver – 1 club silver gold 1 club gold gold 1"
    assert f"Who moves where ladder today draft members {moves}" in words
    assert "1 member would stand in a higher tier, 1 in a lower." in words
    rows = [line.split(",")[1:6] for line in csv.read_text().splitlines() if ",tier," in line]
    assert rows == [
        ["tier", "", "1", "10", "20"],
        ["tier", "silver", "2", "85", "170"],
        ["tier", "gold", "1", "60", "120"],
    ]
    answer = guerdon("simulate", file, "--json").json
    assert answer["gate"]["steps"] == 3
    ends = {(one["ladder"], one["today"], one["draft"]): one["members"] for one in answer["moves"]}
    gold = ("club", "gold", "gold")
    assert ends == {("club", "", ""): 1, ("club", "silver", ""): 1, ("club", "silver", "gold"): 1, gold: 1}


def test_without_ladders_nothing_is_said_of_tiers(cafe: shop.Shop, tmp_path: Path):
    told = guerdon("simulate", draft(tmp_path, 2))
    assert told.code == terminal.OK and "tier" not in told.out.lower()


def ladder(silver: str, gold: str) -> dict[str, object]:
    """A ladder of two levels by what is spent."""
    levels = {key: {"name": {"en": key.title()}, "from": least} for key, least in (("silver", silver), ("gold", gold))}
    return {"club": {"name": {"en": "Club"}, "basis": {"spend": True}, "levels": levels}}


def test_a_redemption_without_points_is_counted(cafe: shop.Shop, tmp_path: Path):
    rule = {"base": {"when": "purchase", "then": [{"points": {"unit": "points", "give": 1, "per": "2.00"}}]}}
    (tmp_path / "less.yaml").write_text(yaml.safe_dump(shop.document("aurora", rules=rule)))
    told = guerdon("simulate", str(tmp_path / "less.yaml"))
    assert told.code == terminal.OK and "redemptions and transfers without points" in told.out


def test_what_can_not_be_asked_is_told(cafe: shop.Shop, tmp_path: Path):
    file = draft(tmp_path, 2)
    for words, code, text in (
        (("--from", "soon"), terminal.USAGE, "is no day"),
        (("--from", "2100-01-01"), terminal.UNREADABLE, "The draft would be in force from 2100-01-01"),
        (("--csv", str(tmp_path / "no" / "months.csv")), terminal.UNREADABLE, "can't be written"),
    ):
        told = guerdon("simulate", file, *words)
        assert told.code == code and text in told.err, told.err
    assert guerdon("simulate", "drf_00000000000000000000000000000001").code == terminal.UNREADABLE
    unit = {"points": {"vesting": {"activity": "delivered", "days": 1, "cancel_after_days": 9}}}
    odd = guerdon("simulate", draft(tmp_path, 2, units=unit, kinds={"delivered": {}}))
    assert odd.code == terminal.UNREADABLE and "units.points.vesting.activity" in odd.err
    other = yaml.safe_dump(shop.document("beans"))
    (tmp_path / "other.yaml").write_text(other)
    wrong = guerdon("simulate", str(tmp_path / "other.yaml"), "--programme", "aurora")
    assert wrong.code == terminal.UNREADABLE and "beans" in wrong.err
