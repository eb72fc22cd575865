"""What all of the pure world stands on: its laws, its accounts, and what time does to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

import msgspec

from guerdon.core import activities as law
from guerdon.core import expiry, ledger
from guerdon.core import holds as holds_law
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.consents import Consent
from guerdon.core.decisions import Award, Decision, Share, Spent, VoucherUse
from guerdon.core.due import due
from guerdon.core.errors import Kind, Refusal
from guerdon.core.holds import Hold
from guerdon.core.law import Law
from guerdon.core.ledger import Lot, Take
from guerdon.core.members import MEMBER_UNKNOWN
from guerdon.core.memberships import Membership, Payment
from guerdon.core.programme import Programme, Rate
from guerdon.core.redemptions import Deed, Redemption
from guerdon.core.returns import Slice
from guerdon.core.standing import Standing
from guerdon.engine.adjust import Verdict
from tests.stories.foresight import Foresight
from tests.stories.story import Person
from tests.stories.worlds import Answer


@dataclass(slots=True)
class Account:
    """A member; a lot's `remaining` is what is left of it."""

    who: str
    standing: Standing
    lots: dict[str, dict[str, Lot]] = field(default_factory=dict)  # by unit and id
    debt: dict[str, int] = field(default_factory=dict)
    lapsed: dict[str, int] = field(default_factory=dict)  # booked as expired, by lot
    statement: list[tuple[str, str, int]] = field(default_factory=list)
    # When each posting counts, and how many months were closed when it was written down.
    counted: list[tuple[datetime, int]] = field(default_factory=list)
    closed: list[tuple[str, datetime]] = field(default_factory=list)  # the programme's closed months with their ends
    seen: datetime = ledger.FOR_EVER
    holds: dict[str, Hold] = field(default_factory=dict)
    acting: str = ""  # in whose name postings are made, where the account is a household's
    named: list[tuple[str, str, str, int]] = field(default_factory=list)  # person, kind, unit, points

    def post(self, kind: str, unit: str, points: int, at: datetime | None = None) -> None:
        """Write a posting down; without an instant it counts now."""
        self.statement.append((kind, unit, points))
        self.named.append((self.acting, kind, unit, points))
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
class Merged:
    """What a member brought into another's account, and how both were before."""

    stays: str
    passed: dict[str, tuple[int, int]]
    repaid: dict[str, int]
    lots: dict[str, list[str]] = field(default_factory=dict)  # by unit, the names they have there
    debt: dict[str, int] = field(default_factory=dict)
    before: Standing | None = None
    alone: dict[tuple[str, ...], list[int]] = field(default_factory=dict)  # by hand on the day they were merged
    agreed: dict[str, Consent] = field(default_factory=dict)  # what was said before, by what it says instead


@dataclass(slots=True)
class Passed:
    """Points that went, or are to go, from one member to another; `last` is the last local day of an offer."""

    who: str
    to: str
    unit: str
    points: int
    fee: int
    state: str = "done"
    last: date | None = None


@dataclass(slots=True)
class Home:
    """A household: what each person is, owed when joining, and has brought or earned; who is invited as what."""

    roles: dict[str, str] = field(default_factory=dict)
    owed: dict[str, dict[str, int]] = field(default_factory=dict)
    lots: dict[str, set[str]] = field(default_factory=dict)
    invited: dict[str, tuple[str, date]] = field(default_factory=dict)  # role, last day


@dataclass(frozen=True, slots=True)
class Supplied:
    """Pieces of a reward that came in, or were lost."""

    reward: str
    variant: str
    pieces: int


@dataclass(slots=True)
class Coupon:
    """A code of a voucher, and whose it is; nobody's in a pool, and on a flyer."""

    code: str
    voucher: str
    version: int
    uses: int
    ends: datetime | None = None
    who: str | None = None
    used: int = 0
    withdrawn: bool = False
    rule: str | None = None


@dataclass(slots=True)
class Used:
    """Vouchers that were used together, and what each took off."""

    who: str
    uses: tuple[VoucherUse, ...]
    back: bool = False


@dataclass(slots=True)
class Ground:
    """The law in memory, and everything anybody has."""

    laws: list[tuple[datetime, Law]] = field(default_factory=list)
    accounts: dict[str, Account] = field(default_factory=dict)
    told: dict[Key, tuple[str, Activity, Decision]] = field(default_factory=dict)
    parked: list[Activity] = field(default_factory=list)
    unconfirmed: list[Activity] = field(default_factory=list)  # confirmations that came before their purchase
    slices: dict[Key, list[Slice]] = field(default_factory=dict)
    payers: dict[Key, list[str]] = field(default_factory=dict)  # from whom each of them was taken
    budgets: dict[str, int] = field(default_factory=dict)  # what each rule spent
    lots_made: int = 0
    award_of: dict[str, int] = field(default_factory=dict)  # by lot, the how-many-eth award of its purchase and unit
    # By such an award, the life that its activity gave.
    begun: dict[tuple[str, str, int], tuple[datetime, datetime | None]] = field(default_factory=dict)
    merges: dict[str, Merged] = field(default_factory=dict)  # by who was merged
    said: dict[str, dict[str, Consent]] = field(default_factory=dict)  # what who has last said of each consent
    words: int = 0  # how many were said
    came_from: dict[str, str] = field(default_factory=dict)  # of lots that passed on, the lots they were before
    merged_lots: set[str] = field(default_factory=set)  # of those, which passed by a merge or its undoing
    earned_lots: set[str] = field(default_factory=set)  # lots made by what earned them
    alone: dict[tuple[str, ...], list[int]] = field(default_factory=dict)  # actor, member, unit, day
    waiting: dict[str, tuple[str, str, int, str]] = field(default_factory=dict)  # for a second person
    judged: dict[str, Verdict] = field(default_factory=dict)
    closed: list[tuple[str, datetime]] = field(default_factory=list)
    rates: dict[str, list[Rate]] = field(default_factory=dict)  # told beside the programme, by currency
    rateless: list[Activity] = field(default_factory=list)
    last_night: datetime | None = None
    burns: dict[str, tuple[str, str, tuple[Take, ...]]] = field(default_factory=dict)
    given_back: dict[str, int] = field(default_factory=dict)
    sent: dict[str, Passed] = field(default_factory=dict)  # by what the story calls them
    passed: list[tuple[str, str, str, date, int]] = field(default_factory=list)  # sender, receiver, unit, day, points
    donated: dict[tuple[str, str], int] = field(default_factory=dict)  # by cause and unit
    homes: dict[str, Home] = field(default_factory=dict)  # households by name
    at_home: dict[str, str] = field(default_factory=dict)  # persons of households, and where they belong
    taken: set[Key] = field(default_factory=set)  # purchases that whoever left a household took along
    foresight: Foresight = field(default_factory=Foresight)
    redeemed: dict[str, Redemption] = field(default_factory=dict)  # by what the story calls them
    became_by: set[tuple[str, Deed]] = field(default_factory=set)  # what has been done with them
    seed: str = ""  # with which is drawn
    drawn: dict[str, str] = field(default_factory=dict)  # what draws gave, by what the story calls them
    dry: dict[tuple[str, str], int] = field(default_factory=dict)  # draws in a row without what is guaranteed
    chance_off: dict[str, datetime] = field(default_factory=dict)
    supplies: dict[str, Supplied] = field(default_factory=dict)
    # With how many pieces the counting of a variant began; None where nobody counts them.
    counted_from: dict[tuple[str, str], tuple[bool, int]] = field(default_factory=dict)

    coupons: dict[str, Coupon] = field(default_factory=dict)  # by code; those of a pool that nobody has yet are in it
    used: dict[str, Used] = field(default_factory=dict)  # uses of vouchers, by what the story calls them
    loaded: set[str] = field(default_factory=set)  # what put money on cards, by what the story calls it
    held: dict[str, list[Membership]] = field(default_factory=dict)  # by whom it was joined, the oldest first
    payments: dict[str, list[Payment]] = field(default_factory=dict)  # by membership
    joined: dict[str, str] = field(default_factory=dict)  # who joined, by what the story calls it

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
        self.accounts[somebody.name] = Account(somebody.name, standing, closed=self.closed, seen=now)

    def in_force(self, at: datetime) -> Law:
        """The last published law whose time had come."""
        found = [one for since, one in self.laws if since <= at]
        if not found:
            first = min(since for since, _ in self.laws)
            raise law.ACTIVITY_BEFORE_PROGRAMME(occurred_at=at.isoformat(), first=first.isoformat())
        return found[-1]

    def led(self, who: str) -> str:
        """The member to whom a name leads."""
        stands = self.stands(who)
        return self.at_home.get(stands, stands)

    def stands(self, who: str) -> str:
        """The person to whom a name leads, whoever's account that is."""
        while who in self.merges:
            who = self.merges[who].stays
        return who

    def keeping(self, key: Key, account: Account, activity: Activity, refused: Kind) -> Account:
        """The account that keeps a purchase, for whoever gives it back."""
        if self.led(self.told[key][0]) != account.who:
            raise refused(purchase=key[2])
        return account

    def _account(self, who: str, in_force: Law, now: datetime) -> Account:
        who = self.led(who)
        if who not in self.accounts:
            if not in_force.programme.enrol_unknown:
                raise MEMBER_UNKNOWN(kind="external_id")
            self.enrol(Person(who), now=now)
        return self.accounts[who]

    def _decided(self, decision: Decision) -> Law:
        return next(one for _, one in self.laws if one.version == decision.version)

    def _credit(
        self,
        kind: str,
        account: Account,
        award: Award,
        origin: str,
        earned_at: datetime,
        at: datetime | None = None,
        place: int = 0,
    ) -> Lot:
        self.lots_made += 1
        name = f"{self.lots_made:06}"
        self.award_of[name] = place
        lot = Lot(name, origin, award.points, 0, earned_at, award.available_at, award.expires_at, award.funder)
        account.put(award.unit, lot)
        account.post(kind, award.unit, award.points, at or earned_at)
        self.earned_lots.add(name)
        return lot

    def _slide(self, account: Account, unit: str, end: datetime | None, now: datetime) -> None:
        for lot in account.of(unit):
            moves = lot.remaining and not lot.waits
            if end is not None and moves and lot.expires_at is not None and now < lot.expires_at < end:
                account.put(unit, msgspec.structs.replace(lot, expires_at=end))

    def _settle(self, account: Account, now: datetime, *, bury: bool = True) -> tuple[dict[str, int], dict[str, int]]:
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

    def _bury(self, account: Account, unit: str, takes: Sequence[Take], at: datetime, kind: str = "expire") -> int:
        for take in takes:
            account.lapsed[take.lot] = account.lapsed.get(take.lot, 0) + take.points
        return account.take(kind, unit, takes, at=at)

    def _repay(self, account: Account, now: datetime) -> dict[str, int]:
        """Repay debts out of what is available now."""
        repaid: dict[str, int] = {}
        for unit, debt in list(account.debt.items()):
            lots = account.of(unit)
            points = min(debt, sum(lot.free for lot in lots if lot.spendable(now)))
            if points:
                repaid[unit] = account.take("repay", unit, ledger.take(lots, points, at=now, unit=unit))
                account.debt[unit] -= points
        return repaid

    def _expire(self, account: Account, unit: str, now: datetime) -> int:
        dead = [lot for lot in ledger.in_order(account.of(unit)) if lot.free and lot.lapsed(now)]
        self._cancel_waiting(account, unit, [lot for lot in dead if lot.waits])
        dead = [lot for lot in dead if not lot.waits]
        expired = 0
        for end, lots in groupby(dead, key=lambda lot: lot.expires_at):
            takes = [Take(lot.id, lot.free) for lot in lots]
            expired += account.take("expire", unit, takes, at=end)
        for lot in dead:
            account.lapsed[lot.id] = account.lapsed.get(lot.id, 0) + lot.free
        return expired

    def _cancel_waiting(self, account: Account, unit: str, dead: list[Lot]) -> None:
        """What waited in vain, one posting for each end of life."""
        for end, lots in groupby(dead, key=lambda lot: lot.expires_at):
            assert end is not None
            self._bury(account, unit, [Take(lot.id, lot.free) for lot in lots], end, "cancel")

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
