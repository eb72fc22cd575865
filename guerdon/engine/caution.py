"""Whoever got a new e-mail or phone a while ago gives nothing away: so are accounts emptied that were taken over.

Looked at without a lock of its own: who gives points away before the address changes needs no new address.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from guerdon.core import members as law
from guerdon.core.programme import Programme
from guerdon.core.standing import Standing
from guerdon.engine.batch import Batch
from guerdon.features.members import addresses
from guerdon.kit.store import Store


class Caution:
    """Until when the members of a batch must wait; one statement, and none where the programme lets nobody wait."""

    def __init__(self, batch: Batch) -> None:
        self._programme = batch.lawbook.at(batch.now).programme
        rows = batch.gathered.members.values()
        everybody = sorted({row.person_id or row.id for row in rows})
        self._until = waits(batch.store, self._programme, everybody, batch.now)

    def giving(self, standing: Standing) -> None:
        """Points go to somebody else. Raises `address_new`."""
        refuse(self._until, standing.who)

    def spending(self, standing: Standing, points: dict[str, int]) -> None:
        """Points are spent, by unit; a little of each may be. Raises `address_new`."""
        free = self._programme.address_wait_free
        if any(code in free and spent > free[code] for code, spent in points.items()):
            refuse(self._until, standing.who)


def waits(store: Store, programme: Programme, member_ids: Iterable[str], now: datetime) -> dict[str, datetime]:
    """Until when each of the members must wait who must."""
    if not programme.address_wait_hours:
        return {}
    pause = timedelta(hours=programme.address_wait_hours)
    found = addresses.renewed(store, list(member_ids))
    return {id: since + pause for id, since in found.items() if now < since + pause}


def refuse(until: dict[str, datetime], member_id: str) -> None:
    """Refuse what such a member may not do yet. Raises `address_new`."""
    if member_id in until:
        raise law.ADDRESS_NEW(until=until[member_id].isoformat(timespec="seconds"))
