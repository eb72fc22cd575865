"""What is told of the worth of campaigns, and what a cost makes of it, without the engine."""

import math
from datetime import date
from typing import Literal

import msgspec

from guerdon.core import cost_book, costs
from guerdon.core.costs import Cost
from guerdon.core.hold_out import WHOLE
from guerdon.core.kpis import Span
from guerdon.insight.roi.balance import Balance
from guerdon.insight.roi.means import Estimate
from guerdon.insight.roi.trends import Trend

Verdict = Literal["pays", "costs", "can_not_say", "refused"]
Change = Literal["more", "less", "can_not_say"]
Doubt = Literal["", "chance", "not_parallel", "no_placebos", "few"]


class Amount(msgspec.Struct, frozen=True):
    """Money in minor units, or hundredths of a percent, with its interval of 95 %; rounded half up."""

    value: int
    low: int
    high: int


class Month(msgspec.Struct, frozen=True):
    """What a member of either side spent in a month on average, in minor units, rounded half up."""

    month: str
    treated: int
    others: int


class Worth(msgspec.Struct, frozen=True, kw_only=True):
    """What those who have campaigns spent more than those who are held out.

    `began` is the day from which on members are held out, `changed` how many left or came into the group since and
    are in neither. Of a `refused` measure nothing is said but why. `plain` is by Welch, `lopsided` by the bootstrap,
    `adjusted` less what was before: the best of them that there is makes `spend`, per member, and all that follows.
    `course` is of whole months, from before anybody was held out.
    """

    span: Span
    began: date
    currency: str
    members: int
    held_out: int
    changed: int
    balance: Balance
    verdict: Verdict
    few: bool = False
    buyers: Estimate | None = None  # by how much more of them bought, from 0 to 1
    plain: Estimate | None = None  # minor units per member
    lopsided: Estimate | None = None
    adjusted: Estimate | None = None
    reduction: float | None = None  # which share of the variance what was before has explained
    spend: Amount | None = None  # per member
    total: Amount | None = None  # of all who have campaigns
    margin: int | None = None  # hundredths of a percent
    gain: Amount | None = None  # of the total, what is left once goods are paid for
    cost: int | None = None
    returns: Amount | None = None  # (gain - cost) ÷ cost, hundredths of a percent
    course: tuple[Month, ...] = ()
    costs: tuple[Cost, ...] | None = None  # what campaigns gave; None where the months do not know
    told: tuple[cost_book.Told, ...] = ()  # what people told that they cost beside it


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """How much more the treated changed than the others, per member and month, in minor units.

    `by_store` says that members of a store were taken together, for they were treated together. `why` nothing can be
    said: chance alone makes as much, both groups did not go the same way before, there are too few months to know, or
    too few stores or members.
    """

    months: tuple[str, ...]
    begins: str
    currency: str
    treated: int
    others: int
    by_store: bool
    trend: Trend
    effect: Amount
    verdict: Change
    why: Doubt
    course: tuple[Month, ...] = ()


def priced(
    found: Worth, *, margin: int | None, cost: int | None, told: tuple[cost_book.Told, ...] = ()
) -> Worth:  # fmt: skip
    """The same with a margin and a cost: what is left, the return on the cost, and the verdict.

    Without a cost it is what campaigns gave, where that is known, and what people `told` beside it.
    """
    given = costs.total(found.costs)
    if cost is None and given is not None:
        cost = given + sum([one.amount for one in told])
    best = found.adjusted or found.lopsided or found.plain
    found = msgspec.structs.replace(found, margin=margin, cost=cost, told=told, gain=None, returns=None)
    if best is None:
        return found
    whole = best.times(found.members)
    found = msgspec.structs.replace(found, spend=rounded(best), total=rounded(whole))
    if margin is not None:
        left = whole.times(margin / WHOLE)
        found = msgspec.structs.replace(found, gain=rounded(left))
        if cost:
            value, low, high = [(of - cost) / cost * WHOLE for of in (left.value, left.low, left.high)]
            found = msgspec.structs.replace(found, returns=rounded(Estimate(value, low, high, left.p)))
    return msgspec.structs.replace(found, verdict=_verdict(found))


def _verdict(found: Worth) -> Verdict:
    """Whether campaigns bring more than they cost; without a cost or a margin, whether they bring anything."""
    measured = found.gain or found.total
    assert measured is not None, "only a refused measure says nothing"
    against = found.cost or 0 if found.gain else 0
    if found.few or measured.low <= against <= measured.high:
        return "can_not_say"
    return "pays" if measured.low > against else "costs"


def rounded(of: Estimate) -> Amount:
    """An estimate in whole units, each end rounded half up."""
    return Amount(*[math.floor(one + 0.5) for one in (of.value, of.low, of.high)])


def mean(total: int, count: int) -> int:
    """A sum divided among so many, rounded half up; nought among nobody."""
    return (2 * total + count) // (2 * count) if count else 0
