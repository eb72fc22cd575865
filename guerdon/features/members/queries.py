"""Every read of members: by any identifier, in lists, with their personal data."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from guerdon.core import members
from guerdon.core.activities import IdentifierKind
from guerdon.core.conditions import Scalar
from guerdon.core.households import Role
from guerdon.core.members import Person
from guerdon.kit import clock, digests, secrets
from guerdon.kit.store import Statement, Store, allow_fanout, overtaken

Kind = Literal["person", "household"]

COLUMNS = (
    "m.id, m.programme_id, m.enrolled_at, m.status, m.birthday_month, m.attributes::text, m.segments::text, m.etag,"
    " m.merged_into, m.kind, m.household_id, m.role"
)
COLUMNS_SQLITE = COLUMNS.replace("::text", "")
# A member who was merged leads to the one who stayed, in one step (LAW 6.3); a person of a household, to its account.
_STAYS = " JOIN members_member m ON m.id = coalesce(n.merged_into, n.id)"
_KEEPS = (
    " JOIN members_member s ON s.id = coalesce(n.merged_into, n.id)"
    " JOIN members_member m ON m.id = coalesce(s.household_id, s.id)"
)
_LOCK_BY_IDENTIFIER = Statement(
    f"SELECT i.kind, i.value, i.member_id, {COLUMNS}"  # noqa: S608 - our own constant
    " FROM unnest(:kinds::text[], :named::text[]) AS u(kind, value)"
    # LATERAL … LIMIT keeps the plan, made once, on the index however small the table was when it was made.
    " CROSS JOIN LATERAL (SELECT kind, value, member_id FROM members_identifier WHERE programme_id = :programme"
    "  AND kind = u.kind AND value = u.value LIMIT 1) i"
    " JOIN members_member s ON s.id = i.member_id JOIN members_member m ON m.id = coalesce(s.household_id, s.id)"
    " ORDER BY m.id FOR NO KEY UPDATE OF m",
    sqlite=f"SELECT i.kind, i.value, i.member_id, {COLUMNS_SQLITE} FROM json_each(:pairs) AS u"  # noqa: S608
    " CROSS JOIN members_identifier i ON i.programme_id = :programme AND i.kind = u.value->>0 AND i.value = u.value->>1"
    " JOIN members_member s ON s.id = i.member_id JOIN members_member m ON m.id = coalesce(s.household_id, s.id)",
)
_LOCK_BY_ID = Statement(
    f"SELECT 'id', n.id, s.id, {COLUMNS} FROM members_member n{_KEEPS}"  # noqa: S608
    " WHERE n.id = ANY(:ids::uuid[]) AND n.programme_id = :programme ORDER BY m.id FOR NO KEY UPDATE OF m",
    sqlite=f"SELECT 'id', n.id, s.id, {COLUMNS_SQLITE} FROM members_member n{_KEEPS}"  # noqa: S608
    " WHERE n.id IN (SELECT value FROM json_each(:ids)) AND n.programme_id = :programme",
)
_LOCK_BY_EITHER = Statement(
    f"SELECT u.kind, u.value, s.id, {COLUMNS} FROM ("  # noqa: S608
    " SELECT i.kind, i.value, i.member_id FROM unnest(:kinds::text[], :named::text[]) AS n(kind, value)"
    " JOIN members_identifier i ON i.programme_id = :programme AND i.kind = n.kind AND i.value = n.value"
    " UNION ALL SELECT 'id', replace(x::text, '-', ''), x FROM unnest(:ids::uuid[]) AS x) AS u"
    f" JOIN members_member n ON n.id = u.member_id AND n.programme_id = :programme{_KEEPS}"
    " ORDER BY m.id FOR NO KEY UPDATE OF m"
)
_FIND = Statement(
    "SELECT member_id FROM members_identifier WHERE programme_id = :programme AND kind = :kind AND value = :value"
)
# Whoever has a gift card is nobody's member: only the code leads there.
_GET = Statement(
    f"SELECT {COLUMNS} FROM members_member n{_STAYS} WHERE n.id = :id AND n.programme_id = :programme"  # noqa: S608
    " AND n.kind <> 'card'",
    sqlite=f"SELECT {COLUMNS_SQLITE} FROM members_member n{_STAYS}"  # noqa: S608
    " WHERE n.id = :id AND n.programme_id = :programme AND n.kind <> 'card'",
)


def _list(columns: str, kind: Kind) -> str:
    """The kind stands in the text, so that the index of households is found."""
    return (
        f"SELECT {columns} FROM members_member m WHERE m.programme_id = :programme AND m.id > :after"  # noqa: S608
        f" AND m.merged_into IS NULL AND m.kind = '{kind}' ORDER BY m.id LIMIT :most"
    )


_LISTS: dict[Kind, Statement] = {
    "person": Statement(_list(COLUMNS, "person"), sqlite=_list(COLUMNS_SQLITE, "person")),
    "household": Statement(_list(COLUMNS, "household"), sqlite=_list(COLUMNS_SQLITE, "household")),
}
_IDENTIFIERS_OF = Statement(
    "SELECT member_id, kind, value FROM members_identifier WHERE member_id = ANY(:ids::uuid[])"
    " ORDER BY kind, created_at, value",
    sqlite="SELECT member_id, kind, value FROM members_identifier"
    " WHERE member_id IN (SELECT value FROM json_each(:ids)) ORDER BY kind, created_at, value",
)
_WITH_EMAIL = Statement(
    "SELECT DISTINCT member_id FROM members_identifier WHERE member_id = ANY(:ids::uuid[]) AND kind = 'email'",
    sqlite="SELECT DISTINCT member_id FROM members_identifier"
    " WHERE member_id IN (SELECT value FROM json_each(:ids)) AND kind = 'email'",
)
_VAULTS = Statement(
    "SELECT account_id, wrapped_key, sealed FROM members_vault WHERE account_id = ANY(:ids::uuid[])",
    sqlite="SELECT account_id, wrapped_key, sealed FROM members_vault"
    " WHERE account_id IN (SELECT value FROM json_each(:ids))",
)
_SEALED = allow_fanout(
    "whether anything is sealed at all, asked when the secret is not there",
    Statement(
        "SELECT 1 FROM members_vault"
        " UNION ALL SELECT 1 FROM members_identifier WHERE kind IN ('email', 'phone') LIMIT 1"
    ),
)
_OWNER = Statement(
    "SELECT member_id, came_from FROM members_identifier"
    " WHERE programme_id = :programme AND kind = :kind AND value = :value"
)
_LOCK_EACH = Statement(
    f"SELECT {COLUMNS} FROM members_member m"  # noqa: S608 - our own
    " WHERE m.id = ANY(:ids::uuid[]) AND m.programme_id = :programme ORDER BY m.id FOR NO KEY UPDATE",
    sqlite=f"SELECT {COLUMNS_SQLITE} FROM members_member m"  # noqa: S608
    " WHERE m.id IN (SELECT value FROM json_each(:ids)) AND m.programme_id = :programme ORDER BY m.id",
)
_EACH = Statement(
    f"SELECT {COLUMNS} FROM members_member m WHERE m.id = ANY(:ids::uuid[]) AND m.programme_id = :programme",  # noqa: S608
    sqlite=f"SELECT {COLUMNS_SQLITE} FROM members_member m"  # noqa: S608
    " WHERE m.id IN (SELECT value FROM json_each(:ids)) AND m.programme_id = :programme",
)
_LEADS = Statement(
    "SELECT n.id, s.id, coalesce(s.household_id, s.id) FROM members_member n"
    " JOIN members_member s ON s.id = coalesce(n.merged_into, n.id) WHERE n.id = ANY(:ids::uuid[])",
    sqlite="SELECT n.id, s.id, coalesce(s.household_id, s.id) FROM members_member n"
    " JOIN members_member s ON s.id = coalesce(n.merged_into, n.id) WHERE n.id IN (SELECT value FROM json_each(:ids))",
)
_FOLLOWERS = Statement(
    "SELECT merged_into, id FROM members_member WHERE merged_into = ANY(:ids::uuid[]) ORDER BY id",
    sqlite="SELECT merged_into, id FROM members_member WHERE merged_into IN (SELECT value FROM json_each(:ids))"
    " ORDER BY id",
)
_MERGE = (
    "SELECT account_id, id, programme_id, into_account, activity_id, seq, merged_at, memory, answer, undoing"
    " FROM members_merge"
)
_MERGE_OF = Statement(f"{_MERGE} WHERE account_id = :account AND undone_at IS NULL")
_MERGE_BY_ID = allow_fanout(
    "the one merge that an Idempotency-Key was used for",
    Statement(f"{_MERGE} WHERE programme_id = :programme AND id = :id"),
)
_MERGES_OF = allow_fanout(
    "the merges of a member are also those of whoever was merged into it, and out of it again",
    Statement(
        f"{_MERGE} WHERE account_id = ANY(:ids::uuid[]) OR into_account = ANY(:ids::uuid[])",
        sqlite=f"{_MERGE} WHERE account_id IN (SELECT value FROM json_each(:ids))"  # noqa: S608 - our own
        " OR into_account IN (SELECT value FROM json_each(:ids))",
    ),
)
_COUNT = Statement("SELECT count(*) FROM members_member WHERE programme_id = :programme AND kind <> 'card'")


class MemberRow(msgspec.Struct, frozen=True):
    """A member without personal data."""

    id: str
    programme_id: str
    enrolled_at: datetime
    status: str
    birthday_month: int | None
    attributes: dict[str, Scalar]
    segments: list[str]
    etag: int
    merged_into: str | None = None
    kind: str = "person"
    household_id: str | None = None
    role: Role | None = None
    person_id: str | None = None  # who it is, where `id` is that of the household whose account it is

    @property
    def account_id(self) -> str:
        """The account that has the member's points."""
        return self.household_id or self.id


class Lead(msgspec.Struct, frozen=True):
    """Who stands for a member now, and which account has the points."""

    id: str
    account_id: str


class MergeRow(msgspec.Struct, frozen=True):
    """A merge of the account's member into another; `memory` is for its undoing, `undoing` what that answered."""

    account_id: str
    id: str
    programme_id: str
    into_account: str
    activity_id: str
    seq: int
    merged_at: datetime
    memory: str
    answer: str
    undoing: str | None = None


_attributes = msgspec.json.Decoder(dict[str, Scalar]).decode
_segments = msgspec.json.Decoder(list[str]).decode


def stored(kind: IdentifierKind, value: str) -> str:
    """An identifier as the directory keeps it: canonical, and a keyed digest where it is private."""
    text = members.canonical(kind, value)
    return digests.digest(f"identifier:{kind}", text) if kind in members.PRIVATE_KINDS else text


def lock(
    store: Store, programme_id: str, names: Iterable[tuple[IdentifierKind, str]]
) -> dict[tuple[IdentifierKind, str], MemberRow]:
    """Lock the accounts of the members behind the identifiers (stored form), in key order; unknown ones are left out.

    The id of a member who was merged finds the one who stayed. Who belongs to a household is found as a person of its
    account: `id` is the household's, `person_id` the own one, and all else is the person's.
    """
    by_id = sorted({value for kind, value in names if kind == "id"})
    others = sorted({(kind, value) for kind, value in names if kind != "id"})
    rows: list[tuple[Any, ...]] = []
    if others:
        kinds, named = [kind for kind, _ in others], [value for _, value in others]
        given: dict[str, object] = {"kinds": kinds, "named": named, "pairs": others}
        if store.postgresql and by_id:  # two statements would lock in two orders
            rows, by_id = store.fetch(_LOCK_BY_EITHER, programme=programme_id, ids=by_id, **given), []
        else:
            rows = store.fetch(_LOCK_BY_IDENTIFIER, programme=programme_id, **given)
    if by_id:
        rows = [*rows, *store.fetch(_LOCK_BY_ID, programme=programme_id, ids=by_id)]
    found = {(kind, value): of_cells(cells) for kind, value, _, *cells in rows}
    stands = {(kind, value): who for kind, value, who, *_ in rows}
    return _settled(store, programme_id, found, stands)


def _settled(
    store: Store,
    programme_id: str,
    found: dict[tuple[IdentifierKind, str], MemberRow],
    stands: dict[tuple[IdentifierKind, str], str],
) -> dict[tuple[IdentifierKind, str], MemberRow]:
    """The members as they were found; was one merged or parted, or did one join or leave, while a lock was waited for,
    look again. `stands` is who stands for each name."""
    if any(row.merged_into is not None or row.household_id is not None for row in found.values()):
        raise overtaken("a member was merged or joined a household meanwhile")
    led = {value: stands[kind, value] for (kind, value) in found if kind == "id" and value != stands[kind, value]}
    if led:
        followers = followers_of(store, sorted(set(led.values())))
        if any(value not in followers.get(stays, ()) for value, stays in led.items()):
            raise overtaken("a merge was undone meanwhile")
    shared = sorted({who for name, who in stands.items() if who != found[name].id})
    if shared:
        persons = {row.id: row for row in map(of_cells, store.fetch(_EACH, programme=programme_id, ids=shared))}
        if any(persons[who].household_id != found[name].id for name, who in stands.items() if who in persons):
            raise overtaken("somebody left a household meanwhile")
        found = {name: _of_person(row, persons.get(stands[name])) for name, row in found.items()}
    return found


def _of_person(account: MemberRow, person: MemberRow | None) -> MemberRow:
    """A person with the account of the household."""
    if person is None:
        return account
    status = account.status if person.status == "active" else person.status
    return msgspec.structs.replace(person, id=account.id, person_id=person.id, status=status, household_id=None)


def find(store: Store, programme_id: str, kind: IdentifierKind, value: str) -> str | None:
    """The id of the member behind an identifier in its stored form."""
    rows = store.fetch(_FIND, programme=programme_id, kind=kind, value=value)
    return rows[0][0] if rows else None


def owner(store: Store, programme_id: str, kind: IdentifierKind, value: str) -> str:
    """Whose an identifier (stored form) was before any merge: the id of that member. Raises `member_unknown`."""
    if kind == "id":
        return value
    rows = store.fetch(_OWNER, programme=programme_id, kind=kind, value=value)
    if not rows:
        raise members.MEMBER_UNKNOWN(kind=kind)
    member_id, came_from = rows[0]
    return str(came_from or member_id)


def lock_each(store: Store, programme_id: str, ids: Iterable[str]) -> dict[str, MemberRow]:
    """Lock the very members of the ids in key order, also those who were merged; unknown ones are left out."""
    rows = store.fetch(_LOCK_EACH, programme=programme_id, ids=sorted(set(ids)))
    return {row.id: row for row in map(of_cells, rows)}


def leads(store: Store, member_ids: Sequence[str]) -> dict[str, Lead]:
    """Where members lead to: who stayed where they were merged, and the household's account where they share one."""
    return {id: Lead(stands, account) for id, stands, account in store.fetch(_LEADS, ids=list(member_ids))}


def lock_self(store: Store, programme_id: str, member_id: str) -> MemberRow:
    """Lock the row of one member, for a merged one whoever stayed; also of who shares the account of a household.

    Raises `member_unknown`.
    """
    found = get(store, programme_id, member_id)
    row = lock_each(store, programme_id, [found.id])[found.id]
    if row.merged_into is not None:
        raise overtaken("a member was merged meanwhile")
    return row


def followers_of(store: Store, member_ids: Sequence[str]) -> dict[str, list[str]]:
    """The members who were merged into each, directly or by way of others."""
    found: dict[str, list[str]] = {}
    for member_id, follower in store.fetch(_FOLLOWERS, ids=list(member_ids)):
        found.setdefault(member_id, []).append(follower)
    return found


def merge_of(store: Store, member_id: str) -> MergeRow | None:
    """The merge by which a member leads to another one; None for who stands for itself."""
    rows = store.fetch(_MERGE_OF, account=member_id)
    return _merge(rows[0]) if rows else None


def merge_by_id(store: Store, programme_id: str, id: str) -> MergeRow:
    """One merge of the programme that is known to be there."""
    return _merge(store.fetch(_MERGE_BY_ID, programme=programme_id, id=id)[0])


def merges_of(store: Store, member_ids: Sequence[str]) -> list[MergeRow]:
    """All merges of the members, with others or others with them, undone ones too."""
    return [_merge(cells) for cells in store.fetch(_MERGES_OF, ids=list(member_ids))]


def _merge(cells: Sequence[Any]) -> MergeRow:
    account, id, programme_id, into, activity, seq, at, memory, answer, undoing = cells
    return MergeRow(account, id, programme_id, into, activity, seq, clock.instant(at), memory, answer, undoing)


def get(store: Store, programme_id: str, member_id: str) -> MemberRow:
    """One member of the programme, for a merged one whoever stayed. Raises `member_unknown`."""
    rows = store.fetch(_GET, programme=programme_id, id=member_id)
    if not rows:
        raise members.MEMBER_UNKNOWN(kind="id")
    return of_cells(rows[0])


def self_of(store: Store, programme_id: str, member_id: str) -> MemberRow | None:
    """The very member of the id, also one that was merged; None where there is none."""
    rows = store.fetch(_EACH, programme=programme_id, ids=[member_id])
    return of_cells(rows[0]) if rows else None


def page(store: Store, programme_id: str, *, after: str, most: int, kind: Kind = "person") -> list[MemberRow]:
    """The members of a programme by id, a page at a time; or its households that are open."""
    rows = store.fetch(_LISTS[kind], programme=programme_id, after=after, most=most)
    return [of_cells(cells) for cells in rows]


def identifiers(store: Store, member_id: str) -> dict[str, list[str]]:
    """The readable identifiers of a member by kind (e-mail and phone stand in the vault)."""
    return identifiers_of(store, [member_id]).get(member_id, {})


def identifiers_of(store: Store, member_ids: list[str]) -> dict[str, dict[str, list[str]]]:
    """The readable identifiers of members, by member and kind, in one statement."""
    found: dict[str, dict[str, list[str]]] = {}
    for member_id, kind, value in store.fetch(_IDENTIFIERS_OF, ids=member_ids):
        if kind not in members.PRIVATE_KINDS:
            found.setdefault(member_id, {}).setdefault(kind, []).append(value)
    return found


def person(store: Store, member_id: str) -> Person | None:
    """The personal data of a member; None where there is none."""
    return persons_of(store, [member_id]).get(member_id)


def persons_of(store: Store, member_ids: list[str]) -> dict[str, Person]:
    """The personal data of members who have any, in one statement."""
    return {
        member_id: msgspec.json.decode(secrets.unseal(wrapped, sealed), type=Person)
        for member_id, wrapped, sealed in store.fetch(_VAULTS, ids=member_ids)
    }


def with_email(store: Store, member_ids: Sequence[str]) -> set[str]:
    """Those of the members who have an e-mail, in one statement that opens no vault."""
    return {member_id for (member_id,) in store.fetch(_WITH_EMAIL, ids=list(member_ids))}


def any_sealed(store: Store) -> bool:
    """Whether there are personal data, which only the installation's secret opens and finds."""
    return bool(store.fetch(_SEALED))


def count(store: Store, programme_id: str) -> int:
    """How many members the programme has (for the summary of an import, not for requests)."""
    return int(store.fetch(_COUNT, programme=programme_id)[0][0])


def of_cells(cells: Sequence[Any]) -> MemberRow:
    """A member of the cells of `COLUMNS`."""
    id, programme_id, enrolled_at, status, month, attributes, segments, etag, merged_into, kind, household, role = cells
    assert isinstance(enrolled_at, int) and isinstance(attributes, str) and isinstance(segments, str)
    assert month is None or isinstance(month, int)
    return MemberRow(
        id, programme_id, clock.instant(enrolled_at), status, month, _attributes(attributes), _segments(segments), etag,
        merged_into, kind, household, role,
    )  # fmt: skip
