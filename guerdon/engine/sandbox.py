"""The test clock of a sandbox programme: moved forward by hand, living through the nights that lie between."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from guerdon.core import errors, limits
from guerdon.engine import night, remind
from guerdon.engine.once import once
from guerdon.features.activities.actions import Idempotency
from guerdon.features.ledger import queries as ledger
from guerdon.features.programmes import actions, clocks
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.queries import ProgrammeRow
from guerdon.kit import clock, ids, store
from guerdon.kit.store import Store

CLOCK_IS_REAL = errors.declare("forbidden", "clock_is_real")
CLOCK_BACKWARDS = errors.declare("clash", "clock_backwards", "now", "asked")
CLOCK_STEP_TOO_LARGE = errors.declare("invalid", "clock_step_too_large", "most")


class Clock(msgspec.Struct, frozen=True):
    """Where a programme's clock stands, and what was lived through on the way there."""

    now: datetime
    moved: bool  # whether it stands where it was put; else it is the real time
    nights: int = 0
    expired: dict[str, int] = {}
    repaid: dict[str, int] = {}


def read(programme_id: str, real: datetime) -> Clock:
    """Where the clock stands."""
    row = programmes.by_id(store.current(), programme_id)
    return Clock(row.clock or real, row.clock is not None)


def move(
    *,
    programme_id: str,
    to: datetime | None,
    days: int,
    real: datetime,
    idempotency: Idempotency | None = None,
) -> tuple[Clock, bool]:
    """Put the clock on, to an instant or by local days, and do every night on the way for which something was due.

    Each night is done at its own three o'clock with the clock standing there, so whoever acts meanwhile acts in its
    time. A move that was stopped halfway has come as far as it did and can be repeated. Answers also whether the
    Idempotency-Key was known: then nothing is moved that was not left over.

    Raises `clock_is_real`, `clock_backwards`, `clock_step_too_large`.
    """

    def aim(at_hand: Store) -> str:
        actions.lock(at_hand, programme_id)
        return f"clock:{clock.micros(_aim(at_hand, programmes.by_id(at_hand, programme_id), to, days, real))}"

    aimed, known = once(programme_id=programme_id, idempotency=idempotency, now=real, write=aim)
    return _live(programme_id, clock.instant(int(aimed.removeprefix("clock:"))), real), known


def _aim(at_hand: Store, row: ProgrammeRow, to: datetime | None, days: int, real: datetime) -> datetime:
    """Where the clock is to stand."""
    if not row.sandbox:
        raise CLOCK_IS_REAL()
    stands = row.clock or real
    if to is None:
        zone = programmes.latest(at_hand, row.id).current(stands).zone
        local = stands.astimezone(zone)
        to = datetime.combine(local.date() + timedelta(days=days), local.time(), zone).astimezone(UTC)
    if to < stands:
        raise CLOCK_BACKWARDS(now=stands.isoformat(), asked=to.isoformat())
    if to > stands + timedelta(days=limits.CLOCK_STEP_DAYS_MAX):
        raise CLOCK_STEP_TOO_LARGE(most=limits.CLOCK_STEP_DAYS_MAX)
    return to


def _live(programme_id: str, target: datetime, real: datetime) -> Clock:
    """Go there night by night: those in which something is due or somebody is reminded, and the last one always."""
    stands = programmes.by_id(store.current(), programme_id).clock or real
    nights, expired, repaid = 0, dict[str, int](), dict[str, int]()
    for due in _nights(programme_id, stands, target):
        _put(programme_id, due)
        report = night.run(programme_id=programme_id, as_of=due)
        nights += 1
        for sums, more in ((expired, report.expired), (repaid, report.repaid)):
            for unit, points in more.items():
                sums[unit] = sums.get(unit, 0) + points
    return Clock(_put(programme_id, target), True, nights, expired, repaid)


def _nights(programme_id: str, stands: datetime, target: datetime) -> Iterator[datetime]:
    """The nights to live through after the one instant and up to the other; each is asked for as its turn comes.

    Who comes to be reminded is read once: points earned on the way are seen by the last night, which makes up for it.
    """
    book = programmes.latest(store.current(), programme_id)
    if not book.versions:
        return  # nothing can have been earned
    zone = book.current(stands).zone
    day, last = night.last(target, zone)
    begins = night.last(stands, zone)[0]
    days = [begins + timedelta(days=later) for later in range(1, (day - begins).days + 1)]
    reminding = remind.days(programme_id, stands)
    for day in days:
        at = night.at(day, zone)
        if at == last or day in reminding or ledger.due(store.current(), programme_id, at, after=ids.NIL, most=1):
            yield at


def _put(programme_id: str, at: datetime) -> datetime:
    """Let the clock stand at the instant, or where somebody else has put it later."""
    stands = store.committed(lambda at_hand: actions.put_clock(at_hand, programme_id, at))
    clocks.note(programme_id, stands)
    return stands
