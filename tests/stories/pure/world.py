"""The pure world: the core alone, with a ledger of a few lists; what the law says before any database is asked."""

import copy
from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import expiry, limits
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.decisions import Decision, Ruling
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.programme import Rate
from guerdon.core.rates import ToldRate
from guerdon.engine.confirm import PURCHASE_OF_ANOTHER
from guerdon.engine.give_back import KINDS
from tests.stories.pure.by_hand import ByHand
from tests.stories.pure.cards import Cards
from tests.stories.pure.confirming import Confirming
from tests.stories.pure.ground import Account
from tests.stories.pure.months import Months
from tests.stories.pure.passing import Passing
from tests.stories.pure.redeeming import Redeeming
from tests.stories.pure.returning import Returning
from tests.stories.pure.subscribing import Subscribing
from tests.stories.pure.vouching import Vouching
from tests.stories.worlds import Amounts, Answer, Life


class PureWorld(Redeeming, Returning, Confirming, ByHand, Passing, Vouching, Cards, Subscribing, Months):
    """The law in memory."""

    __slots__ = ()

    def rehearsal(self) -> "PureWorld":
        """A copy to try things in."""
        return copy.deepcopy(self, {id(self.laws): self.laws})

    def record(self, told: Sequence[Activity], *, now: datetime, dry_run: bool) -> list[Answer]:
        world = self.rehearsal() if dry_run else self
        return [world._in_name_of(str(one.member.external_id), world._record, one, now) for one in told]

    def _record(self, activity: Activity, now: datetime) -> Answer:
        try:
            law.check(activity)
            in_force = self.in_force(activity.occurred_at)
            in_force.check(activity, now=now, rates=self.rates)
            known = self.told.get(law.key(activity))
            if known is not None:
                return Answer(known[2], known=True)
            account = self._account(str(activity.member.external_id), in_force, now)
            self._settle(account, now)
            if activity.confirms is not None:
                decision = self._confirm(activity, account, in_force, now)
            elif activity.kind in KINDS:
                decision = self._give_back(activity, account, in_force, now)
            else:
                decision = self._earn(activity, account, in_force, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return Answer(decision)

    def _earn(self, activity: Activity, account: Account, in_force: Law, now: datetime) -> Decision:
        ruling = self._decide(activity, account, in_force, now)
        key = law.key(activity)
        self._check_paid(activity, account, now)
        if activity.replaces is not None:
            ruling = self._exchange(activity, account, in_force, ruling, now)
        activity = self._take_off_cards(activity, now)
        decision = ruling.decision
        if decision.parked is not None:
            self.rateless.append(activity)
        if decision.parked is None:
            for award in decision.awards:
                place = [one for one in decision.awards if one.unit == award.unit].index(award)
                self._credit("earn", account, award, str(key), activity.occurred_at, place=place)
                policy = in_force.programme.units[award.unit].expires
                if isinstance(policy, expiry.Sliding):
                    self._slide(account, award.unit, in_force.expires_at(policy, activity.occurred_at, now), now)
            decision = self._give_all(account, decision, in_force, now)
            decision = msgspec.structs.replace(decision, repaid=self._repay(account, now))
            account.standing.count(ruling.counts, activity.occurred_at)
            for rise in self._rises(account, decision, activity.occurred_at):
                self._earn(rise, account, in_force, now)
            for rule, points in ruling.spent.items():
                self.budgets[rule] = self.budgets.get(rule, 0) + points
        self.told[key] = (account.who, activity, decision)
        if decision.parked is None:
            self._arrived(account, key, now)
        return decision

    def _convert(self, now: datetime) -> None:
        """Each part by itself, as long as the rules give all that they say."""
        in_force = self.in_force(now)
        for unit in in_force.programme.units.values():
            for account in self.accounts.values() if unit.converts_at is not None else ():
                for number in range(limits.CONVERSIONS_PER_NIGHT_MAX):
                    facts: dict[str, law.FactValue] = {"unit": unit.code, "points": unit.converts_at}
                    name, who = f"{account.who}:{unit.code}:{now}:{number}", Member(external_id=account.who)
                    fact = Activity(law.CONVERTED, law.CONVERSION, name, now, who, facts=facts)
                    decision = self._decide(fact, account, in_force, now).decision
                    if self.amounts(account.who, unit.code, now).available < unit.converts_at or decision.capped:
                        break
                    if not decision.awards:
                        break
                    self._change("burn", account.who, unit.code, -unit.converts_at, name, now)
                    self._earn(fact, account, in_force, now)

    def _decide(self, activity: Activity, account: Account, in_force: Law, now: datetime) -> Ruling:
        left = self._left(in_force)
        account.standing.held = self.held_by(account.acting or account.who)
        return in_force.decide(activity, account.standing, posted_at=now, budgets=left, rates=self.rates)

    def _exchange(self, activity: Activity, account: Account, in_force: Law, ruling: Ruling, now: datetime) -> Ruling:
        """The order that it replaces comes back first, and with it maybe a tier."""
        if ruling.decision.parked is not None:
            raise law.CURRENCY_UNKNOWN(currency=str(activity.currency), known=in_force.programme.currency)
        self._replace(activity, account, now)
        if in_force.programme.tiers:
            ruling = self._decide(activity, account, in_force, now)
        return msgspec.structs.replace(ruling, decision=msgspec.structs.replace(ruling.decision, replaced="the return"))

    def _left(self, in_force: Law) -> dict[str, int]:
        """What is left of each budget."""
        budgets = {rule.key: rule.budget for rule in in_force.programme.rules if rule.budget is not None}
        return {key: most - self.budgets.get(key, 0) for key, most in budgets.items()}

    def _arrived(self, account: Account, key: Key, now: datetime) -> None:
        """Let what waited for a purchase take effect, where it is the member's own."""
        for one in [one for one in self.unconfirmed if law.confirmed_key(one) == key]:
            if self.told[law.key(one)][0] == account.who:
                self.unconfirmed.remove(one)
                self._confirmed(one, account, now)
        mine = [one for one in self.parked if self.told[law.key(one)][0] == account.who]
        for back in [one for one in mine if law.returned_key(one) == key]:
            try:
                part, rest = self._cut(back, key)
            except Refusal:
                continue
            self.parked.remove(back)
            self._take_back(back, account, key, part, rest, now)

    def _confirm(self, activity: Activity, account: Account, in_force: Law, now: datetime) -> Decision:
        if not any(activity.kind in one.awaited for _, one in self.laws):
            raise law.ACTIVITY_INVALID(pointer="/confirms", reason="not_awaited")
        key = law.confirmed_key(activity)
        known = self.told.get(key)
        if known is None or known[2].parked is not None:
            self.unconfirmed.append(activity)
            parked = Decision(version=in_force.version, parked="purchase_missing")
            self.told[law.key(activity)] = (account.who, activity, parked)
            return parked
        account = self.keeping(key, account, activity, PURCHASE_OF_ANOTHER)
        return self._confirmed(activity, self.placed(key, account), now)

    def _confirmed(self, activity: Activity, account: Account, now: datetime) -> Decision:
        """The points of the purchase that wait for the kind begin, and the activity earns its own."""
        _, purchase, first = self.told[law.confirmed_key(activity)]
        decision = self._earn(activity, account, self.in_force(activity.occurred_at), now)
        released = self._begin(account, activity, purchase, first, now)
        repaid = dict(decision.repaid)
        for unit, points in self._repay(account, now).items():
            repaid[unit] = repaid.get(unit, 0) + points
        decision = msgspec.structs.replace(decision, released=released, repaid=repaid)
        self.told[law.key(activity)] = (account.who, activity, decision)
        return decision

    def rate(self, rate: ToldRate, *, now: datetime) -> Answer:
        of_currency = [one for one in self.rates.get(rate.currency, []) if one.start != rate.day]
        self.rates[rate.currency] = sorted(
            [*of_currency, Rate(rate.day, rate.home, rate.units)], key=lambda one: one.start
        )
        waiting, self.rateless = self.rateless, []
        for one in waiting:
            account = self.accounts[self.told[law.key(one)][0]]
            self._settle(account, now)
            self._earn(one, account, self.in_force(one.occurred_at), now)
        return Answer(released=len(waiting) - len(self.rateless))

    def spend(self, who: str, unit: str, points: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        return world._spending(who, now, world._change, "burn", who, unit, -points, key, now)

    def amounts(self, who: str, unit: str, now: datetime) -> Amounts:
        account = copy.deepcopy(self.accounts[self.led(who)])
        self._settle(account, now, bury=False)
        lots = account.of(unit)
        return Amounts(
            available=sum(lot.free for lot in lots if lot.spendable(now)),
            pending=sum(lot.free for lot in lots if lot.pending(now)),
            debt=account.debt.get(unit, 0),
            lapsed=sum(lot.free for lot in lots if lot.lapsed(now) and not lot.pending(now)),
            held=sum(lot.held for lot in lots),
        )

    def lots(self, who: str, unit: str, now: datetime) -> list[Life]:
        account = copy.deepcopy(self.accounts[self.led(who)])
        self._settle(account, now, bury=False)
        lives = [
            Life(
                lot.held if lot.lapsed(now) else lot.remaining,
                lot.available_at,
                lot.expires_at,
                lot.earned_at,
                lot.id,
                lot.funder,
            )
            for lot in account.of(unit)
        ]
        return [life for life in lives if life.points]

    def statement(self, who: str, unit: str) -> list[tuple[str, int]]:
        return [(kind, points) for kind, of, points in self.accounts[self.led(who)].statement if of == unit]
