"""One text of a page, in every language."""

from typing import NamedTuple


class Words(NamedTuple):
    """One text of a page; facts stand in braces."""

    en: str
    bg: str
    tr: str
