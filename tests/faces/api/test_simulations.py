"""What-ifs over the API: asked, followed, read by who may see what, taken along as a table, taken away."""

import pytest
from django.conf import settings

from guerdon.kit.worker import Worker
from tests.faces.api import door
from tests.shop import Shop

PLACE = "/v1/simulations"


@pytest.fixture
def neighbour(database):
    opened = door.opened(Shop())
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def simulator(monkeypatch):
    monkeypatch.setattr(settings, "SIMULATOR", "tests.engine.simulators.answer")


def work():
    worker = Worker(plan=lambda _: None)
    while worker.turn():
        pass


@pytest.fixture
def draft(api):
    return api.post("/v1/programme/drafts", {"title": "Spring"}).json["id"]


def test_from_the_question_to_the_answer(api, draft):
    asked = api.post(PLACE, {"draft": draft, "from": "2025-02-01", "until": "2025-03-01"})
    assert (asked.status, asked.json["state"], asked.json["share"]) == (201, "waiting", 0)
    assert (asked.json["name"], asked.json["revision"], asked.json["from"]) == ("Spring", 1, "2025-02-01")
    place = asked.headers["location"]
    assert api.get(place).json["answer"] is None
    work()
    whole = api.get(place).json
    assert (whole["simulation"]["state"], whole["simulation"]["share"], whole["currency"]) == ("answered", 1_000, "EUR")
    (unit,) = whole["answer"]["mechanical"]
    assert (unit["whole"]["today"]["issued"], unit["whole"]["draft"]["issued"]) == (1_000, 1_200)
    assert whole["answer"]["assumptions"] == ["elasticity 0.3 ± 0.1"]
    again = api.post(PLACE, {"draft": draft, "from": "2025-02-01", "until": "2025-03-01"})
    assert (again.json["id"], again.json["state"]) == (asked.json["id"], "answered")
    assert [one["id"] for one in api.get(PLACE).json["simulations"]] == [asked.json["id"]]
    assert api.send("DELETE", place).status == 200
    assert api.get(place).code == "simulation_unknown"
    assert api.send("DELETE", place).code == "simulation_unknown"


def test_members_are_named_to_whom_may_list_them(api, draft):
    place = api.post(PLACE, {"draft": draft}).headers["location"]
    work()
    (seen,) = api.get(place).json["answer"]["mechanical"]
    assert [one["member"] for one in seen["winners"]] == ["mem_" + "a" * 32]
    blind = api.post("/v1/keys", {"name": "figures", "scopes": ["figures:read"], "reason": "x"}).json["secret"]
    (hidden,) = api.get(place, key=blind).json["answer"]["mechanical"]
    assert (hidden["winners"], hidden["losers"], hidden["better_off"]) == ([], [], 1)
    api.checked = False  # tables are no JSON
    table = api.get(place, headers={"accept": "text/csv"}, key=blind).body.decode()
    assert "mem_" not in table and "mechanical,points,all" in table
    api.checked = True
    assert api.post(PLACE, {"draft": draft}, key=blind).code == "scope_missing"


def test_the_newest_lists_first_page_by_page(api, draft):
    for day in ("2025-02-01", "2025-02-02", "2025-02-03"):
        api.post(PLACE, {"draft": draft, "from": day, "until": "2025-03-01"})
    first = api.get(f"{PLACE}?limit=2").json
    second = api.get(f"{PLACE}?limit=2&cursor={first['next']}").json
    days = [one["from"] for page in (first, second) for one in page["simulations"]]
    assert days == ["2025-02-03", "2025-02-02", "2025-02-01"]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"draft": "drf_" + "0" * 32}, "draft_unknown"), ({"draft": "x"}, "id_malformed"),
        ({"file": "programme: 7"}, "programme_invalid"), ({"from": "2999-01-01"}, "simulation_period_invalid"),
        ({"draft": "drf_" + "0" * 32, "file": "x"}, "value_refused"),
    ],
)  # fmt: skip
def test_what_can_t_be_asked_is_refused(api, body, code):
    assert api.post(PLACE, body).code == code


def test_a_refusal_is_told_in_the_language_of_the_request(api):
    draft = api.post("/v1/programme/drafts", {"title": "refused"}).json["id"]
    place = api.post(PLACE, {"draft": draft}).headers["location"]
    work()
    told = {
        language: api.get(place, headers={"accept-language": language}).json["simulation"]
        for language in ("en", "bg", "tr")
    }
    assert told["en"]["state"] == "refused"
    assert told["en"]["refused"]["code"] == "simulation_period_invalid"
    assert len({one["refused"]["title"] for one in told.values()}) == 3


def test_a_neighbour_sees_nothing_of_it(api, neighbour, draft):
    place = api.post(PLACE, {"draft": draft}).headers["location"]
    assert neighbour.get(place).code == "simulation_unknown"
    assert neighbour.send("DELETE", place).code == "simulation_unknown"
    assert neighbour.post(PLACE, {"draft": draft}).code == "draft_unknown"
    assert neighbour.get(PLACE).json["simulations"] == []
