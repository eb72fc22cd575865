"""The law of points given and taken by hand: which reasons there are, and when a second person must agree (LAW 6.4)."""

from typing import Final

import msgspec

from guerdon.core import errors

REASON_MISSING = errors.declare("invalid", "reason_missing")
REASON_UNKNOWN = errors.declare("invalid", "reason_unknown", "reason", "known")
OWN_ADJUSTMENT = errors.declare("forbidden", "own_adjustment")
ADJUSTMENT_DECIDED = errors.declare("clash", "adjustment_decided", "state")

WAITS_FOR_APPROVAL: Final = "approval_missing"  # why an adjustment is parked


class Reason(msgspec.Struct, frozen=True):
    """A reason that may be given, under its code."""

    name: dict[str, str]


class ByHand(msgspec.Struct, frozen=True):
    """What a programme asks of adjustments: without reasons any text will do, without a threshold one person will."""

    reasons: dict[str, Reason] = {}
    approve_above: dict[str, int] = {}  # by unit: what one person may do to one member in one local day

    def check_reason(self, reason: str) -> None:
        """Refuse an empty reason, or one that is not listed where some are."""
        if not reason.strip():
            raise REASON_MISSING()
        if self.reasons and reason not in self.reasons:
            raise REASON_UNKNOWN(reason=reason[:64], known=", ".join(self.reasons))

    def needs_second(self, unit: str, points: int, before: int) -> bool:
        """Whether a second person must agree: points given and points taken count alike.

        `before` is what the same actor did to the same member in this unit that local day without being asked, so that
        a large amount in small pieces is as large.
        """
        most = self.approve_above.get(unit)
        return most is not None and before + abs(points) > most


FREE: Final = ByHand()
