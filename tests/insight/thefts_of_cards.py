"""What can be stolen with gift cards: codes, and what only members may have."""

from tests.insight.theft import Theft
from tests.insight.ways import Eyes


def _card(eyes: Eyes) -> str:
    """The account of a card that was sold, and is in a drawer: no reward has given it, and it has paid for nothing."""
    return str(
        eyes.row(
            "SELECT account_id FROM activities_activity WHERE kind = 'card_issue' AND source <> 'redemption'"
            " AND account_id NOT IN (SELECT account_id FROM activities_paid)"
        )[0]
    )


def _burn(eyes: Eyes) -> tuple[str, str]:
    """The account and the id of the burn by which a card paid."""
    account, burn = eyes.row(
        "SELECT p.account_id, p.burn_id FROM activities_paid p JOIN cards_card c ON c.account_id = p.account_id"
    )
    return account, burn


def _told(eyes: Eyes, name: str, before: str, after: str) -> list[str]:
    """A fact of the journal that says something else."""
    return [
        f"UPDATE activities_activity SET facts = replace(facts, '{before}', '{after}')"
        f" WHERE id = '{eyes.fact(name)[1]}'"
    ]


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
    Theft("a burn for two purchases", "10.14 tenders", "other burns than pay",
          lambda e: _told(e, "gift-told", e.fact("gift-named")[1], _burn(e)[1])),
    Theft("a burn that pays for nobody", "10.14 tenders", "pays for nothing",
          lambda e: [f"DELETE FROM activities_paid WHERE burn_id = '{_burn(e)[1]}'"]),
    Theft("a purchase that the card paid otherwise", "10.14 tenders", "does not say",
          lambda e: _told(e, "gift-paid", '"amount":900', '"amount":800'), too=("10.13",)),
    Theft("a burn in the place of another", "10.14 tenders", "another one's burn",
          lambda e: [f"UPDATE activities_activity SET external_id = 'x:1' WHERE id = '{_burn(e)[1]}'",
                     f"UPDATE activities_key SET external_id = 'x:1' WHERE activity_id = '{_burn(e)[1]}'"]),
    Theft("money that went back to nobody's card", "10.14 tenders", "returns gave back",
          lambda e: [f"UPDATE activities_returned SET slice = replace(slice, '\"points\":[', '\"points\":[1')"
                     f" WHERE purchase_id = '{e.fact('gift-paid')[1]}'"]),
    Theft("points that came back without the order they paid", "10.14 tenders", "returns gave back",
          lambda e: ["UPDATE activities_returned SET slice = replace(slice, '\"points\":[120]', '\"points\":[20]')"
                     f" WHERE purchase_id = '{e.fact('gift-told')[1]}'"]),
    Theft("a burn that is none", "10.14 tenders", "what is no burn",
          lambda e: [f"UPDATE activities_activity SET kind = 'x' WHERE id = '{e.fact('gift-named')[1]}'"],
          too=("3.8", "10.16 awards", "10.16 limits")),
    Theft("money on a card that nobody paid", "3.8", "share of a rule",
          lambda e: ["UPDATE activities_activity SET decision = replace(decision, 'gift_card', 'base')"
                     f" WHERE kind = 'card_issue' AND account_id = '{_card(e)}'"]),
)  # fmt: skip
