"""Every write to alerts: acts gathered and forgotten, wrong codes counted, alerts raised and settled."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import alerts as law
from guerdon.core import limits
from guerdon.core.alerts import ALERT_SETTLED, Act, Finding, Outcome
from guerdon.features.alerts.queries import Alert, Watermark
from guerdon.kit import clock, ids, outbox
from guerdon.kit.store import Row, Statement, Store, Table, allow_fanout

ACTS: Final = Table(
    "alerts_act",
    {
        "account_id": "uuid", "id": "uuid", "unit": "text", "programme_id": "uuid", "seq": "bigint", "way": "text",
        "giver": "text", "name": "text", "member_id": "uuid", "points": "bigint", "at": "bigint", "day": "bigint",
    },
)  # fmt: skip
ALERTS: Final = Table(
    "alerts_alert",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "member_id": "uuid", "kind": "text",
        "subject": "text", "giver": "text",
        "name": "text", "members": "text", "staff": "text", "entries": "text", "times": "bigint", "points": "text",
        "first_at": "bigint", "last_at": "bigint", "last_seq": "bigint", "raised_at": "bigint", "state": "text",
    },
)  # fmt: skip
# The row is made where there is none, and held until the transaction ends: nobody else looks.
_LOCK = Statement(
    "INSERT INTO alerts_watermark (programme_id, seq, looked) VALUES (:programme, 0, 0)"
    " ON CONFLICT (programme_id) DO UPDATE SET seq = alerts_watermark.seq RETURNING seq, looked"
)
_REACH = Statement("UPDATE alerts_watermark SET seq = :seq WHERE programme_id = :programme")
_LOOKED = Statement("UPDATE alerts_watermark SET looked = seq WHERE programme_id = :programme")
_FORGET = allow_fanout(
    "the night forgets what is too old for every pattern, whoever it belongs to",
    Statement(
        "DELETE FROM alerts_act WHERE programme_id = :programme"
        " AND way IN ('till', 'return', 'hand', 'gift', 'join', 'leave') AND day < :before"
    ),
)
_TYPED = Statement(
    "INSERT INTO alerts_typed (programme_id, slot, who, tries, first_at, last_at)"
    " VALUES (:programme, :slot, :who, 1, :now, :now) ON CONFLICT (programme_id, slot, who) DO UPDATE SET"
    " tries = alerts_typed.tries + 1,"
    " first_at = CASE WHEN alerts_typed.first_at < :now THEN alerts_typed.first_at ELSE :now END,"
    " last_at = CASE WHEN alerts_typed.last_at > :now THEN alerts_typed.last_at ELSE :now END"
)
_FORGET_TYPED = Statement("DELETE FROM alerts_typed WHERE programme_id = :programme AND slot < :before")
_SETTLE = Statement(
    "UPDATE alerts_alert SET state = :state, settled_at = :now, settled_by = :actor, reason = :reason"
    " WHERE account_id = :account AND id = :id AND state = 'open' RETURNING id"
)
_text: Final = msgspec.json.Encoder(order="deterministic").encode


def lock(store: Store, programme_id: str) -> Watermark:
    """How far the journal is looked through, to be moved by nobody else until the transaction ends."""
    return Watermark(*store.fetch(_LOCK, programme=programme_id)[0])


def gather(store: Store, programme_id: str, acts: Iterable[Act], *, seq: int) -> None:
    """Keep acts, and that all up to the number are kept; in the transaction that holds the lock."""
    rows: list[Row] = [
        (
            one.account_id, one.id, one.unit, programme_id, one.seq, one.way, one.giver, one.name, one.member,
            one.points, one.at, one.day,
        )
        for one in acts
    ]  # fmt: skip
    store.write([(ACTS, rows)])
    store.fetch(_REACH, programme=programme_id, seq=seq)


def forget(store: Store, programme_id: str, *, before: int) -> None:
    """Forget the acts of the local days before this one."""
    store.fetch(_FORGET, programme=programme_id, before=before)


def note(store: Store, programme_id: str, who: str, *, now: datetime) -> None:
    """Somebody typed a wrong code: a user at a till, or a key. Only how often is kept, nothing of the code."""
    at = clock.micros(now)
    store.fetch(_TYPED, programme=programme_id, slot=law.slot(at), who=who, now=at)


def forget_typed(store: Store, programme_id: str, *, before: int) -> None:
    """Forget what was typed in the slots before this one."""
    store.fetch(_FORGET_TYPED, programme=programme_id, before=before)


def raise_(store: Store, programme_id: str, found: Iterable[Finding], *, whole: bool, now: datetime) -> int:
    """Raise alerts and tell the outbox; answers how many.

    Where they are the `whole` of what there is, everything gathered counts as looked at; else the next look goes on.
    One that is about no member stands at the programme itself.
    """
    at, rows, news = clock.micros(now), list[Row](), list[Row]()
    for one in found:
        entries, id = one.entries, ids.new()
        account = entries[-1][0] if entries else programme_id
        named = entries[-limits.ALERT_ENTRIES_MAX :]
        members, staff, told, points = [_text(each).decode() for each in (one.members, one.staff, named, one.points)]
        rows.append((
            account, id, programme_id, account if entries else None, one.kind, one.subject, one.giver, one.name,
            members, staff, told, one.times, points, *one.span, one.last_seq, at, "open",
        ))  # fmt: skip
        news.append(_news(programme_id, "alert.raised", account, id, at))
    store.write([(ALERTS, rows), (outbox.OUTGOING, news)])
    if whole:
        store.fetch(_LOOKED, programme=programme_id)
    return len(rows)


def settle(store: Store, one: Alert, *, outcome: Outcome, reason: str, actor: str, now: datetime) -> None:
    """Settle an open one, once. Raises `alert_settled`."""
    told = {"state": outcome, "reason": reason, "actor": actor, "now": clock.micros(now)}
    if not store.fetch(_SETTLE, account=one.account_id, id=one.id, **told):
        raise ALERT_SETTLED(state=one.state)
    news = _news(one.programme_id, "alert.settled", one.account_id, one.id, clock.micros(now))
    store.write([(outbox.OUTGOING, [news])])


def _news(programme_id: str, topic: str, account_id: str, id: str, at: int) -> Row:
    return outbox.row(programme_id=programme_id, topic=topic, account_id=account_id, subject_id=id, seq=0, at=at)
