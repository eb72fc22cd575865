"""The nightly run: what expired is booked as breakage, what vested repays debt (LAW 5, 10.11)."""

from collections.abc import Callable
from datetime import datetime
from itertools import groupby

import msgspec

from guerdon.core import activities as law
from guerdon.core.activities import Activity, Member
from guerdon.core.decisions import Decision, Spent
from guerdon.core.ledger import Lot, Take
from guerdon.engine import desk
from guerdon.engine.batch import Batch
from guerdon.engine.gather import Wants, gather
from guerdon.features.ledger import queries as ledger
from guerdon.features.ledger.actions import Cause
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock, ids, store

ACCOUNTS_PER_BATCH = 500


class Report(msgspec.Struct, frozen=True):
    """What a night did, by unit."""

    accounts: int
    expired: dict[str, int]
    repaid: dict[str, int]


def run(*, programme_id: str, as_of: datetime, progress: Callable[[int], None] = lambda accounts: None) -> Report:
    """Book everything that is due at the instant, account by account in batches; running it again does nothing.

    `progress` is told how many accounts each finished batch had. A crash leaves whole batches done and the rest due.
    """
    accounts, expired, repaid = 0, dict[str, int](), dict[str, int]()
    after = ledger.NIL
    while True:
        due = ledger.due(store.current(), programme_id, as_of, after=after, most=ACCOUNTS_PER_BATCH)
        if not due:
            return Report(accounts, expired, repaid)
        after = due[-1]
        batch = _run_batch(programme_id, due, as_of)
        for unit, points in batch.expired.items():
            expired[unit] = expired.get(unit, 0) + points
        for unit, points in batch.repaid.items():
            repaid[unit] = repaid.get(unit, 0) + points
        accounts += batch.accounts
        progress(len(due))


def _run_batch(programme_id: str, accounts: list[str], as_of: datetime) -> Report:
    def attempt() -> Report:
        at_hand = store.current()
        book = programmes.lawbook(at_hand, programme_id)
        with at_hand.transaction():
            wants = Wants(names={("id", account) for account in accounts}, seqs=2 * len(accounts))
            gathered = gather(at_hand, programme_id, wants, now=as_of)
            batch = Batch(at_hand, programme_id, as_of, book, gathered)
            batch.take_lots(set(accounts), [])
            expired, repaid = dict[str, int](), dict[str, int]()
            touched = sum([_one_account(batch, account, expired, repaid) for account in accounts])
            batch.commit()
        return Report(touched, expired, repaid)

    return store.retrying(attempt)


def _one_account(batch: Batch, account: str, expired: dict[str, int], repaid: dict[str, int]) -> bool:
    """Expire and repay for one account, as one entry of the journal each."""
    in_force = batch.lawbook.at(batch.now)
    for unit in [unit for owner, unit in batch.gathered.purses if owner == account]:
        batch.books.purse(account, unit)  # its split was brought up to date; written, it is not due again
    due = [
        (unit, lot)
        for unit in in_force.programme.units
        for lot in batch.books.lots(account, unit)
        if lot.lapsed(batch.now) and lot.free
    ]
    if due:
        cause = Cause(account, ids.new(), batch.next_seq(), batch.now)
        spent = _expire(batch, cause, due)
        _enter(batch, cause, "expiry", Decision(version=in_force.version, spent=tuple(spent)))
        for one in spent:
            expired[one.unit] = expired.get(one.unit, 0) + one.points
    cause = Cause(account, ids.new(), batch.next_seq(), batch.now)
    paid = batch.settle_debts(cause)
    if paid:
        _enter(batch, cause, "repayment", Decision(version=in_force.version, repaid=paid))
        for unit, points in paid.items():
            repaid[unit] = repaid.get(unit, 0) + points
    return bool(due or paid)


def _expire(batch: Batch, cause: Cause, due: list[tuple[str, Lot]]) -> list[Spent]:
    """One posting per unit and end of life, effective at that end, so that every past instant can be told."""
    spent: dict[str, int] = {}
    ordered = sorted(due, key=lambda one: (one[0], one[1].expires_at or batch.now, one[1].id))
    for (unit, end), group in groupby(ordered, key=lambda one: (one[0], one[1].expires_at)):
        assert end is not None
        cause.effective_at = end
        takes = [Take(lot.id, lot.free) for _, lot in group]
        spent[unit] = spent.get(unit, 0) + batch.books.debit("expire", cause, unit=unit, takes=takes, at=end)
    return [Spent(unit=unit, points=points) for unit, points in spent.items()]


def _enter(batch: Batch, cause: Cause, kind: str, decision: Decision) -> None:
    """Enter what the night did; its natural key is the account and the instant."""
    assert kind in law.LEDGER_KINDS
    at = batch.now.isoformat()
    activity = Activity(
        kind=kind,
        source="night",
        external_id=f"{cause.account_id}:{clock.micros(batch.now)}",
        occurred_at=batch.now,
        member=Member(id=ids.show("member", cause.account_id)),
        facts={"as_of": at},
    )
    desk.enter(batch, activity, cause, decision)
