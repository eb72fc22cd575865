"""Programmes become tables: every rule of every version, its parts, limits and lives, for the loops of a replay."""

from collections.abc import Iterable, Sequence
from math import lcm, prod

import numpy as np

from guerdon.core import effects, expiry, rules
from guerdon.core.conditions import LineFilter
from guerdon.core.period import WindowKind
from guerdon.core.programme import Programme
from guerdon.core.transfers import Fee, Transfers
from guerdon.core.vesting import Vesting
from guerdon.insight.simulate import tables
from guerdon.insight.simulate.baskets import KINDS
from guerdon.insight.simulate.history import SPANS
from guerdon.insight.simulate.ladders import Rungs
from guerdon.insight.simulate.tables import NO_LIMIT, Whole

Life = tuple[Vesting, expiry.Policy]
Windows = Iterable[tuple[WindowKind, int]]
_POLICIES = {
    "only_pending": tables.ONLY_PENDING, "within_balance": tables.WITHIN_BALANCE, "debt": tables.MAKES_DEBT,
}  # fmt: skip


class Compiled:
    """Some programmes as tables, in their order; the one in the place `drafted` is a draft."""

    def __init__(
        self, programmes: Sequence[Programme], units: Sequence[str], filters: dict[LineFilter | None, int],
        rooms: Sequence[int], rungs: Rungs, *, drafted: int = -1,
    ) -> None:  # fmt: skip
        self.units = {unit: place for place, unit in enumerate(units)}
        self.awaiting: dict[int, str] = {}  # rules whose points wait for an activity, by how the file names that
        self._rungs = rungs
        self.lives: dict[Life, int] = {}
        self.budgets: dict[str, int] = {}
        self._filters = filters
        self._rooms = rooms
        self._known: tuple[dict[str, int], ...] = tuple({} for _ in SPANS)  # the counters of each span, by name
        self._limits: list[tuple[int, int, int]] = []
        self._rules: list[tuple[int, ...]] = []
        self._parts: list[tuple[int, ...]] = []
        self._steps: list[tuple[int, int]] = []
        laws, of_units = [], []
        for law, programme in enumerate(programmes):
            whole = {unit: denominator(programme, unit) for unit in units}
            self._take(programme, whole)
            laws.append(self._law(programme))
            of_units.append([self._unit(programme, unit, whole[unit], drafted=law == drafted) for unit in units])
        self.laws, self.units_told = _table(laws, tables.EARNS), np.array(of_units, dtype=np.int64)
        self.rules, self.parts = _table(self._rules, tables.RULE_COLUMNS), _table(self._parts, 13)
        self.limits, self.slots = self._counters()
        self.steps = _table(self._steps, 2)
        self.revives = any(one.reinstate.grace_days is not None for one in programmes)

    def lots_most(self) -> Whole:
        """By unit, into how many lots a fact can become at most: one for each life that some version knows."""
        known = {(part[tables.P_UNIT], part[tables.LIFE]) for part in self._parts}
        return np.array([1 + sum(unit == place for unit, _ in known) for place in self.units.values()], dtype=np.int64)

    def _take(self, programme: Programme, whole: dict[str, int]) -> None:
        """Take in the rules of a version."""
        ordered = sorted(programme.rules, key=lambda rule: (rule.priority, rule.key))
        by_key = {key: place for place, key in enumerate(sorted(rule.key for rule in ordered))}
        groups = {name: place for place, name in enumerate(sorted({rule.group for rule in ordered if rule.group}))}
        for rule in ordered:
            first = len(self._parts)
            awaited = waits_for(rule, programme)
            if awaited is not None:
                self.awaiting[len(self._rules)] = awaited
            for effect in rule.then:
                self._parts.append(self._part(rule, effect, programme, whole[effect.unit]))
            budget = -1 if rule.budget is None else self.budgets.setdefault(rule.key, len(self.budgets))
            self._rules.append((
                first, len(self._parts), groups[rule.group] if rule.group else -1, by_key[rule.key],
                -1 if rule.where is None else self._filters[rule.where], int(bool(rule.vouchers)),
                NO_LIMIT if rule.caps.order is None else rule.caps.order,
                *self._limited(f"rule:{rule.key}", rule.caps.windows()),
                *self._limited(f"uses:{rule.key}", rule.uses.windows()), budget, rule.budget or 0,
                *self._rungs.ask(programme, rule),
            ))  # fmt: skip

    def _limited(self, counter: str, windows: Windows) -> tuple[int, int]:
        """Enter limits by windows; answers from where to where they stand."""
        first = len(self._limits)
        for span, most in windows:
            place = SPANS.index(span)
            known = self._known[place]
            self._limits.append((known.setdefault(counter, len(known)), place, most))
        return first, len(self._limits)

    def _counters(self) -> tuple[Whole, int]:
        """Where the counters of the limits stand, and how many there are: all of one window side by side."""
        strides = [len(known) for known in self._known]
        sizes = [stride * room for stride, room in zip(strides, self._rooms, strict=True)]
        bases = [sum(sizes[:place]) for place in range(len(sizes))]
        rows = [(bases[place] + slot, place, most, strides[place]) for slot, place, most in self._limits]
        return _table(rows, 4), sum(sizes)

    def _part(self, rule: rules.Rule, effect: effects.Effect, programme: Programme, whole: int) -> tuple[int, ...]:
        of_unit = programme.units[effect.unit]
        up = down = give = 1
        if isinstance(effect, effects.Base):
            stage, (up, down) = tables.BASE, effect.rate.as_integer_ratio()
        elif isinstance(effect, effects.Multiply):
            stage, (up, down) = tables.TIMES, effect.factor.as_integer_ratio()
        elif isinstance(effect, effects.Fixed):
            stage, give = tables.FIXED, effect.give
        else:
            stage = tables.STEPS
        steps = len(self._steps)
        if isinstance(effect, effects.Table):
            self._steps += [(step.amount_min, step.give) for step in effect.steps]
        every = -1 if stage >= tables.FIXED else self._filters[None]
        return (
            len(self._rules), self.units[effect.unit], stage, up, down, whole // down if stage == tables.BASE else 1,
            int(not isinstance(effect, effects.PerPiece)), every if rule.where is None else self._filters[rule.where],
            give, self.life(rule.vesting or of_unit.vesting, rule.expires or of_unit.expires), steps, len(self._steps),
            self.units[effect.unit] * (tables.FIXED + 1) + min(stage, tables.FIXED),
        )  # fmt: skip

    def _unit(self, programme: Programme, code: str, whole: int, *, drafted: bool) -> tuple[int, ...]:
        """What a version says of a unit; of one that it does not know, nothing."""
        unit = programme.units.get(code)
        if unit is None:
            here = len(self._limits)
            return (whole, NO_LIMIT, here, here, NO_LIMIT, -1, self.life(Vesting(), expiry.Never()), NO_LIMIT // whole,
                    NO_LIMIT, *_gives(None, drafted=drafted))  # fmt: skip
        ends = self.life(Vesting(), unit.expires)
        return (
            whole, NO_LIMIT if unit.caps.order is None else unit.caps.order,
            *self._limited(f"unit:{code}", unit.caps.windows()), NO_LIMIT if unit.debt_max is None else unit.debt_max,
            ends if isinstance(unit.expires, expiry.Sliding) else -1, ends, NO_LIMIT // whole,
            NO_LIMIT if unit.converts_at is None else unit.converts_at, *_gives(unit.transfers, drafted=drafted),
        )  # fmt: skip

    def _law(self, programme: Programme) -> tuple[int, ...]:
        """What a version says besides rules and units."""
        way, grace = programme.earning, programme.reinstate.grace_days
        earns = [int(kind == "goods" or bool(getattr(way, kind))) for kind in KINDS]
        return (
            int(way.rounding == "half_up"), int(way.per == "line"), int(way.stacking == "add"),
            _POLICIES[programme.returns],
            -1 if grace is None else self.life(Vesting(), expiry.Rolling(days=grace)), *earns,
        )  # fmt: skip

    def life(self, vests: Vesting, expires: expiry.Policy) -> int:
        """The number of a life: when points begin and when they end."""
        return self.lives.setdefault((vests, expires), len(self.lives))


def waits_for(rule: rules.Rule, programme: Programme) -> str | None:
    """Where the file says that points of a rule wait for an activity; None where they do not."""
    if rule.vesting is not None:
        return f"rules.{rule.key}.vesting.activity" if rule.vesting.activity is not None else None
    units = [effect.unit for effect in rule.then if programme.units[effect.unit].vesting.activity is not None]
    return f"units.{units[0]}.vesting.activity" if units else None


def _gives(policy: Transfers | None, *, drafted: bool) -> tuple[int, ...]:
    """How points pass to others under a draft; what was published let happen what did, for the fee that was told."""
    if not drafted:
        return (0, 0, 0, 0)
    if policy is None:
        return (NO_LIMIT, 0, 0, 0)
    fee = policy.fee or Fee()
    return (policy.minimum, fee.points, fee.percent, int(fee.rounding == "up"))


def _table(rows: Sequence[Sequence[int]], columns: int) -> Whole:
    return np.array(rows, dtype=np.int64) if rows else np.zeros((0, columns), dtype=np.int64)


def denominator(programme: Programme, unit: str) -> int:
    """A denominator over which all that rules can give in a unit is whole, whichever of them meet.

    Of a group only one rule gets through, so the least common multiple of their factors will do.
    """
    bases, free, groups = [1], 1, dict[str, int]()
    for rule in programme.rules:
        mine = [one for one in rule.then if one.unit == unit]
        bases += [one.rate.denominator for one in mine if isinstance(one, effects.Base)]
        times = prod(one.factor.denominator for one in mine if isinstance(one, effects.Multiply))
        if rule.group is None:
            free *= times
        else:
            groups[rule.group] = lcm(groups.get(rule.group, 1), times)
    return lcm(*bases) * free * prod(groups.values())
