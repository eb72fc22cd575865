"""What every line of a basket got of an award: the rules' shares spread over the lines they counted (LAW 3.3).

All of it follows from what is stored, the fact, the version and the shares, so it costs nothing before somebody asks.
"""

from collections.abc import Iterator, Sequence
from copy import copy

import msgspec

from guerdon.core import earning, rates
from guerdon.core.activities import Activity
from guerdon.core.compiled import Compiled
from guerdon.core.decisions import Award, Decision, LinePoints, Share
from guerdon.core.earning import Given, LineUp, Part
from guerdon.core.law import Law
from guerdon.core.matching import Bucket, Case, Filters
from guerdon.core.standing import Standing


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
    nobody = Standing(account_id="", enrolled_at=activity.occurred_at)
    case = law.case(activity, nobody, by_line=True, rates=rates.stored(decision.rate))
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
        """The parts that met in the unit: of rules that gave some of it, or whose fractions all went to others."""
        seen = {share.rule for award in self.decision.awards for share in award.shares}
        seen |= {capped.key for capped in self.decision.capped if capped.of in ("rule", "budget")}
        if self.decision.basis is not None:
            seen.update(self.decision.basis.unseen)
        return _joined([one for one in self._rules(unit) if one.key in seen], unit)


def _earns(law: Law, kind: str) -> bool:
    return kind == "goods" or bool(getattr(law.programme.earning, kind))


def _joined(rules: list[Compiled], unit: str) -> LineUp:
    return LineUp([part for one in rules for part in _parts(one, unit)])


def _parts(one: Compiled, unit: str) -> list[Part]:
    return [part for part in one.parts if part.effect.unit == unit]
