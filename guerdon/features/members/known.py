"""Whether identifiers lead to somebody by now, without a lock on anybody."""

from collections.abc import Sequence
from typing import Final

from guerdon.core.activities import IdentifierKind
from guerdon.kit.store import Statement, Store

_ANY: Final = Statement(
    "SELECT 1 FROM unnest(:kinds::text[], :named::text[]) AS u(kind, value) CROSS JOIN LATERAL (SELECT 1"
    " FROM members_identifier WHERE programme_id = :programme AND kind = u.kind AND value = u.value LIMIT 1) i LIMIT 1",
    sqlite="SELECT 1 FROM json_each(:pairs) AS u CROSS JOIN members_identifier i ON i.programme_id = :programme"
    " AND i.kind = u.value->>0 AND i.value = u.value->>1 LIMIT 1",
)


def somebody(store: Store, programme_id: str, names: Sequence[tuple[IdentifierKind, str]]) -> bool:
    """Whether one of the identifiers (stored form; no ids) is anybody's."""
    kinds, named = [kind for kind, _ in names], [value for _, value in names]
    return bool(store.fetch(_ANY, programme=programme_id, kinds=kinds, named=named, pairs=list(names)))
