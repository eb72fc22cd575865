"""News of committed changes: written with the change, drained by workers, at least once, each batch in order."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec

from guerdon.core import limits
from guerdon.kit import clock, ids
from guerdon.kit.store import Row, Statement, Store, Table

OUTGOING = Table(
    "kit_outgoing",
    {
        "id": "uuid", "programme_id": "uuid", "topic": "text", "account_id": "uuid", "subject_id": "uuid",
        "seq": "bigint", "created_at": "bigint", "due_at": "bigint", "attempts": "bigint",
    },
)  # fmt: skip

_DUE = Statement(
    "SELECT id, programme_id, topic, account_id, subject_id, seq, created_at, attempts FROM kit_outgoing"
    " WHERE due_at <= :now ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED",
    sqlite="SELECT id, programme_id, topic, account_id, subject_id, seq, created_at, attempts FROM kit_outgoing"
    " WHERE due_at <= :now ORDER BY id LIMIT :most",
)
_GONE = Statement(
    "DELETE FROM kit_outgoing WHERE id = ANY(:ids::uuid[])",
    sqlite="DELETE FROM kit_outgoing WHERE id IN (SELECT value FROM json_each(:ids))",
)
# Sorted, so that two workers lock in one order.
_SENT = Statement(
    "INSERT INTO kit_sent (programme_id, topic, news) SELECT (v->>0)::uuid, v->>1, (v->>2)::bigint"
    " FROM json_array_elements(:sent::json) AS e(v) ORDER BY 1, 2"
    " ON CONFLICT (programme_id, topic) DO UPDATE SET news = kit_sent.news + excluded.news",
    sqlite="INSERT INTO kit_sent (programme_id, topic, news) SELECT value->>0, value->>1, value->>2"
    " FROM json_each(:sent) WHERE true"
    " ON CONFLICT (programme_id, topic) DO UPDATE SET news = kit_sent.news + excluded.news",
)
_LATER = Statement(
    "UPDATE kit_outgoing SET attempts = attempts + 1, due_at = :due WHERE id = ANY(:ids::uuid[])",
    sqlite="UPDATE kit_outgoing SET attempts = attempts + 1, due_at = :due"
    " WHERE id IN (SELECT value FROM json_each(:ids))",
)
_WAITING = Statement("SELECT count(*) FROM kit_outgoing")
_WAITING_OF = Statement(
    "SELECT count(*), min(created_at), max(attempts) FROM kit_outgoing WHERE programme_id = :programme"
)


class News(msgspec.Struct, frozen=True):
    """One thing that happened: `topic` (`activity.recorded` …) about a subject of an account."""

    id: str
    programme_id: str
    topic: str
    account_id: str
    subject_id: str
    seq: int
    at: datetime


Receiver = Callable[[Sequence[News]], None]


def row(*, programme_id: str, topic: str, account_id: str, subject_id: str, seq: int, at: int) -> Row:
    """The outbox row of one change; `at` in microseconds. It is due at once, whatever clock its programme goes by."""
    return (ids.new(), programme_id, topic, account_id, subject_id, seq, at, 0, 0)


def drain(store: Store, receive: Receiver, *, most: int, now: datetime) -> int:
    """Hand the due news to the receiver, drop and count what it took; put off what it raised on, with back-off.

    Answers how many were due. A crash between receiving and dropping hands the same news over again: receivers
    recognise them by `id`.
    """
    failure: Exception | None = None
    with store.transaction():
        due = store.fetch(_DUE, now=clock.micros(now), most=most)
        if not due:
            return 0
        news = [
            News(id, programme, topic, account, subject, seq, clock.instant(at))
            for id, programme, topic, account, subject, seq, at, _ in due
        ]
        names = [cells[0] for cells in due]
        try:
            receive(news)
        except Exception as error:
            failure = error
            wait = timedelta(seconds=min(limits.NEWS_BACK_OFF_SECONDS_MAX, 2 ** max(cells[7] for cells in due)))
            store.fetch(_LATER, ids=names, due=clock.micros(now + wait))
        else:
            store.fetch(_GONE, ids=names)
            took = Counter((one.programme_id, one.topic) for one in news)
            sent = [(programme, topic, count) for (programme, topic), count in took.items()]
            store.fetch(_SENT, sent=msgspec.json.encode(sent).decode())
    if failure is not None:
        raise failure
    return len(due)


class Backlog(msgspec.Struct, frozen=True):
    """What waits to go out: how many news, since when the oldest, and how often one was tried in vain."""

    news: int
    oldest_at: datetime | None
    attempts: int


def backlog(store: Store, programme_id: str) -> Backlog:
    """What of a programme waits to go out."""
    news, oldest, attempts = store.fetch(_WAITING_OF, programme=programme_id)[0]
    return Backlog(int(news), clock.instant(oldest), int(attempts or 0))


def waiting(store: Store) -> int:
    """How many news have not gone out yet."""
    return int(store.fetch(_WAITING)[0][0])
