"""Every refusal as a sentence in every language: what happened and why, then what to do about it."""

import re
from dataclasses import dataclass
from typing import Final, get_args

from guerdon.core import codes, redemptions, sentences
from guerdon.core.errors import Fact, Refusal
from guerdon.core.programme import Programme
from guerdon.core.sentences.tongue import Tongue
from guerdon.faces import words
from guerdon.faces.refusals import (
    activities,
    adjustments,
    alerts,
    amounts,
    burns,
    cards,
    chance,
    claims,
    clock,
    closings,
    costs,
    drafts,
    figures,
    holds,
    house,
    households,
    imports,
    keys,
    letters,
    members,
    memberships,
    merges,
    objectives,
    points,
    privacy,
    programmes,
    rates,
    reasons,
    requests,
    rewards,
    seals,
    segments,
    server,
    simulations,
    sweeps,
    terms,
    tiers,
    tills,
    transfers,
    users,
    values,
    vouchers,
    what_ifs,
)

LANGUAGES: Final = ("en", "bg", "tr")
_ROOMS: Final = (
    activities,
    adjustments,
    alerts,
    burns,
    cards,
    chance,
    claims,
    clock,
    closings,
    costs,
    drafts,
    figures,
    holds,
    house,
    households,
    imports,
    keys,
    letters,
    members,
    memberships,
    merges,
    objectives,
    points,
    privacy,
    programmes,
    rates,
    requests,
    rewards,
    seals,
    segments,
    simulations,
    server,
    sweeps,
    tiers,
    tills,
    transfers,
    users,
    vouchers,
    what_ifs,
)
SENTENCES: Final = {
    language: {code: told for room in _ROOMS for code, told in room.SENTENCES[language].items()}
    for language in LANGUAGES
}


_POINTS: Final = frozenset({"asked", "available", "held", "left", "minimum", "most", "owed", "points"})
_IN_STEPS: Final = frozenset({"award_too_large"})  # its sentence speaks of the smallest step
_WEIGHT: Final = re.compile(r"\s*[qQ]\s*=\s*([01](?:\.[0-9]{0,3})?)\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Telling:
    """A refusal in words: the headline, the cause with its facts, the cure."""

    title: str
    cause: str
    cure: str

    @property
    def detail(self) -> str:
        return f"{self.cause} {self.cure}" if self.cure else self.cause


def tell(refusal: Refusal, language: str, programme: Programme | None = None) -> Telling:
    """The refusal in the language, in English where that one is not spoken here.

    Where the programme is known, units and rewards have the names that people know, money and times are written as
    people there do, and a condition is a sentence.
    """
    spoken = language if language in SENTENCES else "en"
    title, cause, cure = _of_money(refusal, spoken, programme) or template(refusal.code, spoken)
    at = str(refusal.facts.get("pointer") or "")
    facts = {name: _shown(name, fact, spoken, at) for name, fact in refusal.facts.items()}
    tongue = sentences.tongue(spoken)
    facts |= amounts.told(refusal, programme, tongue) | _of_redemption(refusal, spoken)
    if programme is not None:
        facts |= _in_unit(refusal, programme, tongue) | _of_reward(refusal, programme, tongue)
    return Telling(title, tongue.nested(cause.format(**facts)), tongue.nested(cure.format(**facts)))


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
    """The language of an Accept-Language header that is liked best (RFC 9110, 12.5.4) of those spoken here, or English.

    Of two that are liked alike the first one counts.
    """
    best, most = "en", 0.0
    for part in accepted[:200].split(","):
        tag, _, parameter = part.partition(";")
        spoken, weight = tag.strip()[:2].lower(), _weight(parameter)
        if spoken in SENTENCES and weight > most:
            best, most = spoken, weight
    return best


def _weight(parameter: str) -> float:
    """How much a language is liked: 1 where nothing is said, nothing where it can't be read."""
    if not parameter.strip():
        return 1.0
    match = _WEIGHT.fullmatch(parameter)
    return float(match[1]) if match else 0.0


def speaks_of_programme(refusal: Refusal) -> bool:
    """Whether the programme has better words for it: names of what is told by its key, its currency, its zone."""
    return not refusal.facts.keys().isdisjoint({"unit", "reward"}) or amounts.speaks(refusal)


def _of_money(refusal: Refusal, language: str, programme: Programme | None) -> tuple[str, str, str] | None:
    """What is said of a unit that is money, where that is said otherwise than of points."""
    unit = None if programme is None else programme.units.get(str(refusal.facts.get("unit")))
    return points.OF_MONEY[language].get(refusal.code) if unit is not None and unit.kind == "money" else None


def _in_unit(refusal: Refusal, programme: Programme, tongue: Tongue) -> dict[str, Fact]:
    """The facts of a refusal that speaks of a unit, as people say them: its name, and amounts with its decimals."""
    unit = programme.units.get(str(refusal.facts.get("unit")))
    if unit is None:
        return {}
    found: dict[str, Fact] = {"unit": tongue.unit(unit)}
    if unit.scale and refusal.code not in _IN_STEPS:
        amounts = {name: fact for name, fact in refusal.facts.items() if name in _POINTS and isinstance(fact, int)}
        found |= {name: tongue.number(points, unit.scale) for name, points in amounts.items()}
    return found


def _of_reward(refusal: Refusal, programme: Programme, tongue: Tongue) -> dict[str, Fact]:
    """The facts of a refusal that speaks of a reward: its name, and the condition that does not hold as a clause."""
    reward = programme.rewards.get(str(refusal.facts.get("reward")))
    if reward is None:
        return {}
    found: dict[str, Fact] = {"reward": tongue.named(reward.name)}
    failed = redemptions.failed_condition(reward, str(refusal.facts.get("pointer")))
    if failed is not None:
        found["condition"] = sentences.condition(failed, programme, tongue.code)
    return found


def _of_redemption(refusal: Refusal, language: str) -> dict[str, Fact]:
    """The state of a redemption by the word that pages have for it."""
    state = str(refusal.facts.get("state"))
    known = refusal.code == "redemption_ended" and state in get_args(redemptions.State)
    return {"state": words.say(f"states.{state}", language).lower()} if known else {}


def _shown(name: str, fact: Fact, language: str, at: str) -> Fact:
    if name == "reason":
        return reason(str(fact), language, at)
    if name == "hint":
        return hint(str(fact), language, at)
    if name == "pointer":
        return fact or "/"
    if name == "variant":
        return f" ({fact})" if fact else ""
    if name == "code" and isinstance(fact, str) and codes.read(fact) == fact:
        return codes.shown(fact)
    if fact in (None, ""):
        return "–"
    return terms.TERMS[language].get(f"{name}.{fact}", fact)
