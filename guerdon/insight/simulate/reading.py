"""What is read of the database for a history: the journal in its order, the books beside it, members as they are."""

from typing import Final

from guerdon.kit.snapshot import both
from guerdon.kit.store import Statement, allow_fanout

_WHY: Final = "a history is everything that ever happened in a programme, read in one stream"


def _all(select: str, of: str) -> Statement:
    return allow_fanout(_WHY, both(f"{select}{of}"))


ENTRIES: Final = _all(
    "SELECT [id a.account_id], [id a.id], a.seq, a.kind, a.source, a.external_id, a.occurred_at, a.recorded_at,"
    " a.version, a.facts, a.decision",
    " FROM activities_activity a WHERE a.programme_id = :programme ORDER BY a.seq",
)
RETURNS: Final = _all(
    "SELECT [id r.purchase_id], [id r.account_id], [id r.return_id], [id r.return_account], r.slice, p.facts",
    " FROM activities_activity a JOIN activities_returned r ON r.return_account = a.account_id AND r.return_id = a.id"
    " JOIN activities_activity p ON p.account_id = r.account_id AND p.id = r.purchase_id"
    " WHERE a.programme_id = :programme ORDER BY r.seq",
)
MEMBERS: Final = both(
    "SELECT [id m.id], m.enrolled_at, m.birthday_month, m.attributes::text, m.segments::text FROM members_member m"
    " WHERE m.programme_id = :programme AND m.kind = 'person' ORDER BY m.id"
)
POSTINGS: Final = _all(
    "SELECT [id p.account_id], p.unit, p.kind, p.amount, p.effective_at",
    " FROM ledger_posting p WHERE p.programme_id = :programme",
)
# What has ended, though no night has written it down yet.
ENDED: Final = _all(
    "SELECT [id l.account_id], l.unit, l.remaining - l.held, l.expires_at",
    " FROM ledger_lot l WHERE l.programme_id = :programme AND l.remaining > l.held AND l.expires_at <= :until",
)
# The same of what was held until its lot, and the hold, had ended.
ENDED_HELD: Final = _all(
    "SELECT [id p.account_id], l.unit, p.open, CASE WHEN l.expires_at > h.ends_at THEN l.expires_at ELSE h.ends_at END",
    " FROM holds_hold h JOIN holds_part p ON p.account_id = h.account_id AND p.hold_id = h.id"
    " JOIN ledger_lot l ON l.account_id = p.account_id AND l.id = p.lot_id"
    " WHERE h.programme_id = :programme AND h.state = 'open' AND h.ends_at <= :until AND p.open > 0"
    " AND l.expires_at <= :until",
)
VERSIONS: Final = both(
    "SELECT v.number, v.effective_at, v.published_at FROM programmes_version v WHERE v.programme_id = :programme"
    " ORDER BY v.number"
)
NIGHTS: Final = both(
    "SELECT n.as_of, n.began_seq FROM programmes_night n WHERE n.programme_id = :programme ORDER BY n.as_of"
)
STEPS: Final = _all(
    "SELECT [id s.account_id], s.ladder, s.level, s.since, s.cause, s.review_at, s.grace_until",
    " FROM tiers_step s WHERE s.programme_id = :programme ORDER BY s.account_id, s.ladder, s.number",
)
GRANTS: Final = _all(
    "SELECT [id g.id], g.ladder, g.level, g.since, g.until, g.ended_at",
    " FROM tiers_grant g WHERE g.programme_id = :programme",
)
