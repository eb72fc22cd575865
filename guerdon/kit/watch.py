"""What the program says of itself while it works, to whoever watches: metrics, traces, or nobody."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from datetime import datetime
from typing import Final

import msgspec

ROUTE: Final = "guerdon.route"  # in the scope of a request: the template of its address
_NOTHING: Final[AbstractContextManager[None]] = nullcontext()


class Asked(msgspec.Struct):
    """A request: its method and the template of its route, never its address; filled in while it is answered."""

    method: str
    route: str = ""  # none where nobody knew the address
    status: int = 0  # 0: the caller was gone before there was an answer


class Watcher:
    """Hears what happens. This one, which is there while nobody watches, does nothing with it.

    What is handed over names no person, no address and no value of a request: it ends in other people's systems.
    """

    def request(self, asked: Asked) -> AbstractContextManager[None]:
        """Around one request; `asked` is complete at its end."""
        return _NOTHING

    def group(self, queue: str, *, size: int, waited_seconds: float) -> AbstractContextManager[None]:
        """Around one trip to the database that `size` callers share; the first of them waited so long for it."""
        return _NOTHING

    def transaction(self, engine: str) -> AbstractContextManager[None]:
        """Around one transaction that writes, from its BEGIN to its COMMIT or ROLLBACK."""
        return _NOTHING

    def retried(self, error: Exception) -> None:
        """A transaction is run again: the database said deadlock, serialisation failure, busy."""

    def gave_up(self) -> None:
        """A transaction never got through, and was answered with `database_busy`."""

    def failed(self, *, away: bool) -> None:
        """Something broke: the database was away, or it is a mistake of ours."""

    def waiting(self, requests: int) -> None:
        """So many requests wait for a thread or have one."""

    def connected(self, connections: int) -> None:
        """So many connections are open."""

    def turned(self, now: datetime) -> None:
        """A worker came to the end of a turn, or of a unit of work in a long job."""

    def sent(self, news: int) -> None:
        """A worker handed news to their receivers."""

    def job_ended(self, name: str, outcome: str, seconds: float) -> None:
        """A job was run: `done`, `failed` or `left`."""


class _All(Watcher):
    """Several who watch."""

    def __init__(self, watchers: tuple[Watcher, ...]) -> None:
        self.watchers = watchers

    def request(self, asked: Asked) -> AbstractContextManager[None]:
        return _around([one.request(asked) for one in self.watchers])

    def group(self, queue: str, *, size: int, waited_seconds: float) -> AbstractContextManager[None]:
        return _around([one.group(queue, size=size, waited_seconds=waited_seconds) for one in self.watchers])

    def transaction(self, engine: str) -> AbstractContextManager[None]:
        return _around([one.transaction(engine) for one in self.watchers])

    def retried(self, error: Exception) -> None:
        for one in self.watchers:
            one.retried(error)

    def gave_up(self) -> None:
        for one in self.watchers:
            one.gave_up()

    def failed(self, *, away: bool) -> None:
        for one in self.watchers:
            one.failed(away=away)

    def waiting(self, requests: int) -> None:
        for one in self.watchers:
            one.waiting(requests)

    def connected(self, connections: int) -> None:
        for one in self.watchers:
            one.connected(connections)

    def turned(self, now: datetime) -> None:
        for one in self.watchers:
            one.turned(now)

    def sent(self, news: int) -> None:
        for one in self.watchers:
            one.sent(news)

    def job_ended(self, name: str, outcome: str, seconds: float) -> None:
        for one in self.watchers:
            one.job_ended(name, outcome, seconds)


@contextmanager
def _around(frames: list[AbstractContextManager[None]]) -> Iterator[None]:
    with ExitStack() as stack:
        for frame in frames:
            stack.enter_context(frame)
        yield


NOBODY: Final = Watcher()
watcher: Watcher = NOBODY  # of this process; read as `watch.watcher`, since it may be replaced


def attach(*watchers: Watcher) -> None:
    """Let these watch this process from now on, instead of whoever did."""
    global watcher  # noqa: PLW0603 - one per process, from its start
    watcher = watchers[0] if len(watchers) == 1 else _All(watchers) if watchers else NOBODY
