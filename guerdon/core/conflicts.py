"""How the rules of a programme meet: which never fire, which exclude each other, which always come together.

All of it follows from the tree by `reach`, without trying. A verdict that is certain holds for every activity; of what
is possible it is only known that nothing speaks against it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import combinations
from typing import Final, Literal

import msgspec

from guerdon.core import effects, limits, period, reach
from guerdon.core.conditions import Condition
from guerdon.core.programme import Programme
from guerdon.core.reach import Alternatives, Fact
from guerdon.core.rules import Caps, Rule

Verdict = Literal["certain", "possible"]
PairKind = Literal["group", "window", "condition", "lines", "always", "together"]
AloneKind = Literal["over", "window", "condition", "lines", "shadowed", "cap", "budget", "idle_cap", "idle_uses"]
# Shorter windows inside longer ones; a week lies in no month.
_INSIDE: Final[dict[str, tuple[str, ...]]] = {
    "order": ("day", "week", "month", "quarter", "year", "lifetime"),
    "day": ("week", "month", "quarter", "year", "lifetime"),
    "week": ("lifetime",),
    "month": ("quarter", "year", "lifetime"),
    "quarter": ("year", "lifetime"),
    "year": ("lifetime",),
}
_SILENT: Final[frozenset[AloneKind]] = frozenset({"over", "window", "condition", "lines", "shadowed"})


class Alone(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is to be said of one rule: that it never gives anything (`over` … `shadowed`), or of one of its limits."""

    rule: str
    kind: AloneKind
    verdict: Verdict = "certain"
    by: str | None = None  # the rule that shadows it
    window: str | None = None  # of the limit meant
    wider: str | None = None  # the window whose limit is always as tight

    @property
    def silent(self) -> bool:
        """Whether the rule gives nothing from the instant on."""
        return self.kind in _SILENT


class Pair(msgspec.Struct, frozen=True, omit_defaults=True):
    """How two rules meet that a kind of activity triggers both of.

    `group`: only the better one counts. `window`, `condition`: they never hold for one activity. `lines`: they may, but
    never count the same line. `always`: whenever the first has lines and holds, so does the second.
    `together`: they may hold at once.
    """

    first: str
    second: str
    kind: PairKind
    verdict: Verdict
    units: tuple[str, ...] = ()  # that both give
    multiplied: bool = False  # whether one of them multiplies what the other gives


class Report(msgspec.Struct, frozen=True):
    """Everything that is to be said of how the rules of a programme meet, as of an instant."""

    rules: tuple[Alone, ...]
    pairs: tuple[Pair, ...]
    left_off: int = 0  # pairs beyond the limit, which were not looked at


def report(programme: Programme, at: datetime) -> Report:
    """The view of a programme for what happens from the instant on."""
    facts = {rule.key: _Reach(rule, programme) for rule in programme.rules}
    alone = [found for rule in programme.rules for found in _alone(rule, facts, programme, at)]
    silent = {one.rule for one in alone if one.silent and one.kind != "shadowed"}
    meeting = [
        (one, other)
        for one, other in combinations([rule for rule in programme.rules if rule.key not in silent], 2)
        if set(one.when) & set(other.when)
    ]
    looked_at = meeting[: limits.CONFLICT_PAIRS_MAX]
    pairs = [_pair(one, other, facts, programme) for one, other in looked_at]
    return Report(tuple(alone), tuple(pairs), len(meeting) - len(looked_at))


def groups_of(programme: Programme) -> list[frozenset[str]]:
    """The tiers of each ladder: a member has one of them at most."""
    return [frozenset(level.key for level in ladder.levels) for ladder in programme.tiers]


class _Reach:
    """When a rule holds, and which lines it counts."""

    def __init__(self, rule: Rule, programme: Programme) -> None:
        self.groups = groups_of(programme)
        self.frame = (Fact("among", "kind", frozenset(rule.when)), *_days(rule.during, programme))
        self.holds = self._framed(reach.of_condition(rule.condition))
        self.lines = reach.of_lines(rule.where)
        self.possible = reach.can(self.holds, self.groups)

    def _framed(self, alternatives: Alternatives) -> Alternatives:
        return tuple((*self.frame, *alternative) for alternative in alternatives)

    def meets(self, other: "_Reach") -> bool:
        return reach.meet(self.holds, other.holds, self.groups)

    def implies(self, condition: Condition | None) -> bool:
        """Whether the condition holds whenever the rule does."""
        return not reach.meet(self.holds, reach.of_condition(condition, holds=False), self.groups)


def _days(during: period.Period, programme: Programme) -> tuple[Fact, ...]:
    """The local days of a window, with one more on either side: some zones have begun a day twice."""
    low = None if during.start is None else period.local_day(during.start, programme.zone).toordinal() - 1
    high = None if during.until is None else period.local_day(during.until, programme.zone).toordinal() + 2
    return () if low is None and high is None else (Fact("range", "day", low=low, high=high),)


# --- one rule ---


def _alone(rule: Rule, facts: dict[str, _Reach], programme: Programme, at: datetime) -> Iterator[Alone]:
    own = facts[rule.key]
    if rule.during.until is not None and rule.during.until <= at:
        yield Alone(rule.key, "over")
        return
    if rule.during.start is not None and rule.during.until is not None and rule.during.start >= rule.during.until:
        yield Alone(rule.key, "window")
        return
    if not own.possible:
        yield Alone(rule.key, "condition")
        return
    if rule.where is not None and not reach.can(own.lines) and not _for_nothing(rule):
        yield Alone(rule.key, "lines")
        return
    for other in programme.rules:
        if other is not rule and _shadows(other, rule, own, programme):
            yield Alone(rule.key, "shadowed", by=other.key)
            return
    yield from _limits(rule)


def _for_nothing(rule: Rule) -> bool:
    """Whether it gives something even where no line passes: a table whose first step asks for nothing."""
    return any(isinstance(one, effects.Table) and one.steps[0].amount_min <= 0 for one in rule.then)


def _limits(rule: Rule) -> Iterator[Alone]:
    """Limits that always clamp, and limits beside which another one is always as tight."""
    fixed = sum(one.give for one in rule.then if isinstance(one, effects.Fixed))
    caps = _caps(rule.caps)
    for window, most in caps.items():
        if fixed > most:
            yield Alone(rule.key, "cap", window=window)
    if rule.budget is not None and fixed > rule.budget:
        yield Alone(rule.key, "budget")
    idle: tuple[tuple[AloneKind, dict[str, int]], ...] = (("idle_cap", caps), ("idle_uses", _caps(rule.uses)))
    for kind, of in idle:
        for window, most in of.items():
            wider = next((one for one in _INSIDE.get(window, ()) if one in of and of[one] <= most), None)
            if wider is not None:
                yield Alone(rule.key, kind, window=window, wider=wider)


def _caps(caps: Caps) -> dict[str, int]:
    found = {} if caps.order is None else {"order": caps.order}
    return found | dict(caps.windows())


def _shadows(other: Rule, rule: Rule, own: _Reach, programme: Programme) -> bool:
    """Whether another rule of the group always holds with this one and gives as much, so that this one never counts."""
    if rule.group is None or other.group != rule.group or len(other.then) != 1 or len(rule.then) != 1:
        return False
    fixed = all(isinstance(one.then[0], effects.Fixed) for one in (other, rule))
    if other.caps != Caps() or other.uses != Caps() or other.budget is not None:
        return False
    if not fixed and programme.earning.per == "line":  # parts of a rounded line may move to where a cap takes them
        return False
    if not _within(rule, other) or not own.implies(other.condition):
        return False
    mine, theirs = rule.then[0], other.then[0]
    if mine.unit != theirs.unit or rule.where != other.where or not _gives(theirs, mine):
        return False
    # Of two that come to the same, the one with the first key counts.
    more = isinstance(theirs, effects.Fixed) and isinstance(mine, effects.Fixed) and theirs.give > mine.give
    return other.key < rule.key or (more and programme.units[mine.unit].caps == Caps())


def _gives(more: effects.Effect, less: effects.Effect) -> bool:
    """Whether an effect gives at least as much as another one of its form, whatever the basket."""
    if isinstance(more, effects.Fixed) and isinstance(less, effects.Fixed):
        return more.give >= less.give
    if isinstance(more, effects.PerAmount) and isinstance(less, effects.PerAmount):
        return more.rate >= less.rate
    return isinstance(more, effects.PerPiece) and isinstance(less, effects.PerPiece) and more.rate >= less.rate


def _within(rule: Rule, other: Rule) -> bool:
    """Whether a rule is only triggered where and when another one is, too."""
    mine, theirs = rule.during, other.during
    begins = theirs.start is None or (mine.start is not None and theirs.start <= mine.start)
    ends = theirs.until is None or (mine.until is not None and mine.until <= theirs.until)
    for_all = rule.campaign or not other.campaign  # who is held out has the one, and not the other
    return set(rule.when) <= set(other.when) and begins and ends and for_all


# --- two rules ---


def _pair(one: Rule, other: Rule, facts: dict[str, _Reach], programme: Programme) -> Pair:
    units = tuple(unit for unit in programme.units if unit in _units(one) and unit in _units(other))
    times = any(isinstance(effect, effects.Multiply) for rule in (one, other) for effect in rule.then)

    def found(kind: PairKind, verdict: Verdict, first: Rule = one, second: Rule = other) -> Pair:
        return Pair(first.key, second.key, kind, verdict, units, times and bool(units))

    if not _overlap(one.during, other.during):
        return found("window", "certain")
    if not facts[one.key].meets(facts[other.key]):
        return found("condition", "certain")
    if one.group is not None and one.group == other.group:
        return found("group", "certain")
    if one.where is not None and other.where is not None and not reach.meet(
        facts[one.key].lines, facts[other.key].lines
    ):  # fmt: skip
        return found("lines", "certain")
    for first, second in ((one, other), (other, one)):
        implied = _within(first, second) and facts[first.key].implies(second.condition) and _has_lines(first, second)
        if second.uses == Caps() and implied:
            return found("always", "certain", first, second)
    return found("together", "possible")


def _has_lines(first: Rule, second: Rule) -> bool:
    """Whether a basket that has lines for the first rule has some for the second, too."""
    if second.where is None or _for_nothing(second) or first.where == second.where:
        return True
    if first.where is None or _for_nothing(first):
        return False
    return not reach.meet(reach.of_lines(first.where), reach.of_lines(second.where, holds=False))


def _units(rule: Rule) -> set[str]:
    return {effect.unit for effect in rule.then}


def _overlap(one: period.Period, other: period.Period) -> bool:
    """Whether two windows share an instant."""
    starts: Sequence[datetime] = [at for at in (one.start, other.start) if at is not None]
    ends: Sequence[datetime] = [at for at in (one.until, other.until) if at is not None]
    return not starts or not ends or max(starts) < min(ends)
