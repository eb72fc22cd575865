"""What each line gets, read off the naive law: which rules had a part is known here, not found out."""

from fractions import Fraction
from math import floor

from guerdon.core import effects
from guerdon.core.activities import Line
from guerdon.core.rules import Rule
from tests.core.naive import Asked

ByLine = list[dict[str, int]]  # of each line, the points by rule


def by_line(asked: Asked) -> tuple[dict[str, ByLine], bool]:
    """By unit what each line told got, and whether it was a tie that decided between two lines."""
    found: dict[str, ByLine] = {}
    tie = False
    for unit, given in asked.decide().items():
        parts = _parts(asked, unit, {rule for rule, _, _ in given})
        got: ByLine = [{} for _ in asked.activity.lines]
        for place, (rule, _, points) in enumerate(given):
            weights = _weights(asked, parts, place)
            whole, tied = _spread(weights, points)
            tie |= tied
            for line, more in zip(got, whole, strict=True):
                if more:
                    line[rule] = line.get(rule, 0) + more
        found[unit] = got
    return found, tie


def _parts(asked: Asked, unit: str, fired: set[str]) -> list[tuple[Rule, effects.Effect]]:
    rules = sorted(
        (rule for rule in asked.programme.rules if rule.key in fired), key=lambda one: (one.priority, one.key)
    )
    parts = [(rule, effect) for rule in rules for effect in rule.then if effect.unit == unit]
    return sorted(parts, key=lambda part: _stage(part[1]))


def _stage(effect: effects.Effect) -> int:
    return 0 if isinstance(effect, effects.PerAmount | effects.PerPiece) else 1 + (not _multiplies(effect))


def _multiplies(effect: effects.Effect) -> bool:
    return isinstance(effect, effects.Multiply)


def _weights(asked: Asked, parts: list[tuple[Rule, effects.Effect]], place: int) -> list[Fraction]:
    rule, effect = parts[place]
    lines = asked.activity.lines
    if isinstance(effect, effects.Fixed | effects.Table):
        earning = [line.kind in ("goods", "shipping" * asked.programme.earning.shipping) for line in lines]
        passing = [earns and asked.passes(rule.where, line) for line, earns in zip(lines, earning, strict=True)]
        counted = passing if any(passing) else earning
        worth = [line.net * counts for line, counts in zip(lines, counted, strict=True)]
        return [Fraction(one) for one in (worth if any(worth) else counted)]
    base = [part for part in parts if _stage(part[1]) == 0]
    times = [part for part in parts if _stage(part[1]) == 1]
    return [_on_line(asked, line, base, times)[place] for line in lines]


def _on_line(
    asked: Asked, line: Line, base: list[tuple[Rule, effects.Effect]], times: list[tuple[Rule, effects.Effect]]
) -> list[Fraction]:
    if line not in asked.lines:
        return [Fraction(0)] * len(base + times)
    row = asked.on_line(line, base, times)
    return [Fraction(one) for one in asked.rounded(row)] if asked.programme.earning.per == "line" else row


def _spread(weights: list[Fraction], points: int) -> tuple[list[int], bool]:
    total = sum(weights, Fraction(0))
    if not total:
        return [0] * len(weights), False
    exact = [weight * points / total for weight in weights]
    whole = [floor(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda place: (whole[place] - exact[place], place))
    more = points - sum(whole)
    tied = 0 < more < len(order) and exact[order[more - 1]] % 1 == exact[order[more]] % 1
    for place in order[:more]:
        whole[place] += 1
    return whole, tied
