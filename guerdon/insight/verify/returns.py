"""Returns: what was taken back is what was given, once, and told part by part."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import msgspec

from guerdon.core import returns
from guerdon.core.activities import MEMBERSHIP_VOID, REOPEN, RETURN, Activity
from guerdon.core.decisions import Decision, Taken
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.programme import ReturnPolicy
from guerdon.core.returns import Slice
from guerdon.insight.verify import reserved
from guerdon.insight.verify.accounts import Account, Entry, Lot, Posting
from guerdon.insight.verify.invariant import Found, Invariant

# What takes back of an award, or gives of it again.
TAKING: Final = (RETURN, REOPEN, MEMBERSHIP_VOID)
Sums = dict[str, tuple[int, int]]  # by unit, what returns had asked for, and what of it had lapsed
_activity = msgspec.json.Decoder(Activity).decode
_decision = msgspec.json.Decoder(Decision).decode
_slice = msgspec.json.Decoder(Slice).decode


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

    # What expired, before the return, in another account than its own out of the buyer's lots, as merges and households
    # moved them. What the buyer gave away is not among them.
    ELSEWHERE: Final = (
        "WITH RECURSIVE moved (return_id, home, seq, account_id, lot_id, unit) AS ("
        " SELECT r.return_id, r.return_account, a.seq, l.account_id, l.id, l.unit FROM activities_returned r"
        " JOIN activities_activity a ON a.account_id = r.return_account AND a.id = r.return_id"
        " JOIN ledger_lot l ON l.account_id = r.account_id AND l.origin = r.purchase_id"
        " WHERE [mine a] AND (EXISTS (SELECT 1 FROM members_merge g WHERE g.account_id = r.account_id)"
        " OR EXISTS (SELECT 1 FROM households_belonging b WHERE b.account_id = r.account_id)"
        " OR EXISTS (SELECT 1 FROM households_belonging b WHERE b.person_id = r.account_id))"
        " UNION SELECT m.return_id, m.home, m.seq, p.account_id, p.lot_id, m.unit FROM moved m"
        " JOIN ledger_passage p ON p.from_account = m.account_id AND p.from_lot = m.lot_id"
        " JOIN ledger_posting q ON q.account_id = p.account_id AND q.id = p.lot_id"
        " AND q.kind IN ('merge_in', 'pool_in'))"
        " SELECT [id m.return_id], m.unit, CAST(sum(x.amount) AS bigint) FROM moved m"
        " JOIN ledger_allocation x ON x.account_id = m.account_id AND x.lot_id = m.lot_id"
        " JOIN ledger_posting p ON p.account_id = x.account_id AND p.id = x.posting_id"
        " AND p.kind IN ('expire', 'cancel') AND p.seq < m.seq"
        " WHERE m.account_id <> m.home GROUP BY m.return_id, m.unit"
    )

    # The returns of purchases that were given back in more than one account, because their member was merged.
    SPREAD: Final = (
        "SELECT [id r.purchase_id], [id r.return_id], r.slice FROM activities_returned r"
        " JOIN activities_activity a ON a.account_id = r.return_account AND a.id = r.return_id"
        " WHERE [mine a] AND EXISTS (SELECT 1 FROM activities_returned o WHERE o.account_id = r.account_id"
        " AND o.purchase_id = r.purchase_id AND o.return_account <> r.return_account) ORDER BY r.purchase_id, r.seq"
    )

    def __init__(self) -> None:
        super().__init__()
        self._elsewhere: dict[tuple[str, str], int] = {}  # return, unit → points
        self._earlier: dict[str, Sums] = {}  # the same as `earlier`, of returns whose purchase came back here and there

    def prepare(self, found: Found) -> None:
        merges = found.number("SELECT count(*) FROM members_merge g WHERE [mine g]")
        merges += found.number("SELECT count(*) FROM households_belonging b WHERE [mine b]")
        for return_id, unit, points in found.rows(self.ELSEWHERE) if merges else ():
            self._elsewhere[return_id, unit] = points
        purchase_id, before = "", Sums()
        for of_purchase, return_id, text in found.rows(self.SPREAD) if merges else ():
            if of_purchase != purchase_id:
                purchase_id, before = of_purchase, Sums()
            self._earlier[return_id] = before
            before = _after(before, _slice(text))

    def look(self, account: Account) -> None:
        earlier: dict[tuple[str, str], tuple[int, int]] = {}  # by purchase and unit, what was asked and had lapsed
        for entry in account.entries:
            if entry.kind not in TAKING:
                continue
            self.count("returns", 1)
            purchase_id = account.returned.get(entry.id, "")
            self._restored(account, entry)
            if entry.kind == REOPEN:
                earlier = {name: sums for name, sums in earlier.items() if name[0] != purchase_id}
                continue
            for one in entry.decision.restored:
                asked, lapsed = earlier.get((purchase_id, one.unit), (0, 0))
                earlier[purchase_id, one.unit] = (asked - one.asked, lapsed)
            told = {taken.unit: taken for taken in entry.decision.taken}
            booked = _booked(account, entry, purchase_id)
            for unit in sorted(told.keys() | booked.keys()):
                taken = told.get(unit, Taken(unit=unit, asked=0))
                self.count("taken back", taken.asked - taken.shortfall)
                self._compare(account, entry, taken, booked.get(unit, (0, 0, 0)))
                asked, lapsed = earlier.get((purchase_id, unit), (0, 0))
                if entry.id in self._earlier:
                    asked, lapsed = self._earlier[entry.id].get(unit, (0, 0))
                self._weigh(account, entry, taken, purchase_id, asked, lapsed)
                earlier[purchase_id, unit] = (asked + taken.asked, lapsed + taken.lapsed)

    def _restored(self, account: Account, entry: Entry) -> None:
        """What was given again, told and booked."""
        told = {one.unit: one.points for one in entry.decision.restored if one.points}
        booked: dict[str, int] = {}
        for posting in _postings(account, entry, "restore"):
            booked[posting.unit] = booked.get(posting.unit, 0) + posting.change
        if told != booked:
            where = {"member": account.id, "seq": entry.seq, "activity": entry.id}
            self.breaks("what was given again is told otherwise", expected=told, found=booked, **where)

    def _compare(self, account: Account, entry: Entry, taken: Taken, booked: tuple[int, int, int]) -> None:
        where = {"member": account.id, "unit": taken.unit, "seq": entry.seq, "activity": entry.id}
        parts = taken.origin + taken.other + taken.lapsed + taken.debt + taken.shortfall
        if taken.asked != parts or min(msgspec.structs.astuple(taken)[1:]) < 0:
            self.breaks("the parts of a claw-back are not the whole", expected=taken.asked, found=parts, **where)
        told = (taken.origin, taken.other, taken.debt)
        for name, expected, found in zip(("its own lots", "other lots", "debt"), told, booked, strict=True):
            if expected != found:
                self.breaks(f"a claw-back took another part from {name}", expected=expected, found=found, **where)

    def _weigh(self, account: Account, entry: Entry, taken: Taken, purchase_id: str, asked: int, counted: int) -> None:
        where = {"member": account.id, "unit": taken.unit, "seq": entry.seq, "activity": entry.id}
        purchase = account.purchase(purchase_id)
        awarded = 0 if purchase is None else purchase.decision.awarded().get(taken.unit, 0)
        if asked + taken.asked > awarded:
            self.breaks(
                "more was taken back than was awarded",
                expected=f"at most {awarded}",
                found=asked + taken.asked,
                **where,
            )
        elsewhere = self._elsewhere.get((entry.id, taken.unit), 0)
        expired = _lapsed(account, entry, purchase_id, taken.unit) + elsewhere
        lapsed = min(taken.asked - taken.origin, expired - counted)
        if taken.lapsed != lapsed:
            self.breaks("what had expired is told wrongly", expected=lapsed, found=taken.lapsed, **where)
        policy = policy_of(account, entry.id)
        if policy is not None and policy != "debt" and taken.debt:
            self.breaks(f"a debt under the policy {policy}", expected=0, found=taken.debt, **where)


class KeptPart(Invariant):
    """Every return of a purchase, in their order, against what the kept part earns by the version that decided."""

    clause = "10.13"
    sentence = "Returns are path-independent: what is kept of a purchase keeps exactly what it earns."

    RETURNS: Final = (
        "SELECT [id r.account_id], [id r.purchase_id], [id r.return_id], r.seq, r.slice, p.facts, p.decision,"
        " [id p.programme_id], b.kind, b.decision FROM activities_returned r"
        " LEFT JOIN activities_activity p ON p.account_id = r.account_id AND p.id = r.purchase_id"
        " LEFT JOIN activities_activity b ON b.account_id = r.return_account AND b.id = r.return_id"
        " [owned r] ORDER BY r.account_id, r.purchase_id, r.seq"
    )
    STRANDED: Final = (
        "SELECT [id p.account_id], [id p.id], p.seq, p.facts, a.facts, a.decision, [id a.programme_id],"
        " (SELECT count(*) FROM activities_returned r WHERE r.account_id = a.account_id AND r.purchase_id = a.id)"
        " FROM activities_parked p"
        " JOIN activities_key k ON k.programme_id = p.programme_id AND k.source = p.waits_source"
        " AND k.kind = 'purchase' AND k.external_id = p.waits_external_id AND k.account_id = p.account_id"
        " JOIN activities_activity a ON a.account_id = k.account_id AND a.id = k.activity_id"
        " WHERE p.reason = 'purchase_missing' AND [mine p] ORDER BY p.seq"
    )

    def ask(self, found: Found) -> None:
        for account_id, id, seq, told, facts, decision, programme, earlier in found.rows(self.STRANDED):
            book, version = found.books.get(programme), _decision(decision).version
            waiting = _activity(told)
            if waiting.confirms is not None:
                what = "a confirmation waits for a purchase that is there"
                self.breaks(what, expected="recorded", found="parked", member=account_id, activity=id, seq=seq)
                continue
            if book is None or not book.has(version) or earlier:
                continue  # it may have waited because too little was left, which is a person's to settle
            if _fits(waiting, _activity(facts), book.law(version)):
                where = {"member": account_id, "activity": id, "seq": seq}
                self.breaks("a return waits for a purchase that is there", expected="applied", found="parked", **where)
        for (account_id, purchase_id), rows in groupby(found.rows(self.RETURNS), key=itemgetter(0, 1)):
            self.count("purchases given back", 1)
            self._follow(found, account_id, purchase_id, list(rows))

    def _follow(self, found: Found, account_id: str, purchase_id: str, rows: list[tuple[Any, ...]]) -> None:
        slices: list[Slice] = []
        told: dict[str, int] = {}
        for _, _, return_id, seq, part, facts, decided, programme, kind, back in rows:
            self.count("returns", 1)
            where: dict[str, object] = {
                "member": account_id, "activity": return_id, "seq": seq, "purchase": purchase_id,
            }  # fmt: skip
            if facts is None or back is None or kind not in TAKING:
                self.breaks("a return without its purchase", expected="both in the journal", found="not both", **where)
                return
            purchase, decision, answer = _activity(facts), _decision(decided), _decision(back)
            book = found.books.get(programme)
            if book is None or not book.has(decision.version):
                return  # told by others: every decision has its version
            slices.append(_slice(part))
            for taken in answer.taken:
                told[taken.unit] = told.get(taken.unit, 0) + taken.asked
            for restored in answer.restored:
                told[restored.unit] = told.get(restored.unit, 0) - restored.asked
            self._compare(purchase, decision, book.law(decision.version), slices, told, where)
            if answer.version != decision.version:
                self.breaks(
                    "a return was decided by another version than its purchase",
                    expected=decision.version,
                    found=answer.version,
                    **where,
                )

    def _compare(
        self,
        purchase: Activity,
        decision: Decision,
        in_force: Law,
        slices: list[Slice],
        told: dict[str, int],
        where: dict[str, object],
    ) -> None:
        try:
            current = returns.current(slices)
            rest = returns.kept(purchase, current)
        except Refusal as refusal:
            self.breaks("more came back than was bought", expected="at most all of it", found=refusal.code, **where)
            return
        back = returns.tenders_back(purchase, rest.returned, in_force.programme.refunds)
        given = decision.awarded()
        void = returns.voided(slices)
        keeps = returns.earned(in_force, purchase, decision, rest, back, void) if current or void else given
        for unit in sorted(given.keys() | told.keys()):
            expected, found = given.get(unit, 0) - keeps.get(unit, 0), told.get(unit, 0)
            if expected != found:
                self.breaks(
                    "returns do not leave what the kept part earns", expected=expected, found=found, unit=unit, **where
                )
        sums = tuple(sum(one.tenders[place] for one in current) for place in range(len(back)))
        if sums != back:
            self.breaks("tenders got another part of the money back", expected=back, found=sums, **where)


class Named(Invariant):
    """Every return in the journal against the purchase it gave back."""

    clause = "10.13"
    part = "named"
    sentence = "Every return names what it gave back, and of which purchase."

    def look(self, account: Account) -> None:
        for entry in account.entries:
            if entry.kind not in TAKING:
                continue
            self.count("returns", 1)
            if entry.id not in account.returned:
                self.breaks(
                    "a return was recorded without its purchase",
                    expected="a purchase given back",
                    found="none",
                    member=account.id,
                    activity=entry.id,
                    seq=entry.seq,
                )


def _after(before: Sums, part: Slice) -> Sums:
    """By unit, what was asked and had lapsed with one return more; nothing counts once the order was opened again."""
    if part.reopens:
        return Sums()
    found = Sums(before)
    for unit in part.taken.keys() | part.lapsed.keys():
        asked, lapsed = found.get(unit, (0, 0))
        found[unit] = (asked + part.taken.get(unit, 0), lapsed + part.lapsed.get(unit, 0))
    return found


def _fits(told: Activity, purchase: Activity, in_force: Law) -> bool:
    """Whether a return can be applied to a purchase of which nothing has come back; no reopening can."""
    if told.kind == REOPEN:
        return False
    try:
        part = returns.slice_of(told, purchase, returns.kept(purchase, ()), home=in_force.programme.currency)
        returns.kept(purchase, (part,))
    except Refusal:
        return False
    return True


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


def _own(account: Account, entry: Entry, purchase_id: str, unit: str) -> dict[str, Lot]:
    """The lots of the award that there had been before the return, those included that came back."""
    own: dict[str, Lot] = {}
    for posting in account.postings:
        if posting.seq >= entry.seq:
            break
        lot = account.made.get(posting.id)
        if lot is not None and lot.origin == purchase_id and lot.unit == unit:
            own[lot.id] = lot
    return own


def _lapsed(account: Account, entry: Entry, purchase_id: str, unit: str) -> int:
    """What had expired out of the award's lots when the return was decided, booked or not yet."""
    own = _own(account, entry, purchase_id, unit)
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
