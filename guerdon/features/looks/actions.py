"""Every write to looks: noted by the hour, and forgotten when they are old."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from guerdon.core import limits
from guerdon.features.looks.queries import Looker
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, Table, allow_fanout

LOOKS = Table(
    "looks_look",
    {
        "account_id": "uuid", "hour": "bigint", "kind": "text", "actor_id": "text", "purpose": "text",
        "programme_id": "uuid", "name": "text", "looks": "bigint", "first_at": "bigint", "last_at": "bigint",
    },
    key=("account_id", "hour", "kind", "actor_id", "purpose"),
    fixed=("programme_id", "first_at"),
    adds=("looks",),
    mode="upsert",
)  # fmt: skip
_TIDY = allow_fanout(
    "the night forgets whoever's looks are old",
    Statement(
        "DELETE FROM looks_look WHERE (account_id, hour, kind, actor_id, purpose) IN (SELECT account_id, hour, kind,"
        " actor_id, purpose FROM looks_look WHERE programme_id = :programme AND hour < :before ORDER BY hour"
        " LIMIT :most) RETURNING hour"
    ),
)


def note(store: Store, programme_id: str, accounts: Iterable[str], who: Looker, *, now: datetime) -> None:
    """Keep that somebody looks at the personal data of the members; in the transaction at hand.

    One row for each member, however often within the hour; sorted, so that two who look at once lock in one order.
    """
    at = clock.micros(now)
    hour = clock.micros(now.replace(minute=0, second=0, microsecond=0))
    rows = [
        (account, hour, who.kind, who.id, who.purpose, programme_id, who.name, 1, at, at)
        for account in sorted(set(accounts))
    ]
    store.write([(LOOKS, rows)])


def tidy(store: Store, programme_id: str, *, now: datetime, most: int) -> int:
    """Forget what is older than it is kept, the oldest first, `most` at a time; answers how many rows."""
    before = now - timedelta(days=limits.LOOKS_KEPT_DAYS)
    return len(store.fetch(_TIDY, programme=programme_id, before=clock.micros(before), most=most))
