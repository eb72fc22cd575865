"""Seals: every sealed entry hashed anew and held against what was sealed, the chain, and the heads kept outside."""

from bisect import bisect_left
from operator import attrgetter
from typing import Final

from guerdon.core import limits, sealing
from guerdon.core.sealing import Seal, SealedAllocation, SealedEntry, SealedLot, SealedPassage, SealedPosting
from guerdon.features.seals import queries
from guerdon.insight.verify.accounts import Account, Allocation, Entry, Lot, Passage, Posting
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.kit import snapshot

Heads = dict[str, dict[int, str]]  # by programme id: number → hash
Leaf = tuple[str, str, str]  # account, activity, hash

LEAVES: Final = snapshot.both(
    "SELECT f.seq, [id f.account_id], [id f.activity_id], f.hash FROM seals_leaf f"
    " WHERE f.programme_id = :programme AND f.seq BETWEEN :first AND :last ORDER BY f.seq"
)


class Sealed(Invariant):
    """Seal after seal: its place in the chain and its root; account after account: each entry as it stands now.

    Where an entry and its hash do not fit, the seal over them is looked at as a whole, to tell what became of it.
    """

    clause = "10.26"
    sentence = "Sealed ranges have no gaps and their hash chain holds; nothing sealed was changed."
    sums = ("_doubtful",)

    ASTRAY: Final = (
        "SELECT [id f.account_id], [id f.activity_id], f.seq, f.seal FROM seals_leaf f LEFT JOIN seals_seal s"
        " ON s.programme_id = f.programme_id AND s.number = f.seal"
        " WHERE (s.number IS NULL OR f.seq < s.from_seq OR f.seq > s.until_seq) AND [mine f] ORDER BY f.seq"
    )
    SEALS: Final = (
        "SELECT [id s.programme_id], s.until_seq, s.number FROM seals_seal s WHERE [mine s] ORDER BY s.until_seq"
    )
    MOVED: Final = snapshot.both(
        "SELECT a.seq FROM activities_activity a WHERE a.account_id = :account::uuid AND a.id = :id::uuid"
    )

    def __init__(self) -> None:
        super().__init__()
        self._seals: dict[str, tuple[list[int], list[int]]] = {}  # by programme: where each ends, and its number
        self._doubtful: set[tuple[str, int]] = set()  # programme, number of the journal
        self._rootless: dict[tuple[str, int], Seal] = {}

    def prepare(self, found: Found) -> None:
        for programme, until, number in found.rows(self.SEALS):
            ends, numbers = self._seals.setdefault(programme, ([], []))
            ends.append(until)
            numbers.append(number)
        self.reads_facts = bool(self._seals)

    def ask(self, found: Found) -> None:
        self.count("seals", 0)
        self.count("entries", 0)
        for programme in found.books:
            last = self._walk(found, programme)
            self._look_outside(found.heads.get(programme, {}), programme, last)
        for account, activity, seq, seal in found.rows(self.ASTRAY):
            where = {"member": account, "activity": activity, "seq": seq, "seal": seal}
            self.breaks("a sealed entry whose seal is gone", expected="its seal", found="none", **where)

    def _walk(self, found: Found, programme: str) -> dict[int, str]:
        """Look at all seals of the programme; answers their heads by number."""
        heads: dict[int, str] = {}
        before: Seal | None = None
        number = 0
        while page := queries.after(found.view, programme, number, most=limits.PAGE_ROWS_MAX):
            for seal in page:
                self.count("seals", 1)
                self._chained(seal, before)
                hashes = [hash for _, hash in queries.leaves(found.view, seal)]
                if len(hashes) != seal.span.entries or sealing.root(hashes) != seal.span.root:
                    self._rootless[programme, seal.span.number] = seal
                if found.scope.programme_id is not None and self._entries(found, seal) != len(hashes):
                    self._doubtful.add((programme, seal.span.until_seq))  # maybe one of another programme's member
                heads[seal.span.number] = seal.head
                before, number = seal, seal.span.number
        return heads

    def _entries(self, found: Found, seal: Seal) -> int:
        span = seal.span
        return queries.count(found.view, span.programme, first=span.from_seq, last=span.until_seq)

    def look(self, account: Account) -> None:
        if not self._seals:
            return
        leaves = {(leaf.programme_id, leaf.seq): leaf for leaf in account.leaves}
        written = _Written(account)
        for entry in account.entries:
            name = (entry.programme_id, entry.seq)
            leaf = leaves.pop(name, None)
            if leaf is None:
                ends, _ = self._seals.get(entry.programme_id, ([0], []))
                if entry.seq <= ends[-1]:
                    self._doubtful.add(name)
                continue
            self.count("entries", 1)
            if leaf.activity_id != entry.id or leaf.hash != sealing.leaf(written.by(entry)):
                self._doubtful.add(name)
        self._doubtful.update(leaves)

    def close(self, found: Found) -> None:
        doubtful: set[tuple[str, int]] = set()
        for programme, seq in self._doubtful:
            ends, numbers = self._seals.get(programme, ([], []))
            place = bisect_left(ends, seq)
            if place < len(ends):  # else its seal is gone
                doubtful.add((programme, numbers[place]))
        for programme, number in sorted(doubtful | self._rootless.keys()):
            for seal in queries.after(found.view, programme, number - 1, most=1):
                self._compare(found, seal)
            if (programme, number) in self._rootless:
                span = self._rootless[programme, number].span
                self.breaks(
                    "the hashes under a seal are not those that were sealed",
                    expected=f"{span.entries} with the root {span.root}",
                    found="another root",
                    programme=span.programme,
                    seal=span.number,
                )

    def _chained(self, seal: Seal, before: Seal | None) -> None:
        where = {"programme": seal.span.programme, "seal": seal.span.number}
        if not sealing.follows(seal.span, before.span if before else None):
            expected = f"seal {before.span.number + 1} from {before.span.until_seq + 1}" if before else "seal 1 from 1"
            told = f"seal {seal.span.number} from {seal.span.from_seq}"
            self.breaks("a gap between seals", expected=expected, found=told, **where)
        previous = before.head if before else sealing.FIRST_PREVIOUS
        made = sealing.seal(seal.span, previous=previous)
        if seal.previous != previous or seal.head != made.head:
            self.breaks("a link of the chain does not hold", expected=made.head, found=seal.head, **where)

    def _compare(self, found: Found, seal: Seal) -> None:
        """Name the rows under a seal that are not as they were sealed."""
        span = seal.span
        named = {"programme": span.programme, "first": span.from_seq, "last": span.until_seq}
        leaves = {seq: (account, activity, hash) for seq, account, activity, hash in found.view.stream(LEAVES, **named)}
        most = len(leaves) + limits.SEAL_ENTRIES_MAX
        entries = queries.entries(found.view, span.programme, first=span.from_seq, last=span.until_seq, most=most)
        hashes = {entry.seq: sealing.leaf(entry) for entry in entries}
        there = {entry.seq: entry for entry in entries}
        if len(entries) > len(there):
            where: dict[str, object] = {"programme": span.programme, "seal": span.number}
            self.breaks("two sealed entries have one number", expected=len(there), found=len(entries), **where)
        for seq in sorted(there.keys() | leaves.keys()):
            entry, leaf = there.get(seq), leaves.get(seq)
            if leaf is None:
                assert entry is not None
                where = {"member": entry.account, "activity": entry.activity, "seq": seq, "seal": seal.span.number}
                self.breaks("an entry was inserted under a seal", expected="none", found=entry.kind, **where)
                continue
            where = {"member": leaf[0], "activity": leaf[1], "seq": seq, "seal": seal.span.number}
            if entry is None or entry.activity != leaf[1]:
                self._missing(found, leaf, where)
            elif hashes[seq] != leaf[2]:
                what = "a sealed entry, or what it wrote, was edited"
                self.breaks(what, expected=leaf[2], found=hashes[seq], **where)

    def _missing(self, found: Found, leaf: Leaf, where: dict[str, object]) -> None:
        rows = list(found.view.stream(self.MOVED, account=leaf[0], id=leaf[1]))
        if rows:
            what, told = "a sealed entry was moved to another place", f"number {rows[0][0]}"
            self.breaks(what, expected=f"number {where['seq']}", found=told, **where)
        else:
            self.breaks("a sealed entry was deleted", expected="the entry", found="none", **where)

    def _look_outside(self, outside: dict[int, str], programme: str, heads: dict[int, str]) -> None:
        """The heads that were kept outside against those in the database."""
        for number in sorted(outside):
            where = {"programme": programme, "seal": number}
            if number not in heads:
                last = max(heads, default=0)
                what = "seals that were published are missing"
                self.breaks(what, expected=f"seal {number}", found=f"{last} at the end", **where)
            elif heads[number] != outside[number]:
                what = "another head than the one that was published"
                self.breaks(what, expected=outside[number], found=heads[number], **where)
            self.count("heads", 1)


class _Written:
    """What the entries of an account wrote, as it was sealed."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._postings: dict[int, list[Posting]] = {}
        for posting in account.postings:
            self._postings.setdefault(posting.seq, []).append(posting)

    def by(self, entry: Entry) -> SealedEntry:
        """The entry with all that it wrote."""
        account, postings = self._account, self._postings.get(entry.seq, ())
        ids = [posting.id for posting in postings]
        lots = [account.lot[id] for id in ids if id in account.lot]
        allocations = [one for id in ids for one in account.allocated.get(id, ())] if account.allocated else []
        passages = [account.came_from[id] for id in ids if id in account.came_from] if account.came_from else []
        return SealedEntry(
            entry.programme_id, entry.account_id, entry.id, entry.seq, entry.kind, entry.source, entry.external_id,
            entry.occurred_at, entry.recorded_at, entry.version, entry.facts, entry.text,
            tuple([_posting(one) for one in postings]),
            tuple([_lot(one) for one in sorted(lots, key=_by_id)]),
            tuple([_allocation(one) for one in sorted(allocations, key=_by_id)]),
            tuple([_passage(one) for one in sorted(passages, key=_by_lot)]),
        )  # fmt: skip


_by_id, _by_lot = attrgetter("id"), attrgetter("lot_id")


def _posting(one: Posting) -> SealedPosting:
    other = one.other or ""  # the account is on one side: 10.1 tells of it where it is not
    source, destination = (other, one.account_id) if one.change > 0 else (one.account_id, other)
    return SealedPosting(
        one.part, one.id, one.unit, one.kind, source, destination, abs(one.change), one.balance_after, one.person_id,
        one.effective_at, one.posted_at,
    )  # fmt: skip


def _lot(one: Lot) -> SealedLot:
    return SealedLot(one.id, one.unit, one.origin, one.funder, one.amount, one.earned_at, one.available_at)


def _allocation(one: Allocation) -> SealedAllocation:
    return SealedAllocation(one.id, one.posting_id, one.lot_id, one.direction, one.amount, one.at)


def _passage(one: Passage) -> SealedPassage:
    return SealedPassage(one.lot_id, one.from_account, one.from_lot)
