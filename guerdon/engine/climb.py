"""Tiers as facts change them: what is counted, the steps, the entry of each rise, what is due by itself (LAW 7)."""

from collections.abc import Callable
from typing import Final

import msgspec

from guerdon.core import activities as law
from guerdon.core import climbing, period, tiers
from guerdon.core.activities import Activity, Member
from guerdon.core.decisions import Decision
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.engine import entries
from guerdon.engine.batch import Batch
from guerdon.features.ledger.actions import Cause
from guerdon.kit import ids

SOURCE: Final = "tiers"
Enter = Callable[[Batch, Activity, Standing, Law], object]


def carry_out(batch: Batch, standing: Standing, cause: Cause, decision: Decision, in_force: Law) -> None:
    """Count what a decision adds to ladders and enter its steps; who rose by it is welcomed by `welcome`."""
    if not decision.moves and not decision.tiers:
        return
    standing.climb(decision.moves, decision.tiers)
    batch.ascents.count(standing.account_id, decision.moves)
    batch.ascents.climb(standing.account_id, decision.tiers, seq=cause.seq, version=in_force.version)
    for step in decision.tiers:
        batch.tell("tier.changed", account_id=standing.account_id, subject_id=cause.activity_id, seq=cause.seq)
        if step.cause == "upgrade":
            batch.rose.append((standing, cause.effective_at, step))


def by_hand(
    batch: Batch, standing: Standing, cause: Cause, decision: Decision, in_force: Law, *, unit: str, points: int
) -> Decision:
    """Count points given or taken by hand on the day that they are; answers the decision with what they do to tiers."""
    day = period.local_day(cause.effective_at, in_force.zone)
    moves = climbing.given_back(in_force.measures, day, 0, {unit: points})
    if not moves:
        return decision
    steps = climbing.returned(in_force.programme.tiers, in_force.zone, standing, moves, cause.effective_at)
    decision = msgspec.structs.replace(decision, moves=moves, tiers=steps)
    carry_out(batch, standing, cause, decision, in_force)
    return decision


def welcome(batch: Batch, enter: Enter) -> None:
    """Enter every rise, with `enter`, as a fact of its own that rules can answer, once for a level and period.

    Its natural key says so for ever, whatever else fails (LAW 2.1). It is no part of the order, so no return of it
    takes back what it gave (LAW 4.5).
    """
    while batch.rose:
        standing, at, step = batch.rose.pop(0)
        in_force = batch.lawbook.at(at)
        period = tiers.bonus_period(standing.steps[step.ladder], step)
        if period is None:
            continue
        assert step.level is not None
        account = standing.account_id
        activity = Activity(
            kind=law.TIER_UPGRADED,
            source=SOURCE,
            external_id=f"{account}:{step.ladder}:{step.level}:{period}",
            occurred_at=at,
            member=Member(id=ids.show("member", standing.who)),
            facts={"ladder": step.ladder, "tier": step.level},
        )
        enter(batch, activity, standing, in_force)


def review(batch: Batch, account_id: str) -> Decision | None:
    """Book what is due on the account's ladders, and what new thresholds lift, as an entry of its own.

    None where nothing is. Rises are left to `welcome`.
    """
    if not any(row.id == account_id for row in batch.gathered.members.values()):
        return None  # it leads to another account since it was found to be due
    standing = batch.standing_of(account_id)
    in_force = batch.lawbook.at(batch.now)
    ladders = {ladder.key for ladder in in_force.programme.tiers}
    for key, steps in standing.steps.items():
        if key in ladders:
            batch.ascents.resume(account_id, steps[-1])
        else:
            batch.ascents.idle(account_id, steps[-1])
    due = climbing.reviewed(in_force.programme.tiers, in_force.zone, standing, batch.now)
    if not due:
        return None
    cause = Cause(account_id, ids.new(), batch.next_seq(), batch.now)
    decision = Decision(version=in_force.version, tiers=due)
    carry_out(batch, standing, cause, decision, in_force)
    entries.enter_due(batch, cause, law.TIER_REVIEW, decision)
    return decision
