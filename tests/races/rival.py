"""A process of its own that records batches: a batch in, an answer out once the batch is durable.

Processes are forked from a server that has loaded everything but opened nothing, so that a new one is there at once.
"""

import os
import time
from collections.abc import Sequence
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guerdon.site.settings")
django.setup()

from guerdon.core.activities import Activity  # noqa: E402 - Django comes first
from guerdon.core.errors import Refusal  # noqa: E402
from guerdon.engine import earn  # noqa: E402
from guerdon.engine.batch import Batch, Told  # noqa: E402
from guerdon.kit import store  # noqa: E402

PATIENCE_SECONDS = 60
READY = "ready"
_processes = get_context("forkserver")
_processes.set_forkserver_preload([__name__])


class Died(Exception):
    """The process is no more."""


class Rival:
    """A process that is told batches."""

    def __init__(self, *, hasty: bool = False) -> None:
        self._line, line = _processes.Pipe()
        self._process = _processes.Process(target=serve, args=(line, hasty), daemon=True)
        self._process.start()
        line.close()
        assert self.answers() == READY

    def tell(self, programme_id: str, batch: Sequence[Activity], now: datetime) -> None:
        """Hand it a batch. Raises Died."""
        try:
            self._line.send((programme_id, list(batch), now))
        except OSError as problem:
            raise Died from problem

    def answers(self) -> Any:
        """For each fact of the batch the code of its refusal, or (id, replayed, points). Raises Died."""
        try:
            assert self._line.poll(PATIENCE_SECONDS), "the rival does not answer"
            return self._line.recv()
        except (EOFError, OSError) as problem:
            raise Died from problem

    def kill(self) -> None:
        """End it without a word, now."""
        self._process.kill()

    def bury(self) -> None:
        """End it and wait until it is gone."""
        self._process.kill()
        self._process.join()
        self._line.close()


def serve(line: Connection, hasty: bool) -> None:
    """Answer until nobody asks any more; a hasty one answers before it commits, which no house may do."""
    if hasty:
        commit = Batch.commit

        def answer_and_commit(batch: Batch) -> None:
            commit(batch)
            line.send([])
            time.sleep(PATIENCE_SECONDS)

        Batch.commit = answer_and_commit  # type: ignore[method-assign]
    store.current()
    line.send(READY)
    while True:
        try:
            programme_id, batch, now = line.recv()
        except EOFError:
            return
        results = earn.record_many(programme_id=programme_id, told=[Told(one) for one in batch], now=now)
        line.send(
            [
                result.code
                if isinstance(result, Refusal)
                else (result.activity_id, result.replayed, sum(award.points for award in result.decision.awards))
                for result in results
            ]
        )
