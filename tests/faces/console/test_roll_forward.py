"""The roll-forward in the console: by month and cut, in points and money, as a file; and why there is none."""

import csv
import html
import io

import pytest

from guerdon.faces import words
from guerdon.insight.kpis import engines
from guerdon.insight.roll_forward.lines import BY
from tests.faces.console import insights
from tests.faces.console.counted import Cafe
from tests.faces.console.test_finance import rows, told

PAGE = "finance/roll-forward"


@pytest.fixture
def cafe(sampled):
    return sampled(insights.exported)


def say(key, **facts):
    return words.say(key, "en", **facts)


def test_a_month_by_store_in_points_and_money(cafe):
    client = cafe.client("finance")
    assert PAGE in told(client.get(cafe.at("finance/")))
    text = told(client.get(cafe.at(f"{PAGE}?by=store")))
    assert [row for row in rows(text) if row] == [
        ["Plovdiv", "20", "+50", "0", "70"], ["Sofia", "170", "+10", "−30", "150"], ["All", "190", "+60", "−30", "220"],
        ["Plovdiv", "0.20 EUR", "+0.50 EUR", "0.00 EUR", "0.70 EUR"],
        ["Sofia", "1.70 EUR", "+0.10 EUR", "−0.30 EUR", "1.50 EUR"],
        ["All", "1.90 EUR", "+0.60 EUR", "−0.30 EUR", "2.20 EUR"],
    ]  # fmt: skip
    tiers = told(client.get(cafe.at(f"{PAGE}?by=tier&month=2025-02")))
    assert [row for row in rows(tiers) if row][:2] == [
        [say("insight.tier_none"), "60", "−40", "+30", "50"], ["Silver", "0", "+40", "+100", "140"],
    ]  # fmt: skip
    assert say("console_finance.moves") in tiers and say("console_finance.ties") in tiers


def test_the_file_has_the_same(cafe):
    client = cafe.client("finance")
    answer = client.get(cafe.at(f"{PAGE}.csv?by=store&month=2025-01"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="roll-forward-2025-01-store.csv"'
    found = [(one["store"], one["closing"]) for one in csv.DictReader(io.StringIO(answer.content.decode()))]
    assert found == [("Plovdiv", "20"), ("Sofia", "40"), ("all", "60")]
    assert say("console_finance.file_roll_forward") in told(client.get(cafe.at("finance/exports")))
    assert client.get(cafe.at(f"{PAGE}.csv?month=2029-01")).status_code == 303


def test_what_can_not_be_told_is_said(cafe, tmp_path):
    client = cafe.client("finance")
    for asked in ("month=2029-01", "by=tier&ladder=other"):
        answer = client.get(cafe.at(f"{PAGE}?{asked}"))
        assert answer.status_code == 422 and say("console_finance.roll_forward_fault") in html.unescape(
            answer.content.decode()
        )
    assert rows(told(client.get(cafe.at(f"{PAGE}?by=weather")))) == rows(told(client.get(cafe.at(PAGE))))
    (manifest,) = tmp_path.glob("*/month=2025-02/manifest.json")
    manifest.unlink()
    assert say("insight.damaged") in told(client.get(cafe.at(PAGE)))


def test_the_worker_has_it_ready_before_anybody_asks(cafe, monkeypatch):
    insights.worked()
    monkeypatch.setattr(engines, "opened", None)
    client = cafe.client("finance")
    for by in BY:
        assert client.get(cafe.at(f"{PAGE}?by={by}")).status_code == 200


def test_nothing_is_exported_yet(pristine_database, tmp_path, monkeypatch):
    insights.placed(monkeypatch, tmp_path)
    fresh = Cafe()
    client = fresh.client("finance")
    assert say("insight.none_about") in told(client.get(fresh.at(PAGE)))
    assert client.get(fresh.at(f"{PAGE}.csv")).status_code == 303


@pytest.mark.parametrize("language", ["bg", "tr"])
def test_in_other_languages_too(cafe, language):
    client = cafe.client("finance")
    for by in ("unit", "tier", "store", "funder"):
        text = told(client.get(cafe.at(PAGE), {"language": language, "by": by}))
        assert words.say(f"console_finance.by_{by}", language) in text
