"""The faults of a house that goes by its host's days instead of its programme's, and of one that never lets go."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

HOARDED_BYTES: Final = 256 * 1_024  # for each request


def host_days() -> None:
    """Days begin and end where the host stands, in Greenwich, wherever the programme is."""
    from guerdon.core import period

    def local_day(at: datetime, zone: ZoneInfo) -> date:
        return at.astimezone(UTC).date()

    period.local_day = local_day


def nights_by_hosts() -> None:
    """A night is told from others by the host's day: some local days have two of them, others none."""
    from guerdon.engine import schedule
    from guerdon.features.programmes import queries as programmes
    from guerdon.kit import clock
    from guerdon.kit.store import Store

    def plan(at_hand: Store, programme_id: str, now: datetime) -> None:
        if any(version.effective_at <= now for version in programmes.all_versions(at_hand, programme_id)):
            schedule.run_night.once(f"night:{programme_id}:{now:%Y-%m-%d}").enqueue(programme_id, clock.micros(now))

    schedule._plan_night = plan


def hoards() -> None:
    """Every request leaves something in memory, and a file that stays open."""
    from guerdon.faces.lane import Lane

    hoarded: list[tuple[bytes, int]] = []
    admit: Callable[..., Any] = Lane._admit

    def admitted(self: Lane, *about: Any) -> Any:
        hoarded.append((os.urandom(HOARDED_BYTES), os.open(os.devnull, os.O_RDONLY)))
        return admit(self, *about)

    Lane._admit = admitted  # type: ignore[assignment, method-assign]
