"""Model fields for ids (hex text in Python) and instants (microseconds in the database, aware in Python)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from guerdon.kit import clock

if TYPE_CHECKING:
    _IdBase = models.UUIDField[Any, Any]
    _InstantBase = models.BigIntegerField[Any, Any]
else:
    _IdBase = models.UUIDField
    _InstantBase = models.BigIntegerField


class IdField(_IdBase):
    """A UUID column (`uuid` on PostgreSQL, 32 hex digits on SQLite) that is a plain hex string in Python."""

    def from_db_value(self, value: Any, *_: object) -> str | None:
        return None if value is None else value if isinstance(value, str) else value.hex

    def to_python(self, value: Any) -> str | None:
        return None if value is None else str(value).replace("-", "")

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        return self.to_python(value)


class InstantField(_InstantBase):
    """An instant as whole microseconds since 1970: exact, small, and the same on both databases."""

    def from_db_value(self, value: int | None, *_: object) -> datetime | None:
        return None if value is None else clock.instant(value)

    def to_python(self, value: Any) -> Any:
        return clock.instant(value) if isinstance(value, int) else value

    def get_prep_value(self, value: Any) -> Any:
        return clock.micros(value) if isinstance(value, datetime) else value
