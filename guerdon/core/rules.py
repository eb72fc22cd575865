"""A rule: when (trigger) – if (conditions) – then (effects), with its window, limits, version and owner."""

import msgspec

from guerdon.core import conditions, effects, expiry, period
from guerdon.core.vesting import Vesting


class Caps(msgspec.Struct, frozen=True, omit_defaults=True):
    """The most points (smallest steps of the unit) per order and per member in a window; None is no cap."""

    order: int | None = None
    day: int | None = None
    week: int | None = None
    month: int | None = None
    quarter: int | None = None
    year: int | None = None
    lifetime: int | None = None

    def windows(self) -> list[tuple[period.WindowKind, int]]:
        """The windows that are capped, with their caps."""
        found: list[tuple[period.WindowKind, int]] = []
        for window in period.WINDOWS:
            most: int | None = getattr(self, window)
            if most is not None:
                found.append((window, most))
        return found


NO_CAPS = Caps()


class Rule(msgspec.Struct, frozen=True):
    """One rule of a programme version; texts are by language, `where` chooses the lines that count."""

    key: str
    name: dict[str, str]
    when: tuple[str, ...]  # kinds of activity that trigger it
    then: tuple[effects.Effect, ...]  # may be empty where it gives vouchers
    condition: conditions.Condition | None = None
    where: conditions.LineFilter | None = None
    during: period.Period = period.Period()
    caps: Caps = NO_CAPS
    uses: Caps = NO_CAPS  # how often it may fire for a member; `order` has no meaning here
    budget: int | None = None  # the most points it may ever give to all members together
    group: str | None = None  # only the best rule of a group gets through
    priority: int = 0  # multipliers apply in the order (priority, key)
    vesting: Vesting | None = None  # overrides the unit's
    expires: expiry.Policy | None = None  # overrides the unit's
    funder: str | None = None
    owner: str = "programme"
    campaign: bool = False  # whether members who are held out go without it
    vouchers: tuple[str, ...] = ()  # the keys of those it gives, beside the points of `then`
