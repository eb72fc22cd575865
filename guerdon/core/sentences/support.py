"""What is promised about claims, as sentences; nothing where a programme says nothing of its own."""

from guerdon.core.claims import USUAL
from guerdon.core.sentences.clauses import Speaker


def sentences(speaker: Speaker) -> list[str]:
    """How soon claims are answered and may be reopened, tier by tier, and which answers are ready."""
    tongue, whole = speaker.tongue, speaker.programme
    promised = whole.support
    if promised == USUAL:
        return []
    hours = tongue.counted(promised.answer_hours, "hour")
    told = [tongue.say("support", hours=hours, days=tongue.counted(promised.reopen_days, "day"))]
    names = {level.key: tongue.named(level.name) for ladder in whole.tiers for level in ladder.levels}
    for tier, one in promised.tiers.items():
        first = {"tier": names.get(tier, tier), "priority": tongue.number(one.priority)}
        if one.answer_hours is None:
            told.append(tongue.say("support.tier", **first))
        else:
            told.append(tongue.say("support.tier.hours", **first, hours=tongue.counted(one.answer_hours, "hour")))
    if promised.answers:
        answers = "; ".join(tongue.named(one.name) for one in promised.answers.values())
        told.append(tongue.say("support.answers", answers=answers))
    return told


def texts(speaker: Speaker) -> dict[str, dict[str, str]]:
    """What each ready answer is called and says, language by language."""
    return {
        key: {language: f"{one.name[language]}: {one.text[language]}" for language in one.text}
        for key, one in speaker.programme.support.answers.items()
    }
