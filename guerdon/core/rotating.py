"""Codes that change every half minute: what a member's phone shows instead of a card, also without a network.

They are time-based one-time passwords (RFC 6238, HMAC-SHA-256, eight digits) behind the member's id, so a picture of
one is worth nothing a minute later.
"""

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Final

from guerdon.core import errors

CODE_STALE = errors.declare("spent", "code_stale")

PREFIX: Final = "GDN1"
PERIOD_SECONDS: Final = 30
DIGITS: Final = 8
SKEW: Final = 1  # how many periods a phone's clock may be before or behind
_ID_CHARS: Final = 26  # of an id of 16 bytes in base 32


def shown(member_id: str, secret: bytes, at: datetime) -> str:
    """What the phone of the member shows at the instant, fit for the alphanumeric mode of a QR code."""
    name = base64.b32encode(bytes.fromhex(member_id)).decode().rstrip("=")
    return f"{PREFIX}-{name}-{_code(secret, _step(at))}"


def member_of(text: str) -> str | None:
    """Whose code it is, true or not; None where it is no code of this kind at all."""
    if not text.isascii():
        return None
    prefix, _, rest = text.strip().upper().partition("-")
    name, _, digits = rest.partition("-")
    if prefix != PREFIX or len(name) != _ID_CHARS or len(digits) != DIGITS or not digits.isdecimal():
        return None
    try:
        return base64.b32decode(name + "=" * (-len(name) % 8)).hex()
    except ValueError:
        return None


def check(text: str, secret: bytes, at: datetime) -> None:
    """Refuse a code that is not one of this minute. Raises `code_stale`."""
    if not is_of(text, secret, at):
        raise CODE_STALE()


def is_of(text: str, secret: bytes, at: datetime) -> bool:
    """Whether a code is one of the minute around the instant."""
    digits, step = text.strip().rpartition("-")[2], _step(at)
    now = [_code(secret, each) for each in range(max(0, step - SKEW), step + SKEW + 1)]
    # All are compared, in constant time, so that nobody learns from how long it takes.
    return any([hmac.compare_digest(digits, code) for code in now])


def _step(at: datetime) -> int:
    return int(at.timestamp()) // PERIOD_SECONDS


def _code(secret: bytes, step: int) -> str:
    """The code of a period (RFC 4226, 5.3, over the digest of RFC 6238)."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), hashlib.sha256)
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"
