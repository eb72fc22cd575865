"""The installation's secret, and those it had before: what is sealed and signed with them."""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FILE_NAME = "secret"
FORMER_NAME = "secret.former"
_VAULT = "vault"
_HEX_CHARS = 64
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


def find_former(home: Path) -> list[str]:
    """The secrets that the installation had before, youngest first: from `GUERDON_SECRET_FORMER`, separated by spaces,
    and from the file in the home folder. With them is opened and recognised what was made then; nothing new is."""
    path = home / FORMER_NAME
    kept = path.read_text() if path.exists() else ""
    told = [*os.environ.get("GUERDON_SECRET_FORMER", "").split(), *kept.split()]
    return [one for one in dict.fromkeys(told) if one != find(home)]


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


def adopt(home: Path, told: str) -> None:
    """Give the installation, which has none, the secrets that a backup brought, as `told` tells them."""
    secret, *former = told.split()
    _keep(home, secret)
    if former:
        _keep(home, "\n".join(former), FORMER_NAME)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = find(home), find_former(home)


def told() -> str:
    """The secret and the former ones, as a backup keeps them. Whoever has it can read everything."""
    return " ".join(_every())


def renew(home: Path) -> None:
    """Give an installation that keeps its secret in the home folder a new one; the present one becomes a former.

    The former stands there before it is replaced, so that a stop in between loses neither. Raises FileNotFoundError
    where no secret is kept there.
    """
    path = home / FILE_NAME
    _replace(home, "\n".join([path.read_text().strip(), *find_former(home)]), FORMER_NAME)
    _replace(home, seed(), FILE_NAME)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = find(home), find_former(home)


def forget(home: Path) -> None:
    """Take away the former secrets that are kept in the home folder. Whoever calls it knows that nothing needs them."""
    (home / FORMER_NAME).unlink(missing_ok=True)
    settings.SECRET_KEY_FALLBACKS = find_former(home)


def _make(home: Path) -> None:
    _keep(home, secrets.token_hex(_HEX_CHARS // 2))


def _keep(home: Path, text: str, name: str = FILE_NAME) -> None:
    # Made under another name and linked into place, so that two first starts at once agree on one secret.
    draft = _drafted(home, text, name)
    try:
        os.link(draft, home / name)
    except FileExistsError:
        pass  # another process was first; its secret is the one that counts
    finally:
        draft.unlink()


def _replace(home: Path, text: str, name: str) -> None:
    _drafted(home, text, name).replace(home / name)
    folder = os.open(home, os.O_RDONLY)
    try:
        os.fsync(folder)  # a power cut must not bring back the other order
    finally:
        os.close(folder)


def _drafted(home: Path, text: str, name: str) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    draft = home / f"{name}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft


def signed(purpose: str, text: str, *, chars: int) -> str:
    """A mark (hex) of so many signs that only this installation can put under a text, for one purpose.

    Raises SecretMissing.
    """
    return _mark(_derived(_every()[0], purpose), text)[:chars]


def is_signed(purpose: str, text: str, mark: str, *, chars: int) -> bool:
    """Whether the mark was put under the text here by `signed`, with the secret or a former one.

    Raises SecretMissing.
    """
    marks = [_mark(_derived(one, purpose), text)[:chars] for one in _every()]
    return any([hmac.compare_digest(mark.encode(), one.encode()) for one in marks])


def marks() -> list[str]:
    """By which the secret and the former ones are known again, in this order; they tell nothing of them."""
    return [_mark(_derived(one, "backup"), "secret") for one in _every()]


def _mark(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()


def _every() -> list[str]:
    if not present():
        raise SecretMissing
    return [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]


def _derived(secret: str, purpose: str) -> bytes:
    """A 32-byte key for one purpose, so that no two uses of a secret share a key."""
    return hmac.digest(secret.encode(), purpose.encode(), hashlib.sha256)


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


def recovered(purpose: str, covered: str) -> str | None:
    """The same text covered with the secret as it is now; None where it is already.

    Raises ValueError as `uncover` does.
    """
    try:
        _keys(purpose)[0].decrypt(covered.encode())
    except InvalidToken:
        return cover(purpose, uncover(purpose, covered))
    return None


def rewrapped(wrapped_key: str) -> str | None:
    """The same key wrapped with the secret as it is now; None where it is already. Raises ValueError for a key that no
    secret here opens."""
    return recovered(_VAULT, wrapped_key)


def _keys(purpose: str) -> list[Fernet]:
    return [Fernet(base64.urlsafe_b64encode(_derived(one, purpose))) for one in _every()]


def _of(purpose: str) -> MultiFernet:
    return MultiFernet(_keys(purpose))


def fresh_key() -> str:
    """A wrapped key of its own for several contents, each sealed by `seal_under`; dropping it erases them all."""
    return _master().encrypt(Fernet.generate_key()).decode()


def seal_under(wrapped_key: str, content: bytes) -> str:
    """Encrypt with a key that is there; plain ASCII."""
    return Fernet(_master().decrypt(wrapped_key)).encrypt(content).decode()


def unseal_under(wrapped_key: str, sealed: str) -> bytes:
    """The content behind `seal_under`."""
    return Fernet(_master().decrypt(wrapped_key)).decrypt(sealed)


def _master() -> MultiFernet:
    return _of(_VAULT)
