"""Chance at work: what a draw can give, the draw itself, seeds and their end, the switch of a member (LAW 9)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

import msgspec

from guerdon.core import chance, period
from guerdon.core.decisions import Drawn
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.redemptions import Stock
from guerdon.core.rewards import Reward
from guerdon.core.standing import Standing
from guerdon.engine.batch import Batch
from guerdon.engine.handing import Handing
from guerdon.features.draws import actions, queries
from guerdon.features.draws.queries import Seed, Streak
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.kit import secrets, store
from guerdon.kit.store import Store

Stocks = Mapping[tuple[str, str], Stock]  # by reward and variant


class Prospect(msgspec.Struct, frozen=True):
    """What a draw can give, the most that may cost, and how many in a row have not given what is guaranteed."""

    there: frozenset[str]
    cost: int
    dry: int


class Draws:
    """The draws of one batch."""

    def __init__(self, batch: Batch, mysteries: Collection[Reward], ids: Iterable[str], *, tried: bool) -> None:
        """Read who wants no chance, and the streaks of all; where nothing is drawn it costs no statement.

        What is only `tried` is drawn with a seed of its own, or whoever asks could look for a name that wins.
        """
        self.batch = batch
        self._tried = tried
        self._any = bool(mysteries)
        self._seed: Seed | None = None
        self._secret = ""
        self._off: dict[str, datetime] = {}
        self._streaks: list[Streak] = []
        if self._any:
            every = set(ids)
            self._off = queries.off(batch.store, every)
            self._streaks = queries.streaks(batch.store, every, {one.key for one in mysteries})

    def take_seed(self) -> None:
        """Take the seed that is in use, after all other locks: nobody shows it before the draws are done."""
        if self._any:
            self._seed = queries.in_use(self.batch.store, self.batch.programme_id)
            assert self._seed is not None, "publishing a mystery makes its seeds"
            self._secret = secrets.seed() if self._tried else self._seed.opened()

    def check(self, reward: Reward, persons: Collection[str]) -> None:
        """Refuse whoever has switched chance off, or was before a merge. Raises `chance_off`."""
        if any(one in self._off for one in persons):
            raise chance.CHANCE_OFF(reward=reward.key)

    def look(
        self,
        reward: Reward,
        in_force: Law,
        standing: Standing,
        stocks: Stocks,
        handing: Handing,
        accounts: Collection[str],
    ) -> Prospect:
        """What can be drawn now. Raises `out_of_stock` where what is due is not there."""
        rewards, now = in_force.programme.rewards, self.batch.now
        there = frozenset(
            [
                key
                for key in reward.prizes
                if chance.is_there(rewards[key], _of(rewards[key], stocks), now)
                and _can_be_given(rewards[key], in_force, standing, handing)
            ]
        )
        dry = queries.dry(self._streaks, reward, accounts)
        chance.check_guarantee(reward, there=there, dry=dry)
        return Prospect(there, chance.worst(reward, rewards, there), dry)

    def draw(self, reward: Reward, name: chance.Name, prospect: Prospect) -> Drawn:
        """Draw; by which redemption the prize is given, the caller knows."""
        assert self._seed is not None
        number = chance.ticket(self._secret, name, chance.total(reward))
        prize = chance.drawn(reward, number, there=prospect.there, dry=prospect.dry)
        gone = tuple(sorted(set(reward.prizes) - prospect.there))
        return Drawn(prize, "", self._seed.number, number, gone, prospect.dry)

    def keep(self, reward: Reward, drawn: Drawn, *, account_id: str, seq: int) -> None:
        """Remember how long the account has waited for what is guaranteed."""
        if reward.guarantee is None:
            return
        streak = Streak(
            account_id, reward.key, reward.guarantee.prize, chance.after(reward, drawn.prize, drawn.dry), seq
        )  # fmt: skip
        self._streaks.append(streak)
        self.batch.keep(actions.STREAKS, actions.streak_row(self.batch.programme_id, streak))


def _of(reward: Reward, stocks: Stocks) -> list[Stock]:
    return [one for (key, _), one in stocks.items() if key == reward.key]


def _can_be_given(reward: Reward, in_force: Law, standing: Standing, handing: Handing) -> bool:
    try:
        handing.check(reward, in_force, standing)
    except Refusal:
        return False
    return True


# --- seeds ---


def rotate(*, programme_id: str, now: datetime, seed: str | None = None) -> bool:
    """Show the seed in use, take the next one, and make another one behind it; whether there was any.

    A `seed` (hex) that is said is for plays that must come out alike: it is the one behind.
    """
    return store.committed(lambda at_hand: _rotate(at_hand, programme_id, now, seed))


def _rotate(at_hand: Store, programme_id: str, now: datetime, seed: str | None) -> bool:
    waiting = [one for one in queries.lock_last(at_hand, programme_id) if one.retired_at is None]
    if not waiting:
        return False
    actions.retire(at_hand, programme_id, waiting[0], now)
    actions.make(at_hand, programme_id, waiting[-1].number + 1, seed or secrets.seed(), now)
    return True


def rotate_by_night(*, programme_id: str, as_of: datetime) -> bool:
    """Once in a local day the seed in use is shown; another night of the same day leaves everything as it is."""

    def write(at_hand: Store) -> bool:
        last = queries.lock_last(at_hand, programme_id)
        if not last:
            return False
        zone = programmes.latest(at_hand, programme_id).newest().zone
        since = [one.retired_at or one.made_at for one in last if one.retired_at is not None or one.number == 1]
        if period.local_day(max(since), zone) >= period.local_day(as_of, zone):
            return False
        return _rotate(at_hand, programme_id, as_of, None)

    return store.committed(write)


# --- the switch ---


def off_since(at_hand: Store, member_id: str) -> tuple[list[str], datetime | None]:
    """A member with those who were merged into it, and since when chance is off for any of them (LAW 6.3)."""
    every = [member_id, *members.followers_of(at_hand, [member_id]).get(member_id, ())]
    return every, max(queries.off(at_hand, every).values(), default=None)


def switch(*, programme_id: str, member_id: str, on: bool, now: datetime) -> tuple[str, datetime | None]:
    """Switch chance off or on for a member; answers who that is, and since when it is off.

    Off counts at once; on again only after it has cooled down. Raises `member_unknown`, `chance_cooling`.
    """

    def write(at_hand: Store) -> tuple[str, datetime | None]:
        member = members.lock_self(at_hand, programme_id, member_id)
        every, since = off_since(at_hand, member.id)
        if on and since is not None:
            until = chance.cools_until(since)
            if now < until:
                raise chance.CHANCE_COOLING(until=until.isoformat())
            actions.switch_on(at_hand, programme_id, member.id, every, now)
            return member.id, None
        if not on and since is None:
            actions.switch_off(at_hand, programme_id, member.id, now)
            return member.id, now
        return member.id, since

    return store.committed(write)
