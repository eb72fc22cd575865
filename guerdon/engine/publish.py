"""Putting a programme version into force, with everything the ledger and the rulebook must know of it."""

from datetime import datetime

from guerdon.core.programme import Programme
from guerdon.features.draws import actions as draws
from guerdon.features.ledger import actions as ledger
from guerdon.features.programmes import actions as programmes
from guerdon.features.programmes import queries
from guerdon.features.programmes.queries import VersionRow
from guerdon.features.rewards import actions as rewards
from guerdon.features.rulebook import actions as rulebook
from guerdon.features.transfers import actions as transfers
from guerdon.kit import audit, store
from guerdon.kit.store import Store


def publish(
    *, programme: Programme, source: str, effective_at: datetime, now: datetime, by: str, sandbox: bool = False
) -> VersionRow:
    """Found the programme where it is new, and store its next version, in one transaction.

    Publishing what is already in force changes nothing. Raises the refusals of `programmes.actions.publish`.
    """

    def write(at_hand: Store) -> VersionRow:
        row = programmes.found(at_hand, programme.key, now=now, sandbox=sandbox)
        actor = audit.Actor("operator", by)
        return put_in_force(at_hand, row.id, programme, source, effective_at=effective_at, now=now, by=by, actor=actor)

    return store.committed(write)


def put_in_force(
    at_hand: Store,
    programme_id: str,
    programme: Programme,
    source: str,
    *,
    effective_at: datetime,
    now: datetime,
    by: str,
    actor: audit.Actor,
    reason: str = "",
) -> VersionRow:
    """Store the next version of a programme with what it needs, in the transaction at hand."""
    before = len(queries.all_versions(at_hand, programme_id))
    version = programmes.publish(at_hand, programme_id, programme, source, effective_at=effective_at, now=now, by=by)
    if version.number > before:
        audit.note(
            at_hand, programme_id=programme_id, actor=actor, action="programme.published",
            about=f"version {version.number}", before={"version": before} if before else None,
            after={"version": version.number, "effective_at": effective_at, "digest": version.digest}, reason=reason,
            now=now,
        )  # fmt: skip
    units = [(unit.code, unit.kind, unit.scale) for unit in programme.units.values()]
    ledger.open_accounts(at_hand, programme_id, units, programme.causes)
    spendable = [unit.code for unit in programme.units.values() if unit.spendable]
    transfers.open_causes(at_hand, programme_id, programme.causes, spendable)
    budgets = {rule.key: rule.budget for rule in programme.rules if rule.budget is not None}
    rulebook.open_budgets(at_hand, programme_id, budgets)
    rewards.open_stocks(at_hand, programme_id, programme.rewards.values())
    if any(reward.drawn for reward in programme.rewards.values()):
        draws.open_seeds(at_hand, programme_id, now)
    return version
