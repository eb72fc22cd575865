"""Pieces of a reward come in, or are lost: each supply once for ever (LAW 10.20)."""

from datetime import datetime

import msgspec

from guerdon.core import limits
from guerdon.core.redemptions import REWARD_UNCOUNTED, STOCK_CHANGED, SUPPLY_INVALID
from guerdon.features.programmes import queries as programmes
from guerdon.features.rewards import actions, queries
from guerdon.features.rewards.queries import Supply
from guerdon.kit import store
from guerdon.kit.store import Store


class NewSupply(msgspec.Struct, frozen=True):
    """Pieces of one variant of a reward; less than none were lost. (source, external_id) names it for ever.

    `seen` is how many had come in over all variants when it was looked at; None is any.
    """

    reward: str
    variant: str
    pieces: int
    reason: str
    actor: str
    source: str
    external_id: str
    seen: int | None = None


class Supplied(msgspec.Struct, frozen=True):
    """A supply; `replayed` where it was told before, `differs` where that telling said something else."""

    supply: Supply
    replayed: bool = False
    differs: tuple[str, ...] = ()


class _DryRun(Exception):
    def __init__(self, made: Supplied) -> None:
        self.made = made


def supply(*, programme_id: str, wanted: NewSupply, now: datetime, dry_run: bool = False) -> Supplied:
    """Add pieces to a stock. Raises `reward_unknown`, `reward_uncounted`, `supply_invalid`, `stock_too_low`,
    and `stock_changed` where more or less has come in by now than was looked at.

    The reward is looked for in the newest version, also where that is not in force yet: what comes for tomorrow is
    counted in today.
    """
    if wanted.pieces == 0:
        raise SUPPLY_INVALID(pointer="/pieces", reason="zero")
    if abs(wanted.pieces) > limits.QUANTITY_MAX:
        raise SUPPLY_INVALID(pointer="/pieces", reason="out_of_range")

    def write(at_hand: Store) -> Supplied:
        known = queries.supply(at_hand, programme_id, wanted.source, wanted.external_id)
        if known is not None:  # also where the reward is no longer in the file
            return _again(known, wanted)
        reward = programmes.latest(at_hand, programme_id).newest().programme.reward(wanted.reward)
        if reward.stocked is None:
            raise REWARD_UNCOUNTED(reward=reward.key)
        if wanted.variant not in reward.variants():
            raise SUPPLY_INVALID(pointer="/variant", reason="not_an_option")
        stock = actions.locked(at_hand, programme_id, [reward.key], now)[reward.key, wanted.variant]
        known = queries.supply(at_hand, programme_id, wanted.source, wanted.external_id)
        if known is not None:  # a rival was faster
            return _again(known, wanted)
        _check_seen(at_hand, programme_id, wanted)
        after = stock.under(reward.stocked is not None).supply(wanted.pieces)
        made = Supply(
            wanted.source, wanted.external_id, reward.key, wanted.variant, wanted.pieces, after.left, wanted.reason,
            wanted.actor, now,
        )  # fmt: skip
        actions.supply(at_hand, programme_id, after, made)
        if dry_run:
            raise _DryRun(Supplied(made))
        return Supplied(made)

    try:
        return store.committed(write)
    except _DryRun as tried:
        return tried.made


def _check_seen(at_hand: Store, programme_id: str, wanted: NewSupply) -> None:
    """Whether as many have come in as were looked at; while the stocks are locked nobody adds to them."""
    if wanted.seen is not None:
        supplied = queries.supplied(at_hand, programme_id, wanted.reward)
        if supplied != wanted.seen:
            raise STOCK_CHANGED(expected=supplied, got=wanted.seen)


def _again(known: Supply, wanted: NewSupply) -> Supplied:
    names = ("reward", "variant", "pieces", "reason")
    return Supplied(known, True, tuple([f"/{name}" for name in names if getattr(known, name) != getattr(wanted, name)]))
