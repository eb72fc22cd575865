"""Every read of the ledger: balances as of the instant asked, lots, and the statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from guerdon.core import due as time
from guerdon.core.due import Due
from guerdon.core.holds import Hold
from guerdon.core.ledger import CREDITS, Lot, PostingKind
from guerdon.features.holds import queries as holds
from guerdon.features.ledger.lots import Purse
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, allow_fanout

# Part of the engine's one gathering statement: all balances of the accounts.
BALANCES_OF = Statement(
    "(SELECT json_agg(json_build_array("
    "account_id, unit, balance, available, pending, held, debt, fresh_from, fresh_until))"
    " FROM ledger_balance WHERE account_id = ANY(:accounts::uuid[]))",
    sqlite="(SELECT json_group_array(json_array("
    "account_id, unit, balance, available, pending, held, debt, fresh_from, fresh_until))"
    " FROM ledger_balance WHERE account_id IN (SELECT value FROM json_each(:accounts)))",
)
# The split at the instant, and when time changes it next.
_SPLIT = (
    "SELECT account_id, unit,"
    " CAST(sum(CASE WHEN available_at <= :now AND (expires_at IS NULL OR expires_at > :now)"
    "   THEN remaining - held ELSE 0 END) AS bigint),"
    " CAST(sum(CASE WHEN available_at > :now AND (expires_at IS NULL OR expires_at > :now)"
    "   THEN remaining - held ELSE 0 END) AS bigint),"
    " min(CASE WHEN available_at > :now THEN available_at WHEN expires_at > :now THEN expires_at END),"
    " min(CASE WHEN expires_at > :now THEN expires_at END)"
    " FROM ledger_lot"
)
# SQLite takes a member's whole history for a handful of rows, and has to be told which index to use.
_ALIVE = " INDEXED BY ledger_lot_alive WHERE remaining > 0 AND account_id"
_FRESH = Statement(
    f"{_SPLIT} WHERE remaining > 0 AND account_id = ANY(:accounts::uuid[]) GROUP BY account_id, unit",
    sqlite=f"{_SPLIT}{_ALIVE} IN (SELECT value FROM json_each(:accounts)) GROUP BY account_id, unit",  # noqa: S608 - ours
)
_LOT = (
    "SELECT account_id, unit, id, origin, remaining, held, earned_at, available_at, expires_at, funder FROM ledger_lot"
)
_LOTS = Statement(
    f"{_LOT} WHERE account_id = ANY(:accounts::uuid[]) AND remaining > 0",
    sqlite=f"{_LOT}{_ALIVE} IN (SELECT value FROM json_each(:accounts))",  # noqa: S608 - our own
)
_BALANCE = Statement(
    "SELECT unit, balance, available, pending, held, debt, fresh_from, fresh_until FROM ledger_balance"
    " WHERE account_id = :account ORDER BY unit"
)
_BALANCES_OF = (
    "SELECT (SELECT count(*) FROM programmes_version v WHERE v.programme_id = :programme), m.id,"
    " s.household_id, coalesce(s.household_id, s.id), b.unit, b.balance, b.available, b.pending, b.held, b.debt,"
    " b.fresh_from, b.fresh_until FROM members_member m JOIN members_member s ON s.id = coalesce(m.merged_into, m.id)"
    " LEFT JOIN ledger_balance b ON b.account_id = coalesce(s.household_id, s.id)"
    " WHERE m.programme_id = :programme AND m.kind <> 'card' AND m.id"
)
_BALANCES_OF_MEMBERS = allow_fanout(
    "a member who was merged has the balances of who stayed, a person those of the household",
    Statement(
        f"{_BALANCES_OF} = ANY(:ids::uuid[])",
        sqlite=f"{_BALANCES_OF} IN (SELECT value FROM json_each(:ids))",  # noqa: S608 - our own
    ),
)
# Balances with their living lots in one statement, so that no batch comes between them.
_HOLDINGS = (
    "SELECT b.unit, b.balance, b.available, b.pending, b.held, b.debt, b.fresh_from, b.fresh_until,"
    " l.id, l.unit, l.origin, l.funder, l.amount, l.remaining, l.held, l.earned_at, l.available_at, l.expires_at"
    " FROM ledger_balance b LEFT JOIN ledger_lot l{}"
    " ON l.account_id = b.account_id AND l.unit = b.unit AND l.remaining > 0 WHERE b.account_id = :account"
    " ORDER BY b.unit, l.id"
)
_HOLDINGS_OF = Statement(_HOLDINGS.format(""), sqlite=_HOLDINGS.format(" INDEXED BY ledger_lot_alive"))
_EVERY_LOT = Statement(
    "SELECT id, unit, origin, funder, amount, remaining, held, earned_at, available_at, expires_at FROM ledger_lot"
    " WHERE account_id = :account AND id > :after ORDER BY id LIMIT :most"
)
_POSTED = (
    "SELECT p.seq, p.part, p.id, p.unit, p.kind, p.amount, p.balance_after, p.activity_id, p.effective_at, p.posted_at,"
    " p.person_id FROM ledger_posting p WHERE p.account_id = :account AND (p.seq, p.part)"
)
_OLDEST, _NEWEST = " ORDER BY p.seq, p.part LIMIT :most", " ORDER BY p.seq DESC, p.part DESC LIMIT :most"
_STATEMENT = Statement(f"{_POSTED} > (:seq, :part){_OLDEST}")
_STATEMENT_BACK = Statement(f"{_POSTED} < (:seq, :part){_NEWEST}")
_STATEMENT_OF_PERSON = Statement(f"{_POSTED} > (:seq, :part) AND p.person_id = :person{_OLDEST}")
_STATEMENT_OF_PERSON_BACK = Statement(f"{_POSTED} < (:seq, :part) AND p.person_id = :person{_NEWEST}")
_BY_PERSON = Statement(
    "SELECT person_id, unit, kind, CAST(sum(amount) AS bigint) FROM ledger_posting"
    " WHERE account_id = :account AND person_id IS NOT NULL GROUP BY person_id, unit, kind"
    " ORDER BY person_id, unit, kind"
)
# Something is due where the split has aged, where lapsed points wait to be booked, or where debt meets points.
_DUE = allow_fanout(
    "the night asks which accounts have something due",
    Statement(
        "SELECT DISTINCT account_id FROM ledger_balance WHERE programme_id = :programme AND account_id > :after"
        " AND (fresh_until <= :now OR balance > available + pending + held OR (debt > 0 AND available > 0))"
        " ORDER BY account_id LIMIT :most"
    ),
)
_RICH = allow_fanout(
    "the night asks which accounts have enough of a unit for a conversion",
    Statement(
        "SELECT account_id, available FROM ledger_balance WHERE programme_id = :programme AND account_id > :after"
        " AND unit = :unit AND available >= :least ORDER BY account_id LIMIT :most"
    ),
)
_DUE_COUNT = allow_fanout(
    "the night says how long it will take",
    Statement(
        "SELECT count(DISTINCT account_id) FROM ledger_balance WHERE programme_id = :programme"
        " AND (fresh_until <= :now OR balance > available + pending + held OR (debt > 0 AND available > 0))"
    ),
)


class Amounts(msgspec.Struct, frozen=True):
    """What an account has in a unit at an instant; `lapsed` has expired, or waited in vain, and is not booked yet."""

    unit: str
    available: int
    pending: int
    held: int
    debt: int
    lapsed: int


class LotLine(msgspec.Struct, frozen=True):
    """One lot as a person reads it."""

    id: str
    unit: str
    origin: str
    funder: str | None
    amount: int
    remaining: int
    held: int
    earned_at: datetime
    available_at: datetime
    expires_at: datetime | None

    def as_lot(self) -> Lot:
        """The lot as debits see it."""
        life = (self.earned_at, self.available_at, self.expires_at)
        return Lot(self.id, self.origin, self.remaining, self.held, *life, self.funder)


class StatementLine(msgspec.Struct, frozen=True):
    """One posting as a person reads it; `points` is signed, `balance` is what the account had after it."""

    seq: int
    part: int
    id: str
    unit: str
    kind: str
    points: int
    balance: int
    activity_id: str
    effective_at: datetime
    posted_at: datetime
    person_id: str | None = None  # who earned or burned, where the account is a household's


class DueLine(msgspec.Struct, frozen=True):
    """What time has done and nobody has booked yet, as the line of the statement that it will be."""

    unit: str
    kind: PostingKind
    points: int
    balance: int
    effective_at: datetime


class Holding(msgspec.Struct, frozen=True):
    """An account's stored balance in a unit with its living lots and open holds, all of one moment."""

    purse: Purse
    lots: list[LotLine]
    holds: list[Hold]

    def due(self, at: datetime) -> list[Due]:
        """What time has done by the instant and nobody has booked."""
        return time.due([one.as_lot() for one in self.lots], self.purse.debt, self.holds, at=at)

    def left(self, at: datetime) -> list[LotLine]:
        """The lots with what is left of them at the instant."""
        gone: dict[str, int] = {}
        freed: dict[str, int] = {}
        for one in self.due(at):
            moved = freed if one.kind == "free" else gone
            for take in one.takes:
                moved[take.lot] = moved.get(take.lot, 0) + take.points
        return [
            msgspec.structs.replace(
                one, remaining=one.remaining - gone.get(one.id, 0), held=one.held - freed.get(one.id, 0)
            )
            for one in self.lots
        ]


def fresh(store: Store, purses: list[Purse], at: datetime) -> None:
    """Bring purses whose split has aged up to the instant, in one statement."""
    now = clock.micros(at)
    by_name = {(purse.account_id, purse.unit): purse for purse in purses}
    accounts = sorted({purse.account_id for purse in purses})
    for purse in purses:
        purse.available = purse.pending = 0
        purse.fresh_from, purse.fresh_until = now, clock.NEVER
    for account, unit, available, pending, change, ending in store.fetch(_FRESH, accounts=accounts, now=now):
        if (account, unit) in by_name:
            purse = by_name[account, unit]
            purse.available, purse.pending = int(available), int(pending)
            purse.fresh_until = min(change or clock.NEVER, ending or clock.NEVER)


def lots(store: Store, accounts: list[str]) -> list[tuple[str, str, Lot]]:
    """The living lots of the accounts, as (account, unit, lot)."""
    found = store.fetch(_LOTS, accounts=accounts)
    return [(account, unit, _lot(*cells)) for account, unit, *cells in found]


def _lot(*cells: Any) -> Lot:
    id, origin, remaining, held, earned, start, end, funder = cells
    earned_at, available_at, expires_at = map(clock.instant, (earned, start, end))
    return Lot(id, origin, remaining, held, earned_at, available_at, expires_at, funder)


def balances(store: Store, account_id: str, at: datetime) -> list[Amounts]:
    """All balances of an account as of the instant, whether or not the night has run (LAW 5.2)."""
    return _amounts(store, [Purse(account_id, *cells) for cells in store.fetch(_BALANCE, account=account_id)], at)


def balances_of(
    store: Store, programme_id: str, member_ids: Sequence[str], at: datetime
) -> tuple[dict[str, tuple[list[Amounts], str | None]], int]:
    """The same for members of the programme, by id, in one statement where nothing has aged.

    An id that is nobody's is left out; that of a member who was merged answers whose points they are now, that of a
    person the household's, which is named. Answers the number of the programme's versions, too.
    """
    purses: dict[str, list[Purse]] = {}
    households: dict[str, str | None] = {}
    rows = store.fetch(_BALANCES_OF_MEMBERS, programme=programme_id, ids=member_ids)
    for _, member_id, household_id, account_id, unit, *cells in rows:
        households[member_id] = household_id
        mine = purses.setdefault(member_id, [])
        if unit is not None:
            mine.append(Purse(account_id, unit, *cells))
    found = {id: (_amounts(store, mine, at), households[id]) for id, mine in purses.items()}
    return found, rows[0][0] if rows else 0


def _amounts(store: Store, found: list[Purse], at: datetime) -> list[Amounts]:
    """The amounts of one account; read anew, together with its lots, where time or debt may have changed them."""
    if any(purse.debt or not purse.is_fresh(clock.micros(at)) for purse in found):
        with store.reading():
            return [_as_of(one, at) for one in _holdings(store, found[0].account_id)]
    return [
        Amounts(
            unit=purse.unit,
            available=purse.available,
            pending=purse.pending,
            held=purse.held,
            debt=purse.debt,
            lapsed=purse.balance - purse.available - purse.pending - purse.held,
        )
        for purse in found
    ]


def _as_of(holding: Holding, at: datetime) -> Amounts:
    done = {"free": 0, "repay": 0, "cancel": 0, "expire": 0}
    for one in holding.due(at):
        done[one.kind] += one.points
    left = holding.left(at)
    return Amounts(
        unit=holding.purse.unit,
        available=sum(lot.remaining - lot.held for lot in left if lot.available_at <= at),
        pending=sum(lot.remaining - lot.held for lot in left if lot.available_at > at),
        held=holding.purse.held - done["free"],
        debt=holding.purse.debt - done["repay"],
        lapsed=done["expire"] + done["cancel"],
    )


def _holdings(store: Store, account_id: str) -> list[Holding]:
    """What the account has, with its open holds where it holds points; inside a reading, lest a batch come between."""
    found = _with_lots(store, account_id)
    if any(holding.purse.held for holding in found):
        for hold in holds.open_of(store, [account_id]):
            next(one for one in found if one.purse.unit == hold.unit).holds.append(hold)
    return found


def _with_lots(store: Store, account_id: str) -> list[Holding]:
    found: dict[str, Holding] = {}
    for row in store.fetch(_HOLDINGS_OF, account=account_id):
        purse, lot = row[:8], row[8:]
        holding = found.setdefault(row[0], Holding(Purse(account_id, *purse), [], []))
        if lot[0] is not None:
            holding.lots.append(_lot_line(*lot))
    return list(found.values())


def account_lots(
    store: Store, account_id: str, at: datetime, *, after: str, most: int, spent_too: bool
) -> list[LotLine]:
    """The lots of an account by id, a page at a time, as of the instant.

    What has expired, or vested into a debt, is gone from them, whether or not the night has run (LAW 5.2).
    """
    if not spent_too:
        with store.reading():
            left = [one for holding in _holdings(store, account_id) for one in holding.left(at)]
        return sorted((one for one in left if one.remaining and one.id > after), key=lambda one: one.id)[:most]
    with store.reading():
        rows = store.fetch(_EVERY_LOT, account=account_id, after=after, most=most)
        by_id = {one.id: one for holding in _holdings(store, account_id) for one in holding.left(at)}
    return [by_id.get(one.id, one) for one in (_lot_line(*row) for row in rows)]


def statement(
    store: Store, account_id: str, at: datetime, *, seq: int, part: int, most: int, person_id: str | None = None,
    newest: bool = False, due: bool = True,
) -> tuple[list[StatementLine], list[DueLine]]:  # fmt: skip
    """The postings of an account after (seq, part), a page at a time; after the last what is due at the instant.

    So the statement ends with what the account has, whether or not the night has run (LAW 5.2). Of one person of a
    household it has what was posted for the person; what time does is nobody's. With `newest` the postings before
    (seq, part), the latest first, and what is due only where it is asked for.
    """
    facts: dict[str, Any] = {"account": account_id, "seq": seq, "part": part, "most": most}
    with store.reading():
        if person_id is None:
            rows = store.fetch(_STATEMENT_BACK if newest else _STATEMENT, **facts)
        else:
            asked = _STATEMENT_OF_PERSON_BACK if newest else _STATEMENT_OF_PERSON
            rows = store.fetch(asked, **facts, person=person_id)
        ended = due if newest else len(rows) < most
        holdings = _holdings(store, account_id) if ended and person_id is None else []
    booked = [
        StatementLine(
            seq, part, id, unit, kind, amount if kind in CREDITS else -amount, balance, activity, clock.instant(at),
            clock.instant(posted), person,
        )
        for seq, part, id, unit, kind, amount, balance, activity, at, posted, person in rows
    ]  # fmt: skip
    lines = _due_lines(holdings, at)
    return booked, lines[::-1] if newest else lines


def by_person(store: Store, account_id: str) -> list[tuple[str, str, str, int]]:
    """What was posted for each person of a household in all: (person, unit, kind, points), unsigned."""
    return [
        (person, unit, kind, int(points)) for person, unit, kind, points in store.fetch(_BY_PERSON, account=account_id)
    ]


def _due_lines(holdings: list[Holding], at: datetime) -> list[DueLine]:
    """What the night would book, in its order: all debts, then what expired."""
    balances = {one.purse.unit: one.purse.balance for one in holdings}
    due = [(one.purse.unit, what) for one in holdings for what in one.due(at)]
    found = []
    for unit, what in sorted(due, key=lambda one: time.ORDER[one[1].kind]):
        if what.kind != "free":  # nothing is posted when a hold ends: its points never left
            balances[unit] -= what.points
            found.append(DueLine(unit, what.kind, -what.points, balances[unit], what.at))
    return found


def _lot_line(*cells: Any) -> LotLine:
    id, unit, origin, funder, amount, remaining, held, earned, start, end = cells
    return LotLine(id, unit, origin, funder, amount, remaining, held, *map(clock.instant, (earned, start, end)))


def count_due(store: Store, programme_id: str, at: datetime) -> int:
    """How many accounts `due` will answer one after the other."""
    count: int = store.fetch(_DUE_COUNT, programme=programme_id, now=clock.micros(at))[0][0]
    return count


def due(store: Store, programme_id: str, at: datetime, *, after: str, most: int) -> list[str]:
    """The accounts in which something has expired, or could repay debt, at the instant; by id after `after`."""
    rows = store.fetch(_DUE, programme=programme_id, now=clock.micros(at), after=after, most=most)
    return [account for (account,) in rows]


def rich(store: Store, programme_id: str, unit: str, least: int, *, after: str, most: int) -> list[tuple[str, int]]:
    """The accounts that have at least so many points available, with how many, as the last booking left them."""
    rows = store.fetch(_RICH, programme=programme_id, unit=unit, least=least, after=after, most=most)
    return [(account, int(available)) for account, available in rows]
