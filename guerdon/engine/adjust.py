"""Points given and taken by hand, each with a reason and an actor, large ones by two people (LAW 6.4)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

import msgspec

from guerdon.core import activities as law
from guerdon.core import adjustments as by_hand
from guerdon.core import errors, ledger, period
from guerdon.core.activities import Activity, Member
from guerdon.core.decisions import Award, Decision, Share, Spent
from guerdon.core.law import Law
from guerdon.core.ledger import Take
from guerdon.core.standing import Standing
from guerdon.engine import claim_steps, climb, desk, earn, entries
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.desk import Result
from guerdon.features.activities import queries as activities
from guerdon.features.activities.actions import Idempotency
from guerdon.features.activities.queries import Recorded
from guerdon.features.adjustments import actions, queries
from guerdon.features.adjustments.queries import Request, State
from guerdon.features.ledger.actions import Cause
from guerdon.kit import audit, ids, store
from guerdon.kit.audit import ActorKind

ADJUSTMENT_UNKNOWN = errors.declare("unknown", "adjustment_unknown", "id")

ADJUSTMENT: Final = "adjustment"
Verdict = Literal["approval", "rejection"]
STATES: Final[dict[Verdict, State]] = {"approval": "approved", "rejection": "rejected"}
_SOURCE: Final = "adjustments"  # of verdicts; the adjustment's id is their external one, so there is one of each kind


class Actor(msgspec.Struct, frozen=True):
    """Who does it: the name that people read, and the id by which nobody is taken for somebody else."""

    name: str
    id: str
    kind: ActorKind = "operator"
    behind: str = ""  # whose key it is

    @property
    def person(self) -> str:
        """Who counts where a second person is asked: whoever made a key is no other person than the key."""
        return self.behind or self.id

    @property
    def noted(self) -> audit.Actor:
        """The same for the book of who did what."""
        return audit.Actor(self.kind, self.name if self.kind == "operator" else self.id)


class Adjustment(msgspec.Struct, frozen=True):
    """Points a person gives (+) or takes (−) by hand, with a reason; (source, external_id) names it for ever."""

    member: Member
    unit: str
    points: int
    reason: str
    actor: Actor
    source: str
    external_id: str
    note: str = ""
    idempotency: Idempotency | None = None


def adjust_many(
    *, programme_id: str, adjustments: Sequence[Adjustment], now: datetime, dry_run: bool = False
) -> list[Result]:
    """Give or take points by hand. Refuses `insufficient_points` rather than going below zero.

    What is more than one person may do is parked until `decide` is called for it.
    """
    return take_in(programme_id=programme_id, told=[told(one, now) for one in adjustments], now=now, dry_run=dry_run)


def take_in(*, programme_id: str, told: Sequence[Told], now: datetime, dry_run: bool = False) -> list[Result]:
    """Give or take points by hand, as `told` has put it."""
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=Making(), dry_run=dry_run)


def decide(
    *,
    programme_id: str,
    adjustment_id: str,
    verdict: Verdict,
    actor: Actor,
    now: datetime,
    note: str = "",
    idempotency: Idempotency | None = None,
) -> Outcome:
    """Approve or reject an adjustment that waits; the same verdict again answers what came of the first.

    Raises `adjustment_unknown`, `adjustment_decided`, `own_adjustment`; an approval also what booking refuses, and then
    it waits on.
    """
    found = activities.find(store.current(), programme_id, adjustment_id, ADJUSTMENT)
    if found is None:
        raise _unknown(adjustment_id)
    facts: dict[str, law.FactValue] = {"actor": actor.name, "actor_id": actor.person}
    activity = Activity(
        kind=verdict,
        source=_SOURCE,
        external_id=adjustment_id,
        occurred_at=now,
        member=Member(id=ids.show("member", found.account_id)),
        facts=facts | ({"note": note} if note else {}),
    )
    verdicts = [Told(activity, idempotency, person_id=found.person_id)]
    (result,) = desk.run(programme_id=programme_id, told=verdicts, now=now, clerk=_Deciding(found.account_id, actor))
    if isinstance(result, errors.Refusal):
        raise result
    return result


def _unknown(adjustment_id: str) -> errors.Refusal:
    return ADJUSTMENT_UNKNOWN(id=ids.show("adjustment", adjustment_id))


def told(one: Adjustment, now: datetime) -> Told:
    """The adjustment as a fact; what is asked stands in the facts, as the journal will keep it."""
    facts: dict[str, law.FactValue] = {
        "unit": one.unit, "points": one.points, "reason": one.reason, "actor": one.actor.name,
        "actor_id": one.actor.person,
    }  # fmt: skip
    activity = Activity(
        kind=ADJUSTMENT,
        source=one.source,
        external_id=one.external_id,
        occurred_at=now,
        member=one.member,
        facts=facts | ({"note": one.note} if one.note else {}),
    )
    # What one person may do alone stands in the journal with who did it; the desk writes down what must be asked for.
    return Told(activity, one.idempotency, deed=audit.Deed(one.actor.noted, f"{ADJUSTMENT}.asked", "", one.note))


class _Clerk(desk.Clerk):
    """What both clerks do alike."""

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        super().prepare(batch, told)
        earn.lock_rises(batch)

    def needs_active(self, activity: Activity) -> bool:
        return False  # a person may correct a blocked account, too


class Making(_Clerk):
    """The clerk for adjustments; what is asked stands in the facts, as the journal will keep it."""

    def deed(self, one: Told, outcome: Outcome) -> audit.Deed | None:
        if one.deed is None or outcome.decision.parked is None:
            return None
        return msgspec.structs.replace(one.deed, about=ids.show(ADJUSTMENT, outcome.activity_id))

    def changed(self, activity: Activity) -> tuple[object, object]:
        return None, {"state": "waiting"} | _asked(activity)

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        code, points = entries.asked(activity)
        in_force.programme.unit(code)
        ledger.check_points(points, signed=True)
        in_force.programme.adjustments.check_reason(str(activity.facts["reason"]))

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        super().prepare(batch, told)
        accounts = {row.id for row in batch.gathered.members.values()}
        self._alone: dict[queries.Alone, int] = {}
        if told and accounts:
            in_force = batch.lawbook.at(batch.now)
            self._day = period.local_day(batch.now, in_force.zone).isoformat()
            if in_force.programme.adjustments.approve_above:
                self._alone = queries.alone(batch.store, sorted(accounts), self._day)

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        code, points = entries.asked(one.activity)
        takes = _takes(batch, standing.account_id, code, points)
        name = (standing.account_id, code, str(one.activity.facts["actor_id"]))
        before = self._alone.get(name, 0)
        asked = in_force.programme.adjustments
        cause = batch.cause(standing)
        if asked.needs_second(code, points, before):
            return self._wait(batch, one.activity, cause, in_force)
        decision = _book(batch, cause, code, points, takes, in_force)
        decision = climb.by_hand(batch, standing, cause, decision, in_force, unit=code, points=points)
        if code in asked.approve_above:
            self._alone[name] = before + abs(points)
            account, unit, actor = name
            batch.keep(actions.ALONE, actions.alone_row(account, self._day, unit, actor, self._alone[name]))
        outcome = entries.enter(batch, one.activity, cause, decision)
        climb.welcome(batch, earn.rise)
        return outcome

    def _wait(self, batch: Batch, activity: Activity, cause: Cause, in_force: Law) -> Outcome:
        """Park it for a second person."""
        asked_by = str(activity.facts["actor_id"])
        request = Request(cause.account_id, cause.activity_id, cause.seq, "waiting", asked_by, batch.now)
        batch.keep(actions.REQUESTS, actions.request_row(batch.programme_id, request))
        reason = by_hand.WAITS_FOR_APPROVAL
        return entries.park(batch, activity, cause, version=in_force.version, reason=reason, waits=None)


class _Deciding(_Clerk):
    """The clerk for the second person's verdict; its external id is the adjustment's, `asked_of` whose it is.

    Nobody is merged while an adjustment waits, so what is to be booked is booked there; one decided before stays there.
    """

    def __init__(self, asked_of: str, actor: Actor) -> None:
        self._asked_of = asked_of
        self._actor = actor

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        super().prepare(batch, told)
        names = [(self._asked_of, one.activity.external_id) for one in told]
        self._requests = queries.requests(batch.store, names)
        self._facts: dict[str, Recorded] = activities.recorded(batch.store, names)
        self._claims = claim_steps.of_goodwill(batch, [one.activity for one in self._facts.values()])

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        told = one.activity
        request = self._requests.get(told.external_id)
        if request is None:
            raise by_hand.ADJUSTMENT_DECIDED(state="booked")
        if request.state != "waiting":
            raise by_hand.ADJUSTMENT_DECIDED(state=request.state)
        actor_id = str(told.facts["actor_id"])
        if actor_id == request.asked_by:
            raise by_hand.OWN_ADJUSTMENT()
        asked = self._facts[request.id].activity
        code, points = entries.asked(asked)
        approved = told.kind == "approval"
        takes = _takes(batch, standing.account_id, code, points) if approved else ()
        cause = batch.cause(standing, id=request.id)
        decision = Decision(version=in_force.version)
        if approved:
            decision = _book(batch, cause, code, points, takes, in_force)
            decision = climb.by_hand(batch, standing, cause, decision, in_force, unit=code, points=points)
        verdict: Verdict = "approval" if approved else "rejection"
        facts = _with_verdict(asked, told, verdict, request)
        # It counts from now, under the law in force now; when it was asked for stands in its facts.
        activity = msgspec.structs.replace(asked, occurred_at=batch.now, member=told.member, facts=facts)
        batch.journal.claim(law.key(told), account_id=standing.account_id, activity_id=request.id)
        entries.release(batch, activity, cause, decision)
        row = actions.verdict_row(request, STATES[verdict], by=actor_id, now=batch.now)
        batch.keep(actions.VERDICTS, row)
        self._note(batch, request, activity, STATES[verdict], str(told.facts.get("note", "")))
        claim_steps.judged(batch, self._claims, asked, told, request.id)
        climb.welcome(batch, earn.rise)
        return Outcome(activity, request.id, standing.account_id, cause.seq, batch.now, decision)

    def _note(self, batch: Batch, request: Request, activity: Activity, state: State, reason: str) -> None:
        asked = _asked(activity)
        row = audit.row(
            programme_id=batch.programme_id, actor=self._actor.noted, action=f"adjustment.{state}",
            about=ids.show("adjustment", request.id), before={"state": request.state} | asked,
            after={"state": state} | asked, reason=reason, now=batch.now,
        )  # fmt: skip
        batch.keep(audit.AUDIT, row)


def _asked(activity: Activity) -> dict[str, object]:
    """What an adjustment gives or takes, and whose: so that a line of the book can be read without the journal."""
    return {"member": activity.member.id} | {key: activity.facts[key] for key in ("unit", "points", "reason")}


def _with_verdict(asked: Activity, told: Activity, verdict: Verdict, request: Request) -> dict[str, law.FactValue]:
    """The facts of an adjustment with who decided on it, and how."""
    facts = asked.facts | {
        "asked_at": request.asked_at.isoformat(),
        "verdict": STATES[verdict],
        "decided_by": told.facts["actor"],
        "decided_by_id": told.facts["actor_id"],
    }
    return facts | ({"verdict_note": told.facts["note"]} if "note" in told.facts else {})


def _takes(batch: Batch, account_id: str, code: str, points: int) -> tuple[Take, ...]:
    """The lots from which points are taken; none where they are given. Raises `insufficient_points`."""
    if points > 0:
        return ()
    return ledger.take(batch.books.lots(account_id, code), -points, at=batch.now, unit=code)


def _book(batch: Batch, cause: Cause, code: str, points: int, takes: Sequence[Take], in_force: Law) -> Decision:
    if points < 0:
        taken = batch.books.debit("adjust_down", cause, unit=code, takes=takes, at=batch.now)
        return Decision(version=in_force.version, spent=(Spent(unit=code, points=taken),))
    end = in_force.expires_at(in_force.programme.unit(code).expires, batch.now, batch.now)
    share = Share(rule=ADJUSTMENT, points=points, exact=str(points))
    award = Award(unit=code, points=points, shares=(share,), available_at=batch.now, expires_at=end)
    batch.books.credit("adjust_up", cause, unit=code, points=points, available_at=batch.now, expires_at=end)
    repaid = batch.settle_debts(cause)
    return Decision(version=in_force.version, awards=(award,), repaid=repaid)
