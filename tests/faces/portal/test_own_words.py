"""Pages that speak to whom they belong: of “you”, by the names of the programme, and with no words of the API."""

import re

import pytest

from guerdon.engine import claims as engine
from guerdon.kit import clock, ids
from tests import claims
from tests.faces.portal import aurora
from tests.faces.portal.test_household import receipts, statement
from tests.faces.portal.test_portal import sent, told


@pytest.fixture
def cafe(database):
    return aurora.opened()


@pytest.mark.parametrize(
    ("language", "store"), [("en", "Sofia Centre"), ("bg", "София център"), ("tr", "Sofya Merkez")]
)
def test_a_receipt_names_the_store_and_has_the_number_that_the_till_printed(cafe, language, store):
    token = f"20261128-{'0123456789abcdef' * 2}-0123456789ab"
    cafe.buy("ann", 400, at=f"{clock.now():%Y-%m-%d}", external_id=token, store="sofia-centre")
    ann = cafe.client("ann")
    page = told(ann.get(receipts(statement(ann, cafe.at("activity")))[0], {"language": language}))
    assert f"<span>{store}</span>" in page and "sofia-centre" not in page
    assert " 20261128-0123456789ab</p>" in page and token not in page


@pytest.mark.parametrize(
    ("language", "waits", "reply", "others"),
    [
        ("en", "Waits for you", "Your reply", "member"),
        ("bg", "Чака вас", "Вашият отговор", "член"),
        ("tr", "Sizi bekliyor", "Yanıtınız", "Üye"),
    ],
)
def test_a_claim_speaks_to_who_made_it(cafe, language, waits, reply, others):
    asked = engine.Asked(cafe.programme_id, claims.Actor("member", "portal"), clock.now())
    who = claims.Member(id=ids.show("member", cafe.ids["ann"]))
    id = engine.open_(asked, engine.Opening(who, "missing_points", claims.RECEIPT))[0].id
    ann, place = cafe.client("ann"), cafe.at(f"claims/{ids.show('claim', id)}")
    assert ann.post(f"{place}/reply", {"text": "It rained.", "token": ids.new()}).status_code == 303
    engine.say(asked, id, "ask", claims.Told("Which day?"))
    for page in (place, cafe.at("claims")):
        text = told(ann.get(page, {"language": language}))
        main = re.sub(r"<[^>]*>", " ", text[text.index("<main") : text.index("</main>")])
        assert waits in main and others not in main
        assert page != place or f"<strong>{reply}</strong>" in text


@pytest.mark.parametrize("page", ["activity", "claims", "mine", "vouchers", "privacy"])
def test_a_list_that_is_asked_for_at_a_place_nobody_gave_out_begins_anew(cafe, page):
    answered = cafe.client("ann").get(cafe.at(page), {"cursor": "zzz"})
    assert answered.status_code == 302 and answered.headers["Location"] == cafe.at(page)


def test_how_it_was_drawn_is_told_in_words(cafe):
    cafe.give("ann", 1_500)
    ann = cafe.client("ann")
    place = sent(ann, cafe.at("rewards/surprise"), price="1").headers["Location"]
    terms = re.findall(r'<dt class="soft">(.*?)</dt>', told(ann.get(f"{place}/draw")))
    assert "Number that was drawn" in terms and len(set(terms)) == len(terms) > 12
    assert not [one for one in terms if "_" in one.replace("hot_drink", "")]


def test_consents_call_the_programme_by_its_name_and_what_is_needed_is_a_small_mark(cafe):
    fields = {"consent": "terms", "given": "true", "version": "1"}
    ann = cafe.client("ann")
    ann.post(cafe.at("privacy/consents"), fields)
    page = told(ann.get(cafe.at("privacy"), {"language": "tr"}))
    assert "Aurora Kafe programının" in page and "Café Aurora" not in page
    assert re.search(r'<div>\s*<span class="badge[^>]*>(?:(?!</div>).)*Üyelik için gerekli', page, re.S)
