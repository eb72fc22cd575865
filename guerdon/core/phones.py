"""Phone numbers as they are dialled at home, made international: the plan of each country is Google's."""

from functools import cache

import phonenumbers


@cache
def countries() -> frozenset[str]:
    """The ISO codes of the countries whose numbers are known."""
    return frozenset(phonenumbers.SUPPORTED_REGIONS)


def international(text: str, country: str | None) -> str | None:
    """The number with + and the country's, like +359881234567; None for what is no number of the country."""
    if country is None or any(letter.isalpha() for letter in text):
        return None
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number_for_region(number, country):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
