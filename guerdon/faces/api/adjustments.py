"""Adjustments: points given or taken by hand, each with its reason and the one who did it; large ones by two."""

import time
from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from guerdon.core import activities as activities_law
from guerdon.core import adjustments as law
from guerdon.core import households, ledger, limits
from guerdon.core import members as members_law
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.programme import UNIT_UNKNOWN
from guerdon.engine import adjust, desk, group_commit
from guerdon.engine.adjust import ADJUSTMENT_UNKNOWN, Verdict
from guerdon.engine.batch import Outcome
from guerdon.engine.desk import Result
from guerdon.engine.once import once
from guerdon.faces.api import calls, views
from guerdon.faces.api.calls import Call, Endpoint, ExternalId, Reply, Source, Trial
from guerdon.faces.api.views import DecisionView
from guerdon.faces.web import Problem
from guerdon.features.activities import queries as activities
from guerdon.features.activities.actions import Idempotency
from guerdon.features.activities.queries import Recorded
from guerdon.features.adjustments import queries as requests
from guerdon.kit import ids

# What a repeated adjustment may say otherwise, by its place in the journal; who makes it and when always differs.
_DIFFERING: Final = {
    "/member": "/member",
    "/facts/unit": "/unit",
    "/facts/points": "/points",
    "/facts/reason": "/reason",
    "/facts/note": "/note",
}

Note = Annotated[str, Meta(max_length=limits.TEXT_CHARS_MAX)]
State = Literal["booked", "waiting", "approved", "rejected"]


class NewAdjustment(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Points to give (+) or take (−), in the unit's smallest steps; (source, external_id) names it for ever."""

    member: Member
    unit: str
    points: int
    reason: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]
    external_id: ExternalId
    source: Source = "api"
    note: Note = ""


class Judgement(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a second person says to it; an empty object is enough."""

    note: Note = ""


class Queue(calls.Page, frozen=True, forbid_unknown_fields=True):
    """Which adjustments of those that needed a second person: the waiting ones, or those decided so."""

    state: requests.State = "waiting"


class Adjustment(msgspec.Struct, frozen=True, omit_defaults=True):
    """An adjustment as it stands in the journal; `actor` and `decided_by` are the names of the API keys, or people's.

    One that `waits` has moved no points yet; `decided_by` is there once a second person has spoken.
    """

    id: str
    state: State
    member: str
    unit: str
    points: int
    reason: str
    actor: str
    source: str
    external_id: str
    seq: int
    recorded_at: datetime
    note: str = ""
    decided_by: str | None = None
    asked_at: datetime | None = None
    verdict_note: str | None = None
    mine: bool = False


class RecordedAdjustment(msgspec.Struct, frozen=True, omit_defaults=True):
    """An adjustment, what it did, and the number the journal reached."""

    adjustment: Adjustment
    decision: DecisionView
    seq: int
    dry_run: bool = False
    differs: tuple[str, ...] = ()


class Adjustments(msgspec.Struct, frozen=True):
    """A page of adjustments that needed a second person, in the order in which they were asked for."""

    adjustments: tuple[RecordedAdjustment, ...]
    next: str | None


class AdjustmentBatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Up to 1,000 adjustments; each is booked, parked or refused by itself."""

    adjustments: Annotated[list[NewAdjustment], Meta(min_length=1, max_length=limits.BATCH_MAX)]


class AdjustmentResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one adjustment of a batch: the answer a single request would have got, or its refusal."""

    status: int
    result: RecordedAdjustment | None = None
    problem: Problem | None = None


class AdjustmentResults(msgspec.Struct, frozen=True):
    """The results in the order of the adjustments; those that wait are among the taken ones."""

    results: tuple[AdjustmentResult, ...]
    taken: int
    waiting: int
    refused: int


def make(call: Call, query: Trial, body: NewAdjustment) -> Reply:
    """Give or take points by hand; never below zero."""
    wanted = _wanted(call, body, call.idempotency(body))
    (result,) = adjust.adjust_many(
        programme_id=call.programme_id, adjustments=[wanted], now=call.now, dry_run=query.dry_run
    )
    if isinstance(result, Refusal):
        raise result
    view = _view(result, dry_run=query.dry_run)
    if query.dry_run:
        return Reply(view, result.replayed, status=200)
    return Reply(view, result.replayed, location=f"/v1/adjustments/{view.adjustment.id}", status=_status(view))


def make_batch(call: Call, query: Trial, body: AdjustmentBatch) -> Reply:
    """Give or take many points by hand; one that is refused never harms its neighbours."""
    scope = call.idempotency(body)
    if scope is not None and not query.dry_run:
        once(programme_id=call.programme_id, idempotency=scope, now=call.now, write=lambda _: "batch")
    told = [
        adjust.told(_wanted(call, one, _part(scope, place)), call.now) for place, one in enumerate(body.adjustments)
    ]
    step = len(told) if query.dry_run else limits.BATCH_STEP
    found: list[Result | Exception] = []
    for start in range(0, len(told), step):
        part = told[start : start + step]
        found += group_commit.record_each(
            programme_id=call.programme_id, told=part, now=call.now, dry_run=query.dry_run, record=adjust.take_in
        )
        time.sleep(0)  # whoever waits for the one writer of SQLite gets a turn
    results = tuple(_result(call, one, dry_run=query.dry_run) for one in found)
    refused = sum(one.problem is not None for one in results)
    waiting = sum(one.result is not None and one.result.adjustment.state == "waiting" for one in results)
    replayed = all(one.replayed for one in found if isinstance(one, Outcome | Refusal))
    return Reply(AdjustmentResults(results, len(results) - refused, waiting, refused), replayed)


def read(call: Call, id: str) -> Reply:
    """One adjustment with what it did."""
    found = activities.find(call.store, call.programme_id, ids.read("adjustment", id), adjust.ADJUSTMENT)
    if found is None:
        raise ADJUSTMENT_UNKNOWN(id=id[:60])
    return Reply(_view(found))


def list_(call: Call, query: Queue) -> Reply:
    """The adjustments that wait for a second person, or those that were approved or rejected by one."""
    seq = calls.after(query.cursor, tuple[int])[0] if query.cursor else 0
    asked = requests.queue(call.store, call.programme_id, state=query.state, seq=seq, most=query.limit)
    facts = activities.recorded(call.store, [(one.account_id, one.id) for one in asked])
    ends = calls.cursor(asked[-1].seq) if len(asked) == query.limit else None
    seen = [_seen_by(call, _view(facts[one.id]), one.asked_by) for one in asked if one.id in facts]
    return Reply(Adjustments(tuple(seen), ends), next=ends)


def _seen_by(call: Call, view: RecordedAdjustment, asked_by: str) -> RecordedAdjustment:
    """With what its asker is told: that somebody else must decide."""
    assert call.key is not None
    if asked_by != call.key.person:
        return view
    return msgspec.structs.replace(view, adjustment=msgspec.structs.replace(view.adjustment, mine=True))


def approve(call: Call, id: str, body: Judgement) -> Reply:
    """Book an adjustment that waits, as the second person."""
    return _decide(call, id, "approval", body)


def reject(call: Call, id: str, body: Judgement) -> Reply:
    """Turn down an adjustment that waits, as the second person; nothing is booked."""
    return _decide(call, id, "rejection", body)


def _decide(call: Call, id: str, verdict: Verdict, body: Judgement) -> Reply:
    outcome = adjust.decide(
        programme_id=call.programme_id,
        adjustment_id=ids.read("adjustment", id),
        verdict=verdict,
        actor=call.doer,
        now=call.now,
        note=body.note,
        idempotency=call.idempotency(body),
    )
    return Reply(_view(msgspec.structs.replace(outcome, differs=())), outcome.replayed)  # a verdict is no telling


def _wanted(call: Call, body: NewAdjustment, idempotency: Idempotency | None) -> adjust.Adjustment:
    return adjust.Adjustment(
        member=body.member,
        unit=body.unit,
        points=body.points,
        reason=body.reason,
        actor=call.doer,
        source=body.source,
        external_id=body.external_id,
        note=body.note,
        idempotency=idempotency,
    )


def _part(scope: Idempotency | None, place: int) -> Idempotency | None:
    """The key of one adjustment of the batch: the batch's, on a route of its own, numbered."""
    return scope and Idempotency(scope.credential, f"{scope.route} {scope.key}", str(place), scope.digest)


def _result(call: Call, one: Result | Exception, *, dry_run: bool) -> AdjustmentResult:
    if isinstance(one, Outcome):
        view = _view(one, dry_run=dry_run)
        return AdjustmentResult(200 if dry_run else _status(view), result=view)
    refusal = one if isinstance(one, Refusal) else calls.broken(one, call)
    told = call.problem(refusal)
    return AdjustmentResult(told.status, problem=told)


def _status(view: RecordedAdjustment) -> int:
    return 202 if view.adjustment.state == "waiting" else 201


def _state(one: Outcome | Recorded) -> State:
    if one.decision.parked is not None:
        return "waiting"
    verdict = one.activity.facts.get("verdict")
    return "approved" if verdict == "approved" else "rejected" if verdict == "rejected" else "booked"


def _view(one: Outcome | Recorded, *, dry_run: bool = False) -> RecordedAdjustment:
    told, facts = one.activity, one.activity.facts
    adjustment = Adjustment(
        id=ids.show("adjustment", one.activity_id),
        state=_state(one),
        member=views.whose(one),
        unit=str(facts["unit"]),
        points=int(facts["points"]),
        reason=str(facts["reason"]),
        actor=str(facts["actor"]),
        source=told.source,
        external_id=told.external_id,
        seq=one.seq,
        recorded_at=one.recorded_at,
        note=str(facts.get("note", "")),
    )
    if "verdict" in facts:
        adjustment = msgspec.structs.replace(
            adjustment,
            decided_by=str(facts["decided_by"]),
            asked_at=datetime.fromisoformat(str(facts["asked_at"])),
            verdict_note=str(facts["verdict_note"]) if "verdict_note" in facts else None,
        )
    told_otherwise = one.differs if isinstance(one, Outcome) else ()
    differs = tuple(_DIFFERING[pointer] for pointer in told_otherwise if pointer in _DIFFERING)
    return RecordedAdjustment(adjustment, views.decided(one.decision), one.seq, dry_run, differs)


_MADE: Final = (
    members_law.MEMBER_UNKNOWN, members_law.MEMBER_NOT_ACTIVE, members_law.IDENTIFIER_INVALID, ids.ID_MALFORMED,
    activities_law.ACTIVITY_INVALID, desk.IDEMPOTENCY_CONFLICT, UNIT_UNKNOWN, ledger.INSUFFICIENT_POINTS,
    ledger.POINTS_INVALID, law.REASON_MISSING, law.REASON_UNKNOWN, households.HOUSEHOLD_UNNAMED,
)  # fmt: skip
_DECIDED: Final = (
    ADJUSTMENT_UNKNOWN, ids.ID_MALFORMED, law.OWN_ADJUSTMENT, law.ADJUSTMENT_DECIDED, desk.IDEMPOTENCY_CONFLICT,
)  # fmt: skip
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/adjustments", "adjustments:write", make, "Give or take points by hand",
        RecordedAdjustment, takes=NewAdjustment, query=Trial, status=201, later=True, refuses=_MADE, idempotent=True,
        tag="Adjustments",
        about="Never below zero. Where the programme lists reasons, `reason` is the code of one. What is more than one "
        "person may do to a member in a day is answered 202 with the state `waiting`: it moves no points until "
        "somebody with another key approves it. The same adjustment told again answers what it answered first and "
        "writes nothing; where it says something else now, `differs` points to it. With `dry_run=true` it answers 200 "
        "and nothing is kept.",
    ),
    Endpoint(
        "POST", "/v1/adjustments/batch", "adjustments:write", make_batch, "Give or take up to 1,000 times by hand",
        AdjustmentResults, takes=AdjustmentBatch, query=Trial, refuses=(desk.IDEMPOTENCY_CONFLICT,), idempotent=True,
        tag="Adjustments",
        about="Each adjustment is booked, parked or refused by itself, in the order given; the answer is 200 and holds "
        "the status each would have got alone.",
    ),
    Endpoint(
        "GET", "/v1/adjustments", "profiles:read", list_, "List adjustments that need a second person",
        Adjustments, query=Queue, refuses=(calls.CURSOR_INVALID,), tag="Adjustments",
        about="Those that wait (`state=waiting`, which is also the default), or those that were approved or rejected.",
    ),
    Endpoint(
        "GET", "/v1/adjustments/{id}", "profiles:read", read, "Read an adjustment",
        RecordedAdjustment, refuses=(ADJUSTMENT_UNKNOWN, ids.ID_MALFORMED), noun="adjustment", tag="Adjustments",
    ),
    Endpoint(
        "POST", "/v1/adjustments/{id}/approve", "adjustments:approve", approve, "Approve an adjustment that waits",
        RecordedAdjustment, takes=Judgement, refuses=(*_DECIDED, ledger.INSUFFICIENT_POINTS, UNIT_UNKNOWN),
        idempotent=True, noun="adjustment", tag="Adjustments",
        about="It is booked once, from now on and under the law in force now; nobody approves their own. Where the "
        "points are not there any more it is refused and waits on. Approved already, it answers what came of it.",
    ),
    Endpoint(
        "POST", "/v1/adjustments/{id}/reject", "adjustments:approve", reject, "Reject an adjustment that waits",
        RecordedAdjustment, takes=Judgement, refuses=_DECIDED, idempotent=True, noun="adjustment", tag="Adjustments",
        about="Nothing is booked, for good: it can be neither approved nor told again. Rejected already, it answers "
        "the same.",
    ),
)  # fmt: skip
