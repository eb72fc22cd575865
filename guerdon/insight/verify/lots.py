"""Lots: what is left of each, that every debit is allocated, within each lot's life, and given back at most once."""

from typing import Final

from guerdon.core import burns as law
from guerdon.core.ledger import CREDITS, Take
from guerdon.insight.verify import reserved
from guerdon.insight.verify.accounts import Account, Allocation, Lot, Posting
from guerdon.insight.verify.invariant import Invariant, place
from guerdon.insight.verify.waits import WAITING

MAKES_A_LOT: Final = CREDITS - {"reinstate"}
# Debits that are decided at the instant they are written; the others book what an earlier instant did.
AT_ONCE: Final = frozenset(
    {"burn", "adjust_down", "claw_back", "transfer_out", "pool_out", "merge_out", "fee", "donate"}
)


def makes_a_lot(account: Account, posting: Posting) -> bool:
    """Whether the posting made a lot; one that gave points back did where theirs had not lived to see it."""
    return posting.kind in MAKES_A_LOT or (posting.kind == "reinstate" and posting.id not in account.allocated)


def _reinstated(account: Account, posting: Posting, lot: Lot) -> bool:
    """Whether the entry of the posting gave points back to the lot, or gave them again as this lot."""
    beside = account.caused.get(posting.activity_id, ()) if posting.posted_at == posting.effective_at else ()
    back = [take for one in beside if one.kind == "reinstate" for take in account.allocated.get(one.id, ())]
    return lot.id in {take.lot_id for take in back} | {one.id for one in beside if one.kind == "restore"}


class LotSum(Invariant):
    """Every lot against the posting that made it and its allocations."""

    clause = "10.5"
    sentence = "Available + held + pending of a lot = amount − allocations out + back, and within [0, amount]."

    def look(self, account: Account) -> None:
        moved: dict[str, int] = {}
        for allocation in account.allocations:
            sign = -1 if allocation.direction == "out" else 1
            moved[allocation.lot_id] = moved.get(allocation.lot_id, 0) + sign * allocation.amount
        makers = {
            posting.id: posting
            for kind, postings in account.of_kind.items()
            if kind in MAKES_A_LOT or kind == "reinstate"
            for posting in postings
            if kind != "reinstate" or makes_a_lot(account, posting)
        }
        for lot in account.lots:
            left = lot.amount + moved.get(lot.id, 0)
            if lot.remaining != left or not 0 <= lot.held <= lot.remaining <= lot.amount:
                self.breaks(
                    "what is left of a lot is not its amount less what was taken",
                    expected=f"{left} of {lot.amount}",
                    found=f"{lot.remaining}, of these {lot.held} held",
                    **_of(lot),
                )
            maker = makers.pop(lot.posting_id, None)
            if maker is None or maker.change != lot.amount or maker.unit != lot.unit:
                self.breaks(
                    "a lot is not what its posting credited",
                    expected="no second lot of a posting" if maker is None else f"{maker.change} {maker.unit}",
                    found=f"{lot.amount} {lot.unit}",
                    **_of(lot),
                )
        for maker in makers.values():
            self.breaks("a credit has no lot", expected=f"a lot of {maker.change}", found="none", **place(maker))
        self.count("lots", len(account.lots))
        self.count("allocations", len(account.allocations))


class FullyAllocated(Invariant):
    """Every debit against its allocations."""

    clause = "10.7"
    sentence = "Every debit is fully allocated to lots of that member."

    def look(self, account: Account) -> None:
        allocated = account.allocated
        left = set(allocated)
        debits = 0
        for posting in account.postings:
            takes = allocated.get(posting.id, ())
            left.discard(posting.id)
            if posting.change > 0 and (posting.kind != "reinstate" or makes_a_lot(account, posting)):
                if takes:
                    self.breaks(
                        "a credit takes from lots", expected="no allocations", found=len(takes), **place(posting)
                    )
                continue
            debits += 1
            direction = "out" if posting.change < 0 else "back"
            total = sum(take.amount for take in takes if take.direction == direction)
            if total != abs(posting.change):
                self.breaks(
                    "a debit is not fully allocated", expected=abs(posting.change), found=total, **place(posting)
                )
            for take in takes:
                lot = account.lot.get(take.lot_id)
                if lot is None or lot.unit != posting.unit:
                    found = "no such lot of the member" if lot is None else f"a lot of {lot.unit}"
                    self.breaks(
                        "a debit is allocated to a foreign lot", expected=posting.unit, found=found, **place(posting)
                    )
        for posting_id in sorted(left):
            self.breaks(
                "an allocation belongs to no posting",
                expected="a posting of the member",
                found="none",
                member=account.id,
                posting=posting_id,
            )
        self.count("debits", debits)
        self.count("allocations", len(account.allocations))


class WithinLife(Invariant):
    """Every allocation against the life of its lot."""

    clause = "10.9"
    sentence = "Nothing was taken from a lot outside [available_at, expires_at)."

    def look(self, account: Account) -> None:
        for posting in account.debits:
            for take in account.allocated.get(posting.id, ()):
                lot = account.lot.get(take.lot_id)
                if lot is None or take.direction != "out":
                    continue
                self.count("allocations", 1)
                if posting.kind in ("expire", "cancel"):
                    self._at_its_end(account, posting, take, lot)
                else:
                    self._in_its_life(account, posting, take, lot)

    def _at_its_end(self, account: Account, posting: Posting, take: Allocation, lot: Lot) -> None:
        waits = lot.available_at == WAITING
        if waits is not (posting.kind == "cancel"):
            self.breaks(
                "points that waited for an activity are cancelled, others expire",
                expected="cancel" if waits else "expire",
                found=posting.kind,
                lot=lot.id,
                **place(posting),
            )
        ends = lot.expires_at is not None and take.at >= lot.expires_at
        # What came back after the end expires at once: it was reserved no longer, its burn or its return was undone.
        later = ends and (take.at in reserved.freed(account, lot.id) or _reinstated(account, posting, lot))
        if (take.at != lot.expires_at and not later) or take.at > posting.posted_at:
            self.breaks(
                "a lot was expired at another instant than its end",
                expected=f"at {lot.expires_at}, booked then or later",
                found=f"at {take.at}, booked {posting.posted_at}",
                lot=lot.id,
                **place(posting),
            )

    def _in_its_life(self, account: Account, posting: Posting, take: Allocation, lot: Lot) -> None:
        began = take.at >= lot.available_at
        if not began and posting.kind == "claw_back":
            # A claw-back takes the pending points of its own award, and what the house lent for it (LAW 4.3).
            began = lot.origin in (posting.activity_id, account.returned.get(posting.activity_id))
        began = began or posting.kind in ("merge_out", "pool_out")  # pending points move, too
        ended = lot.expires_at is not None and take.at >= lot.expires_at
        entry = account.entry.get(posting.activity_id)
        at_once = posting.kind in AT_ONCE and (
            entry is None or entry.kind != "capture"
        )  # that counts at its hold's time
        booked = take.at == posting.posted_at or (not at_once and take.at < posting.posted_at)
        if began and not ended and booked:
            return
        self.breaks(
            "points were taken from a lot outside its life",
            expected=f"{lot.available_at} ≤ instant < {lot.expires_at or 'for ever'}",
            found=f"{take.at}, booked {posting.posted_at}",
            lot=lot.id,
            **place(posting),
        )


class ReversedOnce(Invariant):
    """What was given back to each lot against what burns had taken from it."""

    clause = "10.14"
    sentence = "A posting is reversed at most once in total."

    def look(self, account: Account) -> None:
        burns = {posting.id: posting for posting in account.kinds("burn")}
        reverses = {one.posting_id: one.reverses for one in account.reversals}
        for one in account.reversals:
            lot = account.made.get(one.posting_id)
            if (lot and lot.origin) != one.origin:
                where = {"member": account.id, "posting": one.posting_id}
                expected = lot.origin if lot else "no new lot"
                self.breaks("points came back as another's", expected=expected, found=one.origin, **where)
        before: dict[str, int] = {}
        backs: dict[tuple[str, str], list[Posting]] = {}  # by burn and entry
        for posting in account.kinds("reinstate"):
            burn = burns.get(reverses.pop(posting.id, ""))
            if burn is None or burn.unit != posting.unit or burn.seq >= posting.seq:
                self.breaks("points came back from no burn", expected="a burn", found="none", **place(posting))
            else:
                backs.setdefault((burn.id, posting.activity_id), []).append(posting)
        for posting_id in reverses:
            self.breaks("a reversal of nothing", expected="points that came back", found=posting_id, member=account.id)
        for (burn_id, _), postings in backs.items():
            given = sum(posting.change for posting in postings)
            self._compare(account, burns[burn_id], postings, before.get(burn_id, 0), given)
            before[burn_id] = before.get(burn_id, 0) + given
        self.count("burned", -sum(posting.change for posting in burns.values()))
        self.count("given back", sum(before.values()))

    def _compare(self, account: Account, burn: Posting, postings: list[Posting], before: int, given: int) -> None:
        """The lots that got points back against those that had given them, the last taken first (LAW 5.5)."""
        most = -burn.change - before
        if given > most:
            self.breaks(
                "more was given back than a burn took", expected=f"at most {most}", found=given, **place(postings[0])
            )
            return
        allocations = sorted(account.allocated.get(burn.id, ()), key=lambda one: one.id)
        taken = [Take(one.lot_id, one.amount) for one in allocations]
        if before + given > sum(take.points for take in taken):
            return  # 10.7 tells of it
        expected: dict[str, int] = {}
        for take in law.returned(taken, before, given):
            expected[take.lot] = expected.get(take.lot, 0) + take.points
        revived = sum(posting.change for posting in postings if makes_a_lot(account, posting))
        for posting in postings:
            for back in account.allocated.get(posting.id, ()):
                expected[back.lot_id] = expected.get(back.lot_id, 0) - back.amount
        if sum(expected.values()) != revived or min(expected.values()) < 0:
            told = {lot: points for lot, points in expected.items() if points}
            self.breaks(
                "points came back to other lots than they were taken from",
                expected=f"{told} to them, {revived} to new ones",
                found="not so",
                **place(postings[0]),
            )


def _of(lot: Lot) -> dict[str, object]:
    return {"member": lot.account_id, "unit": lot.unit, "lot": lot.id, "posting": lot.posting_id}
