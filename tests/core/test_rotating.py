"""Rotating codes: the published vectors, a minute of grace, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import rotating
from guerdon.core.errors import Refusal

SECRET = b"12345678901234567890123456789012"
ANN = "01a21e6db1fc739995d6aaac53ba6b9c"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "46119246"), (1111111109, "68084774"), (1111111111, "67062674"), (1234567890, "91819424"),
     (2000000000, "90698825"), (20000000000, "77737706")],
)  # fmt: skip
def test_gives_what_rfc_6238_gives(seconds, code):
    """Appendix B, the rows of SHA256."""
    at = datetime.fromtimestamp(seconds, UTC)
    assert rotating.shown(ANN, SECRET, at).rpartition("-")[2] == code


@given(st.uuids(), st.binary(min_size=32, max_size=32), st.integers(0, 2**33), st.integers(-120, 120))
def test_is_right_for_a_minute_and_stale_afterwards(who, secret, seconds, later):
    at = datetime.fromtimestamp(seconds, UTC)
    code = rotating.shown(who.hex, secret, at)
    assert rotating.member_of(f" {code.lower()} ") == who.hex
    now = at + timedelta(seconds=later)
    steps = abs(int(now.timestamp()) // 30 - seconds // 30)
    if steps <= 1:
        rotating.check(code, secret, now)
    elif steps > 2:  # another period's code may be the same by chance, once in a hundred million
        with pytest.raises(Refusal, match="code_stale"):
            rotating.check(code, secret, now)


def test_what_is_no_rotating_code_is_none():
    for text in ("", "4711", "ann@example.com", "GDN1-", "GDN1-AAAA-12345678", "GDN1-" + "1" * 26 + "-12345678"):
        assert rotating.member_of(text) is None
