"""Every write to letters: put into the queue once, taken by one worker, settled; and what members do without."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from guerdon.core import letters as law
from guerdon.core import limits
from guerdon.core.letters import Content, Fault, Recipient, Stoppable
from guerdon.features.letters import queries
from guerdon.features.letters.queries import Letter, Sealed
from guerdon.kit import clock, ids, resealing, secrets
from guerdon.kit.store import Statement, Store

# A letter that is there already is passed over: what it tells was told, or will be.
SEALED = resealing.Column("letters_letter", ("id",))
_PUT = Statement(
    "INSERT INTO letters_letter"
    " (id, programme_id, member_id, kind, cause, state, attempts, made_at, due_at, until, wrapped_key, sealed)"
    " SELECT (v->>0)::uuid, (v->>1)::uuid, (v->>2)::uuid, v->>3, v->>4, 'waiting', 0, :now::bigint, :now::bigint,"
    " (v->>5)::bigint, v->>6, v->>7 FROM json_array_elements(:rows::json) AS e(v) ORDER BY v->>4"
    " ON CONFLICT (programme_id, cause) DO NOTHING RETURNING id",
    sqlite="INSERT INTO letters_letter"
    " (id, programme_id, member_id, kind, cause, state, attempts, made_at, due_at, until, wrapped_key, sealed)"
    " SELECT value->>0, value->>1, value->>2, value->>3, value->>4, 'waiting', 0, :now, :now,"
    " value->>5, value->>6, value->>7 FROM json_each(:rows) WHERE true"
    " ON CONFLICT (programme_id, cause) DO NOTHING RETURNING id",
)
TAKE = Statement(
    "UPDATE letters_letter SET attempts = attempts + 1, due_at = :lease WHERE id IN (SELECT id FROM letters_letter"  # noqa: S608
    " WHERE state = 'waiting' AND due_at <= :now ORDER BY due_at, id LIMIT :most FOR UPDATE SKIP LOCKED)"
    f" RETURNING {queries.COLUMNS}",
    sqlite="UPDATE letters_letter SET attempts = attempts + 1, due_at = :lease WHERE id IN"  # noqa: S608 - our own
    " (SELECT id FROM letters_letter WHERE state = 'waiting' AND due_at <= :now ORDER BY due_at, id LIMIT :most)"
    f" RETURNING {queries.COLUMNS}",
)
_TAKE_ONE = Statement(
    "UPDATE letters_letter SET attempts = attempts + 1, due_at = :lease"  # noqa: S608 - our own
    f" WHERE id = :id AND state = 'waiting' AND due_at <= :now RETURNING {queries.COLUMNS}"
)
# Whoever has a letter knows the end of its lease; a worker that was too slow has it no more and notes nothing.
_SETTLE = Statement(
    "UPDATE letters_letter SET state = :state, fault = :fault, code = :code, settled_at = :now, wrapped_key = NULL,"
    " sealed = NULL WHERE id = :id AND state = 'waiting' AND due_at = :lease RETURNING id"
)
_FAIL = Statement(
    "UPDATE letters_letter SET state = 'failed', fault = :fault, code = :code, settled_at = :now"
    " WHERE id = :id AND state = 'waiting' AND due_at = :lease RETURNING id"
)
_PUT_OFF = Statement(
    "UPDATE letters_letter SET due_at = :due, code = :code, fault = :fault"
    " WHERE id = :id AND state = 'waiting' AND due_at = :lease RETURNING id"
)
_RETRY = Statement(
    "UPDATE letters_letter SET state = 'waiting', attempts = 0, due_at = :now, settled_at = NULL, fault = NULL,"
    " code = NULL WHERE id = :id AND state = 'failed' RETURNING id"
)
_RETRY_ALL = Statement(
    "UPDATE letters_letter SET state = 'waiting', attempts = 0, due_at = :now, settled_at = NULL, fault = NULL,"
    " code = NULL WHERE state = 'failed' RETURNING id"
)
_DROP = Statement(
    "UPDATE letters_letter SET state = 'dropped', fault = 'no_address', settled_at = :now, wrapped_key = NULL,"
    " sealed = NULL WHERE member_id = ANY(:members::uuid[]) AND sealed IS NOT NULL RETURNING id",
    sqlite="UPDATE letters_letter SET state = 'dropped', fault = 'no_address', settled_at = :now, wrapped_key = NULL,"
    " sealed = NULL WHERE member_id IN (SELECT value FROM json_each(:members)) AND sealed IS NOT NULL RETURNING id",
)
_PRUNE = Statement(
    "DELETE FROM letters_letter WHERE id IN (SELECT id FROM letters_letter WHERE state <> 'waiting'"
    " AND settled_at <= :until ORDER BY settled_at LIMIT :most) RETURNING id"
)
_STOP = Statement(
    "INSERT INTO letters_stop (account_id, kind, programme_id, since, actor)"
    " VALUES (:account, :kind, :programme, :now, :actor) ON CONFLICT (account_id, kind) DO NOTHING"
)
_SEEN = Statement(
    "INSERT INTO letters_seen (account_id, name, programme_id, at)"
    " SELECT :account::uuid, u.name, :programme::uuid, :now::bigint FROM unnest(:names::text[]) AS u(name)"
    " ON CONFLICT (account_id, name) DO NOTHING",
    sqlite="INSERT INTO letters_seen (account_id, name, programme_id, at)"
    " SELECT :account, value, :programme, :now FROM json_each(:names) WHERE true"
    " ON CONFLICT (account_id, name) DO NOTHING",
)
_PAST = Statement("DELETE FROM letters_seen WHERE account_id = :account AND at < :since")
_WANT = Statement(
    "DELETE FROM letters_stop WHERE account_id = ANY(:accounts::uuid[]) AND kind = :kind",
    sqlite="DELETE FROM letters_stop WHERE account_id IN (SELECT value FROM json_each(:accounts)) AND kind = :kind",
)


class New(msgspec.Struct, frozen=True):
    """A letter to be put into the queue; `cause` is what it tells, once for ever."""

    programme_id: str
    cause: str
    content: Content
    member_id: str | None = None
    to: Recipient | None = None
    until: datetime | None = None


def put(store: Store, letters: Sequence[New], *, now: datetime) -> list[str]:
    """Put letters into the queue in the transaction at hand; answers the ids of those that are new."""
    if not letters:
        return []
    rows = [_row(one) for one in letters]
    return [id for (id,) in store.fetch(_PUT, now=clock.micros(now), rows=msgspec.json.encode(rows).decode())]


def _row(one: New) -> tuple[object, ...]:
    wrapped, sealed = secrets.seal(msgspec.json.encode(Sealed(one.content, one.to)).decode())
    until = None if one.until is None else clock.micros(one.until)
    kind = law.kind_of(one.content)
    return (ids.new(), one.programme_id, one.member_id, kind, one.cause, until, wrapped, sealed)


def take(store: Store, *, now: datetime, most: int) -> list[Letter]:
    """Take letters that are due, so that no other worker does until the lease ends."""
    lease = clock.micros(now + timedelta(seconds=limits.LETTER_LEASE_SECONDS))
    taken = [queries.letter(row) for row in store.fetch(TAKE, now=clock.micros(now), lease=lease, most=most)]
    return sorted(taken, key=lambda one: one.id)


def take_one(store: Store, id: str, *, now: datetime) -> Letter | None:
    """Take one letter; None where it is not due, or another worker has it."""
    lease = clock.micros(now + timedelta(seconds=limits.LETTER_LEASE_SECONDS))
    rows = store.fetch(_TAKE_ONE, id=id, now=clock.micros(now), lease=lease)
    return queries.letter(rows[0]) if rows else None


def note_sent(store: Store, one: Letter, *, now: datetime) -> bool:
    """The mail server has it; what was personal in it goes. Answers whether it was still ours."""
    return _settled(store, one, "sent", None, now)


def drop(store: Store, one: Letter, fault: Fault, *, now: datetime) -> bool:
    """It is not to be sent; what was personal in it goes."""
    return _settled(store, one, "dropped", fault, now)


def _settled(store: Store, one: Letter, state: str, fault: Fault | None, now: datetime) -> bool:
    lease, at = clock.micros(one.due_at), clock.micros(now)
    return bool(store.fetch(_SETTLE, id=one.id, lease=lease, state=state, fault=fault, code=None, now=at))


def fail(store: Store, one: Letter, fault: Fault, code: int | None, *, now: datetime) -> bool:
    """It can't be sent; it stays, sealed, until somebody retries it or it is forgotten."""
    lease = clock.micros(one.due_at)
    return bool(store.fetch(_FAIL, id=one.id, lease=lease, fault=fault, code=code, now=clock.micros(now)))


def put_off(store: Store, one: Letter, fault: Fault, code: int | None, *, due: datetime) -> bool:
    """The mail server did not take it now."""
    lease = clock.micros(one.due_at)
    return bool(store.fetch(_PUT_OFF, id=one.id, lease=lease, fault=fault, code=code, due=clock.micros(due)))


def retry(store: Store, id: str, *, now: datetime) -> None:
    """Try a failed letter anew. Raises `letter_unknown` and `letter_not_failed`."""
    found = queries.one(store, id)
    if not store.fetch(_RETRY, id=id, now=clock.micros(now)):
        raise law.LETTER_NOT_FAILED(id=ids.show("letter", id), state=found.state)


def retry_all(store: Store, *, now: datetime) -> int:
    """Try every failed letter anew; answers how many they are."""
    return len(store.fetch(_RETRY_ALL, now=clock.micros(now)))


def forget(store: Store, member_ids: Sequence[str], *, now: datetime) -> int:
    """Drop what waits or failed for members who are erased, in the transaction at hand; answers how many."""
    return len(store.fetch(_DROP, members=list(member_ids), now=clock.micros(now)))


def prune(store: Store, *, now: datetime, most: int) -> int:
    """Forget letters that were settled long ago; answers how many."""
    until = clock.micros(now - timedelta(days=limits.LETTERS_KEPT_DAYS))
    return len(store.fetch(_PRUNE, until=until, most=most))


def stop(store: Store, programme_id: str, member_id: str, kind: Stoppable, *, actor: str, now: datetime) -> None:
    """A member does without letters of the kind from now on; again it changes nothing."""
    given = {"account": member_id, "kind": kind, "programme": programme_id, "actor": actor, "now": clock.micros(now)}
    store.fetch(_STOP, **given)


def want(store: Store, member_ids: Iterable[str], kind: Stoppable) -> None:
    """A member wants letters of the kind again; the ids are its own and those of whoever was merged into it."""
    store.fetch(_WANT, accounts=sorted(set(member_ids)), kind=kind)


def seen(store: Store, programme_id: str, member_id: str, names: Sequence[str], *, now: datetime) -> None:
    """A member has seen these of its news; what was seen so long ago that it would be news no more is forgotten."""
    store.fetch(_PAST, account=member_id, since=clock.micros(now - timedelta(days=limits.NEWS_DAYS)))
    store.fetch(_SEEN, account=member_id, programme=programme_id, names=sorted(set(names)), now=clock.micros(now))
