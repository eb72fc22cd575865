"""Deciding beside ladders: which tiers a fact is seen with, what it counts, and who rises by it (LAW 3.7, 7)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from guerdon.core import climbing
from guerdon.core.activities import TIER_UPGRADED, Activity, Line, Member
from guerdon.core.decisions import Decision, Ruling
from guerdon.core.ladders import Basis, Ladder, Level
from guerdon.core.standing import Standing
from guerdon.core.tiers import ERA, Grant, Move, Step

SOFIA = ZoneInfo("Europe/Sofia")
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TODAY = date(2026, 1, 5)
LEVELS = (Level("silver", {}, 100), Level("gold", {}, 300))


def ladder(**facts):
    return Ladder("status", {}, Basis(spend=True), LEVELS, **{"window": "lifetime", **facts})


def step(level, since, number=1):
    return Step("status", number, level, since, "upgrade")


def told(kind="purchase", at=NOON):
    return Activity(kind, "till", "1", at, Member(id="m"), lines=(Line(100),) if kind == "purchase" else ())


class Earning:
    """Answers so many moves each time it is asked, and remembers with which tiers it was."""

    def __init__(self, add):
        self.add, self.tiers = add, []

    def __call__(self, seen):
        self.tiers.append(set(seen.tiers))
        moves = (Move(MEASURE, ERA, self.add),) if self.add else ()
        return Ruling(Decision(version=1, moves=moves), ())


def decided(add, standing, activity=None, **facts):
    earning = Earning(add)
    ruling = climbing.decide((ladder(**facts),), SOFIA, activity or told(), standing, earning)
    return earning.tiers, [(one.level, one.cause) for one in ruling.decision.tiers]


MEASURE = "ever:spend"


def with_basis(amount, *steps):
    found = Standing(account_id="m", enrolled_at=NOON - 99 * DAY)
    found.basis = {MEASURE: {ERA: amount}}
    found.steps = {"status": list(steps)}
    return found


@pytest.mark.parametrize(
    ("crossing", "had", "add", "tiers", "steps"),
    [
        ("before", 0, 99, [set()], []),
        ("before", 0, 100, [set()], [("silver", "upgrade")]),
        ("after", 0, 100, [set(), {"silver"}], [("silver", "upgrade")]),
        ("after", 0, 300, [set(), {"gold"}], [("gold", "upgrade")]),
        ("after", 0, 99, [set()], []),
    ],
)
def test_an_order_that_rises_earns_with_the_tier_that_the_ladder_says(crossing, had, add, tiers, steps):
    assert decided(add, with_basis(had), crossing=crossing) == (tiers, steps)
    if tiers[1:]:  # only orders are decided twice
        assert decided(add, with_basis(had), told("visit"), crossing=crossing) == (tiers[:1], steps)


@pytest.mark.parametrize(
    ("kind", "at", "tiers"),
    [
        ("purchase", NOON, {"gold"}), ("purchase", NOON - DAY, {"silver"}), ("purchase", NOON - 3 * DAY, set()),
        (TIER_UPGRADED, NOON - 3 * DAY, {"gold"}), (TIER_UPGRADED, NOON + DAY, {"gold"}),
    ],
)  # fmt: skip
def test_a_fact_is_seen_with_the_tier_of_its_instant_but_who_has_risen_has_risen(kind, at, tiers):
    steps = (step("silver", NOON - 2 * DAY), step("gold", NOON, 2))
    seen, _ = decided(0, with_basis(300, *steps), told(kind, at))
    assert seen == [tiers]


@pytest.mark.parametrize(
    ("level", "since", "until", "ended", "tiers"),
    [
        ("gold", NOON - DAY, NOON + DAY, None, {"gold"}), ("gold", NOON, NOON + DAY, None, {"gold"}),
        ("gold", NOON - DAY, NOON, None, {"silver"}), ("gold", NOON + DAY, NOON + 2 * DAY, None, {"silver"}),
        ("gold", NOON - DAY, NOON + DAY, NOON, {"silver"}), ("gold", NOON - DAY, NOON + DAY, NOON + DAY, {"gold"}),
        ("silver", NOON - DAY, NOON + DAY, None, {"silver"}),
    ],
)  # fmt: skip
def test_of_what_was_earned_and_what_was_granted_the_higher_counts(level, since, until, ended, tiers):
    standing = with_basis(100, step("silver", NOON - 2 * DAY))
    standing.grants = [Grant("status", level, "manual", since, until, "", "", ended), Grant("other", "gold", "manual", since, until, "", "")]  # noqa: E501 # fmt: skip
    assert climbing.as_of((ladder(),), SOFIA, standing, NOON).tiers == tiers
    assert climbing.as_of((), SOFIA, standing, NOON) is standing


MEASURES = {"spend": False, "ever:spend": True, "points:stars": False, "visits:visit": False, "visits:purchase": False}


def test_what_a_fact_counts():
    """Goods of a purchase, points of a unit, one visit; what comes to nothing is no move."""

    def moved(activity, spend, points):
        return [(one.measure, one.day, one.add) for one in climbing.counted(MEASURES, activity, TODAY, spend, points)]

    assert moved(told(), 900, {"stars": 5, "points": 9}) == [
        ("spend", TODAY, 900), ("ever:spend", ERA, 900), ("points:stars", TODAY, 5), ("visits:purchase", TODAY, 1),
    ]  # fmt: skip
    assert moved(told("visit"), 900, {}) == [("visits:visit", TODAY, 1)]
    assert moved(told("review"), 0, {"stars": -2}) == [("points:stars", TODAY, -2)]


def test_what_a_return_moves():
    """Money and points, on the day of the purchase; a visit stays one."""
    found = climbing.given_back(MEASURES, TODAY, -900, {"stars": -5})
    assert [(one.measure, one.day, one.add) for one in found] == [
        ("spend", TODAY, -900), ("ever:spend", ERA, -900), ("points:stars", TODAY, -5),
    ]  # fmt: skip
    assert climbing.given_back(MEASURES, TODAY, 0, {"points": 3}) == ()


@pytest.mark.parametrize(
    ("add", "had", "moved"),
    [(-5, 9, [-5]), (-9, 9, [-9]), (-12, 9, [-9]), (-5, 0, []), (-5, -3, []), (7, 0, [7]), (0, 4, [0])],
)  # fmt: skip
def test_no_more_is_moved_than_an_account_has_counted(add, had, moved):
    found = climbing.at_most([Move("spend", TODAY, add)], {"spend": {TODAY: had}, "other": {TODAY: 99}})
    assert [one.add for one in found] == moved


def test_what_is_measured_and_added():
    several = Ladder("visits", {}, Basis(visits=("visit", "review")), LEVELS, window="rolling")
    assert climbing.measured((ladder(), several)) == {"ever:spend": True, "visits:visit": False, "visits:review": False}
    standing = Standing(account_id="m", enrolled_at=NOON)
    standing.basis = {
        "visits:visit": {TODAY: 2},
        "visits:review": {TODAY: 3, date(2026, 1, 4): 1},
        "spend": {TODAY: 99},
    }
    (rank,) = climbing.ranks((several,), SOFIA, standing)
    assert rank.days == {TODAY: 5, date(2026, 1, 4): 1}
    assert climbing.add(rank, [Move("visits:visit", TODAY, 1), Move("spend", TODAY, 7)]) and rank.days[TODAY] == 6
    assert not climbing.add(rank, [Move("spend", TODAY, 7)]) and rank.days[TODAY] == 6
    assert standing.basis["visits:visit"] == {TODAY: 2}, "the working copy is its own"


def test_a_night_lifts_who_has_more_than_today_is_asked():
    (lifted,) = climbing.reviewed((ladder(),), SOFIA, with_basis(300, step("silver", NOON + DAY)), NOON)
    assert (lifted.level, lifted.since, lifted.number) == ("gold", NOON + DAY, 2), "never before what is booked"
    (first,) = climbing.reviewed((ladder(),), SOFIA, with_basis(100), NOON)
    assert (first.level, first.since, first.number) == ("silver", NOON, 1)
    assert climbing.reviewed((ladder(),), SOFIA, with_basis(299, step("silver", NOON)), NOON) == ()
