"""Activities over the API: recorded once, answered alike for ever, each refused alone."""

import pytest

from guerdon.core import limits
from guerdon.kit import store
from tests.shop import Shop

TABLES = (
    "activities_activity", "activities_key", "activities_parked", "activities_answer", "ledger_posting", "ledger_lot",
    "ledger_balance", "members_member", "members_identifier", "rulebook_counter", "kit_outgoing",
)  # fmt: skip


def purchase(number=1, **more):
    return {
        "kind": "purchase",
        "source": "till-1",
        "external_id": f"order-{number}",
        "occurred_at": "2026-01-05T10:00:00+02:00",
        "member": {"external_id": "ann"},
        "lines": [{"amount": 1250, "category": "coffee"}, {"amount": 450, "discount": 50, "product": "baklava"}],
        **more,
    }


def count():
    """How many rows each table has; the database is shared, so only the difference means something."""
    at_hand = store.current()
    return [at_hand.fetch(store.Statement(f"SELECT count(*) FROM {table}"))[0][0] for table in TABLES]


def test_a_purchase_becomes_points(api):
    answer = api.post("/v1/activities", purchase())
    assert answer.status == 201
    told = answer.json
    assert told["activity"]["status"] == "recorded"
    assert told["activity"]["total"] == {"amount": 1650, "currency": "EUR"}
    assert told["seq"] == told["activity"]["seq"] > 0
    assert "dry_run" not in told
    (award,) = told["decision"]["awards"]
    assert (award["unit"], award["points"]) == ("points", 16)
    assert award["shares"] == [{"rule": "base", "points": 16, "exact": "33/2", "on": 1650}]
    assert award["expires_at"] == "2027-01-05T22:00:00Z"
    assert told["decision"]["version"] == 1
    assert answer.headers["location"] == "/v1/activities/" + told["activity"]["id"]


def test_what_was_told_is_given_back(api):
    told = api.post("/v1/activities", purchase(lines=[], amount=1650, currency="EUR")).json["activity"]
    assert (told["amount"], told["currency"], told["total"]["amount"]) == (1650, "EUR", 1650)
    by_line = api.post("/v1/activities", purchase(2)).json["activity"]
    assert not {"amount", "currency"} & set(by_line)


def test_what_repaid_a_debt_is_a_list_like_all_the_rest(api):
    api.post("/v1/activities", purchase())
    spent = {"member": {"external_id": "ann"}, "unit": "points", "points": -16, "reason": "x", "external_id": "a"}
    api.post("/v1/adjustments", spent)
    giving_back = {"kind": "return", "external_id": "r", "lines": [], "returns": {"external_id": "order-1"}}
    owed = api.post("/v1/activities", purchase(**giving_back)).json["decision"]
    assert (owed["taken"][0]["debt"], owed["repaid"]) == (16, [])
    again = api.post("/v1/activities", purchase(2)).json["decision"]
    assert again["repaid"] == [{"unit": "points", "points": 16}]


def test_told_again_it_answers_to_the_byte(api):
    first = api.post("/v1/activities", purchase())
    again = api.post("/v1/activities", purchase())
    later = api.post("/v1/activities", purchase(lines=[], amount=99))  # the name counts, not what is told of it
    assert not first.replayed
    assert (again.status, again.replayed, again.body) == (first.status, True, first.body)
    assert (later.status, later.replayed) == (first.status, True)
    assert later.json == first.json | {"differs": ["/amount", "/lines"]}  # nothing but that it differs
    assert api.get(first.headers["location"]).body == first.body


def test_the_journal_names_members_by_id_only(api):
    told = api.post("/v1/activities", purchase(member={"email": "Ann@Example.com"})).json
    rows = store.current().fetch(
        store.Statement("SELECT facts FROM activities_activity WHERE id = :id"), id=told["activity"]["id"][4:]
    )
    assert "example" not in rows[0][0].lower()
    assert told["activity"]["member"] in rows[0][0]


def test_a_dry_run_leaves_nothing(api):
    api.post("/v1/activities", purchase())
    before = count()
    answer = api.post("/v1/activities?dry_run=true", purchase(2, member={"card": "NEW 1"}))
    assert answer.status == 200
    assert answer.json["decision"]["awards"][0]["points"] == 16
    assert answer.json["dry_run"] is True
    batch = api.post("/v1/activities/batch?dry_run=true", {"activities": [purchase(3)]})
    assert [(one["status"], one["result"]["dry_run"]) for one in batch.json["results"]] == [(200, True)]
    assert count() == before
    assert api.get("/v1/activities/" + answer.json["activity"]["id"]).code == "activity_unknown"


def test_full_explanations_name_the_silent_rules(api, shop):
    rules = {
        "base": {"when": "purchase", "then": [{"points": {"unit": "points", "give": 1, "per": "1.00"}}]},
        "web": {
            "when": "purchase",
            "if": [{"channel": {"in": ["web"]}}],
            "then": [{"fixed": {"unit": "points", "give": 5}}],
        },
    }
    shop.publish(enrol_unknown=True, rules=rules)
    told = api.post("/v1/activities?explain=full&language=en", purchase()).json
    assert [silent["rule"] for silent in told["silent"]] == ["web"]
    assert any("16" in sentence for sentence in told["sentences"])
    assert len(told["sentences"]) == 2
    short = api.get("/v1/activities/" + told["activity"]["id"]).json
    assert "sentences" not in short
    bulgarian = api.get(f"/v1/activities/{told['activity']['id']}?explain=full&language=bg").json
    assert "точк" in bulgarian["sentences"][0] or "EUR" in bulgarian["sentences"][0]
    path, reader = f"/v1/activities/{told['activity']['id']}?explain=full", {"accept-language": "bg-BG,en;q=0.5"}
    assert api.get(path, headers=reader).json == bulgarian
    assert api.get(path + "&language=en", headers=reader).json["sentences"] == told["sentences"][:1]
    batch = api.post("/v1/activities/batch?explain=full", {"activities": [purchase()]}, headers=reader).json
    assert batch["results"][0]["result"]["sentences"] == bulgarian["sentences"]


NOT_YET = {"en": "in force", "bg": "сила", "tr": "yürürlü"}


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_every_silent_rule_is_told_in_a_sentence_of_the_language(api, shop, language):
    def rule(key, **more):
        gives = {"when": "purchase", "then": [{"fixed": {"unit": "points", "give": 5}}]}
        return {"name": {"en": f"The rule ({key})"}, **gives, **more}

    rules = {
        "base": rule("base"),
        "visits": rule("visits", when="visit"),
        "web": rule("web", **{"if": [{"channel": {"in": ["web"]}}]}),
        "once": rule("once", uses={"day": 1}),
        "late": rule("late", **{"from": "2026-02-01"}),
        "tea": rule("tea", lines=[{"category": {"in": ["tea"]}}]),
        "small": rule("small", group="g"),
        "large": rule("large", group="g", then=[{"fixed": {"unit": "points", "give": 9}}]),
    }
    shop.publish(enrol_unknown=True, rules=rules)
    api.post("/v1/activities", purchase())
    told = api.post(f"/v1/activities?explain=full&language={language}", purchase(2)).json
    silent = {one["rule"]: one["reason"] for one in told["silent"]}
    assert silent == {
        "visits": "trigger", "web": "channel", "once": "uses", "late": "not_yet", "tea": "lines", "small": "group",
    }  # fmt: skip
    why = {key: [one for one in told["sentences"] if f"The rule ({key})" in one] for key in silent}
    assert [len(sentences) for sentences in why.values()] == [1] * len(silent)
    assert NOT_YET[language] in why["late"][0]
    assert "silent" not in api.get(f"/v1/activities/{told['activity']['id']}?explain=full").json


def test_a_spent_budget_is_told_as_the_reason(api, shop):
    rules = {"party": {"when": "purchase", "budget": 10, "then": [{"fixed": {"unit": "points", "give": 5}}]}}
    shop.publish(enrol_unknown=True, rules=rules)
    for number in range(2):
        told = api.post("/v1/activities?explain=full", purchase(number)).json
        assert (told["decision"]["awards"][0]["points"], told.get("silent")) == (5, None)
    told = api.post("/v1/activities?explain=full", purchase(2)).json
    assert told["decision"]["awards"] == []
    assert told["silent"] == [{"rule": "party", "reason": "budget", "pointer": "/rules/party/budget"}]
    assert len(told["sentences"]) == 1


def test_full_explanations_say_what_each_line_got(api, shop):
    rules = {
        "base": {"when": "purchase", "then": [{"points": {"unit": "points", "give": 1, "per": "1.00"}}]},
        "coffee": {
            "when": "purchase",
            "lines": [{"category": {"in": ["coffee"]}}],
            "then": [{"multiply": {"unit": "points", "by": 2}}],
        },
        "thanks": {"when": "purchase", "then": [{"fixed": {"unit": "points", "give": 3}}]},
    }
    shop.publish(enrol_unknown=True, rules=rules)
    told = api.post("/v1/activities?explain=full", purchase()).json
    (award,) = told["decision"]["awards"]
    lines = [
        {"line": 1, "points": 27, "rules": {"base": 13, "coffee": 12, "thanks": 2}},
        {"line": 2, "points": 5, "rules": {"base": 4, "thanks": 1}},
    ]
    assert (award["points"], award["lines"]) == (32, lines)
    address = "/v1/activities/" + told["activity"]["id"]
    assert "lines" not in api.get(address).json["decision"]["awards"][0]
    (batch,) = api.post("/v1/activities/batch?explain=full", {"activities": [purchase(2)]}).json["results"]
    assert batch["result"]["decision"]["awards"][0]["lines"] == lines

    shop.publish(enrol_unknown=True, rules={"other": rules["thanks"]})
    assert api.get(address + "?explain=full").json["decision"]["awards"][0] == award
    visit = api.post("/v1/activities?explain=full", purchase(3, lines=[], amount=500)).json
    assert visit["decision"]["awards"][0]["points"] == 3
    assert "lines" not in visit["decision"]["awards"][0]


def test_a_return_before_its_purchase_waits_for_it(api):
    giving_back = {
        "kind": "return", "source": "till-1", "external_id": "r-1", "occurred_at": "2026-01-06T10:00:00Z",
        "member": {"external_id": "ann"}, "returns": {"external_id": "order-1"},
    }  # fmt: skip
    parked = api.post("/v1/activities", giving_back)
    assert (parked.status, parked.json["activity"]["status"]) == (201, "parked")
    assert (parked.json["decision"]["parked"], parked.json["decision"]["version"]) == ("purchase_missing", None)
    assert api.post("/v1/activities", giving_back).body == parked.body
    listed = api.get("/v1/activities?status=parked").json["activities"]
    assert [one["activity"]["external_id"] for one in listed] == ["r-1"]

    bought = api.post("/v1/activities", purchase())
    assert api.get("/v1/activities?status=parked").json["activities"] == []
    applied = api.get("/v1/activities/" + parked.json["activity"]["id"]).json
    assert applied["activity"]["status"] == "recorded"
    assert applied["decision"]["taken"][0]["asked"] == 16
    seen = api.get(bought.headers["location"]).json
    assert seen["activity"]["returned_by"] == [parked.json["activity"]["id"]]
    assert bought.json["activity"]["returned_by"] == seen["activity"]["returned_by"], "and the till is told at once"
    api.post("/v1/activities", giving_back | {"kind": "reopen", "external_id": "o-1"})
    assert api.post("/v1/activities", purchase()).body == bought.body


def test_blocked_members_earn_nothing(api, shop):
    told = api.post("/v1/activities", purchase()).json
    member = "/v1/members/" + told["activity"]["member"]
    api.patch(member, {"status": "blocked"}, headers={"if-match": "*"})
    answer = api.post("/v1/activities", purchase(2))
    assert (answer.status, answer.code) == (403, "member_not_active")


# --- batches ---


def test_a_batch_answers_each_alone(api):
    wrong, strange, late = purchase(2, kind=7), purchase(3, kind="x"), purchase(4, occurred_at="2062-01-01T00:00:00Z")
    answer = api.post("/v1/activities/batch", {"activities": [purchase(1), wrong, strange, late, purchase(5)]})
    assert answer.status == 200
    assert [result["status"] for result in answer.json["results"]] == [201, 422, 422, 422, 201]
    assert (answer.json["recorded"], answer.json["refused"]) == (2, 3)
    single = api.post("/v1/activities", purchase(5))
    assert single.replayed
    assert single.json == answer.json["results"][4]["result"]
    again = api.post("/v1/activities/batch", {"activities": [purchase(1), wrong, strange, late, purchase(5)]})
    assert again.json["results"][0] == answer.json["results"][0]


def test_the_same_activity_twice_in_a_batch_counts_once(api):
    results = api.post("/v1/activities/batch", {"activities": [purchase(), purchase()]}).json["results"]
    assert results[0] == results[1]
    member = results[0]["result"]["activity"]["member"]
    assert api.get(f"/v1/members/{member}/balances").json["balances"][0]["available"] == 16


@pytest.mark.parametrize("size", [0, limits.BATCH_MAX + 1])
def test_a_batch_has_bounds(api, size):
    answer = api.post("/v1/activities/batch", {"activities": [purchase()] * size})
    assert (answer.status, answer.code) == (422, "value_refused")


def test_a_full_batch_is_taken(api):
    told = [purchase(number, member={"external_id": f"m{number % 50}"}) for number in range(limits.BATCH_MAX)]
    answer = api.post("/v1/activities/batch", {"activities": told})
    assert (answer.json["recorded"], answer.json["refused"]) == (limits.BATCH_MAX, 0)


POISON = {
    "sqlite": [
        "CREATE TRIGGER poison BEFORE INSERT ON activities_activity WHEN NEW.external_id LIKE 'poison%'"
        " BEGIN SELECT RAISE(ABORT, 'poison'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF NEW.external_id LIKE 'poison%' THEN RAISE EXCEPTION 'poison' USING ERRCODE = 'check_violation'; END IF;"
        " RETURN NEW; END $$",
        "CREATE TRIGGER poison BEFORE INSERT ON activities_activity FOR EACH ROW EXECUTE FUNCTION poison()",
    ],
}


@pytest.fixture
def poisoned(pristine_database):
    """A database that refuses some activities by itself, as a broken invariant would."""
    from django.db import connection

    from tests.faces.api import door

    with connection.cursor() as cursor:
        for statement in POISON[connection.vendor]:
            cursor.execute(statement)
    opened = door.opened(Shop({"enrol_unknown": True}))
    yield opened
    opened.close()


def test_the_database_refuses_one_and_its_neighbours_live(poisoned):
    told = [purchase(number, member={"external_id": f"m{number}"}) for number in range(20)]
    told[7]["external_id"] = "poison-7"
    told[13]["external_id"] = "poison-13"
    results = poisoned.post("/v1/activities/batch", {"activities": told}).json["results"]
    assert [place for place, result in enumerate(results) if result["status"] != 201] == [7, 13]
    assert results[7]["problem"]["code"] == "internal"
    assert "poison" not in results[7]["problem"]["detail"]

    requests = [{"method": "POST", "path": "/v1/activities", "body": purchase(f"x{n}")} for n in range(10)]
    requests[4]["body"]["external_id"] = "poison-4"
    answers = poisoned.send_all(*requests)
    assert [answer.status for answer in answers] == [201] * 4 + [500] + [201] * 5
    assert "poison" not in answers[4].body.decode()


# --- lists ---


def test_a_members_activities_come_in_pages(api):
    ids = [api.post("/v1/activities", purchase(n)).json["activity"]["id"] for n in range(5)]
    member = api.get("/v1/activities/" + ids[0]).json["activity"]["member"]
    found, path = [], f"/v1/activities?member={member}&limit=2"
    while path:
        page = api.get(path)
        found += [one["activity"]["id"] for one in page.json["activities"]]
        link = page.headers.get("link", "")
        assert bool(link) == (page.json["next"] is not None)
        path = link[1 : link.index(">")] if link else ""
    assert found == ids


def test_the_number_of_a_receipt_leads_to_its_purchase_in_any_source(api):
    """Whoever's it is, and in no other programme; of what is no purchase where its kind is said."""
    number = f"2026-01-05/{api.shop.key}"
    told = [
        api.post("/v1/activities", purchase(source=source, external_id=number, member={"external_id": who})).json
        for source, who in (("till-1", "ann"), ("till-2", "ben"), ("till-3", "ann"))
    ]
    api.post("/v1/activities", purchase(kind="visit", external_id=number, lines=[]))
    found = api.get(f"/v1/activities?external_id={number}").json
    assert [one["activity"]["id"] for one in found["activities"]] == [one["activity"]["id"] for one in reversed(told)]
    assert [one["activity"]["member"] for one in found["activities"]] == [
        one["activity"]["member"] for one in reversed(told)
    ]
    assert found["next"] is None
    assert len(api.get(f"/v1/activities?external_id={number}&limit=2").json["activities"]) == 2
    [visit] = api.get(f"/v1/activities?external_id={number}&kind=visit").json["activities"]
    assert visit["activity"]["kind"] == "visit"
    assert api.get("/v1/activities?external_id=never-told").json == {"activities": [], "next": None}
    elsewhere = api.new_key(shop=Shop({"enrol_unknown": True}))
    assert api.get(f"/v1/activities?external_id={number}", key=elsewhere).json["activities"] == []
    waits = purchase(kind="return", external_id=f"back-{number}", returns={"external_id": "not-yet"}, lines=[])
    api.post("/v1/activities", waits)
    [parked] = api.get(f"/v1/activities?external_id=back-{number}&kind=return").json["activities"]
    assert parked["activity"]["status"] == "parked"


def test_whoever_reads_on_misses_no_fact_that_waited(api):
    """A return that waited is recorded under the id it got when it came, long after facts that came later."""
    waits = {"kind": "return", "source": "till-1", "external_id": "back", "occurred_at": purchase()["occurred_at"],
             "member": purchase()["member"], "returns": {"external_id": "late"}}  # fmt: skip
    assert api.post("/v1/activities", waits).json["activity"]["status"] == "parked"
    member = api.post("/v1/activities", purchase(2)).json["activity"]["member"]
    first = api.get(f"/v1/activities?member={member}&limit=1").json
    api.post("/v1/activities", purchase(3) | {"external_id": "late"})
    rest = api.get(f"/v1/activities?member={member}&cursor={first['next']}").json
    assert [one["activity"]["kind"] for one in rest["activities"]] == ["purchase", "return"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "filter_invalid"),
        ("?status=parked&member=mem_" + "0" * 32, "filter_invalid"),
        ("?status=lost", "value_refused"),
        ("?external_id=x&member=mem_" + "0" * 32, "filter_invalid"),
        ("?external_id=x&cursor=WzFd", "cursor_invalid"),
        ("?external_id=", "value_refused"),
        ("?status=parked&limit=0", "value_refused"),
        ("?status=parked&limit=501", "value_refused"),
        ("?status=parked&limit=x", "value_refused"),
        ("?status=parked&cursor=x", "cursor_invalid"),
        ("?status=parked&cursor=WyJhIl0", "cursor_invalid"),
        ("?status=parked&cursor=WzkyMjMzNzIwMzY4NTQ3NzU4MDhd", "cursor_invalid"),  # 2⁶³, which no column holds
        ("?status=parked&status=parked", "query_malformed"),
        ("?status=%FF", "query_malformed"),
        ("?surprise=1", "value_refused"),
        ("?status=null", "value_refused"),  # a word, which is none of the choices; it is not nothing
        ("?status=parked&limit=null", "value_refused"),
        ("?member=null", "id_malformed"),
        ("?member=mem_1", "id_malformed"),
        ("?status=parked%00", "input_refused"),
    ],
)
def test_lists_refuse_what_they_do_not_know(api, query, code):
    assert api.get("/v1/activities" + query).code == code
