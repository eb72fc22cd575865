"""Every read of acts: entries of the journal by which somebody gave points, and the patterns that they are in."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from guerdon.core import till_names
from guerdon.core.activities import LEDGER_KINDS
from guerdon.core.alerts import CASHIER, Act, Way
from guerdon.kit import ids
from guerdon.kit.store import Statement, Store, allow_fanout

# What tells nobody who stood at a till is read past in the database.
_ENTRIES = allow_fanout(
    "acts are gathered along the journal, whoever its entries belong to",
    Statement(
        "SELECT a.account_id, a.id, a.seq, a.kind, a.source, a.external_id, a.occurred_at, a.facts, a.decision"
        " FROM activities_activity a WHERE a.seq BETWEEN :first AND :last AND a.programme_id = :programme"
        " AND a.occurred_at >= :since AND (a.kind IN ('adjustment', 'transfer_received')"
        " OR (a.kind IN ('purchase', 'return') AND (a.source LIKE 'till:%' OR a.facts LIKE '%\"cashier\":%')))"
        " ORDER BY a.seq LIMIT :most"
    ),
)
_WHY: Final = "patterns of fraud are looked for among all members, at night"
_OF: Final = "programme_id = :programme AND way = :way AND day >= :since"
_COLUMNS: Final = "account_id, id, seq, way, giver, name, member_id, unit, points, at, day"
_OF_MEMBER = allow_fanout(
    "what an alert is about is read of one member, whatever accounts it was told under",
    Statement(
        f"SELECT {_COLUMNS} FROM alerts_act WHERE {_OF} AND member_id = :member"  # noqa: S608 - our own
        " AND seq > :after ORDER BY seq, unit"
    ),
)
_OF_WAY = allow_fanout(
    _WHY,
    Statement(f"SELECT {_COLUMNS} FROM alerts_act WHERE {_OF} ORDER BY seq, unit LIMIT :most"),  # noqa: S608
)
_REPEATED = allow_fanout(
    _WHY,
    Statement(
        "SELECT giver, member_id FROM ("  # noqa: S608 - our own
        "SELECT giver, member_id, day, count(DISTINCT id) AS times, max(seq) AS last_seq"
        f" FROM alerts_act WHERE {_OF} GROUP BY giver, member_id, day) AS d"
        " WHERE times > :times AND last_seq > :looked GROUP BY giver, member_id ORDER BY max(times) DESC LIMIT :most"
    ),
)
_SHARES = allow_fanout(
    _WHY,
    Statement(
        "WITH given AS (SELECT giver, unit, member_id, sum(points) AS points, count(DISTINCT id) AS times,"  # noqa: S608
        f" max(seq) AS last_seq FROM alerts_act WHERE {_OF} AND points > 0 GROUP BY giver, unit, member_id),"
        " whole AS (SELECT giver, unit, sum(points) AS points FROM given GROUP BY giver, unit)"
        " SELECT g.giver, g.member_id, g.unit, CAST(w.points AS bigint) FROM given g"
        " JOIN whole w ON w.giver = g.giver AND w.unit = g.unit"
        " WHERE g.times >= :times AND g.last_seq > :looked AND g.points * 100 > w.points * :percent"
        " ORDER BY g.points DESC LIMIT :most"
    ),
)
_BY_HAND = allow_fanout(
    _WHY,
    Statement(
        f"SELECT giver, member_id FROM alerts_act WHERE {_OF} GROUP BY giver, member_id"  # noqa: S608
        " HAVING count(DISTINCT id) >= :times AND max(seq) > :looked ORDER BY count(DISTINCT id) DESC LIMIT :most"
    ),
)
_RECEIVERS = allow_fanout(
    _WHY,
    Statement(
        f"SELECT member_id FROM alerts_act WHERE {_OF} GROUP BY member_id"  # noqa: S608
        " HAVING count(DISTINCT giver) >= :times AND max(seq) > :looked ORDER BY count(DISTINCT giver) DESC LIMIT :most"
    ),
)
_NEWCOMERS = allow_fanout(
    _WHY,
    Statement(
        "SELECT a.member_id FROM alerts_act a JOIN members_member m ON m.id = a.member_id"
        " WHERE a.programme_id = :programme AND a.way = :way AND a.day >= :since AND m.enrolled_at >= :enrolled"
        " GROUP BY a.member_id HAVING count(DISTINCT a.id) >= :times ORDER BY count(DISTINCT a.id) DESC LIMIT :most"
    ),
)
_DEEDS = Statement(
    "SELECT account_id, kind, min(occurred_at) FROM activities_activity WHERE account_id = ANY(:accounts::uuid[])"
    " GROUP BY account_id, kind",
    sqlite="SELECT account_id, kind, min(occurred_at) FROM activities_activity"
    " WHERE account_id IN (SELECT value FROM json_each(:accounts)) GROUP BY account_id, kind",
)
# Which member each of the staff is, by the address that both have.
_OWN = Statement(
    "SELECT s.user_id, i.member_id FROM users_staff s JOIN users_user u ON u.id = s.user_id"
    " JOIN members_identifier i ON i.programme_id = s.programme_id AND i.kind = 'email' AND i.value = u.digest"
    " WHERE s.programme_id = :programme"
)
_STAFF = Statement(
    "SELECT s.user_id, coalesce(nullif(u.name, ''), s.email) FROM users_staff s JOIN users_user u ON u.id = s.user_id"
    " WHERE s.programme_id = :programme"
)
_SPENDING: Final = frozenset({"burn", "capture", "redemption"})
_GIVEN_FREELY: Final = frozenset({"signup", "birthday"})  # nothing that the member did


class _Member(msgspec.Struct, gc=False):
    id: str | None = None


class _Told(msgspec.Struct, gc=False):
    """The few parts of what was told that patterns look at."""

    member: _Member
    store: str | None = None
    facts: dict[str, str | int | bool] = {}


class _Award(msgspec.Struct, gc=False):
    unit: str
    points: int


class _Decided(msgspec.Struct, gc=False):
    awards: tuple[_Award, ...] = ()


class Entry(msgspec.Struct, frozen=True):
    """An entry of the journal as patterns see it."""

    account_id: str
    id: str
    seq: int
    kind: str
    at: int
    member: str
    cashier: str  # the mark of who did it at a till of ours; else as the point of sale names it, and its store
    ours: bool
    facts: dict[str, str | int | bool]
    points: dict[str, int]  # what its rules gave, by unit


class Deeds(msgspec.Struct, frozen=True):
    """What a member has done: something of its own, and when it first spent points."""

    own: bool = False
    spent_at: int | None = None


_told = msgspec.json.Decoder(_Told).decode
_decided = msgspec.json.Decoder(_Decided).decode


def entries(store: Store, programme_id: str, *, first: int, last: int, since: int, most: int) -> list[Entry]:
    """The entries from one number to another that patterns look at, so many at most; of what happened since then."""
    rows = store.fetch(_ENTRIES, programme=programme_id, first=first, last=last, since=since, most=most)
    return [_entry(row) for row in rows]


def _entry(row: tuple[Any, ...]) -> Entry:
    account, id, seq, kind, source, external_id, at, facts, decision = row
    told = _told(facts)
    points: dict[str, int] = {}
    for one in _decided(decision).awards:
        points[one.unit] = points.get(one.unit, 0) + one.points
    ours = till_names.whose(external_id) if source.startswith(till_names.SOURCES) else ""
    named = str(told.facts.get(CASHIER, "")).strip()
    theirs = f"{named} · {told.store}" if named and told.store else named
    member = account if told.member.id is None else told.member.id.removeprefix(ids.PREFIXES["member"])
    return Entry(account, id, seq, kind, at, member, ours or theirs, bool(ours), told.facts, points)


def of_member(
    store: Store, programme_id: str, way: Way, member: str, *, since: int, after: int = 0, giver: str | None = None
) -> list[Act]:
    """What a member was given in a way since a day, after a number of the journal; by one giver, or by all."""
    rows = store.fetch(_OF_MEMBER, programme=programme_id, way=way, member=member, since=since, after=after)
    return [one for one in (Act(*row) for row in rows) if giver in (None, one.giver)]


def of_way(store: Store, programme_id: str, way: Way, *, since: int, most: int) -> list[Act]:
    """All that was given in a way since a day, so many at most."""
    return [Act(*row) for row in store.fetch(_OF_WAY, programme=programme_id, way=way, since=since, most=most)]


def repeated(
    store: Store, programme_id: str, *, since: int, looked: int, times: int, most: int
) -> list[tuple[str, str]]:
    """Cashiers and members with more than so many acts on a day, of whom something is new."""
    told = {"way": "till", "since": since, "looked": looked, "times": times, "most": most}
    return [(giver, member) for giver, member in store.fetch(_REPEATED, programme=programme_id, **told)]


def shares(
    store: Store, programme_id: str, *, since: int, looked: int, times: int, percent: int, most: int
) -> list[tuple[str, str, str, int]]:
    """Cashiers and members whose share is larger, with the unit and all that the cashier gave of it."""
    told = {"way": "till", "since": since, "looked": looked, "times": times, "percent": percent, "most": most}
    rows = store.fetch(_SHARES, programme=programme_id, **told)
    return [(giver, member, unit, int(whole)) for giver, member, unit, whole in rows]


def by_hand(
    store: Store, programme_id: str, *, since: int, looked: int, times: int, most: int
) -> list[tuple[str, str]]:
    """Persons and members to whom they gave points by hand at least so often."""
    told = {"way": "hand", "since": since, "looked": looked, "times": times, "most": most}
    return [(giver, member) for giver, member in store.fetch(_BY_HAND, programme=programme_id, **told)]


def receivers(store: Store, programme_id: str, *, since: int, looked: int, times: int, most: int) -> list[str]:
    """Members to whom at least so many others gave points."""
    told = {"way": "gift", "since": since, "looked": looked, "times": times, "most": most}
    return [member for (member,) in store.fetch(_RECEIVERS, programme=programme_id, **told)]


def newcomers(store: Store, programme_id: str, *, since: int, enrolled: int, times: int, most: int) -> list[str]:
    """Members who joined since the instant (microseconds) and were given points at least so often."""
    told = {"way": "gift", "since": since, "enrolled": enrolled, "times": times, "most": most}
    return [member for (member,) in store.fetch(_NEWCOMERS, programme=programme_id, **told)]


def deeds(store: Store, accounts: Sequence[str]) -> dict[str, Deeds]:
    """What each account has done; nothing of those that have done nothing."""
    kinds: dict[str, dict[str, int]] = {}
    for account, kind, at in store.fetch(_DEEDS, accounts=list(accounts)):
        kinds.setdefault(account, {})[kind] = int(at)
    return {
        account: Deeds(
            any(kind not in LEDGER_KINDS and kind not in _GIVEN_FREELY for kind in done),
            min([at for kind, at in done.items() if kind in _SPENDING], default=None),
        )
        for account, done in kinds.items()
    }


def staff(store: Store, programme_id: str) -> dict[str, str]:
    """What everybody who is or was staff is called, by user."""
    rows: Iterable[tuple[str, str]] = store.fetch(_STAFF, programme=programme_id)
    return dict(rows)


def own_memberships(store: Store, programme_id: str) -> dict[str, str]:
    """Which member each of the staff is, by user; those who are none are left out."""
    rows: Iterable[tuple[str, str]] = store.fetch(_OWN, programme=programme_id)
    return dict(rows)
