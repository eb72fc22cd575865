"""What is done with gift cards in a story, and what it claims of them."""

import re
from typing import Final

from guerdon.core import money
from guerdon.core.activities import Tender
from tests.stories import phrases
from tests.stories.claims import Claims
from tests.stories.story import Claim, Deed, Step
from tests.stories.worlds import Answer

# Among what a purchase is paid with: `paying 15.00 by the gift card TULIP + 5.00 cash`.
PAYING: Final = re.compile(rf"(?P<amount>{phrases.MONEY}) by the gift card (?P<card>\w+)")


def tender(text: str, scale: int) -> Tender | None:
    """What a gift card pays; None where something else does."""
    said = PAYING.fullmatch(text)
    return None if said is None else Tender("gift_card", money.scaled(said["amount"], scale), card=said["card"])


class Cards(Claims):
    """Deeds and claims about gift cards; the teller does the others. A card is named by the sale that made it."""

    cards: dict[str, str]  # the last card of everybody
    last_card: str  # what “the card” is
    paid: set[str]  # what was paid by cards, by what the story calls it
    used: set[str]  # uses of vouchers
    last_deed: str  # what “it” is when somebody rolls it back

    # --- what happens ---

    def _card_sell(self, step: Step, deed: Deed) -> Answer:
        name = deed.words.get("name", f"line-{step.line}")
        answer = self.world.sell_card(self._money(deed.words["amount"]), key=name, now=step.at)
        if answer.refusal is None:
            self.last_card = self.cards[name] = self.cards[deed.words.get("to", deed.words["who"])] = name
        return answer

    def _card_load(self, step: Step, deed: Deed) -> Answer:
        card = self._card(step.line, deed.words)
        return self.world.load_card(card, self._money(deed.words["amount"]), key=self._called(step), now=step.at)

    def _card_pay(self, step: Step, deed: Deed) -> Answer:
        card, name = self._card(step.line, deed.words), self._called(step)
        amount = self._money(deed.words["amount"])
        answer = self.world.pay_by_card(card, amount, key=name, now=step.at, dry_run=deed.dry_run)
        if answer.refusal is None and not deed.dry_run:
            self.paid.add(name)
            self.last_deed = name
        return answer

    def _card_move(self, step: Step, deed: Deed) -> Answer:
        words = deed.words
        card, amount = self._card(step.line, words), None if words["amount"] == "all" else self._money(words["amount"])
        to = words.get("to", words["who"])
        return self.world.move_from_card(card, to, amount, key=self._called(step), now=step.at, dry_run=deed.dry_run)

    def _roll_back(self, step: Step, deed: Deed) -> Answer:
        """What was paid by a card, wholly or in part; or the use of vouchers."""
        words, key = deed.words, self._called(step)
        what = words["what"] if words["what"] != "it" else self.last_deed
        if what in self.used:
            return self.world.roll_back(what, key=key, now=step.at, dry_run=deed.dry_run)
        if what not in self.paid:
            raise self._wrong(step.line, f"nothing is called “{what}”; it is named where it is done: “… as {what}”")
        amount = self._money(words["amount"]) if "amount" in words else None
        return self.world.pay_back(what, amount, key=key, now=step.at)

    def _called(self, step: Step) -> str:
        return step.deed.words.get("name", f"line-{step.line}")

    def _card(self, line: int, words: dict[str, str]) -> str:
        """`her card`, `Ben's card`, or one by its own name."""
        text = words["card"]
        name = words["who"] if text in ("her card", "his card") else text.removesuffix("'s card")
        if text == "the card":
            return self.last_card
        if name not in self.cards:
            raise self._wrong(line, f"there is no card “{text}”; it is named where it is bought: “… as {name}”")
        self.last_card = self.cards[name]
        return self.last_card

    # --- what is claimed ---

    def _claim_on_card(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        found = self.world.on_card(self._card(claim.line, claim.words), step.at)
        return self._money(claim.words["amount"]), sum(amount for amount, _ in found)

    def _claim_card_lots(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`the card: 20.00 until 2028-01-05, 5.00 for ever`: the first end first, with the last valid local day."""
        found = self.world.on_card(self._card(claim.line, claim.words), step.at)
        scale = money.decimals(self.programme.currency)
        ends = [f"until {self._last_day(until)}" if until else "for ever" for _, until in found]
        shown = [f"{money.plain(amount, scale)} {end}" for (amount, _), end in zip(found, ends, strict=True)]
        return claim.words["lots"], ", ".join(shown)

    def _money(self, text: str) -> int:
        return money.scaled(text, money.decimals(self.programme.currency))
