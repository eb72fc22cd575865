"""The port to whoever takes money: ask for it, give it back, follow what repeats; amounts in minor units."""

import os
from typing import Final, Literal, Protocol

import msgspec

from guerdon.core import errors

PROVIDER_OFF = errors.declare("invalid", "provider_off", "provider")

Follow = Literal["active", "ending", "paused", "cancelled"]  # what a provider is to do with what repeats
SUCCESS_URL: Final = "GUERDON_PAYMENT_SUCCESS_URL"  # where payers are led back to, from the environment
CANCEL_URL: Final = "GUERDON_PAYMENT_CANCEL_URL"


class Repeats(msgspec.Struct, frozen=True):
    """The same amount again every so many months, for the first time at `starts` (seconds since 1970) or at once."""

    months: int
    amount: int
    starts: int | None = None


class Asking(msgspec.Struct, frozen=True):
    """Money that is asked for; `id` names it for the provider, so that asking twice asks once."""

    id: str
    group: str  # what it belongs to, for the provider's own news
    amount: int
    currency: str
    about: str  # what the payer reads
    repeats: Repeats | None = None


class Opened(msgspec.Struct, frozen=True):
    """Where a payment is taken, and by which names of its own (kind, value) the provider will speak of it."""

    url: str
    names: tuple[tuple[str, str], ...] = ()


class Troubled(Exception):
    """The provider did not do it. `passing` says that the same may succeed later."""

    def __init__(self, told: str, *, passing: bool) -> None:
        super().__init__(told)
        self.passing = passing


class Provider(Protocol):
    """One way of taking money. Every call may be made again with the same id and then does nothing more."""

    def open(self, asking: Asking) -> Opened:
        """Ask for money. Raises Troubled."""

    def close(self, session: str) -> None:
        """Take no money under this name any more; nothing is to be done where it has been taken. Raises Troubled."""

    def give_back(self, *, id: str, names: dict[str, str], amount: int, currency: str) -> None:
        """Give so much of the money with these names back. Raises Troubled."""

    def follow(self, subscription: str, wanted: Follow) -> None:
        """Let what repeats go on, rest, or end. Raises Troubled."""


def back_urls() -> tuple[str, str]:
    """Where payers are led back to: after paying, and without."""
    success = os.environ.get(SUCCESS_URL) or "https://localhost/paid"
    return success, os.environ.get(CANCEL_URL) or success
