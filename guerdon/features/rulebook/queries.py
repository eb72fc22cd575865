"""Every read of what rules remember."""

from collections.abc import Sequence
from datetime import datetime

from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, allow_fanout

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
_COUNTERS_IN = Statement(
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
_SPENT = Statement(
    "SELECT rule, spent FROM rulebook_budget WHERE programme_id = :programme AND rule = ANY(:rules::text[])",
    sqlite="SELECT rule, spent FROM rulebook_budget WHERE programme_id = :programme"
    " AND rule IN (SELECT value FROM json_each(:rules))",
)

_OVERTAKEN = allow_fanout(
    "two members become one, or two again",
    Statement(
        "SELECT o.key, o.win, coalesce(c.last_at, 0), o.last_at FROM rulebook_counter o"
        " LEFT JOIN rulebook_counter c ON c.account_id = :into AND c.key = o.key AND c.win = o.win"
        " WHERE o.account_id = :account AND (c.last_at IS NULL OR o.last_at > c.last_at) ORDER BY o.key, o.win",
    ),
)
_HOW_MANY = Statement("SELECT count(*) FROM rulebook_counter WHERE account_id = :account")
_EVERY = Statement(
    "SELECT key, win, amount, last_at FROM rulebook_counter WHERE account_id = :account ORDER BY key, win"
)


def overtaken(store: Store, account_id: str, *, by: str) -> list[tuple[str, str, int, int]]:
    """The counters of another account that moved later than the account's own: (key, window, last here, last there)."""
    rows = store.fetch(_OVERTAKEN, into=account_id, account=by)
    return [(key, window, before, last) for key, window, before, last in rows]


def count(store: Store, account_id: str) -> int:
    """How many counters an account has."""
    return int(store.fetch(_HOW_MANY, account=account_id)[0][0])


def every(store: Store, account_id: str) -> list[tuple[str, str, int, int]]:
    """All counters of an account: (key, window, amount, last)."""
    return [(key, window, int(amount), int(at)) for key, window, amount, at in store.fetch(_EVERY, account=account_id)]


def counters(
    store: Store, names: Sequence[tuple[str, str, str]]
) -> list[tuple[str, tuple[str, str], tuple[int, datetime]]]:
    """The counters of these (account, window, key) that ever moved, as (account, (key, window), (amount, last))."""
    if not names:
        return []
    accounts, windows, keys = (list(column) for column in zip(*names, strict=True))
    rows = store.fetch(_COUNTERS, accounts=accounts, windows=windows, keys=keys, names=[list(name) for name in names])
    return [(account, (key, window), (amount, clock.instant(at))) for account, key, window, amount, at in rows]


def counters_in(store: Store, accounts: list[str], windows: list[str]) -> list[tuple[str, str, str, int, int]]:
    """The counters of the accounts in windows that nobody could foresee: account, key, window, amount, last at."""
    found = store.fetch(_COUNTERS_IN, accounts=accounts, windows=windows)
    return [(account, key, window, int(amount), int(last_at)) for account, key, window, amount, last_at in found]


def lock_budgets(store: Store, programme_id: str, rules: list[str]) -> dict[str, tuple[int, int]]:
    """Lock the budgets of the rules, last of all locks; (spent, most) by rule."""
    return {rule: (spent, most) for rule, spent, most in store.fetch(_BUDGETS, programme=programme_id, rules=rules)}


def spent(store: Store, programme_id: str, rules: list[str]) -> dict[str, int]:
    """What the rules have spent of their budgets, read without a lock."""
    return {rule: int(points) for rule, points in store.fetch(_SPENT, programme=programme_id, rules=rules)}
