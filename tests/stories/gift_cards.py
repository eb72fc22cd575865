"""What stories say of gift cards that pay: `15.00 by the gift card TULIP` among what a purchase is paid with."""

import re
from typing import Final

from guerdon.core import money
from guerdon.core.activities import Tender
from tests.stories import phrases
from tests.stories.claims import Claims
from tests.stories.story import Claim, Deed, Step
from tests.stories.worlds import Answer

PAYING: Final = re.compile(rf"(?P<amount>{phrases.MONEY}) by the gift card (?P<card>\w+)")


class GiftCards(Claims):
    """Deeds and claims about gift cards; the teller does the others."""

    def _sell_card(self, step: Step, deed: Deed) -> Answer:
        amount = money.scaled(deed.words["amount"], money.decimals(self.programme.currency))
        return self.world.sell_card(deed.words["name"], amount, key=f"line-{step.line}", now=step.at)

    def _claim_on_card(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        told = money.scaled(claim.words["amount"], money.decimals(self.programme.currency))
        return told, self.world.on_card(claim.words["name"], step.at)


def tender(text: str, scale: int) -> Tender | None:
    """What a gift card pays; None where something else does."""
    said = PAYING.fullmatch(text)
    return None if said is None else Tender("gift_card", money.scaled(said["amount"], scale), card=said["card"])
