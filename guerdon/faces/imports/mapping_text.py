"""The text of a mapping file becomes a mapping, or every problem with its line, path, reason and suggestion."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import activities, documents, limits, money
from guerdon.faces.imports.mapping import Constants, FactColumn, LineColumns, Mapping
from guerdon.features.programmes import documents as texts

_PLACE: Final = re.compile(r"(?P<told>.*?)(?: - at `(?P<key>key in )?\$(?P<path>.*)`)?\Z", re.DOTALL)
_STEP: Final = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|\[(\.\.\.)\]")
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(.*)`")
_ABSENT: Final = re.compile(r"Object missing required field `(.*)`")
_ENUM: Final = re.compile(r"Invalid enum value (.*)")
# Patterns of other tools, and ours.
_OTHER_PATTERNS: Final = (("yyyy", "%Y"), ("YYYY", "%Y"), ("MM", "%m"), ("dd", "%d"), ("DD", "%d"), ("HH", "%H"),
                          ("mm", "%M"), ("ss", "%S"))  # fmt: skip
_SAMPLE: Final = datetime(2025, 3, 17, 14, 5, 9)  # noqa: DTZ001 - tries a pattern out, is no instant


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing wrong with a mapping file; `path` is a JSON pointer, `line` 0 is unknown."""

    line: int
    path: str
    reason: str
    message: str
    suggestion: str | None = None

    def __str__(self) -> str:
        hint = f" ({self.suggestion})" if self.suggestion else ""
        return f"line {self.line}: {self.path or '/'}: {self.message}{hint} [{self.reason}]"


class Reading(msgspec.Struct, frozen=True):
    """The mapping where nothing is wrong, else all problems in the order of the file."""

    mapping: Mapping | None
    problems: tuple[Problem, ...] = ()


Found = tuple[str, str, str, str | None]  # path, reason, message, suggestion


def read(source: bytes | str) -> Reading:
    """Read a mapping file. It never raises for what stands in the file; every problem is told."""
    text = texts.read(source)
    if text.document is None:
        placed = [Problem(text.place(found.path)[0], found.path, found.reason, _ours(found), found.suggestion)
                  for found in text.problems]  # fmt: skip
        return Reading(None, tuple(placed))
    found = list(_shape(text.document))
    mapping = None
    if not found:
        mapping = msgspec.convert(text.document, Mapping)
        found = list(_sense(mapping))
    problems = sorted(
        (Problem(text.place(path, of_key=reason == "unknown_key")[0], path, reason, message, hint)
         for path, reason, message, hint in found), key=lambda one: (one.line, one.path),
    )  # fmt: skip
    return Reading(None if problems else mapping, tuple(problems))


def _ours(found: documents.Problem) -> str:
    return "The file holds no mapping." if found.reason == "empty_file" else found.message


# --- the shape: types and keys ---


def _shape(document: Any) -> Iterator[Found]:
    """What does not fit the types, one problem per part of the file."""
    if not isinstance(document, dict):
        told = f"A mapping file is a mapping of keys, not {documents.kind_of(document)}."
        yield "", "wrong_type", told, "print an example with --example"
        return
    hints = get_type_hints(Mapping)
    names = {field.encode_name: hints[field.name] for field in msgspec.structs.fields(Mapping)}
    required = {field.encode_name for field in msgspec.structs.fields(Mapping) if field.required}
    for key in document.keys() - names.keys():
        yield _unknown("", key, list(names))
    for key in sorted(required - document.keys()):
        yield "", "missing_key", f"“{key}” is needed here.", None
    for key, kind in names.items():
        part = document.get(key)
        # A free mapping is looked at entry by entry, because the validator does not name its keys.
        entries = part if key == "facts" and isinstance(part, dict) else {}
        for name, entry in entries.items():
            yield from _misfit(entry, f"/{key}/{name}", FactColumn)
        if key in document and not entries:
            yield from _misfit(part, f"/{key}", kind)


def _misfit(part: Any, pointer: str, kind: Any) -> Iterator[Found]:
    try:
        msgspec.convert(part, kind)
    except msgspec.ValidationError as error:
        yield _told(part, str(error), pointer, kind)


def _told(part: Any, message: str, pointer: str, kind: Any) -> Found:
    """The validator's message in our words, with a JSON pointer."""
    match = _PLACE.match(message)
    assert match is not None
    told, path = match["told"], match["path"] or ""
    found: Any = part
    for name, index, wild in _STEP.findall(path):
        if wild:
            break  # the validator does not say under which key of a free mapping
        step: Any = int(index) if index else name
        pointer = documents.under(pointer, step)
        found = found[step]
    if (unknown := _UNKNOWN.match(told)) is not None:
        return _unknown(pointer, unknown[1], _keys_at(kind, path))
    if (absent := _ABSENT.match(told)) is not None:
        return pointer, "missing_key", f"“{absent[1]}” is needed here.", None
    if (word := _ENUM.match(told)) is not None:
        choices = documents.listed([str(choice) for choice in _choices(_type_at(kind, path))], 30)
        return pointer, "unknown_word", f"{word[1]} is not possible here.", f"possible: {choices}" if choices else None
    hint = "put it in quotes" if "Expected `str" in told and isinstance(found, int | bool) else None
    return pointer, "wrong_type", f"{told.replace('`', '')}.", hint


def _unknown(pointer: str, key: str, known: list[str]) -> Found:
    near = documents.nearest(key, known)
    hint = f"did you mean “{near}”?" if near else f"possible: {documents.listed(known, 30)}"
    return documents.under(pointer, key), "unknown_key", f"There is no key “{documents.shortened(key)}” here.", hint


def _keys_at(kind: Any, path: str) -> list[str]:
    """The keys that the struct at a path of the validator knows."""
    found = _structs(_type_at(kind, path))
    return [field.encode_name for struct in found for field in msgspec.structs.fields(struct)]


def _type_at(kind: Any, path: str) -> Any:
    for name, _, _ in _STEP.findall(path):
        for struct in _structs(kind):
            if name in get_type_hints(struct):
                kind = get_type_hints(struct)[name]
    return kind


def _choices(kind: Any) -> list[Any]:
    """The words of a literal type, inside unions and containers."""
    if get_origin(kind) is Literal:
        return list(get_args(kind))
    return [choice for part in get_args(kind) for choice in _choices(part)]


def _structs(kind: Any) -> list[Any]:
    """The structs inside a type, whatever unions and containers stand around them."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [kind]
    return [struct for part in get_args(kind) for struct in _structs(part)]


# --- the sense: what fits the types and still cannot be ---


def _sense(mapping: Mapping) -> Iterator[Found]:
    yield from _sense_of_keys(mapping)
    yield from _sense_of_columns(mapping)
    if mapping.line is not None:
        yield from _sense_of_lines(mapping.line, mapping)
    yield from _sense_of_file(mapping)
    yield from _sense_of_time(mapping)
    for place, skip in enumerate(mapping.skip):
        if (skip.any_of is None) == (skip.none_of is None):
            yield f"/skip/{place}", "either_or", "Either “in” or “not_in” must be there.", None
        elif not (skip.any_of or skip.none_of):
            yield f"/skip/{place}", "empty", "The list of values is empty.", None


def _sense_of_keys(mapping: Mapping) -> Iterator[Found]:
    for name in ("source", "kind"):
        word = getattr(mapping, name)
        if not word or len(word) > limits.KEY_CHARS_MAX:
            yield f"/{name}", "too_long" if word else "empty", f"1 to {limits.KEY_CHARS_MAX} characters.", None
    if mapping.kind in activities.LEDGER_KINDS:
        yield "/kind", "kind_reserved", f"The house writes “{mapping.kind}” itself; nobody may tell it.", None
    if len(mapping.facts) > limits.ATTRIBUTES_MAX:
        yield "/facts", "too_many", f"{limits.ATTRIBUTES_MAX} facts are possible.", None
    if len(mapping.tenders) > limits.TENDERS_MAX:
        yield "/tenders", "too_many", f"{limits.TENDERS_MAX} tenders are possible.", None


def _sense_of_columns(mapping: Mapping) -> Iterator[Found]:
    columns = mapping.columns
    if len(columns.member.given()) != 1:
        yield "/columns/member", "one_key", "Exactly one of external_id, card, email and phone names the member.", None
    for field in Constants.__struct_fields__:
        if getattr(columns, field) is not None and getattr(mapping.constants, field) is not None:
            yield f"/constants/{field}", "either_or", f"“{field}” is a column and a constant; choose one.", None
    code = mapping.constants.currency
    if code is not None and not money.known(code):
        yield "/constants/currency", "currency_unknown", f"{code} is not an ISO 4217 currency.", "EUR, USD, BGN …"
    if columns.amount is not None and mapping.line is not None:
        yield "/columns/amount", "either_or", "The amount is told by the lines or as one sum, not both.", None
    if mapping.kind == activities.PURCHASE and columns.amount is None and mapping.line is None:
        yield "/columns", "needs_one", "A purchase needs “line”, or “columns.amount” for one sum.", None
    if mapping.kind == activities.RETURN and columns.returns is None:
        yield "/columns", "missing_key", "A return needs the column “returns” with the number of its purchase.", None
    if mapping.rows == "lines" and mapping.line is None:
        yield "/rows", "missing_key", "“rows: lines” needs the part “line”.", "or rows: activities"


def _sense_of_lines(line: LineColumns, mapping: Mapping) -> Iterator[Found]:
    if (line.amount is None) == (line.price is None):
        yield "/line", "either_or", "Exactly one of “amount” (of the line) and “price” (of a piece).", None
    if line.price is not None and line.quantity is None:
        yield "/line/price", "missing_key", "A price needs the column “quantity”.", "or amount: the whole line"
    if line.price is not None and line.weighed == "one":
        yield "/line/weighed", "either_or", "What is weighed has no whole number of pieces to multiply.", None
    if line.kinds and line.kind is None:
        yield "/line/kinds", "missing_key", "“kinds” translates the column “kind”, which is not there.", None
    if isinstance(line.tags, tuple) and len(line.tags) > limits.TAGS_MAX:
        yield "/line/tags", "too_many", f"{limits.TAGS_MAX} tags are possible.", None
    if line.tags and not isinstance(line.tags, tuple) and not line.tags.split:
        yield "/line/tags/split", "empty", "Between the values must stand something.", None
    if mapping.money.amount_is == "after_discount" and line.discount is None:
        yield "/money/amount_is", "missing_key", "It needs the column “line.discount”.", "leave it out"


def _sense_of_file(mapping: Mapping) -> Iterator[Found]:
    header = mapping.file.header
    if header is False or header == ():
        yield "/file/header", "empty", "Without a header the columns need names.", "header: [first, second, …]"
    elif isinstance(header, tuple):
        for column in mapping.wanted:
            if header.count(column) != 1:
                yield "/file/header", "missing_key", f"“{documents.shortened(column)}” must stand in it once.", None
    if mapping.money.decimal == mapping.money.thousands:
        yield "/money/thousands", "either_or", "Decimals and thousands are marked by the same character.", None


def _sense_of_time(mapping: Mapping) -> Iterator[Found]:
    time = mapping.time
    if time.zone is not None:
        try:
            ZoneInfo(time.zone)
        except (ValueError, OSError, KeyError):
            told = f"There is no IANA time zone “{documents.shortened(time.zone)}”."
            yield "/time/zone", "zone_unknown", told, "such as Europe/Sofia"
    if time.format in ("iso", "unix", "unix_ms"):
        return
    hint = time.format
    for theirs, ours in _OTHER_PATTERNS:
        hint = hint.replace(theirs, ours)
    if "%" not in time.format:
        told = "The pattern has no fields."
        yield "/time/format", "unknown_word", told, hint if "%Y" in hint else 'such as "%d.%m.%Y %H:%M"'
        return
    try:
        tried = datetime.strptime(_SAMPLE.strftime(time.format), time.format)  # noqa: DTZ007 - only its date is looked at
    except ValueError as error:
        yield "/time/format", "unknown_word", f"The pattern cannot be read: {error}.", None
        return
    if tried.date() != _SAMPLE.date():
        yield "/time/format", "missing_key", "The pattern needs year, month and day.", 'such as "%Y-%m-%d %H:%M:%S"'
