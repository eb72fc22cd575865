"""Amounts as Stripe counts them: in its own minor units, which are not everywhere those of ISO 4217."""

from typing import Final

from guerdon.core import money
from guerdon.kit.payments.port import Troubled

# Without decimals at Stripe (docs.stripe.com/currencies): those of ISO 4217, but for two that it still counts with two,
# and the ariary, which ISO counts with two.
_WHOLE: Final = frozenset(
    {
        "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
    }
)  # fmt: skip
_THOUSANDTHS: Final = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})  # of which the last digit must be 0


def _decimals(currency: str) -> int:
    return 0 if currency in _WHOLE else 3 if currency in _THOUSANDTHS else 2


def _scaled(amount: int, more: int) -> tuple[int, int]:
    """The amount with so many decimals more, or fewer, and what is left over then."""
    if more >= 0:
        return amount * int(10**more), 0
    return divmod(amount, int(10**-more))


def outward(amount: int, currency: str) -> int:
    """Our minor units as Stripe's. Raises Troubled for what Stripe cannot take exactly."""
    exact, rest = _scaled(amount, _decimals(currency) - money.decimals(currency))
    whole = currency in _THOUSANDTHS or (currency in ("ISK", "UGX"))
    if rest or (whole and exact % (10 if currency in _THOUSANDTHS else 100)):
        raise Troubled(f"{money.Money(amount, currency)} can't be charged exactly", passing=False)
    return exact


def inward(amount: int, currency: str) -> int:
    """Stripe's minor units as ours. Raises Troubled for a part of our smallest one."""
    exact, rest = _scaled(amount, money.decimals(currency) - _decimals(currency))
    if rest:
        raise Troubled(f"{amount} of {currency} is no amount of ours", passing=False)
    return exact
