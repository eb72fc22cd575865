"""What a purchase had given where rules that gave something of it are void by now."""

from collections.abc import Sequence

from guerdon.core import returns
from guerdon.core.activities import Activity
from guerdon.core.decisions import Decision
from guerdon.core.law import Law
from guerdon.core.returns import Slice


def given(in_force: Law, purchase: Activity, decision: Decision, slices: Sequence[Slice]) -> dict[str, int]:
    """By unit, the award that the current slices count from: what rules that were void before gave is no part of it."""
    before = returns.voided(slices[: len(slices) - len(returns.current(slices))])
    if not before:
        return decision.awarded()
    whole = returns.kept(purchase, ())
    return returns.earned(in_force, purchase, decision, whole, tuple(0 for _ in purchase.tenders), before)
