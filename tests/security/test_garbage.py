"""Whatever bytes come to a page – in its address, query, form, headers or cookies – it is never a mistake of ours."""

import functools
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

import pytest
from django.test import Client

import guerdon
from guerdon.faces.visits import Page
from guerdon.site import urls
from tests.security import world
from tests.security.test_matrix_pages import Houses, address

FACES = Path(guerdon.__file__).parent / "faces"
HOSTILE = {
    "nul": "a%00b", "surrogate": "%ED%A0%80", "no utf-8": "%FF%FE", "long": "x" * 20_000, "digits": "9" * 5_000,
    "deep": quote("[" * 2_000), "exponent": "1e999999", "far": "-999999999-12-31", "controls": "%1b%0d%0a%e2%80%ae",
    "braces": quote("{{7*7}}<script>'\"--;"), "negative": "-1", "bidi": "%F0%9F%87%A7%CC%88" * 60, "cursor": "W10",
}  # fmt: skip
SIGN_IN = ("/sign-in/", "/sign-in/code", "/sign-in/password", "/sign-in/again", "/sign-in/sessions", "/sign-in/places",
           "/sign-in/new-password", "/sign-in/factors/", "/sign-in/factors/authenticate", "/sign-in/again/password",
           "/enter/x", "/invited/x", "/letters/stop/x", "/start", "/design", "/design/x", "/")  # fmt: skip


@functools.cache
def fields() -> list[str]:
    """Every name that a page reads of a query or a form, and those of nothing."""
    found: set[str] = {"a.b.c", "a[]", "tags[]", "price.amount", "__proto__", "next"}
    for path in FACES.rglob("*"):
        if path.suffix in (".html", ".py"):
            text = path.read_text("utf-8")
            found |= set(re.findall(r'name="([\w.\[\]]+)"', text))
            found |= set(re.findall(r'(?:GET|POST|said|asked)\.get(?:list)?\("([\w.\[\]]+)"', text))
    return sorted(found - {"sure", "csrfmiddlewaretoken"})


@pytest.fixture(scope="module")
def houses(scratch_database) -> Iterator[Houses]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        own = world.opened()
        own.staffed("analyst")
        clients = {"staff owner": own.staffed("owner"), "member ann": own.member("ann"), "nobody": Client()}
        for client in clients.values():
            client.raise_request_exception = False
        yield Houses(own, own, clients)
        own.api.close()


def name_of(page: Page) -> str:
    return "member ann" if page.path.startswith("my/") else "staff owner"


def knock(houses: Houses, name: str, method: str, path: str, told: str, **headers: str) -> str | None:
    """What was wrong with the answer, if anything was."""
    kind = "application/x-www-form-urlencoded"
    client = houses.clients[name]
    query, form = (told, "") if method == "GET" else ("", told)
    answer = client.generic(method, path, form, kind, QUERY_STRING=query, **headers)
    if answer.status_code >= 500:
        return f"{method} {path}: {answer.status_code}"
    if method == "POST" and path.endswith("/lock"):
        houses.again(name)
        houses.clients[name].raise_request_exception = False
    return None


def filled(turn: int) -> str:
    """Every field with something hostile, each with another thing, and with another one at the next turn."""
    hostile = list(HOSTILE.values())
    return "&".join(f"{quote(one)}={hostile[(place + turn) % len(hostile)]}" for place, one in enumerate(fields()))


@pytest.mark.parametrize("round_", range(3))
def test_queries_and_forms(houses, round_):
    assert len(fields()) > 60
    wrong = []
    for turn, page in enumerate(urls.PAGES):
        path, told = address(page, houses.own, houses.own), filled(turn + 4 * round_)
        wrong += [knock(houses, name_of(page), method, path, told) for method in page.methods]
    told = filled(round_)
    wrong += [knock(houses, "nobody", method, path, told) for path in SIGN_IN for method in ("GET", "POST")]
    assert [one for one in wrong if one] == []


def test_addresses(houses):
    hostile = cycle(one for one in HOSTILE.values() if len(one) < 6_000)
    wrong = []
    for page in urls.PAGES:
        if page.path.count("<") < 2:
            continue
        for _ in range(4):
            path = re.sub(r"<(?!slug:programme)[^>]+>", lambda _: next(hostile), page.path)
            path = "/" + path.replace("<slug:programme>", houses.own.cafe.key)
            wrong += [knock(houses, name_of(page), method, path, "") for method in page.methods]
    assert [one for one in wrong if one] == []


@pytest.mark.parametrize("kind", ["nul", "no utf-8", "long"])
def test_headers_and_cookies(houses, kind):
    told = unquote_to_bytes(HOSTILE[kind]).decode("latin-1").replace("\0", "")  # no server takes it in a header
    names = ("REFERER", "ACCEPT_LANGUAGE", "HX_REQUEST", "HX_CURRENT_URL", "X_FORWARDED_FOR", "ORIGIN", "IF_NONE_MATCH",
             "USER_AGENT", "X_REQUEST_ID", "ACCEPT", "RANGE")  # fmt: skip
    headers = {f"HTTP_{name}": told for name in names}
    cookies = "; ".join(f"{name}={told}" for name in ("language", "till", "csrftoken", "messages", "sessionid"))
    wrong = [knock(houses, "nobody", "GET", path, "", **headers, HTTP_COOKIE=f"guerdon={told}; {cookies}")
             for path in SIGN_IN]  # fmt: skip
    for page in urls.PAGES:
        path = address(page, houses.own, houses.own)
        if "GET" in page.methods:
            wrong.append(knock(houses, name_of(page), "GET", path, "", **headers))
    assert [one for one in wrong if one] == []
