"""Receipts, heads and explanations over the API: every point tells where it came from, and can be proved later."""

from datetime import timedelta

import msgspec
import pytest

from guerdon.core import sealing
from guerdon.core.sealing import Head
from guerdon.engine import seal, settling
from guerdon.kit import clock


def purchase(number=1, amount=1250, **more):
    return {
        "kind": "purchase", "source": "till", "external_id": f"r-{number}", "member": {"external_id": "ann"},
        "occurred_at": clock.now().isoformat(), "amount": amount, **more,
    }  # fmt: skip


def seal_all(api):
    return seal.run(programme_id=api.shop.programme_id, now=clock.now(), until=settling.settled())


@pytest.fixture
def ann(api):
    return api.post("/v1/members", {"external_ids": ["ann"]}).json["id"]


def test_a_receipt_is_proved_by_the_published_head(api, ann):
    id = api.post("/v1/activities", purchase()).json["activity"]["id"]
    early = api.get(f"/v1/activities/{id}/receipt")
    assert (early.status, early.code) == (409, "not_sealed_yet")
    assert api.get("/v1/seals/head").code == "nothing_sealed"
    seal_all(api)
    head = api.get("/v1/seals/head").json
    receipt = sealing.read_receipt(api.get(f"/v1/activities/{id}/receipt").body)
    assert sealing.fault(receipt, Head(head["number"], head["head"])) is None
    assert receipt.entry.external_id == "r-1" and receipt.entry.postings[0].kind == "earn"


def test_a_receipt_leads_to_a_later_head(api, ann):
    id = api.post("/v1/activities", purchase()).json["activity"]["id"]
    seal_all(api)
    api.post("/v1/activities", purchase(2))
    seal_all(api)
    seals = api.get("/v1/seals?limit=1")
    assert seals.json["seals"][0]["number"] == 1 and seals.json["next"]
    last = api.get("/v1/seals/head").json
    own = sealing.read_receipt(api.get(f"/v1/activities/{id}/receipt").body)
    assert sealing.fault(own, Head(last["number"], last["head"])) == "too_late"
    receipt = sealing.read_receipt(api.get(f"/v1/activities/{id}/receipt?head={last['number']}").body)
    assert sealing.fault(receipt, Head(last["number"], last["head"])) is None
    assert api.get(f"/v1/activities/{id}/receipt?head=99").code == "seal_unknown"


def test_every_point_of_the_statement_is_explained(api, ann):
    bought = api.post("/v1/activities", purchase()).json["activity"]["id"]
    adjustment = {"member": {"external_id": "ann"}, "unit": "points", "points": -5, "reason": "A mistake",
                  "external_id": "c-1", "source": "till"}  # fmt: skip
    assert api.post("/v1/adjustments", adjustment).status == 201
    plain = api.get(f"/v1/members/{ann}/statement").json["postings"]
    assert "explanation" not in plain[0]
    lines = api.get(f"/v1/members/{ann}/statement?explain=full").json["postings"]
    earned, taken = (one["explanation"] for one in lines)
    assert earned["version"] == 1 and earned["shares"][0]["points"] == plain[0]["points"]
    assert [lot["direction"] for lot in earned["lots"]] == ["made"]
    assert earned["why"][0] == "Earned by r-1." and "=" in earned["why"][1]
    (lot,) = taken["lots"]
    assert (lot["direction"], lot["points"], lot["origin"]) == ("out", 5, bought)
    assert taken["why"] == ["Taken by hand by till: “A mistake”."]
    told = api.get(f"/v1/members/{ann}/statement?explain=full&language=bg").json["postings"][1]["explanation"]["why"]
    assert told == ["Отнети ръчно от till: „A mistake“."]


def test_a_page_that_begins_within_an_entry_is_explained_alike(api, ann):
    for number in range(3):
        api.post("/v1/activities", purchase(number))
    address = f"/v1/members/{ann}/statement?explain=full"
    whole = api.get(address).json["postings"]
    paged, page = [], api.get(f"{address}&limit=1").json
    while page["postings"]:
        paged += page["postings"]
        if page["next"] is None:
            break
        page = api.get(f"{address}&limit=1&cursor={page['next']}").json
    assert paged == whole


def test_an_activity_tells_its_postings(api, ann):
    id = api.post("/v1/activities", purchase()).json["activity"]["id"]
    assert "postings" not in api.get(f"/v1/activities/{id}").json
    (posting,) = api.get(f"/v1/activities/{id}?explain=full").json["postings"]
    assert posting["explanation"]["lots"][0]["origin"] == id


def test_the_rate_of_foreign_money_is_explained_and_sealed(api, ann):
    api.shop.tell_rates(("USD", "2025-01-01", 86, 100))
    told = api.post("/v1/activities?explain=full", purchase(currency="USD")).json
    sentence = "Foreign money was counted at the rate since 1 January 2025: 1.00 USD = 0.86 EUR."
    assert sentence in told["sentences"]
    rate = {"currency": "USD", "start": "2025-01-01", "home": 86, "units": 100}
    (line,) = api.get(f"/v1/members/{ann}/statement?explain=full").json["postings"]
    assert line["explanation"]["rate"] == rate and line["explanation"]["why"][-1] == sentence
    id = told["activity"]["id"]
    seal_all(api)
    sealed = sealing.read_receipt(api.get(f"/v1/activities/{id}/receipt").body).entry
    assert msgspec.json.decode(sealed.decision)["rate"] == rate
    # Another rate in the receipt is no longer what was sealed.
    robbed = msgspec.structs.replace(sealed, decision=sealed.decision.replace('"home":86', '"home":87'))
    assert sealing.leaf(robbed) != sealing.leaf(sealed)


def test_what_came_late_says_where_it_is_accounted_for(api, ann):
    now = clock.now()
    last_month = (now.replace(day=1) - timedelta(days=3)).replace(hour=12)
    month = f"{last_month:%Y-%m}"
    api.shop.night(f"{now:%Y-%m-%dT%H:%M}")
    api.shop.close(month, f"{now:%Y-%m-%dT%H:%M}")
    late = api.post("/v1/activities", purchase(occurred_at=last_month.isoformat())).json["activity"]
    (line,) = api.get(f"/v1/activities/{late['id']}?explain=full").json["postings"]
    assert (line["prior_period"], line["accounting_month"]) == (True, late["accounting_month"])
    assert line["explanation"]["why"][-1] == (
        f"Counts in {last_month:%B %Y}, which was closed before this came; it is accounted for in {now:%B %Y}."
    )
    (plain,) = api.get(f"/v1/members/{ann}/statement").json["postings"]
    assert plain["prior_period"] and "explanation" not in plain


def test_a_receipt_is_plain_json(api, ann):
    """Its canonical form is that of RFC 8785, so that anybody can compute it: sorted keys, no spaces."""
    id = api.post("/v1/activities", purchase()).json["activity"]["id"]
    seal_all(api)
    told = api.get(f"/v1/activities/{id}/receipt")
    entry = sealing.read_receipt(told.body).entry
    assert sealing.canonical(entry) == msgspec.json.encode(told.json["entry"], order="sorted")
