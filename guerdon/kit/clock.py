"""The one place where the clock is read; everything else is told what time it is."""

from datetime import UTC, datetime, timedelta
from typing import Final, overload

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEVER: Final = 2**63 - 1  # in microseconds: the instant that does not come


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)


def micros(at: datetime) -> int:
    """An aware instant as whole microseconds since 1970, the form in which the ledger stores it."""
    since = at - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


@overload
def instant(micros: int) -> datetime: ...
@overload
def instant(micros: None) -> None: ...
@overload
def instant(micros: int | None) -> datetime | None: ...
def instant(micros: int | None) -> datetime | None:
    """The aware UTC instant of a stored number of microseconds; None where none is stored."""
    return None if micros is None else EPOCH + timedelta(microseconds=micros)
