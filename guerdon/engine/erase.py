"""A member is erased: asked for, taken back, due; all it has ends, and nothing says any more who it was (LAW 10.30)."""

from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import erasing, limits
from guerdon.core import members as members_law
from guerdon.core.erasing import Lost
from guerdon.engine import caution, erase_parts
from guerdon.engine.once import once
from guerdon.features.activities.actions import Idempotency
from guerdon.features.claims import actions as claims
from guerdon.features.consents import actions as consents
from guerdon.features.consents import queries as said
from guerdon.features.erasures import actions, queries
from guerdon.features.erasures.queries import Erasure
from guerdon.features.households import queries as households
from guerdon.features.letters import actions as letters
from guerdon.features.members import actions as member_actions
from guerdon.features.members import addresses
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow
from guerdon.features.notes import actions as notes
from guerdon.features.programmes import queries as programmes
from guerdon.features.redemptions import actions as redemptions
from guerdon.features.users import actions as users
from guerdon.kit import ids, store
from guerdon.kit.store import Store

BATCH: Final = 100
_lost = msgspec.json.Decoder(Lost).decode


class State(msgspec.Struct, frozen=True):
    """An erasure as it stands: what is, or was, lost by it; without an erasure it is what would be."""

    member_id: str
    lost: Lost
    erasure: Erasure | None = None


def preview(*, programme_id: str, member_id: str, now: datetime) -> State:
    """What a member would lose, or has lost, and whether it waits. Raises `member_unknown`."""
    at_hand = store.current()
    member = members.get(at_hand, programme_id, member_id)
    found = queries.standing(at_hand, member.id)
    if found is not None and found.lost is not None:
        return State(member.id, _lost(found.lost), found)
    return State(member.id, erase_parts.lost(at_hand, programme_id, member, now), found)


def ask(
    *, programme_id: str, member_id: str, actor: str, now: datetime, idempotency: Idempotency | None = None
) -> tuple[State, bool]:
    """Erase a member, at once or when the programme's days to think are over; asking again answers the same.

    Answers whether it was known from before, too. Raises `member_unknown`, `idempotency_conflict`, and what leaving a
    household refuses (`household_held`, `household_waiting`): then it waits, and the night tries again.
    """
    known: list[bool] = []

    def write(at_hand: Store) -> str:
        member = members.lock_self(at_hand, programme_id, member_id)
        if member.kind != "person":
            raise members_law.MEMBER_UNKNOWN(kind="id")
        found = queries.standing(at_hand, member.id)
        known[:] = [found is not None]
        if found is not None:
            return found.id
        in_force = programmes.latest(at_hand, programme_id).at(now)
        caution.refuse(caution.waits(at_hand, in_force.programme, [member.id], now), member.id)
        due = erasing.due_at(now, in_force.programme.erase_after_days, in_force.zone)
        made = Erasure(member.id, ids.new(), programme_id, now, actor, due)
        actions.ask(at_hand, made)
        return made.id

    _, replayed = once(programme_id=programme_id, idempotency=idempotency, now=now, write=write)
    member = members.get(store.current(), programme_id, member_id)
    asked = queries.standing(store.current(), member.id)
    if asked is not None and asked.done_at is None and asked.due_at <= now:
        _erase(asked, now)
    return preview(programme_id=programme_id, member_id=member.id, now=now), replayed or known == [True]


def again(*, programme_id: str, member_id: str, actor: str, now: datetime) -> bool:
    """Erase at once a member who had been erased before a backup brought everything back; whether that had to be done.

    False where nobody is there, or the backup knows of the erasure. What must end first puts it off until the night.
    """

    def write(at_hand: Store) -> Erasure | None:
        if members.self_of(at_hand, programme_id, member_id) is None:
            return None
        member = members.lock_self(at_hand, programme_id, member_id)
        found = queries.standing(at_hand, member.id)
        if found is not None and found.done_at is not None:
            return None
        if found is not None:  # it waited then, and does not have to any more
            actions.cancel(at_hand, found, actor=actor, now=now)
        made = Erasure(member.id, ids.new(), programme_id, now, actor, now)
        actions.ask(at_hand, made)
        return made

    made = store.committed(write)
    if made is None:
        return False
    erase_parts.refused(lambda: _erase(made, now))
    return True


def cancel(*, programme_id: str, member_id: str, actor: str, now: datetime) -> str:
    """Take back what still waits; answers who that is.

    Raises `member_unknown`, `erasure_none`, `erasure_due`, and `member_not_active` for who was erased.
    """

    def write(at_hand: Store) -> str:
        member = members.lock_self(at_hand, programme_id, member_id)
        found = queries.standing(at_hand, member.id)
        if found is None:
            raise erasing.ERASURE_NONE(member=ids.show("member", member.id))
        if found.done_at is not None:
            raise members_law.MEMBER_NOT_ACTIVE(status="erased")
        if found.due_at <= now:  # it may be on its way
            raise erasing.ERASURE_DUE(member=ids.show("member", member.id))
        actions.cancel(at_hand, found, actor=actor, now=now)
        return member.id

    return store.committed(write)


def run(*, programme_id: str, as_of: datetime) -> int:
    """Erase whoever is due, and end what became spendable of those who were; answers how many were erased."""
    erased = 0
    tried: set[str] = set()
    while due := [
        one
        for one in queries.due(store.current(), programme_id, as_of, most=BATCH + len(tried))
        if one.account_id not in tried
    ]:
        for one in due:
            tried.add(one.account_id)
            erased += erase_parts.refused(lambda one=one: _erase(one, as_of)) is None  # type: ignore[misc]
    after = ids.NIL
    while done := queries.done(store.current(), programme_id, after=after, most=BATCH):
        after = done[-1].account_id
        for one in done:
            erase_parts.end_points(programme_id, one.account_id, one.id, as_of)
    return erased


def _erase(one: Erasure, now: datetime) -> None:
    """End all the member has, part by part, each for itself once; then forget who it was, in one transaction.

    A crash leaves it closed and due, and the next night goes on where it was.
    """
    lost = _close(one, now)
    for _ in range(limits.ERASE_TRIES_MAX):
        erase_parts.end(one.programme_id, one.account_id, one.asked_by, now)
        if store.committed(lambda at_hand: _forget(at_hand, one, lost, now)):
            erase_parts.end_points(one.programme_id, one.account_id, one.id, now)
            return
    raise store.DATABASE_BUSY(retry_after_seconds=1)


def _close(one: Erasure, now: datetime) -> Lost:
    """From now on nothing more is earned or taken; answers what the member has until then."""
    at_hand = store.current()
    member = members.get(at_hand, one.programme_id, one.account_id)
    lost = erase_parts.lost(at_hand, one.programme_id, member, now)

    def write(at_hand: Store) -> None:
        locked, _ = _locked(at_hand, one)
        if locked.status not in ("closed", "erased"):  # somebody else may have erased the member meanwhile
            member_actions.close(at_hand, locked, now=now)

    store.committed(write)
    return lost


def _locked(at_hand: Store, one: Erasure) -> tuple[MemberRow, list[str]]:
    """The member and those who were merged into it, locked in the order of their ids."""
    followers = members.followers_of(at_hand, [one.account_id]).get(one.account_id, [])
    rows = members.lock_each(at_hand, one.programme_id, [one.account_id, *followers])
    if members.followers_of(at_hand, [one.account_id]).get(one.account_id, []) != followers:
        raise store.overtaken("a merge, or its undoing, came first")
    return rows[one.account_id], followers


def _forget(at_hand: Store, one: Erasure, lost: Lost, now: datetime) -> bool:
    """Forget who it was; False where something has come in between that must end first."""
    member, followers = _locked(at_hand, one)
    standing = queries.standing(at_hand, member.id)
    if standing is None or standing.id != one.id:
        raise erasing.ERASURE_NONE(member=ids.show("member", member.id))
    if standing.done_at is not None:
        return True
    every = [member.id, *followers]
    if member.household_id is not None or erase_parts.is_held(at_hand, every):
        return False
    homes = households.homes(at_hand, every)
    redemptions.forget(at_hand, sorted({*every, *homes}), every)
    ended = [
        msgspec.structs.replace(each, given=False, at=now, how="erasure", actor=one.asked_by, id=ids.new())
        for each in said.of_member(at_hand, member.id).values()
        if each.given
    ]
    consents.say(at_hand, one.programme_id, member.id, ended, now=now)
    notes.forget(at_hand, every)
    for each in every:
        claims.forget(at_hand, each)
    letters.forget(at_hand, every, now=now)
    digests = addresses.of(at_hand, every)
    member_actions.erase(at_hand, member, followers)
    for digest in digests:
        if not addresses.known(at_hand, digest):
            users.forget(at_hand, digest=digest)
    actions.finish(at_hand, one, lost=msgspec.json.encode(lost).decode(), now=now)
    return True
