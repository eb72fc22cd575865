"""The installation's secret, those it had before, and the next: what is sealed and signed with them."""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FILE_NAME = "secret"
FORMER_NAME = "secret.former"
NEXT_NAME = "secret.next"
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
    return next(iter(_kept(home, FILE_NAME)), "")


def find_former(home: Path) -> list[str]:
    """The secrets that the installation had before, youngest first: from `GUERDON_SECRET_FORMER`, separated by spaces
    or as a JSON list, and from the file in the home folder, one a line or as a JSON list. With them is opened and
    recognised what was made then; nothing new is."""
    given = _listed(os.environ.get("GUERDON_SECRET_FORMER", ""), str.split)
    return [one for one in dict.fromkeys([*given, *_kept(home, FORMER_NAME)]) if one != find(home)]


def find_next(home: Path) -> str:
    """The secret that comes next, from `GUERDON_SECRET_NEXT` or from the file in the home folder; empty where there is
    none. What others make with it already is opened and recognised; nothing is made with it here yet."""
    found = os.environ.get("GUERDON_SECRET_NEXT") or next(iter(_kept(home, NEXT_NAME)), "")
    return "" if found == find(home) else found


def find_others(home: Path) -> list[str]:
    """All with which something is opened and nothing made: the next one, and the former ones, youngest first."""
    return [one for one in dict.fromkeys([find_next(home), *find_former(home)]) if one]


def present() -> bool:
    """Whether the installation has a secret."""
    try:
        return bool(settings.SECRET_KEY)
    except ImproperlyConfigured:  # what Django says of an empty one
        return False


def is_weak(secret: str | None = None) -> bool:
    """Whether the secret is one that is written in manuals, or too short or too uniform to be chance; of the present
    one, unless it is told which."""
    secret = str(settings.SECRET_KEY) if secret is None else secret
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
        _keep(home, seed())
    settings.SECRET_KEY = find(home)


def adopt(home: Path, told: str, mark: str | None) -> None:
    """Give the installation the secrets that a backup brought, as `told` tells them and whose first has this mark: the
    first becomes its own where it has none, and those that it does not know yet become former ones."""
    # A backup from before there was a list held one secret as it was, blanks and all, and for a while several.
    secret, *former = _listed(told, lambda text: [text] if mark in (None, _mark_of(text)) else text.split())
    if not present():
        _keep(home, secret)
    missing = [one for one in former if one not in (find(home), *find_others(home))]
    if missing:
        _replace(home, [*_kept(home, FORMER_NAME), *missing], FORMER_NAME)
    _take(home)


def told() -> str:
    """The secret and the former ones, as a backup keeps them. Whoever has it can read everything."""
    return msgspec.json.encode([_every()[0], *former()]).decode()


def upcoming() -> str:
    """The secret that comes next; empty where there is none."""
    return str(settings.SECRET_NEXT)


def former() -> list[str]:
    """The secrets that the installation had before, youngest first."""
    return [str(one) for one in settings.SECRET_KEY_FALLBACKS if one != settings.SECRET_NEXT]


def first() -> str:
    """The oldest secret that is known here. Raises SecretMissing."""
    return [_every()[0], *former()][-1]


def prepare(home: Path) -> None:
    """Make the secret that comes next, with which everything is opened and nothing sealed."""
    _replace(home, [seed()], NEXT_NAME)
    _take(home)


def renew(home: Path) -> None:
    """Let the next secret of the home folder become the present one, and the present one a former.

    The former stands there before it is replaced, so that a stop in between loses neither; run again it ends the same.
    """
    before, after = find(home), find_next(home)
    if after:
        kept = [one for one in _kept(home, FORMER_NAME) if one not in (before, after)]
        _replace(home, [before, *kept], FORMER_NAME)
        _replace(home, [after], FILE_NAME)
    (home / NEXT_NAME).unlink(missing_ok=True)
    _take(home)


def forget(home: Path, gone: Sequence[str]) -> None:
    """Take away these former secrets of the home folder. Whoever calls it knows that nothing needs them."""
    kept = [one for one in _kept(home, FORMER_NAME) if one not in gone]  # perhaps one that became a former just now
    if kept:
        _replace(home, kept, FORMER_NAME)
    else:
        (home / FORMER_NAME).unlink(missing_ok=True)
    _take(home)


def _take(home: Path) -> None:
    settings.SECRET_KEY, settings.SECRET_NEXT = find(home), find_next(home)
    settings.SECRET_KEY_FALLBACKS = find_others(home)


def _kept(home: Path, name: str) -> list[str]:
    path = home / name
    text = path.read_text().strip() if path.exists() else ""
    lines = text.splitlines() if name == FORMER_NAME else [text]
    return _listed(text, lambda _: [one.strip() for one in lines if one.strip()])


def _listed(text: str, otherwise: Callable[[str], list[str]]) -> list[str]:
    """Secrets as a JSON list tells them, in which any sign may stand; or as people write them."""
    try:
        return msgspec.json.decode(text, type=list[str])
    except msgspec.MsgspecError:
        return otherwise(text)


def _shown(listed: Sequence[str]) -> str:
    """One a line where that can be read again as it is, which people can read and copy; else as a JSON list."""
    plain = all(one.isalnum() for one in listed)
    return "\n".join(listed) if plain else msgspec.json.encode(listed).decode()


def _keep(home: Path, secret: str) -> None:
    # Made under another name and linked into place, so that two first starts at once agree on one secret.
    draft = _drafted(home, [secret], FILE_NAME)
    try:
        os.link(draft, home / FILE_NAME)
    except FileExistsError:
        pass  # another process was first; its secret is the one that counts
    finally:
        draft.unlink()


def _replace(home: Path, listed: Sequence[str], name: str) -> None:
    _drafted(home, listed, name).replace(home / name)
    folder = os.open(home, os.O_RDONLY)
    try:
        os.fsync(folder)  # a power cut must not bring back the other order
    finally:
        os.close(folder)


def _drafted(home: Path, listed: Sequence[str], name: str) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    draft = home / f"{name}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(_shown(listed))
        file.flush()
        os.fsync(file.fileno())
    return draft


def signed(purpose: str, text: str, *, chars: int) -> str:
    """A mark (hex) of so many signs that only this installation can put under a text, for one purpose.

    Raises SecretMissing.
    """
    return _mark(_derived(_every()[0], purpose), text)[:chars]


def is_signed(purpose: str, text: str, mark: str, *, chars: int) -> bool:
    """Whether the mark was put under the text here by `signed`, with the secret, a former one or the next.

    Raises SecretMissing.
    """
    marks = [_mark(_derived(one, purpose), text)[:chars] for one in _every()]
    return any([hmac.compare_digest(mark.encode(), one.encode()) for one in marks])


def marks() -> list[str]:
    """By which the secret and the former ones are known again, in this order; they tell nothing of them."""
    return [_mark_of(one) for one in [_every()[0], *former()]]


def _mark_of(secret: str) -> str:
    return _mark(_derived(secret, "backup"), "secret")


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
