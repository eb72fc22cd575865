"""Points on hold, and burns that come to nothing, in the pure world."""

import copy
from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.core import burns as burns_law
from guerdon.core import expiry, ledger
from guerdon.core import holds as holds_law
from guerdon.core.decisions import Decision, Spent
from guerdon.core.errors import Refusal
from guerdon.core.holds import Hold, TimeToLive
from guerdon.core.ledger import Take
from tests.stories.pure.ground import Account
from tests.stories.pure.merging import Merging
from tests.stories.worlds import Answer


class Holding(Merging):
    """Points on hold, and burns that come to nothing, in the pure world."""

    __slots__ = ()

    def hold(self, who: str, unit: str, points: int, *, life: TimeToLive, key: str, now: datetime) -> Answer:
        in_force, account = self.in_force(now), self.accounts[self.led(who)]
        self._settle(account, now)
        try:
            takes = ledger.take(account.of(unit), points, at=now, unit=unit)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        ends_at = holds_law.ends_at(life, created_at=now, zone=in_force.zone)
        account.holds[key] = Hold(key, account.who, unit, points, now, ends_at, takes)
        account.held(unit, takes, 1)
        return Answer(Decision(in_force.version))

    def capture(self, hold: str, points: int | None, *, final: bool, key: str, now: datetime) -> Answer:
        account = self._holder(hold)
        self._settle(account, now)
        found = account.holds[hold]
        try:
            after, taken, rest = holds_law.capture(found, points, final=final)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        account.held(found.unit, taken, -1)
        spent = account.take("burn", found.unit, taken, at=found.created_at)
        self.burns[key] = (account.who, found.unit, taken)
        policy = self.in_force(now).programme.units[found.unit].expires
        if isinstance(policy, expiry.Sliding):
            end = self.in_force(now).expires_at(policy, found.created_at, found.created_at)
            self._slide(account, found.unit, end, now)
        return self._freed(account, after, rest, now, spent=(Spent(found.unit, spent),))

    def release(self, hold: str, *, key: str, now: datetime) -> Answer:
        account = self._holder(hold)
        self._settle(account, now)
        found = account.holds[hold]
        try:
            after = holds_law.release(found)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return self._freed(account, after, found.parts, now)

    def _freed(
        self, account: Account, after: Hold, rest: Sequence[Take], now: datetime, spent: tuple[Spent, ...] = ()
    ) -> Answer:
        account.holds[after.id] = after
        account.held(after.unit, rest, -1)
        expired = self._bury_dead(account, after.unit, rest, now)
        repaid = self._repay(account, now) if rest else {}
        version = self.in_force(now).version
        return Answer(Decision(version, spent=spent, expired=expired, repaid=repaid))

    def _bury_dead(self, account: Account, unit: str, takes: Sequence[Take], now: datetime) -> dict[str, int]:
        dead = [take for take in takes if account.lots[unit][take.lot].lapsed(now)]
        return {unit: self._bury(account, unit, dead, now)} if dead else {}

    def _holder(self, hold: str) -> Account:
        return next(account for account in self.accounts.values() if hold in account.holds)

    def state(self, hold: str, now: datetime) -> str:
        account = copy.deepcopy(self._holder(hold))
        self._settle(account, now)
        return account.holds[hold].state

    def cancel(self, burn: str, points: int | None, *, key: str, now: datetime) -> Answer:
        who, unit, taken = self.burns[burn]
        account, in_force = self.accounts[who], self.in_force(now)
        self._settle(account, now)
        self._settle(self.accounts[self.led(who)], now)
        before = self.given_back.get(burn, 0)
        try:
            backs = burns_law.returned(taken, before, points)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        total = sum(back.points for back in backs)
        self.given_back[burn] = before + total
        grace = in_force.programme.reinstate.grace_days
        same, revived = list[Take](), list[Take]()
        for back in backs:
            dead = account.lots[unit][back.lot].lapsed(now)
            (revived if dead and grace is not None else same).append(back)
        if same:
            account.post("reinstate", unit, sum(back.points for back in same))
        for back in same:
            lot = account.lots[unit][back.lot]
            account.put(unit, msgspec.structs.replace(lot, remaining=lot.remaining + back.points))
        for back in revived:
            lot, until = account.lots[unit][back.lot], burns_law.grace_ends(now, grace or 0, in_force.zone)
            self.lots_made += 1
            new = {"id": f"{self.lots_made:06}", "remaining": back.points, "available_at": now, "expires_at": until}
            account.put(unit, msgspec.structs.replace(lot, **new, held=0))
            account.post("reinstate", unit, back.points)
        expired = self._bury_dead(account, unit, same, now)
        stays = self.follow(account)
        repaid = self._repay(stays, now)  # of another member's debt tells another entry
        repaid = repaid if stays is account else {}
        return Answer(Decision(in_force.version, reinstated={unit: total}, expired=expired, repaid=repaid))
