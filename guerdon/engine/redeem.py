"""Points leave by the member's wish: burns, each once for ever (LAW 5.2)."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.core import households, ledger
from guerdon.core.activities import Activity, Member
from guerdon.core.decisions import Decision, Spent
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.engine import desk, effects, entries
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.caution import Caution
from guerdon.engine.desk import Result
from guerdon.features.activities.actions import Idempotency


class Burn(msgspec.Struct, frozen=True):
    """Points a member exchanges for value; (source, external_id) names it for ever."""

    member: Member
    unit: str
    points: int
    source: str
    external_id: str
    idempotency: Idempotency | None = None


def burn_many(
    *, programme_id: str, burns: Sequence[Burn], now: datetime, dry_run: bool = False, of_cards: bool = False
) -> list[Result]:
    """Take points from members, first expiring first, all or nothing each. Refuses `insufficient_points`.

    `of_cards` says that they are those of gift cards, to which only codes lead.
    """
    told = [_told(burn, now) for burn in burns]
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=_Burning(of_cards), dry_run=dry_run)


def _told(burn: Burn, now: datetime) -> Told:
    activity = Activity(
        kind="burn",
        source=burn.source,
        external_id=burn.external_id,
        occurred_at=now,
        member=burn.member,
        facts={"unit": burn.unit, "points": burn.points},
    )
    return Told(activity, burn.idempotency)


class _Burning(desk.Clerk):
    """The clerk for burns; what is asked stands in the facts, as the journal will keep it."""

    def __init__(self, of_cards: bool = False) -> None:
        self._of_cards = of_cards

    def takes_cards(self, activity: Activity) -> bool:
        return self._of_cards

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        code, points = entries.asked(activity)
        unit = in_force.programme.unit(code)
        if not unit.spendable:
            raise ledger.UNIT_NOT_SPENDABLE(unit=unit.code)
        ledger.check_points(points)

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        """Read the lots, and who must wait."""
        super().prepare(batch, told)
        self._caution = Caution(batch)

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        households.check_spending(in_force.programme.sharing, standing.role)
        code, points = entries.asked(one.activity)
        self._caution.spending(standing, {code: points})
        return burn(batch, one.activity, standing, in_force)


def burn(batch: Batch, activity: Activity, standing: Standing, in_force: Law) -> Outcome:
    """Take the points that the fact says, and enter it. Raises `insufficient_points`."""
    code, points = entries.asked(activity)
    takes = ledger.take(batch.books.lots(standing.account_id, code), points, at=batch.now, unit=code)
    cause = batch.cause(standing)
    taken = batch.books.debit("burn", cause, unit=code, takes=takes, at=batch.now)
    effects.slide(batch.books, cause, in_force, code)
    decision = Decision(version=in_force.version, spent=(Spent(unit=code, points=taken),))
    return entries.enter(batch, activity, cause, decision)
