"""Counting daily figures along the settled journal, and every night how many different members there were."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

import msgspec

from guerdon.core import figures as law
from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.core.figures import ALL_STORES, Calendar, Day, Tally
from guerdon.engine import settling
from guerdon.features.closings import queries as closings
from guerdon.features.figures import actions, queries
from guerdon.features.figures.queries import ACTIVE, BUYERS, SPENDERS, Counted
from guerdon.features.memberships import queries as memberships
from guerdon.features.programmes import queries as programmes
from guerdon.features.redemptions import queries as redemptions
from guerdon.features.tiers import queries as tiers
from guerdon.kit import clock, store
from guerdon.kit.store import DATABASE_BUSY, Store

# In so many days up to each day different members are counted.
WINDOWS: Final = ((ACTIVE, 1), (ACTIVE, 30), (ACTIVE, 90), (BUYERS, 30), (SPENDERS, 30))
_NOW: Final = ("members", "tier", "plan", "open_redemptions")
_QUARTER: Final = 15 * 60 * 1_000_000


class Report(msgspec.Struct, frozen=True):
    """How many entries were counted, and up to which number; `held_up` where somebody takes too long to settle."""

    entries: int
    seq: int
    held_up: bool = False


def run(*, programme_id: str, now: datetime, progress: Callable[[int], None] = lambda entries: None) -> Report:
    """Count what the journal has had since it was counted last; where nothing is new nothing happens.

    In batches, each with the number it reaches in one transaction, so that every entry counts once whoever stops or
    does the same beside it. `progress` is told how many entries each batch has.
    """
    try:
        until = settling.settled()
    except Refusal as refusal:
        if refusal.kind is not DATABASE_BUSY:
            raise
        return Report(0, queries.watermark(store.current(), programme_id).seq, held_up=True)
    counted, touched = 0, set[Day]()
    with store.current().bulk():
        while (entries := _batch(programme_id, now, until, touched)) is not None:
            counted += entries
            progress(entries)
    _join(programme_id, now, touched)
    return Report(counted, until)


def finish(*, programme_id: str, now: datetime) -> None:
    """Count the different members of all days that are over, and what there is now; the last night's stays theirs.

    Done again after late news of a day, for all days that have it among their last ninety.
    """
    at_hand = store.current()
    mark = queries.watermark(at_hand, programme_id)
    zone = programmes.latest(at_hand, programme_id).current(now).zone
    last = Calendar(zone, ()).day(clock.micros(now)) - 1
    first = min([day for day in (mark.stale, None if mark.finished is None else mark.finished + 1, last) if day])
    found = [
        one
        for measure, window in WINDOWS
        for one in queries.members_seen(at_hand, programme_id, measure=measure, window=window, first=first, last=last)
    ]
    present = _present(at_hand, programme_id, last, now)

    def write(writer: Store) -> None:
        if actions.lock(writer, programme_id) != mark:
            return  # it counts on meanwhile; the next night looks at the same days
        measures = [f"{measure}_{window}" for measure, window in WINDOWS]
        actions.keep(writer, programme_id, found, first=first, last=last, measures=measures)
        actions.keep(writer, programme_id, present, first=last, last=last, measures=_NOW)
        actions.finish(writer, programme_id, day=last)

    store.committed(write)


def _present(at_hand: Store, programme_id: str, day: Day, now: datetime) -> list[Counted]:
    """What there is now, kept as that of the day: members, of which tier and plan, and redemptions that wait."""
    levels = tiers.count_levels(at_hand, programme_id)
    return [
        Counted(day, ALL_STORES, "members", "", queries.members(at_hand, programme_id)),
        Counted(day, ALL_STORES, "open_redemptions", "", redemptions.count_open(at_hand, programme_id)),
        *[Counted(day, ALL_STORES, "tier", f"{ladder}/{level}", members) for ladder, level, members in levels],
        *[
            Counted(day, ALL_STORES, "plan", plan, members)
            for plan, members in memberships.count_plans(at_hand, programme_id, now)
        ],
    ]


def _batch(programme_id: str, now: datetime, until: int, touched: set[Day]) -> int | None:
    """Count the next entries; answers how many, None where all are counted up to the number."""
    at_hand = store.current()
    mark = queries.watermark(at_hand, programme_id)
    law_now = programmes.latest(at_hand, programme_id).current(now)
    if mark.zone not in ("", law_now.zone.key):
        store.committed(lambda writer: actions.reset(writer, programme_id, zone=law_now.zone.key))
        return 0
    last = min(until, mark.seq + limits.FIGURES_NUMBERS_MAX)
    if last <= mark.seq:
        return None
    most, home = limits.FIGURES_ENTRIES_MAX, law_now.programme.currency
    found = queries.entries(at_hand, programme_id, first=mark.seq + 1, last=last, most=most, home=home)
    if len(found) == most:
        last = found[-1].seq
    borders = closings.borders(at_hand, programme_id)
    tally = Tally()
    law.count(tally, found, Calendar(law_now.zone, borders))

    def write(writer: Store) -> bool:
        if actions.lock(writer, programme_id).seq != mark.seq or closings.borders(writer, programme_id) != borders:
            return False  # somebody counted, or closed a month, since this looked
        actions.add(writer, programme_id, tally, seq=last, zone=law_now.zone.key)
        return True

    if not store.committed(write):
        return 0
    touched |= {day for _, _, day, _ in tally.seen}
    return len(found)


def _join(programme_id: str, now: datetime, touched: set[Day]) -> None:
    """Count the different members of the days that something was told of, and who joined on which day."""
    at_hand = store.current()
    calendar = Calendar(programmes.latest(at_hand, programme_id).current(now).zone, ())
    joined: dict[Day, int] = {}
    for quarter, members in queries.enrolled(at_hand, programme_id):
        day = calendar.day(quarter * _QUARTER)
        joined[day] = joined.get(day, 0) + members
    found = [Counted(day, ALL_STORES, "enrolled", "", members) for day, members in sorted(joined.items())]
    seen = queries.members_of_days(at_hand, programme_id, touched) if touched else []

    def write(writer: Store) -> None:
        actions.lock(writer, programme_id)
        actions.keep(writer, programme_id, found, first=0, last=date.max.toordinal(), measures=("enrolled",))
        actions.set_days(writer, programme_id, seen)

    store.committed(write)
