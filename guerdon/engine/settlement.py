"""How redemptions are paid: a hold while one is reserved, a burn once it is confirmed, and the way back (LAW 8.2)."""

from collections.abc import Sequence

from guerdon.core.activities import Activity, FactValue, Key, Member
from guerdon.core.holds import Hold
from guerdon.core.law import Law
from guerdon.core.redemptions import REDEMPTION_ENDED, SOURCE, Redemption, name
from guerdon.core.standing import Standing
from guerdon.engine import redeem, reserve
from guerdon.engine.batch import Batch
from guerdon.engine.cancel import Burns
from guerdon.features.activities import queries as activities
from guerdon.features.holds import queries as holds
from guerdon.kit import ids

BURNING = ("capture", "burn")


class Settlement:
    """The points of some redemptions; each unit of a price is an entry of the journal beside the redemption's own."""

    def __init__(self, batch: Batch, found: Sequence[Redemption]) -> None:
        self.batch = batch
        self._burns = Burns(batch)
        held, burned = self._known(found, "hold"), self._known(found, *BURNING)
        self._burns.read(activities.recorded(batch.store, burned).values())
        for hold in holds.named(batch.store, held).values():
            if batch.holds.find(hold.id) is None:
                batch.holds.keep(hold)

    def _known(self, found: Sequence[Redemption], *kinds: str) -> list[tuple[str, str]]:
        """The entries of the kinds, as pairs of account and id."""
        keys = [(SOURCE, kind, name(one.id, unit)) for one in found for unit in one.price.points for kind in kinds]
        return [self.batch.gathered.owners[key] for key in keys if key in self.batch.gathered.owners]

    @staticmethod
    def keys(one: Redemption) -> list[Key]:
        """The natural keys of all that may have been done with its points."""
        return [(SOURCE, kind, name(one.id, unit)) for unit in one.price.points for kind in ("hold", *BURNING)]

    def pay(self, one: Redemption, standing: Standing, in_force: Law) -> None:
        """Burn the points of a new redemption, or hold them until it is confirmed."""
        for unit, points in one.price.points.items():
            facts: dict[str, FactValue] = {"unit": unit, "points": points}
            if one.state == "reserved":
                assert one.until is not None
                facts["ends_at"] = one.until.isoformat()
                reserve.hold(self.batch, self._fact("hold", one, unit, facts), standing, in_force)
            else:
                redeem.burn(self.batch, self._fact("burn", one, unit, facts), standing, in_force)

    def capture(self, one: Redemption, in_force: Law) -> None:
        """Burn what was held."""
        for unit in one.price.points:
            hold = self._held(one, unit)
            if hold.state != "open":  # by another clock its time was over
                raise REDEMPTION_ENDED(state="expired")
            facts: dict[str, FactValue] = {"hold": ids.show("hold", hold.id), "unit": unit, "final": True}
            reserve.capture(self.batch, self._fact("capture", one, unit, facts), hold, in_force)

    def give_back(self, one: Redemption, standing: Standing, in_force: Law) -> None:
        """Release what is held, or put what was burned back where it came from; what ended by itself is free."""
        for unit in one.price.points:
            if one.state == "reserved":
                hold = self._held(one, unit)
                if hold.state == "open":
                    facts: dict[str, FactValue] = {"hold": ids.show("hold", hold.id), "unit": unit}
                    reserve.release(self.batch, self._fact("release", one, unit, facts), hold, in_force)
                continue
            facts = {"burn": ids.show("burn", self._burned(one, unit))}
            self._burns.cancel(self._fact("burn_cancel", one, unit, facts), standing, in_force)

    def _held(self, one: Redemption, unit: str) -> Hold:
        _, id = self.batch.gathered.owners[SOURCE, "hold", name(one.id, unit)]
        hold = self.batch.holds.find(id)
        assert hold is not None, "a reservation holds its points"
        return hold

    def _burned(self, one: Redemption, unit: str) -> str:
        owners = self.batch.gathered.owners
        keys = [(SOURCE, kind, name(one.id, unit)) for kind in BURNING]
        return next(owners[key][1] for key in keys if key in owners)

    def _fact(self, kind: str, one: Redemption, unit: str, facts: dict[str, FactValue]) -> Activity:
        who = Member(id=ids.show("member", one.person_id or one.account_id))
        return Activity(kind, SOURCE, name(one.id, unit), self.batch.now, who, facts=facts)
