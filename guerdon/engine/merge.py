"""Two members become one, and two again: preview, merge, un-merge (LAW 6.3)."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from guerdon.core import erasing, households, merging, period
from guerdon.core import members as members_law
from guerdon.core.activities import Member
from guerdon.core.adjustments import WAITS_FOR_APPROVAL
from guerdon.core.decisions import Decision, Spent
from guerdon.core.merging import Merged
from guerdon.engine import caution, entries, merge_parts, passing
from guerdon.engine.batch import Batch, opened
from guerdon.engine.gather import Wants
from guerdon.engine.merge_parts import Merging
from guerdon.engine.once import once
from guerdon.features.activities import queries as activities
from guerdon.features.activities.actions import Idempotency
from guerdon.features.erasures import queries as erasures
from guerdon.features.ledger.actions import Cause
from guerdon.features.members import actions as member_actions
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow, MergeRow
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids, store
from guerdon.kit.store import Store

MERGEABLE = ("active", "closed")  # who is blocked is looked into first

_answer = msgspec.json.Decoder(Merged).decode


class _DryRun(Exception):
    def __init__(self, merged: Merged, known: bool) -> None:
        self.merged = merged
        self.known = known


def merge(
    *,
    programme_id: str,
    into: str,
    goes: Member,
    actor: str,
    now: datetime,
    idempotency: Idempotency | None = None,
    dry_run: bool = False,
) -> tuple[Merged, bool]:
    """Merge a member into the one with the id `into`; answers what moved, and whether that was known from before.

    Merging them again does nothing and answers the same. `dry_run` takes the same path and rolls back. Raises
    `member_unknown`, `member_merged`, `member_not_active`, `merge_of_one`, `merge_held`, `merge_waiting`, `merge_debt`.
    """

    def write(at_hand: Store) -> tuple[MergeRow, bool]:
        return _merge(at_hand, programme_id, into, _owner(at_hand, programme_id, goes), actor, now)

    return _taken_in(write, programme_id, idempotency, now, dry_run, undoing=False)


def unmerge(
    *,
    programme_id: str,
    into: str,
    goes: Member,
    actor: str,
    now: datetime,
    idempotency: Idempotency | None = None,
    dry_run: bool = False,
) -> tuple[Merged, bool]:
    """Undo a merge: what the member brought and did not spend goes back, later activity stays (LAW 6.3).

    Raises `member_unknown`, `not_merged`, `member_merged` where one of them was merged further, `merge_held`.
    """

    def write(at_hand: Store) -> tuple[MergeRow, bool]:
        return _unmerge(at_hand, programme_id, into, _owner(at_hand, programme_id, goes), actor, now), False

    return _taken_in(write, programme_id, idempotency, now, dry_run, undoing=True)


def _taken_in(
    write: Callable[[Store], tuple[MergeRow, bool]],
    programme_id: str,
    idempotency: Idempotency | None,
    now: datetime,
    dry_run: bool,
    *,
    undoing: bool,
) -> tuple[Merged, bool]:
    """Run the write once for the key, or to the end and back."""
    found: dict[str, bool] = {}  # whether each was there before

    def take_in(at_hand: Store) -> str:
        row, known = write(at_hand)
        found[row.id] = known
        if dry_run:
            raise _DryRun(_told(row, undoing), known)
        return row.id

    try:
        id, replayed = once(programme_id=programme_id, idempotency=idempotency, now=now, write=take_in)
    except _DryRun as tried:
        return tried.merged, tried.known
    row = members.merge_by_id(store.current(), programme_id, id)
    return _told(row, undoing), replayed or found.get(id, False)


def _told(row: MergeRow, undoing: bool) -> Merged:
    return _answer((row.undoing if undoing else row.answer) or row.answer)


def _owner(at_hand: Store, programme_id: str, who: Member) -> str:
    """The id of the member that was meant, also where a merge has made the identifier lead to another one."""
    kind, value = who.identifier()
    stored = ids.read("member", value) if kind == "id" else members.stored(kind, value)
    return members.owner(at_hand, programme_id, kind, stored)


def _merge(at_hand: Store, programme_id: str, into: str, goes: str, actor: str, now: datetime) -> tuple[MergeRow, bool]:
    # Gather: both members and those who follow them, locked in one order for everybody.
    rows, followers = _lock(at_hand, programme_id, into, goes)
    known = members.merge_of(at_hand, goes)
    if known is not None and known.into_account == into:
        return known, True
    _check(at_hand, rows[into], rows[goes])
    programme = programmes.latest(at_hand, programme_id).current(now).programme
    until = caution.waits(at_hand, programme, [into, goes], now)
    for each in (into, goes):
        caution.refuse(until, each)
    one = _hands(at_hand, programme_id, rows[into], rows[goes], followers.get(goes, []), now)

    # Decide and do: every part moves, and both journals say so.
    memory = merge_parts.join(one)
    _enter(one.batch, "merged", one.at_goes, one.at_stays, _decision(one, gives=True))
    merge_id = _enter(one.batch, "merge", one.at_stays, one.at_goes, _decision(one, gives=False))
    one.batch.commit()
    told = _merged(one, merge_id, undone=False)
    row = MergeRow(
        account_id=goes, id=merge_id, programme_id=programme_id, into_account=into, activity_id=merge_id,
        seq=one.at_stays.seq, merged_at=now, memory=memory, answer=msgspec.json.encode(told).decode(),
    )  # fmt: skip
    member_actions.note_merge(at_hand, row, actor=actor)
    return row, False


def _unmerge(at_hand: Store, programme_id: str, into: str, goes: str, actor: str, now: datetime) -> MergeRow:
    rows, followers = _lock(at_hand, programme_id, into, goes)
    row = members.merge_of(at_hand, goes)
    if row is None:
        raise merging.NOT_MERGED(member=_shown(goes), into=_shown(into))
    if rows[into].status == "erased":  # what would come out again was forgotten with it
        raise members_law.MEMBER_NOT_ACTIVE(status="erased")
    leads_to = rows[goes].merged_into
    assert leads_to is not None
    if leads_to != row.into_account:  # the one in between was merged further, and comes out first
        raise merging.MEMBER_MERGED(member=_shown(row.into_account), into=_shown(leads_to))
    if leads_to != into:
        raise merging.NOT_MERGED(member=_shown(goes), into=_shown(into))
    one = _hands(at_hand, programme_id, rows[into], rows[goes], followers.get(goes, []), now)
    one.seq = row.seq

    merge_parts.part(one, row.memory)
    _enter(one.batch, "unmerge", one.at_stays, one.at_goes, _decision(one, gives=True))
    _enter(one.batch, "unmerged", one.at_goes, one.at_stays, _decision(one, gives=False))
    one.batch.commit()
    answer = msgspec.json.encode(_merged(one, row.id, undone=True)).decode()
    member_actions.note_undoing(at_hand, row, answer=answer, actor=actor, now=now)
    return msgspec.structs.replace(row, undoing=answer)


def _lock(at_hand: Store, programme_id: str, into: str, goes: str) -> tuple[dict[str, MemberRow], dict[str, list[str]]]:
    """Both members and all who follow either, locked in the order of their ids. Raises `member_unknown`."""
    followers = members.followers_of(at_hand, [into, goes])
    every = {into, goes, *(one for those in followers.values() for one in those)}
    rows = members.lock_each(at_hand, programme_id, every)
    if into not in rows or goes not in rows:
        raise members_law.MEMBER_UNKNOWN(kind="id")
    if members.followers_of(at_hand, [into, goes]) != followers:
        raise store.overtaken("another merge came first")
    return rows, followers


def _check(at_hand: Store, stays: MemberRow, goes: MemberRow) -> None:
    if stays.id == goes.id:
        raise merging.MERGE_OF_ONE(member=_shown(stays.id))
    for row in (stays, goes):
        if row.kind == "card":
            raise members_law.MEMBER_UNKNOWN(kind="id")
        if row.kind == "household":
            raise households.NO_PERSON(member=_shown(row.id))
        if row.household_id is not None:
            raise households.IN_HOUSEHOLD(member=_shown(row.id), household=_shown(row.household_id))
        if row.merged_into is not None:
            raise merging.MEMBER_MERGED(member=_shown(row.id), into=_shown(row.merged_into))
        _check_staying(at_hand, row)
    if stays.status != "active":
        raise members_law.MEMBER_NOT_ACTIVE(status=stays.status)
    if goes.status not in MERGEABLE:
        raise members_law.MEMBER_NOT_ACTIVE(status=goes.status)
    parked = activities.waiting(at_hand, goes.id)
    if parked is not None:
        noun = "adjustment" if parked.reason == WAITS_FOR_APPROVAL else "activity"
        raise merging.MERGE_WAITING(waiting=parked.number, fact=ids.show(noun, parked.id))


def _check_staying(at_hand: Store, row: MemberRow) -> None:
    """Refuse who is to be erased: with it would go whoever was merged."""
    waiting = erasures.standing(at_hand, row.id)
    if waiting is not None and waiting.done_at is None:
        raise erasing.ERASURE_WAITING(member=_shown(row.id), due=waiting.due_at.isoformat())


def _hands(
    at_hand: Store, programme_id: str, stays: MemberRow, goes: MemberRow, followers: list[str], now: datetime
) -> Merging:
    """Both accounts in the hands of one batch, with what time has done to them booked first."""
    wants = Wants(names={("id", stays.id), ("id", goes.id)}, seqs=4)
    book = programmes.latest(at_hand, programme_id)
    in_force = book.at(now)
    wants.looks_at(in_force, period.local_day(now, in_force.zone))
    batch = opened(at_hand, programme_id, wants, now=now, book=book)
    batch.take_lots({stays.id, goes.id})
    batch.take_what_time_moves()
    for row in (stays, goes):
        entries.settle(batch, row.id)
    at_goes, at_stays = _causes(batch, goes.id, stays.id)
    return Merging(batch, stays, goes, at_stays, at_goes, followers)


def _causes(batch: Batch, goes: str, stays: str) -> tuple[Cause, Cause]:
    at_goes, at_stays = (Cause(account, ids.new(), batch.next_seq(), batch.now) for account in (goes, stays))
    return at_goes, at_stays


def _decision(one: Merging, *, gives: bool) -> Decision:
    """What one of the two entries says: who gives says what expired, who takes what was repaid."""
    lapsed = tuple(Spent(unit=each.unit, points=each.lapsed) for each in one.passed if gives and each.lapsed)
    cancelled = {each.unit: each.cancelled for each in one.passed if gives and each.cancelled}
    version = one.batch.lawbook.at(one.batch.now).version
    repaid = {} if gives else one.repaid
    return Decision(version=version, spent=lapsed, moved=one.moved(), repaid=repaid, cancelled=cancelled)


def _enter(batch: Batch, kind: str, cause: Cause, other: Cause, decision: Decision) -> str:
    """Enter into a member's journal that points came from the other member, or went there."""
    return passing.enter(batch, "merge", kind, cause, other, decision)


def _merged(one: Merging, id: str, *, undone: bool) -> Merged:
    told = tuple(each for each in one.passed if each.points or each.debt or each.lapsed or each.cancelled)
    return Merged(
        id=id, account=one.goes.id, into=one.stays.id, at=one.batch.now, seq=one.at_stays.seq, undone=undone,
        passed=told, repaid=one.repaid, counters=one.counters, identifiers=one.identifiers, filled=one.filled,
    )  # fmt: skip


def _shown(member_id: str) -> str:
    return ids.show("member", member_id)
