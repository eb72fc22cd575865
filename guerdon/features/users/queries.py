"""Every read of users, staff and invitations."""

from datetime import datetime
from typing import Any, Final

import msgspec

from guerdon.core import errors, rights
from guerdon.core.rights import Role
from guerdon.features.members import queries as members
from guerdon.kit import clock
from guerdon.kit import digests as keyed
from guerdon.kit.store import Statement, Store

STAFF_UNKNOWN = errors.declare("unknown", "staff_unknown", "user")
STAFF_CHANGED = errors.declare("clash", "staff_changed", "role")
INVITATION_UNKNOWN = errors.declare("unknown", "staff_invitation_unknown")
INVITATION_OVER = errors.declare("spent", "staff_invitation_over", "outcome")

_STAFF: Final = (
    "SELECT s.programme_id, s.user_id, u.name, s.email, s.role, s.since, s.given_by, s.ended_at FROM users_staff s"
    " JOIN users_user u ON u.id = s.user_id"
)
_OF_USER: Final = Statement(f"{_STAFF} WHERE s.user_id = :user AND s.ended_at IS NULL ORDER BY s.since")
_OF_PROGRAMME: Final = Statement(f"{_STAFF} WHERE s.programme_id = :programme ORDER BY s.ended_at IS NOT NULL, s.since")
_ONE: Final = Statement(f"{_STAFF} WHERE s.programme_id = :programme AND s.user_id = :user")
_LOCK: Final = Statement(f"{_ONE.text} FOR NO KEY UPDATE OF s", sqlite=_ONE.text)
_OWNERS: Final = (
    "SELECT s.user_id FROM users_staff s WHERE s.programme_id = :programme AND s.role = 'owner' AND s.ended_at IS NULL"
)
_OWNERS_NOW: Final = Statement(_OWNERS)
_LOCK_OWNERS: Final = Statement(f"{_OWNERS} ORDER BY s.user_id FOR NO KEY UPDATE", sqlite=_OWNERS)
_BY_DIGEST: Final = Statement("SELECT id FROM users_user WHERE digest = :digest")
_ANY: Final = Statement("SELECT 1 FROM users_user LIMIT 1")
_DIGESTS: Final = Statement(
    "SELECT s.user_id, u.digest FROM users_staff s JOIN users_user u ON u.id = s.user_id"
    " WHERE s.programme_id = :programme"
)
_INVITED: Final = "SELECT id, programme_id, email, name, role, made_at, made_by, expires_at, ended_at, outcome"
_INVITATION: Final = Statement(f"{_INVITED} FROM users_invitation WHERE digest = :digest")
_INVITATIONS: Final = Statement(
    f"{_INVITED} FROM users_invitation WHERE programme_id = :programme AND ended_at IS NULL ORDER BY id"
)

SECOND_FACTOR: Final = "second factor"  # what the secrets of second factors are sealed for


class StaffRow(msgspec.Struct, frozen=True):
    """One of the staff of a programme."""

    programme_id: str
    user_id: str
    name: str
    email: str
    role: Role
    since: datetime
    given_by: str
    ended_at: datetime | None


class InvitationRow(msgspec.Struct, frozen=True):
    """An invitation, without its secret."""

    id: str
    programme_id: str
    email: str
    name: str
    role: Role
    made_at: datetime
    made_by: str
    expires_at: datetime
    ended_at: datetime | None
    outcome: str | None

    def check(self, now: datetime) -> None:
        """Raises `staff_invitation_over` where it can't be accepted any more."""
        if self.ended_at is not None or now >= self.expires_at:
            raise INVITATION_OVER(outcome=self.outcome or "expired")


def digest(email: str) -> str:
    """What a user is found by: the same as a member of any programme who has this address."""
    return members.stored("email", email)


def any_there(store: Store) -> bool:
    """Whether anybody signs in here, or was sent a code."""
    return bool(store.fetch(_ANY))


def by_email(store: Store, email: str) -> str | None:
    """The id of the user who signs in with this address; None where there is none."""
    rows = store.fetch(_BY_DIGEST, digest=digest(email))
    return str(rows[0][0]) if rows else None


def of_user(store: Store, user_id: str) -> list[StaffRow]:
    """Where a user is staff today."""
    return [_staff(row) for row in store.fetch(_OF_USER, user=user_id)]


def of_programme(store: Store, programme_id: str) -> list[StaffRow]:
    """The staff of a programme; those who were it before come last."""
    return [_staff(row) for row in store.fetch(_OF_PROGRAMME, programme=programme_id)]


def digests(store: Store, programme_id: str) -> dict[str, str]:
    """What each who is or was staff of a programme is found by, by user."""
    return dict(store.fetch(_DIGESTS, programme=programme_id))


def one(store: Store, programme_id: str, user_id: str) -> StaffRow:
    """Somebody who is or was staff of a programme. Raises `staff_unknown`."""
    return _found(store.fetch(_ONE, programme=programme_id, user=user_id), user_id)


def owners(store: Store, programme_id: str) -> set[str]:
    """The users who own a programme today."""
    return {str(user) for (user,) in store.fetch(_OWNERS_NOW, programme=programme_id)}


def lock_owners(store: Store, programme_id: str) -> None:
    """Let nobody take their role from the owners until the transaction ends.

    Comes before any other of the staff is locked, and in one order: so two owners who let each other go wait for one
    another in turn, and two who leave at once do not leave nobody.
    """
    store.fetch(_LOCK_OWNERS, programme=programme_id)


def lock(store: Store, programme_id: str, user_id: str, seen: Role | None = None) -> StaffRow:
    """The same, whom nobody else changes until the transaction ends, after the owners. Raises `staff_unknown`, and
    `staff_changed` where the role that was `seen` is theirs no more."""
    lock_owners(store, programme_id)
    found = _found(store.fetch(_LOCK, programme=programme_id, user=user_id), user_id)
    if seen is not None and (found.role != seen or found.ended_at is not None):
        raise STAFF_CHANGED(role="none" if found.ended_at else found.role)
    return found


def invitation(store: Store, secret: str) -> InvitationRow:
    """The invitation with this secret. Raises `staff_invitation_unknown`."""
    rows = store.fetch(_INVITATION, digest=keyed.digest("invitation", secret))
    if not rows:
        raise INVITATION_UNKNOWN()
    return _invited(rows[0])


def invitations(store: Store, programme_id: str) -> list[InvitationRow]:
    """The invitations that nobody has answered yet."""
    return [_invited(row) for row in store.fetch(_INVITATIONS, programme=programme_id)]


def open_to(store: Store, programme_id: str, email: str, now: datetime) -> list[InvitationRow]:
    """Those to an address that can be accepted. Raises `identifier_invalid`."""
    wanted = digest(email)
    found = invitations(store, programme_id)
    return [one for one in found if one.expires_at > now and digest(one.email) == wanted]


def _found(rows: list[tuple[Any, ...]], user_id: str) -> StaffRow:
    if not rows:
        raise STAFF_UNKNOWN(user=user_id)
    return _staff(rows[0])


def _staff(row: tuple[Any, ...]) -> StaffRow:
    programme_id, user_id, name, email, role, since, given_by, ended_at = row
    begun, ended = clock.instant(since), clock.instant(ended_at)
    return StaffRow(programme_id, user_id, name, email, rights.role(role), begun, given_by, ended)


def _invited(row: tuple[Any, ...]) -> InvitationRow:
    id, programme_id, email, name, role, made_at, made_by, expires_at, ended_at, outcome = row
    made, expires, ended = clock.instant(made_at), clock.instant(expires_at), clock.instant(ended_at)
    return InvitationRow(id, programme_id, email, name, rights.role(role), made, made_by, expires, ended, outcome)
