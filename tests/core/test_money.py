"""Money is exact: what is written is read back, nothing is rounded on the way, and what would need it is refused."""

from decimal import Decimal

import hypothesis
import pytest
from hypothesis import strategies as st

from guerdon.core import limits, money
from guerdon.core.errors import Refusal

scales = st.integers(0, limits.SCALE_MAX)
numbers = st.integers(-limits.MONEY_MAX, limits.MONEY_MAX)


@hypothesis.given(numbers, scales)
def test_what_is_written_is_read_back(number, scale):
    text = money.plain(number, scale)
    assert money.scaled(text, scale) == number
    assert Decimal(text) == Decimal(number).scaleb(-scale)


@hypothesis.given(numbers, scales, st.integers(0, 3))
def test_zeros_at_the_end_mean_nothing(number, scale, zeros):
    text = money.plain(number, scale)
    longer = (text if "." in text else text + ".0") + "0" * zeros
    if len(longer.partition(".")[2]) <= limits.SCALE_MAX:
        assert money.scaled(longer, scale) == number


@hypothesis.given(numbers, st.integers(0, limits.SCALE_MAX - 1), st.integers(1, 9))
def test_a_decimal_too_many_is_refused_never_rounded(number, scale, digit):
    text = money.plain(number, scale)
    longer = (text if "." in text else text + ".") + str(digit)
    with pytest.raises(Refusal) as refusal:
        money.scaled(longer, scale)
    assert refusal.value.facts["reason"] == "too_many_decimals"


@pytest.mark.parametrize(
    "text", ["", " ", ".", "1.", ".5", "1,5", "1e3", "1_000", "0x1", "--1", "+-1", "1 2", "NaN", "١٢", "1.2.3", "€1"]
)
def test_what_is_no_plain_number_is_refused(text):
    with pytest.raises(Refusal) as refusal:
        money.scaled(text, 2)
    assert refusal.value.facts["reason"] == "not_a_number"


@pytest.mark.parametrize("text", [money.plain(limits.MONEY_MAX + 1, 2), "9" * 16, "-" + "9" * 16])
def test_what_is_too_large_is_refused(text):
    with pytest.raises(Refusal) as refusal:
        money.scaled(text, 2)
    assert refusal.value.facts["reason"] == "too_large"


@pytest.mark.parametrize(
    ("currency", "text", "minor"),
    [("EUR", "12.34", 1234), ("EUR", "-0.01", -1), ("JPY", "500", 500), ("KWD", "1.234", 1234), ("TRY", "+7.5", 750),
     ("BGN", "0.00", 0), ("CLP", "10.0", 10), ("BHD", "0.005", 5)],
)  # fmt: skip
def test_currencies_have_their_decimals(currency, text, minor):
    assert money.known(currency)
    assert money.parse(text, currency=currency) == minor
    assert money.parse(money.plain(minor, money.decimals(currency)), currency=currency) == minor


@pytest.mark.parametrize(("currency", "text"), [("JPY", "1.5"), ("EUR", "0.001"), ("KWD", "0.0001")])
def test_no_currency_takes_a_decimal_more(currency, text):
    with pytest.raises(Refusal):
        money.parse(text, currency=currency)


@pytest.mark.parametrize("currency", ["eur", "XXX", "EURO", "", "XAU", "DEM"])
def test_what_is_no_currency_is_none(currency):
    assert not money.known(currency)


def test_money_shows_its_currency():
    assert str(money.Money(1234, "EUR")) == "12.34 EUR"
    assert str(money.Money(-5, "KWD")) == "-0.005 KWD"
    assert str(money.Money(500, "JPY")) == "500 JPY"


def test_nothing_has_no_sign():
    assert [money.plain(number, 2) for number in (0, -1, 5)] == ["0.00", "-0.01", "0.05"]
