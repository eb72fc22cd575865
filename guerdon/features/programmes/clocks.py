"""What time it is in a programme: the real time, or where its test clock has been put."""

from datetime import datetime

# Where this process knows test clocks to stand. They only move forward, so the later of two readings is the right one,
# and what this process has moved itself it never sees older again, whatever a cache says.
_known: dict[str, datetime] = {}


def note(programme_id: str, clock: datetime | None) -> None:
    """A test clock was read, or moved by this process."""
    if clock is not None:
        known = _known.get(programme_id)
        if known is None or known < clock:
            _known[programme_id] = clock


def now(programme_id: str, real: datetime) -> datetime:
    """The programme's own now; `real` where it has no test clock."""
    return _known.get(programme_id, real) if _known else real
