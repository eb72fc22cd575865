"""The words of pages, side by side in every language, so that none is missing where another one is."""

from typing import Final

from guerdon.faces.words import guide, letters, page
from guerdon.faces.words.text import Words

TABLES: Final[dict[str, dict[str, Words]]] = {"page": page.WORDS, "guide": guide.WORDS, "letters": letters.WORDS}


def say(key: str, language: str, **facts: object) -> str:
    """The text of a key like `page.close` in a language: the file where it stands, and its name there.

    Raises KeyError for a text that nobody wrote, or a fact that it is not told.
    """
    table, _, name = key.partition(".")
    text: str = getattr(TABLES[table][name], language)
    return text.format(**facts) if facts else text
