"""Every read by names: whose they are, without anybody reading them, and what members must be found by."""

from collections.abc import Iterable, Sequence

from guerdon.core import finding, limits
from guerdon.core.activities import IdentifierKind
from guerdon.core.errors import Refusal
from guerdon.core.members import IDENTIFIER_INVALID, Person
from guerdon.features.members import queries
from guerdon.features.members.queries import COLUMNS, COLUMNS_SQLITE, MemberRow
from guerdon.kit import digests
from guerdon.kit.store import Statement, Store

_KINDS: tuple[IdentifierKind, ...] = ("external_id", "card", "email", "phone")
# The rarest word leads, in the order of members, so that a page reads no more than it needs; then all others are asked.
_BY_WORDS = (
    "SELECT {columns} FROM members_word w JOIN members_member m ON m.id = w.member_id"
    " WHERE w.programme_id = :programme AND w.token = :token AND w.member_id > :after AND NOT EXISTS (SELECT 1"
    " FROM {others} WHERE NOT EXISTS (SELECT 1 FROM members_word x WHERE x.programme_id = :programme"
    " AND x.token = o.{token} AND x.member_id = w.member_id)) ORDER BY w.member_id LIMIT :most"
)
_FOUND = Statement(
    _BY_WORDS.format(columns=COLUMNS, others="unnest(:others::bigint[]) AS o(token)", token="token"),  # noqa: S106
    sqlite=_BY_WORDS.format(columns=COLUMNS_SQLITE, others="json_each(:others) AS o", token="value"),  # noqa: S106
)
_PERSONS = " FROM members_member m WHERE m.programme_id = :programme AND m.kind = 'person' AND m.merged_into IS NULL"
_NAMED = Statement(f"SELECT m.id {_PERSONS} AND m.id > :after ORDER BY m.id LIMIT :most")
_HOW_MANY = Statement(f"SELECT count(*) {_PERSONS}")


def tokens(programme_id: str, persons: Iterable[Person | None]) -> list[int]:
    """What somebody is found by who is, or stands for, these persons; those of two programmes never meet."""
    marks = sorted({mark for one in persons if one is not None for mark in finding.marks(one.name)})
    return _numbers(programme_id, marks) if marks else []


def _numbers(programme_id: str, marks: Sequence[str]) -> list[int]:
    return sorted(digests.numbers(f"names:{programme_id}", marks))


def search(store: Store, programme_id: str, text: str, *, after: str, most: int) -> list[MemberRow]:
    """The members whom a text finds, by id after `after`: by an identifier that it is, or by the words of the name.

    All words must be theirs; the last may be the beginning of one. Raises `search_too_short`.
    """
    ids = {id for kind in _KINDS if (id := _identified(store, programme_id, kind, text)) is not None}
    found = {row.id: row for id in ids if (row := queries.get(store, programme_id, id)).id > after}
    marks = finding.asked(text)
    if marks:
        token, *others = (digests.numbers(f"names:{programme_id}", [mark])[0] for mark in marks)
        asked = {"programme": programme_id, "token": token, "others": others, "after": after, "most": most}
        found |= {row.id: row for row in map(queries.of_cells, store.fetch(_FOUND, **asked))}
    elif not ids:
        raise finding.SEARCH_TOO_SHORT(letters_min=limits.FOUND_LETTERS_MIN)
    return [found[id] for id in sorted(found)][:most]


def _identified(store: Store, programme_id: str, kind: IdentifierKind, text: str) -> str | None:
    try:
        return queries.find(store, programme_id, kind, queries.stored(kind, text))
    except Refusal as refusal:
        if refusal.kind is IDENTIFIER_INVALID:  # the text is no identifier of this kind
            return None
        raise


def named(store: Store, programme_id: str, *, after: str, most: int) -> list[str]:
    """The members who may be found by a name, by id, a page at a time."""
    return [id for (id,) in store.fetch(_NAMED, programme=programme_id, after=after, most=most)]


def how_many(store: Store, programme_id: str) -> int:
    """How many `named` will answer one after the other."""
    return int(store.fetch(_HOW_MANY, programme=programme_id)[0][0])


def persons(store: Store, member_ids: list[str]) -> dict[str, list[Person]]:
    """Who each member is and stands for: the own person, and those of members merged into it."""
    followers = queries.followers_of(store, member_ids)
    every = [*member_ids, *(id for found in followers.values() for id in found)]
    known = queries.persons_of(store, every)
    return {id: [known[one] for one in (id, *followers.get(id, ())) if one in known] for id in member_ids}
