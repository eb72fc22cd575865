"""Draws in the pure world: what is there, what is drawn, and by which redemption it is given."""

from datetime import datetime
from fractions import Fraction

import msgspec

from guerdon.core import chance, redemptions
from guerdon.core.law import Law
from guerdon.core.redemptions import Redemption, Stock
from guerdon.core.rewards import WHOLE, Price, Reward
from tests.stories.pure.sharing import Sharing
from tests.stories.worlds import Answer


class Drawing(Sharing):
    """Chance in the pure world: the seed is the one that the story says."""

    __slots__ = ()

    def plant(self, seed: str, *, now: datetime) -> None:
        self.seed = seed

    def switch(self, who: str, *, on: bool, now: datetime) -> Answer:
        since = self.chance_off.get(who)
        if on and since is not None:
            if now < chance.cools_until(since):
                return Answer(refusal=chance.CHANCE_COOLING(until=chance.cools_until(since).isoformat()))
            del self.chance_off[who]
        elif not on:
            self.chance_off.setdefault(who, now)
        return Answer()

    def won(self, redemption: str, now: datetime) -> str | None:
        return self.drawn.get(redemption)

    def odds(self, reward: str, now: datetime) -> dict[str, Fraction]:
        in_force = self.in_force(now)
        one = in_force.programme.reward(reward)
        return chance.odds(one, self._there(one, in_force, now))

    def _there(self, reward: Reward, in_force: Law, now: datetime) -> frozenset[str]:
        rewards = in_force.programme.rewards
        stock = self._whole_stock
        return frozenset(
            [key for key in reward.prizes if chance.is_there(rewards[key], [stock(rewards[key], now)], now)]
        )

    def _check_draw(self, reward: Reward, in_force: Law, who: str, account: str, now: datetime) -> int:
        """The most that a draw costs now."""
        if who in self.chance_off:
            raise chance.CHANCE_OFF(reward=reward.key)
        there = self._there(reward, in_force, now)
        chance.check_guarantee(reward, there=there, dry=self.dry.get((account, reward.key), 0))
        return chance.worst(reward, in_force.programme.rewards, there)

    def _draw(self, made: Redemption, reward: Reward, in_force: Law, now: datetime) -> tuple[Redemption, Redemption]:
        """The draw with what its prize costs, and the prize."""
        there, turn = self._there(reward, in_force, now), (made.account_id, reward.key)
        name = chance.Name(reward.key, in_force.version, "app", made.id)
        number, dry = chance.ticket(self.seed, name, chance.total(reward)), self.dry.get(turn, 0)
        prize = in_force.programme.reward(chance.drawn(reward, number, there=there, dry=dry))
        self.dry[turn] = chance.after(reward, prize.key, dry)
        self.drawn[made.id] = prize.key
        won = msgspec.structs.replace(
            made, id=f"{made.id}:won", reward=prize.key, variant=WHOLE, price=Price(free=True), number=redemptions.WON,
            cost=prize.cost,
        )  # fmt: skip
        return msgspec.structs.replace(made, cost=prize.cost), won

    def _whole_stock(self, reward: Reward, now: datetime) -> Stock:
        """What is there of a reward that has one stock."""
        raise NotImplementedError
