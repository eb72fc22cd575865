"""Tiers given by hand: matched, by invitation or otherwise, each with its end, an actor and a reason (LAW 7.6)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

import msgspec

from guerdon.core import activities as law
from guerdon.core import climbing, errors, limits, period
from guerdon.core.activities import Activity, Member
from guerdon.core.decisions import Decision
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.core.tiers import GRANT_INVALID, GrantKind
from guerdon.engine import desk, entries
from guerdon.engine.adjust import Actor
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.desk import Result
from guerdon.features.activities.actions import Idempotency
from guerdon.features.tiers import actions

GRANT_UNKNOWN = errors.declare("unknown", "grant_unknown", "id")
KIND: Final = law.TIER_GRANT


class Granting(msgspec.Struct, frozen=True):
    """A tier for a member until the end of a local day; (source, external_id) names it for ever."""

    member: Member
    tier: str
    kind: GrantKind
    last_day: date
    reason: str
    actor: Actor
    source: str
    external_id: str
    idempotency: Idempotency | None = None


def grant_many(*, programme_id: str, grants: Sequence[Granting], now: datetime, dry_run: bool = False) -> list[Result]:
    """Give tiers by hand, from now until the end of the last day; what is earned meanwhile counts beside them.

    Refuses `tier_unknown`, and `grant_invalid` for a day that is over or an invitation to a tier that is earned.
    """
    told = [Told(_fact(one, now), one.idempotency) for one in grants]
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=_Granting(), dry_run=dry_run)


def _fact(one: Granting, now: datetime) -> Activity:
    facts: dict[str, law.FactValue] = {
        "tier": one.tier, "kind": one.kind, "last_day": one.last_day.isoformat(), "reason": one.reason,
        "actor": one.actor.name, "actor_id": one.actor.id,
    }  # fmt: skip
    return Activity(
        kind=KIND, source=one.source, external_id=one.external_id, occurred_at=now, member=one.member, facts=facts
    )


def check(activity: Activity, in_force: Law, now: datetime) -> None:
    """Refuse a grant that cannot be. Raises `tier_unknown`, `grant_invalid`."""
    tier, kind = str(activity.facts["tier"]), activity.facts["kind"]
    ladder = in_force.programme.ladder_of(tier)
    invited = ladder.levels[ladder.place(tier)].invitation_only
    if invited is not (kind == "invitation"):
        raise GRANT_INVALID(pointer="/kind", reason="only_by_invitation" if invited else "not_by_invitation")
    if not str(activity.facts["reason"]).strip():
        raise GRANT_INVALID(pointer="/reason", reason="missing")
    if _last_day(activity).year > limits.YEAR_MAX:
        raise GRANT_INVALID(pointer="/last_day", reason="year_far_off")
    if _last_day(activity) < period.local_day(now, in_force.zone):
        raise GRANT_INVALID(pointer="/last_day", reason="over")


class _Granting(desk.Clerk):
    """The clerk for grants."""

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        check(activity, in_force, now)

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        grant = climbing.granted(in_force.programme, one.activity)
        cause = batch.cause(standing)
        standing.grants.append(grant)
        row = actions.grant_row(cause.account_id, cause.activity_id, batch.programme_id, grant, seq=cause.seq)
        batch.keep(actions.GRANTS, row)
        batch.tell("tier.changed", account_id=cause.account_id, subject_id=cause.activity_id, seq=cause.seq)
        return entries.enter(batch, one.activity, cause, Decision(version=in_force.version))


def _last_day(activity: Activity) -> date:
    return date.fromisoformat(str(activity.facts["last_day"]))
