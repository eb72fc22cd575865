"""From a refusal to an answer on the web, once for all faces: status, sentence, facts, and the places it speaks of."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import msgspec
from msgspec import structs

from guerdon.core import documents, errors
from guerdon.core.errors import Fact, Family, Kind, Refusal
from guerdon.core.programme import Programme
from guerdon.faces import refusals

ROUTE_UNKNOWN = errors.declare("unknown", "route_unknown")
METHOD_NOT_ALLOWED = errors.declare("invalid", "method_not_allowed", "method", "allowed")
KEY_MISSING = errors.declare("forbidden", "key_missing")
SCOPE_MISSING = errors.declare("forbidden", "scope_missing", "scope")
SERVER_BUSY = errors.declare("busy", "server_busy", "retry_after_seconds")
VALUE_REFUSED = errors.declare("invalid", "value_refused", "pointer", "reason", "hint")
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
    "draft_changed": 412,
    "body_too_large": 413,
    "media_type_unsupported": 415,
    "etag_missing": 428,
    "attempts_too_many": 429,
    "guesses_too_many": 429,
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


def problem(
    refusal: Refusal, *, language: str = "en", request_id: str | None = None, programme: Programme | None = None
) -> Problem:
    """The refusal as the API tells it, by the names of the programme that people know; programs get the keys."""
    told = refusals.tell(refusal, language, programme)
    facts = refusal.facts
    faults = tuple(Fault(*one) for one in refusal.faults)
    if "pointer" in facts and "reason" in facts:
        faults = _faults(facts, language)
        facts = {name: fact for name, fact in facts.items() if name not in ("pointer", "reason", "places")}
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


def _faults(facts: dict[str, Fact], language: str) -> tuple[Fault, ...]:
    """The places a refusal speaks of; where there are several, each is one."""
    pointer, reason, hint = str(facts["pointer"]), str(facts["reason"]), str(facts.get("hint") or "")
    name, _, fields = hint.partition(":")
    if "places" in facts:
        message = refusals.reason(reason, language)
        return tuple(
            Fault(documents.under(pointer, place), reason, message) for place in str(facts["places"]).split(", ")
        )
    if name == "all_missing":
        message = refusals.reason(reason, language)
        return tuple(Fault(documents.under("", field), reason, message) for field in fields.split(", "))
    if hint:
        return (Fault(pointer, reason, refusals.hint(hint, language, pointer)),)
    return (Fault(pointer, reason, refusals.reason(reason, language, pointer)),)


# How msgspec words what does not fit a type, and what we call it. The order matters: the first that matches counts.
_WORDINGS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"missing required field `(?P<field>[^`]*)`"), "missing"),
    (re.compile(r"contains unknown field `(?P<field>.*)`\Z", re.DOTALL), "unknown_field"),  # whatever a caller calls it
    (re.compile(r"^Invalid enum value"), "not_a_choice"),
    (re.compile(r"^Invalid (RFC3339|ISO8601)[a-zA-Z ]* (?P<type>datetime|date)\b"), "not_a_time"),
    (re.compile(r"^Expected `(?P<of>str|array|object|bytes)` of length (?P<bound><=|>=) (?P<number>\d+)"), "length"),
    (re.compile(r"^Expected `(str|array|object|bytes)` of length"), "length"),
    (re.compile(r"^Expected `str` matching"), "malformed"),
    (re.compile(r"^Expected `(?P<of>int|float)` (?P<bound><=|>=) (?P<number>-?\d+)"), "out_of_range"),
    (re.compile(r"^Expected `(int|float)` (<|>|that)"), "out_of_range"),
    (re.compile(r"out of range"), "out_of_range"),
    (re.compile(r"^Expected `(?P<type>[^`]*)`"), "wrong_type"),
    (re.compile(r"^Expected "), "wrong_type"),
)
_PLACE: Final = re.compile(r"(?P<text>.*?)(?: - at `(?:key in )?\$(?P<path>[^`]*)`)?\Z", re.DOTALL)
_STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d(?![^Tt ])", re.ASCII)
_MONEY: Final = frozenset({"amount", "discount"})  # fields in minor units
_BOUNDED: Final = {
    ("int", ">="): "at_least", ("int", "<="): "at_most", ("float", ">="): "at_least", ("float", "<="): "at_most",
    ("str", ">="): "shortest", ("str", "<="): "longest", ("array", ">="): "fewest", ("array", "<="): "most",
    ("object", ">="): "fewest", ("object", "<="): "most",
}  # fmt: skip


def misfit(
    error: msgspec.ValidationError, *, body: bytes | msgspec.Raw = b"", kind: Any = None, query: bool = False
) -> Refusal:
    """The refusal for a value that does not fit its type: which place, what is wrong, what it should have been.

    Of a value under a name of the caller's choice, like a fact, msgspec tells no name: the place is what holds it.
    With the `body` that did not fit, and the `kind` it should have been, more can be said of it.
    """
    match = _PLACE.match(str(error))
    assert match is not None
    text, path = match["text"], match["path"] or ""
    steps = [step.group(1) or int(step.group(2)) for step in _STEP.finditer(path.partition("[...]")[0])]
    reason, named = _worded(text)
    hint = _hint(reason, named, steps)
    if reason == "missing" and not steps:
        fields = _missing(body, kind)
        hint = "all_missing:" + ", ".join(fields) if len(fields) > 1 else hint
    elif reason == "not_a_time":
        hint = _no_such_day(_told(body, steps)) or hint
    pointer = ""
    for step in [*steps, named["field"]] if "field" in named else steps:
        pointer = documents.under(pointer, step)
    place = "?" + pointer[1:] if query else pointer
    return VALUE_REFUSED(pointer=place[:200], reason=reason, hint=hint)


def _worded(text: str) -> tuple[str, dict[str, str]]:
    """What we call it, and what msgspec names: a field, the types expected, a bound."""
    for wording, reason in _WORDINGS:
        found = wording.search(text)
        if found is not None:
            return reason, found.groupdict()
    return "malformed", {}


def _hint(reason: str, named: dict[str, str], steps: Sequence[str | int]) -> str:
    """What it should have been, as a code for `refusals.hint`; the reason itself where no more is known."""
    if "bound" in named and (named["of"], named["bound"]) in _BOUNDED:
        return f"{_BOUNDED[named['of'], named['bound']]}:{named['number']}"
    types = [one for one in named.get("type", "").split(" | ") if one not in ("", "null")]
    if types == ["int"] and steps and steps[-1] in _MONEY:
        return "minor_units"
    return "type:" + "|".join(types) if types else reason


def _told(body: bytes | msgspec.Raw, steps: Sequence[str | int] = ()) -> Any:
    """What the body holds at a place; None where nothing is known of it."""
    try:
        found: Any = msgspec.json.decode(body)
        for step in steps:
            found = found[step]
    except (msgspec.DecodeError, LookupError, TypeError, RecursionError):
        return None
    return found


def _missing(body: bytes | msgspec.Raw, kind: Any) -> list[str]:
    """Every field that the body should have and has not."""
    told = _told(body)
    if not isinstance(told, dict) or not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        return []
    return [field.encode_name for field in structs.fields(kind) if field.required and field.encode_name not in told]


def _no_such_day(told: object) -> str | None:
    """The hint for a day that is written well and stands in no calendar."""
    day = _DAY.match(told) if isinstance(told, str) else None
    if day is None:
        return None
    try:
        date.fromisoformat(day.group())
    except ValueError:
        return "no_such_day:" + day.group()
    return None
