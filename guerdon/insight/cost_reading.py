"""What the database knows that a closed month cost and brought: rewards, points paid with, vouchers, memberships."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from guerdon.core import costs, limits
from guerdon.core.closing import Closing
from guerdon.core.cost_book import Count
from guerdon.core.programme import Programme
from guerdon.features.programmes.queries import Lawbook
from guerdon.insight.exports import reading
from guerdon.kit import clock
from guerdon.kit.snapshot import Snapshot, both
from guerdon.kit.store import Statement, allow_fanout


def _of_month(text: str) -> Statement:
    return allow_fanout("what a closed month cost is of all members, summed up by a job", both(text))


# The rows are those that an export of the month has (LAW 2.4). What was cancelled or ended by itself has cost nothing.
_REWARDS: Final = _of_month(
    "SELECT d.reward, count(*), CAST(sum(d.cost) AS bigint), CAST(sum(CASE WHEN d.money > 0 THEN 1 ELSE 0 END)"
    " AS bigint), CAST(sum(d.money) AS bigint)"
    " FROM activities_activity a JOIN redemptions_redemption d ON d.account_id = a.account_id AND d.id = a.id"
    " WHERE a.programme_id = :programme AND a.seq <= :seq AND a.occurred_at < :until"
    " AND (a.seq > :since OR a.occurred_at >= :before) AND d.state NOT IN ('cancelled', 'expired')"
    " GROUP BY d.reward ORDER BY d.reward"
)
# Points that paid for something else than rewards, less those that came back. What rewards take, and what becomes other
# points, the house burns itself, from sources of its own.
_POINTS: Final = _of_month(
    "SELECT p.unit, CAST(sum(CASE WHEN p.kind = 'burn' THEN p.amount ELSE -p.amount END) AS bigint)"
    " FROM ledger_posting p JOIN activities_activity a ON a.account_id = p.account_id AND a.id = p.activity_id"
    " WHERE p.programme_id = :programme AND p.seq <= :seq AND p.effective_at < :until"
    " AND (p.seq > :since OR p.effective_at >= :before) AND p.kind IN ('burn', 'reinstate')"
    " AND a.source NOT IN ('redemption', 'draw', 'conversion', 'exchange') GROUP BY p.unit ORDER BY p.unit"
)
# Uses less rollbacks. A voucher that a reward handed over is in the cost of the reward, where that says one.
_VOUCHERS: Final = _of_month(
    "SELECT u.voucher, CAST(sum(CASE WHEN u.direction = 'use' THEN 1 ELSE -1 END) AS bigint),"
    " CAST(sum(CASE WHEN u.direction = 'use' THEN u.off ELSE -u.off END) AS bigint) FROM vouchers_use u"
    " WHERE u.programme_id = :programme AND u.seq <= :seq AND u.at < :until AND (u.seq > :since OR u.at >= :before)"
    " AND NOT EXISTS (SELECT 1 FROM redemptions_redemption d WHERE d.account_id = u.account_id AND d.given = u.code"
    " AND d.cost > 0) GROUP BY u.voucher ORDER BY u.voucher"
)
# What was paid, less what was given back of it since.
_MEMBERSHIPS: Final = _of_month(
    "SELECT CAST(y.terms AS jsonb)->>'plan', CAST(y.terms AS jsonb)->>'currency', count(*),"
    " CAST(sum(y.amount - y.refunded) AS bigint) FROM memberships_payment y WHERE y.programme_id = :programme"
    " AND y.state IN ('paid', 'refunding', 'refunded') AND y.settled_at >= :start AND y.settled_at < :until"
    " GROUP BY 1, 2 ORDER BY 1, 2"
)
_MEMBERSHIPS_SQLITE: Final = (_MEMBERSHIPS.sqlite or "").replace("CAST(y.terms AS jsonb)", "y.terms")
MEMBERSHIPS: Final = Statement(_MEMBERSHIPS.text, sqlite=_MEMBERSHIPS_SQLITE)
_LETTERS: Final = both(
    "SELECT count(*) FROM letters_letter l WHERE l.programme_id = :programme AND l.state = 'sent'"
    " AND l.member_id IS NOT NULL AND l.settled_at >= :start AND l.settled_at < :until"
)
UNKNOWN: Final = "unknown"  # what kind of reward no version says any more


def counts(
    view: Snapshot, programme_id: str, book: Lawbook, month: Closing, previous: Closing | None, *, closed_at: datetime,
    currency: str, now: datetime,
) -> list[Count]:  # fmt: skip
    """What a closed month cost and brought. `currency` is the programme's own in that month."""

    def rows(statement: Statement) -> Iterator[tuple[Any, ...]]:
        return reading.rows(view, statement, programme_id, month, previous)

    def within(statement: Statement) -> Iterator[tuple[Any, ...]]:
        start, until = clock.micros(month.start), clock.micros(month.until)
        return view.stream(statement, programme=programme_id, start=start, until=until)

    said = book.said(before=month.until, known=closed_at).programme
    found = _rewards(book, rows(_REWARDS), currency)
    found += [_points(said, unit, int(points), currency) for unit, points in rows(_POINTS) if points]
    found += [
        Count("vouchers", key, currency, int(uses), int(off)) for key, uses, off in rows(_VOUCHERS) if uses or off
    ]
    found += [Count("memberships", plan, of, int(paid), int(amount)) for plan, of, paid, amount in within(MEMBERSHIPS)]
    if month.start >= now - timedelta(days=limits.LETTERS_KEPT_DAYS):  # older ones are forgotten by and by
        found += [Count("letters", "", currency, int(sent), None) for (sent,) in within(_LETTERS)]
    return found


def _rewards(book: Lawbook, rows: Iterator[tuple[Any, ...]], currency: str) -> list[Count]:
    """By what rewards are: what they cost, and what members paid for them beside points."""
    sums: dict[str, list[int]] = {}
    payments = paid = 0
    for reward, pieces, cost, with_money, money in rows:
        whole = sums.setdefault(_kind(book, reward), [0, 0])
        whole[0] += int(pieces)
        whole[1] += int(cost)
        payments += int(with_money)
        paid += int(money)
    found = [Count("rewards", kind, currency, pieces, cost) for kind, (pieces, cost) in sorted(sums.items())]
    return [*found, Count("top_ups", "", currency, payments, paid)] if paid else found


def _kind(book: Lawbook, reward: str) -> str:
    """What a reward is, by the last version that has it."""
    versions = reversed(book.said_ever())
    return next((one.rewards[reward].kind for one in versions if reward in one.rewards), UNKNOWN)


def _points(said: Programme, code: str, points: int, currency: str) -> Count:
    """Points at what they paid at tills, or else at what the programme says that they are worth."""
    unit = said.units.get(code)
    rate = None if unit is None else unit.pays or unit.worth
    cost = costs.of_points(code, points, worth=None if rate is None else (rate.points, rate.amount))
    return Count("points", code, currency, points, cost.amount)
