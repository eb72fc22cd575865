"""Every read of daily figures: days and their sums, who was seen, and entries of the journal that are to be counted."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

import msgspec

from guerdon.core.figures import ALL_STORES, Day, Fact, Moved
from guerdon.kit import clock, ids
from guerdon.kit.store import Statement, Store, allow_fanout

_WATERMARK = Statement("SELECT seq, zone, stale, finished FROM figures_watermark WHERE programme_id = :programme")
_ENTRIES = allow_fanout(
    "figures are counted along the journal, whoever its entries belong to",
    Statement(
        "SELECT a.account_id, a.seq, a.kind, a.source, a.occurred_at, a.facts, a.decision FROM activities_activity a"
        " WHERE a.seq BETWEEN :first AND :last AND a.programme_id = :programme ORDER BY a.seq LIMIT :most"
    ),
)
_COUNTED = allow_fanout(
    "figures are counted along the journal, whoever its entries belong to",
    Statement(
        "SELECT recorded_at, EXISTS (SELECT 1 FROM activities_activity WHERE seq > :seq AND programme_id = :programme)"
        " FROM activities_activity WHERE seq <= :seq AND programme_id = :programme ORDER BY seq DESC LIMIT 1"
    ),
)
_POSTING: Final = "p.account_id, p.seq, p.unit, p.kind, p.amount, p.effective_at, p.posted_at"
# What an entry wrote is found by its number: an entry's postings stand together under it.
_POSTINGS = Statement(
    f"SELECT {_POSTING} FROM unnest(:accounts::uuid[], :seqs::bigint[]) AS u(account_id, seq)"  # noqa: S608 - our own
    " JOIN ledger_posting p ON p.account_id = u.account_id AND p.seq = u.seq",
    sqlite=f"SELECT {_POSTING} FROM json_each(:names) AS u CROSS JOIN ledger_posting p INDEXED BY ledger_posting_order"  # noqa: S608 - our own
    " ON p.account_id = u.value->>0 AND p.seq = u.value->>1",
)
_DAYS = Statement(
    "SELECT day, store, measure, what, amount, late FROM figures_day WHERE programme_id = :programme"
    " AND store = ANY(:stores::text[]) AND day BETWEEN :first AND :last ORDER BY day, store, measure, what",
    sqlite="SELECT day, store, measure, what, amount, late FROM figures_day WHERE programme_id = :programme"
    " AND store IN (SELECT value FROM json_each(:stores)) AND day BETWEEN :first AND :last"
    " ORDER BY day, store, measure, what",
)
_STANDINGS = Statement(
    "SELECT day, store, measure, what, amount FROM figures_standing WHERE programme_id = :programme"
    " AND store = ANY(:stores::text[]) AND day BETWEEN :first AND :last ORDER BY day, store, measure, what",
    sqlite="SELECT day, store, measure, what, amount FROM figures_standing WHERE programme_id = :programme"
    " AND store IN (SELECT value FROM json_each(:stores)) AND day BETWEEN :first AND :last"
    " ORDER BY day, store, measure, what",
)
_FIRST = Statement("SELECT min(day) FROM figures_day WHERE programme_id = :programme AND store = ''")
_LAST = Statement(
    "SELECT day FROM figures_day WHERE programme_id = :programme AND store = '' AND measure = :measure"
    " ORDER BY day DESC LIMIT 1"
)
_BEFORE = Statement(
    "SELECT measure, what, CAST(sum(amount) AS bigint) FROM figures_day WHERE programme_id = :programme"
    " AND store = '' AND day >= :first AND day < :until GROUP BY measure, what"
)
# From store to store along the index: as many steps as there are stores, however many days they have.
_STORES = Statement(
    "WITH RECURSIVE known (store) AS (SELECT min(store) FROM figures_day WHERE programme_id = :programme AND store > ''"
    " UNION ALL SELECT (SELECT min(d.store) FROM figures_day d WHERE d.programme_id = :programme"
    " AND d.store > known.store) FROM known WHERE known.store IS NOT NULL)"
    " SELECT store FROM known WHERE store IS NOT NULL LIMIT :most"
)
# From when to when members were active without a gap as long as the window: one comes where such a stretch begins, and
# goes where it has been over for that long.
_WINDOW: Final = (
    "WITH seen AS (SELECT DISTINCT store, person_id, day FROM figures_seen WHERE programme_id = :programme"
    " AND day BETWEEN :first AND :last AND {only} > 0), runs AS (SELECT store, day,"
    " lag(day) OVER (PARTITION BY store, person_id ORDER BY day) AS earlier,"
    " lead(day) OVER (PARTITION BY store, person_id ORDER BY day) AS later FROM seen),"
    " moves AS (SELECT store, day, 1 AS change FROM runs WHERE earlier IS NULL OR earlier + :window <= day"
    " UNION ALL SELECT store, day + :window, -1 FROM runs WHERE later IS NULL OR later >= day + :window)"
    " SELECT store, day, CAST(sum(change) AS bigint) FROM moves GROUP BY store, day ORDER BY store, day"
)
_WHY: Final = "how many different members were seen is counted of all of them, at night"
_ACTIVE_IN = allow_fanout(_WHY, Statement(_WINDOW.format(only="active")))
_BUYERS_IN = allow_fanout(_WHY, Statement(_WINDOW.format(only="bought")))
_SPENDERS_IN = allow_fanout(_WHY, Statement(_WINDOW.format(only="spent")))
_OF_DAYS = allow_fanout(
    "how many different members were seen on days that something was told of",
    Statement(
        "SELECT store, day, count(DISTINCT person_id) FROM figures_seen WHERE programme_id = :programme"
        " AND day = ANY(:days::bigint[]) AND active > 0 GROUP BY store, day",
        sqlite="SELECT store, day, count(DISTINCT person_id) FROM figures_seen WHERE programme_id = :programme"
        " AND day IN (SELECT value FROM json_each(:days)) AND active > 0 GROUP BY store, day",
    ),
)
# Clocks of all zones agree on what a quarter of an hour is, so its instants share their local day.
_ENROLLED = Statement(
    "SELECT enrolled_at / 900000000, count(*) FROM members_member WHERE programme_id = :programme AND kind = 'person'"
    " GROUP BY 1"
)
_MEMBERS = Statement(
    "SELECT count(*) FROM members_member WHERE programme_id = :programme AND kind = 'person'"
    " AND status IN ('active', 'blocked')"
)
ACTIVE, BUYERS, SPENDERS = "active", "buyers", "redeemers"


class Watermark(msgspec.Struct, frozen=True):
    """Up to which number of the journal figures are counted, in which zone; and what is known of different members."""

    seq: int = 0
    zone: str = ""
    stale: Day | None = None
    finished: Day | None = None


class Counted(msgspec.Struct, frozen=True, gc=False):
    """How much of a measure a day has: of which store, and of which currency or unit."""

    day: Day
    store: str
    measure: str
    what: str
    amount: int
    late: int = 0


class _Line(msgspec.Struct, gc=False):
    amount: int
    discount: int = 0


class _Member(msgspec.Struct, gc=False):
    id: str | None = None


class _Told(msgspec.Struct, gc=False):
    """The few parts of what was told that figures count."""

    member: _Member
    currency: str | None = None
    amount: int | None = None
    lines: tuple[_Line, ...] = ()
    store: str | None = None


class _Refund(msgspec.Struct, gc=False):
    amount: int
    currency: str


class _Redeemed(msgspec.Struct, gc=False):
    state: str


class _Decided(msgspec.Struct, gc=False):
    """The few parts of a decision that figures count."""

    refund: _Refund | None = None
    replaced: str | None = None
    redeemed: _Redeemed | None = None
    uses: tuple[msgspec.Raw, ...] = ()


_told = msgspec.json.Decoder(_Told).decode
_decided = msgspec.json.Decoder(_Decided).decode
_NOTHING_MOVED: Final[tuple[Moved, ...]] = ()


def fact(
    *, account_id: str, seq: int, kind: str, source: str, occurred_at: int, facts: str, decision: str,
    moved: tuple[Moved, ...], home: str,
) -> Fact:  # fmt: skip
    """An entry as figures see it, from its texts in the journal; money is in `home` where no currency was told."""
    told, decided = _told(facts), _decided(decision)
    spent = sum([line.amount - line.discount for line in told.lines]) if told.lines else told.amount or 0
    refund = decided.refund
    return Fact(
        account_id=account_id,
        person_id=account_id if told.member.id is None else told.member.id.removeprefix(ids.PREFIXES["member"]),
        seq=seq,
        kind=kind,
        source=source,
        occurred_at=occurred_at,
        store=told.store or ALL_STORES,
        currency=(refund.currency if refund else told.currency) or home,
        spent=spent,
        returned=refund.amount if refund else 0,
        amends=decided.replaced is not None,
        state=decided.redeemed.state if decided.redeemed else "",
        uses=len(decided.uses),
        moved=moved,
    )


def watermark(store: Store, programme_id: str) -> Watermark:
    """How far the figures are counted."""
    rows = store.fetch(_WATERMARK, programme=programme_id)
    return Watermark(*rows[0]) if rows else Watermark()


def counted_at(store: Store, programme_id: str, *, seq: int, now: datetime) -> datetime:
    """As of when figures are that are counted up to a number of the journal: of now, where nothing came since."""
    rows = store.fetch(_COUNTED, programme=programme_id, seq=seq)
    return clock.instant(rows[0][0]) if rows and rows[0][1] else now


def entries(store: Store, programme_id: str, *, first: int, last: int, most: int, home: str) -> list[Fact]:
    """The entries of the programme from one number to another, so many at most, with what they posted."""
    rows = store.fetch(_ENTRIES, programme=programme_id, first=first, last=last, most=most)
    if not rows:
        return []
    names = [(row[0], row[1]) for row in rows]
    accounts, seqs = [name[0] for name in names], [name[1] for name in names]
    posted: dict[tuple[str, int], tuple[Moved, ...]] = {}
    for account, seq, *cells in store.fetch(_POSTINGS, accounts=accounts, seqs=seqs, names=names):
        posted[account, seq] = (*posted.get((account, seq), ()), Moved(*cells))
    return [
        fact(
            account_id=account, seq=seq, kind=kind, source=source, occurred_at=at, facts=facts, decision=decision,
            moved=posted.get((account, seq), _NOTHING_MOVED), home=home,
        )
        for account, seq, kind, source, at, facts, decision in rows
    ]  # fmt: skip


def days(store: Store, programme_id: str, *, stores: Sequence[str], first: Day, last: Day) -> list[Counted]:
    """What the days have, of the stores (`ALL_STORES` is all of them together)."""
    rows = store.fetch(_DAYS, programme=programme_id, stores=list(stores), first=first, last=last)
    return [Counted(*row) for row in rows]


def first_day(store: Store, programme_id: str) -> Day | None:
    """The first day of which anything is counted."""
    [(day,)] = store.fetch(_FIRST, programme=programme_id)
    return None if day is None else Day(day)


def last_day(store: Store, programme_id: str, measure: str) -> date | None:
    """The last day on which anything of a measure is counted."""
    rows = store.fetch(_LAST, programme=programme_id, measure=measure)
    return date.fromordinal(rows[0][0]) if rows else None


def standings(store: Store, programme_id: str, *, stores: Sequence[str], first: Day, last: Day) -> list[Counted]:
    """What was counted anew of the days."""
    rows = store.fetch(_STANDINGS, programme=programme_id, stores=list(stores), first=first, last=last)
    return [Counted(*row) for row in rows]


def stores(store: Store, programme_id: str, *, most: int) -> list[str]:
    """The first stores, by their keys, of which anything is counted."""
    return [key for (key,) in store.fetch(_STORES, programme=programme_id, most=most)]


def sums(store: Store, programme_id: str, *, first: Day, until: Day) -> dict[tuple[str, str], int]:
    """By measure and unit or currency, what the days of all stores come to; read from one row a day and measure."""
    rows = store.fetch(_BEFORE, programme=programme_id, first=first, until=until)
    return {(measure, what): int(amount) for measure, what, amount in rows}


def members_seen(store: Store, programme_id: str, *, measure: str, window: int, first: Day, last: Day) -> list[Counted]:
    """How many different members were seen in the `window` days up to each of the days; days with none are left out."""
    statement = {ACTIVE: _ACTIVE_IN, BUYERS: _BUYERS_IN, SPENDERS: _SPENDERS_IN}[measure]
    rows = store.fetch(statement, programme=programme_id, first=first - window + 1, last=last, window=window)
    found: list[Counted] = []
    of_store: dict[str, list[tuple[int, int]]] = {}
    for place, day, change in rows:
        of_store.setdefault(place, []).append((day, int(change)))
    name = f"{measure}_{window}"
    for place, moves in of_store.items():
        members = 0
        for (day, change), (until, _) in zip(moves, [*moves[1:], (last + 1, 0)], strict=True):
            members += change
            if members:
                span = range(max(day, first), min(until, last + 1))
                found += [Counted(one, place, name, "", members) for one in span]
    return found


def members_of_days(store: Store, programme_id: str, days: Iterable[Day]) -> list[Counted]:
    """How many different members were seen on each of the days."""
    rows = store.fetch(_OF_DAYS, programme=programme_id, days=sorted(days))
    return [Counted(day, place, f"{ACTIVE}_1", "", members) for place, day, members in rows]


def enrolled(store: Store, programme_id: str) -> list[tuple[int, int]]:
    """How many members joined, by quarters of an hour since 1970."""
    return [(int(quarter), int(members)) for quarter, members in store.fetch(_ENROLLED, programme=programme_id)]


def members(store: Store, programme_id: str) -> int:
    """How many persons are members."""
    return int(store.fetch(_MEMBERS, programme=programme_id)[0][0])
