"""Every read of members: by any identifier, in lists, with their personal data."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from guerdon.core import members
from guerdon.core.activities import IdentifierKind
from guerdon.core.conditions import Scalar
from guerdon.core.members import Person
from guerdon.kit import clock, secrets
from guerdon.kit.store import Statement, Store, allow_fanout

_COLUMNS = (
    "m.id, m.programme_id, m.enrolled_at, m.status, m.birthday_month, m.attributes::text, m.segments::text, m.etag"
)
_COLUMNS_SQLITE = _COLUMNS.replace("::text", "")
_LOCK_BY_IDENTIFIER = Statement(
    f"SELECT i.kind, i.value, {_COLUMNS}"  # noqa: S608 - our own constant
    " FROM unnest(:kinds::text[], :named::text[]) AS u(kind, value)"
    # LATERAL … LIMIT keeps the plan, made once, on the index however small the table was when it was made.
    " CROSS JOIN LATERAL (SELECT kind, value, member_id FROM members_identifier WHERE programme_id = :programme"
    "  AND kind = u.kind AND value = u.value LIMIT 1) i"
    " JOIN members_member m ON m.id = i.member_id ORDER BY m.id FOR NO KEY UPDATE OF m",
    sqlite=f"SELECT i.kind, i.value, {_COLUMNS_SQLITE} FROM json_each(:pairs) AS u"  # noqa: S608
    " CROSS JOIN members_identifier i ON i.programme_id = :programme AND i.kind = u.value->>0 AND i.value = u.value->>1"
    " JOIN members_member m ON m.id = i.member_id",
)
_LOCK_BY_ID = Statement(
    f"SELECT 'id', m.id, {_COLUMNS} FROM members_member m"  # noqa: S608
    " WHERE m.id = ANY(:ids::uuid[]) AND m.programme_id = :programme ORDER BY m.id FOR NO KEY UPDATE",
    sqlite=f"SELECT 'id', m.id, {_COLUMNS_SQLITE} FROM members_member m"  # noqa: S608
    " WHERE m.id IN (SELECT value FROM json_each(:ids)) AND m.programme_id = :programme",
)
_LOCK_BY_EITHER = Statement(
    f"SELECT u.kind, u.value, {_COLUMNS} FROM ("  # noqa: S608
    " SELECT i.kind, i.value, i.member_id FROM unnest(:kinds::text[], :named::text[]) AS n(kind, value)"
    " JOIN members_identifier i ON i.programme_id = :programme AND i.kind = n.kind AND i.value = n.value"
    " UNION ALL SELECT 'id', replace(x::text, '-', ''), x FROM unnest(:ids::uuid[]) AS x) AS u"
    " JOIN members_member m ON m.id = u.member_id AND m.programme_id = :programme"
    " ORDER BY m.id FOR NO KEY UPDATE OF m"
)
_FIND = Statement(
    "SELECT member_id FROM members_identifier WHERE programme_id = :programme AND kind = :kind AND value = :value"
)
_GET = Statement(
    f"SELECT {_COLUMNS} FROM members_member m WHERE m.id = :id AND m.programme_id = :programme",  # noqa: S608
    sqlite=f"SELECT {_COLUMNS_SQLITE} FROM members_member m WHERE m.id = :id AND m.programme_id = :programme",  # noqa: S608
)
_LIST = Statement(
    f"SELECT {_COLUMNS} FROM members_member m"  # noqa: S608
    " WHERE m.programme_id = :programme AND m.id > :after ORDER BY m.id LIMIT :most",
    sqlite=f"SELECT {_COLUMNS_SQLITE} FROM members_member m"  # noqa: S608
    " WHERE m.programme_id = :programme AND m.id > :after ORDER BY m.id LIMIT :most",
)
_IDENTIFIERS_OF = Statement(
    "SELECT member_id, kind, value FROM members_identifier WHERE member_id = ANY(:ids::uuid[])"
    " ORDER BY kind, created_at, value",
    sqlite="SELECT member_id, kind, value FROM members_identifier"
    " WHERE member_id IN (SELECT value FROM json_each(:ids)) ORDER BY kind, created_at, value",
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
_COUNT = Statement("SELECT count(*) FROM members_member WHERE programme_id = :programme")


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


_attributes = msgspec.json.Decoder(dict[str, Scalar]).decode
_segments = msgspec.json.Decoder(list[str]).decode


def stored(kind: IdentifierKind, value: str) -> str:
    """An identifier as the directory keeps it: canonical, and a keyed digest where it is private."""
    text = members.canonical(kind, value)
    return secrets.digest(f"identifier:{kind}", text) if kind in members.PRIVATE_KINDS else text


def lock(
    store: Store, programme_id: str, names: Iterable[tuple[IdentifierKind, str]]
) -> dict[tuple[IdentifierKind, str], MemberRow]:
    """Lock the members behind the identifiers (stored form), in key order, and read them; unknown ones are left out."""
    by_id = sorted({value for kind, value in names if kind == "id"})
    others = sorted({(kind, value) for kind, value in names if kind != "id"})
    found: dict[tuple[IdentifierKind, str], MemberRow] = {}
    if others:
        kinds, named = [kind for kind, _ in others], [value for _, value in others]
        given: dict[str, object] = {"kinds": kinds, "named": named, "pairs": others}
        if store.postgresql and by_id:  # two statements would lock in two orders
            for kind, value, *cells in store.fetch(_LOCK_BY_EITHER, programme=programme_id, ids=by_id, **given):
                found[kind, value] = _row(cells)
            return found
        for kind, value, *cells in store.fetch(_LOCK_BY_IDENTIFIER, programme=programme_id, **given):
            found[kind, value] = _row(cells)
    for row in _lock_by_id(store, programme_id, by_id) if by_id else ():
        found["id", row.id] = row
    return found


def _lock_by_id(store: Store, programme_id: str, ids: list[str]) -> list[MemberRow]:
    return [_row(cells) for _, _, *cells in store.fetch(_LOCK_BY_ID, programme=programme_id, ids=ids)]


def find(store: Store, programme_id: str, kind: IdentifierKind, value: str) -> str | None:
    """The id of the member behind an identifier in its stored form."""
    rows = store.fetch(_FIND, programme=programme_id, kind=kind, value=value)
    return rows[0][0] if rows else None


def get(store: Store, programme_id: str, member_id: str) -> MemberRow:
    """One member of the programme. Raises `member_unknown`."""
    rows = store.fetch(_GET, programme=programme_id, id=member_id)
    if not rows:
        raise members.MEMBER_UNKNOWN(kind="id")
    return _row(rows[0])


def page(store: Store, programme_id: str, *, after: str, most: int) -> list[MemberRow]:
    """The members of a programme by id, a page at a time."""
    return [_row(cells) for cells in store.fetch(_LIST, programme=programme_id, after=after, most=most)]


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


def any_sealed(store: Store) -> bool:
    """Whether there are personal data, which only the installation's secret opens and finds."""
    return bool(store.fetch(_SEALED))


def count(store: Store, programme_id: str) -> int:
    """How many members the programme has (for the summary of an import, not for requests)."""
    return int(store.fetch(_COUNT, programme=programme_id)[0][0])


def _row(cells: Sequence[object]) -> MemberRow:
    id, programme_id, enrolled_at, status, month, attributes, segments, etag = cells
    assert isinstance(enrolled_at, int) and isinstance(attributes, str) and isinstance(segments, str)
    assert isinstance(id, str) and isinstance(programme_id, str) and isinstance(status, str)
    assert month is None or isinstance(month, int)
    assert isinstance(etag, int)
    return MemberRow(
        id, programme_id, clock.instant(enrolled_at), status, month, _attributes(attributes), _segments(segments), etag
    )
