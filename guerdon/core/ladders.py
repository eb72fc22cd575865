"""Ladders and their levels as values: what is counted in which window, what each level asks and gives (LAW 7)."""

from typing import Literal

import msgspec

from guerdon.core import errors

TIER_UNKNOWN = errors.declare("invalid", "tier_unknown", "tier", "known")

Window = Literal["calendar_year", "membership_year", "rolling", "lifetime"]
Downgrade = Literal["soft_landing", "earned"]
AfterReturn = Literal["immediate", "grace", "period_end"]
Crossing = Literal["before", "after"]
BenefitKind = Literal[
    "free_shipping", "percent_off", "birthday_gift", "early_access", "priority_support", "companion_tickets",
    "special_prices", "other",
]  # fmt: skip


class Basis(msgspec.Struct, frozen=True):
    """What lifts a member: points of a unit, money spent, or activities of some kinds; exactly one of them."""

    points: str | None = None  # a unit's code
    spend: bool = False
    visits: tuple[str, ...] = ()  # kinds of activity

    @property
    def measures(self) -> tuple[str, ...]:
        """The names under which it is counted, day by day."""
        if self.points is not None:
            return (f"points:{self.points}",)
        return ("spend",) if self.spend else tuple([f"visits:{kind}" for kind in self.visits])


class Benefit(msgspec.Struct, frozen=True):
    """What a level gives by itself; the number its kind asks for is the only one that is said."""

    key: str
    kind: BenefitKind
    name: dict[str, str]
    percent: int | None = None  # of `percent_off`
    hours: int | None = None  # of `early_access`
    tickets: int | None = None  # of `companion_tickets`


class Level(msgspec.Struct, frozen=True):
    """One tier; `threshold` is in minor units, smallest steps or times, None where nobody can earn it."""

    key: str
    name: dict[str, str]
    threshold: int | None = None
    invitation_only: bool = False
    benefits: tuple[Benefit, ...] = ()


class Ladder(msgspec.Struct, frozen=True):
    """Levels from the lowest to the highest, and how a member climbs them and comes down (LAW 7.1–7.3)."""

    key: str
    name: dict[str, str]
    basis: Basis
    levels: tuple[Level, ...]
    window: Window = "rolling"
    downgrade: Downgrade = "soft_landing"
    grace_days: int = 0  # after a review, and after a return that drops the basis below the line
    after_return: AfterReturn = "grace"
    crossing: Crossing = "before"  # the tier of an order that crosses a threshold (LAW 3.7)

    @property
    def measures(self) -> tuple[str, ...]:
        """The names under which its basis is counted; a lifetime is one sum, whatever the day."""
        found = self.basis.measures
        return tuple([f"ever:{one}" for one in found]) if self.window == "lifetime" else found

    def place(self, key: str | None) -> int:
        """The place of a level from the bottom; -1 for none at all, and for one that is no longer there."""
        return next((place for place, level in enumerate(self.levels) if level.key == key), -1)

    def key_at(self, place: int) -> str | None:
        return self.levels[place].key if place >= 0 else None

    def earned(self, amount: int) -> int:
        """The place of the highest level that so much of the basis earns; -1 for none."""
        found = -1
        for place, level in enumerate(self.levels):
            if level.threshold is not None and amount >= level.threshold:
                found = place
        return found

    @property
    def floor(self) -> int:
        """The place of the level that everybody has; -1 where there is none."""
        return self.earned(0)

    def next(self, place: int) -> Level | None:
        """The next level above that can be earned."""
        return next((level for level in self.levels[place + 1 :] if level.threshold is not None), None)
