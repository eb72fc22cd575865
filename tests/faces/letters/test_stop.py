"""The link that stops letters: asks, is posted to without signing in, and opens nothing that it was not made for."""

import re

import pytest
from django.test import Client

from guerdon.core.errors import Refusal
from guerdon.engine import wishes
from guerdon.faces.letters import tokens
from guerdon.kit import store
from tests.shop import Shop

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def cafe():
    made = Shop()
    made.enrol("ann", "ben")
    return made


def link(cafe, name="ann", kind="statement"):
    return tokens.PATH + tokens.made(cafe.programme_id, cafe.account(name), kind)


def stopped(cafe, name="ann"):
    return set(wishes.wanted(store.current(), cafe.programme_id, cafe.account(name))[1])


def client():
    return Client(enforce_csrf_checks=True, headers={"host": "localhost"})


@pytest.mark.parametrize(("language", "button"), [("en", "Stop them"), ("bg", "Спрете ги"), ("tr", "Durdur")])
def test_opening_it_asks_and_changes_nothing(cafe, language, button):
    answer = client().get(link(cafe), {"language": language})
    assert answer.status_code == 200 and button in answer.content.decode()
    assert f'<html lang="{language}">' in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"] and answer.headers["Referrer-Policy"] == "no-referrer"
    assert not re.search(r"<script(?! src)|style=|\son\w+=", answer.content.decode())
    assert stopped(cafe) == set()


def test_a_mail_provider_stops_it_with_one_click(cafe):
    answer = client().post(link(cafe), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert stopped(cafe) == {"statement"} and stopped(cafe, "ben") == set()
    assert client().post(link(cafe), {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_whoever_did_not_mean_it_takes_it_back(cafe):
    browser = client()
    assert "I want them again" in browser.post(link(cafe)).content.decode()
    assert "come again" in browser.post(link(cafe), {"again": "yes"}).content.decode()
    assert stopped(cafe) == set()


@pytest.mark.parametrize("broken", ["", "x", "AAAA", "é", "a" * 5_000])
def test_a_broken_link_leads_nowhere(cafe, broken):
    answer = client().post(tokens.PATH + (broken or "0"))
    assert answer.status_code == 404 and "leads nowhere" in answer.content.decode()


def test_a_token_is_of_one_member_and_one_kind(cafe):
    token = tokens.made(cafe.programme_id, cafe.account("ann"), "tier")
    assert tokens.read(token) == (cafe.programme_id, cafe.account("ann"), "tier")
    for place in range(len(token)):
        other = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(Refusal, match="stop_invalid"):
            tokens.read(other)
    with pytest.raises(Refusal, match="stop_invalid"):
        tokens.read(tokens.made(cafe.programme_id, cafe.account("ann"), "sign_in"))


def test_other_methods_are_not_answered(cafe):
    assert client().delete(link(cafe)).status_code == 405
