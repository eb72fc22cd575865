"""What can be stolen with gift cards: codes, and what only members may have."""

from tests.insight.theft import Theft
from tests.insight.ways import Eyes


def _card(eyes: Eyes) -> str:
    """One that the café has sold."""
    return str(eyes.row("SELECT account_id FROM cards_card WHERE unit = 'credit' ORDER BY code LIMIT 1")[0])


THEFTS = (
    Theft("a code that leads to a member", "10.4 gift cards", "leads astray",
          lambda e: [f"UPDATE cards_card SET account_id = '{e.account('Ann')}' WHERE account_id = '{_card(e)}'"]),
    Theft("a card without a code", "10.4 gift cards", "leads astray",
          lambda e: [f"DELETE FROM cards_card WHERE account_id = '{_card(e)}'"]),
    Theft("a card found by an e-mail", "10.4 gift cards", "found as a member",
          lambda e: [f"UPDATE members_identifier SET member_id = '{_card(e)}'"
                     f" WHERE member_id = '{e.account('Nora')}'"]),
    Theft("a card of another unit", "10.4 gift cards", "holds what it can't",
          lambda e: [f"UPDATE cards_card SET unit = 'points' WHERE account_id = '{_card(e)}'"]),
    Theft("money on a card that nobody paid", "3.8", "share of a rule",
          lambda e: ["UPDATE activities_activity SET decision = replace(decision, 'gift_card', 'base')"
                     f" WHERE kind = 'card_issue' AND account_id = '{_card(e)}'"]),
)  # fmt: skip
