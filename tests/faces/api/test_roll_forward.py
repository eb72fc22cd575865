"""The roll-forward over the API: cut each way, as a table, and why there is none."""

import csv
import io

import pytest

from guerdon.insight import schedule
from tests.faces.api import door
from tests.faces.api.test_kpis import NOW, cafe

__all__ = ["cafe"]
PATH = "/v1/figures/roll-forward"


@pytest.fixture
def api(cafe):
    found = door.opened(cafe, now=lambda: NOW)
    yield found
    found.close()


def told(api, query):
    return {one["of"]: one["points"] for one in api.get(f"{PATH}?{query}").json["lines"]}


def test_by_hand(api):
    """January: Ann 40 in Sofia, Ben 20 in Plovdiv; February: Ann 100 and Cleo 30 in Sofia; March: Ann 50 in Plovdiv,
    Cleo 10 in Sofia, and Ann spends 30 of January's points."""
    march = told(api, "by=store")
    assert {of: (one["opening"], one["issued"], one["burned"], one["closing"]) for of, one in march.items()} == {
        "Plovdiv": (20, 50, 0, 70), "Sofia": (170, 10, -30, 150),
    }  # fmt: skip
    february = api.get(f"{PATH}?by=tier&month=2025-02").json
    assert (february["ladder"], february["currency"]) == ("status", "EUR")
    lines = {one["of"]: one["points"] for one in february["lines"]}
    # Ann became silver, and took her 40 along.
    assert {of: (one["opening"], one["moved"], one["closing"]) for of, one in lines.items()} == {
        None: (60, -40, 50), "silver": (0, 40, 140),
    }  # fmt: skip
    (whole,) = february["totals"]
    assert (whole["of"], whole["points"]["closing"], whole["worth"]["closing"]) == (None, 190, 190)
    assert told(api, "by=funder").keys() == {None}
    assert told(api, "") == {None: api.get(PATH).json["totals"][0]["points"]}


def test_it_ties_to_the_closed_month(api):
    for month in ("2025-01", "2025-02", "2025-03"):
        (owed,) = api.get(f"/v1/figures/liability?from={month}&until={month}").json["months"]
        for by in ("unit", "tier", "store", "funder"):
            (whole,) = api.get(f"{PATH}?by={by}&month={month}").json["totals"]
            assert whole["points"]["closing"] == owed["points"]["closing"]
            assert whole["worth"]["closing"] == owed["worth_closing"]


def test_as_a_table(api):
    api.checked = False  # a table is no JSON
    found = api.get(f"{PATH}?by=store&month=2025-01", headers={"accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(found.body.decode())))
    assert [(one["store"], one["closing"], one["worth_closing"]) for one in rows] == [
        ("Plovdiv", "20", "0.20"), ("Sofia", "40", "0.40"), ("all", "60", "0.60"),
    ]  # fmt: skip


def test_why_there_is_none(api, tmp_path, monkeypatch):
    for query, status, code in (
        ("month=2025-04", 409, "month_not_exported"), ("by=tier&ladder=other", 422, "ladder_unclear"),
        ("by=weather", 422, "value_refused"),
    ):  # fmt: skip
        answer = api.get(f"{PATH}?{query}")
        assert (answer.status, answer.code) == (status, code), query
    with monkeypatch.context() as patch:
        patch.setattr(schedule, "installed", lambda: False)
        assert api.get(f"{PATH}?month=2025-02").code == "insight_missing"
    answer = api.get(f"{PATH}?month=2025-03")
    assert answer.status == 200
    with monkeypatch.context() as patch:  # what is kept needs no packages
        patch.setattr(schedule, "installed", lambda: False)
        assert api.get(f"{PATH}?month=2025-03").json == answer.json


def test_a_month_that_does_not_tie_is_refused(api, tmp_path):
    (manifest,) = tmp_path.glob("*/month=2025-03/manifest.json")
    text = manifest.read_text()
    assert text.count('"points": -30,') == 1
    manifest.write_text(text.replace("-30", "-29"))
    answer = api.get(PATH)
    assert answer.status == 409 and answer.code == "export_damaged" and "burn" in answer.body.decode()
