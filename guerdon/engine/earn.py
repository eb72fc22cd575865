"""Activities become points: one call for one purchase, a micro-batch and an import alike (LAW 3)."""

import functools
from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import ledger, limits, silence
from guerdon.core.activities import Activity, Key
from guerdon.core.decisions import Ruling, Silent
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.engine import desk, effects, entries
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.confirm import Confirmations, Release
from guerdon.engine.desk import Result
from guerdon.engine.give_back import Returns
from guerdon.features.activities.queries import Recorded
from guerdon.features.ledger.actions import Cause
from guerdon.features.rulebook import queries as rulebook
from guerdon.kit import ids


def record_many(
    *, programme_id: str, told: Sequence[Told], now: datetime, enrol: bool = False, dry_run: bool = False
) -> list[Result]:
    """Record activities in one durable transaction; answers each with its outcome or its own refusal, in order.

    `enrol` makes members of unknown identifiers even where the programme does not; the rest is as in `desk.run`.
    """
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=_Earning(enrol), dry_run=dry_run)


class _Earning:
    """The clerk for activities."""

    def __init__(self, enrol: bool) -> None:
        self._enrol = enrol
        self._returns: Returns | None = None
        self._confirmations: Confirmations | None = None

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        in_force.check(activity, now=now)

    def looks_at(self, activity: Activity) -> Sequence[Key]:
        if activity.kind == law.RETURN:
            return (law.returned_key(activity),)
        return (law.confirmed_key(activity),) if activity.confirms is not None else ()

    def enrols(self, in_force: Law) -> bool:
        return self._enrol or in_force.programme.enrol_unknown

    def needs_active(self, activity: Activity) -> bool:
        return activity.kind != law.RETURN  # goods come back whether or not the member may earn

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        alive = [one.activity for one in told]
        self._confirmations = Confirmations(batch, functools.partial(_earn, batch))
        _lock_budgets(batch, [*alive, *self._confirmations.prepare(alive)])
        returned = [law.returned_key(activity) for activity in alive if activity.kind == law.RETURN]
        arriving = [law.key(activity) for activity in alive if activity.kind == law.PURCHASE]
        self._returns = Returns(batch)
        self._returns.prepare(returned, arriving if batch.gathered.waiting else [])

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        assert self._returns is not None and self._confirmations is not None
        activity = one.activity
        silent: tuple[Silent, ...] = ()
        if one.explain:
            room = batch.room(in_force, activity.kind)
            silent = silence.explain(in_force, activity, standing, budgets=room)
        if activity.kind == law.RETURN:
            outcome = self._returns.decide(activity, standing, in_force)
        elif activity.confirms is not None:
            outcome = self._confirmations.decide(activity, standing, in_force)
        else:
            outcome = _earn(batch, activity, standing, in_force)
            if activity.kind == law.PURCHASE:
                self._confirmations.release(outcome)
                self._returns.release(outcome)
        return msgspec.structs.replace(outcome, silent=silent) if silent else outcome


def _lock_budgets(batch: Batch, told: Sequence[Activity]) -> None:
    """Lock the budgets that some activity may draw on, after all members (one order of locks for everybody)."""
    laws: dict[tuple[int, str], Law] = {}
    for activity in told:
        in_force = batch.lawbook.at(activity.occurred_at)
        laws[in_force.version, activity.kind] = in_force
    rules = {rule.key for (_, kind), in_force in laws.items() for rule in in_force.budgets(kind)}
    if rules:
        # There is a row to lock for each: made when the version was published.
        batch.budgets = rulebook.lock_budgets(batch.store, batch.programme_id, sorted(rules))


def _check(ruling: Ruling) -> None:
    """Refuse what neither a posting nor a counter can hold, before anything has been done about it."""
    for award in ruling.decision.awards:
        if award.points > limits.POINTS_MAX:
            raise ledger.AWARD_TOO_LARGE(unit=award.unit, most=limits.POINTS_MAX)
    if any(count.key == "spend" and count.add > limits.MONEY_MAX for count in ruling.counts):
        raise law.ACTIVITY_INVALID(pointer="/currency", reason="out_of_range")  # too much by its exchange rate


def _earn(
    batch: Batch,
    activity: Activity,
    standing: Standing,
    in_force: Law,
    release: Release | None = None,
    parked: Recorded | None = None,
) -> Outcome:
    """Decide what an activity earns and carry out the effects; points that waited for it are released, too.

    One that was `parked` is entered under the id that it was given when it came.
    """
    ruling = in_force.decide(activity, standing, posted_at=batch.now, budgets=batch.room(in_force, activity.kind))
    decision = ruling.decision
    _check(ruling)
    activity_id = ids.new() if parked is None else parked.activity_id
    cause = Cause(standing.account_id, activity_id, batch.next_seq(), activity.occurred_at)
    if decision.parked is not None:
        return entries.park(batch, activity, cause, version=decision.version, reason=decision.parked, waits=None)
    for award in decision.awards:
        effects.carry_out(batch.books, cause, in_force, award)
    if release is not None:
        decision = msgspec.structs.replace(decision, released=release())
    repaid = batch.settle_debts(cause)
    if repaid:
        decision = msgspec.structs.replace(decision, repaid=repaid)
    batch.count(standing, ruling.counts, activity.occurred_at)
    batch.spend(ruling.spent)
    return entries.enter(batch, activity, cause, decision, known=parked is not None)
