"""The ladders of programmes as tables, each ladder, level and measure in a place of its own (LAW 7)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from guerdon.core import period
from guerdon.core.activities import TIER_UPGRADED
from guerdon.core.conditions import Is
from guerdon.core.ladders import AfterReturn, Ladder, Window
from guerdon.core.programme import Programme
from guerdon.core.rules import Rule
from guerdon.insight.simulate import tables
from guerdon.insight.simulate.asking import tier_leaves
from guerdon.insight.simulate.history import ADJUST, EARN, GRANT, RETURN, History
from guerdon.insight.simulate.tables import EARNED_POINTS, NO_LIMIT, SPENT, VISITED, Ladders, Whole
from guerdon.kit import clock

_WINDOWS: Final[dict[Window, int]] = {
    "calendar_year": tables.CALENDAR_YEAR, "membership_year": tables.MEMBERSHIP_YEAR, "rolling": tables.ROLLING,
    "lifetime": tables.LIFETIME,
}  # fmt: skip
_RETURNS: Final[dict[AfterReturn, int]] = {
    "immediate": tables.AT_ONCE, "grace": tables.GRACEFUL, "period_end": tables.PERIOD_END,
}  # fmt: skip
_YEARS_BEFORE: Final = 3  # a period reaches so far back, and another one before it still upholds
_YEARS_AFTER: Final = 3
_YEAR_DAYS: Final = 366


class Rungs:
    """All ladders, levels, measures and questions for tiers of some programmes, by their places."""

    def __init__(self, programmes: Sequence[Programme], units: Mapping[str, int], history: History) -> None:
        ladders = [ladder for one in programmes for ladder in one.tiers]
        self.programmes = programmes
        self.ladders = places(ladder.key for ladder in ladders)
        self.levels = places(level.key for ladder in ladders for level in ladder.levels)
        self.measures = places(measure for ladder in ladders for measure in ladder.measures)
        self.questions: list[Is] = []
        self._units = units
        self._history = history

    def ask(self, programme: Programme, rule: Rule) -> tuple[int, int]:
        """Enter the questions for tiers of a rule; answers from where to where they stand."""
        first = len(self.questions)
        if rule.condition is not None:
            self.questions += tier_leaves(rule.condition, programme)
        return first, len(self.questions)

    def rises_most(self, answered: Collection[object]) -> int:
        """How many rises of a member rules may answer at most: one to each level in each of the years."""
        return len(answered) * (self._history.until.year - self._history.first_day.year + _YEARS_AFTER)

    def tables(
        self, since: Sequence[int], drafted: int, rises: Mapping[tuple[str, str], int], welcomes: Whole
    ) -> Ladders:
        """Everything as tables, without room to work in.

        `since` is when each law that is a draft comes into force, -1 of others.
        """
        laws, many, levels = len(self.programmes), len(self.ladders), len(self.levels)
        most = max([1, *[len(ladder.levels) for one in self.programmes for ladder in one.tiers]])
        told, rungs = _zeros(laws, many, 8), _zeros(laws, many, most, 3)
        found = _zeros(laws, many, max(1, levels)) - 1
        of, counts = _zeros(laws, many, len(self.measures)), _zeros(laws, len(self.measures))
        about = _zeros(laws, 3)
        for law, programme in enumerate(self.programmes):
            answers = any(TIER_UPGRADED in rule.when for rule in programme.rules)
            about[law] = (since[law] >= 0, answers, max(0, since[law]))
            for ladder in programme.tiers:
                place = self.ladders[ladder.key]
                told[law, place] = _told(ladder)
                for measure in ladder.measures:
                    of[law, place, self.measures[measure]] = counts[law, self.measures[measure]] = 1
                for number, level in enumerate(ladder.levels):
                    code = self.levels[level.key]
                    least = NO_LIMIT if level.threshold is None else level.threshold
                    rungs[law, place, number] = (code, least, level.invitation_only)
                    found[law, place, code] = number
        pairs = _zeros(many, max(1, levels)) - 1
        for (ladder_key, level_key), number in rises.items():
            if ladder_key in self.ladders and level_key in self.levels:
                pairs[self.ladders[ladder_key], self.levels[level_key]] = number
        asks, any_of = self._asks()
        midnights, first = self._days()
        return Ladders(
            told, rungs, found, of, counts, self._measures(), about, asks, any_of, pairs, midnights, first,
            self._history.nights, drafted, welcomes, self._grants(), _zeros(0), _zeros(0), _zeros(0), _zeros(0, 2),
        )  # fmt: skip

    def _asks(self) -> tuple[Whole, Whole]:
        asks = _zeros(len(self.questions) + 1, max(1, len(self.levels)))
        any_of = _zeros(len(self.questions) + 1)
        for place, question in enumerate(self.questions):
            any_of[place] = bool(question.any_of)
            for level, code in self.levels.items():
                asks[place, code] = (level in question.any_of) + 2 * (level in question.none_of)
        return asks, any_of

    def _measures(self) -> Whole:
        found = _zeros(len(self.measures), 3)
        for name, place in self.measures.items():
            what, _, which = name.removeprefix("ever:").partition(":")
            ever = name.startswith("ever:")
            if what == "spend":
                found[place] = (SPENT, -1, ever)
            elif what == "points":
                found[place] = (EARNED_POINTS, self._units.get(which, -1), ever)
            else:
                found[place] = (VISITED, self._history.code(which), ever)
        return found

    def _grants(self) -> Whole:
        """The tiers given by hand in the order of the events; those that no programme knows are nothing."""
        events, grants = self._history.events, self._history.grants
        found = [
            (self.ladders.get(one.ladder, -1), self.levels.get(one.level, -1), one.since, one.until)
            for one in (grants[place] for place in events.points[events.what == GRANT].tolist())
        ]
        return np.array(found, dtype=np.int64).reshape(-1, 4)

    def _days(self) -> tuple[Whole, int]:
        """The midnights of all days that ladders may look at, and the first of them."""
        if not self.ladders:
            return _zeros(1), 0
        grace = max(ladder.grace_days for one in self.programmes for ladder in one.tiers)
        zone = ZoneInfo(self._history.zone_key)
        events = self._history.events
        begins = period.local_day(clock.instant(int(events.at.min(initial=clock.micros(self._history.until)))), zone)
        first = begins.toordinal() - _YEAR_DAYS * _YEARS_BEFORE
        last = period.local_day(self._history.until, zone).toordinal() + _YEAR_DAYS * _YEARS_AFTER + grace
        days = [clock.micros(period.midnight(date.fromordinal(day), zone)) for day in range(first, last)]
        return np.array(days, dtype=np.int64), first


def _told(ladder: Ladder) -> tuple[int, ...]:
    return (
        1, _WINDOWS[ladder.window], int(ladder.downgrade == "soft_landing"), ladder.grace_days,
        _RETURNS[ladder.after_return], int(ladder.crossing == "after"), ladder.floor, len(ladder.levels),
    )  # fmt: skip


def _zeros(*shape: int) -> Whole:
    return np.zeros(shape, dtype=np.int64)


def places(names: Iterable[str]) -> dict[str, int]:
    """The place of each in the order in which they come."""
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


def room(history: History, rungs: Rungs) -> tuple[Whole, Whole]:
    """For how many steps of each member on a ladder, and how many days of a measure, there must be room."""
    events = history.events
    if not rungs.ladders:
        none = np.zeros(len(history.people), dtype=np.int64)
        return none, none
    years = (history.until.year - history.first_day.year) + _YEARS_AFTER
    levels = max([0, *[len(ladder.levels) for one in rungs.programmes for ladder in one.tiers]]) + 2
    member = np.repeat(np.arange(len(history.people)), np.diff(events.first))
    back = np.bincount(member[(events.what == RETURN) | (events.what == ADJUST)], minlength=len(history.people))
    days = np.bincount(member[(events.what == EARN) | (events.what == ADJUST)], minlength=len(history.people))
    return levels * (years + len(rungs.programmes) + back), days + 1
