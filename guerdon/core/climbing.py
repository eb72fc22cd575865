"""Deciding where there are ladders: the tiers of the instant, what the fact counts, who rises by it (LAW 3.7, 7)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import period
from guerdon.core.activities import PURCHASE, TIER_UPGRADED, Activity
from guerdon.core.decisions import Ruling
from guerdon.core.ladders import Ladder
from guerdon.core.programme import Programme
from guerdon.core.standing import Standing
from guerdon.core.tiers import ERA, Grant, Move, Rank, Step

Earn = Callable[[Standing], Ruling]


def ranks(ladders: Sequence[Ladder], zone: ZoneInfo, standing: Standing) -> list[Rank]:
    """The member's place on every ladder, in working copies."""
    joined = period.local_day(standing.enrolled_at, zone)
    return [
        Rank(
            ladder,
            zone=zone,
            joined=joined,
            steps=standing.steps.get(ladder.key, ()),
            days=_days(ladder, standing.basis),
        )
        for ladder in ladders
    ]


def _days(ladder: Ladder, basis: Mapping[str, Mapping[date, int]]) -> dict[date, int]:
    first, *more = ladder.measures
    days = dict(basis.get(first, {}))
    for measure in more:
        for day, amount in basis.get(measure, {}).items():
            days[day] = days.get(day, 0) + amount
    return days


def place(rank: Rank, standing: Standing, at: datetime) -> int:
    """The place at the instant, of what was earned and what was granted the higher one."""
    granted = [
        rank.ladder.place(grant.level)
        for grant in standing.grants
        if grant.ladder == rank.ladder.key and grant.alive(at)
    ]
    return max([rank.place_at(at), *granted])


def granted(programme: Programme, told: Activity) -> Grant:
    """The tier that a fact of the kind `tier_grant` gives, from its instant until the end of its last day."""
    facts, tier = told.facts, str(told.facts["tier"])
    last = date.fromisoformat(str(facts["last_day"]))
    return Grant(
        ladder=programme.ladder_of(tier).key,
        level=tier,
        kind=facts["kind"],  # type: ignore[arg-type] # one of its words, as it was taken in
        since=told.occurred_at,
        until=period.midnight(last + timedelta(days=1), programme.zone),
        reason=str(facts["reason"]),
        actor=str(facts["actor"]),
    )


def as_of(ladders: Sequence[Ladder], zone: ZoneInfo, standing: Standing, at: datetime) -> Standing:
    """The member as conditions on tiers see one at the instant; as it is where there are no ladders."""
    if not ladders:
        return standing
    found = ranks(ladders, zone, standing)
    for rank in found:
        rank.advance(at)
    return _seen(found, standing, {rank.ladder.key: place(rank, standing, at) for rank in found})


def _seen(found: Sequence[Rank], standing: Standing, places: Mapping[str, int]) -> Standing:
    keys = [rank.ladder.key_at(places[rank.ladder.key]) for rank in found]
    return standing.with_tiers(frozenset(key for key in keys if key is not None))


def decide(ladders: Sequence[Ladder], zone: ZoneInfo, activity: Activity, standing: Standing, earn: Earn) -> Ruling:
    """What the fact earns with the tiers of its instant, and the steps that it makes or that were due before it.

    Where a ladder says so, an order that rises earns with the tier it rises to; how far it rises is known before that.
    """
    at = activity.occurred_at
    found = ranks(ladders, zone, standing)
    steps = [step for rank in found for step in rank.advance(at)]
    known = [rank.steps[-1].since for rank in found if rank.steps]
    # Who rises has risen, even where a fact came so late that the rise is later than it.
    seen_at = max([at, *known]) if activity.kind == TIER_UPGRADED else at
    places = {rank.ladder.key: place(rank, standing, seen_at) for rank in found}
    ruling = earn(_seen(found, standing, places))
    if ruling.decision.parked is not None:
        return ruling
    risen = False
    for rank in found:
        if add(rank, ruling.decision.moves) and (step := rank.climb(at)) is not None:
            steps.append(step)
            if rank.ladder.crossing == "after":
                places[rank.ladder.key] = place(rank, standing, at)
                risen = True
    if risen and activity.kind == PURCHASE:
        ruling = earn(_seen(found, standing, places))
    return msgspec.structs.replace(ruling, decision=msgspec.structs.replace(ruling.decision, tiers=tuple(steps)))


def add(rank: Rank, moves: Sequence[Move]) -> bool:
    """Count the moves on the ladder; whether any concerns it."""
    mine = [move for move in moves if move.measure in rank.ladder.measures]
    for move in mine:
        rank.days[move.day] = rank.days.get(move.day, 0) + move.add
    return bool(mine)


def reviewed(ladders: Sequence[Ladder], zone: ZoneInfo, standing: Standing, at: datetime) -> tuple[Step, ...]:
    """The steps that a night makes: what is due, and who has more than the thresholds of today ask for."""
    steps: list[Step] = []
    for rank in ranks(ladders, zone, standing):
        steps += rank.advance(at)
        lifted = rank.lift(at)
        steps += [lifted] if lifted is not None else []
    return tuple(steps)


def returned(
    ladders: Sequence[Ladder], zone: ZoneInfo, standing: Standing, moves: Sequence[Move], at: datetime
) -> tuple[Step, ...]:
    """The steps that a return makes, or that were due before it; what it gives again can lift, too (LAW 7.3)."""
    steps: list[Step] = []
    for rank in ranks(ladders, zone, standing):
        steps += rank.advance(at)
        before = rank.upheld(at)
        if add(rank, moves):
            step = rank.fall(at, before=before) or rank.climb(at)
            steps += [step] if step is not None else []
    return tuple(steps)


def measured(ladders: Sequence[Ladder]) -> dict[str, bool]:
    """What has to be counted: the name of each measure, and whether it is one sum for ever."""
    return {measure: ladder.window == "lifetime" for ladder in ladders for measure in ladder.measures}


def amount(measure: str, activity: Activity, spend: int, points: Mapping[str, int]) -> int:
    """How much of the measure a fact is: its eligible amount, its points of a unit, or one visit."""
    what, _, name = measure.removeprefix("ever:").partition(":")
    if what == "spend":
        return spend if activity.kind == PURCHASE else 0
    return points.get(name, 0) if what == "points" else int(activity.kind == name)


def counted(
    measures: Mapping[str, bool], activity: Activity, day: date, spend: int, points: Mapping[str, int]
) -> tuple[Move, ...]:
    """What a fact adds to the basis of its local day."""
    found = [(name, ever, amount(name, activity, spend, points)) for name, ever in measures.items()]
    return tuple([Move(name, ERA if ever else day, each) for name, ever, each in found if each])


def at_most(moves: Sequence[Move], basis: Mapping[str, Mapping[date, int]]) -> tuple[Move, ...]:
    """No more than an account has counted: what somebody bought before they shared it was counted elsewhere."""
    found: list[Move] = []
    for move in moves:
        least = -max(0, basis.get(move.measure, {}).get(move.day, 0))
        if move.add > 0 or least:
            found.append(Move(move.measure, move.day, max(move.add, least)))
    return tuple(found)


def given_back(measures: Mapping[str, bool], day: date, spend: int, points: Mapping[str, int]) -> tuple[Move, ...]:
    """What a return moves on the day of its purchase, or a person by hand; a visit stays one."""
    found: list[Move] = []
    for measure, ever in measures.items():
        what, _, name = measure.removeprefix("ever:").partition(":")
        add = spend if what == "spend" else points.get(name, 0) if what == "points" else 0
        found += [Move(measure, ERA if ever else day, add)] if add else []
    return tuple(found)
