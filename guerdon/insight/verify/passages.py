"""Points that passed between accounts: what left is what arrived, lot by lot, and no way round gains anything."""

from typing import Final

from guerdon.core.ledger import PASSING
from guerdon.insight.verify.accounts import Account, Lot
from guerdon.insight.verify.invariant import Found, Invariant, place
from guerdon.insight.verify.streams import WAITING
from guerdon.kit import clock

LEAVES: Final = tuple(leaves for leaves, _ in PASSING.values())
ARRIVES: Final = tuple(arrives for _, arrives in PASSING.values())
_LEAVES: Final = ", ".join(f"'{kind}'" for kind in LEAVES)
_LOTS: Final = (
    " FROM ledger_passage p JOIN ledger_lot l ON l.account_id = p.account_id AND l.id = p.lot_id"
    " LEFT JOIN ledger_lot f ON f.account_id = p.from_account AND f.id = p.from_lot WHERE [mine p]"
)


class Passed(Invariant):
    """Every lot that came from another account against the lot it came from, and against what its owner was told."""

    clause = "10.15"
    sentence = "Transfers, pools and merges keep sums, dates, origin and funder."
    sums = ("_left",)

    CHANGED: Final = (
        f"SELECT [id p.account_id], l.unit, [id p.lot_id], [id f.id], f.unit{_LOTS} AND (f.id IS NULL"
        " OR f.unit <> l.unit OR f.programme_id <> l.programme_id OR f.origin <> l.origin OR p.origin <> l.origin"
        " OR coalesce(f.funder, '') <> coalesce(l.funder, '') OR f.earned_at <> l.earned_at"
        # What waited for an activity when it passed may have its life by now, on either side: 5.3 looks at that.
        f" OR (f.available_at <> l.available_at AND {WAITING} NOT IN (f.available_at, l.available_at)))"
        " ORDER BY p.account_id, p.lot_id"
    )
    ENDS: Final = (
        "SELECT [id p.account_id], [id p.programme_id], l.unit, [id p.lot_id], f.expires_at, l.expires_at"
        f"{_LOTS} AND coalesce(f.expires_at, 0) <> coalesce(l.expires_at, 0) AND f.available_at = l.available_at"
        " ORDER BY p.account_id, p.lot_id"
    )
    # What left each lot against the lots that it became elsewhere.
    SUMS: Final = (
        "SELECT [id x.account_id], [id x.lot_id], CAST(sum(x.gone) AS bigint), CAST(sum(x.arrived) AS bigint) FROM ("  # noqa: S608
        " SELECT p.from_account AS account_id, p.from_lot AS lot_id, 0 AS gone, l.amount AS arrived"
        " FROM ledger_passage p JOIN ledger_lot l ON l.account_id = p.account_id AND l.id = p.lot_id WHERE [mine p]"
        " UNION ALL SELECT a.account_id, a.lot_id, a.amount, 0 FROM ledger_posting q"
        " JOIN ledger_allocation a ON a.account_id = q.account_id AND a.posting_id = q.id"
        f" WHERE q.kind IN ({_LEAVES}) AND [mine q]) x"
        " GROUP BY x.account_id, x.lot_id HAVING sum(x.gone) <> sum(x.arrived) ORDER BY 1, 2"
    )
    PASSAGES: Final = "SELECT count(*) FROM ledger_passage p WHERE [mine p]"

    def __init__(self) -> None:
        super().__init__()
        self._left = 0  # postings by which points left for another account

    def ask(self, found: Found) -> None:
        self.count("passages", found.number(self.PASSAGES))
        for account, unit, lot, before, of_unit in found.rows(self.CHANGED):
            self.breaks(
                "points that passed are not those that left",
                expected="the unit, origin, funder and dates of the lot they came from",
                found="no such lot" if before is None else f"others than those of {before} in {of_unit}",
                member=account,
                unit=unit,
                lot=lot,
            )
        for account, programme, unit, lot, before, after in found.rows(self.ENDS):
            book = found.books.get(programme)
            if book is None or unit not in book.sliding:  # sliding ends move on each side: 10.8 follows them
                where = {"member": account, "unit": unit, "lot": lot}
                self.breaks("points that passed end at another instant", expected=before, found=after, **where)

    def look(self, account: Account) -> None:
        self._left += sum(1 for _ in account.kinds(*LEAVES))
        arrivals = account.arrivals()
        for posting in account.kinds("transfer_in"):
            self.count("arrived", posting.change)
            lot, told = account.made.get(posting.id), arrivals.get(posting.id)
            if lot is None:
                continue  # 10.5 tells of it
            if told is None:
                self.breaks("points arrived untold", expected="an arrival", found=posting.change, **place(posting))
                continue
            end = None if told.expires_at is None else clock.micros(told.expires_at)
            if account.book is not None and lot.unit in account.book.sliding:
                end = lot.expires_at
            dates = (clock.micros(told.earned_at), clock.micros(told.available_at), end)
            expected = (told.unit, told.points, told.origin, told.funder, *dates)
            if expected != _said(lot):
                self.breaks(
                    "a lot is not what its owner was told", expected=expected, found=_said(lot), **place(posting)
                )

    def close(self, found: Found) -> None:
        if not self._left and not self.figures["passages"] and found.scope.is_whole:
            return  # nothing left and nothing arrived
        for account, lot, gone, arrived in found.rows(self.SUMS):
            self.breaks("more or fewer points arrived than left", expected=gone, found=arrived, member=account, lot=lot)


class NoGain(Invariant):
    """What passes goes forward in time, never outlives where it came from, and is nothing to the house."""

    clause = "10.19"
    sentence = "No cycle of exchanges or transfers increases anything."
    sums = ("_net",)

    # A chain of passages that only ever goes to later entries cannot come back to where it began. A loan begins one:
    # the two entries of a merge are one act, and a debt passes against the points.
    BACKWARDS: Final = (
        "SELECT [id p.account_id], [id p.lot_id], l.seq, f.seq FROM ledger_passage p"
        " JOIN ledger_posting l ON l.account_id = p.account_id AND l.id = p.lot_id"
        " JOIN ledger_posting f ON f.account_id = p.from_account AND f.id = p.from_lot"
        " WHERE [mine p] AND l.seq <= f.seq AND f.kind <> 'lend' ORDER BY p.account_id, p.lot_id"
    )
    LONGER: Final = (
        "SELECT [id p.account_id], [id p.programme_id], l.unit, [id p.lot_id], f.expires_at, l.expires_at"
        f"{_LOTS} AND f.expires_at IS NOT NULL AND (l.expires_at IS NULL OR l.expires_at > f.expires_at)"
        f" AND {WAITING} NOT IN (f.available_at, l.available_at)"
        " ORDER BY p.account_id, p.lot_id"
    )

    def __init__(self) -> None:
        super().__init__()
        self._net: dict[tuple[str, str, str], int] = {}  # programme, unit, way

    def ask(self, found: Found) -> None:
        self.count("passages", found.number(Passed.PASSAGES))
        for account, lot, after, before in found.rows(self.BACKWARDS):
            expected = f"later than {before}"
            self.breaks("points came from a later entry", expected=expected, found=after, member=account, lot=lot)
        for account, programme, unit, lot, before, after in found.rows(self.LONGER):
            book = found.books.get(programme)
            if book is None or unit not in book.sliding:
                where = {"member": account, "unit": unit, "lot": lot}
                self.breaks("points outlive those they came from", expected=f"≤ {before}", found=after, **where)

    def look(self, account: Account) -> None:
        programme = account.member.programme_id if account.member else ""
        for posting in account.kinds(*LEAVES, *ARRIVES):
            name = (programme, posting.unit, posting.kind.rpartition("_")[0])
            self._net[name] = self._net.get(name, 0) + posting.change

    def close(self, found: Found) -> None:
        self.count("ways", len(self._net))
        for (programme, unit, way), net in sorted(self._net.items()):
            if net:
                where = {"programme": programme, "unit": unit, "way": way}
                self.breaks("passing points on made or lost some", expected=0, found=net, **where)


class BothSides(Invariant):
    """The two rows of every transfer against each other, and all of them against the postings."""

    clause = "10.15"
    part = "sides"
    sentence = "Sender and receiver have the same transfer, and what they have of all is what was posted."
    sums = ("_posted",)

    ALONE: Final = (
        "SELECT [id t.account_id], [id t.id], t.state FROM transfers_transfer t"
        " LEFT JOIN transfers_transfer o ON o.account_id = t.other AND o.id = t.id AND o.other = t.account_id"
        " AND o.direction <> t.direction AND o.unit = t.unit AND o.points = t.points AND o.fee = t.fee"
        " AND o.state = t.state AND o.seq = t.seq AND coalesce(o.until, 0) = coalesce(t.until, 0)"
        " WHERE o.id IS NULL AND [mine t] ORDER BY t.id"
    )
    SUMS: Final = (
        "SELECT [id x.account_id], x.unit, x.kind, CAST(sum(x.said) AS bigint), CAST(sum(x.posted) AS bigint) FROM ("
        " SELECT t.account_id, t.unit, CASE t.direction WHEN 'out' THEN 'transfer_out' ELSE 'transfer_in' END AS kind,"
        "  t.points AS said, 0 AS posted FROM transfers_transfer t WHERE t.state IN ('done', 'accepted') AND [mine t]"
        " UNION ALL SELECT t.account_id, t.unit, 'fee', t.fee, 0 FROM transfers_transfer t"
        "  WHERE t.direction = 'out' AND t.state IN ('done', 'accepted') AND [mine t]"
        " UNION ALL SELECT q.account_id, q.unit, q.kind, 0, q.amount FROM ledger_posting q"
        "  WHERE q.kind IN ('transfer_out', 'transfer_in', 'fee') AND [mine q]) x"
        " GROUP BY x.account_id, x.unit, x.kind HAVING sum(x.said) <> sum(x.posted) ORDER BY 1, 2, 3"
    )
    ROWS: Final = "SELECT count(*) FROM transfers_transfer t WHERE [mine t]"
    TRANSFERS: Final = "SELECT count(*) FROM transfers_transfer t WHERE t.direction = 'out' AND [mine t]"

    def __init__(self) -> None:
        super().__init__()
        self._posted = 0  # postings of transfers and their fees

    def ask(self, found: Found) -> None:
        self.count("transfers", found.number(self.TRANSFERS))
        for account, transfer, state in found.rows(self.ALONE):
            where = {"member": account, "transfer": transfer}
            self.breaks("a transfer is another one on its other side", expected="the same", found=state, **where)

    def look(self, account: Account) -> None:
        self._posted += sum(1 for _ in account.kinds("transfer_out", "transfer_in", "fee"))

    def close(self, found: Found) -> None:
        if not self._posted and not found.number(self.ROWS) and found.scope.is_whole:
            return  # nothing was posted and nothing told
        for account, unit, kind, said, posted in found.rows(self.SUMS):
            where = {"member": account, "unit": unit, "kind": kind}
            self.breaks("the transfers are not what was posted", expected=said, found=posted, **where)


class CauseTotals(Invariant):
    """The running totals of causes against the donations that were posted to them."""

    clause = "10.3"
    part = "causes"
    sentence = "What a cause has been given is the sum of the donations to it."
    sums = ("_posted",)

    STORED: Final = (
        "SELECT [id c.programme_id], c.cause, c.unit, c.points, c.donations FROM transfers_cause c WHERE [mine c]"
    )
    POSTED: Final = (
        "SELECT [id p.programme_id], s.subject, p.unit, CAST(sum(p.amount) AS bigint), count(*) FROM ledger_posting p"
        " JOIN ledger_system_account s ON s.programme_id = p.programme_id AND s.id = p.destination"
        " WHERE p.kind = 'donate' AND [mine p] GROUP BY p.programme_id, s.subject, p.unit"
    )

    def __init__(self) -> None:
        super().__init__()
        self._posted = 0  # donations

    def look(self, account: Account) -> None:
        self._posted += len(account.of_kind.get("donate", ()))

    def close(self, found: Found) -> None:
        stored = {row[:3]: row[3:] for row in found.rows(self.STORED)}
        looked_for = self._posted or not found.scope.is_whole
        posted = {row[:3]: row[3:] for row in found.rows(self.POSTED)} if looked_for else {}
        self.count("totals", len(stored))
        for name in sorted(stored.keys() | posted.keys()):
            expected, given = posted.get(name, (0, 0)), stored.get(name, (0, 0))
            self.count("donated", expected[0])
            if expected != given:
                programme, cause, unit = name
                where = {"programme": programme, "cause": cause, "unit": unit}
                self.breaks("a cause's total is not what was given", expected=expected, found=given, **where)


def _said(lot: Lot) -> tuple[object, ...]:
    return (lot.unit, lot.amount, lot.origin, lot.funder, lot.earned_at, lot.available_at, lot.expires_at)
