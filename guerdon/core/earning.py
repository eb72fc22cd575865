"""The arithmetic of earning: eligible amounts, multipliers, bonuses, caps and the one rounding (LAW 3).

All of it is exact integer arithmetic: what a rule gives is a numerator over one denominator that the whole basket
shares.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import gcd, lcm, prod
from typing import Final

import msgspec

from guerdon.core import effects, rules
from guerdon.core.activities import Activity, Line
from guerdon.core.decisions import Capped, Share
from guerdon.core.matching import Bucket, Case, Filters
from guerdon.core.programme import Earning, Rate, Rounding

WHOLE: Final = (1, 1)  # the part of a basket that is all of it


class Part:
    """One effect of one rule, ready for counting; `up` / `down` is its rate or factor, which a bonus does not have."""

    __slots__ = (
        "base", "bit", "cap_windows", "counter", "down", "effect", "key", "life", "limited", "money", "rule", "times",
        "up",
    )  # fmt: skip

    def __init__(self, rule: rules.Rule, bit: int, effect: effects.Effect, *, life: int = 0) -> None:
        self.rule = rule
        self.key = rule.key
        self.counter = "rule:" + rule.key  # of the points the rule gave so far
        self.bit = bit
        self.effect = effect
        self.life = life  # parts of equal lives have equal numbers
        self.base = isinstance(effect, effects.Base)
        self.times = isinstance(effect, effects.Multiply)
        self.money = not isinstance(effect, effects.PerPiece)
        if isinstance(effect, effects.Base):
            self.up, self.down = effect.rate.as_integer_ratio()
        elif isinstance(effect, effects.Multiply):
            self.up, self.down = effect.factor.as_integer_ratio()
        self.cap_windows = rule.caps.windows()
        self.limited = bool(self.cap_windows) or rule.caps.order is not None or rule.budget is not None


class LineUp:
    """The parts that meet in one unit, by stage: base points, multipliers, bonuses (LAW 3.4); made once per meeting."""

    __slots__ = ("bonuses", "down", "limited", "one_each", "rated")

    def __init__(self, parts: Sequence[Part]) -> None:
        base = [part for part in parts if part.base]
        times = [part for part in parts if part.times]
        self.down = lcm(*[part.down for part in base]) * prod([part.down for part in times])
        self.rated = [(part, self.down // part.down) for part in (*base, *times)]
        self.bonuses = [part for part in parts if not (part.base or part.times)]
        self.limited = [part for part in (*base, *times, *self.bonuses) if part.limited]
        self.one_each = len({part.key for part in parts}) == len(parts)  # no rule has several parts here


class Given:
    """What one part gives to one basket: `numerator` over the basket's denominator, counted on `on` (× down)."""

    __slots__ = ("numerator", "on", "part", "weight")

    def __init__(self, part: Part, weight: int = 1) -> None:
        self.part = part
        self.weight = weight  # the common denominator over the part's own
        self.numerator = 0
        self.on = 0


def eligible(
    activity: Activity,
    earning: Earning,
    filters: Filters,
    *,
    by_line: bool,
    rate: Rate | None = None,
    part: tuple[int, int] = WHOLE,
) -> list[Bucket]:
    """The lines that earn, net of their discounts (LAW 3.1), in buckets of lines that pass the same filters.

    `by_line` gives every line a bucket of its own in its place, an empty one where it does not earn. Of a basket of
    which only a `part` (up, down) was kept, amounts and pieces come times `up`; the case divides them by `down`.
    """
    up = part[0]
    buckets: list[Bucket] = []
    known: dict[int, Bucket] = {}
    mask_of = filters.mask
    for line in activity.goods:
        net = line.amount - line.discount
        if net <= 0 or (line.kind != "goods" and not getattr(earning, line.kind)):
            if by_line:
                buckets.append(Bucket(0))
            continue
        mask = mask_of(line if rate is None and part is WHOLE else _at_home(line, rate, part))
        bucket = None if by_line else known.get(mask)
        if bucket is None:
            bucket = known[mask] = Bucket(mask)
            buckets.append(bucket)
        bucket.amount += net * up
        bucket.pieces += line.quantity * up
        bucket.lines += 1
    return buckets


def _at_home(line: Line, rate: Rate | None, part: tuple[int, int]) -> Line:
    """The line as filters with amounts see it; rounding down changes no comparison with a whole amount."""
    up, down = part
    quantity = line.quantity * up // down
    if rate is not None:
        up, down = up * rate.home, down * rate.units
    return msgspec.structs.replace(line, amount=line.net * up // down, discount=0, quantity=quantity)


def fraction(
    activity: Activity, buckets: list[Bucket], earning: Earning, rate: Rate | None, part: tuple[int, int] = WHOLE
) -> tuple[int, int]:
    """What a minor unit on a line counts in minor units of the programme's currency, as (up, down).

    Tenders that earn nothing reduce the goods lines evenly (LAW 3.1); foreign money is never pre-rounded (3.2).
    """
    up = down = 1
    if activity.tenders:
        idle = sum(tender.amount for tender in activity.tenders if tender.kind in earning.tenders_without)
        if idle:
            goods = sum(bucket.amount for bucket in buckets)
            up, down = max(0, goods - idle * part[1]), max(1, goods)
    down *= part[1]
    if rate is not None:
        up, down = up * rate.home, down * rate.units
    return up, down


def contributions(line_up: LineUp, case: Case, earning: Earning) -> tuple[list[Given], int]:
    """What each part gives, base first, then multipliers, then bonuses; and the denominator they share."""
    down = line_up.down * case.down
    given = [Given(part, weight) for part, weight in line_up.rated]
    if earning.per == "order":
        _add(case.buckets, case, given, earning)
    else:
        for bucket in case.buckets:
            _add_rounded(bucket, case, given, down, earning)
    if line_up.bonuses:
        given += [_bonus(part, case, down) for part in line_up.bonuses]
    return given, down


def _add(buckets: Sequence[Bucket], case: Case, rated: list[Given], earning: Earning) -> None:
    """Add what the buckets give to each part; the common denominator holds every divisor, so each step is exact."""
    up, pieces, adds = case.up, case.down // case.of_piece, earning.stacking == "add"
    for bucket in buckets:
        mask = bucket.mask
        before = running = 0
        for given in rated:
            part = given.part
            if not mask & part.bit:
                continue
            if part.base:
                on = bucket.amount * up if part.money else bucket.pieces * pieces
                given.on += on
                numerator = on * part.up * given.weight
                before += numerator
            else:
                numerator = (before if adds else running) * (part.up - part.down) // part.down
            running += numerator
            given.numerator += numerator


def _add_rounded(bucket: Bucket, case: Case, rated: list[Given], down: int, earning: Earning) -> None:
    """The same for a line that is rounded by itself, the rules' parts by largest remainder."""
    row = [Given(given.part, given.weight) for given in rated]
    _add((bucket,), case, row, earning)
    points = rounded([given.numerator for given in row], down, earning.rounding)
    for given, of_line, whole_points in zip(rated, row, points, strict=True):
        given.numerator += whole_points * down
        given.on += of_line.on


def _bonus(part: Part, case: Case, down: int) -> Given:
    """A fixed bonus, for which one of the rule's lines must be there, or that of the step the rule's lines reach."""
    given = Given(part)
    if isinstance(part.effect, effects.Fixed):
        if part.rule.where is None or any([bucket.mask & part.bit for bucket in case.buckets]):
            given.numerator = part.effect.give * down
        return given
    assert isinstance(part.effect, effects.Table)
    given.on = sum([bucket.amount for bucket in case.buckets if bucket.mask & part.bit]) * case.up
    for step in part.effect.steps:
        if given.on >= step.amount_min * case.down:
            given.numerator = step.give * down
    return given


def clamp(given: Iterable[Given], down: int, room: Mapping[str, tuple[int, Capped]]) -> list[Capped]:
    """Clamp what each rule gives to the room its tightest limit leaves; answers the limits that bit (LAW 3.5)."""
    hit: list[Capped] = []
    left = {key: most * down for key, (most, _) in room.items()}
    for one in given:
        key = one.part.key
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


def shares(given: Sequence[Given], down: int, case: Case, how: Rounding, *, one_each: bool) -> list[tuple[Part, Share]]:
    """The rules' shares of the rounded sum, with their arithmetic; rules that gave nothing at all are left out.

    `one_each` says that no rule has several parts.
    """
    found: list[tuple[Part, Share]] = []
    numerators = [one.numerator for one in given]
    parts = rounded(numerators, down, how) if one_each else _by_rule(given, numerators, down, how)
    for one, points in zip(given, parts, strict=True):
        if one.numerator:
            on = one.on // case.down if one.on else None
            found.append((one.part, Share(one.part.key, points, _told(one.numerator, down), on)))
    return found


def _by_rule(given: Sequence[Given], numerators: list[int], down: int, how: Rounding) -> list[int]:
    """The rounded parts. A rule of several parts is rounded as a whole, or it would round above its own cap."""
    rules = [one.part.key for one in given]
    sums: dict[str, int] = {}
    for rule, numerator in zip(rules, numerators, strict=True):
        sums[rule] = sums.get(rule, 0) + numerator
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
