"""Steps of claims that another fact takes with it: what is granted, and what a second person says to it."""

from collections.abc import Iterable
from datetime import datetime

from guerdon.core import claims as law
from guerdon.core.activities import Activity
from guerdon.core.claims import Claim, Deed, Step
from guerdon.engine.batch import Batch
from guerdon.features.claims import actions, queries
from guerdon.kit import ids


def made(
    claim: Claim,
    deed: Deed,
    *,
    actor: str,
    actor_id: str,
    at: datetime,
    reason: str = "",
    entry_id: str | None = None,
) -> tuple[Claim, Step]:
    """The claim after a deed, and the step that says so. Raises `claim_state` and `claim_over`."""
    after = law.step(claim, deed, at=at, entry_id=entry_id)
    step = Step(
        ids.new(), claim.account_id, claim.id, after.steps, deed, after.state, at, actor, actor_id, reason, entry_id
    )  # fmt: skip
    return after, step


def keep(batch: Batch, claim: Claim, deed: Deed, *, actor: str, actor_id: str, reason: str, entry_id: str) -> Claim:
    """Take a step with the batch: written with the entry, or not at all."""
    after, step = made(
        claim, deed, actor=actor, actor_id=actor_id, at=batch.now, reason=reason, entry_id=entry_id
    )  # fmt: skip
    batch.keep(actions.MOVES, actions.move_row(after))
    batch.keep(actions.STEPS, actions.step_row(after, step))
    batch.tell("claim.changed", account_id=claim.account_id, subject_id=step.id, seq=0)
    return after


def of_goodwill(batch: Batch, asked: Iterable[Activity]) -> dict[str, Claim]:
    """The claims for which these points were asked, locked, by id; who asked for no claim costs no statement."""
    names = [law.goodwill_for(one.external_id) for one in asked if one.source == law.SOURCE]
    return queries.lock_many(batch.store, batch.programme_id, names)


def judged(batch: Batch, claims: dict[str, Claim], asked: Activity, verdict: Activity, entry_id: str) -> None:
    """Settle the claim for which the points were asked as the second person has said, or hand it back to us."""
    claim = claims.get(law.goodwill_for(asked.external_id)) if asked.source == law.SOURCE else None
    if claim is None or claim.entry_id != entry_id:
        return
    deed: Deed = "approve" if verdict.kind == "approval" else "reject"
    actor, actor_id = str(verdict.facts["actor"]), str(verdict.facts["actor_id"])
    note = str(verdict.facts.get("note", ""))
    claims[claim.id] = keep(batch, claim, deed, actor=actor, actor_id=actor_id, reason=note, entry_id=entry_id)
