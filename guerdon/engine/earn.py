"""Activities become points: one call for one purchase, a micro-batch and an import alike (LAW 3)."""

import functools
from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import belonging, climbing, ledger, limits, period, silence
from guerdon.core.activities import Activity, Key
from guerdon.core.decisions import Decision, Ruling, Silent
from guerdon.core.law import Law
from guerdon.core.rates import Rates
from guerdon.core.standing import Standing
from guerdon.engine import climb, desk, effects, entries, give_back, paid
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.confirm import Confirmations, Release
from guerdon.engine.desk import Result
from guerdon.engine.give_back import Returns
from guerdon.engine.paid import Cards
from guerdon.features.activities.queries import Recorded
from guerdon.features.ledger.actions import Cause
from guerdon.features.rates import queries as rates
from guerdon.features.rulebook import queries as rulebook
from guerdon.kit import ids
from guerdon.kit.store import Store


def record_many(
    *, programme_id: str, told: Sequence[Told], now: datetime, enrol: bool = False, dry_run: bool = False
) -> list[Result]:
    """Record activities in one durable transaction; answers each with its outcome or its own refusal, in order.

    `enrol` makes members of unknown identifiers even where the programme does not; the rest is as in `desk.run`.
    """
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=Earning(enrol), dry_run=dry_run)


class Earning(desk.Clerk):
    """The clerk for activities."""

    def __init__(self, enrol: bool) -> None:
        self._enrol = enrol
        self._returns: Returns | None = None
        self._cards: Cards = {}
        self._rates: Rates = {}
        self._confirmations: Confirmations | None = None

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        in_force.check(activity, now=now, rates=self._rates)

    def looks_at(self, activity: Activity) -> Sequence[Key]:
        for tender in activity.tenders:
            if tender.burn is not None:
                ids.read("burn", tender.burn)  # one that is no id is refused alone
        if activity.kind in give_back.KINDS:
            return (law.returned_key(activity),)
        if activity.confirms is not None:
            return (law.confirmed_key(activity),)
        return (law.replaced_key(activity),) if activity.replaces is not None else ()

    def entries_beside(self, activity: Activity, in_force: Law) -> int:
        return sum(tender.pays_now for tender in activity.tenders)

    def beside(self, at_hand: Store, programme_id: str, told: Sequence[Told]) -> set[str]:
        self._cards = paid.cards_of(at_hand, programme_id, [one.activity for one in told])
        return {card.account_id for card in self._cards.values()}

    def enrols(self, in_force: Law) -> bool:
        return self._enrol or in_force.programme.enrol_unknown

    def needs_active(self, activity: Activity) -> bool:
        return activity.kind not in give_back.KINDS  # goods come back whether or not the member may earn

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        alive = [one.activity for one in told]
        self._confirmations = Confirmations(batch, functools.partial(confirm, batch))
        lock_budgets(batch, [*alive, *self._confirmations.prepare(alive)])
        self._rates = rates_for(batch, alive)
        returned = [law.returned_key(activity) for activity in alive if activity.kind in give_back.KINDS]
        returned += [law.replaced_key(activity) for activity in alive if activity.replaces is not None]
        arriving = [law.key(activity) for activity in alive if activity.kind == law.PURCHASE]
        self._returns = Returns(batch)
        self._returns.paid.prepare(alive, self._cards)
        self._returns.prepare(returned, arriving if batch.gathered.waiting else [])

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        assert self._returns is not None and self._confirmations is not None
        activity = one.activity
        silent: tuple[Silent, ...] = ()
        if one.explain:
            room = batch.room(in_force, activity.kind)
            seen = climbing.as_of(in_force.programme.tiers, in_force.zone, standing, activity.occurred_at)
            seen = belonging.seen(in_force.programme, seen, min(activity.occurred_at, batch.now))
            silent = silence.explain(in_force, activity, seen, budgets=room, rates=self._rates)
        if activity.kind in give_back.KINDS:
            outcome = self._returns.decide(activity, standing, in_force)
        elif activity.confirms is not None:
            outcome = self._confirmations.decide(activity, standing, in_force)
        else:
            outcome = _earn(batch, activity, standing, in_force, self._rates, self._returns)
            if activity.kind == law.PURCHASE:
                self._confirmations.release(outcome)
                outcome = self._returns.release(outcome)
        climb.welcome(batch, rise)
        return msgspec.structs.replace(outcome, silent=silent) if silent else outcome


def lock_budgets(batch: Batch, told: Sequence[Activity]) -> None:
    """Lock the budgets that some activity may draw on, after all members (one order of locks for everybody)."""
    laws: dict[tuple[int, str], Law] = {}
    for activity in told:
        in_force = batch.lawbook.at(activity.occurred_at)
        laws[in_force.version, activity.kind] = in_force
        laws[in_force.version, law.TIER_UPGRADED] = in_force  # whoever rises by it
    _lock(batch, laws, len(told))


def lock_rises(batch: Batch, facts: int | None = None) -> None:
    """Lock the budgets that whatever the house itself writes at this instant may draw on, such as rises.

    `facts` are how many there are at most, where they may be more than one of each account.
    """
    in_force = batch.lawbook.at(batch.now)
    most = len(batch.gathered.accounts) if facts is None else facts
    _lock(batch, {(in_force.version, kind): in_force for kind in law.ANSWERED}, most)


def _lock(batch: Batch, laws: dict[tuple[int, str], Law], facts: int) -> None:
    """Lock the budgets and pools of codes that so many facts may draw on, in one order for everybody."""
    rules = {rule.key for (_, kind), in_force in laws.items() for rule in in_force.budgets(kind)}
    if rules:
        # There is a row to lock for each: made when the version was published.
        batch.budgets = rulebook.lock_budgets(batch.store, batch.programme_id, sorted(rules))
    pools = {key for (_, kind), in_force in laws.items() for key in _pools(in_force, kind)}
    if pools:
        batch.issuing.take_pools(batch.store, dict.fromkeys(pools, facts))


def _pools(in_force: Law, kind: str) -> list[str]:
    """The vouchers with a pool of codes that rules give for the kind."""
    given = [key for one in in_force.by_kind.get(kind, ()) for key in one.rule.vouchers]
    return [key for key in given if in_force.programme.vouchers[key].codes == "pool"]


def rates_for(batch: Batch, told: Sequence[Activity]) -> Rates:
    """The rates told beside the file that foreign money of these days needs; home money asks for none."""
    days: set[tuple[str, str]] = set()
    for activity in told:
        in_force = batch.lawbook.at(activity.occurred_at)
        if activity.currency is not None and activity.currency != in_force.programme.currency:
            days.add((activity.currency, period.local_day(activity.occurred_at, in_force.zone).isoformat()))
    return rates.valid(batch.store, batch.programme_id, sorted(days)) if days else {}


def check(ruling: Ruling) -> None:
    """Refuse what neither a posting nor a counter can hold, before anything has been done about it."""
    for award in ruling.decision.awards:
        if award.points > limits.POINTS_MAX:
            raise ledger.AWARD_TOO_LARGE(unit=award.unit, most=limits.POINTS_MAX)
    if any(count.key == "spend" and count.add > limits.MONEY_MAX for count in ruling.counts):
        raise law.ACTIVITY_INVALID(pointer="/currency", reason="out_of_range")  # too much by its exchange rate


def _earn(
    batch: Batch, activity: Activity, standing: Standing, in_force: Law, told: Rates, returns: Returns
) -> Outcome:
    """Decide what an activity earns and carry out the effects."""
    room = batch.room(in_force, activity.kind)
    ruling = in_force.decide(activity, standing, posted_at=batch.now, budgets=room, rates=told)
    decision = ruling.decision
    check(ruling)
    returns.paid.check(activity, standing, in_force)
    activity_id = ids.new()
    if activity.replaces is not None:  # after all that can refuse it, before its points meet what it leaves
        if decision.parked is not None:
            raise law.CURRENCY_UNKNOWN(currency=str(activity.currency), known=in_force.programme.currency)
        decision = msgspec.structs.replace(decision, replaced=returns.replace(activity, activity_id, standing))
        if in_force.programme.tiers:  # a tier may have gone with what came back
            ruling = in_force.decide(activity, standing, posted_at=batch.now, budgets=room, rates=told)
            decision = msgspec.structs.replace(ruling.decision, replaced=decision.replaced)
        ruling = msgspec.structs.replace(ruling, decision=decision)
    if activity.tenders:
        activity = returns.paid.pay(activity, activity_id, standing, in_force)
    cause = batch.cause(standing, activity.occurred_at, id=activity_id)
    if decision.parked is not None:
        return entries.park(batch, activity, cause, version=decision.version, reason=decision.parked, waits=None)
    decision = carry_out(batch, activity, cause, standing, in_force, ruling)
    return entries.enter(batch, activity, cause, decision)


def confirm(
    batch: Batch, activity: Activity, standing: Standing, in_force: Law, release: Release, parked: Recorded | None
) -> Outcome:
    """A confirmation earns by the rules of its own kind, and what waited for it is released.

    One that was `parked` is entered under the id that it was given when it came. It tells no foreign money, so it never
    waits for a rate.
    """
    ruling = in_force.decide(activity, standing, posted_at=batch.now, budgets=batch.room(in_force, activity.kind))
    check(ruling)
    activity_id = ids.new() if parked is None else parked.activity_id
    cause = batch.cause(standing, activity.occurred_at, id=activity_id)
    decision = carry_out(batch, activity, cause, standing, in_force, ruling, release)
    enter = entries.enter if parked is None else entries.release
    return enter(batch, activity, cause, decision)


def rise(batch: Batch, activity: Activity, standing: Standing, in_force: Law) -> Outcome:
    """What the house lets rules answer, like a rise to a tier, earns by the rules of its own kind."""
    ruling = in_force.decide(activity, standing, posted_at=batch.now, budgets=batch.room(in_force, activity.kind))
    check(ruling)
    cause = batch.cause(standing, activity.occurred_at)
    return entries.enter(batch, activity, cause, carry_out(batch, activity, cause, standing, in_force, ruling))


def carry_out(
    batch: Batch,
    activity: Activity,
    cause: Cause,
    standing: Standing,
    in_force: Law,
    ruling: Ruling,
    release: Release | None = None,
) -> Decision:
    """Do what was decided: lots, debts, counters, budgets; points that waited for it are released, too.

    Answers the decision with those, and with what went to debt at once.
    """
    decision = ruling.decision
    for award in decision.awards:
        effects.carry_out(batch, cause, in_force, award)
    if decision.issued:
        issued = tuple([effects.carry_out(batch, cause, in_force, one) for one in decision.issued])
        decision = msgspec.structs.replace(decision, issued=issued)
    if release is not None:
        decision = msgspec.structs.replace(decision, released=release())
    repaid = batch.settle_debts(cause)
    if repaid:
        decision = msgspec.structs.replace(decision, repaid=repaid)
    batch.count(standing, ruling.counts, activity.occurred_at)
    climb.carry_out(batch, standing, cause, decision, in_force)
    batch.spend(ruling.spent)
    return decision
