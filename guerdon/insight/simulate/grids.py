"""Scenarios: a draft with some of its values varied, every combination of them read by the grammar like any draft."""

import itertools
from collections.abc import Sequence
from fractions import Fraction

import msgspec

from guerdon.core import documents, edits, errors, limits, sweeping
from guerdon.core.documents import Document, Mapping, Problem
from guerdon.core.edits import Edit
from guerdon.core.grammar import programmes as grammar
from guerdon.core.programme import PROGRAMME_INVALID, Programme
from guerdon.core.sweeping import Axis, Value

VARY_INVALID = errors.declare("invalid", "vary_invalid", "told")


class Scenario(msgspec.Struct, frozen=True):
    """One combination, in the order of the axes, and its programme; or why there is none."""

    values: tuple[Value, ...]
    programme: Programme | None = None
    problem: Problem | None = None


def axis(told: str) -> Axis:
    """What `PATH=V1,V2,…` says. The path has dots between its steps, or is a JSON pointer. Raises `vary_invalid`.

    A value is a whole number, a word, true, false or null; a number with decimals is kept as its exact text, as in the
    programme file.
    """
    path, equals, listed = told.partition("=")
    values = tuple(dict.fromkeys(_value(one.strip()) for one in listed.split(",")))
    if not equals or not path.strip() or "" in values:
        raise VARY_INVALID(told=documents.shortened(told, 100))
    path = path.strip()
    pointer = path if path.startswith("/") else "".join(documents.under("", step) for step in path.split("."))
    return Axis(pointer, values)


def _value(text: str) -> Value:
    words: dict[str, Value] = {"true": True, "false": False, "null": None}
    if text in words:
        return words[text]
    digits = text.removeprefix("-")
    whole = digits.isascii() and digits.isdigit() and (digits == "0" or digits[0] != "0") and len(digits) < 19
    return int(text) if whole else text


def scenarios(document: Mapping, axes: Sequence[Axis]) -> list[Scenario]:
    """Every combination, the last axis first. Raises `part_unknown`, `vary_twice`, `scenarios_too_many`."""
    sweeping.check(axes, most=limits.SCENARIOS_MAX)
    return [scenario(document, axes, values) for values in itertools.product(*(one.values for one in axes))]


def scenario(document: Mapping, axes: Sequence[Axis], values: Sequence[Value]) -> Scenario:
    """The draft with these values put in. Raises `part_unknown` where a path leads nowhere."""
    changes = [Edit("put", one.path, value) for one, value in zip(axes, values, strict=True)]
    reading = grammar.read(edits.edited(document, changes))
    if reading.programme is None:
        return Scenario(tuple(values), problem=reading.errors[0])
    return Scenario(tuple(values), reading.programme)


def valid(found: Sequence[Scenario]) -> list[Scenario]:
    """Those that are programmes. Raises `programme_invalid` where none is."""
    kept = [one for one in found if one.programme is not None]
    if not kept:
        first = next((one.problem for one in found if one.problem is not None), None)
        told = "" if first is None else f"{first.path}: {first.message}"
        raise PROGRAMME_INVALID(problems=len(found), first=told)
    return kept


def number(value: Value) -> Fraction | None:
    """What number a value is; None for one that is none."""
    found = _steps(value)
    return None if found is None else Fraction(found[0], 10 ** found[1])


def between(one: Value, other: Value) -> Value:
    """The value half-way between two numbers; None where there is none, or they are no numbers.

    It has as many decimals as they have where such a number lies between them, else one more.
    """
    first, second = _steps(one), _steps(other)
    if first is None or second is None:
        return None
    decimals = max(first[1], second[1])
    low, high = (steps * 10 ** (decimals - had) for steps, had in (first, second))
    if low == high:
        return None
    if abs(high - low) == 1:
        low, high, decimals = low * 10, high * 10, decimals + 1
    middle = (low + high) // 2
    return middle if not decimals else _written(middle, decimals)


def _steps(value: Value) -> tuple[int, int] | None:
    """A number as whole steps and how many decimals these have."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value, 0
    if not isinstance(value, str):
        return None
    whole, point, fraction = value.partition(".")
    digits = whole.removeprefix("-") + fraction
    if not point or not fraction or not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
        return None
    return int(whole + fraction), len(fraction)


def _written(steps: int, decimals: int) -> str:
    sign, digits = ("-", -steps) if steps < 0 else ("", steps)
    text = f"{digits:0{decimals + 1}}"
    whole, fraction = text[:-decimals], text[-decimals:].rstrip("0")
    return f"{sign}{whole}.{fraction or '0'}"


def told(value: Document) -> str:
    """A value as it was typed."""
    words = {True: "true", False: "false", None: "null"}
    return words[value] if value is None or isinstance(value, bool) else str(value)
