"""A member's place on a ladder: rising with what is counted, kept or lost at reviews, undone by returns (LAW 7).

A history is a row of steps, each from its instant until the next one's; it is only ever added to. What is
due by itself, like a review, is a step that `advance` makes: the night, the next fact and a reader come to the same.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import errors
from guerdon.core.ladders import Ladder
from guerdon.core.period import add_months, local_day, midnight

GRANT_INVALID = errors.declare("invalid", "grant_invalid", "pointer", "reason")

Cause = Literal["upgrade", "kept", "review", "at_risk", "made_up", "return", "merge", "unmerge"]
GrantKind = Literal["manual", "status_match", "invitation"]
ERA: Final = date(1970, 1, 1)  # the day of what is counted for ever
YEAR: Final = 12  # months
RISES: Final = frozenset({"upgrade", "at_risk", "made_up", "return"})  # a run of these began with a rise


class Step(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """From `since` on the member has the level, until the next step; what is looked at next, and when (LAW 7.2)."""

    ladder: str
    number: int  # from 1
    level: str | None
    since: datetime
    cause: Cause
    counts_from: date | None = None  # the days that the review sums, up to, not including, `counts_until`
    counts_until: date | None = None
    review_at: datetime | None = None  # days of grace included
    grace_until: datetime | None = None  # of a level that a return has undone


def next_look(step: Step) -> tuple[datetime | None, date | None]:
    """When somebody looks again from the step on, and the first local day that may count then.

    What upholds a rise may have been counted as long ago as two periods before that.
    """
    due = min([one for one in (step.review_at, step.grace_until) if one is not None], default=None)
    if due is None:
        return None, None
    upholding = add_months(due.date(), -2 * YEAR) - timedelta(days=1)  # a day, for the zone
    return due, min(upholding, step.counts_from or upholding)


class Grant(msgspec.Struct, frozen=True, gc=False):
    """A level given by hand for a time, beside what is earned (LAW 7.6)."""

    ladder: str
    level: str
    kind: GrantKind
    since: datetime
    until: datetime
    reason: str
    actor: str
    ended_at: datetime | None = None  # before its time: by hand, or because a merge was undone

    def alive(self, at: datetime) -> bool:
        return self.since <= at < self.until and (self.ended_at is None or at < self.ended_at)


class Move(msgspec.Struct, frozen=True, gc=False):
    """What a fact adds to the basis of its day; less than nothing where a return takes it out."""

    measure: str
    day: date
    add: int


class Progress(msgspec.Struct, frozen=True):
    """What a member is told of a ladder: what there is, what is missing for the next one and to keep it (LAW 7.5)."""

    level: str | None
    since: datetime | None  # None: from the beginning
    counted: int  # in the window of today
    next: str | None  # the next level that can be earned
    missing: int  # for it
    next_by: date | None  # the last local day that counts with what there is; None where the window moves or never ends
    keep: int | None  # still missing to keep this level; None where nothing can take it
    keep_by: date | None  # the last local day that counts for it: before a grace ends, or before the review
    review_at: datetime | None
    grace_until: datetime | None  # a return has undone the level: when it goes


class Rank:
    """The working copy of one member's place on one ladder; `steps` grows, `days`, which are its own, move."""

    __slots__ = ("days", "joined", "ladder", "steps", "zone")

    def __init__(
        self, ladder: Ladder, *, zone: ZoneInfo, joined: date, steps: Sequence[Step], days: dict[date, int]
    ) -> None:
        self.ladder = ladder
        self.zone = zone
        self.joined = joined
        self.steps = list(steps)
        self.days = days

    # --- what is so ---

    @property
    def place(self) -> int:
        """Where the member stands after the last step."""
        return self._place(len(self.steps) - 1)

    def _place(self, number: int) -> int:
        """The place from the step on; before the first one everybody has the floor."""
        floor = self.ladder.floor
        return floor if number < 0 else max(floor, self.ladder.place(self.steps[number].level))

    def place_at(self, at: datetime) -> int:
        """The place at any instant, reviews that nobody has booked yet left out: `advance` makes them."""
        number = len(self.steps) - 1
        while number >= 0 and self.steps[number].since > at:
            number -= 1
        return self._place(number)

    def summed(self, start: date, until: date) -> int:
        return sum([amount for day, amount in self.days.items() if start <= day < until])

    def counted(self, day: date) -> int:
        """The basis in the window of the local day."""
        if self.ladder.window == "lifetime":
            return sum(self.days.values())
        if self.ladder.window == "rolling":
            return self.summed(add_months(day, -YEAR) + _DAY, day + _DAY)
        return self.summed(self.span(day)[0], day + _DAY)

    def span(self, day: date) -> tuple[date, date]:
        """The qualification period that holds the day; of a rolling window the one that begins with it."""
        if self.ladder.window == "calendar_year":
            return date(day.year, 1, 1), date(day.year + 1, 1, 1)
        if self.ladder.window == "membership_year":
            years = day.year - self.joined.year
            if add_months(self.joined, YEAR * years) > day:
                years -= 1
            return add_months(self.joined, YEAR * years), add_months(self.joined, YEAR * (years + 1))
        return day, add_months(day, YEAR)

    def best(self, first: date, last: date) -> int:
        """The highest place earned on any day from `first` to `last` that still stands on the last."""
        if self.ladder.window == "lifetime":
            return self.ladder.earned(self.counted(last))
        if self.ladder.window == "rolling":
            first = max(first, add_months(last, -YEAR) + _DAY)
            days = {day for day in self.days if first <= day < last}
        else:  # what a period has earned stands until the end of the next one
            days = {day for day in self.days if first <= day < last and self.span(day)[1] >= self.span(last)[0]}
        return max(self.ladder.earned(self.counted(day)) for day in (*days, last))

    def progress(self, at: datetime) -> Progress:
        """What has been earned as of the instant, after `advance`; grants are another matter."""
        day = local_day(at, self.zone)
        last = self.steps[-1] if self.steps else None
        counted = self.counted(day)
        above = self.ladder.next(self.place)
        asked = above.threshold if above is not None else None
        moves = self.ladder.window in ("rolling", "lifetime")
        keep, keep_by = (None, None) if last is None else self._keeping(last, at)
        return Progress(
            level=self.ladder.key_at(self.place),
            since=last.since if last is not None else None,
            counted=counted,
            next=above.key if above is not None else None,
            missing=max(0, asked - counted) if asked is not None else 0,
            next_by=None if moves or above is None else self.span(day)[1] - _DAY,
            keep=keep,
            keep_by=keep_by,
            review_at=last.review_at if last is not None else None,
            grace_until=last.grace_until if last is not None else None,
        )

    def _keeping(self, last: Step, at: datetime) -> tuple[int | None, date | None]:
        """What is still missing to keep the level, and the last local day that counts for it (LAW 7.5).

        A return that has undone the level is made up for first, where its grace ends before the review.
        """
        today, review, grace = local_day(at, self.zone), last.review_at, last.grace_until
        threshold = self.ladder.levels[self.place].threshold or 0 if self.place >= 0 else 0
        if grace is not None and (review is None or grace < review) and self.upheld(grace) < self.place:
            ends = local_day(grace, self.zone)
            if self.ladder.window in ("rolling", "lifetime"):
                counted = self.counted(ends)
            else:
                ends = min(ends, self.span(today)[1])  # what is counted begins anew with the next period
                counted = self.counted(ends - _DAY)
        elif review is None or last.counts_from is None:
            return None, None
        else:
            ends, counted = local_day(review, self.zone), self.summed(last.counts_from, today + _DAY)
        return max(0, threshold - counted), ends - _DAY

    # --- what comes of it ---

    def advance(self, at: datetime) -> list[Step]:
        """The steps that are due by the instant: reviews, and the ends of the grace after a return."""
        made: list[Step] = []
        while self.steps:
            last = self.steps[-1]
            due = min([one for one in (last.review_at, last.grace_until) if one is not None], default=None)
            if due is None or due > at:
                break
            made.append(self._add(self._review(last) if due == last.review_at else self._out_of_grace(last, due)))
        return made

    def climb(self, at: datetime) -> Step | None:
        """The step up that a fact of the instant has earned, after its basis was added (LAW 7.2).

        A fact that comes late lifts from where the history is by then, never in the past: points are not re-rated.
        """
        since = max(at, self.steps[-1].since) if self.steps else at
        day = local_day(since, self.zone)
        latest = max([day, *self.days]) if self.ladder.window != "lifetime" else day
        place = self.best(local_day(at, self.zone), latest)
        if place <= self.place:
            return None
        if latest > day:
            since = max(since, midnight(latest, self.zone))
        return self._add(self._next(place, since, "upgrade"))

    def lift(self, at: datetime) -> Step | None:
        """The step up that new thresholds make, without any new fact; what a review took, nothing else gives back."""
        since = max(at, self.steps[-1].since) if self.steps else at
        place = self._standing(local_day(since, self.zone))
        return self._add(self._next(place, since, "upgrade")) if place > self.place else None

    def _standing(self, day: date) -> int:
        """The highest place earned within a year that still stands on the day.

        What was there before a review is not asked again, day by day: only the sum that it judged, where its period
        still stands.
        """
        first, judged = add_months(day, -YEAR), -1
        number = max([place for place, step in enumerate(self.steps) if step.cause == "review"], default=0)
        if number and (reviewed := local_day(self.steps[number].since, self.zone)) > first:
            before, first = self.steps[number - 1], reviewed
            assert before.counts_from is not None and before.counts_until is not None
            if self.ladder.window != "rolling" and before.counts_until >= self.span(day)[0]:
                judged = self.ladder.earned(self.summed(before.counts_from, reviewed))
        return max(judged, self.best(first, day))

    def upheld(self, at: datetime) -> int:
        """The place that a rise since the last review still has the basis for; other places nothing undoes."""
        start = len(self.steps)
        while start and self.steps[start - 1].cause in RISES:
            start -= 1
        if start == len(self.steps):
            return self.place
        first = local_day(self.steps[start].since, self.zone)
        latest = max([local_day(max(at, self.steps[-1].since), self.zone), *self.days])
        return max(self._place(start - 1), self.best(first, latest))

    def fall(self, at: datetime, *, before: int) -> Step | None:
        """The step that a return makes which has undone a rise; `before` is what was upheld without it (LAW 7.3)."""
        after = self.upheld(at)
        if not after < self.place <= before or self.ladder.after_return == "period_end":
            return None
        last = self.steps[-1]
        since = max(at, last.since)
        if self.ladder.after_return == "immediate":
            return self._add(self._next(after, since, "return"))
        if last.grace_until is not None:
            return None
        until = midnight(local_day(since, self.zone) + timedelta(days=1 + self.ladder.grace_days), self.zone)
        return self._add(self._stay(last, since, "at_risk", until))

    def move(self, place: int, at: datetime, cause: Cause) -> Step:
        """The step that a merge, or its undoing, makes."""
        return self._add(self._next(place, max(at, self.steps[-1].since) if self.steps else at, cause))

    def _out_of_grace(self, last: Step, due: datetime) -> Step:
        upheld = self.upheld(due)
        if upheld >= self.place:
            return self._stay(last, due, "made_up")
        return self._next(upheld, due, "return")

    def _review(self, last: Step) -> Step:
        """Kept with what was done until the review, its days of grace included; else one down, or to what is earned."""
        assert last.counts_from is not None and last.counts_until is not None and last.review_at is not None
        at = last.review_at
        held = self.place
        earned = self.ladder.earned(self.summed(last.counts_from, local_day(at, self.zone)))
        if earned >= held:
            return self._kept(last, at, last.counts_until)
        lower = held - 1
        while lower >= 0 and self.ladder.levels[lower].invitation_only:
            lower -= 1
        place = max(earned, self.ladder.floor, lower if self.ladder.downgrade == "soft_landing" else -1)
        step = self._next(place, at, "review")
        if step.review_at is None or self.ladder.window == "rolling":
            return step
        return self._until(step, *self.span(last.counts_until))

    def _kept(self, last: Step, at: datetime, start: date) -> Step:
        """The same level for the next period; those of a rolling window begin with it, never chained."""
        step = self._stay(last, at, "kept")
        until = self.span(start)[1]
        if self.ladder.window == "rolling":
            reached, years = local_day(self._reached().since, self.zone), 1
            while (until := add_months(reached, YEAR * years)) <= start:
                years += 1
        return self._until(step, start, until)

    def _reached(self) -> Step:
        """The step at which the present level was reached."""
        place = len(self.steps) - 1
        while place and self.steps[place - 1].level == self.steps[place].level:
            place -= 1
        return self.steps[place]

    def _next(self, place: int, since: datetime, cause: Cause) -> Step:
        number = self.steps[-1].number + 1 if self.steps else 1
        step = Step(self.ladder.key, number, self.ladder.key_at(place), since, cause)
        if place <= self.ladder.floor or self.ladder.window == "lifetime":
            return step  # there is nothing to lose, or nothing that ends
        return self._until(step, *self.span(local_day(since, self.zone)))

    def _until(self, step: Step, start: date, until: date) -> Step:
        """The step with its review: at midnight after the last day of the period and of the grace."""
        review_at = midnight(until + timedelta(days=self.ladder.grace_days), self.zone)
        return msgspec.structs.replace(step, counts_from=start, counts_until=until, review_at=review_at)

    def _stay(self, last: Step, since: datetime, cause: Cause, grace_until: datetime | None = None) -> Step:
        return msgspec.structs.replace(last, number=last.number + 1, since=since, cause=cause, grace_until=grace_until)

    def _add(self, step: Step) -> Step:
        self.steps.append(step)
        return step


def bonus_period(steps: Sequence[Step], step: Step) -> str | None:
    """The qualification period for which the rise to a level is rewarded; None where an earlier one was (LAW 7.3).

    A rolling period is the 12 months after the rise that was rewarded.
    """
    rewarded: date | None = None
    for one in steps:
        if one.cause != "upgrade" or one.level != step.level:
            continue
        day = one.counts_from or ERA
        if rewarded is None or day >= add_months(rewarded, YEAR):
            rewarded = day
            if one.number == step.number:
                return day.isoformat()
    return None


_DAY: Final = timedelta(days=1)
