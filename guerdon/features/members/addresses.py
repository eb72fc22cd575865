"""Every read of addresses as the directory has them: digests, which nobody can read and anybody can be found by."""

from collections.abc import Sequence

from guerdon.kit.store import Statement, Store

_OF = Statement(
    "SELECT value FROM members_identifier WHERE member_id = ANY(:ids::uuid[]) AND kind = 'email' ORDER BY value",
    sqlite="SELECT value FROM members_identifier"
    " WHERE member_id IN (SELECT value FROM json_each(:ids)) AND kind = 'email' ORDER BY value",
)
# By programme, because the directory is in that order.
_KNOWN = Statement(
    "SELECT 1 FROM programmes_programme p JOIN members_identifier i ON i.programme_id = p.id AND i.kind = 'email'"
    " AND i.value = :digest LIMIT 1"
)


def of(store: Store, member_ids: Sequence[str]) -> list[str]:
    """The e-mails of members, as digests."""
    return [digest for (digest,) in store.fetch(_OF, ids=list(member_ids))]


def known(store: Store, digest: str) -> bool:
    """Whether any programme has a member with this e-mail."""
    return bool(store.fetch(_KNOWN, digest=digest))
