"""Returns: what was taken back is what was given, once, and told part by part."""

from collections.abc import Iterator
from typing import Final

import msgspec

from guerdon.core import activities
from guerdon.core.activities import RETURN, Activity
from guerdon.core.decisions import Taken
from guerdon.core.programme import ReturnPolicy
from guerdon.insight.verify import reserved
from guerdon.insight.verify.accounts import Account, Entry, Posting
from guerdon.insight.verify.invariant import Found, Invariant

_activity = msgspec.json.Decoder(Activity).decode


def policy_of(account: Account, activity_id: str) -> ReturnPolicy | None:
    """What the version that decided does about points already spent."""
    entry = account.entry.get(activity_id)
    if entry is None or account.book is None or not account.book.has(entry.decision.version):
        return None
    return account.book.law(entry.decision.version).programme.returns


class ClawBacks(Invariant):
    """Every return's decision against its postings, lot by lot."""

    clause = "10.12"
    sentence = "Claw-backs of an award never exceed it; a claw-back = from its lots + from other lots + new debt."

    def look(self, account: Account) -> None:
        for entry in account.entries:
            if entry.kind != RETURN:
                continue
            self.count("returns", 1)
            purchase_id = account.returned.get(entry.id, "")
            told = {taken.unit: taken for taken in entry.decision.taken}
            booked = _booked(account, entry, purchase_id)
            for unit in sorted(told.keys() | booked.keys()):
                taken = told.get(unit, Taken(unit=unit, asked=0))
                self.count("taken back", taken.asked - taken.shortfall)
                self._compare(account, entry, taken, booked.get(unit, (0, 0, 0)))
                self._weigh(account, entry, taken, purchase_id)

    def _compare(self, account: Account, entry: Entry, taken: Taken, booked: tuple[int, int, int]) -> None:
        where = {"member": account.id, "unit": taken.unit, "seq": entry.seq, "activity": entry.id}
        parts = taken.origin + taken.other + taken.lapsed + taken.debt + taken.shortfall
        if taken.asked != parts or min(msgspec.structs.astuple(taken)[1:]) < 0:
            self.breaks("the parts of a claw-back are not the whole", expected=taken.asked, found=parts, **where)
        told = (taken.origin, taken.other, taken.debt)
        for name, expected, found in zip(("its own lots", "other lots", "debt"), told, booked, strict=True):
            if expected != found:
                self.breaks(f"a claw-back took another part from {name}", expected=expected, found=found, **where)

    def _weigh(self, account: Account, entry: Entry, taken: Taken, purchase_id: str) -> None:
        where = {"member": account.id, "unit": taken.unit, "seq": entry.seq, "activity": entry.id}
        purchase = account.entry.get(purchase_id)
        awarded = 0 if purchase is None else purchase.decision.awarded().get(taken.unit, 0)
        if taken.asked > awarded:
            self.breaks(
                "more was taken back than was awarded", expected=f"at most {awarded}", found=taken.asked, **where
            )
        lapsed = min(taken.asked, _lapsed(account, entry, purchase_id, taken.unit))
        if taken.lapsed != lapsed:
            self.breaks("what had expired is told wrongly", expected=lapsed, found=taken.lapsed, **where)
        policy = policy_of(account, entry.id)
        if policy is not None and policy != "debt" and taken.debt:
            self.breaks(f"a debt under the policy {policy}", expected=0, found=taken.debt, **where)


class Whole(Invariant):
    """Every whole return against the awards of its purchase, whichever of the two came first."""

    clause = "10.13"
    sentence = "Returns are path-independent: a purchase given back keeps nothing of what it earned."

    STRANDED: Final = (
        "SELECT [id p.account_id], [id p.id], p.seq, p.facts, a.facts, [id a.programme_id], a.version"
        " FROM activities_parked p"
        " JOIN activities_key k ON k.programme_id = p.programme_id AND k.source = p.waits_source"
        " AND k.kind = 'purchase' AND k.external_id = p.waits_external_id AND k.account_id = p.account_id"
        " JOIN activities_activity a ON a.account_id = k.account_id AND a.id = k.activity_id"
        " LEFT JOIN activities_returned r ON r.account_id = a.account_id AND r.purchase_id = a.id"
        " WHERE p.reason = 'purchase_missing' AND r.return_id IS NULL AND [mine p] ORDER BY p.seq"
    )

    def ask(self, found: Found) -> None:
        for account_id, id, seq, told, purchase, programme, version in found.rows(self.STRANDED):
            book = found.books.get(programme)
            if book is None or not book.has(version):
                continue  # without the version there is nothing to compare
            home = book.law(version).programme.currency
            waiting, where = _activity(told), {"member": account_id, "activity": id, "seq": seq}
            if waiting.kind != RETURN:
                what = "a confirmation waits for a purchase that is there"
                self.breaks(what, expected="recorded", found="parked", **where)
            elif activities.is_whole(waiting, _activity(purchase), home=home):
                self.breaks("a return waits for a purchase that is there", expected="applied", found="parked", **where)

    def look(self, account: Account) -> None:
        for return_id, purchase_id in account.returned.items():
            self.count("purchases given back", 1)
            entry, purchase = account.entry.get(return_id), account.entry.get(purchase_id)
            where: dict[str, object] = {"member": account.id, "activity": return_id, "purchase": purchase_id}
            if entry is None or purchase is None or entry.kind != RETURN or purchase.kind == RETURN:
                self.breaks("a return without its purchase", expected="both in the journal", found="not both", **where)
                continue
            self._compare(entry, purchase, where)
        for entry in account.entries:
            if entry.kind == RETURN and entry.id not in account.returned:
                self.breaks(
                    "a return was recorded without its purchase",
                    expected="a purchase given back",
                    found="none",
                    member=account.id,
                    activity=entry.id,
                    seq=entry.seq,
                )

    def _compare(self, entry: Entry, purchase: Entry, where: dict[str, object]) -> None:
        awarded = purchase.decision.awarded()
        asked = {taken.unit: taken.asked for taken in entry.decision.taken}
        for unit in sorted(awarded.keys() | asked.keys()):
            if awarded.get(unit, 0) != asked.get(unit, 0):
                self.breaks(
                    "a whole return does not take back exactly what was awarded",
                    expected=awarded.get(unit, 0),
                    found=asked.get(unit, 0),
                    unit=unit,
                    **where,
                )
        if entry.decision.version != purchase.decision.version:
            self.breaks(
                "a return was decided by another version than its purchase",
                expected=purchase.decision.version,
                found=entry.decision.version,
                **where,
            )


def _postings(account: Account, entry: Entry, kind: str) -> Iterator[Posting]:
    return (posting for posting in account.caused.get(entry.id, ()) if posting.kind == kind)


def _booked(account: Account, entry: Entry, purchase_id: str) -> dict[str, tuple[int, int, int]]:
    """By unit what the postings took: from the award's own lots, from others, and lent."""
    booked: dict[str, tuple[int, int, int]] = {}
    for posting in _postings(account, entry, "claw_back"):
        own, others, lent = booked.get(posting.unit, (0, 0, 0))
        for take in account.allocated.get(posting.id, ()):
            lot = account.lot.get(take.lot_id)
            origin = None if lot is None else lot.origin
            if origin == purchase_id:
                own += take.amount
            elif origin == entry.id:
                lent += take.amount
            else:
                others += take.amount
        booked[posting.unit] = (own, others, lent)
    return booked


def _lapsed(account: Account, entry: Entry, purchase_id: str, unit: str) -> int:
    """What had expired out of the award's lots when the return was decided, booked or not yet."""
    own = {
        lot.id: lot
        for posting in account.caused.get(purchase_id, ())
        if posting.unit == unit and (lot := account.made.get(posting.id)) is not None
    }
    if not any(lot.expires_at is not None and lot.expires_at <= entry.recorded_at for lot in own.values()):
        return 0
    left = {id: lot.amount for id, lot in own.items()}
    lapsed = 0
    for posting in account.postings:
        if posting.seq >= entry.seq:
            break
        for take in account.allocated.get(posting.id, ()):
            if take.lot_id in own:
                left[take.lot_id] -= take.amount if take.direction == "out" else -take.amount
                lapsed += take.amount if posting.kind in ("expire", "cancel") else 0
    for id, lot in own.items():
        if lot.expires_at is not None and lot.expires_at <= entry.recorded_at:
            lapsed += left[id] - reserved.held(account, id, before=entry.seq)
    return lapsed
