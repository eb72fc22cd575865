"""Headers of whatever answers beside routes and pages: documents, static files, webhooks, errors, forms too large."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client, override_settings

from guerdon.core import limits
from guerdon.faces import documents
from guerdon.faces.api import routes
from guerdon.faces.hooks import door as hooks
from guerdon.faces.lane import Lane
from guerdon.faces.pages import Pages
from guerdon.kit import clock
from guerdon.site import wsgi
from tests.security import headers

STATIC = documents.load()


@pytest.fixture(scope="module")
def ask(scratch_database):
    pool = ThreadPoolExecutor(1)
    pages = Pages(wsgi.application, pool)
    lane = Lane(
        routes.ROUTES, now=clock.now, pool=pool, documents=STATIC, hooks=hooks.Hooks(pool), beyond=pages, https=True
    )

    def asked(method, path, body=b""):
        told = []

        async def receive():
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message):
            told.append(message)

        sent = [(b"host", b"localhost"), (b"x-forwarded-proto", b"https")]
        scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": sent}
        asyncio.run(lane(scope, receive, send))
        return told[0]["status"], {name.decode(): value.decode() for name, value in told[0]["headers"]}

    yield asked
    pool.shutdown()


@pytest.mark.parametrize("path", [*sorted(STATIC), "/static/nothing.js", "/hooks/x", "/hooks/stripe/x", "/v1/x", "/x",
                                  "/healthz", "/v1/members", "/design", "/sign-in/", "/console/x/", "/my/x/worker.js",
                                  "/letters/stop/x", "/enter/x", "/invited/x", "/start"])  # fmt: skip
def test_whatever_answers_is_shielded(ask, path):
    for method in ("GET", "POST", "OPTIONS", "BREW"):
        status, told = ask(method, path)
        assert status < 500, (method, path)
        headers.check(told, (method, path, status), https=True)


def test_a_form_that_is_too_large_is_shielded(ask):
    status, told = ask("POST", "/sign-in/", b"x" * (limits.BODY_BYTES_MAX + 1))
    assert status == 413
    headers.check(told, "too large", https=True)


def test_nothing_of_signing_in_is_kept_and_cookies_are_guarded(database):
    secured = {"SECURE_HSTS_SECONDS": 31_536_000, "SECURE_HSTS_INCLUDE_SUBDOMAINS": True}
    with override_settings(**secured, SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True):
        answer = Client(SERVER_NAME="localhost").get("/sign-in/", secure=True)
    headers.check(answer.headers, "/sign-in/", page=True, https=True)
    assert "no-store" in answer.headers["Cache-Control"]
    for cookie in answer.cookies.values():
        assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] in ("Lax", "Strict"), cookie
