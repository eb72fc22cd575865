"""The memberships of an account with their intervals, as the proof looks at them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from guerdon.core.memberships import Interval, Membership, Turn
from guerdon.features.memberships import queries


class Holding(msgspec.Struct, gc=False):
    """A stored membership, without its intervals, and when the night would look at it."""

    account_id: str
    membership: Membership
    due_at: int | None


class Span(msgspec.Struct, gc=False):
    """A stored interval of a membership, and the number of the entry that began it."""

    account_id: str
    membership_id: str
    interval: Interval
    seq: int


def holding(*cells: Any) -> Holding:
    """From the cells of `streams.HOLDINGS`."""
    *told, due_at = cells
    return Holding(cells[0], queries.membership(told), due_at)


def span(*cells: Any) -> Span:
    """From the cells of `streams.SPANS`."""
    account_id, membership_id, *told, seq = cells
    return Span(account_id, membership_id, queries.interval(told), seq)


def whole(holdings: Sequence[Holding], spans: Iterable[Span]) -> list[Membership]:
    """The memberships with their intervals."""
    found: dict[str, list[Interval]] = {}
    for each in spans:
        found.setdefault(each.membership_id, []).append(each.interval)
    ordered = {id: tuple(sorted(intervals, key=lambda one: one.place)) for id, intervals in found.items()}
    return [msgspec.structs.replace(one.membership, intervals=ordered.get(one.membership.id, ())) for one in holdings]


def blank(one: Membership) -> Membership:
    """The membership before anything was told of it."""
    return msgspec.structs.replace(
        one, intervals=(), paused_at=None, cancelled_at=None, ends_at=None, next=None, refunded_at=None
    )


def turned(one: Membership, turn: Turn, refunded_at: datetime | None) -> Membership:
    """The membership after what an entry says of it, as far as it matters for what is in force.

    `refunded_at` is when the entry was written, where it gave a period back.
    """
    cuts = dict(turn.cuts)
    known = [msgspec.structs.replace(each, cut=cuts.get(each.place, each.cut)) for each in one.intervals]
    opened = [msgspec.structs.replace(each, cut=None) for each in (turn.opened, *turn.more) if each is not None]
    return msgspec.structs.replace(
        one, intervals=(*known, *opened), ends_at=turn.ends_at, terms=turn.terms or one.terms, next=turn.next,
        refunded_at=refunded_at or one.refunded_at,
    )  # fmt: skip
