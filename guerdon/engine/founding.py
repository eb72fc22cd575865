"""Founding: a programme goes live with its owner, in one transaction."""

from datetime import datetime

import msgspec

from guerdon.core import errors, period
from guerdon.core.programme import Programme
from guerdon.engine import publish, staff
from guerdon.features.programmes import actions as programmes
from guerdon.features.programmes import queries
from guerdon.features.users import actions as users
from guerdon.kit import store
from guerdon.kit.audit import Actor
from guerdon.kit.store import Store

INSTALLATION_FOUNDED = errors.declare("clash", "installation_founded")
PROGRAMME_KEY_TAKEN = errors.declare("clash", "programme_key_taken", "key")


class Owner(msgspec.Struct, frozen=True):
    """Who will own the programme; `hashed` is what is kept of a password, None where that of the user stays."""

    name: str
    email: str
    hashed: str | None = None


def found(*, programme: Programme, source: str, owner: Owner, first: bool, now: datetime) -> str:
    """Put a new programme into force from the beginning of its local day, and appoint its owner; answers the user's id.

    `first` is for whoever came by the operator's link, which founds an installation once. Raises
    `installation_founded`, `programme_key_taken`, `identifier_invalid` and `staff_name_invalid`.
    """
    since = period.midnight(now.astimezone(programme.zone).date(), programme.zone)

    def write(at_hand: Store) -> str:
        programmes.lock_all(at_hand)
        check(at_hand, programme.key, first=first)
        user_id = users.make(at_hand, email=owner.email, now=now, name=users.checked(owner.name))
        row = programmes.found(at_hand, programme.key, now=now)
        by = Actor("user", user_id)
        publish.put_in_force(
            at_hand, row.id, programme, source, effective_at=since, now=now, by=owner.name, actor=by
        )  # fmt: skip
        staff.give(at_hand, row.id, owner.email, owner.name, "owner", by, now)
        if owner.hashed is not None:
            assert first, "whoever is known keeps the password"
            users.set_password(at_hand, user_id=user_id, hashed=owner.hashed)
        return user_id

    return store.committed(write)


def check(at_hand: Store, key: str, *, first: bool) -> None:
    """Whether a programme can be founded under the key. Raises `installation_founded` and `programme_key_taken`."""
    known = [one.key for one in queries.every(at_hand)]
    if first and known:
        raise INSTALLATION_FOUNDED()
    if key in known:
        raise PROGRAMME_KEY_TAKEN(key=key)
