"""The arithmetic of earning: eligible amounts, multipliers, bonuses, caps and the one rounding (LAW 3).

All of it is exact integer arithmetic: what a rule gives is a numerator over one denominator that the whole basket
shares.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import gcd, lcm, prod

import msgspec

from guerdon.core import effects, rules
from guerdon.core.activities import Activity, Line
from guerdon.core.decisions import Capped, Share
from guerdon.core.matching import Bucket, Case, Filters
from guerdon.core.programme import Earning, Rate, Rounding


class Part:
    """One effect of one rule, ready for counting; `up` / `down` is its rate or factor."""

    __slots__ = ("base", "bit", "cap_windows", "down", "effect", "limited", "money", "rule", "up")

    def __init__(self, rule: rules.Rule, bit: int, effect: effects.Effect) -> None:
        self.rule = rule
        self.bit = bit
        self.effect = effect
        self.base = isinstance(effect, effects.Base)
        self.money = not isinstance(effect, effects.PerPiece)
        self.up, self.down = 1, 1
        if isinstance(effect, effects.Base):
            self.up, self.down = effect.rate.as_integer_ratio()
        elif isinstance(effect, effects.Multiply):
            self.up, self.down = effect.factor.as_integer_ratio()
        self.cap_windows = rule.caps.windows()
        self.limited = bool(self.cap_windows) or rule.caps.order is not None or rule.budget is not None


class LineUp:
    """The parts that meet in one unit, by stage: base points, multipliers, bonuses (LAW 3.4)."""

    __slots__ = ("base", "bonuses", "times")

    def __init__(self) -> None:
        self.base: list[Part] = []
        self.times: list[Part] = []
        self.bonuses: list[Part] = []

    def add(self, part: Part) -> None:
        if part.base:
            self.base.append(part)
        elif isinstance(part.effect, effects.Multiply):
            self.times.append(part)
        else:
            self.bonuses.append(part)

    def join(self, other: "LineUp") -> None:
        self.base += other.base
        self.times += other.times
        self.bonuses += other.bonuses


class Given:
    """What one part gives to one basket: `numerator` over the basket's denominator, counted on `on` (× down)."""

    __slots__ = ("numerator", "on", "part", "weight")

    def __init__(self, part: Part, weight: int = 1) -> None:
        self.part = part
        self.weight = weight  # the common denominator over the part's own
        self.numerator = 0
        self.on = 0


def eligible(
    activity: Activity, earning: Earning, filters: Filters, *, by_line: bool, rate: Rate | None = None
) -> list[Bucket]:
    """The lines that earn, net of their discounts (LAW 3.1), in buckets of lines that pass the same filters.

    `by_line` gives every line a bucket of its own in its place, an empty one where it does not earn.
    """
    buckets: list[Bucket] = []
    known: dict[int, Bucket] = {}
    mask_of = filters.mask
    for line in activity.goods:
        net = line.amount - line.discount
        if net <= 0 or (line.kind != "goods" and not getattr(earning, line.kind)):
            if by_line:
                buckets.append(Bucket(0))
            continue
        mask = mask_of(line if rate is None else _at_home(line, rate))
        bucket = None if by_line else known.get(mask)
        if bucket is None:
            bucket = known[mask] = Bucket(mask)
            buckets.append(bucket)
        bucket.amount += net
        bucket.pieces += line.quantity
        bucket.lines += 1
    return buckets


def _at_home(line: Line, rate: Rate) -> Line:
    """The line as filters with amounts see it; rounding down changes no comparison with a whole amount."""
    return msgspec.structs.replace(line, amount=line.net * rate.home // rate.units, discount=0)


def fraction(activity: Activity, buckets: list[Bucket], earning: Earning, rate: Rate | None) -> tuple[int, int]:
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


def contributions(line_up: LineUp, case: Case, earning: Earning) -> tuple[list[Given], int]:
    """What each part gives, base first, then multipliers, then bonuses; and the denominator they share."""
    common = lcm(*[part.down for part in line_up.base]) * prod([part.down for part in line_up.times])
    down = common * case.down
    lines = [Given(part, common // part.down) for part in (*line_up.base, *line_up.times)]
    for bucket in case.buckets:
        if earning.per == "order":
            _add(bucket, case, lines, earning)
            continue
        # Every line is rounded by itself, the rules' parts by largest remainder.
        row = [Given(given.part, given.weight) for given in lines]
        _add(bucket, case, row, earning)
        points = rounded([given.numerator for given in row], down, earning.rounding)
        for given, of_line, whole_points in zip(lines, row, points, strict=True):
            given.numerator += whole_points * down
            given.on += of_line.on
    return [*lines, *[_bonus(part, case, down) for part in line_up.bonuses]], down


def _add(bucket: Bucket, case: Case, lines: list[Given], earning: Earning) -> None:
    """Add what one bucket gives to each part; the common denominator holds every divisor, so each step is exact."""
    mask = bucket.mask
    before = running = 0
    for given in lines:
        part = given.part
        if not mask & part.bit:
            continue
        if part.base:
            on = bucket.amount * case.up if part.money else bucket.pieces * case.down
            given.on += on
            numerator = on * part.up * given.weight
            before += numerator
            running += numerator
        else:
            of = before if earning.stacking == "add" else running
            numerator = of * (part.up - part.down) // part.down
            running += numerator
        given.numerator += numerator


def _bonus(part: Part, case: Case, down: int) -> Given:
    given = Given(part)
    if isinstance(part.effect, effects.Fixed):
        given.numerator = part.effect.give * down
        return given
    assert isinstance(part.effect, effects.Table)
    given.on = sum(bucket.amount for bucket in case.buckets if bucket.mask & part.bit) * case.up
    for step in part.effect.steps:
        if given.on >= step.amount_min * case.down:
            given.numerator = step.give * down
    return given


def clamp(given: Iterable[Given], down: int, room: Mapping[str, tuple[int, Capped]]) -> list[Capped]:
    """Clamp what each rule gives to the room its tightest limit leaves; answers the limits that bit (LAW 3.5)."""
    hit: list[Capped] = []
    left = {key: most * down for key, (most, _) in room.items()}
    for one in given:
        key = one.part.rule.key
        if key not in left:
            continue
        if one.numerator > left[key]:
            one.numerator = left[key]
            if room[key][1] not in hit:
                hit.append(room[key][1])
        left[key] -= one.numerator
    return hit


def trim(given: Iterable[Given], down: int, most: int) -> bool:
    """Clamp the sum to a limit of the unit, the last added first; whether it bit."""
    left = most * down
    bit = False
    for one in given:
        if one.numerator > left:
            one.numerator = left
            bit = True
        left -= one.numerator
    return bit


def whole(total: int, down: int, how: Rounding) -> int:
    """The one rounding of an exact sum."""
    return (2 * total + down) // (2 * down) if how == "half_up" else total // down


def rounded(numerators: Sequence[int], down: int, how: Rounding) -> list[int]:
    """Whole parts that sum to the rounded sum: by largest remainder, ties by place (LAW 3.3)."""
    return _apportioned(numerators, down, whole(sum(numerators), down, how))


def _apportioned(numerators: Sequence[int], down: int, points: int) -> list[int]:
    """Whole parts that sum to `points`, which is the sum of the numerators rounded one way or the other."""
    parts = [numerator // down for numerator in numerators]
    short = points - sum(parts)
    if short:
        by_rest = sorted(range(len(parts)), key=lambda place: (-(numerators[place] % down), place))
        for place in by_rest[:short]:
            parts[place] += 1
    return parts


def shares(given: Sequence[Given], down: int, case: Case, how: Rounding) -> list[tuple[Part, Share]]:
    """The rules' shares of the rounded sum, with their arithmetic; rules that gave nothing at all are left out."""
    found: list[tuple[Part, Share]] = []
    parts = _by_rule(given, down, how)
    for one, points in zip(given, parts, strict=True):
        if one.numerator:
            on = one.on // case.down if one.on else None
            exact = _told(one.numerator, down)
            found.append((one.part, Share(rule=one.part.rule.key, points=points, exact=exact, on=on)))
    return found


def _by_rule(given: Sequence[Given], down: int, how: Rounding) -> list[int]:
    """The rounded parts. A rule of several parts is rounded as a whole, or it would round above its own cap."""
    numerators = [one.numerator for one in given]
    rules = [one.part.rule.key for one in given]
    sums: dict[str, int] = {}
    for rule, numerator in zip(rules, numerators, strict=True):
        sums[rule] = sums.get(rule, 0) + numerator
    if len(sums) == len(rules):
        return rounded(numerators, down, how)
    parts = [0] * len(rules)
    for rule, points in zip(sums, rounded(list(sums.values()), down, how), strict=True):
        places = [place for place, key in enumerate(rules) if key == rule]
        of_rule = _apportioned([numerators[place] for place in places], down, points)
        for place, part in zip(places, of_rule, strict=True):
            parts[place] = part
    return parts


def _told(numerator: int, down: int) -> str:
    """A rational as it is written in an answer: `45` or `45/2`."""
    common = gcd(numerator, down)
    return str(numerator // down) if common == down else f"{numerator // common}/{down // common}"
