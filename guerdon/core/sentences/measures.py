"""By what a programme is measured, as sentences: who is held out of campaigns, and what is left of what is spent."""

from guerdon.core.programme import Programme
from guerdon.core.sentences.clauses import Speaker


def held_out(whole: Programme, speaker: Speaker) -> list[str]:
    """How many go without campaigns; nothing where nobody does."""
    said, tongue = whole.hold_out, speaker.tongue
    return [] if said is None else [tongue.say("hold_out", percent=tongue.percent(said.share))]


def margin(whole: Programme, speaker: Speaker) -> list[str]:
    """What is left of what members spend; nothing where nobody says."""
    said, tongue = whole.margin, speaker.tongue
    return [] if said is None else [tongue.say("margin", percent=tongue.percent(said))]
