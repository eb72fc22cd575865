"""Every read behind a figure: the members, purchases and points that it counted, a page at a time."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from guerdon.core import limits
from guerdon.core.figures import Calendar, Day, Fact, Moved
from guerdon.core.ledger import CREDITS
from guerdon.features.figures import queries
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, allow_fanout

_WHY: Final = "a person looks at the members behind a figure, a page at a time"
_PEOPLE: Final = (
    "SELECT person_id, CAST(sum({measure}) AS bigint), max(day) FROM figures_seen WHERE programme_id = :programme"
    " AND store = :store AND day BETWEEN :first AND :last AND {measure} > 0 AND person_id > :after"
    " GROUP BY person_id ORDER BY person_id LIMIT :most"
)
_ACTIVE = allow_fanout(_WHY, Statement(_PEOPLE.format(measure="active")))
_BOUGHT = allow_fanout(_WHY, Statement(_PEOPLE.format(measure="bought")))
_JOINED = Statement(
    "SELECT id, enrolled_at FROM members_member WHERE programme_id = :programme AND kind = 'person'"
    " AND enrolled_at >= :start AND enrolled_at < :until AND id > :after ORDER BY id LIMIT :most"
)
# Of a member and a day, from the last day back.
_MEMBER_DAYS = allow_fanout(
    _WHY,
    Statement(
        "SELECT DISTINCT day, account_id FROM figures_seen WHERE programme_id = :programme AND store = :store"
        " AND day BETWEEN :first AND :last AND (day < :day OR (day = :day AND account_id > :after))"
        " ORDER BY day DESC, account_id LIMIT :most"
    ),
)
_ENTRY: Final = "a.account_id, a.id, a.seq, a.kind, a.source, a.occurred_at, a.facts, a.decision"
_TRADE = Statement(
    f"SELECT {_ENTRY} FROM unnest(:accounts::uuid[], :starts::bigint[], :ends::bigint[])"  # noqa: S608 - our own
    " AS u(account_id, start, until) JOIN activities_activity a ON a.account_id = u.account_id"
    " AND a.occurred_at >= u.start AND a.occurred_at < u.until"
    " AND a.kind IN ('purchase', 'return', 'reopen') ORDER BY a.occurred_at DESC, a.seq",
    sqlite=f"SELECT {_ENTRY} FROM json_each(:days) AS u CROSS JOIN activities_activity a"  # noqa: S608
    " ON a.account_id = u.value->>0 AND a.occurred_at >= u.value->>1 AND a.occurred_at < u.value->>2"
    " AND a.kind IN ('purchase', 'return', 'reopen') ORDER BY a.occurred_at DESC, a.seq",
)
_MOVED: Final = "p.unit, p.kind, p.amount, p.effective_at, p.posted_at"
_POINTS = Statement(
    f"SELECT DISTINCT {_ENTRY}, p.part, {_MOVED}"  # noqa: S608 - our own
    " FROM unnest(:accounts::uuid[], :starts::bigint[], :ends::bigint[]) AS u(account_id, start, until)"
    " JOIN ledger_posting p ON p.account_id = u.account_id AND p.kind = ANY(:kinds::text[])"
    " AND ((p.effective_at >= u.start AND p.effective_at < u.until) OR p.effective_at < :late)"
    " JOIN activities_activity a ON a.account_id = p.account_id AND a.seq = p.seq ORDER BY a.seq DESC, p.part",
    sqlite=f"SELECT DISTINCT {_ENTRY}, p.part, {_MOVED} FROM json_each(:days) AS u CROSS JOIN ledger_posting p"  # noqa: S608
    " ON p.account_id = u.value->>0 AND p.kind IN (SELECT value FROM json_each(:kinds))"
    " AND ((p.effective_at >= u.value->>1 AND p.effective_at < u.value->>2) OR p.effective_at < :late)"
    " JOIN activities_activity a ON a.account_id = p.account_id AND a.seq = p.seq ORDER BY a.seq DESC, p.part",
)
_BALANCES = allow_fanout(
    _WHY,
    Statement(
        "SELECT account_id, unit, balance FROM ledger_balance WHERE programme_id = :programme"
        " AND (account_id > :after OR (account_id = :after AND unit > :unit)) ORDER BY account_id, unit LIMIT :most"
    ),
)
# From the newest back, so many entries of each account, along the only order that postings are kept in.
_LATEST = Statement(
    f"SELECT p.account_id, p.seq, {_MOVED} FROM unnest(:accounts::uuid[], :belows::bigint[]) AS u(account_id, below)"  # noqa: S608
    " CROSS JOIN LATERAL (SELECT * FROM ledger_posting o WHERE o.account_id = u.account_id AND o.seq < u.below"
    " AND o.seq >= coalesce((SELECT q.seq FROM ledger_posting q WHERE q.account_id = u.account_id AND q.seq < u.below"
    " ORDER BY q.seq DESC LIMIT 1 OFFSET :many), 0) OFFSET 0) p",
    sqlite=f"SELECT p.account_id, p.seq, {_MOVED} FROM json_each(:pairs) AS u CROSS JOIN ledger_posting p"  # noqa: S608
    " INDEXED BY ledger_posting_order ON p.account_id = u.value->>0 AND p.seq < u.value->>1"
    " AND p.seq >= coalesce((SELECT q.seq FROM ledger_posting q WHERE q.account_id = u.value->>0"
    " AND q.seq < u.value->>1 ORDER BY q.seq DESC LIMIT 1 OFFSET :many), 0)",
)
_MANY: Final = 4  # postings that are read of each account at first, and twice as many each time after
# Numbers and clocks run together but for as long as something takes to be written: an import, a night.
_OUT_OF_STEP: Final = 86_400_000_000  # microseconds: a day, which nothing takes


class Person(msgspec.Struct, frozen=True):
    """A member behind a figure: how often, and on which day last."""

    id: str
    times: int
    day: Day


class Entry(msgspec.Struct, frozen=True):
    """An entry of the journal behind a figure; where points are looked at, one posting of it and their day."""

    id: str
    fact: Fact
    moved: Moved | None = None


def people(
    store: Store, programme_id: str, *, bought: bool, place: str, first: Day, last: Day, after: str, most: int
) -> list[Person]:
    """The different members who were active, or only those who `bought`, on the days, in the order of their ids."""
    rows = store.fetch(
        _BOUGHT if bought else _ACTIVE,
        programme=programme_id,
        store=place,
        first=first,
        last=last,
        after=after,
        most=most,
    )
    return [Person(id, int(times), day) for id, times, day in rows]


def joined(store: Store, programme_id: str, *, start: int, until: int, after: str, most: int) -> list[tuple[str, int]]:
    """The members who joined between two instants, each with when, in the order of their ids."""
    rows = store.fetch(_JOINED, programme=programme_id, start=start, until=until, after=after, most=most)
    return [(id, at) for id, at in rows]


def member_days(
    store: Store, programme_id: str, *, place: str, first: Day, last: Day, after: tuple[Day, str], most: int
) -> list[tuple[Day, str]]:
    """Of which accounts something fell on which day, from the last day back."""
    rows = store.fetch(
        _MEMBER_DAYS, programme=programme_id, store=place, first=first, last=last, day=after[0], after=after[1],
        most=most,
    )  # fmt: skip
    return [(day, account) for day, account in rows]


def trade(store: Store, days: Sequence[tuple[Day, str]], spans: Sequence[tuple[int, int]], home: str) -> list[Entry]:
    """Purchases and returns of accounts within their spans of time, the latest first."""
    return [_entry(row, home) for row in store.fetch(_TRADE, **_named(days, spans))]


def points(
    store: Store, days: Sequence[tuple[Day, str]], spans: Sequence[tuple[int, int]], kinds: Sequence[str],
    calendar: Calendar, home: str,
) -> list[Entry]:  # fmt: skip
    """The postings of the kinds that count on the days of the accounts; late ones count later than they happened."""
    late = clock.micros(calendar.closings[-1].until) if calendar.closings else 0
    wanted = {(account, day) for day, account in days}
    found: list[Entry] = []
    for row in store.fetch(_POINTS, kinds=list(kinds), late=late, **_named(days, spans)):
        moved = Moved(*row[-5:])
        entry = _entry(row[:8], home)
        if (entry.fact.account_id, calendar.counts(moved, entry.fact.seq)[0]) in wanted:
            found.append(Entry(entry.id, entry.fact, moved))
    return found


def balances(
    store: Store, programme_id: str, *, until: int, day: Day, seq: int, calendar: Calendar, after: tuple[str, str],
    most: int,
) -> list[tuple[str, str, int]]:  # fmt: skip
    """What members had before a day, which begins at the instant `until`, as far as is counted (`seq`).

    As (account, unit, points), in this order; purses that were empty are there, too. It is what they have now less what
    has been posted since or counts since then, as the figures count it, so that the rows add up to theirs. What it
    costs follows what has come since, not the history.
    """
    rows = store.fetch(_BALANCES, programme=programme_id, after=after[0], unit=after[1], most=most)
    had = {(account, unit): points for account, unit, points in rows}
    accounts = sorted({account for account, _ in had})
    for account, number, moved in _latest(store, accounts, since=until - _OUT_OF_STEP, seq=seq):
        if (account, moved.unit) in had and (number > seq or calendar.counts(moved, number)[0] >= day):
            had[account, moved.unit] -= moved.amount if moved.kind in CREDITS else -moved.amount
    return [(account, unit, points) for (account, unit), points in had.items()]


def _latest(store: Store, accounts: Sequence[str], *, since: int, seq: int) -> Iterator[tuple[str, int, Moved]]:
    """All that was posted to accounts since the instant, or after the number, each with its number; some more, too.

    What counts ahead of the clock is ahead by minutes (`CLOCK_SKEW_SECONDS_MAX`), so the day before has it.
    """
    belows, many = dict.fromkeys(accounts, limits.INT64_MAX), _MANY
    while belows:
        names, ends = list(belows), list(belows.values())
        pairs = [list(pair) for pair in belows.items()]
        oldest: dict[str, tuple[int, int]] = {}
        for account, number, *told in store.fetch(_LATEST, accounts=names, belows=ends, pairs=pairs, many=many - 1):
            moved = Moved(*told)
            yield account, number, moved
            oldest[account] = min(oldest.get(account, (number, moved.posted_at)), (number, moved.posted_at))
        belows = {one: number for one, (number, at) in oldest.items() if at >= since or number > seq}
        many *= 2


def _named(days: Sequence[tuple[Day, str]], spans: Sequence[tuple[int, int]]) -> dict[str, list[object]]:
    accounts = [account for _, account in days]
    starts, ends = [span[0] for span in spans], [span[1] for span in spans]
    triples = [list(triple) for triple in zip(accounts, starts, ends, strict=True)]
    return {"accounts": list(accounts), "starts": list(starts), "ends": list(ends), "days": list(triples)}


def _entry(row: Sequence[object], home: str) -> Entry:
    account, id, seq, kind, source, at, facts, decision = row
    found = queries.fact(
        account_id=str(account), seq=int(str(seq)), kind=str(kind), source=str(source), occurred_at=int(str(at)),
        facts=str(facts), decision=str(decision), moved=(), home=home,
    )  # fmt: skip
    return Entry(str(id), found)
