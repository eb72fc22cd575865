"""How strongly members may respond, before anybody has looked: each response with its prior and its source."""

import math
from typing import Final, Literal, NamedTuple

from guerdon.core.simulations import Own, Responses, Strength

Key = Literal["spend", "goal", "redemption"]
WHOLE: Final = 10_000  # hundredths of a percent
DOUBLING: Final = math.log(2)  # what redemption is told for: twice the balance


class Prior(NamedTuple):
    """A normal prior of an elasticity, and where it is from; `source` None is a plain assumption of ours.

    `chosen` says that whoever asks took another one: the low or the high end of ours, or one of their own.
    """

    mean: float
    sd: float
    source: str | None = None
    chosen: Literal["", "low", "high", "own"] = ""


PRIORS: Final[dict[Key, Prior]] = {
    # All rewards of a coalition together were behind 1.74 % of its sales; that one percentage point more or less does
    # somewhat less than that is ours.
    "spend": Prior(0.01, 0.005, "Nastasoiu, Bendle, Bagga, Vandenbosch & Navarro-Martinez 2021"),
    # Coffees came 20 % sooner at the end of a card than at its beginning: ln(1/0.8) = 0.22; half of it for other shops.
    "goal": Prior(0.11, 0.055, "Kivetz, Urminsky & Zheng 2006"),
    "redemption": Prior(0.3, 0.15),
}


def chosen(told: Responses) -> dict[Key, Prior]:
    """The responses that are switched on: low and high are a standard deviation from the middle of ours."""
    found: dict[Key, Prior] = {}
    for key, prior in PRIORS.items():
        strength: Strength = getattr(told, key)
        if strength != "off":
            found[key] = _prior(key, prior, strength)
    return found


def percent(key: Key, prior: Prior) -> tuple[float, float]:
    """Logarithms as percentages: of one percentage point, of the whole way to a goal, of a doubling; and give or take
    how much."""
    scale = DOUBLING if key == "redemption" else 1.0
    mean, sd = prior.mean * scale, prior.sd * scale
    middle = math.expm1(mean)
    return 100 * middle, 100 * (math.expm1(mean + sd) - middle)


def _prior(key: Key, prior: Prior, strength: Strength) -> Prior:
    if isinstance(strength, Own):
        low, high = (_elasticity(key, strength.percent + more) for more in (0, strength.unsure))
        return Prior(low, high - low, chosen="own")
    if strength == "low":
        return prior._replace(mean=prior.mean - prior.sd, chosen="low")
    return prior._replace(mean=prior.mean + prior.sd, chosen="high") if strength == "high" else prior


def _elasticity(key: Key, hundredths: int) -> float:
    """What so many hundredths of a percent more are, as logarithms: of redeeming, with twice the balance."""
    return math.log1p(max(hundredths, 1 - WHOLE) / WHOLE) / (DOUBLING if key == "redemption" else 1.0)
