"""What the points of a lot wait for: the lot has no date yet, the decision that made it names the activity."""

from collections.abc import Sequence

from guerdon.core.vesting import WAITING
from guerdon.features.activities import queries as activities
from guerdon.features.ledger import made as ledger_made
from guerdon.features.ledger.queries import LotLine
from guerdon.kit.store import Store


def awaited(store: Store, programme_id: str, lots: Sequence[LotLine]) -> dict[str, str]:
    """The kind of activity that each of the lots waits for, by lot; those that wait for none are left out."""
    origins = sorted({lot.origin for lot in lots if lot.available_at == WAITING})
    if not origins:
        return {}
    earned = activities.named(store, programme_id, origins)  # of a member who was merged, too
    back = activities.returns(store, [(one.account_id, one.activity_id) for one in earned.values()])
    entries = [(one.account_id, one.seq) for one in earned.values()]
    entries += [(one.account_id, one.seq) for of in back.values() for one in of if one.slice.restores]
    made = ledger_made.made(store, entries)
    found: dict[str, str] = {}
    for one in earned.values():
        for unit in one.decision.awarded():
            awards = [award for award in one.decision.awards if award.unit == unit]
            for award, chains in zip(awards, made[one.activity_id, unit], strict=True):
                if award.awaits is not None:
                    found |= dict.fromkeys((lot.id for chain in chains for lot in chain), award.awaits)
    return {lot.id: found[lot.id] for lot in lots if lot.available_at == WAITING and lot.id in found}
