"""Objectives are set, and ended: what was wanted never changes, so that how it went can always be told."""

from datetime import datetime

from guerdon.core import limits, period
from guerdon.core import objectives as law
from guerdon.core.closing import named
from guerdon.core.objectives import Goal
from guerdon.engine.adjust import Actor
from guerdon.engine.once import once
from guerdon.features.activities.actions import Idempotency
from guerdon.features.objectives import actions, queries
from guerdon.features.objectives.queries import Objective
from guerdon.features.programmes import queries as programmes
from guerdon.kit import audit, ids, store
from guerdon.kit.store import Store


def begin(
    goal: Goal, *, programme_id: str, actor: Actor, now: datetime, idempotency: Idempotency | None = None
) -> tuple[Objective, bool]:
    """Set an objective; answers it, and whether that was known from before.

    Raises `objectives_too_many` and what `objectives.check` refuses.
    """
    zone = programmes.latest(store.current(), programme_id).current(now).zone
    law.check(goal, this_month=named(period.local_day(now, zone)))

    def write(at_hand: Store) -> str:
        programmes.lock_lists(at_hand, programme_id)
        if len(queries.open_(at_hand, programme_id)) >= limits.OBJECTIVES_OPEN_MAX:
            raise law.OBJECTIVES_TOO_MANY(most=limits.OBJECTIVES_OPEN_MAX)
        id = ids.new()
        actions.put(at_hand, programme_id, id, goal, by=actor.name, now=now)
        audit.note(
            at_hand, programme_id=programme_id, actor=actor.noted, action="objective.set", now=now,
            about=ids.show("objective", id),
            after={"name": goal.name, "kpi": goal.kpi, "target": goal.target, "measure": goal.measure,
                   "first": goal.first, "last": goal.last},
        )  # fmt: skip
        return id

    id, replayed = once(programme_id=programme_id, idempotency=idempotency, now=now, write=write)
    return queries.get(store.current(), programme_id, id), replayed


def end(*, programme_id: str, id: str, why: str, actor: Actor, now: datetime) -> Objective:
    """Put an end to an objective; nothing of it is deleted. Raises `objective_unknown` and `objective_ended`."""

    def write(at_hand: Store) -> Objective:
        one = queries.get(at_hand, programme_id, id)
        if not actions.end(at_hand, programme_id, id, by=actor.name, why=why, now=now):
            raise law.OBJECTIVE_ENDED(id=ids.show("objective", id))
        audit.note(
            at_hand, programme_id=programme_id, actor=actor.noted, action="objective.ended", now=now,
            about=ids.show("objective", id), before={"name": one.goal.name, "kpi": one.goal.kpi}, reason=why,
        )  # fmt: skip
        return queries.get(at_hand, programme_id, id)

    return store.committed(write)
