"""From a refusal to an answer on the web, once for all faces: status, sentence, facts, and the places it speaks of."""

import re
from typing import Final

import msgspec

from guerdon.core import documents, errors
from guerdon.core.errors import Fact, Family, Kind, Refusal
from guerdon.faces import refusals

ROUTE_UNKNOWN = errors.declare("unknown", "route_unknown")
METHOD_NOT_ALLOWED = errors.declare("invalid", "method_not_allowed", "method", "allowed")
KEY_MISSING = errors.declare("forbidden", "key_missing")
SCOPE_MISSING = errors.declare("forbidden", "scope_missing", "scope")
SERVER_BUSY = errors.declare("busy", "server_busy", "retry_after_seconds")
VALUE_REFUSED = errors.declare("invalid", "value_refused", "pointer", "reason", "problem")
INTERNAL = errors.declare("busy", "internal", "request")
DATABASE_UNAVAILABLE = errors.declare("busy", "database_unavailable", "retry_after_seconds")

STATUS: Final[dict[Family, int]] = {
    "unknown": 404,
    "forbidden": 403,
    "clash": 409,
    "spent": 409,  # what was asked for is used up: sending it again later may succeed, correcting it will not
    "invalid": 422,
    "busy": 503,
}
# Where HTTP has a more exact word than the family's.
STATUS_OF_CODE: Final[dict[str, int]] = {
    "json_malformed": 400,
    "header_invalid": 400,
    "key_missing": 401,
    "key_invalid": 401,
    "method_not_allowed": 405,
    "etag_outdated": 412,
    "body_too_large": 413,
    "media_type_unsupported": 415,
    "etag_missing": 428,
    "internal": 500,
}
CONTENT_TYPE: Final = "application/problem+json"


class Fault(msgspec.Struct, frozen=True, omit_defaults=True):
    """One place in the request that is not right: a JSON pointer, a reason code, and the reason in words."""

    pointer: str
    reason: str
    message: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A refused request (RFC 9457): `code` is stable for programs, `detail` is for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    facts: dict[str, Fact] = {}
    errors: tuple[Fault, ...] = ()
    request_id: str | None = None


def status(kind: Kind) -> int:
    """The HTTP status of a refusal."""
    return STATUS_OF_CODE.get(kind.code) or STATUS[kind.family]


def problem(refusal: Refusal, *, language: str = "en", request_id: str | None = None) -> Problem:
    """The refusal as the API tells it."""
    told = refusals.tell(refusal, language)
    facts = refusal.facts
    faults: tuple[Fault, ...] = ()
    if "pointer" in facts and "reason" in facts:
        pointer, reason = str(facts["pointer"]), str(facts["reason"])
        faults = (Fault(pointer, reason, refusals.reason(reason, language)),)
        facts = {name: fact for name, fact in facts.items() if name not in ("pointer", "reason")}
    return Problem(
        type=f"/docs/errors#{refusal.code}",
        title=told.title,
        status=status(refusal.kind),
        code=refusal.code,
        detail=told.detail,
        facts=facts,
        errors=faults,
        request_id=request_id,
    )


# How msgspec words what does not fit a type, and what we call it. The order matters: the first that matches counts.
_WORDINGS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"missing required field `(?P<field>[^`]*)`"), "missing"),
    (re.compile(r"contains unknown field `(?P<field>.*)`\Z", re.DOTALL), "unknown_field"),  # whatever a caller calls it
    (re.compile(r"^Invalid enum value"), "not_a_choice"),
    (re.compile(r"^Invalid (RFC3339|ISO8601)"), "not_a_time"),
    (re.compile(r"^Expected `(str|array|object|bytes)` of length"), "length"),
    (re.compile(r"^Expected `str` matching"), "malformed"),
    (re.compile(r"^Expected `(int|float)` (<|>|that)"), "out_of_range"),
    (re.compile(r"out of range"), "out_of_range"),
    (re.compile(r"^Expected "), "wrong_type"),
)
_PLACE: Final = re.compile(r"(?P<text>.*?)(?: - at `(?:key in )?\$(?P<path>[^`]*)`)?\Z", re.DOTALL)
_STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+)\]")


def misfit(error: msgspec.ValidationError, *, query: bool = False) -> Refusal:
    """The refusal for a value that does not fit its type: which place, what is wrong, in msgspec's own words.

    Of a value under a name of the caller's choice, like a fact, msgspec tells no name: the place is what holds it.
    """
    match = _PLACE.match(str(error))
    assert match is not None
    text, path = match["text"], match["path"] or ""
    pointer = ""
    for step in _STEP.finditer(path.partition("[...]")[0]):
        pointer = documents.under(pointer, step.group(1) or step.group(2))
    reason, field = _worded(text)
    if field is not None:
        pointer = documents.under(pointer, field)
    place = "?" + pointer[1:] if query else pointer
    return VALUE_REFUSED(pointer=place[:200], reason=reason, problem=text[:200])


def _worded(text: str) -> tuple[str, str | None]:
    """What we call it, and the field where msgspec names one."""
    for wording, reason in _WORDINGS:
        found = wording.search(text)
        if found is not None:
            return reason, found.groupdict().get("field")
    return "malformed", None
