"""Vouchers: every use is in the journal, none is used more often than it may, and every code leads to its voucher."""

from typing import Final

from guerdon.core import activities as law
from guerdon.insight.verify.accounts import Account
from guerdon.insight.verify.invariant import Found, Invariant


class Vouchers(Invariant):
    """What vouchers and codes count of their uses, against the uses there are and those that the journal tells."""

    clause = "10.20"
    part = "vouchers"
    sentence = (
        "Uses ≤ limit, and are those of the journal; every code leads to its voucher, and a pool has what it had."
    )
    sums = ("_told",)

    # A use that was rolled back counts no more.
    VOUCHERS: Final = (
        "SELECT [id v.account_id], v.code, v.uses, v.used,"
        " coalesce(sum(CASE u.direction WHEN 'use' THEN 1 WHEN 'back' THEN -1 ELSE 0 END), 0)"
        " FROM vouchers_voucher v LEFT JOIN vouchers_use u ON u.programme_id = v.programme_id AND u.voucher_id = v.id"
        " WHERE [mine v] GROUP BY v.account_id, v.id, v.code, v.uses, v.used"
        " HAVING v.used <> coalesce(sum(CASE u.direction WHEN 'use' THEN 1 WHEN 'back' THEN -1 ELSE 0 END), 0)"
        " OR v.used > v.uses"
    )
    CODES: Final = (
        "SELECT c.code, c.uses, c.used,"
        " coalesce(sum(CASE u.direction WHEN 'use' THEN 1 WHEN 'back' THEN -1 ELSE 0 END), 0)"
        " FROM vouchers_code c LEFT JOIN vouchers_use u ON u.programme_id = c.programme_id AND u.code = c.code"
        " AND u.voucher_id IS NULL WHERE [mine c] GROUP BY c.programme_id, c.code, c.uses, c.used"
        " HAVING c.used <> coalesce(sum(CASE u.direction WHEN 'use' THEN 1 WHEN 'back' THEN -1 ELSE 0 END), 0)"
        " OR c.used > c.uses"
    )
    # Both ways: no voucher without its code, no code to a voucher that is not there or is another's.
    ASTRAY: Final = (
        "SELECT [id v.account_id], v.code FROM vouchers_voucher v LEFT JOIN vouchers_code c"
        " ON c.programme_id = v.programme_id AND c.code = v.code AND c.account_id = v.account_id"
        " AND c.voucher_id = v.id WHERE c.code IS NULL AND [mine v]"
        " UNION ALL SELECT [id c.account_id], c.code FROM vouchers_code c LEFT JOIN vouchers_voucher v"
        " ON v.account_id = c.account_id AND v.id = c.voucher_id AND v.code = c.code AND v.voucher = c.voucher"
        " WHERE c.account_id IS NOT NULL AND v.id IS NULL AND [mine c]"
    )
    POOLS: Final = (
        "SELECT p.voucher, p.added, p.taken, count(c.code),"
        " coalesce(sum(CASE WHEN c.account_id IS NOT NULL OR c.withdrawn_at IS NOT NULL THEN 1 ELSE 0 END), 0)"
        " FROM vouchers_pool p LEFT JOIN vouchers_code c ON c.programme_id = p.programme_id AND c.voucher = p.voucher"
        " WHERE [mine p] GROUP BY p.programme_id, p.voucher, p.added, p.taken"
    )
    ROWS: Final = (
        "SELECT 'used', count(*), coalesce(sum(u.off), 0) FROM vouchers_use u WHERE u.direction = 'use' AND [mine u]"
        " UNION ALL SELECT 'rolled back', count(*), coalesce(sum(u.off), 0) FROM vouchers_use u"
        " WHERE u.direction = 'back' AND [mine u]"
        " UNION ALL SELECT 'given', count(*), 0 FROM vouchers_voucher v WHERE [mine v]"
        " UNION ALL SELECT 'withdrawn', count(*), 0 FROM vouchers_voucher v"
        " WHERE v.withdrawn_at IS NOT NULL AND [mine v]"
    )

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, list[int]] = {}  # by what became of vouchers, how often the journal says so, and how much

    def look(self, account: Account) -> None:
        for entry in account.entries:
            decision = entry.decision
            what = "rolled back" if entry.kind == law.VOUCHER_ROLLBACK else "used"
            if decision.uses:
                self._tell(what, len(decision.uses), sum(use.off for use in decision.uses))
            if decision.issued:
                self._tell("given", sum(1 for issue in decision.issued if issue.code), 0)
            if decision.withdrawn:
                self._tell("withdrawn", len(decision.withdrawn), 0)

    def _tell(self, what: str, count: int, off: int) -> None:
        known = self._told.setdefault(what, [0, 0])
        known[0] += count
        known[1] += off

    def close(self, found: Found) -> None:
        for what, rows, off in found.rows(self.ROWS):
            told = self._told.get(what, [0, 0])
            self.count(what.replace(" ", "_"), int(rows))
            if [int(rows), int(off)] != told:
                kept = f"{rows} vouchers, {off} off"
                self.breaks(f"the vouchers {what} are not those of the journal", expected=told, found=kept)
        for account, code, uses, used, made in found.rows(self.VOUCHERS):
            self._miscounted(code, uses, used, made, member=account)
        for code, uses, used, made in found.rows(self.CODES):
            self._miscounted(code, uses, used, made)
        for account, code in found.rows(self.ASTRAY):
            self.breaks("a code leads astray", expected="its voucher", found=code, member=account)
        for voucher, *stored, codes, gone in found.rows(self.POOLS):
            if [int(number) for number in stored] != [int(codes), int(gone)]:
                where = {"voucher_key": voucher}
                self.breaks("a pool miscounts its codes", expected=f"{codes}, {gone} gone", found=stored, **where)

    def _miscounted(self, code: str, uses: int, used: int, made: int, **where: object) -> None:
        self.breaks("a voucher miscounts its uses", expected=f"{made} of {uses}", found=used, code=code, **where)
