"""Faults that a torture must find: Guerdon with one of them planted, for scratch installations under torture alone.

python -m guerdon.faces.cli.torture.faults FAULT serve --port 8000
"""

import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import msgspec

VARIABLE: Final = "GUERDON_TORTURE"
_PLANTED: Final = "GUERDON_TORTURE_FAULT"  # how processes that a server starts hear of it
HURRIED: Final = "hurried"
HURRIED_LIMITS: Final = {
    "HEAD_SECONDS_MAX": 2,
    "BODY_SECONDS_MAX": 3,
    "IDLE_SECONDS_MAX": 4,
    "STALLED_SECONDS_MAX": 3,
    "CONNECTIONS_MAX": 200,
}
EVERY: Final = 20  # transactions, one is lost
PAUSE_SECONDS: Final = 0.03  # before each table of a backup: time enough for somebody to write


def loses() -> None:
    """One transaction in twenty is answered and never written."""
    from guerdon.kit.store import Store

    written = 0

    @contextmanager
    def framed(self: Store, begin: str) -> Iterator[None]:
        nonlocal written
        self._command(begin)
        try:
            yield
        except BaseException:
            self._abandon()
            raise
        written += "READ" not in begin and begin != "BEGIN DEFERRED"
        self._command("ROLLBACK" if written % EVERY == EVERY - 1 else "COMMIT")

    Store._framed = framed  # type: ignore[method-assign]


def commits_late() -> None:
    """A transaction is answered at once and written when the next one begins."""
    from guerdon.kit.store import Store

    waiting: set[int] = set()

    @contextmanager
    def framed(self: Store, begin: str) -> Iterator[None]:
        if id(self) in waiting:
            waiting.discard(id(self))
            self._command("COMMIT")
        self._command(begin)
        try:
            yield
        except BaseException:
            self._abandon()
            raise
        if "READ" in begin:
            self._command("COMMIT")
        else:
            waiting.add(id(self))

    Store._framed = framed  # type: ignore[method-assign]


def forgets_news() -> None:
    """News are taken out of the outbox at once and sent with the next ones."""
    from guerdon.kit import outbox

    drain = outbox.drain
    waiting: list[outbox.News] = []

    def late(store: Any, receive: outbox.Receiver, *, most: int, now: Any) -> int:
        fresh: list[outbox.News] = []
        sent = drain(store, fresh.extend, most=most, now=now)
        if fresh:
            receive(waiting)
            waiting[:] = fresh
        return sent

    outbox.drain = late


def forgets_keys() -> None:
    """Whatever is told again counts again."""
    from guerdon.engine import desk

    run = desk.run

    def forgetful(*, told: Sequence[Any], **more: Any) -> Any:
        return run(told=[_anew(one) for one in told], **more)

    desk.run = forgetful


def sweepless() -> None:
    """Nobody is cut off, however slow."""
    from guerdon.faces import server

    server.sweep = lambda server: None


def hurried() -> None:
    """No fault: callers have seconds where they have minutes, and fewer may come in."""
    from guerdon.core import limits
    from guerdon.faces import server

    for name, value in HURRIED_LIMITS.items():
        setattr(limits, name, value)
    server._SWEEP_TICKS = 5  # type: ignore[misc]


def _anew(told: Any) -> Any:
    activity = msgspec.structs.replace(told.activity, external_id=told.activity.external_id + secrets.token_hex(3))
    return msgspec.structs.replace(told, activity=activity, idempotency=None)


def backs_up_piecemeal() -> None:
    """A backup sees each table as it stands when its turn comes."""
    from guerdon.kit.archive import lines

    pieces = lines.pieces

    def later(view: Any, shape: Any) -> Iterator[Any]:
        view.end()
        time.sleep(PAUSE_SECONDS)
        view.begin()
        yield from pieces(view, shape)

    lines.pieces = later


FAULTS: Final[dict[str, Callable[[], None]]] = {
    "backs_up_piecemeal": backs_up_piecemeal,
    "loses": loses,
    "commits_late": commits_late,
    "forgets_keys": forgets_keys,
    "forgets_news": forgets_news,
    "sweepless": sweepless,
}


def plant(names: str) -> None:
    """Plant faults, joined by +, in this process and those it starts. Refuses everywhere but in a torture."""
    if os.environ.get(VARIABLE) != "1":
        raise SystemExit("Faults are planted in scratch installations under torture alone.")
    os.environ[_PLANTED] = names
    import django

    django.setup()
    for name in names.split("+"):
        (hurried if name == HURRIED else FAULTS[name])()


if __name__ == "__main__":
    plant(sys.argv.pop(1))
    from guerdon.faces.cli import main

    main.main()
elif __name__ == "__mp_main__":  # a process of a server that serves with several
    plant(os.environ[_PLANTED])
