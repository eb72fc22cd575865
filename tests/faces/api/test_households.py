"""Households over HTTP: founding, inviting, sharing a balance, leaving – and what a caller sees of each."""

from typing import Any

import pytest

from tests.faces.api import door
from tests.shop import Shop


@pytest.fixture
def home(database) -> Any:
    opened = door.opened(Shop({"households": {}}))
    opened.shop.enrol("Ann", "Ben", "Cleo")
    opened.shop.buy("Ann", 3000, "2026-01-05")
    opened.shop.buy("Ben", 2000, "2026-01-05")
    yield opened
    opened.close()


def _founded(api: door.Api) -> str:
    made = api.post("/v1/households", {"owner": {"external_id": "Ann"}})
    assert (made.status, made.json["moved"]) == (201, [{"unit": "points", "points": 30, "debt": 0}])
    found: str = made.json["household"]["id"]
    assert made.headers["location"] == f"/v1/households/{found}"
    return found


def _invited(api: door.Api, household: str, who: str = "Ben", role: str = "adult") -> str:
    body = {"member": {"external_id": who}, "by": {"external_id": "Ann"}, "role": role}
    made = api.post(f"/v1/households/{household}/invitations", body)
    assert made.status == 201, made.body
    found: str = made.json["invitation"]["id"]
    return found


def test_a_household_from_its_first_day_to_its_last(home: door.Api):
    household = _founded(home)
    ben = "mem_" + home.shop.account("Ben")
    invitation = _invited(home, household)
    path = f"/v1/households/{household}/invitations"
    assert [one["state"] for one in home.get(path).json["invitations"]] == ["open"]
    joined = home.post(f"{path}/{invitation}/accept", None)
    assert [one["role"] for one in joined.json["household"]["persons"]] == ["owner", "adult"]
    told = home.get(f"/v1/members/{ben}/balances").json
    assert (told["member"], told["household"], told["balances"][0]["available"]) == (ben, household, 50)
    assert home.get(f"/v1/members/{household}/balances").json["household"] is None
    member = home.get(f"/v1/members/{ben}").json
    assert (member["household"], member["role"]) == (household, "adult")
    assert household not in [one["id"] for one in home.get("/v1/members").json["members"]]
    body = {"kind": "purchase", "source": "till", "external_id": "o-1", "occurred_at": "2026-01-06T10:00:00Z",
            "member": {"external_id": "Ben"}, "amount": 1000}  # fmt: skip
    bought = home.post("/v1/activities", body).json["activity"]
    assert (bought["member"], bought["household"]) == (ben, household)
    burn = {"member": {"external_id": "Ben"}, "unit": "points", "points": 5, "external_id": "b-1"}
    assert home.post("/v1/burns", burn).json["burn"]["member"] == ben
    persons = {one["member"]: one for one in home.get(f"/v1/households/{household}/persons").json["persons"]}
    assert persons[ben]["totals"] == [{"unit": "points", "brought": 20, "earned": 10, "burned": 5}]
    lines = home.get(f"/v1/members/{household}/statement?person={ben}").json["postings"]
    assert [(one["kind"], one["points"], one["person"]) for one in lines] == [
        ("pool_in", 20, ben), ("earn", 10, ben), ("burn", -5, ben),
    ]  # fmt: skip
    left = home.post(f"/v1/households/{household}/leave", {"member": {"external_id": "Ben"}})
    assert (left.json["leaving"], left.json["moved"]) == ("stay", [])
    assert home.get(f"/v1/members/{ben}/balances").json["household"] is None
    last = home.post(f"/v1/households/{household}/leave", {"member": {"external_id": "Ann"}})
    assert (last.json["leaving"], last.json["household"]["state"]) == ("all", "closed")
    assert last.json["household"]["leads_to"] == "mem_" + home.shop.account("Ann")
    assert home.get("/v1/households").json["households"] == []
    assert home.get(f"/v1/households/{household}").json["state"] == "closed"
    stays = home.get(f"/v1/households/{household}/persons").json["persons"][0]["stays"]
    assert stays[0]["until"] is not None
    assert home.shop.audit() == []


def test_a_trial_keeps_nothing_and_one_key_answers_the_same(home: door.Api):
    tried = home.post("/v1/households?dry_run=true", {"owner": {"external_id": "Ann"}})
    assert (tried.status, tried.json["dry_run"], tried.json["moved"][0]["points"]) == (200, True, 30)
    assert home.get("/v1/households").json["households"] == []
    key = {"idempotency-key": "home-1"}
    first = home.post("/v1/households", {"owner": {"external_id": "Ann"}}, headers=key)
    again = home.post("/v1/households", {"owner": {"external_id": "Ann"}}, headers=key)
    assert again.replayed and again.json == first.json
    other = home.post("/v1/households", {"owner": {"external_id": "Ben"}}, headers=key)
    assert other.code == "idempotency_conflict"


def test_roles_and_the_owner_s_word(home: door.Api):
    household = _founded(home)
    home.post(f"/v1/households/{household}/invitations/{_invited(home, household, role='child')}/accept", None)
    burn = {"member": {"external_id": "Ben"}, "unit": "points", "points": 5, "external_id": "b-1"}
    refused = home.post("/v1/burns", burn)
    assert (refused.status, refused.code) == (403, "role_may_not_spend")
    assert refused.json["facts"] == {"role": "child", "may": "owner, adult"}
    by_ben = {"member": {"external_id": "Ann"}, "by": {"external_id": "Ben"}}
    assert home.post(f"/v1/households/{household}/leave", by_ben).code == "owner_only"
    grown = {"member": {"external_id": "Ben"}, "role": "adult", "by": {"external_id": "Ann"}}
    changed = home.post(f"/v1/households/{household}/role", grown).json["household"]["persons"]
    assert [one["role"] for one in changed] == ["owner", "adult"]
    assert home.post("/v1/burns", burn | {"external_id": "b-2"}).status == 201
    handed = {"to": {"external_id": "Ben"}, "by": {"external_id": "Ann"}}
    changed = home.post(f"/v1/households/{household}/hand-over", handed).json["household"]["persons"]
    assert {one["role"] for one in changed} == {"adult", "owner"}
    removed = home.post(f"/v1/households/{household}/leave", by_ben)
    assert removed.json["leaving"] == "stay"


def test_invitations_are_declined_and_withdrawn(home: door.Api):
    household = _founded(home)
    path = f"/v1/households/{household}/invitations"
    assert home.post(f"{path}/{_invited(home, household)}/decline", None).json["invitation"]["state"] == "declined"
    second = _invited(home, household)
    ben = "mem_" + home.shop.account("Ben")
    own = home.get(f"/v1/members/{ben}/invitations?limit=1")
    assert [one["state"] for one in own.json["invitations"]] == ["declined"]
    rest = home.get(f"/v1/members/{ben}/invitations?cursor={own.json['next']}").json["invitations"]
    assert [(one["id"], one["state"], one["household"]) for one in rest] == [(second, "open", household)]
    assert home.post(f"{path}/{second}/withdraw", None).json["invitation"]["state"] == "withdrawn"
    assert home.post(f"{path}/{second}/accept", None).code == "invitation_settled"
    unknown = second[:-1] + ("0" if second[-1] != "0" else "1")
    assert home.post(f"{path}/{unknown}/accept", None).code == "invitation_unknown"
    assert home.post(f"{path}/mem_{'0' * 32}/accept", None).code == "id_malformed"


def test_what_is_told_for_the_household_itself_needs_a_person(home: door.Api):
    household = _founded(home)
    burn = {"member": {"id": household}, "unit": "points", "points": 5, "external_id": "b-1"}
    refused = home.post("/v1/burns", burn)
    assert (refused.status, refused.code) == (422, "household_unnamed")


def test_every_deed_answers_what_it_did_itself_also_when_told_again(home: door.Api):
    household = _founded(home)
    path = f"/v1/households/{household}"
    key = {"idempotency-key": "join-1"}
    accept = f"{path}/invitations/{_invited(home, household)}/accept"
    joined = home.post(accept, None, headers=key)
    assert joined.json["moved"] == [{"unit": "points", "points": 20, "debt": 0}]
    named = {"member": {"external_id": "Ben"}, "by": {"external_id": "Ann"}}
    child = home.post(f"{path}/role", named | {"role": "child"})
    assert (child.json["moved"], child.json["household"]["persons"][1]["role"]) == ([], "child")
    again = home.post(f"{path}/role", named | {"role": "child"})
    assert again.json["household"] == child.json["household"], "who is one already is one since then"
    over = home.post(f"{path}/hand-over", {"to": {"external_id": "Ben"}, "by": {"external_id": "Ann"}})
    assert (over.status, over.json["moved"]) == (200, []), over.body
    left = home.post(f"{path}/leave", {"member": {"external_id": "Ann"}})
    assert left.json["leaving"] == "stay" and left.json["seq"] > joined.json["seq"]
    late = home.post(accept, None, headers=key)
    assert late.replayed and (late.json["moved"], late.json["seq"]) == (joined.json["moved"], joined.json["seq"])
    assert late.json.get("leaving") is None


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_the_whole_life_of_a_person_goes_on_in_the_household(home: door.Api, order):
    home.shop.buy("Ann", 1000, "2026-01-06")
    household = _founded_of(home, "Ann")
    home.shop.buy("Ann", 500, "2026-01-07")
    invitation = _invited(home, household)
    home.post(f"/v1/households/{household}/invitations/{invitation}/accept", None)
    home.shop.buy("Ann", 700, "2026-01-08")
    wanted = {  # what each had before, and of the household what came since
        "Ann": ["earn 30", "earn 10", "pool_out -40", "pool_in 30", "pool_in 10", "earn 5",
                "pool_in 20", "earn 7"],
        "Ben": ["earn 20", "pool_out -20", "pool_in 20", "earn 7"],
    }  # fmt: skip
    for name, lines in wanted.items():
        id = "mem_" + home.shop.account(name)
        path = f"/v1/members/{id}/statement?whole=true&explain=full&limit=2&order={order}"
        found = _pages(home, path, "postings")
        told = [f"{one['kind']} {one['points']}" for one in found]
        assert told == (lines if order == "oldest" else lines[::-1])
        assert all(one["explanation"]["why"] for one in found)
        known = _pages(home, f"/v1/activities?member={id}&whole=true&explain=full&limit=2&order={order}", "activities")
        seqs = [one["seq"] for one in known]
        assert seqs == sorted({one["seq"] for one in found}, reverse=order == "newest")
        assert all(one["postings"] for one in known)


def _founded_of(api: door.Api, owner: str) -> str:
    found: str = api.post("/v1/households", {"owner": {"external_id": owner}}).json["household"]["id"]
    return found


def _pages(api: door.Api, path: str, of: str) -> list[Any]:
    found, cursor = [], ""
    while cursor is not None:
        page = api.get(path + (f"&cursor={cursor}" if cursor else "")).json
        found, cursor = found + page[of], page["next"]
    return found
