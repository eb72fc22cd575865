"""Every read of gift cards: by their codes, and by their accounts."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.core import cards
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store

_ONE = Statement(
    "SELECT code, account_id, unit, made_at FROM cards_card WHERE programme_id = :programme AND code = :code"
)
_OF_CODES = Statement(
    "SELECT code, account_id, unit, made_at FROM cards_card WHERE programme_id = :programme AND code = ANY(:codes)",
    sqlite="SELECT code, account_id, unit, made_at FROM cards_card WHERE programme_id = :programme"
    " AND code IN (SELECT value FROM json_each(:codes))",
)
_OF_ACCOUNT = Statement(
    "SELECT code, account_id, unit, made_at FROM cards_card WHERE programme_id = :programme AND account_id = :account"
)


class Card(msgspec.Struct, frozen=True):
    """A gift card: its code, and the account that holds what is on it."""

    code: str
    account_id: str
    unit: str
    made_at: datetime


def one(store: Store, programme_id: str, code: str) -> Card:
    """The card with the code (stored form). Raises `gift_card_unknown`."""
    rows = store.fetch(_ONE, programme=programme_id, code=code)
    if not rows:
        raise cards.GIFT_CARD_UNKNOWN()
    return _card(rows[0])


def of_codes(store: Store, programme_id: str, codes: Sequence[str]) -> list[Card]:
    """The cards with these codes (stored form), as far as there are any."""
    return [_card(row) for row in store.fetch(_OF_CODES, programme=programme_id, codes=list(codes))]


def of_account(store: Store, programme_id: str, account_id: str) -> Card | None:
    """The card of an account; None for one that is none's."""
    rows = store.fetch(_OF_ACCOUNT, programme=programme_id, account=account_id)
    return _card(rows[0]) if rows else None


def _card(row: tuple[str, str, str, int]) -> Card:
    code, account, unit, made_at = row
    return Card(code, account, unit, clock.instant(made_at))
