"""Every write to what rules remember: counters and budgets."""

from collections.abc import Mapping
from datetime import datetime

from guerdon.kit import clock
from guerdon.kit.store import Row, Statement, Store, Table, allow_fanout

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

_ADD = allow_fanout(
    "two members become one, or two again",
    Statement(
        "INSERT INTO rulebook_counter (account_id, key, win, amount, last_at)"
        " SELECT :into::uuid, key, win, amount, last_at FROM rulebook_counter WHERE account_id = :account"
        " ON CONFLICT (account_id, win, key) DO UPDATE SET amount = rulebook_counter.amount + excluded.amount,"
        " last_at = CASE WHEN excluded.last_at > rulebook_counter.last_at THEN excluded.last_at"
        " ELSE rulebook_counter.last_at END",
        sqlite="INSERT INTO rulebook_counter (account_id, key, win, amount, last_at)"
        " SELECT :into, key, win, amount, last_at FROM rulebook_counter WHERE account_id = :account"
        " ON CONFLICT (account_id, win, key) DO UPDATE SET amount = rulebook_counter.amount + excluded.amount,"
        " last_at = CASE WHEN excluded.last_at > rulebook_counter.last_at THEN excluded.last_at"
        " ELSE rulebook_counter.last_at END",
    ),
)
_RAISE = allow_fanout(
    "somebody joins a household or leaves it",
    Statement(
        "INSERT INTO rulebook_counter (account_id, key, win, amount, last_at)"
        " SELECT :into::uuid, key, win, amount, last_at FROM rulebook_counter WHERE account_id = :account"
        " ON CONFLICT (account_id, win, key) DO UPDATE SET amount = CASE WHEN excluded.amount > rulebook_counter.amount"
        " THEN excluded.amount ELSE rulebook_counter.amount END,"
        " last_at = CASE WHEN excluded.last_at > rulebook_counter.last_at THEN excluded.last_at"
        " ELSE rulebook_counter.last_at END",
        sqlite="INSERT INTO rulebook_counter (account_id, key, win, amount, last_at)"
        " SELECT :into, key, win, amount, last_at FROM rulebook_counter WHERE account_id = :account"
        " ON CONFLICT (account_id, win, key) DO UPDATE SET amount = CASE WHEN excluded.amount > rulebook_counter.amount"
        " THEN excluded.amount ELSE rulebook_counter.amount END,"
        " last_at = CASE WHEN excluded.last_at > rulebook_counter.last_at THEN excluded.last_at"
        " ELSE rulebook_counter.last_at END",
    ),
)
# Only what was added and is still there goes; a counter never falls below zero.
_TAKE_OUT = allow_fanout(
    "two members become one, or two again",
    Statement(
        "UPDATE rulebook_counter AS c SET amount = CASE WHEN c.amount > o.amount THEN c.amount - o.amount ELSE 0 END"
        " FROM rulebook_counter o WHERE c.account_id = :into AND o.account_id = :account"
        " AND o.key = c.key AND o.win = c.win",
    ),
)
_DROP_EMPTY = Statement(
    "DELETE FROM rulebook_counter WHERE account_id = :into AND amount = 0 AND (key, win) IN"
    " (SELECT o.key, o.win FROM rulebook_counter o WHERE o.account_id = :account)"
)
_SET_BACK = Statement(
    "UPDATE rulebook_counter SET last_at = :before WHERE account_id = :account AND key = :key AND win = :win"
    " AND last_at = :added"
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


def add_counters(store: Store, account_id: str, *, into: str) -> None:
    """Add all counters of one account to another's: amounts add up, the later last time counts."""
    store.fetch(_ADD, account=account_id, into=into)


def raise_counters(store: Store, account_id: str, *, into: str) -> None:
    """Let no counter of one account be lower than another's, nor have moved last before it."""
    store.fetch(_RAISE, account=account_id, into=into)


def take_out_counters(store: Store, account_id: str, *, into: str) -> None:
    """Take the counters of one account out of another's, which has counted on since they were added."""
    store.fetch(_TAKE_OUT, account=account_id, into=into)
    store.fetch(_DROP_EMPTY, account=account_id, into=into)


def set_back(store: Store, account_id: str, *, key: str, window: str, added: int, before: int) -> None:
    """Let a counter have moved last at the instant it had before another's was added, if it has not moved since."""
    store.fetch(_SET_BACK, account=account_id, key=key, win=window, added=added, before=before)
