"""Phone numbers as they are dialled at home: one written form, and none for what is no number there."""

import pytest

from guerdon.core import phones


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("088 123 4567", "BG", "+359881234567"), ("02/981-42-00", "BG", "+35929814200"),
        ("00359 88 123 4567", "BG", "+359881234567"), ("+359 88 123 4567", "BG", "+359881234567"),
        ("0532 123 45 67", "TR", "+905321234567"), ("02 1234 5678", "IT", "+390212345678"),  # whose 0 stays
        ("612 345 678", "ES", "+34612345678"), ("(201) 555-0123", "US", "+12015550123"),
        ("088 123 4567", None, None), ("12345", "BG", None), ("+49 30 123456", "BG", None), ("0888-CARD", "BG", None),
        ("", "BG", None), ("99887766554433221100", "BG", None),
    ],
)  # fmt: skip
def test_a_number_of_the_country_gets_its_one_form(text, country, number):
    assert phones.international(text, country) == number
