"""Whatever bytes come, the answer is one of those described; never a mistake of ours."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guerdon.faces.api import examples, routes
from tests.faces.api.test_activities import purchase
from tests.faces.api.test_rights import knock

SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
BODIES = [endpoint for endpoint in routes.ROUTES if endpoint.takes is not None]
QUERIES = [endpoint for endpoint in routes.ROUTES if endpoint.query is not None]

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(2**63 - 2, 2**63 + 2)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.text(st.characters(categories=["Cc", "Mn", "Co", "So"]), max_size=5)
    | st.sampled_from(["", "mem_" + "0" * 32, "2026-02-30T00:00:00Z", "0001-01-01T00:00:00-14:00",
                       "9999-12-31T23:59:59Z", "EUR", "return", "purchase", "a@b.cd", "x" * 3000])
)  # fmt: skip
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def places(value, path=()):
    """Every place inside a JSON value."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in inner:
        yield from places(item, (*path, name))


def changed(value, path, new):
    """The value with another one at the place."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy


def sound(answer):
    """Answers are the described ones (the door checks that) and never a mistake of ours."""
    assert answer.status < 500, answer.body
    if answer.status >= 400:
        assert answer.json["detail"]


@pytest.mark.parametrize("endpoint", BODIES, ids=lambda one: one.name)
@SHARED
@given(raw=st.binary(max_size=300) | st.text(max_size=200).map(str.encode) | VALUES.map(json.dumps).map(str.encode))
def test_raw_bytes(api, endpoint, raw):
    shown = examples.EXAMPLES[endpoint.name]
    path = endpoint.path.replace("{id}", str(shown.path.get("id")))
    sound(api.send(endpoint.method, path, body=raw, headers={"if-match": "*"}))


@pytest.mark.parametrize("endpoint", BODIES, ids=lambda one: one.name)
@SHARED
@given(data=st.data())
def test_one_place_of_a_good_body_changed(api, endpoint, data):
    shown = examples.EXAMPLES[endpoint.name]
    body = shown.body
    body = json.loads(json.dumps(body))
    path = data.draw(st.sampled_from(list(places(body))))
    body = changed(body, path, data.draw(VALUES))
    address = endpoint.path.replace("{id}", str(shown.path.get("id")))
    raw = json.dumps(body, ensure_ascii=data.draw(st.booleans())).encode("utf-8", "surrogatepass")
    answer = api.send(endpoint.method, address, body=raw, headers={"if-match": "*"}, parts=data.draw(st.integers(1, 4)))
    sound(answer)


def leaves(value, kind):
    """The places of a JSON value where such a thing stands."""
    for path in places(value):
        inner = value
        for step in path:
            inner = inner[step]
        if type(inner) is kind:
            yield path


@pytest.mark.parametrize("endpoint", BODIES, ids=lambda one: one.name)
@pytest.mark.parametrize(
    ("kind", "wrong", "reason"),
    [
        (str, "a\0b", "nul"),
        (str, "x", "too_long"),
        (int, 2**63, "out_of_range"),
        (int, -(10**40), "out_of_range"),
    ],
)
def test_the_gate_guards_every_place(api, endpoint, kind, wrong, reason):
    shown = examples.EXAMPLES[endpoint.name]
    wrong = wrong * (endpoint.chars_max + 1) if reason == "too_long" else wrong
    body = shown.body | {"attributes": {"a": 1, "b": "c"}} if endpoint.tag == "Members" else shown.body
    path = endpoint.path.replace("{id}", str(shown.path.get("id")))
    for place in leaves(body, kind):
        answer = api.send(endpoint.method, path, body=changed(body, place, wrong), headers={"if-match": "*"})
        assert (answer.status, answer.code) == (422, "input_refused"), (place, answer.body)
        assert answer.json["errors"] == [
            {
                "pointer": "".join(f"/{step}" for step in place),
                "reason": reason,
                "message": answer.json["errors"][0]["message"],
            }
        ]


@pytest.mark.parametrize("endpoint", QUERIES, ids=lambda one: one.name)
@SHARED
@given(data=st.data())
def test_queries(api, endpoint, data):
    shown = examples.EXAMPLES[endpoint.name]
    names = st.sampled_from(endpoint.query.__struct_fields__) | st.text(st.characters(codec="ascii"), max_size=5)
    values = st.text(st.characters(codec="ascii"), max_size=20) | st.sampled_from(
        [
            "parked",
            "true",
            "0",
            "1",
            "-1",
            "999999999999999999999",
            "%00",
            "%ED%A0%80",
            "%FF",
            "WyJhIl0",
            "W10",
            "W1tdXQ",
        ]
    )
    query = "&".join(
        f"{name}={value}" for name, value in data.draw(st.lists(st.tuples(names, values), max_size=4))
    ).replace("?", "")
    path = endpoint.path.replace("{id}", str(shown.path.get("id"))).replace("{number}", "1")
    sound(api.send(endpoint.method, f"{path}?{query}", body=shown.body))


@SHARED
@given(step=st.text(max_size=60))
def test_paths(api, step):
    step = step.replace("?", "").replace("/", "") or "x"
    for path in ("/v1/members/", "/v1/activities/", "/v1/adjustments/", "/v1/programme/versions/"):
        sound(api.get(path + step))
    sound(api.get("/v1/members/" + step + "/lots"))
    sound(api.get("/" + step))


@SHARED
@given(name=st.sampled_from(["idempotency-key", "if-match", "accept-language", "x-request-id", "content-type",
                             "authorization"]),
       value=st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=300))  # fmt: skip
def test_headers(api, name, value):
    answer = api.post("/v1/activities", purchase(), headers={name: value})
    assert answer.status < 500
    assert "\n" not in "".join(answer.headers.values())


def test_everything_in_the_examples_is_taken(api):
    """The bodies of the description are good ones."""
    api.post("/v1/members", {"cards": ["AURORA 1001"]})
    api.post("/v1/members", {"external_ids": ["ben"]})
    for name in ("activities.record", "activities.record_batch", "adjustments.make"):
        (endpoint,) = [one for one in routes.ROUTES if one.name == name]
        answer = knock(api, endpoint)
        assert answer.status in (200, 201), answer.body
