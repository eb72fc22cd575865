"""What a name is found by: its words in one plain spelling, whole and as far as somebody has typed them."""

import re
import unicodedata
from typing import Final

from guerdon.core import errors, limits

SEARCH_TOO_SHORT = errors.declare("invalid", "search_too_short", "letters_min")

# How Bulgarian names are written in passports (Law on Transliteration, 2009); beside it the other letters of Russian,
# Ukrainian, Macedonian and Serbian. What is left of й without its mark is и, and both are an i here.
_LATIN: Final = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l",
        "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts",
        "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ь": "y", "ю": "yu", "я": "ya", "ы": "y", "э": "e", "є": "ye",
        "і": "i", "ґ": "g", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj", "џ": "dzh", "ѕ": "dz",
        "ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
    }
)  # fmt: skip
_ONE_I: Final = re.compile("[iy]+")


def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without case and accents, in Latin letters, with one i, each once.

    Turkish writes İ/i and I/ı, keyboards and passports only I/i: here all four are one letter. So is y, as Йоана is
    Yoana and Ioana, and two of them in a row, as Мария is Mariya and Maria: also where only the beginning is typed.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_LATIN)
    kept = _ONE_I.sub("i", bare)
    parts = "".join(letter if letter.isalnum() else " " for letter in unicodedata.normalize("NFC", kept)).split()
    return tuple(dict.fromkeys(part[: limits.FOUND_LETTERS_MAX] for part in parts))[: limits.FOUND_WORDS_MAX]


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
