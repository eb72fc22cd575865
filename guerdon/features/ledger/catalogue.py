"""What a programme counts, and the accounts of its house."""

from collections.abc import Iterable

from guerdon.core import ledger
from guerdon.kit import ids
from guerdon.kit.store import Row, Store, Table

UNITS = Table(
    "ledger_unit",
    {"programme_id": "uuid", "code": "text", "kind": "text", "scale": "bigint"},
    key=("programme_id", "code"),
    mode="upsert",
)
SYSTEM_ACCOUNTS = Table(
    "ledger_system_account",
    {"id": "uuid", "programme_id": "uuid", "kind": "text", "subject": "text"},
    key=("id",),
    mode="upsert",
)


def system_account(programme_id: str, kind: ledger.SystemAccount) -> str:
    """The id of an account of the house."""
    return ids.derived(programme_id, kind)


def cause_account(programme_id: str, cause: str) -> str:
    """The id of the account that gets what members give to a cause."""
    return ids.derived(programme_id, "causes", cause)


def open_accounts(
    store: Store, programme_id: str, units: Iterable[tuple[str, str, int]], causes: Iterable[str] = ()
) -> None:
    """Enter a programme's units (code, kind, scale) and the accounts of the house into the catalogue."""
    accounts: list[Row] = [
        (system_account(programme_id, kind), programme_id, kind, "") for kind in ledger.SYSTEM_ACCOUNTS
    ]
    accounts += [(cause_account(programme_id, cause), programme_id, "causes", cause) for cause in causes]
    rows: list[Row] = [(programme_id, code, kind, scale) for code, kind, scale in units]
    store.write([(SYSTEM_ACCOUNTS, accounts), (UNITS, rows)])
