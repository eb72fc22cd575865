"""Ladders and their tiers as sentences: what is counted, what each tier asks and gives, how one comes down."""

from guerdon.core.ladders import Benefit, Ladder, Level
from guerdon.core.sentences.clauses import Speaker


def sentences(one: Ladder, speaker: Speaker) -> list[str]:
    """Everything a ladder says."""
    tongue = speaker.tongue
    name = tongue.named(one.name)
    told = [tongue.say("ladder", name=name, basis=basis(one, speaker), window=window(one, speaker),
                       levels=", ".join(level(each, one, speaker) for each in one.levels))]  # fmt: skip
    for each in one.levels:
        if each.benefits:
            told.append(tongue.say("tier.gives", name=tongue.named(each.name), benefits=benefits(each, speaker)))
    if one.window != "lifetime":
        told.append(tongue.say(f"ladder.down.{one.downgrade}", name=name, grace=grace(one, speaker)))
    told.append(tongue.say(f"ladder.return.{one.after_return}", name=name, grace=grace(one, speaker)))
    told.append(tongue.say(f"ladder.crossing.{one.crossing}", name=name))
    return told


def basis(one: Ladder, speaker: Speaker) -> str:
    tongue = speaker.tongue
    if one.basis.points is not None:
        return tongue.unit(speaker.programme.units[one.basis.points])
    if one.basis.spend:
        return tongue.texts["tier.basis.spend"]
    kinds = [tongue.kind(kind, speaker.programme) for kind in one.basis.visits]
    return tongue.all_of([kind.get("many", kind["one"]) for kind in kinds])


def window(one: Ladder, speaker: Speaker) -> str:
    return speaker.tongue.texts[f"tier.window.{one.window}"]


def level(one: Level, ladder: Ladder, speaker: Speaker) -> str:
    """A tier with what it asks."""
    tongue = speaker.tongue
    name = tongue.named(one.name)
    if one.threshold is None:
        return tongue.say("tier.invited", name=name)
    if one.threshold == 0:
        return tongue.say("tier.all", name=name)
    return tongue.say("tier.from", name=name, amount=amount(one.threshold, ladder, speaker))


def amount(number: int, ladder: Ladder, speaker: Speaker) -> str:
    """So much of a ladder's basis."""
    tongue = speaker.tongue
    if ladder.basis.points is not None:
        return tongue.points(number, speaker.programme.units[ladder.basis.points])
    return speaker.money(number) if ladder.basis.spend else tongue.counted(number, "time")


def levels(ladder: Ladder, speaker: Speaker) -> str:
    """All tiers with what they ask and give, as they stand in a comparison."""
    told: list[str] = []
    for one in ladder.levels:
        gives = benefits(one, speaker)
        told.append(level(one, ladder, speaker) + (f" ({gives})" if gives else ""))
    return "; ".join(told)


def benefits(one: Level, speaker: Speaker) -> str:
    return "; ".join(benefit(each, speaker) for each in one.benefits)


def benefit(one: Benefit, speaker: Speaker) -> str:
    """A benefit by its name, and its number where it has one."""
    tongue = speaker.tongue
    name = tongue.named(one.name)
    if one.percent is not None:
        return tongue.say("benefit.number", name=name, number=tongue.percent(one.percent))
    if one.hours is not None:
        return tongue.say("benefit.number", name=name, number=tongue.counted(one.hours, "hour"))
    return tongue.say("benefit.number", name=name, number=tongue.number(one.tickets)) if one.tickets else name


def grace(one: Ladder, speaker: Speaker) -> str:
    """How long a downgrade waits."""
    tongue = speaker.tongue
    return tongue.say("ladder.grace", days=tongue.counted(one.grace_days, "day")) if one.grace_days else ""
