"""What the walk asks the snapshot for: the rows of every account, in the order of account ids."""

from typing import Final

from guerdon.core import vesting
from guerdon.kit import clock

WAITING: Final = clock.micros(vesting.WAITING)  # when points begin that wait for an activity
MEMBERS: Final = (
    "SELECT [id m.id], [id m.programme_id], m.enrolled_at, m.etag, m.birthday_month, m.attributes::text,"
    " m.segments::text, m.kind FROM members_member m WHERE [mine m] AND [within m.id] ORDER BY m.id"
)
PURSES: Final = (
    "SELECT [id b.account_id], b.unit, [id b.programme_id], b.balance, b.available, b.pending, b.held, b.debt,"
    " b.fresh_from, b.fresh_until FROM ledger_balance b [owned b] WHERE [within b.account_id]"
    " ORDER BY b.account_id, b.unit"
)
POSTINGS: Final = (
    "SELECT [id p.account_id], [id p.id], [id p.programme_id], p.unit, p.seq, p.part, p.kind,"
    " CASE WHEN p.destination = p.account_id THEN p.amount ELSE -p.amount END,"
    " [id CASE p.account_id WHEN p.source THEN p.destination WHEN p.destination THEN p.source END], p.balance_after,"
    " [id p.activity_id], [id p.person_id], p.effective_at, p.posted_at FROM ledger_posting p [owned p]"
    " WHERE [within p.account_id] ORDER BY p.account_id"
)
LOTS: Final = (
    "SELECT [id l.account_id], [id l.id], [id l.programme_id], l.unit, [id l.posting_id], [id l.origin], l.funder,"
    " l.amount, l.remaining, l.held, l.earned_at, l.available_at, l.expires_at FROM ledger_lot l [owned l]"
    " WHERE [within l.account_id] ORDER BY l.account_id"
)
ALLOCATIONS: Final = (
    "SELECT [id x.account_id], [id x.id], [id x.posting_id], [id x.lot_id], x.direction, x.amount, x.at"
    " FROM ledger_allocation x [owned x] WHERE [within x.account_id] ORDER BY x.account_id"
)
# What was told is wide: it is carried along only where somebody reads it, and that of adjustments, which name people.
TOLD: Final = "a.facts, a.source, a.external_id"
BY_HAND: Final = "CASE WHEN a.kind = 'adjustment' THEN a.facts ELSE '' END, '', ''"
ENTRIES: Final = (
    "SELECT [id a.account_id], [id a.id], [id a.programme_id], a.seq, a.kind, a.occurred_at, a.recorded_at, a.version,"
    " a.decision, {told} FROM activities_activity a [owned a] WHERE [within a.account_id]"
    " ORDER BY a.account_id"
)
COUNTERS: Final = (
    "SELECT [id c.account_id], c.key, c.win, c.amount, c.last_at FROM rulebook_counter c [owned c]"
    " WHERE [within c.account_id] ORDER BY c.account_id"
)
RETURNS: Final = (
    "SELECT [id r.return_account], [id r.purchase_id], [id r.return_id] FROM activities_returned r [owned r]"
    " WHERE [within r.return_account] ORDER BY r.return_account"
)
# What a merge brings from another account: where lots came from, purchases given back or confirmed here, counters.
PASSAGES: Final = (
    "SELECT [id t.account_id], [id t.lot_id], [id t.from_account], [id t.from_lot], l.expires_at FROM ledger_passage t"
    " LEFT JOIN ledger_lot l ON l.account_id = t.from_account AND l.id = t.from_lot [owned t]"
    " WHERE [within t.account_id] ORDER BY t.account_id"
)
BOUGHT: Final = (
    "SELECT [id r.return_account], [id a.id], [id a.programme_id], a.seq, a.kind, a.occurred_at, a.recorded_at,"  # noqa: S608 - our own
    " a.version, a.decision, '', '', '' FROM activities_returned r JOIN activities_activity a"
    " ON a.account_id = r.account_id AND a.id = r.purchase_id AND r.return_account <> r.account_id [owned a]"
    " WHERE [within r.return_account]"
    " UNION ALL SELECT [id t.account_id], [id a.id], [id a.programme_id], a.seq, a.kind, a.occurred_at, a.recorded_at,"
    " a.version, a.decision, '', '', '' FROM ledger_passage t"
    f" JOIN ledger_lot o ON o.account_id = t.from_account AND o.id = t.from_lot AND o.available_at = {WAITING}"
    f" JOIN ledger_lot n ON n.account_id = t.account_id AND n.id = t.lot_id AND n.available_at <> {WAITING}"
    " JOIN activities_key k ON k.programme_id = t.programme_id AND k.activity_id = t.origin"
    " JOIN activities_activity a ON a.account_id = k.account_id AND a.id = k.activity_id [owned a]"
    " WHERE [within t.account_id] ORDER BY 1"
)
JOINED: Final = (
    "SELECT [id g.into_account], [id g.activity_id], [id g.account_id], CASE WHEN g.undone_at IS NULL THEN 0 ELSE 1 END"
    " FROM members_merge g [owned g] WHERE [within g.into_account] ORDER BY g.into_account"
)
ADDED: Final = (
    "SELECT [id g.into_account], [id g.activity_id], c.key, c.win, c.amount, c.last_at FROM members_merge g"
    " JOIN rulebook_counter c ON c.account_id = g.account_id AND g.undone_at IS NULL [owned g]"
    " WHERE [within g.into_account] ORDER BY g.into_account"
)
# The counters below which nobody's fell: a household's when somebody joined it, a person's when it left.
RAISED: Final = (
    "SELECT [id b.account_id], b.joined_seq, b.memory FROM households_belonging b WHERE [mine b]"
    " AND [within b.account_id]"
    " UNION ALL SELECT [id b.person_id], b.left_seq, b.parting FROM households_belonging b"
    " WHERE b.left_seq IS NOT NULL AND [mine b] AND [within b.person_id] ORDER BY 1, 2"
)
HOLDS: Final = (
    "SELECT [id h.account_id], [id h.id], h.unit, h.amount, h.captured, h.released, h.expired, h.state, h.seq,"
    " h.created_at, h.ends_at FROM holds_hold h [owned h] WHERE [within h.account_id] ORDER BY h.account_id"
)
PARTS: Final = (
    "SELECT [id p.account_id], [id p.hold_id], [id p.lot_id], p.place, p.amount, p.open FROM holds_part p [owned p]"
    " WHERE [within p.account_id] ORDER BY p.account_id"
)
STEPS: Final = (
    "SELECT [id s.account_id], [id s.hold_id], [id s.activity_id], s.seq, s.kind, s.captured, s.released, s.expired,"
    " s.at FROM holds_step s [owned s] WHERE [within s.account_id] ORDER BY s.account_id"
)
REVERSALS: Final = (
    "SELECT [id v.account_id], [id v.posting_id], [id v.reverses], [id v.origin] FROM ledger_reversal v [owned v]"
    " WHERE [within v.account_id] ORDER BY v.account_id"
)
LEAVES: Final = (
    "SELECT [id f.account_id], [id f.activity_id], [id f.programme_id], f.seq, f.hash FROM seals_leaf f"
    " WHERE [mine f] AND [within f.account_id] ORDER BY f.account_id"
)
CLIMBS: Final = (
    "SELECT [id s.account_id], s.ladder, s.number, s.level, s.since, s.cause, s.counts_from, s.counts_until,"
    " s.review_at, s.grace_until, s.seq, s.version FROM tiers_step s [owned s] WHERE [within s.account_id]"
    " ORDER BY s.account_id, s.ladder, s.number"
)
COUNTED: Final = (
    "SELECT [id b.account_id], b.measure, b.day, b.amount FROM tiers_basis b [owned b] WHERE [within b.account_id]"
    " ORDER BY b.account_id"
)
RANKS: Final = (
    "SELECT [id r.account_id], r.ladder, r.number, r.due_at, r.counts_from FROM tiers_rank r [owned r]"
    " WHERE [within r.account_id] ORDER BY r.account_id"
)
HOLDINGS: Final = (
    "SELECT [id t.account_id], [id t.id], t.terms, t.method, t.asked_at, t.seq, t.anchor, t.base, t.paused_at,"
    " t.cancelled_at, t.ends_at, t.ended, t.next, t.asked, t.steps, t.refunded_at, t.subscription, t.due_at"
    " FROM memberships_membership t [owned t] WHERE [within t.account_id] ORDER BY t.account_id, t.seq, t.id"
)
SPANS: Final = (
    "SELECT [id p.account_id], [id p.membership_id], p.place, p.kind, p.number, p.plan, p.start, p.until, p.value,"
    " [id p.payment_id], p.cut, p.seq FROM memberships_period p [owned p] WHERE [within p.account_id]"
    " ORDER BY p.account_id, p.membership_id, p.place"
)
