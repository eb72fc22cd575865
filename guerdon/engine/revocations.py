"""Rotating codes are revoked: those of one member stop at once, and everybody else's go on."""

from datetime import datetime

from guerdon.engine.once import once
from guerdon.features.activities.actions import Idempotency
from guerdon.features.members import actions as members
from guerdon.features.members import queries, revocations
from guerdon.features.members.revocations import Revocation
from guerdon.kit import store
from guerdon.kit.store import Store


def revoke(
    *, programme_id: str, member_id: str, actor: str, now: datetime, idempotency: Idempotency | None = None
) -> tuple[Revocation, bool]:
    """End the codes of a member, and those of whoever was merged into it; answers whether the key did so before.

    Raises `member_unknown` and `idempotency_conflict`.
    """

    def write(at_hand: Store) -> str:
        member = queries.lock_self(at_hand, programme_id, member_id)
        return members.revoke_codes(at_hand, member, actor=actor, now=now)

    id, known = once(programme_id=programme_id, idempotency=idempotency, now=now, write=write)
    return revocations.one(store.current(), programme_id, id), known
