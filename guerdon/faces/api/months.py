"""The accounting months that answers name: read once for a whole answer, and only where something may be late."""

from datetime import datetime, timedelta
from typing import Final

from guerdon.core import closing, period
from guerdon.core.closing import Closing, Place
from guerdon.features.closings import queries as closings
from guerdon.features.programmes import queries as programmes
from guerdon.kit.store import Store

# So long may a fact have waited for its turn; a month is closed when it is over, so what is younger can't be late.
_SLACK: Final = timedelta(hours=1)


class Months:
    """The months of one programme, for one answer."""

    def __init__(self, store: Store, programme_id: str) -> None:
        self._store = store
        self._programme_id = programme_id
        self._closings: list[Closing] | None = None

    def place(self, *, seq: int, effective_at: datetime, posted_at: datetime) -> Place:
        """To which month something of the journal belongs, and whether it came too late for its own."""
        zone = programmes.lawbook(self._store, self._programme_id).current(posted_at).zone
        own = closing.named(period.local_day(effective_at, zone))
        if self._closings is None:
            if own == closing.named(period.local_day(posted_at + _SLACK, zone)):
                return Place(own, late=False)
            self._closings = closings.borders(self._store, self._programme_id)
        return closing.place(seq=seq, effective_at=effective_at, closings=self._closings, zone=zone)
