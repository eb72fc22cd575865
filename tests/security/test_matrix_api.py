"""Every route × role, scope and nobody × own and other programme: who may not come in is refused, and told nothing."""

import re
from collections.abc import Iterator

import pytest

from guerdon.core import rights
from guerdon.faces.api import routes
from tests.faces.api import door
from tests.security import headers, world

ROUTES = routes.ROUTES
PUBLIC = ["pictures.show", "health.alive", "health.ready"]
# What the programme or its law forbids to whoever has the right.
LOOKS = {"privacy.list_lookups", "privacy.read_download", "privacy.read_files"}  # they tell that we have looked
BEYOND_THE_DOOR = {"clock_is_real", "rights_beyond", "own_draft", "own_adjustment"}
# How times, and what is sealed, differ between two answers that say the same.
CHANGING = re.compile(
    rb'\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)|"age_seconds":\d+|"next":"[^"]*"|"(?:secret|shown|rotating)":"[^"]*"'
)


@pytest.fixture(scope="module")
def own(scratch_database) -> Iterator[world.World]:
    """Our programme, in which everything has happened once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        found = world.opened()
        yield found
        found.api.close()


@pytest.fixture(scope="module")
def before(own) -> dict[str, bytes]:
    """What every route that reads answered before anything happened in another programme."""
    readings(own)  # what is counted when it is first looked at has been counted
    return readings(own)


@pytest.fixture(scope="module")
def other(own, before) -> Iterator[world.World]:
    """Another programme, in which everything has happened, too, after ours was looked at."""
    found = world.opened()
    yield found
    found.api.close()


def readings(one: world.World) -> dict[str, bytes]:
    """What every route that reads answers, without what time changes."""
    found = {}
    for endpoint in ROUTES:
        if endpoint.method == "GET" and endpoint.right != "public":
            path, _ = one.request(endpoint)
            found[endpoint.name] = CHANGING.sub(b"", one.api.get(path).body)
    return found


def quiet(answer: door.Answer, words: set[str], cell: object, sent: str = "") -> None:
    """Nothing of what is another's stands in an answer, other than what the caller has told itself."""
    if answer.headers:
        headers.check(answer.headers, cell)
        assert answer.headers["cache-control"] == "no-store", cell
    told = (answer.body + str(answer.headers).encode()).lower()
    seen = [one for one in words if one.lower().encode() in told and one not in sent]
    assert not seen, (cell, seen, answer.body[:500])


def test_urls_and_description_agree():
    told = {
        (method.upper(), path): operation["security"]
        for path, operations in door.description()["paths"].items()
        for method, operation in operations.items()
    }
    assert told == {
        (one.method, one.path): [] if one.right == "public" else [{"key": [one.right]}] for one in ROUTES
    }, "an address that is not described, described otherwise, or described without being there"
    assert [one.name for one in ROUTES if one.right == "public"] == PUBLIC


def test_each_right_and_each_role_opens_its_routes_and_no_other(own):
    keys = world.every_scope(own)
    roles = {f"role {role}": own.api.new_key(rights.of(role), name=f"{own.mark} {role}") for role in rights.ROLES}
    nothing = {"no right": own.api.new_key([], name="nothing")}
    may = {name: {name} for name in keys} | {f"role {role}": rights.of(role) for role in rights.ROLES}
    words = own.secret_words()
    for endpoint in ROUTES:
        path, body = own.request(endpoint)
        for name, key in (keys | roles | nothing).items():
            if endpoint.right in may.get(name, ()) or endpoint.right == "public":
                continue  # below
            answer = own.api.send(endpoint.method, path, body=body, headers=world.HEAD, key=key)
            cell = (endpoint.name, name)
            assert (answer.status, answer.code) == (403, "scope_missing"), cell
            assert answer.json["facts"] == {"scope": endpoint.right}, cell
            quiet(answer, words, cell)
        for key in {
            keys.get(endpoint.right, ""),
            *(
                roles[f"role {one}"]
                for one in rights.ROLES
                if endpoint.method == "GET" and endpoint.right in rights.of(one)
            ),
        }:
            answer = own.api.send(endpoint.method, path, body=body, headers=world.HEAD, key=key or None)
            past = answer.status not in (401, 403) or answer.code in BEYOND_THE_DOOR
            past = past or answer.json["facts"].get("scope") not in (None, endpoint.right)  # what a field needs beside
            assert past and answer.status < 500, (endpoint.name, answer.body)


def test_nobody_opens_nothing(own):
    words = own.secret_words()
    for endpoint in world.routed():
        path, body = own.request(endpoint)
        for shown in ("", "Bearer gdn_" + "0" * 32 + "_" + "a" * 43):
            headers = world.HEAD | ({"authorization": shown} if shown else {})
            answer = own.api.send(endpoint.method, path, body=body, headers=headers, key="")
            assert (answer.status, answer.code) == (401, "key_invalid" if shown else "key_missing"), endpoint.name
            assert answer.headers["www-authenticate"] == "Bearer"
            quiet(answer, words, endpoint.name)


def test_what_happens_elsewhere_changes_no_answer(own, before, other):
    """No count, no sum, no order and no page knows of another programme."""
    after = readings(own)
    assert {name for name in after if after[name] != before[name]} - LOOKS == set()
    words = other.secret_words() | {other.cafe.brand}
    for name, body in after.items():
        quiet(door.Answer(200, {}, body), words, name)


def test_ids_of_another_programme_are_unknown_here(own, other):
    """Each route with ids, codes and names of the other programme and a key of ours: nothing is found, nothing done."""
    readings(other)
    untouched = readings(other)
    words = other.secret_words() | {other.cafe.brand}
    for endpoint in world.routed():
        path, body = other.request(endpoint)
        answer = own.api.send(endpoint.method, path, body=body, headers=world.HEAD)
        cell = (endpoint.name, answer.status, answer.body[:300])
        assert answer.status < 500, cell
        sent = f"{path} {body}"
        quiet(answer, words, endpoint.name, sent)
        if any(one in path for one in words):
            assert answer.status in (404, 409, 422), cell
            assert answer.status == 404 or answer.code in ("value_refused", "draft_invalid"), cell
    now = readings(other)
    differing = {name: (body, now[name]) for name, body in untouched.items() if now[name] != body and name not in LOOKS}
    assert not differing
