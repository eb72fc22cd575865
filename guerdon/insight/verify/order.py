"""The order of taking, replayed: at every debit the lots that the law would have chosen at that very instant."""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from guerdon.core import burns
from guerdon.core.activities import CARD_ISSUE, CARD_VOID
from guerdon.core.decisions import Award, Received
from guerdon.core.expiry import Sliding
from guerdon.insight.verify import reserved
from guerdon.insight.verify.accounts import Account, Allocation, Entry, Lot, Move, Posting
from guerdon.insight.verify.invariant import Found, Invariant, place
from guerdon.insight.verify.lots import makes_a_lot
from guerdon.insight.verify.returns import policy_of
from guerdon.insight.verify.waits import WAITING
from guerdon.kit import clock

NEVER: Final = 2**63 - 1
COMES_BACK: Final = frozenset({"capture", "release", "burn_cancel"})  # kinds of entries after which points are free
Key = tuple[int, int, str]  # expires_at, earned_at, id: the order of LAW 5.2


class Alive(msgspec.Struct, gc=False):
    """A lot as it stood at a moment of the replay."""

    lot: Lot
    left: int
    ends: int
    begins: int
    held: int = 0

    @property
    def free(self) -> int:
        return self.left - self.held


def _key(alive: Alive) -> Key:
    return (alive.ends, alive.lot.earned_at, alive.lot.id)


class Shelf:
    """The living lots of one unit, in the order in which they are taken."""

    def __init__(self) -> None:
        self._alive: list[Alive] = []
        self._by_lot: dict[str, Alive] = {}
        self._sorted = True

    def put(self, lot: Lot, ends: int, begins: int) -> None:
        alive = self._by_lot[lot.id] = Alive(lot, lot.amount, ends, begins)
        self._alive.append(alive)
        self._sorted = False

    def in_order(self) -> list[Alive]:
        """What is left, first expiring first, then first earned, then by id (LAW 5.2)."""
        if not self._sorted:
            living = {alive.lot.id: alive for alive in self._alive if alive.left > 0}
            self._alive = sorted(living.values(), key=_key)
            self._sorted = True
        return self._alive

    def move(self, lot: Lot, points: int) -> None:
        """Take points from a lot, or (negative) give them back."""
        alive = self._by_lot.get(lot.id)
        if alive is None:
            return
        if alive.left <= 0:
            self._alive.append(alive)
        alive.left -= points
        self._sorted = self._sorted and alive.left > 0 and points > 0

    def hold(self, lot_id: str, points: int) -> None:
        """Reserve points of a lot, or (negative) no longer."""
        if lot_id in self._by_lot:
            self._by_lot[lot_id].held += points

    def ends(self, lot: Lot) -> int:
        """When the lot ends, as it stands now."""
        alive = self._by_lot.get(lot.id)
        return (lot.expires_at or NEVER) if alive is None else alive.ends

    def begin(self, lot_id: str, begins: int, ends: int | None) -> None:
        """The activity that the points of a lot waited for has come."""
        alive = self._by_lot.get(lot_id)
        if alive is not None:
            alive.begins, alive.ends = begins, NEVER if ends is None else ends
            self._sorted = False

    def slide(self, now: int, until: int) -> None:
        """The member earned or burned in a sliding unit: every lot alive ends at `until`, if that is later."""
        for alive in self._alive:
            if alive.left > 0 and alive.begins != WAITING and now < alive.ends < until:
                alive.ends = until
                self._sorted = False


class InOrder(Invariant):
    """Every debit of every member, replayed over the lots as they stood then."""

    clause = "10.8"
    sentence = "Lots were taken in order: first expiring first out, then first earned, then by id."
    sums = ("_passed",)

    def __init__(self) -> None:
        super().__init__()
        self._passed = 0  # what passed in sliding units, as one number: what left less what arrived with the same end

    def look(self, account: Account) -> None:
        if not account.allocations and not account.holds and not (account.book and account.book.sliding):
            return
        moving = {posting.unit for posting in account.postings if posting.change < 0}
        if account.book is not None:
            moving |= account.book.sliding
        moving |= {hold.unit for hold in account.holds}
        shelves: dict[str, Shelf] = {unit: Shelf() for unit in moving}
        moves = deque(reserved.moves(account))
        released = deque(entry for entry in account.entries if entry.decision.released)
        for posting in account.postings:
            # What an entry earns comes before what it releases, and what that repays after it.
            while released and (released[0].seq, posting.kind == "earn") < (posting.seq, True):
                _begin(account, shelves, released.popleft())
            while moves and moves[0].seq <= posting.seq:
                self._reserve(shelves, moves.popleft())
            shelf = shelves.get(posting.unit)
            if shelf is not None:
                self._move(account, shelf, posting)
        for move in moves:
            self._reserve(shelves, move)
        for entry in released:
            _begin(account, shelves, entry)
        self._compare_ends(account, shelves)

    def _move(self, account: Account, shelf: Shelf, posting: Posting) -> None:
        if makes_a_lot(account, posting):
            self._put(account, shelf, posting, account.made.get(posting.id))
        elif posting.change < 0:
            self._take(account, shelf, posting)
        else:
            for take in account.allocated.get(posting.id, ()):
                if take.lot_id in account.lot:
                    shelf.move(account.lot[take.lot_id], -take.amount)

    def _reserve(self, shelves: dict[str, Shelf], move: Move) -> None:
        """Points are reserved in the order in which they would be spent (LAW 5.4), or are so no longer."""
        shelf = shelves[move.hold.unit]
        taken = {take.lot: take.points for take in move.takes}
        if move.sign > 0:
            self.count("holds", 1)
            left = move.hold.amount
            for alive in shelf.in_order():
                if not alive.begins <= move.hold.created_at < alive.ends:
                    continue
                part = min(left, alive.free)
                left -= part
                if part != taken.get(alive.lot.id, 0):
                    self.breaks(
                        "a hold reserved lots out of order",
                        expected=f"{part} of this lot",
                        found=taken.get(alive.lot.id, 0),
                        lot=alive.lot.id,
                        hold=move.hold.id,
                        member=move.hold.account_id,
                    )
                    break
        for lot, points in taken.items():
            shelf.hold(lot, move.sign * points)

    def _put(self, account: Account, shelf: Shelf, posting: Posting, lot: Lot | None) -> None:
        if lot is None:
            return
        slides = account.book is not None and posting.unit in account.book.sliding
        known = slides or lot.id in account.released
        own = account.awards().get(posting.id) if known else None
        award = own or (_given_again(account, posting) if slides else None)
        told = account.arrivals().get(posting.id) if slides else None
        passage = account.came_from.get(lot.id) if known and posting.kind in ("merge_in", "pool_in") else None
        begins = lot.available_at if own is None else clock.micros(own.available_at)
        begins = WAITING if lot.id in account.released else begins
        if posting.kind == "reinstate":
            shelf.put(lot, _grace(account, posting, lot), begins)
        elif passage is not None:  # what a lot was that passed on slides no more, so it still ends when it did then
            shelf.put(lot, passage.from_ends or NEVER, begins)
        else:
            shelf.put(lot, _ends(award or told, lot), begins)
        if told is not None:
            self._passed -= _fingerprint(posting, lot, lot.amount, _ends(told, lot))
        if award is not None and posting.kind == "earn":
            _slide(account, shelf, posting, account.entry[posting.activity_id])

    def _take(self, account: Account, shelf: Shelf, posting: Posting) -> None:
        takes = account.allocated.get(posting.id, ())
        entry = account.entry.get(posting.activity_id)
        if takes and posting.kind not in ("merge_out", "pool_out"):  # which take the lots it is about: 10.15
            self.count("debits", 1)
            self._compare(account, shelf, posting, takes)
        passes = posting.kind == "transfer_out" and account.book is not None and posting.unit in account.book.sliding
        for take in takes:
            lot = account.lot.get(take.lot_id)
            if lot is not None:
                if passes:
                    self._passed += _fingerprint(posting, lot, take.amount, shelf.ends(lot))
                shelf.move(lot, take.amount)
        if posting.kind == "burn" and entry is not None:
            _slide(account, shelf, posting, entry)

    def close(self, found: Found) -> None:
        if self._passed:
            self.breaks("points arrived with another end than they left with", expected="the same ends", found="others")

    def _compare(self, account: Account, shelf: Shelf, posting: Posting, takes: Sequence[Allocation]) -> None:
        """The lots that were taken against those that come first."""
        taken: dict[str, int] = {}
        for take in takes:
            taken[take.lot_id] = taken.get(take.lot_id, 0) + take.amount
        left = -posting.change
        for alive in _candidates(account, shelf, posting, takes[0].at):
            part = min(left, alive.free)
            left -= part
            found = taken.pop(alive.lot.id, 0)
            if found != part:
                self._tell(posting, alive, part, found)
                return
            if left == 0:
                return  # the parts are as large as the debit, so nothing else was taken (10.7)
        for lot_id, points in taken.items():
            if lot_id in account.lot:  # it was not among the lots that could be taken
                lot = account.lot[lot_id]
                self._tell(posting, Alive(lot, 0, lot.expires_at or NEVER, lot.available_at), 0, points)
                return

    def _tell(self, posting: Posting, alive: Alive, expected: int, found: int) -> None:
        self.breaks(
            "a debit took lots out of order",
            expected=f"{expected} from this lot, which ends {'never' if alive.ends == NEVER else alive.ends}",
            found=found,
            lot=alive.lot.id,
            **place(posting),
        )

    def _compare_ends(self, account: Account, shelves: dict[str, Shelf]) -> None:
        """A lot that nothing moved ends when its award says; one that slid, where the last slide put it."""
        for shelf in shelves.values():
            for alive in shelf.in_order():
                self.count("lots left", 1)
                if alive.ends != (alive.lot.expires_at or NEVER):
                    self.breaks(
                        "a lot ends at another instant than earning and burning gave it",
                        expected=alive.ends,
                        found=alive.lot.expires_at,
                        member=account.id,
                        unit=alive.lot.unit,
                        lot=alive.lot.id,
                    )


def _candidates(account: Account, shelf: Shelf, posting: Posting, at: int) -> Iterable[Alive]:
    """The lots in the order in which this debit must take them."""
    entry = account.entry.get(posting.activity_id)
    if entry is not None and entry.kind == "hold_end":
        return _after_holds(account, shelf, posting, at)
    if posting.kind in ("expire", "cancel"):
        waits = posting.kind == "cancel"
        together = [alive for alive in shelf.in_order() if alive.ends == at and (alive.begins == WAITING) is waits]
        if not together or (entry is not None and (entry.kind in COMES_BACK or entry.decision.restored)):
            # What came back after its lot's end expires by itself: 10.9 and 10.10 look at that.
            return _just_these(account, shelf, posting)
        return together
    if posting.kind == "repay" and entry is not None and entry.kind == "repayment":
        # What vested into a debt is repaid at its own instant, whenever that is booked (LAW 4.3).
        return [alive for alive in shelf.in_order() if alive.begins == at and at < alive.ends]
    if entry is not None and entry.kind == "capture" and posting.kind == "burn":
        return _just_these(account, shelf, posting)  # the first points of the hold: 10.10
    if posting.kind == "claw_back":
        return _clawed_back(account, shelf, posting, at)
    return (alive for alive in shelf.in_order() if alive.begins <= at < alive.ends)


def _after_holds(account: Account, shelf: Shelf, posting: Posting, at: int) -> Iterator[Alive]:
    """What ended holds did at one of their instants: what was free then goes into the debt, or has expired."""
    freed: set[str] = set()
    later: dict[str, int] = {}  # by lot, what the same entry sets free at later instants
    for move in reserved.moves_by(account, posting.activity_id):
        for take in move.takes:
            if move.step is not None and move.step.at == at:
                freed.add(take.lot)
            elif move.step is not None and move.step.at > at:
                later[take.lot] = later.get(take.lot, 0) + take.points
    for alive in shelf.in_order():
        begins = alive.lot.id in freed or alive.begins == at
        dies = alive.ends == at or (alive.lot.id in freed and alive.ends < at)
        if posting.kind in ("expire", "cancel"):
            fits = dies and (alive.begins == WAITING) is (posting.kind == "cancel")
        else:
            fits = begins and at < alive.ends
        if fits:
            yield Alive(alive.lot, alive.left, alive.ends, alive.begins, alive.held + later.get(alive.lot.id, 0))


def _clawed_back(account: Account, shelf: Shelf, posting: Posting, at: int) -> list[Alive]:
    """The award's own lots, pending ones first, then what else is available, then the loan (LAW 4.3)."""
    origin, entry = account.returned.get(posting.activity_id), account.entry.get(posting.activity_id)
    if entry is not None and entry.kind == CARD_VOID:  # the money with which the card was opened
        origin = next((one.id for one in account.entries if one.kind == CARD_ISSUE), None)
    pending, own, others, loan = list[Alive](), list[Alive](), list[Alive](), list[Alive]()
    for alive in shelf.in_order():
        if alive.lot.origin == posting.activity_id:
            loan.append(alive)
        elif at >= alive.ends:
            continue
        elif alive.lot.origin == origin:
            (pending if at < alive.begins else own).append(alive)
        elif at >= alive.begins:
            others.append(alive)
    return pending if policy_of(account, posting.activity_id) == "only_pending" else [*pending, *own, *others, *loan]


def _just_these(account: Account, shelf: Shelf, posting: Posting) -> list[Alive]:
    """The lots that the posting took, as far as it did."""
    taken = {take.lot_id: take.amount for take in account.allocated.get(posting.id, ())}
    return [
        Alive(alive.lot, min(alive.free, taken[alive.lot.id]), alive.ends, alive.begins)
        for alive in shelf.in_order()
        if alive.lot.id in taken
    ]


def _grace(account: Account, posting: Posting, lot: Lot) -> int:
    """When points end that came back after their lot had, by the version that decided."""
    entry = account.entry.get(posting.activity_id)
    if entry is None or account.book is None or not account.book.has(entry.decision.version):
        return lot.expires_at or NEVER
    law = account.book.law(entry.decision.version)
    days = law.programme.reinstate.grace_days
    return -1 if days is None else clock.micros(burns.grace_ends(clock.instant(posting.posted_at), days, law.zone))


def _given_again(account: Account, posting: Posting) -> Award | None:
    """The award that a reopened order gave again; where ends slide, all of one unit had the same.

    That of points that wait is looked at elsewhere: they may have had their life by then.
    """
    purchase = account.purchase(account.returned.get(posting.activity_id, "")) if posting.kind == "restore" else None
    awards = purchase.decision.awards if purchase is not None else ()
    return next((award for award in awards if award.unit == posting.unit and award.awaits is None), None)


def _ends(award: Award | Received | None, lot: Lot) -> int:
    """When a lot ended as it was made: a stored end may have slid since, the award or arrival tells the first one."""
    if award is None:
        return lot.expires_at or NEVER
    return NEVER if award.expires_at is None else clock.micros(award.expires_at)


def _fingerprint(posting: Posting, lot: Lot, points: int, ends: int) -> int:
    """What both sides of a passage have in common; sums of it agree where every part does."""
    dates = (lot.earned_at, lot.available_at, ends, posting.posted_at)
    told = repr((lot.programme_id, lot.unit, lot.origin, lot.funder, points, dates))
    return int.from_bytes(hashlib.sha256(told.encode()).digest())  # the same in every process


def _begin(account: Account, shelves: dict[str, Shelf], entry: Entry) -> None:
    """Give the lots that waited for the entry their life; in a unit that slides they move the others, too."""
    for one in entry.decision.released:
        if one.unit not in shelves:
            continue
        ends = None if one.expires_at is None else clock.micros(one.expires_at)
        shelves[one.unit].begin(one.lot, clock.micros(one.available_at), ends)
        if ends is not None and account.book is not None and one.unit in account.book.sliding:
            _slide_with(account, shelves[one.unit], one.lot, entry.recorded_at, ends)


def _slide_with(account: Account, shelf: Shelf, lot_id: str, now: int, until: int) -> None:
    lot = account.lot.get(lot_id)
    purchase = None if lot is None else account.purchase(lot.origin)
    if lot is None or purchase is None or account.book is None or not account.book.has(purchase.decision.version):
        return
    unit = account.book.law(purchase.decision.version).programme.units.get(lot.unit)
    if unit is not None and isinstance(unit.expires, Sliding):
        shelf.slide(now, until)


def _slide(account: Account, shelf: Shelf, posting: Posting, entry: Entry) -> None:
    """Move the ends as an earn or a burn in a sliding unit does."""
    if account.book is None or not account.book.has(entry.decision.version):
        return
    law = account.book.law(entry.decision.version)
    unit = law.programme.units.get(posting.unit)
    if unit is None or not isinstance(unit.expires, Sliding):
        return
    at, posted_at = clock.instant(posting.effective_at), clock.instant(posting.posted_at)
    until = law.expires_at(unit.expires, at, at if posting.kind == "burn" else posted_at)  # no grace for burns: 5.6
    if until is not None:
        shelf.slide(posting.posted_at, clock.micros(until))
