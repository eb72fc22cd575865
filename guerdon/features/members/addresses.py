"""Every read of addresses as the directory has them: digests, which nobody can read and anybody can be found by."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, allow_fanout

_OF = Statement(
    "SELECT value FROM members_identifier WHERE member_id = ANY(:ids::uuid[]) AND kind = 'email' ORDER BY value",
    sqlite="SELECT value FROM members_identifier"
    " WHERE member_id IN (SELECT value FROM json_each(:ids)) AND kind = 'email' ORDER BY value",
)
_BEHIND = Statement(
    "SELECT value, member_id FROM members_identifier WHERE programme_id = :programme AND kind = 'email'"
    " AND value = ANY(:digests::text[])",
    sqlite="SELECT value, member_id FROM members_identifier WHERE programme_id = :programme AND kind = 'email'"
    " AND value IN (SELECT value FROM json_each(:digests))",
)
# By programme, because the directory is in that order.
_KNOWN = Statement(
    "SELECT 1 FROM programmes_programme p JOIN members_identifier i ON i.programme_id = p.id AND i.kind = 'email'"
    " AND i.value = :digest LIMIT 1"
)
# Not those of the enrolment, nor of who was merged into the member, nor those up to which the wait was lifted.
_RENEWED = Statement(
    "SELECT i.member_id, max(i.created_at) FROM members_identifier i JOIN members_member m ON m.id = i.member_id"
    " WHERE i.member_id = ANY(:ids::uuid[]) AND i.kind IN ('email', 'phone') AND i.came_from IS NULL"
    " AND i.created_at > m.enrolled_at"
    " AND NOT EXISTS (SELECT 1 FROM members_lift l WHERE l.account_id = i.member_id AND l.at >= i.created_at)"
    " GROUP BY i.member_id",
    sqlite="SELECT i.member_id, max(i.created_at) FROM members_identifier i JOIN members_member m ON m.id = i.member_id"
    " WHERE i.member_id IN (SELECT value FROM json_each(:ids)) AND i.kind IN ('email', 'phone')"
    " AND i.came_from IS NULL AND i.created_at > m.enrolled_at"
    " AND NOT EXISTS (SELECT 1 FROM members_lift l WHERE l.account_id = i.member_id AND l.at >= i.created_at)"
    " GROUP BY i.member_id",
)


_LIFT = allow_fanout(
    "the one lift that an Idempotency-Key was used for",
    Statement("SELECT account_id, id, at FROM members_lift WHERE programme_id = :programme AND id = :id"),
)


class Lift(msgspec.Struct, frozen=True):
    """From the instant on a member need not wait for the e-mails and phones that it had by then."""

    account_id: str
    id: str
    at: datetime


def of(store: Store, member_ids: Sequence[str]) -> list[str]:
    """The e-mails of members, as digests."""
    return [digest for (digest,) in store.fetch(_OF, ids=list(member_ids))]


def behind(store: Store, programme_id: str, digests: Sequence[str]) -> dict[str, str]:
    """Whose each e-mail (digest) is in a programme, by member; those that are nobody's are left out."""
    return dict(store.fetch(_BEHIND, programme=programme_id, digests=list(digests))) if digests else {}


def known(store: Store, digest: str) -> bool:
    """Whether any programme has a member with this e-mail."""
    return bool(store.fetch(_KNOWN, digest=digest))


def lift(store: Store, programme_id: str, id: str) -> Lift:
    """One lift of the programme that is known to be there."""
    account_id, id, at = store.fetch(_LIFT, programme=programme_id, id=id)[0]
    return Lift(account_id, id, clock.instant(at))


def renewed(store: Store, member_ids: Sequence[str]) -> dict[str, datetime]:
    """Since when those of the members have an e-mail or phone who got a new one after they were enrolled.

    Those are left out for which nobody need wait any more.
    """
    rows = store.fetch(_RENEWED, ids=list(member_ids)) if member_ids else []
    return {str(id): clock.instant(at) for id, at in rows}
