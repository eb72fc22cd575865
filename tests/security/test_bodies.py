"""A body that is made to cost much – deep, wide, long, with giant numbers – is refused by every route."""

import pytest

from guerdon.core import limits
from guerdon.faces.api import routes
from tests.security import world

TAKING = [one for one in routes.ROUTES if one.takes is not None and one.right != "public"]
LEVELS = 20_000
COSTLY = {
    "deep lists": b"[" * LEVELS + b"]" * LEVELS,
    "deep mappings": b'{"a":' * LEVELS + b"1" + b"}" * LEVELS,
    "deep under a name": b'{"if":' + b'[{"not":' * LEVELS + b"1" + b"}]" * LEVELS + b"}",
    "a giant number": b'{"points":' + b"9" * 100_000 + b"}",
    "a giant exponent": b'{"points":1e999999999}',
    "a long text": b'{"note":"' + b"x" * 100_000 + b'"}',
    "a long name": b'{"' + b"x" * 100_000 + b'":1}',
    "many names": b"{" + b",".join(b'"n%d":1' % place for place in range(20_000)) + b"}",
    "a wide list": b'{"if":[' + b",".join([b'{"tier":{"in":["gold"]}}'] * 20_000) + b"]}",
}


@pytest.mark.parametrize("name", COSTLY)
def test_costly_bodies_are_refused(api, name):
    assert len(TAKING) > 60
    wrong = []
    for one in TAKING:
        answer = api.send(one.method, _address(one.path), body=COSTLY[name])
        if not 400 <= answer.status < 500:
            wrong.append((one.name, answer.status))
    assert wrong == []


def _address(path: str) -> str:
    """The address with something in it that is there nowhere."""
    return world.re.sub(r"{(\w+)}", lambda name: "mem_" + "0" * 31 + "1" if name[1] == "id" else "x", path)


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ([{"any": [{"tier": {"in": ["gold"]}}] * 60}, {"any": [{"tier": {"in": ["gold"]}}] * 60}], "123"),
        ([{"not": {"not": {"not": {"not": {"not": {"not": {"last": {"days_min": 1}}}}}}}}], "levels"),
        ([{"balance": {"unit": "points", "min": 2**63 - 1}}], "possible"),
        ([{"segment": {"in": ["s"] * (limits.CHOICES_MAX + 1)}}], "possible"),
        ([{"segment": {"in": ["s" * 2_000]}}], "possible"),
    ],
)
def test_filters_of_the_api_are_bounded_like_rules(api, condition, reason):
    api.shop.publish(languages=["en"])
    answer = api.post("/v1/segments", {"key": "s", "name": {"en": "s"}, "why": "w", "if": condition})
    assert answer.code == "segment_invalid"
    assert reason in str(answer.json["facts"]), answer.json
