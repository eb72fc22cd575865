"""Showing again who one is: nobody is signed out by being asked, and what was typed waits."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.test import Client as DjangoClient

from guerdon.core import limits
from guerdon.engine import staff, users
from guerdon.faces.signin import entry
from guerdon.features.users.models import User
from guerdon.kit import audit, clock, store
from guerdon.kit.audit import Actor
from tests import mail
from tests.shop import Shop

PASSWORD = "four words make one"
TYPED = {"email": "mia@cafe.example", "name": "Mia", "role": "support"}


class Cafe(Shop):
    """A shop whose owner has an address of its own."""

    @property
    def emil(self):
        return f"emil@{self.key}.example"

    @property
    def staff(self):
        return f"/console/{self.key}/staff/"


@pytest.fixture
def cafe(database):
    """Café Aurora, owned by Emil."""
    at = Cafe()
    by = Actor("operator", "operator")
    staff.appoint(programme_id=at.programme_id, email=at.emil, name="Emil", role="owner", by=by, now=clock.now())
    return at


def by_link(cafe):
    """Emil, come in by a link."""
    client = DjangoClient(SERVER_NAME="localhost")
    assert client.get(entry.link(email=cafe.emil, to="/")).status_code == 302
    return client


def by_password(cafe):
    """Emil, come in by a password."""
    user = User.objects.get(pk=users.known(email=cafe.emil, now=clock.now()))
    user.set_password(PASSWORD)
    user.save()
    client = DjangoClient(SERVER_NAME="localhost")
    client.post("/sign-in/password", {"login": cafe.emil, "password": PASSWORD})
    return client


def later(monkeypatch, seconds=limits.FRESH_SECONDS + 1):
    """Some minutes pass: for us, and for the library of signing in, which looks at its own clock."""
    when = clock.now() + seconds * clock.timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: when)
    monkeypatch.setattr("time.time", when.timestamp)


def sent(client, cafe):
    """The answer to an invitation that is sent from the page of the staff."""
    return client.post(cafe.staff, TYPED, HTTP_REFERER=f"http://localhost{cafe.staff}?page=2")


def invited(cafe):
    """Whether the invitation went out, by the book of who did what."""
    return any(one.action == "staff.invited" for one in audit.page(store.current(), cafe.programme_id, most=20))


def code_of(client):
    """The code that an app shows whose secret the page has told."""
    secret = client.session["mfa.totp.secret"]
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def with_app(client):
    """The same, after an app was set up."""
    client.get("/sign-in/factors/app/activate/")
    return client.post("/sign-in/factors/app/activate/", {"code": code_of(client)})


def test_the_demo_asks_by_one_click_and_what_was_typed_waits(cafe, monkeypatch):
    monkeypatch.setattr(settings, "DEMO", True)
    client = by_link(cafe)
    later(monkeypatch)
    asked = sent(client, cafe)
    assert asked.headers["Location"] == "/sign-in/again?next=%2Fsign-in%2Fagain%2Fgo-on&factor=yes"
    page = client.get(asked.headers["Location"])
    assert "It is me" in page.content.decode() and client.get(cafe.staff).status_code == 200, "the session goes on"
    shown = client.post("/sign-in/again/demo", {"next": "/sign-in/again/go-on"})
    page = client.get(shown.headers["Location"]).content.decode()
    assert f'action="{cafe.staff}"' in page and 'value="Mia"' in page and f'href="{cafe.staff}?page=2"' in page
    assert not invited(cafe)
    client.post(cafe.staff, TYPED)
    assert invited(cafe) and client.get("/sign-in/again/go-on").headers["Location"] == "/sign-in/places"


def test_without_the_demo_no_click_is_enough(cafe, monkeypatch):
    client = by_link(cafe)
    later(monkeypatch)
    assert "guerdon staff link" in client.get("/sign-in/again?next=/").content.decode()
    assert "It is me" not in client.get("/sign-in/again?next=/&factor=yes").content.decode()
    client.post("/sign-in/again/demo", {"next": "/"})
    assert sent(client, cafe).headers["Location"].startswith("/sign-in/again") and not invited(cafe)


def test_a_fresh_password_is_no_second_factor(cafe, monkeypatch):
    client = by_password(cafe)
    with_app(client)
    assert client.get(cafe.staff).status_code == 200
    later(monkeypatch)
    session = client.session
    told = session["account_authentication_methods"]
    session["account_authentication_methods"] = [*told, {"method": "password", "at": clock.now().timestamp()}]
    session.save()
    assert sent(client, cafe).headers["Location"].startswith("/sign-in/again") and not invited(cafe)
    assert client.get("/sign-in/factors/app/deactivate/").headers["Location"].startswith("/sign-in/again")
    asked = client.get("/sign-in/again?next=/&factor=yes").headers["Location"]
    assert asked == "/sign-in/factors/again?next=%2F", "the only way that Emil has"
    elsewhere = client.post("/sign-in/again/password", {"password": PASSWORD, "next": "/"})
    assert elsewhere.headers["Location"].startswith("/sign-in/again")
    assert sent(client, cafe).headers["Location"].startswith("/sign-in/again")


def test_whoever_sets_up_a_second_factor_has_shown_it_and_goes_on(cafe):
    client = by_password(cafe)
    asked = client.get(cafe.staff).headers["Location"]
    page = client.get(asked).content.decode()
    assert "That page needs a second factor" in page and "Sign out" in page and 'hreflang="bg"' in page
    made = with_app(client)
    page = client.get(made.headers["Location"]).content.decode()
    assert f'href="{cafe.staff}"' in page, "the codes for a bad day, and the way on"
    assert "You have shown your second factor" in client.get("/sign-in/factors/").content.decode()
    assert client.get(cafe.staff).status_code == 200


def test_a_password_shows_again_who_sets_one(cafe, monkeypatch):
    client = by_password(cafe)
    later(monkeypatch)
    asked = client.get("/sign-in/new-password").headers["Location"]
    way = client.get(asked).headers["Location"]
    assert way == "/sign-in/again/password?next=%2Fsign-in%2Fnew-password"
    assert client.post(way, {"password": "wrong"}).status_code == 200
    assert client.post(way, {"password": PASSWORD}).headers["Location"] == "/sign-in/new-password"
    assert client.get("/sign-in/new-password").status_code == 200


def test_a_code_by_mail_shows_a_member_again(cafe, monkeypatch):
    with mail.server() as box:
        client = DjangoClient(SERVER_NAME="localhost")
        client.post("/sign-in/", {"email": cafe.emil, "next": f"/my/{cafe.key}/"})
        client.post("/sign-in/code", {"code": mail.code(box)})
        later(monkeypatch)
        way = client.get("/sign-in/again?next=/sign-in/new-password").headers["Location"]
        assert way.startswith("/sign-in/again/code")
        assert cafe.emil in client.get(way).content.decode()
        wrong = client.post("/sign-in/again/code", {"code": "1", "next": "/sign-in/new-password"}).content.decode()
        assert "It is not this code" in wrong and client.get("/sign-in/new-password").status_code == 302
        told = {"code": mail.code(box), "next": "/sign-in/new-password"}
        assert client.post("/sign-in/again/code", told).headers["Location"] == "/sign-in/new-password"
        assert client.get("/sign-in/new-password").status_code == 200


def test_no_foreign_link_signs_out_or_leads_away(cafe, monkeypatch):
    client = by_link(cafe)
    assert client.get("/sign-in/anew").status_code == 404 and client.get("/sign-in/out").status_code == 200
    monkeypatch.setattr(settings, "DEMO", True)
    for foreign in ("//evil.example/", "https://evil.example/", "http://localhost@evil.example"):
        told = client.get("/sign-in/again", {"next": foreign}).content.decode()
        assert '<input type="hidden" name="next" value="/sign-in/places">' in told
        assert client.post("/sign-in/again/demo", {"next": foreign}).headers["Location"] == "/sign-in/places"
    went = DjangoClient(SERVER_NAME="localhost").post(cafe.staff, TYPED, HTTP_REFERER="https://evil.example/x")
    assert parse_qs(urlsplit(went.headers["Location"]).query)["next"] == ["/"]


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
@pytest.mark.parametrize(
    "path", ["", "app/activate/", "app/deactivate/", "keys/", "keys/add/", "codes/", "codes/generate/"]
)
def test_pages_of_second_factors_speak_every_language(cafe, path, language):
    client = by_link(cafe)
    if path != "app/activate/":
        with_app(client)
    page = client.get(f"/sign-in/factors/{path}", headers={"Accept-Language": language})
    assert page.status_code == 200, page.headers
    told = page.content.decode()
    assert f'<html lang="{language}">' in told and 'hreflang="tr"' in told and "<script>" not in told


def test_sessions_are_ended_by_who_has_shown_again_who_they_are(cafe, monkeypatch):
    """Whoever finds a browser left open puts nobody out; what was asked for waits meanwhile."""
    here, there = by_password(cafe), by_link(cafe)
    with_app(here)
    for one in (here, there):
        assert one.get("/sign-in/places").status_code in (200, 302)
    later(monkeypatch)
    asked = here.post("/sign-in/sessions", {"end": "others"}, HTTP_REFERER="http://localhost/sign-in/sessions")
    assert asked.headers["Location"] == "/sign-in/again?next=%2Fsign-in%2Fagain%2Fgo-on"
    assert there.get("/sign-in/sessions").status_code == 200, "nobody was put out"
    session = here.session
    told = session["account_authentication_methods"]
    session["account_authentication_methods"] = [*told, {"method": "password", "at": clock.now().timestamp()}]
    session.save()
    again = here.post("/sign-in/sessions", {"end": "others"})
    assert again.headers["Location"].startswith("/sign-in/again"), "a password is no second factor"
    session = here.session
    told = session["account_authentication_methods"]
    session["account_authentication_methods"] = [*told, {"method": "mfa", "at": clock.now().timestamp()}]
    session.save()
    page = here.get("/sign-in/again/go-on").content.decode()
    assert 'action="/sign-in/sessions"' in page and 'value="others"' in page
    assert here.post("/sign-in/sessions", {"end": "others"}).headers["Location"] == "/sign-in/sessions"
    assert there.get("/sign-in/sessions").status_code == 302, "it is out"
    assert here.get("/sign-in/again/go-on").headers["Location"] == "/sign-in/places", "nothing waits any more"
