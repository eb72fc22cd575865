"""Gift cards: every code leads to a card's account and no other, which holds money of its unit and never owes any."""

from typing import Final

from guerdon.insight.verify.invariant import Found, Invariant


class Cards(Invariant):
    """The directory of gift cards against the accounts, and what the cards hold."""

    clause = "10.4"
    part = "gift cards"
    sentence = "A gift card never goes below zero, and its code leads to the one account that holds what is on it."

    ASTRAY: Final = (
        "SELECT [id c.account_id], c.code FROM cards_card c LEFT JOIN members_member m ON m.id = c.account_id"
        " AND m.programme_id = c.programme_id AND m.kind = 'card' AND m.household_id IS NULL AND m.merged_into IS NULL"
        " WHERE m.id IS NULL AND [mine c]"
        " UNION ALL SELECT [id m.id], '' FROM members_member m LEFT JOIN cards_card c ON c.account_id = m.id"
        " WHERE m.kind = 'card' AND c.code IS NULL AND [mine m]"
    )
    HELD: Final = (
        "SELECT [id b.account_id], b.unit, b.balance, b.debt FROM cards_card c JOIN ledger_balance b"
        " ON b.account_id = c.account_id WHERE (b.unit <> c.unit OR b.balance < 0 OR b.debt <> 0) AND [mine c]"
    )
    NAMED: Final = (
        "SELECT [id i.member_id], i.kind FROM members_identifier i JOIN members_member m ON m.id = i.member_id"
        " WHERE m.kind = 'card' AND [mine m]"
    )
    COUNT: Final = "SELECT count(*) FROM cards_card c WHERE [mine c]"

    def ask(self, found: Found) -> None:
        self.count("gift_cards", found.number(self.COUNT))
        for account, code in found.rows(self.ASTRAY):
            self.breaks(
                "a gift card leads astray", expected="an account of its own", found=code or "no code", member=account
            )
        for account, unit, balance, debt in found.rows(self.HELD):
            where = {"member": account, "unit": unit}
            self.breaks("a gift card holds what it can't", expected="money of its unit", found=(balance, debt), **where)
        for account, kind in found.rows(self.NAMED):
            self.breaks("a gift card is found as a member is", expected="by its code alone", found=kind, member=account)
