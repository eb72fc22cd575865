"""Entries of the journal: a fact with its decision, a fact that waits, and what time alone has done to an account."""

import msgspec

from guerdon.core import activities as law
from guerdon.core import due
from guerdon.core import holds as holds_law
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.decisions import Decision
from guerdon.core.due import Due
from guerdon.core.holds import Hold
from guerdon.engine.batch import Batch, Outcome
from guerdon.features.ledger.actions import Cause
from guerdon.features.ledger.lots import Purse
from guerdon.kit import ids


def enter(batch: Batch, activity: Activity, cause: Cause, decision: Decision) -> Outcome:
    """Enter a new fact with its decision into the journal and the outbox."""
    account_id, activity_id, seq = cause.account_id, cause.activity_id, cause.seq
    if batch.greet(account_id):
        decision = msgspec.structs.replace(decision, enrolled=True)
    batch.journal.claim(law.key(activity), account_id=account_id, activity_id=activity_id)
    batch.journal.record(activity, decision, account_id=account_id, activity_id=activity_id, seq=seq)
    batch.tell("activity.recorded", account_id=account_id, subject_id=activity_id, seq=seq)
    return Outcome(activity, activity_id, account_id, seq, batch.now, decision)


def asked(activity: Activity) -> tuple[str, int]:
    """The unit and the points that a fact of ours is about, as they stand in it."""
    code, points = activity.facts["unit"], activity.facts["points"]
    assert isinstance(code, str) and isinstance(points, int)
    return code, points


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
    """Enter what time has done; its natural key is the entry itself, as one instant may do several things."""
    assert kind in law.LEDGER_KINDS
    activity = Activity(
        kind=kind,
        source="night",
        external_id=cause.activity_id,
        occurred_at=batch.now,
        member=Member(id=ids.show("member", cause.account_id)),
        facts={"as_of": batch.now.isoformat()},
    )
    enter(batch, activity, cause, decision)


def settle(batch: Batch, account_id: str) -> Decision | None:
    """Book what time has done to the account since it was last touched, so that no answer waits for the night.

    Holds whose time to live ended are over, and what was in lots that have ended expires at once; what became available
    repays debt (LAW 4.3, 5.4). Points that merely expired are nobody's any more, and are left to the night. The
    account's lots and holds must be in the batch's hands. None where nothing was to be done.
    """
    holds = batch.holds.open_of(account_id)
    ended = [hold for hold in holds if hold.ends_at <= batch.now]
    if not ended and account_id not in batch.owing:
        return None
    done = {purse.unit: _due(batch, purse, holds, all_of_it=bool(ended)) for purse in batch.books.purses_of(account_id)}
    if not any(done.values()):
        return None
    cause = Cause(account_id, ids.new(), batch.next_seq(), batch.now)
    repaid, expired, cancelled = dict[str, int](), dict[str, int](), dict[str, int]()
    for unit, found in done.items():
        booked = batch.books.settle(cause, unit, found) if found else {}
        cancelled |= {unit: booked["cancel"]} if "cancel" in booked else {}
        repaid |= {unit: booked["repay"]} if "repay" in booked else {}
        expired |= {unit: booked["expire"]} if "expire" in booked else {}
    for hold in ended:
        over = holds_law.expire(hold)
        batch.holds.step("hold_end", over, activity_id=cause.activity_id, seq=cause.seq, at=hold.ends_at)
    version = batch.lawbook.at(batch.now).version
    decision = Decision(version=version, repaid=repaid, expired=expired, cancelled=cancelled)
    enter_due(batch, cause, "hold_end" if ended else "repayment", decision)
    return decision


def _due(batch: Batch, purse: Purse, holds: list[Hold], *, all_of_it: bool) -> list[Due]:
    mine = [hold for hold in holds if hold.unit == purse.unit]
    found = due.due(batch.books.lots(purse.account_id, purse.unit), purse.debt, mine, at=batch.now)
    return found if all_of_it else [one for one in found if one.kind == "repay"]
