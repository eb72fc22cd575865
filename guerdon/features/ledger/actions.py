"""Every write to the ledger: a batch's working copy of balances and lots, and the rows it becomes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

import msgspec

from guerdon.core import ledger
from guerdon.core.ledger import Lot, PostingKind, Take
from guerdon.features.ledger.queries import Purse
from guerdon.kit import clock, ids
from guerdon.kit.store import Row, Statement, Store, Table

BALANCES = Table(
    "ledger_balance",
    {
        "account_id": "uuid", "unit": "text", "programme_id": "uuid", "balance": "bigint", "available": "bigint",
        "pending": "bigint", "held": "bigint", "debt": "bigint", "fresh_from": "bigint", "fresh_until": "bigint",
    },
    key=("account_id", "unit"),
    fixed=("programme_id",),
    mode="upsert",
)  # fmt: skip
POSTINGS = Table(
    "ledger_posting",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "unit": "text", "seq": "bigint", "part": "bigint",
        "kind": "text", "source": "uuid", "destination": "uuid", "amount": "bigint", "balance_after": "bigint",
        "activity_id": "uuid", "person_id": "uuid", "effective_at": "bigint", "posted_at": "bigint",
    },
)  # fmt: skip
LOTS = Table(
    "ledger_lot",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "unit": "text", "posting_id": "uuid",
        "origin": "uuid", "funder": "text", "amount": "bigint", "remaining": "bigint", "held": "bigint",
        "earned_at": "bigint", "available_at": "bigint", "expires_at": "bigint",
    },
)  # fmt: skip
LOT_MOVES = Table(
    "ledger_lot",
    {"account_id": "uuid", "id": "uuid", "remaining": "bigint", "held": "bigint"},
    key=("account_id", "id"),
    mode="update",
)
ALLOCATIONS = Table(
    "ledger_allocation",
    {
        "account_id": "uuid", "id": "uuid", "posting_id": "uuid", "lot_id": "uuid", "direction": "text",
        "amount": "bigint", "at": "bigint",
    },
)  # fmt: skip
PASSAGES = Table(
    "ledger_passage",
    {
        "account_id": "uuid", "lot_id": "uuid", "programme_id": "uuid", "origin": "uuid", "from_account": "uuid",
        "from_lot": "uuid",
    },
)  # fmt: skip
UNITS = Table(
    "ledger_unit",
    {"programme_id": "uuid", "code": "text", "kind": "text", "scale": "bigint"},
    key=("programme_id", "code"),
    mode="upsert",
)
SYSTEM_ACCOUNTS = Table(
    "ledger_system_account",
    {"id": "uuid", "programme_id": "uuid", "kind": "text", "subject": "text"},
    key=("id",),
    mode="upsert",
)

_SLIDE = Statement(
    "UPDATE ledger_lot AS l SET expires_at = x.until FROM ("
    " SELECT (v->>0)::uuid AS account_id, v->>1 AS unit, (v->>2)::bigint AS until"
    " FROM json_array_elements(:moves::json) AS e(v)) AS x"
    " WHERE l.account_id = x.account_id AND l.unit = x.unit AND l.remaining > 0"
    " AND l.expires_at > :now AND l.expires_at < x.until",
    sqlite="UPDATE ledger_lot AS l INDEXED BY ledger_lot_alive SET expires_at = x.until FROM ("
    " SELECT value->>0 AS account_id, value->>1 AS unit, value->>2 AS until FROM json_each(:moves)) AS x"
    " WHERE l.account_id = x.account_id AND l.unit = x.unit AND l.remaining > 0"
    " AND l.expires_at > :now AND l.expires_at < x.until",
)


@dataclass(slots=True)
class _LotState:
    """A lot in a batch's hands."""

    lot: Lot
    unit: str
    account_id: str
    remaining: int
    amount: int | None = None  # of a new lot


@dataclass(slots=True)
class Cause:
    """What a posting is written for: the journal entry it belongs to."""

    account_id: str
    activity_id: str
    seq: int
    effective_at: datetime
    person_id: str | None = None  # who earned or burned, where the account is shared by several
    parts: int = 0


@dataclass(slots=True)
class Books:
    """The ledger of one batch: purses and lots as they stand after each entry, and the rows to be written."""

    programme_id: str
    now: datetime
    purses: dict[tuple[str, str], Purse] = field(default_factory=dict)
    expired: dict[tuple[str, str, str], int] = field(default_factory=dict)  # in this batch, by account, origin and unit
    _touched: dict[tuple[str, str], Purse] = field(default_factory=dict)
    _lots: dict[tuple[str, str], dict[str, _LotState]] = field(default_factory=dict)
    _moved: dict[str, _LotState] = field(default_factory=dict)
    _postings: list[Row] = field(default_factory=list)
    _allocations: list[Row] = field(default_factory=list)
    _passages: list[Row] = field(default_factory=list)
    _slides: dict[tuple[str, str], int] = field(default_factory=dict)
    _system: dict[str, str] = field(default_factory=dict)
    _posted_at: int = field(init=False)

    def __post_init__(self) -> None:
        self._posted_at = clock.micros(self.now)

    def purse(self, account_id: str, unit: str) -> Purse:
        """The account's purse in the unit, empty where there was none; it will be written."""
        name = (account_id, unit)
        purse = self.purses.get(name)
        if purse is None:
            purse = self.purses[name] = Purse(account_id, unit)
        self._touched[name] = purse
        return purse

    def keep(self, account_id: str, unit: str, lot: Lot) -> None:
        """Take a stored lot into the batch's hands."""
        self._lots.setdefault((account_id, unit), {})[lot.id] = _LotState(lot, unit, account_id, lot.remaining)

    def lots(self, account_id: str, unit: str) -> list[Lot]:
        """The account's lots in the unit as they stand now in this batch."""
        return [
            state.lot if state.remaining == state.lot.remaining else _with(state)
            for state in self._lots.get((account_id, unit), {}).values()
        ]

    def credit(
        self,
        kind: PostingKind,
        cause: Cause,
        *,
        unit: str,
        points: int,
        available_at: datetime,
        expires_at: datetime | None,
        funder: str | None = None,
        origin: str | None = None,
        earned_at: datetime | None = None,
    ) -> str:
        """Post points to the member as one new lot; answers its id.

        Where they were earned by another activity than the cause, `origin` names it and `earned_at` is when.
        """
        purse = self.purse(cause.account_id, unit)
        posting = self._post(kind, cause, purse, points)
        earned_at = earned_at or cause.effective_at
        origin = origin or cause.activity_id
        lot = Lot(posting, origin, points, 0, earned_at, available_at, expires_at, funder)
        state = _LotState(lot, unit, cause.account_id, points, amount=points)
        self._lots.setdefault((cause.account_id, unit), {})[lot.id] = state
        self._moved[lot.id] = state
        purse.changes(clock.micros(available_at), now=self._posted_at)
        if expires_at is not None:
            purse.changes(clock.micros(expires_at), now=self._posted_at)
        if lot.pending(self.now):
            purse.pending += points
        elif not lot.lapsed(self.now):
            purse.available += points
        return lot.id

    def debit(
        self,
        kind: PostingKind,
        cause: Cause,
        *,
        unit: str,
        takes: Iterable[Take],
        at: datetime,
        to: str | None = None,
    ) -> int:
        """Post points away from the member, out of these lots, `to` one of several accounts of the house; how many."""
        purse = self.purse(cause.account_id, unit)
        lots = self._lots[cause.account_id, unit]
        drawn = [(lots[take.lot], take.points) for take in takes]
        total = sum(points for _, points in drawn)
        posting = self._post(kind, cause, purse, -total, to)
        for state, points in drawn:
            state.remaining -= points
            assert state.remaining >= state.lot.held, "a debit took more than the lot had free"
            self._moved[state.lot.id] = state
            if state.lot.pending(self.now):
                purse.pending -= points
            elif not state.lot.lapsed(self.now):
                purse.available -= points
            row = (cause.account_id, ids.new(), posting, state.lot.id, "out", points, clock.micros(at))
            self._allocations.append(row)
        return total

    def pass_on(
        self,
        way: ledger.Passing,
        *,
        giver: Cause,
        taker: Cause,
        unit: str,
        takes: Iterable[Take],
        at: datetime,
    ) -> int:
        """Move points between two accounts of this batch; answers how many.

        Each lot keeps its origin, its funder and its dates (LAW 6.1, 10.15), and remembers which lot it came from.
        """
        leaves, arrives = ledger.PASSING[way]
        takes = tuple(takes)
        given = {lot.id: lot for lot in self.lots(giver.account_id, unit)}
        points = self.debit(leaves, giver, unit=unit, takes=takes, at=at)
        for take in takes:
            lot = given[take.lot]
            made = self.credit(
                arrives,
                taker,
                unit=unit,
                points=take.points,
                available_at=lot.available_at,
                expires_at=lot.expires_at,
                funder=lot.funder,
                origin=lot.origin,
                earned_at=lot.earned_at,
            )
            self._passages.append((taker.account_id, made, self.programme_id, lot.origin, giver.account_id, lot.id))
        return points

    def lend(self, cause: Cause, *, unit: str, points: int) -> Take:
        """Make a debt: the house lends what a claw-back lacks; the loan is spent on the claw-back at once.

        What has expired is booked first, so that a debt never meets points that died before it.
        """
        self.expire(cause, unit=unit)
        purse = self.purse(cause.account_id, unit)
        purse.debt += points
        lot = self.credit("lend", cause, unit=unit, points=points, available_at=cause.effective_at, expires_at=None)
        return Take(lot, points)

    def repay(self, cause: Cause, *, unit: str) -> int:
        """Repay debt out of whatever is available now (LAW 4.3); answers how much."""
        purse = self.purse(cause.account_id, unit)
        points = min(purse.debt, sum(lot.free for lot in self.lots(cause.account_id, unit) if lot.spendable(self.now)))
        if points:
            takes = ledger.take(self.lots(cause.account_id, unit), points, at=self.now, unit=unit)
            self.debit("repay", cause, unit=unit, takes=takes, at=self.now)
            purse.debt -= points
        return points

    def vested(self, account_id: str) -> bool:
        """Whether something became available since a debt was last settled."""
        return any(self._vested(purse) for purse in self.purses_of(account_id))

    def repay_vested(self, cause: Cause) -> dict[str, int]:
        """Repay debts out of what became available meanwhile, each part at its instant; answers the points by unit."""
        repaid: dict[str, int] = {}
        for purse in self.purses_of(cause.account_id):
            for instant, takes in self._vested(purse):
                cause.effective_at = instant
                points = self.debit("repay", cause, unit=purse.unit, takes=takes, at=instant)
                purse.debt -= points
                repaid[purse.unit] = repaid.get(purse.unit, 0) + points
        return repaid

    def purses_of(self, account_id: str) -> list[Purse]:
        """The account's purses in the order of their units, whatever order the database told them in."""
        mine = [purse for purse in self.purses.values() if purse.account_id == account_id]
        return sorted(mine, key=lambda purse: purse.unit)

    def _vested(self, purse: Purse) -> list[tuple[datetime, tuple[Take, ...]]]:
        return ledger.repayments(self.lots(purse.account_id, purse.unit), purse.debt, at=self.now)

    def expire(self, cause: Cause, *, unit: str) -> int:
        """Book what has expired, one posting per end of life and effective at it; answers how much."""
        dead = [lot for lot in self.lots(cause.account_id, unit) if lot.free and lot.lapsed(self.now)]
        effective_at, expired = cause.effective_at, 0
        for end, lots in groupby(ledger.in_order(dead), key=lambda lot: lot.expires_at):
            assert end is not None
            cause.effective_at = end
            takes = [Take(lot.id, lot.free) for lot in lots]
            expired += self.debit("expire", cause, unit=unit, takes=takes, at=end)
        for lot in dead:
            name = (cause.account_id, lot.origin, unit)
            self.expired[name] = self.expired.get(name, 0) + lot.free
        cause.effective_at = effective_at
        return expired

    def slide(self, account_id: str, unit: str, until: datetime) -> None:
        """Move the end of all lots that are alive: the member earned or burned in a sliding unit."""
        moment = clock.micros(until)
        self._slides[account_id, unit] = max(moment, self._slides.get((account_id, unit), 0))
        for state in self._lots.get((account_id, unit), {}).values():
            end = state.lot.expires_at
            if state.remaining and end is not None and self.now < end < until:
                state.lot = msgspec.structs.replace(state.lot, expires_at=until)

    def apply_slides(self, store: Store) -> None:
        """Write the moved ends of stored lots; new lots carry theirs already."""
        if self._slides:
            moves = [f'["{account}","{unit}",{until}]' for (account, unit), until in self._slides.items()]
            store.fetch(_SLIDE, moves=f"[{','.join(moves)}]", now=clock.micros(self.now))

    def rows(self) -> list[tuple[Table, list[Row]]]:
        """Everything to write, parents before children."""
        new: list[Row] = []
        moved: list[Row] = []
        for state in self._moved.values():
            if state.amount is None:
                moved.append((state.account_id, state.lot.id, state.remaining, state.lot.held))
            else:
                new.append(self._lot_row(state))
        return [
            (BALANCES, [self._balance_row(purse) for purse in self._touched.values()]),
            (POSTINGS, self._postings),
            (LOTS, new),
            (LOT_MOVES, moved),
            (ALLOCATIONS, self._allocations),
            (PASSAGES, self._passages),
        ]

    def _post(self, kind: PostingKind, cause: Cause, purse: Purse, change: int, other: str | None = None) -> str:
        purse.balance += change
        counterpart = other or self._system.get(kind) or self._counterpart(kind)
        source, destination = (counterpart, cause.account_id) if change > 0 else (cause.account_id, counterpart)
        assert (change > 0) == (kind in ledger.CREDITS), f"a {kind} moves the other way"
        posting = ids.new()
        effective = clock.micros(cause.effective_at)
        self._postings.append(
            (
                cause.account_id, posting, self.programme_id, purse.unit, cause.seq, cause.parts, kind, source,
                destination, abs(change), purse.balance, cause.activity_id, cause.person_id, effective, self._posted_at,
            )
        )  # fmt: skip
        cause.parts += 1
        return posting

    def _counterpart(self, kind: PostingKind) -> str:
        account = self._system[kind] = system_account(self.programme_id, ledger.COUNTERPART[kind])
        return account

    def _balance_row(self, purse: Purse) -> Row:
        return (
            purse.account_id, purse.unit, self.programme_id, purse.balance, purse.available, purse.pending, purse.held,
            purse.debt, purse.fresh_from, purse.fresh_until,
        )  # fmt: skip

    def _lot_row(self, state: _LotState) -> Row:
        assert state.amount is not None
        lot = state.lot
        expires = None if lot.expires_at is None else clock.micros(lot.expires_at)
        return (
            state.account_id, lot.id, self.programme_id, state.unit, lot.id, lot.origin, lot.funder, state.amount,
            state.remaining, lot.held, clock.micros(lot.earned_at), clock.micros(lot.available_at), expires,
        )  # fmt: skip


def _with(state: _LotState) -> Lot:
    return msgspec.structs.replace(state.lot, remaining=state.remaining)


def system_account(programme_id: str, kind: ledger.SystemAccount) -> str:
    """The id of an account of the house."""
    return ids.derived(programme_id, kind)


def cause_account(programme_id: str, cause: str) -> str:
    """The id of the account that gets what members give to a cause."""
    return ids.derived(programme_id, "causes", cause)


def open_accounts(
    store: Store, programme_id: str, units: Iterable[tuple[str, str, int]], causes: Iterable[str] = ()
) -> None:
    """Enter a programme's units (code, kind, scale) and the accounts of the house into the catalogue."""
    accounts: list[Row] = [
        (system_account(programme_id, kind), programme_id, kind, "") for kind in ledger.SYSTEM_ACCOUNTS
    ]
    accounts += [(cause_account(programme_id, cause), programme_id, "causes", cause) for cause in causes]
    rows: list[Row] = [(programme_id, code, kind, scale) for code, kind, scale in units]
    store.write([(SYSTEM_ACCOUNTS, accounts), (UNITS, rows)])
