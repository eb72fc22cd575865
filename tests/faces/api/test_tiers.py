"""Tiers over the API: who rises, who is told what, what is granted, what a draft would do."""

from importlib import resources

import pytest

from guerdon.core import limits
from guerdon.features.programmes import forms
from guerdon.kit import clock
from tests.faces.api import door
from tests.shop import Shop, document

LEVELS = {
    "silver": {
        "name": {"en": "Silver"}, "from": "100.00",
        "benefits": {"cakes": {"kind": "percent_off", "name": {"en": "Off cakes"}, "percent": "12.5"}},
    },
    "gold": {"name": {"en": "Gold"}, "from": "300.00"},
    "black": {"name": {"en": "Black"}, "invitation_only": True},
}  # fmt: skip


def circle(**levels):
    ladder = {"name": {"en": "Circle"}, "basis": {"spend": True}, "window": "calendar_year", "levels": LEVELS | levels}
    return {"circle": ladder}


@pytest.fixture
def shop(database):
    return Shop({"enrol_unknown": True, "tiers": circle()})


def buy(api, number, amount, **more):
    body = {
        "kind": "purchase", "source": "till", "external_id": f"o-{number}", "occurred_at": "2026-01-05T10:00:00Z",
        "member": {"external_id": "ann"}, "amount": amount,
    }  # fmt: skip
    return api.post("/v1/activities", body | more).json


def test_a_till_is_told_of_the_rise(api):
    told = buy(api, 1, 15_000)
    assert told["decision"]["climbed"] == [
        {"ladder": "circle", "tier": "silver", "since": "2026-01-05T10:00:00Z", "cause": "upgrade"}
    ]
    assert buy(api, 2, 100)["decision"]["climbed"] == []
    ann = told["activity"]["member"]
    asked = api.get(f"/v1/members/{ann}/tiers?at=2026-03-01T10:00:00Z").json
    [one] = asked["ladders"]
    assert (one["tier"], one["counted"], one["name"]) == ("silver", 15_100, "Silver")
    assert one["next"] == {"tier": "gold", "threshold": 30_000, "missing": 14_900, "last_day": "2026-12-31"}
    assert one["keep"] == {"missing": 0, "last_day": "2026-12-31"}
    assert one["benefits"] == [{"key": "cakes", "kind": "percent_off", "name": "Off cakes", "percent": "12.50"}]
    assert [(each["tier"], each["cause"]) for each in one["history"]][-1] == ("silver", "upgrade")
    assert api.get(f"/v1/members/{ann}/tiers?at=0001-01-01T00:00:00Z").code == "activity_invalid"
    assert api.get(f"/v1/members/{ann}/tiers?at=9999-12-31T00:00:00Z").code == "activity_invalid"


def test_the_ladders_are_listed(api):
    [one] = api.get("/v1/tiers").json["ladders"]
    assert (one["spend"], one["window"]) == (True, "calendar_year")
    assert [(tier["key"], tier["threshold"]) for tier in one["tiers"]] == [
        ("silver", 10_000), ("gold", 30_000), ("black", None)
    ]  # fmt: skip


def test_a_grant_has_an_end_a_reason_and_an_actor_and_is_told_once(api):
    ann = api.post("/v1/members", {"external_ids": ["ann"]}).json["id"]
    body = {"member": {"id": ann}, "tier": "gold", "last_day": "2100-01-31", "reason": "why not", "external_id": "g-1"}
    first = api.post("/v1/tiers/grants", body)
    assert first.status == 201 and first.json["grant"]["actor"]
    again = api.post("/v1/tiers/grants", body | {"reason": "because"})
    assert again.json["grant"]["id"] == first.json["grant"]["id"] and again.json["differs"] == ["/reason"]
    assert api.get(first.headers["location"]).json == first.json
    told = api.get(f"/v1/members/{ann}/tiers").json
    assert (told["ladders"][0]["tier"], told["ladders"][0]["earned"]) == ("gold", None)
    assert [one["last_day"] for one in told["grants"]] == ["2100-01-31"]
    for wrong, code in (
        ({"tier": "tin"}, "tier_unknown"), ({"last_day": "2020-01-01"}, "grant_invalid"),
        ({"last_day": "9999-12-31"}, "grant_invalid"), ({"kind": "invitation"}, "grant_invalid"),
        ({"tier": "black"}, "grant_invalid"), ({"reason": " "}, "grant_invalid"),
    ):  # fmt: skip
        assert api.post("/v1/tiers/grants", body | {"external_id": "g-2"} | wrong).code == code
    early = api.get(f"/v1/members/{ann}/tiers?at=1800-01-01T00:00:00Z")
    assert [one["message"] for one in early.json["errors"]] == ["send a time from the year 1900 to 9990"]
    tried = api.post("/v1/tiers/grants?dry_run=true", body | {"external_id": "g-3"})
    assert tried.status == 200 and tried.json["dry_run"]
    assert len(api.get(f"/v1/members/{ann}/tiers").json["grants"]) == 1


def test_a_draft_is_tried(api, shop):
    buy(api, 1, 15_000, occurred_at=clock.now().isoformat())
    lower = {"gold": {"name": {"en": "Gold"}, "from": "150.00"}}
    draft = forms.read_document(document(shop.key, enrol_unknown=True, tiers=circle(**lower))).programme
    found = api.post("/v1/tiers/preview", {"file": forms.to_yaml(draft)})
    assert found.status == 200
    moves = [(one["when"], one["before"], one["after"], one["count"]) for one in found.json["moves"]]
    assert moves == [("at_once", "silver", "gold", 1)]
    without = forms.read_document(document(shop.key, enrol_unknown=True)).programme
    found = api.post("/v1/tiers/preview", {"file": forms.to_yaml(without)}).json["moves"]
    assert [(one["when"], one["before"], one["after"], one["count"]) for one in found] == [
        ("at_once", "silver", None, 1)
    ]


def test_a_whole_file_is_taken_and_all_its_mistakes_are_told(api, shop):
    aurora = api.post("/v1/tiers/preview", {"file": (resources.files("guerdon.demo") / "aurora.yaml").read_text()})
    assert (aurora.status, aurora.code) == (409, "programme_key_changed")
    assert api.post("/v1/tiers/preview", {"file": "rules: ["}).code == "draft_invalid"
    refused = api.post("/v1/tiers/preview", {"file": "programme: Not a key\nzone: Europe/Atlantis\n"})
    assert refused.code == "draft_invalid"
    assert all(word in refused.json["detail"] for word in ("/programme", "/zone", "line 2"))


def test_a_request_tries_a_draft_on_so_many_members_and_no_more(api, shop, monkeypatch):
    monkeypatch.setattr(limits, "PREVIEWED_MEMBERS_MAX", 1)
    draft = forms.to_yaml(forms.read_document(document(shop.key, enrol_unknown=True, tiers=circle())).programme)
    buy(api, 1, 15_000)
    assert api.post("/v1/tiers/preview", {"file": draft}).status == 200
    assert api.post("/v1/members", {"external_ids": ["two"]}).status == 201
    assert api.post("/v1/tiers/preview", {"file": draft}).code == "preview_too_large"


def test_a_programme_without_ladders_has_none(database):
    opened = door.opened(Shop({"enrol_unknown": True}))
    try:
        assert opened.get("/v1/tiers").json == {"ladders": []}
        ann = opened.post("/v1/members", {"external_ids": ["ann"]}).json["id"]
        assert opened.get(f"/v1/members/{ann}/tiers").json["ladders"] == []
    finally:
        opened.close()
