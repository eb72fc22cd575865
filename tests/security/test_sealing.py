"""What is sealed opens as it was sealed, here and for its purpose, or not at all."""

import base64

import pytest
from cryptography.fernet import InvalidToken

from guerdon.kit import secrets


def test_what_was_changed_does_not_open(database):
    key, sealed = secrets.seal("Ann")
    assert secrets.unseal(key, sealed) == "Ann"
    raw = bytearray(base64.urlsafe_b64decode(sealed))
    for place in range(len(raw)):
        changed = bytes([*raw[:place], raw[place] ^ 1, *raw[place + 1 :]])
        with pytest.raises(InvalidToken):
            secrets.unseal(key, base64.urlsafe_b64encode(changed).decode())


def test_what_is_sealed_for_one_purpose_opens_for_no_other(database):
    covered = secrets.cover("sessions", "Ann")
    assert secrets.uncover("sessions", covered) == "Ann"
    assert covered != secrets.cover("sessions", "Ann"), "the same says nothing twice"
    for purpose in ("second factor", "vault", "session"):
        with pytest.raises(ValueError, match="not covered here"):
            secrets.uncover(purpose, covered)
