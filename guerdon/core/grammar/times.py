"""The shapes of time in the grammar: days, local moments, times of day; what a zone blurs is refused."""

import re
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from guerdon.core import documents, errors, period
from guerdon.core.documents import Document, Mapping
from guerdon.core.grammar.shapes import At, Shape, Wrong

DAY_MIN: Final = date(1900, 1, 1)
DAY_MAX: Final = date(2999, 12, 31)

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_CLOCK: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})\Z")
_MOMENT: Final = re.compile(
    r"[0-9-]{10}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{6})?)?(Z|[+-][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?\Z"
)


class Day(Shape[date]):
    """A calendar day."""

    form = "a day, like 2026-01-31"

    def read(self, found: Document, at: At) -> date | Wrong:
        if not isinstance(found, str):
            return at.mistyped(found, self.form)
        day = day_of(found)
        if day is None:
            return at.wrong(
                "not_a_date",
                f"“{documents.shortened(found)}” is not {self.form}.",
                "write year-month-day: 2026-01-31",
            )
        return day

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, date)
        return value.isoformat()

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def day_of(text: str) -> date | None:
    """The day the text names, where there is such a day within the bounds of the house."""
    if _DAY.match(text) is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if DAY_MIN <= day <= DAY_MAX else None


class Moment(Shape[datetime]):
    """An instant: a local day (its midnight), a local date and time, or one with its offset."""

    form = "a day or a local time, like 2026-01-31 or 2026-01-31T07:30"

    def read(self, found: Document, at: At) -> datetime | Wrong:
        if not isinstance(found, str):
            return at.mistyped(found, self.form)
        zone = at.scope.zone or ZoneInfo("UTC")
        day = day_of(found)
        if day is not None:
            return period.midnight(day, zone)
        try:
            local = datetime.fromisoformat(found) if _MOMENT.match(found) and day_of(found[:10]) else None
        except ValueError:
            local = None
        if local is None:
            return at.wrong(
                "not_a_moment",
                f"“{documents.shortened(found)}” is not {self.form}.",
                "write 2026-01-31T07:30",
            )
        if local.tzinfo is not None:
            return local.astimezone(UTC)
        try:
            return period.instant(local, zone)
        except errors.Refusal as refusal:
            return self._refused(refusal, local, zone, at)

    def _refused(self, refusal: errors.Refusal, local: datetime, zone: ZoneInfo, at: At) -> Wrong:
        if refusal.kind is period.LOCAL_TIME_MISSING:
            later = local.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)
            return at.wrong(
                "time_missing",
                f"{local:%Y-%m-%d %H:%M} does not exist in {zone.key}: the clocks go forward over it.",
                f"did you mean {later:%Y-%m-%dT%H:%M}?",
            )
        both = [local.replace(tzinfo=zone, fold=fold).isoformat(timespec="minutes") for fold in (0, 1)]
        return at.wrong(
            "time_ambiguous",
            f"{local:%Y-%m-%d %H:%M} occurs twice in {zone.key}: the clocks go back over it.",
            f"write {both[0]} for the first or {both[1]} for the second",
        )

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, datetime)
        zone = at.scope.zone or ZoneInfo("UTC")
        local = value.astimezone(zone)
        if period.midnight(local.date(), zone) == value:
            return local.date().isoformat()
        exactly = "minutes" if not (local.second or local.microsecond) else "auto"
        try:
            period.instant(local.replace(tzinfo=None, fold=0), zone)
        except errors.Refusal:
            return local.isoformat(timespec=exactly)
        return local.replace(tzinfo=None).isoformat(timespec=exactly)

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}.*)?$"}


class Clock(Shape[int]):
    """A local time of day in minutes after midnight."""

    form = "a time of day, like 07:30"

    def __init__(self, most: int) -> None:
        self.most = most

    def read(self, found: Document, at: At) -> int | Wrong:
        if not isinstance(found, str):
            return at.mistyped(found, self.form, _probably(found))
        match = _CLOCK.match(found)
        minutes = int(match.group(1)) * 60 + int(match.group(2)) if match and int(match.group(2)) < 60 else -1
        if not 0 <= minutes <= self.most:
            return at.wrong(
                "not_a_time",
                f"“{documents.shortened(found)}” is not {self.form}.",
                "write hours:minutes, 00:00–23:59",
            )
        return minutes

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, int)
        return f"{value // 60:02}:{value % 60:02}"

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2}$"}


def _probably(found: Document) -> str:
    """What was meant: an old YAML reader turns 07:30 into 450."""
    if isinstance(found, int) and not isinstance(found, bool) and 60 <= found <= 1440:
        return f'write "{found // 60:02}:{found % 60:02}" in quotes'
    return "write it like 07:30"
