"""Vouchers over the API: given, read, looked at, redeemed, rolled back, withdrawn, and kept from those who guess."""

from xml.etree import ElementTree

import pytest

from guerdon.core import limits
from guerdon.engine import alerts
from guerdon.kit import clock
from tests import shop as shops
from tests import vouchers
from tests.faces.api import door

PARTS = vouchers.offers(
    five={"amount": "5.00"}, tenth={"percent": "12.5", "amount_max": "3.00", "exclusive": True},
    twenty={"amount": "4.00", "if": [{"basket": {"amount_min": "20.00"}}]},
    flyer={"amount": "2.00", "bearer": True, "uses": 2},
    film={"gift": {"en": "A film"}, "codes": "pool", "alarm_below": 2},
)  # fmt: skip


@pytest.fixture
def cafe(api):
    """Ann, who may be given vouchers."""
    api.shop.publish(since=shops.OPENING, now=shops.moment("2025-01-02"), enrol_unknown=True, **PARTS)
    return api.post("/v1/members", {"external_ids": ["ann"]}).json["id"]


@pytest.fixture
def public(api):
    """A key that may redeem and no more, like that of a web shop."""
    opened = door.opened(api.shop, key=api.new_key(["vouchers:redeem"]))
    yield opened
    opened.close()


def issue(api, voucher="five", number=1, **more):
    body = {"member": {"external_id": "ann"}, "voucher": voucher, "external_id": f"v-{number}", **more}
    return api.post("/v1/vouchers", body)


def given(api, voucher="five", number=1):
    return issue(api, voucher, number).json["voucher"]["code"]


def basket(amount=1000, **more):
    return {"member": {"external_id": "ann"}, "amount": amount, **more}


def redeem(api, code, number=1, **more):
    return api.post(f"/v1/vouchers/{code}/redeem", basket(external_id=f"order-{number}", **more))


def test_a_voucher_is_given_read_and_listed(api, cafe):
    made = issue(api)
    assert made.status == 201
    told = made.json["voucher"]
    assert (told["member"], told["state"], told["uses"], told["used"], told["rule"]) == (cafe, "active", 1, 0, None)
    assert told["offer"] == {
        "voucher": "five", "name": "five", "kind": "amount", "amount": {"amount": 500, "currency": "EUR"},
    }  # fmt: skip
    assert api.get(made.headers["location"]).json == made.json
    assert api.get(f"/v1/vouchers/{told['code'].lower()}").json["voucher"] == told
    assert api.get(f"/v1/members/{cafe}/vouchers").json == {"vouchers": [told], "next": None}
    again = issue(api)
    assert (again.body, again.replayed) == (made.body, True)
    assert issue(api, "twenty").json["differs"] == ["/voucher"]


def test_a_trial_gives_no_code_away(api, cafe):
    body = {"member": {"external_id": "ann"}, "voucher": "five", "external_id": "v-1"}
    tried = api.post("/v1/vouchers?dry_run=true", body)
    assert (tried.status, tried.json["dry_run"], tried.json["voucher"]["code"]) == (200, True, "")
    assert api.get(f"/v1/members/{cafe}/vouchers").json["vouchers"] == []


def test_looking_tells_what_comes_off_and_why_not(api, cafe):
    five, twenty = given(api), given(api, "twenty", 2)
    lines = [{"amount": 300, "product": "tea"}, {"amount": 500, "product": "cake"}]
    body = {"member": {"external_id": "ann"}, "lines": lines, "together_with": [twenty, "NONE"]}
    found = api.post(f"/v1/vouchers/{five}/validate", body).json
    assert (found["valid"], found["off"]) == (False, {"amount": 0, "currency": "EUR"})
    first, second, third = found["vouchers"]
    assert first["lines"] == [{"line": 1, "off": 188}, {"line": 2, "off": 312}]  # 187.5 and 312.5, ties by place
    assert second["why"]["code"] == "voucher_unmet"
    assert second["why"]["condition"] == "the order reaches 20.00 EUR"
    assert second["why"]["pointer"] == "/vouchers/twenty/if/0/basket"
    assert third["why"]["code"] == "voucher_unknown"
    assert api.get(f"/v1/vouchers/{five}").json["voucher"]["used"] == 0
    turkish = api.post(f"/v1/vouchers/{five}/validate", body, headers={"accept-language": "tr"}).json
    assert turkish["vouchers"][1]["why"]["title"] == "Kupon daha fazlasını istiyor"


def test_it_is_redeemed_once_and_rolled_back_once(api, cafe):
    code = given(api)
    used = redeem(api, code)
    assert used.status == 201
    told = used.json["use"]
    assert (told["state"], told["off"], told["external_id"]) == (
        "redeemed", {"amount": 500, "currency": "EUR"}, "order-1",
    )  # fmt: skip
    again = redeem(api, code)
    assert (again.status, again.body, again.replayed) == (201, used.body, True)
    assert redeem(api, code, amount=900).json["differs"] == ["/amount"]
    assert (redeem(api, code, 2).status, redeem(api, code, 2).code) == (409, "voucher_used")
    back = {"use": told["id"], "external_id": "void-1"}
    assert api.post("/v1/vouchers/NONE/rollback", back).code == "voucher_use_unknown"
    rolled = api.post(f"/v1/vouchers/{code}/rollback", back)
    assert (rolled.status, rolled.json["use"]["state"]) == (200, "rolled_back")
    assert api.post(f"/v1/vouchers/{code}/rollback", back).replayed
    other = api.post(f"/v1/vouchers/{code}/rollback", {**back, "external_id": "void-2"})
    assert (other.status, other.code) == (409, "voucher_rolled_back")
    assert redeem(api, code).json["use"]["state"] == "rolled_back"
    assert redeem(api, code, 3).status == 201


def test_a_redemption_can_be_tried(api, cafe):
    code = given(api)
    tried = api.post(f"/v1/vouchers/{code}/redeem?dry_run=true", basket(external_id="o"))
    assert (tried.status, tried.json["dry_run"], tried.json["use"]["off"]["amount"]) == (200, True, 500)
    assert api.get(f"/v1/vouchers/{code}").json["voucher"]["used"] == 0


def test_several_go_together_or_do_not(api, cafe):
    five, tenth = given(api), given(api, "tenth", 2)
    assert redeem(api, five, together_with=[tenth]).code == "vouchers_together"
    use = redeem(api, tenth, 2, amount=1000).json["use"]
    assert use["off"]["amount"] == 125


def test_the_same_codes_in_another_order_are_the_same(api, cafe):
    one, other, third = given(api), given(api, number=2), given(api, number=3)
    used = redeem(api, one, together_with=[other], amount=2000)
    assert used.status == 201, used.json
    again = redeem(api, other, together_with=[one], amount=2000)
    assert "differs" not in again.json and again.replayed
    assert redeem(api, one, together_with=[third], amount=2000).json["differs"] == ["/together_with"]


def test_a_code_is_drawn_as_a_picture(api, cafe):
    code = given(api)
    for query, wide in (("", "116"), ("?symbol=code128", "396")):
        drawn = api.get(f"/v1/vouchers/{code}/image.svg{query}")
        assert (drawn.status, drawn.headers["content-type"]) == (200, "image/svg+xml; charset=utf-8")
        root = ElementTree.fromstring(drawn.body)
        assert root.tag == "{http://www.w3.org/2000/svg}svg" and root.get("width") == wide
        assert root.get("viewBox", "").split()[2] == wide
        assert root[0].text == code and root[0].tag.endswith("title")
    assert api.get("/v1/vouchers/NONE/image.svg").code == "voucher_unknown"
    api.post("/v1/voucher-pools/flyer/codes", {"external_id": "b", "codes": ["ЛЯТО"]})
    assert api.get("/v1/vouchers/ЛЯТО/image.svg").status == 200
    assert api.get("/v1/vouchers/ЛЯТО/image.svg?symbol=code128").code == "code_not_drawn"


def test_what_is_withdrawn_stays_so(api, cafe):
    code = given(api)
    gone = api.post(f"/v1/vouchers/{code}/withdraw", {"reason": "sent twice"})
    assert (gone.status, gone.json["voucher"]["state"]) == (200, "withdrawn")
    assert api.post(f"/v1/vouchers/{code}/withdraw", {"reason": "again"}).replayed
    assert redeem(api, code).code == "voucher_withdrawn"


def test_codes_are_brought_in_and_made(api, cafe):
    body = {"external_id": "batch-1", "codes": ["film-1", "film-2", "FILM-1"]}
    made = api.post("/v1/voucher-pools/film/codes", body)
    told = {"voucher": "film", "made": 2, "known": 0, "elsewhere": 0, "codes": ["FILM-1", "FILM-2"]}
    assert (made.status, made.json) == (201, told)
    again = api.post("/v1/voucher-pools/film/codes", body)
    assert again.json == made.json | {"codes": []}
    for other in (["film-1"], ["film-1", "film-3"]):
        assert api.post("/v1/voucher-pools/film/codes", body | {"codes": other}).json["differs"] == ["/codes"]
    assert given(api, "film") == "FILM-1"
    assert issue(api, "film", 2).status == 201
    assert issue(api, "film", 3).code == "voucher_pool_empty"
    assert api.get("/v1/voucher-pools").json == {
        "pools": [{"voucher": "film", "added": 2, "left": 0, "alarm_below": 2, "low": True}]
    }
    assert (api.get("/v1/voucher-pools/nix/codes").status, api.get("/v1/voucher-pools/nix/codes").code) == (
        404, "voucher_pool_unknown",
    )  # fmt: skip
    flyers = api.post("/v1/voucher-pools/flyer/codes", {"external_id": "batch-2", "count": 3}).json["codes"]
    told = [api.post("/v1/voucher-pools/flyer/codes", {"external_id": "batch-2", "count": many}) for many in (3, 4)]
    assert [one.json.get("differs") for one in told] == [None, ["/count"]]
    page = api.get("/v1/voucher-pools/flyer/codes?limit=2").json
    rest = api.get(f"/v1/voucher-pools/flyer/codes?limit=2&cursor={page['next']}").json
    assert sorted(flyers) == [one["code"] for one in (*page["codes"], *rest["codes"])]
    assert redeem(api, flyers[0]).status == 201
    both = api.post("/v1/voucher-pools/flyer/codes", {"external_id": "x", "count": 3, "codes": ["a"]})
    assert (both.status, both.code) == (422, "voucher_codes_invalid")
    assert api.post("/v1/voucher-pools/five/codes", {"external_id": "x", "count": 3}).code == "voucher_pool_none"


def test_every_code_of_a_list_that_is_none_is_named(api, cafe):
    answer = api.post("/v1/voucher-pools/film/codes", {"external_id": "x", "codes": ["K 1", "film-1", "A/B", " "]})
    assert (answer.status, answer.code) == (422, "voucher_codes_unreadable")
    assert [one["pointer"] for one in answer.json["errors"]] == ["/codes/0", "/codes/2", "/codes/3"]
    assert "“K 1”, “A/B”" in answer.json["detail"] and "none of them a blank or “/”" in answer.json["detail"]
    many = api.post("/v1/voucher-pools/film/codes", {"external_id": "x", "codes": ["K 1"] * 50}).json
    assert (len(many["errors"]), many["facts"]["codes"]) == (limits.WRONG_CODES_TOLD, 50)
    assert api.get("/v1/voucher-pools").json == {"pools": []}, "none was brought in"


def test_to_the_public_all_that_cannot_be_used_is_alike(api, cafe, public):
    used, gone = given(api), given(api, "five", 2)
    redeem(api, used)
    api.post(f"/v1/vouchers/{gone}/withdraw", {"reason": "x"})
    answers = {
        bytes(public.post(f"/v1/vouchers/{code}/redeem", basket(external_id=f"p-{code}")).body)
        for code in (used, gone, "NONE")
    }
    vouchers.bring(api.shop, "film", "free-1")
    blocked, person = given(api, "five", 3), f"/v1/members/{cafe}"
    for status in ("blocked", "active"):
        tag = api.get(person).headers["etag"]
        assert api.patch(person, {"status": status}, headers={"if-match": tag}).status == 200
        if status == "blocked":
            for code in ("FREE-1", blocked, "NOBODYS"):
                alone = {"amount": 1000, "external_id": f"p-{code}"}
                answers.add(bytes(public.post(f"/v1/vouchers/{code}/redeem", alone).body))
    assert len(answers) == 1
    looked = public.post(f"/v1/vouchers/{used}/validate", basket()).json["vouchers"]
    assert [one["why"]["code"] for one in looked] == ["voucher_invalid"] and "offer" not in looked[0]
    assert public.get(f"/v1/vouchers/{used}").code == "scope_missing"


def test_whoever_guesses_too_often_must_wait(api, cafe, public):
    good = given(api)
    for number in range(limits.GUESSES_MAX):
        told = public.post(f"/v1/vouchers/GUESS-{number}/validate", basket(client="web-1"))
        assert told.status == 200 or told.code == "voucher_invalid"
    stopped = public.post(f"/v1/vouchers/{good}/validate", basket(client="web-1"))
    assert (stopped.status, stopped.code) == (429, "guesses_too_many")
    assert 0 < int(stopped.headers["retry-after"]) <= limits.GUESSES_SECONDS
    assert public.post(f"/v1/vouchers/{good}/validate", basket(client="web-2")).json["valid"] is True
    assert api.post(f"/v1/vouchers/{good}/validate", basket(client="web-1")).json["valid"] is True, "staff may"


def test_a_key_that_tries_codes_out_is_told_of(api, cafe, public):
    """Whatever clients it names; nothing of the codes is told, and staff who ask are none of them."""
    good = given(api)
    for number in range(10):
        for client in ("web-1", "web-2", "web-3"):
            public.post(f"/v1/vouchers/GUESS-{number}/validate", basket(client=client))
            api.post(f"/v1/vouchers/GUESS-{number}/validate", basket(client=client))
    public.post(f"/v1/vouchers/{good}/validate", basket(client="web-4"))
    alerts.run(programme_id=api.shop.programme_id, now=clock.now())
    [one] = api.get("/v1/alerts").json["alerts"]
    assert (one["kind"], one["times"], one["members"], one["activities"]) == ("wrong_codes", 30, [], [])
    assert one["who"] and "GUESS" not in str(one)
    assert api.get(f"/v1/alerts/{one['id']}").json == one
    verdict = {"outcome": "confirmed", "reason": "the shop was tried out"}
    assert api.post(f"/v1/alerts/{one['id']}/settle", verdict).json["state"] == "confirmed"


def test_the_same_refusal_told_again_is_no_guess(api, cafe, public):
    key = {"headers": {"idempotency-key": "k1"}}
    for _ in range(limits.GUESSES_MAX + 2):
        told = public.post("/v1/vouchers/NONE/redeem", basket(external_id="o"), **key)
        assert told.code == "voucher_invalid"


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("NONE/redeem", {"external_id": "o", "amount": 5}, 404, "voucher_unknown"),
        ("NONE/redeem", {"amount": 5}, 422, "value_refused"),
        ("A" * 65 + "/redeem", {"external_id": "o", "amount": 5}, 422, "voucher_codes_invalid"),
        ("NONE/redeem", {"external_id": "o", "amount": -5, "member": {"external_id": "ann"}}, 422, "activity_invalid"),
        ("NONE/rollback", {"external_id": "o", "use": "vus_1"}, 422, "id_malformed"),
    ],
)  # fmt: skip
def test_what_is_refused(api, cafe, path, body, status, code):
    refused = api.post(f"/v1/vouchers/{path}", body)
    assert (refused.status, refused.code) == (status, code)
