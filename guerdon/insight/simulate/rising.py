"""Rises as facts: behind the facts of a history a row for each rise that each of them may make, for rules to answer."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Final, NamedTuple

import numpy as np

from guerdon.core import conditions
from guerdon.core.activities import TIER_UPGRADED, FactValue
from guerdon.core.programme import Programme
from guerdon.core.rules import Rule
from guerdon.insight.simulate.history import NONE, Facts, History, Whole

Pair = tuple[str, str]  # a ladder and a level of it
_COUNTED: Final = f"count:{TIER_UPGRADED}"
_PARTS: Final = frozenset({"line_first", "item", "net", "quantity", "tender_first", "tender", "tendered"})
_BEFORE: Final = (conditions.First, conditions.Nth, conditions.DaysSince, conditions.Counter)


class Risen(NamedTuple):
    """A history with the rows of rises: the first one of each fact, and which place each rise has behind it."""

    history: History
    rises: Whole
    places: dict[Pair, int]


def with_rises(history: History, programmes: Sequence[Programme]) -> Risen:
    """The history with a row for every rise that a rule may answer; as it is where none does."""
    facts = history.facts
    none = Risen(history, np.full(facts.rows, NONE, dtype=np.int64), {})
    found = pairs(programmes)
    if not found:
        return none
    told = np.nonzero(facts.of == np.arange(facts.rows))[0]
    rows = np.repeat(told, len(found))
    first = none.rises.copy()
    first[told] = facts.rows + np.arange(len(told)) * len(found)
    words = history.words if TIER_UPGRADED in history.words else (*history.words, TIER_UPGRADED)
    nothing = np.full(len(rows), NONE)
    more = {each.name: getattr(facts, each.name)[rows] for each in fields(Facts) if each.name not in _PARTS}
    more |= {"kind": np.full(len(rows), words.index(TIER_UPGRADED)), "store": nothing, "channel": nothing}
    more |= {"partner": nothing, "currency": np.full(len(rows), history.code(history.currency))}
    more |= {name: np.ones(len(rows)) for name in ("home", "units", "up", "down")}
    more["told"] = len(history.told) + np.tile(np.arange(len(found)), len(told))
    for name in ("line_first", "tender_first"):
        more[name] = np.full(len(rows), getattr(facts, name)[-1])
    wider = {name: np.concatenate((getattr(facts, name), one)).astype(getattr(facts, name).dtype)
             for name, one in more.items()}  # fmt: skip
    # No line of `of` but those that were told counts as told: `of` leads each rise to its fact.
    said: tuple[dict[str, FactValue], ...] = tuple({"ladder": ladder, "tier": tier} for ladder, tier in found)
    longer = replace(history, words=words, told=(*history.told, *said), facts=replace(facts, **wider))
    rises = np.concatenate((first, np.full(len(rows), NONE, dtype=np.int64)))
    return Risen(longer, rises, found)


def pairs(programmes: Sequence[Programme]) -> dict[Pair, int]:
    """The levels to which a rise can be answered by a rule, each with a place of its own."""
    answered = [one for one in programmes if any(TIER_UPGRADED in rule.when for rule in one.rules)]
    named = [(ladder.key, level.key) for one in answered for ladder in one.tiers for level in ladder.levels]
    return {pair: place for place, pair in enumerate(dict.fromkeys(named))}


def unknown(programme: Programme) -> Iterator[str]:
    """What is asked about rises that a row does not know: how many there were before."""
    for ladder in programme.tiers:
        if TIER_UPGRADED in ladder.basis.visits:
            yield f"tiers.{ladder.key}.basis.visits"
    for rule in programme.rules:
        if programme.tiers and any(_asks(node, rule) for node in _nodes(rule)):
            yield f"rules.{rule.key}.if"


def _nodes(rule: Rule) -> Sequence[conditions.Condition]:
    return conditions.walk(rule.condition) if rule.condition is not None else ()


def _asks(node: conditions.Condition, rule: Rule) -> bool:
    if not isinstance(node, _BEFORE):
        return False
    kind = getattr(node, "kind", None)
    return TIER_UPGRADED in rule.when or kind == TIER_UPGRADED or getattr(node, "what", "") == _COUNTED
