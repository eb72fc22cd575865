"""Numbers as people type them: what is understood, and what is said of all else, in three languages."""

import re

import pytest

from guerdon.core.errors import Refusal
from guerdon.faces import posted, refusals, typed
from guerdon.faces.refusals import people

UNDERSTOOD = [
    ("12.40", 2, "EUR", 1240), ("12,40", 2, "EUR", 1240), ("12", 2, "EUR", 1200), ("12.4", 2, "EUR", 1240),
    (" 12.40 ", 2, "EUR", 1240), ("\u00a012.40", 2, "EUR", 1240), ("+12", 2, "EUR", 1200), ("012", 2, "EUR", 1200),
    ("12.", 2, "EUR", 1200), (".50", 2, "EUR", 50), (",5", 2, "EUR", 50), ("0.500", 2, "EUR", 50),
    ("12.4000", 2, "EUR", 1240), ("€12.40", 2, "EUR", 1240), ("12,40 €", 2, "EUR", 1240), ("12.40 eur", 2, "EUR", 1240),
    ("EUR 12.40", 2, "EUR", 1240), ("12 лв.", 2, "BGN", 1200), ("₺12", 2, "TRY", 1200), ("12 TL", 2, "TRY", 1200),
    ("1 234.50", 2, "EUR", 123450), ("1,234.50", 2, "EUR", 123450), ("1.234,50", 2, "EUR", 123450),
    ("1\u202f234,50", 2, "EUR", 123450), ("1'234.50", 2, "EUR", 123450), ("1\u2019234.50", 2, "EUR", 123450),
    ("1,234,567", 2, "EUR", 123456700), ("1 234", 2, "EUR", 123400), ("1.000", 3, "KWD", 1000),
    ("1200", 0, "JPY", 1200),
    ("12", 0, "", 12), ("12.0", 0, "", 12), ("1 200", 0, "", 1200), ("1.200.000", 0, "", 1200000), ("2.5", 1, "", 25),
]  # fmt: skip
REFUSED = [
    ("", 2, "EUR", "Type an amount, like 12.40."), ("  ", 0, "", "Please fill this in."),
    ("12.5", 0, "", "Only whole numbers count here. Type 12 or 13."),
    ("0,5", 0, "", "Only whole numbers count here. Type 0 or 1."),
    ("12.3456", 2, "EUR", "Digits after the point: at most 2. Type 12.34 or 12.35."),
    ("0.001", 2, "EUR", "Digits after the point: at most 2. Type 0.00 or 0.01."),
    ("2.55", 1, "", "Digits after the point: at most 1. Type 2.5 or 2.6."),
    ("1,000", 2, "EUR", "Is it 1000 or 1.00?"), ("1.000", 0, "", "Is it 1000 or 1?"),
    ("12.345", 2, "EUR", "Is it 12345 or 12.34?"), ("1.500", 2, "EUR", "Is it 1500 or 1.50?"),
    ("1e9", 2, "EUR", "Type all of its digits: 1000000000."), ("1.5E3", 0, "", "Type all of its digits: 1500."),
    ("1e-9", 2, "EUR", "This is no number. Type it like 12.40."),
    ("1e99", 0, "", "This is no number. Type it like 12."),
    ("١٢", 0, "", "Type it with the digits 0 to 9: 12."), ("१२.४०", 2, "EUR", "Type it with the digits 0 to 9: 12.40."),
    ("１２", 2, "EUR", "Type it with the digits 0 to 9: 12."),
    ("١٢٫٥", 2, "EUR", "Type it with the digits 0 to 9: 12.5."),
    ("9" * 17, 0, "", "Write 1,000,000,000,000,000 or less."),
    ("9" * 5000, 2, "EUR", "Write 100,000,000,000.00 or less."),
    ("9" * 5000 + "x", 2, "EUR", "This is no number."), ("9.99" + "9" * 5000, 2, "EUR", "Digits after the point"),
    ("1,23,4", 2, "EUR", "A point or comma stands in the wrong place. Type it like 12.40."),
    ("1.2.3", 2, "EUR", "A point or comma stands in the wrong place."), (".", 2, "EUR", "A point or comma"),
    ("1,234,56", 2, "EUR", "A point or comma"), ("1.234.50", 2, "EUR", "A point or comma"),
    ("..5", 2, "EUR", "A point or"),
    ("12 34", 2, "EUR", "Type it without blanks: 1234."), ("12 .40", 2, "EUR", "Type it without blanks: 12.40."),
    ("1 2,5", 2, "EUR", "Type it without blanks: 12.5."),
    ("$12", 2, "EUR", "Amounts are in EUR here."), ("12 USD", 2, "EUR", "Amounts are in EUR here."),
    ("12 лв", 2, "EUR", "Type only the number: 12."), ("€ 12", 0, "", "Type only the number: 12."),
    ("12 points", 0, "", "Type only the number: 12."), ("about 12.40", 2, "EUR", "Type only the number: 12.40."),
    ("12 or 13", 2, "EUR", "This is no number. Type it like 12.40."), ("abc", 2, "EUR", "This is no number."),
    ("EUR", 2, "EUR", "This is no number."), ("½", 2, "EUR", "This is no number."), ("²", 0, "", "This is no number."),
    ("0x10", 0, "", "This is no number."), ("NaN", 2, "EUR", "This is no number."),
    ("inf", 0, "", "This is no number."),
    ("<b>", 2, "EUR", "This is no number."), ("{0}", 2, "EUR", "Type only the number: 0."),
    ("-5", 2, "EUR", "Type it without a minus."), ("\u22125", 0, "", "Type it without a minus."),
    ("€ -5", 2, "EUR", "Type it without a minus."), ("0", 2, "EUR", "It must be more than 0."),
    ("0.00", 2, "EUR", "It must be more than 0."),
]  # fmt: skip


def most(currency):
    return {"most": 10**15} if not currency else {}


@pytest.mark.parametrize(("text", "scale", "currency", "number"), UNDERSTOOD)
def test_what_is_clear_is_understood(text, scale, currency, number):
    assert typed.number(text, scale=scale, at="/x", currency=currency, **most(currency)) == number


@pytest.mark.parametrize(("text", "scale", "currency", "said"), REFUSED)
def test_all_else_is_refused_at_its_field_with_what_to_type_instead(text, scale, currency, said):
    with pytest.raises(Refusal, match="value_refused") as caught:
        typed.number(text, scale=scale, at="/lines/1/amount", currency=currency, **most(currency))
    told = [posted.faults(caught.value, language) for language in refusals.LANGUAGES]
    assert all(list(each) == ["lines.1.amount"] for each in told)
    texts = [each["lines.1.amount"] for each in told]
    assert said in texts[0] and len(set(texts)) == 3
    assert all("{" not in each and "_" not in each and len(each) < 200 for each in texts)


@pytest.mark.parametrize(("text", "scale", "currency", "said"), REFUSED)
def test_every_number_that_is_proposed_is_understood_in_every_language(text, scale, currency, said):
    with pytest.raises(Refusal) as caught:
        typed.number(text, scale=scale, at="/x", currency=currency, **most(currency))
    for language in refusals.LANGUAGES:
        words = posted.fault(caught.value, language)
        for number in re.findall(r"\d+(?:[.,\u00a0]\d+)*", words):
            typed.number(number, scale=scale, at="/x", currency=currency, least=0, **most(currency))


def test_a_least_of_nothing_takes_nothing_and_a_minus_may_be_said_otherwise():
    assert typed.number("0", scale=2, at="/x", currency="EUR", least=0) == 0
    with pytest.raises(Refusal) as caught:
        typed.number("-1", scale=2, at="/x", currency="EUR", least=0, otherwise={"no_minus": "minus"})
    assert "undone or returned" in posted.fault(caught.value, "en")


def test_every_language_has_the_same_reasons():
    assert people.REASONS["en"].keys() == people.REASONS["bg"].keys() == people.REASONS["tr"].keys()
