"""Which lots postings made, took points from or gave them back to: what a statement is explained with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from guerdon.core.ledger import CREDITS
from guerdon.features.ledger.queries import StatementLine
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store

_LOT = "l.id, l.origin, l.funder, l.earned_at, l.available_at, l.expires_at"
_OF = (
    f"SELECT x.posting_id, x.direction, x.amount, {_LOT} FROM ledger_allocation x"  # noqa: S608 - our own
    " JOIN ledger_lot l ON l.account_id = x.account_id AND l.id = x.lot_id"
    " WHERE x.account_id = :account AND x.posting_id {ids}"
    f" UNION ALL SELECT l.id, 'made', l.amount, {_LOT} FROM ledger_lot l"
    " WHERE l.account_id = :account AND l.id {ids}"
)
_MOVES = Statement(
    _OF.replace("{ids}", "= ANY(:ids::uuid[])"), sqlite=_OF.replace("{ids}", "IN (SELECT value FROM json_each(:ids))")
)
_LINES = (
    "SELECT seq, part, id, unit, kind, amount, balance_after, activity_id, effective_at, posted_at,"
    " person_id FROM ledger_posting WHERE account_id = :account AND seq {seqs} ORDER BY seq, part"
)
_OF_ENTRIES = Statement(
    _LINES.replace("{seqs}", "= ANY(:seqs::bigint[])"),
    sqlite=_LINES.replace("{seqs}", "IN (SELECT value FROM json_each(:seqs))"),
)


class Move(msgspec.Struct, frozen=True):
    """So many points of one lot: made by the posting, taken `out` by it, or given `back`."""

    direction: Literal["made", "out", "back"]
    points: int
    lot: str
    origin: str
    funder: str | None
    earned_at: datetime
    available_at: datetime
    expires_at: datetime | None


def of_postings(store: Store, account_id: str, postings: Sequence[str]) -> dict[str, list[Move]]:
    """The lots behind the account's postings, by posting, in one statement; first expiring first."""
    found: dict[str, list[Move]] = {}
    rows = store.fetch(_MOVES, account=account_id, ids=list(postings)) if postings else []
    for posting, direction, points, lot, origin, funder, *life in rows:
        earned_at, available_at, expires_at = map(clock.instant, life)
        move = Move(direction, int(points), lot, origin, funder, earned_at, available_at, expires_at)
        found.setdefault(posting, []).append(move)
    for moves in found.values():
        moves.sort(key=lambda move: (move.expires_at is None, move.expires_at or move.earned_at, move.lot))
    return found


def of_entry(store: Store, account_id: str, seq: int) -> list[StatementLine]:
    """The postings of one entry of the journal, as lines of the statement."""
    return of_entries(store, account_id, [seq])


def of_entries(store: Store, account_id: str, seqs: Sequence[int]) -> list[StatementLine]:
    """The postings of entries of the journal, as lines of the statement, in the order they were written."""
    found: list[StatementLine] = []
    for *names, kind, amount, balance, activity, at, posted, person in store.fetch(
        _OF_ENTRIES, account=account_id, seqs=list(seqs)
    ):
        points = amount if kind in CREDITS else -amount
        cells = (*names, kind, points, balance, activity, clock.instant(at), clock.instant(posted), person)
        found.append(StatementLine(*cells))
    return found
