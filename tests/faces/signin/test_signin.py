"""Who comes in, how, and who does not: by a code, by a password and a second factor, by an invitation, by a link."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client as DjangoClient

from guerdon.core import limits
from guerdon.core.members import Person
from guerdon.engine import enrolment, staff, users
from guerdon.faces.signin import entry
from guerdon.features.members.records import Enrolment
from guerdon.features.users import queries
from guerdon.features.users.models import User
from guerdon.kit import audit, clock, store
from guerdon.kit.audit import Actor
from tests import mail
from tests.shop import Shop

OPERATOR = Actor("operator", "operator")


def Client():
    """Somebody's browser."""
    return DjangoClient(SERVER_NAME="localhost")


@pytest.fixture
def cafe(database):
    """Café Aurora, where Ann is a member and Emil is the owner, with a mail server that takes its letters."""
    with mail.server() as box:
        yield _open(box)


class Cafe(Shop):
    """A shop whose people have addresses of their own: tries are counted for each, whatever programme it is."""

    box: mail.Postbox

    @property
    def emil(self):
        return f"emil@{self.key}.example"

    @property
    def ann(self):
        return f"ann@{self.key}.example"


def _open(box):
    cafe = Cafe()
    cafe.box = box
    person = Person(name="Ann", email=cafe.ann)
    enrolment.enrol(
        programme_id=cafe.programme_id, enrolment=Enrolment(external_ids=("ann",), person=person), now=clock.now()
    )
    staff.appoint(
        programme_id=cafe.programme_id, email=cafe.emil, name="Emil", role="owner", by=OPERATOR, now=clock.now()
    )
    return cafe


def code_sent_to(client, email, cafe):
    """The code that arrives."""
    asked = client.post("/sign-in/", {"email": email, "next": f"/my/{cafe.key}/"})
    assert asked.status_code == 302, asked.content.decode()
    assert cafe.box.recipients[-1] == email.lower()
    return mail.code(cafe.box)


def test_a_member_comes_in_with_a_code_and_sees_the_own_points(cafe):
    client = Client()
    refused = client.get(f"/my/{cafe.key}/")
    assert refused.headers["Location"] == f"/sign-in/?next=%2Fmy%2F{cafe.key}%2F"
    code = code_sent_to(client, cafe.ann.title(), cafe)
    entered = client.post("/sign-in/code", {"code": code})
    assert entered.status_code == 302
    assert client.get("/sign-in/places").headers["Location"] == f"/my/{cafe.key}/"
    assert "Ann" in client.get(f"/my/{cafe.key}/").content.decode()
    assert client.get(f"/console/{cafe.key}/").status_code == 403


def test_whoever_is_no_member_is_led_to_join(cafe):
    client = Client()
    client.post("/sign-in/code", {"code": code_sent_to(client, f"new@{cafe.key}.example", cafe)})
    assert client.get(f"/my/{cafe.key}/").headers["Location"] == f"/my/{cafe.key}/join"
    for page in (f"/my/{cafe.key}/join", "/sign-in/sessions"):  # they tell who somebody is
        assert "no-store" in client.get(page).headers["Cache-Control"]


def test_a_wrong_code_does_not_open_and_three_end_it(cafe):
    client = Client()
    code = code_sent_to(client, cafe.ann, cafe)
    wrong = "0000 0000" if code != "0000 0000" else "1111 1111"
    for _ in range(3):
        assert client.post("/sign-in/code", {"code": wrong}).status_code in (200, 302)
    client.post("/sign-in/code", {"code": code})
    assert client.get(f"/my/{cafe.key}/").status_code == 302


def test_codes_are_sent_so_often_and_no_more(cafe):
    client = Client()
    for _ in range(limits.CODES_OF_USER_MAX):
        code_sent_to(client, cafe.ann, cafe)
    cafe.box.messages.clear()
    answered = client.post("/sign-in/", {"email": cafe.ann})
    assert "too often" in answered.content.decode() and not cafe.box.messages


def test_a_programme_that_has_not_begun_keeps_nobody_from_the_others(cafe):
    client = Client()
    client.get(entry.link(email=cafe.emil, to="/"))
    Shop(parts={"since": clock.now() + timedelta(days=365), "now": clock.now()})
    assert client.get("/sign-in/places").headers["Location"] == f"/console/{cafe.key}/"


def test_people_behind_one_proxy_are_counted_each_for_themselves(cafe, monkeypatch):
    monkeypatch.setattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 1)
    monkeypatch.setattr(limits, "SIGN_INS_OF_PLACE_MAX", 1)
    place = "203.0.113.{}"
    for number in range(1, 4):
        claimed = f"198.51.100.{number}"  # what a browser says ahead of the proxy counts for nothing
        sent = {"login": f"x{number}@{cafe.key}.example", "password": "wrong"}
        one = Client().post(
            "/sign-in/password", sent, headers={"X-Forwarded-For": f"{claimed}, {place.format(number)}"}
        )
        again = Client().post(
            "/sign-in/password", sent, headers={"X-Forwarded-For": f"198.51.100.9, {place.format(number)}"}
        )
        assert "too often" not in one.content.decode() and "too often" in again.content.decode()


def test_staff_need_a_second_factor(cafe):
    client = with_password(Client(), cafe.emil, "four words make one")
    assert client.get(f"/console/{cafe.key}/").headers["Location"].startswith("/sign-in/factors/")
    user = User.objects.get(pk=queries.by_email(store.current(), cafe.emil))
    secret = totp.generate_totp_secret()
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(secret)}
    )
    again = Client()
    asked = again.post("/sign-in/password", {"login": cafe.emil, "password": "four words make one"})
    assert asked.headers["Location"] == "/sign-in/factors/authenticate"
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    told = totp.format_hotp_value(totp.hotp_value(secret, counter))
    assert again.post("/sign-in/factors/authenticate", {"code": told}).status_code == 302
    assert again.get(f"/console/{cafe.key}/").status_code == 200


def test_who_stands_at_a_till_needs_no_second_factor_there_and_one_everywhere_else(cafe):
    dora = f"dora@{cafe.key}.example"
    staff.appoint(
        programme_id=cafe.programme_id, email=dora, name="Dora", role="cashier", by=OPERATOR, now=clock.now()
    )  # fmt: skip
    client = with_password(Client(), dora, "four words make one")
    assert client.get(f"/till/{cafe.key}/").status_code == 303  # to choose the store of the device
    for page in ("cards", "enrol"):
        assert client.get(f"/console/{cafe.key}/{page}").headers["Location"].startswith("/sign-in/factors/"), page


def with_password(client, email, password):
    """A client that has signed in with a password alone."""
    user = User.objects.get(pk=users.known(email=email, now=clock.now()))
    user.set_password(password)
    user.save()
    answered = client.post("/sign-in/password", {"login": email, "password": password})
    assert answered.status_code == 302, answered.content.decode()
    return client


def test_passwords_are_tried_so_often_and_no_more(cafe):
    with_password(Client(), cafe.emil, "four words make one")
    client = Client()
    for _ in range(limits.SIGN_INS_OF_USER_MAX):
        told = client.post("/sign-in/password", {"login": cafe.emil, "password": "wrong"}).content.decode()
        assert "too often" not in told
    told = client.post("/sign-in/password", {"login": cafe.emil, "password": "four words make one"}).content.decode()
    assert "too often" in told


def test_a_link_of_the_operator_opens_for_a_day(cafe, monkeypatch):
    client = Client()
    shown = entry.link(email=cafe.emil, to=f"/console/{cafe.key}/")
    assert client.get(shown).headers["Location"] == f"/console/{cafe.key}/"
    assert client.get(f"/console/{cafe.key}/").status_code == 200
    assert Client().get(shown[:-3] + "xyz").status_code == 404
    later = clock.now() + limits.ENTRY_HOURS * 3_600 * clock.timedelta(seconds=1)
    shown = entry.link(email=cafe.emil, to="/")
    monkeypatch.setattr(clock, "now", lambda: later)
    assert Client().get(shown).status_code == 410


def test_a_link_of_the_operator_opens_once_and_no_more_after_a_new_password(cafe, monkeypatch):
    shown, other = (entry.link(email=cafe.emil, to=to) for to in ("/sign-in/sessions", "/"))
    client = Client()
    assert client.get(shown).status_code == 302
    assert client.get(shown).headers["Location"] == "/sign-in/sessions"
    assert len(client.session["account_authentication_methods"]) == 1, "nothing is shown by following it again"
    assert Client().get(shown).status_code == 410
    monkeypatch.setattr(settings, "DEMO", True)
    assert Client().get(shown).status_code == 302, "those of the demo open again, on this machine alone"
    monkeypatch.setattr(settings, "DEMO", False)
    with_password(Client(), cafe.emil, "four words make one")
    assert Client().get(other).status_code == 404


def test_an_invitation_is_accepted_once(cafe):
    secret = staff.invite(
        programme_id=cafe.programme_id, email=f"dora@{cafe.key}.example", name="Dora", role="cashier",
        by=Actor("user", queries.by_email(store.current(), cafe.emil)), now=clock.now(),
    ).secret  # fmt: skip
    client = Client()
    page = client.get(f"/invited/{secret}").content.decode()
    assert " as Cashier." in page and "then choose a password." in page and "second factor" not in page
    assert client.post(f"/invited/{secret}").headers["Location"] == "/sign-in/new-password"
    assert client.get(f"/till/{cafe.key}/").status_code == 303  # to choose the store of the device
    assert client.post("/sign-in/new-password", {"password": "short"}).status_code == 200
    assert client.post("/sign-in/new-password", {"password": "blue coffee tram Monday"}).status_code == 302
    assert Client().post(f"/invited/{secret}").status_code == 409
    assert Client().get("/invited/nothing").status_code == 404


def test_whoever_works_beyond_the_till_is_told_of_the_second_factor(cafe):
    secret = _invited(cafe, f"fay@{cafe.key}.example", "finance")
    assert "a password and a second factor" in Client().get(f"/invited/{secret}").content.decode()


@pytest.mark.parametrize(
    ("language", "told"), [("en", "replaced by a newer one"), ("bg", "заменена с по-нова"), ("tr", "daha yenisiyle")]
)
def test_of_two_invitations_to_one_address_the_second_counts(cafe, language, told):
    first, other, second = (
        _invited(cafe, f"{name}@{cafe.key}.example", role)
        for name, role in (("dora", "owner"), ("fay", "support"), ("DORA", "cashier"))
    )
    for answer in (Client().get, Client().post):
        over = answer(f"/invited/{first}", headers={"Accept-Language": language})
        assert over.status_code == 409 and told in over.content.decode()
    waiting = queries.invitations(store.current(), cafe.programme_id)
    assert [one.role for one in waiting] == ["support", "cashier"]
    assert Client().post(f"/invited/{other}").status_code == Client().post(f"/invited/{second}").status_code == 302
    assert len(cafe.noted("staff.uninvited")) == 1


@pytest.mark.parametrize("known", ["user", "member"])
def test_an_invitation_lets_nobody_in_as_somebody_who_was_known_before(cafe, known):
    """Its link may be handed over by who invites: with it they would be whom they invite, in every programme."""
    other = _open(cafe.box)
    email = other.emil if known == "user" else other.ann
    client = Client()
    secret = _invited(cafe, email)
    before = queries.by_email(store.current(), email)
    assert client.post(f"/invited/{secret}").headers["Location"] == "/sign-in/?next=%2Fsign-in%2Fplaces"
    assert client.get("/sign-in/new-password").status_code == 302 and "_auth_user_id" not in client.session
    assert client.get(f"/my/{other.key}/").status_code == 302
    assert before in (None, queries.by_email(store.current(), email))
    client.post("/sign-in/code", {"code": code_sent_to(client, email, cafe)})
    assert client.get(f"/till/{cafe.key}/").status_code == 303  # who can read the letters is staff by it


def test_who_is_signed_in_already_goes_on_with_an_invitation(cafe):
    client = Client()
    client.get(entry.link(email=cafe.emil, to="/"))
    assert client.post(f"/invited/{_invited(_open(cafe.box), cafe.emil)}").headers["Location"] == "/sign-in/places"


def test_nobody_is_renamed_by_an_invitation_to_another_programme(cafe):
    other = _open(cafe.box)
    Client().post(f"/invited/{_invited(cafe, other.emil)}")
    emil = queries.by_email(store.current(), other.emil)
    assert queries.one(store.current(), other.programme_id, emil).name == "Emil"
    assert queries.one(store.current(), cafe.programme_id, emil).role == "cashier"


def _invited(cafe, email, role="cashier"):
    return staff.invite(
        programme_id=cafe.programme_id, email=email, name="Dora", role=role, by=OPERATOR, now=clock.now()
    ).secret


def test_who_is_let_go_opens_nothing_any_more_and_the_last_owner_stays(cafe):
    dora = staff.appoint(
        programme_id=cafe.programme_id, email=f"dora@{cafe.key}.example", name="Dora", role="cashier", by=OPERATOR,
        now=clock.now(),
    )  # fmt: skip
    client = Client()
    client.get(entry.link(email=f"dora@{cafe.key}.example", to="/"))
    assert client.get(f"/till/{cafe.key}/").status_code == 303  # to choose the store of the device
    staff.end(programme_id=cafe.programme_id, user_id=dora, by=OPERATOR, reason="moved", now=clock.now())
    assert client.get(f"/till/{cafe.key}/").status_code == 403
    emil = queries.by_email(store.current(), cafe.emil)
    with pytest.raises(Exception, match="staff_last_owner"):
        staff.end(programme_id=cafe.programme_id, user_id=emil, by=OPERATOR, reason="", now=clock.now())
    told = [(one.action, one.reason) for one in audit.page(store.current(), cafe.programme_id, most=10)]
    assert told[0] == ("staff.ended", "moved") and ("staff.appointed", "") in told


def test_neither_sessions_nor_users_hold_an_address_in_the_clear(cafe):
    client = Client()
    client.post("/sign-in/code", {"code": code_sent_to(client, cafe.ann, cafe)})
    with connection.cursor() as cursor:
        for table in (
            "users_user",
            "django_session",
            "account_emailaddress",
            "kit_attempt",
            "usersessions_usersession",
        ):
            cursor.execute(f"SELECT * FROM {table}")
            assert "ann@" not in str(cursor.fetchall())
    assert Session.objects.count() > 0


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
@pytest.mark.parametrize("path", ["/sign-in/", "/sign-in/password"])
def test_pages_of_sign_in_speak_every_language(cafe, language, path):
    page = Client().get(path, headers={"Accept-Language": language}).content.decode()
    assert f'<html lang="{language}">' in page and "<script>" not in page


def test_sessions_are_listed_and_ended(cafe):
    here, there = Client(), Client()
    for one in (here, there):
        one.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux) Firefox/140.0"
        one.get(entry.link(email=cafe.emil, to="/"))
        one.get("/sign-in/places")
    assert here.get("/sign-in/sessions").content.decode().count("Firefox · Linux") == 2
    assert there.get(f"/console/{cafe.key}/").status_code == 200
    assert here.post("/sign-in/sessions", {"end": "others"}).status_code == 302
    assert there.get(f"/console/{cafe.key}/").status_code == 302
    assert here.get(f"/console/{cafe.key}/").status_code == 200


def test_a_second_factor_is_set_up_with_fresh_proof_alone(cafe, monkeypatch):
    client = Client()
    client.get(entry.link(email=cafe.emil, to="/"))
    assert client.get("/sign-in/factors/app/activate/").status_code == 200
    later = clock.now() + (limits.FRESH_SECONDS + 1) * clock.timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get("/sign-in/factors/app/activate/").headers["Location"].startswith("/sign-in/again?next=")


@pytest.mark.parametrize(("language", "said"), [("en", "no code can reach you"), ("bg", "кодът"), ("tr", "kod")])
def test_where_no_letters_are_sent_the_page_says_so_in_words_for_members(database, language, said):
    told = Client().post(f"/sign-in/?language={language}", {"email": "ann@nowhere.example"}).content.decode()
    fault = told.split('class="fault"')[1].split("</p>")[0]
    assert said in fault and "GUERDON_" not in told


def test_who_chooses_a_language_stays_where_they_were(cafe):
    told = Client().get("/sign-in/", {"next": f"/my/{cafe.key}/rewards?kind=coffee"}).content.decode()
    assert f'href="?next=%2Fmy%2F{cafe.key}%2Frewards%3Fkind%3Dcoffee&amp;language=bg"' in told


def test_members_sign_in_under_the_name_and_the_colours_of_the_programme_they_come_from(cafe):
    client = Client()
    name = client.get(f"/my/{cafe.key}/welcome").content.decode().split("<title>")[1].split("</title>")[0]
    colours = re.search(r"/design/brand/[^\"]+", client.get(f"/my/{cafe.key}/welcome").content.decode())[0]
    for page in (client.get("/sign-in/", {"next": f"/my/{cafe.key}/"}), _asked(client, cafe)):
        told = page.content.decode()
        assert f"· {name}</title>" in told and f'href="/my/{cafe.key}/welcome"' in told and colours in told
    assert "· Guerdon</title>" in client.get("/sign-in/", {"next": "/my/nope/"}).content.decode()


def _asked(client, cafe):
    asked = client.post("/sign-in/", {"email": cafe.ann, "next": f"/my/{cafe.key}/"})
    return client.get(asked.headers["Location"])
