"""Faults that a torture must find: Guerdon with one of them planted, for scratch installations under torture alone.

python -m guerdon.faces.cli.torture.faults FAULT serve --port 8000
"""

import os
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import msgspec

from guerdon.faces.cli.torture import limitless

VARIABLE: Final = "GUERDON_TORTURE"
_PLANTED: Final = "GUERDON_TORTURE_FAULT"  # how processes that a server starts hear of it
EVERY: Final = 20  # transactions, one is lost


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


def forgets_keys() -> None:
    """Whatever is told again counts again."""
    from guerdon.engine import desk

    run = desk.run

    def forgetful(*, told: Sequence[Any], **more: Any) -> Any:
        return run(told=[_anew(one) for one in told], **more)

    desk.run = forgetful


def parks_for_ever() -> None:
    """A return that came before its purchase is never applied."""
    from guerdon.features.activities import queries

    queries.waiting_for = lambda *_: []


def _anew(told: Any) -> Any:
    activity = msgspec.structs.replace(told.activity, external_id=told.activity.external_id + secrets.token_hex(3))
    return msgspec.structs.replace(told, activity=activity, idempotency=None)


FAULTS: Final[dict[str, Callable[[], None]]] = {
    "loses": loses,
    "commits_late": commits_late,
    "forgets_keys": forgets_keys,
    "parks_for_ever": parks_for_ever,
    "no_limits": limitless.plant,
}


def plant(name: str) -> None:
    """Plant a fault in this process and those it starts. Refuses everywhere but in a torture."""
    if os.environ.get(VARIABLE) != "1":
        raise SystemExit("Faults are planted in scratch installations under torture alone.")
    os.environ[_PLANTED] = name
    import django

    django.setup()
    FAULTS[name]()


if __name__ == "__main__":
    plant(sys.argv.pop(1))
    from guerdon.faces.cli import main

    main.main()
elif __name__ == "__mp_main__":  # a process of a server that serves with several
    plant(os.environ[_PLANTED])
