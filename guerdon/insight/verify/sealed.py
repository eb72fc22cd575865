"""Seals: every sealed entry hashed anew and held against what was sealed, the chain, and the heads kept outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from guerdon.core import limits, sealing
from guerdon.core.sealing import Seal, SealedEntry
from guerdon.features.seals import queries
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.kit import snapshot
from guerdon.kit.snapshot import Snapshot

Heads = dict[str, dict[int, str]]  # by programme id: number → hash
Leaf = tuple[str, str, str]  # account, activity, hash

LEAVES: Final = snapshot.both(
    "SELECT f.seq, [id f.account_id], [id f.activity_id], f.hash FROM seals_leaf f"
    " WHERE f.programme_id = :programme AND f.seq BETWEEN :first AND :last ORDER BY f.seq"
)


class Sealed(Invariant):
    """Seal after seal: its place in the chain, its root, and each of its entries as it stands now."""

    clause = "10.26"
    sentence = "Sealed ranges have no gaps and their hash chain holds; nothing sealed was changed."

    ASTRAY: Final = (
        "SELECT [id f.account_id], [id f.activity_id], f.seq, f.seal FROM seals_leaf f LEFT JOIN seals_seal s"
        " ON s.programme_id = f.programme_id AND s.number = f.seal"
        " WHERE (s.number IS NULL OR f.seq < s.from_seq OR f.seq > s.until_seq) AND [mine f] ORDER BY f.seq"
    )
    MOVED: Final = snapshot.both(
        "SELECT a.seq FROM activities_activity a WHERE a.account_id = :account::uuid AND a.id = :id::uuid"
    )

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
                self._covered(found, seal, _sheet(found.view, seal))
                heads[seal.span.number] = seal.head
                before, number = seal, seal.span.number
        return heads

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

    def _covered(self, found: Found, seal: Seal, sheet: "_Sheet") -> None:
        """The entries of a seal against their hashes, and the hashes against the root."""
        span = seal.span
        self.count("entries", sheet.count)
        if sheet.entries or sheet.leaves:
            self._compare(found, seal, sheet.entries, sheet.hashes, sheet.leaves)
        if not sheet.rooted:
            self.breaks(
                "the hashes under a seal are not those that were sealed",
                expected=f"{span.entries} with the root {span.root}",
                found="another root",
                programme=span.programme,
                seal=span.number,
            )

    def _compare(
        self,
        found: Found,
        seal: Seal,
        entries: Sequence[SealedEntry],
        hashes: dict[int, str],
        leaves: dict[int, Leaf],
    ) -> None:
        """Name the rows that are not as they were sealed."""
        there = {entry.seq: entry for entry in entries}
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


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stands under a seal now; the rows only where they are not what was sealed."""

    rooted: bool
    count: int
    hashes: dict[int, str]
    leaves: dict[int, Leaf]
    entries: list[SealedEntry]


def _sheet(view: Snapshot, seal: Seal) -> _Sheet:
    span = seal.span
    named = {"programme": span.programme, "first": span.from_seq, "last": span.until_seq}
    leaves = {seq: (account, activity, hash) for seq, account, activity, hash in view.stream(LEAVES, **named)}
    most = len(leaves) + limits.SEAL_ENTRIES_MAX
    entries = queries.entries(view, span.programme, first=span.from_seq, last=span.until_seq, most=most)
    hashes = {entry.seq: sealing.leaf(entry) for entry in entries}
    rooted = len(leaves) == span.entries and sealing.root([leaf[2] for leaf in leaves.values()]) == span.root
    same = [(seq, leaf[2]) for seq, leaf in leaves.items()] == list(hashes.items())
    return _Sheet(rooted, len(entries), {} if same else hashes, {} if same else leaves, [] if same else entries)
