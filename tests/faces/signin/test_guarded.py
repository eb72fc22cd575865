"""What guards whoever has signed in: passwords nobody guesses, codes that count once, sessions that end."""

import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client as DjangoClient

from guerdon.core import limits
from guerdon.core.members import Person
from guerdon.engine import enrolment, retention, staff, users
from guerdon.faces.signin import entry, guessable
from guerdon.features.members.records import Enrolment
from guerdon.features.users.models import User
from guerdon.kit import attempts, audit, clock, store
from guerdon.kit.audit import Actor
from tests import mail
from tests.shop import Shop

GOOD = "four words make one"
OPERATOR = Actor("operator", "operator")
BUSY = "The database had no turn"


class Cafe(Shop):
    """A shop with addresses of its own: Emil owns it, Dora is a cashier, Ann is a member."""

    def of(self, name):
        return f"{name}@{self.key}.example"


@pytest.fixture
def cafe(database):
    at = Cafe()
    for name, role in (("emil", "owner"), ("dora", "cashier")):
        staff.appoint(
            programme_id=at.programme_id, email=at.of(name), name=name.title(), role=role, by=OPERATOR, now=clock.now()
        )  # fmt: skip
    ann = Enrolment(external_ids=("ann",), person=Person(name="Ann", email=at.of("ann")))
    enrolment.enrol(programme_id=at.programme_id, enrolment=ann, now=clock.now())
    return at


def browser():
    return DjangoClient(SERVER_NAME="localhost")


def by_link(email):
    client = browser()
    assert client.get(entry.link(email=email, to="/")).status_code == 302
    return client


def by_password(email, password=GOOD):
    user = User.objects.get(pk=users.known(email=email, now=clock.now()))
    user.set_password(password)
    user.save()
    client = browser()
    assert client.post("/sign-in/password", {"login": email, "password": password}).status_code == 302
    return client


def app_of(email):
    """Somebody's app: what it shows now."""
    user = User.objects.get(pk=users.known(email=email, now=clock.now()))
    secret = totp.generate_totp_secret()
    data = {"secret": get_adapter().encrypt(secret)}
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def later(monkeypatch, **more):
    at = clock.now() + clock.timedelta(**more)
    monkeypatch.setattr(clock, "now", lambda: at)


# ── passwords ──


@pytest.mark.parametrize(
    "password",
    ["passwordpassword", "iloveyou123456", "123456789012", "1q2w3e4r5t6y", "aaaaaaaaaaaa", "Qwertyuiop123",
     "football2026"],
)  # fmt: skip
def test_what_many_people_use_is_no_password(cafe, password):
    with pytest.raises(ValidationError, match="password guessed"):
        guessable.Guessable().validate(password)


def test_thousands_of_common_passwords_are_refused_at_the_length_that_we_ask_for(database):
    common = sorted(one for one in CommonPasswordValidator().passwords if 6 <= len(one) <= 8)
    long = [one + common[place - 1] for place, one in enumerate(common[:4_000])]
    assert len(long) >= 3_000 and min(map(len, long)) >= limits.PASSWORD_CHARS_MIN
    assert not [one for one in long if guessable.worth(one, guessable.HOUSE) >= limits.PASSWORD_CHARS_MIN]


@pytest.mark.parametrize(
    "password",
    [GOOD, "blue coffee tram Monday", "x7$kQ2p9Lm4z", "четири думи без смисъл", "correct horse battery staple",
     "😀" * 3 + "ab c d!?1Z"],
)  # fmt: skip
def test_words_that_nobody_puts_together_are_one_of_any_signs(cafe, password):
    guessable.Guessable().validate(password)


def test_the_words_of_the_house_and_its_programmes_count_nothing(database):
    shop = Cafe(parts={"name": {"en": "Zanzibarella"}})
    for password in ("Guerdon-Loyalty-1!", f"{shop.key}-1!", "zanzibarella-9", "Zanzibarella 2026"):
        with pytest.raises(ValidationError):
            guessable.Guessable().validate(password)
    guessable.Guessable().validate("zanzi barel la-9")


@pytest.mark.parametrize("password", [" " + GOOD + " ", "ab " * 60, "Ünïcode 🦉 and more"])
def test_a_password_is_taken_exactly_as_it_was_typed(cafe, password):
    client = by_link(cafe.of("emil"))
    assert len(password) <= limits.PASSWORD_CHARS_MAX
    assert client.post("/sign-in/new-password", {"password": password}).status_code == 302
    for other, status in ((password.strip() + "x", 200), (password.swapcase(), 200), (password, 302)):
        told = browser().post("/sign-in/password", {"login": cafe.of("emil"), "password": other})
        assert told.status_code == status, other


def test_password_fields_hide_what_is_typed_and_let_it_be_pasted(cafe):
    pages = [by_link(cafe.of("emil")).get("/sign-in/new-password"), browser().get("/sign-in/password")]
    for page, kind in zip(pages, ("new-password", "current-password"), strict=True):
        told = page.content.decode()
        assert 'type="password"' in told and f'autocomplete="{kind}"' in told
        assert "onpaste" not in told and "readonly" not in told


def test_a_new_password_ends_every_other_session(cafe):
    there, here = by_password(cafe.of("dora")), by_link(cafe.of("dora"))
    assert there.get("/sign-in/sessions").status_code == 200
    assert here.post("/sign-in/new-password", {"password": "blue coffee tram Monday"}).status_code == 302
    assert here.get("/sign-in/sessions").status_code == 200
    assert there.get("/sign-in/sessions").status_code == 302


def test_what_is_kept_of_a_password_is_slow_to_try(cafe):
    by_password(cafe.of("emil"))
    kept = User.objects.get(pk=users.known(email=cafe.of("emil"), now=clock.now())).password
    kind, rounds, salt, _ = kept.split("$")
    assert kind == "pbkdf2_sha256" and int(rounds) >= 600_000 and len(salt) >= 16


# ── second factors ──


def test_a_code_of_an_app_counts_once_whichever_process_is_shown_it(cafe):
    shown = app_of(cafe.of("emil"))
    first, second = by_password(cafe.of("emil")), by_password(cafe.of("emil"))
    assert first.post("/sign-in/factors/authenticate", {"code": shown}).status_code == 302
    cache.clear()  # as another process has it, which knows nothing of the first
    assert second.post("/sign-in/factors/authenticate", {"code": f"{shown[:3]} {shown[3:]}"}).status_code == 200
    assert second.get("/sign-in/sessions").status_code == 302
    assert first.get(f"/console/{cafe.key}/").status_code == 200
    again = first.post("/sign-in/factors/again", {"code": shown})
    assert again.status_code == 200, "nor does it show again who somebody is"


def test_a_code_of_an_app_is_not_wrong_because_the_database_is_busy(cafe, monkeypatch):
    shown, client = app_of(cafe.of("emil")), by_password(cafe.of("emil"))
    counted = attempts.count

    def busy(*, what, **more):
        if what == "app code":
            raise store.DATABASE_BUSY(retry_after_seconds=1)
        counted(what=what, **more)

    with monkeypatch.context() as patch:
        patch.setattr(attempts, "count", busy)
        told = client.post("/sign-in/factors/authenticate", {"code": shown})
    assert told.status_code == 200 and BUSY in told.content.decode()
    cache.clear()  # in which the library has it as used, for this process
    assert client.post("/sign-in/factors/authenticate", {"code": shown}).status_code == 302


def test_whoever_meets_a_busy_database_was_not_shut_out(cafe, monkeypatch):
    counted = attempts.count

    def busy(*, what, **more):
        if what == "password":
            raise store.DATABASE_BUSY(retry_after_seconds=1)
        counted(what=what, **more)

    with monkeypatch.context() as patch:
        patch.setattr(attempts, "count", busy)
        told = browser().post("/sign-in/password", {"login": cafe.of("emil"), "password": GOOD})
    assert told.status_code == 200 and BUSY in told.content.decode()
    page = audit.page(store.current(), cafe.programme_id, most=10)
    assert "staff.sign_in_blocked" not in [one.action for one in page]


def test_a_recovery_code_counts_once_and_is_sealed(cafe):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    app_of(cafe.of("emil"))
    user = User.objects.get(pk=users.known(email=cafe.of("emil"), now=clock.now()))
    codes = RecoveryCodes.activate(user).get_unused_codes()
    assert len(set(codes)) == 10 and all(len(one) >= 8 for one in codes)
    kept = str(Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).data)
    assert not [one for one in codes if one in kept]
    first, second = by_password(cafe.of("emil")), by_password(cafe.of("emil"))
    assert first.post("/sign-in/factors/authenticate", {"code": codes[0]}).status_code == 302
    assert second.post("/sign-in/factors/authenticate", {"code": codes[0]}).status_code == 200


def test_a_code_by_letter_lives_ten_minutes_in_the_browser_that_asked(cafe, monkeypatch):
    with mail.server() as box:
        client = browser()
        client.post("/sign-in/", {"email": cafe.of("ann"), "next": f"/my/{cafe.key}/"})
        code = mail.code(box)
        assert len("".join(code.split())) == 8
        assert browser().post("/sign-in/code", {"code": code}).status_code == 302
        real = time.time
        monkeypatch.setattr(time, "time", lambda: real() + 601)
        client.post("/sign-in/code", {"code": code})
        assert client.get(f"/my/{cafe.key}/").headers["Location"].startswith("/sign-in/?")


# ── sessions ──


def test_whoever_signs_in_has_a_session_of_a_new_name(cafe):
    client = browser()
    client.get("/sign-in/password", {"next": "/"})
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies["guerdon"] = planted = session.session_key
    by_password(cafe.of("emil"))
    assert client.post("/sign-in/password", {"login": cafe.of("emil"), "password": GOOD}).status_code == 302
    assert client.session.session_key != planted and len(client.session.session_key) >= 32
    assert not Session.objects.filter(pk=planted).exists()


def test_whoever_shows_again_who_they_are_has_one_too(cafe):
    client = by_password(cafe.of("dora"))
    before = client.session.session_key
    assert client.post("/sign-in/again/password", {"password": GOOD}).status_code == 302
    assert client.session.session_key != before
    old = browser()
    old.cookies["guerdon"] = before
    assert old.get("/sign-in/sessions").status_code == 302
    assert client.get("/sign-in/sessions").status_code == 200


def test_an_app_shows_again_under_a_new_name(cafe):
    shown = app_of(cafe.of("emil"))
    client = by_link(cafe.of("emil"))
    before = client.session.session_key
    assert client.post("/sign-in/factors/again", {"code": shown}).status_code == 302
    assert client.session.session_key != before and client.get(f"/console/{cafe.key}/").status_code == 200


def test_who_signs_out_is_out_whoever_kept_the_cookie(cafe):
    client, kept = by_link(cafe.of("emil")), browser()
    kept.cookies["guerdon"] = client.session.session_key
    assert kept.get("/sign-in/sessions").status_code == 200
    client.post("/sign-in/out")
    assert kept.get("/sign-in/sessions").status_code == 302


@pytest.mark.parametrize("path, told", [("/sign-in/out", {}), ("/sign-in/again/password", {"password": GOOD})])
def test_the_night_forgets_where_a_session_was_that_ended_or_got_a_new_name(cafe, path, told):
    dora, emil = by_password(cafe.of("dora")), by_password(cafe.of("emil"))
    names = [dora.session.session_key, emil.session.session_key]
    assert UserSession.objects.filter(session_key__in=names).count() == 2
    assert dora.post(path, told).status_code == 302
    assert not Session.objects.filter(pk=names[0]).exists()
    retention.run(programme_id=cafe.programme_id, as_of=clock.now(), most=1)
    kept = UserSession.objects.filter(session_key__in=names).values_list("session_key", flat=True)
    assert list(kept) == names[1:], "whoever is signed in sees where"


def test_staff_show_their_second_factor_every_twelve_hours(cafe, monkeypatch):
    emil, dora = by_link(cafe.of("emil")), by_password(cafe.of("dora"))
    later(monkeypatch, hours=limits.STAFF_HOURS, minutes=-10)
    assert emil.get(f"/console/{cafe.key}/").status_code == 200
    later(monkeypatch, minutes=11)
    assert emil.get(f"/console/{cafe.key}/").headers["Location"].startswith("/sign-in/again?next=%2Fconsole")
    assert emil.get(f"/till/{cafe.key}/").headers["Location"].startswith("/sign-in/again?")
    assert dora.get(f"/till/{cafe.key}/").status_code == 303, "who has none goes on at the till"


def test_a_session_ends_after_ninety_days_however_busy_it_is(cafe, monkeypatch):
    client = by_password(cafe.of("dora"))
    for _ in range(2):
        later(monkeypatch, days=limits.SESSION_DAYS / 2, minutes=-5)
        session = client.session
        session["busy"] = "yes"
        session.save()
        assert client.get("/sign-in/sessions").status_code == 200
    later(monkeypatch, minutes=11)
    assert client.get("/sign-in/sessions").status_code == 302


def test_a_session_that_nobody_uses_ends_after_thirty_days(cafe):
    client = by_password(cafe.of("dora"))
    kept = Session.objects.get(pk=client.session.session_key).expire_date - clock.now()
    assert clock.timedelta(days=29) < kept <= clock.timedelta(days=limits.SESSION_IDLE_DAYS)
    assert client.cookies["guerdon"]["max-age"] == limits.SESSION_IDLE_DAYS * 86_400
    Session.objects.update(expire_date=clock.now() - clock.timedelta(seconds=1))
    assert client.get("/sign-in/sessions").status_code == 302
