"""Import runs on their way: begun, moved on after each chunk, ended, each in a transaction of its own."""

from datetime import datetime

from guerdon.features.imports import actions
from guerdon.features.imports.queries import Counts, ImportRun
from guerdon.kit import store


def begin(*, programme_id: str, file_digest: str, mapping_digest: str, file_name: str, now: datetime) -> ImportRun:
    """Enter a new run at the beginning of its file."""
    return store.committed(
        lambda at_hand: actions.begin(
            at_hand,
            programme_id,
            file_digest=file_digest,
            mapping_digest=mapping_digest,
            file_name=file_name,
            now=now,
        )
    )


def advance(*, run_id: str, position: int, counts: Counts) -> None:
    """The rows up to `position` are committed."""
    store.committed(lambda at_hand: actions.advance(at_hand, run_id, position=position, counts=counts))


def end(*, run_id: str, done: bool, now: datetime) -> None:
    """The run is finished where it is `done`; else it can go on from its position."""
    close = actions.finish if done else actions.stop
    store.committed(lambda at_hand: close(at_hand, run_id, now=now))
