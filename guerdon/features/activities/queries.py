"""Every read of the journal: by id, by natural key, parked, answered before."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from guerdon.core import errors
from guerdon.core.activities import RETURN, Activity, Key
from guerdon.core.decisions import Decision
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, allow_fanout

ACTIVITY_UNKNOWN = errors.declare("unknown", "activity_unknown", "id")

# Parts of the engine's one gathering statement.
KEYS_OF = Statement(
    "(SELECT json_agg(json_build_array(k.source, k.kind, k.external_id, k.account_id, k.activity_id))"
    " FROM unnest(:sources::text[], :kinds::text[], :externals::text[]) AS u(source, kind, external_id)"
    " CROSS JOIN LATERAL (SELECT source, kind, external_id, account_id, activity_id FROM activities_key"
    "  WHERE programme_id = :programme AND source = u.source AND kind = u.kind AND external_id = u.external_id"
    "  LIMIT 1) k)",
    sqlite="(SELECT json_group_array(json_array(k.source, k.kind, k.external_id, k.account_id, k.activity_id))"
    " FROM json_each(:keys) AS u CROSS JOIN activities_key k ON k.programme_id = :programme"
    " AND k.source = u.value->>0 AND k.kind = u.value->>1 AND k.external_id = u.value->>2)",
)
ANSWERS_OF = Statement(
    "(SELECT json_agg(json_build_array(a.credential, a.route, a.key, a.digest, a.outcome))"
    " FROM unnest(:credentials::text[], :routes::text[], :idempotency::text[]) AS u(credential, route, key)"
    " CROSS JOIN LATERAL (SELECT credential, route, key, digest, outcome FROM activities_answer"
    "  WHERE programme_id = :programme AND credential = u.credential AND route = u.route AND key = u.key LIMIT 1) a)",
    sqlite="(SELECT json_group_array(json_array(a.credential, a.route, a.key, a.digest, a.outcome))"
    " FROM json_each(:answers) AS u CROSS JOIN activities_answer a ON a.programme_id = :programme"
    " AND a.credential = u.value->>0 AND a.route = u.value->>1 AND a.key = u.value->>2)",
)
NEXT_SEQS = allow_fanout(
    "the one writer of SQLite numbers the journal on from its last row",
    Statement(
        "(SELECT json_agg(nextval('activities_seq')) FROM generate_series(1, :wanted))",
        # One writer at a time: the last row's number under the write lock is the truth. Parked facts took numbers too.
        sqlite="(SELECT json_array(1 + max("
        "coalesce((SELECT seq FROM activities_activity ORDER BY seq DESC LIMIT 1), 0),"
        " coalesce((SELECT max(seq) FROM activities_parked), 0))) WHERE :wanted > 0)",
    ),
)
_RECORDED = Statement(
    "SELECT a.account_id, a.id, a.seq, a.occurred_at, a.recorded_at, a.facts, a.decision,"
    " (SELECT r.return_id FROM activities_returned r WHERE r.account_id = a.account_id AND r.purchase_id = a.id)"
    " FROM unnest(:accounts::uuid[], :ids::uuid[]) AS u(account_id, id)"
    " JOIN activities_activity a ON a.account_id = u.account_id AND a.id = u.id",
    sqlite="SELECT a.account_id, a.id, a.seq, a.occurred_at, a.recorded_at, a.facts, a.decision,"
    " (SELECT r.return_id FROM activities_returned r WHERE r.account_id = a.account_id AND r.purchase_id = a.id)"
    " FROM json_each(:pairs) AS u CROSS JOIN activities_activity a"
    " ON a.account_id = u.value->>0 AND a.id = u.value->>1",
)
_PARKED = Statement(
    "SELECT p.account_id, p.id, p.seq, p.parked_at, p.facts, p.reason"
    " FROM unnest(:accounts::uuid[], :ids::uuid[]) AS u(account_id, id)"
    " JOIN activities_parked p ON p.account_id = u.account_id AND p.id = u.id",
    sqlite="SELECT p.account_id, p.id, p.seq, p.parked_at, p.facts, p.reason"
    " FROM json_each(:pairs) AS u CROSS JOIN activities_parked p"
    " ON p.account_id = u.value->>0 AND p.id = u.value->>1",
)
_PARKED_FOR = allow_fanout(
    "finds the parked returns and confirmations of an arriving purchase by its natural key, the few there are",
    Statement(
        "SELECT p.account_id, p.id, p.seq, p.parked_at, p.facts, p.reason"
        " FROM unnest(:sources::text[], :externals::text[]) AS u(source, external_id)"
        " JOIN activities_parked p ON p.programme_id = :programme AND p.waits_source = u.source"
        " AND p.waits_external_id = u.external_id ORDER BY p.seq",
        sqlite="SELECT p.account_id, p.id, p.seq, p.parked_at, p.facts, p.reason FROM json_each(:keys) AS u"
        " CROSS JOIN activities_parked p ON p.programme_id = :programme AND p.waits_source = u.value->>0"
        " AND p.waits_external_id = u.value->>1 ORDER BY p.seq",
    ),
)
_ANSWER = Statement(
    "SELECT digest, outcome FROM activities_answer WHERE programme_id = :programme AND credential = :credential"
    " AND route = :route AND key = :key"
)
ANY_WAITING = allow_fanout(
    "one bit, whether the programme has parked facts at all",
    Statement(
        "(SELECT CASE WHEN EXISTS (SELECT 1 FROM activities_parked WHERE programme_id = :programme) THEN 1 ELSE 0 END)"
    ),
)
_OWNER = Statement("SELECT account_id FROM activities_key WHERE programme_id = :programme AND activity_id = :id")
_LIST = Statement(
    "SELECT account_id, id, seq, occurred_at, recorded_at, facts, decision, NULL FROM activities_activity"
    " WHERE account_id = :account AND seq > :seq ORDER BY seq LIMIT :most"
)
_LATEST = Statement(
    "SELECT account_id, id, seq, occurred_at, recorded_at, facts, decision, NULL FROM activities_activity"
    " WHERE account_id = :account ORDER BY seq DESC LIMIT :most"
)
_PARKED_LIST = allow_fanout(
    "the list a person works through, parked facts of a programme",
    Statement(
        "SELECT account_id, id, seq, parked_at, facts, reason FROM activities_parked"
        " WHERE programme_id = :programme AND seq > :seq ORDER BY seq LIMIT :most"
    ),
)


_NEXT_SEQ = Statement("SELECT nextval('activities_seq')")


class Recorded(msgspec.Struct, frozen=True):
    """A fact in the journal with its decision."""

    account_id: str
    activity_id: str
    seq: int
    recorded_at: datetime
    activity: Activity
    decision: Decision
    returned_by: str | None = None


_activity = msgspec.json.Decoder(Activity).decode
_decision = msgspec.json.Decoder(Decision).decode


def next_seq(store: Store) -> int:
    """One more journal number, on PostgreSQL."""
    return int(store.fetch(_NEXT_SEQ)[0][0])


def recorded(store: Store, names: Iterable[tuple[str, str]]) -> dict[str, Recorded]:
    """The facts of the given (account, activity) pairs, by activity id; parked ones with what they wait for."""
    wanted = list(names)
    if not wanted:
        return {}
    accounts, ids = [account for account, _ in wanted], [id for _, id in wanted]
    named: dict[str, object] = {"accounts": accounts, "ids": ids, "pairs": wanted}
    found = {row[1]: _recorded(row) for row in store.fetch(_RECORDED, **named)}
    if len(found) < len(wanted):
        for row in store.fetch(_PARKED, **named):
            found.setdefault(row[1], _waiting(row))
    return found


def one(store: Store, programme_id: str, activity_id: str) -> Recorded:
    """One fact of the programme by its id. Raises `activity_unknown`."""
    owner = store.fetch(_OWNER, programme=programme_id, id=activity_id)
    found = recorded(store, [(owner[0][0], activity_id)]) if owner else {}
    if not found:
        raise ACTIVITY_UNKNOWN(id=activity_id)
    return found[activity_id]


def answer(store: Store, programme_id: str, *, credential: str, route: str, key: str) -> tuple[str, str] | None:
    """What was answered under an Idempotency-Key, as (digest of the body, outcome); None where nothing was."""
    rows = store.fetch(_ANSWER, programme=programme_id, credential=credential, route=route, key=key)
    return (rows[0][0], rows[0][1]) if rows else None


def of_account(store: Store, account_id: str, *, seq: int, most: int) -> list[Recorded]:
    """The facts of an account after `seq`, in the order in which they were recorded, a page at a time.

    An account's numbers are committed in their order, so that whoever reads on from the last one misses nothing; ids
    are not: a fact that waited is recorded under the id it was given when it came.
    """
    return [_recorded(row) for row in store.fetch(_LIST, account=account_id, seq=seq, most=most)]


def latest(store: Store, account_id: str, *, most: int) -> list[Recorded]:
    """The last facts of an account, the latest first."""
    return [_recorded(row) for row in store.fetch(_LATEST, account=account_id, most=most)]


def parked(store: Store, programme_id: str, *, seq: int, most: int) -> list[Recorded]:
    """The facts of the programme that wait, in the order they came."""
    return [_waiting(row) for row in store.fetch(_PARKED_LIST, programme=programme_id, seq=seq, most=most)]


def waiting_for(store: Store, programme_id: str, keys: Sequence[Key]) -> list[Recorded]:
    """The parked returns that wait for one of these purchases."""
    return [one for one in _waiting_for(store, programme_id, keys) if one.activity.kind == RETURN]


def confirming(store: Store, programme_id: str, keys: Sequence[Key]) -> list[Recorded]:
    """The parked facts that wait for one of these purchases in order to confirm it."""
    return [one for one in _waiting_for(store, programme_id, keys) if one.activity.kind != RETURN]


def _waiting_for(store: Store, programme_id: str, keys: Sequence[Key]) -> list[Recorded]:
    sources, externals = [source for source, _, _ in keys], [external for _, _, external in keys]
    rows = store.fetch(
        _PARKED_FOR,
        programme=programme_id,
        sources=sources,
        externals=externals,
        keys=list(zip(sources, externals, strict=True)),
    )
    return [_waiting(row) for row in rows]


def _recorded(row: tuple[str, str, int, int, int, str, str, str | None]) -> Recorded:
    account, id, seq, _, recorded_at, facts, decision, returned_by = row
    at = clock.instant(recorded_at)
    return Recorded(account, id, seq, at, _activity(facts), _decision(decision), returned_by)


def _waiting(row: tuple[str, str, int, int, str, str]) -> Recorded:
    account, id, seq, parked_at, facts, reason = row
    decision = Decision(version=0, parked=reason)
    return Recorded(account, id, seq, clock.instant(parked_at), _activity(facts), decision)
