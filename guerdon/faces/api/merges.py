"""Merges: two members become one, and two again, each with a preview."""

from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import erasing, households, merging
from guerdon.core import members as members_law
from guerdon.core.activities import ACTIVITY_INVALID, Member
from guerdon.core.conditions import Scalar
from guerdon.core.merging import Conflict, Merged
from guerdon.engine import desk, merge
from guerdon.faces.api.calls import Call, Endpoint, Reply, Trial
from guerdon.faces.api.views import Repaid
from guerdon.kit import ids


class Merger(msgspec.Struct, frozen=True, rename={"goes": "from"}, forbid_unknown_fields=True):
    """Whom to merge into the member of the address, or to take out again; by any identifier the member had."""

    goes: Member


class PassedView(msgspec.Struct, frozen=True):
    """What passed in a unit, in its smallest steps: points in their lots, and a debt; `lapsed` had expired."""

    unit: str
    points: int
    lots: int
    debt: int
    lapsed: int
    cancelled: int = 0


class NamedCount(msgspec.Struct, frozen=True):
    """How many identifiers of a kind lead to the other member from now on."""

    kind: str
    number: int


class ProfileView(msgspec.Struct, frozen=True):
    """What the member who stays has from the other, because there was nothing; and what both had, where its own won.

    Of the personal data the names of the fields are told.
    """

    attributes: dict[str, Scalar]
    conflicts: tuple[Conflict, ...]
    segments: tuple[str, ...]
    person: tuple[str, ...]
    enrolled_at: datetime | None


class MergeView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A merge, or its undoing: all that moved, with the number of its entry in the journal of the member who stays."""

    id: str
    member: str
    merged: str
    merged_at: datetime
    undone: bool
    passed: tuple[PassedView, ...]
    repaid: tuple[Repaid, ...]
    counters: int
    identifiers: tuple[NamedCount, ...]
    profile: ProfileView
    seq: int
    dry_run: bool = False


def join(call: Call, id: str, query: Trial, body: Merger) -> Reply:
    """Merge a member into this one; the same again does nothing and answers the same."""
    assert call.key is not None
    told, known = merge.merge(
        programme_id=call.programme_id,
        into=ids.read("member", id),
        goes=body.goes,
        actor=call.key.name,
        now=call.now,
        idempotency=None if query.dry_run else call.idempotency(body),  # a preview uses no key up
        dry_run=query.dry_run,
    )
    return Reply(_view(told, dry_run=query.dry_run), known)


def part(call: Call, id: str, query: Trial, body: Merger) -> Reply:
    """Undo the merge of a member into this one."""
    assert call.key is not None
    told, known = merge.unmerge(
        programme_id=call.programme_id,
        into=ids.read("member", id),
        goes=body.goes,
        actor=call.key.name,
        now=call.now,
        idempotency=None if query.dry_run else call.idempotency(body),  # a preview uses no key up
        dry_run=query.dry_run,
    )
    return Reply(_view(told, dry_run=query.dry_run), known)


def _view(told: Merged, *, dry_run: bool) -> MergeView:
    filled = told.filled
    return MergeView(
        id=ids.show("activity", told.id),
        member=ids.show("member", told.into),
        merged=ids.show("member", told.account),
        merged_at=told.at,
        undone=told.undone,
        passed=tuple(
            PassedView(one.unit, one.points, one.lots, one.debt, one.lapsed, one.cancelled) for one in told.passed
        ),
        repaid=tuple(Repaid(unit, points) for unit, points in sorted(told.repaid.items())),
        counters=told.counters,
        identifiers=tuple(NamedCount(kind, number) for kind, number in sorted(told.identifiers.items())),
        profile=ProfileView(
            filled.attributes, filled.conflicts, filled.segments, filled.person, filled.enrolled_since
        ),
        seq=told.seq,
        dry_run=dry_run,
    )  # fmt: skip


_BOTH: Final = (
    members_law.MEMBER_UNKNOWN, members_law.IDENTIFIER_INVALID, ids.ID_MALFORMED, ACTIVITY_INVALID,
    desk.IDEMPOTENCY_CONFLICT, merging.MEMBER_MERGED, merging.MERGE_HELD,
)  # fmt: skip

ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "POST", "/v1/members/{id}/merge", "members:write", join, "Merge another member into this one", MergeView,
        takes=Merger, query=Trial,
        refuses=(
            *_BOTH, members_law.MEMBER_NOT_ACTIVE, merging.MERGE_OF_ONE, merging.MERGE_WAITING, merging.MERGE_DEBT,
            merging.MERGE_TOO_MUCH, merging.MERGE_MEMBERSHIPS, households.IN_HOUSEHOLD, households.NO_PERSON,
            erasing.ERASURE_WAITING, members_law.ADDRESS_NEW,
        ),
        idempotent=True, noun="member", tag="Members",
        about="All points with their dates, debts, counters and identifiers of the other member become this one's; "
        "where both say something of a person, this one wins. Every identifier of the other, its id too, leads here "
        "afterwards. `dry_run=true` is the preview. The same merge again does nothing and answers the same.",
    ),
    Endpoint(
        "POST", "/v1/members/{id}/unmerge", "members:write", part, "Undo a merge", MergeView,
        takes=Merger, query=Trial, refuses=(*_BOTH, merging.NOT_MERGED), idempotent=True, noun="member",
        tag="Members",
        about="What the other member brought and has not been spent goes back, with its identifiers, counters and "
        "unpaid debt; what happened since stays with this one. `dry_run=true` is the preview.",
    ),
)  # fmt: skip
