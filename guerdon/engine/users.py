"""Who signs in with an address becomes a user by it, and sets a password, each in a transaction of its own."""

from datetime import datetime

from guerdon.features.users import actions
from guerdon.kit import store


def known(*, email: str, now: datetime) -> str:
    """The id of the user of this address, made where there was none yet. Raises `identifier_invalid`."""
    return store.committed(lambda at_hand: actions.make(at_hand, email=email, now=now))


def set_password(*, user_id: str, hashed: str) -> None:
    """Give a user a password, by what is kept of it."""
    store.committed(lambda at_hand: actions.set_password(at_hand, user_id=user_id, hashed=hashed))
