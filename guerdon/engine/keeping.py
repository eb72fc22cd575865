"""Which account keeps what a purchase earned, and who may give the purchase back or tell that it was delivered."""

from collections.abc import Iterable

from guerdon.core.errors import Kind
from guerdon.core.standing import Standing
from guerdon.engine.batch import Batch
from guerdon.features.activities.queries import Recorded
from guerdon.features.households import queries as households
from guerdon.features.members import queries as members
from guerdon.features.members.queries import Lead
from guerdon.kit import store


class Keepers:
    """The accounts that keep some purchases: the own one, or a household's as long as it has the points (LAW 6.2)."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._persons: dict[str, Lead] = {}  # who bought in a household, and where they and it lead to by now
        self._taken: set[str] = set()  # purchases that whoever left a household took along

    def read(self, purchases: Iterable[Recorded]) -> None:
        """Read where the buyers in households are by now, and whether they took the points along."""
        bought = {one.activity_id: one for one in purchases if one.person_id is not None}
        if not bought:
            return
        named = {str(one.person_id) for one in bought.values()} | {one.account_id for one in bought.values()}
        self._persons |= members.leads(self.batch.store, sorted(named))
        stays = households.taken(self.batch.store, sorted({one.account_id for one in bought.values()}))
        self._taken |= {
            id
            for id, one in bought.items()
            for stay in stays
            if (stay.household_id, stay.person_id) == (one.account_id, one.person_id)
            and stay.joined_seq <= one.seq <= stay.left_seq
        }

    def of(self, purchase: Recorded) -> str:
        """The account from which the points of the purchase are taken back."""
        if purchase.activity_id in self._taken:
            return self._persons[str(purchase.person_id)].account_id
        return self.batch.gathered.heir(purchase.account_id)

    def check(self, purchase: Recorded, standing: Standing, of_another: Kind) -> None:
        """Refuse who neither shares the account that keeps the purchase nor bought it."""
        if self.of(purchase) == standing.account_id:
            return
        buyer = self._persons.get(purchase.person_id or "")
        if purchase.activity_id in self._taken or buyer is None or buyer.id != standing.who:
            raise of_another(purchase=purchase.activity.external_id)

    def standing(self, purchase: Recorded, standing: Standing, of_another: Kind) -> Standing:
        """In whose name a member gives a purchase back: of the account that keeps it, wherever the member is by now."""
        self.check(purchase, standing, of_another)
        return self.at(self.of(purchase), purchase, standing)

    def at(self, account_id: str, purchase: Recorded, standing: Standing) -> Standing:
        """In whose name something is done about a purchase in an account.

        Where its household was closed it is that of whoever was the last in it. Begins again where the account came to
        light after the locks were had.
        """
        if account_id == standing.account_id:
            return standing
        if account_id not in self.batch.gathered.accounts:
            raise store.overtaken("a purchase came, or its points passed on, while the accounts were locked")
        home = self._persons.get(purchase.account_id)
        if home is None or home.id == purchase.account_id:
            return self.batch.standing_of(account_id, standing.who)
        return self.batch.standing_of(account_id, None if home.id == account_id else home.id)
