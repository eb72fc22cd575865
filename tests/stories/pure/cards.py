"""Gift cards in the pure world: accounts of nobody, to which only the sale that made them leads."""

from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import cards, ledger, limits
from guerdon.core.activities import Activity, Key, Member, Tender
from guerdon.core.decisions import Award, Decision, Share
from guerdon.core.errors import Refusal
from guerdon.core.members import MEMBER_UNKNOWN
from guerdon.core.standing import Standing
from tests.stories.pure.ground import Account, Ground
from tests.stories.worlds import Answer


def _account(card: str) -> str:
    return f"the card {card}"  # no member is called so


class Cards(Ground):
    """Gift cards in the pure world."""

    __slots__ = ()

    def sell_card(self, amount: int, *, key: str, now: datetime) -> Answer:
        who = _account(key)
        fresh = Account(who, Standing(account_id=who, enrolled_at=now), closed=self.closed)
        return self._load(self.accounts.get(who, fresh), amount, key, now)

    def load_card(self, card: str, amount: int, *, key: str, now: datetime) -> Answer:
        return self._load(self.accounts[_account(card)], amount, key, now)

    def _load(self, account: Account, amount: int, key: str, now: datetime) -> Answer:
        name: Key = ("till", "card", key)
        if name in self.told:
            return Answer(self.told[name][2], known=True)
        in_force = self.in_force(now)
        try:
            policy = cards.check(in_force.programme.gift_cards, amount, limits.GIFT_CARD_MAX)
            lots = account.of(policy.unit)
            cards.check_room(policy, amount, sum(lot.free for lot in lots if not lot.lapsed(now)))
        except Refusal as refusal:
            return Answer(refusal=refusal)
        self.accounts[account.who] = account
        self._settle(account, now)
        ends = in_force.expires_at(in_force.programme.unit(policy.unit).expires, now, now)
        share = Share(rule=cards.GIFT_CARD, points=amount, exact=str(amount))
        award = Award(unit=policy.unit, points=amount, shares=(share,), available_at=now, expires_at=ends)
        self._credit("earn", account, award, key, now)
        decision = Decision(in_force.version, awards=(award,))
        self.told[name] = (account.who, Activity("card", "till", key, now, Member(external_id=account.who)), decision)
        return Answer(decision)

    def pay_by_card(self, card: str, amount: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        return world._change("burn", _account(card), world._unit(card), -amount, key, now)

    def pay_back(self, payment: str, amount: int | None, *, key: str, now: datetime) -> Answer:
        return self.cancel(payment, amount, key=key, now=now)

    def move_from_card(
        self, card: str, to: str, amount: int | None, *, key: str, now: datetime, dry_run: bool
    ) -> Answer:
        world = self.rehearsal() if dry_run else self
        name: Key = ("till", "transfer", key)
        if name in world.told:
            return Answer(world.told[name][2], known=True)
        giver, unit = world.accounts[_account(card)], world._unit(card)
        world._settle(giver, now)
        lots = {lot.id: lot for lot in giver.of(unit)}
        there = sum(lot.free for lot in lots.values() if lot.spendable(now))
        try:
            if world.led(to) not in world.accounts:
                raise MEMBER_UNKNOWN(kind="external_id")
            takes = ledger.take(lots.values(), max(1, there) if amount is None else amount, at=now, unit=unit)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        taker = world.accounts[world.led(to)]
        world._settle(taker, now)
        giver.take("transfer_out", unit, takes)
        for take in takes:
            world.lots_made += 1
            taker.put(unit, msgspec.structs.replace(
                lots[take.lot], id=f"{world.lots_made:06}", remaining=take.points, held=0
            ))  # fmt: skip
            taker.post("transfer_in", unit, take.points)
        decision = Decision(world.in_force(now).version, repaid=world._repay(taker, now))
        world.told[name] = (giver.who, Activity("transfer", "till", key, now, Member(external_id=to)), decision)
        return Answer(decision)

    def on_card(self, card: str, now: datetime) -> list[tuple[int, datetime | None]]:
        lots = [lot for lot in self.accounts[_account(card)].of(self._unit(card)) if lot.free and not lot.lapsed(now)]
        return [(lot.free, lot.expires_at) for lot in ledger.in_order(lots)]

    def _unit(self, card: str) -> str:
        """In which its money is kept, whatever the programme says by now."""
        return next(iter(self.accounts[_account(card)].lots))

    # --- purchases that they pay ---

    def _check_cards(self, purchase: Activity, now: datetime) -> None:
        left = dict[str, int]()
        for place, tender in enumerate(purchase.tenders):
            if tender.card is not None:
                self._carded(tender)
                there = left.get(tender.card, self._money_on(tender.card, now))
                cards.check_left(f"/tenders/{place}/card", tender.amount, there)
                left[tender.card] = there - tender.amount

    def _take_off_cards(self, purchase: Activity, now: datetime) -> Activity:
        """The purchase with the burns that took what its tenders say."""
        tenders = []
        for place, tender in enumerate(purchase.tenders):
            told = tender
            if tender.card is not None:
                (unit,) = self._carded(tender).lots
                burn = f"{law.key(purchase)}:{place}"
                self._change("burn", _account(tender.card), unit, -tender.amount, burn, now)
                told = msgspec.structs.replace(tender, burn=burn)
            tenders.append(told)
        return msgspec.structs.replace(purchase, tenders=tuple(tenders))

    def _carded(self, tender: Tender) -> Account:
        found = self.accounts.get(_account(str(tender.card)))
        if found is None:
            raise cards.GIFT_CARD_UNKNOWN()
        return found

    def _money_on(self, card: str, now: datetime) -> int:
        return sum(lot.free for lot in self.accounts[_account(card)].of(self._unit(card)) if lot.spendable(now))
