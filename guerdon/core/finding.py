"""What a name is found by: its words in one plain spelling, whole and as far as somebody has typed them."""

import unicodedata
from typing import Final

from guerdon.core import errors, limits

SEARCH_TOO_SHORT = errors.declare("invalid", "search_too_short", "letters_min")

_BREVE: Final = "\u0306"
_SHORT_I: Final = "и" + _BREVE  # й is a letter of its own in Cyrillic, not и with a mark


def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without case and accents, with one i, each once.

    Turkish writes İ/i and I/ı, keyboards and passports only I/i: here all four are one letter. й stays what it is.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).replace("ı", "i")
    kept = "".join(_letter(plain, place) for place in range(len(plain)))
    parts = "".join(letter if letter.isalnum() else " " for letter in unicodedata.normalize("NFC", kept)).split()
    return tuple(dict.fromkeys(part[: limits.FOUND_LETTERS_MAX] for part in parts))[: limits.FOUND_WORDS_MAX]


def _letter(plain: str, place: int) -> str:
    if not unicodedata.combining(plain[place]):
        return plain[place]
    return _BREVE if plain[place - 1 : place + 1] == _SHORT_I else ""


def marks(name: str | None) -> frozenset[str]:
    """All that a name is found by: every word whole, and its beginnings from the second letter on."""
    found: set[str] = set()
    for word in words(name or ""):
        found.add(_whole(word))
        found |= {_beginning(word[:letters]) for letters in range(limits.FOUND_LETTERS_MIN, len(word) + 1)}
    return frozenset(found)


def asked(text: str) -> tuple[str, ...]:
    """The marks that a name must have to be found: all words, the last as its beginning; the longest word, which is
    likely to be the rarest, first. None where no word is long enough to find anybody."""
    typed = words(text)
    if max(map(len, typed), default=0) < limits.FOUND_LETTERS_MIN:
        return ()
    *before, last = typed
    ending = _beginning(last) if len(last) >= limits.FOUND_LETTERS_MIN else _whole(last)
    return tuple(sorted({*map(_whole, before), ending}, key=lambda mark: (-len(mark), mark)))


def _whole(word: str) -> str:
    return f"={word}"


def _beginning(word: str) -> str:
    return f"^{word}"
