"""The law of lots: which points a debit takes, and what a claw-back does when they are gone (LAW 4, 5)."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final, Literal

import msgspec

from guerdon.core import errors, limits
from guerdon.core.programme import ReturnPolicy
from guerdon.core.vesting import WAITING

INSUFFICIENT_POINTS = errors.declare("spent", "insufficient_points", "unit", "asked", "available")
UNIT_NOT_SPENDABLE = errors.declare("forbidden", "unit_not_spendable", "unit")
POINTS_INVALID = errors.declare("invalid", "points_invalid", "points", "reason")
AWARD_TOO_LARGE = errors.declare("invalid", "award_too_large", "unit", "most")

SystemAccount = Literal[
    "issuance", "redeemed", "breakage", "claw_back", "adjustment", "receivable", "clearing", "fees", "causes"
]
SYSTEM_ACCOUNTS: Final[tuple[SystemAccount, ...]] = (
    "issuance", "redeemed", "breakage", "claw_back", "adjustment", "receivable", "clearing", "fees", "causes",
)  # fmt: skip
PostingKind = Literal[
    "earn", "burn", "expire", "cancel", "claw_back", "restore", "reinstate", "adjust_up", "adjust_down", "lend",
    "repay", "transfer_out", "transfer_in", "pool_out", "pool_in", "merge_out", "merge_in", "fee", "donate",
]  # fmt: skip
# Where the points of a posting come from, or go to, on the other side of the member's account.
COUNTERPART: Final[dict[PostingKind, SystemAccount]] = {
    "earn": "issuance",
    "burn": "redeemed",
    "expire": "breakage",
    "cancel": "issuance",
    "claw_back": "claw_back",
    "restore": "claw_back",
    "reinstate": "redeemed",
    "adjust_up": "adjustment",
    "adjust_down": "adjustment",
    "lend": "receivable",
    "repay": "receivable",
    "transfer_out": "clearing",
    "transfer_in": "clearing",
    "pool_out": "clearing",
    "pool_in": "clearing",
    "merge_out": "clearing",
    "merge_in": "clearing",
    "fee": "fees",
    "donate": "causes",
}
# Points that pass from one account to another leave the one and reach the other in one transaction: what the clearing
# account has is always nothing.
Passing = Literal["transfer", "pool", "merge"]
PASSING: Final[dict[Passing, tuple[PostingKind, PostingKind]]] = {
    "transfer": ("transfer_out", "transfer_in"),
    "pool": ("pool_out", "pool_in"),
    "merge": ("merge_out", "merge_in"),
}
CREDITS: Final[frozenset[PostingKind]] = frozenset(
    {"earn", "restore", "reinstate", "adjust_up", "lend", "transfer_in", "pool_in", "merge_in"}
)
NO_LIMIT: Final = limits.POINTS_MAX
FOR_EVER: Final = datetime.max.replace(tzinfo=UTC)


def check_points(points: int, *, signed: bool = False) -> None:
    """Refuse points that no posting can hold; `signed` ones may be taken, too. Raises `points_invalid`."""
    if points <= 0 and not (signed and points):
        raise POINTS_INVALID(points=points, reason="zero" if signed else "not_positive")
    if abs(points) > limits.POINTS_MAX:
        raise POINTS_INVALID(points=points, reason="out_of_range")


class Lot(msgspec.Struct, frozen=True, gc=False):
    """What is left of one award, as a debit sees it."""

    id: str
    origin: str  # the activity that earned it
    remaining: int
    held: int
    earned_at: datetime
    available_at: datetime
    expires_at: datetime | None
    funder: str | None = None

    @property
    def free(self) -> int:
        return self.remaining - self.held

    @property
    def waits(self) -> bool:
        """Whether an activity must come before the points are anybody's; at its end they are cancelled."""
        return self.available_at == WAITING

    def pending(self, at: datetime) -> bool:
        return at < self.available_at and not self.lapsed(at)

    def lapsed(self, at: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= at

    def spendable(self, at: datetime) -> bool:
        return self.free > 0 and not self.pending(at) and not self.lapsed(at)


class Take(msgspec.Struct, frozen=True, gc=False):
    """So many points out of one lot."""

    lot: str
    points: int


class ClawBack(msgspec.Struct, frozen=True):
    """What a claw-back takes and from where; asked = origin + other + lapsed + debt + shortfall (LAW 10.12)."""

    takes: tuple[Take, ...]
    origin: int
    other: int
    lapsed: int
    debt: int
    shortfall: int


def in_order(lots: Iterable[Lot]) -> list[Lot]:
    """First expiring first out, then first earned, then by id (LAW 5.2)."""
    return sorted(lots, key=lambda lot: (lot.expires_at or FOR_EVER, lot.earned_at, lot.id))


def take(lots: Iterable[Lot], points: int, *, at: datetime, unit: str) -> tuple[Take, ...]:
    """Choose the lots a debit of `points` takes at the instant. Raises `insufficient_points`, taking nothing."""
    takes, missing = _draw(in_order(lot for lot in lots if lot.spendable(at)), points)
    if missing:
        raise INSUFFICIENT_POINTS(unit=unit, asked=points, available=points - missing)
    return takes


def spendable(lots: Iterable[Lot], *, at: datetime) -> int:
    """How many points can be taken of the lots at the instant."""
    return sum(lot.free for lot in lots if lot.spendable(at))


def _draw(lots: Sequence[Lot], points: int) -> tuple[tuple[Take, ...], int]:
    """Draw from free points in the order given; answers the takes and what is missing."""
    takes: list[Take] = []
    for lot in lots:
        if points == 0:
            break
        part = min(points, lot.free)
        if part:
            takes.append(Take(lot.id, part))
            points -= part
    return tuple(takes), points


def claw_back(
    points: int, *, origin: str, lapsed: int, lots: Sequence[Lot], at: datetime, policy: ReturnPolicy, debt_room: int
) -> ClawBack:
    """Take back an award: its own lots (pending, then available), other available lots, then the policy (LAW 4.3).

    `lapsed` is what already expired out of the award's lots and no return has counted yet; it counts as taken, after
    what is still there. Held points and the pending points of other awards are not touched. `debt_room` is how much
    more debt the unit allows.
    """
    own = [lot for lot in lots if lot.origin == origin and not lot.lapsed(at)]
    waiting, rest = _draw(in_order(lot for lot in own if lot.pending(at)), points)
    taken = points - rest
    if policy == "only_pending":
        gone = min(rest, lapsed)
        return ClawBack(waiting, taken, 0, gone, 0, rest - gone)
    from_own, rest_own = _draw(in_order(lot for lot in own if not lot.pending(at)), rest)
    taken += rest - rest_own
    gone = min(rest_own, lapsed)
    rest_own -= gone
    others = in_order(lot for lot in lots if lot.origin != origin and lot.spendable(at))
    from_others, missing = _draw(others, rest_own)
    debt = min(missing, debt_room) if policy == "debt" else 0
    return ClawBack(
        takes=(*waiting, *from_own, *from_others),
        origin=taken,
        other=rest_own - missing,
        lapsed=gone,
        debt=debt,
        shortfall=missing - debt,
    )
