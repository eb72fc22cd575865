"""`guerdon` with transactions shared otherwise than it does: never, or only after a wait; for a comparison alone.

python -m bench.otherwise single|batch serve --port 8000
"""

import asyncio
import sys
from typing import Any, Final

from guerdon.core import limits
from guerdon.engine.group import Group
from guerdon.faces.cli import main

WAIT_SECONDS: Final = 0.005  # in which an always-batching server gathers company


def _patiently(self: "Group[Any, Any]", programme_id: str, asked: Any) -> "asyncio.Future[Any]":
    """`Group.submit` with a timer."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()
    self._waiting.setdefault(programme_id, []).append((asked, future))
    if not self._due:
        self._due = True
        loop.call_later(WAIT_SECONDS, self._turn)
    return future


if __name__ == "__main__":
    way = sys.argv.pop(1)
    if way == "single":
        limits.GROUP_MAX = 1  # type: ignore[misc] # a constant everywhere else
    else:
        assert way == "batch", way
        Group.submit = _patiently  # type: ignore[method-assign]
    main.main()
