"""Adjustments: points given or taken by hand, each with its reason and the one who did it."""

from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from guerdon.core import errors, limits
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.engine import redeem
from guerdon.engine.batch import Outcome
from guerdon.faces.api import views
from guerdon.faces.api.calls import Call, Reply
from guerdon.faces.api.views import DecisionView
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.kit import ids

ADJUSTMENT_UNKNOWN = errors.declare("unknown", "adjustment_unknown", "id")

# What a repeated adjustment may say otherwise, by its place in the journal; who makes it and when always differs.
_DIFFERING: Final = {
    "/member": "/member",
    "/facts/unit": "/unit",
    "/facts/points": "/points",
    "/facts/reason": "/reason",
}

ExternalId = Annotated[str, Meta(min_length=1, max_length=limits.IDENTIFIER_CHARS_MAX)]
Source = Annotated[str, Meta(min_length=1, max_length=limits.KEY_CHARS_MAX)]


class NewAdjustment(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Points to give (+) or take (−), in the unit's smallest steps; (source, external_id) names it for ever."""

    member: Member
    unit: str
    points: int
    reason: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]
    external_id: ExternalId
    source: Source = "api"


class Trial(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an adjustment is to be taken: `dry_run` writes nothing."""

    dry_run: bool = False


class Adjustment(msgspec.Struct, frozen=True):
    """An adjustment as it stands in the journal; `actor` is the name of the API key that made it."""

    id: str
    member: str
    unit: str
    points: int
    reason: str
    actor: str
    source: str
    external_id: str
    seq: int
    recorded_at: datetime


class RecordedAdjustment(msgspec.Struct, frozen=True, omit_defaults=True):
    """An adjustment, what it did, and the number the journal reached."""

    adjustment: Adjustment
    decision: DecisionView
    seq: int
    dry_run: bool = False
    differs: tuple[str, ...] = ()


def make(call: Call, query: Trial, body: NewAdjustment) -> Reply:
    """Give or take points by hand; never below zero."""
    assert call.key is not None
    wanted = redeem.Adjustment(
        member=body.member,
        unit=body.unit,
        points=body.points,
        reason=body.reason,
        actor=call.key.name,
        source=body.source,
        external_id=body.external_id,
        idempotency=call.idempotency(body),
    )
    (result,) = redeem.adjust_many(
        programme_id=call.programme_id, adjustments=[wanted], now=call.now, dry_run=query.dry_run
    )
    if isinstance(result, Refusal):
        raise result
    view = _view(result, dry_run=query.dry_run)
    if query.dry_run:
        return Reply(view, result.replayed, status=200)
    return Reply(view, result.replayed, location=f"/v1/adjustments/{view.adjustment.id}")


def read(call: Call, id: str) -> Reply:
    """One adjustment with what it did."""
    bare = ids.read("adjustment", id)
    try:
        found = activities.one(call.store, call.programme_id, bare)
    except Refusal as refusal:
        raise ADJUSTMENT_UNKNOWN(id=id[:60]) from refusal
    if found.activity.kind != "adjustment":
        raise ADJUSTMENT_UNKNOWN(id=id[:60])
    return Reply(_view(found))


def _view(one: Outcome | Recorded, *, dry_run: bool = False) -> RecordedAdjustment:
    told, facts = one.activity, one.activity.facts
    adjustment = Adjustment(
        id=ids.show("adjustment", one.activity_id),
        member=ids.show("member", one.account_id),
        unit=str(facts["unit"]),
        points=int(facts["points"]),
        reason=str(facts["reason"]),
        actor=str(facts["actor"]),
        source=told.source,
        external_id=told.external_id,
        seq=one.seq,
        recorded_at=one.recorded_at,
    )
    told_otherwise = one.differs if isinstance(one, Outcome) else ()
    differs = tuple(_DIFFERING[pointer] for pointer in told_otherwise if pointer in _DIFFERING)
    return RecordedAdjustment(adjustment, views.decided(one.decision), one.seq, dry_run, differs)
