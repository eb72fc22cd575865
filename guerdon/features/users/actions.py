"""Every write to users, staff and invitations."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from guerdon.core import errors, limits
from guerdon.core.rights import Role
from guerdon.features.users import queries
from guerdon.features.users.queries import InvitationRow
from guerdon.kit import clock, digests, ids, resealing, secrets
from guerdon.kit.store import Statement, Store, Table

STAFF_LAST_OWNER = errors.declare("clash", "staff_last_owner")
STAFF_NAME_INVALID = errors.declare("invalid", "staff_name_invalid", "chars_max")

INVITATIONS: Final = Table(
    "users_invitation",
    {
        "id": "uuid", "programme_id": "uuid", "email": "text", "name": "text", "role": "text", "digest": "text",
        "made_at": "bigint", "made_by": "text", "expires_at": "bigint", "ended_at": "bigint", "outcome": "text",
    },
)  # fmt: skip
_MAKE: Final = Statement(
    "INSERT INTO users_user (id, digest, password, name, is_active, made_at)"
    " VALUES (:id, :digest, '!', :name, TRUE, :now) ON CONFLICT (digest) DO UPDATE SET made_at = excluded.made_at"
    " WHERE users_user.last_login IS NULL"  # whoever asks for a code once more is not forgotten before it is typed
)
_NAME: Final = Statement("UPDATE users_user SET name = :name WHERE id = :id")
_APPOINT: Final = Statement(
    "INSERT INTO users_staff (programme_id, user_id, email, role, since, given_by)"
    " VALUES (:programme, :user, :email, :role, :now, :by) ON CONFLICT (programme_id, user_id) DO UPDATE"
    " SET email = excluded.email, role = excluded.role, since = excluded.since, given_by = excluded.given_by,"
    " ended_at = NULL"
)
_END: Final = Statement(
    "UPDATE users_staff SET ended_at = :now WHERE programme_id = :programme AND user_id = :user AND ended_at IS NULL"
)
_ANSWER: Final = Statement(
    "UPDATE users_invitation SET ended_at = :now, outcome = :outcome WHERE id = :id AND programme_id = :programme"
    " AND ended_at IS NULL AND expires_at > :now RETURNING id"
)
_NO_STAFF: Final = Statement(
    "SELECT u.id FROM users_user u WHERE u.digest = :digest"
    " AND NOT EXISTS (SELECT 1 FROM users_staff s WHERE s.user_id = u.id)"
)
# In a session stands the address that was shown; what else belongs to a user are the tables of who lets people in.
FORGOTTEN: Final = ("usersessions_usersession", "mfa_authenticator", "account_emailaddress")
_FORGET: Final = (
    Statement(
        "DELETE FROM django_session WHERE session_key IN"
        " (SELECT s.session_key FROM usersessions_usersession s WHERE s.user_id = :user)"
    ),
    *(Statement(f"DELETE FROM {table} WHERE user_id = :user") for table in FORGOTTEN),  # noqa: S608 - our own
    Statement("DELETE FROM users_user WHERE id = :user"),
)
_OVER: Final = tuple(
    Statement(f"DELETE FROM {table} WHERE session_key = :key")  # noqa: S608 - our own
    for table in ("usersessions_usersession", "django_session")
)
_SIGN_OUT: Final = Statement(
    "DELETE FROM django_session WHERE session_key IN"
    " (SELECT s.session_key FROM usersessions_usersession s WHERE s.user_id = :user) RETURNING 1"
)
_FORGET_PLACES: Final = Statement("DELETE FROM usersessions_usersession WHERE user_id = :user")
_SIGN_ALL_OUT: Final = Statement("DELETE FROM django_session RETURNING 1")
_FORGET_ALL_PLACES: Final = Statement("DELETE FROM usersessions_usersession")
_NO_SESSION: Final = Statement(
    "DELETE FROM usersessions_usersession WHERE id IN (SELECT u.id FROM usersessions_usersession u"
    " WHERE NOT EXISTS (SELECT 1 FROM django_session s WHERE s.session_key = u.session_key) ORDER BY u.id LIMIT :most)"
    " RETURNING id"
)
_UNUSED: Final = (
    "SELECT u.id FROM users_user u WHERE u.last_login IS NULL AND u.made_at < :before"
    " AND NOT EXISTS (SELECT 1 FROM users_staff s WHERE s.user_id = u.id) ORDER BY u.made_at LIMIT :most"
)
_STRANGERS: Final = Statement(f"{_UNUSED} FOR UPDATE OF u SKIP LOCKED", sqlite=_UNUSED)
_UNANSWERED: Final = Statement(
    "DELETE FROM users_invitation WHERE id IN (SELECT id FROM users_invitation WHERE programme_id = :programme"
    " AND (outcome IS NULL OR outcome <> 'accepted') AND coalesce(ended_at, expires_at) < :before ORDER BY id"
    " LIMIT :most) RETURNING id"
)
_PASSWORD: Final = Statement("UPDATE users_user SET password = :hashed WHERE id = :id")


def _sealed_anew(told: str) -> str | None:
    """What is kept of a second factor, with its secret sealed anew; None where nothing of it was sealed before."""
    kept: dict[str, Any] = msgspec.json.decode(told)
    fresh = {name: secrets.recovered(queries.SECOND_FACTOR, kept[name]) for name in _FACTOR_SECRETS if name in kept}
    changed = {name: cell for name, cell in fresh.items() if cell is not None}
    return msgspec.json.encode(kept | changed).decode() if changed else None


_FACTOR_SECRETS: Final = ("secret", "seed")  # of an app's codes, of recovery codes; a passkey has none
SEALED: Final = resealing.Column("mfa_authenticator", ("id",), "data", json=True, fresh=_sealed_anew)


def make(store: Store, *, email: str, now: datetime, name: str = "") -> str:
    """The user who signs in with this address, made where there was none yet; answers the id."""
    digest = queries.digest(email)
    store.fetch(_MAKE, id=ids.new(), digest=digest, name=name, now=clock.micros(now))
    found = queries.by_email(store, email)
    assert found is not None, "a user that was made is there"
    return found


def name(store: Store, *, user_id: str, name: str) -> None:
    """How a user is called beside what they do. Raises `staff_name_invalid`."""
    store.fetch(_NAME, id=user_id, name=checked(name))


def checked(name: str) -> str:
    """A name that can be shown. Raises `staff_name_invalid`."""
    bare = name.strip()
    if not bare or not bare.isprintable() or len(bare) > limits.NAME_CHARS_MAX:
        raise STAFF_NAME_INVALID(chars_max=limits.NAME_CHARS_MAX)
    return bare


def appoint(store: Store, *, programme_id: str, user_id: str, email: str, role: Role, by: str, now: datetime) -> None:
    """Give a user a role in a programme; who has one already gets this one instead. Raises `staff_last_owner`.

    To be called with the owners locked.
    """
    if role != "owner":
        _keep_an_owner(store, programme_id, user_id)
    given = {"programme": programme_id, "user": user_id, "email": email, "role": role, "by": by}
    store.fetch(_APPOINT, now=clock.micros(now), **given)


def end(store: Store, *, programme_id: str, user_id: str, now: datetime) -> None:
    """Take a user's role; from the next page on nothing opens any more. Raises `staff_last_owner`.

    To be called with the owners locked.
    """
    _keep_an_owner(store, programme_id, user_id)
    store.fetch(_END, programme=programme_id, user=user_id, now=clock.micros(now))


def _keep_an_owner(store: Store, programme_id: str, user_id: str) -> None:
    if queries.owners(store, programme_id) == {user_id}:
        raise STAFF_LAST_OWNER()


def invite(
    store: Store, *, programme_id: str, email: str, name: str, role: Role, by: str, now: datetime
) -> tuple[str, str, datetime]:
    """Invite somebody; answers the id, the secret, which is shown this once, and until when it can be accepted."""
    queries.digest(email)  # refuses what is no address
    id, secret, until = ids.new(), secrets.seed(), now + timedelta(hours=limits.INVITATION_HOURS)
    times = (clock.micros(now), by, clock.micros(until), None, None)
    cells = (id, programme_id, email.strip(), checked(name), role, digests.digest("invitation", secret), *times)
    store.write([(INVITATIONS, [cells])])
    return id, secret, until


def answer(store: Store, invitation: InvitationRow, *, outcome: str, now: datetime) -> None:
    """Accept or withdraw an invitation, once. Raises `staff_invitation_over`."""
    invitation.check(now)
    given = {"id": invitation.id, "programme": invitation.programme_id, "outcome": outcome}
    if not store.fetch(_ANSWER, now=clock.micros(now), **given):
        raise queries.INVITATION_OVER(outcome="answered")


def set_password(store: Store, *, user_id: str, hashed: str) -> None:
    """Keep what is kept of a password."""
    store.fetch(_PASSWORD, id=user_id, hashed=hashed)


def forget(store: Store, *, digest: str) -> None:
    """Drop the user who signs in with this address (digest), with passkeys and sessions; in the transaction at hand.

    Who is or was staff stays: the book of who did what names them, and their colleagues see who it was.
    """
    _drop(store, [user for (user,) in store.fetch(_NO_STAFF, digest=digest)])


def sign_out(store: Store, *, user_id: str | None) -> int:
    """End all sessions of a user, or of everybody; answers how many there were."""
    if user_id is None:
        ended = store.fetch(_SIGN_ALL_OUT)
        store.fetch(_FORGET_ALL_PLACES)
    else:
        ended = store.fetch(_SIGN_OUT, user=user_id)
        store.fetch(_FORGET_PLACES, user=user_id)
    return len(ended)


def tidy(store: Store, *, now: datetime, most: int) -> int:
    """Forget users who never signed in since they were last sent a code, the oldest first; answers how many.

    Anybody can type any address. Members keep all that is theirs: who signs in later becomes a user anew.
    """
    unused = [user for (user,) in store.fetch(_STRANGERS, before=_unused_before(now), most=most)]
    _drop(store, unused)
    return len(unused)


def tidy_invitations(store: Store, programme_id: str, *, now: datetime, most: int) -> int:
    """Forget invitations of the programme, with name and address, that are long over and nobody took; how many."""
    return len(store.fetch(_UNANSWERED, programme=programme_id, before=_unused_before(now), most=most))


def tidy_sessions(store: Store, *, now: datetime, most: int) -> int:
    """Forget sessions that are over, and where they were; answers how many.

    A session that ended before its time, or went on under another name, left only where it was.
    """
    from django.contrib.sessions.models import Session  # a model: it can't be read before Django is set up

    over = list(Session.objects.filter(expire_date__lt=now).order_by("expire_date").values_list("pk", flat=True)[:most])
    for key in over:
        for statement in _OVER:
            store.fetch(statement, key=key)
    return len(over) + len(store.fetch(_NO_SESSION, most=most))


def _unused_before(now: datetime) -> int:
    return clock.micros(now - timedelta(days=limits.USERS_UNUSED_DAYS))


def _drop(store: Store, users: Iterable[str]) -> None:
    for user in users:
        for statement in _FORGET:
            store.fetch(statement, user=user)
