"""How somebody signs in: since when, where they are signed in, and with which keys; found by the e-mail alone."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django.apps import apps

from guerdon.kit import clock

# What each table is called in a download, and its columns.
TABLES: Final[dict[str, tuple[str, ...]]] = {
    "sign_in": ("made_at",),
    "sign_in_sessions": ("created_at", "last_seen_at", "ip", "user_agent"),
    "sign_in_keys": ("type", "created_at", "last_used_at"),
}
_MODELS: Final = {
    "sign_in": ("users", "User", "digest"),
    "sign_in_sessions": ("usersessions", "UserSession", "user__digest"),
    "sign_in_keys": ("mfa", "Authenticator", "user__digest"),
}


def rows(name: str, digests: Sequence[str]) -> Iterator[list[tuple[str | int | None, ...]]]:
    """The rows of one of the tables; nobody has more of them than fit on a page."""
    app, model, by = _MODELS[name]
    found = apps.get_model(app, model)._default_manager.filter(**{f"{by}__in": digests}).order_by("pk")
    yield [tuple(_cell(cell) for cell in row) for row in found.values_list(*TABLES[name])]


def _cell(value: Any) -> str | int | None:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, int):  # an instant as the house keeps it
        return clock.instant(value).isoformat()
    return None if value is None else str(value)
