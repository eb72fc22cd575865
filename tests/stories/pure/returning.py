"""Returns, exchanges and orders opened again, in the pure world."""

from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import ledger, returns, voiding
from guerdon.core.activities import Activity, Key
from guerdon.core.decisions import Count, Decision, Refund, Restored, Taken, TenderBack
from guerdon.core.law import Law
from guerdon.core.ledger import Take
from guerdon.core.returns import Kept, Slice
from guerdon.core.standing import EVER
from guerdon.engine.give_back import KINDS, RETURN_OF_ANOTHER
from tests.stories.pure.ground import Account
from tests.stories.pure.paying import Paying


class Returning(Paying):
    """Returns, exchanges and orders opened again, in the pure world."""

    __slots__ = ()

    def _give_back(self, activity: Activity, account: Account, in_force: Law, now: datetime) -> Decision:
        key = law.returned_key(activity)
        known = self.told.get(key)
        if known is None or known[2].parked is not None:
            self.parked.append(activity)
            parked = Decision(version=in_force.version, parked="purchase_missing")
            self.told[law.key(activity)] = (account.who, activity, parked)
            return parked
        account = self.keeping(key, account, activity, RETURN_OF_ANOTHER)
        account = self._payer(key, account, now, reopens=activity.kind == law.REOPEN)
        part, rest = self._cut(activity, key)
        return self._take_back(activity, account, key, part, rest, now)

    def _payer(self, key: Key, account: Account, now: datetime, *, reopens: bool) -> Account:
        """Whoever the returns had taken from is given it again, and whoever was given it again pays again."""
        payers = returns.payers(self.slices.get(key, []), self.payers.get(key, []), reopens=reopens)
        if len(payers) != 1 or self.led(payer := payers.pop()) == account.who:
            return account
        found = self.accounts[self.led(payer)]
        self._settle(found, now)
        return found

    def _cut(self, activity: Activity, key: Key) -> tuple[Slice, Kept]:
        _, purchase, decision = self.told[key]
        slices = list(returns.current(self.slices.get(key, [])))
        if activity.kind == law.REOPEN:
            if not slices:
                raise returns.NOTHING_RETURNED(purchase=key[2])
            return Slice(reopens=True), returns.kept(purchase, ())
        before = returns.kept(purchase, slices)
        if slices and not before.left:
            raise returns.ALREADY_RETURNED(purchase=key[2])
        home = self._decided(decision).programme.currency
        part = returns.slice_of(activity, purchase, before, home=home)
        return part, returns.after(purchase, slices, part, before)

    def _replace(self, activity: Activity, account: Account, now: datetime) -> None:
        key = law.replaced_key(activity)
        if key not in self.told or self.told[key][2].parked is not None:
            raise returns.PURCHASE_UNKNOWN(purchase=key[2])
        account = self.keeping(key, account, activity, RETURN_OF_ANOTHER)
        back = msgspec.structs.replace(
            activity, kind=law.RETURN, source="exchange", returns=activity.replaces, replaces=None, amount=None,
            lines=(), tenders=(), currency=None,
        )  # fmt: skip
        part, rest = self._cut(back, key)
        self._take_back(back, account, key, part, rest, now)

    def _take_back(
        self, activity: Activity, account: Account, key: Key, part: Slice, rest: Kept, now: datetime
    ) -> Decision:
        _, purchase, decision = self.told[key]
        in_force = self._decided(decision)
        tenders = returns.tenders_back(purchase, rest.returned, in_force.programme.refunds)
        every = self.slices.setdefault(key, [])
        void = returns.voided((*every, part))
        keeps = returns.earned(in_force, purchase, decision, rest, tenders, void)
        if part.reopens and not void:
            keeps = decision.awarded()
        given = voiding.given(in_force, purchase, decision, every)
        before = tuple(returns.current(every))
        taken: list[Taken] = []
        restored: list[Restored] = []
        expired: dict[str, int] = {}
        at = max(activity.occurred_at, purchase.occurred_at)
        for unit in decision.awarded():
            asked = given.get(unit, 0) - keeps.get(unit, 0) - sum(one.taken.get(unit, 0) for one in before)
            if asked < 0:
                points = min(-asked, sum(one.moved.get(unit, 0) for one in before))
                dead = self._give_again(account, decision, unit, points, key, purchase.occurred_at, at)
                expired |= {unit: dead} if dead else {}
                restored.append(Restored(unit, -asked, points, keeps.get(unit, 0)))
                continue
            lapsed = sum(one.lapsed.get(unit, 0) for one in before)
            found = self._claw_back(account, unit, asked, str(key), in_force, now, lapsed, at)
            taken.append(msgspec.structs.replace(found, kept=keeps.get(unit, 0)))
        amount = rest.returned - returns.kept(purchase, before).returned
        back_to = tuple(
            TenderBack(tender.kind, sum_now - sum(one.tenders[place] for one in before))
            for place, (tender, sum_now) in enumerate(zip(purchase.tenders, tenders, strict=True))
        )
        back_to = self._with_points(purchase, before, tenders, back_to)
        self.payers.setdefault(key, []).append(account.who)
        self.slices[key].append(
            msgspec.structs.replace(
                part,
                taken={one.unit: one.asked for one in taken} | {one.unit: -one.asked for one in restored},
                moved={one.unit: one.origin + one.other + one.debt for one in taken}
                | {one.unit: -one.points for one in restored},
                lapsed={one.unit: one.lapsed for one in taken},
                tenders=tuple(one.amount for one in back_to),
                points=tuple(one.points for one in back_to),
            )
        )
        currency = purchase.currency or in_force.programme.currency
        refund = Refund(amount, rest.left, currency, back_to)
        repaid = self._repay(account, now) if restored else {}
        if activity.kind in KINDS:
            account.standing.count((Count("count:" + activity.kind, EVER, 1),), activity.occurred_at)
        gone = self._withdraw_given(in_force, purchase, decision, rest, tenders, (*every, part))
        back = Decision(
            version=decision.version,
            taken=tuple(taken),
            restored=tuple(restored),
            refund=refund,
            repaid=repaid,
            expired=expired,
            withdrawn=gone,
        )
        back = self._fall(account, purchase, decision, back, before, rest, at)
        for rise in self._rises(account, back, at):
            self._earn(rise, account, self.in_force(at), now)
        self.told[law.key(activity)] = (account.who, activity, back)
        self._pay_back(purchase, back_to, str(law.key(activity)), now)
        return back

    def _give_again(
        self,
        account: Account,
        decision: Decision,
        unit: str,
        points: int,
        key: Key,
        earned_at: datetime,
        at: datetime,
    ) -> int:
        """Give points again; answers how many of them had no life left."""
        expired = 0
        for place, award in enumerate(one for one in decision.awards if one.unit == unit):
            part = min(points, award.points)
            if part:
                points -= part
                begins, ends = self.begun.get((str(key), unit, place), (award.available_at, award.expires_at))
                again = msgspec.structs.replace(award, points=part, available_at=begins, expires_at=ends)
                lot = self._credit("restore", account, again, str(key), earned_at, at, place)
                if lot.lapsed(account.seen):
                    kind = "cancel" if lot.waits else "expire"
                    dead = self._bury(account, unit, [Take(lot.id, part)], account.seen, kind)
                    expired += 0 if lot.waits else dead
        return expired

    def _ended(self, account: Account, unit: str, origin: str) -> int:
        """What has expired of an award's lots: those it was given, and those the same person has or had of it."""
        every = [(one.who, lot) for one in self.accounts.values() for lot in one.of(unit)]
        own = {lot.id for who, lot in every if self.led(who) == account.who} | self.earned_lots
        return sum(self.accounts[who].lapsed.get(lot.id, 0) for who, lot in every
                   if lot.origin == origin and own & self._merged_from(lot.id))  # fmt: skip

    def _merged_from(self, name: str) -> set[str]:
        """A lot, and those it was before merges moved it."""
        found = {name}
        while name in self.merged_lots:
            name = self.came_from[name]
            found.add(name)
        return found

    def _claw_back(
        self,
        account: Account,
        unit: str,
        points: int,
        origin: str,
        in_force: Law,
        now: datetime,
        counted: int,
        at: datetime,
    ) -> Taken:
        lots = account.of(unit)
        dead = sum(lot.free for lot in lots if lot.origin == origin and lot.lapsed(now))
        booked = self._ended(account, unit, origin)
        most, debt = in_force.programme.units[unit].debt_max, account.debt.get(unit, 0)
        found = ledger.claw_back(
            points,
            origin=origin,
            lapsed=booked + dead - counted,
            lots=lots,
            at=now,
            policy=in_force.programme.returns,
            debt_room=ledger.NO_LIMIT if most is None else max(0, most - debt),
        )
        if found.debt:
            self._expire(account, unit, now)
            account.debt[unit] = debt + found.debt
            account.post("lend", unit, found.debt, at)
        account.take("claw_back", unit, found.takes, more=found.debt, at=at)
        return Taken(unit, points, 0, found.origin, found.other, found.lapsed, found.debt, found.shortfall)
