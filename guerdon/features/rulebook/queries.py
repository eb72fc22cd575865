"""Every read of what rules remember."""

from collections.abc import Sequence
from datetime import datetime

from guerdon.kit import clock
from guerdon.kit.store import Statement, Store

# Part of the engine's one gathering statement: the counters of the accounts in the batch's windows.
COUNTERS_OF = Statement(
    "(SELECT json_agg(json_build_array(account_id, key, win, amount, last_at)) FROM rulebook_counter"
    " WHERE account_id = ANY(:accounts::uuid[]) AND win = ANY(:windows::text[]))",
    sqlite="(SELECT json_group_array(json_array(account_id, key, win, amount, last_at)) FROM rulebook_counter"
    " WHERE account_id IN (SELECT value FROM json_each(:accounts))"
    " AND win IN (SELECT value FROM json_each(:windows)))",
)
_COUNTERS = Statement(
    "SELECT c.account_id, c.key, c.win, c.amount, c.last_at"
    " FROM unnest(:accounts::uuid[], :windows::text[], :keys::text[]) AS u(account_id, win, key)"
    " JOIN rulebook_counter c ON c.account_id = u.account_id AND c.win = u.win AND c.key = u.key",
    sqlite="SELECT c.account_id, c.key, c.win, c.amount, c.last_at FROM json_each(:names) AS u"
    " CROSS JOIN rulebook_counter c ON c.account_id = u.value->>0 AND c.win = u.value->>1 AND c.key = u.value->>2",
)
_BUDGETS = Statement(
    "SELECT rule, spent, most FROM rulebook_budget WHERE programme_id = :programme AND rule = ANY(:rules::text[])"
    " ORDER BY rule FOR NO KEY UPDATE",
    sqlite="SELECT rule, spent, most FROM rulebook_budget WHERE programme_id = :programme"
    " AND rule IN (SELECT value FROM json_each(:rules)) ORDER BY rule",
)


def counters(
    store: Store, names: Sequence[tuple[str, str, str]]
) -> list[tuple[str, tuple[str, str], tuple[int, datetime]]]:
    """The counters of these (account, window, key) that ever moved, as (account, (key, window), (amount, last))."""
    if not names:
        return []
    accounts, windows, keys = (list(column) for column in zip(*names, strict=True))
    rows = store.fetch(_COUNTERS, accounts=accounts, windows=windows, keys=keys, names=[list(name) for name in names])
    return [(account, (key, window), (amount, clock.instant(at))) for account, key, window, amount, at in rows]


def lock_budgets(store: Store, programme_id: str, rules: list[str]) -> dict[str, tuple[int, int]]:
    """Lock the budgets of the rules, last of all locks; (spent, most) by rule."""
    return {rule: (spent, most) for rule, spent, most in store.fetch(_BUDGETS, programme=programme_id, rules=rules)}
