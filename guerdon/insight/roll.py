"""Members at a glance: of many at once the tier, what they can spend, and when they were last seen."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from guerdon.core import period, segments
from guerdon.core.conditions import Scalar
from guerdon.core.law import Law
from guerdon.core.standing import EVER
from guerdon.features.ledger import queries as ledger
from guerdon.features.rulebook import queries as rulebook
from guerdon.features.tiers import queries as tiers
from guerdon.features.tiers.queries import Climbed
from guerdon.kit import clock
from guerdon.kit.store import Store


class Who(msgspec.Struct, frozen=True):
    """A member, the account that has the points, and what is told of the member."""

    id: str
    account_id: str
    attributes: Mapping[str, Scalar]


class Glance(msgspec.Struct, frozen=True):
    """A member at a glance: tiers by their keys, by unit what can be spent, the last activity of any kind."""

    tiers: frozenset[str]
    available: dict[str, int]
    last_seen: datetime | None


def glances(store: Store, law: Law, programme_id: str, rows: Sequence[Who], at: datetime) -> dict[str, Glance]:
    """The members by id; three statements for all of them, and one more for each whose points time has changed."""
    if not rows:
        return {}
    accounts = sorted({row.account_id for row in rows})
    has, _ = ledger.balances_of(store, programme_id, [row.id for row in rows], at)
    seen: dict[str, int] = {}
    for account, key, _, _, last_at in rulebook.counters_in(store, accounts, [EVER]):
        if key.startswith("count:"):
            seen[account] = max(last_at, seen.get(account, 0))
    ladders, today = law.programme.tiers, period.local_day(at, law.zone)
    climbed = tiers.climbed(store, accounts, first=today) if ladders else {}
    return {
        row.id: Glance(
            _tiers(law, row, climbed.get(row.account_id) or Climbed([], {}, []), at),
            {one.unit: one.available for one in has[row.id][0]} if row.id in has else {},
            clock.instant(seen[row.account_id]) if row.account_id in seen else None,
        )
        for row in rows
    }


def _tiers(law: Law, row: Who, climbed: Climbed, at: datetime) -> frozenset[str]:
    levels = {ladder: steps[-1].level for ladder, steps in climbed.history().items()}
    grants = tuple(one.grant for one in climbed.grants)
    return segments.tiers_of(law.programme.tiers, row.attributes, levels, grants, at)
