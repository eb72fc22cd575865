"""The nightly run: what expired is booked as breakage, what vested repays debt, who is reminded (LAW 5, 10.11)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core.decisions import Decision, Spent
from guerdon.engine import entries, remind
from guerdon.engine.batch import Batch
from guerdon.engine.gather import Wants, gather
from guerdon.features.ledger import queries as ledger
from guerdon.features.ledger.actions import Cause
from guerdon.features.programmes import actions as programme_actions
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids, store
from guerdon.kit.store import Store

ACCOUNTS_PER_BATCH = 500
NIGHT_AT: Final = time(3)  # local time


def at(day: date, zone: ZoneInfo) -> datetime:
    """When the night of a local day comes.

    Where the clocks jump over three o'clock it is the instant of the jump; where it comes twice it is the first.
    """
    return datetime.combine(day, NIGHT_AT, zone).astimezone(UTC)


def last(now: datetime, zone: ZoneInfo) -> tuple[date, datetime]:
    """The latest local day whose night has come, and when it came."""
    day = now.astimezone(zone).date()
    if at(day, zone) > now:
        day -= timedelta(days=1)
    return day, at(day, zone)


class Report(msgspec.Struct, frozen=True):
    """What a night did, by unit."""

    accounts: int
    expired: dict[str, int]
    repaid: dict[str, int]
    reminders: int = 0


def run(
    *,
    programme_id: str,
    as_of: datetime,
    progress: Callable[[int], None] = lambda accounts: None,
    ahead: bool = True,
) -> Report:
    """Book everything that is due at the instant, account by account in batches; running it again does nothing.

    `progress` is told how many accounts each finished batch had. A crash leaves whole batches done and the rest due;
    only a night that has been everywhere is noted as one, and held to it by `verify` (LAW 10.11). With `ahead` it also
    looks at what ends next: members are reminded as of its instant, so a night of the past does better without.
    """
    began = ids.new()
    accounts, expired, repaid = 0, dict[str, int](), dict[str, int]()
    after = ids.NIL
    while True:
        due = ledger.due(store.current(), programme_id, as_of, after=after, most=ACCOUNTS_PER_BATCH)
        if not due:
            told = remind.run(programme_id=programme_id, as_of=as_of, progress=progress) if ahead else 0
            _finish(programme_id, as_of, began)
            return Report(accounts, expired, repaid, told)
        after = due[-1]
        batch = _run_batch(programme_id, due, as_of)
        for unit, points in batch.expired.items():
            expired[unit] = expired.get(unit, 0) + points
        for unit, points in batch.repaid.items():
            repaid[unit] = repaid.get(unit, 0) + points
        accounts += batch.accounts
        progress(len(due))


def _finish(programme_id: str, as_of: datetime, began: str) -> None:
    store.committed(lambda at_hand: programme_actions.finish_night(at_hand, programme_id, as_of=as_of, began=began))


def _run_batch(programme_id: str, accounts: list[str], as_of: datetime) -> Report:
    def write(at_hand: Store) -> Report:
        wants = Wants(names={("id", account) for account in accounts}, seqs=2 * len(accounts))
        gathered = gather(at_hand, programme_id, wants, now=as_of)
        book = programmes.lawbook(at_hand, programme_id, versions=gathered.versions)
        batch = Batch(at_hand, programme_id, as_of, book, gathered)
        batch.take_lots(set(accounts))
        batch.take_what_time_moves()
        expired, repaid = dict[str, int](), dict[str, int]()
        touched = sum([_one_account(batch, account, expired, repaid) for account in accounts])
        batch.commit()
        return Report(touched, expired, repaid)

    return store.committed(write)


def _one_account(batch: Batch, account: str, expired: dict[str, int], repaid: dict[str, int]) -> bool:
    """Repay and expire for one account, in the order in which time does it, as one entry of the journal each."""
    in_force = batch.lawbook.at(batch.now)
    units = [purse.unit for purse in batch.books.purses_of(account)]
    for unit in units:
        batch.books.purse(account, unit)  # its split was brought up to date; written, it is not due again
    settled = entries.settle(batch, account)
    for sums, done in ((repaid, settled.repaid), (expired, settled.expired)) if settled else ():
        for unit, points in done.items():
            sums[unit] = sums.get(unit, 0) + points
    due = [unit for unit in units if any(lot.free and lot.lapsed(batch.now) for lot in batch.books.lots(account, unit))]
    if due:
        cause = Cause(account, ids.new(), batch.next_seq(), batch.now)
        spent = tuple(Spent(unit=unit, points=batch.books.expire(cause, unit=unit)) for unit in due)
        entries.enter_due(batch, cause, "expiry", Decision(version=in_force.version, spent=spent))
        for one in spent:
            expired[one.unit] = expired.get(one.unit, 0) + one.points
    return bool(due or settled)
