"""Households: founded, invited into, joined and left; each deed once, with a preview (LAW 6.2)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

import msgspec

from guerdon.core import households as law
from guerdon.core import members as members_law
from guerdon.core import merging
from guerdon.core.activities import Member
from guerdon.core.decisions import Moved
from guerdon.core.households import Left, Person, Role, State
from guerdon.core.law import Law
from guerdon.engine import desk, pools
from guerdon.engine.once import once
from guerdon.features.activities import queries as activities
from guerdon.features.activities.actions import Idempotency
from guerdon.features.households import actions, queries
from guerdon.features.households.queries import Belonging, Invitation
from guerdon.features.members import actions as member_actions
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids, store
from guerdon.kit.store import Store

Answer = Literal["accept", "decline", "withdraw"]
What = Literal["joined", "left", "role", "invitation"]  # what a deed came to
STATES: dict[Answer, State] = {"accept": "accepted", "decline": "declined", "withdraw": "withdrawn"}


class Asked(msgspec.Struct, frozen=True):
    """What all deeds are asked with."""

    programme_id: str
    actor: str
    now: datetime
    idempotency: Idempotency | None = None
    dry_run: bool = False


class Done(msgspec.Struct, frozen=True):
    """A household after a deed: who belongs to it, and of the one who joined or left, what moved."""

    household: MemberRow
    persons: tuple[Person, ...]
    belonging: Belonging | None = None
    invitation: Invitation | None = None
    moved: tuple[Moved, ...] = ()
    repaid: dict[str, int] = {}
    seq: int = 0
    leaving: Left | None = None  # how somebody left by it
    known: bool = False


class _DryRun(Exception):
    def __init__(self, done: Done) -> None:
        self.done = done


def found(asked: Asked, *, owner: Member) -> Done:
    """Found a household: the owner joins it, with all that is in the own account.

    Raises `households_off` and what joining refuses.
    """

    def write(at_hand: Store) -> str:
        in_force = _in_force(at_hand, asked)
        _policy(in_force)
        household = member_actions.found_household(at_hand, asked.programme_id, now=asked.now)
        _enter(at_hand, asked, household, person_of(at_hand, asked.programme_id, owner), "owner")
        return household

    return _once(asked, write, "joined")


def invite(asked: Asked, *, household_id: str, by: Member, member: Member, role: Role) -> Done:
    """Invite somebody into the household. Raises `owner_only`, `in_household`, `household_full`, `invited_already`."""

    def write(at_hand: Store) -> str:
        policy = _policy(_in_force(at_hand, asked))
        who, inviting = (person_of(at_hand, asked.programme_id, one) for one in (member, by))
        rows, persons = _locked(at_hand, asked, household_id, who)
        law.check_owner(_persons(persons), inviting, household=shown(household_id), shown=shown(inviting))
        check_free(rows[who])
        law.check_room(policy, len(persons))
        before = queries.invited(at_hand, household_id, who)
        if before is not None:
            if before.as_of(asked.now) == "open":
                raise law.INVITED_ALREADY(invitation=ids.show("invitation", before.id))
            actions.settle(at_hand, before, "lapsed", now=asked.now)
        until = law.open_until(policy, asked.now, _in_force(at_hand, asked).zone)
        made = Invitation(
            household_id, ids.new(), asked.programme_id, who, role, inviting, "open", asked.now, until
        )  # fmt: skip
        actions.invite(at_hand, made)
        return made.id

    return _once(asked, write, "invitation", household_id)


def answer(asked: Asked, *, household_id: str, invitation_id: str, deed: Answer) -> Done:
    """Accept an invitation, which moves all that the person has; decline or withdraw it.

    Raises `invitation_unknown`, `invitation_settled`, `invitation_lapsed`, and what joining refuses.
    """

    def write(at_hand: Store) -> str:
        policy = _in_force(at_hand, asked).programme.sharing
        who = queries.invitation(at_hand, household_id, invitation_id).person_id
        _, persons = _locked(at_hand, asked, household_id, who, merged=deed != "accept")
        made = queries.invitation(at_hand, household_id, invitation_id)  # again, under the locks
        state = made.as_of(asked.now)
        if state == "lapsed":
            raise law.INVITATION_LAPSED(until=made.until.isoformat())
        if state != "open":
            raise law.INVITATION_SETTLED(state=state)
        actions.settle(at_hand, made, STATES[deed], now=asked.now)
        if deed != "accept":
            return made.id
        law.check_room(policy, len(persons))
        return _enter(at_hand, asked, household_id, who, made.role)

    return _once(asked, write, "joined" if deed == "accept" else "invitation", household_id)


def leave(asked: Asked, *, household_id: str, member: Member, by: Member | None = None) -> Done:
    """Let somebody leave, or be removed by the owner; the programme says what becomes of the points (LAW 6.2).

    The last one takes all that is left, and the household is closed. Raises `not_in_household`, `owner_stays`,
    `owner_only`, `household_held`, `household_waiting`.
    """

    def write(at_hand: Store) -> str:
        who = person_of(at_hand, asked.programme_id, member)
        removing = who if by is None else person_of(at_hand, asked.programme_id, by)
        rows, persons = _locked(at_hand, asked, household_id, who)
        one = _belonging(persons, who, household_id)
        if removing != who:
            law.check_owner(_persons(persons), removing, household=shown(household_id), shown=shown(removing))
        how = law.leaves(_in_force(at_hand, asked).programme.sharing, _persons(persons), who)
        return pools.leave(at_hand, rows[household_id], rows[who], one, how, actor=asked.actor, now=asked.now)

    return _once(asked, write, "left", household_id)


def change_role(asked: Asked, *, household_id: str, member: Member, role: Role, by: Member) -> Done:
    """Let somebody be an adult or a child from now on. Raises `owner_only`, `not_in_household`, `owner_role`."""

    def write(at_hand: Store) -> str:
        who, asking = (person_of(at_hand, asked.programme_id, one) for one in (member, by))
        rows, persons = _locked(at_hand, asked, household_id, who)
        law.check_owner(_persons(persons), asking, household=shown(household_id), shown=shown(asking))
        one = _belonging(persons, who, household_id)
        if "owner" in (one.role, role):
            raise law.OWNER_ROLE()
        return one.id if one.role == role else _becomes(at_hand, asked, rows[who], one, role)

    return _once(asked, write, "role", household_id)


def hand_over(asked: Asked, *, household_id: str, to: Member, by: Member) -> Done:
    """Let another person be the owner; who was becomes an adult. Raises `owner_only`, `not_in_household`."""

    def write(at_hand: Store) -> str:
        heir, asking = (person_of(at_hand, asked.programme_id, one) for one in (to, by))
        rows, persons = _locked(at_hand, asked, household_id, heir, asking)
        law.check_owner(_persons(persons), asking, household=shown(household_id), shown=shown(asking))
        one = _belonging(persons, heir, household_id)
        if heir == asking:
            raise law.OWNER_ROLE()
        _becomes(at_hand, asked, rows[asking], persons[asking], "adult")
        return _becomes(at_hand, asked, rows[heir], one, "owner")

    return _once(asked, write, "role", household_id)


def _once(asked: Asked, write: Callable[[Store], str], what: What, household_id: str | None = None) -> Done:
    """Run the write once for the key, or to the end and back; answers the household as it is by then."""

    def tried(at_hand: Store) -> str:
        made = write(at_hand)
        if asked.dry_run:
            raise _DryRun(_read(at_hand, asked.programme_id, made, what, household_id))
        return made

    try:
        made, known = once(
            programme_id=asked.programme_id, idempotency=None if asked.dry_run else asked.idempotency, now=asked.now,
            write=tried,
        )  # fmt: skip
    except _DryRun as tried_out:
        return tried_out.done
    done = _read(store.current(), asked.programme_id, made, what, household_id)
    return msgspec.structs.replace(done, known=known)


def _read(at_hand: Store, programme_id: str, made: str, what: What, household_id: str | None) -> Done:
    """What a deed came to, whatever has happened since; where no household is named it is the one that was founded."""
    row, persons = of(at_hand, programme_id, household_id or made)
    if what == "invitation":
        return Done(row, persons, invitation=queries.invitation(at_hand, row.id, made))
    one = queries.every(at_hand, made)[0] if household_id is None else queries.one(at_hand, row.id, made)
    if what == "role":
        return Done(row, persons, one, seq=one.joined_seq)  # nothing moved, and no number was taken
    entry, seq = (one.joined_entry, one.joined_seq) if what == "joined" else (str(one.left_entry), one.left_seq)
    decision = activities.recorded(at_hand, [(row.id, entry)])[entry].decision
    leaving = one.how if what == "left" and one.how != "role" else None
    return Done(row, persons, one, moved=decision.moved, repaid=decision.repaid, seq=seq, leaving=leaving)


def of(at_hand: Store, programme_id: str, household_id: str) -> tuple[MemberRow, tuple[Person, ...]]:
    """A household, also one that was closed, and who belongs to it. Raises `household_unknown`."""
    row = members.self_of(at_hand, programme_id, household_id)
    if row is None or row.kind != "household":
        raise law.HOUSEHOLD_UNKNOWN(id=shown(household_id))
    return row, tuple(queries.persons(at_hand, [household_id]).get(household_id, ()))


def person_of(at_hand: Store, programme_id: str, member: Member) -> str:
    """The id of the member that is meant, after a merge whoever stayed. Raises `member_unknown`."""
    kind, value = desk.name_of(member)
    id = value if kind == "id" else members.find(at_hand, programme_id, kind, value)
    if id is None:
        raise members_law.MEMBER_UNKNOWN(kind=kind)
    return members.get(at_hand, programme_id, id).id


def check_free(row: MemberRow) -> None:
    """Refuse who can't join: no person, blocked or closed, or in a household."""
    if row.kind == "household":
        raise law.NO_PERSON(member=shown(row.id))
    if row.status != "active":
        raise members_law.MEMBER_NOT_ACTIVE(status=row.status)
    if row.household_id is not None:
        raise law.IN_HOUSEHOLD(member=shown(row.id), household=shown(row.household_id))


def shown(id: str) -> str:
    return ids.show("member", id)


def _in_force(at_hand: Store, asked: Asked) -> Law:
    return programmes.latest(at_hand, asked.programme_id).at(asked.now)


def _policy(in_force: Law) -> law.Households:
    if in_force.programme.households is None:
        raise law.HOUSEHOLDS_OFF()
    return in_force.programme.households


def _locked(
    at_hand: Store, asked: Asked, household_id: str, *who: str, merged: bool = False
) -> tuple[dict[str, MemberRow], dict[str, Belonging]]:
    """The household and the persons, locked in the order of their ids, and who belongs to it.

    Raises `household_unknown`, `household_closed`.
    """
    rows = members.lock_each(at_hand, asked.programme_id, {household_id, *who})
    row = rows.get(household_id)
    if row is None or row.kind != "household":
        raise law.HOUSEHOLD_UNKNOWN(id=shown(household_id))
    if row.merged_into is not None:
        raise law.HOUSEHOLD_CLOSED(household=shown(household_id))
    for one in who:
        into = rows[one].merged_into
        if into is not None and not merged:
            raise merging.MEMBER_MERGED(member=shown(one), into=shown(into))
    return rows, queries.open_of(at_hand, household_id)


def _persons(persons: Mapping[str, Belonging]) -> dict[str, Person]:
    return {id: Person(id, one.role, one.since, one.joined_seq) for id, one in persons.items()}


def _belonging(persons: Mapping[str, Belonging], who: str, household_id: str) -> Belonging:
    one = persons.get(who)
    if one is None:
        raise law.NOT_IN_HOUSEHOLD(member=shown(who), household=shown(household_id))
    return one


def _enter(at_hand: Store, asked: Asked, household_id: str, who: str, role: Role) -> str:
    rows = members.lock_each(at_hand, asked.programme_id, {household_id, who})
    if rows[who].merged_into is not None:
        raise store.overtaken("a member was merged meanwhile")
    check_free(rows[who])
    return pools.join(at_hand, rows[household_id], rows[who], role, actor=asked.actor, now=asked.now)


def _becomes(at_hand: Store, asked: Asked, row: MemberRow, one: Belonging, role: Role) -> str:
    """End the interval with the one role and begin that with the other."""
    actions.end(at_hand, one, "role", actor=asked.actor, now=asked.now)
    next_one = msgspec.structs.replace(one, id=ids.new(), role=role, since=asked.now, actor=asked.actor)
    actions.begin(at_hand, next_one)
    member_actions.belong(at_hand, row, one.household_id, role, asked.now)
    return next_one.id
