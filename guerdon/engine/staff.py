"""Staff are invited, appointed and let go, each in one transaction with its line in the book of who did what."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

import msgspec

from guerdon.core.letters import Recipient
from guerdon.core.rights import Role
from guerdon.engine import letters, posting
from guerdon.features.members import addresses
from guerdon.features.users import actions, queries
from guerdon.features.users.queries import InvitationRow
from guerdon.kit import audit, clock, ids, mail, store
from guerdon.kit.audit import Actor
from guerdon.kit.store import Store


class Invited(msgspec.Struct, frozen=True):
    """An invitation that was made; its secret is shown this once, and only where no letter took it."""

    id: str
    secret: str
    until: datetime
    letter: str | None  # the letter's id, where one was put into the queue
    replaced: bool  # whether an earlier one to the same address ended by it


class Accepted(msgspec.Struct, frozen=True):
    """An invitation that was accepted, and who is staff by it."""

    invitation: InvitationRow
    user_id: str
    fresh: bool  # nobody was known by the address before: whoever has the link has nothing of anybody's by it


Failure = Literal["sign_in_failed", "step_up_failed", "sign_in_blocked"]
Link = Callable[[str], str]  # the address at which the secret of an invitation is answered


def invite(
    *,
    programme_id: str,
    email: str,
    name: str,
    role: Role,
    by: Actor,
    now: datetime,
    letter: Link | None = None,
    by_name: str = "",
    language: str | None = None,
) -> Invited:
    """Invite somebody to become staff, by a letter with the link where letters are on.

    An earlier invitation to the same address that nobody has answered ends by it: what somebody invites to last counts.
    Raises `identifier_invalid` and `staff_name_invalid`.
    """

    def write(at_hand: Store) -> Invited:
        queries.lock_owners(at_hand, programme_id)  # of two who invite at once the second sees what the first has made
        earlier = queries.open_to(at_hand, programme_id, email, now)
        for one in earlier:
            _end_invitation(at_hand, one, "replaced", by, now)
        id, secret, until = actions.invite(
            at_hand, programme_id=programme_id, email=email, name=name, role=role, by=by.name, now=now
        )
        about = ids.show("staff_invitation", id)
        audit.note(
            at_hand, programme_id=programme_id, actor=by, action="staff.invited", about=about, after={"role": role},
            now=now,
        )  # fmt: skip
        sent = None
        if letter is not None and mail.outlet() is not None:
            to = Recipient(email, name, language)
            sent = letters.invitation(
                at_hand, programme_id=programme_id, to=to, by=by_name, link=letter(secret), until=until, now=now
            )
        return Invited(id, secret, until, sent, replaced=bool(earlier))

    made = store.committed(write)
    if made.letter is not None:
        posting.carry_one(made.letter, now=clock.now)
    return made


def accept(*, secret: str, now: datetime) -> Accepted:
    """Become staff by an invitation; its link may have come from whoever invites, and so shows no address to be one's.

    Raises `staff_invitation_unknown` and `staff_invitation_over`.
    """

    def write(at_hand: Store) -> Accepted:
        found = queries.invitation(at_hand, secret)
        actions.answer(at_hand, found, outcome="accepted", now=now)
        fresh = queries.by_email(at_hand, found.email) is None
        fresh = fresh and not addresses.known(at_hand, queries.digest(found.email))
        by = Actor("user", found.made_by)
        user_id = give(at_hand, found.programme_id, found.email, found.name, found.role, by, now)
        return Accepted(found, user_id, fresh)

    return store.committed(write)


def withdraw(*, programme_id: str, invitation_id: str, by: Actor, now: datetime) -> None:
    """Take an invitation back. Raises `staff_invitation_unknown` and `staff_invitation_over`."""

    def write(at_hand: Store) -> None:
        found = [one for one in queries.invitations(at_hand, programme_id) if one.id == invitation_id]
        if not found:
            raise queries.INVITATION_UNKNOWN()
        _end_invitation(at_hand, found[0], "withdrawn", by, now)

    store.committed(write)


def _end_invitation(at_hand: Store, one: InvitationRow, outcome: str, by: Actor, now: datetime) -> None:
    actions.answer(at_hand, one, outcome=outcome, now=now)
    audit.note(
        at_hand, programme_id=one.programme_id, actor=by, action="staff.uninvited",
        about=ids.show("staff_invitation", one.id), after={"state": outcome}, now=now,
    )  # fmt: skip


def appoint(*, programme_id: str, email: str, name: str, role: Role, by: Actor, now: datetime) -> str:
    """Make somebody staff at once, as the operator may; answers the user's id. Raises `staff_last_owner`."""
    return store.committed(lambda at_hand: give(at_hand, programme_id, email, name, role, by, now))


def change(
    *, programme_id: str, user_id: str, role: Role, by: Actor, reason: str, now: datetime, seen: Role | None = None
) -> None:
    """Give one of the staff another role; `seen` is the one that was looked at, None is any.

    Raises `staff_unknown`, `staff_changed` and `staff_last_owner`.
    """

    def write(at_hand: Store) -> None:
        before = queries.lock(at_hand, programme_id, user_id, seen)
        actions.appoint(
            at_hand, programme_id=programme_id, user_id=user_id, email=before.email, role=role, by=by.name, now=now
        )
        audit.note(
            at_hand, programme_id=programme_id, actor=by, action="staff.changed", about=ids.show("user", user_id),
            before={"role": before.role}, after={"role": role}, reason=reason, now=now,
        )  # fmt: skip

    store.committed(write)


def end(*, programme_id: str, user_id: str, by: Actor, reason: str, now: datetime, seen: Role | None = None) -> None:
    """Let one of the staff go; `seen` is the role that was looked at, None is any.

    Raises `staff_unknown`, `staff_changed` and `staff_last_owner`.
    """

    def write(at_hand: Store) -> None:
        before = queries.lock(at_hand, programme_id, user_id, seen)
        actions.end(at_hand, programme_id=programme_id, user_id=user_id, now=now)
        audit.note(
            at_hand, programme_id=programme_id, actor=by, action="staff.ended", about=ids.show("user", user_id),
            before={"role": before.role}, reason=reason, now=now,
        )  # fmt: skip

    store.committed(write)


def sign_out(*, user_id: str | None, by: Actor, reason: str, now: datetime) -> int:
    """End all sessions of a user, staff or member, or of everybody; answers how many there were.

    Whoever it is signs in anew. It stands in the book of the installation.
    """

    def write(at_hand: Store) -> int:
        ended = actions.sign_out(at_hand, user_id=user_id)
        audit.note(
            at_hand, programme_id=ids.NIL, actor=by, action="sessions.ended",
            about="everybody" if user_id is None else ids.show("user", user_id), after={"sessions": ended},
            reason=reason, now=now,
        )  # fmt: skip
        return ended

    return store.committed(write)


def note_sign_in(*, user_id: str, method: str, now: datetime) -> None:
    """Note that one of the staff has signed in and how, in the book of each programme they work for."""
    _note_everywhere(user_id, "signed_in", method, Actor("user", user_id), now)


def note_failure(*, user_id: str, what: Failure, method: str, now: datetime) -> None:
    """Note that somebody could not show to be one of the staff: by which method, and never what was shown.

    Who it was nobody knows, so the house says it; of those who are no staff nothing is noted.
    """
    _note_everywhere(user_id, what, method, Actor("house", "sign-in"), now)


def _note_everywhere(user_id: str, what: str, method: str, actor: Actor, now: datetime) -> None:
    places = queries.of_user(store.current(), user_id)

    def write(at_hand: Store) -> None:
        for one in places:
            audit.note(
                at_hand, programme_id=one.programme_id, actor=actor, action=f"staff.{what}",
                about=ids.show("user", user_id), after={"method": method}, now=now,
            )  # fmt: skip

    if places:
        store.committed(write)


def give(at_hand: Store, programme_id: str, email: str, name: str, role: Role, by: Actor, now: datetime) -> str:
    """Make somebody staff, in the transaction at hand; answers the user's id. Raises `staff_last_owner`."""
    queries.lock_owners(at_hand, programme_id)
    user_id = actions.make(at_hand, email=email, now=now, name=actions.checked(name))
    if not any(one.programme_id != programme_id for one in queries.of_user(at_hand, user_id)):
        actions.name(at_hand, user_id=user_id, name=name)  # nobody is renamed from elsewhere
    actions.appoint(at_hand, programme_id=programme_id, user_id=user_id, email=email, role=role, by=by.name, now=now)
    audit.note(
        at_hand, programme_id=programme_id, actor=by, action="staff.appointed", about=ids.show("user", user_id),
        after={"role": role}, now=now,
    )  # fmt: skip
    return user_id
