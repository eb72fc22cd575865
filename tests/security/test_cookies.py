"""Cookies by https: their names bind them to this very host, scripts read none, and other sites send none along."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client, RequestFactory, override_settings

from guerdon.engine import staff
from guerdon.faces.signin import entry
from guerdon.faces.waits import any_in
from guerdon.kit import clock
from guerdon.kit.audit import Actor
from tests.house import source
from tests.shop import Shop

OF_SETTINGS = """
import json
from guerdon.site import settings as s
print(json.dumps([
    [s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE],
    [s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.CSRF_COOKIE_HTTPONLY],
    [s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS],
]))
"""


@pytest.mark.parametrize(
    ("https", "expected"),
    [
        ("1", [["__Host-guerdon", True], ["__Host-csrf", True, True], [31_536_000, True]]),
        ("0", [["guerdon", False], ["csrftoken", False, True], [0, False]]),
    ],
)
def test_settings_bind_cookies_to_the_host_and_browsers_to_https(tmp_path, https, expected):
    environment = {**os.environ, "GUERDON_HTTPS": https, "GUERDON_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", OF_SETTINGS], env=environment, cwd=source.ROOT, check=True, capture_output=True
    )
    assert json.loads(done.stdout) == expected


@pytest.mark.parametrize(("https", "prefix"), [(True, "__Host-"), (False, "")])
def test_a_language_is_kept_under_the_name_of_the_host(database, https, prefix):
    client = Client(SERVER_NAME="localhost")
    with override_settings(HTTPS=https):
        told = client.get("/sign-in/?language=bg", secure=True).cookies[f"{prefix}language"]
        assert '<html lang="bg">' in client.get("/sign-in/", secure=True).content.decode()
    assert told["path"] == "/" and not told["domain"] and told["httponly"] and told["samesite"] == "Lax"
    assert bool(told["secure"]) is https


def test_a_till_is_known_by_a_cookie_of_its_own_pages(database):
    shop, client = Shop(), Client(SERVER_NAME="localhost")
    dora, by = f"dora@{shop.key}.example", Actor("operator", "operator")
    staff.appoint(
        programme_id=shop.programme_id, email=dora, name="Dora", role="cashier", by=by, now=clock.now()
    )  # fmt: skip
    client.get(entry.link(email=dora, to="/"))
    with override_settings(HTTPS=True):
        sent = {"store": "centre", "number": "1"}
        told = client.post(f"/till/{shop.key}/device", sent, secure=True).cookies["__Secure-till"]
        assert client.get(f"/till/{shop.key}/", secure=True).status_code == 200
    assert told["path"] == f"/till/{shop.key}/" and told["secure"] and told["httponly"] and told["samesite"] == "Lax"


@pytest.mark.parametrize("name", ["waits", "__Host-waits"])
def test_what_waits_at_a_till_is_seen_by_http_and_by_https(name):
    asked = RequestFactory().get("/")
    asked.COOKIES[name] = "1"
    assert any_in(asked)
    script = (source.ROOT / "guerdon/faces/design/static/till.js").read_text("utf-8")
    assert '"__Host-waits=1; secure"' in script and "document.cookie = `${cookie}; path=/; samesite=lax" in script
