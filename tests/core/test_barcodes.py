"""Code 128 by what the standard says of it, read back by an eye that only knows widths."""

from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import barcodes

TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30)


def seen(code):
    """The widths of bars and spaces, as a scanner meets them."""
    found, last = [], barcodes.QUIET
    for start, wide in barcodes.bars(code):
        if found:
            found.append(start - last)
        found.append(wide)
        last = start + wide
    return found


@given(TEXTS)
def test_it_is_read_back(code):
    widths = seen(code)
    symbols, stop = widths[:-7], widths[-7:]
    assert stop == [2, 3, 3, 1, 1, 1, 2]
    read = ["".join(map(str, symbols[place : place + 6])) for place in range(0, len(symbols), 6)]
    values = [barcodes._PATTERNS.index(one) for one in read]
    assert values[0] == 104
    assert "".join(chr(value + 32) for value in values[1:-1]) == code
    assert values[-1] == (104 + sum(place * value for place, value in enumerate(values[1:-1], 1))) % 103
    assert barcodes.width(code) == 11 * (len(code) + 3) + 2 + 2 * barcodes.QUIET


def test_every_symbol_is_eleven_modules_and_no_two_are_alike():
    assert len(barcodes._PATTERNS) == len(set(barcodes._PATTERNS)) == 106 - 0
    for one in barcodes._PATTERNS:
        digits = [int(digit) for digit in one]
        assert sum(digits) == 11 and all(1 <= digit <= 4 for digit in digits)
        assert sum(digits[0::2]) % 2 == 0, "bars are even, spaces odd: that is how a scanner notices"


def test_a_known_one():
    """PJJ123C in set B has the check value 55 (its sum is 55 + 1 × 48 + … modulo 103)."""
    values = [ord(letter) - 32 for letter in "PJJ123C"]
    assert (104 + sum(place * value for place, value in enumerate(values, 1))) % 103 == 55
    assert not barcodes.fits("ЛЯТО") and not barcodes.fits("")
