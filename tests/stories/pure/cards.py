"""Gift cards in the pure world: accounts of their own, by what the story calls them."""

from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import cards, limits
from guerdon.core.activities import Activity, Tender
from guerdon.core.decisions import Award, Decision, Share
from guerdon.core.errors import Refusal
from tests.stories.pure.ground import Account
from tests.stories.pure.holding import Holding
from tests.stories.story import Person
from tests.stories.worlds import Answer


class Carded(Holding):
    """Gift cards as far as they pay for purchases."""

    __slots__ = ()

    def sell_card(self, name: str, amount: int, *, key: str, now: datetime) -> Answer:
        in_force = self.in_force(now)
        try:
            policy = cards.check(in_force.programme.gift_cards, amount, limits.GIFT_CARD_MAX)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        self.enrol(Person(_account(name)), now=now)
        end = in_force.expires_at(in_force.programme.unit(policy.unit).expires, now, now)
        share = Share(cards.GIFT_CARD, amount, str(amount))
        award = Award(policy.unit, amount, (share,), now, end)
        self._credit("earn", self.accounts[_account(name)], award, key, now)
        return Answer(Decision(in_force.version, awards=(award,)))

    def on_card(self, name: str, now: datetime) -> int:
        account = self.accounts[_account(name)]
        return sum(lot.free for unit in account.lots for lot in account.of(unit) if lot.spendable(now))

    def _check_cards(self, purchase: Activity, now: datetime) -> None:
        left = dict[str, int]()
        for place, tender in enumerate(purchase.tenders):
            if tender.card is not None:
                self._carded(tender)
                there = left.get(tender.card, self.on_card(tender.card, now))
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


def _account(name: str) -> str:
    """What the card's account is called, as no member can be."""
    return "card " + name
