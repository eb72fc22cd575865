"""The catalogue as a member sees it: what can be had now, what stands in the way, how far away it is (LAW 8.1)."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import chance, period, redemptions, vouchers
from guerdon.core import households as sharing
from guerdon.core.activities import Member
from guerdon.core.climbing import as_of
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.members import MEMBER_NOT_ACTIVE
from guerdon.core.period import add_months
from guerdon.core.programme import Programme
from guerdon.core.redemptions import Had, Stock
from guerdon.core.rewards import Price, Reward
from guerdon.core.standing import Standing
from guerdon.core.tiers import YEAR
from guerdon.features.households import queries as households
from guerdon.features.ledger import queries as ledger
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow
from guerdon.features.memberships import queries as memberships
from guerdon.features.redemptions import queries as redeemed
from guerdon.features.rewards import queries as stocks
from guerdon.features.rulebook import queries as rulebook
from guerdon.features.tiers import queries as tiers
from guerdon.features.tiers.queries import Climbed
from guerdon.features.vouchers import queries as given
from guerdon.insight import chances
from guerdon.kit import clock
from guerdon.kit.store import Store


class Pieces(msgspec.Struct, frozen=True):
    """How many of a reward can be had: in all, and by variant; None where there are always more."""

    left: int | None
    of: dict[str, int | None]


class Offer(msgspec.Struct, frozen=True):
    """A reward for one member."""

    reward: Reward
    pieces: Pieces
    begins: datetime | None  # for this member
    obstacle: Refusal | None  # the first thing that stands in the way besides points
    missing: tuple[dict[str, int], ...]  # for each price, what of which unit is missing
    prices: tuple[Price, ...]  # each as the member would pay it who says nothing of points
    prizes: frozenset[str] | None = None  # of a mystery, what is there
    used_up: bool = False  # whether it can't be had for nothing now, though one of its prices is free

    @property
    def affordable(self) -> bool:
        """Whether the points are enough for one of its prices."""
        return any(price is not None for price in self.own)

    @property
    def own(self) -> tuple[Price | None, ...]:
        """Each price as the member would pay it; None for what the points are not enough for, or what is used up."""
        every = zip(self.reward.prices, self.prices, self.missing, strict=True)
        return tuple([None if missing or (price.free and self.used_up) else paid for price, paid, missing in every])

    @property
    def available(self) -> bool:
        """Whether it can be had now."""
        return self.obstacle is None and self.affordable

    @property
    def nearest(self) -> int:
        """The place of the price of which the smallest part is missing."""
        return min(range(len(self.missing)), key=self._part)

    @property
    def distance(self) -> Fraction:
        """Which part of its nearest price is missing, of several units of that of which most is: none is 0, all is 1.

        Parts can be compared where points of different units can't.
        """
        return self._part(self.nearest)

    def _part(self, place: int) -> Fraction:
        needed = self.reward.prices[place].needed
        return max([Fraction(points, needed[unit]) for unit, points in self.missing[place].items()], default=Fraction())


Dearness = tuple[bool, Fraction, tuple[tuple[str, int], ...], int]


def dearness(reward: Reward, programme: Programme) -> Dearness:
    """By what rewards are sorted from cheap to dear: what the cheapest price is worth in money, all that it takes.

    Where a unit has no worth each unit is for itself, behind, by the points of the price that takes least money.
    """
    return min([_dearness(price, programme) for price in reward.prices], key=lambda one: (one[0], one[1], one[3], one))


def _dearness(price: Price, programme: Programme) -> Dearness:
    rates = [(programme.units[unit].rate, points) for unit, points in sorted(price.points.items())]
    known = [rate * points for rate, points in rates if rate is not None]
    if len(known) == len(rates):
        return (False, sum(known, Fraction(price.money)), (), 0)
    return (True, Fraction(), tuple(sorted(price.points.items())), price.money)


def pieces(store: Store, programme_id: str, in_force: Law, at: datetime) -> dict[str, tuple[Pieces, list[Stock]]]:
    """By reward, how many can be had, with all of its stocks: also those of variants that it no longer has."""
    found = stocks.stocks(store, programme_id, at)
    by_reward: dict[str, tuple[Pieces, list[Stock]]] = {}
    codes = _codes(store, programme_id, in_force)
    for reward in in_force.programme.rewards.values():
        mine = [found.get((reward.key, variant), Stock(reward.key, variant)) for variant in reward.variants()]
        mine = [one.under(reward.stocked is not None) for one in mine]
        every = [stock for (key, _), stock in found.items() if key == reward.key]
        left = sum(one.left or 0 for one in mine) if reward.stocked is not None else None
        if reward.total is not None:
            rest = max(0, reward.total - sum(one.claimed + one.given for one in every))
            left = rest if left is None else min(left, rest)
        if reward.key in codes:
            left = codes[reward.key] if left is None else min(left, codes[reward.key])
        by_reward[reward.key] = (Pieces(left, {one.variant: one.left for one in mine}), every)
    return by_reward


def _codes(store: Store, programme_id: str, in_force: Law) -> dict[str, int]:
    """By reward that gives codes of a pool, how many are left there."""
    offers = {reward.key: in_force.programme.given_by(reward) for reward in in_force.programme.rewards.values()}
    keys = {key: offer.key for key, offer in offers.items() if offer is not None and offer.codes == "pool"}
    left = {pool.voucher: pool.left for pool in given.pools(store, programme_id)} if keys else {}
    return {key: left.get(voucher, 0) for key, voucher in keys.items()}


def of_member(store: Store, programme_id: str, in_force: Law, member: MemberRow, at: datetime) -> list[Offer]:
    """All rewards in the order of the programme, as they are for the member at the instant."""
    programme, zone = in_force.programme, in_force.zone
    day, who = period.local_day(at, zone), standing(store, in_force, member, at)
    balances = {one.unit: one.available for one in ledger.balances(store, member.account_id, at)}
    left = pieces(store, programme_id, in_force, at)
    had = _History(store, in_force, member, at)
    used = _used(store, programme, member.account_id, at)
    waiting = chances.Waiting(store, in_force, had.accounts, had.persons)
    told = redemptions.asking(Member(), at)
    seen = as_of(programme.tiers, zone, who, at)
    offers: list[Offer] = []
    for reward in programme.rewards.values():
        obstacle: Refusal | None = None
        prizes = there(reward, in_force, left, at) if reward.drawn else None
        try:
            if member.status != "active":
                raise MEMBER_NOT_ACTIVE(status=member.status)
            sharing.check_spending(programme.sharing, who.role)
            redemptions.check_open(reward, in_force, who, told)
            had.check(reward, day, zone)
            if prizes is not None:
                waiting.check(reward, prizes)
            cost = reward.cost if prizes is None else chance.worst(reward, programme.rewards, prizes)
            redemptions.for_all(reward, left[reward.key][1], cost=cost)
            offer = programme.given_by(reward)
            if offer is not None:
                vouchers.check_given(offer, at)
                vouchers.check_limit(offer, used[offer.key])
            if left[reward.key][0].left == 0:
                raise redemptions.OUT_OF_STOCK(reward=reward.key, variant="")
        except Refusal as refusal:
            obstacle = refusal
        begins = reward.begins(seen.tiers, programme.tiers)
        missing = tuple(_missing(price, balances) for price in reward.prices)
        prices = tuple([_paid(price, balances) for price in reward.prices])
        used_up = had.used_up(reward, day, zone)
        offers.append(Offer(reward, left[reward.key][0], begins, obstacle, missing, prices, prizes, used_up))
    return offers


def _used(store: Store, programme: Programme, account_id: str, at: datetime) -> Counter[str]:
    """By voucher that rewards give and that a member may use only so often, how many uses are made, or left to make."""
    offers = [offer for reward in programme.rewards.values() if (offer := programme.given_by(reward)) is not None]
    keys = sorted({offer.key for offer in offers if offer.uses_per_member is not None})
    names = [(account_id, window, key) for key, window in map(vouchers.counter, keys)]
    made = {name: count for _, name, (count, _) in rulebook.counters(store, names)}
    left = given.unused(store, [account_id], keys, at)
    return Counter({key: made.get(vouchers.counter(key), 0) + left.get((account_id, key), 0) for key in keys})


def there(
    reward: Reward, in_force: Law, left: Mapping[str, tuple[Pieces, list[Stock]]], at: datetime
) -> frozenset[str]:
    """The prizes that a draw of the reward can give at the instant."""
    return chances.there(reward, in_force, {key: (pieces.left, stocks) for key, (pieces, stocks) in left.items()}, at)


def _missing(price: Price, balances: Mapping[str, int]) -> dict[str, int]:
    """What is missing of each unit for the price, of one that money can make up for the least it takes."""
    short = {unit: points - balances.get(unit, 0) for unit, points in price.needed.items()}
    return {unit: points for unit, points in short.items() if points > 0}


def _paid(price: Price, balances: Mapping[str, int]) -> Price:
    """The price as redeeming takes it from the member, who has so many points."""
    return price.affordable(min(balances.get(unit, 0) for unit in price.points)) if price.points else price


class _History:
    """What a member has had of what is limited, wherever its account has been."""

    def __init__(self, store: Store, in_force: Law, member: MemberRow, at: datetime) -> None:
        rewards = in_force.programme.rewards
        since = redemptions.since(rewards.values(), period.local_day(at, in_force.zone), in_force.zone)
        self.had: list[Had] = []
        self.accounts, self.persons = {member.account_id}, {member.id}
        if since is None:
            return
        kin = members.followers_of(store, sorted(self.accounts | self.persons))
        self.accounts.update(kin.get(member.account_id, ()))
        self.persons.update(kin.get(member.id, ()))
        every = self.accounts | self.persons
        every |= households.homes(store, sorted(every))
        limited = [key for key, reward in rewards.items() if reward.limits.windows() or reward.free_limits.windows()]
        self.had = redeemed.had(store, every, limited, since=since, now=at)

    def check(self, reward: Reward, day: date, zone: ZoneInfo, *, free: bool = False) -> None:
        """Refuse one more. Raises `reward_limit`, `free_limit`."""
        redemptions.check_limits(
            reward, self.had, accounts=self.accounts, persons=self.persons, day=day, zone=zone, free=free
        )  # fmt: skip

    def used_up(self, reward: Reward, day: date, zone: ZoneInfo) -> bool:
        """Whether no more can be had for nothing now."""
        try:
            self.check(reward, day, zone, free=True)
        except Refusal as refusal:
            return refusal.kind is redemptions.FREE_LIMIT
        return False


def standing(store: Store, in_force: Law, member: MemberRow, at: datetime) -> Standing:
    """The member as conditions see one, read without a lock."""
    day, account = period.local_day(at, in_force.zone), member.account_id
    counters = rulebook.counters_in(store, [account], sorted(in_force.windows(day)))
    found = Standing.of_member(
        account_id=account,
        enrolled_at=member.enrolled_at,
        attributes=member.attributes,
        segments=member.segments,
        birthday_month=member.birthday_month,
        counters={(key, window): (amount, clock.instant(last)) for _, key, window, amount, last in counters},
        person_id=member.person_id,
        role=member.role,
    )
    if in_force.programme.tiers:
        first = add_months(day, -2 * YEAR)
        climbed = tiers.climbed(store, [account], first=first).get(account) or Climbed([], {}, [])
        found.steps, found.basis = climbed.history(), climbed.basis
        found.grants = [row.grant for row in climbed.grants]
    if in_force.programme.plans:
        found.held = memberships.of_member(store, account, member.id)
    return found
