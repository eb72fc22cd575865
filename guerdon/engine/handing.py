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
from guerdon.core.ledger import Lot, Take
from guerdon.core.redemptions import SOURCE, Redemption
from guerdon.core.rewards import Reward
from guerdon.core.standing import Standing
from guerdon.engine import cards, given
from guerdon.engine.batch import Batch, Unlocked
from guerdon.engine.vouchers import tell_low
from guerdon.features.cards import actions as card_actions
from guerdon.features.ledger.actions import Cause
from guerdon.features.rulebook import queries as rulebook
from guerdon.features.vouchers import queries
from guerdon.features.vouchers.queries import Shown
from guerdon.kit import codes, ids

NOTHING: Final[tuple[Issue, ...]] = ()


class Handing:
    """What the redemptions of a batch give, and what comes back of those that are given up."""

    def __init__(self, batch: Batch, giving: Iterable[tuple[Reward, Law]], back: Iterable[Redemption]) -> None:
        """Take the pools into these hands, then the codes that come back: after all members, before any stock.

        Raises `Unlocked` for a gift card that was opened while the members were being locked.
        """
        self.batch = batch
        offers = [offer for reward, made in giving if (offer := made.programme.given_by(reward)) is not None]
        batch.issuing.take_pools(batch.store, Counter(offer.key for offer in offers if offer.codes == "pool"))
        handed = [one for one in back if one.given is not None]
        self._check_locked(handed)
        codes_back = [one.given for one in handed if one.given is not None]
        self._shown: dict[str, Shown] = queries.lock(batch.store, batch.programme_id, codes_back)
        self._unused = self._read_used({offer.key for offer in offers if offer.uses_per_member is not None})

    def _check_locked(self, handed: Iterable[Redemption]) -> None:
        """Whose card was opened after the first look is not judged before its account is locked, too."""
        owners = self.batch.gathered.owners
        cards = {owners[name][0] for one in handed if (name := _opening(one)) in owners}
        unlocked = cards - self.batch.gathered.accounts
        if unlocked:
            raise Unlocked(unlocked)

    @staticmethod
    def keys(one: Redemption) -> list[Key]:
        """The natural keys of entries that may have given something: their accounts must be locked to take it back."""
        return [(SOURCE, redemptions.KINDS["confirm"], ids.show("redemption", one.id)), _opening(one)]

    @staticmethod
    def entries(reward: Reward) -> int:
        """How many entries of the journal giving it, or taking it back, makes besides the redemption's own."""
        return 1 if reward.gives == "gift_card" else 0

    # --- giving ---

    def _read_used(self, limited: set[str]) -> Counter[tuple[str, str]]:
        """Read how often members have used vouchers of which each has only so many uses, and how many are left to them.

        Where nothing is limited it costs nothing; else two statements, however many they are.
        """
        gathered = self.batch.gathered
        accounts = sorted({row.id for row in gathered.members.values()}) if limited else []
        names = [(account, window, key) for account in accounts for key, window in map(vouchers.counter, limited)]
        for account, name, counted in rulebook.counters(self.batch.store, names):
            gathered.counters.setdefault(account, {})[name] = counted
        return Counter(queries.unused(self.batch.store, accounts, sorted(limited), self.batch.now))

    def check(self, reward: Reward, made: Law, standing: Standing) -> None:
        """Refuse what could not be given now, or its member could never use, before anything moves.

        Raises `voucher_expired`, `voucher_limit`, `voucher_pool_empty`.
        """
        offer = made.programme.given_by(reward)
        if offer is None:
            return
        vouchers.check_given(offer, self.batch.now)
        unused = self._unused[standing.account_id, offer.key]
        vouchers.check_limit(offer, standing.counted(*vouchers.counter(offer.key)) + unused)
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
        self._unused[cause.account_id, offer.key] += offer.uses
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
            whole = sum(lot.free for _, lot in self._loaded(one)) == reward.amount
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
            loaded = self._loaded(one)
            takes = [Take(lot.id, lot.free) for _, lot in loaded]
            facts: dict[str, law.FactValue] = {"unit": loaded[0][0], "points": sum(take.points for take in takes)}
            back = Cause(account_id, ids.new(), self.batch.next_seq(), self.batch.now)
            cards.unload(self.batch, self._fact(law.CARD_VOID, one, account_id, facts), back, in_force, takes)
            return ()
        shown = self._shown[one.given]
        return given.put_away(self.batch, [shown], account_id=cause.account_id, seq=cause.seq)

    def _loaded(self, one: Redemption) -> list[tuple[str, Lot]]:
        """What is left of the money on the card that it gave, with its unit; in parts where some of it lives on."""
        account_id, issue = self._issue(one)
        books = self.batch.books
        units = [purse.unit for purse in books.purses_of(account_id)]
        lots = [(unit, lot) for unit in units for lot in books.lots(account_id, unit) if lot.origin == issue]
        return [(unit, lot) for unit, lot in lots if lot.free and not lot.lapsed(self.batch.now)]

    def _issue(self, one: Redemption) -> tuple[str, str]:
        """The account of the card that it gave, and the entry that loaded it."""
        return self.batch.gathered.owners[_opening(one)]

    def _fact(self, kind: str, one: Redemption, account_id: str, facts: dict[str, law.FactValue]) -> Activity:
        whose = Member(id=ids.show("member", account_id))
        return Activity(kind, SOURCE, ids.show("redemption", one.id), self.batch.now, whose, facts=facts)


def _opening(one: Redemption) -> Key:
    """The natural key of the entry that opened the gift card it gave."""
    return (SOURCE, law.CARD_ISSUE, ids.show("redemption", one.id))
