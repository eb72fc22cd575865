"""What a member's rotating codes are made with, and how often that was made another by revoking them."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.kit import clock, digests
from guerdon.kit.store import Statement, Store, allow_fanout

_TIMES = Statement(
    "SELECT account_id, max(number) FROM members_revocation WHERE account_id = ANY(:ids::uuid[]) GROUP BY account_id",
    sqlite="SELECT account_id, max(number) FROM members_revocation"
    " WHERE account_id IN (SELECT value FROM json_each(:ids)) GROUP BY account_id",
)
_ONE = allow_fanout(
    "the one revocation that an Idempotency-Key was used for",
    Statement("SELECT account_id, id, number, at FROM members_revocation WHERE programme_id = :programme AND id = :id"),
)


class Revocation(msgspec.Struct, frozen=True):
    """The `number`-th time that the rotating codes of a member were revoked."""

    account_id: str
    id: str
    number: int
    at: datetime


def times(store: Store, member_ids: Sequence[str]) -> dict[str, int]:
    """How often the codes of the members were revoked; who is left out never."""
    return {id: int(number) for id, number in store.fetch(_TIMES, ids=list(member_ids))}


def one(store: Store, programme_id: str, id: str) -> Revocation:
    """One revocation of the programme that is known to be there."""
    account_id, id, number, at = store.fetch(_ONE, programme=programme_id, id=id)[0]
    return Revocation(account_id, id, number, clock.instant(at))


def secret(store: Store, member_id: str) -> bytes:
    """The secret of a member's codes as of now: derived, so that a phone that has it needs no network."""
    number = times(store, [member_id]).get(member_id, 0)
    return bytes.fromhex(digests.digest("rotating", f"{member_id}:{number}" if number else member_id))
