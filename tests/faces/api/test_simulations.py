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


VARY = [
    {"path": "/rules/base/then/0/points/give", "values": [1, 2, 3]},
    {"path": "/units/points/expires/rolling/months", "values": [6, 12]},
]


def test_a_sweep_from_the_question_to_a_draft_of_its_best(api, draft):
    asked = {"vary": VARY, "goals": [{"metric": "kept", "sense": "most"}, {"metric": "burden"}]}
    asked |= {"limits": [{"metric": "burden", "most": 13_000}], "budget": 0}
    answer = api.post(PLACE, {"draft": draft, "sweep": asked})
    assert (answer.status, answer.json["state"]) == (201, "waiting")
    assert answer.json["sweep"]["vary"] == VARY and answer.json["from"] == "2025-01-01"
    place = answer.headers["location"]
    assert api.get(place).json["swept"] is None
    work()
    whole = api.get(place).json
    assert whole["answer"] is None
    swept = whole["swept"]
    assert [one["values"] for one in swept["scenarios"]] == [[1, 6], [1, 12], [2, 6], [2, 12], [3, 6], [3, 12]]
    assert [one["breaks"] for one in swept["scenarios"]] == [[], [], [], [], [], ["burden"]]
    assert swept["best"] == 3  # as much as the fifth, and before it
    api.checked = False  # tables are no JSON
    lines = api.get(place, headers={"accept": "text/csv"}).body.decode().splitlines()
    api.checked = True
    assert lines[0].startswith("number,scenario,rules.base.then.0.points.give,units.points.expires.rolling.months,")
    assert len(lines) == 8 and lines[5].startswith("3,best,2,12,,EUR,")
    made = {"title": "Best", "simulation": whole["simulation"]["id"], "scenario": 3}
    begun = api.post("/v1/programme/drafts", made)
    assert begun.status == 201
    document = api.get(begun.headers["location"]).json["document"]
    assert document["rules"]["base"]["then"][0]["points"]["give"] == 2
    assert document["units"]["points"]["expires"]["rolling"]["months"] == 12
    assert api.post("/v1/programme/drafts", made).json["id"] == begun.json["id"]
    assert api.post("/v1/programme/drafts", made | {"scenario": 6}).code == "scenario_unknown"
    assert api.post("/v1/programme/drafts", made | {"base": 1}).code == "value_refused"
    assert api.post("/v1/programme/drafts", {"title": "x", "scenario": 0}).code == "value_refused"
    plain = api.post(PLACE, {"draft": draft}).json["id"]
    assert api.post("/v1/programme/drafts", made | {"simulation": plain}).code == "scenario_unknown"


@pytest.mark.parametrize(
    ("sweep", "code"),
    [
        ({"vary": []}, "value_refused"), ({"vary": [VARY[0], VARY[0]]}, "vary_twice"),
        ({"vary": [{"path": "/rules/none/group", "values": [1]}]}, "part_unknown"),
        ({"vary": [{"path": "/currency", "values": list(range(401))}]}, "scenarios_too_many"),
        ({"vary": VARY, "unit": "miles"}, "unit_unknown"),
        ({"vary": VARY, "goals": [{"metric": "profit"}]}, "value_refused"),
        ({"vary": VARY, "budget": 201}, "value_refused"),
    ],
)  # fmt: skip
def test_a_sweep_that_can_t_be_asked_is_refused_at_once(api, sweep, code):
    assert api.post(PLACE, {"sweep": sweep}).code == code
    assert api.get(PLACE).json["simulations"] == []


def test_how_members_respond_is_asked_for(api, draft):
    own = {"spend": "off", "goal": "high", "redemption": {"percent": 2_500, "unsure": 500}}
    asked = api.post(PLACE, {"draft": draft, "responses": own, "as_it_happened": True})
    assert (asked.json["responses"], asked.json["as_it_happened"]) == (own, True)
    usual = api.post(PLACE, {"draft": draft})
    assert usual.json["id"] != asked.json["id"]  # another question
    assert usual.json["responses"] == {"spend": "middle", "goal": "middle", "redemption": "middle"}
    assert api.post(PLACE, {"responses": {"spend": "strong"}}).code == "value_refused"
    assert api.post(PLACE, {"responses": {"spend": {"percent": 20_000}}}).code == "value_refused"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"sweep": {"vary": VARY}, "from": "2025-02-01"}, "value_refused"),
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
