"""Consents in the world behind HTTP."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any

from guerdon.core.consents import Said
from tests.faces.api import door
from tests.stories.online_rewards import refusal_of
from tests.stories.worlds import Answer


class OnlineConsents(ABC):
    """The addresses of consents; the world knows its door, and who is who."""

    _now: datetime | None
    api: door.Api

    @abstractmethod
    def _member(self, who: str) -> str:
        """The id of a member as it is shown."""

    def agree(self, who: str, purpose: str, said: Said, *, now: datetime) -> Answer:
        self._now = now
        told: dict[str, Any] = {"given": said.given, **({} if said.version is None else {"version": said.version})}
        answer = self.api.send(
            "PUT", f"/v1/members/{self._member(who)}/consents", body={"consents": {purpose: told}, "how": "portal"}
        )
        return Answer(refusal=refusal_of(answer.json)) if answer.status >= 400 else Answer()

    def agreed(self, who: str, purpose: str, now: datetime) -> tuple[bool, int]:
        self._now = now
        every = self.api.get(f"/v1/members/{self._member(who)}/consents").json["consents"]
        (found,) = [one for one in every if one["consent"] == purpose]
        return found["given"], found["said_version"] or 0
