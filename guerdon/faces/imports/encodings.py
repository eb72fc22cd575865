"""Bytes that are no text in the declared encoding: which encoding would make words of them."""

import re
from typing import Final

from guerdon.faces.imports.faults import excerpt

OTHERS: Final = ("cp1251", "cp1254", "iso-8859-9", "utf-16")
EXCERPT_CHARS_MAX: Final = 40
_TURKISH_ONLY: Final = frozenset("ğĞıİşŞ")
_TURKISH: Final = _TURKISH_ONLY | frozenset("çÇöÖüÜâÂîÎûÛ")
_RUN: Final = re.compile(r"[^\W\d_a-zA-Z]{3,}")
_KEPT: Final = ("\udc80", "\udcff")  # what undecodable bytes are kept as


def undecoded(text: str) -> bool:
    """Whether the text keeps bytes that are no text in the declared encoding."""
    return any(_KEPT[0] <= letter <= _KEPT[1] for letter in text)


def advice(text: str, declared: str) -> str:
    """What to write into the mapping so that the bytes in `text`, kept by surrogateescape, become words."""
    octets = text.encode(declared, "surrogateescape")
    found = _guess(octets, declared)
    others = ", ".join(one for one in OTHERS if one != found)
    if found is None:
        return f"Say `encoding` under `file` in the mapping: {others}."
    read = excerpt(octets.decode(found), EXCERPT_CHARS_MAX)
    return f"Try `encoding: {found}` under `file` in the mapping: it reads “{read}”. Others are {others}."


def _guess(octets: bytes, declared: str) -> str | None:
    """UTF-8 where it fits; Cyrillic where long runs are beyond ASCII; Turkish or Western where single letters are."""
    for encoding in ("utf-8", "cp1251", "cp1254", "cp1252"):
        text = _decoded(octets, encoding)
        if encoding == declared or text is None:
            continue
        beyond = {letter for letter in text if not letter.isascii()}
        if not all(letter.isalpha() for letter in beyond):
            continue
        turkish = beyond <= _TURKISH and not beyond.isdisjoint(_TURKISH_ONLY)
        fits = {"cp1251": _is_cyrillic(octets, text), "cp1254": turkish}
        if fits.get(encoding, True):
            return encoding
    return None


def _is_cyrillic(octets: bytes, text: str) -> bool:
    """Whether whole words are beyond ASCII, and not such as Turkish has."""
    whole = _RUN.search(text) is not None or not any(letter.isascii() and letter.isalpha() for letter in text)
    other = _decoded(octets, "cp1254") or ""
    return whole and not {letter for letter in other if not letter.isascii()} <= _TURKISH


def _decoded(octets: bytes, encoding: str) -> str | None:
    try:
        return octets.decode(encoding)
    except UnicodeDecodeError:
        return None
