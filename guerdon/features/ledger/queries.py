"""Every read of the ledger: balances as of the instant asked, lots, and the statement."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from guerdon.core import members
from guerdon.core.ledger import CREDITS, Lot, repayments
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, allow_fanout

# Part of the engine's one gathering statement: all balances of the accounts.
BALANCES_OF = Statement(
    "(SELECT json_agg(json_build_array(account_id, unit, balance, available, pending, held, debt, fresh_until))"
    " FROM ledger_balance WHERE account_id = ANY(:accounts::uuid[]))",
    sqlite="(SELECT json_group_array(json_array("
    "account_id, unit, balance, available, pending, held, debt, fresh_until))"
    " FROM ledger_balance WHERE account_id IN (SELECT value FROM json_each(:accounts)))",
)
# The split at the instant, and when time changes it next.
_SPLIT = (
    "SELECT account_id, unit,"
    " CAST(sum(CASE WHEN available_at <= :now AND (expires_at IS NULL OR expires_at > :now)"
    "   THEN remaining - held ELSE 0 END) AS bigint),"
    " CAST(sum(CASE WHEN available_at > :now AND (expires_at IS NULL OR expires_at > :now)"
    "   THEN remaining - held ELSE 0 END) AS bigint),"
    " min(CASE WHEN available_at > :now THEN available_at WHEN expires_at > :now THEN expires_at END),"
    " min(CASE WHEN expires_at > :now THEN expires_at END)"
    " FROM ledger_lot WHERE remaining > 0 AND account_id"
)
_FRESH = Statement(
    f"{_SPLIT} = ANY(:accounts::uuid[]) GROUP BY account_id, unit",
    sqlite=f"{_SPLIT} IN (SELECT value FROM json_each(:accounts)) GROUP BY account_id, unit",  # noqa: S608 - our own
)
_LOTS = Statement(
    "SELECT account_id, unit, id, origin, remaining, held, earned_at, available_at, expires_at FROM ledger_lot"
    " WHERE account_id = ANY(:accounts::uuid[]) AND (remaining > 0 OR origin = ANY(:origins::uuid[]))",
    sqlite="SELECT account_id, unit, id, origin, remaining, held, earned_at, available_at, expires_at FROM ledger_lot"
    " WHERE account_id IN (SELECT value FROM json_each(:accounts))"
    " AND (remaining > 0 OR origin IN (SELECT value FROM json_each(:origins)))",
)
_LAPSED = Statement(
    "SELECT l.origin, l.unit, CAST(sum(a.amount) AS bigint) FROM ledger_lot l"
    " JOIN ledger_allocation a ON a.account_id = l.account_id AND a.lot_id = l.id"
    " JOIN ledger_posting p ON p.account_id = l.account_id AND p.id = a.posting_id AND p.kind = 'expire'"
    " WHERE l.account_id = ANY(:accounts::uuid[]) AND l.origin = ANY(:origins::uuid[]) GROUP BY l.origin, l.unit",
    sqlite="SELECT l.origin, l.unit, sum(a.amount) FROM ledger_lot l"
    " JOIN ledger_allocation a ON a.account_id = l.account_id AND a.lot_id = l.id"
    " JOIN ledger_posting p ON p.account_id = l.account_id AND p.id = a.posting_id AND p.kind = 'expire'"
    " WHERE l.account_id IN (SELECT value FROM json_each(:accounts))"
    " AND l.origin IN (SELECT value FROM json_each(:origins)) GROUP BY l.origin, l.unit",
)
_BALANCE = Statement(
    "SELECT unit, balance, available, pending, held, debt, fresh_until FROM ledger_balance"
    " WHERE account_id = :account ORDER BY unit"
)
_BALANCE_OF_MEMBER = Statement(
    "SELECT (SELECT count(*) FROM programmes_version v WHERE v.programme_id = m.programme_id),"
    " b.unit, b.balance, b.available, b.pending, b.held, b.debt, b.fresh_until"
    " FROM members_member m LEFT JOIN ledger_balance b ON b.account_id = m.id"
    " WHERE m.id = :id AND m.programme_id = :programme ORDER BY b.unit"
)
_ACCOUNT_LOTS = Statement(
    "SELECT id, unit, origin, funder, amount, remaining, held, earned_at, available_at, expires_at FROM ledger_lot"
    " WHERE account_id = :account AND id > :after AND (remaining > 0 OR :spent_too = 1) ORDER BY id LIMIT :most"
)
_STATEMENT = Statement(
    "SELECT p.seq, p.part, p.id, p.unit, p.kind, p.amount, p.balance_after, p.activity_id, p.effective_at, p.posted_at"
    " FROM ledger_posting p WHERE p.account_id = :account AND (p.seq > :seq OR (p.seq = :seq AND p.part > :part))"
    " ORDER BY p.seq, p.part LIMIT :most"
)
# Something is due where the split has aged, where lapsed points wait to be booked, or where debt meets points.
_DUE = allow_fanout(
    "the night asks which accounts have something due",
    Statement(
        "SELECT DISTINCT account_id FROM ledger_balance WHERE programme_id = :programme AND account_id > :after"
        " AND (fresh_until <= :now OR balance > available + pending + held OR (debt > 0 AND available > 0))"
        " ORDER BY account_id LIMIT :most"
    ),
)
_DUE_COUNT = Statement(
    "SELECT count(DISTINCT account_id) FROM ledger_balance WHERE programme_id = :programme"
    " AND (fresh_until <= :now OR balance > available + pending + held OR (debt > 0 AND available > 0))"
)


@dataclass(slots=True)
class Purse:
    """An account's balance in a unit, in a batch's hands; instants are microseconds."""

    account_id: str
    unit: str
    balance: int = 0
    available: int = 0
    pending: int = 0
    held: int = 0
    debt: int = 0
    fresh_until: int = clock.NEVER

    def until(self, instant: int) -> None:
        """From this instant on the split between available, pending and lapsed is another one."""
        self.fresh_until = min(self.fresh_until, instant)


class Amounts(msgspec.Struct, frozen=True):
    """What an account has in a unit at an instant; `lapsed` has expired and waits for the night to book it."""

    unit: str
    available: int
    pending: int
    held: int
    debt: int
    lapsed: int


class LotLine(msgspec.Struct, frozen=True):
    """One lot as a person reads it."""

    id: str
    unit: str
    origin: str
    funder: str | None
    amount: int
    remaining: int
    held: int
    earned_at: datetime
    available_at: datetime
    expires_at: datetime | None


class StatementLine(msgspec.Struct, frozen=True):
    """One posting as a person reads it; `points` is signed, `balance` is what the account had after it."""

    seq: int
    part: int
    id: str
    unit: str
    kind: str
    points: int
    balance: int
    activity_id: str
    effective_at: datetime
    posted_at: datetime


def fresh(store: Store, purses: list[Purse], at: datetime) -> None:
    """Bring purses whose split has aged up to the instant, in one statement."""
    now = clock.micros(at)
    by_name = {(purse.account_id, purse.unit): purse for purse in purses}
    accounts = sorted({purse.account_id for purse in purses})
    for purse in purses:
        purse.available = purse.pending = 0
        purse.fresh_until = clock.NEVER
    for account, unit, available, pending, change, ending in store.fetch(_FRESH, accounts=accounts, now=now):
        if (account, unit) in by_name:
            purse = by_name[account, unit]
            purse.available, purse.pending = int(available), int(pending)
            purse.fresh_until = min(change or clock.NEVER, ending or clock.NEVER)


def lots(store: Store, accounts: list[str], *, origins: list[str] = []) -> list[tuple[str, str, Lot]]:  # noqa: B006
    """The living lots of the accounts, and those of the origins even when spent, as (account, unit, lot)."""
    found = store.fetch(_LOTS, accounts=accounts, origins=origins)
    return [
        (account, unit, Lot(id, origin, remaining, held, *map(clock.instant, (earned, start, end))))
        for account, unit, id, origin, remaining, held, earned, start, end in found
    ]


def lapsed(store: Store, accounts: list[str], origins: list[str]) -> dict[tuple[str, str], int]:
    """What expired out of the lots of each origin, by (origin, unit)."""
    rows = store.fetch(_LAPSED, accounts=accounts, origins=origins)
    return {(origin, unit): int(points) for origin, unit, points in rows}


def balances(store: Store, account_id: str, at: datetime) -> list[Amounts]:
    """All balances of an account as of the instant, whether or not the night has run (LAW 5.2)."""
    return _amounts(store, [Purse(account_id, *cells) for cells in store.fetch(_BALANCE, account=account_id)], at)


def balances_of_member(store: Store, programme_id: str, member_id: str, at: datetime) -> tuple[list[Amounts], int]:
    """The same for a member of the programme, with the number of its versions, in one statement where nothing has aged.

    Raises `member_unknown`.
    """
    rows = store.fetch(_BALANCE_OF_MEMBER, programme=programme_id, id=member_id)
    if not rows:
        raise members.MEMBER_UNKNOWN(kind="id")
    purses = [Purse(member_id, *cells) for _, *cells in rows if cells[0] is not None]
    return _amounts(store, purses, at), int(rows[0][0])


def _amounts(store: Store, found: list[Purse], at: datetime) -> list[Amounts]:
    stale = [purse for purse in found if purse.fresh_until <= clock.micros(at)]
    if stale:
        fresh(store, stale, at)
    owing = {purse.unit: purse for purse in found if purse.debt}
    if owing:
        _repaid(store, owing, at)
    return [
        Amounts(
            unit=purse.unit,
            available=purse.available,
            pending=purse.pending,
            held=purse.held,
            debt=purse.debt,
            lapsed=purse.balance - purse.available - purse.pending - purse.held,
        )
        for purse in found
    ]


def _repaid(store: Store, owing: dict[str, Purse], at: datetime) -> None:
    """Take into account what vested into an account's debts and is not booked yet."""
    account_id = next(iter(owing.values())).account_id
    by_unit: dict[str, dict[str, Lot]] = {}
    for _, unit, lot in lots(store, [account_id]):
        by_unit.setdefault(unit, {})[lot.id] = lot
    for unit, purse in owing.items():
        mine = by_unit.get(unit, {})
        for _, takes in repayments(mine.values(), purse.debt, at=at):
            for take in takes:
                purse.debt -= take.points
                purse.balance -= take.points
                purse.available -= 0 if mine[take.lot].lapsed(at) else take.points


def account_lots(store: Store, account_id: str, *, after: str, most: int, spent_too: bool) -> list[LotLine]:
    """The lots of an account by id, a page at a time."""
    rows = store.fetch(_ACCOUNT_LOTS, account=account_id, after=after, most=most, spent_too=int(spent_too))
    return [
        LotLine(id, unit, origin, funder, amount, remaining, held, *map(clock.instant, (earned, start, end)))
        for id, unit, origin, funder, amount, remaining, held, earned, start, end in rows
    ]


def statement(store: Store, account_id: str, *, seq: int, part: int, most: int) -> list[StatementLine]:
    """The postings of an account after (seq, part), a page at a time."""
    rows = store.fetch(_STATEMENT, account=account_id, seq=seq, part=part, most=most)
    return [
        StatementLine(seq, part, id, unit, kind, _signed(kind, amount), balance, activity, *map(clock.instant, times))
        for seq, part, id, unit, kind, amount, balance, activity, *times in rows
    ]


def _signed(kind: str, amount: int) -> int:
    return amount if kind in CREDITS else -amount


def count_due(store: Store, programme_id: str, at: datetime) -> int:
    """How many accounts `due` will answer one after the other."""
    count: int = store.fetch(_DUE_COUNT, programme=programme_id, now=clock.micros(at))[0][0]
    return count


def due(store: Store, programme_id: str, at: datetime, *, after: str, most: int) -> list[str]:
    """The accounts in which something has expired, or could repay debt, at the instant; by id after `after`."""
    rows = store.fetch(_DUE, programme=programme_id, now=clock.micros(at), after=after, most=most)
    return [account for (account,) in rows]
