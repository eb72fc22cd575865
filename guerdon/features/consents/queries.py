"""Every read of consents: what stands, and what was ever said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from guerdon.core.consents import Consent
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, allow_fanout

_STANDING = Statement(
    "SELECT account_id, purpose, given, version, at, how, actor, consent_id FROM consents_state"
    " WHERE account_id = ANY(:accounts::uuid[]) ORDER BY purpose",
    sqlite="SELECT account_id, purpose, given, version, at, how, actor, consent_id FROM consents_state"
    " WHERE account_id IN (SELECT value FROM json_each(:accounts)) ORDER BY purpose",
)
_SAID = Statement(
    "SELECT account_id, purpose, given, version, at, how, actor, id FROM consents_consent"
    " WHERE account_id = ANY(:accounts::uuid[]) AND id < :before ORDER BY id DESC LIMIT :most",
    sqlite="SELECT account_id, purpose, given, version, at, how, actor, id FROM consents_consent"
    " WHERE account_id IN (SELECT value FROM json_each(:accounts)) AND id < :before ORDER BY id DESC LIMIT :most",
)

_OVER = allow_fanout(
    "the night ends whoever's consents are over",
    Statement(
        "SELECT account_id FROM consents_state WHERE programme_id = :programme AND purpose = :purpose AND given = 1"
        " AND at < :before ORDER BY at, account_id LIMIT :most"
    ),
)


def over(store: Store, programme_id: str, purpose: str, *, before: datetime, most: int) -> list[str]:
    """The members whose consent was given before the instant and still stands, the oldest first."""
    found = store.fetch(_OVER, programme=programme_id, purpose=purpose, before=clock.micros(before), most=most)
    return [account for (account,) in found]


def standing(store: Store, accounts: Sequence[str]) -> dict[str, dict[str, Consent]]:
    """What the members have last said, by member and purpose; who never said anything is left out."""
    found: dict[str, dict[str, Consent]] = {}
    for account, *cells in store.fetch(_STANDING, accounts=list(accounts)):
        one = _consent(cells)
        found.setdefault(account, {})[one.purpose] = one
    return found


def of_member(store: Store, account_id: str) -> dict[str, Consent]:
    """What one member has last said, by purpose."""
    return standing(store, [account_id]).get(account_id, {})


def said(store: Store, accounts: Sequence[str], *, before: str, most: int) -> list[Consent]:
    """Everything a member, or those merged into it, ever said, the latest first, a page at a time."""
    found = store.fetch(_SAID, accounts=list(accounts), before=before, most=most)
    return [_consent(cells) for _, *cells in found]


def _consent(cells: Sequence[Any]) -> Consent:
    purpose, given, version, at, how, actor, id = cells
    return Consent(purpose, bool(given), int(version), clock.instant(at), how, actor, id)
