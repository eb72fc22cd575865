"""API keys are made, revoked, and noted to have been used, each in a transaction of its own."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from guerdon.features.keys import actions
from guerdon.features.keys.queries import KeyRow
from guerdon.kit import store


def make(*, programme_id: str, name: str, scopes: Iterable[str], now: datetime) -> tuple[KeyRow, str]:
    """Make a key; answers its row and the key itself, which is shown this once.

    Raises `scope_unknown` and `key_name_invalid`.
    """
    wanted = tuple(scopes)
    return store.committed(
        lambda at_hand: actions.create(at_hand, programme_id=programme_id, name=name, scopes=wanted, now=now)
    )


def revoke(*, key_id: str, now: datetime) -> KeyRow:
    """End a key; revoking it again changes nothing. Raises `key_unknown`."""
    return store.committed(lambda at_hand: actions.revoke(at_hand, key_id=key_id, now=now))


def note_use(used: Mapping[str, datetime]) -> None:
    """Write away when keys were last used, by their ids."""
    if used:
        store.committed(lambda at_hand: actions.note_use(at_hand, used))
