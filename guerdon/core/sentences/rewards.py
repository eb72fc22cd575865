"""Rewards and paying with points as sentences: what each is and costs, who may have it, when, and how it is had."""

from guerdon.core import period
from guerdon.core.paying import WHOLE, Pays
from guerdon.core.programme import Unit
from guerdon.core.rewards import Choice, Price, Reward
from guerdon.core.sentences import bounds, clauses
from guerdon.core.sentences.clauses import Speaker


def sentences(one: Reward, speaker: Speaker) -> list[str]:
    """Everything a reward says."""
    tongue = speaker.tongue
    name = tongue.named(one.name)
    told = [tongue.say("reward", name=name, what=what(one, speaker), prices=prices(one, speaker))]
    facts = {
        "reward.terms": terms(one, speaker),
        "reward.category": category(one, speaker),
        "reward.image": one.image or "",
    }
    told += [tongue.say(key, name=name, **{_SLOTS[key]: fact}) for key, fact in facts.items() if fact]
    told += rules(one, speaker)
    if one.stocked is not None:
        told.append(tongue.say(f"reward.stocked.{one.stocked}", name=name))
    told += _chance(one, name, speaker) if one.drawn else _costing(one, name, speaker)
    return [*told, *_having(one, name, speaker)]


def rules(one: Reward, speaker: Speaker) -> list[str]:
    """Who may have it, when, and how often."""
    tongue = speaker.tongue
    facts = {
        "reward.if": condition(one, speaker),
        "reward.window": window(one, speaker),
        "reward.early": early(one, speaker),
        "reward.limits": limits(one, speaker),
        "reward.total": tongue.times(one.total) if one.total is not None else "",
    }
    name = tongue.named(one.name)
    return [tongue.say(key, name=name, **{_SLOTS[key]: fact}) for key, fact in facts.items() if fact]


# Where each part stands in its sentence.
_SLOTS = {
    "reward.terms": "terms", "reward.category": "category", "reward.image": "image", "reward.if": "clauses",
    "reward.window": "window", "reward.early": "early", "reward.limits": "limits", "reward.total": "times",
}  # fmt: skip


def _chance(one: Reward, name: str, speaker: Speaker) -> list[str]:
    """What a draw gives and how likely, what is promised, and the free way to one (LAW 9)."""
    tongue = speaker.tongue
    told = [tongue.say("reward.prizes", name=name, prizes=prizes(one, speaker), fallback=fallback(one, speaker))]
    if one.guarantee is not None:
        prize, within = _name(one.guarantee.prize, speaker), tongue.number(one.guarantee.within)
        told.append(tongue.say("reward.guarantee", name=name, prize=prize, within=within))
    told += free_rule(one, speaker)
    if one.budget is not None:
        told.append(tongue.say("reward.draw_budget", name=name, budget=speaker.money(one.budget)))
    return told


def free_rule(one: Reward, speaker: Speaker) -> list[str]:
    """How many draws of a member may be free; nothing where all are paid for, or as many as anybody likes are free."""
    free, name = free_limits(one, speaker), speaker.tongue.named(one.name)
    return [speaker.tongue.say("reward.free_limits", name=name, limits=free)] if free else []


def _costing(one: Reward, name: str, speaker: Speaker) -> list[str]:
    """What it costs the programme; nothing where it costs nothing."""
    if not one.cost:
        return []
    key = "reward.cost" if one.budget is None else "reward.cost.budget"
    return [speaker.tongue.say(key, name=name, cost=speaker.money(one.cost), budget=speaker.money(one.budget or 0))]


def _having(one: Reward, name: str, speaker: Speaker) -> list[str]:
    """What is asked of who takes it, and what becomes of it then."""
    tongue = speaker.tongue
    if one.drawn:
        return [tongue.say("reward.drawn", name=name)]
    told = [tongue.say("reward.choices", name=name, choices=choices(one, speaker))] if one.choices else []
    if one.address:
        told.append(tongue.say("reward.address", name=name))
    if speaker.to_members and (one.at_once or one.fulfil_days is None):
        return told  # the rest is how the house goes about it
    told.append(tongue.say("reward.reserve", name=name, minutes=tongue.counted(one.reserve_minutes, "minute")))
    if one.at_once:
        return [*told, tongue.say("reward.at_once" if one.gives is None else "reward.by_code", name=name)]
    if one.fulfil_days is None:
        return [*told, tongue.say("reward.by_hand", name=name)]
    key = "reward.by_hand.days" if one.fulfil_days else "reward.by_hand.today"
    return [*told, tongue.say(key, name=name, days=tongue.counted(one.fulfil_days, "day"))]


def what(one: Reward, speaker: Speaker) -> str:
    """What it is, with the number or the product that its kind has, or the voucher that it names."""
    tongue = speaker.tongue
    if one.voucher is not None:
        return tongue.say("reward.voucher", voucher=tongue.named(speaker.programme.vouchers[one.voucher].name))
    amount = speaker.money(one.amount) if one.amount is not None else ""
    most = ".most" if one.kind == "percent_off" and amount else ""
    facts = {
        "amount": amount,
        "percent": tongue.percent(one.percent or 0),
        "product": speaker.word("product", one.product or ""),
    }
    return tongue.say(f"reward.{one.kind}{most}", **facts)


def prices(one: Reward, speaker: Speaker) -> str:
    """All prices, of which any is enough."""
    return speaker.tongue.texts["glue.prices"].join(price(each, speaker) for each in one.prices)


def price(one: Price, speaker: Speaker) -> str:
    """One price: points of its units, money on top, and how money makes up for points."""
    tongue, units = speaker.tongue, speaker.programme.units
    parts = [tongue.points(points, units[code]) for code, points in one.points.items()]
    parts += [speaker.money(one.money)] if one.money else []
    if not parts:
        return tongue.texts["price.free"]
    whole = tongue.all_of(parts)
    if one.top_up is None:
        return tongue.say("price", parts=whole)
    unit = units[next(iter(one.points))]
    facts = {
        "least": tongue.points(one.top_up.least, unit),
        "points": tongue.points(one.top_up.points, unit),
        "amount": speaker.money(one.top_up.amount),
    }
    return tongue.say("price.top_up" if one.top_up.least else "price.top_up.all", parts=whole, **facts)


def terms(one: Reward, speaker: Speaker) -> str:
    """Its terms as they stand in quotation marks: the full stop of the sentence is enough."""
    told = speaker.tongue.named(one.terms)
    return told.removesuffix(".") if told.strip(".") else told


def category(one: Reward, speaker: Speaker) -> str:
    """In which category it stands; nothing where it stands in none."""
    return "" if one.category is None else speaker.tongue.named(speaker.programme.reward_categories[one.category])


def condition(one: Reward, speaker: Speaker) -> str:
    """For whom it is; nothing where it is for everybody."""
    return clauses.text(clauses.told(one.condition, speaker), speaker) if one.condition is not None else ""


def window(one: Reward, speaker: Speaker) -> str:
    """From when until when it is there; nothing where it always is."""
    if one.start is None and one.until is None:
        return ""
    return bounds.window(period.Period(one.start, one.until), speaker)


def early(one: Reward, speaker: Speaker) -> str:
    """Who may have it earlier, and by how much."""
    tongue = speaker.tongue
    names = {level.key: tongue.named(level.name) for ladder in speaker.programme.tiers for level in ladder.levels}
    told = [
        tongue.say("early", tier=names.get(tier, tier), hours=tongue.counted(hours, "hour"))
        for tier, hours in one.early_access.items()
    ]
    return tongue.all_of(told) if told else ""


def limits(one: Reward, speaker: Speaker) -> str:
    """How many a member may have."""
    told = bounds.uses(one.limits, speaker)
    return speaker.tongue.all_of(told) if told else ""


def prizes(one: Reward, speaker: Speaker) -> str:
    """Each prize of a mystery with its odds."""
    tongue, whole = speaker.tongue, speaker.tongue.number(sum(one.prizes.values()))
    told = [
        tongue.say("prize", name=_name(key, speaker), weight=tongue.number(weight), total=whole)
        for key, weight in one.prizes.items()
    ]
    return tongue.any_of(told) if told else ""


def fallback(one: Reward, speaker: Speaker) -> str:
    """What a mystery gives instead of what has run out."""
    return "" if one.fallback is None else _name(one.fallback, speaker)


def guarantee(one: Reward, speaker: Speaker) -> str:
    """What of several draws in a row one must give."""
    if one.guarantee is None:
        return ""
    within = speaker.tongue.number(one.guarantee.within)
    return speaker.tongue.say("guarantee", prize=_name(one.guarantee.prize, speaker), within=within)


def free_limits(one: Reward, speaker: Speaker) -> str:
    """How many draws may be free."""
    told = bounds.uses(one.free_limits, speaker)
    return speaker.tongue.all_of(told) if told else ""


def _name(key: str, speaker: Speaker) -> str:
    return speaker.tongue.named(speaker.programme.rewards[key].name)


def choices(one: Reward, speaker: Speaker) -> str:
    """What is chosen of it."""
    told = [_choice(each, speaker) for each in one.choices]
    return speaker.tongue.all_of(told) if told else ""


def _choice(one: Choice, speaker: Speaker) -> str:
    tongue = speaker.tongue
    name = tongue.named(one.name)
    if not one.options:
        return tongue.say("choice.text", name=name)
    return tongue.say("choice", name=name, options=tongue.any_of([tongue.named(each) for each in one.options.values()]))


# --- paying with points ---


def paying(one: Pays, unit: Unit, speaker: Speaker) -> str:
    """How purchases can be paid with points of a unit."""
    tongue = speaker.tongue
    parts = [tongue.say("pays.rate", points=tongue.points(one.points, unit), money=speaker.money(one.amount))]
    if one.minimum > 1:
        parts.append(tongue.say("pays.minimum", points=tongue.points(one.minimum, unit)))
    if one.step > 1:
        parts.append(tongue.say("pays.step", points=tongue.points(one.step, unit)))
    if one.share_max < WHOLE:
        parts.append(tongue.say("pays.share", percent=tongue.percent(one.share_max)))
    return tongue.say("pays", parts="; ".join(parts))
