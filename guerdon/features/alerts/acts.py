"""Every read of acts: entries of the journal by which points were given or pooled, and the patterns they are in."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from guerdon.core import till_names
from guerdon.core.activities import LEDGER_KINDS
from guerdon.core.alerts import CASHIER, Act, Kind, Way
from guerdon.kit import ids
from guerdon.kit.store import Statement, Store, allow_fanout

# What tells nobody who stood at a till is read past in the database.
_ENTRIES = allow_fanout(
    "acts are gathered along the journal, whoever its entries belong to",
    Statement(
        "SELECT a.account_id, a.id, a.seq, a.kind, a.source, a.external_id, a.occurred_at, a.facts, a.decision"
        " FROM activities_activity a WHERE a.seq BETWEEN :first AND :last AND a.programme_id = :programme"
        " AND a.occurred_at >= :since AND (a.kind IN ('adjustment', 'transfer_received', 'person_join',"
        " 'person_leave')"
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
# The newest of them: what was given long ago was looked at then.
_OF_WAY = allow_fanout(
    _WHY,
    Statement(f"SELECT {_COLUMNS} FROM alerts_act WHERE {_OF} ORDER BY seq DESC, unit LIMIT :most"),  # noqa: S608
)
_MEMBER: Final = "replace(CAST(a.member_id AS text), '-', '')"


_NEW: Final = "[new]"
_WHOSE: Final = "[of]"
_GAVE: Final = "[gave]"


def _fresh(subject: str, who: tuple[str, ...] = ()) -> str:
    """Acts that no alert of the kind has told of, where it told of the same `subject`, as `core.alerts` names it.

    With `who`, only those of whom something is new among what was done since the last look: so a look follows the day
    and not the month.
    """
    touched, of_them, source = "", "", "alerts_act a"
    if who:
        touched = (
            f" touched AS (SELECT DISTINCT {', '.join(who)} FROM alerts_act{_NEW}"  # noqa: S608 - our own
            " WHERE programme_id = :programme AND way = :way AND seq > :looked),"
        )
        source = f"touched t CROSS JOIN alerts_act a{_WHOSE}"
        of_them = "".join([f" AND a.{one} = t.{one}" for one in who])
    return (
        "WITH told AS (SELECT subject, max(last_seq) AS last_seq FROM alerts_alert"  # noqa: S608 - our own
        " WHERE programme_id = :programme AND kind = :kind AND raised_at >= :told GROUP BY subject),"
        f"{touched} fresh AS (SELECT a.giver, a.member_id, a.unit, a.points, a.id, a.day, a.seq FROM {source}"
        f" LEFT JOIN told ON told.subject = {subject} WHERE {_OF}{of_them} AND a.seq > coalesce(told.last_seq, 0))"
    )


_FRESH_OF_GIVER: Final = _fresh(f"a.giver || ' ' || {_MEMBER}", ("giver", "member_id"))
_FRESH_OF_MEMBER: Final = _fresh(_MEMBER, ("member_id",))


def _indexed(text: str) -> Statement:
    """SQLite, which counts nothing beforehand, is told the way: to what is new, and from there to whom it is of."""
    plain = sqlite = text
    for mark, index in ((_NEW, "alerts_act_new"), (_WHOSE, "alerts_act_member"), (_GAVE, "alerts_act_giver")):
        plain, sqlite = plain.replace(mark, ""), sqlite.replace(mark, f" INDEXED BY {index}")
    return Statement(plain, sqlite=sqlite)


_REPEATED = allow_fanout(
    _WHY,
    _indexed(
        f"{_FRESH_OF_GIVER} SELECT giver, member_id FROM ("  # noqa: S608
        "SELECT giver, member_id, day, count(DISTINCT id) AS times, max(seq) AS last_seq"
        " FROM fresh GROUP BY giver, member_id, day) AS d"
        " WHERE times > :times AND last_seq > :looked GROUP BY giver, member_id ORDER BY max(times) DESC LIMIT :most"
    ),
)
_SHARES = allow_fanout(
    _WHY,
    _indexed(
        f"{_FRESH_OF_GIVER}, given AS (SELECT giver, unit, member_id, sum(points) AS points,"  # noqa: S608
        " count(DISTINCT id) AS times, max(seq) AS last_seq FROM fresh WHERE points > 0"
        " GROUP BY giver, unit, member_id),"
        " whole AS (SELECT a.giver, a.unit, sum(a.points) AS points FROM (SELECT DISTINCT giver FROM touched) t"
        f" CROSS JOIN alerts_act a{_GAVE} WHERE {_OF} AND a.giver = t.giver GROUP BY a.giver, a.unit)"
        " SELECT g.giver, g.member_id, g.unit, CAST(w.points AS bigint) FROM given g"
        " JOIN whole w ON w.giver = g.giver AND w.unit = g.unit"
        " WHERE g.times >= :times AND g.last_seq > :looked AND g.points * 100 > w.points * :percent"
        " ORDER BY g.points DESC LIMIT :most"
    ),
)
_BY_HAND = allow_fanout(
    _WHY,
    _indexed(
        f"{_FRESH_OF_GIVER} SELECT giver, member_id FROM fresh GROUP BY giver, member_id"  # noqa: S608
        " HAVING count(DISTINCT id) >= :times AND max(seq) > :looked ORDER BY count(DISTINCT id) DESC LIMIT :most"
    ),
)
_RECEIVERS = allow_fanout(
    _WHY,
    _indexed(
        f"{_FRESH_OF_MEMBER} SELECT member_id FROM fresh GROUP BY member_id"  # noqa: S608
        " HAVING count(DISTINCT giver) >= :times AND max(seq) > :looked ORDER BY count(DISTINCT giver) DESC LIMIT :most"
    ),
)


# Households that somebody has left since the last look, and so often in these days; page by page, as what was brought
# and taken is compared beside it. The same of the persons who left.
def _left_by(who: str, index: str) -> Statement:
    return _indexed(
        f"WITH touched AS (SELECT DISTINCT {who} FROM alerts_act{_NEW}"  # noqa: S608 - our own
        " WHERE programme_id = :programme AND way = :way AND seq > :looked)"
        f" SELECT a.{who} FROM touched t CROSS JOIN alerts_act a{index} WHERE {_OF} AND a.{who} = t.{who}"
        f" AND a.{who} > :after GROUP BY a.{who} HAVING count(DISTINCT a.id) >= :times ORDER BY a.{who} LIMIT :most"
    )


_POTS = allow_fanout(_WHY, _left_by("giver", _GAVE))
_LEAVERS = allow_fanout(_WHY, _left_by("member_id", _WHOSE))
_INTO = allow_fanout(
    _WHY,
    _indexed(f"SELECT {_COLUMNS} FROM alerts_act{_GAVE} WHERE {_OF} AND giver = :giver ORDER BY seq, unit"),  # noqa: S608
)
# Page by page: what makes it a pattern may have come long after the gifts.
_NEWCOMERS = allow_fanout(
    _WHY,
    Statement(
        f"{_fresh(_MEMBER)} SELECT f.member_id FROM fresh f JOIN members_member m ON m.id = f.member_id"  # noqa: S608
        " WHERE m.enrolled_at >= :enrolled AND f.member_id > :after"
        " GROUP BY f.member_id HAVING count(DISTINCT f.id) >= :times ORDER BY f.member_id LIMIT :most"
    ),
)
_DEEDS = Statement(
    "SELECT DISTINCT account_id, kind FROM activities_activity WHERE account_id = ANY(:accounts::uuid[])",
    sqlite="SELECT DISTINCT account_id, kind FROM activities_activity"
    " WHERE account_id IN (SELECT value FROM json_each(:accounts))",
)
_SPENT: Final = "occurred_at >= :since AND kind IN ('burn', 'capture', 'redemption')"
_SPENDINGS = Statement(
    "SELECT account_id, occurred_at FROM activities_activity"  # noqa: S608 - our own
    f" WHERE account_id = ANY(:accounts::uuid[]) AND {_SPENT}",
    sqlite="SELECT account_id, occurred_at FROM activities_activity"  # noqa: S608
    f" WHERE account_id IN (SELECT value FROM json_each(:accounts)) AND {_SPENT}",
)
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
    moved: tuple[_Award, ...] = ()


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
    points: dict[str, int]  # what its rules gave, or what passed into a household or out of it, by unit


class Deeds(msgspec.Struct):
    """What a member has done: something of its own, and when it spent points (microseconds)."""

    own: bool = False
    spent: list[int] = []


class Span(msgspec.Struct, frozen=True):
    """What one look looks at: acts that were not told of, with something new among them, so many findings at most."""

    programme_id: str
    looked: int  # up to which number of the journal nothing is new
    told: int  # since when alerts count that have told of something (microseconds)
    most: int


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
    decided = _decided(decision)
    for one in (*decided.awards, *decided.moved):
        points[one.unit] = points.get(one.unit, 0) + one.points
    ours = till_names.whose(external_id) if till_names.is_till(source) else ""
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
    """All that was given in a way since a day, the newest first, so many at most."""
    return [Act(*row) for row in store.fetch(_OF_WAY, programme=programme_id, way=way, since=since, most=most)]


def repeated(store: Store, span: Span, *, since: int, times: int) -> list[tuple[str, str]]:
    """Cashiers and members with more than so many purchases on a day."""
    told = _words(span, "repeated_card", "till", since=since, times=times) | {"looked": span.looked}
    return [(giver, member) for giver, member in store.fetch(_REPEATED, **told)]


def shares(store: Store, span: Span, *, since: int, times: int, percent: int) -> list[tuple[str, str, str, int]]:
    """Cashiers and members whose share is larger, with the unit and all that the cashier gave of it."""
    told = _words(span, "favoured_card", "till", since=since, times=times) | {"looked": span.looked}
    rows = store.fetch(_SHARES, **told, percent=percent)
    return [(giver, member, unit, int(whole)) for giver, member, unit, whole in rows]


def by_hand(store: Store, span: Span, *, since: int, times: int) -> list[tuple[str, str]]:
    """Persons and members to whom they gave points by hand at least so often."""
    told = _words(span, "repeated_adjustments", "hand", since=since, times=times) | {"looked": span.looked}
    return [(giver, member) for giver, member in store.fetch(_BY_HAND, **told)]


def receivers(store: Store, span: Span, *, since: int, times: int) -> list[str]:
    """Members to whom at least so many others gave points."""
    told = _words(span, "many_senders", "gift", since=since, times=times) | {"looked": span.looked}
    return [member for (member,) in store.fetch(_RECEIVERS, **told)]


def pots(store: Store, span: Span, *, since: int, times: int, after: str) -> list[str]:
    """Households which were left at least so often, one time of them since the last look; a page of them."""
    told = _left(span, since=since, times=times, after=after)
    return [household for (household,) in store.fetch(_POTS, **told)]


def leavers(store: Store, span: Span, *, since: int, times: int, after: str) -> list[str]:
    """Members who left a household at least so often, one time of them since the last look; a page of them."""
    told = _left(span, since=since, times=times, after=after)
    return [member for (member,) in store.fetch(_LEAVERS, **told)]


def into(store: Store, programme_id: str, household: str, *, since: int) -> list[Act]:
    """Who came into a household and who went, since a day."""
    told = {"programme": programme_id, "giver": household, "since": since}
    return [Act(*row) for way in ("join", "leave") for row in store.fetch(_INTO, way=way, **told)]


def _left(span: Span, *, since: int, times: int, after: str) -> dict[str, Any]:
    return {
        "programme": span.programme_id, "way": "leave", "since": since, "times": times, "looked": span.looked,
        "after": after, "most": span.most,
    }  # fmt: skip


def newcomers(store: Store, span: Span, *, since: int, enrolled: int, times: int, after: str) -> list[str]:
    """Members who joined since the instant (microseconds) and were given points at least so often, a page of them."""
    told = _words(span, "new_account", "gift", since=since, times=times)
    return [member for (member,) in store.fetch(_NEWCOMERS, **told, enrolled=enrolled, after=after)]


def _words(span: Span, kind: Kind, way: Way, *, since: int, times: int) -> dict[str, Any]:
    return {
        "programme": span.programme_id, "kind": kind, "way": way, "since": since, "told": span.told, "times": times,
        "most": span.most,
    }  # fmt: skip


def deeds(store: Store, accounts: Sequence[str], *, since: int) -> dict[str, Deeds]:
    """What each account has done; of what it spent, what it spent since the instant (microseconds)."""
    found = {account: Deeds() for account in accounts}
    for account, kind in store.fetch(_DEEDS, accounts=list(accounts)):
        found[account].own |= kind not in LEDGER_KINDS and kind not in _GIVEN_FREELY
    for account, at in store.fetch(_SPENDINGS, accounts=list(accounts), since=since):
        found[account].spent.append(int(at))
    return found
