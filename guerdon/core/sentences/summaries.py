"""A whole programme under headings: for members what they need to know, for managers everything."""

from typing import Final, Literal

import msgspec

from guerdon.core import activities, period
from guerdon.core.hold_out import is_held_out
from guerdon.core.programme import Programme
from guerdon.core.rules import Rule
from guerdon.core.sentences import ladders, offers, plans, rewards, statements
from guerdon.core.sentences.clauses import Speaker

Audience = Literal["member", "manager"]
Topic = Literal["earning", "expiry", "tiers", "rewards", "membership", "household", "sharing", "limits"]

HEADINGS: Final[dict[str, dict[Topic, str]]] = {
    "en": {
        "earning": "How points are earned", "expiry": "How long they live", "tiers": "Tiers",
        "rewards": "What they are for", "membership": "Membership", "household": "Households",
        "sharing": "Passing points on", "limits": "Good to know",
    },
    "bg": {
        "earning": "Как се печелят точки", "expiry": "Колко време живеят", "tiers": "Нива",
        "rewards": "За какво служат", "membership": "Членство", "household": "Домакинства",
        "sharing": "Предаване на точки", "limits": "Добре е да знаете",
    },
    "tr": {
        "earning": "Puan nasıl kazanılır", "expiry": "Ne kadar yaşarlar", "tiers": "Seviyeler",
        "rewards": "Ne işe yararlar", "membership": "Üyelik", "household": "Haneler",
        "sharing": "Puan aktarma", "limits": "Bilmekte yarar var",
    },
}  # fmt: skip


class Paragraph(msgspec.Struct, frozen=True):
    """One sentence, the key of the rule, unit, ladder, plan or reward it tells, and how that is called."""

    sentence: str
    of: str | None = None
    name: str = ""


class Section(msgspec.Struct, frozen=True):
    """What there is to say under one heading."""

    topic: Topic
    heading: str
    paragraphs: tuple[Paragraph, ...]


def sections(programme: Programme, audience: Audience, speaker: Speaker) -> tuple[Section, ...]:
    """The programme under headings; those under which nothing is to be said are left out.

    Members are told what they may act on: no costs, budgets, funders, limits of debt, stock or alarms, no groups and
    no priorities; of units that staff gives away nothing.
    """
    if audience == "member":
        programme = _for_members(programme)
    tongue = speaker.tongue
    speaker = Speaker(tongue, programme, to_members=audience == "member")
    told: dict[Topic, list[Paragraph]] = {
        "earning": [_rule(rule, speaker) for rule in programme.rules] + _frame(programme, audience, speaker),
        "expiry": [
            Paragraph(statements.unit(unit, speaker), code, tongue.unit(unit))
            for code, unit in programme.units.items()
            if audience == "manager" or unit.kind != "allowance"
        ],
        "tiers": [
            Paragraph(text, ladder.key, tongue.named(ladder.name))
            for ladder in programme.tiers
            for text in ladders.sentences(ladder, speaker)
        ],
        "rewards": _rewards(programme, speaker),
        "membership": [
            Paragraph(text, key, tongue.named(plan.name))
            for key, plan in programme.plans.items()
            for text in plans.sentences(plan, speaker)
        ],
        "household": [Paragraph(text) for text in statements.households(programme, speaker)],
        "sharing": _causes(programme, speaker),
        "limits": _limits(programme, audience, speaker),
    }
    headings = HEADINGS[tongue.code]
    return tuple(
        Section(topic, headings[topic], tuple(_ended(one) for one in paragraphs))
        for topic, paragraphs in told.items()
        if paragraphs
    )


def _ended(one: Paragraph) -> Paragraph:
    return msgspec.structs.replace(one, sentence=statements.ended(one.sentence))


def current(programme: Programme, day: period.Period) -> Programme:
    """The programme without the rules that are not in force within the window."""
    kept = tuple(
        rule
        for rule in programme.rules
        if (rule.during.until is None or day.start is None or rule.during.until > day.start)
        and (rule.during.start is None or day.until is None or rule.during.start < day.until)
    )
    return msgspec.structs.replace(programme, rules=kept)


def seen_by(programme: Programme, member: str | None) -> Programme:
    """The programme as it is for a member: without campaigns for who is held out of them."""
    if not is_held_out(programme.hold_out, programme.key, member or ""):
        return programme
    return msgspec.structs.replace(programme, rules=tuple([rule for rule in programme.rules if not rule.campaign]))


def _for_members(programme: Programme) -> Programme:
    """Without what only the house needs to know."""
    rules = tuple(
        msgspec.structs.replace(rule, budget=None, funder=None, group=None, priority=0, campaign=False)
        for rule in programme.rules
    )
    rewards = {
        key: msgspec.structs.replace(one, cost=0, budget=None, stocked=None, total=None, image=None, category=None)
        for key, one in programme.rewards.items()
    }
    units = {code: msgspec.structs.replace(one, debt_max=None) for code, one in programme.units.items()}
    return msgspec.structs.replace(programme, units=units, rules=rules, rewards=rewards)


def _rule(rule: Rule, speaker: Speaker) -> Paragraph:
    within = msgspec.structs.replace(speaker, kinds=rule.when)
    return Paragraph(statements.rule(rule, within), rule.key, speaker.tongue.named(rule.name))


def _frame(programme: Programme, audience: Audience, speaker: Speaker) -> list[Paragraph]:
    """How amounts are counted: for members only what carries no jargon."""
    return [Paragraph(text) for text in statements.earning(programme, speaker)] if audience == "manager" else []


def _rewards(programme: Programme, speaker: Speaker) -> list[Paragraph]:
    named = speaker.tongue.named
    found = [
        Paragraph(text, key, named(one.name))
        for key, one in programme.rewards.items()
        for text in rewards.sentences(one, speaker)
    ]
    shown = msgspec.structs.replace(speaker, kinds=(activities.PURCHASE,))
    found += [Paragraph(offers.sentence(one, shown), key, named(one.name)) for key, one in programme.vouchers.items()]
    if programme.gift_cards is not None:
        found.append(Paragraph(offers.cards(programme.gift_cards, speaker)))
    return found


def _causes(programme: Programme, speaker: Speaker) -> list[Paragraph]:
    if not programme.causes:
        return []
    tongue = speaker.tongue
    names = tongue.all_of([tongue.named(cause.name) for cause in programme.causes.values()])
    return [Paragraph(tongue.say("causes", causes=names))]


def _limits(programme: Programme, audience: Audience, speaker: Speaker) -> list[Paragraph]:
    """Returns and reminders for everybody; who approves what, reasons and reviews for managers."""
    tongue = speaker.tongue
    found = [tongue.say(f"returns.{programme.returns}")]
    again = statements.reinstating(programme, speaker)
    found += [again] if again else []
    found += statements.reminding(programme, speaker)
    if audience == "manager":
        found += statements.by_hand(programme, speaker)
        found += [tongue.say(f"review.{programme.review}")]
    return [Paragraph(text) for text in found]
