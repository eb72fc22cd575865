"""Points that wait for an answer, after one of the two has joined a household: only what can be done is offered."""

import re

import pytest

from guerdon.kit import ids
from tests.faces.portal import aurora
from tests.faces.portal.test_portal import sent, told


@pytest.fixture
def cafe(database):
    found = aurora.opened()
    found.give("ann", 500)
    sent(found.client("ann"), found.at("send"), to=found.email("ben"), points="60", unit="points")
    return found


def accepting(cafe, client):
    return re.search(r'action="([^"]*/send/trf_\w+)/accept"', told(client.get(cafe.at("send"))))


def test_an_offer_ends_when_who_made_it_founds_a_household(cafe):
    ann, ben = cafe.client("ann"), cafe.client("ben")
    place = accepting(cafe, ben)[1]
    assert "60 points wait" in told(ben.get(cafe.at()))
    assert sent(ann, cafe.at("household/found")).status_code == 303
    page = told(ben.get(cafe.at("send")))
    assert "From Ann" in page and "can’t be accepted any more" in page.lower()
    assert accepting(cafe, ben) is None and f"{place}/decline" in page
    assert "60 points wait" not in told(ben.get(cafe.at()))
    refused = told(ben.post(f"{place}/accept", {"token": ids.new()}), 422)
    words = re.sub(r"<[^>]*>", "", refused)
    assert "so no points were moved" in words and "mem_" not in words
    assert ben.post(f"{place}/decline", {"token": ids.new()}).status_code == 303


def test_it_is_no_news_any_more_for_who_joined_the_household_meanwhile(cafe):
    ann, ben = cafe.client("ann"), cafe.client("ben")
    sent(ann, cafe.at("household/found"))
    ann.post(cafe.at("household/invite"), {"to": cafe.email("ben"), "role": "adult", "token": ids.new()})
    sent(ben, re.search(r'action="([^"]*/accept)"', told(ben.get(cafe.at("household")))).group(1))
    assert "60 points wait" not in told(ben.get(cafe.at()))


def test_between_two_persons_of_households_it_stands(cafe):
    cafe.give("ben", 80)
    ben = cafe.client("ben")
    ben.post(f"{accepting(cafe, ben)[1]}/decline", {"token": ids.new()})
    sent(cafe.client("ann"), cafe.at("household/found"))
    sent(ben, cafe.at("household/found"))
    sent(cafe.client("ann"), cafe.at("send"), to=cafe.email("ben"), points="50", unit="points")
    place = accepting(cafe, ben)[1]
    assert "50 points wait" in told(ben.get(cafe.at()))
    assert ben.post(f"{place}/accept", {"token": ids.new()}).status_code == 303


def test_who_invites_themselves_is_told_so(cafe):
    ann = cafe.client("ann")
    sent(ann, cafe.at("household/found"))
    for name in (cafe.email("ann"), f"{cafe.key}ann"):
        page = told(ann.post(cafe.at("household/invite"), {"to": name, "role": "adult", "token": ids.new()}), 422)
        assert "That is you. Choose somebody else." in page and "already" not in page


def test_whom_nobody_can_invite_is_told_without_ids(cafe):
    ann, ben = cafe.client("ann"), cafe.client("ben")
    for client in (ann, ben):
        sent(client, cafe.at("household/found"))
    asked = {"to": cafe.email("ben"), "role": "adult", "token": ids.new()}
    words = re.sub(r"<[^>]*>", "", told(ann.post(cafe.at("household/invite"), asked), 422))
    assert "belongs to a household already" in words and "mem_" not in words
