"""`guerdon insight roi` and `beside`, of a café whose engine holds members out of a campaign."""

from collections.abc import Callable
from pathlib import Path

import pytest

from guerdon.faces.cli import terminal
from tests import shop
from tests.faces.cli.command import guerdon
from tests.insight.roi import campaign
from tests.insight.roi.campaign import NAMES, held


@pytest.fixture
def cafe(sampled: Callable[[Callable[[], shop.Shop]], shop.Shop]) -> shop.Shop:
    return sampled(campaign.alone)


def test_the_engine_holds_out_and_the_measure_sees_it(cafe: shop.Shop, tmp_path: Path):
    out = [name for name in NAMES if held(cafe, name)]
    assert 0 < len(out) < len(NAMES)  # all or none of them: once in eight million
    for number, name in enumerate(NAMES):
        earned = sum(line.points for line in cafe.statement(name) if line.kind == "earn")
        whole, more = (1_000 + number) // 100, (2_000 + number) // 100
        assert earned == (3 * whole if name in out else whole + 2 * 2 * more)
    assert guerdon("verify").code == terminal.OK
    folder = str(tmp_path / "exports")
    assert guerdon("insight", "export", folder).code == terminal.OK
    told = guerdon("insight", "roi", folder, "--cost", "100.00", "--json")
    found = told.json["worth"]
    assert (told.json["from"], told.json["until"], found["began"]) == ("2025-11-01", "2026-01-01", "2025-11-01")
    assert (found["held_out"], found["members"]) == (len(out), len(NAMES) - len(out))
    plain = found["plain"]
    assert plain["low"] < plain["value"] < plain["high"]
    assert abs(plain["value"] - 2_000) < 50  # what guests spend by themselves differs by cents
    assert (found["margin"], found["cost"], found["few"], found["verdict"]) == (4_000, 10_000, True, "can_not_say")
    text = guerdon("insight", "roi", folder, "--margin", "12.5", "--cost", "1")
    assert text.code == terminal.OK and "less than a hundred" in text.out and "return on cost" in text.out
    some = ("--store", "s0", "--store", "s1")
    beside = guerdon("insight", "beside", "2025-12", folder, *some, "--json").json["beside"]
    assert beside["months"] == ["2025-10", "2025-11", "2025-12"] and beside["trend"]["clusters"] == [2, 2]
    assert (beside["treated"], beside["others"], beside["verdict"]) == (12, 12, "can_not_say")
    one = guerdon("insight", "beside", "2025-12", folder, "--store", "s0")
    assert one.code != terminal.OK and "two stores" in one.err
    text = guerdon("insight", "beside", "2025-12", folder, *some)
    assert "weaker than a hold-out" in text.out and "placebo: had it begun 2025-11" in text.out


def test_what_can_not_be_measured_is_told(pristine_database: str, tmp_path: Path):
    cafe = shop.Shop(key="aurora")
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ann", 4_000, "2025-10-05", store="north")
    cafe.night("2025-11-02")
    cafe.close("2025-10", "2025-11-02")
    folder = str(tmp_path / "exports")
    assert guerdon("insight", "export", folder).code == terminal.OK
    none = guerdon("insight", "roi", folder)
    assert none.code != terminal.OK and "hold_out: {share: 5}" in none.err and "Traceback" not in none.err
    for words in (("--margin", "x"), ("--margin", "101"), ("--cost", "1.234"), ("--from", "2025-10-01")):
        assert guerdon("insight", "roi", folder, *words).code == terminal.USAGE
    assert guerdon("insight", "beside", "2025-10", folder).code == terminal.USAGE
    assert guerdon("insight", "beside", "October", folder, "--store", "north").code == terminal.USAGE
    first = guerdon("insight", "beside", "2025-10", folder, "--store", "north")
    assert first.code != terminal.OK and "must begin within" in first.err
