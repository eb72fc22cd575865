"""What a replay comes to, as numbers that can be added up member by member, and what these are worth in money."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal, NamedTuple

import numpy as np

from guerdon.core.programme import UNIT_UNKNOWN, Programme
from guerdon.insight.simulate.answers import Amounts, Band
from guerdon.insight.simulate.bootstrap import Numbers, Resampling
from guerdon.insight.simulate.bootstrap import interval as interval_of
from guerdon.insight.simulate.runs import Run

Measure = Literal["issued", "redeemed", "expired", "outstanding", "cost", "liability", "roi"]
MEASURES: Final[tuple[Measure, ...]] = ("issued", "redeemed", "expired", "outstanding", "cost", "liability", "roi")
WHOLE: Final = 10_000  # hundredths of a percent
_COLUMNS: Final = 6  # of a side: issued, redeemed, expired, outstanding, cost, spent


class Side(NamedTuple):
    """A replay with the programme under which it was made."""

    run: Run
    programme: Programme


class Earnings(NamedTuple):
    """What is assumed of money earned, in hundredths of a percent; nothing of the history says it.

    `margin` is what remains of a sale, and `due` is the share of sales that would not be there without the programme.
    """

    margin: int
    due: int

    def roi(self, spent: Numbers, cost: Numbers) -> Numbers:
        """(margin · due · spent − cost) / cost: what a cost brings beyond itself, in hundredths of a percent of it."""
        gained = spent * (self.margin * self.due) / WHOLE / WHOLE
        found: Numbers = np.divide(gained - cost, cost, out=np.full_like(cost, np.nan), where=cost > 0) * WHOLE
        return found


def rate(side: Side, unit: str) -> Fraction:
    """What a smallest step of the unit is owed as, in minor units; nothing where the programme says no worth."""
    found = side.programme.units.get(unit)
    return Fraction(0) if found is None or found.rate is None else found.rate


def owed(side: Side, unit: str, points: int) -> int:
    """What so many points are owed as, in whole minor units."""
    worth = rate(side, unit)
    return points * worth.numerator // worth.denominator


def amounts(side: Side, unit: str) -> Amounts:
    """What all members came to in all months."""
    issued, redeemed, expired, outstanding, cost, _ = (int(one) for one in columns(side.run, unit).sum(axis=0))
    return Amounts(
        issued=issued, redeemed=redeemed, expired=expired, outstanding=outstanding,
        cost=cost, liability=owed(side, unit, outstanding),
    )  # fmt: skip


def columns(run: Run, unit: str) -> Numbers:
    """Member by member: issued, redeemed, expired, outstanding at the end, cost, spent; a float holds each exactly."""
    found = np.zeros((len(run.members), _COLUMNS))
    flow = run.flows.get(unit)
    if flow is not None and run.months:
        for place, one in enumerate((flow.issued, flow.redeemed, flow.expired)):
            found[:, place] = one.sum(axis=1)
        found[:, 3] = flow.outstanding[:, -1]
    found[:, 4] = run.cost.sum(axis=1)
    found[:, 5] = run.spent.sum(axis=1)
    return found


def bands(
    today: Side, draft: Side, unit: str, *, drawn: Resampling | None = None, earnings: Earnings | None = None
) -> tuple[Band, ...]:
    """Each difference (draft − today) of a unit with its interval of 90 %; the middle is the difference itself.

    How much is earned back (`roi`, in hundredths of a percent) is told where `earnings` say what nobody else can.
    """
    assert today.run.members == draft.run.members, "two replays of one history have the same members"
    drawn = drawn or Resampling(len(today.run.members))
    both = np.concatenate([columns(today.run, unit), columns(draft.run, unit)], axis=1)
    return differences(today, draft, unit, both.sum(axis=0, keepdims=True), drawn.totals(both), earnings)


def differences(
    today: Side, draft: Side, unit: str, exact: Numbers | None, drawn: Numbers, earnings: Earnings | None
) -> tuple[Band, ...]:
    """Bands of what was drawn, [draw, columns of today and of the draft]; without `exact` the middle is the median."""
    spread = _differing(today, draft, unit, drawn, earnings)
    middles = None if exact is None else _differing(today, draft, unit, exact, earnings)
    found = []
    for measure in MEASURES:
        if measure not in spread or np.isnan(spread[measure]).any():
            continue
        low, middle, high = interval_of(spread[measure])
        if middles is not None:
            middle = round(float(middles[measure][0]))
        found.append(Band(of=measure, low=min(low, middle), middle=middle, high=max(high, middle)))
    return tuple(found)


def _differing(
    today: Side, draft: Side, unit: str, totals: Numbers, earnings: Earnings | None
) -> dict[Measure, Numbers]:
    one, other = totals[:, :_COLUMNS], totals[:, _COLUMNS:]
    found: dict[Measure, Numbers] = {
        measure: other[:, place] - one[:, place] for place, measure in enumerate(MEASURES[:5])
    }
    found["liability"] = _floored(other[:, 3], rate(draft, unit)) - _floored(one[:, 3], rate(today, unit))
    if earnings is not None:
        found["roi"] = earnings.roi(other[:, 5], other[:, 4]) - earnings.roi(one[:, 5], one[:, 4])
    return found


def _floored(points: Numbers, worth: Fraction) -> Numbers:
    """What points are owed as, in whole minor units."""
    found: Numbers = np.floor(np.rint(points) * worth.numerator / worth.denominator)
    return found


def spendable(side: Side) -> Sequence[str]:
    """The units of the programme that can be spent and that the replay followed, in the order of its file."""
    return [code for code, unit in side.programme.units.items() if unit.spendable and code in side.run.flows]


def which(side: Side, unit: str | None) -> str:
    """The unit that is asked for, or the first that can be spent. Raises `unit_unknown`."""
    known = spendable(side)
    if (unit is not None and unit not in known) or not known:
        raise UNIT_UNKNOWN(unit=(unit or "")[:40], known=", ".join(known))
    return unit or known[0]
