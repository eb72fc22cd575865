"""What a source has told, by the names that it gave: names that begin with a day are found a day at a time."""

from collections.abc import Iterable

import msgspec

from guerdon.kit.store import Statement, Store

# Names of digits and small letters only sort alike in every collation.
_NAMED = Statement(
    "SELECT kind, external_id, account_id, activity_id FROM activities_key WHERE programme_id = :programme"
    " AND source = :source AND kind = :kind AND external_id >= :since AND external_id < :until"
    " ORDER BY external_id LIMIT :most"
)


class Named(msgspec.Struct, frozen=True):
    """A fact by the name that its source gave it."""

    kind: str
    name: str
    account_id: str
    activity_id: str


def named(
    store: Store, programme_id: str, *, source: str, kind: str, since: str, until: str, most: int
) -> tuple[Named, ...]:
    """The facts of a kind whose names lie in `[since, until)`, in the order of their names."""
    rows: Iterable[tuple[str, str, str, str]] = store.fetch(
        _NAMED, programme=programme_id, source=source, kind=kind, since=since, until=until, most=most
    )
    return tuple([Named(*row) for row in rows])
