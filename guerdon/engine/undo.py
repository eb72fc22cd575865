"""The last thing at a till is undone: a purchase comes back whole, a redemption and a burn are cancelled."""

from datetime import datetime, timedelta

from guerdon.core import activities as law
from guerdon.core import errors, limits, till_names
from guerdon.core.activities import Activity, Key, Member, Reference
from guerdon.core.redemptions import KINDS
from guerdon.core.redemptions import SOURCE as SOURCE_OF_DEEDS
from guerdon.engine import cancel, earn, redemptions
from guerdon.engine.batch import Told
from guerdon.engine.desk import Result
from guerdon.features.activities import queries as activities
from guerdon.features.activities.actions import Idempotency
from guerdon.features.activities.queries import Recorded
from guerdon.features.redemptions import queries
from guerdon.kit import ids, store
from guerdon.kit.audit import Actor, Deed

UNDO_TOO_LATE = errors.declare("spent", "undo_too_late", "minutes")
NOT_UNDONE = errors.declare("invalid", "not_undone", "kind")

SOURCE = till_names.UNDO
UNDONE = (law.PURCHASE, "burn", "capture", "redemption")


def undo(
    *,
    programme_id: str,
    activity_id: str,
    now: datetime,
    by: Actor,
    reason: str = "",
    idempotency: Idempotency | None = None,
    dry_run: bool = False,
) -> Result:
    """Undo one entry of the journal, whole and once; told again it answers the same. The book says who did it and why.

    What was done longer ago is no slip of a till any more, and comes back by a return or a cancellation. Raises
    `activity_unknown`, `not_undone`, `undo_too_late`.
    """
    found = activities.one(store.current(), programme_id, activity_id)
    if found.activity.kind not in UNDONE:
        raise NOT_UNDONE(kind=found.activity.kind)
    late = now > found.recorded_at + timedelta(minutes=limits.UNDO_MINUTES_MAX)
    if late and not activities.owners(store.current(), programme_id, [_key(found)]):  # what was undone in time is known
        raise UNDO_TOO_LATE(minutes=limits.UNDO_MINUTES_MAX)
    if found.activity.kind == law.PURCHASE:
        deed = Deed(by, "purchase.undo", ids.show("activity", activity_id), reason)
        told = Told(_return(found, now), idempotency, person_id=found.person_id, deed=deed)
        return earn.record_many(programme_id=programme_id, told=[told], now=now, dry_run=dry_run)[0]
    if found.activity.kind == "redemption":
        one = queries.one(store.current(), programme_id, activity_id)
        return redemptions.settle_many(
            programme_id=programme_id, found=[one], deed="cancel", now=now, by=by, reason=reason,
            idempotency=idempotency, dry_run=dry_run,
        )[0]  # fmt: skip
    name = ids.show("burn", found.activity_id)
    wanted = cancel.Cancellation(found, by, source=SOURCE, external_id=name, idempotency=idempotency, reason=reason)
    return cancel.cancel_many(programme_id=programme_id, cancellations=[wanted], now=now, dry_run=dry_run)[0]


def _key(found: Recorded) -> Key:
    """The natural key of what undoes an entry."""
    if found.activity.kind == law.PURCHASE:
        return (SOURCE, law.RETURN, ids.show("activity", found.activity_id))
    if found.activity.kind == "redemption":
        return (SOURCE_OF_DEEDS, KINDS["cancel"], ids.show("redemption", found.activity_id))
    return (SOURCE, "burn_cancel", ids.show("burn", found.activity_id))


def _return(bought: Recorded, now: datetime) -> Activity:
    """The return of all of a purchase, named by it."""
    fact = bought.activity
    return Activity(
        kind=law.RETURN,
        source=SOURCE,
        external_id=ids.show("activity", bought.activity_id),
        occurred_at=max(now, fact.occurred_at),
        member=Member(id=ids.show("member", bought.account_id)),
        returns=Reference(external_id=fact.external_id, source=fact.source),
    )
