"""Every read of objectives: one, a page of them, those that nobody has ended."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from guerdon.core.objectives import OBJECTIVE_UNKNOWN, Goal
from guerdon.kit import clock, ids
from guerdon.kit.store import Statement, Store

LAST: Final = "f" * 32  # above every id: where the newest page begins
_COLUMNS: Final = (
    "id, made_at, made_by, ended_at, ended_by, why, name, kpi, of_what, store, tier, segment, baseline, base_first,"
    " base_last, measure, target, direction, first, last"
)
_OF = f"SELECT {_COLUMNS} FROM objectives_objective WHERE programme_id = :programme"  # noqa: S608 - constant
_GET = Statement(f"{_OF} AND id = :id")
_PAGE = Statement(f"{_OF} AND id < :before ORDER BY id DESC LIMIT :most")
_OPEN = Statement(f"{_OF} AND ended_at IS NULL ORDER BY id DESC")
_decode = msgspec.json.Decoder(tuple[str, ...]).decode


class Objective(msgspec.Struct, frozen=True):
    """An objective as it is remembered."""

    id: str
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    ended_by: str | None
    why: str | None
    goal: Goal


def get(store: Store, programme_id: str, id: str) -> Objective:
    """One objective. Raises `objective_unknown`."""
    rows = store.fetch(_GET, programme=programme_id, id=id)
    if not rows:
        raise OBJECTIVE_UNKNOWN(id=ids.show("objective", id))
    return _objective(rows[0])


def page(store: Store, programme_id: str, *, before: str = LAST, most: int) -> list[Objective]:
    """The objectives before an id, the newest first."""
    return [_objective(row) for row in store.fetch(_PAGE, programme=programme_id, before=before, most=most)]


def open_(store: Store, programme_id: str) -> list[Objective]:
    """Those that nobody has ended, the newest first."""
    return [_objective(row) for row in store.fetch(_OPEN, programme=programme_id)]


def _objective(row: Sequence[Any]) -> Objective:
    id, made_at, made_by, ended_at, ended_by, why, name, kpi, of, *rest = row
    goal = Goal(name, kpi, _decode(of), *rest)
    return Objective(id, clock.instant(made_at), made_by, clock.instant(ended_at), ended_by, why, goal)
