"""Where somebody probably is, by the languages of the browser: a currency and a time zone to begin with."""

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
