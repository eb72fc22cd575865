"""Members give points to a cause, each gift once for ever (LAW 8.5)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import households, ledger
from guerdon.core.activities import Activity, Member
from guerdon.core.decisions import Decision, Spent
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.engine import desk, entries
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.caution import Caution
from guerdon.engine.desk import Result
from guerdon.features.activities.actions import Idempotency
from guerdon.features.ledger.house import cause_account
from guerdon.features.transfers import actions
from guerdon.features.transfers import queries as transfers
from guerdon.features.transfers.queries import CauseRow

KIND: Final = "donation"


class Donation(msgspec.Struct, frozen=True):
    """Points that a member gives to a cause; (source, external_id) names it for ever."""

    member: Member
    cause: str
    unit: str
    points: int
    source: str
    external_id: str
    idempotency: Idempotency | None = None


def donate_many(
    *, programme_id: str, donations: Sequence[Donation], now: datetime, dry_run: bool = False
) -> list[Result]:
    """Give points to causes, first expiring first, all or nothing each. Refuses `insufficient_points`."""
    told = [Told(_activity(one, now), one.idempotency) for one in donations]
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=_Giving(), dry_run=dry_run)


def _activity(one: Donation, now: datetime) -> Activity:
    return Activity(
        kind=KIND,
        source=one.source,
        external_id=one.external_id,
        occurred_at=now,
        member=one.member,
        facts={"unit": one.unit, "points": one.points, "cause": one.cause},
    )


class _Giving(desk.Clerk):
    """The clerk for donations."""

    def __init__(self) -> None:
        self._totals: dict[tuple[str, str], CauseRow] = {}

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        code, points, cause = _asked(activity)
        in_force.programme.cause(cause)
        if not in_force.programme.unit(code).spendable:
            raise ledger.UNIT_NOT_SPENDABLE(unit=code)
        ledger.check_points(points)

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        """Read the lots, and lock the totals of the causes after all members (one order of locks for everybody)."""
        super().prepare(batch, told)
        causes = sorted({_asked(one.activity)[2] for one in told})
        if causes:
            self._totals = transfers.lock_causes(batch.store, batch.programme_id, causes)
        self._caution = Caution(batch)

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        code, points, key = _asked(one.activity)
        households.check_spending(in_force.programme.sharing, standing.role)
        self._caution.giving(standing)
        takes = ledger.take(batch.books.lots(standing.account_id, code), points, at=batch.now, unit=code)
        cause = batch.cause(standing)
        to = cause_account(batch.programme_id, key)
        batch.books.debit("donate", cause, unit=code, takes=takes, at=batch.now, to=to)
        before = self._totals[key, code]  # there is a row for each: made when the version was published
        after = CauseRow(key, code, before.points + points, before.donations + 1)
        self._totals[key, code] = after
        batch.keep(actions.CAUSES, actions.cause_row(batch.programme_id, after))
        decision = Decision(version=in_force.version, spent=(Spent(unit=code, points=points),))
        return entries.enter(batch, one.activity, cause, decision)


def _asked(activity: Activity) -> tuple[str, int, str]:
    """The unit, the points and the cause of a donation."""
    code, points, cause = (activity.facts[name] for name in ("unit", "points", "cause"))
    assert isinstance(code, str) and isinstance(points, int) and isinstance(cause, str)
    return code, points, cause
