"""Forms, links and downloads: nobody else sends them, reading changes nothing, nobody is led away."""

import ast
import re

import pytest
from django.conf import settings
from django.test import Client as DjangoClient

from guerdon.core.errors import Refusal
from guerdon.engine import staff
from guerdon.faces import intake
from guerdon.faces.api import calls
from guerdon.faces.signin import entry
from guerdon.kit import clock
from guerdon.kit.audit import Actor
from guerdon.site import urls
from tests.house import source
from tests.shop import Shop

# What names of downloads are made of: ids, and keys, which are slugs.
NAMED_BY = {"id", "visit.row.key", "number", "ending", "kpi", "month", "sheet.name", "reply.value.name", "paper.name"}


def Client(**more):
    return DjangoClient(SERVER_NAME="localhost", **more)


@pytest.fixture
def emil(database):
    """The owner of a café, signed in, and its key."""
    shop, client = Shop(), Client()
    email, by = f"emil@{shop.key}.example", Actor("operator", "operator")
    staff.appoint(programme_id=shop.programme_id, email=email, name="Emil", role="owner", by=by, now=clock.now())
    client.get(entry.link(email=email, to="/"))
    client.key, client.email = shop.key, email
    return client


def test_a_form_of_another_site_does_nothing(emil):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = emil.cookies
    for sent in ({}, {"headers": {"Origin": "https://evil.example"}}):
        assert strict.post("/sign-in/sessions", {"end": "others"}, **sent).status_code == 403
        assert strict.post("/sign-in/out", **sent).status_code == 403
    assert emil.get("/sign-in/sessions").status_code == 200


def test_reading_a_page_changes_nothing(emil):
    by_path = {}
    for page in urls.PAGES:
        by_path.setdefault(page.path, set()).update(page.methods)
    for path in (path for path, methods in by_path.items() if "GET" not in methods):
        address = "/" + re.sub(r"<\w+:programme>", emil.key, path)
        assert emil.get(re.sub(r"<[^>]+>", "x", address)).status_code in (404, 405), path
    assert emil.get("/sign-in/sessions?end=others").status_code == 200
    assert emil.get("/sign-in/out").status_code in (200, 302, 405)
    assert emil.get(f"/console/{emil.key}/").status_code == 200, "nobody is signed out by following a link"


def test_nobody_is_led_away_after_signing_in(emil):
    for away in ("https://evil.example/", "//evil.example", r"/\evil.example", "javascript:alert(1)"):
        client = Client()
        token = entry.link(email=emil.email, to=away)
        assert client.get(token).status_code == 404, away
        answer = emil.get("/sign-in/again", {"next": away})
        assert "evil" not in answer.headers.get("Location", "") and "javascript:" not in answer.content.decode()


def test_nothing_is_redirected_to_https(database):
    assert Client().get("/sign-in/").status_code == 200 and not settings.SECURE_SSL_REDIRECT


def test_downloads_have_names_that_we_gave_them():
    found = set()
    for _, node in source.walk():
        if isinstance(node, ast.JoinedStr) and "attachment; filename=" in ast.unparse(node):
            found |= {ast.unparse(part.value) for part in node.values if isinstance(part, ast.FormattedValue)}
    assert found == NAMED_BY


def test_every_page_has_its_way_out(emil):
    for page in (f"/console/{emil.key}/", "/sign-in/places", "/sign-in/sessions"):
        answer = emil.get(page, follow=True)
        assert 'action="/sign-in/out"' in answer.content.decode(), page
    tools = {path.parent.name: path.read_text("utf-8") for path in source.PRODUCT.rglob("tools.html")}
    assert {face for face, text in tools.items() if "account_logout" in text} >= {"console", "portal", "signin"}
    assert "till.lock" in (source.PRODUCT / "faces/till/templates/till/page.html").read_text("utf-8")


@pytest.mark.parametrize(
    "path", ["/.git/config", "/static/", "/static/../settings.py", "/static/%2e%2e/secret", "/guerdon.db", "/secret",
             "/var/secret", "/tests/", "/pyproject.toml", "/static/vendor/", "/__debug__/", "/admin/"],
)  # fmt: skip
def test_files_beside_the_program_are_not_served(database, path):
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/sign-in/", "/sign-in/password", "/sign-in/again", "/design", "/my/x/", "/healthz"]
)
def test_nothing_answers_to_trace(database, path):
    answer = Client().generic("TRACE", path, headers={"X-Canary": "zqcanary"})
    assert b"zqcanary" not in answer.content and answer.headers.get("Content-Type") != "message/http"


def test_what_is_personal_is_kept_by_nobody_on_the_way(emil):
    for page in (
        f"/console/{emil.key}/",
        f"/console/{emil.key}/members/",
        f"/my/{emil.key}/join",
        "/sign-in/places",
        "/sign-in/sessions",
    ):
        told = emil.get(page).headers["Cache-Control"]
        assert "no-store" in told and "public" not in told, page


def test_signing_out_clears_the_browser(emil):
    assert emil.post("/sign-in/out").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_parameter_that_is_given_twice_is_refused():
    with pytest.raises(Refusal, match="query_malformed"):
        intake.query(calls.NoQuery, b"member=ann&member=ben")
