"""Every write to the ledger: a batch's working copy of balances and lots, and the rows it becomes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from guerdon.core import due, ledger
from guerdon.core.due import Due, Kind
from guerdon.core.ledger import Lot, PostingKind, Take
from guerdon.core.vesting import WAITING
from guerdon.features.ledger import guard
from guerdon.features.ledger.house import cause_account, system_account
from guerdon.features.ledger.lots import Lots, LotState, Purse
from guerdon.features.ledger.made import MadeLot
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
    {"account_id": "uuid", "id": "uuid", "remaining": "bigint", "held": "bigint", "expires_at": "bigint"},
    key=("account_id", "id"),
    mode="update",
)
LIVES = Table(
    "ledger_lot",
    {
        "account_id": "uuid", "id": "uuid", "remaining": "bigint", "held": "bigint", "available_at": "bigint",
        "expires_at": "bigint",
    },
    key=("account_id", "id"),
    mode="update",
)  # fmt: skip
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
REVERSALS = Table(
    "ledger_reversal",
    {"account_id": "uuid", "posting_id": "uuid", "programme_id": "uuid", "reverses": "uuid", "origin": "uuid"},
)
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
    " AND l.expires_at > :now AND l.expires_at < x.until AND l.available_at <> :waiting",
    sqlite="UPDATE ledger_lot AS l INDEXED BY ledger_lot_alive SET expires_at = x.until FROM ("
    " SELECT value->>0 AS account_id, value->>1 AS unit, value->>2 AS until FROM json_each(:moves)) AS x"
    " WHERE l.account_id = x.account_id AND l.unit = x.unit AND l.remaining > 0"
    " AND l.expires_at > :now AND l.expires_at < x.until AND l.available_at <> :waiting",
)


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
class Books(Lots):
    """The ledger of one batch: purses and lots as they stand after each entry, and the rows to be written."""

    # In this batch, by account, origin and unit: what expired or was cancelled.
    expired: dict[tuple[str, str, str], int] = field(default_factory=dict)
    postings: list[Row] = field(default_factory=list)
    _allocations: list[Row] = field(default_factory=list)
    _passages: list[Row] = field(default_factory=list)
    _reversals: list[Row] = field(default_factory=list)
    _system: dict[str, str] = field(default_factory=dict)

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
        state = LotState(lot, unit, cause.account_id, points, amount=points, seq=cause.seq)
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
        self, kind: PostingKind, cause: Cause, *, unit: str, takes: Iterable[Take], at: datetime, to: str | None = None
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
        self, way: ledger.Passing, *, giver: Cause, taker: Cause, unit: str, takes: Iterable[Take], at: datetime
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
                arrives, taker, unit=unit, points=take.points, available_at=lot.available_at,
                expires_at=lot.expires_at, funder=lot.funder, origin=lot.origin, earned_at=lot.earned_at,
            )  # fmt: skip
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
        """Repay debt out of whatever is available now (LAW 4.3), and as of now: it may be younger than what came."""
        purse = self.purse(cause.account_id, unit)
        points = min(purse.debt, sum(lot.free for lot in self.lots(cause.account_id, unit) if lot.spendable(self.now)))
        if points:
            takes = ledger.take(self.lots(cause.account_id, unit), points, at=self.now, unit=unit)
            effective_at, cause.effective_at = cause.effective_at, self.now
            self.debit("repay", cause, unit=unit, takes=takes, at=self.now)
            cause.effective_at = effective_at
            purse.debt -= points
        return points

    def settle(self, cause: Cause, unit: str, found: Iterable[Due]) -> dict[Kind, int]:
        """Book what time has done in the unit, each part at its own instant; answers the points by kind."""
        done: dict[Kind, int] = {}
        for one in found:
            if one.kind == "free":
                self.free(cause.account_id, unit, one.takes)
            else:
                cause.effective_at = one.at
                self.debit(one.kind, cause, unit=unit, takes=one.takes, at=one.at)
            if one.kind == "repay":
                self.purse(cause.account_id, unit).debt -= one.points
            elif one.kind in ("expire", "cancel"):
                self._note_expired(cause.account_id, unit, one.takes)
            done[one.kind] = done.get(one.kind, 0) + one.points
        return done

    def give_back(self, cause: Cause, *, unit: str, backs: Iterable[Take], reverses: str) -> int:
        """Give points of a burn's posting back to the lots they came from, which keep their dates; answers how many."""
        purse = self.purse(cause.account_id, unit)
        backs = tuple(backs)
        total = sum(back.points for back in backs)
        posting = self._post("reinstate", cause, purse, total)
        for back in backs:
            self.put_back(cause.account_id, unit, back)
            row = (cause.account_id, ids.new(), posting, back.lot, "back", back.points, self._posted_at)
            self._allocations.append(row)
        self._reversals.append((cause.account_id, posting, self.programme_id, reverses, None))
        return total

    def revive(self, cause: Cause, *, unit: str, back: Take, until: datetime, reverses: str) -> int:
        """Give points of a burn back that their lot has not lived to see, as a lot that lives until then."""
        dead = self.lot(cause.account_id, unit, back.lot)
        made = self.credit(
            "reinstate", cause, unit=unit, points=back.points, available_at=self.now, expires_at=until,
            funder=dead.funder, origin=dead.origin, earned_at=dead.earned_at,
        )  # fmt: skip
        self._reversals.append((cause.account_id, made, self.programme_id, reverses, dead.origin))
        return back.points

    def expire_at_once(self, cause: Cause, *, unit: str, takes: Iterable[Take]) -> dict[Kind, int]:
        """Book as dead what came back into lots that have ended meanwhile; how much by kind."""
        points = {take.lot: take.points for take in takes}  # of each lot at once: nobody names one twice
        lots = [self.lot(cause.account_id, unit, id) for id in points]
        effective_at, cause.effective_at = cause.effective_at, self.now
        gone: dict[Kind, int] = {}
        for kind, of_kind in due.by_kind(lot for lot in lots if lot.lapsed(self.now)).items():
            gone[kind] = self._bury(kind, cause, unit, [Take(lot.id, points[lot.id]) for lot in of_kind], self.now)
        cause.effective_at = effective_at
        return gone

    def _note_expired(self, account_id: str, unit: str, takes: Iterable[Take]) -> None:
        for take in takes:
            name = (account_id, self.lot(account_id, unit, take.lot).origin, unit)
            self.expired[name] = self.expired.get(name, 0) + take.points

    def expire(self, cause: Cause, *, unit: str) -> dict[Kind, int]:
        """Book what has expired, or waited in vain, one posting per end of life and effective at it; how much by kind.

        All that was cancelled comes first, as in the law of time.
        """
        dead = [lot for lot in self.lots(cause.account_id, unit) if lot.free and lot.lapsed(self.now)]
        effective_at, gone = cause.effective_at, dict[Kind, int]()
        for kind, of_kind in due.by_kind(dead).items():
            for end, lots in groupby(ledger.in_order(of_kind), key=lambda lot: lot.expires_at):
                assert end is not None
                cause.effective_at = end
                takes = [Take(lot.id, lot.free) for lot in lots]
                gone[kind] = gone.get(kind, 0) + self._bury(kind, cause, unit, takes, end)
        cause.effective_at = effective_at
        return gone

    def _bury(self, kind: Kind, cause: Cause, unit: str, takes: list[Take], end: datetime) -> int:
        assert kind in ("expire", "cancel")
        self._note_expired(cause.account_id, unit, takes)
        return self.debit(kind, cause, unit=unit, takes=takes, at=end)

    def apply_slides(self, store: Store) -> None:
        """Write the moved ends of stored lots; new lots, and those whose points moved, carry theirs already."""
        if self._slides:
            slides = ((*name, clock.micros(until)) for name, until in self._slides.items())
            moves = [f'["{account}","{unit}",{until}]' for account, unit, until in slides]
            waiting = clock.micros(WAITING)
            store.fetch(_SLIDE, moves=f"[{','.join(moves)}]", now=clock.micros(self.now), waiting=waiting)

    def rows(self) -> list[tuple[Table, list[Row]]]:
        """Everything to write, parents before children. Raises `guard.BrokenBooks` where it does not add up."""
        new: list[Row] = []
        moved: list[Row] = []
        before: dict[str, int] = {}
        for state in self._moved.values():
            if state.amount is None:
                before[state.lot.id] = state.lot.remaining
                moved.append((state.account_id, state.lot.id, state.remaining, state.lot.held, _end(state.lot)))
            else:
                new.append(self._lot_row(state))
        balances = [self._balance_row(purse) for purse in self._touched.values()]
        guard.check(
            opened=self._opened, before=before, balances=balances, postings=self.postings, made=new, moved=moved,
            allocations=self._allocations,
        )  # fmt: skip
        lives = [_life_row(state or lot) for lot, state in self._lives()]
        begun = {row[1] for row in lives}
        return [
            (BALANCES, balances),
            (POSTINGS, self.postings),
            (LOTS, new),
            # PostgreSQL writes a row once per statement: a lot whose life began carries what moved in it.
            (LOT_MOVES, [row for row in moved if row[1] not in begun]),
            (LIVES, lives),
            (ALLOCATIONS, self._allocations),
            (PASSAGES, self._passages),
            (REVERSALS, self._reversals),
        ]

    def _post(self, kind: PostingKind, cause: Cause, purse: Purse, change: int, other: str | None = None) -> str:
        purse.balance += change
        counterpart = other or self._system.get(kind) or self._counterpart(kind)
        source, destination = (counterpart, cause.account_id) if change > 0 else (cause.account_id, counterpart)
        assert (change > 0) == (kind in ledger.CREDITS), f"a {kind} moves the other way"
        posting = ids.new()
        effective = clock.micros(cause.effective_at)
        self.postings.append(
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

    def _lot_row(self, state: LotState) -> Row:
        assert state.amount is not None
        lot = state.lot
        return (
            state.account_id, lot.id, self.programme_id, state.unit, lot.id, lot.origin, lot.funder, state.amount,
            state.remaining, lot.held, clock.micros(lot.earned_at), clock.micros(lot.available_at), _end(lot),
        )  # fmt: skip


def _life_row(of: LotState | MadeLot) -> Row:
    lot, held = (of.lot, of.lot.held) if isinstance(of, LotState) else (of, 0)
    return (of.account_id, lot.id, of.remaining, held, clock.micros(lot.available_at), _end(lot))


def _end(lot: Lot | MadeLot) -> int | None:
    return None if lot.expires_at is None else clock.micros(lot.expires_at)


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
