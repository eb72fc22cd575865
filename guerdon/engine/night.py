"""The nightly run: what expired or waited in vain is booked, what vested repays debt, who is reminded (LAW 5)."""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import limits
from guerdon.core.decisions import Decision, Spent
from guerdon.core.errors import Refusal
from guerdon.core.redemptions import REDEMPTION_ENDED
from guerdon.engine import (
    alerts,
    climb,
    convert,
    draws,
    dues,
    earn,
    entries,
    erase,
    figures,
    pictures,
    redemptions,
    remind,
    retention,
    settling,
)
from guerdon.engine.batch import Batch, Outcome, opened
from guerdon.engine.gather import Wants
from guerdon.features.ledger import queries as ledger
from guerdon.features.ledger.actions import Cause
from guerdon.features.programmes import actions as programme_actions
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.queries import Lawbook
from guerdon.features.redemptions import queries
from guerdon.features.tiers import queries as tiers
from guerdon.kit import ids, store
from guerdon.kit.store import Store

ACCOUNTS_PER_BATCH = 500
logger = logging.getLogger("guerdon.night")
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
    cancelled: dict[str, int]
    reminders: int = 0
    reviews: int = 0  # members whose tiers were looked at
    redemptions: int = 0  # that had ended by themselves
    conversions: int = 0  # of points that became something else
    conversions_refused: int = 0  # of points that could not: the log says why
    memberships: int = 0  # that were asked for a payment, begun anew, or ended
    erased: int = 0  # members whose days to think were over
    consents: int = 0  # that ended with their days
    looks: int = 0  # rows of who looked that were forgotten
    unused: int = 0  # accounts and invitations that nobody ever used, forgotten
    alerts: int = 0  # of what looks like fraud, raised
    held_up: bool = False  # somebody was too long at writing when it began: nothing is proved of it
    alerts_failed: bool = False  # fraud could not be looked for: the log says why, and the next night tries again


class _Sums:
    """What a batch of accounts comes to, by unit."""

    def __init__(self) -> None:
        self.expired: dict[str, int] = {}
        self.repaid: dict[str, int] = {}
        self.cancelled: dict[str, int] = {}

    def add(self, one: Decision | Report) -> None:
        for name in ("expired", "repaid", "cancelled"):
            sums = getattr(self, name)
            for unit, points in getattr(one, name).items():
                sums[unit] = sums.get(unit, 0) + points


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
    looks at what ends next: members are reminded as of its instant and a seed of draws is shown, so a night of the
    past does better without. Where somebody is too long at writing when it begins it is done all the same, and
    `verify` does not hold it to having been everywhere. To be called outside any transaction.
    """
    began_seq = _began()
    if ahead:  # first of all: whatever is drawn while the night goes on is drawn with the next seed
        draws.rotate_by_night(programme_id=programme_id, as_of=as_of)
    accounts, sums = 0, _Sums()
    after = ids.NIL
    while True:
        due = ledger.due(store.current(), programme_id, as_of, after=after, most=ACCOUNTS_PER_BATCH)
        if not due:
            given_up = _redemptions(programme_id, as_of, progress)
            converted = convert.run(programme_id=programme_id, as_of=as_of, progress=progress)
            memberships = dues.run(programme_id, as_of, progress)
            reviews = _reviews(programme_id, as_of, progress)
            pictures.tidy(programme_id=programme_id, now=as_of)
            told = remind.run(programme_id=programme_id, as_of=as_of, progress=progress) if ahead else 0
            erased = erase.run(programme_id=programme_id, as_of=as_of)
            gone = retention.run(programme_id=programme_id, as_of=as_of, progress=progress)
            _finish(programme_id, as_of, began_seq)
            if ahead:
                figures.run(programme_id=programme_id, now=as_of, progress=progress)
                figures.finish(programme_id=programme_id, now=as_of)
            raised = _alerts(programme_id, as_of, progress) if ahead else 0
            done = (sums.expired, sums.repaid, sums.cancelled, told, reviews, given_up)
            more = (
                converted.made,
                converted.refused,
                memberships,
                erased,
                gone.consents,
                gone.looks,
                gone.unused,
                raised or 0,
            )
            held_up = began_seq == programme_actions.NOTHING_SURE
            return Report(accounts, *done, *more, held_up=held_up, alerts_failed=raised is None)
        after = due[-1]
        batch = _run_batch(programme_id, due, as_of)
        sums.add(batch)
        accounts += batch.accounts
        progress(len(due))


def _began() -> int:
    """A number of the journal below which all is there now; that of nothing where somebody is too long at writing."""
    try:
        return settling.settled(patience_seconds=limits.NIGHT_SETTLING_SECONDS_MAX)
    except Refusal as refusal:
        if refusal.kind is not store.DATABASE_BUSY:
            raise
        return programme_actions.NOTHING_SURE


def _alerts(programme_id: str, as_of: datetime, progress: Callable[[int], None]) -> int | None:
    """Look for fraud; answers how many alerts were raised, None where it failed.

    It comes last and books nothing, so what fails here fails alone: points, the close of a month and the other
    programmes don't wait until somebody has mended it.
    """
    from guerdon.kit import jobs  # where nights are run by hand there may be no jobs yet

    try:
        return alerts.run(programme_id=programme_id, now=as_of, progress=progress)
    except (jobs.Stopped, jobs.Lost):  # the worker's own, which a job lets through
        raise
    except Exception:
        logger.exception("fraud could not be looked for", extra={"programme": programme_id})
        return None


def _redemptions(programme_id: str, as_of: datetime, progress: Callable[[int], None]) -> int:
    """Book the redemptions whose time is over, in batches: points and pieces come back (LAW 8.2). Answers how many."""
    expired = 0
    after = ids.NIL
    while due := queries.due(store.current(), programme_id, as_of, after=after, most=ACCOUNTS_PER_BATCH):
        after = due[-1].id
        for result in redemptions.settle_many(programme_id=programme_id, found=due, deed="expire", now=as_of, by=None):
            if isinstance(result, Refusal) and result.kind is not REDEMPTION_ENDED:  # that somebody was faster is none
                raise result
            expired += isinstance(result, Outcome)
        progress(len(due))
    return expired


def _reviews(programme_id: str, as_of: datetime, progress: Callable[[int], None]) -> int:
    """Review the tiers that are due, account by account in batches; answers how many accounts had something due.

    The first night after thresholds have changed looks at everybody who has anything counted.
    """
    book = programmes.latest(store.current(), programme_id)
    if not any(book.law(version.number).programme.tiers for version in book.versions):
        return 0
    reviewed = 0
    after = ids.NIL
    everybody = _new_ladders(programme_id, book, as_of)
    while due := _due(programme_id, as_of, after, everybody=everybody):
        after = due[-1]
        reviewed += store.committed(lambda at_hand, due=due: _review_batch(at_hand, programme_id, due, as_of))  # type: ignore[misc]
        progress(len(due))
    return reviewed


def _due(programme_id: str, as_of: datetime, after: str, *, everybody: bool) -> list[str]:
    at_hand = store.current()
    if everybody:
        return tiers.counted(at_hand, programme_id, after=after, most=ACCOUNTS_PER_BATCH)
    return tiers.due(at_hand, programme_id, as_of, after=after, most=ACCOUNTS_PER_BATCH)


def _new_ladders(programme_id: str, book: Lawbook, as_of: datetime) -> bool:
    """Whether the ladders in force have come into force, or were published, since the last night."""
    if not book.at(as_of).programme.tiers:
        return False
    version = book.versions[book.in_force(as_of) - 1]
    before = programmes.last_night(store.current(), programme_id)
    return before is None or max(version.effective_at, version.published_at) > before


def _review_batch(at_hand: Store, programme_id: str, accounts: list[str], as_of: datetime) -> int:
    book = programmes.latest(at_hand, programme_id)
    in_force = book.at(as_of)
    wants = Wants(names={("id", account) for account in accounts}, seqs=2 * len(accounts))
    wants.looks_at(in_force, as_of.astimezone(in_force.zone).date())
    wants.climbs_from = as_of.astimezone(in_force.zone).date()  # also where the ladders are gone
    batch = opened(at_hand, programme_id, wants, now=as_of, book=book)
    earn.lock_rises(batch)
    reviewed = sum([climb.review(batch, account) is not None for account in accounts])
    climb.welcome(batch, earn.rise)
    batch.commit()
    return reviewed


def _finish(programme_id: str, as_of: datetime, began_seq: int) -> None:
    store.committed(
        lambda at_hand: programme_actions.finish_night(at_hand, programme_id, as_of=as_of, began_seq=began_seq)
    )


def _run_batch(programme_id: str, accounts: list[str], as_of: datetime) -> Report:
    def write(at_hand: Store) -> Report:
        wants = Wants(names={("id", account) for account in accounts}, seqs=2 * len(accounts))
        batch = opened(at_hand, programme_id, wants, now=as_of)
        batch.take_lots(set(accounts))
        batch.take_what_time_moves()
        earn.lock_rises(batch)
        sums = _Sums()
        touched = sum([_one_account(batch, account, sums) for account in accounts])
        climb.welcome(batch, earn.rise)
        batch.commit()
        return Report(touched, sums.expired, sums.repaid, sums.cancelled)

    return store.committed(write)


def _one_account(batch: Batch, account: str, sums: _Sums) -> bool:
    """Repay, cancel and expire for one account, in the order of time, what repaid and what died an entry each."""
    in_force = batch.lawbook.at(batch.now)
    units = [purse.unit for purse in batch.books.purses_of(account)]
    for unit in units:
        batch.books.purse(account, unit)  # its split was brought up to date; written, it is not due again
    settled = entries.settle(batch, account)
    if settled is not None:
        sums.add(settled)
    due = [unit for unit in units if any(lot.free and lot.lapsed(batch.now) for lot in batch.books.lots(account, unit))]
    if due:
        cause = Cause(account, ids.new(), batch.next_seq(), batch.now)
        gone = {unit: batch.books.expire(cause, unit=unit) for unit in due}
        expired = {unit: of_unit["expire"] for unit, of_unit in gone.items() if "expire" in of_unit}
        cancelled = {unit: of_unit["cancel"] for unit, of_unit in gone.items() if "cancel" in of_unit}
        spent = tuple(Spent(unit=unit, points=points) for unit, points in expired.items())
        entries.enter_due(batch, cause, "expiry", Decision(version=in_force.version, spent=spent, cancelled=cancelled))
        sums.add(Decision(version=in_force.version, expired=expired, cancelled=cancelled))
    return bool(due or settled)
