"""Every write to what rules remember: counters and budgets."""

from collections.abc import Mapping
from datetime import datetime

from guerdon.kit import clock
from guerdon.kit.store import Row, Store, Table

COUNTERS = Table(
    "rulebook_counter",
    {"account_id": "uuid", "key": "text", "win": "text", "amount": "bigint", "last_at": "bigint"},
    key=("account_id", "key", "win"),
    mode="upsert",
)
BUDGETS = Table(
    "rulebook_budget",
    {"programme_id": "uuid", "rule": "text", "spent": "bigint", "most": "bigint"},
    key=("programme_id", "rule"),
    mode="upsert",
)


def counter_row(account_id: str, key: str, window: str, amount: int, last_at: datetime) -> Row:
    """A counter as it stands after the batch (the account is locked, so nobody else moved it)."""
    return (account_id, key, window, amount, clock.micros(last_at))


def budget_row(programme_id: str, rule: str, spent: int, most: int) -> Row:
    """A budget as it stands after the batch (the row is locked)."""
    return (programme_id, rule, spent, most)


def open_budgets(store: Store, programme_id: str, budgets: Mapping[str, int], spent: Mapping[str, int]) -> None:
    """Enter the budgets of a new version; what was spent stays, and no budget falls below it."""
    rows: list[Row] = [
        (programme_id, rule, spent.get(rule, 0), max(most, spent.get(rule, 0))) for rule, most in budgets.items()
    ]
    store.write([(BUDGETS, rows)])
