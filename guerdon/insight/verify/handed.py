"""What redemptions handed over: each gave the voucher or gift card of its reward, and took it back when cancelled."""

from typing import Final

import msgspec

from guerdon.core import redemptions as law
from guerdon.core.rewards import Gives
from guerdon.insight.verify.invariant import Found, Invariant


class Given(msgspec.Struct, gc=False):
    """A redemption, and the voucher and the card that its code leads to; amounts in smallest steps."""

    programme_id: str
    account_id: str
    id: str
    reward: str
    version: int
    state: law.State
    code: str | None
    times: int  # how many redemptions gave the code
    voucher: str | None  # its key
    by: str | None  # the entry that gave it
    confirmed_by: str | None  # the entry that confirmed the redemption, where another one did than that which made it
    used: int
    withdrawn: int
    card: str | None  # the account
    loaded: int  # by this redemption
    taken_back: int  # for this redemption


class Handed(Invariant):
    """Every redemption against what its reward gives by the version under which it was made."""

    clause = "10.20"
    part = "what rewards give"
    sentence = "A redemption gives the one voucher or gift card that its reward promises; cancelled, it has none alive."

    ROWS: Final = (
        "SELECT [id r.programme_id], [id r.account_id], [id r.id], r.reward, r.version, r.state, r.given,"
        " count(*) OVER (PARTITION BY r.programme_id, r.given),"
        " v.voucher, [id v.activity_id], [id k.activity_id], coalesce(v.used, 0),"
        " CASE WHEN v.withdrawn_at IS NULL THEN 0 ELSE 1 END, [id g.account_id],"
        " CAST(coalesce((SELECT sum(p.amount) FROM ledger_posting p WHERE p.account_id = i.account_id"
        "  AND p.activity_id = i.activity_id AND p.kind = 'earn'), 0) AS bigint),"
        " CAST(coalesce((SELECT sum(p.amount) FROM ledger_posting p WHERE p.account_id = b.account_id"
        "  AND p.activity_id = b.activity_id AND p.kind = 'claw_back'), 0) AS bigint)"
        " FROM redemptions_redemption r"
        " LEFT JOIN vouchers_code c ON c.programme_id = r.programme_id AND c.code = r.given"
        " LEFT JOIN vouchers_voucher v ON v.account_id = c.account_id AND v.id = c.voucher_id"
        " LEFT JOIN activities_key k ON k.programme_id = r.programme_id AND k.source = 'redemption'"
        "  AND k.kind = 'redemption_confirm' AND k.external_id = 'rdm_' || [id r.id]"
        " LEFT JOIN cards_card g ON g.programme_id = r.programme_id AND g.code = r.given"
        " LEFT JOIN activities_key i ON i.programme_id = r.programme_id AND i.source = 'redemption'"
        "  AND i.kind = 'card_issue' AND i.external_id = 'rdm_' || [id r.id] AND i.account_id = g.account_id"
        " LEFT JOIN activities_key b ON b.programme_id = r.programme_id AND b.source = 'redemption'"
        "  AND b.kind = 'card_void' AND b.external_id = 'rdm_' || [id r.id] AND b.account_id = g.account_id"
        " WHERE [mine r] ORDER BY r.id"
    )

    def ask(self, found: Found) -> None:
        for cells in found.rows(self.ROWS):
            row = Given(*cells)
            book = found.books[row.programme_id]
            reward = book.law(row.version).programme.rewards.get(row.reward) if book.has(row.version) else None
            if reward is None:  # what was not offered is told of beside
                continue
            self._compare(row, reward.gives)
            if row.code is None or reward.gives is None:
                continue
            self.count(f"{reward.gives}s", 1)
            if row.times > 1:
                self._differs(row, "two redemptions gave the same", "one", row.times)
            if reward.gives == "gift_card":
                self._card(row, reward.amount or 0)
            else:
                offer = book.law(row.version).programme.given_by(reward)
                self._voucher(row, None if offer is None else offer.key)

    def _compare(self, row: Given, gives: Gives | None) -> None:
        """Whether it should have given something by now, and has."""
        given = row.code is not None
        if gives is None:
            right = not given
        else:
            right = given if row.state in ("confirmed", "fulfilled") else not given or row.state == "cancelled"
        if not right:
            self._differs(row, "a redemption gave not what its reward promises", gives, row.code)

    def _voucher(self, row: Given, key: str | None) -> None:
        if row.voucher != key or row.by not in (row.id, row.confirmed_by):
            self._differs(row, "a redemption gave not what its reward promises", key, row.voucher)
        elif row.state == "cancelled" and (row.used or not row.withdrawn):
            self._differs(row, "a cancelled redemption left what it gave", "a withdrawn voucher", f"used {row.used}")

    def _card(self, row: Given, amount: int) -> None:
        if row.card is None or row.loaded != amount:
            self._differs(row, "a redemption gave not what its reward promises", amount, row.loaded)
        elif row.taken_back != (amount if row.state == "cancelled" else 0):
            self._differs(row, "a cancelled redemption left what it gave", "an empty card", row.taken_back)

    def _differs(self, row: Given, what: str, expected: object, found: object) -> None:
        where: dict[str, object] = {"member": row.account_id, "redemption": row.id, "reward": row.reward}
        self.breaks(what, expected=expected or "nothing", found=found or "nothing", state=row.state, **where)
