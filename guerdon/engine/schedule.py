"""What is due by itself: nights at three of a programme's zone, hourly seals, figures, closed months, awaited rates."""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from guerdon.core.errors import Refusal
from guerdon.engine import closing, collecting, exchange, figures, monthly, night, posting, seal, settling
from guerdon.features.activities import queries as activities
from guerdon.features.closings import queries as closings
from guerdon.features.programmes import queries as programmes
from guerdon.features.rates import queries as rates
from guerdon.kit import clock, jobs, store
from guerdon.kit.store import Store

_JUST_BEGUN: Final = timedelta(minutes=2)


@jobs.job()
def run_night(programme_id: str, due: int) -> dict[str, object]:
    """The night of one programme; `due` (microseconds) is when it was planned for."""
    if programmes.by_id(store.current(), programme_id).clock is not None:
        return {}  # its test clock was set meanwhile, and lives through its nights itself
    as_of = max(clock.now(), clock.instant(due))
    report = night.run(programme_id=programme_id, as_of=as_of, progress=lambda _: jobs.checkpoint())
    return msgspec.to_builtins(report)  # type: ignore[no-any-return] # of a struct it makes a mapping


@jobs.job()
def run_seal(programme_id: str) -> dict[str, object]:
    """Seal what is settled of one programme; where somebody holds it up, the next hour does it."""
    try:
        until = settling.settled()
    except Refusal as refusal:
        if refusal.code != store.DATABASE_BUSY.code:
            raise
        return {"seals": 0, "held_up": True}
    now = clock.now()
    made = seal.run(programme_id=programme_id, now=now, until=until, progress=lambda _: jobs.checkpoint())
    return {"seals": len(made), "entries": sum(one.span.entries for one in made)}


@jobs.job()
def count_figures(programme_id: str) -> dict[str, object]:
    """Count the daily figures of one programme on; where somebody holds it up, the next quarter of an hour does it."""
    done = figures.run(programme_id=programme_id, now=_now(programme_id), progress=lambda _: jobs.checkpoint())
    return {"entries": done.entries, "held_up": done.held_up}


@jobs.job()
def count_month(programme_id: str, month: str) -> dict[str, object]:
    """The figures of a month that somebody has closed."""
    found = closing.count(programme_id=programme_id, month=month, now=_now(programme_id))
    return {"month": month, "units": len(found.sums or ())}


@jobs.job()
def release_rates(programme_id: str) -> dict[str, object]:
    """What waited for an exchange rate that has been told meanwhile."""
    done = exchange.release(programme_id=programme_id, now=_now(programme_id), progress=lambda _: jobs.checkpoint())
    return {"released": done.released, "waiting": done.waiting, "held_back": done.held_back}


def _now(programme_id: str) -> datetime:
    """What time it is in the programme: where its test clock stands, if it has one."""
    return programmes.by_id(store.current(), programme_id).clock or clock.now()


def plan(now: datetime) -> None:
    """Put into the queue every night and every hour's sealing that have come, and closed months nobody has counted.

    Daily figures are counted on every quarter of an hour.

    The keys make it one per programme and local day, one per hour, and one per month. What waits for an exchange rate
    is looked at once whenever rates have been told or a version has been published.
    """
    at_hand = store.current()
    collecting.plan(at_hand, now)
    posting.plan(at_hand, now)
    monthly.plan(at_hand, now)
    for programme_id, month in closings.uncounted(at_hand):
        count_month.once(f"month:{programme_id}:{month}").enqueue(programme_id, month)
    for programme_id in activities.programmes_with_rateless(at_hand):
        state = f"{len(programmes.all_versions(at_hand, programme_id))}:{rates.last(at_hand, programme_id)}"
        release_rates.once(f"rates:{programme_id}:{state}").enqueue(programme_id)
    for row in programmes.every(at_hand):
        if row.clock is None:  # elsewhere nights come when somebody moves the clock
            _plan_night(at_hand, row.id, now)
        run_seal.once(f"seal:{row.id}:{now:%Y-%m-%dT%H}").enqueue(row.id)
        if programmes.all_versions(at_hand, row.id):
            count_figures.once(_quarter(row.id, now)).enqueue(row.id)


def is_planned(at_hand: Store, now: datetime) -> bool | None:
    """Whether a worker has put in what came due in this quarter of an hour; None where nothing does by itself.

    A quarter that has only just begun may be that of a moment ago.
    """
    row = next((one for one in programmes.every(at_hand) if programmes.all_versions(at_hand, one.id)), None)
    if row is None:
        return None
    return any(jobs.is_known(_quarter(row.id, at)) for at in (now, now - _JUST_BEGUN))


def _quarter(programme_id: str, now: datetime) -> str:
    """The key under which figures are counted once in a quarter of an hour."""
    return f"figures:{programme_id}:{now:%Y-%m-%dT%H}:{now.minute // 15}"


def _plan_night(at_hand: Store, programme_id: str, now: datetime) -> None:
    versions = programmes.all_versions(at_hand, programme_id)
    if not any(version.effective_at <= now for version in versions):
        return  # no law is in force yet, so nothing can have happened
    book = programmes.lawbook(at_hand, programme_id, versions=len(versions))
    day, due = night.last(now, book.at(now).zone)
    run_night.once(f"night:{programme_id}:{day.isoformat()}").enqueue(programme_id, clock.micros(due))
