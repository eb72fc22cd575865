"""A rule as closures and parts, and what rules give when they meet: the working memory of deciding."""

from datetime import UTC, datetime

from guerdon.core import matching, rules
from guerdon.core.decisions import Capped, Issue
from guerdon.core.earning import Given, LineUp, Part
from guerdon.core.hold_out import is_held_out
from guerdon.core.matching import Case, Test
from guerdon.core.programme import Programme

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class Compiled:
    """A rule with its condition as a closure and its effects as parts."""

    __slots__ = (
        "about_member", "bit", "key", "parts", "rule", "spared", "start", "test", "units", "until",
        "use_counter", "use_windows",
    )  # fmt: skip

    def __init__(
        self, rule: rules.Rule, filters: matching.Filters, lives: dict[str, int], spared: Test | None = None
    ) -> None:
        self.rule = rule
        self.key = rule.key
        self.start = rule.during.start or _FIRST
        self.until = rule.during.until or _LAST
        self.spared = spared if rule.campaign else None  # whether the member is held out of it
        self.test = _unless(self.spared, matching.test(rule.condition, filters) if rule.condition is not None else None)
        self.about_member = matching.about_member(rule.condition, filters) if rule.condition is not None else ()
        self.use_counter = "uses:" + rule.key
        self.use_windows = rule.uses.windows()
        self.bit = bit = filters.bit(rule.where)
        self.parts = [Part(rule, bit, effect, life=lives[effect.unit]) for effect in rule.then]
        self.units = frozenset(lives)

    def issues(self, case: Case) -> list[Issue]:
        """The vouchers it gives; where it asks for lines, one of them must be there."""
        if self.rule.where is not None and not any([bucket.mask & self.bit for bucket in case.buckets]):
            return []
        return [Issue(key, self.key) for key in self.rule.vouchers]

    def holds(self, case: Case) -> bool:
        """Whether the rule's window and condition are met."""
        if not self.start <= case.activity.occurred_at < self.until:
            return False
        return self.test is None or self.test(case)


def spares(programme: Programme) -> Test | None:
    """Whether a member is held out of campaigns, as a test; None where nobody is."""
    said, key = programme.hold_out, programme.key
    return None if said is None else lambda case: is_held_out(said, key, case.standing.who)


def _unless(spared: Test | None, test: Test | None) -> Test | None:
    """The condition, which does not hold for who is held out."""
    if spared is None:
        return test
    if test is None:
        return lambda case: not spared(case)
    return lambda case: test(case) and not spared(case)


class Total:
    """What the rules give in one unit, exact and clamped but not rounded, and the limits that bit."""

    __slots__ = ("capped", "down", "given", "line_up")

    def __init__(self, line_up: LineUp, given: list[Given], down: int, capped: list[Capped]) -> None:
        self.line_up = line_up
        self.given = given
        self.down = down
        self.capped = capped


Outcome = dict[str, Total]  # by unit
