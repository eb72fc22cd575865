"""How near each member was to what a programme lets them look forward to, month by month: a price, or the next tier."""

import numpy as np

from guerdon.core.ladders import Ladder
from guerdon.core.programme import Programme
from guerdon.insight.simulate.bootstrap import Numbers
from guerdon.insight.simulate.measures import Side
from guerdon.insight.simulate.runs import Run

YEAR_MONTHS = 12


def prices(programme: Programme, unit: str) -> list[int]:
    """The different amounts of the unit for which there is something, the smallest first, in smallest steps."""
    found = {
        points
        for reward in programme.rewards.values()
        for price in reward.prices
        if price.points.keys() == {unit}
        for points in price.needed.values()
        if points > 0
    }
    pays = programme.units[unit].pays if unit in programme.units else None
    if pays is not None:
        found.add(pays.charge(1))
    return sorted(found)


def balance(run: Run, unit: str, part: slice) -> Numbers:
    """What each member had when each month began; of the first month nobody knows, and it counts as nothing."""
    ends = run.flows[unit].outstanding[part]
    found = np.zeros(ends.shape)
    found[:, 1:] = ends[:, :-1]
    return found


def nearness(side: Side, part: slice) -> Numbers:
    """How much of the way to the nearest goal each member of the part had behind them when each month began, 0 to 1."""
    run, programme = side
    found = np.zeros(run.spent[part].shape)
    for unit in run.flows:
        np.maximum(found, _way(balance(run, unit, part), prices(programme, unit)), out=found)
    for ladder in programme.tiers:
        progress = _progress(run, ladder, part)
        if progress is not None:
            thresholds = [level.threshold for level in ladder.levels if level.threshold]
            np.maximum(found, _way(progress, thresholds), out=found)
    return found


def _way(had: Numbers, goals: list[int]) -> Numbers:
    """How much of the next goal there is; nothing where no goal is left."""
    if not goals:
        return np.zeros(had.shape)
    stairs = np.array(sorted(goals), dtype=np.float64)
    place = np.searchsorted(stairs, had, side="right")
    following = np.append(stairs, np.inf)[place]
    found: Numbers = np.maximum(had, 0) / following
    return found


def _progress(run: Run, ladder: Ladder, part: slice) -> Numbers | None:
    """What each member had of a ladder's basis when each month began; None where a replay does not say it by months."""
    if ladder.basis.spend:
        monthly = run.spent[part].astype(np.float64)
    elif ladder.basis.points in run.flows:
        monthly = run.flows[ladder.basis.points].issued[part].astype(np.float64)
    else:
        return None
    ever = np.zeros((monthly.shape[0], monthly.shape[1] + 1))
    np.cumsum(monthly, axis=1, out=ever[:, 1:])
    months = np.arange(monthly.shape[1])
    if ladder.window == "lifetime":
        since = np.zeros_like(months)
    elif ladder.window == "calendar_year":
        since = np.maximum(months - np.array([int(month[5:]) - 1 for month in run.months], dtype=np.int64), 0)
    else:  # a membership year begins on a day of the member's own; a year back is near it
        since = np.maximum(months - YEAR_MONTHS, 0)
    found: Numbers = ever[:, months] - ever[:, since]
    return found
