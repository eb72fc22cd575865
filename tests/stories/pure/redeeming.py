"""Rewards in the pure world: what is left of each, who may have it, and what becomes of a redemption."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from guerdon.core import climbing, ledger, period, redemptions, vouchers
from guerdon.core import holds as holds_law
from guerdon.core.activities import Member
from guerdon.core.chance import DRAW_NOT_RESERVED
from guerdon.core.decisions import Decision
from guerdon.core.errors import Refusal
from guerdon.core.holds import Hold
from guerdon.core.law import Law
from guerdon.core.redemptions import REWARD_UNCOUNTED, SUPPLY_INVALID, Deed, Redemption, State, Stock
from guerdon.core.rewards import WHOLE, Reward
from tests.stories.pure.drawing import Drawing
from tests.stories.pure.ground import Account, Supplied
from tests.stories.worlds import Answer, Offered, Wanted


class Redeeming(Drawing):
    """Rewards in the pure world: a stock is counted anew, whenever somebody asks, from what came in and went out."""

    __slots__ = ()

    def redeem(self, wanted: Wanted, *, key: str, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        if key in world.redeemed:
            return Answer(Decision(self.in_force(now).version), known=True)
        try:
            self._check_asked(wanted, now)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return world._spending(wanted.who, now, world._redeem, wanted, key, now)

    def _check_asked(self, wanted: Wanted, now: datetime) -> None:
        """What can be refused before anybody's points are looked at."""
        reward = self.in_force(now).programme.reward(wanted.reward)
        reward.price(wanted.number).paid_with(wanted.points)
        reward.chosen(wanted.choices)
        if reward.drawn and wanted.reserve:
            raise DRAW_NOT_RESERVED(reward=reward.key)
        reward.check_address(wanted.address)

    def _redeem(self, wanted: Wanted, key: str, now: datetime) -> Answer:
        in_force, account = self.in_force(now), self.accounts[self.led(wanted.who)]
        reward = in_force.programme.reward(wanted.reward)
        price = reward.price(wanted.number).paid_with(wanted.points)
        self._settle(account, now)
        if wanted.points is None and price.top_up is not None:
            (unit,) = price.points
            price = price.affordable(ledger.spendable(account.of(unit), at=now))
        try:
            self._check_free_for(reward, account, in_force, now, free=price.costs_nothing)
            self._check_given(reward, in_force, now)
            variant = reward.variant(wanted.choices)
            self._stock(reward, variant, now).claim(reward.cost)
            takes = {
                unit: ledger.take(account.of(unit), points, at=now, unit=unit) for unit, points in price.points.items()
            }
        except Refusal as refusal:
            return Answer(refusal=refusal)
        self._count_from_here(reward, variant, now)
        made = Redemption(
            key, account.who, reward.key, variant, "reserved", price, reward.cost, now,
            until=redemptions.reserved_until(reward, now), version=in_force.version, person_id=account.acting or None,
            number=wanted.number,
        )  # fmt: skip
        for unit, points in price.points.items():
            if wanted.reserve:
                assert made.until is not None
                account.holds[f"{key}:{unit}"] = Hold(
                    f"{key}:{unit}", account.who, unit, points, now, made.until, takes[unit]
                )
                account.held(unit, takes[unit], 1)
            else:
                self._change("burn", wanted.who, unit, -points, f"{key}:{unit}", now)
        if reward.drawn:
            made, won = self._draw(made, reward, in_force, now)
            prize = in_force.programme.reward(won.reward)
            self._count_from_here(prize, won.variant, now)
            self.redeemed[won.id] = _handed(redemptions.confirmed(won, prize, now, in_force.zone), prize)
        if not wanted.reserve:
            made = _handed(redemptions.confirmed(made, reward, now, in_force.zone), reward)
        self.redeemed[key] = made
        return Answer(Decision(in_force.version), to_pay=price.money)

    def _check_free_for(
        self, reward: Reward, account: Account, in_force: Law, now: datetime, *, free: bool = False
    ) -> None:
        """The window, the condition, the member's limits, and what there is for all."""
        told = redemptions.asking(Member(), now)
        account.standing.held = self.held_by(account.acting or account.who)
        redemptions.check_open(reward, in_force, account.standing, told)
        had = [
            redemptions.Had(
                self.stands(one.account_id), one.person_id, one.reward, one.made_at, one.price.costs_nothing
            )
            for one in self._alive(reward, now)
            if one.number != redemptions.WON
        ]
        day, person = period.local_day(now, in_force.zone), account.acting or account.who
        redemptions.check_limits(
            reward, had, accounts={account.who}, persons={person}, day=day, zone=in_force.zone, free=free
        )  # fmt: skip
        cost = self._check_draw(reward, in_force, person, account.who, now) if reward.drawn else reward.cost
        mine = [self._stock(reward, variant, now) for variant in self._variants(reward)]
        redemptions.for_all(reward, mine, cost=cost)

    def become(self, redemption: str, deed: Deed, *, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        one = world.redeemed[redemption]
        decision = Decision(self.in_force(now).version)
        if (redemption, deed) in world.became_by:
            return Answer(decision, known=True, to_pay=one.price.money)
        try:
            state = redemptions.moved(one, deed, now)
            made_under = world._made_under(one)
            if deed == "confirm":
                world._check_given(made_under.programme.reward(one.reward), made_under, now)
            if deed == "cancel" and one.given is not None and world.gives(redemption, now) is None:
                raise redemptions.REDEMPTION_USED(reward=one.reward)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        world._move(one, deed, state, now)
        return Answer(decision, to_pay=one.price.money)

    def _move(self, one: Redemption, deed: Deed, state: State, now: datetime) -> None:
        """In the name of whoever redeemed it."""
        in_force, account = self.in_force(now), self.accounts[one.account_id]
        account.acting = one.person_id or ""
        for unit in one.price.points:
            name = f"{one.id}:{unit}"
            if deed == "confirm":
                self.capture(name, None, final=True, key=name, now=now)
            elif deed in ("cancel", "expire"):
                self._give_up(one, name, now)
        if deed == "confirm":
            reward = self._made_under(one).programme.reward(one.reward)
            after = _handed(redemptions.confirmed(one, reward, now, in_force.zone), reward)
        else:
            after = msgspec.structs.replace(one, state=state, settled_at=now)
        account.acting = ""
        self.redeemed[one.id] = after
        self.became_by.add((one.id, deed))

    def _give_up(self, one: Redemption, name: str, now: datetime) -> None:
        """Burned points go back where they were; held ones are free, unless their hold has ended by itself."""
        if one.state in ("confirmed", "fulfilled"):
            self.cancel(name, None, key=f"{name}:back", now=now)
            return
        account = self._holder(name)
        self._settle(account, now)
        if account.holds[name].state == "open":
            holds_law.check_open(account.holds[name])
            self.release(name, key=f"{name}:back", now=now)

    def _end_redemptions(self, now: datetime) -> None:
        """The night books what has ended by itself."""
        for one in list(self.redeemed.values()):
            if one.state in redemptions.LIVE and one.as_of(now) == "expired":
                self._move(one, "expire", "expired", now)

    def became(self, redemption: str, now: datetime) -> tuple[State, datetime | None]:
        one = self.redeemed[redemption]
        return one.as_of(now), one.until

    def _made_under(self, one: Redemption) -> Law:
        return next(law for _, law in self.laws if law.version == one.version)

    def _check_given(self, reward: Reward, made_under: Law, now: datetime) -> None:
        offer = made_under.programme.given_by(reward)
        if offer is not None:
            vouchers.check_given(offer, now)

    def gives(self, redemption: str, now: datetime) -> str | int | None:
        """As long as nobody uses it, and its time is not over."""
        one = self.redeemed[redemption]
        made_under = self._made_under(one)
        programme = made_under.programme
        reward = programme.reward(one.reward)
        if one.given is None or one.state == "cancelled" or one.confirmed_at is None:
            return None
        offer = programme.given_by(reward)
        if offer is not None:
            ends = vouchers.ends(offer, one.confirmed_at, made_under.zone)
            return offer.key if ends is None or now < ends else None
        assert programme.gift_cards is not None
        life = programme.unit(programme.gift_cards.unit).expires
        ends = made_under.expires_at(life, one.confirmed_at, one.confirmed_at)
        return reward.amount if ends is None or now < ends else None

    # --- what there is ---

    def supply(self, reward: str, variant: str, pieces: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        world = self.rehearsal() if dry_run else self
        newest = self.laws[-1][1].programme
        decision = Decision(len(self.laws))
        try:
            wanted = newest.reward(reward)
            if key in world.supplies:
                return Answer(decision, known=True)
            if wanted.stocked is None:
                raise REWARD_UNCOUNTED(reward=reward)
            if variant not in wanted.variants():
                raise SUPPLY_INVALID(pointer="/variant", reason="not_an_option")
            self._stock(wanted, variant, now).supply(pieces)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        world._count_from_here(wanted, variant, now)
        world.supplies[key] = Supplied(reward, variant, pieces)
        return Answer(decision)

    def _alive(self, reward: Reward, now: datetime) -> Iterator[Redemption]:
        """The redemptions of a reward that have come to something, or still may."""
        for one in self.redeemed.values():
            if one.reward == reward.key and one.as_of(now) in ("fulfilled", *redemptions.LIVE):
                yield one

    def _variants(self, reward: Reward) -> set[str]:
        """Those it has, and those it had when somebody redeemed one."""
        return {*reward.variants(), *(one.variant for one in self.redeemed.values() if one.reward == reward.key)}

    def _stock(self, reward: Reward, variant: str, now: datetime) -> Stock:
        """What is there of a variant, counted anew."""
        mine = [one for one in self._alive(reward, now) if one.variant == variant]
        given = sum(one.state == "fulfilled" for one in mine)
        supplied = sum(
            one.pieces for one in self.supplies.values() if (one.reward, one.variant) == (reward.key, variant)
        )
        counted, initial = self.counted_from.get((reward.key, variant), (False, 0))
        stock = Stock(
            reward.key, variant, counted, initial, supplied, len(mine) - given, given,
            sum(one.cost for one in mine),
        )  # fmt: skip
        return stock.under(reward.stocked is not None)

    def _whole_stock(self, reward: Reward, now: datetime) -> Stock:
        return self._stock(reward, WHOLE, now)

    def _count_from_here(self, reward: Reward, variant: str, now: datetime) -> None:
        """Remember with how many pieces counting began, or where it stopped."""
        stock = self._stock(reward, variant, now)
        self.counted_from[reward.key, variant] = (stock.counted, stock.initial)

    def left(self, reward: str, variant: str | None, now: datetime) -> int | None:
        one = self.in_force(now).programme.reward(reward)
        stocks = [self._stock(one, name, now) for name in one.variants()]
        if variant is not None:
            return next(stock.left for stock in stocks if stock.variant == variant)
        bounds = [sum(stock.left or 0 for stock in stocks)] if one.stocked is not None else []
        if one.total is not None:
            gone = [self._stock(one, name, now) for name in self._variants(one)]
            bounds.append(max(0, one.total - sum(stock.claimed + stock.given for stock in gone)))
        return min(bounds, default=None)

    def offered(self, who: str, reward: str, now: datetime) -> Offered:
        in_force, account = self.in_force(now), self.accounts[self.led(who)]
        one = in_force.programme.reward(reward)
        obstacle, begins = self._seen_by(who, one, account, in_force, now)
        if obstacle is None and self.left(reward, None, now) == 0:
            obstacle = redemptions.OUT_OF_STOCK.code
        missing: list[dict[str, int]] = []
        for price in one.prices:
            needed = dict.fromkeys(price.points, price.top_up.least) if price.top_up is not None else price.points
            short = {unit: points - self.amounts(who, unit, now).available for unit, points in needed.items()}
            missing.append({unit: points for unit, points in short.items() if points > 0})
        available = obstacle is None and {} in missing
        return Offered(available, obstacle, tuple(missing), begins)

    def _seen_by(
        self, who: str, reward: Reward, account: Account, in_force: Law, now: datetime
    ) -> tuple[str | None, datetime | None]:
        """The first obstacle for a person, and when the reward begins for the person."""
        seen: list[tuple[str | None, datetime | None]] = []

        def look() -> Answer:
            obstacle = None
            try:
                self._check_free_for(reward, account, in_force, now)
            except Refusal as refusal:
                obstacle = refusal.code
            member = climbing.as_of(in_force.programme.tiers, in_force.zone, account.standing, now)
            seen.append((obstacle, reward.begins(member.tiers, in_force.programme.tiers)))
            return Answer()

        self._in_name_of(who, look)
        return seen[0]


def _handed(one: Redemption, reward: Reward) -> Redemption:
    """With a code, where the reward gives one: here it is the name of the redemption."""
    return one if reward.gives is None else msgspec.structs.replace(one, given=one.id)
