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
from guerdon.core.programme import Unit
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
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=_Changing(), dry_run=dry_run)


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
    """The clerk for burns and adjustments; what is asked stands in the facts, as the journal will keep it."""

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        code, points = _asked(activity)
        burns = activity.kind == "burn"
        unit = in_force.programme.unit(code)
        if burns and unit.kind in ("qualifying", "allowance"):  # counted or given away, never spent
            raise ledger.UNIT_NOT_SPENDABLE(unit=unit.code)
        if not 0 < abs(points) <= limits.POINTS_MAX or (burns and points < 0):
            raise ledger.POINTS_INVALID(points=points, reason="out_of_range")
        if not burns and not str(activity.facts["reason"]).strip():
            raise REASON_MISSING()

    def looks_at(self, activity: Activity) -> Sequence[Key]:
        return ()

    def enrols(self, in_force: Law) -> bool:
        return False

    def needs_active(self, activity: Activity) -> bool:
        return activity.kind == "burn"  # a person may correct a blocked account, too

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        batch.take_lots({row.id for row in batch.gathered.members.values()})

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        code, points = _asked(one.activity)
        unit = in_force.programme.unit(code)
        end = in_force.expires_at(unit.expires, batch.now, batch.now)
        if one.activity.kind == "adjustment" and points > 0:
            cause = Cause(standing.account_id, ids.new(), batch.next_seq(), batch.now)
            decision = _give(batch, cause, unit, points, end, in_force)
            return entries.enter(batch, one.activity, cause, decision)
        lots = batch.books.lots(standing.account_id, code)
        takes = ledger.take(lots, abs(points), at=batch.now, unit=code)
        cause = Cause(standing.account_id, ids.new(), batch.next_seq(), batch.now)
        kind: ledger.PostingKind = "burn" if one.activity.kind == "burn" else "adjust_down"
        taken = batch.books.debit(kind, cause, unit=code, takes=takes, at=batch.now)
        if kind == "burn" and end is not None and isinstance(unit.expires, Sliding):
            batch.books.slide(standing.account_id, code, end)
        decision = Decision(version=in_force.version, spent=(Spent(unit=code, points=taken),))
        return entries.enter(batch, one.activity, cause, decision)


def _asked(activity: Activity) -> tuple[str, int]:
    """The unit and the points of a burn or an adjustment."""
    code, points = activity.facts["unit"], activity.facts["points"]
    assert isinstance(code, str) and isinstance(points, int)
    return code, points


def _give(batch: Batch, cause: Cause, unit: Unit, points: int, end: datetime | None, in_force: Law) -> Decision:
    share = Share(rule="adjustment", points=points, exact=str(points))
    award = Award(unit=unit.code, points=points, shares=(share,), available_at=batch.now, expires_at=end)
    batch.books.credit("adjust_up", cause, unit=unit.code, points=points, available_at=batch.now, expires_at=end)
    repaid = batch.settle_debts(cause)
    return Decision(version=in_force.version, awards=(award,), repaid=repaid)
