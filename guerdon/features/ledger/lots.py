"""The purses and lots in a batch's hands, as they stand after each of its entries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from guerdon.core.ledger import Lot, Take
from guerdon.core.vesting import WAITING, Life
from guerdon.features.ledger import guard
from guerdon.features.ledger.made import MadeLot
from guerdon.kit import clock


@dataclass(slots=True)
class Purse:
    """An account's balance in a unit, in a batch's hands; instants are microseconds.

    The split between available, pending and lapsed is that of any instant from `fresh_from` up to `fresh_until`: no lot
    begins or ends between them. A server whose clock is behind may well ask for an earlier instant.
    """

    account_id: str
    unit: str
    balance: int = 0
    available: int = 0
    pending: int = 0
    held: int = 0
    debt: int = 0
    fresh_from: int = 0
    fresh_until: int = clock.NEVER

    def is_fresh(self, at: int) -> bool:
        return self.fresh_from <= at < self.fresh_until

    def changes(self, instant: int, *, now: int) -> None:
        """A lot begins or ends at this instant, so the split is another one before it than from it on."""
        if instant > now:
            self.fresh_until = min(self.fresh_until, instant)
        else:
            self.fresh_from = max(self.fresh_from, instant)


@dataclass(slots=True)
class LotState:
    """A lot in a batch's hands."""

    lot: Lot
    unit: str
    account_id: str
    remaining: int
    amount: int | None = None  # of a new lot
    seq: int = 0  # of the entry that made it in this batch

    def now(self) -> Lot:
        """The lot with what is left of it."""
        return self.lot if self.remaining == self.lot.remaining else _left(self.lot, self.remaining)


def _left(lot: Lot, remaining: int) -> Lot:
    return msgspec.structs.replace(lot, remaining=remaining)


@dataclass(slots=True)
class Lots:
    """What a batch has in its hands; nothing is posted here, but points are reserved and become free again."""

    programme_id: str
    now: datetime
    accounts: set[str]  # those that are locked, so that nobody else moves their points
    purses: dict[tuple[str, str], Purse] = field(default_factory=dict)
    _opened: dict[tuple[str, str], int] = field(default_factory=dict)  # balances before the batch
    _touched: dict[tuple[str, str], Purse] = field(default_factory=dict)
    _lots: dict[tuple[str, str], dict[str, LotState]] = field(default_factory=dict)
    _moved: dict[str, LotState] = field(default_factory=dict)
    _slides: dict[tuple[str, str], datetime] = field(default_factory=dict)
    # What waited for an activity that came in this batch; of what is left of it the state tells its life.
    _begun: dict[str, tuple[MadeLot, LotState | None]] = field(default_factory=dict)
    _posted_at: int = field(init=False)

    def __post_init__(self) -> None:
        self._posted_at = clock.micros(self.now)

    def purse(self, account_id: str, unit: str) -> Purse:
        """The account's purse in the unit, empty where there was none; it will be written."""
        name = (account_id, unit)
        purse = self.purses.get(name)
        if purse is None:
            if account_id not in self.accounts:
                raise guard.BrokenBooks(f"the account {account_id} is not in these hands, so its {unit} can't move")
            purse = self.purses[name] = Purse(account_id, unit)
        if name not in self._touched:
            self._opened[name] = purse.balance
            self._touched[name] = purse
        return purse

    def purses_of(self, account_id: str) -> list[Purse]:
        """The account's purses in the order of their units, whatever order the database told them in."""
        mine = [purse for purse in self.purses.values() if purse.account_id == account_id]
        return sorted(mine, key=lambda purse: purse.unit)

    def keep(self, account_id: str, unit: str, lot: Lot) -> None:
        """Take a stored lot into the batch's hands; one that is there already stays as it stands now."""
        mine = self._lots.setdefault((account_id, unit), {})
        if lot.id not in mine:
            state = mine[lot.id] = LotState(lot, unit, account_id, lot.remaining)
            if (account_id, unit) in self._slides:
                self._slide(state, self._slides[account_id, unit])

    def lots(self, account_id: str, unit: str) -> list[Lot]:
        """The account's lots in the unit as they stand now in this batch."""
        return [state.now() for state in self._lots.get((account_id, unit), {}).values()]

    def lot(self, account_id: str, unit: str, id: str) -> Lot:
        """One of them."""
        return self._lots[account_id, unit][id].now()

    def reserve(self, account_id: str, unit: str, takes: Iterable[Take], *, until: datetime) -> None:
        """Hold available points in their lots until then."""
        purse = self.purse(account_id, unit)
        purse.changes(clock.micros(until), now=self._posted_at)
        for take in takes:
            self._hold(account_id, unit, take, take.points)
            purse.available -= take.points
            purse.held += take.points

    def free(self, account_id: str, unit: str, takes: Iterable[Take]) -> None:
        """Hold points no longer; they are available unless their lot has ended meanwhile."""
        purse = self.purse(account_id, unit)
        for take in takes:
            state = self._hold(account_id, unit, take, -take.points)
            purse.held -= take.points
            if not state.lot.lapsed(self.now):
                purse.available += take.points

    def slide(self, account_id: str, unit: str, until: datetime) -> None:
        """Move the end of all lots that are alive: the member earned or burned in a sliding unit."""
        self._slides[account_id, unit] = max(until, self._slides.get((account_id, unit), until))
        for state in self._lots.get((account_id, unit), {}).values():
            self._slide(state, until)

    def _slide(self, state: LotState, until: datetime) -> None:
        end = state.lot.expires_at
        if state.remaining and end is not None and self.now < end < until and not state.lot.waits:
            state.lot = msgspec.structs.replace(state.lot, expires_at=until)

    def _hold(self, account_id: str, unit: str, take: Take, change: int) -> LotState:
        state = self._lots[account_id, unit][take.lot]
        state.lot = msgspec.structs.replace(state.lot, held=state.lot.held + change)
        assert 0 <= state.lot.held <= state.remaining, "a lot holds more than it has, or less than nothing"
        self._moved[take.lot] = state
        return state

    def begin(self, unit: str, made: MadeLot, life: Life) -> int:
        """Points that waited in a lot have their life from now on; answers how many are left of them, be it none."""
        assert made.available_at == WAITING, "a lot that waits for nothing began"
        state = self._lots.get((made.account_id, unit), {}).get(made.id)
        self._begun[made.id] = (MadeLot(made.account_id, made.id, life.available_at, life.expires_at), state)
        if state is None:  # only living lots are in these hands
            assert not made.remaining, "a lot that has points began outside of these hands"
            return 0
        purse = self.purse(made.account_id, unit)
        purse.pending -= state.remaining
        state.lot = msgspec.structs.replace(state.lot, available_at=life.available_at, expires_at=life.expires_at)
        purse.changes(clock.micros(life.available_at), now=self._posted_at)
        if life.expires_at is not None:
            purse.changes(clock.micros(life.expires_at), now=self._posted_at)
        if state.lot.pending(self.now):
            purse.pending += state.remaining
        else:
            purse.available += state.remaining
        return state.remaining

    def _lives(self) -> list[tuple[MadeLot, LotState | None]]:
        """The stored lots whose life has begun; of what is left of them the state tells how they stand."""
        return [(lot, state) for lot, state in self._begun.values() if state is None or state.amount is None]

    def living(self, made: MadeLot) -> MadeLot:
        """A stored lot with the life that this batch may have given to it."""
        begun, state = self._begun.get(made.id, (made, None))
        return begun if state is None else MadeLot.of(made.account_id, state.lot)

    def made_here(self, account_id: str, unit: str, origin: str) -> list[list[Lot]]:
        """The lots of an origin that entries of this batch made in the unit, in their order, entry by entry."""
        entries: dict[int, list[Lot]] = {}
        for state in self._lots.get((account_id, unit), {}).values():
            if state.amount is not None and state.lot.origin == origin:
                entries.setdefault(state.seq, []).append(state.now())
        return list(entries.values())

    def put_back(self, account_id: str, unit: str, back: Take) -> None:
        """Points are in their lot again."""
        purse, state = self.purse(account_id, unit), self._lots[account_id, unit][back.lot]
        state.remaining += back.points
        self._moved[back.lot] = state
        if state.lot.expires_at is not None:
            purse.changes(clock.micros(state.lot.expires_at), now=self._posted_at)
        if not state.lot.lapsed(self.now):
            purse.available += back.points
