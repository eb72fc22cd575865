"""Why a rule did not fire: the first thing that held it back, with its place in the programme document."""

import msgspec

from guerdon.core import activities, documents, matching
from guerdon.core.activities import Activity
from guerdon.core.compiled import Compiled
from guerdon.core.conditions import All, Any, Condition, Not
from guerdon.core.decisions import Decision, Silent
from guerdon.core.grammar import conditions as grammar_conditions
from guerdon.core.law import Law
from guerdon.core.matching import Case, Filters
from guerdon.core.rates import Rates
from guerdon.core.rules import Rule
from guerdon.core.standing import Standing

__all__ = ["REASONS", "Failure", "Silent", "explain", "first_failure"]

# Why a rule may be silent. A failed condition is called by its word of the grammar: `weekday`, `any` …
REASONS = {
    "trigger": "Another kind of activity triggers the rule.",
    "not_yet": "The rule was not in force yet.",
    "no_longer": "The rule was no longer in force.",
    "held_out": "It is a campaign, and the member is held out of campaigns.",
    "uses": "The rule has fired for the member as often as it may.",
    "group": "Another rule of the same group gave more.",
    "caps": "A cap of the rule or of the unit left nothing.",
    "budget": "The budget of the rule is spent.",
    "lines": "No line that earns passed the rule's filter.",
    "nothing": "The rule's points come to nothing here.",
    **{word: f"The condition “{word}” did not hold." for word in grammar_conditions.WORDS},
}


class Failure(msgspec.Struct, frozen=True):
    """A condition that did not hold: its place, its word in the grammar, and the condition itself."""

    pointer: str
    word: str
    condition: Condition


def first_failure(condition: Condition, case: Case, filters: Filters, *, pointer: str = "") -> Failure | None:
    """The first condition, in the order of the document, that held the rule back; None where all hold.

    Of `any` and `not` the whole is told, as none of their parts alone is the reason. `pointer` is that of the
    list under `if`. The filters must be those that the case's basket was sorted by.
    """
    if isinstance(condition, All) and len(condition.of) > 1:  # the list itself
        return _first_of(condition, case, filters, pointer)
    return _failure(condition, case, filters, documents.under(pointer, 0))


def _first_of(whole: All, case: Case, filters: Filters, pointer: str) -> Failure | None:
    for place, part in enumerate(whole.of):
        failure = _failure(part, case, filters, documents.under(pointer, place))
        if failure is not None:
            return failure
    return None


def _failure(condition: Condition, case: Case, filters: Filters, pointer: str) -> Failure | None:
    word = grammar_conditions.word(condition)
    here = documents.under(pointer, word)
    if isinstance(condition, All):
        return _first_of(condition, case, filters, here)
    if isinstance(condition, Any) and len(condition.of) == 1:
        return _failure(condition.of[0], case, filters, documents.under(here, 0))
    if isinstance(condition, Not) and isinstance(condition.of, Not):  # not not
        return _failure(condition.of.of, case, filters, documents.under(here, "not"))
    return None if matching.test(condition, filters)(case) else Failure(here, word, condition)


def explain(
    law: Law, activity: Activity, standing: Standing, *, budgets: dict[str, int], rates: Rates | None = None
) -> tuple[Silent, ...]:
    """Every rule that gives this activity nothing, in the order of the programme, with what held it back.

    `standing` is the member before the activity; `budgets` what is left of each for the activity.
    Returns and activities that wait for an exchange rate are decided by other means: nothing is told of them.
    """
    if activity.kind == activities.RETURN:
        return ()
    try:
        case = law.case(activity, standing, rates=rates or {})
        at = activity.occurred_at
        decision = law.decide(activity, standing, posted_at=at, budgets=budgets, rates=rates or {}).decision
    except LookupError:
        return ()
    if decision.parked is not None:
        return ()
    compiled = {one.rule.key: one for one in law.by_kind.get(activity.kind, ())}
    gave = {share.rule for award in decision.awards for share in award.shares}
    gave |= {issue.rule for issue in decision.issued if issue.rule is not None}
    found: list[Silent] = []
    for rule in law.programme.rules:
        if rule.key in gave:
            continue
        here = documents.under("/rules", rule.key)
        one = compiled.get(rule.key)
        if one is None:
            found.append(Silent(rule.key, "trigger", documents.under(here, "when")))
        else:
            found.append(_held_back(law, one, case, here) or _lost(law, one, case, decision))
    return tuple(found)


def _held_back(law: Law, one: Compiled, case: Case, here: str) -> Silent | None:
    """The window, the hold-out, the conditions and the use limits, in this order."""
    rule, at = one.rule, case.activity.occurred_at
    if rule.during.start is not None and at < rule.during.start:
        return Silent(rule.key, "not_yet", documents.under(here, "from"))
    if rule.during.until is not None and at >= rule.during.until:
        return Silent(rule.key, "no_longer", documents.under(here, "until"))
    if one.spared is not None and one.spared(case):
        return Silent(rule.key, "held_out", documents.under(here, "campaign"))
    if rule.condition is not None:
        failure = first_failure(rule.condition, case, law.filters, pointer=documents.under(here, "if"))
        if failure is not None:
            return Silent(rule.key, failure.word, failure.pointer)
    for span, most in one.use_windows:
        if case.so_far("uses:" + rule.key, span) >= most:
            return Silent(rule.key, "uses", documents.under(documents.under(here, "uses"), span))
    return None


def _lost(law: Law, one: Compiled, case: Case, decision: Decision) -> Silent:
    """Why a rule that holds gave nothing: its lines, its limits, a better rule of its group."""
    rule, here = one.rule, documents.under("/rules", one.rule.key)
    if rule.where is not None and not any(bucket.mask & law.filters.bit(rule.where) for bucket in case.buckets):
        return Silent(rule.key, "lines", documents.under(here, "lines"))
    for capped in decision.capped:
        if capped.key == rule.key and capped.of in ("rule", "budget"):
            word = "caps" if capped.of == "rule" else "budget"
            return Silent(rule.key, word, documents.under(here, word))
    if rule.group is not None and _rivals(one, case, law):
        return Silent(rule.key, "group", documents.under(here, "group"))
    if any(capped.of == "unit" and capped.key in one.units for capped in decision.capped):
        return Silent(rule.key, "caps", None)
    return Silent(rule.key, "nothing", None)


def _rivals(one: Compiled, case: Case, law: Law) -> bool:
    """Whether another rule of the group holds, too."""
    return any(
        other.rule.group == one.rule.group and other is not one and other.holds(case)
        for other in law.by_kind.get(case.activity.kind, ())
    )


def condition_at(rule: Rule, pointer: str) -> Condition | None:
    """The condition of the rule that a `Silent.pointer` means; None where it means none."""
    return part_at(rule.condition, pointer, under=documents.under(documents.under("/rules", rule.key), "if"))


def part_at(condition: Condition | None, pointer: str, *, under: str) -> Condition | None:
    """The part that a pointer means of the condition that stands `under` another one.

    None where it means none: it may be of another version of the programme.
    """
    if condition is None or not pointer.startswith(under + "/"):
        return None
    place, *steps = pointer.removeprefix(under + "/").split("/")
    several = isinstance(condition, All) and len(condition.of) > 1
    return _placed(condition.of if isinstance(condition, All) and several else (condition,), place, steps)


def _placed(parts: tuple[Condition, ...], place: str, steps: list[str]) -> Condition | None:
    number = int(place) if place.isdecimal() else len(parts)
    return _below(parts[number], steps) if number < len(parts) else None


def _below(condition: Condition, steps: list[str]) -> Condition | None:
    """Follow the steps, of which the first is the condition's own word."""
    if not steps or steps[0] != grammar_conditions.word(condition):
        return None
    if len(steps) == 1:
        return condition
    if isinstance(condition, All | Any):
        return _placed(condition.of, steps[1], steps[2:])
    return _below(condition.of, steps[1:]) if isinstance(condition, Not) else None
