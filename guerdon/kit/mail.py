"""Mail: where it is handed in, and what became of handing one in, without a word of whose it was."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from guerdon.core import limits

_PORTS: Final = {"smtp": 587, "smtps": 465}
_PASSING: Final = range(400, 500)  # what a server answers where the same may be taken later (RFC 5321, 4.2.1)
# It is our side that has to be put right; then all letters go out.
_OURS: Final = (
    smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPSenderRefused,
)  # fmt: skip
_EXPECTED: Final = "smtp://user:password@host:587?tls=1, smtps://user:password@host:465, or file:///a/folder"


class Outlet(msgspec.Struct, frozen=True):
    """Where mail is handed in, and whose it is; with a `folder` it is only written there, for a look."""

    sender: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tls: bool = False  # begun after the greeting
    ssl: bool = False  # from the first byte
    folder: str = ""

    @property
    def domain(self) -> str:
        """The domain of the sender, which names messages."""
        return parseaddr(self.sender)[1].rpartition("@")[2]


class Untaken(Exception):
    """A message was not taken. `passing` says that it may be later, `code` is the number the server answered with.

    The text of the server's answer is left out: it may repeat an address.
    """

    def __init__(self, code: int | None, *, passing: bool) -> None:
        super().__init__(f"the mail server said {code}" if code else "the mail server was not reached")
        self.code = code
        self.passing = passing


def read(address: str | None, sender: str | None, *, url: str) -> Outlet | None:
    """The outlet of the environment's words; None where there is none of them. Raises ValueError.

    What is said halfway is a mistake: letters need a server, a sender and an address for their links.
    """
    if not address:
        return None
    if not sender or "@" not in parseaddr(sender)[1] or not sender.isprintable():
        raise ValueError("GUERDON_MAIL_FROM must say who writes: Café Aurora <hello@aurora.example>")
    if not url.startswith(("https://", "http://")):
        raise ValueError("GUERDON_URL must say where people reach this installation: https://points.aurora.example")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"GUERDON_SMTP_URL is no address: write {_EXPECTED}") from error
    if parts.scheme == "file" and parts.path.startswith("/"):
        return Outlet(sender, folder=unquote(parts.path))
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(f"GUERDON_SMTP_URL is no address: write {_EXPECTED}")
    told = parse_qs(parts.query)
    ssl = parts.scheme == "smtps"
    return Outlet(
        sender, parts.hostname, port or _PORTS[parts.scheme], unquote(parts.username or ""),
        unquote(parts.password or ""), tls=not ssl and told.get("tls", ["1"]) != ["0"], ssl=ssl,
    )  # fmt: skip


def outlet() -> Outlet | None:
    """Where this installation hands mail in; None where letters are off."""
    found: Outlet | None = settings.MAIL
    return found


@contextmanager
def opened(out: Outlet) -> Iterator[BaseEmailBackend]:
    """A connection for some messages. Raises Untaken where nobody answers."""
    if out.folder:
        connection = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=out.folder)
    else:
        connection = get_connection(
            "django.core.mail.backends.smtp.EmailBackend", host=out.host, port=out.port, username=out.user,
            password=out.password, use_tls=out.tls, use_ssl=out.ssl, timeout=limits.MAIL_SECONDS_MAX,
        )  # fmt: skip
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        raise _untaken(error) from None
    try:
        yield connection
    finally:
        with suppress(smtplib.SMTPException, OSError):  # what was taken is taken, however the server says goodbye
            connection.close()


def send(connection: BaseEmailBackend, message: EmailMessage) -> None:
    """Hand one message in. Raises Untaken."""
    try:
        connection.send_messages([message])
    except UnicodeError:
        raise Untaken(None, passing=False) from None  # an address that this way can't carry
    except (smtplib.SMTPException, OSError) as error:
        raise _untaken(error) from None


def _untaken(error: Exception) -> Untaken:
    """What a failure comes to; whatever the server did not say itself may pass."""
    code: int | None = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max((said for said, _ in error.recipients.values()), default=None)
    if isinstance(error, _OURS):
        return Untaken(code, passing=True)
    return Untaken(code, passing=not code or code < 0 or code in _PASSING)
