"""Hypothesis strategies for the words of programmes: keys, names, labels, and what makes trouble among them."""

import unicodedata
from datetime import UTC, date, datetime
from functools import cache

from hypothesis import strategies as st

ZONES = ("Europe/Sofia", "America/New_York", "Asia/Kolkata", "America/Sao_Paulo", "Australia/Lord_Howe", "UTC")
CURRENCIES = ("EUR", "USD", "JPY", "KWD", "TRY")
LANGUAGES = ("en", "bg", "tr", "de")
# Words that a careless YAML reader or writer takes for something else.
TRAPS = (
    "yes", "No", "on", "null", "~", "true", "1", "1.00", "007", "1e3", "0x1F", "07:00", "2026-01-01", "- a", "a: b",
    "a #b", "'", '"', "{x}", "[x]", "&a", "*a", "!t", "|", ">", "%", "@", "`", "a,b", "?", ":", "=", "<<", "é", "ı",
    "İstanbul", "кафе", "a\u00a0b", "\u2028", "😀", " a", "a ", "…", "\\n", "#", "\ufffe",
)  # fmt: skip

keys = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,11}", fullmatch=True)
_letters = st.characters(exclude_categories=("Cc", "Cs", "Cn"), max_codepoint=0x1F64F)
_free = st.text(_letters, min_size=1, max_size=12) | st.sampled_from(TRAPS)
labels = _free.map(lambda text: unicodedata.normalize("NFC", text).strip()).filter(
    lambda text: bool(text) and "Cc" not in {unicodedata.category(letter) for letter in text}
)
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
_FIRST, _LAST = datetime(1990, 1, 1), datetime(2100, 12, 31)  # noqa: DTZ001 - bounds are naive, `timezones` adds UTC
instants = st.datetimes(_FIRST, _LAST, timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0) if at.microsecond % 2 else at
)
amounts = st.integers(1, 10**9)
pieces = st.integers(1, 1_000)
words = st.frozensets(labels, min_size=1, max_size=3)
scalars = (
    words
    | st.frozensets(st.integers(-(10**6), 10**6), min_size=1, max_size=3)
    | st.frozensets(st.booleans(), min_size=1, max_size=2)
)


@cache  # strategies that are built anew for every draw cost more than the drawing
def names(languages):
    """A name in each language."""
    return st.fixed_dictionaries(dict.fromkeys(languages, labels))
