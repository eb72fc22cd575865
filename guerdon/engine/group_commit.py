"""Concurrent activities share one transaction; everybody is answered only after the commit is durable."""

from collections.abc import Callable, Sequence
from datetime import datetime

from guerdon.core.errors import Refusal
from guerdon.engine import earn
from guerdon.engine.batch import Told
from guerdon.engine.desk import Result
from guerdon.engine.group import Group
from guerdon.kit import store

Record = Callable[..., list[Result]]


class GroupCommit(Group[Told, Result]):
    """The queue in front of `record_many`."""

    def __init__(self, now: Callable[[str], datetime], record: Record = earn.record_many) -> None:
        super().__init__(
            "write",
            lambda programme_id, told: record_each(
                programme_id=programme_id, told=told, now=now(programme_id), record=record
            ),
        )


def record_each(
    *,
    programme_id: str,
    told: Sequence[Told],
    now: datetime,
    dry_run: bool = False,
    record: Record = earn.record_many,
) -> list[Result | Exception]:
    """Record activities so that one which the database refuses never harms its neighbours.

    A group refused as a whole is halved until the one that is refused stands alone, with its exception. A database
    that is busy or gone refuses everybody alike, and nobody is tried again.
    """
    try:
        return list(record(programme_id=programme_id, told=told, now=now, dry_run=dry_run))
    except Refusal as refusal:
        return [refusal] * len(told)
    except Exception as error:
        if len(told) <= 1 or store.unavailable(error):
            return [error] * len(told)
    middle = len(told) // 2
    halves = (told[:middle], told[middle:])
    return [
        result
        for half in halves
        for result in record_each(programme_id=programme_id, told=half, now=now, dry_run=dry_run, record=record)
    ]
