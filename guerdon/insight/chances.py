"""What a draw would give now: which prizes are there, and what stands in the way of a member (LAW 9.1, 9.3)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from guerdon.core import chance, vouchers
from guerdon.core.errors import Refusal
from guerdon.core.law import Law
from guerdon.core.redemptions import Stock
from guerdon.core.rewards import Reward
from guerdon.features.draws import queries
from guerdon.kit.store import Store

Left = Mapping[str, tuple[int | None, Sequence[Stock]]]  # by reward, how many can be had, and all of its stocks


def there(reward: Reward, in_force: Law, left: Left, at: datetime) -> frozenset[str]:
    """The prizes of a mystery that can be given at the instant."""
    return frozenset([key for key in reward.prizes if _is_there(in_force.programme.rewards[key], in_force, left, at)])


def _is_there(prize: Reward, in_force: Law, left: Left, at: datetime) -> bool:
    pieces, stocks = left[prize.key]
    offer = in_force.programme.given_by(prize)
    try:
        if offer is not None:
            vouchers.check_given(offer, at)
    except Refusal:
        return False
    return pieces != 0 and chance.is_there(prize, stocks, at)


class Waiting:
    """Whether a member wants chance at all, and how long it has waited for what is guaranteed."""

    def __init__(self, store: Store, in_force: Law, accounts: Collection[str], persons: Collection[str]) -> None:
        mysteries = [one.key for one in in_force.programme.rewards.values() if one.drawn]
        self._accounts = accounts
        self._off = bool(mysteries) and bool(queries.off(store, persons))
        self._streaks = queries.streaks(store, accounts, mysteries) if mysteries else []

    def check(self, reward: Reward, prizes: frozenset[str]) -> None:
        """Refuse as a draw would be. Raises `chance_off`, `out_of_stock`."""
        if self._off:
            raise chance.CHANCE_OFF(reward=reward.key)
        chance.check_guarantee(reward, there=prizes, dry=queries.dry(self._streaks, reward, self._accounts))
