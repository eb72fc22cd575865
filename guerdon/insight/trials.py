"""A sample activity decided by a law that need not be in force, for a sample or a real member; nothing is written."""

from datetime import datetime

import msgspec

from guerdon.core import activities, attribution, belonging, climbing, period, samples, silence
from guerdon.core.activities import Activity
from guerdon.core.decisions import Decision, Silent
from guerdon.core.law import Law
from guerdon.core.rates import Rates
from guerdon.core.samples import SampleMember
from guerdon.core.standing import Standing
from guerdon.features.members.queries import MemberRow
from guerdon.features.rates import queries as rates
from guerdon.features.rulebook import queries as rulebook
from guerdon.insight import catalogue
from guerdon.kit.store import Store


class Trial(msgspec.Struct, frozen=True):
    """What a law would give for the activity: the awards with what each line gets, and which rules stay silent."""

    law: Law
    decision: Decision
    silent: tuple[Silent, ...]


def of(
    at_hand: Store,
    programme_id: str,
    law: Law,
    activity: Activity,
    *,
    member: MemberRow | None = None,
    sample: SampleMember | None = None,
    now: datetime,
) -> Trial:
    """Decide the activity as if it were told now, or when it happens where that is later; read without a lock.

    Raises what recording it would raise for its kind, its facts and its money.
    """
    activities.check(activity)
    if activity.kind in (activities.RETURN, activities.REOPEN):
        raise activities.ACTIVITY_INVALID(pointer="/kind", reason="not_a_choice")
    at = activity.occurred_at
    posted_at = max(now, at)
    told = _rates(at_hand, programme_id, law, activity)
    law.check(activity, now=posted_at, rates=told)
    standing = _standing(at_hand, law, member, sample, at)
    budgets = _budgets(at_hand, programme_id, law, activity.kind)
    decision = law.decide(activity, standing, posted_at=posted_at, budgets=budgets, rates=told).decision
    if decision.parked is None:
        awards = attribution.spread(law=law, activity=activity, decision=decision)
        decision = msgspec.structs.replace(decision, awards=awards)
    seen = climbing.as_of(law.programme.tiers, law.zone, standing, at)
    seen = belonging.seen(law.programme, seen, min(at, posted_at))
    return Trial(law, decision, silence.explain(law, activity, seen, budgets=budgets, rates=told))


def _standing(
    at_hand: Store, law: Law, member: MemberRow | None, sample: SampleMember | None, at: datetime
) -> Standing:
    if member is not None:
        return catalogue.standing(at_hand, law, member, at)
    return samples.standing(sample or SampleMember(), law.programme, at)


def _budgets(at_hand: Store, programme_id: str, law: Law, kind: str) -> dict[str, int]:
    """What would be left of each budget: a rule that is new, or has a new budget, has given what it gave so far."""
    limited = {rule.key: rule.budget or 0 for rule in law.budgets(kind)}
    spent = rulebook.spent(at_hand, programme_id, sorted(limited)) if limited else {}
    return {rule: max(0, most - spent.get(rule, 0)) for rule, most in limited.items()}


def _rates(at_hand: Store, programme_id: str, law: Law, activity: Activity) -> Rates:
    if activity.currency is None or activity.currency == law.programme.currency:
        return {}
    day = period.local_day(activity.occurred_at, law.zone).isoformat()
    return rates.valid(at_hand, programme_id, [(activity.currency, day)])
