"""Tries to sign in, counted in the database before they are made, whichever process answers."""

from datetime import timedelta
from typing import Final

from guerdon.core import limits
from guerdon.kit import attempts, clock

_WINDOW: Final = timedelta(seconds=limits.ATTEMPTS_SECONDS)


def count(what: str, who: str, most: int) -> None:
    """Count a try of somebody. Raises `attempts_too_many`."""
    attempts.count(what=what, who=who, most=most, window=_WINDOW, now=clock.now())


def count_place(address: str) -> None:
    """Count a try from a network address, whoever it is for. Raises `attempts_too_many`."""
    count("place", address, limits.SIGN_INS_OF_PLACE_MAX)


def forget(what: str, who: str) -> None:
    """Somebody has shown who they are: their tries count no more."""
    attempts.forget(what=what, who=who)
