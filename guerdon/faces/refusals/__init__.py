"""Every refusal as a sentence in every language: what happened and why, then what to do about it."""

from dataclasses import dataclass
from typing import Final

from guerdon.core.errors import Fact, Refusal
from guerdon.faces.refusals import (
    activities,
    adjustments,
    burns,
    clock,
    closings,
    holds,
    households,
    imports,
    keys,
    members,
    merges,
    points,
    programmes,
    rates,
    reasons,
    requests,
    seals,
    server,
    terms,
    tiers,
    transfers,
    values,
)

LANGUAGES: Final = ("en", "bg", "tr")
_ROOMS: Final = (
    activities,
    adjustments,
    burns,
    clock,
    closings,
    holds,
    households,
    imports,
    keys,
    members,
    merges,
    points,
    programmes,
    rates,
    requests,
    seals,
    server,
    tiers,
    transfers,
)
SENTENCES: Final = {
    language: {code: words for room in _ROOMS for code, words in room.SENTENCES[language].items()}
    for language in LANGUAGES
}


@dataclass(frozen=True, slots=True)
class Telling:
    """A refusal in words: the headline, the cause with its facts, the cure."""

    title: str
    cause: str
    cure: str

    @property
    def detail(self) -> str:
        return f"{self.cause} {self.cure}" if self.cure else self.cause


def tell(refusal: Refusal, language: str) -> Telling:
    """The refusal in the language, in English where that one is not spoken here."""
    spoken = language if language in SENTENCES else "en"
    title, cause, cure = template(refusal.code, spoken)
    at = str(refusal.facts.get("pointer") or "")
    facts = {name: _shown(name, fact, spoken, at) for name, fact in refusal.facts.items()}
    return Telling(title, cause.format(**facts), cure.format(**facts))


def template(code: str, language: str) -> tuple[str, str, str]:
    """Headline, cause and cure with the facts in braces; the bare code for one that nobody has put into words yet."""
    return SENTENCES[language].get(code) or (code.replace("_", " ").capitalize(), f"{code}.", "")


def reason(code: str, language: str, at: str = "") -> str:
    """Why one place is not right, with the bounds of the very field; the code itself where no words are known."""
    spoken = language if language in reasons.REASONS else "en"
    known = values.BOUNDS[spoken]
    bounded = known.get(f"{code}.{at}") or known.get(f"{code}.{at.rpartition('/')[2]}")
    return bounded or reasons.REASONS[spoken].get(code, code.replace("_", " "))


def hint(code: str, language: str, at: str = "") -> str:
    """What a value should have been."""
    spoken = language if language in reasons.REASONS else "en"
    return values.hint(code, spoken) or reason(code, spoken, at)


def preferred(accepted: str) -> str:
    """The first language of an Accept-Language header that is spoken here; English where none is."""
    for part in accepted[:200].split(","):
        tag = part.partition(";")[0].strip()[:2].lower()
        if tag in SENTENCES:
            return tag
    return "en"


def _shown(name: str, fact: Fact, language: str, at: str) -> Fact:
    if name == "reason":
        return reason(str(fact), language, at)
    if name == "hint":
        return hint(str(fact), language, at)
    if name == "pointer":
        return fact or "/"
    if fact in (None, ""):
        return "–"
    return terms.TERMS[language].get(f"{name}.{fact}", fact)
