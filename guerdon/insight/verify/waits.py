"""Points that wait for an activity: cancelled at their end, or given the life that follows from its coming."""

from typing import Final

from guerdon.core import vesting
from guerdon.core.decisions import Award, Released
from guerdon.insight.verify import streams
from guerdon.insight.verify.accounts import Account, Entry, Lot
from guerdon.insight.verify.invariant import Invariant
from guerdon.kit import clock

WAITING: Final = streams.WAITING
Life = tuple[int, int | None]  # available_at, expires_at


def first_life(award: Award) -> Life:
    """The life that an award was given."""
    return clock.micros(award.available_at), None if award.expires_at is None else clock.micros(award.expires_at)


def later_life(account: Account, lot: Lot) -> Life:
    """The life that the activity it waited for gave to a lot."""
    one = account.released[lot.id][0][1]
    return clock.micros(one.available_at), None if one.expires_at is None else clock.micros(one.expires_at)


class Confirmed(Invariant):
    """Every release against the purchase, the version that gave the points, and what was left of them then."""

    clause = "5.3"
    sentence = "Points that wait for an activity are released by it once, in time, with the life that follows from it."

    def look(self, account: Account) -> None:
        self.count("lots that wait", sum(lot.available_at == WAITING and lot.remaining > 0 for lot in account.lots))
        for lot_id, found in account.released.items():
            self.count("releases", len(found))
            entry, one = found[0]
            lot = account.lot.get(lot_id)
            purchase = None if lot is None else account.purchase(lot.origin)
            award = None if lot is None or purchase is None else _award(account, lot, purchase, entry.kind)
            if lot is None or award is None or purchase is None or award.awaits != entry.kind or len(found) > 1:
                self._tell(entry, one, "points were released that did not wait", "a lot that waits for it", len(found))
                continue
            first, ends = first_life(award)
            if first != WAITING or ends is None or entry.recorded_at >= ends or entry.seq < purchase.seq:
                told = f"recorded {entry.recorded_at}"
                self._tell(entry, one, "points were released after their end", f"before {ends}", told)
            left = lot.amount - _taken(account, lot, before=entry.seq)
            if one.points != left or one.unit != lot.unit:
                self._tell(entry, one, "another number was released than was left", left, one.points)
            self._compare(account, entry, one, award, purchase)

    def _compare(self, account: Account, entry: Entry, one: Released, award: Award, purchase: Entry) -> None:
        """The life told, and that of the law."""
        if account.book is None or not account.book.has(purchase.decision.version) or not award.shares:
            return
        law = account.book.law(purchase.decision.version)
        if all(rule.key != award.shares[0].rule for rule in law.programme.rules):
            return  # 3.8 tells of it
        vests, policy = law.life_of(award)
        life = vesting.released(
            vests,
            policy,
            earned_at=clock.instant(purchase.occurred_at),
            confirmed_at=clock.instant(entry.occurred_at),
            posted_at=clock.instant(entry.recorded_at),
            zone=law.zone,
        )
        if (life.available_at, life.expires_at) != (one.available_at, one.expires_at):
            told = f"{one.available_at} to {one.expires_at}"
            law_says = f"{life.available_at} to {life.expires_at}"
            self._tell(entry, one, "released points have another life than the law gives them", law_says, told)

    def _tell(self, entry: Entry, one: Released, what: str, expected: object, found: object) -> None:
        where = {"member": entry.account_id, "activity": entry.id, "seq": entry.seq, "lot": one.lot}
        self.breaks(what, expected=expected, found=found, **where)


def _award(account: Account, lot: Lot, purchase: Entry, kind: str) -> Award | None:
    """The award that the lot was made for; that of a merged member is known by what it waits for and its end."""
    passage = account.came_from.get(lot.id)
    if passage is None:
        return account.awards().get(lot.posting_id) or _given_again(account, lot, purchase)
    alike = [one for one in purchase.decision.awards if one.unit == lot.unit and one.awaits == kind]
    return next((one for one in alike if first_life(one) == (WAITING, passage.from_ends)), None)


def _given_again(account: Account, lot: Lot, purchase: Entry) -> Award | None:
    """The award of which a return gave the lot again: the n-th lot of its entry is of the n-th award of the unit."""
    awards = [one for one in purchase.decision.awards if one.unit == lot.unit]
    for id in account.caused.keys() & account.returned.keys():
        if account.returned[id] == lot.origin:
            again = [one.id for one in account.caused[id] if one.kind == "restore" and one.unit == lot.unit]
            if lot.posting_id in again:
                return awards[again.index(lot.posting_id)]
    return None


def _taken(account: Account, lot: Lot, *, before: int) -> int:
    """What had left the lot before an entry."""
    taken = 0
    for posting in account.postings:
        if posting.seq >= before:
            break
        for take in account.allocated.get(posting.id, ()):
            if take.lot_id == lot.id:
                taken += take.amount if take.direction == "out" else -take.amount
    return taken
