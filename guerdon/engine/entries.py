"""Entries of the journal: a fact with its decision, a fact that waits, and what time alone has done to an account."""

import msgspec

from guerdon.core import activities as law
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.decisions import Decision
from guerdon.engine.batch import Batch, Outcome
from guerdon.features.ledger.actions import Cause
from guerdon.kit import clock, ids


def enter(batch: Batch, activity: Activity, cause: Cause, decision: Decision) -> Outcome:
    """Enter a new fact with its decision into the journal and the outbox."""
    account_id, activity_id, seq = cause.account_id, cause.activity_id, cause.seq
    if batch.greet(account_id):
        decision = msgspec.structs.replace(decision, enrolled=True)
    batch.journal.claim(law.key(activity), account_id=account_id, activity_id=activity_id)
    batch.journal.record(activity, decision, account_id=account_id, activity_id=activity_id, seq=seq)
    batch.tell("activity.recorded", account_id=account_id, subject_id=activity_id, seq=seq)
    return Outcome(activity, activity_id, account_id, seq, batch.now, decision)


def park(batch: Batch, activity: Activity, cause: Cause, *, version: int, reason: str, waits: Key | None) -> Outcome:
    """Keep a fact that waits for another one; its natural key is taken all the same."""
    account_id, activity_id, seq = cause.account_id, cause.activity_id, cause.seq
    batch.greet(account_id)  # it keeps no decision that could say so
    batch.journal.claim(law.key(activity), account_id=account_id, activity_id=activity_id)
    batch.journal.park(activity, account_id=account_id, activity_id=activity_id, seq=seq, reason=reason, waits=waits)
    batch.tell("activity.parked", account_id=account_id, subject_id=activity_id, seq=seq)
    decision = Decision(version=version, parked=reason)
    return Outcome(activity, activity_id, account_id, seq, batch.now, decision)


def release(batch: Batch, activity: Activity, cause: Cause, decision: Decision) -> Outcome:
    """Enter a fact that waited, under the id and the natural key it has had since it came."""
    account_id, activity_id, seq = cause.account_id, cause.activity_id, cause.seq
    batch.journal.release(account_id=account_id, activity_id=activity_id)
    batch.journal.record(activity, decision, account_id=account_id, activity_id=activity_id, seq=seq)
    batch.tell("activity.recorded", account_id=account_id, subject_id=activity_id, seq=seq)
    return Outcome(activity, activity_id, account_id, seq, batch.now, decision)


def enter_due(batch: Batch, cause: Cause, kind: str, decision: Decision) -> None:
    """Enter what time has done; its natural key is the account and the instant."""
    assert kind in law.LEDGER_KINDS
    activity = Activity(
        kind=kind,
        source="night",
        external_id=f"{cause.account_id}:{clock.micros(batch.now)}",
        occurred_at=batch.now,
        member=Member(id=ids.show("member", cause.account_id)),
        facts={"as_of": batch.now.isoformat()},
    )
    enter(batch, activity, cause, decision)


def repay_vested(batch: Batch, account_id: str) -> dict[str, int]:
    """Book what vested into a debt since the account was last touched, so that no answer waits for the night (LAW 4.3).

    The account's lots must be in the batch's hands. Answers the points by unit.
    """
    if account_id not in batch.owing or not batch.books.vested(account_id):
        return {}
    cause = Cause(account_id, ids.new(), batch.next_seq(), batch.now)
    repaid = batch.books.repay_vested(cause)
    version = batch.lawbook.at(batch.now).version
    enter_due(batch, cause, "repayment", Decision(version=version, repaid=repaid))
    return repaid
