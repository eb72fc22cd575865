"""How members may answer a draft by behaving otherwise: a layer of assumptions, never mixed into what was replayed.

Each response is an elasticity with a prior, and can be switched off; with all of them at nothing a replay stays as it
is, to the point. The responses are small steps away from the replay: how near a goal was, and what a member had, is
read off the replay, and no more than doubles or halves what somebody does.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from guerdon.core.simulations import Responses
from guerdon.insight.simulate import goals, measures, priors
from guerdon.insight.simulate.answers import Band
from guerdon.insight.simulate.bootstrap import PART, Advance, Numbers, Resampling
from guerdon.insight.simulate.measures import Earnings, Side
from guerdon.insight.simulate.priors import PRIORS, Key, Prior
from guerdon.insight.simulate.runs import Flow, Run, Whole

FUTURES: Final = 40  # draws of the elasticities; the members' draws take them in turn
MOST: Final = float(np.log(2.0))  # no response more than doubles or halves


class Elasticities(NamedTuple):
    """One possible way to answer. All at nothing: nobody does anything otherwise.

    `spend`: by how much (in logarithms) spending rises with each percentage point of it that comes back in points.
    `goal`: by how much it rises from the beginning of the way to a goal up to its end.
    `redemption`: by how much redeeming rises with what a member has, in prices of the cheapest reward (log by log).
    """

    spend: float = 0.0
    goal: float = 0.0
    redemption: float = 0.0


class Assumed(NamedTuple):
    """The responses that are switched on, with their priors."""

    priors: dict[Key, Prior]

    @property
    def middle(self) -> Elasticities:
        """Every elasticity at the mean of its prior; one that is switched off at nothing."""
        return Elasticities(**{key: prior.mean for key, prior in self.priors.items()})

    def futures(self, count: int, seed: int) -> list[Elasticities]:
        """Draws of all elasticities, each spread evenly over its prior (a Latin hypercube; McKay et al. 1979)."""
        random = np.random.default_rng([seed, count])
        levels = special.ndtri((np.arange(count) + 0.5) / count)
        drawn = {key: prior.mean + prior.sd * random.permutation(levels) for key, prior in self.priors.items()}
        return [Elasticities(**{key: float(each[place]) for key, each in drawn.items()}) for place in range(count)]


USUAL: Final = Assumed(PRIORS)
NONE: Final = Assumed({})


def assumed(told: Responses) -> Assumed:
    """The responses as somebody wants them."""
    return Assumed(priors.chosen(told))


class _Seen(NamedTuple):
    """What members of a part are given to answer to: differences between today and the draft, by member and month."""

    rates: Numbers  # [member, 1], percentage points of what is spent
    near: Numbers  # [member, month], parts of the way to a goal
    reach: dict[str, Numbers]  # by unit, logarithms of how often the cheapest reward is affordable


def replayed(today: Side, draft: Side, elasticities: Elasticities) -> Run:
    """The replay of the draft as it would be if members answered so, rounded to whole points and minor units."""
    run = draft.run
    told = [_told(today, draft, part, elasticities) for part in _parts(len(run.members))]
    flows = {
        unit: Flow(*(_whole([one.flows[unit][place] for one in told]) for place in range(len(Flow._fields))))
        for unit in run.flows
    }
    return run._replace(spent=_whole([one.spent for one in told]), flows=flows, cost=_whole([one.cost for one in told]))


def bands(
    today: Side,
    draft: Side,
    unit: str,
    *,
    assumed: Assumed = USUAL,
    drawn: Resampling | None = None,
    earnings: Earnings | None = None,
    futures: int = FUTURES,
    advance: Advance = lambda _: None,
) -> tuple[Band, ...]:
    """Each difference with its interval of 90 %, over members and elasticities alike; the middle is the median."""
    drawn = drawn or Resampling(len(today.run.members))
    ways = assumed.futures(min(futures, drawn.draws), drawn.seed)
    before = measures.columns(today.run, unit)

    def columns(part: slice) -> Iterator[Numbers]:
        seen = _seen(today, draft, part)
        for way in ways:
            after = measures.columns(_answered(draft, part, seen, way), unit)
            yield np.concatenate([before[part], after], axis=1)

    spread = drawn.spread(columns, len(ways), 2 * before.shape[1], advance)
    return measures.differences(today, draft, unit, None, spread, earnings)


def _parts(members: int) -> list[slice]:
    return [slice(start, min(start + PART, members)) for start in range(0, members, PART)] or [slice(0, 0)]


def _told(today: Side, draft: Side, part: slice, elasticities: Elasticities) -> Run:
    return _answered(draft, part, _seen(today, draft, part), elasticities)


def _whole(parts: Sequence[NDArray[Any]]) -> Whole:
    found: Whole = np.rint(np.concatenate(parts)).astype(np.int64)
    return found


def _seen(today: Side, draft: Side, part: slice) -> _Seen:
    near = goals.nearness(draft, part) - goals.nearness(today, part)
    reach = {unit: _reach(draft, unit, part) - _reach(today, unit, part) for unit in draft.run.flows}
    return _Seen(_rate(draft, part) - _rate(today, part), near, {key: _sure(one) for key, one in reach.items()})


def _rate(side: Side, part: slice) -> Numbers:
    """What a member got back in points of what they spent, in percent."""
    run, programme = side
    spent = run.spent[part].sum(axis=1, keepdims=True).astype(np.float64)
    back = np.zeros_like(spent)
    for unit, flow in run.flows.items():
        worth = programme.units[unit].rate if unit in programme.units else None
        if worth is not None:
            back += flow.issued[part].sum(axis=1, keepdims=True) * float(worth)
    found: Numbers = np.divide(back * 100, spent, out=np.zeros_like(spent), where=spent > 0)
    return found


def _reach(side: Side, unit: str, part: slice) -> Numbers:
    """The logarithm of how often the cheapest reward was affordable when a month began; NaN where nobody can say."""
    had = goals.balance(side.run, unit, part) if unit in side.run.flows else np.zeros(side.run.spent[part].shape)
    known = goals.prices(side.programme, unit)
    found = np.full(had.shape, np.nan)
    if known:
        np.log(had / known[0], out=found, where=had > 0)
    return found


def _sure(differences: Numbers) -> Numbers:
    return np.nan_to_num(differences, nan=0.0)


def _factor(exponent: Numbers) -> Numbers:
    found: Numbers = np.exp(np.clip(exponent, -MOST, MOST))
    return found


def _answered(draft: Side, part: slice, seen: _Seen, way: Elasticities) -> "Run":
    """The months of some members of the draft, as fractions of points, if they answered so."""
    run = draft.run
    more = _factor(way.spend * seen.rates + way.goal * seen.near)
    flows: dict[str, Flow] = {}
    burned, burning = np.zeros(run.spent[part].shape), np.zeros(run.spent[part].shape)
    for unit, flow in run.flows.items():
        worth = draft.programme.units[unit].rate if unit in draft.programme.units else None
        weight = 1.0 if worth is None else float(worth)
        flows[unit] = _lived(flow, part, more, _factor(way.redemption * seen.reach[unit]))
        burned += flow.redeemed[part] * weight
        burning += flows[unit].redeemed * weight
    spent, cost = run.spent[part] * more, run.cost[part].astype(np.float64)
    np.multiply(cost, np.divide(burning, burned, out=np.ones_like(cost), where=burned > 0), out=cost)
    found: dict[str, Any] = {"members": run.members[part], "spent": spent, "flows": flows, "cost": cost}
    return run._replace(**found)


def _lived(flow: Flow, part: slice, more: Numbers, eager: Numbers) -> Flow:
    """What becomes of points if so much more is earned and redeemed: a month at a time, and never more than there is.

    Of what is there as a month begins the same share expires as in the replay; what neither was earned, redeemed nor
    expired (gifts, corrections) comes as it came.
    """
    issued, redeemed, expired, outstanding = (one[part].astype(np.float64) for one in flow)
    issuing, redeeming, expiring, standing = (np.empty_like(issued) for _ in flow)
    before, had = np.zeros(len(issued)), np.zeros(len(issued))  # in the replay, and now
    for month in range(issued.shape[1]):
        other = outstanding[:, month] - before - issued[:, month] + redeemed[:, month] + expired[:, month]
        issuing[:, month] = issued[:, month] * more[:, month if more.shape[1] > 1 else 0]
        room = before + issued[:, month] + np.maximum(other, 0)
        now = had + issuing[:, month] + np.maximum(other, 0)
        redeeming[:, month] = _at_most(redeemed[:, month] * eager[:, month], redeemed[:, month], room, now)
        share = np.divide(had, before, out=np.ones_like(had), where=before > 0)
        room, now = room - redeemed[:, month], now - redeeming[:, month]
        expiring[:, month] = _at_most(expired[:, month] * share, expired[:, month], room, now)
        had = had + issuing[:, month] - redeeming[:, month] - expiring[:, month] + other
        before = outstanding[:, month]
        standing[:, month] = had
    fractions: tuple[Any, ...] = (issuing, redeeming, expiring, standing)  # until they are rounded
    return Flow(*fractions)


def _at_most(wanted: Numbers, was: Numbers, room: Numbers, now: Numbers) -> Numbers:
    """What is wanted of what there is now; what was taken beyond what there was (a debt) may be taken again."""
    found: Numbers = np.minimum(wanted, np.maximum(now, 0) + np.maximum(was - np.maximum(room, 0), 0))
    return found
