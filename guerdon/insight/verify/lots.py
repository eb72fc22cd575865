"""Lots: what is left of each, that every debit is allocated, within each lot's life, and given back at most once."""

from typing import Final

from guerdon.core.ledger import CREDITS
from guerdon.insight.verify.accounts import Account, Allocation, Lot, Posting
from guerdon.insight.verify.invariant import Invariant, place

MAKES_A_LOT: Final = CREDITS - {"reinstate"}
# Debits that are decided at the instant they are written; the others book what an earlier instant did.
AT_ONCE: Final = frozenset(
    {"burn", "adjust_down", "claw_back", "transfer_out", "pool_out", "merge_out", "fee", "donate"}
)


class LotSum(Invariant):
    """Every lot against the posting that made it and its allocations."""

    clause = "10.5"
    sentence = "Available + held + pending of a lot = amount − allocations out + back, and within [0, amount]."

    def look(self, account: Account) -> None:
        moved: dict[str, int] = {}
        for allocation in account.allocations:
            sign = -1 if allocation.direction == "out" else 1
            moved[allocation.lot_id] = moved.get(allocation.lot_id, 0) + sign * allocation.amount
        makers = {posting.id: posting for posting in account.postings if posting.kind in MAKES_A_LOT}
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
        for posting in account.postings:
            takes = allocated.get(posting.id, ())
            left.discard(posting.id)
            if posting.change > 0 and posting.kind != "reinstate":
                if takes:
                    self.breaks(
                        "a credit takes from lots", expected="no allocations", found=len(takes), **place(posting)
                    )
                continue
            self.count("debits", 1)
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
        self.count("allocations", len(account.allocations))


class WithinLife(Invariant):
    """Every allocation against the life of its lot."""

    clause = "10.9"
    sentence = "Nothing was taken from a lot outside [available_at, expires_at)."

    def look(self, account: Account) -> None:
        for posting in account.postings:
            if posting.change > 0:
                continue
            for take in account.allocated.get(posting.id, ()):
                lot = account.lot.get(take.lot_id)
                if lot is None or take.direction != "out":
                    continue
                self.count("allocations", 1)
                if posting.kind == "expire":
                    self._at_its_end(posting, take, lot)
                else:
                    self._in_its_life(account, posting, take, lot)

    def _at_its_end(self, posting: Posting, take: Allocation, lot: Lot) -> None:
        if take.at != lot.expires_at or take.at > posting.posted_at:
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
        ended = lot.expires_at is not None and take.at >= lot.expires_at
        booked = take.at == posting.posted_at or (posting.kind not in AT_ONCE and take.at < posting.posted_at)
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
        burned: dict[str, int] = {}
        back: dict[str, int] = {}
        for posting in account.postings:
            for take in account.allocated.get(posting.id, ()) if posting.kind in ("burn", "reinstate") else ():
                sums = burned if take.direction == "out" else back
                sums[take.lot_id] = sums.get(take.lot_id, 0) + take.amount
        for lot_id, points in back.items():
            if points > burned.get(lot_id, 0):
                self.breaks(
                    "more was given back to a lot than burns took",
                    expected=f"at most {burned.get(lot_id, 0)}",
                    found=points,
                    member=account.id,
                    lot=lot_id,
                )
        self.count("burned", sum(burned.values()))
        self.count("given back", sum(back.values()))


def _of(lot: Lot) -> dict[str, object]:
    return {"member": lot.account_id, "unit": lot.unit, "lot": lot.id, "posting": lot.posting_id}
