"""A claim is granted: by the purchase that was missing, or by points of goodwill, in one transaction with its step."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.core import claims as law
from guerdon.core import ledger
from guerdon.core.activities import Activity, Member
from guerdon.core.claims import Claim
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.engine import adjust, claim_steps, desk, earn
from guerdon.engine.adjust import Actor, Adjustment
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.features.activities.actions import Idempotency
from guerdon.features.claims import queries
from guerdon.kit import ids, store


class Granting(msgspec.Struct, frozen=True):
    """Who grants which claim, and why."""

    programme_id: str
    claim_id: str
    actor: Actor
    now: datetime
    reason: str = ""
    idempotency: Idempotency | None = None


class Granted(msgspec.Struct, frozen=True):
    """A claim, and the entry by which it was granted; while that waits for a second person, so does the claim."""

    claim: Claim
    outcome: Outcome


def by_purchase(granting: Granting, purchase: Activity) -> Granted:
    """Record the purchase that is missing, under its own natural key: what is known already is given to nobody twice.

    Raises `claim_unknown`, `claim_state`, `purchase_known`, and what recording refuses.
    """
    claim = _claim(granting)
    activity = msgspec.structs.replace(purchase, member=_member(claim))
    return _run(granting, Told(activity, granting.idempotency), _Earning(granting))


def by_goodwill(granting: Granting, *, unit: str, points: int) -> Granted:
    """Give points by hand, as far as the actor may; what is more waits for a second person, and the claim with it.

    Raises `claim_unknown`, `claim_state`, and what an adjustment refuses.
    """
    ledger.check_points(points)
    claim = _claim(granting)
    asked = Adjustment(
        member=_member(claim),
        unit=unit,
        points=points,
        reason=granting.reason,
        actor=granting.actor,
        source=law.SOURCE,
        external_id=law.goodwill(claim),
        idempotency=granting.idempotency,
    )
    return _run(granting, adjust.told(asked, granting.now), _Giving(granting))


def _claim(granting: Granting) -> Claim:
    return queries.one(store.current(), granting.programme_id, granting.claim_id)


def _member(claim: Claim) -> Member:
    return Member(id=ids.show("member", claim.account_id))


class _Tied(desk.Clerk):
    """What both clerks do alike: the claim is locked after everybody else, and takes its step with the entry."""

    def __init__(self, granting: Granting) -> None:
        self._granting = granting

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        super().prepare(batch, told)
        self._claim = queries.lock(batch.store, batch.programme_id, self._granting.claim_id)

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        law.check_lawful(self._claim, "grant")
        outcome = super().decide(batch, one, standing, in_force)
        actor = self._granting.actor
        claim_steps.keep(
            batch,
            self._claim,
            "grant" if outcome.decision.parked is None else "request",
            actor=actor.name,
            actor_id=actor.person,
            reason=self._granting.reason,
            entry_id=outcome.activity_id,
        )
        return outcome


class _Earning(_Tied, earn.Earning):
    """The clerk for the purchase that is missing."""

    def __init__(self, granting: Granting) -> None:
        _Tied.__init__(self, granting)
        earn.Earning.__init__(self, enrol=False)


class _Giving(_Tied, adjust.Making):
    """The clerk for goodwill."""


def _run(granting: Granting, told: Told, clerk: _Tied) -> Granted:
    (result,) = desk.run(programme_id=granting.programme_id, told=[told], now=granting.now, clerk=clerk)
    if isinstance(result, Refusal):
        raise result
    claim = _claim(granting)
    if result.replayed and not _told_again(granting, claim, result):
        if claim.entry_id == result.activity_id or result.activity.source == law.SOURCE:
            raise law.CLAIM_STATE(state=claim.state)  # somebody else was first, or gave something else
        whose = result.activity.member.id or ids.show("member", result.account_id)
        raise law.PURCHASE_KNOWN(fact=ids.show("activity", result.activity_id), member=whose)
    return Granted(claim, result)


def _told_again(granting: Granting, claim: Claim, result: Outcome) -> bool:
    """Whether this very grant was made before, by the same person and alike."""
    if claim.entry_id != result.activity_id or result.differs:
        return False
    steps = queries.steps(store.current(), [claim])[claim.id]
    return any(one.entry_id == result.activity_id and one.actor_id == granting.actor.person for one in steps)
