"""What a request brings along, read and bounded: its body as a typed value, its query as another."""

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import msgspec
from msgspec import structs

from guerdon.core import documents, errors, limits
from guerdon.faces import web
from guerdon.kit import gate

MEDIA_TYPE_UNSUPPORTED = errors.declare("invalid", "media_type_unsupported", "got")
BODY_TOO_LARGE = errors.declare("invalid", "body_too_large", "bytes_max")
TOO_LARGE: Final = "guerdon.too_large"  # in the environment of a page whose form was too large: `cut`, or `gone`
QUERY_MALFORMED = errors.declare("invalid", "query_malformed", "problem")

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

_JSON: Final = b"application/json"
_MEDIA: Final = re.compile(
    rb"application/(?:json|merge-patch\+json)\s*(?:;\s*charset=\"?utf-8\"?\s*)?\Z", re.IGNORECASE
)


class Hangup(Exception):
    """The caller closed the connection before the request was whole."""


async def body(
    decoder: msgspec.json.Decoder[Any], headers: Mapping[bytes, bytes], receive: Receive, *, chars_max: int
) -> Any:
    """The body as the value the decoder makes, its texts no longer than that.

    Raises refusals, or `Hangup` when it never came.
    """
    kind = headers.get(b"content-type", b"")
    if kind != _JSON and not _MEDIA.match(kind):
        raise MEDIA_TYPE_UNSUPPORTED(got=kind.decode("latin-1")[:80] or "nothing")
    if headers.get(b"content-encoding", b"identity") != b"identity":
        raise MEDIA_TYPE_UNSUPPORTED(got=headers[b"content-encoding"].decode("latin-1")[:80])
    announced = headers.get(b"content-length", b"0")
    if len(announced) > 6 and int(announced) > limits.BODY_BYTES_MAX:
        raise BODY_TOO_LARGE(bytes_max=limits.BODY_BYTES_MAX)
    message = await receive()
    if message.get("more_body") or message["type"] != "http.request":
        raw = await _rest(message, receive)
    else:
        raw = message.get("body", b"")
        if len(raw) > limits.BODY_BYTES_MAX:
            raise BODY_TOO_LARGE(bytes_max=limits.BODY_BYTES_MAX)
    return decoded(decoder, raw, chars_max=chars_max)


def decoded(decoder: msgspec.json.Decoder[Any], raw: bytes, *, chars_max: int = limits.TEXT_CHARS_MAX) -> Any:
    """JSON as the value the decoder makes, its texts no longer than that.

    Raises `json_malformed`, `input_refused` or `value_refused`.
    """
    clean = gate.clean(raw, chars_max=chars_max)
    try:
        return decoder.decode(clean)
    except msgspec.ValidationError as error:
        raise web.misfit(error, body=clean, kind=decoder.type) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise gate.malformed(error) from error


async def _rest(message: MutableMapping[str, Any], receive: Receive) -> bytes:
    """A body that comes in pieces, never more of it than allowed."""
    parts: list[bytes] = []
    size = 0
    while True:
        if message["type"] != "http.request":
            raise Hangup
        part = message.get("body", b"")
        size += len(part)
        if size > limits.BODY_BYTES_MAX:
            raise BODY_TOO_LARGE(bytes_max=limits.BODY_BYTES_MAX)
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)
        message = await receive()


def query(kind: type[Any], raw: bytes) -> Any:
    """The query as a value of the kind. Raises `query_malformed`, `input_refused` or `value_refused`."""
    given: dict[str, str] = {}
    for name, value in _pairs(raw):
        if name in given:
            raise QUERY_MALFORMED(problem=f"“{name[:40]}” is given twice")
        given[name] = gate.text(value, pointer=f"?{name}"[:60])
    try:
        found = msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise web.misfit(error, query=True) from error
    if b"null" in raw.lower():
        _check_said(given, found)
    return found


def _check_said(given: Mapping[str, str], found: Any) -> None:
    """A word in a query is never nothing, as msgspec takes `null` to be where a number or a choice may be none."""
    for field in structs.fields(found):
        if field.encode_name in given and getattr(found, field.name) is None:
            place = documents.under("", field.encode_name)[1:]
            raise web.VALUE_REFUSED(pointer=f"?{place}", reason="wrong_type", hint="wrong_type")


def next_query(raw: bytes, cursor: str) -> str:
    """The query of the next page: the same one with another cursor."""
    kept = [(name, value) for name, value in _pairs(raw) if name != "cursor"]
    return urlencode([*kept, ("cursor", cursor)])


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=limits.PARAMETERS_MAX
        )
    except ValueError as error:
        raise QUERY_MALFORMED(problem="it is not an encoded query, or too long") from error
