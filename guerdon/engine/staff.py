"""Staff are invited, appointed and let go, each in one transaction with its line in the book of who did what."""

from datetime import datetime

from guerdon.core.rights import Role
from guerdon.features.users import actions, queries
from guerdon.features.users.queries import InvitationRow
from guerdon.kit import audit, store
from guerdon.kit.audit import Actor
from guerdon.kit.store import Store


def invite(*, programme_id: str, email: str, name: str, role: Role, by: Actor, now: datetime) -> tuple[str, datetime]:
    """Invite somebody to become staff; answers the secret, shown this once, and until when it can be accepted."""

    def write(at_hand: Store) -> tuple[str, datetime]:
        id, secret, until = actions.invite(
            at_hand, programme_id=programme_id, email=email, name=name, role=role, by=by.name, now=now
        )
        about = f"staff invitation {id}"
        audit.note(
            at_hand, programme_id=programme_id, actor=by, action="staff.invited", about=about, after={"role": role},
            now=now,
        )  # fmt: skip
        return secret, until

    return store.committed(write)


def accept(*, secret: str, now: datetime) -> InvitationRow:
    """Become staff by an invitation: whoever has its secret has read the letter it was sent in.

    Raises `staff_invitation_unknown` and `staff_invitation_over`.
    """

    def write(at_hand: Store) -> InvitationRow:
        found = queries.invitation(at_hand, secret)
        actions.answer(at_hand, found, outcome="accepted", now=now)
        _give(at_hand, found.programme_id, found.email, found.name, found.role, Actor("user", found.made_by), now)
        return found

    return store.committed(write)


def withdraw(*, programme_id: str, invitation_id: str, by: Actor, now: datetime) -> None:
    """Take an invitation back. Raises `staff_invitation_unknown` and `staff_invitation_over`."""

    def write(at_hand: Store) -> None:
        found = [one for one in queries.invitations(at_hand, programme_id) if one.id == invitation_id]
        if not found:
            raise queries.INVITATION_UNKNOWN()
        actions.answer(at_hand, found[0], outcome="withdrawn", now=now)
        about = f"staff invitation {invitation_id}"
        audit.note(at_hand, programme_id=programme_id, actor=by, action="staff.uninvited", about=about, now=now)

    store.committed(write)


def appoint(*, programme_id: str, email: str, name: str, role: Role, by: Actor, now: datetime) -> str:
    """Make somebody staff at once, as the operator may; answers the user's id. Raises `staff_last_owner`."""
    return store.committed(lambda at_hand: _give(at_hand, programme_id, email, name, role, by, now))


def change(*, programme_id: str, user_id: str, role: Role, by: Actor, reason: str, now: datetime) -> None:
    """Give one of the staff another role. Raises `staff_unknown` and `staff_last_owner`."""

    def write(at_hand: Store) -> None:
        before = queries.one(at_hand, programme_id, user_id)
        actions.appoint(
            at_hand, programme_id=programme_id, user_id=user_id, email=before.email, role=role, by=by.name, now=now
        )
        audit.note(
            at_hand, programme_id=programme_id, actor=by, action="staff.changed", about=f"staff {user_id}",
            before={"role": before.role}, after={"role": role}, reason=reason, now=now,
        )  # fmt: skip

    store.committed(write)


def end(*, programme_id: str, user_id: str, by: Actor, reason: str, now: datetime) -> None:
    """Let one of the staff go. Raises `staff_unknown` and `staff_last_owner`."""

    def write(at_hand: Store) -> None:
        before = queries.one(at_hand, programme_id, user_id)
        actions.end(at_hand, programme_id=programme_id, user_id=user_id, now=now)
        audit.note(
            at_hand, programme_id=programme_id, actor=by, action="staff.ended", about=f"staff {user_id}",
            before={"role": before.role}, reason=reason, now=now,
        )  # fmt: skip

    store.committed(write)


def _give(at_hand: Store, programme_id: str, email: str, name: str, role: Role, by: Actor, now: datetime) -> str:
    user_id = actions.make(at_hand, email=email, now=now, name=actions.checked(name))
    actions.name(at_hand, user_id=user_id, name=name)
    actions.appoint(at_hand, programme_id=programme_id, user_id=user_id, email=email, role=role, by=by.name, now=now)
    audit.note(
        at_hand, programme_id=programme_id, actor=by, action="staff.appointed", about=f"staff {user_id}",
        after={"role": role}, now=now,
    )  # fmt: skip
    return user_id
