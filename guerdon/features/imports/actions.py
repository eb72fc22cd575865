"""Every write to import runs, each in the transaction at hand."""

from datetime import datetime

import msgspec

from guerdon.core import limits
from guerdon.features.imports.queries import Counts, ImportRun
from guerdon.kit import clock, ids
from guerdon.kit.store import Statement, Store, Table

RUNS = Table(
    "imports_run",
    {
        "id": "uuid", "programme_id": "uuid", "file_digest": "text", "mapping_digest": "text", "file_name": "text",
        "position": "bigint", "counts": "text", "state": "text", "started_at": "bigint", "finished_at": "bigint",
    },
)  # fmt: skip
# The position only grows: of two programs that import the same file the slower one changes nothing.
_ADVANCE = Statement(
    "UPDATE imports_run SET position = :position, counts = :counts, state = 'running', finished_at = NULL"
    " WHERE id = :id AND position <= :position"
)
_STATE = Statement("UPDATE imports_run SET state = :state, finished_at = :now WHERE id = :id")


def begin(
    store: Store, programme_id: str, *, file_digest: str, mapping_digest: str, file_name: str, now: datetime
) -> ImportRun:
    """Enter a new run at the beginning of its file."""
    run = ImportRun(
        id=ids.new(),
        programme_id=programme_id,
        file_digest=file_digest,
        mapping_digest=mapping_digest,
        file_name=file_name[-limits.IDENTIFIER_CHARS_MAX :],
        position=0,
        counts=Counts(),
        state="running",
        started_at=now,
        finished_at=None,
    )
    store.write([(RUNS, [(
        run.id, programme_id, file_digest, mapping_digest, run.file_name, 0, _encoded(run.counts), run.state,
        clock.micros(now), None,
    )])])  # fmt: skip
    return run


def advance(store: Store, run_id: str, *, position: int, counts: Counts) -> None:
    """The rows up to `position` are committed."""
    store.fetch(_ADVANCE, id=run_id, position=position, counts=_encoded(counts))


def stop(store: Store, run_id: str, *, now: datetime) -> None:
    """The run was interrupted and can go on from its position."""
    store.fetch(_STATE, id=run_id, state="stopped", now=clock.micros(now))


def finish(store: Store, run_id: str, *, now: datetime) -> None:
    """The file is done."""
    store.fetch(_STATE, id=run_id, state="finished", now=clock.micros(now))


def _encoded(counts: Counts) -> str:
    return msgspec.json.encode(counts).decode()
