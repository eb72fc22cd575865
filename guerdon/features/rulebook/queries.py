"""Every read of what rules remember."""

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
    "SELECT account_id, key, win, amount, last_at FROM rulebook_counter"
    " WHERE account_id = ANY(:accounts::uuid[]) AND win = ANY(:windows::text[])",
    sqlite="SELECT account_id, key, win, amount, last_at FROM rulebook_counter"
    " WHERE account_id IN (SELECT value FROM json_each(:accounts))"
    " AND win IN (SELECT value FROM json_each(:windows))",
)
_BUDGETS = Statement(
    "SELECT rule, spent, most FROM rulebook_budget WHERE programme_id = :programme AND rule = ANY(:rules::text[])"
    " ORDER BY rule FOR NO KEY UPDATE",
    sqlite="SELECT rule, spent, most FROM rulebook_budget WHERE programme_id = :programme"
    " AND rule IN (SELECT value FROM json_each(:rules)) ORDER BY rule",
)


def counters(store: Store, accounts: list[str], windows: list[str]) -> list[tuple[str, str, str, int, int]]:
    """The counters of the accounts in windows that nobody could foresee: account, key, window, amount, last at."""
    found = store.fetch(_COUNTERS, accounts=accounts, windows=windows)
    return [(account, key, window, int(amount), int(last_at)) for account, key, window, amount, last_at in found]


def lock_budgets(store: Store, programme_id: str, rules: list[str]) -> dict[str, tuple[int, int]]:
    """Lock the budgets of the rules, last of all locks; (spent, most) by rule."""
    return {rule: (spent, most) for rule, spent, most in store.fetch(_BUDGETS, programme=programme_id, rules=rules)}
