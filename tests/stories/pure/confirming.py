"""What purchases wait for in the pure world: the days worked out by hand, with no word of the core's about them."""

from datetime import datetime, timedelta

import msgspec

from guerdon.core import activities as law
from guerdon.core import period
from guerdon.core.activities import Activity
from guerdon.core.decisions import Award, Decision, Released
from guerdon.core.expiry import Never, Sliding, last_day
from guerdon.core.law import Law
from guerdon.core.ledger import Lot
from tests.stories.pure.ground import Account, Ground

GRACE_DAYS = 30


class Confirming(Ground):
    """What purchases wait for in the pure world."""

    __slots__ = ()

    def _begin(
        self, account: Account, activity: Activity, purchase: Activity, first: Decision, now: datetime
    ) -> tuple[Released, ...]:
        """Give the waiting lots of the purchase their days."""
        begun: list[Released] = []
        in_force = self._decided(first)
        for unit in first.awarded():
            for place, award in enumerate(one for one in first.awards if one.unit == unit):
                mine = [lot for lot in account.of(unit) if lot.origin == str(law.key(purchase)) and lot.waits]
                mine = [lot for lot in mine if self.award_of[lot.id] == place and not lot.lapsed(now)]
                for lot in mine if award.awaits == activity.kind else ():
                    after = self._lived(lot, award, activity, purchase, in_force, now)
                    account.put(unit, after)
                    self.begun[lot.origin, unit, place] = (after.available_at, after.expires_at)
                    begun.append(Released(unit, lot.remaining, after.available_at, after.expires_at, lot.id))
                    if isinstance(in_force.programme.units[unit].expires, Sliding):
                        self._slide(account, unit, after.expires_at, now)
        return tuple(begun)

    def _lived(
        self, lot: Lot, award: Award, activity: Activity, purchase: Activity, in_force: Law, now: datetime
    ) -> Lot:
        (rule,) = [one for one in in_force.programme.rules if one.key == award.shares[0].rule]
        of_unit, zone = in_force.programme.units[award.unit], in_force.zone
        vests, policy = rule.vesting or of_unit.vesting, rule.expires or of_unit.expires
        begins = told = max(activity.occurred_at, purchase.occurred_at)
        if vests.days:
            begins = period.midnight(period.local_day(told, zone) + timedelta(days=vests.days), zone)
        if isinstance(policy, Never):
            return msgspec.structs.replace(lot, available_at=begins, expires_at=None)
        anchor = period.local_day(told if isinstance(policy, Sliding) else purchase.occurred_at, zone)
        late = period.local_day(max(begins, now), zone)
        last, own = last_day(policy, anchor), last_day(policy, late)
        assert last is not None and own is not None
        if late > anchor:
            last = max(last, min(late + timedelta(days=GRACE_DAYS), own))
        ends = period.midnight(last + timedelta(days=1), zone)
        return msgspec.structs.replace(lot, available_at=begins, expires_at=ends)
