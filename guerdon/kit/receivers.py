"""Who hears the news of the outbox: a registry of receivers, and the one that appends them to a file."""

import fcntl
import os
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from io import FileIO
from pathlib import Path

import msgspec

from guerdon.kit.outbox import News, Receiver

_registered: dict[str, Receiver] = {}
_encode = msgspec.json.Encoder().encode


def register(name: str, receive: Receiver) -> None:
    """Let a receiver hear all news from now on, in every worker of this process; the same name replaces."""
    _registered[name] = receive


def registered() -> list[Receiver]:
    """All receivers, in the order of their registration."""
    return list(_registered.values())


class Audience:
    """All receivers of one worker: each hears every piece of news, and what was heard is counted by topic.

    When one raises, the news stay in the outbox and everybody hears them again: receivers know them by `id`.
    """

    def __init__(self, receivers: Sequence[Receiver] = ()) -> None:
        self._receivers = [*registered(), *receivers]
        self.heard: Counter[str] = Counter()

    def __call__(self, news: Sequence[News]) -> None:
        for receive in self._receivers:
            receive(news)
        self.heard.update(one.topic for one in news)


class EventFile:
    """Appends news to a file, one JSON object a line, and answers only when all of them are on the disk.

    When the disk takes only a part, nothing of them is left in the file and it raises. What a crash leaves is at most
    half a line; the next line begins on a new one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.resolve().parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            pass  # a file that can't be written is told at the start, not with the first news

    def __call__(self, news: Sequence[News]) -> None:
        lines = b"".join(_encode(one) + b"\n" for one in news)
        with self.path.open("ab", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # of other workers; closing the file lets go of it
            end = file.seek(0, os.SEEK_END)
            if end and not _ends_with_newline(self.path):
                lines = b"\n" + lines
            try:
                _write_all(file, lines)
                os.fsync(file.fileno())
            except OSError:
                with suppress(OSError):
                    file.truncate(end)
                raise


def _write_all(file: FileIO, lines: bytes) -> None:
    """Write to the last byte: a disk that is nearly full takes a part and says so only by the count."""
    rest = memoryview(lines)
    while rest:
        rest = rest[file.write(rest) :]


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
