"""The arithmetic of earning: eligible amounts, multipliers, bonuses, caps and the one rounding (LAW 3).

All of it is exact integer arithmetic: a contribution is a numerator over one denominator that the whole basket shares.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm, prod

from guerdon.core import effects, rules
from guerdon.core.activities import Activity
from guerdon.core.decisions import Capped, Share
from guerdon.core.matching import Bucket, Case, Filters
from guerdon.core.programme import Earning, Rate


class Part:
    """One effect of one rule, ready for counting."""

    __slots__ = ("rule", "bit", "effect", "up", "down")

    def __init__(self, rule: rules.Rule, bit: int, effect: effects.Effect) -> None:
        self.rule = rule
        self.bit = bit
        self.effect = effect
        self.up, self.down = 1, 1
        if isinstance(effect, effects.Base):
            self.up, self.down = effect.rate.as_integer_ratio()
        elif isinstance(effect, effects.Multiply):
            self.up, self.down = effect.factor.as_integer_ratio()


class Given:
    """What one part gives to one basket: `numerator` over the basket's denominator, counted on `on`."""

    __slots__ = ("part", "numerator", "on")

    def __init__(self, part: Part, numerator: int, on: int | None) -> None:
        self.part = part
        self.numerator = numerator
        self.on = on


def eligible(activity: Activity, earning: Earning, filters: Filters, *, by_line: bool) -> list[Bucket]:
    """The lines that earn, net of their discounts (LAW 3.1), in buckets of lines that pass the same filters.

    `by_line` gives every line a bucket of its own (one that does not earn an empty one), so that places keep.
    """
    buckets: list[Bucket] = []
    known: dict[int, Bucket] = {}
    mask_of = filters.mask
    for line in activity.goods:
        net = line.amount - line.discount
        earns = net > 0 and (line.kind == "goods" or getattr(earning, line.kind))
        if by_line:
            bucket = Bucket(mask_of(line) if earns else 0)
            buckets.append(bucket)
        elif earns:
            mask = mask_of(line)
            found = known.get(mask)
            if found is None:
                found = known[mask] = Bucket(mask)
                buckets.append(found)
            bucket = found
        if earns:
            bucket.amount += net
            bucket.pieces += line.quantity
            bucket.lines += 1
    return buckets


def fraction(
    activity: Activity, buckets: list[Bucket], earning: Earning, rate: Rate | None
) -> tuple[int, int]:
    """What a minor unit on a line counts in minor units of the programme's currency, as (up, down).

    Tenders that earn nothing reduce the goods lines evenly (LAW 3.1); foreign money is never pre-rounded (3.2).
    """
    up = down = 1
    if activity.tenders:
        idle = sum(tender.amount for tender in activity.tenders if tender.kind in earning.tenders_without)
        if idle:
            goods = sum(bucket.amount for bucket in buckets)
            up, down = max(0, goods - idle), max(1, goods)
    if rate is not None:
        up, down = up * rate.home, down * rate.units
    return up, down


def contributions(parts: Sequence[Part], case: Case, earning: Earning) -> tuple[list[list[Given]], int]:
    """What each part gives on each bucket, base first, then multipliers, then bonuses; and the denominator.

    The outer list is parallel to the basket's buckets, with one more for bonuses, which belong to the whole order.
    """
    base = [part for part in parts if isinstance(part.effect, effects.Base)]
    times = [part for part in parts if isinstance(part.effect, effects.Multiply)]
    common = lcm(*(part.down for part in base)) * prod(part.down for part in times)
    down = common * case.down
    table: list[list[Given]] = []
    for bucket in case.buckets:
        given: list[Given] = []
        before = 0
        for part in base:
            if bucket.mask & part.bit:
                money = isinstance(part.effect, effects.PerAmount)
                on = bucket.amount * case.up if money else bucket.pieces * case.down
                numerator = on * part.up * (common // part.down)
                given.append(Given(part, numerator, on))
                before += numerator
        given += _multiplied(times, bucket, before, earning)
        table.append(given)
    bonuses = [part for part in parts if isinstance(part.effect, effects.Bonus)]
    table.append([_bonus(part, case, down) for part in bonuses])
    return table, down


def _multiplied(times: Sequence[Part], bucket: Bucket, before: int, earning: Earning) -> list[Given]:
    """The surplus each multiplier adds; the common denominator holds every divisor, so each step is exact."""
    given: list[Given] = []
    running = before
    for part in times:
        if bucket.mask & part.bit and before:
            of = before if earning.stacking == "add" else running
            surplus = of * (part.up - part.down) // part.down
            given.append(Given(part, surplus, None))
            running += surplus
    return given


def _bonus(part: Part, case: Case, down: int) -> Given:
    if isinstance(part.effect, effects.Fixed):
        return Given(part, part.effect.give * down, None)
    assert isinstance(part.effect, effects.Table)
    amount = sum(bucket.amount for bucket in case.buckets if bucket.mask & part.bit) * case.up
    give = 0
    for step in part.effect.steps:
        if amount >= step.amount_min * case.down:
            give = step.give
    return Given(part, give * down, amount)


def summed(table: list[list[Given]]) -> list[Given]:
    """The contributions of each part over all buckets, in the order they first appear by stage."""
    merged: dict[int, Given] = {}
    for row in table:
        for given in row:
            known = merged.get(id(given.part))
            if known is None:
                merged[id(given.part)] = Given(given.part, given.numerator, given.on)
            else:
                known.numerator += given.numerator
                if given.on is not None:
                    known.on = (known.on or 0) + given.on
    return sorted(merged.values(), key=_stage)


def _stage(given: Given) -> int:
    effect = given.part.effect
    return 0 if isinstance(effect, effects.Base) else 1 if isinstance(effect, effects.Multiply) else 2


def floor_lines(table: list[list[Given]], down: int) -> None:
    """Round every line down by itself (the option `per: line`), keeping the rules' parts by largest remainder."""
    for row in table[:-1]:
        whole = rounded([given.numerator for given in row], down, "floor")
        for given, points in zip(row, whole, strict=True):
            given.numerator = points * down


def clamp(given: list[Given], down: int, room: Mapping[str, tuple[int, Capped]]) -> list[Capped]:
    """Clamp what each rule gives to the room its tightest limit leaves; answers the limits that bit (LAW 3.5)."""
    hit: list[Capped] = []
    left = {key: most * down for key, (most, _) in room.items()}
    for one in given:
        key = one.part.rule.key
        if key in left and one.numerator > left[key]:
            one.numerator = left[key]
            if room[key][1] not in hit:
                hit.append(room[key][1])
        if key in left:
            left[key] -= one.numerator
    return hit


def trim(given: list[Given], down: int, most: int) -> bool:
    """Clamp the sum to a limit of the unit, the last added first; whether it bit."""
    left = most * down
    bit = False
    for one in given:
        if one.numerator > left:
            one.numerator = left
            bit = True
        left -= one.numerator
    return bit


def rounded(numerators: Sequence[int], down: int, how: str) -> list[int]:
    """Whole parts that sum to the rounded sum: by largest remainder, ties by place (LAW 3.3)."""
    total = sum(numerators)
    whole = (2 * total + down) // (2 * down) if how == "half_up" else total // down
    parts = [numerator // down for numerator in numerators]
    short = whole - sum(parts)
    if short:
        by_rest = sorted(range(len(parts)), key=lambda place: (-(numerators[place] % down), place))
        for place in by_rest[:short]:
            parts[place] += 1
    return parts


def shares(given: list[Given], down: int, case: Case, how: str) -> list[tuple[Part, Share]]:
    """The rules' shares of the rounded sum, with their arithmetic; rules that gave nothing at all are left out."""
    points = rounded([one.numerator for one in given], down, how)
    found: list[tuple[Part, Share]] = []
    for one, whole in zip(given, points, strict=True):
        if one.numerator == 0:
            continue
        exact, rest = divmod(one.numerator, down)
        told = str(exact) if rest == 0 else str(Fraction(one.numerator, down))
        on = None if one.on is None else one.on // case.down
        found.append((one.part, Share(rule=one.part.rule.key, points=whole, exact=told, on=on)))
    return found


def to_lines(weights: Sequence[Fraction], points: int) -> list[int]:
    """Spread whole points over lines in proportion, by largest remainder, ties by line number (LAW 3.3)."""
    total = sum(weights, Fraction())
    if not total:
        return [0] * len(weights)
    return rounded(
        [int(weight / total * points * (scale := _scale(weights, total))) for weight in weights],
        scale,
        "floor",
    )


def _scale(weights: Sequence[Fraction], total: Fraction) -> int:
    return lcm(*((weight / total).denominator for weight in weights))
