"""Objectives: where a KPI shall be by a month, month by month how it goes, and an end to one."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import closing, kpis, limits
from guerdon.core import objectives as law
from guerdon.core.objectives import Baseline, Direction, Goal, Measure, Step, Verdict
from guerdon.core.programme import Programme
from guerdon.engine import desk
from guerdon.engine import objectives as engine
from guerdon.faces import goals, tables
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Call, Endpoint, Page, Reply, Spreadsheet
from guerdon.faces.api.kpis import exported, own
from guerdon.faces.goals import NewObjective, Reason, Standing
from guerdon.features.objectives import queries
from guerdon.features.objectives.queries import LAST, Objective
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids

_Why = Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]


class ObjectiveEnd(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why an objective is ended."""

    why: _Why


class ObjectiveMonth(msgspec.Struct, frozen=True):
    """A month of an objective, in its KPI's unit."""

    month: str
    value: int | None
    baseline: int | None
    asked: int | None
    target: int | None


class ObjectiveView(msgspec.Struct, frozen=True):
    """An objective, and how it goes."""

    id: str
    name: str
    kpi: str
    of: tuple[str, ...]
    store: str
    tier: str
    segment: str
    measure: Measure
    target: int
    direction: Direction
    first: str
    last: str
    baseline: Baseline
    base_first: str | None
    base_last: str | None
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    ended_by: str | None
    why: str | None
    wish: str
    verdict: Verdict
    reason: Reason
    text: str
    month: str | None
    change: int | None
    pace: int | None
    next: int | None
    scale: int
    currency: str | None
    months: tuple[ObjectiveMonth, ...]


class Objectives(msgspec.Struct, frozen=True):
    """A page of objectives, the newest first."""

    objectives: tuple[ObjectiveView, ...]
    next: str | None


def begin(call: Call, body: NewObjective) -> Reply:
    """Set an objective."""
    goal = goals.made(body, _programme(call), now=call.now)
    exported(own(call))  # what can't be read is said before anything is written
    one, replayed = engine.begin(
        goal, programme_id=call.programme_id, actor=call.doer, now=call.now, idempotency=call.idempotency(body)
    )
    (shown,) = views(call, [one])
    return Reply(shown, replayed, location=f"/v1/objectives/{shown.id}")


def list_(call: Call, query: Page) -> Reply:
    """The objectives of the programme, those that were ended, too."""
    before = LAST if query.cursor is None else calls.after_id(query.cursor)
    found = queries.page(call.store, call.programme_id, before=before, most=query.limit)
    ends = calls.cursor(found[-1].id) if len(found) == query.limit else None
    return Reply(Objectives(tuple(views(call, found)), ends), next=ends)


def read(call: Call, id: str) -> Reply:
    """One objective, and how it goes."""
    one = queries.get(call.store, call.programme_id, ids.read("objective", id))
    (shown,) = views(call, [one])
    if call.wants_csv:
        return Reply(Spreadsheet(csv_of(shown), f"objective-{one.goal.kpi}-{one.goal.last}.csv"))
    return Reply(shown)


def end(call: Call, id: str, body: ObjectiveEnd) -> Reply:
    """Put an end to an objective."""
    known = ids.read("objective", id)
    exported(own(call))
    one = engine.end(programme_id=call.programme_id, id=known, why=body.why, actor=call.doer, now=call.now)
    (shown,) = views(call, [one])
    return Reply(shown)


def views(call: Call, many: Sequence[Objective]) -> list[ObjectiveView]:
    """Objectives as callers see them, by what is kept. Raises `export_damaged`."""
    folder, programme = own(call), _programme(call)
    found = goals.standings(folder, exported(folder), many, programme, call.programme_id)
    return [_view(one, programme, call.language) for one in found]


def _programme(call: Call) -> Programme:
    return programmes.latest(call.store, call.programme_id).current(call.now).programme


def _view(standing: Standing, programme: Programme, language: str) -> ObjectiveView:
    one, progress = standing.one, standing.progress
    goal = one.goal
    return ObjectiveView(
        ids.show("objective", one.id), goal.name, goal.kpi, goal.of, goal.store, goal.tier, goal.segment, goal.measure,
        goal.target, goal.direction, goal.first, goal.last, goal.baseline, goal.base_first, goal.base_last, one.made_at,
        one.made_by, one.ended_at, one.ended_by, one.why, goals.wish(goal, programme, language), progress.verdict,
        standing.why, goals.says(standing, programme, language), progress.last, progress.change, progress.pace,
        progress.next, goals.scale(goal, programme), goals.currency(goal),
        tuple([_month(goal, step) for step in progress.steps]),
    )  # fmt: skip


def _month(goal: Goal, step: Step) -> ObjectiveMonth:
    def enough(exact: Fraction | None) -> int | None:
        return None if exact is None else law.enough(goal, exact)

    value, base = (None if exact is None else law.rounded(exact) for exact in (step.value, step.base))
    return ObjectiveMonth(step.month, value, base, enough(step.asked), enough(step.target))


def csv_of(one: ObjectiveView) -> str:
    """A row for each month, as decimal numbers."""
    header = ("month", "value", "baseline", "asked", "target")
    lines = [
        [each.month, *[tables.decimal(number, one.scale) for number in (each.value, each.baseline, each.asked,
                                                                        each.target)]]
        for each in one.months
    ]  # fmt: skip
    return tables.write(header, lines)


_ONE: Final = (law.OBJECTIVE_UNKNOWN, ids.ID_MALFORMED, kpis.EXPORT_DAMAGED, programmes.PROGRAMME_UNPUBLISHED)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/objectives", "objectives:write", begin, "Set an objective", ObjectiveView, takes=NewObjective,
        status=201, idempotent=True, tag="Objectives",
        refuses=(
            kpis.KPI_UNKNOWN, kpis.KPI_OF_NO_STORE, kpis.EXPORT_DAMAGED, law.OBJECTIVE_UNFIT, law.OBJECTIVE_OF_UNCLEAR,
            law.OBJECTIVE_MONTHS_INVALID, law.OBJECTIVE_BASELINE_INVALID, law.OBJECTIVE_TARGET_INVALID,
            law.OBJECTIVES_TOO_MANY, closing.MONTH_INVALID, programmes.PROGRAMME_UNPUBLISHED,
            desk.IDEMPOTENCY_CONFLICT,
        ),
        about="A KPI of closed months shall change by so much against a baseline, or come to a number, by a month, "
        "which decides. What was set never changes; an objective that is wanted no more is ended.",
    ),
    Endpoint(
        "GET", "/v1/objectives", "figures:read", list_, "List objectives", Objectives, query=Page,
        refuses=(calls.CURSOR_INVALID, kpis.EXPORT_DAMAGED, programmes.PROGRAMME_UNPUBLISHED), tag="Objectives",
        about="Each with how it goes by the closed months that are exported. What a worker has not computed yet is "
        "`computing`; nothing is computed while the caller waits.",
    ),
    Endpoint(
        "GET", "/v1/objectives/{id}", "figures:read", read, "Read an objective", ObjectiveView, refuses=_ONE,
        noun="objective", csv=True, tag="Objectives",
        about="The way to the target goes by as much every month: of n months the i-th is due i ÷ n of it. Numbers "
        "are rounded only to be shown.",
    ),
    Endpoint(
        "POST", "/v1/objectives/{id}/end", "objectives:write", end, "End an objective", ObjectiveView,
        takes=ObjectiveEnd, refuses=(*_ONE, law.OBJECTIVE_ENDED), noun="objective", tag="Objectives",
        about="It stays, with how it went up to the month in which it was ended.",
    ),
)  # fmt: skip
