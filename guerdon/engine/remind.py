"""The night looks ahead: who is reminded of points that end, and how many end in which month (LAW 5.7)."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import msgspec

from guerdon.core import closing, expiring, period
from guerdon.core.expiring import Reminder
from guerdon.core.programme import Programme
from guerdon.features.expirations import actions, queries
from guerdon.features.expirations.queries import Ending
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids, store
from guerdon.kit.store import Store

ACCOUNTS_PER_BATCH = 500


class _Outlook(msgspec.Struct, frozen=True):
    """As of when it is looked ahead, and by what."""

    programme_id: str
    programme: Programme
    at: datetime
    looked: date


def run(*, programme_id: str, as_of: datetime, progress: Callable[[int], None] = lambda accounts: None) -> int:
    """Look at every account's living points once; answers how many reminders were told.

    Nothing is told twice, whatever is repeated, stopped or run at once. An instant before the last look is passed over:
    what it would say is old. The points are read without locks, so a reminder says what was there when it was written.
    """
    at_hand = store.current()
    since, looked = queries.looked(at_hand, programme_id)
    if looked is not None and as_of < looked:
        return 0
    if since is None:  # as if somebody had looked yesterday: nobody is reminded of days long gone
        since = as_of - timedelta(days=1)
        store.committed(lambda at_hand: actions.begin(at_hand, programme_id, since=as_of - timedelta(days=1)))
    book = programmes.latest(at_hand, programme_id)
    if not book.versions:
        return 0  # nothing can have been earned
    programme = book.current(as_of).programme
    outlook = _Outlook(programme_id, programme, as_of, period.local_day(looked or since, programme.zone))
    months: dict[tuple[str, str], int] = {}
    told = 0
    for found in _pages(programme_id, as_of):
        told += _tell(outlook, found)
        _sum(outlook, found, months)
        progress(0)  # a long night may be asked to stop here, too
    store.committed(lambda at_hand: actions.look(at_hand, programme_id, months, now=as_of))
    return told


def days(programme_id: str, as_of: datetime) -> set[date]:
    """The local days on which somebody comes to be reminded of points that live at the instant."""
    programme = programmes.latest(store.current(), programme_id).current(as_of).programme
    if not programme.remind_days:
        return set()
    ends = {one.ends_at for found in _pages(programme_id, as_of) for one in found if one.ends_at is not None}
    last_days = {expiring.last_day(end, programme.zone) for end in ends}
    return {last - timedelta(days=before) for last in last_days for before in programme.remind_days}


def _pages(programme_id: str, as_of: datetime) -> Iterator[list[Ending]]:
    """What ends after the instant, for all accounts, in batches."""
    after = ids.NIL
    while found := queries.ending(store.current(), programme_id, as_of, after=after, most=ACCOUNTS_PER_BATCH):
        yield found
        after = found[-1].account_id


def _tell(outlook: _Outlook, found: list[Ending]) -> int:
    due = [(one.account_id, reminder) for one in found if (reminder := _reminder(outlook, one)) is not None]

    def write(at_hand: Store) -> int:
        return actions.remind(at_hand, outlook.programme_id, due, now=outlook.at)

    return store.committed(write) if due else 0


def _reminder(outlook: _Outlook, one: Ending) -> Reminder | None:
    """The reminder that is due; only of what can be spent, and only to who may spend it."""
    programme = outlook.programme
    unit = None if one.unit is None else programme.units.get(one.unit)
    if unit is None or one.ends_at is None or unit.kind == "qualifying" or not one.active:
        return None
    days = expiring.reminder_day(
        expiring.last_day(one.ends_at, programme.zone),
        today=period.local_day(outlook.at, programme.zone),
        looked=outlook.looked,
        days=programme.remind_days,
    )
    if days is None:
        return None
    worth = expiring.worth(one.points, unit)
    return Reminder(unit=unit.code, ends_at=one.ends_at, days=days, points=one.points, worth=worth)


def _sum(outlook: _Outlook, found: list[Ending], months: dict[tuple[str, str], int]) -> None:
    for one in found:
        if one.unit is not None and one.ends_at is not None:
            name = (one.unit, closing.named(expiring.last_day(one.ends_at, outlook.programme.zone)))
            months[name] = months.get(name, 0) + one.points
