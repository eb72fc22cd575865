"""`guerdon sweep` and `guerdon forecast`: tables, choices and files of scenarios, and what can't be asked."""

from pathlib import Path

import pytest
import yaml

from guerdon.faces.cli import terminal
from tests import shop
from tests.faces.cli.command import guerdon

POINTS = {"kind": "redeemable", "name": {"en": "points"}, "worth": {"points": 100, "money": "1.00"}}
PARTS = {"units": {"points": POINTS}}
GIVE = "rules.base.then.0.points.give"


@pytest.fixture
def cafe(pristine_database: str, monkeypatch: pytest.MonkeyPatch) -> shop.Shop:
    """Ann bought for 40.00, Ben for 20.00; a hundred points are worth a euro."""
    monkeypatch.setenv("GUERDON_PLAIN_LOOPS", "1")
    one = shop.Shop(PARTS)
    one.enrol("Ann", "Ben")
    for month in range(1, 7):
        one.buy("Ann", 4_000, f"2025-{month:02}-05")
        one.buy("Ben", 2_000, f"2025-{month:02}-06")
    return one


@pytest.fixture
def draft(cafe: shop.Shop, tmp_path: Path) -> str:
    file = tmp_path / "draft.yaml"
    file.write_text(yaml.safe_dump(shop.document(cafe.key, **PARTS)))
    return str(file)


def test_a_grid_is_replayed_and_the_best_within_limits_is_chosen(draft: str):
    """Six times 60.00 are 360 points for each point a euro: 3.60, 7.20, 10.80."""
    words = (
        "sweep",
        draft,
        "--vary",
        f"{GIVE}=1,2,3",
        "--budget",
        "0",
        "--maximise",
        "kept",
        "--cap",
        "liability=8.00",
    )
    found = guerdon(*words, "--json").json
    points = found["sweep"]["points"]
    assert [one["metrics"]["issued"] for one in points] == [360, 720, 1_080]
    assert [one["metrics"]["liability"] for one in points] == [360, 720, 1_080]
    assert found["choice"]["best"]["metrics"]["liability"] == 720
    assert found["choice"]["wished"]["metrics"]["liability"] == 1_080
    told = guerdon(*words)
    assert told.code == terminal.OK, told.err
    assert "It is excluded" in told.out and "too much" in told.out
    rows = guerdon(*words, "--csv").out.splitlines()
    assert len(rows) >= 4 and all("," in row for row in rows)


def test_who_would_lose_is_no_choice(draft: str):
    """Today gives one point: half a point takes from both."""
    words = ("sweep", draft, "--vary", "rules.base.then.0.points.per=1.00,2.00", "--minimise", "burden")
    assert guerdon(*words, "--budget", "0", "--json").json["choice"]["best"]["metrics"]["issued"] == 180
    held = guerdon(*words, "--budget", "0", "--nobody-loses", "--json").json["choice"]
    assert held["best"]["metrics"]["issued"] == 360


@pytest.mark.parametrize(
    "words",
    [
        ("--vary", "rules.base.then.0.points.give"), ("--vary", f"{GIVE}=1,2", "--minimise", "luck"),
        ("--vary", f"{GIVE}=1,2", "--margin", "30"), ("--vary", f"{GIVE}=1,2", "--unit", "miles"),
    ],
)  # fmt: skip
def test_what_can_not_be_tried_is_told(draft: str, words: tuple[str, ...]):
    told = guerdon("sweep", draft, *words)
    assert told.code in (terminal.USAGE, terminal.UNREADABLE) and told.err


def test_years_ahead_are_told_with_their_assumptions(draft: str):
    found = guerdon("forecast", draft, "--years", "1", "--joining", "0", "--json").json
    assert found["assumed"]["years"] == 1 and len(found["years"]) == 1
    assert found["today"]["months"] == found["draft"]["months"]
    assert all(one["low"] == one["middle"] == one["high"] == 0 for one in found["differences"])
    told = guerdon("forecast", "--years", "1")
    assert told.code == terminal.OK and "Assumed: members do" in told.out and "end unused" in told.out
    rows = guerdon("forecast", draft, "--years", "1", "--csv").out.splitlines()
    assert len(rows) == 1 + 2 * 12 and rows[0].startswith("programme,month,issued_low")
    assert guerdon("forecast", "--growth", "200").code == terminal.USAGE
