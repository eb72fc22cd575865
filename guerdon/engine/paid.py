"""What was paid with points: the burn that a tender names is the member's, and comes back with a return (LAW 4.4)."""

from collections.abc import Iterable, Sequence

import msgspec

from guerdon.core import burns, returns
from guerdon.core.activities import Activity, Member
from guerdon.core.decisions import TenderBack
from guerdon.core.returns import Slice
from guerdon.core.standing import Standing
from guerdon.engine.batch import Batch, Unlocked
from guerdon.engine.cancel import Burns
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.kit import ids

SOURCE = "return"


class Paid:
    """The burns with which purchases were paid."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._burns = Burns(batch)

    def read(self, purchases: Iterable[Activity]) -> None:
        """Read the burns that the tenders name; none named costs nothing.

        Raises `Unlocked` for those of other accounts: of members who were merged, or who have parted since.
        """
        named = {tender.burn for one in purchases for tender in one.tenders if tender.burn is not None}
        wanted = sorted(ids.read("burn", burn) for burn in named)
        if wanted:
            found = activities.named(self.batch.store, self.batch.programme_id, wanted).values()
            unlocked = {burn.account_id for burn in found} - self.batch.gathered.accounts
            if unlocked:
                raise Unlocked(unlocked)
            self._burns.read(found)

    def check(self, purchase: Activity, standing: Standing) -> None:
        """Refuse a tender whose burn is not of the very account the purchase is told for. Raises `burn_unknown`."""
        for tender in purchase.tenders:
            if tender.burn is not None:
                found = self._burns.find(tender.burn)
                if found is None or self._leads(found.account_id) != standing.account_id:
                    raise burns.BURN_UNKNOWN(id=tender.burn)
                self._burns.check(tender.burn)

    def coming_back(
        self, purchase: Recorded, before: Sequence[Slice], back: Sequence[int], tenders: Sequence[TenderBack]
    ) -> tuple[TenderBack, ...]:
        """The tenders of a return with the points that go back to each, once `back` of their money has in all.

        What has come back of a burn otherwise does not come back again.
        """
        told: list[TenderBack] = []
        for place, (tender, money) in enumerate(zip(purchase.activity.tenders, tenders, strict=True)):
            found = None if tender.burn is None else self._burns.find(tender.burn)
            if found is None:
                told.append(money)
                continue
            given = sum(part.points[place] for part in before if part.points)
            due = returns.points_back(tender, back[place], found.points) - given
            points = max(0, min(due, found.points - found.back))
            told.append(msgspec.structs.replace(money, points=points, unit=found.unit))
        return tuple(told)

    def _leads(self, account_id: str) -> str:
        """The account that the own one of somebody in this batch leads to: of who was merged, or shares another one."""
        for (kind, value), row in self.batch.gathered.members.items():
            if account_id == row.person_id or (kind == "id" and value == account_id):
                return row.id
        return account_id

    def give_back(self, purchase: Recorded, return_id: str, tenders: Sequence[TenderBack], standing: Standing) -> None:
        """Cancel so much of the burns, each by an entry of its own beside that of the return.

        The points go back to where they were burned, or to where that account leads by now: not always to who returns.
        """
        in_force = self.batch.lawbook.at(self.batch.now)
        for place, (tender, back) in enumerate(zip(purchase.activity.tenders, tenders, strict=True)):
            if tender.burn is not None and back.points:
                found = self._burns.find(tender.burn)
                assert found is not None
                home = self._leads(found.account_id)
                if home != standing.account_id:
                    standing = self.batch.standing_of(home, standing.who)
                self._burns.cancel(
                    Activity(
                        kind="burn_cancel",
                        source=SOURCE,
                        external_id=f"{return_id}-{place + 1}",
                        occurred_at=self.batch.now,
                        member=Member(),
                        facts={"burn": tender.burn, "points": back.points},
                    ),
                    standing,
                    in_force,
                )
