"""What members agree to in a story, and what it claims of that."""

from guerdon.core.consents import Said
from tests.stories.claims import Claims
from tests.stories.story import Claim, Deed, Step
from tests.stories.worlds import Answer


class Consents(Claims):
    """Deeds and claims about consents; the teller does the others."""

    def _agree(self, step: Step, deed: Deed) -> Answer:
        words = deed.words
        said = Said(words["way"] == "agrees", int(words["number"]) if "number" in words else None)
        return self.world.agree(words["who"], words["purpose"], said, now=step.at)

    def _claim_agreed(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        return (True, int(claim.words["number"])), self.world.agreed(
            claim.words["who"], claim.words["purpose"], step.at
        )

    def _claim_not_agreed(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        return False, self.world.agreed(claim.words["who"], claim.words["purpose"], step.at)[0]
