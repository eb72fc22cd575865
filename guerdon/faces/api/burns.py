"""Burns: points exchanged for value, and given back when that comes to nothing."""

from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import activities as activities_law
from guerdon.core import burns as law
from guerdon.core import households, ledger, redemptions
from guerdon.core import members as members_law
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.programme import UNIT_UNKNOWN
from guerdon.engine import cancel, desk, redeem
from guerdon.engine.batch import Outcome
from guerdon.faces.api import views
from guerdon.faces.api.calls import Call, Endpoint, ExternalId, Reply, Source, Trial
from guerdon.faces.api.views import DecisionView
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.ledger import burned
from guerdon.kit import ids

# What a repeated telling may say otherwise, by its place in the journal; when it is told always differs.
_DIFFERING: Final = {"/member": "/member", "/facts/unit": "/unit", "/facts/points": "/points"}
# A captured hold is a burn, too.
_KINDS: Final = ("burn", "capture")


class NewBurn(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Points to take, in the unit's smallest steps; (source, external_id) names the burn for ever."""

    member: Member
    unit: str
    points: int
    external_id: ExternalId
    source: Source = "api"


class BurnCancellation(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How much of a burn to give back; all that is left of it where no points are named."""

    points: int | None = None
    external_id: ExternalId | None = None
    source: Source = "api"


class Burn(msgspec.Struct, frozen=True, omit_defaults=True):
    """A burn as it stands in the journal; `cancelled` is how much of it has come back."""

    id: str
    member: str
    unit: str
    points: int
    source: str
    external_id: str
    seq: int
    recorded_at: datetime
    cancelled: int = 0


class RecordedBurn(msgspec.Struct, frozen=True, omit_defaults=True):
    """A burn, what it did, and the number the journal reached."""

    burn: Burn
    decision: DecisionView
    seq: int
    dry_run: bool = False
    differs: tuple[str, ...] = ()


class Cancelled(msgspec.Struct, frozen=True):
    """A cancellation as it stands in the journal."""

    id: str
    burn: str
    member: str
    unit: str
    points: int
    source: str
    external_id: str
    seq: int
    recorded_at: datetime


class CancelledBurn(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cancellation, what it did, and the number the journal reached."""

    cancellation: Cancelled
    decision: DecisionView
    seq: int
    dry_run: bool = False
    differs: tuple[str, ...] = ()


def make(call: Call, query: Trial, body: NewBurn) -> Reply:
    """Take points, first expiring first; never below zero."""
    wanted = redeem.Burn(
        member=body.member,
        unit=body.unit,
        points=body.points,
        source=body.source,
        external_id=body.external_id,
        idempotency=call.idempotency(body),
    )
    (result,) = redeem.burn_many(programme_id=call.programme_id, burns=[wanted], now=call.now, dry_run=query.dry_run)
    if isinstance(result, Refusal):
        raise result
    view = RecordedBurn(
        _burn(result), views.decided(result.decision), result.seq, query.dry_run, _differs(result, _DIFFERING)
    )
    if query.dry_run:
        return Reply(view, result.replayed, status=200)
    return Reply(view, result.replayed, location=f"/v1/burns/{view.burn.id}")


def read(call: Call, id: str) -> Reply:
    """One burn, what it did, and how much of it has come back."""
    found = _find(call, id)
    back = burned.of_entries(call.store, [(found.account_id, found.seq)])[found.activity_id].back
    view = msgspec.structs.replace(_burn(found), cancelled=back)
    return Reply(RecordedBurn(view, views.decided(found.decision), found.seq))


def cancel_(call: Call, id: str, query: Trial, body: BurnCancellation) -> Reply:
    """Give burned points back to the lots they came from."""
    wanted = cancel.Cancellation(
        burn=_find(call, id),
        points=body.points,
        source=body.source,
        external_id=body.external_id or "",
        idempotency=call.idempotency(body),
        by=call.actor,
    )
    (result,) = cancel.cancel_many(
        programme_id=call.programme_id, cancellations=[wanted], now=call.now, dry_run=query.dry_run
    )
    if isinstance(result, Refusal):
        raise result
    told, ((unit, points),) = result.activity, result.decision.reinstated.items()
    member, burn = views.whose(result), str(told.facts["burn"])
    names = (told.source, told.external_id, result.seq, result.recorded_at)
    view = Cancelled(ids.show("activity", result.activity_id), burn, member, unit, points, *names)
    differs = _differs(result, {"/facts/points": "/points"})
    return Reply(
        CancelledBurn(view, views.decided(result.decision), result.seq, query.dry_run, differs), result.replayed
    )


def _find(call: Call, id: str) -> Recorded:
    found = activities.find(call.store, call.programme_id, ids.read("burn", id), *_KINDS)
    if found is None:
        raise law.BURN_UNKNOWN(id=id[:60])
    return found


def _burn(one: Outcome | Recorded) -> Burn:
    told, (spent,) = one.activity, one.decision.spent
    return Burn(
        id=ids.show("burn", one.activity_id),
        member=views.whose(one),
        unit=spent.unit,
        points=spent.points,
        source=told.source,
        external_id=told.external_id,
        seq=one.seq,
        recorded_at=one.recorded_at,
    )


def _differs(result: Outcome, known: dict[str, str]) -> tuple[str, ...]:
    return tuple(known[pointer] for pointer in result.differs if pointer in known)


_TAKEN: Final = (
    members_law.MEMBER_UNKNOWN, members_law.MEMBER_NOT_ACTIVE, members_law.IDENTIFIER_INVALID, ids.ID_MALFORMED,
    activities_law.ACTIVITY_INVALID, desk.IDEMPOTENCY_CONFLICT, UNIT_UNKNOWN, ledger.UNIT_NOT_SPENDABLE,
    ledger.INSUFFICIENT_POINTS, ledger.POINTS_INVALID, households.ROLE_MAY_NOT_SPEND, households.HOUSEHOLD_UNNAMED,
    members_law.ADDRESS_NEW,
)  # fmt: skip
_TOLD_AGAIN: Final = "Told again, it answers what it answered first and writes nothing; where it says something else "
_TRIED: Final = "now, `differs` points to it. With `dry_run=true` it answers 200 and nothing is kept."

ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/burns", "burns:write", make, "Spend points", RecordedBurn, takes=NewBurn, query=Trial,
        status=201, refuses=_TAKEN, idempotent=True, tag="Burns",
        about=f"All of them or none, first expiring first. {_TOLD_AGAIN}{_TRIED}",
    ),
    Endpoint(
        "GET", "/v1/burns/{id}", "activities:read", read, "Read a burn", RecordedBurn,
        refuses=(law.BURN_UNKNOWN, ids.ID_MALFORMED), noun="burn", tag="Burns",
        about="A captured hold is a burn, too.",
    ),
    Endpoint(
        "POST", "/v1/burns/{id}/cancel", "burns:write", cancel_, "Give burned points back", CancelledBurn,
        takes=BurnCancellation, query=Trial,
        refuses=(
            law.BURN_UNKNOWN, law.BURN_CANCELLED, law.CANCELLED_TOO_MUCH, ledger.POINTS_INVALID, ids.ID_MALFORMED,
            activities_law.ACTIVITY_INVALID, desk.IDEMPOTENCY_CONFLICT, redemptions.OF_REDEMPTION, law.BURN_BOUND,
        ),
        idempotent=True, noun="burn", tag="Burns",
        about="They go back to the lots they came from, which keep their dates, last taken first; what has expired "
        "meanwhile expires at once, or lives on for the programme's grace. In parts, too, together never more than was "
        f"burned. {_TOLD_AGAIN}{_TRIED}",
    ),
)  # fmt: skip
