"""What is not there, not allowed or broken is told as a page, in every language; the bare address has doors."""

import pytest
from django.test import Client as DjangoClient
from django.urls import get_resolver

from guerdon.engine import staff
from guerdon.faces import documents
from guerdon.faces.signin import entry
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock
from guerdon.kit.audit import Actor
from tests.shop import Shop


class Cafe(Shop):
    """A shop, and the browser of its cashier."""

    dora: DjangoClient


@pytest.fixture
def dora(database):
    """A café, and the browser of its cashier."""
    cafe, email = Cafe(), "dora@{}.example"
    cafe.dora = DjangoClient(SERVER_NAME="localhost")
    shown = {"email": email.format(cafe.key), "name": "Dora", "role": "cashier"}
    staff.appoint(programme_id=cafe.programme_id, by=Actor("operator", "operator"), now=clock.now(), **shown)
    cafe.dora.get(entry.link(email=shown["email"], to="/"))
    return cafe


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Nothing is here"), ("bg", "Тук няма нищо"), ("tr", "bir şey yok")]
)
@pytest.mark.parametrize("path", ["/nope", "/console/nope/", "/my/nope/", "/till/nope/", "/enter/nope"])
def test_what_is_not_there_is_told_in_words(dora, path, language, told):
    page = dora.dora.get(path, headers={"Accept-Language": language})
    assert page.status_code == 404 and told in page.content.decode()
    assert f'<html lang="{language}">' in page.content.decode() and 'href="/"' in page.content.decode()


@pytest.mark.parametrize(("status", "title"), [(400, "not understood"), (403, "Not yours"), (500, "broke on our side")])
def test_other_failures_are_pages_too(status, title):
    run = get_resolver().resolve_error_handler(status)
    page = run(None) if status == 500 else run(None, ValueError("secret"))
    assert page.status_code == status and title in page.content.decode() and "secret" not in page.content.decode()


def test_a_form_that_is_too_old_is_told_so(dora):
    strict = DjangoClient(SERVER_NAME="localhost", enforce_csrf_checks=True)
    page = strict.post("/sign-in/", {"email": "ann@cafe.example"})
    assert page.status_code == 403 and "This form is too old" in page.content.decode()


def test_there_is_an_icon():
    assert b"<svg" in documents.load()["/favicon.ico"].body


def test_the_bare_address_shows_the_doors(dora, monkeypatch):
    every = programmes.every
    monkeypatch.setattr(programmes, "every", lambda at: [one for one in every(at) if one.key == dora.key])
    page = DjangoClient(SERVER_NAME="localhost").get("/").content.decode()
    for door in (f"/my/{dora.key}/welcome", f"/console/{dora.key}/", f"/till/{dora.key}/", "/docs", "/sign-in/"):
        assert f'href="{door}"' in page


def test_a_cashier_is_led_to_the_till_and_told_in_words_what_is_not_hers(dora):
    assert dora.dora.get(f"/console/{dora.key}/").headers["Location"] == f"/till/{dora.key}/"
    page = dora.dora.get(f"/console/{dora.key}/staff/")
    told = page.content.decode()
    assert page.status_code == 403 and "You work here as: Cashier" in told and f'href="/till/{dora.key}/"' in told
    assert "right_missing" not in told and "staff:write" not in told
