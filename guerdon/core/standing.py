"""What is known of a member while a batch is decided: the working copy that each decision moves on."""

import copy
from collections.abc import Iterable
from datetime import date, datetime

from guerdon.core.conditions import Scalar
from guerdon.core.decisions import Count
from guerdon.core.households import Role
from guerdon.core.memberships import Membership
from guerdon.core.tiers import Grant, Move, Step

EVER = "all"  # the window of lifetime counters


class Standing:
    """A member as of the moment of deciding. The engine fills it, `decide` reads it, `count` moves it on."""

    __slots__ = (
        "account_id", "enrolled_at", "attributes", "segments", "tiers", "memberships", "birthday_month", "counters",
        "steps", "basis", "grants", "held",
        "person_id", "role",
    )  # fmt: skip

    def __init__(
        self,
        *,
        account_id: str,
        enrolled_at: datetime,
        attributes: dict[str, Scalar] | None = None,
        segments: frozenset[str] = frozenset(),
        tiers: frozenset[str] = frozenset(),
        memberships: frozenset[str] = frozenset(),
        birthday_month: int | None = None,
        counters: dict[tuple[str, str], tuple[int, datetime | None]] | None = None,
    ) -> None:
        self.account_id = account_id
        self.enrolled_at = enrolled_at
        self.attributes = attributes or {}
        self.segments = segments
        self.tiers = tiers
        self.memberships = memberships
        self.birthday_month = birthday_month
        self.counters = counters if counters is not None else {}
        self.steps: dict[str, list[Step]] = {}  # by ladder, its history as far as it is booked
        self.basis: dict[str, dict[date, int]] = {}  # by measure, what was counted on which local day
        self.grants: list[Grant] = []
        self.held: list[Membership] = []  # the member's own memberships, and those that a household shares
        self.person_id: str | None = None  # who it is, where the account and its counters are a household's
        self.role: Role | None = None

    @classmethod
    def of_member(
        cls,
        *,
        account_id: str,
        enrolled_at: datetime,
        attributes: dict[str, Scalar],
        segments: Iterable[str],
        birthday_month: int | None,
        counters: dict[tuple[str, str], tuple[int, datetime | None]] | None = None,
        person_id: str | None = None,
        role: Role | None = None,
    ) -> "Standing":
        """A member as it is remembered; the attribute `tier` says what it is in programmes without
        ladders, and `membership` in those without plans."""
        tier, membership = attributes.get("tier"), attributes.get("membership")
        standing = cls(
            account_id=account_id,
            enrolled_at=enrolled_at,
            attributes=attributes,
            segments=frozenset(segments),
            tiers=frozenset((tier,)) if isinstance(tier, str) else frozenset(),
            memberships=frozenset((membership,)) if isinstance(membership, str) else frozenset(),
            birthday_month=birthday_month,
            counters=counters,
        )
        standing.person_id, standing.role = person_id, role
        return standing

    @property
    def who(self) -> str:
        """The person, or the member whose own account it is."""
        return self.person_id or self.account_id

    def counted(self, key: str, window: str = EVER) -> int:
        """The counter's value so far; 0 where it never moved."""
        found = self.counters.get((key, window))
        return found[0] if found else 0

    def last(self, kind: str) -> datetime | None:
        """When the member's latest activity of the kind happened."""
        found = self.counters.get(("count:" + kind, EVER))
        return found[1] if found else None

    def count(self, counts: tuple[Count, ...], occurred_at: datetime) -> None:
        """Move the counters on by a decision, so that the next activity of the batch sees it."""
        for count in counts:
            name = (count.key, count.window)
            before, last = self.counters.get(name, (0, None))
            self.counters[name] = (before + count.add, occurred_at if last is None or occurred_at > last else last)

    def with_tiers(self, tiers: frozenset[str]) -> "Standing":
        """The same member, sharing all memory, as one with these tiers."""
        other = copy.copy(self)
        other.tiers = tiers
        return other

    def with_memberships(self, memberships: frozenset[str]) -> "Standing":
        """The same member, sharing all memory, as one with these memberships."""
        other = copy.copy(self)
        other.memberships = memberships
        return other

    def climb(self, moves: Iterable[Move], steps: Iterable[Step]) -> None:
        """Move what ladders look at on by a decision."""
        for move in moves:
            days = self.basis.setdefault(move.measure, {})
            days[move.day] = days.get(move.day, 0) + move.add
        for step in steps:
            self.steps.setdefault(step.ladder, []).append(step)
