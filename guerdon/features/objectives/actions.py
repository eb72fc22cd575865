"""Every write to objectives, each in the transaction at hand: one is set, one is ended."""

from datetime import datetime
from typing import Final

import msgspec

from guerdon.core.objectives import Goal
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, Table

OBJECTIVES: Final = Table(
    "objectives_objective",
    {
        "programme_id": "uuid", "id": "uuid", "name": "text", "kpi": "text", "of_what": "text", "store": "text",
        "tier": "text", "segment": "text", "baseline": "text", "base_first": "text", "base_last": "text",
        "measure": "text", "target": "bigint", "direction": "text", "first": "text", "last": "text",
        "made_at": "bigint", "made_by": "text",
    },
)  # fmt: skip
_END = Statement(
    "UPDATE objectives_objective SET ended_at = :now, ended_by = :by, why = :why"
    " WHERE programme_id = :programme AND id = :id AND ended_at IS NULL RETURNING id"
)


def put(store: Store, programme_id: str, id: str, goal: Goal, *, by: str, now: datetime) -> None:
    """Remember what is wanted from now on."""
    row = (
        programme_id, id, goal.name, goal.kpi, msgspec.json.encode(goal.of).decode(), goal.store, goal.tier,
        goal.segment, goal.baseline, goal.base_first, goal.base_last, goal.measure, goal.target, goal.direction,
        goal.first, goal.last, clock.micros(now), by,
    )  # fmt: skip
    store.write([(OBJECTIVES, [row])])


def end(store: Store, programme_id: str, id: str, *, by: str, why: str, now: datetime) -> bool:
    """Nobody wants it any more; answers whether anybody still did."""
    return bool(store.fetch(_END, programme=programme_id, id=id, by=by, why=why, now=clock.micros(now)))
