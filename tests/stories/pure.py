"""The pure world: the core alone, with a ledger of a few lists; what the law says before any database is asked."""

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

import msgspec

from guerdon.core import activities as law
from guerdon.core import burns as burns_law
from guerdon.core import expiry, ledger
from guerdon.core import holds as holds_law
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.decisions import Award, Decision, Share, Spent, Taken
from guerdon.core.due import due
from guerdon.core.errors import Refusal
from guerdon.core.holds import Hold, TimeToLive
from guerdon.core.law import Law
from guerdon.core.ledger import Lot, Take
from guerdon.core.members import MEMBER_UNKNOWN
from guerdon.core.programme import Programme
from guerdon.core.standing import Standing
from guerdon.engine.confirm import PURCHASE_OF_ANOTHER
from guerdon.engine.give_back import RETURN_OF_ANOTHER
from tests.stories.confirmations import Confirmations
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
    holds: dict[str, Hold] = field(default_factory=dict)

    def held(self, unit: str, takes: Iterable[Take], sign: int) -> None:
        """Hold points in their lots, or hold them no longer."""
        for take in takes:
            lot = self.lots[unit][take.lot]
            self.put(unit, msgspec.structs.replace(lot, held=lot.held + sign * take.points))

    def of(self, unit: str) -> list[Lot]:
        return list(self.lots.get(unit, {}).values())

    def put(self, unit: str, lot: Lot) -> None:
        self.lots.setdefault(unit, {})[lot.id] = lot

    def take(self, kind: str, unit: str, takes: Iterable[Take], *, more: int = 0) -> int:
        """Take points out of lots as one posting; `more` are points that never were in a lot."""
        points = more
        for take in takes:
            lot = self.lots[unit][take.lot]
            self.put(unit, msgspec.structs.replace(lot, remaining=lot.remaining - take.points))
            points += take.points
        if points:
            self.statement.append((kind, unit, -points))
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
    burns: dict[str, tuple[str, str, tuple[Take, ...]]] = field(default_factory=dict)
    given_back: dict[str, int] = field(default_factory=dict)
    confirmations: Confirmations = field(default_factory=Confirmations)

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
        self.accounts[somebody.name] = _Account(somebody.name, standing)

    def rehearsal(self) -> "PureWorld":
        """A copy to try things in."""
        parts = (self.accounts, self.told, self.parked, self.returned, self.budgets)
        burns = copy.deepcopy((self.burns, self.given_back))
        return PureWorld(self.laws, *copy.deepcopy(parts), self.lots_made, *burns, copy.deepcopy(self.confirmations))

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
            in_force.check(activity, now=now)
            known = self.told.get(law.key(activity))
            if known is not None:
                return Answer(known[2], known=True)
            account = self._account(str(activity.member.external_id), in_force, now)
            self._settle(account, now)
            if activity.confirms is not None:
                decision = self._confirm(activity, account, in_force, now)
            elif activity.kind == law.RETURN:
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
        ruling = in_force.decide(activity, account.standing, posted_at=now, budgets=left)
        decision = ruling.decision
        key = law.key(activity)
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
        if decision.parked is None:
            self.confirmations.purchase(self, account, activity, decision, now)
        for back in [one for one in self.parked if decision.parked is None and law.returned_key(one) == key]:
            self.parked.remove(back)
            self._take_back(back, account, key, now)
        return decision

    def _credit(self, kind: str, account: _Account, award: Award, origin: str, earned_at: datetime) -> None:
        self.lots_made += 1
        name = f"{self.lots_made:06}"
        lot = Lot(name, origin, award.points, 0, earned_at, award.available_at, award.expires_at)
        account.put(award.unit, lot)
        account.statement.append((kind, award.unit, award.points))

    def _slide(self, account: _Account, unit: str, end: datetime | None, now: datetime) -> None:
        for lot in account.of(unit):
            moves = lot.remaining and not lot.waits
            if end is not None and moves and lot.expires_at is not None and now < lot.expires_at < end:
                account.put(unit, msgspec.structs.replace(lot, expires_at=end))

    # --- what purchases wait for ---

    def _confirm(self, activity: Activity, account: _Account, in_force: Law, now: datetime) -> Decision:
        if not any(activity.kind in one.awaited for _, one in self.laws):
            raise law.ACTIVITY_INVALID(pointer="/confirms", reason="not_awaited")
        key = law.confirmed_key(activity)
        known = self.told.get(key)
        if known is None or known[2].parked is not None:
            self.confirmations.park(key, activity)
            parked = Decision(version=in_force.version, parked="purchase_missing")
            self.told[law.key(activity)] = (account.who, activity, parked)
            return parked
        if known[0] != account.who:
            raise PURCHASE_OF_ANOTHER(purchase=key[2])
        return self.confirmed(activity, account, key, now)

    def confirmed(self, activity: Activity, account: _Account, key: Key, now: datetime) -> Decision:
        """The points of the purchase that wait for the kind begin, and the activity earns its own."""
        _, purchase, first = self.told[key]
        decided = next(one for _, one in self.laws if one.version == first.version)
        decision = self._earn(activity, account, self.in_force(activity.occurred_at), now)
        released = self.confirmations.begin(account, activity, purchase, first, decided, now)
        for one in released:
            policy = decided.programme.units[one.unit].expires
            if isinstance(policy, expiry.Sliding):
                self._slide(account, one.unit, one.expires_at, now)
        repaid = dict(decision.repaid)
        for unit, points in self._repay(account, now).items():
            repaid[unit] = repaid.get(unit, 0) + points
        decision = msgspec.structs.replace(decision, released=released, repaid=repaid)
        self.told[law.key(activity)] = (account.who, activity, decision)
        return decision

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
            account.statement.append(("lend", unit, found.debt))
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
                takes = ledger.take(account.of(unit), -points, at=now, unit=unit)
                account.take(kind, unit, takes)
                self.burns[key] = (who, unit, takes)
                if kind == "burn" and isinstance(of_unit.expires, expiry.Sliding):
                    self._slide(account, unit, end, now)
                decision = Decision(in_force.version, spent=(Spent(unit=unit, points=-points),))
        except Refusal as refusal:
            return Answer(refusal=refusal)
        self.told[name] = (who, Activity("burn", "desk", key, now, Member(external_id=who)), decision)
        return Answer(decision)

    # --- holds, and burns that come to nothing ---

    def hold(self, who: str, unit: str, points: int, *, life: TimeToLive, key: str, now: datetime) -> Answer:
        in_force, account = self.in_force(now), self.accounts[who]
        self._settle(account, now)
        try:
            takes = ledger.take(account.of(unit), points, at=now, unit=unit)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        ends_at = holds_law.ends_at(life, created_at=now, zone=in_force.zone)
        account.holds[key] = Hold(key, who, unit, points, now, ends_at, takes)
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
        spent = account.take("burn", found.unit, taken)
        self.burns[key] = (account.who, found.unit, taken)
        policy = self.in_force(now).programme.units[found.unit].expires
        if isinstance(policy, expiry.Sliding):
            self._slide(account, found.unit, self.in_force(now).expires_at(policy, found.created_at, now), now)
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
        self, account: _Account, after: Hold, rest: Sequence[Take], now: datetime, spent: tuple[Spent, ...] = ()
    ) -> Answer:
        account.holds[after.id] = after
        account.held(after.unit, rest, -1)
        expired = self._bury_dead(account, after.unit, rest, now)
        repaid = self._repay(account, now) if rest else {}
        version = self.in_force(now).version
        return Answer(Decision(version, spent=spent, expired=expired, repaid=repaid))

    def _bury_dead(self, account: _Account, unit: str, takes: Sequence[Take], now: datetime) -> dict[str, int]:
        dead = [take for take in takes if account.lots[unit][take.lot].lapsed(now)]
        return {unit: self._bury(account, unit, dead)} if dead else {}

    def _holder(self, hold: str) -> _Account:
        return next(account for account in self.accounts.values() if hold in account.holds)

    def state(self, hold: str, now: datetime) -> str:
        account = copy.deepcopy(self._holder(hold))
        self._settle(account, now)
        return account.holds[hold].state

    def cancel(self, burn: str, points: int | None, *, key: str, now: datetime) -> Answer:
        who, unit, taken = self.burns[burn]
        account, in_force = self.accounts[who], self.in_force(now)
        self._settle(account, now)
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
            account.statement.append(("reinstate", unit, sum(back.points for back in same)))
        for back in same:
            lot = account.lots[unit][back.lot]
            account.put(unit, msgspec.structs.replace(lot, remaining=lot.remaining + back.points))
        for back in revived:
            lot, until = account.lots[unit][back.lot], burns_law.grace_ends(now, grace or 0, in_force.zone)
            self.lots_made += 1
            new = {"id": f"{self.lots_made:06}", "remaining": back.points, "available_at": now, "expires_at": until}
            account.put(unit, msgspec.structs.replace(lot, **new, held=0))
            account.statement.append(("reinstate", unit, back.points))
        expired = self._bury_dead(account, unit, same, now)
        repaid = self._repay(account, now)
        return Answer(Decision(in_force.version, reinstated={unit: total}, expired=expired, repaid=repaid))

    # --- time ---

    def _settle(self, account: _Account, now: datetime, *, bury: bool = True) -> tuple[dict[str, int], dict[str, int]]:
        """Book what time has done: holds that ended, what vested into debts; what repaid and what expired."""
        repaid: dict[str, int] = {}
        expired: dict[str, int] = {}
        holds = [hold for hold in account.holds.values() if hold.state == "open"]
        over = [hold for hold in holds if hold.ends_at <= now]
        for unit in account.lots:
            mine = [hold for hold in holds if hold.unit == unit]
            for one in due(account.of(unit), account.debt.get(unit, 0), mine, at=now):
                if one.kind == "free":
                    account.held(unit, one.takes, -1)
                elif one.kind == "repay":
                    account.debt[unit] -= account.take("repay", unit, one.takes)
                    repaid[unit] = repaid.get(unit, 0) + one.points
                elif over and bury:
                    points = self._bury(account, unit, one.takes, one.kind)
                    if one.kind == "expire":
                        expired[unit] = expired.get(unit, 0) + points
        for hold in over:
            account.holds[hold.id] = holds_law.expire(hold)
        return repaid, expired

    def _bury(self, account: _Account, unit: str, takes: Sequence[Take], kind: str = "expire") -> int:
        for take in takes:
            origin = account.lots[unit][take.lot].origin
            account.lapsed[origin, unit] = account.lapsed.get((origin, unit), 0) + take.points
        return account.take(kind, unit, takes)

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
        self._cancel_waiting(account, unit, [lot for lot in dead if lot.waits])
        dead = [lot for lot in dead if not lot.waits]
        expired = 0
        for _, lots in groupby(dead, key=lambda lot: lot.expires_at):
            takes = [Take(lot.id, lot.free) for lot in lots]
            expired += account.take("expire", unit, takes)
        for lot in dead:
            account.lapsed[lot.origin, unit] = account.lapsed.get((lot.origin, unit), 0) + lot.free
        return expired

    def _cancel_waiting(self, account: _Account, unit: str, dead: list[Lot]) -> None:
        """What waited in vain, one posting for each end of life."""
        for _, lots in groupby(dead, key=lambda lot: lot.expires_at):
            self._bury(account, unit, [Take(lot.id, lot.free) for lot in lots], "cancel")

    def night(self, now: datetime) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        began = {who: len(account.statement) for who, account in self.accounts.items()}
        expired: dict[str, int] = {}
        repaid: dict[str, int] = {}
        for account in self.accounts.values():
            for sums, done in zip((repaid, expired), self._settle(account, now), strict=True):
                for unit, points in done.items():
                    sums[unit] = sums.get(unit, 0) + points
            for unit in account.lots:
                points = self._expire(account, unit, now)
                if points:
                    expired[unit] = expired.get(unit, 0) + points
        cancelled: dict[str, int] = {}
        for who, account in self.accounts.items():
            for kind, unit, points in account.statement[began[who] :]:
                if kind == "cancel":
                    cancelled[unit] = cancelled.get(unit, 0) - points
        return expired, repaid, cancelled

    # --- questions ---

    def amounts(self, who: str, unit: str, now: datetime) -> Amounts:
        account = copy.deepcopy(self.accounts[who])
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
        account = copy.deepcopy(self.accounts[who])
        self._settle(account, now, bury=False)
        lives = [
            Life(
                lot.held if lot.lapsed(now) else lot.remaining, lot.available_at, lot.expires_at, lot.earned_at, lot.id
            )
            for lot in account.of(unit)
        ]
        return [life for life in lives if life.points]

    def statement(self, who: str, unit: str) -> list[tuple[str, int]]:
        return [(kind, points) for kind, of, points in self.accounts[who].statement if of == unit]
