"""What somebody holds in the pure world, what is given back of it, and whether it would be worth its price."""

from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import memberships, merging, period, returns, voiding, worth
from guerdon.core.activities import Activity, Key, Member, Reference
from guerdon.core.memberships import Interval, Membership
from guerdon.core.returns import Slice
from guerdon.core.standing import Standing
from guerdon.core.worth import Fact
from tests.stories.pure.ground import Ground
from tests.stories.worlds import Answer, Turn


class Refunding(Ground):
    """What somebody holds in the pure world, and what is given back of it."""

    __slots__ = ()

    def _own(self, person: str) -> list[Membership]:
        """What a person joined, or whoever was merged into the person."""
        mine = [one for who, held in self.held.items() if self.stands(who) == person for one in held]
        return sorted(mine, key=lambda one: one.seq)

    def held_by(self, person: str) -> list[Membership]:
        """The own memberships, and the joint ones of the others in the household."""
        home = self.at_home.get(person)
        others = [one for one in self.homes[home].roles if one != person] if home is not None else []
        return [*self._own(person), *(one for other in others for one in self._own(other) if one.terms.joint)]

    def _check_plans(self, stays: str, goes: str, now: datetime) -> None:
        """Two memberships that run can't become one."""
        zone = self.in_force(now).zone
        running = [
            each.id for who in (goes, stays) for each in self._own(who) if memberships.state(each, now, zone) != "ended"
        ]
        if len(running) > 1:
            raise merging.MERGE_MEMBERSHIPS(membership=running[0], other=running[1])

    def _refund(self, one: Membership, turn: Turn, now: datetime) -> Answer:
        """The money for a period comes back, and what the plan gave while it ran is taken back."""
        zone = self.in_force(now).zone
        if memberships.state(one, now, zone) == "paused":
            raise memberships.MEMBERSHIP_STATE(state="paused", may="active, grace, cancelled, ended")
        given = memberships.refundable(one, turn.number, now, zone)
        before = sum(each.refunded for each in self.payments[one.id])
        self._give_money_back(one, given.value)
        back = sum(each.refunded for each in self.payments[one.id]) - before
        if not back:
            raise memberships.NOTHING_TO_REFUND(number=given.number)
        self._withdraw(one)
        start = memberships.begun(one, given)
        ahead = start > now
        one = self._cut_short(one, max(now, start))
        ends = start if ahead else min(now, one.ends_at or now)
        self._step(
            one, cancelled_at=one.cancelled_at or now, ends_at=ends, ended=not ahead, refunded_at=now, asked=one.number
        )
        self._void(one, given, now)
        return Answer(back=back)

    def _give_money_back(self, one: Membership, amount: int) -> None:
        """Out of the last payment first."""
        for each in reversed(list(self.payments.get(one.id, []))):
            part = min(amount, each.left) if each.state == "paid" else 0
            if part:
                amount -= part
                state = "refunded" if each.refunded + part == each.amount else "paid"
                self._mark(each, state=state, refunded=each.refunded + part)

    def _void(self, one: Membership, given: Interval, now: datetime) -> None:
        """Take back, fact by fact, what was only given because of the periods that nothing is paid for any more."""
        periods = voiding.unpaid(one, given, self.in_force(now).zone)
        for key, (of, fact, decision) in list(self.told.items()):
            who = self.stands(str(fact.member.external_id))
            shares = one.terms.joint and self.led(of) == self.led(one.account_id)
            if who != self.stands(one.account_id) and not shares:
                continue
            rules = voiding.rules(self._decided(decision), fact, decision, (one, periods), self.held_by(who))
            if rules:
                self._in_name_of(who, self._void_one, key, rules, now)

    def _void_one(self, key: Key, rules: tuple[str, ...], now: datetime) -> Answer:
        of, fact, _ = self.told[key]
        account = self.accounts[self.led(of)]
        self._settle(account, now)
        back = Activity(
            law.MEMBERSHIP_VOID, "memberships", str(key), now, Member(external_id=account.who),
            returns=Reference(external_id=key[2]),
        )  # fmt: skip
        rest = returns.kept(fact, returns.current(self.slices.get(key, [])))
        self._take_back(back, account, key, Slice(voids=rules), rest, now)
        return Answer()

    # --- is it worth it? ---

    def worth(self, who: str, plan: str, now: datetime) -> tuple[int, int]:
        in_force, person = self.in_force(now), self.stands(who)
        account, found = self.accounts[self.led(person)], in_force.programme.plan(plan)
        since = period.midnight(period.add_months(period.local_day(now, in_force.zone), -12), in_force.zone)
        facts = [
            Fact(kept, kept.occurred_at, since <= kept.occurred_at)
            for key, (of, fact, _) in self.told.items()
            if self.led(of) == account.who and (found.joint or self.stands(str(fact.member.external_id)) == person)
            for kept in self._kept(key, fact) if worth.is_weighed(kept)
        ]  # fmt: skip
        own = self.accounts[person].standing
        standing = Standing.of_member(
            account_id=account.who, enrolled_at=own.enrolled_at, attributes=own.attributes, segments=own.segments,
            birthday_month=own.birthday_month,
        )  # fmt: skip
        standing.steps, standing.basis = account.standing.steps, account.standing.basis
        standing.grants, standing.held = account.standing.grants, self.held_by(person)
        told = worth.of_plan(in_force, facts, standing, found)
        assert told.by is not None
        return told.total, told.by

    def _kept(self, key: Key, fact: Activity) -> list[Activity]:
        """The part of a fact that has not come back, if any is left."""
        slices = returns.current(self.slices.get(key, []))
        if not slices:
            return [fact]
        rest = returns.kept(fact, slices)
        up, down = rest.part
        lines = tuple(msgspec.structs.replace(line, amount=line.amount * up // down) for line in rest.lines)
        return [msgspec.structs.replace(fact, amount=None, lines=lines, tenders=())] if rest.left else []
