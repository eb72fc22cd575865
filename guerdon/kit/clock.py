"""The one place where the clock is read; everything else is told what time it is."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)


def micros(at: datetime) -> int:
    """An aware instant as whole microseconds since 1970, the form in which the ledger stores it."""
    since = at - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def instant(micros: int) -> datetime:
    """The aware UTC instant of a stored number of microseconds."""
    return EPOCH + timedelta(microseconds=micros)
