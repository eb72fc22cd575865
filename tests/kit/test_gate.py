"""The gate: clean input passes as it is, and what passes means the same in Python, SQLite and PostgreSQL."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.kit import gate


def refused(body):
    with pytest.raises(Refusal) as caught:
        gate.clean(body)
    return caught.value.code, caught.value.facts.get("reason")


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": 1}',
        '{"име": "Анна"}'.encode(),
        b'"' + b"x" * limits.TEXT_CHARS_MAX + b'"',
        b'[{"a": "b\\n"}]',
        b'"1234567890123456789"',
    ],
)
def test_clean_input_passes_as_it_is(body):
    assert json.loads(gate.clean(body)) == json.loads(body)


@pytest.mark.parametrize(
    ("body", "code", "reason"),
    [
        (b'"a\\u0000b"', "input_refused", "nul"),
        (b'{"a\\u0000": 1}', "input_refused", "nul"),
        (b'"' + b"x" * (limits.TEXT_CHARS_MAX + 1) + b'"', "input_refused", "too_long"),
        (b'["' + b'\\"' * 1500 + b"x" * 600 + b'"]', "input_refused", "too_long"),
        (b"9223372036854775808", "input_refused", "out_of_range"),
        (b"-9223372036854775809", "input_refused", "out_of_range"),
        (b'{"a": [' + b"9" * 40 + b"]}", "input_refused", "out_of_range"),
        (b'"\\ud800"', "json_malformed", None),
        (b'"\\udc00x"', "json_malformed", None),
        (b'"\\ud800\\u0041"', "json_malformed", None),
        (b'"\xed\xa0\x80"', "json_malformed", None),
        (b'"\xff"', "json_malformed", None),
        (b'{"\\u0061": ' + b"[" * 30 + b"]" * 30 + b"}", "input_refused", "too_deep"),
        (b'{"\\u0061": ' + b"[" * 100_000, "json_malformed", None),
        (b'{"\\u0061"', "json_malformed", None),
    ],
)
def test_what_is_refused(body, code, reason):
    assert refused(body) == (code, reason)


@pytest.mark.parametrize(
    "body", [b"9223372036854775807", b"-9223372036854775808", b'"\\u00e9"', b'"\\ud83d\\ude00"', b"[1e300]"]
)
def test_the_edges_pass(body):
    assert json.loads(gate.clean(body)) == json.loads(body)


def test_texts_are_composed():
    apart = unicodedata.normalize("NFD", "Анна Café й")
    for body in (json.dumps(apart).encode(), json.dumps(apart, ensure_ascii=False).encode()):
        assert json.loads(gate.clean(body)) == "Анна Café й"
    assert json.loads(gate.clean(json.dumps({apart: [apart]}).encode())) == {"Анна Café й": ["Анна Café й"]}


def test_a_mark_after_an_escape_breaks_nothing():
    assert json.loads(gate.clean('"\\n\u0301"'.encode())) == "\n\u0301"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(JSON, st.booleans())
def test_what_passes_is_what_was_sent_composed(value, escaped):
    body = json.dumps(value, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    try:
        clean = gate.clean(body)
    except Refusal as refusal:
        assert refusal.code in ("input_refused", "json_malformed")
        return
    assert unicodedata.normalize("NFC", json.dumps(json.loads(clean), sort_keys=True, ensure_ascii=False)) == (
        unicodedata.normalize("NFC", json.dumps(json.loads(body), sort_keys=True, ensure_ascii=False))
    )
    assert "\\u0000" not in json.dumps(json.loads(clean))


@pytest.mark.parametrize(("value", "reason"), [("a\0b", "nul"), ("x" * 2001, "too_long"), ("\ud800", "surrogate")])
def test_texts_from_elsewhere(value, reason):
    with pytest.raises(Refusal) as caught:
        gate.text(value, pointer="?a")
    assert caught.value.facts["reason"] == reason
    assert gate.text("Cafe\u0301", pointer="?a") == "Café"
