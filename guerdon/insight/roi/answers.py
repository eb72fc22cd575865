"""What campaigns are worth: members who are held out beside all others, in exported months, with a verdict."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import numpy as np
from ibis import Table
from numpy.typing import NDArray

from guerdon.core import closing, costs, period
from guerdon.core.costs import Cost
from guerdon.core.hold_out import WHOLE
from guerdon.core.kpis import Span
from guerdon.insight.exports import files
from guerdon.insight.kpis import engines
from guerdon.insight.kpis.asked import NotExported, Question
from guerdon.insight.kpis.tables import Scope
from guerdon.insight.roi import balance, cuped, expressions, means, shares, told
from guerdon.insight.roi.cuped import Pairs
from guerdon.insight.roi.means import Estimate, Numbers, Sample, Unsaid
from guerdon.insight.roi.shares import Counted
from guerdon.insight.roi.told import Month, Worth

BUYERS_FEW: Final = 100  # in a group; fewer say too little of how much the largest spend
BEFORE_MAX: Final = 365  # days before anybody was held out
COSTS_NEED: Final = ("fired", "offers", "vouchers", "uses", "units.worth_points")
MONTHS_MAX: Final = 36  # where nobody says of which days


class NotMeasured(Exception):
    """Nobody was held out in the days asked about; the message says from when on somebody is."""


class NobodyHeldOut(NotMeasured):
    """No version holds anybody out."""


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
        read = engine.read(months)
        found = of(read, names, months[-1].manifest.currency, span, margin=margin, cost=cost)
        if any(files.lacks(month, what) for month in months for what in COSTS_NEED):
            return found
        found = msgspec.structs.replace(found, costs=given(Scope(read, names, found.currency, Question(found.span))))
    return told.priced(found, margin=found.margin, cost=cost)


def given(scope: Scope) -> tuple[Cost, ...]:
    """What campaigns gave in the days: points by unit, and vouchers of theirs that were used."""
    uses = expressions.used_vouchers(scope).to_pyarrow().to_pylist()
    vouchers = [Cost("vouchers", row["voucher"], row["uses"], row["off"]) for row in uses if row["uses"]]
    return (*points(scope), *vouchers)


def points(scope: Scope) -> list[Cost]:
    """What campaigns gave in the days of each unit that can be spent."""
    return [
        costs.of_points(
            row["unit"], row["points"],
            worth=(row["worth_points"], row["worth_amount"]) if row["worth_points"] else None,
        )
        for row in expressions.given_points(scope).to_pyarrow().to_pylist()
    ]  # fmt: skip


def of(
    read: Mapping[str, Table], names: Sequence[str], currency: str, span: Span | None, *, margin: int | None,
    cost: int | None,
) -> Worth:  # fmt: skip
    """The same of tables. Raises NotExported, NotMeasured and Unsaid."""
    rule, span = _rule(read, names, span)
    scope = Scope(read, names, currency, Question(span))
    before = rule.began - timedelta(days=min(span.days, BEFORE_MAX)), rule.began
    within = _within(names, span)
    people = _people(scope, within, before, rule.began)
    found = worth(people, rule, span, currency, margin=rule.margin if margin is None else margin, cost=cost)
    if found.verdict == "refused":
        return found
    return msgspec.structs.replace(found, course=_course(scope, within, before, names, found))


def _course(
    scope: Scope, within: Sequence[str], before: tuple[date, date], names: Sequence[str], found: Worth
) -> tuple[Month, ...]:
    """What a member of either group spent on average in each whole month, since before anybody was held out."""
    first = max(closing.following(closing.named(before[0] - timedelta(days=1))), names[0])
    rows = expressions.course(scope, within, before, closing.first_day(first)).to_pyarrow().to_pylist()
    sums = {(row["month"], row["held"]): row["spent"] for row in rows}
    return tuple([
        Month(
            name, told.mean(sums.get((name, False), 0), found.members),
            told.mean(sums.get((name, True), 0), found.held_out),
        )
        for name in names
        if first <= name <= within[-1]
    ])  # fmt: skip


def _within(names: Sequence[str], span: Span) -> list[str]:
    return [name for name in names if closing.named(span.since) <= name <= closing.named(span.last)]


def _rule(read: Mapping[str, Table], names: Sequence[str], span: Span | None) -> tuple[Rule, Span]:
    """What the versions said of these days, and the days. Raises NotMeasured, NotExported."""
    versions = read["versions"]
    known = versions.filter(versions.month == names[-1]).to_pyarrow().to_pylist()
    shares_ = _timeline([(row["effective_day"], row["version"], row["hold_out"]) for row in known])
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
        span = Span(max(starts[0], period.add_months(ends[-1], -MONTHS_MAX)), ends[-1])
    if span.since < began:
        raise NotMeasured(f"members are held out since {began}: what was before can't be told")
    ends_ = [closing.first_day(closing.following(name)) for name in _within(names, span)]
    at = [next(share for day, share in reversed(shares_) if day < end) or 0 for end in ends_]
    newest = max(known, key=lambda row: int(row["version"]))
    return Rule(began, min(at), max(at), newest["margin"]), span


def _timeline(said: Sequence[tuple[date, int, int | None]]) -> list[tuple[date, int | None]]:
    """From which day on which share held: the last published version whose time has come counts."""
    found: list[tuple[date, int | None]] = []
    for day in sorted({day for day, _, _ in said}):
        _, _, share = max((one for one in said if one[0] <= day), key=lambda one: one[1])
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
    return told.priced(_adjusted(found, people), margin=margin, cost=cost)


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
