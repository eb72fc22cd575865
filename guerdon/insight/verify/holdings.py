"""The memberships of an account with their intervals, as the proof looks at them."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from guerdon.core.memberships import Interval, Membership
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
