"""What confirming a redemption hands over by a code, a voucher or a gift card, and how it is taken back (LAW 8.2)."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import msgspec

from guerdon.core import activities as law
from guerdon.core import redemptions, vouchers
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.decisions import Issue
from guerdon.core.law import Law
from guerdon.core.ledger import Lot
from guerdon.core.redemptions import SOURCE, Redemption
from guerdon.core.rewards import Reward
from guerdon.engine import cards, given
from guerdon.engine.batch import Batch
from guerdon.engine.vouchers import tell_low
from guerdon.features.cards import actions as card_actions
from guerdon.features.ledger.actions import Cause
from guerdon.features.vouchers import queries
from guerdon.features.vouchers.queries import Shown
from guerdon.kit import codes, ids

NOTHING: Final[tuple[Issue, ...]] = ()


class Handing:
    """What the redemptions of a batch give, and what comes back of those that are given up."""

    def __init__(self, batch: Batch, giving: Iterable[tuple[Reward, Law]], back: Iterable[Redemption]) -> None:
        """Take the pools into these hands, then the codes that come back: after all members, before any stock."""
        self.batch = batch
        offers = [offer for reward, made in giving if (offer := made.programme.given_by(reward)) is not None]
        batch.issuing.take_pools(batch.store, Counter(offer.key for offer in offers if offer.codes == "pool"))
        handed = [one.given for one in back if one.given is not None]
        self._shown: dict[str, Shown] = queries.lock(batch.store, batch.programme_id, handed)

    @staticmethod
    def keys(one: Redemption) -> list[Key]:
        """The natural keys of entries that may have given something: their accounts must be locked to take it back."""
        name = ids.show("redemption", one.id)
        return [(SOURCE, redemptions.KINDS["confirm"], name), (SOURCE, law.CARD_ISSUE, name)]

    @staticmethod
    def entries(reward: Reward) -> int:
        """How many entries of the journal giving it, or taking it back, makes besides the redemption's own."""
        return 1 if reward.gives == "gift_card" else 0

    # --- giving ---

    def check(self, reward: Reward, made: Law) -> None:
        """Refuse what could not be given now, before anything moves. Raises `voucher_expired`, `voucher_pool_empty`."""
        offer = made.programme.given_by(reward)
        if offer is None:
            return
        vouchers.check_given(offer, self.batch.now)
        if offer.codes == "pool" and not self.batch.issuing.left(offer.key):
            raise vouchers.VOUCHER_POOL_EMPTY(voucher=offer.key)

    def give(
        self, one: Redemption, reward: Reward, cause: Cause, made: Law, in_force: Law
    ) -> tuple[Redemption, tuple[Issue, ...]]:
        """Hand over what the version says under which it was redeemed; answers it with the code, and what was issued.

        A voucher goes to the account of the entry, a gift card is an account of its own.
        """
        if reward.gives == "gift_card":
            return msgspec.structs.replace(one, given=self._card(one, reward, made, in_force)), NOTHING
        offer = made.programme.given_by(reward)
        if offer is None:
            return one, NOTHING
        batch = self.batch
        issued = batch.issuing.issue(offer, cause, version=made.version, zone=in_force.zone)
        batch.tell("voucher.issued", account_id=cause.account_id, subject_id=issued.id, seq=cause.seq)
        tell_low(batch, in_force, cause.account_id, cause.seq)
        return msgspec.structs.replace(one, given=issued.code), (issued,)

    def _card(self, one: Redemption, reward: Reward, made: Law, in_force: Law) -> str:
        """Open the account of a new card and load it; answers its code."""
        batch, policy = self.batch, made.programme.gift_cards
        assert policy is not None and reward.amount is not None, "the grammar asks for both"
        account_id, code = batch.open_card(), codes.new()
        batch.keep(
            card_actions.CARDS,
            card_actions.row(batch.programme_id, code=code, account_id=account_id, unit=policy.unit, now=batch.now),
        )
        facts: dict[str, law.FactValue] = {"unit": policy.unit, "points": reward.amount}
        cause = Cause(account_id, ids.new(), batch.next_seq(), batch.now)
        cards.load(batch, self._fact(law.CARD_ISSUE, one, account_id, facts), cause, in_force)
        return code

    # --- taking back ---

    def check_whole(self, one: Redemption, reward: Reward) -> None:
        """Refuse to take back what was used, or is over. Raises `redemption_used`."""
        if one.given is None:
            return
        if reward.gives == "gift_card":
            whole = any(lot.free == reward.amount and not lot.lapsed(self.batch.now) for _, lot in self._loaded(one))
        else:
            shown = self._shown[one.given]
            whole = not shown.used and shown.as_of(self.batch.now) != "expired"
        if not whole:
            raise redemptions.REDEMPTION_USED(reward=one.reward)

    def take_back(self, one: Redemption, reward: Reward, cause: Cause, in_force: Law) -> tuple[str, ...]:
        """Withdraw the voucher, or take the money off the card; answers the codes that are of no use from now on."""
        if one.given is None:
            return ()
        if reward.gives == "gift_card":
            account_id, _ = self._issue(one)
            ((unit, lot),) = self._loaded(one)
            facts: dict[str, law.FactValue] = {"unit": unit, "points": lot.free}
            back = Cause(account_id, ids.new(), self.batch.next_seq(), self.batch.now)
            cards.unload(self.batch, self._fact(law.CARD_VOID, one, account_id, facts), back, in_force)
            return ()
        shown = self._shown[one.given]
        return given.put_away(self.batch, [shown], account_id=cause.account_id, seq=cause.seq)

    def _loaded(self, one: Redemption) -> list[tuple[str, Lot]]:
        """What is left of the money on the card that it gave, with its unit."""
        account_id, issue = self._issue(one)
        books = self.batch.books
        units = [purse.unit for purse in books.purses_of(account_id)]
        return [(unit, lot) for unit in units for lot in books.lots(account_id, unit) if lot.origin == issue]

    def _issue(self, one: Redemption) -> tuple[str, str]:
        """The account of the card that it gave, and the entry that loaded it."""
        return self.batch.gathered.owners[SOURCE, law.CARD_ISSUE, ids.show("redemption", one.id)]

    def _fact(self, kind: str, one: Redemption, account_id: str, facts: dict[str, law.FactValue]) -> Activity:
        whose = Member(id=ids.show("member", account_id))
        return Activity(kind, SOURCE, ids.show("redemption", one.id), self.batch.now, whose, facts=facts)
