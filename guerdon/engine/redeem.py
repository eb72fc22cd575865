"""Points leave by the member's wish or a person's hand: burns and adjustments, each once for ever (LAW 5.2, 6.4)."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import errors, ledger, limits
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.decisions import Award, Decision, Share, Spent
from guerdon.core.expiry import Sliding
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.engine import desk, entries
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.desk import Result
from guerdon.features.activities.actions import Idempotency
from guerdon.features.ledger.actions import Cause
from guerdon.kit import ids

REASON_MISSING = errors.declare("invalid", "reason_missing")


class Burn(msgspec.Struct, frozen=True):
    """Points a member exchanges for value; (source, external_id) names it for ever."""

    member: Member
    unit: str
    points: int
    source: str
    external_id: str
    idempotency: Idempotency | None = None


class Adjustment(msgspec.Struct, frozen=True):
    """Points a person gives (+) or takes (−) by hand, with a reason; LAW 6.4."""

    member: Member
    unit: str
    points: int
    reason: str
    actor: str
    source: str
    external_id: str
    idempotency: Idempotency | None = None


def burn_many(*, programme_id: str, burns: Sequence[Burn], now: datetime, dry_run: bool = False) -> list[Result]:
    """Take points from members, first expiring first, all or nothing each. Refuses `insufficient_points`."""
    return _change_many(programme_id, burns, now, dry_run)


def adjust_many(
    *, programme_id: str, adjustments: Sequence[Adjustment], now: datetime, dry_run: bool = False
) -> list[Result]:
    """Give or take points by hand. Refuses `insufficient_points` rather than going below zero."""
    return _change_many(programme_id, adjustments, now, dry_run)


def _change_many(programme_id: str, changes: Sequence[Burn | Adjustment], now: datetime, dry_run: bool) -> list[Result]:
    told = [_told(change, now) for change in changes]
    changes_of: dict[Key, Burn | Adjustment] = {}
    for one, change in zip(told, changes, strict=True):
        changes_of.setdefault(law.key(one.activity), change)  # told twice, the first telling counts
    clerk = _Changing(changes_of)
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=clerk, dry_run=dry_run)


def _told(change: Burn | Adjustment, now: datetime) -> Told:
    facts: dict[str, law.FactValue] = {"unit": change.unit, "points": change.points}
    if isinstance(change, Adjustment):
        facts |= {"reason": change.reason, "actor": change.actor}
    activity = Activity(
        kind="burn" if isinstance(change, Burn) else "adjustment",
        source=change.source,
        external_id=change.external_id,
        occurred_at=now,
        member=change.member,
        facts=facts,
    )
    return Told(activity, change.idempotency)


class _Changing:
    """The clerk for burns and adjustments."""

    def __init__(self, changes: dict[Key, Burn | Adjustment]) -> None:
        self._changes = changes

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        change = self._changes[law.key(activity)]
        unit = in_force.programme.unit(change.unit)
        if isinstance(change, Burn) and unit.kind in ("qualifying", "allowance"):  # counted or given away, never spent
            raise ledger.UNIT_NOT_SPENDABLE(unit=unit.code)
        if not 0 < abs(change.points) <= limits.POINTS_MAX or (isinstance(change, Burn) and change.points < 0):
            raise ledger.POINTS_INVALID(points=change.points, reason="out_of_range")
        if isinstance(change, Adjustment) and not change.reason.strip():
            raise REASON_MISSING()

    def looks_at(self, activity: Activity) -> Sequence[Key]:
        return ()

    def enrols(self, in_force: Law) -> bool:
        return False

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        batch.take_lots({row.id for row in batch.gathered.members.values()}, [])

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        change = self._changes[law.key(one.activity)]
        if isinstance(change, Burn) or change.points < 0:
            lots = batch.books.lots(standing.account_id, change.unit)
            takes = ledger.take(lots, abs(change.points), at=batch.now, unit=change.unit)
            cause = Cause(standing.account_id, ids.new(), batch.next_seq(), batch.now)
            decision = _take(batch, cause, change, takes, in_force)
        else:
            cause = Cause(standing.account_id, ids.new(), batch.next_seq(), batch.now)
            decision = _give(batch, cause, change, in_force)
        return entries.enter(batch, one.activity, cause, decision)


def _give(batch: Batch, cause: Cause, change: Burn | Adjustment, in_force: Law) -> Decision:
    unit = in_force.programme.unit(change.unit)
    end = in_force.expires_at(unit.expires, batch.now, batch.now)
    share = Share(rule="adjustment", points=change.points, exact=str(change.points))
    award = Award(unit=unit.code, points=change.points, shares=(share,), available_at=batch.now, expires_at=end)
    batch.books.credit("adjust_up", cause, unit=unit.code, points=change.points, available_at=batch.now, expires_at=end)
    repaid = batch.settle_debts(cause)
    return Decision(version=in_force.version, awards=(award,), repaid=repaid)


def _take(
    batch: Batch, cause: Cause, change: Burn | Adjustment, takes: tuple[ledger.Take, ...], in_force: Law
) -> Decision:
    unit = in_force.programme.unit(change.unit)
    kind: ledger.PostingKind = "burn" if isinstance(change, Burn) else "adjust_down"
    points = batch.books.debit(kind, cause, unit=unit.code, takes=takes, at=batch.now)
    end = in_force.expires_at(unit.expires, batch.now, batch.now)
    if kind == "burn" and end is not None and isinstance(unit.expires, Sliding):
        batch.books.slide(cause.account_id, unit.code, end)
    return Decision(version=in_force.version, spent=(Spent(unit=unit.code, points=points),))
