"""Wall-clock times of a file become instants; what clocks going back and forward leave open is decided by a rule."""

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

from guerdon.faces.imports.faults import Wrong

Twice = Literal["refuse", "first", "second"]
Missing = Literal["refuse", "after"]


def resolve(local: datetime, zone: tzinfo, *, twice: Twice, missing: Missing) -> datetime:
    """The instant (UTC) of a naive local time.

    A time that occurs twice is the first, the second or refused; one that does not exist is the first instant that
    does (as for midnights, LAW 5.1) or refused. Either rule keeps local times that follow each other in order.
    """
    told = local.replace(tzinfo=zone)
    before, after = told.utcoffset(), told.replace(fold=1).utcoffset()
    assert before is not None and after is not None
    if before == after:
        return (local - before).replace(tzinfo=UTC)
    if before > after:
        if twice == "refuse":
            raise Wrong("time_ambiguous")
        return (local - (before if twice == "first" else after)).replace(tzinfo=UTC)
    if missing == "refuse":
        raise Wrong("time_missing")
    return _first_after(local - after, local - before, after, zone)


def _first_after(low: datetime, high: datetime, offset: timedelta, zone: tzinfo) -> datetime:
    """The instant at which the new offset begins, between two naive UTC times around it."""
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.replace(tzinfo=UTC).astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    if high.replace(microsecond=0, tzinfo=UTC).astimezone(zone).utcoffset() == offset:
        return high.replace(microsecond=0, tzinfo=UTC)
    return (high.replace(microsecond=0) + timedelta(seconds=1)).replace(tzinfo=UTC)
