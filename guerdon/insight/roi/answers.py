"""What campaigns are worth: members who are held out beside all others, in exported months, with a verdict."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec
import numpy as np
from ibis import Table
from numpy.typing import NDArray

from guerdon.core import closing
from guerdon.core.hold_out import WHOLE
from guerdon.core.kpis import Span
from guerdon.insight.exports import files
from guerdon.insight.kpis import engines
from guerdon.insight.kpis.asked import NotExported, Question
from guerdon.insight.kpis.tables import Scope
from guerdon.insight.roi import balance, cuped, expressions, means, shares
from guerdon.insight.roi.balance import Balance
from guerdon.insight.roi.cuped import Pairs
from guerdon.insight.roi.means import Estimate, Numbers, Sample, Unsaid
from guerdon.insight.roi.shares import Counted

BUYERS_FEW: Final = 100  # in a group; fewer say too little of how much the largest spend
BEFORE_MAX: Final = 365  # days before anybody was held out
Verdict = Literal["pays", "costs", "can_not_say", "refused"]


class NotMeasured(Exception):
    """Nobody was held out in the days asked about; the message says from when on somebody is."""


class NobodyHeldOut(NotMeasured):
    """No version holds anybody out."""


class Amount(msgspec.Struct, frozen=True):
    """Money in minor units, or hundredths of a percent, with its interval of 95 %; rounded half up."""

    value: int
    low: int
    high: int


class Worth(msgspec.Struct, frozen=True, kw_only=True):
    """What those who have campaigns spent more than those who are held out.

    `began` is the day from which on members are held out, `changed` how many left or came into the group since and
    are in neither. Of a `refused` measure nothing is said but why. `plain` is by Welch, `lopsided` by the bootstrap,
    `adjusted` less what was before: the best of them that there is makes `spend`, per member, and all that follows.
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


class People(NamedTuple):
    """Who is compared, a row each."""

    held_out: NDArray[np.bool_]
    spent: Numbers
    before: Numbers
    known: NDArray[np.bool_]  # whether somebody was a member before anybody was held out
    changed: int


class Rule(NamedTuple):
    """What versions said of the hold-out: since when, and of which shares, at the ends of the months."""

    began: date
    least: int
    most: int
    margin: int | None


def ask(folder: Path, span: Span | None = None, *, margin: int | None = None, cost: int | None = None) -> Worth:
    """What campaigns were worth in the days; by default in all whole months in which members were held out.

    `margin` is that of the programme where it is not told. Raises Damaged, NotExported, NotMeasured and Unsaid.
    """
    months = files.months(folder)
    if not months:
        raise NotExported("no month is exported there")
    names = [month.manifest.closing.month for month in months]
    if any(files.lacks(month, "versions") for month in months):
        raise NotExported("who was held out is not in all months: move the folder away and export anew")
    with engines.opened() as engine:
        return of(engine.read(months), names, months[-1].manifest.currency, span, margin=margin, cost=cost)


def of(
    read: Mapping[str, Table], names: Sequence[str], currency: str, span: Span | None, *, margin: int | None,
    cost: int | None,
) -> Worth:  # fmt: skip
    """The same of tables. Raises NotExported, NotMeasured and Unsaid."""
    rule, span = _rule(read, names, span)
    scope = Scope(read, names, currency, Question(span))
    days = min(span.days, BEFORE_MAX)
    people = _people(scope, _within(names, span), (rule.began - timedelta(days=days), rule.began), rule.began)
    return worth(people, rule, span, currency, margin=rule.margin if margin is None else margin, cost=cost)


def _within(names: Sequence[str], span: Span) -> list[str]:
    return [name for name in names if closing.named(span.since) <= name <= closing.named(span.last)]


def _rule(read: Mapping[str, Table], names: Sequence[str], span: Span | None) -> tuple[Rule, Span]:
    """What the versions said of these days, and the days. Raises NotMeasured, NotExported."""
    versions = read["versions"]
    told = versions.filter(versions.month == names[-1]).to_pyarrow().to_pylist()
    shares_ = _timeline([(row["effective_day"], row["version"], row["hold_out"]) for row in told])
    began = _began(shares_)
    if began is None:
        raise NobodyHeldOut(
            "nobody is held out: write “hold_out: {share: 5}” and “campaign: true” in the programme file"
        )
    if span is None:
        ends = [closing.first_day(closing.following(name)) for name in names]
        starts = [closing.first_day(name) for name in names if closing.first_day(name) >= began]
        if not starts:
            raise NotMeasured(f"members are held out since {began}: no whole month since then is exported yet")
        span = Span(starts[0], ends[-1])
    if span.since < began:
        raise NotMeasured(f"members are held out since {began}: what was before can't be told")
    ends_ = [closing.first_day(closing.following(name)) for name in _within(names, span)]
    at = [next(share for day, share in reversed(shares_) if day < end) or 0 for end in ends_]
    newest = max(told, key=lambda row: int(row["version"]))
    return Rule(began, min(at), max(at), newest["margin"]), span


def _timeline(told: Sequence[tuple[date, int, int | None]]) -> list[tuple[date, int | None]]:
    """From which day on which share held: the last published version whose time has come counts."""
    found: list[tuple[date, int | None]] = []
    for day in sorted({day for day, _, _ in told}):
        _, _, share = max((one for one in told if one[0] <= day), key=lambda one: one[1])
        found.append((day, share))
    return found


def _began(timeline: Sequence[tuple[date, int | None]]) -> date | None:
    """The day from which on members have been held out without a break."""
    began = None
    for day, share in timeline:
        began = None if share is None else began or day
    return began


def _people(scope: Scope, months: Sequence[str], before: tuple[date, date], began: date) -> People:
    found = expressions.held_out(scope, months, before).to_pyarrow()
    every, some = (np.asarray(found[name].to_numpy(zero_copy_only=False), bool) for name in ("all", "some"))
    same = every == some
    spent, then = (found[name].to_numpy()[same].astype(float) for name in ("spent", "before"))
    joined = np.array(found["joined"].to_pylist(), dtype="datetime64[D]")
    known = joined[same] < np.datetime64(began)
    return People(every[same], spent, then, known, int((~same).sum()))


def worth(people: People, rule: Rule, span: Span, currency: str, *, margin: int | None, cost: int | None) -> Worth:
    """The verdict on who is compared. Raises Unsaid."""
    held = people.held_out
    expected = rule.least / (rule.least + WHOLE - rule.most)
    sides = balance.check(int(held.sum()), len(held), expected)
    found = Worth(
        span=span, began=rule.began, currency=currency, members=int((~held).sum()), held_out=int(held.sum()),
        changed=people.changed, balance=sides, verdict="refused", margin=margin, cost=cost,
    )  # fmt: skip
    if sides.alarm:
        return found
    spent, others = people.spent[~held], people.spent[held]
    plain = means.differ(Sample.of(spent), Sample.of(others))
    bought = [Counted(int((of > 0).sum()), len(of)) for of in (spent, others)]
    found = msgspec.structs.replace(
        found, few=min(one.hits for one in bought) < BUYERS_FEW, buyers=shares.differ(*bought), plain=plain,
        lopsided=_lopsided(spent, others),
    )  # fmt: skip
    found = _adjusted(found, people)
    best = found.adjusted or found.lopsided or plain
    gain = best.times(found.members)
    found = msgspec.structs.replace(found, spend=rounded(best), total=rounded(gain))
    if margin is not None:
        found = msgspec.structs.replace(found, gain=rounded(gain.times(margin / WHOLE)))
    if margin is not None and cost:
        left = gain.times(margin / WHOLE)
        value, low, high = [(of - cost) / cost * WHOLE for of in (left.value, left.low, left.high)]
        rate = Estimate(value, low, high, left.p)
        found = msgspec.structs.replace(found, returns=rounded(rate))
    return msgspec.structs.replace(found, verdict=_verdict(found))


def _lopsided(spent: Numbers, others: Numbers) -> Estimate | None:
    try:
        return means.resampled(spent, others)
    except Unsaid:  # hardly anybody spent anything: Welch has said what there is to say
        return None


def _adjusted(found: Worth, people: People) -> Worth:
    """With what was before taken out, where there is a before; who was not there yet is like the mean of all others."""
    held, before = people.held_out, people.before.copy()
    if not people.known.any():
        return found
    before[~people.known] = before[people.known].mean()
    try:
        plain = cuped.differ(*[Pairs.of(people.spent[side], before[side]) for side in (~held, held)])
        left = people.spent - plain.theta * (before - before.mean())
        estimate = means.resampled(left[~held], left[held])
    except Unsaid:
        return found
    return msgspec.structs.replace(found, adjusted=estimate, reduction=plain.reduction)


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
