"""Who signs in with an address becomes a user by it, is sent a code, and sets a password, each in a transaction."""

from datetime import datetime

from guerdon.core.letters import Recipient
from guerdon.engine import letters, posting
from guerdon.features.users import actions
from guerdon.kit import clock, store


def known(*, email: str, now: datetime) -> str:
    """The id of the user of this address, made where there was none yet. Raises `identifier_invalid`."""
    return store.committed(lambda at_hand: actions.make(at_hand, email=email, now=now))


def set_password(*, user_id: str, hashed: str) -> None:
    """Give a user a password, by what is kept of it."""
    store.committed(lambda at_hand: actions.set_password(at_hand, user_id=user_id, hashed=hashed))


def send_code(*, programme_id: str, to: Recipient, code: str, valid_minutes: int, now: datetime) -> None:
    """Send a code to sign in with; straight away, or by a worker where that can't be. Raises `letters_off`."""
    letter = store.committed(
        lambda at_hand: letters.sign_in(
            at_hand, programme_id=programme_id, to=to, code=code, valid_minutes=valid_minutes, now=now
        )
    )
    posting.carry_one(letter, now=clock.now)
