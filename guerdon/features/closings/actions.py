"""Every write to closed months: closing one, and keeping its figures; each in the transaction at hand."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.core.closing import Closing, Sums
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store, Table

CLOSINGS = Table(
    "closings_closing",
    {
        "programme_id": "uuid", "month": "text", "start": "bigint", "until": "bigint", "seq": "bigint",
        "closed_at": "bigint", "closed_by": "text",
    },
)  # fmt: skip
# The same months at the same time always come to the same figures, so whoever is first may keep them.
_KEEP = Statement(
    "INSERT INTO closings_figures (programme_id, month, counted_at, sums)"
    " VALUES (:programme, :month, :now, :sums) ON CONFLICT (programme_id, month) DO NOTHING"
)


def close(store: Store, programme_id: str, closing: Closing, *, now: datetime, by: str) -> None:
    """Draw the border of a month; a rival that drew it first makes the database refuse this one."""
    start, until, at = map(clock.micros, (closing.start, closing.until, now))
    store.write([(CLOSINGS, [(programme_id, closing.month, start, until, closing.seq, at, by)])])


def keep(store: Store, programme_id: str, month: str, sums: Sequence[Sums], *, now: datetime) -> None:
    """Keep what a closed month did, once."""
    text = msgspec.json.encode(sums).decode()
    store.fetch(_KEEP, programme=programme_id, month=month, now=clock.micros(now), sums=text)
