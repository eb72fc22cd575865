"""The grammar of mysteries: their prizes and odds, the fallback, the guarantee, and the free way to a draw (LAW 9)."""

from typing import Final

from guerdon.core import limits
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.shapes import At, Key, Whole
from guerdon.core.grammar.structures import Keyed
from guerdon.core.programme import Programme
from guerdon.core.rewards import Guarantee, Reward
from guerdon.core.rules import NO_CAPS

# What a mystery must say, what only it may say, and what it can't: its prizes say it, or nobody is asked.
_NEEDS: Final = ("prizes", "fallback", "budget")
_OWN: Final = ("prizes", "fallback", "guarantee", "free_limits")
_NEVER: Final = ("cost", "choices", "address", "fulfil_days", "fulfilment")
_BOUNDS: Final = {"stocked": "stocked", "total": "total", "budget": "budget", "start": "from", "until": "until"}

PRIZES: Final = Keyed(Key(), Whole(1, limits.PRIZE_WEIGHT_MAX), limits.PRIZES_MAX, least=1, of="prizes")
GUARANTEE: Final = Record(
    Guarantee,
    Field("prize", Key(), "The prize that is promised."),
    Field("within", Whole(2, limits.GUARANTEE_DRAWS_MAX), "Of so many draws in a row at least one gives it."),
    form="a mapping like {prize: dinner, within: 20}",
)


def mystery_fits(value: Reward, at: At) -> bool:
    """A mystery says all that chance needs, and only a mystery says it."""
    if not value.drawn:
        said = next((name for name in _OWN if getattr(value, name) not in ({}, None, NO_CAPS)), None)
        if said is not None:
            told = f"“{said}” says nothing about a reward of the kind {value.kind}."
            at.under(said).wrong("kind_without", told, "leave it out, or write “kind: mystery”")
        return said is None
    missing = next((name for name in _NEEDS if not getattr(value, name)), None)
    if missing is not None:
        told = f"A reward of the kind mystery needs “{missing}”."
        at.under("kind").wrong("kind_incomplete", told, f"add “{missing}: …”")
        return False
    if value.limits.day is None:
        told = "A mystery needs a most of draws that a member can have in a day."
        at.under("kind").wrong("kind_incomplete", told, "add “limits: {day: 3}”")
        return False
    said = next((name for name in _NEVER if getattr(value, name) not in (0, (), False, None)), None)
    if said is not None:
        told = f"“{said}” says nothing about a mystery: its prizes say it, each of itself."
        at.under(said).wrong("kind_without", told, "leave it out")
        return False
    if value.guarantee is not None and value.guarantee.prize not in value.prizes:
        told = f"“{value.guarantee.prize}” is none of the prizes."
        at.under("guarantee").under("prize").wrong("prize_unknown", told, "name one of “prizes”")
        return False
    return _free_way_fits(value, at)


def _free_way_fits(value: Reward, at: At) -> bool:
    """Whoever can pay for a draw can have one for nothing, too, with the very same odds (LAW 9.3)."""
    free = sum(price.free for price in value.prices)
    limited = value.free_limits != NO_CAPS
    if free == len(value.prices):
        if limited:
            told = "Every draw is free, so “limits” says all of it."
            at.under("free_limits").wrong("kind_without", told, "leave it out")
        return not limited
    if not free:
        told = "Draws are paid for, and there is no free way to have one."
        at.under("prices").wrong("no_free_entry", told, "add “{free: true}” to “prices”, and “free_limits: {week: 1}”")
        return False
    if not limited:
        told = "A draw can be paid for or be free, and nothing says how many may be free."
        at.under("prices").wrong("no_free_entry", told, "add “free_limits: {week: 1}”")
        return False
    return True


def prizes_fit(value: Programme, at: At) -> bool:
    """Every prize can be given to whoever draws it, and the fallback always."""
    for reward in value.rewards.values():
        here = at.under("rewards").under(reward.key)
        places = [(key, here.under("prizes").under(key)) for key in reward.prizes]
        if reward.fallback is not None:
            places.append((reward.fallback, here.under("fallback")))
        if not all(_prize_fits(value, key, place) for key, place in places):
            return False
        if reward.fallback is not None and not (
            _always_there(value, value.rewards[reward.fallback], here) and _budget_fits(value, reward, here)
        ):
            return False
    return True


def _prize_fits(value: Programme, key: str, at: At) -> bool:
    prize = value.rewards.get(key)
    if prize is None:
        at.wrong("prize_unknown", f"The programme has no reward “{key}”.", "name one of “rewards”")
        return False
    asks = "draws" if prize.drawn else "choices" if prize.choices else "address" if prize.address else "if"
    if not prize.drawn and not prize.choices and not prize.address and prize.condition is None:
        return True
    told = "A mystery is no prize." if prize.drawn else f"“{key}” says “{asks}”, and nobody is asked before a draw."
    at.wrong("prize_unfit", told, "name another reward, or offer this one a second time without it")
    return False


def _always_there(value: Programme, fallback: Reward, at: At) -> bool:
    """Nothing bounds it, nor the voucher that it gives."""
    said = next((name for field, name in _BOUNDS.items() if getattr(fallback, field) is not None), None)
    voucher = value.given_by(fallback)
    if said is None and voucher is not None:
        bounds = {
            "codes": voucher.codes == "pool", "until": voucher.during.until is not None,
            "uses_per_member": voucher.uses_per_member is not None,
        }  # fmt: skip
        said = next((name for name, bounded in bounds.items() if bounded), None)
    if said is None:
        return True
    told = f"“{fallback.key}” says “{said}”: it can run out or end, and then a draw would give nothing."
    at.under("fallback").wrong("fallback_unfit", told, "name a reward that is always there")
    return False


def _budget_fits(value: Programme, reward: Reward, at: At) -> bool:
    """Each draw is paid for from the budget, so it must hold the dearest prize at least (LAW 9.1)."""
    most = max(value.rewards[key].cost for key in reward.outcomes)
    if not most:
        at.under("budget").wrong("no_cost", "What costs nothing needs no budget.", "add “cost: …” to the prizes")
        return False
    if reward.budget is not None and reward.budget < most:
        at.under("budget").wrong("too_small", "The budget does not pay for the dearest prize.", "write more")
        return False
    return True
