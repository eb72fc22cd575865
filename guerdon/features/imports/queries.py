"""Every read of import runs."""

from datetime import datetime
from typing import Literal

import msgspec

from guerdon.kit import clock
from guerdon.kit.store import Statement, Store

State = Literal["running", "stopped", "finished"]

_COLUMNS = "id, programme_id, file_digest, mapping_digest, file_name, position, counts, state, started_at, finished_at"
_LATEST = Statement(
    f"SELECT {_COLUMNS} FROM imports_run WHERE programme_id = :programme AND file_digest = :file"  # noqa: S608 - constant
    " AND mapping_digest = :mapping ORDER BY started_at DESC, id DESC LIMIT 1"
)
_RECENT = Statement(
    f"SELECT {_COLUMNS} FROM imports_run WHERE programme_id = :programme"  # noqa: S608 - constant
    " ORDER BY started_at DESC, id DESC LIMIT :most"
)


class Counts(msgspec.Struct, frozen=True):
    """What an import has done so far; points in the smallest step of their unit."""

    rows: int = 0
    recorded: int = 0
    parked: int = 0  # of the recorded
    replayed: int = 0
    differing: int = 0  # of the replayed: told otherwise than the first time, which stands
    faulty: int = 0  # activities whose rows cannot be read
    refused: int = 0  # activities the programme does not take
    lines: int = 0  # of the recorded
    points: dict[str, int] = {}
    rules: dict[str, dict[str, int]] = {}  # unit → rule → points
    reasons: dict[str, int] = {}  # faults by reason
    left_out: dict[str, int] = {}

    def plus(self, more: "Counts") -> "Counts":
        """Both together."""
        rules = {unit: _sum(self.rules.get(unit, {}), more.rules.get(unit, {})) for unit in self.rules | more.rules}
        return Counts(
            rows=self.rows + more.rows,
            recorded=self.recorded + more.recorded,
            parked=self.parked + more.parked,
            replayed=self.replayed + more.replayed,
            differing=self.differing + more.differing,
            faulty=self.faulty + more.faulty,
            refused=self.refused + more.refused,
            lines=self.lines + more.lines,
            points=_sum(self.points, more.points),
            rules=rules,
            reasons=_sum(self.reasons, more.reasons),
            left_out=_sum(self.left_out, more.left_out),
        )


class ImportRun(msgspec.Struct, frozen=True):
    """A run as it is remembered."""

    id: str
    programme_id: str
    file_digest: str
    mapping_digest: str
    file_name: str
    position: int
    counts: Counts
    state: State
    started_at: datetime
    finished_at: datetime | None


def latest(store: Store, programme_id: str, *, file_digest: str, mapping_digest: str) -> ImportRun | None:
    """The last run of this very file under this very mapping."""
    rows = store.fetch(_LATEST, programme=programme_id, file=file_digest, mapping=mapping_digest)
    return _run(rows[0]) if rows else None


def recent(store: Store, programme_id: str, *, most: int) -> list[ImportRun]:
    """The latest runs of a programme, newest first."""
    return [_run(row) for row in store.fetch(_RECENT, programme=programme_id, most=most)]


def _run(row: tuple[str, str, str, str, str, int, str, State, int, int | None]) -> ImportRun:
    *names, position, counts, state, started_at, finished_at = row
    id, programme_id, file_digest, mapping_digest, file_name = names
    return ImportRun(
        id=id,
        programme_id=programme_id,
        file_digest=file_digest,
        mapping_digest=mapping_digest,
        file_name=file_name,
        position=position,
        counts=msgspec.json.decode(counts, type=Counts),
        state=state,
        started_at=clock.instant(started_at),
        finished_at=clock.instant(finished_at),
    )


def _sum(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    if not other:
        return one
    found = dict(one)
    for key, count in other.items():
        found[key] = found.get(key, 0) + count
    return found
