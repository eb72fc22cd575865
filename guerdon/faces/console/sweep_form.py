"""The form of a sweep: what is varied from where to where, what is wanted, and what the choice keeps."""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

import msgspec
from django.http import QueryDict

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.core.sweeping import NOBODY_LOSES, Axis, Goal, Limit, Sweep, Value
from guerdon.faces import posted, typed
from guerdon.faces.console.knobs import Knob
from guerdon.faces.design.shapes import Choice
from guerdon.faces.visits import Visit
from guerdon.insight.simulate import grids

ROWS: Final = 4  # numbers that a form varies together
VALUES_MAX: Final = 40  # values of one of them
GOALS: Final = {
    "kept": Goal("kept", "most"), "burden": Goal("burden"), "liability": Goal("liability"), "cost": Goal("cost"),
    "issued": Goal("issued", "most"), "expired": Goal("expired"), "worse_off": Goal("worse_off"),
    "losing": Goal("losing"),
}  # fmt: skip
_AROUND: Final = (Fraction(1, 2), Fraction(3, 4), Fraction(1), Fraction(3, 2), Fraction(2))
_APART: Final = re.compile(r"[;\s]+|,(?=\s)|,\Z")
_COMMA: Final = 1  # in a value of a language with decimal commas; with more of them they stand between values


class Fields(msgspec.Struct, frozen=True):
    """One row of the form: what was picked and typed, and what is wrong with it."""

    number: int
    knob: str
    start: str
    end: str
    step: str
    values: str
    fault: str
    knobs: tuple[Choice, ...]
    is_open: bool


class _Wrong(Exception):
    """What is wrong with a row."""


def rows(visit: Visit, knobs: Sequence[Knob], form: QueryDict, faults: dict[str, str]) -> tuple[Fields, ...]:
    """The rows as they were sent; the first one picks the first number where nothing was."""
    named = tuple([Choice(one.path, visit.say("sweeps.option", title=one.title, today=one.today)) for one in knobs])
    nothing = (Choice("", visit.say("sweeps.nothing")),)
    found = []
    for row in range(1, ROWS + 1):
        told = {name: str(form.get(f"{name}{row}", "")) for name in ("vary", "from", "to", "step", "values")}
        found.append(
            Fields(
                row, told["vary"], told["from"], told["to"], told["step"], told["values"], faults.get(f"vary{row}", ""),
                named if row == 1 else nothing + named, row == 1 or any(told.values()),
            )
        )  # fmt: skip
    return tuple(found)


def goals(visit: Visit) -> tuple[Choice, ...]:
    """What can be wanted."""
    return tuple([Choice(name, visit.say(f"sweeps.goal_{name}")) for name in GOALS])


def read(visit: Visit, knobs: Sequence[Knob], form: QueryDict) -> tuple[Sweep | None, dict[str, str]]:
    """What is asked for, or by field what is wrong with it."""
    known, axes, faults = {one.path: one for one in knobs}, dict[str, Axis](), dict[str, str]()
    for row in range(1, ROWS + 1):
        path = str(form.get(f"vary{row}", ""))
        if not path:
            continue
        try:
            if path not in known or path in axes:
                raise _Wrong(visit.say("sweeps.wrong_twice" if path in axes else "sweeps.wrong_unknown"))
            axes[path] = Axis(path, _values(visit, known[path], form, row))
        except _Wrong as wrong:
            faults[f"vary{row}"] = str(wrong)
        except Refusal as refusal:
            faults[f"vary{row}"] = posted.fault(refusal)
    if not axes and not faults:
        faults["vary1"] = visit.say("sweeps.wrong_nothing")
    kept = _limits(visit, form, faults)
    wanted = dict.fromkeys([str(form.get("goal", "")), str(form.get("against", ""))])
    if faults:
        return None, faults
    return Sweep(tuple(axes.values()), tuple([GOALS[one] for one in wanted if one in GOALS]), limits=kept), {}


def _values(visit: Visit, knob: Knob, form: QueryDict, row: int) -> tuple[Value, ...]:
    """A list of values, or from where to where in steps; what is left empty is tried around what it is now."""
    said = {name: str(form.get(f"{name}{row}", "")).strip() for name in ("from", "to", "step", "values")}
    if said["values"]:
        found = [_value(visit, one) for one in _listed(said["values"], visit.language)]
    elif said["from"] or said["to"]:
        found = _stepped(visit, *[said[name] for name in ("from", "to", "step")])
    else:
        found = around(knob.value)
    told = tuple(dict.fromkeys(found))
    if len(told) > VALUES_MAX:
        raise _Wrong(visit.say("sweeps.wrong_many", most=VALUES_MAX))
    return told


def _listed(text: str, language: str) -> list[str]:
    """The values of a list. Where a language writes a comma before decimals, a single one within a value is that."""
    found: list[str] = []
    for one in filter(None, _APART.split(text)):
        found += [one] if language != "en" and one.count(",") == _COMMA else filter(None, one.split(","))
    return found


def _value(visit: Visit, text: str) -> Value:
    exact = typed.exact(text, at="/values")
    return int(exact) if exact.lstrip("-").isdecimal() else exact


def _stepped(visit: Visit, start: str, end: str, step: str) -> list[Value]:
    if not start or not end:
        raise _Wrong(visit.say("sweeps.wrong_ends"))
    low, high, by = (Decimal(typed.exact(one, at="/values")) for one in (start, end, step or "1"))
    if by <= 0 or high < low:
        raise _Wrong(visit.say("sweeps.wrong_step"))
    if (high - low) / by >= VALUES_MAX:
        raise _Wrong(visit.say("sweeps.wrong_many", most=VALUES_MAX))
    return [_plain(low + by * place) for place in range(int((high - low) / by) + 1)]


def _plain(number: Decimal) -> Value:
    return int(number) if number == number.to_integral_value() else f"{number.normalize():f}"


def around(value: Value) -> list[Value]:
    """Half of it, three quarters, itself, one and a half and twice, with the decimals it has; three at least."""
    text = str(value)
    decimals = len(text.partition(".")[2])
    now = grids.number(value)
    assert now is not None, "only numbers are offered"
    steps = int(now * 10**decimals)
    found = sorted({max(1, round(steps * part)) for part in _AROUND})
    if len(found) < len(_AROUND) - 2:
        found = [steps, steps + 1, steps + 2]
    return [_plain(Decimal(one).scaleb(-decimals)) for one in found]


def _limits(visit: Visit, form: QueryDict, faults: dict[str, str]) -> tuple[Limit, ...]:
    found: list[Limit] = []
    owed, worse = (str(form.get(name, "")).strip() for name in ("liability", "worse"))
    try:
        if owed:
            found.append(Limit("liability", most=typed.amount(visit, owed, at="/liability", least=0)))
    except Refusal as refusal:
        faults["liability"] = posted.fault(refusal)
    try:
        if worse:
            most = typed.number(worse.removeprefix("%").removesuffix("%"), scale=2, at="/worse", least=0, most=10_000)
            found.append(Limit("worse_off", most=most))
    except Refusal as refusal:
        faults["worse"] = posted.fault(refusal)
    return tuple([*found, NOBODY_LOSES] if form.get("nobody") else found)


def too_many(visit: Visit) -> str:
    """What is said where all values together make too many scenarios."""
    return visit.say("sweeps.wrong_scenarios", most=limits.SWEEP_SCENARIOS_MAX)
