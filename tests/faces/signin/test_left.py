"""What somebody sends whose session is over waits until they have signed in again, for them alone, not for long."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client as DjangoClient

from guerdon.core import limits
from guerdon.engine import staff, users
from guerdon.faces.signin import entry
from guerdon.features.users.models import User
from guerdon.kit import clock
from guerdon.kit.audit import Actor
from tests.faces.signin.test_again import PASSWORD, TYPED, by_link, by_password, cafe, code_of, invited, later

OPERATOR = Actor("operator", "operator")
__all__ = ["cafe"]
LOST = "What you had typed was not saved"


def ended(client, cafe, typed=TYPED):
    """Emil's form, sent when the operator has ended all of his sessions; answers where he is led to."""
    user_id = users.known(email=cafe.emil, now=clock.now())
    staff.sign_out(user_id=user_id, by=OPERATOR, reason="a lost phone", now=clock.now())
    asked = client.post(cafe.staff, typed, HTTP_REFERER=f"http://localhost{cafe.staff}?page=2")
    assert asked.status_code == 302 and asked.headers["Location"].startswith("/sign-in/password?next=")
    return asked.headers["Location"]


def back_in(client, cafe, secret):
    """Emil signs in again, with both of his factors; answers the page of the console that he is led to."""
    asked = client.post("/sign-in/password", {"login": cafe.emil, "password": PASSWORD, "next": cafe.staff})
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    asked = client.post(asked.headers["Location"], {"code": code})
    assert asked.status_code == 302, asked.content.decode()
    assert asked.headers["Location"] == cafe.staff
    return client.get(cafe.staff)


def at_work(cafe):
    """Emil with his app, who looks at the page of the staff; and the secret of the app."""
    client = by_password(cafe)
    client.get("/sign-in/factors/app/activate/")
    secret = client.session["mfa.totp.secret"]
    client.post("/sign-in/factors/app/activate/", {"code": code_of(client)})
    assert client.get(cafe.staff).status_code == 200
    return client, secret


def test_what_was_sent_after_the_end_waits_through_password_and_second_factor(cafe, monkeypatch):
    client, secret = at_work(cafe)
    ended(client, cafe)
    later(monkeypatch, 90)  # a code of the app counts once
    told = back_in(client, cafe, secret)
    assert told.headers["Location"] == "/sign-in/again/go-on" and not invited(cafe)
    page = client.get(told.headers["Location"]).content.decode()
    assert f'action="{cafe.staff}"' in page and 'value="Mia"' in page and f'href="{cafe.staff}?page=2"' in page
    assert f"<code>{cafe.staff}</code>" in page and "<code>name</code> Mia" in page, "nobody says yes to what is hidden"
    client.post(cafe.staff, TYPED)
    assert invited(cafe) and client.get("/sign-in/again/go-on").headers["Location"] == "/sign-in/places"


def test_nobody_else_is_offered_it(cafe):
    client, _ = at_work(cafe)
    ended(client, cafe)
    mia = f"mia@{cafe.key}.example"
    staff.appoint(
        programme_id=cafe.programme_id, email=mia, name="Mia", role="owner", by=OPERATOR, now=clock.now()
    )  # fmt: skip
    other = by_link_of(client, mia)
    assert other.get(cafe.staff).status_code == 200
    assert other.get("/sign-in/again/go-on").headers["Location"] == "/sign-in/places"
    assert "aside" not in other.session and "aside.left" not in other.session


def by_link_of(client, email):
    """Somebody comes in by a link, in the same browser."""
    assert client.get(entry.link(email=email, to="/")).status_code == 302
    return client


def test_it_does_not_wait_for_long(cafe, monkeypatch):
    client, _ = at_work(cafe)
    ended(client, cafe)
    later(monkeypatch, limits.ASIDE_SECONDS + 1)
    assert by_link_of(client, cafe.emil).get(cafe.staff).status_code == 200


def test_what_may_be_secret_or_is_too_long_is_not_kept_and_that_is_said(cafe):
    for typed in (TYPED | {"password": "x"}, TYPED | {"name": "x" * limits.ASIDE_CHARS_MAX}):
        client = by_link(cafe)
        client.get(cafe.staff)
        ended(client, cafe, typed)
        page = by_link_of(client, cafe.emil).get(cafe.staff)
        assert page.status_code == 200 and LOST in page.content.decode()


def test_whom_the_browser_does_not_know_leaves_nothing(cafe):
    emil = User.objects.get(pk=users.known(email=cafe.emil, now=clock.now()))
    for mark in ("", f"{emil.pk}.{'0' * 32}", "x.y.z"):
        client = DjangoClient(SERVER_NAME="localhost")
        client.cookies["whose"] = mark
        client.post(cafe.staff, TYPED)
        assert not client.session.keys()


def test_who_signs_out_takes_it_along(cafe):
    client = by_link(cafe)
    client.get(cafe.staff)
    assert client.cookies["whose"].value
    client.post("/sign-in/out")
    client.post(cafe.staff, TYPED)
    assert not client.session.keys()


@pytest.mark.parametrize(("language", "said"), [("bg", "не е запазено"), ("tr", "kaydedilmedi")])
def test_it_is_said_in_every_language(cafe, language, said):
    client = by_link(cafe)
    client.get(cafe.staff)
    staff.sign_out(user_id=None, by=OPERATOR, reason="a test", now=clock.now())
    client.post(cafe.staff, TYPED | {"secret": "x"}, headers={"Accept-Language": language})
    page = by_link_of(client, cafe.emil).get(cafe.staff, headers={"Accept-Language": language})
    assert said in page.content.decode()
