"""What every line of a basket got of an award: the rules' shares spread over the lines they counted (LAW 3.3).

All of it follows from what is stored, the fact, the version and the shares, so it costs nothing before somebody asks.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from fractions import Fraction
from itertools import chain, combinations, islice
from typing import Final

import msgspec

from guerdon.core import earning
from guerdon.core.activities import Activity
from guerdon.core.decisions import Award, Decision, LinePoints, Share
from guerdon.core.earning import Given, LineUp, Part
from guerdon.core.law import Compiled, Law
from guerdon.core.matching import Bucket, Case, Filters
from guerdon.core.programme import Rate
from guerdon.core.standing import Standing

TRIES_MAX: Final = 100


def spread(*, law: Law, activity: Activity, decision: Decision) -> tuple[Award, ...]:
    """The awards, each with what its lines got, in their order; lines that got nothing are left out.

    Base points go to the lines in proportion to what each contributed, a multiplier's in proportion to the surplus it
    made on each, bonuses in proportion to the amounts of the rule's lines (evenly where these are all free); whole
    points by largest remainder, ties by line number. The lines of an award sum to the award; where no line can be
    named – a purchase told in one sum, a basket of vouchers and tax – there are none. `law` is the version that
    decided. Source: LAW 3.3.
    """
    if not activity.lines or not decision.awards:
        return decision.awards
    nobody, rate = Standing(account_id="", enrolled_at=activity.occurred_at), decision.rate
    rates = {} if rate is None else {rate.currency: (Rate(rate.start, rate.home, rate.units),)}
    case = law.case(activity, nobody, by_line=True, rates=rates)
    basket = _Basket(law, case, decision)
    found: list[Award] = []
    for award in decision.awards:
        got: list[dict[str, int]] = [{} for _ in activity.lines]
        for share, weights in basket.weighed(award):
            for line, points in zip(got, _apportioned(weights, share.points), strict=True):
                if points:
                    line[share.rule] = line.get(share.rule, 0) + points
        lines = [LinePoints(number, sum(rules.values()), rules) for number, rules in enumerate(got, 1) if rules]
        found.append(msgspec.structs.replace(award, lines=tuple(lines)))
    return tuple(found)


def _apportioned(weights: Sequence[int], points: int) -> list[int]:
    total = sum(weights)
    if not total:
        return [0] * len(weights)
    return earning.rounded([weight * points for weight in weights], total, "floor")


class _Basket:
    """One activity, line by line, under the version that decided on it."""

    def __init__(self, law: Law, case: Case, decision: Decision) -> None:
        self.law = law
        self.case = case
        self.decision = decision
        # A free line is worth nothing, but it is there.
        self.masks = [
            bucket.mask or (law.filters.mask(line) if _earns(law, line.kind) else 0)
            for bucket, line in zip(case.buckets, case.activity.lines, strict=True)
        ]

    def weighed(self, award: Award) -> Iterator[tuple[Share, list[int]]]:
        """The shares of the award with the weights of the lines."""
        unit = award.unit
        line_up = self._line_up(unit)
        base = len(line_up.rated)
        whole = self._contributions(line_up, self.case.buckets)[0]
        by_line = [self._contributions(line_up, [bucket])[0] for bucket in self.case.buckets]
        gave: dict[str, list[int]] = {}
        for place, given in enumerate(whole):
            if given.numerator:
                gave.setdefault(given.part.key, []).append(place)
        for share in award.shares:
            # All shares that a rule has in a unit stand in one award, in the order of its parts; limits cut the last.
            places = gave.get(share.rule)
            place = places.pop(0) if places else base
            if place < base:
                yield share, [row[place].numerator for row in by_line]
            else:
                yield share, self._amounts(self._bit(share.rule, unit))

    def _contributions(self, line_up: LineUp, buckets: list[Bucket]) -> tuple[list[Given], int]:
        case = copy(self.case)
        case.buckets = buckets
        return earning.contributions(line_up, case, self.law.programme.earning)

    def _amounts(self, bit: int) -> list[int]:
        """By line what it is worth to a bonus: the rule's lines, or where it has none all that earn."""
        for wanted in (bit, Filters.EVERY):
            passing = [bool(mask & wanted) for mask in self.masks]
            amounts = [
                bucket.amount if passes else 0 for bucket, passes in zip(self.case.buckets, passing, strict=True)
            ]
            if any(passing):
                return amounts if any(amounts) else [int(passes) for passes in passing]
        return [0] * len(self.masks)

    def _bit(self, key: str, unit: str) -> int:
        for compiled in self._rules(unit):
            if compiled.key == key:
                return self.law.filters.bit(compiled.rule.where)
        return Filters.EVERY

    # --- which rules had a part in it ---

    def _rules(self, unit: str) -> list[Compiled]:
        """The rules that may have given the unit."""
        at = self.case.activity.occurred_at
        rules = self.law.by_kind.get(self.case.activity.kind, ())
        return [one for one in rules if unit in one.units and one.start <= at < one.until]

    def _line_up(self, unit: str) -> LineUp:
        """The parts that met in the unit.

        A rule whose fractions all went to others has no share, but multipliers and the rounding of lines counted them.
        It is found by the exact shares, which come out only with it.
        """
        shares: dict[str, list[Fraction]] = {}
        for award in self.decision.awards:
            for share in award.shares if award.unit == unit else ():
                shares.setdefault(share.rule, []).append(Fraction(share.exact))
        rules = self._rules(unit)
        clamped = {capped.key for capped in self.decision.capped if capped.of in ("rule", "budget")}
        seen = {one.key for one in rules if one.key in shares or one.key in clamped}
        silenced = {capped.key for capped in self.decision.capped if capped.of == "uses"}
        groups = {one.rule.group for one in rules if one.key in seen} - {None}
        unseen = [
            one.key for one in rules if one.key not in seen | silenced and one.rule.group not in groups
            and any(part.base or part.times for part in _parts(one, unit))
        ]  # fmt: skip
        trimmed = any(capped.of == "unit" and capped.key == unit for capped in self.decision.capped)
        limited = {one.key for one in rules} if trimmed else clamped
        tries = chain.from_iterable(combinations(unseen, size) for size in range(len(unseen) + 1))
        for more in islice(tries, TRIES_MAX):
            line_up = _joined([one for one in rules if one.key in seen or one.key in more], unit)
            if _fits(*self._contributions(line_up, self.case.buckets), shares, limited):
                return line_up
        return _joined([one for one in rules if one.key in seen], unit)


def _earns(law: Law, kind: str) -> bool:
    return kind == "goods" or bool(getattr(law.programme.earning, kind))


def _joined(rules: list[Compiled], unit: str) -> LineUp:
    return LineUp([part for one in rules for part in _parts(one, unit)])


def _parts(one: Compiled, unit: str) -> list[Part]:
    return [part for part in one.parts if part.effect.unit == unit]


def _fits(given: list[Given], down: int, shares: dict[str, list[Fraction]], limited: set[str]) -> bool:
    """Whether the contributions come out as the shares: exactly, or at least as much where a limit bit."""
    made: dict[str, list[Fraction]] = {key: [] for key in shares}
    for one in given:
        if one.numerator:
            made.setdefault(one.part.key, []).append(Fraction(one.numerator, down))
    for key, found in made.items():
        told = shares.get(key, [])
        if key in limited:
            if len(told) > len(found) or any(few > much for few, much in zip(told, found, strict=False)):
                return False
        elif told != found and (told or sum(found) >= 1):
            return False
    return True
