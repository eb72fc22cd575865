"""What members agree to, in the pure world; and what of it stands for two who are one."""

from datetime import datetime

import msgspec

from guerdon.core import consents as law
from guerdon.core.consents import Consent, Said
from guerdon.core.errors import Refusal
from tests.stories.pure.ground import Ground
from tests.stories.worlds import Answer


class Agreeing(Ground):
    """What members agree to, in the pure world."""

    __slots__ = ()

    def agree(self, who: str, purpose: str, said: Said, *, now: datetime) -> Answer:
        mine = self.said.setdefault(self.led(who), {})
        try:
            version = law.check(self.in_force(now).programme.consents, purpose, said)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        if law.news(mine, purpose, given=said.given, version=version):
            mine[purpose] = self._word(Consent(purpose, said.given, version, now, "portal", who, ""))
        return Answer()

    def agreed(self, who: str, purpose: str, now: datetime) -> tuple[bool, int]:
        found = self.said.get(self.led(who), {}).get(purpose)
        return (False, 0) if found is None else (found.given, found.version)

    def agree_as_one(self, stays: str, goes: str) -> dict[str, Consent]:
        """The stricter of both stands; answers what was said before, by what it says now."""
        mine = self.said.setdefault(stays, {})
        before: dict[str, Consent] = {}
        for purpose, stricter in law.stricter(mine, self.said.get(goes, {})).items():
            said = self._word(stricter)
            before[said.id], mine[purpose] = mine[purpose], said
        return before

    def agree_apart(self, stays: str, before: dict[str, Consent]) -> None:
        """What nobody has said anything about since stands again as it did."""
        mine = self.said.get(stays, {})
        for id, said in before.items():
            if mine[said.purpose].id == id:
                mine[said.purpose] = said

    def _word(self, said: Consent) -> Consent:
        self.words += 1
        return msgspec.structs.replace(said, id=f"{self.words:06}")
