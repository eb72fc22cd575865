"""Every write to expirations: telling reminders with their news, and what ends in which month."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from guerdon.core.expiring import Reminder
from guerdon.kit import clock, ids, outbox
from guerdon.kit.store import Statement, Store, Table

TOPIC = "points.expiring"
MONTHS = Table(
    "expirations_month", {"programme_id": "uuid", "unit": "text", "month": "text", "points": "bigint"}
)  # fmt: skip
# In the order of the accounts, so that two nights at once lock in one order; what one has told the other passes over.
_TELL = Statement(
    "INSERT INTO expirations_reminder"
    " (account_id, id, programme_id, unit, ends_at, days, points, worth_amount, told_at)"
    " SELECT (v->>0)::uuid, (v->>1)::uuid, :programme::uuid, v->>2, (v->>3)::bigint, (v->>4)::bigint,"
    " (v->>5)::bigint, (v->>6)::bigint, :now::bigint FROM json_array_elements(:rows::json) AS e(v)"
    " ON CONFLICT (account_id, unit, ends_at, days) DO NOTHING RETURNING account_id, id",
    sqlite="INSERT INTO expirations_reminder"
    " (account_id, id, programme_id, unit, ends_at, days, points, worth_amount, told_at)"
    " SELECT value->>0, value->>1, :programme, value->>2, value->>3, value->>4, value->>5, value->>6, :now"
    " FROM json_each(:rows) WHERE true"
    " ON CONFLICT (account_id, unit, ends_at, days) DO NOTHING RETURNING account_id, id",
)
_BEGIN = Statement(
    "INSERT INTO expirations_look (programme_id, since) VALUES (:programme, :since)"
    " ON CONFLICT (programme_id) DO NOTHING"
)
_LOOK = Statement(
    "UPDATE expirations_look SET as_of = :now WHERE programme_id = :programme AND (as_of IS NULL OR as_of < :now)"
    " RETURNING as_of"
)
_FORGET = Statement("DELETE FROM expirations_month WHERE programme_id = :programme")


def remind(store: Store, programme_id: str, due: Sequence[tuple[str, Reminder]], *, now: datetime) -> int:
    """Tell reminders, by account, and put news of each into the outbox; one that was told is passed over.

    Answers how many are new.
    """
    if not due:
        return 0
    rows = [
        (account, ids.new(), one.unit, clock.micros(one.ends_at), one.days, one.points, one.worth)
        for account, one in due
    ]
    at = clock.micros(now)
    told = store.fetch(_TELL, programme=programme_id, now=at, rows=msgspec.json.encode(rows).decode())
    news = [
        outbox.row(programme_id=programme_id, topic=TOPIC, account_id=account, subject_id=id, seq=0, at=at)
        for account, id in told
    ]
    store.write([(outbox.OUTGOING, news)])
    return len(told)


def begin(store: Store, programme_id: str, *, since: datetime) -> None:
    """Note from when on days are looked at; once it is noted it stays."""
    store.fetch(_BEGIN, programme=programme_id, since=clock.micros(since))


def look(store: Store, programme_id: str, months: Mapping[tuple[str, str], int], *, now: datetime) -> None:
    """Keep what ends in which month, by (unit, month), in place of what was kept; unless a later night has been."""
    if not store.fetch(_LOOK, programme=programme_id, now=clock.micros(now)):
        return
    store.fetch(_FORGET, programme=programme_id)
    store.write([(MONTHS, [(programme_id, unit, month, points) for (unit, month), points in sorted(months.items())])])
