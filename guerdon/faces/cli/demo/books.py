"""The accounts of the demo's year of shopping: its months are closed, so that everything computed of them is there."""

import time
from datetime import datetime
from typing import Final

from guerdon.faces.cli import terminal
from guerdon.features.programmes.queries import Lawbook

MONTHS: Final = tuple([f"2017-{month:02}" for month in range(1, 13)])


def close(book: Lawbook, *, now: datetime) -> int:
    """Close the months of the year that are open, after a night; answers how many. Workers write them as files."""
    from guerdon.engine import closing, night
    from guerdon.features.closings import queries
    from guerdon.kit import store

    programme_id = book.programme.id
    known = {one.month for one in queries.borders(store.current(), programme_id)}
    left = [month for month in MONTHS if month not in known]
    if not left:
        return 0
    began = time.perf_counter()
    with terminal.progress("Closing the year (months)", total=len(left)) as advance:
        night.run(programme_id=programme_id, as_of=now)
        for month in left:
            closing.close(programme_id=programme_id, month=month, now=now, by="demo")
            closing.count(programme_id=programme_id, month=month, now=now)
            advance(1)
    terminal.note(f"Closed {terminal.counted(len(left), 'month')} in {terminal.duration(time.perf_counter() - began)}.")
    return len(left)
