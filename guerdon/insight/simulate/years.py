"""The years ahead: members go on as in months of their own past that are drawn, and points live as long as they do.

Months are drawn in whole blocks and for all members alike, in their season where the history has it (a block bootstrap,
Künsch 1989), and members are drawn, too; growth and who joins are assumptions that are said. What members redeemed they
redeem again as soon as they have it, and points end first in, first out by months, as the programme's policy has it. So
a forecast says what would follow if the future were made of the past, and its bands how far pasts differ; what never
happened is in none of them.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from guerdon.core import errors, expiry, period
from guerdon.core.expiry import Policy, Sliding
from guerdon.insight.simulate import bootstrap, measures
from guerdon.insight.simulate.answers import Band
from guerdon.insight.simulate.bootstrap import Advance, Numbers, Resampling
from guerdon.insight.simulate.measures import WHOLE, Side
from guerdon.insight.simulate.priors import Prior
from guerdon.insight.simulate.runs import Run

HISTORY_TOO_SHORT = errors.declare("clash", "history_too_short", "months", "least")

YEAR_MONTHS: Final = 12
BLOCKS_LEAST: Final = 2  # of the history, so that there is something to draw
FUTURES: Final = 40  # sequences of blocks
NO_GROWTH: Final = Prior(0.0, 0.0)
_FLOWS: Final = 6  # issued, redeemed, expired, outstanding, cost, spent
_DAY: Final = 15  # of the month, on which its points are taken to be earned

Places = NDArray[np.int64]


class Ahead(NamedTuple):
    """What is assumed of the years ahead.

    `growth` is by how much members do more from year to year, in logarithms; `joining` is how many join in a month,
    None: as many as of late. Who joins does what those did who joined in the history, month for month.
    """

    years: int = 3
    block: int = 3  # months that are drawn together
    growth: Prior = NO_GROWTH
    joining: float | None = None

    @property
    def months(self) -> int:
        return self.years * YEAR_MONTHS


class Spread(msgspec.Struct, frozen=True):
    """A figure with its interval of 90 %."""

    low: int
    middle: int
    high: int


class Month(msgspec.Struct, frozen=True):
    """A month ahead: points in smallest steps, money in minor units; what is outstanding and owed is so at its end."""

    month: str
    issued: Spread
    redeemed: Spread
    expired: Spread
    outstanding: Spread
    cost: Spread
    liability: Spread


class Forecast(msgspec.Struct, frozen=True):
    """The years ahead of a unit, month by month.

    `breakage` is the share of the points that members have now which ends unused, of all of them that end at all
    within these years, in hundredths of a percent; `joining` is how many join in a month.
    """

    unit: str
    months: tuple[Month, ...]
    breakage: Spread
    joining: float


class Drawn(NamedTuple):
    """Futures that were drawn: flows of [draw, month, flow], and what became of the points that members have now."""

    side: Side
    unit: str
    flows: Numbers
    ended: Numbers  # [draw, redeemed and expired]
    joining: float


def drawn(
    side: Side, unit: str, ahead: Ahead, *, sample: Resampling | None = None, advance: Advance = lambda _: None
) -> Drawn:
    """Draw futures of a unit under a programme; those of two programmes are of the same members and the same months.

    Raises `history_too_short`.
    """
    sample = sample or Resampling(len(side.run.members))
    past, months = len(side.run.months), ahead.months
    least = max(BLOCKS_LEAST * ahead.block, 2)
    if past < least:
        raise HISTORY_TOO_SHORT(months=past, least=least)
    random = np.random.default_rng([sample.seed, past, months])
    ways = min(FUTURES, sample.draws)
    sequences = [_sequence(random, past, months, ahead.block) for _ in range(ways)]
    growing = [np.exp(_growth(ahead.growth, random) * np.arange(1, months + 1) / YEAR_MONTHS) for _ in range(ways)]
    walk = _Walk(side, unit, months)

    def columns(part: slice) -> Iterator[Numbers]:
        fresh = walk.newcomers(part)
        for sequence, growth in zip(sequences, growing, strict=True):
            yield np.concatenate([walk.members(part, sequence, growth), fresh], axis=1)

    width = months * _FLOWS
    totals = sample.spread(columns, ways, 2 * width + 3, advance)
    stay, ended, join, joined = np.split(totals, [width, width + 2, 2 * width + 2], axis=1)
    joining = walk.joining if ahead.joining is None else ahead.joining
    each = np.divide(join, joined, out=np.zeros_like(join), where=joined > 0).reshape(sample.draws, months, _FLOWS)
    flows = stay.reshape(sample.draws, months, _FLOWS) + joining * each.cumsum(axis=1)
    return Drawn(side, unit, flows, ended, joining)


def forecast(found: Drawn) -> Forecast:
    """What the futures say, month by month."""
    owed = found.flows[:, :, 3] * float(measures.rate(found.side, found.unit))
    names = _names(found.side.run.months[-1], found.flows.shape[1])
    months = []
    for place, name in enumerate(names):
        issued, redeemed, expired, outstanding, cost = (_spread(found.flows[:, place, flow]) for flow in range(5))
        months.append(Month(name, issued, redeemed, expired, outstanding, cost, _spread(owed[:, place])))
    used, lost = found.ended.T
    whole = used + lost
    share = np.divide(lost * WHOLE, whole, out=np.zeros_like(whole), where=whole > 0)
    return Forecast(found.unit, tuple(months), _spread(share), found.joining)


def years_of(found: Drawn) -> dict[str, dict[str, Spread]]:
    """The same in whole years, each by its last month: sums, and what is outstanding and owed at its end."""
    names = _names(found.side.run.months[-1], found.flows.shape[1])
    told = {}
    for last in range(YEAR_MONTHS - 1, found.flows.shape[1], YEAR_MONTHS):
        year = found.flows[:, last - YEAR_MONTHS + 1 : last + 1]
        sums = [year[:, :, place].sum(axis=1) for place in range(5)]
        spreads: dict[str, Spread] = {of: _spread(one) for of, one in zip(measures.MEASURES, sums, strict=False)}
        left = year[:, -1, 3]
        owed = left * float(measures.rate(found.side, found.unit))
        told[names[last]] = spreads | {"outstanding": _spread(left), "liability": _spread(owed)}
    return told


def bands(today: Drawn, draft: Drawn) -> tuple[Band, ...]:
    """What the draft changes in all these years (of what is outstanding and owed: at their end), draw by draw."""
    found = []
    for place, of in enumerate(measures.MEASURES[:5]):
        one, other = (
            each.flows[:, -1, place] if of == "outstanding" else each.flows[:, :, place].sum(axis=1)
            for each in (today, draft)
        )
        found.append((of, other - one))
    owed = [each.flows[:, -1, 3] * float(measures.rate(each.side, each.unit)) for each in (today, draft)]
    found.append(("liability", owed[1] - owed[0]))
    return tuple([Band(of=of, low=low, middle=middle, high=high)
                  for of, (low, middle, high) in ((of, bootstrap.interval(one)) for of, one in found)])  # fmt: skip


def _growth(prior: Prior, random: np.random.Generator) -> float:
    return prior.mean + prior.sd * float(random.standard_normal())


def _sequence(random: np.random.Generator, past: int, months: int, block: int) -> Places:
    """Which month of the history each month ahead is like: whole blocks, in their season where there is one."""
    found: list[int] = []
    while len(found) < months:
        every = np.arange(past - block + 1)
        fitting = every[(every - past - len(found)) % YEAR_MONTHS == 0]
        start = int(random.choice(fitting if len(fitting) else every))
        found += range(start, start + block)
    return np.array(found[:months])


def _names(last: str, months: int) -> list[str]:
    first = date(int(last[:4]), int(last[5:]), 1)
    return [f"{period.add_months(first, number):%Y-%m}" for number in range(1, months + 1)]


def _spread(values: Numbers) -> Spread:
    return Spread(*bootstrap.interval(values))


class _Walk:
    """Walks members of a replay on, month by month."""

    def __init__(self, side: Side, unit: str, months: int) -> None:
        self.run, self.unit, self.months = side.run, unit, months
        policy = side.programme.units[unit].expires
        self.past = len(self.run.months)
        self.due = due(policy, self.run.months[0], self.past + months)
        self.quiet = _quiet(policy)
        self.joined = _joined(self.run, unit)
        later = (self.joined > 0) & (self.joined < self.past)
        seen = min(YEAR_MONTHS, self.past - 1)
        self.joining = float((later & (self.joined >= self.past - seen)).sum()) / seen
        self.later = later

    def members(self, part: slice, sequence: Places, growth: Numbers) -> Numbers:
        """What members come to by month, and what of the points they have now they redeem and lose."""
        like = self._own(self.joined[part, np.newaxis], sequence)
        issued, wanted, cost, spent = self._like(part, like, growth)
        flow = self.run.flows[self.unit]
        before = np.zeros((issued.shape[0], self.past + 1))
        np.cumsum(flow.issued[part], axis=1, out=before[:, 1:])
        used = before[:, -1] - flow.outstanding[part, -1]
        before += np.maximum(-used, 0)[:, np.newaxis]  # had before the history begins: taken to be of its first month
        silent = _silent(flow.issued[part] + flow.redeemed[part])
        lived, ended = self._lived(before, np.maximum(used, 0), issued, wanted, silent, self.due)
        return self._columns(lived, cost, spent, ended)

    def newcomers(self, part: slice) -> Numbers:
        """What members who joined in the history came to by the months since, and whether they are such members."""
        later = self.later[part]
        joined = np.where(later, self.joined[part], 0)[:, np.newaxis]
        like = joined + np.arange(self.months) % (self.past - joined)
        such = later[:, np.newaxis].astype(np.float64)
        issued, wanted, cost, spent = self._like(part, like, such)
        none = np.zeros(len(issued))
        shifted = np.maximum(self.due[self.past :] - self.past, 0)
        lived, _ = self._lived(np.zeros((len(issued), 1)), none, issued, wanted, none, shifted)
        return self._columns(lived, cost * such, spent, such)

    def _own(self, joined: Places, sequence: Places) -> Places:
        """The months that are drawn; for who had not joined then, those a year or more later, or else any of theirs."""
        later = sequence + YEAR_MONTHS * np.maximum(0, -((sequence - joined) // YEAR_MONTHS))
        own = np.maximum(self.past - joined, 1)
        other = np.minimum(joined, self.past - 1) + (sequence - joined) % own
        found: Places = np.where(later < self.past, later, other)
        return found

    def _like(self, part: slice, like: Places, growth: Numbers) -> tuple[Numbers, ...]:
        """What is issued, wanted to be redeemed and spent, and what a redeemed point costs."""
        run = self.run
        flow = run.flows[self.unit]
        burned = flow.redeemed[part].sum(axis=1, keepdims=True)
        each = run.cost[part].sum(axis=1, keepdims=True) / np.maximum(burned, 1)
        issued, wanted, spent = (
            np.take_along_axis(one[part], like, axis=1) * growth for one in (flow.issued, flow.redeemed, run.spent)
        )
        return issued, wanted, each * (burned > 0), spent

    def _columns(self, lived: Numbers, cost: Numbers, spent: Numbers, more: Numbers) -> Numbers:
        whole = np.concatenate([lived, (cost * lived[:, :, 1])[:, :, np.newaxis], spent[:, :, np.newaxis]], axis=2)
        return np.concatenate([whole.reshape(len(whole), self.months * _FLOWS), more], axis=1)

    def _lived(
        self, before: Numbers, used: Numbers, issued: Numbers, wanted: Numbers, silent: Numbers, ends: Places
    ) -> tuple[Numbers, Numbers]:
        """What becomes of points, first in, first out: [member, month, issued redeemed expired outstanding].

        `before` is what was issued up to each month of the past, from nothing on, and `used` what of it is gone;
        `ends` says for each month how many of all months have points that end in it or before.
        """
        past = before.shape[1] - 1
        every = np.concatenate([before, before[:, -1:] + issued.cumsum(axis=1)], axis=1)
        found = np.zeros((len(issued), self.months, 4))
        ended = np.zeros((len(issued), 2))
        old, wish = before[:, -1], np.zeros(len(issued))
        for month in range(self.months):
            there = every[:, past + month + 1]
            wish = wish + wanted[:, month]
            redeemed = np.clip(wish, 0, np.maximum(there - used, 0))
            wish = wish - redeemed
            ended[:, 0] += np.clip(old - used, 0, redeemed)
            used = used + redeemed
            silent = np.where((issued[:, month] > 0) | (redeemed > 0), 0, silent + 1)
            gone = self._due(every, ends[past + month], silent, there)
            expired = np.clip(gone - used, 0, np.maximum(there - used, 0))
            ended[:, 1] += np.clip(old - used, 0, expired)
            used = used + expired
            found[:, month] = np.stack([issued[:, month], redeemed, expired, there - used], axis=1)
        return found, ended

    def _due(self, every: Numbers, months: int, silent: Numbers, there: Numbers) -> Numbers:
        """What was issued of which nothing is left any more when a month has ended."""
        if self.quiet is not None:
            return np.where(silent >= self.quiet, there, 0.0)
        return every[:, months] if months else np.zeros(len(every))


def due(policy: Policy, first: str, months: int) -> Places:
    """Of how many months, counted from the first, points have ended when each of them ends."""
    start = date(int(first[:4]), int(first[5:]), _DAY)
    ends = []
    for number in range(months):
        last = None if isinstance(policy, Sliding) else expiry.last_day(policy, period.add_months(start, number))
        day = None if last is None else date.fromordinal(last.toordinal() + 1)
        ends.append(10**6 if day is None else (day.year - start.year) * 12 + day.month - start.month)
    found: Places = np.searchsorted(np.array(ends), np.arange(months), side="right")
    return found


def _quiet(policy: Policy) -> int | None:
    """After how many months without anything earned or redeemed all points of a member end; None where they don't."""
    if not isinstance(policy, Sliding):
        return None
    return max(1, policy.months + round(policy.days * YEAR_MONTHS / 365))


def _joined(run: Run, unit: str) -> Places:
    """The month in which each member did something first; behind the last one where they never did."""
    busy = (run.spent != 0) | (run.flows[unit].issued != 0)
    found: Places = np.where(busy.any(axis=1), busy.argmax(axis=1), busy.shape[1])
    return found


def _silent(busy: NDArray[np.int64]) -> Numbers:
    """For how many months each member has done nothing."""
    found: Numbers = np.where((busy > 0).any(axis=1), (busy[:, ::-1] > 0).argmax(axis=1), busy.shape[1]) * 1.0
    return found
