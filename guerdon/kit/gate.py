"""The one input gate: text and numbers that pass it mean the same in Python, SQLite and PostgreSQL."""

import unicodedata
from typing import Final

import msgspec

from guerdon.core import errors, limits

JSON_MALFORMED = errors.declare("invalid", "json_malformed", "problem")
INPUT_REFUSED = errors.declare("invalid", "input_refused", "pointer", "reason")

# When every digit looks alike, a number that may not fit in 64 bits is found by a plain search.
_ALIKE: Final = bytes.maketrans(b"0123456789", b"0" * 10)
_LONG_NUMBER: Final = b"0" * 19
_INT_MIN: Final = -limits.INT64_MAX - 1
_decode: Final = msgspec.json.Decoder().decode
_encode: Final = msgspec.json.Encoder().encode


def clean(body: bytes, *, chars_max: int = limits.TEXT_CHARS_MAX) -> bytes:
    """The JSON text as it may be decoded: without NUL, lone surrogates, giant texts or numbers, in NFC.

    Clean input, which is nearly all input, is recognised by a few scans of the raw bytes and handed back as it is;
    only the rest is taken apart. A key said twice counts as said last. Raises `json_malformed` or `input_refused`.
    """
    if (
        b"\\u" not in body
        and _LONG_NUMBER not in body.translate(_ALIKE)
        and (len(body) <= chars_max or _has_short_texts(body, chars_max))
    ):
        if body.isascii():
            return body
        try:
            if unicodedata.is_normalized("NFC", body.decode()):
                return body
        except UnicodeDecodeError as error:
            raise JSON_MALFORMED(problem="not UTF-8") from error
    return _encode(_cleaned(read(body), "", 0, chars_max))


def read(body: bytes) -> object:
    """Decode JSON into plain values. Raises `json_malformed`."""
    try:
        return _decode(body)
    except RecursionError as error:
        raise JSON_MALFORMED(problem="nested too deeply") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise malformed(error) from error


def malformed(error: Exception) -> errors.Refusal:
    """The refusal for text that is no JSON, in the words of the decoder."""
    if isinstance(error, UnicodeDecodeError):
        return JSON_MALFORMED(problem="not UTF-8")
    if isinstance(error, RecursionError):
        return JSON_MALFORMED(problem="nested too deeply")
    return JSON_MALFORMED(problem=str(error).removeprefix("JSON is malformed: ")[:200])


def text(value: str, *, pointer: str, chars_max: int = limits.TEXT_CHARS_MAX) -> str:
    """One text from elsewhere than a body: a query parameter, a header. Raises `input_refused`."""
    if len(value) > chars_max:
        raise INPUT_REFUSED(pointer=pointer, reason="too_long")
    if value.isascii() and "\0" not in value:
        return value
    return _cleaned_text(value, pointer, chars_max)


def _has_short_texts(body: bytes, chars_max: int) -> bool:
    """Whether no text in the JSON can be longer than allowed; an escaped quote makes it uncertain."""
    if b'\\"' in body:
        return False
    end = 0  # from quote to quote, each as far away as allowed
    while len(body) - end > chars_max:
        quote = body.rfind(b'"', end, end + chars_max + 1)
        if quote < 0:
            return False
        end = quote + 1
    return True


def _cleaned(value: object, pointer: str, depth: int, chars_max: int) -> object:
    if isinstance(value, str):
        return _cleaned_text(value, pointer, chars_max)
    if isinstance(value, int) and not _INT_MIN <= value <= limits.INT64_MAX:
        raise INPUT_REFUSED(pointer=pointer, reason="out_of_range")
    if isinstance(value, list | dict) and depth >= limits.JSON_DEPTH_MAX:
        raise INPUT_REFUSED(pointer=pointer[:200], reason="too_deep")
    if isinstance(value, list):
        return [_cleaned(item, f"{pointer}/{place}", depth + 1, chars_max) for place, item in enumerate(value)]
    if isinstance(value, dict):
        return {
            _cleaned_text(name, pointer): _cleaned(item, f"{pointer}/{name}"[:200], depth + 1, chars_max)
            for name, item in value.items()
        }
    return value


def _cleaned_text(value: str, pointer: str, chars_max: int = limits.TEXT_CHARS_MAX) -> str:
    if len(value) > chars_max:
        raise INPUT_REFUSED(pointer=pointer, reason="too_long")
    if "\0" in value:
        raise INPUT_REFUSED(pointer=pointer, reason="nul")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise INPUT_REFUSED(pointer=pointer, reason="surrogate") from error
    return unicodedata.normalize("NFC", value)
