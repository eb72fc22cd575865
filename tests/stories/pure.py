"""The pure world: the core alone, with a ledger of a few lists; what the law says before any database is asked."""

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

import msgspec

from guerdon.core import activities as law
from guerdon.core import closing, expiry, ledger
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.decisions import Award, Decision, Share, Spent, Taken
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.ledger import Lot, Take
from guerdon.core.members import MEMBER_UNKNOWN
from guerdon.core.programme import Programme, Rate
from guerdon.core.rates import ToldRate
from guerdon.core.standing import Standing
from guerdon.engine.give_back import RETURN_OF_ANOTHER
from tests.stories.foresight import Foresight, endings
from tests.stories.reader import Person
from tests.stories.worlds import Amounts, Answer, Life


@dataclass(slots=True)
class _Account:
    """A member; a lot's `remaining` is what is left of it."""

    who: str
    standing: Standing
    lots: dict[str, dict[str, Lot]] = field(default_factory=dict)  # by unit and id
    debt: dict[str, int] = field(default_factory=dict)
    lapsed: dict[tuple[str, str], int] = field(default_factory=dict)  # booked as expired, by origin and unit
    statement: list[tuple[str, str, int]] = field(default_factory=list)
    counted: list[tuple[datetime, int]] = field(default_factory=list)  # when each counts, how many months closed
    closed: list[tuple[str, datetime]] = field(default_factory=list)  # the programme's closed months with their ends
    seen: datetime = ledger.FOR_EVER

    def post(self, kind: str, unit: str, points: int, at: datetime | None = None) -> None:
        """Write a posting down; without an instant it counts now."""
        self.statement.append((kind, unit, points))
        self.counted.append((at or self.seen, len(self.closed)))

    def of(self, unit: str) -> list[Lot]:
        return list(self.lots.get(unit, {}).values())

    def put(self, unit: str, lot: Lot) -> None:
        self.lots.setdefault(unit, {})[lot.id] = lot

    def take(self, kind: str, unit: str, takes: Iterable[Take], *, more: int = 0, at: datetime | None = None) -> int:
        """Take points out of lots as one posting; `more` are points that never were in a lot."""
        points = more
        for take in takes:
            lot = self.lots[unit][take.lot]
            self.put(unit, msgspec.structs.replace(lot, remaining=lot.remaining - take.points))
            points += take.points
        if points:
            self.post(kind, unit, -points, at)
        return points


@dataclass(slots=True)
class PureWorld:
    """The law in memory."""

    laws: list[tuple[datetime, Law]] = field(default_factory=list)
    accounts: dict[str, _Account] = field(default_factory=dict)
    told: dict[Key, tuple[str, Activity, Decision]] = field(default_factory=dict)
    parked: list[Activity] = field(default_factory=list)
    returned: set[Key] = field(default_factory=set)
    budgets: dict[str, int] = field(default_factory=dict)  # what each rule spent
    lots_made: int = 0
    closed: list[tuple[str, datetime]] = field(default_factory=list)
    rates: dict[str, list[Rate]] = field(default_factory=dict)  # told beside the programme, by currency
    rateless: list[Activity] = field(default_factory=list)
    last_night: datetime | None = None
    foresight: Foresight = field(default_factory=Foresight)

    def publish(self, programme: Programme, *, since: datetime, now: datetime) -> None:
        self.laws.append((since, Law(programme, len(self.laws) + 1)))

    def enrol(self, somebody: Person, *, now: datetime) -> None:
        standing = Standing.of_member(
            account_id=somebody.name,
            enrolled_at=now,
            attributes=dict(somebody.attributes),
            segments=somebody.segments,
            birthday_month=date.fromisoformat(somebody.born).month if somebody.born else None,
        )
        self.accounts[somebody.name] = _Account(somebody.name, standing, closed=self.closed, seen=now)

    def rehearsal(self) -> "PureWorld":
        """A copy to try things in."""
        parts = (self.accounts, self.told, self.parked, self.returned, self.budgets)
        return PureWorld(self.laws, *copy.deepcopy(parts), self.lots_made, self.closed, self.rates, [*self.rateless])

    def in_force(self, at: datetime) -> Law:
        """The last published law whose time had come."""
        found = [one for since, one in self.laws if since <= at]
        if not found:
            first = min(since for since, _ in self.laws)
            raise law.ACTIVITY_BEFORE_PROGRAMME(occurred_at=at.isoformat(), first=first.isoformat())
        return found[-1]

    # --- facts ---

    def record(self, told: Sequence[Activity], *, now: datetime, dry_run: bool) -> list[Answer]:
        world = self.rehearsal() if dry_run else self
        return [world._record(one, now) for one in told]

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
            if activity.kind == law.RETURN:
                decision = self._give_back(activity, account, in_force, now)
            else:
                decision = self._earn(activity, account, in_force, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return Answer(decision)

    def _account(self, who: str, in_force: Law, now: datetime) -> _Account:
        if who not in self.accounts:
            if not in_force.programme.enrol_unknown:
                raise MEMBER_UNKNOWN(kind="external_id")
            self.enrol(Person(who), now=now)
        return self.accounts[who]

    def _earn(self, activity: Activity, account: _Account, in_force: Law, now: datetime) -> Decision:
        left = {
            rule.key: rule.budget - self.budgets.get(rule.key, 0)
            for rule in in_force.programme.rules
            if rule.budget is not None
        }
        ruling = in_force.decide(activity, account.standing, posted_at=now, budgets=left, rates=self.rates)
        decision = ruling.decision
        key = law.key(activity)
        if decision.parked is not None:
            self.rateless.append(activity)
        if decision.parked is None:
            for award in decision.awards:
                self._credit("earn", account, award, str(key), activity.occurred_at)
                policy = in_force.programme.units[award.unit].expires
                if isinstance(policy, expiry.Sliding):
                    self._slide(account, award.unit, in_force.expires_at(policy, activity.occurred_at, now), now)
            decision = msgspec.structs.replace(decision, repaid=self._repay(account, now))
            account.standing.count(ruling.counts, activity.occurred_at)
            for rule, points in ruling.spent.items():
                self.budgets[rule] = self.budgets.get(rule, 0) + points
        self.told[key] = (account.who, activity, decision)
        for back in [one for one in self.parked if decision.parked is None and law.returned_key(one) == key]:
            self.parked.remove(back)
            self._take_back(back, account, key, now)
        return decision

    def rate(self, rate: ToldRate, *, now: datetime) -> Answer:
        of_currency = [one for one in self.rates.get(rate.currency, []) if one.start != rate.day]
        self.rates[rate.currency] = sorted([*of_currency, rate.as_rate()], key=lambda one: one.start)
        waiting, self.rateless = self.rateless, []
        for one in waiting:
            account = self.accounts[self.told[law.key(one)][0]]
            self._settle(account, now)
            self._earn(one, account, self.in_force(one.occurred_at), now)
        return Answer(released=len(waiting) - len(self.rateless))

    def _credit(self, kind: str, account: _Account, award: Award, origin: str, earned_at: datetime) -> None:
        self.lots_made += 1
        name = f"{self.lots_made:06}"
        lot = Lot(name, origin, award.points, 0, earned_at, award.available_at, award.expires_at)
        account.put(award.unit, lot)
        account.post(kind, award.unit, award.points, earned_at)

    def _slide(self, account: _Account, unit: str, end: datetime | None, now: datetime) -> None:
        for lot in account.of(unit):
            if end is not None and lot.remaining and lot.expires_at is not None and now < lot.expires_at < end:
                account.put(unit, msgspec.structs.replace(lot, expires_at=end))

    # --- returns ---

    def _give_back(self, activity: Activity, account: _Account, in_force: Law, now: datetime) -> Decision:
        key = law.returned_key(activity)
        known = self.told.get(key)
        if known is None or known[2].parked is not None:
            self.parked.append(activity)
            parked = Decision(version=in_force.version, parked="purchase_missing")
            self.told[law.key(activity)] = (account.who, activity, parked)
            return parked
        owner, purchase, _ = known
        if owner != account.who:
            raise RETURN_OF_ANOTHER(purchase=key[2])
        if not law.is_whole(activity, purchase, home=in_force.programme.currency):
            raise law.RETURN_NOT_WHOLE(purchase=key[2])
        if key in self.returned:
            raise law.ALREADY_RETURNED(purchase=key[2])
        return self._take_back(activity, account, key, now)

    def _take_back(self, activity: Activity, account: _Account, key: Key, now: datetime) -> Decision:
        self.returned.add(key)
        decision = self.told[key][2]
        in_force = next(one for _, one in self.laws if one.version == decision.version)
        asked = decision.awarded()
        taken = tuple(self._claw_back(account, unit, points, str(key), in_force, now) for unit, points in asked.items())
        back = Decision(version=decision.version, taken=taken)
        self.told[law.key(activity)] = (account.who, activity, back)
        return back

    def _claw_back(self, account: _Account, unit: str, points: int, origin: str, in_force: Law, now: datetime) -> Taken:
        lots = account.of(unit)
        dead = sum(lot.free for lot in lots if lot.origin == origin and lot.lapsed(now))
        most, debt = in_force.programme.units[unit].debt_max, account.debt.get(unit, 0)
        found = ledger.claw_back(
            points,
            origin=origin,
            lapsed=account.lapsed.get((origin, unit), 0) + dead,
            lots=lots,
            at=now,
            policy=in_force.programme.returns,
            debt_room=ledger.NO_LIMIT if most is None else max(0, most - debt),
        )
        if found.debt:
            self._expire(account, unit, now)
            account.debt[unit] = debt + found.debt
            account.post("lend", unit, found.debt)
        account.take("claw_back", unit, found.takes, more=found.debt)
        return Taken(unit, points, found.origin, found.other, found.lapsed, found.debt, found.shortfall)

    # --- burns and adjustments ---

    def spend(self, who: str, unit: str, points: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        return world._change("burn", who, unit, -points, key, now)

    def adjust(self, who: str, unit: str, points: int, *, key: str, actor: str, reason: str, now: datetime) -> Answer:
        return self._change("adjust_up" if points > 0 else "adjust_down", who, unit, points, key, now)

    def _change(self, kind: str, who: str, unit: str, points: int, key: str, now: datetime) -> Answer:
        name: Key = ("desk", kind, key)
        if name in self.told:
            return Answer(self.told[name][2], known=True)
        in_force = self.in_force(now)
        try:
            of_unit = in_force.programme.unit(unit)
            if kind == "burn" and of_unit.kind in ("qualifying", "allowance"):
                raise ledger.UNIT_NOT_SPENDABLE(unit=unit)
            if who not in self.accounts:
                raise MEMBER_UNKNOWN(kind="external_id")
            account = self.accounts[who]
            self._settle(account, now)
            end = in_force.expires_at(of_unit.expires, now, now)
            if points > 0:
                share = Share(rule="adjustment", points=points, exact=str(points))
                award = Award(unit=unit, points=points, shares=(share,), available_at=now, expires_at=end)
                self._credit(kind, account, award, key, now)
                decision = Decision(in_force.version, awards=(award,), repaid=self._repay(account, now))
            else:
                account.take(kind, unit, ledger.take(account.of(unit), -points, at=now, unit=unit))
                if kind == "burn" and isinstance(of_unit.expires, expiry.Sliding):
                    self._slide(account, unit, end, now)
                decision = Decision(in_force.version, spent=(Spent(unit=unit, points=-points),))
        except Refusal as refusal:
            return Answer(refusal=refusal)
        self.told[name] = (who, Activity("burn", "desk", key, now, Member(external_id=who)), decision)
        return Answer(decision)

    # --- time ---

    def _settle(self, account: _Account, now: datetime) -> dict[str, int]:
        """Book what vested into debts meanwhile."""
        account.seen = now
        repaid: dict[str, int] = {}
        for unit, debt in list(account.debt.items()):
            for instant, takes in ledger.repayments(account.of(unit), debt, at=now):
                points = account.take("repay", unit, takes, at=instant)
                account.debt[unit] -= points
                repaid[unit] = repaid.get(unit, 0) + points
        return repaid

    def _repay(self, account: _Account, now: datetime) -> dict[str, int]:
        """Repay debts out of what is available now."""
        repaid: dict[str, int] = {}
        for unit, debt in list(account.debt.items()):
            lots = account.of(unit)
            points = min(debt, sum(lot.free for lot in lots if lot.spendable(now)))
            if points:
                repaid[unit] = account.take("repay", unit, ledger.take(lots, points, at=now, unit=unit))
                account.debt[unit] -= points
        return repaid

    def _expire(self, account: _Account, unit: str, now: datetime) -> int:
        dead = [lot for lot in ledger.in_order(account.of(unit)) if lot.free and lot.lapsed(now)]
        expired = 0
        for end, lots in groupby(dead, key=lambda lot: lot.expires_at):
            takes = [Take(lot.id, lot.free) for lot in lots]
            expired += account.take("expire", unit, takes, at=end)
        for lot in dead:
            account.lapsed[lot.origin, unit] = account.lapsed.get((lot.origin, unit), 0) + lot.free
        return expired

    def night(self, now: datetime) -> tuple[dict[str, int], dict[str, int]]:
        self.last_night = now
        expired: dict[str, int] = {}
        repaid: dict[str, int] = {}
        for account in self.accounts.values():
            for unit, points in self._settle(account, now).items():
                repaid[unit] = repaid.get(unit, 0) + points
            for unit in account.lots:
                points = self._expire(account, unit, now)
                if points:
                    expired[unit] = expired.get(unit, 0) + points
        self.foresight.look(self.in_force(now).programme, {who: one.lots for who, one in self.accounts.items()}, now)
        return expired, repaid

    def close_month(self, month: str, *, actor: str, now: datetime) -> Answer:
        """Independent of numbers: what is written down before the closing is in time."""
        zone = self.in_force(now).zone
        if month in [name for name, _ in self.closed]:
            return Answer()
        try:
            chain = [closing.Closing(name, until, until, 0) for name, until in self.closed]
            closing.may_close(month, closings=chain, zone=zone, now=now)
            until = closing.ends(month, zone)
            if self.last_night is None or self.last_night < until:
                raise closing.MONTH_UNSWEPT(month=month, ends=until.isoformat())
        except Refusal as refusal:
            return Answer(refusal=refusal)
        self.closed.append((month, until))
        return Answer()

    def _place(self, at: datetime, closed: int) -> tuple[str, bool]:
        """The month of something that counts at the instant and was written down when so many months were closed."""
        if closed and at < self.closed[closed - 1][1]:
            return closing.following(self.closed[closed - 1][0]), True
        return f"{at.astimezone(self.laws[0][1].zone):%Y-%m}", False

    def figures(self, month: str, unit: str) -> tuple[int, dict[str, tuple[int, int]]]:
        number = [name for name, _ in self.closed].index(month)
        opening, found = 0, dict.fromkeys(closing.COLUMNS.values(), (0, 0))
        for account in self.accounts.values():
            for (kind, of, points), (at, closed) in zip(account.statement, account.counted, strict=True):
                name, late = self._place(at, closed)
                if of != unit or closed > number or name > month:
                    continue
                if name < month:
                    opening += points
                    continue
                column = closing.COLUMNS[kind]  # type: ignore[index] # kinds of the ledger
                before = found[column]
                found[column] = (before[0] + points, before[1] + (points if late else 0))
        return opening, {name: flow for name, flow in found.items() if flow[0]}

    def expiring(self, who: str, unit: str, now: datetime, until: date | None) -> list[tuple[int, date]]:
        found = endings(self.accounts[who].of(unit), self.laws[0][1].zone, now)
        return [one for one in found if until is None or one[1] <= until]

    def reminders(self, who: str, now: datetime) -> list[tuple[int, str, date, int]]:
        return self.foresight.reminders(who, now)

    def ending(self, unit: str) -> list[tuple[int, str]]:
        return self.foresight.ending(unit)

    def months(self, who: str, unit: str) -> list[tuple[int, str, bool]]:
        account = self.accounts[who]
        return [
            (points, *self._place(at, closed))
            for (_, of, points), (at, closed) in zip(account.statement, account.counted, strict=True)
            if of == unit
        ]

    # --- questions ---

    def amounts(self, who: str, unit: str, now: datetime) -> Amounts:
        account = copy.deepcopy(self.accounts[who])
        self._settle(account, now)
        lots = account.of(unit)
        return Amounts(
            available=sum(lot.free for lot in lots if lot.spendable(now)),
            pending=sum(lot.free for lot in lots if lot.pending(now)),
            debt=account.debt.get(unit, 0),
            lapsed=sum(lot.free for lot in lots if lot.lapsed(now) and not lot.pending(now)),
        )

    def lots(self, who: str, unit: str, now: datetime) -> list[Life]:
        return [
            Life(lot.remaining, lot.available_at, lot.expires_at, lot.earned_at, lot.id)
            for lot in self.accounts[who].of(unit)
            if lot.remaining and not lot.lapsed(now)
        ]

    def statement(self, who: str, unit: str) -> list[tuple[str, int]]:
        return [(kind, points) for kind, of, points in self.accounts[who].statement if of == unit]
