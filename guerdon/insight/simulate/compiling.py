"""Programmes become arrays: every rule of every version, its parts, limits and lives, for the loops of a replay."""

from collections.abc import Sequence
from math import lcm, prod

import numpy as np

from guerdon.core import effects, expiry, rules
from guerdon.core.conditions import LineFilter
from guerdon.core.programme import Programme
from guerdon.core.vesting import Vesting
from guerdon.insight.simulate import tables
from guerdon.insight.simulate.baskets import KINDS
from guerdon.insight.simulate.history import SPANS
from guerdon.insight.simulate.tables import NO_LIMIT, Laws, Rules

Life = tuple[Vesting, expiry.Policy]
_POLICIES = {"only_pending": tables.ONLY_PENDING, "within_balance": tables.WITHIN_BALANCE, "debt": tables.DEBT}


class Slots:
    """Where the counters stand: of each name and span one for every window of a member."""

    def __init__(self, rooms: Sequence[int]) -> None:
        self._rooms = rooms
        self._known: dict[tuple[str, str], int] = {}
        self.size = 0

    def of(self, name: str, span: str) -> int:
        """Where the counter begins."""
        found = self._known.get((name, span))
        if found is None:
            found = self._known[name, span] = self.size
            self.size += self._rooms[SPANS.index(span)]
        return found


class Compiled:
    """Some programmes as arrays, in their order; `rules_of` says which of all rules are those of each of them."""

    def __init__(
        self, programmes: Sequence[Programme], units: Sequence[str], filters: dict[LineFilter | None, int],
        rooms: Sequence[int],
    ) -> None:  # fmt: skip
        self.units = {unit: place for place, unit in enumerate(units)}
        self.filters = filters
        self.slots = Slots(rooms)
        self.lives: dict[Life, int] = {}
        self.budgets: dict[str, int] = {}
        self.rules_of: list[range] = []
        self._rule: dict[str, list[int]] = {
            name: [] for name in ("group", "by_key", "where", "gives", "order", "budget", "budget_most")
        }
        self._caps, self._uses = _Limits(), _Limits()
        self._part: dict[str, list[int]] = {
            name: [] for name in ("owner", "unit", "stage", "up", "down", "weight", "money", "filter", "give", "life")
        }
        self._steps: list[list[effects.Step]] = []
        self._part_first = [0]
        self._laws = [self._law(programme) for programme in programmes]
        self.laws = self._laws_told(programmes)
        self.rules = self._rules_told()

    def lives_most(self) -> "tables.Whole":
        """By unit, into how many lots a fact can become at most: one for each life that some version knows."""
        known = {(unit, life) for unit, life in zip(self._part["unit"], self._part["life"], strict=True)}
        return np.array([1 + sum(unit == place for unit, _ in known) for place in self.units.values()], dtype=np.int64)

    @property
    def count(self) -> int:
        """How many rules there are in all."""
        return len(self._rule["group"])

    def _law(self, programme: Programme) -> dict[str, int]:
        """Take in a version; answers the common denominator of the rates of each unit."""
        ordered = sorted(programme.rules, key=lambda rule: (rule.priority, rule.key))
        by_key = {key: place for place, key in enumerate(sorted(rule.key for rule in ordered))}
        groups = {name: place for place, name in enumerate(sorted({rule.group for rule in ordered if rule.group}))}
        wholes = {unit: denominator(programme, unit) for unit in self.units}
        first = self.count
        for rule in ordered:
            row = {
                "group": groups[rule.group] if rule.group else -1, "by_key": by_key[rule.key],
                "where": -1 if rule.where is None else self.filters[rule.where], "gives": int(bool(rule.vouchers)),
                "order": NO_LIMIT if rule.caps.order is None else rule.caps.order,
                "budget": -1 if rule.budget is None else self.budgets.setdefault(rule.key, len(self.budgets)),
                "budget_most": rule.budget or 0,
            }  # fmt: skip
            for name, cell in row.items():
                self._rule[name].append(cell)
            self._caps.add(
                [(self.slots.of(f"rule:{rule.key}", span), span, most) for span, most in rule.caps.windows()]
            )
            self._uses.add(
                [(self.slots.of(f"uses:{rule.key}", span), span, most) for span, most in rule.uses.windows()]
            )
            for effect in rule.then:
                self._add_part(rule, effect, programme, wholes[effect.unit])
            self._part_first.append(len(self._part["owner"]))
        self.rules_of.append(range(first, self.count))
        return wholes

    def _add_part(self, rule: rules.Rule, effect: effects.Effect, programme: Programme, whole: int) -> None:
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
        without = -1 if stage in (tables.FIXED, tables.STEPS) else self.filters[None]
        life = self.life(rule.vesting or of_unit.vesting, rule.expires or of_unit.expires)
        row = {
            "owner": self.count - 1, "unit": self.units[effect.unit], "stage": stage, "up": up, "down": down,
            "weight": whole // down if stage == tables.BASE else 1, "money": int(not isinstance(effect, effects.PerPiece)),
            "filter": without if rule.where is None else self.filters[rule.where], "give": give, "life": life,
        }  # fmt: skip
        for name, cell in row.items():
            self._part[name].append(cell)
        self._steps.append(list(effect.steps) if isinstance(effect, effects.Table) else [])

    def life(self, vests: Vesting, expires: expiry.Policy) -> int:
        """The number of a life: when points begin and when they end."""
        return self.lives.setdefault((vests, expires), len(self.lives))

    def _laws_told(self, programmes: Sequence[Programme]) -> Laws:
        caps = _Limits()
        whole, order, debt_max, slides, by_hand = ([] for _ in range(5))  # type: ignore[var-annotated]
        for programme, wholes in zip(programmes, self._laws, strict=True):
            for unit in self.units:
                of = programme.units.get(unit)
                windows = of.caps.windows() if of else []
                caps.add([(self.slots.of(f"unit:{unit}", span), span, most) for span, most in windows])
                whole.append(wholes[unit])
                order.append(NO_LIMIT if of is None or of.caps.order is None else of.caps.order)
                debt_max.append(NO_LIMIT if of is None or of.debt_max is None else of.debt_max)
                sliding = of is not None and isinstance(of.expires, expiry.Sliding)
                slides.append(self.life(Vesting(), of.expires) if of and sliding else -1)
                by_hand.append(self.life(Vesting(), of.expires if of else expiry.Never()))
        shape = (len(programmes), len(self.units))

        def by_unit(cells: list[int], kind: type[np.integer]) -> "tables.Whole":
            return np.array(cells, dtype=kind).reshape(shape)

        ways = [programme.earning for programme in programmes]
        earns = [[kind == "goods" or bool(getattr(way, kind)) for kind in KINDS] for way in ways]
        return Laws(
            by_unit(whole, np.int64), by_unit(order, np.int64), *caps.arrays(), by_unit(debt_max, np.int64),
            by_unit(slides, np.int32), by_unit(by_hand, np.int32), np.array([way.rounding == "half_up" for way in ways]),
            np.array([way.per == "line" for way in ways]), np.array([way.stacking == "add" for way in ways]),
            np.array([_POLICIES[one.returns] for one in programmes], dtype=np.int32), np.array(earns),
        )  # fmt: skip

    def _rules_told(self) -> Rules:
        rule, part = self._rule, self._part
        steps = [step for of in self._steps for step in of]
        step_first = np.cumsum([0, *[len(of) for of in self._steps]]).astype(np.int64)
        return Rules(
            np.array(self._part_first, np.int64), _code(rule["group"]), _code(rule["by_key"]), _code(rule["where"]),
            np.array(rule["gives"], np.bool_), _whole(rule["order"]), *self._caps.arrays(), *self._uses.arrays(),
            _code(rule["budget"]), _whole(rule["budget_most"]), _code(part["owner"]), _code(part["unit"]),
            _code(part["stage"]), _whole(part["up"]), _whole(part["down"]), _whole(part["weight"]),
            np.array(part["money"], np.bool_), _code(part["filter"]), _whole(part["give"]), _code(part["life"]),
            step_first, _whole([step.amount_min for step in steps]), _whole([step.give for step in steps]),
        )  # fmt: skip


class _Limits:
    """Limits by windows: of each owner some, by slot, span and most."""

    def __init__(self) -> None:
        self.first = [0]
        self.found: list[tuple[int, str, int]] = []

    def add(self, found: list[tuple[int, str, int]]) -> None:
        self.found += found
        self.first.append(len(self.found))

    def arrays(self) -> tuple["tables.Whole", "tables.Whole", "tables.Code", "tables.Whole"]:
        slots, spans, most = ([one[place] for one in self.found] for place in range(3))
        return _whole(self.first), _whole(slots), _code([SPANS.index(str(span)) for span in spans]), _whole(most)


def _whole(cells: Sequence[int]) -> "tables.Whole":
    return np.array(cells, dtype=np.int64)


def _code(cells: Sequence[int]) -> "tables.Code":
    return np.array(cells, dtype=np.int32)


def denominator(programme: Programme, unit: str) -> int:
    """A denominator over which all that rules can give in a unit is whole, whichever of them meet.

    Of a group only one rule gets through, so the least common multiple of its factors will do.
    """
    parts = [(rule, effect) for rule in programme.rules for effect in rule.then if effect.unit == unit]
    bases = [effect.rate.denominator for _, effect in parts if isinstance(effect, effects.Base)]
    groups: dict[str, int] = {}
    free = []
    for rule, effect in parts:
        if isinstance(effect, effects.Multiply):
            own = prod(
                one.factor.denominator for one in rule.then if isinstance(one, effects.Multiply) and one.unit == unit
            )
            if rule.group is None:
                free.append(effect.factor.denominator)
            else:
                groups[rule.group] = lcm(groups.get(rule.group, 1), own)
    return lcm(*bases) * prod(free) * prod(groups.values())
