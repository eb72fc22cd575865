"""Sessions of people who have signed in: kept in the database, sealed, so that whoever has it reads none."""

from typing import Any

import msgspec
from django.contrib.sessions.backends import db

from guerdon.kit import secrets


class SessionStore(db.SessionStore):
    """Django's sessions, encrypted with the secret of the installation."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """A session as it is stored."""
        return secrets.cover("sessions", msgspec.json.encode(session_dict).decode())

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """A session as it was stored; an empty one for what nobody here has sealed."""
        try:
            found: dict[str, Any] = msgspec.json.decode(secrets.uncover("sessions", str(session_data)))
        except ValueError:
            return {}
        return found
