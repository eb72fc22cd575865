"""A programme in plain sentences – English, Bulgarian, Turkish – from the same tree that decides and replays."""

from typing import Final

from guerdon.core import conditions, decisions, effects, rules
from guerdon.core import programme as law
from guerdon.core import segments as segments_law
from guerdon.core.conditions import Scalar
from guerdon.core.ladders import Ladder
from guerdon.core.plans import Plan
from guerdon.core.rewards import Reward
from guerdon.core.sentences import (
    awards,
    clauses,
    consents,
    ladders,
    offers,
    plans,
    rewards,
    segments,
    statements,
    summaries,
)
from guerdon.core.sentences.bulgarian import Bulgarian
from guerdon.core.sentences.clauses import Speaker
from guerdon.core.sentences.english import English
from guerdon.core.sentences.tongue import Tongue
from guerdon.core.sentences.turkish import Turkish
from guerdon.core.vouchers import Voucher

TONGUES: Final[dict[str, Tongue]] = {tongue.code: tongue for tongue in (English(), Bulgarian(), Turkish())}
LANGUAGES: Final = tuple(TONGUES)


def tongue(language: str) -> Tongue:
    """The language, by its code (`bg`, also `bg-BG`); English where it has no sentences."""
    return TONGUES.get(language.partition("-")[0].lower(), TONGUES["en"])


def rule(one: rules.Rule, programme: law.Programme, language: str) -> str:
    """The rule in one plain sentence."""
    return statements.rule(one, Speaker(tongue(language), programme, one.when))


def condition(
    one: conditions.Condition, programme: law.Programme, language: str, *, kinds: tuple[str, ...] = ()
) -> str:
    """The condition as a clause; `kinds` are the triggers of its rule, where it has one."""
    speaker = Speaker(tongue(language), programme, kinds)
    return clauses.text(clauses.told(one, speaker), speaker)


def lines(where: conditions.LineFilter, programme: law.Programme, language: str) -> str:
    """The goods that a line filter lets through."""
    return clauses.items(where, Speaker(tongue(language), programme))


def effect(
    one: effects.Effect,
    programme: law.Programme,
    language: str,
    *,
    where: conditions.LineFilter | None = None,
) -> str:
    """What an effect gives, on the lines that count."""
    return statements.effect(one, where, Speaker(tongue(language), programme))


def unit(one: law.Unit, programme: law.Programme, language: str) -> str:
    """A unit, its life and its worth in one sentence."""
    return statements.unit(one, Speaker(tongue(language), programme))


def life(one: law.Unit, programme: law.Programme, language: str) -> str:
    """What a unit is for and how long it lives, in short."""
    return statements.life(one, Speaker(tongue(language), programme))


def sending(one: law.Unit, programme: law.Programme, language: str) -> str:
    """How a unit's points may be sent to other members; nothing where they may not."""
    if one.transfers is None:
        return ""
    speaker = Speaker(tongue(language), programme)
    return speaker.tongue.capital(f"{statements.sending(one.transfers, one, speaker)}.")


def reward_rules(one: Reward, programme: law.Programme, language: str) -> list[str]:
    """Who may have a reward, when, and how often, of a draw how often for nothing."""
    speaker = Speaker(tongue(language), programme)
    return [*rewards.rules(one, speaker), *rewards.free_rule(one, speaker)]


def reward(one: Reward, programme: law.Programme, language: str) -> list[str]:
    """Everything a reward says."""
    return rewards.sentences(one, Speaker(tongue(language), programme))


def voucher(one: Voucher, programme: law.Programme, language: str) -> str:
    """What a voucher gives, for what, and how often."""
    return offers.sentence(one, Speaker(tongue(language), programme))


def ladder(one: Ladder, programme: law.Programme, language: str) -> list[str]:
    """What a ladder counts, when, and what its tiers ask and give."""
    return ladders.sentences(one, Speaker(tongue(language), programme))


def threshold(number: int, one: Ladder, programme: law.Programme, language: str) -> str:
    """So much of what a ladder counts: points with their unit, money, or times."""
    return ladders.amount(number, one, Speaker(tongue(language), programme))


def plan(one: Plan, programme: law.Programme, language: str) -> list[str]:
    """What a plan costs, gives, and how it goes on."""
    return plans.sentences(one, Speaker(tongue(language), programme))


def programme(whole: law.Programme, language: str) -> list[str]:
    """Everything the programme says, sentence by sentence."""
    return statements.programme(whole, Speaker(tongue(language), whole))


def kept(whole: law.Programme, language: str) -> list[consents.Kept]:
    """What is kept of a member how long, and who gets it."""
    return consents.kept(whole, Speaker(tongue(language), whole))


def reason(silent: decisions.Silent, programme: law.Programme, language: str) -> str:
    """Why a rule did not fire."""
    return awards.reason(silent, Speaker(tongue(language), programme))


def share(one: decisions.Share, unit: str, programme: law.Programme, language: str) -> str:
    """The arithmetic of a rule's share of an award: “3 points for every 2.00 EUR on 40.00 EUR = 60”."""
    return awards.share(one, unit, Speaker(tongue(language), programme))


def word(what: str, key: str, programme: law.Programme, language: str) -> str:
    """How people call a product, a category, a store … that other systems tell by a word of theirs."""
    return Speaker(tongue(language), programme).word(what, key)


def attribute(name: str, programme: law.Programme, language: str) -> str:
    """How people call an attribute of members: by its name in the programme, else by its own word, spelt out."""
    return word("attribute", name, programme, language).replace("_", " ")


def value(name: str, told: Scalar, programme: law.Programme, language: str) -> str:
    """What an attribute of members says, for people: names, yes or no, days and moments in the programme's zone."""
    return Speaker(tongue(language), programme).value(name, told)


def segment(one: segments_law.Segment, programme: law.Programme, language: str) -> str:
    """Who is in a saved segment."""
    return segments.segment(one, Speaker(tongue(language), programme))


def clause(one: segments_law.Verdict, programme: law.Programme, language: str) -> tuple[str, str]:
    """What a part of a segment asks, and what the member has of it; the latter is empty of what has parts."""
    speaker = Speaker(tongue(language), programme)
    return segments.clause(one.node, speaker), segments.have(one, speaker)


def summary(
    whole: law.Programme, language: str, *, audience: summaries.Audience = "member"
) -> tuple[summaries.Section, ...]:
    """The programme under headings, for members or for managers."""
    return summaries.sections(whole, audience, Speaker(tongue(language), whole))
