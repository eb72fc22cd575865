"""Merges: whoever was merged has nothing any more, and leads to whoever stayed."""

from typing import Final

from guerdon.insight.verify.accounts import Account
from guerdon.insight.verify.invariant import Found, Invariant


class Merges(Invariant):
    """Every merged member against what may be left of one; what passed is proved with all passing."""

    clause = "10.15"
    part = "merges"
    sentence = "Merged members hold nothing, and no identifier is dead."

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
        " AND g.undone_at IS NULL WHERE m.kind <> 'household' AND ((m.merged_into IS NULL) <> (g.id IS NULL)"
        " OR (m.merged_into IS NULL) = (m.status = 'merged')) AND [mine m] ORDER BY m.id"
    )
    MERGED: Final = "SELECT [id m.id] FROM members_member m WHERE m.merged_into IS NOT NULL AND [mine m]"

    def __init__(self) -> None:
        super().__init__()
        self._merged: set[str] = set()

    def prepare(self, found: Found) -> None:
        self._merged = {member for (member,) in found.rows(self.MERGED)}
        self.count("merged members", len(self._merged))

    def ask(self, found: Found) -> None:
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
