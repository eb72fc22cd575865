"""The programme over the API: what is in force, in plain sentences, and every version there ever was."""

import hashlib
from datetime import timedelta

import msgspec

from guerdon.kit import clock
from tests.faces.api import door
from tests.shop import Shop

RULES = {
    "base": {
        "name": {"en": "A point for every euro"},
        "when": "purchase",
        "then": [{"points": {"unit": "points", "give": 1, "per": "1.00"}}],
    }
}


def test_the_programme_explains_itself(api, shop):
    shop.publish(rules=RULES, languages=["en"], enrol_unknown=True)
    told = api.get("/v1/programme").json
    assert (told["key"], told["name"], told["currency"], told["zone"]) == (
        shop.key, "Café Aurora", "EUR", "Europe/Sofia",
    )  # fmt: skip
    assert [unit["code"] for unit in told["units"]] == ["points"]
    assert told["rules"][0]["name"] == "A point for every euro"
    sentences = {
        language: api.get(f"/v1/programme?language={language}").json["rules"][0]["sentence"]
        for language in ("en", "bg", "tr")
    }
    assert len(set(sentences.values())) == 3
    turkish = api.get("/v1/programme", headers={"accept-language": "tr"}).json["rules"][0]["sentence"]
    assert turkish == sentences["tr"]
    assert (
        api.get("/v1/programme?language=bg", headers={"accept-language": "tr"}).json["rules"][0]["sentence"]
        == (sentences["bg"])
    )
    assert all(sentence[-1] == "." for sentence in sentences.values())
    digest = hashlib.sha256(msgspec.json.encode(told["document"])).hexdigest()
    assert digest == told["version"]["digest"]


def test_versions_come_into_force_in_their_time(api, shop):
    later = clock.now() + timedelta(days=3)
    shop.publish(since=later, now=clock.now(), rules=RULES, enrol_unknown=True)
    assert api.get("/v1/programme").json["version"]["number"] == 1
    versions = api.get("/v1/programme/versions").json["versions"]
    assert [(one["number"], one["in_force"]) for one in versions] == [(1, True), (2, False)]
    second = api.get("/v1/programme/versions/2").json
    assert (second["version"]["number"], second["version"]["in_force"]) == (2, False)
    assert second["version"]["digest"] == versions[1]["digest"] != versions[0]["digest"]


def test_unknown_versions(api):
    for number in ("0", "2", "-1", "x", "1.5", "99999999999", "¹"):
        answer = api.get("/v1/programme/versions/" + number)
        assert (answer.status, answer.code) == (404, "version_unknown")
    assert api.get("/v1/programme?language=de").code == "value_refused"


def test_a_programme_without_a_version(database):
    from guerdon.features.programmes import actions, queries
    from guerdon.kit import store

    bare = Shop({"enrol_unknown": True})
    at_hand = store.current()
    with at_hand.transaction():
        row = actions.found(at_hand, bare.key + "x", now=clock.now())
    bare.programme_id = row.id
    opened = door.opened(bare)
    assert opened.get("/v1/programme").code == "programme_unpublished"
    assert opened.get("/v1/programme/versions").json == {"versions": []}
    opened.close()
    assert queries.by_id(at_hand, row.id).key == bare.key + "x"
