"""`guerdon staff sign-out`: sessions end wherever somebody is signed in."""

import pytest
from django.test import Client

from guerdon.faces.cli import terminal
from guerdon.faces.signin import entry
from guerdon.kit import audit, ids, store
from tests.faces.cli.command import guerdon

pytestmark = pytest.mark.usefixtures("pristine_database")
PLACE = "/sign-in/places"


def signed_in(name: str) -> Client:
    browser = Client(SERVER_NAME="localhost")
    assert browser.get(entry.link(email=f"{name}@aurora.example", to=PLACE)).status_code == 302
    assert browser.get(PLACE).status_code == 200
    return browser


def opens(*browsers: Client) -> list[bool]:
    return [browser.get(PLACE).status_code == 200 for browser in browsers]


def test_all_sessions_of_one_end_and_nobody_elses():
    phone, desk, emil = signed_in("dora"), signed_in("dora"), signed_in("emil")
    ended = guerdon("staff", "sign-out", "DORA@aurora.example", "--reason", "stolen", "--json")
    assert ended.json == {"sessions": 2}
    assert opens(phone, desk, emil) == [False, False, True]
    (told,) = [
        one for one in audit.page(store.current(), ids.NIL, most=10) if one.action == "sessions.ended"
    ]  # fmt: skip
    assert told.reason == "stolen" and "dora" not in told.about


def test_all_sessions_of_everybody_end():
    dora, emil = signed_in("dora"), signed_in("emil")
    assert "2 sessions ended" in guerdon("staff", "sign-out", "--everybody").out
    assert opens(dora, emil) == [False, False]


def test_whose_sessions_is_said():
    for words in ((), ("dora@aurora.example", "--everybody")):
        assert guerdon("staff", "sign-out", *words).code == terminal.USAGE
    assert guerdon("staff", "sign-out", "nobody@aurora.example").code == terminal.UNREADABLE
