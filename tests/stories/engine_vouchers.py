"""Vouchers and gift cards in the world of the engine."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime

from guerdon.core import activities as law
from guerdon.core.decisions import Decision
from guerdon.core.errors import Refusal
from guerdon.engine import cancel, cards, voucher_uses, vouchers
from guerdon.engine.desk import Result
from guerdon.features.activities import queries as activities
from guerdon.features.cards.queries import Card
from guerdon.features.ledger import queries as ledger
from guerdon.features.members import queries as members
from guerdon.features.vouchers import queries
from guerdon.features.vouchers.queries import Shown
from guerdon.kit import ids, store
from tests.shop import DORA
from tests.stories.worlds import Answer, Basket, Coupon


class EngineVouchers(ABC):
    """What the engine does with vouchers and gift cards; the world knows its programme, and who is who."""

    programme_id: str
    used: dict[str, str]  # uses of vouchers by what they are called
    cards: dict[str, Card]  # by the sale that made each
    made: dict[str, str]

    @abstractmethod
    def own_id(self, who: str) -> str:
        """The id a member was given."""

    # --- vouchers ---

    def give_voucher(self, who: str, voucher: str, *, key: str, now: datetime, dry_run: bool) -> Answer:
        wanted = vouchers.Issuance(law.Member(external_id=who), voucher, "till", key)
        (result,) = vouchers.issue_many(programme_id=self.programme_id, wanted=[wanted], now=now, dry_run=dry_run)
        return _answer(result)

    def bring_codes(self, voucher: str, codes: Sequence[str], *, key: str, now: datetime) -> Answer:
        try:
            vouchers.bring_in(
                programme_id=self.programme_id, voucher=voucher, typed=codes, source="till", external_id=key, now=now
            )
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return Answer()

    def use_vouchers(self, codes: Sequence[str], basket: Basket, *, key: str, now: datetime, dry_run: bool) -> Answer:
        wanted = voucher_uses.Redemption(
            codes=tuple(codes), source="till", external_id=key, member=law.Member(external_id=basket.who),
            lines=basket.lines, amount=basket.amount, store=basket.store, channel=basket.channel,
        )  # fmt: skip
        result = voucher_uses.redeem(programme_id=self.programme_id, wanted=wanted, now=now, dry_run=dry_run)
        if not isinstance(result, Refusal):
            self.used[key] = result.activity_id
        return _answer(result)

    def roll_back(self, use: str, *, key: str, now: datetime, dry_run: bool) -> Answer:
        return _answer(
            voucher_uses.rollback(
                programme_id=self.programme_id, use_id=self.used[use], source="till", external_id=key, now=now,
                dry_run=dry_run,
            )
        )  # fmt: skip

    def withdraw_voucher(self, code: str, *, now: datetime) -> Answer:
        try:
            _, known = vouchers.withdraw(programme_id=self.programme_id, code=code, reason="a mistake", now=now)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return Answer(known=known)

    def wallet(self, who: str, now: datetime) -> list[Coupon]:
        at_hand = store.current()
        member = members.get(at_hand, self.programme_id, self.own_id(who))
        accounts = {member.id, member.account_id, *members.followers_of(at_hand, [member.id]).get(member.id, ())}
        found = queries.of_accounts(at_hand, sorted(accounts), after=ids.NIL, most=1_000)
        return [_coupon(one, now) for one in found]

    def coupon(self, code: str, now: datetime) -> Coupon:
        return _coupon(queries.one(store.current(), self.programme_id, code), now)

    def codes_left(self, voucher: str) -> int:
        return sum(one.left for one in queries.pools(store.current(), self.programme_id) if one.voucher == voucher)

    # --- gift cards ---

    def sell_card(self, amount: int, *, key: str, now: datetime) -> Answer:
        try:
            self.cards[key], outcome = cards.issue(
                programme_id=self.programme_id, deed=cards.Deed(amount, "till", key), now=now
            )
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return _answer(outcome)

    def load_card(self, card: str, amount: int, *, key: str, now: datetime) -> Answer:
        deed = cards.Deed(amount, "till", key)
        try:
            return _answer(cards.top_up(programme_id=self.programme_id, card=self.cards[card], deed=deed, now=now))
        except Refusal as refusal:
            return Answer(refusal=refusal)

    def pay_by_card(self, card: str, amount: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        own = {"programme_id": self.programme_id, "card": self.cards[card]}
        try:
            outcome = cards.spend(deed=cards.Deed(amount, "till", key), now=now, dry_run=dry_run, **own)  # type: ignore[arg-type]
        except Refusal as refusal:
            return Answer(refusal=refusal)
        self.made[key] = outcome.activity_id
        return _answer(outcome)

    def pay_back(self, payment: str, amount: int | None, *, key: str, now: datetime) -> Answer:
        found = activities.one(store.current(), self.programme_id, self.made[payment])
        wanted = cancel.Cancellation(found, DORA, amount, source="till", external_id=key)
        return _answer(cancel.cancel_many(programme_id=self.programme_id, cancellations=[wanted], now=now)[0])

    def move_from_card(
        self, card: str, to: str, amount: int | None, *, key: str, now: datetime, dry_run: bool
    ) -> Answer:
        there = cards.balance(self.cards[card], now)
        deed = cards.Deed(max(1, there) if amount is None else amount, "till", key)
        try:
            outcome = cards.transfer(
                programme_id=self.programme_id, card=self.cards[card], to=law.Member(external_id=to), deed=deed,
                now=now, dry_run=dry_run,
            )  # fmt: skip
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return _answer(outcome)

    def on_card(self, card: str, now: datetime) -> list[tuple[int, datetime | None]]:
        one = self.cards[card]
        lots = ledger.account_lots(store.current(), one.account_id, now, after=ids.NIL, most=1_000, spent_too=False)
        return in_order([(lot.remaining, lot.expires_at) for lot in lots if lot.unit == one.unit])


def in_order(lots: Sequence[tuple[int, datetime | None]]) -> list[tuple[int, datetime | None]]:
    """The first end first, what never ends last."""
    return sorted(lots, key=lambda lot: (lot[1] is None, lot[1]))


def _coupon(one: Shown, now: datetime) -> Coupon:
    return Coupon(one.code, one.voucher, one.as_of(now), one.used, one.uses, one.expires_at)


def _answer(result: Result) -> Answer:
    if isinstance(result, Refusal):
        return Answer(refusal=result)
    kept = Decision(version=0, issued=result.decision.issued, uses=result.decision.uses)
    return Answer(decision=kept, known=result.replayed)
