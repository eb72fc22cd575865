"""What the books say of ladders: every step of everybody, the nights that looked at them, whose ladders they were."""

from bisect import bisect_right
from collections.abc import Mapping
from typing import Final

import numpy as np

from guerdon.insight.simulate import reading
from guerdon.insight.simulate.history import Climbs, Events, Granted, Whole
from guerdon.insight.simulate.tables import CAUSES, NEVER
from guerdon.kit.snapshot import Snapshot

_OTHER: Final = len(CAUSES)  # of a cause that a replay does not know


class Stairs:
    """What is read of one programme, as of the moment of the snapshot."""

    def __init__(self, view: Snapshot, programme_id: str) -> None:
        self._view = view
        self._programme_id = programme_id
        self._versions = list(view.stream(reading.VERSIONS, programme=programme_id))

    def grants(self) -> dict[str, Granted]:
        """The tiers given by hand, by the entries of the journal; one that ended early ended then."""
        return {
            id: Granted(ladder, level, since, until if ended is None else min(until, ended))
            for id, ladder, level, since, until, ended in self._view.stream(
                reading.GRANTS, programme=self._programme_id
            )
        }  # fmt: skip

    def in_force(self, at: int, posted: int) -> int:
        """The version in force at an instant, as far as it was published when something was written down."""
        known = [number for number, since, published in self._versions if since <= at and published <= posted]
        return known[-1] if known else 0

    def nights(self, events: Events) -> Whole:
        """The nights in their order; one that began when nothing was sure came after all that had been written down."""
        order = np.argsort(events.posted, kind="stable")
        posted, seqs = events.posted[order].tolist(), np.maximum.accumulate(events.seq[order]).tolist()
        found = []
        for as_of, began in self._view.stream(reading.NIGHTS, programme=self._programme_id):
            place = bisect_right(posted, as_of)
            found.append((as_of, began or (seqs[place - 1] + 1 if place else 0)))
        return np.array(found, dtype=np.int64).reshape(-1, 2)

    def climbs(self, places: Mapping[str, int]) -> Climbs:
        """Every step that is booked."""
        ladders, levels, rows = dict[str, int](), dict[str, int](), []
        causes = {cause: place for place, cause in enumerate(CAUSES)}
        for account, ladder, level, since, cause, review_at, grace_until in self._view.stream(
            reading.STEPS, programme=self._programme_id
        ):
            if account not in places:
                continue
            rows.append((
                places[account], ladders.setdefault(ladder, len(ladders)),
                -1 if level is None else levels.setdefault(level, len(levels)), since, causes.get(cause, _OTHER),
                NEVER if review_at is None else review_at, NEVER if grace_until is None else grace_until,
            ))  # fmt: skip
        return Climbs(np.array(rows, dtype=np.int64).reshape(-1, 7), tuple(ladders), tuple(levels))
