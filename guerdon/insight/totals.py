"""What there is in each programme now, counted in a few quick statements over one snapshot; nothing is proved by it."""

from typing import Final

import msgspec

from guerdon.features.programmes import queries as programmes
from guerdon.kit import snapshot
from guerdon.kit.store import Statement, allow_fanout

_MEMBERS: Final = Statement(
    "SELECT programme_id, count(*) FROM members_member WHERE kind <> 'card' GROUP BY programme_id"
)
# Every entry of the journal has its natural key, and the directory is many times narrower.
_FACTS: Final = Statement("SELECT programme_id, count(*) FROM activities_key GROUP BY programme_id")
_POSTED: Final = (
    "SELECT programme_id, unit, count(*), sum(CASE WHEN kind = 'earn' THEN amount ELSE 0 END)::bigint"
    " FROM ledger_posting GROUP BY programme_id, unit ORDER BY programme_id, unit"
)
_POSTINGS: Final = allow_fanout(
    "the totals of every programme, for a person who looks at them",
    Statement(_POSTED, sqlite=_POSTED.replace("::bigint", "")),
)


class Totals(msgspec.Struct, frozen=True):
    """One programme: how many versions, members, facts and postings; issued points by unit, in its smallest step."""

    key: str
    versions: int
    members: int
    facts: int
    postings: int
    issued: dict[str, int]


def count() -> list[Totals]:
    """Every programme, in the order of keys."""
    with snapshot.taken() as view:
        rows = programmes.every(view)
        versions = {row.id: len(programmes.all_versions(view, row.id)) for row in rows}
        members = {id: int(number) for id, number in view.fetch(_MEMBERS)}
        facts = {id: int(number) for id, number in view.fetch(_FACTS)}
        posted = [(id, unit, int(number), int(issued)) for id, unit, number, issued in view.fetch(_POSTINGS)]
    return [
        Totals(
            key=row.key,
            versions=versions[row.id],
            members=members.get(row.id, 0),
            facts=facts.get(row.id, 0),
            postings=sum(number for id, _, number, _ in posted if id == row.id),
            issued={unit: issued for id, unit, _, issued in posted if id == row.id and issued},
        )
        for row in rows
    ]
