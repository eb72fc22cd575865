"""Households: who belongs is who leads to the account, nobody to two at once, and every posting is somebody's."""

from typing import Final

from guerdon.insight.verify.invariant import Found, Invariant

_FOR_EVER: Final = 2**63 - 1  # after every instant


class Pools(Invariant):
    """Every interval of belonging against the members and the postings; what passed is proved with all passing."""

    clause = "10.15"
    part = "households"
    sentence = "Who belongs to a household has points there alone, belongs to one at a time, and is named by postings."

    # Where a member leads to, and as what, is what the interval that is open says; and the other way round.
    ASTRAY: Final = (
        "SELECT [id m.id], [id m.household_id], [id b.account_id] FROM members_member m"
        " LEFT JOIN households_belonging b ON b.person_id = m.id AND b.until IS NULL"
        " WHERE [mine m] AND (coalesce(m.role, '') <> coalesce(b.role, '') OR m.household_id <> b.account_id"
        " OR (m.household_id IS NULL) <> (b.id IS NULL)) ORDER BY m.id"
    )
    TWICE: Final = (
        "SELECT [id b.person_id], [id b.account_id], [id o.account_id] FROM households_belonging b"  # noqa: S608
        " JOIN households_belonging o ON o.person_id = b.person_id AND o.id > b.id"
        f" AND b.since < coalesce(o.until, {_FOR_EVER}) AND o.since < coalesce(b.until, {_FOR_EVER})"
        " WHERE [mine b] ORDER BY b.person_id"
    )
    OWNERS: Final = (
        "SELECT [id m.id], CAST(sum(CASE WHEN b.role = 'owner' THEN 1 ELSE 0 END) AS bigint) FROM members_member m"
        " LEFT JOIN households_belonging b ON b.account_id = m.id AND b.until IS NULL"
        " WHERE m.kind = 'household' AND m.merged_into IS NULL AND [mine m] GROUP BY m.id"
        " HAVING sum(CASE WHEN b.role = 'owner' THEN 1 ELSE 0 END) <> 1 ORDER BY m.id"
    )
    # What time does is nobody's; all else is somebody's who belongs to the household, or did.
    NOBODYS: Final = (
        "SELECT [id p.account_id], [id p.id], p.kind FROM ledger_posting p"
        " JOIN members_member m ON m.id = p.account_id AND m.kind = 'household'"
        " JOIN activities_activity a ON a.account_id = p.account_id AND a.id = p.activity_id"
        " WHERE p.person_id IS NULL AND a.kind NOT IN ('expiry', 'repayment', 'hold_end', 'pooling_out') AND [mine p]"
        " ORDER BY p.seq"
    )
    STRANGERS: Final = (
        "SELECT [id p.account_id], [id p.id], p.kind, [id p.person_id] FROM ledger_posting p"  # noqa: S608
        " WHERE p.person_id IS NOT NULL AND [mine p] AND NOT EXISTS (SELECT 1 FROM households_belonging b"
        "  WHERE b.account_id = p.account_id AND b.person_id = p.person_id AND b.since <= p.posted_at"
        "  AND (p.kind NOT IN ('burn', 'donate', 'transfer_out', 'fee') OR (b.since <= p.effective_at"
        f"   AND coalesce(b.until, {_FOR_EVER}) >= p.effective_at))) ORDER BY p.seq"
    )
    APART: Final = (
        "SELECT [id m.id], l.unit, l.balance FROM members_member m JOIN ledger_balance l ON l.account_id = m.id"
        " WHERE m.household_id IS NOT NULL AND (l.balance <> 0 OR l.debt <> 0) AND [mine m] ORDER BY m.id"
    )
    UNTRACED: Final = (
        "SELECT [id p.account_id], [id p.id], p.amount FROM ledger_posting p LEFT JOIN ledger_passage t"
        " ON t.account_id = p.account_id AND t.lot_id = p.id WHERE p.kind = 'pool_in' AND t.lot_id IS NULL AND [mine p]"
        " ORDER BY p.seq"
    )

    def ask(self, found: Found) -> None:
        self.count("belongings", found.number("SELECT count(*) FROM households_belonging b WHERE [mine b]"))
        for member, leads_to, belongs_to in found.rows(self.ASTRAY):
            where = {"member": member}
            self.breaks("a member leads to another household", expected=belongs_to, found=leads_to, **where)
        for member, one, other in found.rows(self.TWICE):
            self.breaks("a person in two households at once", expected=one, found=other, member=member)
        for household, owners in found.rows(self.OWNERS):
            self.breaks("a household without its one owner", expected=1, found=owners, household=household)
        for account, posting, kind in found.rows(self.NOBODYS):
            self.breaks(f"a {kind} of a household that is nobody's", expected="a person", found="none",
                        household=account, posting=posting)  # fmt: skip
        for account, posting, kind, person in found.rows(self.STRANGERS):
            self.breaks(f"a {kind} of somebody who did not belong", expected="one who did", found=person,
                        household=account, posting=posting)  # fmt: skip
        for member, unit, balance in found.rows(self.APART):
            where = {"member": member, "unit": unit}
            self.breaks("a person of a household has points apart", expected=0, found=balance, **where)
        for account, posting, amount in found.rows(self.UNTRACED):
            where = {"member": account, "posting": posting}
            self.breaks("points came from nowhere", expected="a lot elsewhere", found=amount, **where)
