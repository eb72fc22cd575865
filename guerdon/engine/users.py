"""Who signs in with an address becomes a user by it, is sent a code, and sets a password, each in a transaction."""

from datetime import datetime

from guerdon.core.letters import Changed, Recipient
from guerdon.engine import letters, posting
from guerdon.features.users import actions, queries
from guerdon.kit import clock, store
from guerdon.kit.store import Store


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


def tell(*, user_id: str, programme_id: str, shown: str | None, language: str, changed: Changed, now: datetime) -> None:
    """Tell somebody that a way in of theirs changed: at the addresses by which programmes know their staff.

    Who is no staff is told where they have `shown` to be reached, in the name of the programme.
    """

    def write(at_hand: Store) -> None:
        known = {one.email.casefold(): one for one in queries.of_user(at_hand, user_id)}
        for one in known.values():
            to = Recipient(one.email, one.name or None, language)
            letters.notice(at_hand, one.programme_id, to, changed, now=now)
        if not known and shown is not None:
            letters.notice(at_hand, programme_id, Recipient(shown, language=language), changed, now=now)

    store.committed(write)
