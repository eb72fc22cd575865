"""Plans of paid memberships as sentences: what each costs and for how long, how it begins, goes on and ends."""

from guerdon.core.plans import Plan, Term
from guerdon.core.sentences import ladders
from guerdon.core.sentences.clauses import Speaker

YEAR = 12  # months


def sentences(one: Plan, speaker: Speaker) -> list[str]:
    """Everything a plan says."""
    tongue = speaker.tongue
    name = tongue.named(one.name)
    told = [tongue.say("plan", name=name, prices=prices(one, speaker), period=period(one.period, speaker))]
    if one.benefits:
        told.append(tongue.say("tier.gives", name=name, benefits=benefits(one, speaker)))
    if one.trial_days:
        told.append(tongue.say("plan.trial", name=name, days=tongue.counted(one.trial_days, "day")))
    if one.recurs:
        days = {"ask": tongue.counted(one.ask_days, "day"), "grace": tongue.counted(one.grace_days, "day")}
        told.append(tongue.say("plan.recurs", name=name, **days))
    if one.refund_days:
        told.append(tongue.say("plan.refund", name=name, days=tongue.counted(one.refund_days, "day")))
    if one.pause_days_max and not one.period.for_ever:
        told.append(tongue.say("plan.pause", name=name, days=tongue.counted(one.pause_days_max, "day")))
    if one.joint:
        told.append(tongue.say("plan.joint", name=name))
    return told


def prices(one: Plan, speaker: Speaker) -> str:
    """What a period costs, in every currency."""
    tongue = speaker.tongue
    return tongue.any_of([tongue.money(amount, currency) for currency, amount in one.prices.items()])


def period(one: Term, speaker: Speaker) -> str:
    """How long a period lasts."""
    tongue = speaker.tongue
    if one.days:
        return tongue.counted(one.days, "day")
    if one.months % YEAR == 0 and one.months:
        return tongue.counted(one.months // YEAR, "year")
    return tongue.counted(one.months, "month") if one.months else tongue.texts["plan.for_ever"]


def benefits(one: Plan, speaker: Speaker) -> str:
    return "; ".join(ladders.benefit(each, speaker) for each in one.benefits)
