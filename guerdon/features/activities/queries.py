"""Every read of the journal: by id, by natural key, parked, answered before."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from guerdon.core import errors, limits
from guerdon.core.activities import REOPEN, RETURN, Activity, Key
from guerdon.core.decisions import Decision
from guerdon.core.returns import Slice
from guerdon.kit import clock, ids
from guerdon.kit.store import Statement, Store, allow_fanout

ACTIVITY_UNKNOWN = errors.declare("unknown", "activity_unknown", "id")

# Parts of the engine's one gathering statement.
KEYS_OF = Statement(
    # With the account in which the fact is by now, should its own have been merged or share a household's (LAW 6).
    "(SELECT json_agg(json_build_array(k.source, k.kind, k.external_id, k.account_id, k.activity_id,"
    " nullif(coalesce(s.household_id, s.id), k.account_id)))"
    " FROM unnest(:sources::text[], :kinds::text[], :externals::text[]) AS u(source, kind, external_id)"
    " CROSS JOIN LATERAL (SELECT source, kind, external_id, account_id, activity_id FROM activities_key"
    "  WHERE programme_id = :programme AND source = u.source AND kind = u.kind AND external_id = u.external_id"
    "  LIMIT 1) k JOIN members_member o ON o.id = k.account_id"
    " JOIN members_member s ON s.id = coalesce(o.merged_into, o.id))",
    sqlite="(SELECT json_group_array(json_array("
    "k.source, k.kind, k.external_id, k.account_id, k.activity_id,"
    " nullif(coalesce(s.household_id, s.id), k.account_id)))"
    " FROM json_each(:keys) AS u CROSS JOIN activities_key k ON k.programme_id = :programme"
    " AND k.source = u.value->>0 AND k.kind = u.value->>1 AND k.external_id = u.value->>2"
    " JOIN members_member o ON o.id = k.account_id JOIN members_member s ON s.id = coalesce(o.merged_into, o.id))",
)
_KEPT = allow_fanout(
    "the directory says in which account a fact stands, and what gave it back stands with it",
    Statement(
        "WITH k AS (SELECT k.account_id, k.activity_id"
        " FROM unnest(:sources::text[], :kinds::text[], :externals::text[])"
        " AS u(source, kind, external_id) CROSS JOIN LATERAL (SELECT account_id, activity_id FROM activities_key"
        "  WHERE programme_id = :programme AND source = u.source AND kind = u.kind AND external_id = u.external_id"
        "  LIMIT 1) k)"
        " SELECT account_id, activity_id FROM k UNION SELECT r.return_account, k.activity_id FROM k"
        " CROSS JOIN LATERAL (SELECT return_account FROM activities_returned"
        "  WHERE account_id = k.account_id AND purchase_id = k.activity_id OFFSET 0) r",
        sqlite="WITH k AS (SELECT k.account_id, k.activity_id FROM json_each(:keys) AS u CROSS JOIN activities_key k"
        " ON k.programme_id = :programme AND k.source = u.value->>0 AND k.kind = u.value->>1"
        " AND k.external_id = u.value->>2)"
        " SELECT account_id, activity_id FROM k UNION SELECT r.return_account, k.activity_id FROM k"
        " CROSS JOIN activities_returned r ON r.account_id = k.account_id AND r.purchase_id = k.activity_id",
    ),
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
    "SELECT a.account_id, a.id, a.seq, a.occurred_at, a.recorded_at, a.facts, a.decision"
    " FROM unnest(:accounts::uuid[], :ids::uuid[]) AS u(account_id, id)"
    " JOIN activities_activity a ON a.account_id = u.account_id AND a.id = u.id",
    sqlite="SELECT a.account_id, a.id, a.seq, a.occurred_at, a.recorded_at, a.facts, a.decision"
    " FROM json_each(:pairs) AS u CROSS JOIN activities_activity a"
    " ON a.account_id = u.value->>0 AND a.id = u.value->>1",
)
# OFFSET 0 keeps PostgreSQL from reading all returns an account ever made.
_RETURNS = Statement(
    "SELECT r.purchase_id, r.return_account, r.return_id, r.seq, r.slice"
    " FROM unnest(:accounts::uuid[], :ids::uuid[]) AS u(account_id, id)"
    " CROSS JOIN LATERAL (SELECT purchase_id, return_account, return_id, seq, slice FROM activities_returned"
    "  WHERE account_id = u.account_id AND purchase_id = u.id OFFSET 0) r ORDER BY r.seq",
    sqlite="SELECT r.purchase_id, r.return_account, r.return_id, r.seq, r.slice FROM json_each(:pairs) AS u"
    " CROSS JOIN activities_returned r ON r.account_id = u.value->>0 AND r.purchase_id = u.value->>1 ORDER BY r.seq",
)
_PAYING = Statement(
    "SELECT p.burn_id, p.purchase_id FROM unnest(:accounts::uuid[], :ids::uuid[]) AS u(account_id, id)"
    " JOIN activities_paid p ON p.account_id = u.account_id AND p.burn_id = u.id",
    sqlite="SELECT p.burn_id, p.purchase_id FROM json_each(:pairs) AS u CROSS JOIN activities_paid p"
    " ON p.account_id = u.value->>0 AND p.burn_id = u.value->>1",
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
_LAST_SINCE = Statement(
    "SELECT kind, max(occurred_at) FROM activities_activity WHERE account_id = :account AND seq > :seq GROUP BY kind"
)
_WAITING = Statement(
    "SELECT id, reason, count(*) OVER () FROM activities_parked WHERE account_id = :account ORDER BY seq LIMIT 1"
)
_OWNER = Statement("SELECT account_id FROM activities_key WHERE programme_id = :programme AND activity_id = :id")
_OWNERS = Statement(
    "SELECT account_id, activity_id FROM activities_key WHERE programme_id = :programme"
    " AND activity_id = ANY(:ids::uuid[])",
    sqlite="SELECT account_id, activity_id FROM activities_key WHERE programme_id = :programme"
    " AND activity_id IN (SELECT value FROM json_each(:ids))",
)
_OF = "SELECT account_id, id, seq, occurred_at, recorded_at, facts, decision FROM activities_activity"
_LIST = Statement(f"{_OF} WHERE account_id = :account AND seq > :seq ORDER BY seq LIMIT :most")
_NEWEST_OF = (
    _OF + " WHERE account_id = :account AND seq < :seq AND ({kind} = '' OR kind = {kind}) ORDER BY seq DESC LIMIT :most"
)
_NEWEST = Statement(_NEWEST_OF.replace("{kind}", ":kind::text"), sqlite=_NEWEST_OF.replace("{kind}", ":kind"))
_AWARDED = Statement(
    "SELECT account_id, id, seq, occurred_at, recorded_at, facts, decision FROM activities_activity"
    " WHERE account_id = ANY(:accounts::uuid[]) AND occurred_at >= :since AND occurred_at <= :until"
    " AND (decision LIKE '%\"awards\":%' OR decision LIKE '%\"issued\":%') ORDER BY seq",
    sqlite="SELECT account_id, id, seq, occurred_at, recorded_at, facts, decision FROM activities_activity"
    " WHERE account_id IN (SELECT value FROM json_each(:accounts)) AND occurred_at >= :since AND occurred_at <= :until"
    " AND (decision LIKE '%\"awards\":%' OR decision LIKE '%\"issued\":%') ORDER BY seq",
)
_PARKED_LIST = allow_fanout(
    "the list a person works through, parked facts of a programme",
    Statement(
        "SELECT account_id, id, seq, parked_at, facts, reason FROM activities_parked"
        " WHERE programme_id = :programme AND seq > :seq ORDER BY seq LIMIT :most"
    ),
)
_RATELESS = allow_fanout(
    "the facts that wait for an exchange rate, the few there are, to be released page by page",
    Statement(
        "SELECT account_id, id, seq, parked_at, facts, reason FROM activities_parked"
        " WHERE programme_id = :programme AND seq > :seq AND reason = 'rate_missing' ORDER BY seq LIMIT :most"
    ),
)
_PROGRAMMES_WITHOUT = allow_fanout(
    "which programmes have facts that wait for an exchange rate",
    Statement("SELECT DISTINCT programme_id FROM activities_parked WHERE reason = 'rate_missing' ORDER BY 1"),
)
_NEXT_SEQ = Statement("SELECT nextval('activities_seq')")
# Whoever takes a journal number keeps a lock on the counter until the transaction ends, also where it writes nothing.
_LAST_TAKEN = Statement("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM activities_seq")
_NUMBERING = Statement(
    "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND relation = 'activities_seq'::regclass"
    " AND mode = 'RowExclusiveLock' AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_LAST_RECORDED = allow_fanout(
    "the last number of the journal, under the lock of the one writer of SQLite",
    Statement(
        "SELECT max(coalesce((SELECT seq FROM activities_activity ORDER BY seq DESC LIMIT 1), 0),"
        " coalesce((SELECT max(seq) FROM activities_parked), 0))"
    ),
)


class Recorded(msgspec.Struct, frozen=True):
    """A fact in the journal with its decision."""

    account_id: str
    activity_id: str
    seq: int
    recorded_at: datetime
    activity: Activity
    decision: Decision

    @property
    def person_id(self) -> str | None:
        """Who it was, where the account is a household's."""
        who = self.activity.member.id
        return None if who is None or (bare := ids.read("member", who)) == self.account_id else bare


_activity = msgspec.json.Decoder(Activity).decode
_decision = msgspec.json.Decoder(Decision).decode
_slice = msgspec.json.Decoder(Slice).decode


def next_seq(store: Store) -> int:
    """One more journal number, on PostgreSQL."""
    return int(store.fetch(_NEXT_SEQ)[0][0])


def last_taken(store: Store) -> int:
    """The highest journal number that anybody has taken; on PostgreSQL whoever took it may not have committed yet.

    On SQLite it is for whoever is its one writer. `engine.settling` makes of it a number that nothing comes below.
    """
    return int(store.fetch(_LAST_TAKEN if store.postgresql else _LAST_RECORDED)[0][0])


def numbering(store: Store) -> set[str]:
    """The transactions on PostgreSQL that have taken journal numbers and have not ended."""
    return {name for (name,) in store.fetch(_NUMBERING)}


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


def named(store: Store, programme_id: str, ids: Sequence[str]) -> dict[str, Recorded]:
    """The facts of the programme by their ids, whoever's they are."""
    found = store.fetch(_OWNERS, programme=programme_id, ids=list(ids)) if ids else []
    return recorded(store, [(account, id) for account, id in found])


class Returned(msgspec.Struct, frozen=True):
    """What one return gave back of a purchase."""

    account_id: str  # whose return it was
    return_id: str
    seq: int
    slice: Slice


def returns(store: Store, names: Iterable[tuple[str, str]]) -> dict[str, list[Returned]]:
    """What came back of the purchases named by (account, activity), in order, by purchase."""
    wanted = list(names)
    accounts, ids = [account for account, _ in wanted], [id for _, id in wanted]
    found: dict[str, list[Returned]] = {}
    for purchase, account, return_id, seq, part in store.fetch(_RETURNS, accounts=accounts, ids=ids, pairs=wanted):
        found.setdefault(purchase, []).append(Returned(account, return_id, seq, _slice(part)))
    return found


def paying(store: Store, names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Which of the burns named by (account, activity) pay for purchases, and for which; none named costs nothing."""
    wanted = list(names)
    if not wanted:
        return {}
    accounts, ids = [account for account, _ in wanted], [id for _, id in wanted]
    return {burn: purchase for burn, purchase in store.fetch(_PAYING, accounts=accounts, ids=ids, pairs=wanted)}


def owners(store: Store, programme_id: str, keys: Sequence[Key]) -> list[tuple[str, str]]:
    """The facts of the natural keys, as far as they are known, as (account, activity).

    A purchase is named with each account that gave back some of it, too.
    """
    sources, kinds, externals = zip(*keys, strict=True)
    named = {"sources": list(sources), "kinds": list(kinds), "externals": list(externals), "keys": list(keys)}
    return [(account, id) for account, id in store.fetch(_KEPT, programme=programme_id, **named)]


def one(store: Store, programme_id: str, activity_id: str) -> Recorded:
    """One fact of the programme by its id. Raises `activity_unknown`."""
    found = _by_id(store, programme_id, activity_id)
    if found is None:
        raise ACTIVITY_UNKNOWN(id=activity_id)
    return found


def find(store: Store, programme_id: str, activity_id: str, *kinds: str) -> Recorded | None:
    """One fact of these kinds by its id; None where the programme has none."""
    found = _by_id(store, programme_id, activity_id)
    return found if found is not None and found.activity.kind in kinds else None


def _by_id(store: Store, programme_id: str, activity_id: str) -> Recorded | None:
    owner = store.fetch(_OWNER, programme=programme_id, id=activity_id)
    return recorded(store, [(owner[0][0], activity_id)]).get(activity_id) if owner else None


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


def newest(store: Store, account_id: str, *, seq: int = limits.INT64_MAX, most: int, kind: str = "") -> list[Recorded]:
    """The facts of an account before `seq`, of one kind where one is named, the latest first, a page at a time."""
    return [_recorded(row) for row in store.fetch(_NEWEST, account=account_id, seq=seq, kind=kind, most=most)]


def awarded(store: Store, accounts: Iterable[str], *, since: datetime, until: datetime) -> list[Recorded]:
    """What of the accounts happened from the one instant to the other and earned something, as it was recorded."""
    given: dict[str, object] = {"since": clock.micros(since), "until": clock.micros(until)}
    return [_recorded(row) for row in store.fetch(_AWARDED, accounts=sorted(accounts), **given)]


def latest(store: Store, account_id: str, *, most: int) -> list[Recorded]:
    """The last facts of an account, the latest first."""
    return newest(store, account_id, most=most)


def parked(store: Store, programme_id: str, *, seq: int, most: int) -> list[Recorded]:
    """The facts of the programme that wait, in the order they came."""
    return [_waiting(row) for row in store.fetch(_PARKED_LIST, programme=programme_id, seq=seq, most=most)]


def rateless(store: Store, programme_id: str, *, seq: int, most: int) -> list[Recorded]:
    """The facts of the programme that wait for an exchange rate, in the order they came, a page at a time."""
    return [_waiting(row) for row in store.fetch(_RATELESS, programme=programme_id, seq=seq, most=most)]


def programmes_with_rateless(store: Store) -> list[str]:
    """The programmes in which something waits for an exchange rate."""
    return [programme for (programme,) in store.fetch(_PROGRAMMES_WITHOUT)]


def waiting_for(store: Store, programme_id: str, keys: Sequence[Key]) -> list[Recorded]:
    """The parked returns, and what reopens, that wait for one of these purchases."""
    return [one for one in _waiting_for(store, programme_id, keys) if one.activity.kind in (RETURN, REOPEN)]


def confirming(store: Store, programme_id: str, keys: Sequence[Key]) -> list[Recorded]:
    """The parked facts that wait for one of these purchases in order to confirm it."""
    return [one for one in _waiting_for(store, programme_id, keys) if one.activity.confirms is not None]


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


def _recorded(row: tuple[str, str, int, int, int, str, str]) -> Recorded:
    account, id, seq, _, recorded_at, facts, decision = row
    return Recorded(account, id, seq, clock.instant(recorded_at), _activity(facts), _decision(decision))


def _waiting(row: tuple[str, str, int, int, str, str]) -> Recorded:
    account, id, seq, parked_at, facts, reason = row
    decision = Decision(version=0, parked=reason)
    return Recorded(account, id, seq, clock.instant(parked_at), _activity(facts), decision)


class Queue(msgspec.Struct, frozen=True):
    """The facts of an account that wait: how many, and of the first one its id and what it waits for."""

    number: int
    id: str
    reason: str


def waiting(store: Store, account_id: str) -> Queue | None:
    """What of an account waits, if anything does."""
    rows = store.fetch(_WAITING, account=account_id)
    return Queue(int(rows[0][2]), rows[0][0], rows[0][1]) if rows else None


def last_since(store: Store, account_id: str, seq: int) -> dict[str, int]:
    """When the latest fact of each kind happened (microseconds), among those recorded after a number of the journal."""
    return {kind: int(at) for kind, at in store.fetch(_LAST_SINCE, account=account_id, seq=seq)}
