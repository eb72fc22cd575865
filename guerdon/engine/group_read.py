"""Concurrent reads of balances share one statement."""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from guerdon.core import members
from guerdon.core.errors import Refusal
from guerdon.engine.group import Group
from guerdon.features.ledger import queries as ledger
from guerdon.features.ledger.queries import Amounts
from guerdon.kit import store


class Balances(msgspec.Struct, frozen=True):
    """What a member has in each unit at an instant, and how many versions the programme has."""

    as_of: datetime
    amounts: list[Amounts]
    household_id: str | None  # whose they are, where the member shares them
    versions: int


class GroupRead(Group[str, Balances | Refusal]):
    """The queue in front of `balances_of`."""

    def __init__(self, now: Callable[[str], datetime]) -> None:
        super().__init__(
            "read", lambda programme_id, member_ids: read_each(programme_id, member_ids, now(programme_id))
        )


def read_each(programme_id: str, member_ids: Sequence[str], now: datetime) -> Sequence[Balances | Exception]:
    """The balances of members by id; `member_unknown` for an id that is nobody's. A broken database breaks all."""
    try:
        found, versions = ledger.balances_of(store.current(), programme_id, member_ids, now)
    except Exception as error:
        return [error] * len(member_ids)
    return [
        Balances(now, *found[member_id], versions) if member_id in found else members.MEMBER_UNKNOWN(kind="id")
        for member_id in member_ids
    ]
