"""Which letters a member wants, over HTTP."""

import pytest

from guerdon.engine import wishes
from guerdon.kit import clock, ids


@pytest.fixture
def ann(api):
    return ids.show("member", api.shop.enrol("ann"))


def test_everything_is_wanted_until_something_is_not(api, ann):
    path = f"/v1/members/{ann}/letters"
    assert api.get(path).json == {"member": ann, "wanted": ["expiring", "tier", "statement", "news"], "stopped": []}
    chosen = api.send("PUT", path, body={"wanted": ["tier"]})
    assert chosen.status == 200 and chosen.json["wanted"] == ["tier"]
    assert [one["kind"] for one in chosen.json["stopped"]] == ["expiring", "news", "statement"]
    assert api.get(path).json == chosen.json
    again = api.send("PUT", path, body={"wanted": ["tier", "statement", "news"]})
    assert [one["kind"] for one in again.json["stopped"]] == ["expiring"]
    assert again.json["stopped"][0] == chosen.json["stopped"][0]  # since the first time


def test_what_a_link_stopped_is_seen(api, ann):
    wishes.turn(programme_id=api.shop.programme_id, member_id=api.shop.account("ann"), kind="expiring", on=False,
                actor="member", now=clock.now())  # fmt: skip
    assert api.get(f"/v1/members/{ann}/letters").json["wanted"] == ["tier", "statement", "news"]


@pytest.mark.parametrize("body", [{}, {"wanted": ["sign_in"]}, {"wanted": "tier"}, {"wanted": [], "x": 1}])
def test_what_always_comes_can_not_be_chosen(api, ann, body):
    assert api.send("PUT", f"/v1/members/{ann}/letters", body=body).status == 422


def test_an_unknown_member_has_none(api):
    answer = api.get(f"/v1/members/{ids.show('member', ids.new())}/letters")
    assert (answer.status, answer.code) == (404, "member_unknown")
