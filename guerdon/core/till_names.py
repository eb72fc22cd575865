"""How acts at a till are named: the day there, chance, and whose act it is, by the end of the cashier's id."""

import re
from typing import Final

_MARK_CHARS: Final = 12
_TOKEN: Final = re.compile(rf"\d{{8}}-[0-9a-f]{{32}}-[0-9a-f]{{{_MARK_CHARS}}}\Z")
_NUMBER: Final = re.compile(r"\d{8}-[0-9a-f]{12}\Z")
_NUMBER_CHARS: Final = 21
UNDO: Final = "undo"  # the source of the return by which a purchase is undone as a slip of a till
SOURCES: Final = "till:"  # how the source of what is told at a till begins


def is_token(text: str) -> bool:
    """Whether a text names an act at a till."""
    return _TOKEN.match(text) is not None


def number(token: str) -> str:
    """The number of a receipt: of what a till named the day and the instant, else the whole name."""
    return token[:_NUMBER_CHARS] if is_token(token) else token


def is_number(text: str) -> bool:
    """Whether a text is the number of a receipt of a till, by which the names of acts begin."""
    return len(text) == _NUMBER_CHARS and _NUMBER.match(text) is not None


def is_till(source: str) -> bool:
    """Whether what a source tells happened at a till."""
    return source.startswith(SOURCES)


def mark(user_id: str) -> str:
    """By what a cashier is known in the names of acts."""
    return user_id[-_MARK_CHARS:]


def whose(token: str) -> str:
    """The mark of who did what is named so; nothing for what was named elsewhere."""
    return token[-_MARK_CHARS:] if is_token(token) else ""
