"""The answer of a what-if as callers see it, and as a table."""

from collections.abc import Iterator
from typing import Final

import msgspec

from guerdon.core import money
from guerdon.core.programme import Programme
from guerdon.core.simulations import Responses
from guerdon.faces import tables
from guerdon.insight.simulate.answers import Answer

AMOUNTS: Final = ("issued", "redeemed", "unmet", "expired", "outstanding", "cost", "liability")
MONEY: Final = frozenset({"cost", "liability"})  # in minor units of the programme's currency


class SimulatedAmounts(msgspec.Struct, frozen=True):
    """What a programme came to."""

    issued: int
    redeemed: int
    unmet: int
    expired: int
    outstanding: int
    cost: int
    liability: int


class SimulatedPair(msgspec.Struct, frozen=True):
    """The same under both."""

    key: str
    members: int
    today: SimulatedAmounts
    draft: SimulatedAmounts


class SimulatedChange(msgspec.Struct, frozen=True):
    """A member who would have got more or less."""

    member: str
    today: int
    draft: int


class SimulatedMove(msgspec.Struct, frozen=True):
    """How many members would have ended in another tier, or in the same."""

    ladder: str
    today: str
    draft: str
    members: int


class SimulatedBand(msgspec.Struct, frozen=True):
    """A difference with its 90 % interval."""

    of: str
    low: int
    middle: int
    high: int


class EqualityGate(msgspec.Struct, frozen=True):
    """How much of the replay of what was published equals the ledger: all of it, with every step of tiers."""

    members: int
    postings: int
    points: int
    steps: int


class SimulatedUnit(msgspec.Struct, frozen=True):
    """What is said of one unit."""

    unit: str
    whole: SimulatedPair
    months: tuple[SimulatedPair, ...]
    segments: tuple[SimulatedPair, ...]
    tiers: tuple[SimulatedPair, ...]
    winners: tuple[SimulatedChange, ...]
    losers: tuple[SimulatedChange, ...]
    better_off: int
    worse_off: int
    bands: tuple[SimulatedBand, ...]


class SimulationAnswer(msgspec.Struct, frozen=True, rename={"since": "from"}):
    """A what-if answered."""

    version: int
    since: str
    until: str
    activities: int
    lines: int
    milliseconds: int
    gate: EqualityGate
    mechanical: tuple[SimulatedUnit, ...]
    moves: tuple[SimulatedMove, ...]
    behavioural: tuple[SimulatedUnit, ...]
    assumptions: tuple[str, ...]


def view(answer: Answer, language: str, responding: Responses, *, named: bool) -> SimulationAnswer:
    """The answer for a caller in their language; without members who are `named` where they may not list them."""
    told = msgspec.to_builtins(answer)
    told["from"] = told.pop("since")
    told["assumptions"] = _assumed(answer, language, responding)
    for layer in ("mechanical", "behavioural"):
        for unit in told[layer] if not named else ():
            unit["winners"] = unit["losers"] = ()
    return msgspec.convert(told, SimulationAnswer)


def _assumed(answer: Answer, language: str, responding: Responses) -> tuple[str, ...]:
    """What is assumed, in the language; an older answer that assumes something else says so as it was written."""
    if not answer.assumptions:
        return ()
    from guerdon.insight.simulate import assumptions, responses  # they are large, and most answers are not forecasts

    assumed = responses.assumed(responding)
    if answer.assumptions != assumptions.sentences(assumed):
        return answer.assumptions
    return assumptions.sentences(assumed, language)


def csv_of(answer: SimulationAnswer | None, programme: Programme) -> str:
    """A row for each unit, cut and part of it with all amounts under both as decimals; only a head as long as there is
    no answer. Of single members it says what they would have got."""
    header = ["layer", "unit", "by", "key", "members", "currency"]
    header += [f"{name}_{side}" for name in AMOUNTS for side in ("today", "draft")]
    lines: list[list[tables.Cell]] = []
    for layer in ("mechanical", "behavioural") if answer is not None else ():
        for one in getattr(answer, layer):
            lines += [[layer, *line] for line in _lines(one, programme)]
    return tables.write(header, lines)


def _lines(one: SimulatedUnit, programme: Programme) -> Iterator[list[tables.Cell]]:
    scale = programme.units[one.unit].scale if one.unit in programme.units else 0
    exponent = money.decimals(programme.currency)
    cuts = {"all": (one.whole,), "month": one.months, "segment": one.segments, "tier": one.tiers}
    for by, pairs in cuts.items():
        for pair in pairs:
            told = [
                tables.decimal(getattr(side, name), 0 if name == "unmet" else exponent if name in MONEY else scale)
                for name in AMOUNTS
                for side in (pair.today, pair.draft)
            ]
            yield [one.unit, by, pair.key, pair.members, programme.currency, *told]
    for by, changes in (("better_off", one.winners), ("worse_off", one.losers)):
        for each in changes:
            amounts = [tables.decimal(each.today, scale), tables.decimal(each.draft, scale)]
            yield [one.unit, by, each.member, 1, programme.currency, *amounts, *[None] * (2 * len(AMOUNTS) - 2)]
