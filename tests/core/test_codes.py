"""Codes: every wrong letter and every exchange is noticed, and reading forgives how a code was typed."""

from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import codes

NUMBERS = st.lists(st.integers(0, len(codes.ALPHABET) - 1), min_size=codes.RANDOM, max_size=codes.RANDOM)


@given(NUMBERS)
def test_is_read_as_it_was_made_however_it_is_typed(numbers: list[int]) -> None:
    code = codes.made(numbers)
    assert len(code) == codes.LENGTH
    for typed in (code, code.lower(), codes.shown(code), f" {codes.shown(code).replace('-', ' ')} "):
        assert codes.read(typed) == code


@given(NUMBERS, st.integers(0, codes.LENGTH - 1), st.sampled_from(codes.ALPHABET))
def test_one_wrong_letter_is_noticed(numbers: list[int], place: int, letter: str) -> None:
    code = codes.made(numbers)
    typed = code[:place] + letter + code[place + 1 :]
    assert (codes.read(typed) == code) is (letter == code[place])


@given(NUMBERS, st.integers(0, codes.LENGTH - 1), st.integers(0, codes.LENGTH - 1))
def test_two_letters_exchanged_are_noticed(numbers: list[int], one: int, other: int) -> None:
    code = codes.made(numbers)
    letters = list(code)
    letters[one], letters[other] = letters[other], letters[one]
    typed = "".join(letters)
    assert codes.read(typed) == (code if typed == code else None)


def test_what_is_no_code_is_none() -> None:
    for typed in ("", "A2C4", "O0O0O0O0O0O0O", "💳" * codes.LENGTH, codes.made([0] * codes.RANDOM) + "2"):
        assert codes.read(typed) is None


def test_has_the_bits_the_law_asks_for() -> None:
    assert len(codes.ALPHABET) ** codes.RANDOM >= 2**50
    assert len(set(codes.ALPHABET)) == 23
