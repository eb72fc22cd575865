"""KPIs of closed months over the API: which there are, what they say, and why one can't be told."""

from datetime import UTC, datetime

import pytest

from guerdon.insight import schedule
from guerdon.insight.kpis.definitions import KPIS
from tests.faces.api import door
from tests.faces.console import insights

NOW = datetime(2025, 4, 2, 8, tzinfo=UTC)
FEBRUARY = "from=2025-02-01&until=2025-03-01"


@pytest.fixture
def cafe(sampled):
    return sampled(insights.exported)


@pytest.fixture
def api(cafe):
    found = door.opened(cafe, now=lambda: NOW)
    yield found
    found.close()


def test_which_there_are(api):
    told = api.get("/v1/kpis?language=bg").json
    assert told["months"] == ["2025-01", "2025-02", "2025-03"]
    assert [one["kpi"] for one in told["kpis"]] == list(KPIS)
    assert told["kpis"][0]["name"] == "Нови членове" and told["kpis"][0]["of_stores"] is False


def test_what_one_says(api):
    """February: Ann for 100.00 and Cleo for 30.00, both in Sofia; January: 40.00 and 20.00."""
    told = api.get(f"/v1/kpis/average_order_value?{FEBRUARY}&compare=previous_period").json
    assert (told["from"], told["until"], told["compared_from"]) == ("2025-02-01", "2025-03-01", "2025-01-04")
    assert told["rows"] == [{
        "of": ["EUR"], "numerator": 13_000, "denominator": 2, "value": 6_500, "before": 3_000, "scale": 2,
        "currency": "EUR",
    }]  # fmt: skip
    assert api.get(f"/v1/kpis/average_order_value?{FEBRUARY}&stores=Plovdiv").json["rows"] == []
    silver = api.get(f"/v1/kpis/average_order_value?{FEBRUARY}&tiers=silver").json["rows"]
    assert [one["numerator"] for one in silver] == [10_000]
    last = api.get("/v1/kpis/churn").json  # March, the last one that is exported
    assert (last["from"], last["until"]) == ("2025-03-01", "2025-04-01") and last["compared_from"] is None


def test_as_a_table(api):
    api.checked = False  # a table is no JSON
    found = api.get(f"/v1/kpis/average_order_value?{FEBRUARY}", headers={"accept": "text/csv"})
    assert found.body.decode().split() == ["currency,numerator,denominator,value,before", "EUR,13000,2,65.00,"]


def test_why_one_is_not_told(api, tmp_path, monkeypatch):
    for path, status, code in (
        ("happiness", 404, "kpi_unknown"), ("enrolments?stores=Sofia", 422, "kpi_of_no_store"),
        ("churn?until=2025-05-01", 409, "kpi_not_exported"),
        ("churn?from=2025-03-01&until=2025-03-01", 422, "figures_period_invalid"),
    ):  # fmt: skip
        answer = api.get(f"/v1/kpis/{path}")
        assert (answer.status, answer.code) == (status, code), path
    with monkeypatch.context() as patch:
        patch.setattr(schedule, "installed", lambda: False)
        assert api.get("/v1/kpis/breakage").code == "insight_missing"
    (manifest,) = tmp_path.glob("*/month=2025-03/manifest.json")
    manifest.write_text("{}")
    assert api.get("/v1/kpis").code == "export_damaged"


def test_what_is_not_working(api, monkeypatch):
    """One rule, which gives points all the time: all is well; before January nothing is exported."""
    told = api.get("/v1/working").json
    assert (told["from"], told["until"], told["findings"], told["looked_at"]) == ("2025-01-01", "2025-04-01", [], 2)
    march = api.get("/v1/working?from=2025-03-01").json
    assert (march["compared_from"], march["compared_until"]) == ("2025-02-01", "2025-03-01")
    assert api.get("/v1/working?from=2024-12-01").code == "working_not_exported"
    assert api.get("/v1/working?from=2025-04-01&until=2025-03-01").code == "figures_period_invalid"
    with monkeypatch.context() as patch:
        patch.setattr(schedule, "installed", lambda: False)
        assert api.get("/v1/working?from=2025-02-01").code == "insight_missing"
        assert api.get("/v1/working").status == 200  # which was computed before
