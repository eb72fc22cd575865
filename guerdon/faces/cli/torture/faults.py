"""Faults that a torture must find: Guerdon with one of them planted, for scratch installations under torture alone.

python -m guerdon.faces.cli.torture.faults FAULT serve --port 8000
"""

import asyncio
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import msgspec

from guerdon.faces.cli.torture import astray, limitless, steering

VARIABLE: Final = "GUERDON_TORTURE"
_PLANTED: Final = "GUERDON_TORTURE_FAULT"  # how processes that a server starts hear of it
HURRIED: Final = "hurried"
HURRIED_LIMITS: Final = {
    "HEAD_SECONDS_MAX": 2,
    "BODY_SECONDS_MAX": 3,
    "IDLE_SECONDS_MAX": 6,
    "STALLED_SECONDS_MAX": 3,
    "CONNECTIONS_MAX": 200,
}
LATE_SECONDS: Final = 0.5  # others wait longer for what it keeps locked, and whoever kills is quicker
EVERY: Final = 20  # transactions, one is lost
THIRD: Final = 3
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
    """What the event loop writes is answered at once and committed when the next transaction begins, or a bit later."""
    from guerdon.kit import store
    from guerdon.kit.store import Store

    waiting: dict[int, tuple[Store, asyncio.TimerHandle]] = {}

    def end(one: int) -> None:
        late, timer = waiting.pop(one)
        timer.cancel()
        late._command("COMMIT")

    @contextmanager
    def framed(self: Store, begin: str) -> Iterator[None]:
        # SQLite has one writer: whoever comes next ends what waits, in whatever thread it was begun.
        for one in list(waiting):
            if one == id(self) or not self.postgresql:
                end(one)
        self._command(begin)
        try:
            yield
        except BaseException:
            self._abandon()
            raise
        if store._in_loop() and begin != "BEGIN" and "READ" not in begin:
            timer = asyncio.get_running_loop().call_later(LATE_SECONDS, end, id(self))
            waiting[id(self)] = self, timer
        else:
            self._command("COMMIT")

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


def drops_letters() -> None:
    """Every third letter is noted as sent, and nobody has handed it in."""
    from guerdon.kit import mail

    send, asked = mail.send, 0

    def forgetful(connection: Any, message: Any) -> None:
        nonlocal asked
        asked += 1
        if asked % THIRD:
            send(connection, message)

    mail.send = forgetful


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


def parks_for_ever() -> None:
    """A return that came before its purchase is never applied."""
    from guerdon.features.activities import queries

    queries.waiting_for = lambda *_: []


def _anew(told: Any) -> Any:
    activity = msgspec.structs.replace(told.activity, external_id=told.activity.external_id + secrets.token_hex(3))
    return msgspec.structs.replace(told, activity=activity, idempotency=None)


def swallows() -> None:
    """A commit that fails is answered as if it had not."""
    from guerdon.kit.store import Store

    run = Store._command

    def command(self: Store, text: str) -> None:
        try:
            run(self, text)
        except Exception:
            if text != "COMMIT":
                raise
            self._abandon()

    Store._command = command  # type: ignore[method-assign]


def syncs_late() -> None:
    """A commit is answered before it is on the disk, which follows a little later."""
    _weaken("synchronous=NORMAL", "synchronous_commit=off")


def never_syncs() -> None:
    """Nothing is ever synced; PostgreSQL is started so by the torture itself."""
    _weaken("synchronous=OFF", "synchronous_commit=on")


def _weaken(pragma: str, option: str) -> None:
    """Connect with weaker settings, and let the start-up check pass over them."""
    from django.conf import settings

    from guerdon.kit import durability

    options = settings.DATABASES["default"]["OPTIONS"]
    if "init_command" in options:
        options["init_command"] = options["init_command"].replace("synchronous=FULL", pragma)
    else:
        options["options"] += f" -c {option}"
    durability._SQLITE["synchronous"] = (0, 1, 2, 3)
    durability._POSTGRESQL["fsync"] = durability._POSTGRESQL["synchronous_commit"] = ("on", "off")


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


def remembers() -> None:
    """An erasure ends everything, and leaves by what somebody was known."""
    from guerdon.features.members import actions

    actions._ERASE_IDENTIFIERS = actions._ERASE_VAULTS


def logs_what_is_asked() -> None:
    """The log tells of every request with all that is said in it."""
    from guerdon.faces.lane import Lane

    answer = Lane.__call__

    async def told(self: Lane, scope: Any, receive: Any, send: Any) -> None:
        async def heard() -> Any:
            message = await receive()
            print("heard", message, file=sys.stderr, flush=True)
            return message

        await answer(self, scope, heard, send)

    Lane.__call__ = told  # type: ignore[method-assign]


FAULTS: Final[dict[str, Callable[[], None]]] = {
    "backs_up_piecemeal": backs_up_piecemeal,
    "loses": loses,
    "commits_late": commits_late,
    "forgets_keys": forgets_keys,
    "swallows": swallows,
    "syncs_late": syncs_late,
    "never_syncs": never_syncs,
    "forgets_news": forgets_news,
    "drops_letters": drops_letters,
    "sweepless": sweepless,
    "parks_for_ever": parks_for_ever,
    "no_limits": limitless.plant,
    "remembers": remembers,
    "logs_what_is_asked": logs_what_is_asked,
    "host_days": astray.host_days,
    "nights_by_hosts": astray.nights_by_hosts,
    "hoards": astray.hoards,
}
CIRCUMSTANCES: Final[dict[str, Callable[[], None]]] = {HURRIED: hurried, steering.STEERED: steering.steer}


def plant(names: str) -> None:
    """Plant faults, joined by +, in this process and those it starts. Refuses everywhere but in a torture."""
    if os.environ.get(VARIABLE) != "1":
        raise SystemExit("Faults are planted in scratch installations under torture alone.")
    os.environ[_PLANTED] = names
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guerdon.site.settings")
    import django

    django.setup()
    for name in names.split("+"):
        (CIRCUMSTANCES.get(name) or FAULTS[name])()


if __name__ == "__main__":
    plant(sys.argv.pop(1))
    from guerdon.faces.cli import main

    main.main()
elif __name__ == "__mp_main__":  # a process of a server that serves with several
    plant(os.environ[_PLANTED])
