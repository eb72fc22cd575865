"""What is read of the database for an exported month, in one order each, a few thousand rows at a time."""

from collections.abc import Iterator
from typing import Any, Final

from guerdon.core.closing import Closing
from guerdon.kit import clock
from guerdon.kit.snapshot import Snapshot, both
from guerdon.kit.store import Statement, allow_fanout

# What was numbered up to a month's closing and counts before its end, less what had been when the month before closed:
# so everything is in one month and no other (LAW 2.4).
_ENTRY_OF: Final = (
    " WHERE a.programme_id = :programme AND a.seq <= :seq AND a.occurred_at < :until"
    " AND (a.seq > :since OR a.occurred_at >= :before) ORDER BY a.seq, a.account_id, a.id"
)
_POSTING_OF: Final = (
    " WHERE p.programme_id = :programme AND p.seq <= :seq AND p.effective_at < :until"
    " AND (p.seq > :since OR p.effective_at >= :before) ORDER BY p.seq, p.account_id, p.part"
)
_WHY: Final = "an export is of all that a closed month holds, read in one stream"


def _of_month(select: str, of: str, where: str = "") -> Statement:
    return allow_fanout(_WHY, both(f"{select}{of}{where}"))


ENTRIES: Final = _of_month(
    "SELECT [id a.account_id], [id a.id], a.seq, a.kind, a.source, a.occurred_at, a.version, a.facts, a.decision",
    " FROM activities_activity a",
    _ENTRY_OF,
)
RETURNS: Final = _of_month(
    "SELECT [id a.id], [id r.purchase_id], a.seq, r.slice",
    " FROM activities_returned r JOIN activities_activity a ON a.account_id = r.return_account AND a.id = r.return_id",
    f"{_ENTRY_OF}, r.purchase_id",
)
POSTINGS: Final = _of_month(
    "SELECT [id p.id], [id p.activity_id], p.seq, p.part, [id p.account_id], [id p.person_id], p.unit, p.kind,"
    " p.amount, p.effective_at, p.posted_at",
    " FROM ledger_posting p",
    _POSTING_OF,
)
LOTS: Final = _of_month(
    "SELECT [id l.id], [id p.id], p.seq, [id p.account_id], l.unit, p.kind, [id l.origin], l.funder, l.amount,"
    " l.earned_at, l.available_at, l.expires_at",
    " FROM ledger_posting p JOIN ledger_lot l ON l.account_id = p.account_id AND l.posting_id = p.id",
    f"{_POSTING_OF}, l.id",
)
TAKINGS: Final = _of_month(
    "SELECT [id o.id], [id p.id], [id o.lot_id], p.seq, [id p.account_id], p.unit, p.kind, o.direction, o.amount,"
    " p.effective_at, p.posted_at",
    " FROM ledger_posting p JOIN ledger_allocation o ON o.account_id = p.account_id AND o.posting_id = p.id",
    f"{_POSTING_OF}, o.id",
)
REDEMPTIONS: Final = _of_month(
    "SELECT [id d.id], a.seq, [id d.account_id], coalesce([id d.person_id], [id d.account_id]), d.reward, d.variant,"
    " 1, d.money, d.cost, a.occurred_at",  # a redemption is of one piece
    " FROM activities_activity a JOIN redemptions_redemption d ON d.account_id = a.account_id AND d.id = a.id",
    _ENTRY_OF,
)
VOUCHERS: Final = _of_month(
    "SELECT [id v.id], v.seq, [id v.account_id], v.voucher, v.rule, v.issued_at, v.expires_at",
    " FROM vouchers_voucher v WHERE v.programme_id = :programme AND v.seq <= :seq AND v.issued_at < :until"
    " AND (v.seq > :since OR v.issued_at >= :before) ORDER BY v.seq, v.account_id, v.id",
)
USES: Final = _of_month(
    "SELECT [id u.id], u.seq, [id u.account_id], u.voucher, [id u.voucher_id], u.direction, u.off, u.at",
    " FROM vouchers_use u WHERE u.programme_id = :programme AND u.seq <= :seq AND u.at < :until"
    " AND (u.seq > :since OR u.at >= :before) ORDER BY u.seq, u.account_id, u.id",
)
MEMBERS: Final = both(
    "SELECT [id m.id], coalesce([id m.merged_into], [id m.id]),"
    " coalesce([id m.household_id], [id m.merged_into], [id m.id]), m.status, m.enrolled_at, m.segments::text"
    " FROM members_member m WHERE m.programme_id = :programme AND m.kind = 'person' AND m.enrolled_at < :until"
    " ORDER BY m.id"
)
# The last step on each ladder before the end of the month, and every level given by hand that was alive then.
LEVELS: Final = _of_month(
    "SELECT [id s.account_id], s.ladder, s.level",
    " FROM tiers_step s WHERE s.programme_id = :programme"
    " AND s.seq <= :seq AND s.since < :until AND NOT EXISTS (SELECT 1 FROM tiers_step n"
    " WHERE n.account_id = s.account_id AND n.ladder = s.ladder AND n.number > s.number AND n.seq <= :seq"
    " AND n.since < :until) ORDER BY s.account_id, s.ladder",
)
GRANTS: Final = _of_month(
    "SELECT [id g.account_id], g.ladder, g.level",
    " FROM tiers_grant g WHERE g.programme_id = :programme"
    " AND g.seq <= :seq AND g.since < :until AND g.until >= :until AND (g.ended_at IS NULL OR g.ended_at >= :until)"
    " ORDER BY g.account_id, g.ladder, g.id",
)
# A snapshot of what had begun by the end of the month, as members are.
INTERVALS: Final = _of_month(
    "SELECT [id p.membership_id], [id p.account_id], p.plan, p.place, p.kind, p.number, p.start, p.until, p.cut",
    " FROM memberships_period p WHERE p.programme_id = :programme AND p.seq <= :seq AND p.start < :until"
    " ORDER BY p.account_id, p.membership_id, p.place",
)


def rows(
    view: Snapshot, statement: Statement, programme_id: str, closing: Closing, previous: Closing | None
) -> Iterator[tuple[Any, ...]]:
    """The rows of a month; without a month before it, also all that was before its own beginning."""
    return view.stream(
        statement,
        programme=programme_id,
        seq=closing.seq,
        until=clock.micros(closing.until),
        since=previous.seq if previous else 0,
        before=clock.micros(previous.until) if previous else 0,
    )
