"""The pure world: the core alone, with a ledger of a few lists; what the law says before any database is asked."""

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

import msgspec

from guerdon.core import activities as law
from guerdon.core import burns as burns_law
from guerdon.core import closing, expiry, ledger, merging, period, returns, transfers
from guerdon.core import holds as holds_law
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.adjustments import ADJUSTMENT_DECIDED, OWN_ADJUSTMENT
from guerdon.core.decisions import Award, Decision, Refund, Restored, Share, Spent, Taken, TenderBack
from guerdon.core.due import due
from guerdon.core.errors import Refusal
from guerdon.core.holds import Hold, TimeToLive
from guerdon.core.law import Law
from guerdon.core.ledger import Lot, Take
from guerdon.core.members import MEMBER_UNKNOWN
from guerdon.core.programme import Programme, Rate
from guerdon.core.rates import ToldRate
from guerdon.core.returns import Kept, Slice
from guerdon.core.standing import Standing
from guerdon.engine.adjust import STATES, Verdict
from guerdon.engine.confirm import PURCHASE_OF_ANOTHER
from guerdon.engine.give_back import KINDS, RETURN_OF_ANOTHER
from tests.stories.confirmations import Confirmations
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
    # When each posting counts, and how many months were closed when it was written down.
    counted: list[tuple[datetime, int]] = field(default_factory=list)
    closed: list[tuple[str, datetime]] = field(default_factory=list)  # the programme's closed months with their ends
    seen: datetime = ledger.FOR_EVER
    holds: dict[str, Hold] = field(default_factory=dict)

    def post(self, kind: str, unit: str, points: int, at: datetime | None = None) -> None:
        """Write a posting down; without an instant it counts now."""
        self.statement.append((kind, unit, points))
        self.counted.append((at or self.seen, len(self.closed)))

    def held(self, unit: str, takes: Iterable[Take], sign: int) -> None:
        """Hold points in their lots, or hold them no longer."""
        for take in takes:
            lot = self.lots[unit][take.lot]
            self.put(unit, msgspec.structs.replace(lot, held=lot.held + sign * take.points))

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
class _Merge:
    """What a member brought into another's account, and how both were before."""

    stays: str
    passed: dict[str, tuple[int, int]]
    repaid: dict[str, int]
    lots: dict[str, list[str]] = field(default_factory=dict)  # by unit, the names they have there
    debt: dict[str, int] = field(default_factory=dict)
    before: Standing | None = None
    alone: dict[tuple[str, ...], list[int]] = field(default_factory=dict)  # by hand on the day they were merged


@dataclass(slots=True)
class _Passing:
    """Points that went, or are to go, from one member to another; `last` is the last local day of an offer."""

    who: str
    to: str
    unit: str
    points: int
    fee: int
    state: str = "done"
    last: date | None = None


@dataclass(slots=True)
class PureWorld:
    """The law in memory."""

    laws: list[tuple[datetime, Law]] = field(default_factory=list)
    accounts: dict[str, _Account] = field(default_factory=dict)
    told: dict[Key, tuple[str, Activity, Decision]] = field(default_factory=dict)
    parked: list[Activity] = field(default_factory=list)
    slices: dict[Key, list[Slice]] = field(default_factory=dict)
    budgets: dict[str, int] = field(default_factory=dict)  # what each rule spent
    lots_made: int = 0
    merges: dict[str, _Merge] = field(default_factory=dict)  # by who was merged
    kin: dict[str, set[str]] = field(default_factory=dict)  # who was ever one with whom
    alone: dict[tuple[str, ...], list[int]] = field(default_factory=dict)  # actor, member, unit, day
    waiting: dict[str, tuple[str, str, int, str]] = field(default_factory=dict)  # for a second person
    judged: dict[str, Verdict] = field(default_factory=dict)
    closed: list[tuple[str, datetime]] = field(default_factory=list)
    rates: dict[str, list[Rate]] = field(default_factory=dict)  # told beside the programme, by currency
    rateless: list[Activity] = field(default_factory=list)
    last_night: datetime | None = None
    burns: dict[str, tuple[str, str, tuple[Take, ...]]] = field(default_factory=dict)
    given_back: dict[str, int] = field(default_factory=dict)
    sent: dict[str, _Passing] = field(default_factory=dict)  # by what the story calls them
    passed: list[tuple[str, str, str, date, int]] = field(default_factory=list)  # sender, receiver, unit, day, points
    donated: dict[tuple[str, str], int] = field(default_factory=dict)  # by cause and unit
    foresight: Foresight = field(default_factory=Foresight)
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
        self.accounts[somebody.name] = _Account(somebody.name, standing, closed=self.closed, seen=now)

    def rehearsal(self) -> "PureWorld":
        """A copy to try things in."""
        return copy.deepcopy(self, {id(self.laws): self.laws})

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
            if activity.confirms is not None:
                decision = self._confirm(activity, account, in_force, now)
            elif activity.kind in KINDS:
                decision = self._give_back(activity, account, in_force, now)
            else:
                decision = self._earn(activity, account, in_force, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return Answer(decision)

    def _account(self, who: str, in_force: Law, now: datetime) -> _Account:
        who = self.led(who)
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
        if activity.replaces is not None:
            self._replace(activity, account, now)
            decision = msgspec.structs.replace(decision, replaced="the return")
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
        if decision.parked is None:
            self.confirmations.purchase(self, account, activity, decision, now)
        for back in [one for one in self.parked if decision.parked is None and law.returned_key(one) == key]:
            try:
                part, rest = self._cut(back, key)
            except Refusal:
                continue
            self.parked.remove(back)
            self._take_back(back, account, key, part, rest, now)
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
        if self.led(known[0]) != account.who:
            raise RETURN_OF_ANOTHER(purchase=key[2])
        part, rest = self._cut(activity, key)
        return self._take_back(activity, account, key, part, rest, now)

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
        return part, returns.kept(purchase, [*slices, part])

    def _replace(self, activity: Activity, account: _Account, now: datetime) -> None:
        key = law.replaced_key(activity)
        if key not in self.told:
            raise returns.PURCHASE_UNKNOWN(purchase=key[2])
        if self.led(self.told[key][0]) != account.who:
            raise RETURN_OF_ANOTHER(purchase=key[2])
        back = msgspec.structs.replace(
            activity, kind=law.RETURN, source="exchange", returns=activity.replaces, replaces=None, amount=None,
            lines=(), tenders=(),
        )  # fmt: skip
        part, rest = self._cut(back, key)
        self._take_back(back, account, key, part, rest, now)

    def _decided(self, decision: Decision) -> Law:
        return next(one for _, one in self.laws if one.version == decision.version)

    def _take_back(
        self, activity: Activity, account: _Account, key: Key, part: Slice, rest: Kept, now: datetime
    ) -> Decision:
        _, purchase, decision = self.told[key]
        in_force = self._decided(decision)
        tenders = returns.tenders_back(purchase, rest.returned, in_force.programme.refunds)
        keeps = returns.earned(in_force, purchase, decision, rest, tenders)
        if part.reopens:
            keeps = decision.awarded()
        before = returns.current(self.slices.setdefault(key, []))
        taken: list[Taken] = []
        restored: list[Restored] = []
        for unit, given in decision.awarded().items():
            asked = given - keeps.get(unit, 0) - sum(one.taken.get(unit, 0) for one in before)
            if asked < 0:
                points = min(-asked, sum(one.moved.get(unit, 0) for one in before))
                self._give_again(account, decision, unit, points, key, purchase.occurred_at)
                restored.append(Restored(unit, -asked, points, keeps.get(unit, 0)))
                continue
            lapsed = sum(one.lapsed.get(unit, 0) for one in before)
            found = self._claw_back(account, unit, asked, str(key), in_force, now, lapsed)
            taken.append(msgspec.structs.replace(found, kept=keeps.get(unit, 0)))
        amount = rest.returned - returns.kept(purchase, before).returned
        back_to = tuple(
            TenderBack(tender.kind, sum_now - sum(one.tenders[place] for one in before))
            for place, (tender, sum_now) in enumerate(zip(purchase.tenders, tenders, strict=True))
        )
        self.slices[key].append(
            msgspec.structs.replace(
                part,
                taken={one.unit: one.asked for one in taken} | {one.unit: -one.asked for one in restored},
                moved={one.unit: one.origin + one.other + one.debt for one in taken}
                | {one.unit: -one.points for one in restored},
                lapsed={one.unit: one.lapsed for one in taken},
                tenders=tuple(one.amount for one in back_to),
            )
        )
        currency = purchase.currency or in_force.programme.currency
        refund = Refund(amount, rest.left, currency, back_to)
        repaid = self._repay(account, now) if restored else {}
        back = Decision(
            version=decision.version, taken=tuple(taken), restored=tuple(restored), refund=refund, repaid=repaid
        )
        self.told[law.key(activity)] = (account.who, activity, back)
        return back

    def _give_again(
        self, account: _Account, decision: Decision, unit: str, points: int, key: Key, earned_at: datetime
    ) -> None:
        for award in decision.awards:
            part = min(points, award.points) if award.unit == unit else 0
            if part:
                points -= part
                self._credit("restore", account, msgspec.structs.replace(award, points=part), str(key), earned_at)

    def _claw_back(
        self, account: _Account, unit: str, points: int, origin: str, in_force: Law, now: datetime, counted: int
    ) -> Taken:
        lots = account.of(unit)
        dead = sum(lot.free for lot in lots if lot.origin == origin and lot.lapsed(now))
        own = self.kin.get(account.who, {account.who})
        booked = sum(self.accounts[one].lapsed.get((origin, unit), 0) for one in own)
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
            account.post("lend", unit, found.debt)
        account.take("claw_back", unit, found.takes, more=found.debt)
        return Taken(unit, points, 0, found.origin, found.other, found.lapsed, found.debt, found.shortfall)

    # --- burns and adjustments ---

    def spend(self, who: str, unit: str, points: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        return world._change("burn", who, unit, -points, key, now)

    def adjust(self, who: str, unit: str, points: int, *, key: str, actor: str, reason: str, now: datetime) -> Answer:
        who = self.led(who)
        name: Key = ("desk", "adjustment", key)
        if name in self.told:
            return Answer(self.told[name][2], known=True)
        in_force = self.in_force(now)
        most = in_force.programme.adjustments.approve_above.get(unit)
        try:
            in_force.programme.unit(unit)
            in_force.programme.adjustments.check_reason(reason)
            if points < 0:
                ledger.take(self.accounts[who].of(unit), -points, at=now, unit=unit)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        day = (actor, who, unit, str(period.local_day(now, in_force.zone)))
        if most is not None and abs(points) + sum(self.alone.get(day, [])) > most:
            decision = Decision(in_force.version, parked="approval_missing")
            told = Activity("adjustment", "desk", key, now, Member(external_id=who), facts={"actor": actor})
            self.told[name] = (who, told, decision)
            self.waiting[key] = (who, unit, points, actor)
            return Answer(decision)
        answer = self._change("adjust_up" if points > 0 else "adjust_down", who, unit, points, key, now)
        if answer.refusal is None:
            self.alone.setdefault(day, []).append(abs(points))
        return answer

    def judge(self, verdict: Verdict, what: str, *, actor: str, now: datetime) -> Answer:
        name: Key = ("desk", "adjustment", what)
        if what in self.judged:
            if self.judged[what] == verdict:
                return Answer(self.told[name][2], known=True)
            return Answer(refusal=ADJUSTMENT_DECIDED(state=STATES[self.judged[what]]))
        if what not in self.waiting:
            return Answer(refusal=ADJUSTMENT_DECIDED(state="booked"))
        who, unit, points, asker = self.waiting[what]
        if actor == asker:
            return Answer(refusal=OWN_ADJUSTMENT())
        waited = self.told.pop(name)
        if verdict == "approval":
            answer = self._change("adjust_up" if points > 0 else "adjust_down", who, unit, points, what, now)
            if answer.refusal is not None:
                self.told[name] = waited
                return answer
        else:
            answer = Answer(Decision(self.in_force(now).version))
            assert answer.decision is not None
            self.told[name] = (who, waited[1], answer.decision)
        self.judged[what] = verdict
        del self.waiting[what]
        return answer

    # --- transfers and donations ---

    def send(self, who: str, to: str, unit: str, points: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        try:
            return world._send(who, to, unit, points, key, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)

    def _send(self, who: str, to: str, unit: str, points: int, key: str, now: datetime) -> Answer:
        who, to = self.led(who), self.led(to)
        if key in self.sent:
            known = self.sent[key]
            moved = {"points": known.points, "fee": known.fee} if known.state in ("done", "accepted") else None
            return Answer(known=True, sent=moved)
        policy = self.in_force(now).programme.unit(unit).transfers
        if policy is None:
            raise transfers.TRANSFERS_OFF(unit=unit)
        if points < policy.minimum:
            raise transfers.TRANSFER_TOO_SMALL(unit=unit, points=points, minimum=policy.minimum)
        if who not in self.accounts or to not in self.accounts:
            raise MEMBER_UNKNOWN(kind="external_id")
        if who == to:
            raise transfers.TRANSFER_TO_SELF()
        hundredths = policy.fee.percent * points if policy.fee else 0
        up = 9_999 if policy.fee and policy.fee.rounding == "up" else 0
        fee = (policy.fee.points if policy.fee else 0) + (hundredths + up) // 10_000
        made = _Passing(who, to, unit, points, fee)
        self._pass(made, now, only_try=policy.acceptance == "needed")
        if policy.acceptance == "needed":
            last = now.astimezone(self.in_force(now).zone).date() + timedelta(days=policy.offer_days)
            made.state, made.last = "offered", last
        self.sent[key] = made
        return Answer(sent=None if made.state == "offered" else {"points": points, "fee": fee})

    def _pass(self, made: "_Passing", now: datetime, *, only_try: bool = False) -> None:
        """Move the points, lot by lot, within the limits of the day."""
        in_force, unit = self.in_force(now), made.unit
        policy = in_force.programme.units[unit].transfers
        assert policy is not None
        day = now.astimezone(in_force.zone).date()
        for caps, refused, whom in (
            (policy.caps, transfers.TRANSFER_LIMIT, None), (policy.per_pair, transfers.TRANSFER_PAIR_LIMIT, made.to)
        ):  # fmt: skip
            for span, most in caps.windows():
                gone = sum(
                    points
                    for sender, receiver, of, when, points in self.passed
                    if (self.led(sender), of) == (self.led(made.who), unit) and whom in (None, receiver)
                    and period.window(when, span) == period.window(day, span)
                )  # fmt: skip
                if gone + made.points > most:
                    left = most - gone
                    raise refused(unit=unit, asked=made.points, left=left, most=most, window=span)
        giver, taker = self.accounts[self.led(made.who)], self.accounts[self.led(made.to)]
        self._settle(giver, now)
        self._settle(taker, now)
        lots = {lot.id: lot for lot in giver.of(unit)}
        ledger.take(lots.values(), made.points + made.fee, at=now, unit=unit)
        if only_try:
            return
        takes = ledger.take(lots.values(), made.points, at=now, unit=unit)
        giver.take("transfer_out", unit, takes)
        for take in takes:
            self.lots_made += 1
            lot = msgspec.structs.replace(lots[take.lot], id=f"{self.lots_made:06}", remaining=take.points, held=0)
            taker.put(unit, lot)
            taker.post("transfer_in", unit, take.points)
        if made.fee:
            giver.take("fee", unit, ledger.take(giver.of(unit), made.fee, at=now, unit=unit))
        self._repay(taker, now)
        self.passed.append((made.who, made.to, unit, day, made.points))

    def settle(self, key: str, deal: str, *, now: datetime) -> Answer:
        made = self.sent[key]
        becomes = {"accept": "accepted", "decline": "declined", "withdraw": "withdrawn"}[deal]
        moved = {"points": made.points, "fee": made.fee} if deal == "accept" else None
        if made.state == becomes:
            return Answer(known=True, sent=moved)
        try:
            if made.state != "offered":
                raise transfers.TRANSFER_SETTLED(state=made.state)
            if made.last is not None and now.astimezone(self.in_force(now).zone).date() > made.last:
                raise transfers.OFFER_LAPSED(until=str(made.last))
            if deal == "accept":
                self._pass(made, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        made.state = becomes
        return Answer(sent=moved)

    def donate(self, who: str, cause: str, unit: str, points: int, *, key: str, now: datetime) -> Answer:
        name: Key = ("app", "donation", key)
        if name in self.told:
            return Answer(self.told[name][2], known=True)
        programme = self.in_force(now).programme
        try:
            if cause not in programme.causes:
                raise transfers.CAUSE_UNKNOWN(cause=cause, known=", ".join(programme.causes))
            if programme.unit(unit).kind not in ("redeemable", "money"):
                raise ledger.UNIT_NOT_SPENDABLE(unit=unit)
            account = self.accounts[self.led(who)]
            self._settle(account, now)
            account.take("donate", unit, ledger.take(account.of(unit), points, at=now, unit=unit))
        except Refusal as refusal:
            return Answer(refusal=refusal)
        decision = Decision(self.in_force(now).version, spent=(Spent(unit=unit, points=points),))
        self.told[name] = (who, Activity("donation", "app", key, now, Member(external_id=who)), decision)
        self.donated[cause, unit] = self.donated.get((cause, unit), 0) + points
        return Answer(decision)

    def given(self, cause: str, unit: str) -> int:
        return self.donated.get((cause, unit), 0)

    def _change(self, kind: str, who: str, unit: str, points: int, key: str, now: datetime) -> Answer:
        who = self.led(who)
        name: Key = ("desk", "burn" if kind == "burn" else "adjustment", key)
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

    # --- merging ---

    def led(self, who: str) -> str:
        """The member to whom a name leads."""
        while who in self.merges:
            who = self.merges[who].stays
        return who

    def merge(self, stays: str, goes: str, *, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        known = world.merges.get(goes)
        if known is not None and known.stays == stays:
            return Answer(known=True, passed=known.passed, repaid=known.repaid)
        try:
            return world._join(stays, goes, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)

    def _join(self, stays: str, goes: str, now: datetime) -> Answer:
        if stays == goes:
            raise merging.MERGE_OF_ONE(member=stays)
        for one in (stays, goes):
            if one in self.merges:
                raise merging.MEMBER_MERGED(member=one, into=self.led(one))
        waiting = sum(self.led(str(one.member.external_id)) == goes for one in self.parked)
        waiting += sum(who == goes for who, *_ in self.waiting.values())
        if waiting:
            raise merging.MERGE_WAITING(waiting=waiting, fact="the first")
        taker, giver = self.accounts[stays], self.accounts[goes]
        units = self.in_force(now).programme.units
        owed = {unit: debt for unit, debt in giver.debt.items() if debt}
        made = _Merge(stays, {}, {}, debt=owed, before=copy.deepcopy(taker.standing))
        self._settle(taker, now)
        self._settle(giver, now)
        _check_held(giver)
        for unit in sorted({*giver.lots, *owed}):
            self._expire(giver, unit, now)
            points = self._hand_over(giver, taker, unit, [lot.id for lot in giver.of(unit)], made.lots)
            _add(made.repaid, self._repay(taker, now))
            debt, most = giver.debt.get(unit, 0), units[unit].debt_max
            if most is not None and debt and taker.debt.get(unit, 0) + debt > most:
                raise merging.MERGE_DEBT(unit=unit, owed=taker.debt.get(unit, 0) + debt, most=most)
            self._take_over(giver, taker, unit, debt)
            made.passed[unit] = (points, debt)
        _add(made.repaid, self._repay(taker, now))
        _join_standings(taker, giver)
        today = str(period.local_day(now, self.in_force(now).zone))
        for (actor, who, unit, day), done in list(self.alone.items()):
            if (who, day) == (goes, today):
                made.alone[actor, stays, unit, day] = list(done)
                self.alone.setdefault((actor, stays, unit, day), []).extend(done)
        self.merges[goes] = made
        together = self.kin.get(stays, {stays}) | self.kin.get(goes, {goes})
        self.kin |= dict.fromkeys(together, together)
        return Answer(passed=made.passed, repaid=made.repaid)

    def unmerge(self, stays: str, goes: str, *, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        made = world.merges.get(goes)
        if made is not None and made.stays in world.merges:
            return Answer(refusal=merging.MEMBER_MERGED(member=made.stays, into=world.led(goes)))
        if made is None or made.stays != stays:
            return Answer(refusal=merging.NOT_MERGED(member=goes, into=stays))
        try:
            return world._part(made, goes, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)

    def _part(self, made: _Merge, goes: str, now: datetime) -> Answer:
        giver, taker = self.accounts[made.stays], self.accounts[goes]
        self._settle(giver, now)
        _check_held(giver, {name for names in made.lots.values() for name in names})
        del self.merges[goes]
        passed: dict[str, tuple[int, int]] = {}
        for unit in sorted(giver.lots):
            self._expire(giver, unit, now)
            points = self._hand_over(giver, taker, unit, made.lots.get(unit, []), {})
            debt = min(made.debt.get(unit, 0), giver.debt.get(unit, 0))
            self._take_over(giver, taker, unit, debt)
            passed[unit] = (points, debt)
        _part_standings(giver, taker, made.before)
        for name, done in made.alone.items():
            for points in done:
                self.alone[name].remove(points)
        return Answer(passed=passed, repaid=self._repay(taker, now))

    def _hand_over(
        self, giver: _Account, taker: _Account, unit: str, names: list[str], made: dict[str, list[str]]
    ) -> int:
        """Move what is left of the lots, each as it is, under a new name."""
        moving = ledger.in_order(lot for lot in giver.of(unit) if lot.id in names and lot.remaining)
        giver.take("merge_out", unit, [Take(lot.id, lot.remaining) for lot in moving])
        for lot in moving:
            self.lots_made += 1
            name = f"{self.lots_made:06}"
            taker.put(unit, msgspec.structs.replace(lot, id=name))
            taker.post("merge_in", unit, lot.remaining)
            made.setdefault(unit, []).append(name)
        return sum(lot.remaining for lot in moving)

    def _take_over(self, debtor: _Account, taker: _Account, unit: str, debt: int) -> None:
        """The debt is owed by another from now on; the loan that does it is in nobody's lots for long."""
        if debt:
            taker.debt[unit] = taker.debt.get(unit, 0) + debt
            taker.post("lend", unit, debt)
            taker.post("merge_out", unit, -debt)
            debtor.debt[unit] -= debt
            debtor.post("merge_in", unit, debt)
            debtor.post("repay", unit, -debt)

    # --- holds, and burns that come to nothing ---

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
        return {unit: self._bury(account, unit, dead, now)} if dead else {}

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
        repaid = self._repay(account, now)
        return Answer(Decision(in_force.version, reinstated={unit: total}, expired=expired, repaid=repaid))

    # --- time ---

    def _settle(self, account: _Account, now: datetime, *, bury: bool = True) -> tuple[dict[str, int], dict[str, int]]:
        """Book what time has done: holds that ended, what vested into debts; what repaid and what expired."""
        account.seen = now
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
                    account.debt[unit] -= account.take("repay", unit, one.takes, at=one.at)
                    repaid[unit] = repaid.get(unit, 0) + one.points
                elif over and bury:
                    points = self._bury(account, unit, one.takes, one.at, one.kind)
                    if one.kind == "expire":
                        expired[unit] = expired.get(unit, 0) + points
        for hold in over:
            account.holds[hold.id] = holds_law.expire(hold)
        return repaid, expired

    def _bury(self, account: _Account, unit: str, takes: Sequence[Take], at: datetime, kind: str = "expire") -> int:
        for take in takes:
            origin = account.lots[unit][take.lot].origin
            account.lapsed[origin, unit] = account.lapsed.get((origin, unit), 0) + take.points
        return account.take(kind, unit, takes, at=at)

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
        for end, lots in groupby(dead, key=lambda lot: lot.expires_at):
            takes = [Take(lot.id, lot.free) for lot in lots]
            expired += account.take("expire", unit, takes, at=end)
        for lot in dead:
            account.lapsed[lot.origin, unit] = account.lapsed.get((lot.origin, unit), 0) + lot.free
        return expired

    def _cancel_waiting(self, account: _Account, unit: str, dead: list[Lot]) -> None:
        """What waited in vain, one posting for each end of life."""
        for end, lots in groupby(dead, key=lambda lot: lot.expires_at):
            assert end is not None
            self._bury(account, unit, [Take(lot.id, lot.free) for lot in lots], end, "cancel")

    def night(self, now: datetime) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        self.last_night = now
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
        self.foresight.look(self.in_force(now).programme, {who: one.lots for who, one in self.accounts.items()}, now)
        cancelled: dict[str, int] = {}
        for who, account in self.accounts.items():
            for kind, unit, points in account.statement[began[who] :]:
                if kind == "cancel":
                    cancelled[unit] = cancelled.get(unit, 0) - points
        return expired, repaid, cancelled

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
                lot.held if lot.lapsed(now) else lot.remaining, lot.available_at, lot.expires_at, lot.earned_at, lot.id
            )
            for lot in account.of(unit)
        ]
        return [life for life in lives if life.points]

    def statement(self, who: str, unit: str) -> list[tuple[str, int]]:
        return [(kind, points) for kind, of, points in self.accounts[self.led(who)].statement if of == unit]


def _check_held(account: _Account, names: set[str] | None = None) -> None:
    """Nobody's held points, or those of these lots, go to another member."""
    for unit in sorted(account.lots):
        held = sum(lot.held for lot in account.of(unit) if names is None or lot.id in names)
        if held:
            raise merging.MERGE_HELD(unit=unit, held=held)


def _add(sums: dict[str, int], more: dict[str, int]) -> None:
    for unit, points in more.items():
        sums[unit] = sums.get(unit, 0) + points


def _join_standings(taker: _Account, giver: _Account) -> None:
    """One person: counters add up, its own attributes win, segments are united."""
    one, other = taker.standing, giver.standing
    counters = dict(one.counters)
    for name, (amount, last) in other.counters.items():
        before, at = counters.get(name, (0, None))
        counters[name] = (before + amount, max(filter(None, (at, last)), default=None))
    taker.standing = Standing.of_member(
        account_id=one.account_id,
        enrolled_at=min(one.enrolled_at, other.enrolled_at),
        attributes={**other.attributes, **one.attributes},
        segments=one.segments | other.segments,
        birthday_month=one.birthday_month or other.birthday_month,
        counters=counters,
    )


def _part_standings(giver: _Account, taker: _Account, before: Standing | None) -> None:
    """As it was before, with what has been counted since."""
    assert before is not None
    counters = dict(giver.standing.counters)
    for name, (amount, _) in taker.standing.counters.items():
        now, last = counters[name]
        counters[name] = (now - amount, last)
    before.counters = {name: found for name, found in counters.items() if found[0]}
    giver.standing = before
