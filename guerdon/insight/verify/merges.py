"""Merges: what left the one member arrived at the other as it was, and whoever was merged leads to whoever stayed."""

from typing import Final

from guerdon.insight.verify.accounts import Account
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.insight.verify.waits import WAITING

# The lots on both sides of each passage that a merge made, side by side.
_SIDES: Final = (
    " FROM ledger_passage t JOIN ledger_posting q ON q.account_id = t.account_id AND q.id = t.lot_id"
    " AND q.kind = 'merge_in'"
    " JOIN ledger_lot n ON n.account_id = t.account_id AND n.id = t.lot_id"
    " LEFT JOIN ledger_lot o ON o.account_id = t.from_account AND o.id = t.from_lot"
)


class Merges(Invariant):
    """Every lot that a merge moved against the one it was, every merged member against what is left of one."""

    clause = "10.15"
    part = "merges"
    sentence = "Merges keep sums, dates, origin and funder; merged members hold nothing and no identifier is dead."

    CHANGED: Final = (
        "SELECT [id n.account_id], [id n.id], [id o.id]" + _SIDES + " WHERE [mine t] AND (o.id IS NULL"
        " OR o.unit <> n.unit OR o.origin <> n.origin OR coalesce(o.funder, '') <> coalesce(n.funder, '')"
        " OR o.earned_at <> n.earned_at"
        # What waited for an activity when it passed may have its life by now: 5.3 looks at that.
        f" OR (o.available_at <> n.available_at AND o.available_at <> {WAITING})"
        # A sliding lot may end later by now, never earlier; the one it was has stopped sliding.
        " OR (o.available_at = n.available_at AND coalesce(n.expires_at, 0) < coalesce(o.expires_at, 0))"
        " OR (o.expires_at IS NULL AND n.expires_at IS NOT NULL)) ORDER BY n.id"
    )
    # The lot that left gave as many points to merges as the lots that came of it were made with.
    AMOUNTS: Final = (
        "SELECT [id w.a], [id w.l], w.came, (SELECT CAST(coalesce(sum(x.amount), 0) AS bigint) FROM ledger_allocation x"  # noqa: S608 - our own
        " JOIN ledger_posting p ON p.account_id = x.account_id AND p.id = x.posting_id AND p.kind = 'merge_out'"
        " WHERE x.account_id = w.a AND x.lot_id = w.l) FROM"
        " (SELECT t.from_account AS a, t.from_lot AS l, CAST(sum(n.amount) AS bigint) AS came"
        + _SIDES
        + " WHERE [mine t] GROUP BY t.from_account, t.from_lot) AS w"
    )
    CLEARED: Final = (
        "SELECT [id p.programme_id], p.unit, CAST(sum(CASE p.kind WHEN 'merge_in' THEN p.amount ELSE 0 END) AS bigint),"
        " CAST(sum(CASE p.kind WHEN 'merge_out' THEN p.amount ELSE 0 END) AS bigint)"
        " FROM ledger_posting p WHERE p.kind IN ('merge_in', 'merge_out') AND [mine p] GROUP BY p.programme_id, p.unit"
    )
    DEAD: Final = (
        "SELECT [id m.id], i.kind FROM members_identifier i JOIN members_member m ON m.id = i.member_id"
        " WHERE m.merged_into IS NOT NULL AND [mine m] ORDER BY m.id"
    )
    ASTRAY: Final = (
        "SELECT [id m.id], [id m.merged_into] FROM members_member m LEFT JOIN members_member s"
        " ON s.id = m.merged_into AND s.programme_id = m.programme_id AND s.merged_into IS NULL"
        " WHERE m.merged_into IS NOT NULL AND s.id IS NULL AND [mine m] ORDER BY m.id"
    )
    UNKNOWN: Final = (
        "SELECT [id m.id], m.status FROM members_member m LEFT JOIN members_merge g ON g.account_id = m.id"
        " AND g.undone_at IS NULL WHERE ((m.merged_into IS NULL) <> (g.id IS NULL)"
        " OR (m.merged_into IS NULL) = (m.status = 'merged')) AND [mine m] ORDER BY m.id"
    )
    MERGED: Final = "SELECT [id m.id] FROM members_member m WHERE m.merged_into IS NOT NULL AND [mine m]"

    def __init__(self) -> None:
        super().__init__()
        self._merged: set[str] = set()

    def ask(self, found: Found) -> None:
        self._merged = {member for (member,) in found.rows(self.MERGED)}
        self.count("merged members", len(self._merged))
        for member, lot, before in found.rows(self.CHANGED):
            what = "a merge changed a lot's unit, origin, funder or dates"
            self.breaks(what, expected=f"those of {before}", found="others", member=member, lot=lot)
        for member, lot, came, left in found.rows(self.AMOUNTS):
            self.count("lots moved", 1)
            if came != left:
                where = {"member": member, "lot": lot}
                self.breaks("what left a lot by merges is not what came of it", expected=left, found=came, **where)
        for programme, unit, came, left in found.rows(self.CLEARED):
            if came != left:
                where = {"programme": programme, "unit": unit}
                self.breaks("what left by merges is not what arrived", expected=left, found=came, **where)
        for member, kind in found.rows(self.DEAD):
            self.breaks(f"a dead {kind}", expected="a member who was not merged", found="one who was", member=member)
        for member, into in found.rows(self.ASTRAY):
            self.breaks("a merged member leads to nobody", expected="who stayed", found=into, member=member)
        for member, status in found.rows(self.UNKNOWN):
            what = "a member and the list of merges disagree"
            self.breaks(what, expected="merged, and a merge that holds", found=status, member=member)

    def look(self, account: Account) -> None:
        if account.id not in self._merged:
            return
        for purse in account.purses:
            if purse.balance or purse.debt:
                found = f"{purse.balance}, {purse.debt} owed"
                where = {"member": account.id, "unit": purse.unit}
                self.breaks("a merged member still has points or debt", expected="nothing", found=found, **where)
