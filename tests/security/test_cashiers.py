"""A cashier can do no more to members than a till needs, on whatever page or by whatever key."""

import pytest
from django.test import Client

from guerdon.core import rights
from guerdon.core.rights import STAFF
from guerdon.engine import staff
from guerdon.faces.signin import entry
from guerdon.faces.till import pages
from guerdon.kit import clock
from tests.faces.till import counter
from tests.faces.till.counter import at, member, till, told

VOUCHERS = "/voucher"
# What lists members, or searches all of them.
LISTS = ("/v1/members", "/v1/members?q=ann", "/v1/members?card=4711", "/v1/households", "/v1/memberships")


@pytest.fixture
def cafe(database):
    return counter.opened()


@pytest.fixture
def shop(cafe):
    """The one whose API is at hand."""
    return cafe


def test_nobody_is_blocked_changed_or_listed_by_a_cashier(cafe):
    assert not {"members:write", "members:list", "profiles:read", "segments:read"} & rights.of("cashier")
    client = Client(SERVER_NAME="localhost")
    client.get(entry.link(email=cafe.email("dora"), to=f"/console/{cafe.key}/cards"))
    whose = f"/console/{cafe.key}/members/{member(cafe)}"
    for act in ("block", "unblock", "revoke", "adjust", "merge", "notes", "privacy", "view", "timeline", "lots"):
        assert client.get(f"{whose}/{act}").status_code == 403, act
    assert client.get(whose).status_code == 403
    assert client.get(f"/console/{cafe.key}/members/").status_code == 403
    assert client.post(f"{whose}/block", {"reason": "x"}).status_code == 403
    assert told(till(cafe).get(at(cafe, "enrol")))


def test_a_cashiers_key_finds_one_member_and_lists_none(api, cafe):
    key = api.new_key(rights.of("cashier"))
    for path in LISTS:
        answer = api.get(path, key=key)
        assert (answer.status, answer.json["facts"]) == (403, {"scope": "members:list"}), path
        assert b"ann" not in answer.body.lower()
    assert api.send("POST", "/v1/tills/identify", body={"shown": member(cafe)}, key=key).json["member"] == member(cafe)
    found = api.send("POST", "/v1/tills/find", body={"name": "An"}, key=key).json["members"]
    assert [one["member"] for one in found] == [member(cafe)] and set(found[0]) == {"member", "name", "ending"}
    assert api.send("POST", "/v1/tills/find", body={"name": "A"}, key=key).code == "search_too_short"


@pytest.mark.parametrize("role", STAFF)
def test_a_till_opens_to_whoever_can_finish_what_it_begins(cafe, role):
    """A role sees no page of the till, or a whole purchase from the first field to its receipt."""
    email = f"{cafe.key}{role}@x.example"
    staff.appoint(
        programme_id=cafe.programme_id, email=email, name=role.title(), role=role, by=counter.OPERATOR, now=clock.now()
    )
    client = Client(SERVER_NAME="localhost")
    client.get(entry.link(email=email, to=at(cafe)))
    works = set(rights.AT_TILL) <= rights.of(role)
    opened = [
        client.generic(method, address(cafe, one)).status_code != 403
        for one in pages.PAGES
        for method in one.methods
        if one.also
    ]
    assert (any(opened), works) == (works, any(opened))
    if not works:
        return
    client.post(at(cafe, "device"), {"store": "sofia-1", "number": "1"})
    place = client.post(at(cafe), {"shown": member(cafe)}).headers["Location"]
    preview = counter.seen(client, f"{place}/purchase", {"amount": "12.40"})
    assert (VOUCHERS in preview) == ("vouchers:redeem" in rights.of(role))
    kept = client.post(f"{place}/purchase", counter.form(preview, f"{place}/purchase"))
    assert "/receipts/act_" in kept.headers["Location"]
    assert told(client.get(kept.headers["Location"]))


def address(cafe, page):
    """A page of the till, of Ann's where it is somebody's."""
    told = page.path.replace("<slug:programme>", cafe.key).replace("members/<str:id>", f"members/{member(cafe)}")
    return "/" + told.replace("<str:id>", f"rdm_{'0' * 31}1").replace("<str:key>", "mug")
