"""The installation's secret and what is derived from it: keyed digests, sealed personal data."""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FILE_NAME = "secret"
_HEX_CHARS = 64
_NUMBER_BYTES = 8
_CHARS_MIN = 32
_DIFFERENT_CHARS_MIN = 8


class SecretMissing(Exception):
    """The installation has no secret: nothing private can be found, sealed or opened."""


def find(home: Path) -> str:
    """The installation's secret: from `GUERDON_SECRET`, or from the file in the home folder; empty where there is none.

    Nothing is made: reading leaves no traces, and a new secret beside sealed data would only hide that theirs is lost.
    """
    given = os.environ.get("GUERDON_SECRET")
    if given:
        return given
    path = home / FILE_NAME
    return path.read_text().strip() if path.exists() else ""


def present() -> bool:
    """Whether the installation has a secret."""
    try:
        return bool(settings.SECRET_KEY)
    except ImproperlyConfigured:  # what Django says of an empty one
        return False


def is_weak() -> bool:
    """Whether the secret is one that is written in manuals, or too short or too uniform to be chance."""
    secret = str(settings.SECRET_KEY)
    told = secret.lower()
    return (
        len(secret) < _CHARS_MIN
        or len(set(secret)) < _DIFFERENT_CHARS_MIN
        or any(word in told for word in ("insecure", "changeme", "change-me", "change_me", "secret", "password"))
    )


def provide(home: Path) -> None:
    """Give the installation a secret where it has none. Whoever calls it knows that nothing is sealed with another."""
    if present():
        return
    if not find(home):
        _make(home)
    settings.SECRET_KEY = find(home)


def adopt(home: Path, secret: str) -> None:
    """Give the installation, which has none, the secret that a backup brought."""
    _keep(home, secret)
    settings.SECRET_KEY = find(home)


def _make(home: Path) -> None:
    _keep(home, secrets.token_hex(_HEX_CHARS // 2))


def _keep(home: Path, secret: str) -> None:
    home.mkdir(parents=True, exist_ok=True)
    # Made under another name and linked into place, so that two first starts at once agree on one secret.
    draft = home / f"{FILE_NAME}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, home / FILE_NAME)
    except FileExistsError:
        pass  # another process was first; its secret is the one that counts
    finally:
        draft.unlink()


def derived(purpose: str) -> bytes:
    """A 32-byte key for one purpose, so that no two uses of the installation's secret share a key.

    Raises SecretMissing.
    """
    if not present():
        raise SecretMissing
    return hmac.digest(settings.SECRET_KEY.encode(), purpose.encode(), hashlib.sha256)


def digest(purpose: str, text: str) -> str:
    """A keyed digest (hex) of a value that must be found again but not read."""
    return hmac.digest(derived(purpose), text.encode(), hashlib.sha256).hex()


def numbers(purpose: str, texts: Iterable[str]) -> list[int]:
    """A keyed number of 64 bits for each value: enough to find it again, and half as long as what could be told apart
    for certain."""
    key = derived(purpose)
    return [
        int.from_bytes(hmac.digest(key, text.encode(), hashlib.sha256)[:_NUMBER_BYTES], "big", signed=True)
        for text in texts
    ]


def seed() -> str:
    """32 bytes of chance (hex) that nobody can guess."""
    return secrets.token_hex(_HEX_CHARS // 2)


def seal(text: str) -> tuple[str, str]:
    """Encrypt with a fresh key of its own; answers (wrapped key, sealed text). Dropping the key erases the text.

    Both are plain ASCII.
    """
    key = Fernet.generate_key()
    return _master().encrypt(key).decode(), Fernet(key).encrypt(text.encode()).decode()


def unseal(wrapped_key: str, sealed: str) -> str:
    """The text behind `seal`."""
    return Fernet(_master().decrypt(wrapped_key)).decrypt(sealed).decode()


def cover(purpose: str, text: str) -> str:
    """Encrypt what only this installation shall read, for one purpose; plain ASCII."""
    return _of(purpose).encrypt(text.encode()).decode()


def uncover(purpose: str, covered: str) -> str:
    """The text behind `cover`. Raises ValueError for what was not covered here, for this purpose."""
    try:
        return _of(purpose).decrypt(covered.encode()).decode()
    except InvalidToken as error:
        raise ValueError(f"this was not covered here for {purpose}") from error


def _of(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived(purpose)))


def fresh_key() -> str:
    """A wrapped key of its own for several contents, each sealed by `seal_under`; dropping it erases them all."""
    return _master().encrypt(Fernet.generate_key()).decode()


def seal_under(wrapped_key: str, content: bytes) -> str:
    """Encrypt with a key that is there; plain ASCII."""
    return Fernet(_master().decrypt(wrapped_key)).encrypt(content).decode()


def unseal_under(wrapped_key: str, sealed: str) -> bytes:
    """The content behind `seal_under`."""
    return Fernet(_master().decrypt(wrapped_key)).decrypt(sealed)


def _master() -> Fernet:
    return _of("vault")
