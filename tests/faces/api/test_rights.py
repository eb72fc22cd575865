"""Keys and addresses; every route against every right and role stands in tests/security."""

import re

import pytest

from guerdon.engine import alerts, keys
from guerdon.faces.api import examples, routes
from guerdon.features.keys import queries
from guerdon.kit import clock, ids, store
from guerdon.kit.audit import Actor
from tests.faces.api import door
from tests.shop import POINTS, Shop

ROUTES = routes.ROUTES
COST = examples.EXAMPLES["costs.tell"].body
AIM = examples.EXAMPLES["objectives.begin"].body


def knock(api, endpoint, headers=None, **more):
    """A well-made request, so that only the key decides whether it gets in."""
    shown = examples.EXAMPLES[endpoint.name]
    path = re.sub(r"{(\w+)}", lambda name: str(shown.path[name[1]]), endpoint.path)
    query = "&".join(f"{name}={value}" for name, value in shown.query.items())
    headers = {"if-match": "*"} | (headers or {})
    address = f"{path}?{query}" if query else path
    return api.send(endpoint.method, address, body=shown.body, headers=headers, **more)


@pytest.mark.parametrize(
    "shown",
    ["", "Basic YTpi", "Bearer", "Bearer ", "Bearer gdn_", "bearer gdn_" + "0" * 32 + "_" + "a" * 43, "Bearer é"],
)
def test_without_a_good_key_nothing_opens(api, shown):
    opened = {}
    for endpoint in [one for one in ROUTES if one.right != "public"]:
        answer = knock(api, endpoint, key="", headers={"authorization": shown} if shown else {})
        told = (answer.status, answer.headers.get("www-authenticate"), answer.json.get("code"))
        if told not in ((401, "Bearer", "key_missing"), (401, "Bearer", "key_invalid")):
            opened[endpoint.name] = told
    assert opened == {}


def test_a_key_with_another_secret_is_refused(api):
    head, secret = api.key.rsplit("_", 1)
    other = head + "_" + secret[:-1] + ("a" if secret[-1] != "a" else "b")
    assert api.get("/v1/programme", key=other).code == "key_invalid"
    assert api.get("/v1/programme", headers={"authorization": f"bEaReR  {api.key} "}).status == 200


def test_a_revoked_key_is_refused_within_two_seconds(api):
    doomed = api.new_key()
    assert api.get("/v1/programme", key=doomed).status == 200
    (row,) = [one for one in queries.every(store.current(), api.shop.programme_id) if doomed[4:36] == one.id]
    keys.revoke(key_id=row.id, by=Actor("operator", "test"), now=clock.now())
    api.lane.keyring.forget()  # what time does in a second
    assert api.get("/v1/programme", key=doomed).code == "key_invalid"


def test_the_last_use_of_a_key_is_noted(api):
    used = api.new_key()
    api.get("/v1/programme", key=used)
    keys.note_use(api.lane.keyring.used)
    row = queries.by_id(store.current(), used[4:36])
    assert row.last_used_at is not None
    before = row.last_used_at
    keys.note_use({row.id: row.created_at})  # an older use never overwrites a later one
    assert queries.by_id(store.current(), row.id).last_used_at == before


# --- programmes never see each other ---


SILVER = {"silver": {"name": {"en": "Silver"}, "from": "10.00"}}
PLUS = {"plus": {"name": {"en": "Plus"}, "prices": {"EUR": "12.00"}, "period": {"months": 1}}}
CIRCLE = {"status": {"name": {"en": "Status"}, "basis": {"spend": True}, "levels": SILVER}}


TEA = {"tea": {"name": {"en": "Tea"}, "kind": "free_product", "product": "tea", "prices": [{"points": {"points": 1}}]}}


@pytest.fixture
def neighbour(database):
    passing = {"units": {"points": POINTS | {"transfers": {}}}, "causes": {"trees": {"name": {"en": "Trees"}}}}
    club = {"tiers": CIRCLE, "rewards": TEA, "plans": PLUS}
    opened = door.opened(Shop({"enrol_unknown": True, "households": {}, **passing, **club}))
    yield opened
    opened.close()


def drafted(asked):
    """The address of a draft."""
    return asked.post("/v1/programme/drafts", {"title": "x"}).headers["location"]


def redeemed(asked, member):
    body = {"member": {"id": member}, "reward": "tea", "external_id": "r-1"}
    return asked.post("/v1/redemptions", body).json["redemption"]["id"]


def claimed(asked, member):
    return asked.post("/v1/claims", {"member": {"id": member}, "kind": "question", "text": "x"}).json["id"]


def alerted(asked, member):
    """An alert of points that one key gives by hand again and again."""
    for n in range(3):
        by_hand = {"member": {"id": member}, "unit": "points", "points": 1, "reason": "x", "external_id": f"again-{n}"}
        assert asked.post("/v1/adjustments", by_hand).status == 201
    alerts.run(programme_id=asked.shop.programme_id, now=clock.now())
    return asked.get("/v1/alerts").json["alerts"][0]["id"]


def granted(asked, member):
    tier = {"member": {"id": member}, "tier": "silver", "last_day": "2100-01-31", "reason": "x", "external_id": "t-1"}
    return asked.post("/v1/tiers/grants", tier)


def test_no_tier_and_no_membership_is_given_to_a_member_of_another_programme(api, neighbour):
    ann = neighbour.post("/v1/members", {"external_ids": ["ann"]}).json["id"]
    other = door.opened(Shop({"tiers": CIRCLE, "plans": PLUS}))
    assert granted(other, ann).code == "member_unknown"
    plan = {"member": {"id": ann}, "plan": "plus", "external_id": "p-1"}
    assert other.post("/v1/memberships", plan).code == "member_unknown"
    other.close()


def club(asked, member):
    plan = {"member": {"id": member}, "plan": "plus", "external_id": "p-1"}
    return asked.post("/v1/memberships", plan).json["membership"]


def test_no_membership_is_dealt_with_by_another_programme(api, neighbour):
    ann = neighbour.post("/v1/members", {"external_ids": ["ann"]}).json["id"]
    joined = club(neighbour, ann)
    change = ("change", {"plan": "plus"})
    for verb, body in (("renew", {}), ("pause", None), ("resume", None), change, ("cancel", {}), ("refund", {})):
        assert api.post(f"/v1/memberships/{joined['id']}/{verb}", body).code == "membership_unknown"
    for verb, body in (("paid", {}), ("failed", None)):
        assert api.post(f"/v1/payments/{joined['payments'][0]['id']}/{verb}", body).code == "payment_unknown"


def test_nothing_crosses_a_programme(api, neighbour):
    ann = neighbour.post("/v1/members", {"external_ids": ["ann"], "person": {"email": "ann@example.com"}}).json["id"]
    body = {
        "kind": "purchase", "source": "till", "external_id": "o-1", "occurred_at": "2026-01-05T10:00:00Z",
        "member": {"id": ann}, "amount": 1000,
    }  # fmt: skip
    bought = neighbour.post("/v1/activities", body).json["activity"]["id"]
    adjustment = {"member": {"id": ann}, "unit": "points", "points": 5, "reason": "x", "external_id": "a-1"}
    adjusted = neighbour.post("/v1/adjustments", adjustment).json["adjustment"]["id"]
    burn = {"member": {"id": ann}, "unit": "points", "points": 2, "external_id": "b-1"}
    burned = neighbour.post("/v1/burns", burn).json["burn"]["id"]
    held = neighbour.post("/v1/holds", burn | {"ttl": {"hours": 1}}).json["hold"]["id"]

    neighbour.post("/v1/members", {"external_ids": ["ben"]})
    gift = {"member": {"id": ann}, "unit": "points", "points": 1, "external_id": "g-1"}
    sent = neighbour.post("/v1/transfers", {**gift, "to": {"external_id": "ben"}}).json["transfer"]["id"]
    given = neighbour.post("/v1/donations", {**gift, "cause": "trees"}).json["donation"]["id"]

    neighbour.post("/v1/members", {"external_ids": ["cleo"]})
    home = neighbour.post("/v1/households", {"owner": {"external_id": "cleo"}}).json["household"]["id"]
    guest = neighbour.post(
        f"/v1/households/{home}/invitations", {"member": {"external_id": "ben"}, "by": {"external_id": "cleo"}}
    )
    assert guest.status == 201
    joined = club(neighbour, ann)

    hidden = {
        f"/v1/alerts/{alerted(neighbour, ann)}": "alert_unknown",
        f"/v1/claims/{(claim := claimed(neighbour, ann))}": "claim_unknown",
        f"/v1/claims/{claim}/answers": "claim_unknown",
        f"/v1/claims/{claim}/photos/{'0' * 64}": "claim_unknown",
        f"/v1/members/{ann}/claims": "member_unknown",
        f"/v1/members/{ann}/claims/{claim}/photos/{'0' * 64}": "member_unknown",
        f"/v1/members/{ann}/letters": "member_unknown",
        drafted(neighbour): "draft_unknown",
        neighbour.post("/v1/simulations", {}).headers["location"]: "simulation_unknown",
        neighbour.post("/v1/objectives", AIM).headers["location"]: "objective_unknown",
        neighbour.post("/v1/costs", COST).headers["location"]: "cost_unknown",
        drafted(neighbour) + "/conflicts": "draft_unknown",
        f"/v1/memberships/{joined['id']}": "membership_unknown",
        f"/v1/members/{ann}/memberships": "member_unknown",
        f"/v1/members/{ann}/worth?plan=plus": "member_unknown",
        f"/v1/payments/{joined['payments'][0]['id']}": "payment_unknown",
        f"/v1/redemptions/{redeemed(neighbour, ann)}": "redemption_unknown",
        f"/v1/members/{ann}/redemptions": "member_unknown",
        f"/v1/redemptions/{redeemed(neighbour, ann)}/draw": "redemption_unknown",
        f"/v1/members/{ann}/chance": "member_unknown",
        f"/v1/members/{ann}/consents": "member_unknown",
        f"/v1/members/{ann}/lookups": "member_unknown",
        f"/v1/members/{ann}/download": "member_unknown",
        f"/v1/members/{ann}/download.zip": "member_unknown",
        f"/v1/members/{ann}/erasure": "member_unknown",
        f"/v1/members/{ann}/rotating-code": "member_unknown",
        f"/v1/members/{ann}/rewards": "member_unknown",
        f"/v1/members/{ann}/tiers": "member_unknown",
        f"/v1/members/{ann}/segments": "member_unknown",
        f"/v1/tiers/grants/{granted(neighbour, ann).json['grant']['id']}": "grant_unknown",
        f"/v1/households/{home}": "household_unknown",
        f"/v1/households/{home}/persons": "household_unknown",
        f"/v1/households/{home}/invitations": "household_unknown",
        f"/v1/members/{ann}/vouchers": "member_unknown",
        f"/v1/members/{ann}/transfers": "member_unknown",
        f"/v1/members/{ann}/invitations": "member_unknown",
        f"/v1/transfers/{sent}": "transfer_unknown",
        f"/v1/donations/{given}": "donation_unknown",
        f"/v1/members/{ann}": "member_unknown",
        f"/v1/members/{ann}/balances": "member_unknown",
        f"/v1/members/{ann}/expirations": "member_unknown",
        f"/v1/members/{ann}/lots": "member_unknown",
        f"/v1/members/{ann}/reminders": "member_unknown",
        f"/v1/members/{ann}/statement": "member_unknown",
        f"/v1/activities/{bought}": "activity_unknown",
        f"/v1/activities/{bought}/receipt": "activity_unknown",
        f"/v1/activities?member={ann}": "member_unknown",
        f"/v1/adjustments/{adjusted}": "adjustment_unknown",
        f"/v1/burns/{burned}": "burn_unknown",
        f"/v1/holds/{held}": "hold_unknown",
        f"/v1/members/{ann}/holds": "member_unknown",
    }
    covered = {door.operation("GET", path.partition("?")[0])["operationId"] for path in hidden}
    by_id = {endpoint.name for endpoint in ROUTES if "{id}" in endpoint.path and endpoint.method == "GET"}
    assert by_id <= covered, "a route that reads by id is not held against another programme's key"
    for path, code in hidden.items():
        answer = api.get(path)
        assert (answer.status, answer.code) == (404, code), path
    assert api.patch(f"/v1/members/{ann}", {"segments": []}, headers={"if-match": "*"}).code == "member_unknown"
    assert api.post("/v1/adjustments", adjustment).code == "member_unknown"
    assert api.post("/v1/burns", burn).code == "member_unknown"
    assert api.post(f"/v1/burns/{burned}/cancel", {}).code == "burn_unknown"
    assert api.post(f"/v1/holds/{held}/capture", {}).code == "hold_unknown"
    assert api.post(f"/v1/holds/{held}/release", {}).code == "hold_unknown"
    assert api.post(f"/v1/transfers/{sent}/withdraw", None).code == "transfer_unknown"
    assert api.post(f"/v1/households/{home}/leave", {"member": {"id": ann}}).code == "member_unknown"
    assert api.get("/v1/households").json["households"] == []
    assert api.post("/v1/activities", body).code == "member_unknown"
    assert api.get("/v1/members?email=ann@example.com").json["members"] == []
    assert api.get("/v1/members").json["members"] == []
    assert api.get("/v1/activities?status=parked").json["activities"] == []
    # The same names are free here, and mean somebody else.
    own = api.post("/v1/members", {"external_ids": ["ann"], "person": {"email": "ann@example.com"}})
    assert own.status == 201
    assert own.json["id"] != ann
    assert api.post("/v1/activities", body | {"member": {"external_id": "ann"}}).replayed is False


# --- methods and addresses ---


@pytest.mark.parametrize("path", sorted({endpoint.path for endpoint in ROUTES}))
def test_methods(api, path):
    methods = {endpoint.method for endpoint in ROUTES if endpoint.path == path}
    real = path.replace("{id}", ids.show("member", "0" * 32)).replace("{number}", "1")
    allowed = methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())
    options = api.send("OPTIONS", real, key="")
    assert (options.status, options.body) == (204, b"")
    assert set(options.headers["allow"].split(", ")) == allowed
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "BREW"):
        if method in allowed:
            continue
        answer = api.send(method, real, key="")
        assert answer.status == 405
        assert set(answer.headers["allow"].split(", ")) == allowed


def test_head_is_get_without_a_body(api):
    got, head = api.get("/v1/programme"), api.send("HEAD", "/v1/programme")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"] == str(len(got.body))


@pytest.mark.parametrize(
    "path", ["/v1/nothing", "/v1", "/v1/", "/", "/v1/activities/", "//v1/activities", "/v1/members/a/b/c"]
)
def test_unknown_addresses(api, path):
    answer = api.get(path)
    assert (answer.status, answer.code) == (404, "route_unknown")


@pytest.mark.parametrize(
    ("given", "kept"), [("till-1.0_x", True), ("x" * 128, True), ("x" * 129, False), ("a b", False)]
)
def test_request_ids_come_back(api, given, kept):
    answer = api.get("/healthz", headers={"x-request-id": given})
    assert (answer.headers["x-request-id"] == given) is kept
    assert len(answer.headers["x-request-id"]) >= 32 or kept


def test_no_draft_of_a_neighbour_is_moved(api, neighbour):
    draft = drafted(neighbour)
    for verb in ("submit", "approve", "return", "rebase", "publish", "discard"):
        assert api.post(f"{draft}/{verb}", {"why": "x"}, headers={"if-match": "*"}).code == "draft_unknown", verb
    ann = neighbour.post("/v1/members", {"external_ids": ["ann"]}).json["id"]
    assert api.post(f"{draft}/try", {"amount": 1}).code == "draft_unknown"
    assert api.post("/v1/programme/try", {"amount": 1, "member": {"id": ann}}).code == "member_unknown"
    assert api.get("/v1/programme/drafts").json["drafts"] == []
