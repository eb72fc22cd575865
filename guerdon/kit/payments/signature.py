"""Whether news were signed by who shares a secret with us: `t=…,v1=…` over the time and the very bytes."""

import hashlib
import hmac
import os
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from guerdon.core import errors
from guerdon.kit import clock

SIGNATURE_INVALID = errors.declare("forbidden", "signature_invalid")

SECRETS: Final = "GUERDON_STRIPE_WEBHOOK_SECRETS"
TOLERANCE_SECONDS: Final = 300
_DIGITS: Final = re.compile(r"[0-9]{1,12}\Z")


def secrets() -> list[str]:
    """The signing secrets, several while one is being replaced by another; separated by commas."""
    return [one.strip() for one in os.environ.get(SECRETS, "").split(",") if one.strip()]


def check(header: str, body: bytes, known: Sequence[str], *, now: datetime) -> None:
    """Accept what any of the secrets has signed within the last minutes. Raises `signature_invalid`.

    Every secret is tried on every signature, each in constant time, so that nothing is learnt from how long it takes.
    """
    parts = [part.partition("=") for part in header.split(",")]
    times = [value for name, _, value in parts if name.strip() == "t"]
    given = [value.strip() for name, _, value in parts if name.strip() == "v1"]
    if len(times) != 1 or not _DIGITS.match(times[0]) or not given or not known:
        raise SIGNATURE_INVALID()
    signed = times[0].encode() + b"." + body
    right = False
    for secret in known:
        expected = hmac.digest(secret.encode(), signed, hashlib.sha256).hex()
        for one in given:
            right |= hmac.compare_digest(expected.encode(), one.encode())
    seconds = clock.micros(now) // 1_000_000
    if not right or abs(seconds - int(times[0])) > TOLERANCE_SECONDS:
        raise SIGNATURE_INVALID()
