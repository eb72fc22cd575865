"""What was paid with points: the burn that a tender names is the member's, and comes back with a return (LAW 4.4)."""

from collections.abc import Iterable, Sequence

import msgspec

from guerdon.core import burns, households, ledger, paying, returns
from guerdon.core.activities import Activity, FactValue, Member, Tender
from guerdon.core.decisions import TenderBack
from guerdon.core.law import Law
from guerdon.core.returns import Slice
from guerdon.core.standing import Standing
from guerdon.engine import desk, redeem
from guerdon.engine.batch import Batch, Unlocked
from guerdon.engine.cancel import Burns
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.kit import ids


class Paid:
    """The burns with which purchases were paid."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._burns = Burns(batch)

    def prepare(self, told: Iterable[Activity]) -> None:
        """Read what facts that are told name, and the lots of whoever pays with points now; else it costs nothing."""
        told = list(told)
        paying = [one.member for one in told if any(tender.unit is not None for tender in one.tenders)]
        rows = [self.batch.gathered.members.get(desk.name_of(member)) for member in paying]
        if paying:
            self.batch.take_lots({row.id for row in rows if row is not None})
        self.read(told)

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

    def check(self, purchase: Activity, standing: Standing, in_force: Law) -> None:
        """Refuse a tender whose burn is not of the very account the purchase is told for, or that can't be paid.

        Raises `burn_unknown`, `of_redemption`, the refusals of `paying.check`, and `insufficient_points`.
        """
        wanted, paid = dict[str, int](), dict[str, int]()
        for tender in purchase.tenders:
            if tender.unit is not None:
                wanted[tender.unit] = wanted.get(tender.unit, 0) + _points(purchase, tender, in_force)
                paid[tender.unit] = paid.get(tender.unit, 0) + tender.amount
            if tender.burn is not None:
                found = self._burns.find(tender.burn)
                if found is None or self._leads(found.account_id) != standing.account_id:
                    raise burns.BURN_UNKNOWN(id=tender.burn)
                self._burns.check(tender.burn)
        for unit, amount in paid.items():  # several tenders share what points may pay
            paying.check_share(in_force.programme.unit(unit).pays, unit=unit, amount=amount, basket=_basket(purchase))
        if wanted:
            households.check_spending(in_force.programme.sharing, standing.role)
        for unit, points in wanted.items():
            ledger.take(self.batch.books.lots(standing.account_id, unit), points, at=self.batch.now, unit=unit)

    def pay(self, purchase: Activity, purchase_id: str, standing: Standing, in_force: Law) -> Activity:
        """Take the points that pay tenders, each by a burn beside the purchase; answers it with their names."""
        paid: list[Tender] = []
        for place, tender in enumerate(purchase.tenders, 1):
            if tender.unit is None:
                paid.append(tender)
                continue
            points, books = _points(purchase, tender, in_force), self.batch.books
            takes = ledger.take(
                books.lots(standing.account_id, tender.unit), points, at=self.batch.now, unit=tender.unit
            )
            who = Member(id=ids.show("member", standing.who))
            facts: dict[str, FactValue] = {"unit": tender.unit, "points": points}
            told = Activity("burn", paying.SOURCE, f"{purchase_id}:{place}", self.batch.now, who, facts=facts)
            outcome = redeem.burn(self.batch, told, standing, in_force)
            self._burns.note(outcome, tender.unit, takes)
            paid.append(msgspec.structs.replace(tender, burn=ids.show("burn", outcome.activity_id)))
        return msgspec.structs.replace(purchase, tenders=tuple(paid))

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
                        source=returns.SOURCE,
                        external_id=f"{return_id}-{place + 1}",
                        occurred_at=self.batch.now,
                        member=Member(),
                        facts={"burn": tender.burn, "points": back.points},
                    ),
                    standing,
                    in_force,
                )


def _points(purchase: Activity, tender: Tender, in_force: Law) -> int:
    """How many points a tender takes of what the goods cost."""
    assert tender.unit is not None
    pays = in_force.programme.unit(tender.unit).pays
    return paying.check(pays, unit=tender.unit, amount=tender.amount, basket=_basket(purchase))


def _basket(purchase: Activity) -> int:
    return sum(line.net for line in purchase.goods)
