"""Concurrent requests share one trip to the database: whoever arrived during the last one goes along with the next.

There is no timer. The event loop gives every request of a turn the chance to ask, then those who wait are served
together; a lone caller is served at once.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.kit import watch

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
Serve = Callable[[str, Sequence[Asked]], "Sequence[Answer | Exception]"]


class Group(Generic[Asked, Answer]):
    """The queue of one process in front of `serve`; lives in the thread of the event loop.

    The work is done in that thread on purpose: with more than one waiting, handing it to another one costs more than it
    saves, and what arrives meanwhile waits in the sockets, which is the group.
    """

    def __init__(self, name: str, serve: "Serve[Asked, Answer]") -> None:
        self._name = name
        self._serve = serve
        self._since = 0.0  # when the first of those who wait came
        self._waiting: dict[str, list[tuple[Asked, asyncio.Future[Answer]]]] = {}
        self._due = False
        self._seen = 1  # how many waited when the turn was last put off

    def submit(self, programme_id: str, asked: Asked) -> "asyncio.Future[Answer]":
        """Queue one question; the future holds its answer, a refusal being one, or raises what broke."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Answer] = loop.create_future()
        self._waiting.setdefault(programme_id, []).append((asked, future))
        if not self._due:
            self._due = True
            self._since = time.perf_counter()
            loop.call_soon(self._turn)
        return future

    def _turn(self) -> None:
        """Serve those who wait, one programme after the other, at most `GROUP_MAX` at a time.

        Several are waiting: then it goes once more around the loop as long as more come, for those whose requests have
        been read already but not yet looked at. Without this a group is answered in pieces, each with its own trip.
        """
        size = sum([len(queue) for queue in self._waiting.values()])
        if size > self._seen:
            self._seen = size
            asyncio.get_running_loop().call_soon(self._turn)
            return
        self._seen = 1
        self._due = False
        since = self._since
        waiting, self._waiting = self._waiting, {}
        for programme_id, queue in waiting.items():
            for start in range(0, len(queue), limits.GROUP_MAX):
                part = queue[start : start + limits.GROUP_MAX]
                waited = time.perf_counter() - since
                with watch.watcher.group(self._name, size=len(part), waited_seconds=waited):
                    self._answer(programme_id, part)

    def _answer(self, programme_id: str, queue: "Sequence[tuple[Asked, asyncio.Future[Answer]]]") -> None:
        answers = self._serve(programme_id, [asked for asked, _ in queue])
        for (_, future), answer in zip(queue, answers, strict=True):
            if future.done():  # a caller that hung up has cancelled its future; what was done for it stays done
                continue
            if isinstance(answer, Exception) and not isinstance(answer, Refusal):
                future.set_exception(answer)
            else:
                future.set_result(answer)  # type: ignore[arg-type] # an exception here is a refusal, which answers name
