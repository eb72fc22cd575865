"""Households in the pure world: one account for several persons, each of whom earns and burns in the own name."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from guerdon.core import households
from guerdon.core.activities import Activity, Key
from guerdon.core.errors import Kind, Refusal
from guerdon.core.holds import TimeToLive
from guerdon.core.members import MEMBER_UNKNOWN
from guerdon.core.standing import Standing
from tests.stories.pure.ground import Account, Home, Merged
from tests.stories.pure.holding import Holding
from tests.stories.pure.passing import Passing
from tests.stories.worlds import Answer

WAY = "pool"


class Sharing(Passing, Holding):
    """Households in the pure world."""

    __slots__ = ()

    def household(self, deed: str, home: str, *, who: str, by: str, role: str, now: datetime) -> Answer:
        try:
            return self._deed(deed, home, self.stands(who), self.stands(by), role, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)

    def _deed(self, deed: str, name: str, who: str, by: str, role: str, now: datetime) -> Answer:
        if deed == "found":
            return self._found(name, who, now)
        if name in self.merges:
            raise households.HOUSEHOLD_CLOSED(household=name)
        if deed == "invite":
            return self._invite(name, who, by, role, now)
        if deed in ("accept", "decline"):
            return self._answer(deed, name, who, now)
        if deed in ("leave", "remove"):
            self._check_person(name, who)
            if deed == "remove":
                self._check_owner(name, by)
            return self._leave(name, who, now)
        return self._become(deed, name, who, by, role)

    def _found(self, name: str, who: str, now: datetime) -> Answer:
        if self.in_force(now).programme.households is None:
            raise households.HOUSEHOLDS_OFF()
        self._check_free(who)
        self.homes[name] = Home()
        self.accounts[name] = Account(name, Standing(account_id=name, enrolled_at=now), closed=self.closed, seen=now)
        return self._enter(name, who, "owner", now)

    def _become(self, deed: str, name: str, who: str, by: str, role: str) -> Answer:
        home = self.homes[name]
        self._check_owner(name, by)
        self._check_person(name, who)
        if home.roles[who] == "owner":
            raise households.OWNER_ROLE()
        if deed == "hand_over":
            home.roles[by], role = "adult", "owner"
        home.roles[who] = role
        return Answer()

    def _check_person(self, name: str, who: str) -> None:
        if who not in self.homes[name].roles:
            raise households.NOT_IN_HOUSEHOLD(member=who, household=name)

    def _invite(self, name: str, who: str, by: str, role: str, now: datetime) -> Answer:
        in_force, home = self.in_force(now), self.homes[name]
        policy = in_force.programme.households
        if policy is None:
            raise households.HOUSEHOLDS_OFF()
        self._check_owner(name, by)
        self._check_free(who)
        if len(home.roles) >= policy.persons_max:
            raise households.HOUSEHOLD_FULL(most=policy.persons_max)
        today = now.astimezone(in_force.zone).date()
        if who in home.invited and today <= home.invited[who][1]:
            raise households.INVITED_ALREADY(invitation="the first")
        home.invited[who] = (role, today + timedelta(days=policy.invitation_days))
        return Answer()

    def _answer(self, deed: str, name: str, who: str, now: datetime) -> Answer:
        in_force, home = self.in_force(now), self.homes[name]
        if who not in home.invited:
            raise households.INVITATION_SETTLED(state="settled")
        role, last = home.invited[who]
        if now.astimezone(in_force.zone).date() > last:
            raise households.INVITATION_LAPSED(until=str(last))
        if deed == "accept":
            if len(home.roles) >= in_force.programme.sharing.persons_max:
                raise households.HOUSEHOLD_FULL(most=in_force.programme.sharing.persons_max)
            answer = self._enter(name, who, role, now)
        else:
            answer = Answer()
        del home.invited[who]
        return answer

    def _check_owner(self, name: str, by: str) -> None:
        role = self.homes[name].roles.get(by)
        if role is None:
            raise households.NOT_IN_HOUSEHOLD(member=by, household=name)
        if role != "owner":
            raise households.OWNER_ONLY(member=by, role=role)

    def _check_free(self, who: str) -> None:
        if who not in self.accounts:
            raise MEMBER_UNKNOWN(kind="external_id")
        if who in self.at_home:
            raise households.IN_HOUSEHOLD(member=who, household=self.at_home[who])

    def _check_waiting(self, who: str) -> None:
        parked = [*self.parked, *self.unconfirmed, *self.rateless]
        waiting = sum(self.led(str(one.member.external_id)) == who for one in parked)
        waiting += sum(of == who for of, *_ in self.waiting.values())
        if waiting:
            raise households.HOUSEHOLD_WAITING(waiting=waiting, fact="the first")

    def _enter(self, name: str, who: str, role: str, now: datetime) -> Answer:
        self._check_free(who)
        self._check_waiting(who)
        giver, taker, home = self.accounts[who], self.accounts[name], self.homes[name]
        made: dict[str, list[str]] = {}
        home.owed[who] = {unit: debt for unit, debt in giver.debt.items() if debt}
        answer = self._hand(giver, taker, who, None, home.owed[who], made, now)
        home.lots[who] = {lot for lots in made.values() for lot in lots}
        home.roles[who], self.at_home[who] = role, name
        _raise(taker.standing, giver.standing)
        return answer

    def _leave(self, name: str, who: str, now: datetime) -> Answer:
        giver, taker, home = self.accounts[name], self.accounts[who], self.homes[name]
        policy = self.in_force(now).programme.sharing
        last = len(home.roles) == 1
        if not last and home.roles[who] == "owner":
            raise households.OWNER_STAYS(others=len(home.roles) - 1)
        if last:
            self._check_waiting(name)
        answer = Answer()
        if last or policy.leaving == "take":
            owed = {unit: min(home.owed[who].get(unit, 0), debt) for unit, debt in giver.debt.items()}
            owed = dict(giver.debt) if last else owed
            answer = self._hand(giver, taker, who, None if last else home.lots[who], owed, {}, now)
        if policy.leaving == "take" and not last:
            self.taken |= {
                key for key, (of, fact, _) in self.told.items()
                if of == name and self.stands(str(fact.member.external_id)) == who
            }  # fmt: skip
        _raise(taker.standing, giver.standing)
        del home.roles[who], self.at_home[who]
        if last:
            self.merges[name] = Merged(who, {}, {})
        return answer

    def _hand(
        self, giver: Account, taker: Account, who: str, names: set[str] | None, owed: dict[str, int],
        made: dict[str, list[str]], now: datetime,
    ) -> Answer:  # fmt: skip
        """Pass what is left of the lots, all of them where none are named, and the debt."""
        self._settle(giver, now)
        self._settle(taker, now)
        giver.acting = taker.acting = who
        passed, repaid = dict[str, tuple[int, int]](), dict[str, int]()
        for unit in sorted({*giver.lots, *owed}):
            moving = [lot for lot in giver.of(unit) if names is None or lot.id in names]
            held = sum(lot.held for lot in moving)
            if held:
                raise households.HOUSEHOLD_HELD(unit=unit, held=held)
            self._expire(giver, unit, now)
            points = self._hand_over(giver, taker, unit, [lot.id for lot in moving], made, WAY)
            _add(repaid, self._repay(taker, now))
            debt, most = owed.get(unit, 0), self.in_force(now).programme.units[unit].debt_max
            if most is not None and debt and taker.debt.get(unit, 0) + debt > most:
                raise households.HOUSEHOLD_DEBT(unit=unit, owed=taker.debt.get(unit, 0) + debt, most=most)
            self._take_over(giver, taker, unit, debt, WAY)
            passed[unit] = (points, debt)
        _add(repaid, self._repay(taker, now))
        giver.acting = taker.acting = ""
        return Answer(passed=passed, repaid=repaid)

    # --- in whose name ---

    def _in_name_of(self, who: str, deed: Callable[..., Answer], *told: Any, **more: Any) -> Answer:
        """Do something for a person: the household's postings name who it was, and rules look at the person."""
        person = self.stands(who)
        name = self.at_home.get(person)
        if name is None:
            return deed(*told, **more)
        account, home, own = self.accounts[name], self.homes[name], self.accounts[person].standing
        shared, before = account.standing, self.lots_made
        account.acting = person
        account.standing = Standing.of_member(
            account_id=name, enrolled_at=own.enrolled_at, attributes=own.attributes, segments=own.segments,
            birthday_month=own.birthday_month, counters=shared.counters,
        )  # fmt: skip
        account.standing.steps, account.standing.basis, account.standing.grants = (
            shared.steps, shared.basis, shared.grants,
        )  # fmt: skip
        answer = deed(*told, **more)
        account.acting, account.standing = "", shared
        home.lots[person] |= {f"{made:06}" for made in range(before + 1, self.lots_made + 1)}
        return answer

    def _spending(self, who: str, at: datetime, deed: Callable[..., Answer], *told: Any, **more: Any) -> Answer:
        """The same, where only some may do it."""
        person = self.stands(who)
        name = self.at_home.get(person)
        role: Any = None if name is None else self.homes[name].roles[person]
        try:
            households.check_spending(self.in_force(at).programme.sharing, role)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return self._in_name_of(who, deed, *told, **more)

    def hold(self, who: str, unit: str, points: int, *, life: TimeToLive, key: str, now: datetime) -> Answer:
        deed = super().hold
        return self._spending(who, now, deed, who, unit, points, life=life, key=key, now=now)

    def send(self, who: str, to: str, unit: str, points: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        deed = super().send
        return self._spending(who, now, deed, who, to, unit, points, key=key, now=now, dry_run=dry_run)

    def donate(self, who: str, cause: str, unit: str, points: int, *, key: str, now: datetime) -> Answer:
        deed = super().donate
        return self._spending(who, now, deed, who, cause, unit, points, key=key, now=now)

    def keeping(self, key: Key, account: Account, activity: Activity, refused: Kind) -> Account:
        of, purchase, _ = self.told[key]
        buyer = self.stands(str(purchase.member.external_id))
        keeper = self.led(buyer) if key in self.taken else self.led(of)
        if keeper == account.who:
            return account
        if key in self.taken or of not in self.homes or buyer != self.stands(str(activity.member.external_id)):
            raise refused(purchase=key[2])
        found = self.accounts[keeper]
        found.acting = buyer
        return found

    def placed(self, key: Key, account: Account) -> Account:
        """The account in which the points of a purchase wait: it may be a household that the buyer has left."""
        for name in sorted(self.accounts):
            lots = [lot for of in self.accounts[name].lots.values() for lot in of.values()]
            if any(lot.origin == str(key) and lot.waits and lot.remaining for lot in lots):
                return self.accounts[name]
        return account

    def share(self, who: str, unit: str, home: str) -> list[tuple[str, int]]:
        return [(kind, points) for person, kind, of, points in self.accounts[home].named
                if (person, of) == (who, unit)]  # fmt: skip

    def merge(self, stays: str, goes: str, *, now: datetime, dry_run: bool) -> Answer:
        for one in (stays, goes):
            if one in self.at_home:
                return Answer(refusal=households.IN_HOUSEHOLD(member=one, household=self.at_home[one]))
        return super().merge(stays, goes, now=now, dry_run=dry_run)


def _raise(one: Standing, other: Standing) -> None:
    """No counter of the one is lower than the other's."""
    for name, (amount, last) in other.counters.items():
        before, at = one.counters.get(name, (0, None))
        one.counters[name] = (max(before, amount), max(filter(None, (at, last)), default=None))


def _add(sums: dict[str, int], more: dict[str, int]) -> None:
    for unit, points in more.items():
        sums[unit] = sums.get(unit, 0) + points
