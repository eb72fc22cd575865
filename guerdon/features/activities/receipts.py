"""Receipts by the number that stands on them: it is known which one, and not whose it is or which till told of it."""

from typing import Final

from guerdon.core import till_names
from guerdon.features.activities import queries
from guerdon.features.activities.queries import Recorded
from guerdon.kit.store import Statement, Store

# From one source to the next in the directory, and in each to the number: as many steps as there are sources, and
# none of them longer for a longer history.
_CALLED: Final = Statement(
    "WITH RECURSIVE s(source) AS ("
    " SELECT (SELECT min(source) FROM activities_key WHERE programme_id = :programme) UNION ALL"
    " SELECT (SELECT min(k.source) FROM activities_key k WHERE k.programme_id = :programme AND k.source > s.source)"
    " FROM s WHERE s.source IS NOT NULL)"
    " SELECT k.account_id, k.activity_id FROM s CROSS JOIN LATERAL (SELECT account_id, activity_id FROM activities_key"
    "  WHERE programme_id = :programme AND source = s.source AND kind = :kind AND external_id >= :name"
    "  AND external_id <= :last LIMIT :most) k"
    " ORDER BY k.activity_id DESC LIMIT :most",
    sqlite="WITH RECURSIVE s(source) AS ("
    " SELECT (SELECT min(source) FROM activities_key WHERE programme_id = :programme) UNION ALL"
    " SELECT (SELECT min(k.source) FROM activities_key k WHERE k.programme_id = :programme AND k.source > s.source)"
    " FROM s WHERE s.source IS NOT NULL)"
    " SELECT k.account_id, k.activity_id FROM s CROSS JOIN activities_key k ON k.programme_id = :programme"
    " AND k.source = s.source AND k.kind = :kind AND k.external_id >= :name AND k.external_id <= :last"
    " ORDER BY k.activity_id DESC LIMIT :most",
)


def called(store: Store, programme_id: str, name: str, *, kind: str, most: int) -> list[Recorded]:
    """The facts of a kind that any source calls so, whoever's they are, the latest first: the receipts of a number.

    The number that stands on a till's receipt is where the names of its acts begin.
    """
    last = f"{name}~" if till_names.is_number(name) else name
    names = store.fetch(_CALLED, programme=programme_id, name=name, last=last, kind=kind, most=most)
    found = queries.recorded(store, [(account, id) for account, id in names])
    return [found[id] for _, id in names]
