"""Where somebody probably is, by the languages of the browser and by its clock: a currency and a time zone to begin
with."""

from functools import cache
from importlib import resources
from typing import Final
from zoneinfo import available_timezones

_ELSEWHERE: Final = ("EUR", "UTC")
_REGIONS: Final = {
    "AT": ("EUR", "Europe/Vienna"), "AU": ("AUD", "Australia/Sydney"), "BE": ("EUR", "Europe/Brussels"),
    "BG": ("EUR", "Europe/Sofia"), "CA": ("CAD", "America/Toronto"), "CH": ("CHF", "Europe/Zurich"),
    "CZ": ("CZK", "Europe/Prague"), "DE": ("EUR", "Europe/Berlin"), "DK": ("DKK", "Europe/Copenhagen"),
    "ES": ("EUR", "Europe/Madrid"), "FR": ("EUR", "Europe/Paris"), "GB": ("GBP", "Europe/London"),
    "GR": ("EUR", "Europe/Athens"), "HR": ("EUR", "Europe/Zagreb"), "HU": ("HUF", "Europe/Budapest"),
    "IE": ("EUR", "Europe/Dublin"), "IT": ("EUR", "Europe/Rome"), "MK": ("MKD", "Europe/Skopje"),
    "NL": ("EUR", "Europe/Amsterdam"), "NO": ("NOK", "Europe/Oslo"), "PL": ("PLN", "Europe/Warsaw"),
    "PT": ("EUR", "Europe/Lisbon"), "RO": ("RON", "Europe/Bucharest"), "RS": ("RSD", "Europe/Belgrade"),
    "SE": ("SEK", "Europe/Stockholm"), "TR": ("TRY", "Europe/Istanbul"), "UA": ("UAH", "Europe/Kyiv"),
    "US": ("USD", "America/New_York"),
}  # fmt: skip
# Languages whose own country has another code; a language like `bg` is at home where its code says.
_HOMES: Final = {"cs": "CZ", "da": "DK", "el": "GR", "nb": "NO", "sr": "RS", "sv": "SE", "uk": "UA"}
_OLD: Final = ("Etc/", "SystemV/", "US/", "posix/", "right/")


# Countries by the money that is used there, where it is not the euro.
_MONEY: Final = {
    "AED": "AE", "ALL": "AL", "AMD": "AM", "ARS": "AR", "AUD": "AU CC CX KI NF NR TV", "AZN": "AZ", "BAM": "BA",
    "BDT": "BD", "BHD": "BH", "BOB": "BO", "BRL": "BR", "BWP": "BW", "BYN": "BY", "CAD": "CA", "CHF": "CH LI",
    "CLP": "CL", "CNY": "CN", "COP": "CO", "CRC": "CR", "CZK": "CZ", "DKK": "DK FO GL", "DOP": "DO", "DZD": "DZ",
    "EGP": "EG", "GBP": "GB GG IM JE", "GEL": "GE", "GHS": "GH", "GTQ": "GT", "HKD": "HK", "HNL": "HN", "HUF": "HU",
    "IDR": "ID", "ILS": "IL PS", "INR": "IN", "IQD": "IQ", "ISK": "IS", "JMD": "JM", "JOD": "JO", "JPY": "JP",
    "KES": "KE", "KGS": "KG", "KRW": "KR", "KWD": "KW", "KZT": "KZ", "LBP": "LB", "LKR": "LK", "MAD": "MA EH",
    "MDL": "MD", "MKD": "MK", "MNT": "MN", "MUR": "MU", "MXN": "MX", "MYR": "MY", "NAD": "NA", "NGN": "NG",
    "NIO": "NI", "NOK": "NO SJ", "NPR": "NP", "NZD": "NZ CK NU PN TK", "OMR": "OM", "PEN": "PE", "PHP": "PH",
    "PKR": "PK", "PLN": "PL", "PYG": "PY", "QAR": "QA", "RON": "RO", "RSD": "RS", "RUB": "RU", "RWF": "RW",
    "SAR": "SA", "SEK": "SE", "SGD": "SG", "THB": "TH", "TND": "TN", "TRY": "TR", "TWD": "TW", "TZS": "TZ",
    "UAH": "UA", "UGX": "UG", "USD": "US AS EC FM GU MH MP PR PW SV TC TL UM VG VI", "UYU": "UY", "UZS": "UZ",
    "VND": "VN", "XAF": "CM CF CG GA GQ TD", "XOF": "BF BJ CI GW ML NE SN TG", "XPF": "NC PF WF", "ZAR": "ZA",
    "ZMW": "ZM",
}  # fmt: skip
_EURO: Final = (
    "AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM TF VA XK YT"
)


def guessed(accepted: str) -> tuple[str, str]:
    """The currency and the zone of the first language of an Accept-Language header that has a home we know."""
    for part in accepted[:200].split(","):
        language, _, region = part.partition(";")[0].strip().partition("-")
        home = region.upper() or _HOMES.get(language.lower(), language.upper())
        if home in _REGIONS:
            return _REGIONS[home]
    return _ELSEWHERE


def zones() -> list[str]:
    """The time zones to choose from: those named after a place, and UTC."""
    return ["UTC", *sorted(one for one in available_timezones() if "/" in one and not one.startswith(_OLD))]


@cache
def moneys() -> dict[str, str]:
    """By time zone the currency of its country, as far as both are known."""
    money = {country: code for code, countries in _MONEY.items() for country in countries.split()}
    money |= dict.fromkeys(_EURO.split(), "EUR")
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return {row[2]: money[row[0]] for row in rows if row[0] in money}
