"""Up to where the journal is settled: a number below which nothing is on its way any more."""

import time
from typing import Final

from guerdon.core import limits
from guerdon.features.activities import queries as activities
from guerdon.kit import store
from guerdon.kit.store import Store

_PAUSE_SECONDS: Final = 0.01


def settled(*, patience_seconds: float = limits.SETTLING_SECONDS_MAX) -> int:
    """A number of the journal: all that will ever have it or a smaller one is committed, or never will be.

    On PostgreSQL numbers are taken before the commit, so this waits for those who had taken one, and only for them; on
    SQLite it waits for its turn as the one writer. To be called outside any transaction. Raises `database_busy` where
    somebody takes longer than one has patience.
    """
    at_hand = store.current()
    if not at_hand.postgresql:
        return store.committed(activities.last_taken)
    number = activities.last_taken(at_hand)
    _wait(at_hand, patience_seconds)
    return number


def _wait(at_hand: Store, patience_seconds: float) -> None:
    """Until all that are taking numbers now have ended; those who begin meanwhile get later ones."""
    until = time.monotonic() + patience_seconds
    waited_for = activities.numbering(at_hand)
    while waited_for:
        if time.monotonic() > until:
            raise store.DATABASE_BUSY(retry_after_seconds=1)
        time.sleep(_PAUSE_SECONDS)
        waited_for &= activities.numbering(at_hand)
