"""Whether campaigns pay, in words: the verdict of a measure, and why there is none."""

from typing import Final

from guerdon.core.hold_out import NOBODY_HELD_OUT, ROI_NOT_EXPORTED, ROI_TOO_EARLY, ROI_TOO_FEW
from guerdon.faces import words
from guerdon.insight.roi.told import Beside, Worth

REFUSED: Final = {
    "nobody_held_out": NOBODY_HELD_OUT, "too_early": ROI_TOO_EARLY, "too_few": ROI_TOO_FEW,
    "not_exported": ROI_NOT_EXPORTED,
}  # fmt: skip
PERCENT: Final = 10_000  # hundredths of a percent in a whole
MILLION: Final = 1_000_000


def of(found: Worth, language: str) -> str:
    """The verdict as a sentence: against the cost where one is known, else on what members spend."""
    against_cost = found.gain is not None and bool(found.cost)
    said = words.say(f"roi.{found.verdict}{'' if against_cost or found.verdict == 'refused' else '_spend'}", language)
    return f"{said} {words.say('roi.few', language)}" if found.few else said


def of_beside(found: Beside, language: str) -> str:
    """The same of some beside all others, with the doubt where nothing can be said."""
    if found.verdict == "can_not_say":
        return words.say(f"roi.doubt_{found.why}", language)
    return words.say(f"roi.{found.verdict}", language)
