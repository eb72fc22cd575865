"""Concurrent requests share one transaction: whoever arrived while the last one was committing goes into the next.

There is no timer. The event loop gives every request of a turn the chance to submit, then the waiting ones commit
together; a lone caller commits at once. Everybody is answered only after the commit is durable.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.engine import earn
from guerdon.engine.batch import Outcome, Told
from guerdon.engine.desk import Result
from guerdon.kit import store

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
        self._seen = 1  # how many waited when the turn was last put off

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
        """Commit what waits, one transaction per programme, at most `GROUP_MAX` activities each.

        Several are waiting: then it goes once more around the loop as long as more come, for those whose requests have
        been read already but not yet looked at. Without this a group is answered in pieces, each with its own commit.
        """
        size = sum([len(queue) for queue in self._waiting.values()])
        if size > self._seen:
            self._seen = size
            asyncio.get_running_loop().call_soon(self._turn)
            return
        self._seen = 1
        self._due = False
        waiting, self._waiting = self._waiting, {}
        for programme_id, queue in waiting.items():
            for start in range(0, len(queue), limits.GROUP_MAX):
                self._commit(programme_id, queue[start : start + limits.GROUP_MAX])

    def _commit(self, programme_id: str, queue: Sequence[tuple[Told, asyncio.Future[Result]]]) -> None:
        told = [told for told, _ in queue]
        results = record_each(programme_id=programme_id, told=told, now=self._now(), record=self._record)
        for (_, future), result in zip(queue, results, strict=True):
            if future.done():  # a caller that hung up has cancelled its future; its fact is recorded all the same
                continue
            if isinstance(result, Outcome | Refusal):
                future.set_result(result)
            else:
                future.set_exception(result)


def record_each(
    *,
    programme_id: str,
    told: Sequence[Told],
    now: datetime,
    dry_run: bool = False,
    record: Record = earn.record_many,
) -> list[Result | Exception]:
    """Record activities so that one which the database refuses never harms its neighbours.

    A group refused as a whole is halved until the one that is refused stands alone, with its exception. A database
    that is busy or gone refuses everybody alike, and nobody is tried again.
    """
    try:
        return list(record(programme_id=programme_id, told=told, now=now, dry_run=dry_run))
    except Refusal as refusal:
        return [refusal] * len(told)
    except Exception as error:
        if len(told) <= 1 or store.unavailable(error):
            return [error] * len(told)
    middle = len(told) // 2
    halves = (told[:middle], told[middle:])
    return [
        result
        for half in halves
        for result in record_each(programme_id=programme_id, told=half, now=now, dry_run=dry_run, record=record)
    ]
