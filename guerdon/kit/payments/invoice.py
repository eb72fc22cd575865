"""Money by invoice: staff writes it, waits for it, and says that it has come; nothing goes out by itself."""

from guerdon.kit.payments.port import Asking, Follow, Opened


class ByHand:
    """What every provider does, done by people: the answer is only that nothing is left for a program to do."""

    def open(self, asking: Asking) -> Opened:
        """Nobody is to be asked but the member, by the staff that sees the payment."""
        return Opened("")

    def close(self, session: str) -> None:
        """Nothing is open but what staff knows of."""

    def give_back(self, *, id: str, names: dict[str, str], amount: int, currency: str) -> None:
        """The staff that gave the period back gives the money back, too."""

    def follow(self, subscription: str, wanted: Follow) -> None:
        """Nothing repeats by itself."""
