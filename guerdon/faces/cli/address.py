"""Where people reach the installation: where its operator says, else where it serves just now."""

import socket
from typing import Final
from urllib.parse import urlsplit

import msgspec

from guerdon.faces.cli import installation, terminal

HOST: Final = "127.0.0.1"
PORT: Final = 8_000
FILE_NAME: Final = "serving.json"
_PROBE_SECONDS: Final = 0.5


class Served(msgspec.Struct, frozen=True):
    """What a server says of itself to the commands that are run beside it."""

    url: str  # without a slash at its end
    demo: bool  # whether its links may be followed again and again


def remember(url: str) -> None:
    """Let commands that are run beside this server know where it is; the last that came up is the one they name."""
    from django.conf import settings

    path = installation.home() / FILE_NAME
    draft = path.with_name(f"{FILE_NAME}.new")
    try:
        draft.write_bytes(msgspec.json.encode(Served(url, settings.DEMO)))
        draft.replace(path)
    except OSError as error:  # a data folder that only others may write; GUERDON_URL tells commands as well
        terminal.note(f"Commands beside it can't know its address ({error.strerror}); tell them: GUERDON_URL={url}")


def forget(url: str) -> None:
    """This server has ended. What another one said meanwhile stays."""
    found = _read()
    if found is not None and found.url == url:
        (installation.home() / FILE_NAME).unlink(missing_ok=True)


def served() -> Served | None:
    """The server that is up now; None where none is. One that was killed has left its word but answers no more."""
    found = _read()
    if found is None:
        return None
    at = urlsplit(found.url)
    try:
        socket.create_connection((at.hostname, at.port), timeout=_PROBE_SECONDS).close()
    except OSError:
        return None
    return found


def base(own: str = "") -> str:
    """What links begin with: GUERDON_URL, else the caller's own address, else where it serves now or by itself will."""
    from django.conf import settings

    if settings.PUBLIC_URL or own:
        return str(settings.PUBLIC_URL or own)
    found = served()
    return found.url if found is not None else f"http://{HOST}:{PORT}"


def again() -> bool:
    """Whether links to the server that is up now open again after they were followed."""
    found = served()
    return found is not None and found.demo


def validity(*, again: bool, many: bool = False) -> str:
    """What is true of a link that lets somebody in, or of each of many."""
    subject = "Each" if many else "It"
    if again:
        return f"{subject} lets in whoever has it, for a day and as often as you like: this is the demo."
    return f"{subject} lets in whoever has it, once, within a day."


def _read() -> Served | None:
    try:
        return msgspec.json.decode((installation.home() / FILE_NAME).read_bytes(), type=Served)
    except (OSError, msgspec.MsgspecError):
        return None  # nobody serves, or another version does: it is only a memory
