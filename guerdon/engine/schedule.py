"""What is due by itself: the night of every programme, at three in the morning of its own zone, once a day."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from guerdon.engine import night
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock, jobs, store

NIGHT_AT: Final = time(3)


@jobs.job()
def run_night(programme_id: str, due: int) -> dict[str, object]:
    """The night of one programme; `due` (microseconds) is when it was planned for."""
    as_of = max(clock.now(), clock.instant(due))
    report = night.run(programme_id=programme_id, as_of=as_of, progress=lambda _: jobs.checkpoint())
    return msgspec.to_builtins(report)  # type: ignore[no-any-return] # of a struct it makes a mapping


def plan(now: datetime) -> None:
    """Put every night that has come into the queue; the key makes it one per programme and local day."""
    at_hand = store.current()
    for row in programmes.every(at_hand):
        versions = programmes.all_versions(at_hand, row.id)
        if not any(version.effective_at <= now for version in versions):
            continue  # no law is in force yet, so nothing can have happened
        book = programmes.lawbook(at_hand, row.id, versions=len(versions))
        day, due = last_night(now, book.at(now).zone)
        run_night.once(f"night:{row.id}:{day.isoformat()}").enqueue(row.id, clock.micros(due))


def last_night(now: datetime, zone: ZoneInfo) -> tuple[date, datetime]:
    """The latest local day whose night has come, and when it came.

    Where the clocks jump over three o'clock it is the instant of the jump; where it comes twice it is the first.
    """
    day = now.astimezone(zone).date()
    due = datetime.combine(day, NIGHT_AT, zone).astimezone(UTC)
    if due <= now:
        return day, due
    day -= timedelta(days=1)
    return day, datetime.combine(day, NIGHT_AT, zone).astimezone(UTC)
