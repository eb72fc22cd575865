"""Money in integer minor units, for currencies with 0, 2 or 3 decimals."""

import re
from typing import Final

import msgspec

from guerdon.core import errors, limits

MONEY_INVALID = errors.declare("invalid", "money_invalid", "text", "reason")

# ISO 4217: the active currencies; those not listed below under another number have two decimals.
_CODES: Final = frozenset(
    """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
    USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG""".split()  # noqa: SIM905 - three readable lines instead of 154 quoted ones
)
_WHOLE: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THOUSANDTHS: Final = "BHD IQD JOD KWD LYD OMR TND"
_DECIMALS: Final = dict.fromkeys(_WHOLE.split(), 0) | dict.fromkeys(_THOUSANDTHS.split(), 3)
_LONG: Final = re.compile(r"\+?\d{17,}(?:\.\d{1,6})?\Z", re.ASCII)  # a number, but no amount
_NUMBER: Final = re.compile(r"([+-]?)(\d{1,16})(?:\.(\d{1,6}))?\Z", re.ASCII)


class Money(msgspec.Struct, frozen=True, order=True):
    """An amount in minor units (cents, yen, fils) of one currency."""

    amount: int
    currency: str

    def __str__(self) -> str:
        return f"{plain(self.amount, decimals(self.currency))} {self.currency}"


def known(currency: str) -> bool:
    """Whether the code is an active ISO 4217 currency."""
    return currency in _CODES


def decimals(currency: str) -> int:
    """How many decimals the currency has: 0, 2 or 3."""
    return _DECIMALS.get(currency, 2)


def scaled(text: str, scale: int) -> int:
    """Read a plain decimal number as an integer of `scale` decimals; refuse what would need rounding."""
    match = _NUMBER.match(text.strip())
    if match is None:
        raise MONEY_INVALID(text=text[:40], reason="too_large" if _LONG.match(text.strip()) else "not_a_number")
    sign, whole, fraction = match.group(1), match.group(2), match.group(3) or ""
    if len(fraction.rstrip("0")) > scale:
        raise MONEY_INVALID(text=text[:40], reason="too_many_decimals")
    number = int(whole + fraction.rstrip("0").ljust(scale, "0"))
    if number > limits.MONEY_MAX:
        raise MONEY_INVALID(text=text[:40], reason="too_large")
    return -number if sign == "-" else number


def parse(text: str, *, currency: str) -> int:
    """Read `12.34` as minor units of the currency, exactly."""
    return scaled(text, decimals(currency))


def plain(number: int, scale: int) -> str:
    """Write an integer of `scale` decimals as a plain number: 1234, 2 → `12.34`."""
    if scale == 0:
        return str(number)
    sign = "-" if number < 0 else ""
    digits = str(abs(number)).rjust(scale + 1, "0")
    return f"{sign}{digits[:-scale]}.{digits[-scale:]}"
