"""Pictures of rewards: kept by whoever tends the catalogue, shown to everybody."""

import base64

import pytest

from guerdon.features.keys import actions as keys
from guerdon.features.rewards import pictures
from guerdon.kit import clock, store
from tests import shop as shops
from tests.core.test_images import jpeg, png
from tests.engine.catalogue import MUG
from tests.shop import Shop

FILE = "https://aurora.example/mug.jpg"
REWARDS = {"mug": shops.named("mug", {**MUG, "image": FILE}), "other": shops.named("other", MUG)}


@pytest.fixture
def shop(database):
    return Shop({"rewards": REWARDS})


def put(api, content, reward="mug"):
    body = {"picture": base64.b64encode(content).decode()}
    return api.send("PUT", f"/v1/rewards/{reward}/picture", body=body)


def shown(api):
    return [one["image"] for one in api.get("/v1/rewards").json["rewards"]]


def test_a_picture_is_shown_instead_of_the_address_until_it_is_taken_away(api, shop):
    assert shown(api) == [FILE, None]
    first = put(api, png(30, 20))
    assert first.status == 200 and first.json == put(api, png(30, 20)).json, "the same again changes nothing"
    assert shown(api) == [first.json["image"], None]
    assert api.get("/v1/rewards/mug").json["image"] == first.json["image"]
    shop.enrol("ann")
    [mug, _] = api.get(f"/v1/members/mem_{shop.account('ann')}/rewards").json["offers"]
    assert mug["reward"]["image"] == first.json["image"]
    second = put(api, jpeg(30, 20)).json["image"]
    assert shown(api) == [second, None] and second != first.json["image"]
    assert api.get(first.json["image"]).code == "picture_unknown", "nobody shows it any more"
    assert api.send("DELETE", "/v1/rewards/mug/picture").json == {"reward": "mug", "image": FILE}
    assert api.send("DELETE", "/v1/rewards/mug/picture").status == 200
    assert shown(api) == [FILE, None]


def test_who_says_what_was_looked_at_overwrites_nothing_unseen(api, shop):
    def told(content, seen):
        body = {"picture": base64.b64encode(content).decode(), "seen": seen}
        return api.send("PUT", "/v1/rewards/mug/picture", body=body)

    first = told(png(30, 20), FILE).json["image"]
    assert told(jpeg(30, 20), FILE).code == "picture_changed"
    second = told(jpeg(30, 20), first).json["image"]
    assert api.send("DELETE", f"/v1/rewards/mug/picture?seen={first}").code == "picture_changed"
    assert shown(api) == [second, None]
    assert api.send("DELETE", f"/v1/rewards/mug/picture?seen={second}").json["image"] == FILE


def test_everybody_sees_it_and_may_keep_it(api, shop):
    address = put(api, png(30, 20)).json["image"]
    found = api.send("GET", address, key="")
    assert (found.status, found.body) == (200, png(30, 20))
    headers = found.headers
    assert (headers["content-type"], headers["x-content-type-options"]) == ("image/png", "nosniff")
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    again = api.send("GET", address, key="", headers={"if-none-match": headers["etag"]})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", headers["etag"])
    assert api.send("GET", "/v1/pictures/" + "0" * 64, key="").code == "picture_unknown"
    assert api.send("GET", "/v1/pictures/" + "0" * 64, key="", headers={"if-none-match": "*"}).code == "picture_unknown"


@pytest.mark.parametrize(
    ("asked", "status"),
    [("{}", 304), ("W/{}", 304), ('"a, b", W/{} , "c"', 304), (" * ", 304), ('"a"', 200), ("a", 200), ("", 200),
     ('"*"', 200), ("{},", 304)],
)  # fmt: skip
def test_nothing_is_read_for_who_has_it(api, shop, asked, status, monkeypatch):
    address = put(api, png(30, 20)).json["image"]
    tag = '"' + address.rpartition("/")[2] + '"'
    read = []
    real = pictures.by_hash
    monkeypatch.setattr(pictures, "by_hash", lambda *given: read.append(1) or real(*given))
    assert api.send("GET", address, key="", headers={"if-none-match": asked.format(tag)}).status == status
    assert len(read) == (status == 200)


def test_only_pictures_are_kept_and_only_by_who_may(api, shop):
    refused = put(api, b"<svg/>")
    assert (refused.status, refused.code) == (422, "picture_invalid")
    assert "PNG, JPEG" in refused.json["detail"]
    assert put(api, png(1, 1), "tea").code == "reward_unknown"
    assert api.send("PUT", "/v1/rewards/mug/picture", body={"picture": ""}, key="").code == "key_missing"
    with store.current().transaction():
        _, reader = keys.create(
            store.current(), programme_id=shop.programme_id, name="reader", scopes=("programme:read",), now=clock.now()
        )
    body = {"picture": base64.b64encode(png(1, 1)).decode()}
    assert api.send("PUT", "/v1/rewards/mug/picture", body=body, key=reader).code == "scope_missing"
    assert shown(api) == [FILE, None]
