"""Ways that lead on and back at the door: nobody loses the programme that they came to."""

from datetime import timedelta

import pytest
from django.test import Client as DjangoClient

from guerdon.core import limits
from guerdon.kit import clock
from tests import mail
from tests.faces.portal import aurora


@pytest.fixture
def cafe(database):
    return aurora.opened()


def test_another_address_leads_back_to_the_same_programme(cafe):
    with mail.server():
        client, onward = DjangoClient(SERVER_NAME="localhost"), cafe.at("join")
        asked = client.post("/sign-in/", {"email": cafe.email("zoe"), "next": onward})
        page = client.get(asked.headers["Location"]).content.decode()
    assert f'href="/sign-in/?next={onward}"' in page
    assert "Guerdon</title>" not in client.get("/sign-in/", {"next": onward}).content.decode()


def test_signing_out_of_the_portal_ends_at_the_door_of_its_programme(cafe):
    client = cafe.client("ann")
    page = client.get(cafe.at()).content.decode()
    assert f'name="next" value="{cafe.at("welcome")}"' in page
    assert client.post("/sign-in/out", {"next": cafe.at("welcome")}).headers["Location"] == cafe.at("welcome")


def test_whoever_would_rather_not_show_again_who_they_are_goes_back_to_the_page_before(cafe, monkeypatch):
    client = cafe.client("ann")
    later = clock.now() + timedelta(seconds=limits.FRESH_SECONDS + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    came = f"http://localhost{cafe.at('privacy')}"
    way = client.get(cafe.at("privacy/delete"), HTTP_REFERER=came).headers["Location"]
    assert f'href="{came}"' in client.get(way, HTTP_REFERER=came).content.decode()
    assert f'href="{cafe.at("welcome")}"' in client.get(way, HTTP_REFERER=f"http://localhost{way}").content.decode()
    assert "evil" not in client.get(way, HTTP_REFERER="https://evil.example/").content.decode()
