"""Every write to what rules remember: counters and budgets."""

from collections.abc import Mapping
from datetime import datetime

from guerdon.kit import clock
from guerdon.kit.store import Row, Statement, Store, Table

COUNTERS = Table(
    "rulebook_counter",
    {"account_id": "uuid", "key": "text", "win": "text", "amount": "bigint", "last_at": "bigint"},
    key=("account_id", "win", "key"),
    mode="upsert",
)
BUDGETS = Table(
    "rulebook_budget",
    {"programme_id": "uuid", "rule": "text", "spent": "bigint", "most": "bigint"},
    key=("programme_id", "rule"),
    mode="upsert",
)

_OPEN = Statement(
    "INSERT INTO rulebook_budget (programme_id, rule, spent, most) VALUES (:programme, :rule, 0, :most)"
    " ON CONFLICT (programme_id, rule) DO UPDATE SET most ="
    " CASE WHEN excluded.most > rulebook_budget.spent THEN excluded.most ELSE rulebook_budget.spent END"
)


def counter_row(account_id: str, key: str, window: str, amount: int, last_at: datetime) -> Row:
    """A counter as it stands after the batch (the account is locked, so nobody else moved it)."""
    return (account_id, key, window, amount, clock.micros(last_at))


def budget_row(programme_id: str, rule: str, spent: int, most: int) -> Row:
    """A budget as it stands after the batch (the row is locked)."""
    return (programme_id, rule, spent, most)


def open_budgets(store: Store, programme_id: str, budgets: Mapping[str, int]) -> None:
    """Enter the budgets of a new version, so that there is a row to lock; what was spent stays, none falls below it."""
    for rule, most in budgets.items():
        store.fetch(_OPEN, programme=programme_id, rule=rule, most=most)
