"""Who takes money, by the method of a payment."""

from guerdon.kit.payments import invoice, stripe
from guerdon.kit.payments.port import PROVIDER_OFF, Provider


def of(method: str) -> Provider:
    """The provider of a method. Raises `provider_off` for one that this server has no keys for."""
    if method == "invoice":
        return invoice.ByHand()
    found = stripe.from_environment() if method == "stripe" else None
    if found is None:
        raise PROVIDER_OFF(provider=method)
    return found
