"""What is due by itself: every programme's night, at three in the morning of its zone, and hourly its seals."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from guerdon.engine import night, seal
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock, jobs, store

NIGHT_AT: Final = time(3)


@jobs.job()
def run_night(programme_id: str, due: int) -> dict[str, object]:
    """The night of one programme; `due` (microseconds) is when it was planned for."""
    as_of = max(clock.now(), clock.instant(due))
    report = night.run(programme_id=programme_id, as_of=as_of, progress=lambda _: jobs.checkpoint())
    return {"accounts": report.accounts, "expired": report.expired, "repaid": report.repaid}


@jobs.job()
def run_seal(programme_id: str) -> dict[str, object]:
    """Seal what is settled of one programme; where somebody holds it up, the next hour does it."""
    until = seal.settled(store.current())
    if until is None:
        return {"seals": 0, "held_up": True}
    now = clock.now()
    made = seal.run(programme_id=programme_id, now=now, until=until, progress=lambda _: jobs.checkpoint())
    return {"seals": len(made), "entries": sum(one.span.entries for one in made)}


def plan(now: datetime) -> None:
    """Put every night and every hour's sealing that have come into the queue; keys make them one each."""
    at_hand = store.current()
    for row in programmes.every(at_hand):
        versions = programmes.all_versions(at_hand, row.id)
        if not any(version.effective_at <= now for version in versions):
            continue  # no law is in force yet, so nothing can have happened
        book = programmes.lawbook(at_hand, row.id, versions=len(versions))
        day, due = last_night(now, book.at(now).zone)
        run_night.once(f"night:{row.id}:{day.isoformat()}").enqueue(row.id, clock.micros(due))
        run_seal.once(f"seal:{row.id}:{now:%Y-%m-%dT%H}").enqueue(row.id)


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
