"""Privacy over the API: consents, who looked, the download of everything, and an erasure."""

import csv
import io
import zipfile
from typing import Any

import pytest
from django.apps import apps

from guerdon.insight import download, verify
from tests import shop as shops
from tests.claims import PHOTO
from tests.engine import alerted, leaving
from tests.faces.api import door
from tests.shop import Shop

SEALED = (
    "canary-name",
    leaving.EMAIL,
    leaving.PHONE,
    "canary-language",
    "canary-street 1",
    "canary-city",
    "canary-text",
    "canary-claim",
    "canary-store",
    "canary-receipt",
    "canary-browser",
)
PLAIN = ("canary-ext", "CANARY-CARD", "canary-attribute", "canary-segment")


@pytest.fixture
def shop(database) -> Shop:
    found = leaving.cafe()
    leaving.live(found)
    return found


@pytest.fixture
def ann(shop) -> str:
    return "/v1/members/mem_" + shop.account("Ann")


def test_consents_are_given_and_withdrawn(api: door.Api, ann: str) -> None:
    (before,) = api.get(f"{ann}/consents").json["consents"]
    assert (before["consent"], before["given"], before["how"]) == ("news", True, "portal")
    told = api.send("PUT", f"{ann}/consents", body={"consents": {"news": {"given": False}}, "how": "support"}).json
    assert [(one["given"], one["how"]) for one in told["history"]] == [(False, "support"), (True, "portal")]
    assert told["kept"][0] == {
        "what": "Name, e-mail, phone, birthday, language",
        "how_long": "as long as you are a member; erased when you ask for it",
        "recipients": [],
        "consent": None,
    }
    turkish = api.get(f"{ann}/consents?language=tr").json["kept"][0]["what"]
    assert turkish == "Ad, e-posta, telefon, doğum günü, dil"
    assert api.send("PUT", f"{ann}/consents", body={"consents": {"x": {"given": True}}}).code == "consent_unknown"


def test_who_looked_is_told_the_latest_first_by_the_hour(api: door.Api, ann: str) -> None:
    assert api.get(f"{ann}/lookups").json["lookups"] == []
    for _ in range(3):
        api.get(ann)
    api.get("/v1/members?external_id=canary-ext")
    api.get("/v1/members?external_id=Ben")
    seen = api.get(f"{ann}/lookups").json["lookups"]
    assert {(one["purpose"], one["looks"], one["kind"]) for one in seen} == {
        ("members.read", 3, "key"),
        ("members.list", 1, "key"),
    }
    first = api.get(f"{ann}/lookups?limit=1")
    rest = api.get(f"{ann}/lookups?limit=1&cursor={first.json['next']}").json
    assert [*first.json["lookups"], *rest["lookups"]] == seen
    assert api.get(f"{ann}/lookups?cursor=x").code == "cursor_invalid"


def test_an_address_that_is_shown_is_a_look(api: door.Api, shop: Shop, ann: str) -> None:
    api.get("/v1/redemptions")
    seen = api.get(f"{ann}/lookups").json["lookups"]
    assert [one["purpose"] for one in seen] == ["redemptions.list"]


def _download(api: door.Api, ann: str) -> dict[str, list[dict[str, Any]]]:
    told = api.get(f"{ann}/download").json
    return {one["name"]: [dict(zip(one["columns"], row, strict=True)) for row in one["rows"]] for one in told["tables"]}


def test_everything_personal_is_in_the_download(api: door.Api, ann: str) -> None:
    whole = str(_download(api, ann))
    assert [needle for needle in (*SEALED, *PLAIN) if needle not in whole] == []
    assert "canary-follower" not in whole  # somebody else's


def test_the_download_tells_what_there_is_with_reasons(api: door.Api, ann: str) -> None:
    found = _download(api, ann)
    full = {
        "person", "profile", "identifiers", "consents", "consents_history", "balances", "statement", "lots",
        "activities", "holds", "redemptions", "deliveries", "vouchers", "memberships", "transfers",
        "memberships_periods",
    }  # fmt: skip
    assert {name for name, rows in found.items() if rows} >= full
    assert "order-1" in found["statement"][0]["why"]
    assert found["profile"][0]["id"] and found["profile"][0]["status"] == "active"
    assert [one["purpose"] for one in _download(api, ann)["who_looked"]] == ["privacy.read_download"]


def test_what_clerks_noted_for_themselves_is_not_in_it(api: door.Api, shop: Shop, ann: str) -> None:
    (claim,) = _download(api, ann)["claims_steps"]
    path = f"/v1/claims/{claim['claim_id']}"
    api.post(f"{path}/messages", {"text": "we look into it"})
    api.post(f"{path}/messages", {"text": "she often asks", "note": True})
    found = _download(api, ann)
    assert [one["deed"] for one in found["claims_steps"]] == ["open", "ask"]
    assert "we look into it" in str(found["claims_words"]) and "she often asks" not in str(found)


def test_the_download_comes_as_files_too(api: door.Api, ann: str) -> None:
    answer = api.get(f"{ann}/download.zip")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.body)) as files:
        (person,) = csv.DictReader(io.TextIOWrapper(files.open("person.csv"), "utf-8"))
        assert "draws_streaks.csv" not in files.namelist()
        (photo,) = csv.DictReader(io.TextIOWrapper(files.open("claims_photos.csv"), "utf-8"))
        assert files.read(photo["file"]) == PHOTO.content
    assert (person["email"], person["phone"]) == (leaving.EMAIL, f"'{leaving.PHONE}")  # no spreadsheet runs it


def test_alerts_are_told_to_all_members_in_them_without_names_and_words(database: str) -> None:
    cafe = alerted.cafe()
    api = door.opened(cafe)
    for name in cafe.ids:
        cafe.buy(name, 10_000, "2026-01-05", facts={"cashier": "Zora"}, store="Vitosha")
    for who, to in (("Ann", "Ben"), ("Ben", "Cleo"), ("Cleo", "Ann")):
        alerted.send(cafe, who, to, "2026-01-06")
    cafe.night("2026-01-07T01:00")
    (one,) = api.get("/v1/alerts").json["alerts"]
    assert api.post(f"/v1/alerts/{one['id']}/settle", {"outcome": "cleared", "reason": "Zora knows"}).status == 200
    for name in ("Ann", "Ben", "Cleo", "Emil"):
        found = _download(api, f"/v1/members/mem_{cafe.account(name)}")["alerts"]
        there = [(one["id"], "ring", "cleared")] if name != "Emil" else []
        assert [(row["id"], row["kind"], row["state"]) for row in found] == there
        assert not any(word in str(found) for word in ("Zora", "mem_"))
    api.close()


def test_no_table_of_a_member_is_forgotten() -> None:
    """A new table with an account in it is told in the download, or says why it is not."""
    owners = {"account_id", "member_id", "person_id"}
    tables = {
        one._meta.db_table
        for one in apps.get_models()
        if one.__module__.startswith("guerdon.") and owners & {field.name for field in one._meta.get_fields()}
    }
    assert tables | {"members_member"} == set(download.NAMES) | set(download.UNTOLD)
    assert not set(download.NAMES) & set(download.UNTOLD)


def test_pages_follow_each_other_without_a_gap(shop: Shop, monkeypatch) -> None:
    from guerdon.features.programmes import queries as programmes
    from guerdon.kit import store

    def rows() -> dict[str, list[Any]]:
        book = programmes.latest(store.current(), shop.programme_id)
        tables = download.of(store.current(), book, shop.account("Ann"), at=shops.moment("2026-01-07"))
        return {one.name: [row for page in one.pages() for row in page] for one in tables}

    whole = rows()
    monkeypatch.setattr(download, "PAGE", 1)
    assert rows() == whole


def test_who_waits_to_be_erased_takes_nobody_in(database: str) -> None:
    cafe = leaving.cafe(erase_after_days=14)
    api = door.opened(cafe)
    cafe.enrol("Eva")
    ann = f"/v1/members/mem_{cafe.account('Ann')}"
    assert api.post(f"{ann}/erasure", None).json["state"] == "waiting"
    assert api.post(f"{ann}/merge", {"from": {"id": f"mem_{cafe.account('Eva')}"}}).code == "erasure_waiting"
    api.close()


def test_an_erasure_is_previewed_asked_for_and_done(api: door.Api, ann: str) -> None:
    before = api.get(f"{ann}/erasure").json
    assert (before["state"], before["redemptions"], before["memberships"]) == ("none", ["shirt"], [])
    assert api.send("DELETE", f"{ann}/erasure").code == "erasure_none"
    done = api.post(f"{ann}/erasure", None)
    assert done.json["state"] == "erased" and done.json["points"] == before["points"]
    assert api.post(f"{ann}/erasure", None).json == done.json
    shown = api.get(ann).json
    assert (shown["status"], shown["person"], shown["attributes"], shown["cards"]) == ("erased", None, {}, [])
    assert api.send("DELETE", f"{ann}/erasure").code == "member_not_active"
    assert api.patch(ann, {"segments": []}, headers={"if-match": "*"}).code == "member_not_active"
    assert not any(needle in str(_download(api, ann)) for needle in (*SEALED, *PLAIN))


def test_an_erasure_under_a_key_is_an_effect_of_it(api: door.Api, shop: Shop, ann: str) -> None:
    for _ in range(2):
        assert api.post(f"{ann}/erasure", {}, headers={"idempotency-key": "gone"}).json["state"] == "erased"
    broken = [str(one.first) for one in verify.run(shop.programme_id, deep=True).broken]
    assert broken == []
