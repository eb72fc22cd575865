"""What limits leave to a rule: the tightest of its caps and its budget (LAW 3.5)."""

from collections.abc import Iterable, Mapping

from guerdon.core.decisions import CapOf, Capped
from guerdon.core.earning import Part
from guerdon.core.matching import Case


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
