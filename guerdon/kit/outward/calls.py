"""One call to a target: to the very address that was looked at, with an end to its time and to its answer."""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress

import msgspec

from guerdon.kit.outward import targets


class Unanswered(Exception):
    """Nobody answered, or not in time, or with too much. The text names no address."""


class Answer(msgspec.Struct, frozen=True):
    """What came back. An answer that leads elsewhere (3xx) is an answer: nobody follows it."""

    status: int
    body: bytes


def call(
    method: str, url: str, body: bytes | None, headers: Mapping[str, str], *, seconds: float, bytes_max: int,
    resolve: targets.Resolve = targets.resolve,
) -> Answer:  # fmt: skip
    """Call an address that somebody gave, within so many seconds in all, for an answer of so many bytes at most.

    Its name is looked up once, here, and the connection goes to what was found, so that a name that changes its mind
    (DNS rebinding) changes nothing. Raises targets.Barred, and Unanswered.
    """
    try:
        target = targets.find(url, resolve=resolve)
    except targets.Unresolved:
        raise Unanswered("its name is not known") from None
    connection = _Pinned(target, seconds)
    watch = threading.Timer(seconds, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request(method, target.path, body, dict(headers))
        answer = connection.getresponse()
        told = answer.read(bytes_max + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unanswered(type(error).__name__) from error
    finally:
        watch.cancel()
        connection.close()
    if connection.was_cut:
        raise Unanswered("it took too long")
    if len(told) > bytes_max:
        raise Unanswered("it said too much")
    return Answer(answer.status, told)


class _Pinned(http.client.HTTPConnection):
    """A connection that looks no name up: what it connects to has been looked at."""

    def __init__(self, target: targets.Target, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.default_port = targets.PORTS[target.scheme]  # which the Host header leaves out
        self.was_cut = False
        self._target = target
        self._line: socket.socket | None = None  # as `sock` is forgotten when an answer without a length begins

    def connect(self) -> None:
        """To the first address that answers; with TLS the certificate must be of the name."""
        plain = self._reached()
        if self._target.scheme == "https":
            try:
                self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self._target.host)
            except BaseException:
                plain.close()
                raise
            self._line = self.sock

    def cut(self) -> None:
        """End what takes too long, however slowly it goes on."""
        self.was_cut = True
        if self._line is not None:
            with suppress(OSError):  # it has just ended by itself
                self._line.shutdown(socket.SHUT_RDWR)

    def _reached(self) -> socket.socket:
        failure: OSError = ConnectionRefusedError()
        for address in self._target.addresses:
            six = ipaddress.ip_address(address).version == 6
            plain = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_STREAM)
            plain.settimeout(self.timeout)
            try:
                plain.connect((address, self._target.port))
            except OSError as error:
                plain.close()
                failure = error
            else:
                self.sock = self._line = plain
                return plain
        raise failure
