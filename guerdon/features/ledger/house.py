"""The accounts of a programme's house, by their ids."""

from guerdon.core import ledger
from guerdon.kit import ids


def system_account(programme_id: str, kind: ledger.SystemAccount) -> str:
    """The id of an account of the house."""
    return ids.derived(programme_id, kind)


def cause_account(programme_id: str, cause: str) -> str:
    """The id of the account that gets what members give to a cause."""
    return ids.derived(programme_id, "causes", cause)
