"""Sessions of people who have signed in: in the database for a while, sealed, so that whoever has it reads none."""

from datetime import timedelta
from typing import Any, Final

import msgspec
from django.contrib.sessions.backends import db

from guerdon.core import limits
from guerdon.kit import clock, secrets

_BEGAN: Final = "began"  # when it began, or somebody last showed who they are, in seconds since 1970


class SessionStore(db.SessionStore):
    """Django's sessions, encrypted with the secret of the installation."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """A session as it is stored, with when it began."""
        told = {_BEGAN: int(clock.now().timestamp()), **session_dict}
        return secrets.cover("sessions", msgspec.json.encode(told).decode())

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """A session as it was stored; an empty one for what nobody here has sealed, or what began too long ago."""
        try:
            found: dict[str, Any] = msgspec.json.decode(secrets.uncover("sessions", str(session_data)))
        except ValueError:
            return {}
        over = clock.now() - timedelta(days=limits.SESSION_DAYS)
        return found if found.get(_BEGAN, 0) > over.timestamp() else {}

    def cycle_key(self) -> None:
        """Go on under another name, as somebody has shown who they are: who had the old one has nothing."""
        self.pop(_BEGAN, None)
        super().cycle_key()
