"""Consents in the world of the engine."""

from abc import ABC, abstractmethod
from datetime import datetime

from guerdon.core.consents import Said
from guerdon.core.errors import Refusal
from guerdon.engine import consents
from guerdon.features.consents import queries
from guerdon.kit import store
from tests.stories.worlds import Answer


class EngineConsents(ABC):
    """What the engine does with consents; the world knows its programme, and who is who."""

    programme_id: str

    @abstractmethod
    def own_id(self, who: str) -> str:
        """The id a member was given."""

    def agree(self, who: str, purpose: str, said: Said, *, now: datetime) -> Answer:
        try:
            consents.say(
                programme_id=self.programme_id, member_id=self.own_id(who), said={purpose: said}, how="portal",
                actor=who, now=now,
            )  # fmt: skip
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return Answer()

    def agreed(self, who: str, purpose: str, now: datetime) -> tuple[bool, int]:
        found = queries.of_member(store.current(), self.own_id(who)).get(purpose)
        return (False, 0) if found is None else (found.given, found.version)
