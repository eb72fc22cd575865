"""Codes that people read, type and scan: no look-alike letters, more than 50 bits, one of them a check (LAW 8.3)."""

from collections.abc import Iterable
from typing import Final

# Neither 0 O Q D, 1 I L, 2 Z, 5 S, 8 B nor U V W meet in it; being 23, a prime, is what makes the check sound.
ALPHABET: Final = "2346789ACDEFGHJKMNPRTXY"
RANDOM: Final = 12  # letters drawn by chance: 23^12 codes, 54.3 bits
LENGTH: Final = RANDOM + 1
ENDING: Final = 4  # letters that may be told of a code: the others hold 36 bits
_VALUES: Final = {letter: value for value, letter in enumerate(ALPHABET)}
_SEPARATORS: Final = str.maketrans("", "", " -–\t")  # and what phones make of a hyphen


def made(numbers: Iterable[int]) -> str:
    """The code of so many numbers below 23, drawn by chance, with its check letter.

    The letters' values, weighed by their places from 1 on, add up to a multiple of 23, so that one wrong letter and
    two exchanged ones are always noticed (the rule of ISBN-10, ISO 2108:1992, in another base).
    """
    values = tuple(numbers)
    assert len(values) == RANDOM and all(0 <= value < len(ALPHABET) for value in values)
    # LENGTH · check ≡ −Σ place · value, solved for the check by the inverse of LENGTH.
    check = -_weighed(values) * pow(LENGTH, -1, len(ALPHABET)) % len(ALPHABET)
    return "".join(ALPHABET[value] for value in (*values, check))


def read(typed: str) -> str | None:
    """The code as it is stored, however it was typed: in small letters, with blanks or hyphens. None: it is not one."""
    code = typed.translate(_SEPARATORS).upper()
    values = [_VALUES.get(letter) for letter in code]
    if len(code) != LENGTH or None in values:
        return None
    return code if _weighed(value for value in values if value is not None) % len(ALPHABET) == 0 else None


def shown(code: str) -> str:
    """The code in groups that can be read aloud, like `A2C4-E6G7-J9KMX`."""
    return "-".join(part for part in (code[:4], code[4:8], code[8:]) if part)


def ending(typed: str) -> str:
    """The last letters of a code, by which whoever has it knows it again; none of what is no code."""
    return (read(typed) or "")[-ENDING:]


def _weighed(values: Iterable[int]) -> int:
    return sum(place * value for place, value in enumerate(values, 1))
