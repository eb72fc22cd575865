"""The first steps: who gets in, what each step asks and refuses, and that it all happens once."""

import html
import json
import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client as DjangoClient

from guerdon.core import expiry, limits, money, sentences
from guerdon.engine import founding
from guerdon.faces import words
from guerdon.faces.signin import entry
from guerdon.faces.start import access, places, plan
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes import templates
from guerdon.features.users import queries as users
from guerdon.kit import audit, clock, store
from tests.shop import Shop

PASSWORD = "blue coffee tram Monday"
EMIL = {"name": "Emil Petrov", "email": "emil@aurora.example", "password": PASSWORD}


def Client(**headers):
    """Somebody's browser."""
    return DjangoClient(SERVER_NAME="localhost", headers={"accept-language": "en", **headers})


def let_in(**headers):
    client = Client(**headers)
    assert client.get(access.link()).headers["Location"] == "/start"
    return client


def text(answered):
    return answered.content.decode()


def asked(client):
    """What the second step offers, as a browser would send it."""
    page = text(client.get("/start/programme"))
    fields = {
        name: re.search(r'value="([^"]*)"', tag)[1]
        for tag, name in re.findall(r'(<input[^>]* name="(\w+)"[^>]*>)', page)
    }
    zone = re.search(r'<option value="([^"]*)" selected', page)[1]
    return {name: value for name, value in fields.items() if name not in ("languages", "csrfmiddlewaretoken")} | {
        "zone": zone, "languages": ["en", "bg"],
    }  # fmt: skip


def ready(template, name="Café Aurora", **more):
    """A browser that has come as far as the look at the whole."""
    client = let_in()
    assert client.post("/start", {"template": template}).headers["Location"] == "/start/programme"
    said = client.post("/start/programme", asked(client) | {"name": name} | more)
    assert said.status_code == 303, text(said)
    assert client.post("/start/owner", EMIL).headers["Location"] == "/start/live"
    return client


@pytest.mark.parametrize("template", templates.KEYS)
def test_each_template_goes_live_and_its_owner_is_in(pristine_database, template):
    client = ready(template)
    page = text(client.get("/start/live"))
    assert "This is Café Aurora" in page and "emil@aurora.example" in page and PASSWORD not in page
    assert re.search(r"EUR gives? \d|points?\.|miles?\.", page)
    went = client.post("/start/live")
    assert went.headers["Location"] == "/console/cafe-aurora/first-steps", text(went)
    steps = text(client.get(went.headers["Location"]))
    assert "Café Aurora is live." in steps and "http://localhost/till/cafe-aurora/" in steps
    assert client.get("/console/cafe-aurora/").status_code == 200

    row = programmes.by_key(store.current(), "cafe-aurora")
    version = programmes.all_versions(store.current(), row.id)[0]
    assert (version.number, version.published_by) == (1, "Emil Petrov")
    assert version.source.startswith("#"), "the file keeps the remarks of its template"
    assert set(programmes.latest(store.current(), row.id).newest().programme.name) == {"en", "bg"}
    assert [(one.name, one.role) for one in users.of_programme(store.current(), row.id)] == [("Emil Petrov", "owner")]
    told = [one.action for one in audit.page(store.current(), row.id, most=10)]
    assert told == ["staff.signed_in", "staff.appointed", "programme.published"]


def test_afterwards_a_password_asks_for_a_second_factor(pristine_database):
    ready("cafe").post("/start/live")
    client = Client()
    assert client.post("/sign-in/password", {"login": EMIL["email"], "password": PASSWORD}).status_code == 302
    assert client.get("/console/cafe-aurora/").headers["Location"].startswith("/sign-in/factors/")


def test_without_the_link_the_pages_say_where_it_is(pristine_database, monkeypatch):
    client = Client()
    assert client.get("/").headers["Location"] == "/start"
    for path in ("/start", "/start/programme", "/start/owner", "/start/live"):
        for answered in (client.get(path), client.post(path, {"template": "cafe"})):
            assert answered.status_code == 403 and "guerdon start" in text(answered)
    link = access.link()
    for wrong in (link[:-1], link.replace("/open/", "/open/f"), "/start/open/x", "/start/open/é-1"):
        answered = client.get(wrong)
        assert answered.status_code == 403 and "This link is over" in text(answered), wrong
    later = clock.now() + limits.ENTRY_HOURS * 3_600 * clock.timedelta(seconds=1) + clock.timedelta(seconds=1)
    opened = let_in()
    monkeypatch.setattr(clock, "now", lambda: later)
    assert opened.get("/start").status_code == Client().get(link).status_code == 403


def test_once_it_is_founded_it_is_closed(pristine_database):
    link, late = access.link(), ready("grocery")
    ready("cafe").post("/start/live")
    for answered in (late.get("/start"), late.post("/start/live"), Client().get(link), Client().get("/start/owner")):
        assert answered.status_code == 409 and "The programme is there already" in text(answered)
        assert 'href="/console/cafe-aurora/"' in text(answered) and "Café Aurora" in text(answered)
    assert Client().get("/").status_code == 200
    assert [one.key for one in programmes.every(store.current())] == ["cafe-aurora"]


@pytest.mark.parametrize("language", ("en", "bg", "tr"))
def test_a_second_window_is_led_on_when_the_first_is_done(pristine_database, language):
    browser = ready("cafe")
    window = DjangoClient(SERVER_NAME="localhost", enforce_csrf_checks=True)
    window.cookies = browser.cookies
    window.cookies["language"] = language
    shown = text(window.get("/start/live"))
    sent = {"csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', shown)[1]}
    assert window.post("/start/live", sent).status_code == 303  # who signs in gets another token
    late = window.post("/start/live", sent)
    assert late.status_code == 409 and words.say("start.there", language) in text(late)
    assert 'href="/console/cafe-aurora/"' in text(late) and "no-cache" in late.headers["Cache-Control"]
    assert window.post("/sign-in/", sent).status_code == 403  # other forms that are too old are told as ever
    assert len(programmes.every(store.current())) == 1


def test_who_comes_second_gets_a_clash(pristine_database, monkeypatch):
    """Both have seen that nothing is there."""
    first, second = ready("cafe"), ready("grocery", "Bakery")
    first.post("/start/live")
    monkeypatch.setattr(access, "empty", lambda: True)
    monkeypatch.setattr("guerdon.faces.start.pages._faults", lambda said, caller: {})
    assert second.post("/start/live").status_code == 409
    assert len(programmes.every(store.current())) == 1


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(pristine_database):
    client = let_in()
    client.post("/start", {"template": "cafe"})
    right = asked(client) | {"name": "Aurora"}
    wrong = {"zone": "Europe/Nowhere", "currency": "euro", "rate": "ten", "price": "0", "key": "Café!", "name": ""}
    for field, value in wrong.items():
        answered = client.post("/start/programme", right | {field: value})
        assert answered.status_code == 422 and f'id="{field}-fault"' in text(answered), field
    assert "Write a whole number above zero" in text(client.post("/start/programme", right | {"rate": "1.5"}))
    answered = client.post("/start/programme", right | {"rate": "ten", "name": "Bäckerei"})
    assert 'value="ten"' in text(answered) and 'value="Bäckerei"' in text(answered)
    assert "Choose at least one" in text(client.post("/start/programme", right | {"languages": []}))
    assert client.post("/start", {"template": "casino"}).status_code == 404
    assert client.get("/start/live").headers["Location"] == "/start"
    assert client.post("/start/programme", right).headers["Location"] == "/start/owner"
    assert client.get("/start/live").headers["Location"] == "/start/owner"
    for field, value in {"name": " ", "email": "nobody", "password": "short"}.items():
        answered = client.post("/start/owner", EMIL | {field: value})
        assert answered.status_code == 422 and f'id="{field}-fault"' in text(answered), field
        assert PASSWORD not in text(answered)


FAR = "9" * 30


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
@pytest.mark.parametrize(
    ("template", "field", "value", "word", "most"),
    [
        ("cafe", "months", "0", "months", 1_200), ("cafe", "months", "100000", "months", 1_200),
        ("cafe", "months", FAR, "months", 1_200), ("cafe", "months", "1.5", "months", 1_200),
        ("miles", "months", "0", "months", 1_200), ("cafe", "rate", FAR, "large", 10**15),
        ("cafe", "rate", "0.5", "half", 0), ("cafe", "price", "0", "whole", 0), ("b2b", "per", FAR, "large", 10**10),
        ("cafe", "name", "x" * 201, "name_long", 200), ("cafe", "key", "x" * 100, "key_long", 64),
    ],
)  # fmt: skip
def test_why_an_answer_can_not_be_is_said_at_its_field(pristine_database, template, field, value, word, most, language):
    client = let_in()
    client.post("/start", {"template": template})
    right = asked(client) | {"name": "Aurora"}
    page = text(client.post(f"/start/programme?language={language}", right | {field: value}))
    fault = re.search(rf'<span class="fault" id="{field}-fault">.*?</svg>\s*(.*?)</span>', page, re.DOTALL)
    default = {one.key: one.default for one in templates.get(template).questions}[field]
    shown = sentences.tongue(language).number(most)
    assert fault and html.unescape(fault[1]).strip() == words.say(
        f"start.wrong_{word}", language, like=default, most=shown
    )
    assert re.findall(r'id="([a-z]+)-fault"', page) == [field]


def test_points_never_end_where_the_months_are_left_empty(pristine_database):
    for template in ("cafe", "miles"):
        page = text(ready(template, months="").get("/start/live"))
        assert "never expiring" in page and "reminded" not in page
    client = ready("cafe", months="")
    assert 'name="months" value=""' in text(client.get("/start/programme"))
    client.post("/start/live")
    row = programmes.by_key(store.current(), "cafe-aurora")
    assert programmes.latest(store.current(), row.id).newest().programme.units["points"].expires == expiry.Never()


def test_what_a_template_promises_fits_together(pristine_database):
    assert "reminded" not in text(ready("employees").get("/start/live"))
    page = text(ready("cafe").get("/start/live"))
    assert "40.00 EUR gives 400 points." in page and "The first purchase of 40.00 EUR: 450 points." in page
    assert "expiring 12 months" in page and "reminded" in page
    page = text(ready("b2b").get("/start/live"))
    assert "40.00 EUR gives 4 points." in page
    assert "5,000.00 EUR gives 600 points." in page and "20,000.00 EUR gives 2,500 points." in page


def test_the_clock_of_the_browser_is_asked_as_long_as_nothing_was_said(pristine_database):
    client = let_in()
    client.post("/start", {"template": "cafe"})
    told = re.search(r'data-moneys="([^"]*)"', text(client.get("/start/programme")))
    moneys = json.loads(html.unescape(told[1]))
    assert moneys["Europe/Sofia"] == moneys["Europe/Berlin"] == "EUR" and moneys["America/Denver"] == "USD"
    assert moneys["Europe/Istanbul"] == "TRY" and moneys["Asia/Tokyo"] == "JPY"
    sent = asked(client)
    assert "data-moneys" not in text(client.post("/start/programme", sent | {"name": ""}))
    client.post("/start/programme", sent | {"name": "Aurora"})
    assert "data-moneys" not in text(client.get("/start/programme"))


def test_every_zone_that_is_guessed_has_money_of_the_house():
    moneys = places.moneys()
    assert {zone: money for money, zone in places._REGIONS.values()}.items() <= moneys.items()
    assert set(moneys) <= set(places.zones())
    for code in set(moneys.values()):
        money.decimals(code)


def test_steps_can_be_gone_back_and_the_password_stays(pristine_database):
    client = ready("cafe", rate="7")
    assert 'value="7"' in text(client.get("/start/programme"))
    assert client.post("/start/owner", EMIL | {"password": ""}).status_code == 303
    client.post("/start", {"template": "grocery"})
    page = text(client.get("/start/programme"))
    assert 'value="Café Aurora"' in page and 'name="worth"' in page and 'value="7"' not in page
    assert not [one for one in Session.objects.all() if "emil" in one.session_data or PASSWORD in one.session_data]


def test_an_owner_founds_another_and_nobody_else_does(pristine_database):
    ready("cafe").post("/start/live")
    owner = Client()
    owner.get(entry.link(email=EMIL["email"], to="/"))
    owner.post("/start", {"template": "b2b"})
    assert 'id="key-fault"' in text(owner.post("/start/programme", asked(owner) | {"name": "Café Aurora"}))
    assert owner.post("/start/programme", asked(owner) | {"name": "Partners"}).headers["Location"] == "/start/live"
    assert owner.post("/start/live").headers["Location"] == "/console/partners/first-steps"
    row = programmes.by_key(store.current(), "partners")
    assert [(one.email, one.role) for one in users.of_programme(store.current(), row.id)] == [(EMIL["email"], "owner")]
    somebody = Client()
    somebody.get(entry.link(email="dora@aurora.example", to="/"))
    assert somebody.get("/start").status_code == 409


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_every_step_speaks_every_language(pristine_database, language):
    client = ready("miles")
    for path in ("/start", "/start/programme", "/start/owner", "/start/live"):
        page = text(client.get(f"{path}?language={language}"))
        assert f'<html lang="{language}">' in page and "<script>" not in page and " style=" not in page


def test_where_somebody_is_follows_from_the_languages_of_the_browser():
    assert places.guessed("bg,en;q=0.5") == ("EUR", "Europe/Sofia")
    assert places.guessed("tr-TR,tr;q=0.9") == ("TRY", "Europe/Istanbul")
    assert places.guessed("en-GB") == ("GBP", "Europe/London")
    assert places.guessed("en, sv;q=0.3") == ("SEK", "Europe/Stockholm")
    assert places.guessed("") == places.guessed("*") == ("EUR", "UTC")
    assert {zone for _, zone in places._REGIONS.values()} <= set(places.zones())


def test_a_key_follows_the_name():
    told = {"Café Aurora": "cafe-aurora", "Сладкарница Щъркел": "sladkarnitsa-shtarkel", "Işık & Şölen": "isik-solen"}
    assert {name: plan.key_of(name) for name in told} == told
    assert plan.key_of("日本") == "" and len(plan.key_of("a" * 500)) <= limits.KEY_CHARS_MAX


def test_the_link_is_for_an_empty_installation_alone(database):
    Shop()
    assert Client().get(access.link()).status_code == 409
    with pytest.raises(Exception, match="programme_key_taken"):
        founding.check(store.current(), programmes.every(store.current())[0].key, first=False)
