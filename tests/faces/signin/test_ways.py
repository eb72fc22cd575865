"""Ways that lead on and back at the door: nobody loses the programme that they came to."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client as DjangoClient

from guerdon.core import limits, sentences
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


def test_three_wrong_codes_while_joining_lead_back_to_joining_and_say_why(cafe):
    with mail.server() as box:
        client, onward = DjangoClient(SERVER_NAME="localhost"), cafe.at("join")
        asked = client.post("/sign-in/", {"email": cafe.email("zoe"), "next": onward})
        code = mail.code(box)
        wrong = {"code": "00000000" if code != "0000 0000" else "11111111", "next": onward}
        answers = [client.post(asked.headers["Location"], wrong) for _ in range(3)]
        assert [one.status_code for one in answers] == [200, 200, 302]
        page = client.get(answers[-1].headers["Location"]).content.decode()
        assert "Three tries were wrong; ask for a new code." in page
        assert "· Guerdon</title>" not in page and f'name="next" value="{onward}"' in page
        way = client.post("/sign-in/", {"email": cafe.email("zoe"), "next": onward}).headers["Location"]
        entered = client.post(way, {"code": mail.code(box), "next": onward})
    assert entered.headers["Location"] == onward and "Zoe" not in client.get(onward).content.decode()


def test_a_code_that_nobody_waits_for_any_more_leads_on_and_says_so(cafe):
    client = DjangoClient(SERVER_NAME="localhost")
    way = client.get("/sign-in/code", {"next": cafe.at("join")}).headers["Location"]
    page = client.get(way).content.decode()
    assert "The code counts no more" in page and f'name="next" value="{cafe.at("join")}"' in page


def test_who_is_known_nowhere_is_led_to_the_programmes(cafe):
    with mail.server() as box:
        client = DjangoClient(SERVER_NAME="localhost")
        client.post("/sign-in/", {"email": cafe.email("zoe")})
        client.post("/sign-in/code", {"code": mail.code(box)})
    page = client.get("/sign-in/places").content.decode()
    assert "Nothing here for you yet" in page and ">See the programmes</a>" in page


def test_what_is_opened_from_the_own_data_keeps_the_programme_its_time_and_the_way_back(cafe):
    client, back = cafe.client("ann"), cafe.at("privacy")
    privacy = client.get(back).content.decode()
    for place in ("/sign-in/sessions", "/sign-in/factors/"):
        assert f'href="{place}?next={back}"' in privacy
        page = client.get(place, {"next": back}).content.decode()
        assert "· Guerdon</title>" not in page and f'<a href="{back}">Back</a>' in page
    assert "An app on your phone" not in page and "Second factor" not in page and "<h1>Passkeys</h1>" in page
    assert "· Guerdon</title>" not in client.get("/sign-in/factors/keys/add/").content.decode()
    page = client.get("/sign-in/sessions", {"next": back}).content.decode()
    seen = UserSession.objects.latest("last_seen_at").last_seen_at
    there = sentences.tongue("en").moment(seen.astimezone(aurora.ZONE))
    assert f"last seen {there}, from" in page and "UTC" not in page
    assert "UTC, from" in cafe.client("ben").get("/sign-in/sessions").content.decode()
    ended = client.post(f"/sign-in/sessions?next={back}", {"end": "others"})
    assert ended.headers["Location"] == f"/sign-in/sessions?{urlencode({'next': back})}"


def test_a_file_for_which_somebody_shows_who_they_are_comes_on_the_page_that_offers_it(cafe):
    with mail.server() as box:
        client = DjangoClient(SERVER_NAME="localhost")
        client.post("/sign-in/", {"email": cafe.email("ann")})
        client.post("/sign-in/code", {"code": mail.code(box)})
        with pytest.MonkeyPatch.context() as patched:
            later = clock.now() + timedelta(seconds=limits.FRESH_SECONDS + 1)
            patched.setattr(clock, "now", lambda: later)
            asked = client.get(cafe.at("privacy/download.json")).headers["Location"]
            page = f"{cafe.at('privacy')}?file=portal.document"
            assert asked == f"/sign-in/again?{urlencode({'next': page})}"
            bare = client.get(page).content.decode()
            assert "http-equiv" not in bare  # who has shown nothing is led nowhere
            way = client.get(asked).headers["Location"]
            client.get(way)
            assert client.post(way, {"code": mail.code(box), "next": page}).headers["Location"] == page
    told = client.get(page).content.decode()
    place = cafe.at("privacy/download.json")
    assert f'<meta http-equiv="refresh" content="1; url={place}">' in told
    assert "Your file comes now." in told and f'<a href="{place}">' in told
    assert client.get(place).headers["Content-Disposition"].startswith("attachment")
    assert "http-equiv" not in client.get(f"{cafe.at('privacy')}?file=portal.home").content.decode()
