"""Objectives over the API: set, told month by month without computing anything, ended."""

from datetime import UTC, datetime

import pytest

from guerdon.insight import objectives as insight
from guerdon.insight import schedule
from tests.faces.api import door
from tests.faces.console import insights
from tests.faces.console.counted import WORTH, Cafe
from tests.insight.exports.test_export import LADDER

NOW = datetime(2025, 4, 2, 8, tzinfo=UTC)
# In January an order came to 30.00; by April it shall come to half as much more.
WISH = {
    "name": "Half as much more", "kpi": "average_order_value", "target": 5_000, "first": "2025-02", "last": "2025-04",
    "baseline": "months", "base_first": "2025-01", "base_last": "2025-01",
}  # fmt: skip


@pytest.fixture
def cafe(sampled):
    return sampled(insights.counted)


@pytest.fixture
def api(cafe):
    found = door.opened(cafe, now=lambda: NOW)
    yield found
    found.close()


@pytest.fixture
def bare(database, tmp_path, monkeypatch):
    """A café of which nothing is exported."""
    insights.placed(monkeypatch, tmp_path)
    found = door.opened(Cafe(WORTH | {"tiers": LADDER}), now=lambda: NOW)
    yield found
    found.close()


def test_an_objective_is_set_computed_by_the_worker_and_told(api, cafe, monkeypatch):
    """Due: 35.00, 40.00, 45.00. February came to 65.00, March to 30.00: as much as January."""
    with monkeypatch.context() as patch:
        patch.setattr(insight, "_computed", lambda *_: pytest.fail("it was computed while somebody waited"))
        told = api.post("/v1/objectives", WISH)
        assert (told.status, told.json["verdict"], told.json["reason"]) == (201, "not_known", "computing")
        assert "being computed" in told.json["text"]
        here = told.headers["location"]
    insights.worked()
    found = api.get(here).json
    assert (found["verdict"], found["reason"], found["month"], found["of"]) == ("behind", "", "2025-03", ["EUR"])
    assert (found["change"], found["pace"], found["next"], found["scale"]) == (0, 5_000, 4_500, 2)
    assert [(one["month"], one["value"], one["baseline"], one["asked"], one["target"]) for one in found["months"]] == [
        ("2025-02", 6_500, 3_000, 3_500, 4_500), ("2025-03", 3_000, 3_000, 4_000, 4_500),
        ("2025-04", None, 3_000, 4_500, 4_500),
    ]  # fmt: skip
    assert found["text"] == (
        "Behind: March 2025 came to 30.00 EUR; 40.00 EUR was due by then. It takes +50 percentage points every month"
        " from then on. April 2025 has to come to 45.00 EUR at least."
    )
    assert api.get("/v1/objectives").json["objectives"] == [found]
    for language, word in (("bg", "Изостава"), ("tr", "Geride")):
        assert api.get(here, headers={"accept-language": language}).json["text"].startswith(word)
    api.checked = False  # a table is no JSON
    sheet = api.get(here, headers={"accept": "text/csv"}).body.decode().splitlines()
    assert sheet[:2] == ["month,value,baseline,asked,target", "2025-02,65.00,30.00,35.00,45.00"]


def test_the_worker_computes_open_objectives_once_a_month_is_there(api, cafe, monkeypatch):
    api.post("/v1/objectives", WISH)
    schedule.compute_insight.func(cafe.programme_id)
    monkeypatch.setattr(schedule, "want_objectives", lambda *_: pytest.fail("it was known already"))
    assert api.get("/v1/objectives").json["objectives"][0]["verdict"] == "behind"


@pytest.mark.parametrize(
    ("changed", "values", "verdict"),
    [
        ({"store": "Sofia", "base_first": "2025-01"}, [6_500, 1_000], "behind"),
        # Mean of two months with two and one who joined: 1.5; nobody joined in March.
        ({"kpi": "enrolments", "first": "2025-03", "base_last": "2025-02"}, [0], "behind"),
        ({"kpi": "enrolments", "measure": "absolute", "target": 1, "direction": "at_most"}, [1, 0], "on_track"),
        ({"segment": "nobody"}, [None, None], "not_known"),
        ({"baseline": "previous_year", "base_first": None, "base_last": None}, [6_500, 3_000], "not_known"),
    ],
)
def test_of_a_store_a_segment_or_another_kpi(api, changed, values, verdict):
    api.post("/v1/objectives", WISH | changed)
    insights.worked()
    (found,) = api.get("/v1/objectives").json["objectives"]
    assert found["verdict"] == verdict
    assert [one["value"] for one in found["months"] if one["month"] < "2025-04"] == values
    if found["kpi"] == "enrolments" and found["measure"] == "relative":
        assert found["months"][0]["baseline"] == 2  # 1.5, rounded half up to be shown
        assert found["months"][0]["asked"] == 2 and found["change"] == -10_000


def test_it_is_ended_with_a_reason_and_stays(api, cafe):
    here = api.post("/v1/objectives", WISH).headers["location"]
    insights.worked()
    ended = api.post(f"{here}/end", {"why": "prices went up"})
    assert ended.status == 200 and ended.json["why"] == "prices went up" and ended.json["ended_by"]
    assert api.post(f"{here}/end", {"why": "again"}).code == "objective_ended"
    insights.worked()
    assert api.get("/v1/objectives").json["objectives"][0]["verdict"] == "behind"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kpi": "profit"}, "kpi_unknown"),
        ({"kpi": "retention"}, "objective_unfit"),
        ({"kpi": "ultimate_redemption_rate"}, "objective_unfit"),
        ({"kpi": "enrolments", "store": "Sofia"}, "kpi_of_no_store"),
        ({"kpi": "tier_mix"}, "objective_of_unclear"),
        ({"kpi": "tier_mix", "of": ["status", "platinum"]}, "objective_of_unclear"),
        ({"kpi": "breakage", "of": ["pints"]}, "objective_of_unclear"),
        ({"of": ["XYZ"]}, "objective_of_unclear"),
        ({"of": ["EUR", "EUR"]}, "objective_of_unclear"),
        ({"last": "2025-03"}, "objective_months_invalid"),
        ({"base_last": "2025-02"}, "objective_baseline_invalid"),
        ({"target": 0}, "objective_target_invalid"),
        ({"last": "2025-1x"}, "month_invalid"),
    ],
)
def test_what_is_no_objective(bare, changed, code):
    api = bare
    assert api.post("/v1/objectives", WISH | changed).code == code
    assert api.get("/v1/objectives").json["objectives"] == []


def test_the_same_key_sets_it_once(bare):
    api = bare
    first, again = (api.post("/v1/objectives", WISH, headers={"idempotency-key": "a"}) for _ in range(2))
    assert again.replayed and again.headers["location"] == first.headers["location"]


def test_who_may_not_set_one_may_look(bare):
    api = bare
    secret = api.new_key(["figures:read"], name="looker")
    assert api.post("/v1/objectives", WISH, key=secret).status == 403
    assert api.get("/v1/objectives", key=secret).status == 200
