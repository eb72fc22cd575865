"""Tiers of one member at any instant, and of all under a draft: who would move, from where to where (LAW 7.5)."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import climbing, errors, period
from guerdon.core.ladders import Ladder
from guerdon.core.law import Law
from guerdon.core.period import add_months
from guerdon.core.programme import Programme
from guerdon.core.standing import Standing
from guerdon.core.tiers import YEAR, Cause, Grant, Progress, Rank
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow
from guerdon.features.programmes import queries as programmes
from guerdon.features.tiers import queries as tiers
from guerdon.features.tiers.queries import Climbed, GrantRow
from guerdon.kit import ids, store
from guerdon.kit.store import Store

PREVIEW_TOO_LARGE = errors.declare("clash", "preview_too_large", "members_max")

MEMBERS_PER_PAGE: Final = 500
MEMBERS_NAMED_MAX: Final = 20


class Interval(msgspec.Struct, frozen=True):
    """From `since` until `until` (None: until further notice) the member has had the level; None is below the first."""

    tier: str | None
    since: datetime
    until: datetime | None
    cause: Cause | None  # None: from the beginning


class Climb(msgspec.Struct, frozen=True):
    """One ladder of a member as of an instant."""

    ladder: Ladder
    tier: str | None  # of what is earned and what is granted the higher one
    progress: Progress  # what is earned
    granted: Grant | None
    history: tuple[Interval, ...]


def of_member(
    at_hand: Store, in_force: Law, member: MemberRow, at: datetime
) -> tuple[tuple[Climb, ...], list[GrantRow]]:
    """All ladders of a member as of the instant, whether or not the night has been there; and all grants."""
    day = period.local_day(at, in_force.zone)
    account, first = member.account_id, add_months(day, -2 * YEAR)
    climbed = tiers.climbed(at_hand, [account], first=first).get(account) or Climbed([], {}, [])
    standing = _standing(member, climbed)
    found: list[Climb] = []
    for rank in climbing.ranks(in_force.programme.tiers, in_force.zone, standing):
        while rank.steps and rank.steps[-1].since > at:
            rank.steps.pop()  # as of an instant before them
        rank.advance(at)
        alive = [grant for grant in standing.grants if grant.ladder == rank.ladder.key and grant.alive(at)]
        granted = max(alive, key=lambda grant: rank.ladder.place(grant.level), default=None)
        tier = rank.ladder.key_at(climbing.place(rank, standing, at))
        found.append(Climb(rank.ladder, tier, rank.progress(at), granted, _history(rank, member)))
    return tuple(found), climbed.grants


def _history(rank: Rank, member: MemberRow) -> tuple[Interval, ...]:
    """What was earned as intervals that meet: each ends where the next begins."""
    first = rank.steps[0].since if rank.steps else None
    start = member.enrolled_at if first is None else min(member.enrolled_at, first)
    begun = [(rank.ladder.key_at(rank.ladder.floor), start, None)] if first is None or start < first else []
    begun += [(step.level, step.since, step.cause) for step in rank.steps]  # type: ignore[misc]
    ends = [*[since for _, since, _ in begun[1:]], None]
    return tuple([Interval(tier, since, until, cause) for (tier, since, cause), until in zip(begun, ends, strict=True)])


def _standing(member: MemberRow, climbed: Climbed) -> Standing:
    standing = Standing(account_id=member.id, enrolled_at=member.enrolled_at)
    standing.steps, standing.basis = climbed.history(), climbed.basis
    standing.grants = [row.grant for row in climbed.grants]
    return standing


# --- a draft ---


class Migration(msgspec.Struct):
    """How many members a draft would move on a ladder, from where to where, and the first of them."""

    ladder: str
    when: str  # `at_once`, or `review`: at the next review, where the present law would decide otherwise
    before: str | None
    after: str | None
    count: int = 0
    members: list[str] = []


Moves = dict[tuple[str, str, str | None, str | None], Migration]  # by ladder, when, before, after


class Preview(msgspec.Struct, frozen=True):
    """What a draft would do to everybody's tiers."""

    members: int
    moves: tuple[Migration, ...]
    uncounted: tuple[str, ...]  # ladders of the draft whose basis nobody has counted so far: they begin empty


def preview(
    programme_id: str,
    draft: Programme,
    *,
    now: datetime,
    most: int | None = None,
    progress: Callable[[int], None] = lambda members: None,
) -> Preview:
    """Who would move under the draft: up at once, and otherwise than now at the next review with what there is so far.

    It reads every member once, in pages, and writes nothing. Raises `programme_key_changed` where the draft is another
    programme's, and `preview_too_large` where there are more members than `most`.
    """
    at_hand = store.current()
    programmes.check_key(programmes.by_id(at_hand, programme_id), draft)
    in_force = programmes.latest(at_hand, programme_id).current(now)
    moves: Moves = {}
    total = 0
    first = add_months(period.local_day(now, in_force.zone), -2 * YEAR)
    for page in _pages(at_hand, programme_id):
        total += len(page)
        if most is not None and total > most:
            raise PREVIEW_TOO_LARGE(members_max=most)
        climbed = tiers.climbed(at_hand, [row.id for row in page], first=first)
        for row in page:
            _preview_one(row, climbed.get(row.id) or Climbed([], {}, []), in_force, draft, now, moves)
        progress(len(page))
    known = climbing.measured(in_force.programme.tiers)
    uncounted = [one.key for one in draft.tiers if not all(measure in known for measure in one.measures)]
    return Preview(total, tuple(sorted(moves.values(), key=_order)), tuple(uncounted))


def _pages(at_hand: Store, programme_id: str) -> Iterator[list[MemberRow]]:
    """Everybody who climbs: households, and the persons who share nobody's account."""
    for kind in ("person", "household"):
        after = ids.NIL
        while page := members.page(at_hand, programme_id, after=after, most=MEMBERS_PER_PAGE, kind=kind):
            after = page[-1].id
            yield [row for row in page if row.household_id is None]


def _preview_one(
    row: MemberRow,
    climbed: Climbed,
    in_force: Law,
    draft: Programme,
    now: datetime,
    moves: Moves,
) -> None:
    standing = _standing(row, climbed)
    present = {rank.ladder.key: rank for rank in climbing.ranks(in_force.programme.tiers, in_force.zone, standing)}
    for rank in climbing.ranks(draft.tiers, draft.zone, standing):
        before = present.pop(rank.ladder.key, None)
        was, will = _now_and_then(before, now) if before is not None else ((None, None), now)
        (here, then), at = (was, will)
        new = _under_draft(rank, now, at)
        for when, old, other in (("at_once", here, new[0]), ("review", then, new[1])):
            if when == "review" and (new[0] != here or old == other):
                continue  # it has moved already, or falls all the same
            if old != other:
                _move(moves, row.id, rank.ladder.key, when, old, other)
    for key, rank in present.items():  # the draft has no such ladder any more
        (here, _), _ = _now_and_then(rank, now)
        if here is not None:
            _move(moves, row.id, key, "at_once", here, None)


def _move(moves: Moves, member: str, ladder: str, when: str, old: str | None, new: str | None) -> None:
    move = moves.setdefault((ladder, when, old, new), Migration(ladder, when, old, new))
    move.count += 1
    if len(move.members) < MEMBERS_NAMED_MAX:
        move.members.append(member)


def _now_and_then(rank: Rank, now: datetime) -> tuple[tuple[str | None, str | None], datetime]:
    """The level now, the one after the next review with what there is so far, and when that is."""
    rank.advance(now)
    here = rank.ladder.key_at(rank.place)
    at = rank.steps[-1].review_at if rank.steps else None
    if at is None:
        return (here, here), now
    rank.advance(at)
    return (here, rank.ladder.key_at(rank.place)), at


def _under_draft(rank: Rank, now: datetime, at: datetime) -> tuple[str | None, str | None]:
    """The same under the draft: it lifts at once and lets nobody fall before the date."""
    rank.advance(now)
    rank.lift(now)
    here = rank.ladder.key_at(rank.place)
    rank.advance(at)
    return here, rank.ladder.key_at(rank.place)


def _order(move: Migration) -> tuple[str, str, int, str, str]:
    return (move.ladder, move.when, -move.count, move.before or "", move.after or "")
