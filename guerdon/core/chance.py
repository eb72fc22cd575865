"""The law of chance: odds, the guarantee, and a draw that anybody can make again once its seed is shown (LAW 9)."""

import hashlib
import hmac
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import accumulate
from typing import Final

import msgspec

from guerdon.core import errors, limits, redemptions
from guerdon.core.errors import Refusal
from guerdon.core.redemptions import OUT_OF_STOCK, Stock
from guerdon.core.rewards import WHOLE, Reward

DRAW_NOT_RESERVED = errors.declare("invalid", "draw_not_reserved", "reward")
DRAW_UNKNOWN = errors.declare("unknown", "draw_unknown", "id")
CHANCE_OFF = errors.declare("forbidden", "chance_off", "reward")
CHANCE_COOLING = errors.declare("forbidden", "chance_cooling", "until")

SOURCE: Final = "draw"  # of the entry by which a prize is given; the draw names it
SEED_BYTES: Final = 32
_NUMBERS: Final = 2 ** (8 * hashlib.sha256().digest_size)


def hash_of(seed: str) -> str:
    """What is shown of a seed (hex) before anything is drawn with it: its SHA-256 (hex)."""
    return hashlib.sha256(bytes.fromhex(seed)).hexdigest()


class Name(msgspec.Struct, frozen=True):
    """What tells one draw from all others: what is drawn, under which version, and by which name it was asked for."""

    reward: str
    version: int
    source: str
    external_id: str


def ticket(seed: str, name: Name, total: int) -> int:
    """The number of the draw, each below `total` as likely as any other.

    It is HMAC-SHA-256, with the seed as its key, over the JSON list of the name and the number of the attempt, from 0.
    What does not divide evenly among the numbers is drawn again with the next attempt, so there is no modulo bias.
    """
    even, attempt = _NUMBERS - _NUMBERS % total, 0
    while True:
        told = msgspec.json.encode([name.reward, name.version, name.source, name.external_id, attempt])
        number = int.from_bytes(hmac.digest(bytes.fromhex(seed), told, hashlib.sha256), "big")
        if number < even:
            return number % total
        attempt += 1


def total(reward: Reward) -> int:
    """The sum of all weights."""
    return sum(reward.prizes.values())


def drawn(reward: Reward, number: int, *, there: Collection[str], dry: int) -> str:
    """The prize: that of the guarantee where it is due, else that of the number, else the fallback where it ran out.

    Prizes stand in the order of their keys. The number means the same prize whoever came before: only what is still
    there decides whether it is that, or the fallback.
    """
    if reward.guarantee is not None and due(reward, dry):
        return reward.guarantee.prize
    assert reward.fallback is not None and 0 <= number < total(reward), "the grammar asks for it"
    ends = list(accumulate(weight for _, weight in sorted(reward.prizes.items())))
    meant = sorted(reward.prizes)[bisect_right(ends, number)]
    return meant if meant in there else reward.fallback


def is_there(prize: Reward, stocks: Iterable[Stock], at: datetime) -> bool:
    """Whether one more of the prize can be given now: its window, what there is for all, its pieces."""
    if (prize.start is not None and at < prize.start) or (prize.until is not None and at >= prize.until):
        return False
    mine = list(stocks)
    try:
        redemptions.for_all(prize, mine)
        whole = next(one for one in mine if one.variant == WHOLE)
        whole.under(prize.stocked is not None).claim(prize.cost)
    except Refusal:
        return False
    return True


def due(reward: Reward, dry: int) -> bool:
    """Whether after so many draws without the guaranteed prize the next one must give it."""
    return reward.guarantee is not None and dry >= reward.guarantee.within - 1


def check_guarantee(reward: Reward, *, there: Collection[str], dry: int) -> None:
    """Refuse a draw that would have to break the promise: the member keeps the points, and the turn.

    Raises `out_of_stock`.
    """
    if reward.guarantee is not None and due(reward, dry) and reward.guarantee.prize not in there:
        raise OUT_OF_STOCK(reward=reward.guarantee.prize, variant=WHOLE)


def after(reward: Reward, prize: str, dry: int) -> int:
    """How many draws in a row have not given the guaranteed prize, this one included."""
    return 0 if reward.guarantee is None or prize == reward.guarantee.prize else dry + 1


def odds(reward: Reward, there: Collection[str]) -> dict[str, Fraction]:
    """What a draw gives and how likely, by key, with what is there now: what ran out adds to the fallback (LAW 9.2)."""
    whole = total(reward)
    found = {key: Fraction(weight, whole) for key, weight in sorted(reward.prizes.items()) if key in there}
    rest = 1 - sum(found.values(), Fraction(0))
    if rest:
        assert reward.fallback is not None, "the grammar asks for it"
        found[reward.fallback] = found.get(reward.fallback, Fraction(0)) + rest
    return found


def worst(reward: Reward, rewards: Mapping[str, Reward], there: Collection[str]) -> int:
    """What the dearest prize costs that a draw can give now, in minor units: reserved before it (LAW 9.1)."""
    return max(rewards[key].cost for key in (*there, reward.fallback) if key is not None)


def cools_until(off_at: datetime) -> datetime:
    """From when on a member who has switched chance off can switch it on again."""
    return off_at + timedelta(days=limits.CHANCE_COOL_DOWN_DAYS)
