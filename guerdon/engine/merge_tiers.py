"""Tiers of two members who become one, or two again: what was counted adds up, the higher tier stays (LAW 6.3)."""

import msgspec

from guerdon.core import climbing, period
from guerdon.core.period import add_months
from guerdon.core.standing import Standing
from guerdon.core.tiers import YEAR, Rank, Step
from guerdon.engine.batch import Batch
from guerdon.features.ledger import actions as ledger
from guerdon.features.members.queries import MemberRow
from guerdon.features.tiers import actions


class Stood(msgspec.Struct, frozen=True):
    """On which level of each ladder the member who stays stood, and the grants that came."""

    levels: dict[str, str | None] = {}
    grants: list[str] = []


def join(batch: Batch, *, stays: MemberRow, goes: MemberRow, at_stays: ledger.Cause) -> Stood:
    """Let the one who stays have what both have counted, and the higher tier or what both qualify for."""
    one, other = _standing(batch, stays), _standing(batch, goes)
    _book_due(batch, one, at_stays)
    stood = {rank.ladder.key: rank.ladder.key_at(rank.place) for rank in _ranks(batch, one)}
    theirs = {}
    for rank in _ranks(batch, other):
        rank.advance(batch.now)  # it is booked when they part again, if they do
        theirs[rank.ladder.key] = rank.place
    actions.add_basis(batch.store, goes.id, into=stays.id)
    _add(one, other, 1)
    for rank in _ranks(batch, one):
        place = max(theirs[rank.ladder.key], _qualifies(batch, rank))
        if place > rank.place:
            _enter(batch, one, at_stays, rank.move(place, batch.now, "merge"))
    return Stood(stood, _bring_grants(batch, stays, goes, at_stays))


def part(batch: Batch, stood: Stood, *, stays: MemberRow, goes: MemberRow, at_stays: ledger.Cause) -> None:
    """Take out what came; the one who stayed keeps the tier it had, or what it qualifies for by now."""
    one, other = _standing(batch, stays), _standing(batch, goes)
    _book_due(batch, one, at_stays)
    actions.take_out_basis(batch.store, goes.id, into=stays.id)
    _add(one, other, -1)
    for rank in _ranks(batch, one):
        place = max(rank.ladder.floor, rank.ladder.place(stood.levels.get(rank.ladder.key)), _qualifies(batch, rank))
        if place < rank.place:
            _enter(batch, one, at_stays, rank.move(place, batch.now, "unmerge"))
    batch.keep(actions.ENDED, *[actions.ended_row(stays.id, id, batch.now) for id in stood.grants])


def _bring_grants(batch: Batch, stays: MemberRow, goes: MemberRow, at_stays: ledger.Cause) -> list[str]:
    """Let the grants that still run run on for the one who stays; answers their ids, which are the same there."""
    climbed = batch.gathered.climbed.get(goes.id)
    alive = [row for row in (climbed.grants if climbed is not None else []) if row.grant.alive(batch.now)]
    for row in alive:
        grant = msgspec.structs.replace(row.grant, since=batch.now)
        batch.keep(actions.GRANTS, actions.grant_row(stays.id, row.id, batch.programme_id, grant, seq=at_stays.seq))
    return [row.id for row in alive]


def _standing(batch: Batch, row: MemberRow) -> Standing:
    """What the account itself has climbed; as of an undoing it is not the one that its id leads to."""
    standing = Standing(account_id=row.id, enrolled_at=row.enrolled_at)
    climbed = batch.gathered.climbed.get(row.id)
    if climbed is not None:
        standing.steps, standing.basis = climbed.history(), climbed.basis
    return standing


def _ranks(batch: Batch, standing: Standing) -> list[Rank]:
    in_force = batch.lawbook.at(batch.now)
    return climbing.ranks(in_force.programme.tiers, in_force.zone, standing)


def _qualifies(batch: Batch, rank: Rank) -> int:
    """What is earned by the basis as it is now."""
    today = period.local_day(batch.now, rank.zone)
    return rank.best(add_months(today, -YEAR), today)


def _add(one: Standing, other: Standing, sign: int) -> None:
    for measure, days in other.basis.items():
        mine = one.basis.setdefault(measure, {})
        for day, amount in days.items():
            mine[day] = mine.get(day, 0) + sign * amount


def _book_due(batch: Batch, standing: Standing, cause: ledger.Cause) -> None:
    for rank in _ranks(batch, standing):
        for step in rank.advance(batch.now):
            _enter(batch, standing, cause, step)


def _enter(batch: Batch, standing: Standing, cause: ledger.Cause, step: Step) -> None:
    standing.climb((), (step,))
    version = batch.lawbook.at(batch.now).version
    batch.ascents.climb(standing.account_id, (step,), seq=cause.seq, version=version)
    batch.tell("tier.changed", account_id=standing.account_id, subject_id=cause.activity_id, seq=cause.seq)
