"""What was paid with points, or off gift cards: each by a burn of its own, which comes back with a return (LAW 4.4)."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from guerdon.core import burns, households, ledger, paying, returns
from guerdon.core import cards as cards_law
from guerdon.core import codes as spelling
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
from guerdon.features.cards import queries as cards
from guerdon.features.cards.queries import Card
from guerdon.kit import ids
from guerdon.kit.store import Store

Cards = Mapping[str, Card]  # by their codes, in the stored form


def cards_of(store: Store, programme_id: str, told: Iterable[Activity]) -> Cards:
    """The gift cards that tenders say, as far as there are any; none said costs nothing."""
    typed = {tender.card for one in told for tender in one.tenders if tender.card is not None}
    said = sorted({code for one in typed if (code := spelling.read(one)) is not None})
    return {card.code: card for card in cards.of_codes(store, programme_id, said)} if said else {}


class Paid:
    """The burns with which purchases were paid."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._burns = Burns(batch)
        self._cards: Cards = {}

    def prepare(self, told: Iterable[Activity], found: Cards) -> None:
        """Read what facts that are told name, and the lots of whatever pays now; else it costs nothing."""
        told, self._cards = list(told), found
        paying = [one.member for one in told if any(tender.unit is not None for tender in one.tenders)]
        rows = [self.batch.gathered.members.get(desk.name_of(member)) for member in paying]
        accounts = {row.id for row in rows if row is not None} | {card.account_id for card in found.values()}
        if accounts:
            self.batch.take_lots(accounts)
        self._burns.read_paying(self.read(told))

    def read(self, purchases: Iterable[Activity]) -> list[tuple[str, str]]:
        """Read the burns that the tenders name, and answer whose they are; none named costs nothing.

        Raises `Unlocked` for those of other accounts: of gift cards, of members who were merged, or have parted since.
        """
        named = {tender.burn for one in purchases for tender in one.tenders if tender.burn is not None}
        wanted = sorted(ids.read("burn", burn) for burn in named)
        if not wanted:
            return []
        found = activities.named(self.batch.store, self.batch.programme_id, wanted).values()
        unlocked = {burn.account_id for burn in found} - self.batch.gathered.accounts
        if unlocked:
            raise Unlocked(unlocked)
        self._burns.read(found)
        return [(burn.account_id, burn.activity_id) for burn in found]

    def check(self, purchase: Activity, standing: Standing, in_force: Law) -> None:
        """Refuse tenders of which one can't be paid, or names what it may not.

        Raises `burn_unknown` where a burn is not of the very account the purchase is told for, `burn_spent` where it
        pays already, `burn_cancelled` where something of it has come back, `burn_too_small` where it is worth less,
        `of_redemption`, `gift_card_unknown`, `gift_card_short`, the refusals of `paying.check`, and
        `insufficient_points`.
        """
        self._check_burns(purchase, standing, in_force)
        self._check_cards(purchase, in_force)
        wanted, paid = dict[str, int](), dict[str, int]()
        for tender in purchase.tenders:
            if tender.unit is not None:
                wanted[tender.unit] = wanted.get(tender.unit, 0) + _points(purchase, tender, in_force)
                paid[tender.unit] = paid.get(tender.unit, 0) + tender.amount
        for unit, amount in paid.items():  # several tenders share what points may pay
            paying.check_share(in_force.programme.unit(unit).pays, unit=unit, amount=amount, basket=_basket(purchase))
        if wanted:
            households.check_spending(in_force.programme.sharing, standing.role)
        for unit, points in wanted.items():
            ledger.take(self.batch.books.lots(standing.account_id, unit), points, at=self.batch.now, unit=unit)

    def _check_burns(self, purchase: Activity, standing: Standing, in_force: Law) -> None:
        named = set[str]()
        for tender in purchase.tenders:
            if tender.burn is None:
                continue
            found = self._burns.find(tender.burn)
            if found is None or self._leads(found.account_id) != standing.account_id:
                raise burns.BURN_UNKNOWN(id=tender.burn)
            self._burns.check(tender.burn)
            if tender.burn in named or ids.read("burn", tender.burn) in self._burns.paying:
                raise burns.BURN_SPENT(id=tender.burn)
            burns.check_whole(found.back)
            burned_under = self.batch.lawbook.law(self._burns.recorded(tender.burn).decision.version).programme
            foreign = purchase.currency not in (None, in_force.programme.currency)
            burns.check_worth(burned_under.unit(found.unit).pays, tender, found.points, foreign=foreign)
            named.add(tender.burn)

    def _check_cards(self, purchase: Activity, in_force: Law) -> None:
        """Several tenders share what is on one card."""
        taken = dict[str, int]()
        for place, tender in enumerate(purchase.tenders):
            if tender.card is None:
                continue
            card = self._card(tender.card)
            in_force.programme.unit(card.unit)
            lots = self.batch.books.lots(card.account_id, card.unit)
            free = ledger.spendable(lots, at=self.batch.now)
            left = free - taken.get(card.code, 0)
            cards_law.check_left(f"/tenders/{place}/card", tender.amount, left)
            taken[card.code] = taken.get(card.code, 0) + tender.amount

    def _card(self, typed: str) -> Card:
        card = self._cards.get(spelling.read(typed) or "")
        if card is None:
            raise cards_law.GIFT_CARD_UNKNOWN()
        return card

    def pay(self, purchase: Activity, purchase_id: str, standing: Standing, in_force: Law) -> Activity:
        """Take what pays tenders now, each by a burn beside the purchase; answers it with their names.

        Every burn that pays is noted, and pays for no other purchase. Of a card only the last letters are left.
        """
        tenders: list[Tender] = []
        for place, told in enumerate(purchase.tenders, 1):
            tender = self._taken(purchase, told, f"{purchase_id}:{place}", standing, in_force)
            if tender.burn is not None:
                self._note(tender.burn, purchase_id, place, standing)
            tenders.append(tender)
        return msgspec.structs.replace(purchase, tenders=tuple(tenders))

    def _taken(self, purchase: Activity, tender: Tender, name: str, standing: Standing, in_force: Law) -> Tender:
        """The tender with the burn that takes what it says; as it was told where nothing is taken for it now."""
        if tender.card is not None:
            card = self._card(tender.card)
            burn = self._burn(self.batch.standing_of(card.account_id), card.unit, tender.amount, name, in_force)
            return msgspec.structs.replace(tender, burn=burn, card=spelling.ending(card.code))
        if tender.unit is not None:
            points = _points(purchase, tender, in_force)
            return msgspec.structs.replace(tender, burn=self._burn(standing, tender.unit, points, name, in_force))
        return tender

    def _burn(self, payer: Standing, unit: str, points: int, name: str, in_force: Law) -> str:
        """Take the points, and answer the id of the burn as it is shown."""
        takes = ledger.take(self.batch.books.lots(payer.account_id, unit), points, at=self.batch.now, unit=unit)
        who = Member(id=ids.show("member", payer.who))
        facts: dict[str, FactValue] = {"unit": unit, "points": points}
        told = Activity("burn", paying.SOURCE, name, self.batch.now, who, facts=facts)
        outcome = redeem.burn(self.batch, told, payer, in_force)
        self._burns.note(outcome, unit, takes)
        return ids.show("burn", outcome.activity_id)

    def _note(self, burn: str, purchase_id: str, place: int, standing: Standing) -> None:
        """Let the burn pay for this purchase alone, now and for ever."""
        found, burn_id = self._burns.find(burn), ids.read("burn", burn)
        assert found is not None
        self._burns.paying[burn_id] = purchase_id
        self.batch.journal.pay(
            account_id=found.account_id, burn_id=burn_id, purchase_account=standing.account_id,
            purchase_id=purchase_id, place=place,
        )  # fmt: skip

    def coming_back(
        self, purchase: Recorded, before: Sequence[Slice], back: Sequence[int], tenders: Sequence[TenderBack]
    ) -> tuple[TenderBack, ...]:
        """The tenders of a return with the points that go back to each, once `back` of their money has in all.

        What came back before the order was opened again does not come back again.
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
                mine = home == standing.account_id
                self._burns.cancel(
                    Activity(
                        kind="burn_cancel",
                        source=returns.SOURCE,
                        external_id=f"{return_id}-{place + 1}",
                        occurred_at=self.batch.now,
                        member=Member(),
                        facts={"burn": tender.burn, "points": back.points},
                    ),
                    standing if mine else self.batch.standing_of(home, standing.who),
                    in_force,
                )


def _points(purchase: Activity, tender: Tender, in_force: Law) -> int:
    """How many points a tender takes of what the goods cost."""
    assert tender.unit is not None
    pays = in_force.programme.unit(tender.unit).pays
    return paying.check(pays, unit=tender.unit, amount=tender.amount, basket=_basket(purchase))


def _basket(purchase: Activity) -> int:
    return sum(line.net for line in purchase.goods)
