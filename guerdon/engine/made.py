"""Which lots the awards of purchases became, stored and in this batch, and the life that each award has by now."""

from collections.abc import Iterable, Mapping, Sequence

from guerdon.core.decisions import Award
from guerdon.core.vesting import WAITING, Life
from guerdon.engine.batch import Batch
from guerdon.features.activities.queries import Recorded, Returned
from guerdon.features.ledger import made as ledger_made
from guerdon.features.ledger.made import MadeLot


class Awarded:
    """The lots of some purchases' awards; the n-th award of a unit is the n-th lot of each entry that gave it."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._stored: ledger_made.Made = {}

    def read(self, purchases: Iterable[Recorded], back: Mapping[str, Sequence[Returned]]) -> None:
        """Read those of the purchases whose points had to wait, and what returns of them gave again."""
        entries: list[tuple[str, int]] = []
        for one in purchases:
            if any(award.awaits is not None for award in one.decision.awards):
                entries.append((one.account_id, one.seq))
                entries += [
                    (each.account_id, each.seq) for each in back.get(one.activity_id, ()) if each.slice.restores
                ]
        if entries:
            self._stored = ledger_made.made(self.batch.store, entries)

    def where(self, purchase: Recorded, kind: str | None = None) -> str | None:
        """The account that has stored points of a purchase that wait for the kind, or for any; None where none do."""
        places: dict[str, int] = {}
        for award in purchase.decision.awards:
            place = places[award.unit] = places.get(award.unit, -1) + 1
            stored = self._stored.get((purchase.activity_id, award.unit), [])
            if award.awaits is None or kind not in (None, award.awaits) or place >= len(stored):
                continue
            for chain in stored[place]:
                if chain[-1].remaining and chain[-1].available_at == WAITING:
                    return chain[-1].account_id
        return None

    def lots(self, account_id: str, purchase_id: str, unit: str, place: int) -> list[MadeLot]:
        """The lots of one award that the account has, with the life that they have now, the first one first.

        Those whose points have passed on are what they were when they did.
        """
        stored = self._stored.get((purchase_id, unit), [])
        last = [chain[-1] for chain in (stored[place] if place < len(stored) else ())]
        found = [self.batch.books.living(lot) for lot in last if lot.account_id == account_id]
        for entry in self.batch.books.made_here(account_id, unit, purchase_id):
            found += [MadeLot.of(account_id, entry[place])] if place < len(entry) else []
        return found

    def life(self, account_id: str, purchase_id: str, award: Award, place: int) -> Life:
        """The life of what an award gives now: that which its activity gave, or else its own.

        The activity may have come while the points were elsewhere: with a member who was merged since, for example.
        """
        if award.awaits is not None:
            stored = self._stored.get((purchase_id, award.unit), [])
            before = [lot for chain in (stored[place] if place < len(stored) else ()) for lot in chain]
            for lot in (*self.lots(account_id, purchase_id, award.unit, place), *before):
                if lot.available_at != WAITING:
                    return Life(lot.available_at, lot.expires_at)
        return Life(award.available_at, award.expires_at)
