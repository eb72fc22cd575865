"""Holds: points reserved for a while, then captured or released."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

import msgspec

from guerdon.core import activities as activities_law
from guerdon.core import holds as law
from guerdon.core import households, ledger, redemptions, sentences
from guerdon.core import members as members_law
from guerdon.core.activities import Member
from guerdon.core.decisions import Held
from guerdon.core.errors import Refusal
from guerdon.core.holds import Hold, TimeToLive
from guerdon.core.programme import UNIT_UNKNOWN
from guerdon.core.sentences import purposes as spent
from guerdon.engine import desk, reserve
from guerdon.engine.batch import Outcome
from guerdon.faces.api import calls, views
from guerdon.faces.api.calls import Call, Endpoint, ExternalId, Page, Reply, Source, Trial
from guerdon.faces.api.views import DecisionView
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.holds import actions, queries
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.insight import purposes
from guerdon.kit import ids

# What a repeated telling may say otherwise, by its place in the journal; when it is told always differs.
_DIFFERING: Final = {
    "/member": "/member", "/facts/unit": "/unit", "/facts/points": "/points", "/facts/ends_at": "/ends_at",
    "/facts/minutes": "/ttl", "/facts/hours": "/ttl", "/facts/days": "/ttl", "/facts/final": "/final",
    "/facts/hold": "/hold",
}  # fmt: skip


class NewHold(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Points to reserve, for a time to live or until an instant; (source, external_id) names the hold for ever."""

    member: Member
    unit: str
    points: int
    external_id: ExternalId
    ttl: TimeToLive | None = None
    ends_at: datetime | None = None
    source: Source = "api"


class Capture(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How much to take, all where no points are named; the rest is released unless `final` is false."""

    points: int | None = None
    final: bool = True
    external_id: ExternalId | None = None
    source: Source = "api"


class Release(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """All that is still held goes back."""

    external_id: ExternalId | None = None
    source: Source = "api"


class HoldView(msgspec.Struct, frozen=True):
    """A hold; points = open + captured + released + expired, and it is `open` or ended in one way.

    `why` says what a redemption holds the points for, where one does and the hold is read.
    """

    id: str
    member: str
    unit: str
    points: int
    open: int
    captured: int
    released: int
    expired: int
    state: str
    created_at: datetime
    ends_at: datetime
    why: str | None = None


class RecordedHold(msgspec.Struct, frozen=True, omit_defaults=True):
    """A hold with the names it was told under, and the number the journal reached with it."""

    hold: HoldView
    source: str
    external_id: str
    seq: int
    dry_run: bool = False
    differs: tuple[str, ...] = ()


class EndedHold(msgspec.Struct, frozen=True, omit_defaults=True):
    """A capture or a release: the hold after it, what it did, and the number the journal reached.

    `burn` is the burn that a capture is.
    """

    id: str
    hold: HoldView
    decision: DecisionView
    seq: int
    recorded_at: datetime
    burn: str | None = None
    dry_run: bool = False
    differs: tuple[str, ...] = ()


class Holds(msgspec.Struct, frozen=True):
    """A page of holds."""

    holds: tuple[HoldView, ...]
    next: str | None


def make(call: Call, query: Trial, body: NewHold) -> Reply:
    """Reserve points, first expiring first; never more than can be spent now."""
    life: TimeToLive | datetime = body.ttl or TimeToLive()
    if body.ends_at is not None:
        if body.ttl is not None or body.ends_at.tzinfo is None:
            raise activities_law.ACTIVITY_INVALID(
                pointer="/ends_at", reason="ttl_and_ends_at" if body.ttl else "zone_missing"
            )
        life = body.ends_at.astimezone(UTC)
    wanted = reserve.NewHold(
        member=body.member,
        unit=body.unit,
        points=body.points,
        life=life,
        source=body.source,
        external_id=body.external_id,
        idempotency=call.idempotency(body),
    )
    (result,) = reserve.hold_many(programme_id=call.programme_id, holds=[wanted], now=call.now, dry_run=query.dry_run)
    if isinstance(result, Refusal):
        raise result
    assert result.decision.hold is not None
    view = _held(views.whose(result), result.decision.hold)
    told = RecordedHold(
        view, result.activity.source, result.activity.external_id, result.seq, query.dry_run, _differs(result)
    )
    if query.dry_run:
        return Reply(told, result.replayed, status=200)
    return Reply(told, result.replayed, location=f"/v1/holds/{view.id}")


def read(call: Call, id: str) -> Reply:
    """One hold as of now, whether or not the nightly run has been."""
    found, hold = _find(call, id)
    told = found.activity
    why = _why(call, [found]).get(hold.id)
    return Reply(RecordedHold(_view(hold, call.now, why), told.source, told.external_id, found.seq))


def list_(call: Call, id: str, query: Page) -> Reply:
    """The open holds of a member, in the order in which they were made."""
    member = members.get(call.store, call.programme_id, ids.read("member", id))
    last = calls.after_id(query.cursor)
    mine = [one for one in queries.open_of(call.store, [member.account_id]) if one.ends_at > call.now and one.id > last]
    page = mine[: query.limit]
    ends = calls.cursor(page[-1].id) if len(mine) > query.limit else None
    why = _why(call, activities.recorded(call.store, [(one.account_id, one.id) for one in page]).values())
    return Reply(Holds(tuple(_view(one, call.now, why.get(one.id)) for one in page), ends), next=ends)


def capture(call: Call, id: str, query: Trial, body: Capture) -> Reply:
    """Take held points, as of the instant at which they were reserved."""
    hold = _find_own(call, id)
    told = (body.source, body.external_id or "", call.idempotency(body))
    return _end(call, reserve.Ending(hold, "capture", body.points, body.final, *told), query.dry_run)


def release(call: Call, id: str, query: Trial, body: Release) -> Reply:
    """Give held points back."""
    hold = _find_own(call, id)
    told = (body.source, body.external_id or "", call.idempotency(body))
    return _end(call, reserve.Ending(hold, "release", None, True, *told), query.dry_run)


def _find_own(call: Call, id: str) -> Hold:
    """A hold that callers may end. Raises `of_redemption` where a redemption holds the points."""
    found, hold = _find(call, id)
    redemptions.check_foreign(found.activity)
    return hold


def _end(call: Call, wanted: reserve.Ending, dry_run: bool) -> Reply:
    (result,) = reserve.end_many(programme_id=call.programme_id, endings=[wanted], now=call.now, dry_run=dry_run)
    if isinstance(result, Refusal):
        raise result
    assert result.decision.hold is not None
    view = EndedHold(
        ids.show("activity", result.activity_id),
        _held(views.whose(result), result.decision.hold),
        views.decided(result.decision),
        result.seq,
        result.recorded_at,
        ids.show("burn", result.activity_id) if result.decision.spent else None,
        dry_run,
        _differs(result),
    )
    return Reply(view, result.replayed)


def _find(call: Call, id: str) -> tuple[Recorded, Hold]:
    bare = ids.read("hold", id)
    found = activities.find(call.store, call.programme_id, bare, "hold")
    hold = queries.named(call.store, [(found.account_id, bare)]).get(bare) if found is not None else None
    if found is None or hold is None:
        raise law.HOLD_UNKNOWN(id=id[:60])
    return found, hold


def _why(call: Call, entries: Iterable[Recorded]) -> dict[str, str]:
    """What points are held for, in words, by the hold; nothing of those that callers made."""
    tongue = sentences.tongue(call.language)
    found = purposes.of(call.store, programmes.lawbook(call.store, call.programme_id), entries)
    told = {id: spent.told("hold", purpose, tongue) for id, purpose in found.items()}
    return {id: why for id, why in told.items() if why is not None}


def _view(hold: Hold, now: datetime, why: str | None) -> HoldView:
    """The hold as of the instant: one whose time to live has ended is over, whether or not that is booked."""
    over = law.expire(hold) if hold.state == "open" and hold.ends_at <= now else hold
    return _shown(ids.show("member", over.person_id or over.account_id), over, why)


def _held(member: str, held: Held) -> HoldView:
    return _shown(member, held)


def _shown(member: str, one: Hold | Held, why: str | None = None) -> HoldView:
    left = one.amount - one.captured - one.released - one.expired
    return HoldView(
        ids.show("hold", one.id), member, one.unit, one.amount, left, one.captured,
        one.released, one.expired, one.state, one.created_at, one.ends_at, why,
    )  # fmt: skip


def _differs(result: Outcome) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_DIFFERING[pointer] for pointer in result.differs if pointer in _DIFFERING))


_OF_MEMBER: Final = (
    members_law.MEMBER_UNKNOWN, members_law.MEMBER_NOT_ACTIVE, activities_law.ACTIVITY_INVALID,
    desk.IDEMPOTENCY_CONFLICT, ids.ID_MALFORMED,
)  # fmt: skip
_TOLD_AGAIN: Final = (
    "Told again, it answers what it answered first and writes nothing; where it says something else now, `differs` "
    "points to it. With `dry_run=true` it answers 200 and nothing is kept."
)

ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/holds", "burns:write", make, "Reserve points", RecordedHold, takes=NewHold, query=Trial,
        status=201,
        refuses=(
            *_OF_MEMBER, members_law.IDENTIFIER_INVALID, UNIT_UNKNOWN, ledger.UNIT_NOT_SPENDABLE,
            ledger.INSUFFICIENT_POINTS, ledger.POINTS_INVALID, law.HOLD_TIME_INVALID, actions.HOLDS_TOO_MANY,
            households.ROLE_MAY_NOT_SPEND, households.HOUSEHOLD_UNNAMED,
        ),
        idempotent=True, tag="Holds",
        about="They can't be spent otherwise and don't expire under the hold. When its time ends without a capture "
        f"they are free again at that very instant. {_TOLD_AGAIN}",
    ),
    Endpoint(
        "GET", "/v1/holds/{id}", "activities:read", read, "Read a hold", RecordedHold,
        refuses=(law.HOLD_UNKNOWN, ids.ID_MALFORMED), noun="hold", tag="Holds",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/holds", "members:read", list_, "List a member's open holds", Holds,
        query=Page, refuses=(members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED, calls.CURSOR_INVALID), noun="member",
        tag="Holds",
    ),
    Endpoint(
        "POST", "/v1/holds/{id}/capture", "burns:write", capture, "Take held points", EndedHold, takes=Capture,
        query=Trial,
        refuses=(
            *_OF_MEMBER, law.HOLD_UNKNOWN, law.HOLD_ENDED, law.CAPTURE_TOO_LARGE, ledger.POINTS_INVALID,
            redemptions.OF_REDEMPTION,
        ),
        idempotent=True, noun="hold", tag="Holds",
        about="All of them, or the first in order; the rest is released unless `final` is false. It counts at the "
        f"hold's time. A hold ends once: whoever comes second is refused. {_TOLD_AGAIN}",
    ),
    Endpoint(
        "POST", "/v1/holds/{id}/release", "burns:write", release, "Give held points back", EndedHold, takes=Release,
        query=Trial, refuses=(*_OF_MEMBER, law.HOLD_UNKNOWN, law.HOLD_ENDED, redemptions.OF_REDEMPTION),
        idempotent=True, noun="hold", tag="Holds",
        about=f"They can be spent again; what has expired meanwhile expires at once. {_TOLD_AGAIN}",
    ),
)  # fmt: skip
