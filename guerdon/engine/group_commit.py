"""Concurrent requests share one transaction: whoever arrived while the last one was committing goes into the next.

There is no timer. The event loop gives every request of a turn the chance to submit, then the waiting ones commit
together; a lone caller commits at once. Everybody is answered only after the commit is durable.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from guerdon.engine import earn
from guerdon.engine.batch import Told
from guerdon.engine.desk import Result

BATCH_MAX = 128

Record = Callable[..., list[Result]]


class GroupCommit:
    """The queue in front of `record_many`, one per process; lives in the thread of the event loop.

    The transaction runs in that thread on purpose: with more than one waiting, handing it to another one costs more
    than it saves, and what arrives meanwhile waits in the sockets, which is the group.
    """

    def __init__(self, now: Callable[[], datetime], record: Record = earn.record_many) -> None:
        self._now = now
        self._record = record
        self._waiting: dict[str, list[tuple[Told, asyncio.Future[Result]]]] = {}
        self._due = False

    def submit(self, programme_id: str, told: Told) -> asyncio.Future[Result]:
        """Queue one activity; the future holds its outcome or refusal once the commit is durable."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        self._waiting.setdefault(programme_id, []).append((told, future))
        if not self._due:
            self._due = True
            loop.call_soon(self._turn)
        return future

    def _turn(self) -> None:
        """Commit what waits, one transaction per programme, at most `BATCH_MAX` activities each."""
        self._due = False
        waiting, self._waiting = self._waiting, {}
        for programme_id, queue in waiting.items():
            for start in range(0, len(queue), BATCH_MAX):
                self._commit(programme_id, queue[start : start + BATCH_MAX])

    def _commit(self, programme_id: str, queue: Sequence[tuple[Told, asyncio.Future[Result]]]) -> None:
        """Record a group; when the database refuses it as a whole, halve it until the one it refuses stands alone."""
        try:
            results = self._record(programme_id=programme_id, told=[told for told, _ in queue], now=self._now())
        except Exception as error:
            if len(queue) == 1:
                _fail(queue[0][1], error)
                return
            middle = len(queue) // 2
            self._commit(programme_id, queue[:middle])
            self._commit(programme_id, queue[middle:])
            return
        for (_, future), result in zip(queue, results, strict=True):
            if not future.done():  # a caller that hung up has cancelled its future; its fact is recorded all the same
                future.set_result(result)


def _fail(future: asyncio.Future[Result], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
