"""Every write to the directory of gift cards."""

from datetime import datetime

from guerdon.kit import clock
from guerdon.kit.store import Row, Statement, Store, Table

CARDS = Table(
    "cards_card",
    {"programme_id": "uuid", "code": "text", "account_id": "uuid", "unit": "text", "made_at": "bigint"},
)
_MAKE = Statement(
    "INSERT INTO cards_card (programme_id, code, account_id, unit, made_at)"
    " VALUES (:programme, :code, :account, :unit, :now) ON CONFLICT (account_id) DO NOTHING"
)


def row(programme_id: str, *, code: str, account_id: str, unit: str, now: datetime) -> Row:
    """A new card, whose account is new, too."""
    return (programme_id, code, account_id, unit, clock.micros(now))


def make(store: Store, programme_id: str, *, code: str, account_id: str, unit: str, now: datetime) -> None:
    """Let a code lead to the account of a card, which is there; again it changes nothing."""
    store.fetch(_MAKE, programme=programme_id, code=code, account=account_id, unit=unit, now=clock.micros(now))
