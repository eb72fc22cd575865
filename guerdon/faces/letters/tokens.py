"""Tokens of links that stop letters: signed, for one member and one kind; they open nothing else and never end."""

import base64
import binascii
import hashlib
import hmac
from typing import Final, NamedTuple

from guerdon.core import letters as law
from guerdon.core.letters import Stoppable
from guerdon.kit import digests

PATH: Final = "/letters/stop/"
_ID_BYTES: Final = 16
_SIGNATURE_BYTES: Final = 16
_CHARS_MAX: Final = 120


class Token(NamedTuple):
    """Whose letters of which kind."""

    programme_id: str
    member_id: str
    kind: Stoppable


def made(programme_id: str, member_id: str, kind: str) -> str:
    """The token of a member and a kind, always the same."""
    body = bytes.fromhex(programme_id) + bytes.fromhex(member_id) + kind.encode()
    return base64.urlsafe_b64encode(_signed(body) + body).rstrip(b"=").decode()


def read(token: str) -> Token:
    """What a token says. Raises `stop_invalid` for what was not made here."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise law.STOP_INVALID() from error
    signature, body = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
    if len(token) > _CHARS_MAX or not hmac.compare_digest(signature, _signed(body)):
        raise law.STOP_INVALID()
    kind = body[2 * _ID_BYTES :].decode()
    found: Stoppable | None = next((one for one in law.STOPPABLE if one == kind), None)
    if found is None:
        raise law.STOP_INVALID()
    return Token(body[:_ID_BYTES].hex(), body[_ID_BYTES : 2 * _ID_BYTES].hex(), found)


def _signed(body: bytes) -> bytes:
    return hmac.digest(digests.derived("letters.stop"), body, hashlib.sha256)[:_SIGNATURE_BYTES]
