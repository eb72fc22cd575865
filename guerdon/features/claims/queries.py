"""Every read of claims: by id, of a member, in their queue, how many there are, and what was told of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from guerdon.core import limits
from guerdon.core.claims import CLAIM_UNKNOWN, Claim, Kind, State, Step, Told
from guerdon.core.images import MediaType
from guerdon.kit import clock, digests, ids, secrets
from guerdon.kit.store import Statement, Store, allow_fanout

_BEHIND_ALL: Final = "f" * 32  # behind every id
_COLUMNS: Final = (
    "c.id, c.account_id, c.programme_id, c.kind, c.state, c.priority, c.answer_hours, c.opened_at, c.opened_by,"
    " c.due_at, c.receipt, c.assigned_to, c.answered_at, c.settled_at, c.reopened, c.rejected, c.steps, c.entry_id"
)
_BY_IDS: Final = "FROM claims_claim c WHERE c.programme_id = :programme AND c.id"
_NAMED = allow_fanout(
    "a claim is asked for by its id alone",
    Statement(
        f"SELECT {_COLUMNS} {_BY_IDS} = ANY(:ids::uuid[])",
        sqlite=f"SELECT {_COLUMNS} {_BY_IDS} IN (SELECT value FROM json_each(:ids))",  # noqa: S608 - our own
    ),
)
# After the members, and in one order, so that rivals wait and do not deadlock.
_LOCK = allow_fanout(
    "a claim is asked for by its id alone",
    Statement(
        f"SELECT {_COLUMNS} {_BY_IDS} = ANY(:ids::uuid[]) ORDER BY c.id FOR NO KEY UPDATE",
        sqlite=f"SELECT {_COLUMNS} {_BY_IDS} IN (SELECT value FROM json_each(:ids)) ORDER BY c.id",  # noqa: S608
    ),
)
_OF_MEMBER = Statement(
    f"SELECT {_COLUMNS} FROM claims_claim c WHERE c.account_id = ANY(:accounts::uuid[])"  # noqa: S608 - our own
    " AND c.id < :before ORDER BY c.id DESC LIMIT :most",
    sqlite=f"SELECT {_COLUMNS} FROM claims_claim c"  # noqa: S608
    " WHERE c.account_id IN (SELECT value FROM json_each(:accounts))"
    " AND c.id < :before ORDER BY c.id DESC LIMIT :most",
)
# The states stand in the text as they stand in the index, so that it is found.
_OURS: Final = "c.state IN ('open', 'waiting_for_us')"
_LIVE: Final = "c.state IN ('open', 'waiting_for_us', 'waiting_for_member', 'waiting_for_approval')"
_NARROWED: Final = "(:kind = '' OR c.kind = :kind) AND (:whose = '' OR c.assigned_to = :whose)"
_PAGE: Final = f"AND {_NARROWED} AND (c.due_at, c.id) > (:due, :after) ORDER BY c.due_at, c.id LIMIT :most"
_WAITING: Final = f"SELECT {_COLUMNS} FROM claims_claim c WHERE c.programme_id = :programme AND {_OURS}"  # noqa: S608
# What is overdue stands before every priority, or those of the lowest one would never be answered.
_OVERDUE = allow_fanout(
    "clerks work through the claims of all members",
    Statement(f"{_WAITING} AND c.due_at <= :as_of {_PAGE}"),
)
# One priority at a time, so that each read begins where its page does, however many of the priority are overdue.
_OF_PRIORITY = allow_fanout(
    "clerks work through the claims of all members",
    Statement(f"{_WAITING} AND c.priority = :priority {_PAGE}"),
)
_IN_STATE = allow_fanout(
    "clerks look at the claims of all members",
    Statement(
        f"SELECT {_COLUMNS} FROM claims_claim c WHERE c.programme_id = :programme AND c.state = :state"  # noqa: S608
        f" {_PAGE}"
    ),
)
_COUNTS = allow_fanout(
    "how many claims of all members are not settled",
    Statement(
        "SELECT c.state, count(*), coalesce(sum(CASE WHEN c.due_at <= :now THEN 1 ELSE 0 END), 0)"  # noqa: S608
        " FROM claims_claim c"
        f" WHERE c.programme_id = :programme AND {_LIVE} GROUP BY c.state"
    ),
)
_ROOM = Statement(
    f"SELECT (SELECT count(*) FROM claims_claim c WHERE c.account_id = ANY(:accounts::uuid[]) AND {_LIVE}),"  # noqa: S608
    " (SELECT count(*) FROM claims_claim d WHERE d.account_id = ANY(:accounts::uuid[]) AND d.opened_at >= :since)",
    sqlite="SELECT (SELECT count(*) FROM claims_claim c"  # noqa: S608
    f" WHERE c.account_id IN (SELECT value FROM json_each(:accounts)) AND {_LIVE}),"
    " (SELECT count(*) FROM claims_claim d WHERE d.account_id IN (SELECT value FROM json_each(:accounts))"
    " AND d.opened_at >= :since)",
)
_TWINS = allow_fanout(
    "whoever else has shown the same receipt",
    Statement(
        "SELECT c.id FROM claims_claim c WHERE c.programme_id = :programme AND c.receipt = :receipt AND c.id <> :id"
        " ORDER BY c.id LIMIT :most"
    ),
)
_STEP: Final = (
    "SELECT s.id, s.account_id, s.claim_id, s.number, s.deed, s.state, s.at, s.actor, s.actor_id, s.reason, s.entry_id"
    " FROM claims_step s WHERE s.account_id"
)
_STEPS = Statement(
    f"{_STEP} = ANY(:accounts::uuid[]) AND s.claim_id = ANY(:claims::uuid[]) ORDER BY s.claim_id, s.number",
    sqlite=f"{_STEP} IN (SELECT value FROM json_each(:accounts))"  # noqa: S608 - our own
    " AND s.claim_id IN (SELECT value FROM json_each(:claims)) ORDER BY s.claim_id, s.number",
)
_ONE_STEP = Statement(f"{_STEP} = :account AND s.id = :id")
_NAMED_STEPS = Statement(
    f"{_STEP} = ANY(:accounts::uuid[]) AND s.id = ANY(:ids::uuid[])",
    sqlite=f"{_STEP} IN (SELECT value FROM json_each(:accounts)) AND s.id IN (SELECT value FROM json_each(:ids))",  # noqa: S608
)
_KEY = Statement("SELECT wrapped_key FROM claims_key WHERE account_id = :account AND claim_id = :claim")
_TEXT: Final = (
    "SELECT k.claim_id, k.wrapped_key, t.number, t.sealed FROM claims_key k JOIN claims_text t"
    " ON t.account_id = k.account_id AND t.claim_id = k.claim_id WHERE k.account_id"
)
_TEXTS = Statement(
    f"{_TEXT} = ANY(:accounts::uuid[]) AND k.claim_id = ANY(:claims::uuid[])",
    sqlite=f"{_TEXT} IN (SELECT value FROM json_each(:accounts))"  # noqa: S608
    " AND k.claim_id IN (SELECT value FROM json_each(:claims))",
)
_FIRST_TEXTS = Statement(f"{_TEXTS.text} AND t.number = 1", sqlite=f"{_TEXTS.sqlite} AND t.number = 1")
_PICTURE: Final = "SELECT claim_id, hash, number, media_type FROM claims_photo WHERE account_id"
_PHOTOS = Statement(
    f"{_PICTURE} = ANY(:accounts::uuid[]) AND claim_id = ANY(:claims::uuid[]) ORDER BY claim_id, number, hash",
    sqlite=f"{_PICTURE} IN (SELECT value FROM json_each(:accounts))"  # noqa: S608 - our own
    " AND claim_id IN (SELECT value FROM json_each(:claims)) ORDER BY claim_id, number, hash",
)
_PHOTO = Statement(
    "SELECT media_type, sealed FROM claims_photo WHERE account_id = :account AND claim_id = :claim AND hash = :hash"
)


class Photo(msgspec.Struct, frozen=True):
    """A photo of a claim, by its hash, and the step that it came with."""

    hash: str
    number: int
    media_type: MediaType


class Count(msgspec.Struct, frozen=True):
    """How many claims are in a state, and of how many of these the time is over by which a word was promised."""

    claims: int
    overdue: int


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a page of the queue ends: its order is that of one instant, and of a rank that is 0 for what is overdue."""

    as_of: int
    rank: int = -1
    due: int = 0
    after: str = ids.NIL

    def next(self, last: Claim) -> "Place":
        """Behind this claim."""
        due = clock.micros(last.due_at)
        return Place(self.as_of, 0 if due <= self.as_of else last.priority, due, last.id)


def digest(programme_id: str, told: Told) -> str | None:
    """The receipt as it is found again and not read."""
    return None if told.paper is None else digests.digest("receipt", f"{programme_id} {told.paper}")


def one(store: Store, programme_id: str, claim_id: str) -> Claim:
    """A claim of the programme. Raises `claim_unknown`."""
    return _only(store.fetch(_NAMED, programme=programme_id, ids=[claim_id]), claim_id)


def several(store: Store, programme_id: str, claim_ids: Sequence[str]) -> dict[str, Claim]:
    """The claims of the programme that are there, by id."""
    rows = store.fetch(_NAMED, programme=programme_id, ids=sorted(set(claim_ids))) if claim_ids else []
    return {row[0]: _claim(row) for row in rows}


def lock(store: Store, programme_id: str, claim_id: str) -> Claim:
    """A claim of the programme, which nobody else changes now. Raises `claim_unknown`."""
    return _only(store.fetch(_LOCK, programme=programme_id, ids=[claim_id]), claim_id)


def lock_many(store: Store, programme_id: str, claim_ids: Sequence[str]) -> dict[str, Claim]:
    """The claims that are there, by id, which nobody else changes now."""
    rows = store.fetch(_LOCK, programme=programme_id, ids=sorted(set(claim_ids))) if claim_ids else []
    return {row[0]: _claim(row) for row in rows}


def _only(rows: list[tuple[Any, ...]], claim_id: str) -> Claim:
    if not rows:
        raise CLAIM_UNKNOWN(id=ids.show("claim", claim_id))
    return _claim(rows[0])


def of_member(store: Store, accounts: Sequence[str], *, before: str, most: int) -> list[Claim]:
    """Those of a member, and of whoever was merged into it, the latest first, a page at a time."""
    return [_claim(row) for row in store.fetch(_OF_MEMBER, accounts=list(accounts), before=before, most=most)]


def queue(
    store: Store, programme_id: str, *, state: State | None, place: Place, most: int, kind: Kind | None = None,
    whose: str = "",
) -> list[Claim]:  # fmt: skip
    """A page of those that wait for us: what is overdue, then by priority; or of those in the state; due first.

    `kind` narrows them to one kind, `whose` to what somebody works on.
    """
    page = {"programme": programme_id, "due": place.due, "after": place.after, "most": most}
    page |= {"kind": kind or "", "whose": whose}
    if state is not None:
        return [_claim(row) for row in store.fetch(_IN_STATE, state=state, **page)]
    rows = store.fetch(_OVERDUE, as_of=place.as_of, **page) if place.rank <= 0 else []
    for priority in range(max(1, place.rank), limits.CLAIM_PRIORITY_LAST + 1):
        if len(rows) == most:
            break
        begun = {} if priority == place.rank else {"due": place.as_of, "after": _BEHIND_ALL}
        rows += store.fetch(_OF_PRIORITY, priority=priority, **page | begun | {"most": most - len(rows)})
    return [_claim(row) for row in rows]


def counts(store: Store, programme_id: str, now: datetime) -> dict[State, Count]:
    """How many claims are not settled, by state."""
    rows = store.fetch(_COUNTS, programme=programme_id, now=clock.micros(now))
    return {state: Count(claims, int(overdue)) for state, claims, overdue in rows}


def room(store: Store, accounts: Sequence[str], *, since: datetime) -> tuple[int, int]:
    """How many claims a member has open, and how many were opened since the instant."""
    ((open_, since_then),) = store.fetch(_ROOM, accounts=list(accounts), since=clock.micros(since))
    return open_, since_then


def twins(store: Store, claim: Claim) -> list[str]:
    """Other claims about the same receipt, whoever's they are, by id."""
    if claim.receipt is None:
        return []
    params = {"programme": claim.programme_id, "receipt": claim.receipt, "id": claim.id}
    return [id for (id,) in store.fetch(_TWINS, most=limits.CLAIM_TWINS_MAX, **params)]


def steps(store: Store, claims: Sequence[Claim]) -> dict[str, list[Step]]:
    """Every step of claims, by claim, in order."""
    found: dict[str, list[Step]] = {one.id: [] for one in claims}
    for row in store.fetch(_STEPS, **_names(claims)) if claims else []:
        found[row[2]].append(_step(row))
    return found


def step(store: Store, account_id: str, step_id: str) -> Step:
    """The one step that news tell of, which is known to be there."""
    return _step(store.fetch(_ONE_STEP, account=account_id, id=step_id)[0])


def steps_named(store: Store, names: Sequence[tuple[str, str]]) -> list[Step]:
    """The steps of the given (account, id) pairs."""
    accounts, wanted = sorted({account for account, _ in names}), [id for _, id in names]
    return [_step(row) for row in store.fetch(_NAMED_STEPS, accounts=accounts, ids=wanted)] if names else []


def key(store: Store, claim: Claim) -> str | None:
    """What a claim is sealed with; None once it was erased."""
    rows = store.fetch(_KEY, account=claim.account_id, claim=claim.id)
    return str(rows[0][0]) if rows else None


def told(store: Store, claims: Sequence[Claim]) -> dict[str, dict[int, Told]]:
    """What was said with each step that had words, by claim; nothing of who was erased."""
    found: dict[str, dict[int, Told]] = {}
    for id, wrapped, number, sealed in store.fetch(_TEXTS, **_names(claims)) if claims else []:
        found.setdefault(id, {})[number] = _words(wrapped, sealed)
    return found


def told_first(store: Store, claims: Sequence[Claim]) -> dict[str, Told]:
    """What claims were opened with, by claim; nothing else is unsealed, and nothing of who was erased."""
    rows = store.fetch(_FIRST_TEXTS, **_names(claims)) if claims else []
    return {id: _words(wrapped, sealed) for id, wrapped, _, sealed in rows}


def _words(wrapped: str, sealed: str) -> Told:
    return msgspec.json.decode(secrets.unseal_under(wrapped, sealed), type=Told)


def _names(claims: Sequence[Claim]) -> dict[str, list[str]]:
    return {"accounts": sorted({one.account_id for one in claims}), "claims": [one.id for one in claims]}


def photos(store: Store, claims: Sequence[Claim]) -> dict[str, list[Photo]]:
    """The photos of claims, by claim, in the order in which they came."""
    found: dict[str, list[Photo]] = {one.id: [] for one in claims}
    for id, *row in store.fetch(_PHOTOS, **_names(claims)) if claims else []:
        found[id].append(Photo(*row))
    return found


def photo(store: Store, claim: Claim, hash: str) -> tuple[MediaType, bytes] | None:
    """One photo; None where there is none of the hash."""
    wrapped = key(store, claim)
    rows = store.fetch(_PHOTO, account=claim.account_id, claim=claim.id, hash=hash)
    return (rows[0][0], secrets.unseal_under(wrapped, rows[0][1])) if rows and wrapped is not None else None


def _claim(row: tuple[Any, ...]) -> Claim:
    id, account, programme, kind, state, priority, hours, opened_at, opened_by, due_at, receipt, to, *rest = row
    answered_at, settled_at, reopened, rejected, steps, entry_id = rest
    return Claim(
        id=id,
        account_id=account,
        programme_id=programme,
        kind=kind,
        state=state,
        priority=priority,
        answer_hours=hours,
        opened_at=clock.instant(opened_at),
        opened_by=opened_by,
        due_at=clock.instant(due_at),
        receipt=receipt,
        assigned_to=to,
        answered_at=clock.instant(answered_at),
        settled_at=clock.instant(settled_at),
        reopened=reopened,
        rejected=rejected,
        steps=steps,
        entry_id=entry_id,
    )


def _step(row: tuple[Any, ...]) -> Step:
    id, account, claim, number, deed, state, at, actor, actor_id, reason, entry_id = row
    return Step(id, account, claim, number, deed, state, clock.instant(at), actor, actor_id, reason, entry_id)
