"""What limits leave to a rule: the tightest of its caps and its budget (LAW 3.5); and which counters limits look at."""

from collections.abc import Iterable, Mapping

from guerdon.core import conditions, period
from guerdon.core.decisions import CapOf, Capped
from guerdon.core.earning import Part
from guerdon.core.matching import Case
from guerdon.core.programme import Programme


def of_rules(case: Case, limited: Iterable[Part], budgets: Mapping[str, int]) -> dict[str, tuple[int, Capped]]:
    """What the tightest limit leaves to each limited rule."""
    room: dict[str, tuple[int, Capped]] = {}

    def narrow(of: CapOf, key: str, window: str, most: int, left: int) -> None:
        if key not in room or left < room[key][0]:
            left = max(0, left)
            room[key] = (left, Capped(of=of, key=key, window=window, most=most, left=left))

    for part in limited:
        rule = part.rule
        if rule.caps.order is not None:
            narrow("rule", rule.key, "order", rule.caps.order, rule.caps.order)
        for span, most in part.cap_windows:
            narrow("rule", rule.key, span, most, most - case.so_far(part.counter, span))
        if rule.budget is not None:
            narrow("budget", rule.key, "lifetime", rule.budget, budgets.get(rule.key, 0))
    return room


def counted(programme: Programme) -> list[tuple[str, period.WindowKind]]:
    """All (counter, window kind) pairs that some rule, voucher or cap of the programme looks at, without doubles."""
    found: dict[tuple[str, period.WindowKind], None] = {}
    for rule in programme.rules:
        for span, _ in rule.caps.windows():
            found["rule:" + rule.key, span] = None
        for span, _ in rule.uses.windows():
            found["uses:" + rule.key, span] = None
    asked = [rule.condition for rule in programme.rules]
    asked += [reward.condition for reward in programme.rewards.values()]
    asked += [voucher.condition for voucher in programme.vouchers.values()]
    for condition in asked:
        for node in conditions.walk(condition) if condition is not None else ():
            if isinstance(node, conditions.Counter):
                found[node.what, node.period] = None
    for unit in programme.units.values():
        for span, _ in unit.caps.windows():
            found["unit:" + unit.code, span] = None
    return list(found)
