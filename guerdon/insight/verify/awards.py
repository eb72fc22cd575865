"""Explanations: every posting stands in the decision of its activity, every fact has its key, each award is one lot."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Final

from guerdon.core.activities import CARD_ISSUE, CARD_TOP_UP, MEMBERSHIP_VOID, RETURN
from guerdon.core.cards import GIFT_CARD
from guerdon.core.decisions import Award, Decision
from guerdon.insight.verify import waits
from guerdon.insight.verify.accounts import UNREADABLE, Account, Entry, Posting
from guerdon.insight.verify.invariant import Found, Invariant, place
from guerdon.insight.verify.scope import Book

ADJUSTMENT: Final = "adjustment"
EARNS: Final = ("earn", "adjust_up")
LEAVES_BY: Final = {
    "burn": "burn", "capture": "burn", ADJUSTMENT: "adjust_down", "expiry": "expire", "donation": "donate",
    "erasure": "adjust_down", "merged": "expire", "unmerge": "expire", "household_join": "expire",
    "person_leave": "expire",
}  # fmt: skip
# What stands in the place of a rule where none gave the points.
_NO_RULE: Final = {
    ADJUSTMENT: frozenset((ADJUSTMENT,)), CARD_ISSUE: frozenset((GIFT_CARD,)), CARD_TOP_UP: frozenset((GIFT_CARD,)),
}  # fmt: skip
# The entries by which an account gives all, or part, of what it has to another one.
GIVES: Final = frozenset({"merged", "unmerge", "household_join", "person_leave", "pooling_out"})
MERGES: Final = frozenset({"merge", "merged", "unmerge", "unmerged"})
Sums = dict[tuple[str, str], int]  # (kind of posting, unit) → points


class Once(Invariant):
    """The journal against the directory of natural keys, and each award against its one posting and lot."""

    clause = "10.16"
    part = "awards"
    sentence = "An award exists at most once per (programme, source, external_id, rule, part)."

    KEYLESS: Final = (
        "SELECT [id a.account_id], [id a.id], a.seq, a.source, a.kind, a.external_id FROM activities_activity a"
        " LEFT JOIN activities_key k ON k.programme_id = a.programme_id AND k.source = a.source AND k.kind = a.kind"
        " AND k.external_id = a.external_id AND k.activity_id = a.id AND k.account_id = a.account_id"
        " WHERE k.activity_id IS NULL AND [mine a] ORDER BY a.seq"
    )
    ORPHANS: Final = (
        "SELECT [id k.account_id], [id k.activity_id], k.source, k.kind, k.external_id FROM activities_key k"
        " LEFT JOIN activities_activity a ON a.account_id = k.account_id AND a.id = k.activity_id"
        " LEFT JOIN activities_parked p ON p.account_id = k.account_id AND p.id = k.activity_id"
        " WHERE a.id IS NULL AND p.id IS NULL AND [mine k] ORDER BY k.activity_id"
    )
    KEYS: Final = "SELECT count(*) FROM activities_key k WHERE [mine k]"
    FACTS: Final = (
        "SELECT (SELECT count(*) FROM activities_activity a WHERE [mine a])"
        " + (SELECT count(*) FROM activities_parked p WHERE [mine p])"
    )

    def ask(self, found: Found) -> None:
        keyless = 0
        for account, id, seq, *key in found.rows(self.KEYLESS):
            keyless += 1
            self.breaks(
                "a fact does not own its natural key",
                expected=f"the key {' / '.join(key)} leads to it",
                found="another fact, or none",
                member=account,
                activity=id,
                seq=seq,
            )
        keys, facts = found.number(self.KEYS), found.number(self.FACTS)
        self.count("keys", keys)
        if keys + keyless != facts:  # every fact has its own key, so a difference is a key without a fact
            for account, id, *key in found.rows(self.ORPHANS):
                where = {"member": account, "activity": id}
                self.breaks("a natural key without its fact", expected=" / ".join(key), found="no such fact", **where)

    def look(self, account: Account) -> None:
        awards = account.awards()
        slides = account.book.sliding if account.book is not None else frozenset[str]()
        for posting in account.kinds(*EARNS):
            award = awards.get(posting.id)
            if award is None:
                self.breaks("points without an award", expected="an award", found=posting.change, **place(posting))
            elif award.unit != posting.unit or award.points != posting.change:
                self.breaks(
                    "a posting is not its award",
                    expected=f"{award.points} {award.unit}",
                    found=f"{posting.change} {posting.unit}",
                    **place(posting),
                )
            else:
                self._compare_lot(account, posting, award, slides)
        self.count("awards", len(awards))

    def _compare_lot(self, account: Account, posting: Posting, award: Award, slides: frozenset[str]) -> None:
        lot = account.made.get(posting.id)
        if lot is None:
            return  # 10.5 tells of it
        begins, ends = waits.first_life(award) if lot.id not in account.released else waits.later_life(account, lot)
        if lot.expires_at != ends and lot.unit in slides:
            ends = lot.expires_at if begins != waits.WAITING else ends  # it has slid since; 10.8 follows it
        if (
            lot.available_at != begins
            or lot.expires_at != ends
            or lot.funder != award.funder
            or lot.origin != posting.activity_id
            or lot.earned_at != posting.effective_at
        ):
            self.breaks(
                "a lot has another life, funder or origin than its award",
                expected=(begins, ends, award.funder, posting.activity_id, posting.effective_at),
                found=(lot.available_at, lot.expires_at, lot.funder, lot.origin, lot.earned_at),
                lot=lot.id,
                **place(posting),
            )


class Explained(Invariant):
    """Every posting against the decision of its entry, every share against the rules in force then."""

    clause = "3.8"
    sentence = "Every point names the rule and the version that gave it, and the version was in force (2.4)."

    def ask(self, found: Found) -> None:
        for book in found.books.values():
            for version in book.lawbook.versions:
                self.count("versions", 1)
                digest = hashlib.sha256(version.document.encode()).hexdigest()
                if digest != version.digest:
                    where = {"programme": book.row.id, "version": version.number}
                    self.breaks("a version was changed", expected=version.digest, found=digest, **where)

    def look(self, account: Account) -> None:
        self.count("entries", len(account.entries))
        self.count("postings", len(account.postings))
        for activity_id in account.caused.keys() - account.entry.keys():
            first = account.caused[activity_id][0]
            self.breaks("a posting without a journal entry", expected=activity_id, found="none", **place(first))
        for entry in account.entries:
            if entry.decision is UNREADABLE:
                where = _where(entry)
                self.breaks("a decision can't be read", expected="a decision", found="something else", **where)
                continue
            self._compare_sums(entry, account.caused.get(entry.id, ()))
            if account.book is not None:
                self._compare_shares(account.book, entry)
                self._compare_version(account.book, entry)

    def _compare_sums(self, entry: Entry, postings: Sequence[Posting]) -> None:
        decision = entry.decision
        more = any(
            (
                decision.spent, decision.taken, decision.restored, decision.repaid, decision.moved, decision.sent,
                decision.received, decision.reinstated, decision.expired, decision.cancelled,
            )
        )  # fmt: skip
        simple = len(postings) == len(decision.awards) and not more
        for posting in postings:
            if posting.seq != entry.seq:
                self.breaks(
                    "a posting has another seq than its entry", expected=entry.seq, found=posting.seq, **place(posting)
                )
            if posting.kind != "earn":
                simple = False
        if simple:  # one posting per award, and nothing else: 10.16 compares them one by one
            return
        booked: Sums = {}
        for posting in postings:
            name = (posting.kind, posting.unit)
            booked[name] = booked.get(name, 0) + abs(posting.change)
        told = _told(entry)
        if told == booked:
            return
        for kind, unit in sorted(told.keys() | booked.keys()):
            expected, found = told.get((kind, unit), 0), booked.get((kind, unit), 0)
            # Before a debt is made, what had expired is booked in the same entry.
            if expected != found and not (kind in ("expire", "cancel") and ("lend", unit) in booked):
                self.breaks(
                    f"the postings of kind {kind} are not what was decided",
                    expected=expected,
                    found=found,
                    unit=unit,
                    **_where(entry),
                )

    def _compare_shares(self, book: Book, entry: Entry) -> None:
        decision = entry.decision
        rules = _NO_RULE.get(entry.kind) or _rules(book, entry)
        for award in decision.awards:
            points = 0
            for share in award.shares:
                points += share.points
                if share.rule not in rules:
                    self.breaks(
                        f"a share of a rule that version {decision.version} does not have for a {entry.kind}",
                        expected="one of its rules",
                        found=share.rule,
                        **_where(entry),
                    )
            if points != award.points or not award.shares:
                self.breaks(
                    "the shares of an award are not the award", expected=award.points, found=points, **_where(entry)
                )

    def _compare_version(self, book: Book, entry: Entry) -> None:
        decision = entry.decision
        if entry.version != decision.version:
            self.breaks(
                "an entry and its decision name two versions",
                expected=decision.version,
                found=entry.version,
                **_where(entry),
            )
        if entry.kind in (RETURN, MEMBERSHIP_VOID):  # a return follows the version of its purchase: 10.13
            return
        possible = book.in_force(occurred_at=entry.occurred_at, recorded_at=entry.recorded_at)
        if decision.version not in possible:
            self.breaks(
                "decided by a version that was not in force",
                expected=" or ".join(str(number) for number in sorted(possible)),
                found=decision.version,
                **_where(entry),
            )


def _told(entry: Entry) -> Sums:
    """What the decision says was posted, by kind of posting and unit."""
    decision = entry.decision
    sums: Sums = _merged(entry)

    def add(kind: str, unit: str, points: int) -> None:
        if points:
            sums[kind, unit] = sums.get((kind, unit), 0) + points

    for award in decision.awards:
        add("adjust_up" if entry.kind == ADJUSTMENT else "earn", award.unit, award.points)
    for spent in decision.spent:
        add(LEAVES_BY.get(entry.kind, "spent"), spent.unit, spent.points)
    for taken in decision.taken:
        add("claw_back", taken.unit, taken.origin + taken.other + taken.debt)
        add("lend", taken.unit, taken.debt)
    for restored in decision.restored:
        add("restore", restored.unit, restored.points)
    _add_passed(decision, add)
    for kind, by_unit in (
        ("repay", decision.repaid),
        ("reinstate", decision.reinstated),
        ("expire", decision.expired),
        ("cancel", decision.cancelled),
    ):
        for unit, points in by_unit.items():
            add(kind, unit, points)
    return sums


def _add_passed(decision: Decision, add: Callable[[str, str, int], None]) -> None:
    """What passed between members."""
    for sent in decision.sent:
        add("transfer_out", sent.unit, sent.points)
        add("fee", sent.unit, sent.fee)
    for received in decision.received:
        add("transfer_in", received.unit, received.points)


def _merged(entry: Entry) -> Sums:
    """What a merge or a household say was posted: points passed, and a debt as a loan, passed and repaid."""
    gives = entry.kind in GIVES
    way = "merge" if entry.kind in MERGES else "pool"
    sums: Sums = {}
    for moved in entry.decision.moved:
        left, came = (moved.points, moved.debt) if gives else (moved.debt, moved.points)
        parts = {f"{way}_out": left, f"{way}_in": came}
        parts["repay" if gives else "lend"] = moved.debt
        for kind, points in parts.items():
            if points:
                sums[kind, moved.unit] = sums.get((kind, moved.unit), 0) + points
    return sums


def _rules(book: Book, entry: Entry) -> frozenset[str]:
    if not book.has(entry.decision.version):
        return frozenset()
    return book.watch(entry.decision.version).rules.get(entry.kind, frozenset())


def _where(entry: Entry) -> dict[str, object]:
    return {"member": entry.account_id, "activity": entry.id, "seq": entry.seq, "kind": entry.kind}
