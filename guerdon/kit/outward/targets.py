"""An address as somebody wrote it becomes a target: what is called, by which name, at which network addresses."""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import urlsplit

import msgspec

from guerdon.core import limits
from guerdon.kit.outward import places

PORTS: Final = {"https": 443, "http": 80}
_FREE_PORTS: Final = range(1024, 65536)  # below them other protocols live, which could be talked into something
_TEXT: Final = re.compile(r"[!-\[\]-~]+", re.ASCII)  # printable, no blank, and no backslash that others read as a slash
_LABEL: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.ASCII)
_NUMBER: Final = re.compile(r"\d+|0x[0-9a-f]*", re.ASCII)  # what the end of an IPv4 address looks like (WHATWG URL)
_NAME_CHARS_MAX: Final = 253

Resolve = Callable[[str, int], Sequence[str]]


class Barred(Exception):
    """An address that is not called. `reason` is a word for programmes: `scheme`, `port`, `private` and so on."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unresolved(Exception):
    """A name that comes to no address just now."""


class Target(msgspec.Struct, frozen=True):
    """What is called, and where: `addresses` are those that the name came to, each looked at."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


def resolve(host: str, port: int) -> Sequence[str]:
    """The network addresses of a name, as this machine finds them. Raises Unresolved."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unresolved(host) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def find(url: str, *, resolve: Resolve = resolve) -> Target:
    """The target of an address. Raises Barred, or Unresolved for a name that comes to nothing.

    One barred address among those of a name bars the name: which of them is taken would be chance.
    """
    scheme, host, port, path = _parts(url)
    literal = _literal(host)
    told = [str(literal)] if literal is not None else list(resolve(host, port))
    if not told:
        raise Unresolved(host)
    for each in told:
        _check(each, scheme, port)
    return Target(scheme, host, port, path, tuple(told))


def _parts(url: str) -> tuple[str, str, int, str]:
    if len(url) > limits.OUTWARD_URL_CHARS_MAX or not _TEXT.fullmatch(url):
        raise Barred("spelling")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise Barred("spelling") from None
    if parts.scheme not in PORTS:
        raise Barred("scheme")
    if "@" in parts.netloc:
        raise Barred("user")
    if not host:
        raise Barred("spelling")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, PORTS[parts.scheme] if port is None else port, path


def _literal(host: str) -> places.IP | None:
    """The network address that a host is written as; None for a name. Raises Barred for what is neither.

    Only the plain spelling of a number is taken: 127.1, 0x7f000001 and 2130706433 are loopback for some readers and
    names for others.
    """
    try:
        return ipaddress.IPv6Address(host) if ":" in host and "%" not in host else ipaddress.IPv4Address(host)
    except ValueError:
        labels = host.split(".")
        if len(host) > _NAME_CHARS_MAX or not all(map(_LABEL.fullmatch, labels)) or _NUMBER.fullmatch(labels[-1]):
            raise Barred("spelling") from None
        return None


def _check(told: str, scheme: str, port: int) -> None:
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        raise Barred("spelling") from None
    if places.is_own(address):
        return
    why = places.why_barred(address)
    if why is not None:
        raise Barred(why)
    if scheme != "https":
        raise Barred("scheme")
    if port != PORTS[scheme] and port not in _FREE_PORTS:
        raise Barred("port")
