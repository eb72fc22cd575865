"""What is given back or undone on a page stands in the book under the name of who did it; the book is read in words."""

import html
import re

import pytest
from django.test import Client

from guerdon.core import rights
from guerdon.engine import staff
from guerdon.faces import words
from guerdon.faces.signin import entry
from guerdon.kit import audit, clock, ids
from tests.faces.portal.test_portal import sent
from tests.faces.till import counter
from tests.faces.till.counter import at, form, member, till, told
from tests.faces.till.test_sale import sold

SAID = {
    "en": ("Ann: cancelled a redemption", "State: To be handed over → Given back"),
    "bg": ("Ann: отмени замяна", "Състояние: За предаване → Върната"),
    "tr": ("Ann: kullanımı iptal etti", "Durum: Teslim edilecek → Geri verildi"),
}


@pytest.fixture
def cafe(database):
    found = counter.opened()
    found.ids["emil"] = staff.appoint(
        programme_id=found.programme_id, email=found.email("emil"), name="Emil", role="owner", by=counter.OPERATOR,
        now=clock.now(),
    )  # fmt: skip
    found.give("ann", 1_500)
    return found


def console(cafe):
    client = Client(SERVER_NAME="localhost")
    client.get(entry.link(email=cafe.email("emil"), to="/"))
    return client


def portal_redeems(cafe):
    client = cafe.client("ann")
    place = sent(client, cafe.at("rewards/flat_white"), price="1").headers["Location"]
    return client, place, place.split("?")[0].rpartition("/")[2]


def test_a_member_cancels_under_the_own_name_which_the_book_tells_in_words(cafe):
    client, place, id = portal_redeems(cafe)
    assert sent(client, f"{place}/cancel").status_code == 303
    ann = audit.Actor("member", cafe.ids["ann"])
    assert cafe.noted("redemption.cancel") == [(ann, id, "")]
    emil = console(cafe)
    for language, texts in SAID.items():
        page = told(emil.get(f"/console/{cafe.key}/audit/", {"language": language}))
        assert [text for text in texts if text not in page] == [] and f'/queue/{id}"' in page
        text = re.sub(r"<[^>]+>", "", page.partition("timeline")[2])
        assert "confirmed" not in text and id not in text
    page = told(emil.get(f"/console/{cafe.key}/audit/", {"language": "en", "actor": member(cafe)}))
    assert "cancelled a redemption" in page and "signed in" not in page.split("timeline")[1]
    sheet = emil.get(f"/console/{cafe.key}/audit/table.csv", {"about": id}).content.decode()
    assert "redemption.cancel" in sheet and '{""state"":""confirmed""}' in sheet and member(cafe) in sheet


def test_at_the_till_a_purchase_is_undone_and_a_reward_given_up_under_the_cashiers_name(cafe):
    client = till(cafe)
    dora = audit.Actor("user", cafe.ids["dora"])
    receipt, _ = sold(cafe, client)
    asked = told(client.post(f"{receipt}/undo", follow=True))
    assert cafe.noted("purchase.undo") == []  # it was only asked
    for _ in range(2):
        client.post(f"{receipt}/undo", form(asked, ""))
    assert cafe.noted("purchase.undo") == [(dora, receipt.split("?")[0].rpartition("/")[2], "")]
    *_, id = portal_redeems(cafe)
    place = at(cafe, f"redemptions/{id}")
    client.post(f"{place}/cancel", form(told(client.post(f"{place}/cancel", follow=True)), ""))
    assert cafe.noted("redemption.cancel") == [(dora, id, "")]


def test_in_the_queue_it_is_cancelled_under_the_name_of_who_works_there(cafe):
    *_, id = portal_redeems(cafe)
    emil, queue = console(cafe), f"/console/{cafe.key}/queue"
    asked = told(emil.post(queue, {"deed": "cancel", "redemptions": [id], "token": ids.new()}, follow=True))
    emil.post(queue, form(asked, ""))
    assert cafe.noted("redemption.cancel") == [(audit.Actor("user", cafe.ids["emil"]), id, "")]


@pytest.mark.parametrize(("language", "since"), [("en", "1 Jan"), ("bg", "1 яну"), ("tr", "1 Oca")])
def test_instants_of_the_book_are_told_as_clocks_there_show_them(cafe, language, since):
    page = told(console(cafe).get(f"/console/{cafe.key}/audit/", {"language": language}))
    part = page.partition("timeline")[2]
    assert since in part and "T00:00:00" not in part and "+00:00" not in part


def test_rights_and_names_are_told_in_words(cafe):
    emil = console(cafe)
    emil.post(f"/console/{cafe.key}/keys/", {"name": "till-1", "role": "owner"})
    page = told(emil.get(f"/console/{cafe.key}/audit/", {"language": "en"})).partition("timeline")[2]
    assert [
        right for right in rights.of("owner") if words.say(f"rights.{right}", "en") not in html.unescape(page)
    ] == []
    assert "activities:write" not in page
    assert "API key till-1" in page
